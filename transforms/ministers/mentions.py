"""Later mentions: where an article names an office-holder again, by surname, alias or full name."""

from __future__ import annotations

import re

from transforms.ministers.people import Person
from transforms.ministers.vocabulary import Vocabulary, fold, soft

_BEFORE = re.compile(r"([\w.’'\-]+)[ \u00a0]+$")
_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w’'\-]*)")
_NOT_PERSONS = frozenset({"tower", "organization", "organisation", "university", "library", "airport", "foundation", "street", "avenue", "hotel"})


def rivals_of(people: list[Person]) -> set[str]:
    """Surnames that two persons of the article share."""
    surnames = [" ".join(p.surname) for p in people]
    return {s for s in surnames if surnames.count(s) > 1}


def later_mentions(person: Person, text: str, taken: list[tuple[int, int]], words: Vocabulary, rivals: set[str]) -> list[tuple[int, int]]:
    """Where the text names the person again, by surname or more. `taken` are spans already read, `rivals` surnames that two persons of the
    article share: they count only with a given name."""
    found: list[tuple[int, int]] = []
    own: set[str] = set()
    for form in person.forms:
        at = text.find(form)
        while at != -1:
            end = at + len(form)
            if not _overlaps(at, end, taken) and not _overlaps(at, end, found):
                own = own or _own_parts(person)
                span = accept(own, text, at, end, form, rivals, words)
                if span and not _overlaps(*span, taken):
                    found.append(span)
            at = text.find(form, end)
    return found


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    for a, b in spans:  # noqa: SIM110 - a generator costs three times as much, and this is asked for every name in a text
        if a < end and start < b:
            return True
    return False


def _own_parts(person: Person) -> set[str]:
    """All parts of the names by which the page has called the person."""
    parts = {p for s in person.seen for p in s.soft} | set(person.soft)
    return parts | {soft(p) for s in person.seen for p in fold(s.sighting.spelling).split()}


def accept(own: set[str], text: str, at: int, end: int, form: str, rivals: set[str], words: Vocabulary) -> tuple[int, int] | None:
    """The span of a mention, widened to given names before it; None if it is somebody else's name or no name at all."""
    before, after = text[at - 1 : at], text[end : end + 1]
    if before and (before.isalnum() or before in "-'’‑@#_/."):
        return None
    if after and (after.isalnum() or after in "_@" or (after in "-‑" and not text[end + 1 : end + 2].isalpha())):
        return None
    start = at
    while before == " " and not _word_before(text, start).islower() and (match := _BEFORE.search(text, max(0, start - 25), start)):
        word = match.group(1)
        if word.islower():
            break
        parts = [soft(words.given.get(p, p)) for p in fold(word).split()]
        if parts and all(p in own or (len(p) == 1 and word.endswith(".")) for p in parts) and not word.endswith("’s"):
            start = match.start(1)
            continue
        if word[0].isupper() and not _harmless(text, match.start(1), word, words):
            return None
        break
    stop = end
    while after == " " and text[stop + 1 : stop + 2].isupper() and (follow := _AFTER.match(text, stop)):
        word = follow.group(1).removesuffix("’s").removesuffix("'s")
        if all(soft(words.given.get(p, p)) in own for p in fold(word).split()):
            stop = follow.start(1) + len(word)
            continue
        lower = word.lower()
        if lower in _NOT_PERSONS or (lower not in words.non_names and not word.isupper()):
            return None
        break
    if fold(form) in rivals and start == at and stop == end:
        return None
    return start, stop


def _word_before(text: str, at: int) -> str:
    """What stands between the last two blanks before `at`."""
    return text[text.rfind(" ", 0, at - 1) + 1 : at - 1]


def _harmless(text: str, at: int, word: str, words: Vocabulary) -> bool:
    """Whether a capitalised word before a surname is no given name: a title, an office, a word that opens the sentence."""
    lower = word.lower().strip(".’'")
    if lower in words.non_names or lower in words.offices or lower in words.portfolio_words:
        return True
    if lower in {
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
        "sheikh",
        "lord",
        "sir",
        "senator",
        "general",
        "pm",
        "comrade",
        "king",
        "prince",
        "emir",
        "sultan",
    }:
        return True
    if lower.endswith(("’s", "'s")):
        return True
    opening = text[:at].rstrip()
    return (not opening or opening[-1] in '.!?:;”"“') and lower.endswith("ly")


def forms_of(person: Person, words: Vocabulary) -> list[str]:
    """The spellings of the surname and aliases under which the page may name the person, the longest first."""
    forms: set[str] = set()
    for s in person.seen:
        tokens = [t for t in s.sighting.name.tokens if len(t.strip(".")) > 1]
        if len(tokens) == 1:
            forms.add(tokens[0])
            continue
        folded = [fold(t) for t in tokens]
        surname = " ".join(person.surname)
        if folded[-1] == surname:
            forms.add(tokens[-1])
            continue
        spelling = s.sighting.spelling
        for i in range(len(tokens)):
            for j in range(i + 1, len(tokens) + 1):
                if " ".join(folded[i:j]) == surname:
                    forms.add(spelling[spelling.find(tokens[i]) : spelling.find(tokens[j - 1]) + len(tokens[j - 1])])
        if folded[-1] in person.surname:
            forms.add(tokens[-1])
    if person.holder is not None:
        forms.update(f for f in words.spellings.get(person.holder.key, ()) if " " not in f)
    forms.update(person.aliases)
    for form in [f for f in forms if f[:3] in {"al-", "Al-", "el-", "El-"}]:
        forms.add(form[3:])
    good = [f for f in forms if len(f) > 1 and (f[0].isupper() or "-" in f) and words.non_names.get(f.lower()) not in {"calendar", "function"}]
    return sorted((f for f in good if f not in {"May", "Will"}), key=lambda f: (-len(f), f))
