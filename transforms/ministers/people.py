"""Takes the sightings of one article together: one person, one entry, with a country; and finds later mentions by surname."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from transforms.ministers.grammar import Sighting
from transforms.ministers.names import key_parts, softened
from transforms.ministers.vocabulary import Holder, Vocabulary, fold, name_set, soft

_FAMILY_FIRST = frozenset({"CHN", "KOR", "PRK", "TWN", "VNM", "KHM", "SGP", "MMR", "THA", "ETH", "ERI", "MYS", "IDN", "LAO"})
_ORDER = {"head_of_state": 0, "head_of_government": 1, "eu_official": 2, "minister": 3, "deputy_minister": 4}
_NEAR = 250  # characters: about two sentences
_HEADS = ("head_of_state", "head_of_government")


@dataclass(slots=True)
class Seen:
    """A sighting with its place in the article."""

    where: str  # title or body
    start: int
    end: int
    sighting: Sighting
    side: str | None  # the country whose delegation the sentence speaks of
    parts: list[str] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Person:
    """An office-holder in one article."""

    seen: list[Seen]
    parts: list[str]
    soft: list[str]
    spelling: str
    aliases: set[str] = field(default_factory=set)
    surname: list[str] = field(default_factory=list)
    holder: Holder | None = None
    iso3: str | None = None
    basis: str = "none"
    organisation: str | None = None
    rank: str = "minister"
    portfolio: str = "other"
    key: str = ""
    forms: list[str] = field(default_factory=list)


def gather(seen: list[Seen], words: Vocabulary, mentions: list[tuple[str, int, int, str, str]]) -> list[Person]:
    """The persons of an article. `mentions` are its country mentions: field, start, end, country, kind."""
    scores: dict[str, float] = defaultdict(float)
    for where, _, _, iso3, kind in mentions:
        scores[iso3] += (2 if where == "title" else 1) * (1 if kind != "capital" else 0.5)
    for s in seen:
        s.parts = key_parts(s.sighting.name.tokens, words)
        s.soft = softened(s.parts)
    people: list[Person] = []
    for s in sorted(seen, key=lambda s: (len(s.soft) == 1, s.where == "title", s.start)):
        person = _match(s, people, words)
        if person is None:
            people.append(Person([s], s.parts, s.soft, s.sighting.spelling))
            person = people[-1]
        else:
            person.seen.append(s)
            if len(s.soft) > len(person.soft) or (len(s.soft) == len(person.soft) and len(s.sighting.spelling) > len(person.spelling)):
                person.parts, person.soft, person.spelling = s.parts, s.soft, s.sighting.spelling
        if s.sighting.alias:
            person.aliases.add(s.sighting.alias)
    people = [p for p in people if _keep(p, words, scores)]
    for person in people:
        _describe(person)
    _place(people, words, scores, mentions)
    people = [p for p in people if not _is_civil_servant(p)]
    for person in people:
        _correct(person)
        _name(person, words)
    people = _one_each(people)
    for person in people:
        person.forms = forms_of(person, words)
    return people


def _match(s: Seen, people: list[Person], words: Vocabulary) -> Person | None:
    """The person a sighting names again."""
    found = [p for p in people if _same_name(s.soft, p, words) and not _conflict(s, p)]
    if len(found) > 1:
        found.sort(
            key=lambda p: (
                not any(o.sighting.rank == s.sighting.rank for o in p.seen),
                -max((o.start for o in p.seen if o.start <= s.start), default=-1),
            )
        )
    return found[0] if found else None


def _conflict(s: Seen, person: Person) -> bool:
    a = s.sighting
    for other in person.seen:
        b = other.sighting
        if a.iso3 and b.iso3 and a.iso3 != b.iso3:
            return True
        if len(s.soft) == 1 and {a.organisation, b.organisation} == {None, "European Union"} and (a.iso3 or b.iso3):
            return True
    return False


def _same_name(a: list[str], person: Person, words: Vocabulary) -> bool:
    b = person.soft
    if len(a) == 1:
        if a[0] in b and (a[0] == b[-1] or a[0] == b[0] and (len(b) > 1) and _family_first(person) or len(b) == 1):
            return True
        if any(soft(fold(x)) == a[0] for x in person.aliases):
            return True
        if a[0] in b[1:] and len(b) > 2:
            return True
        holders = words.holders.get(name_set(" ".join(person.parts), words), ())
        return any(a[0] in h.surname_key.split() or h in words.surnames.get(a[0], ()) for h in holders)
    if len(b) == 1:
        return a[-1] == b[0] or a[0] == b[0]
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    if a[-1] == b[-1] and a[0][:1] == b[0][:1] and (len(a[0]) <= 3 or len(b[0]) <= 3 or a[0] == b[0]):
        return True
    first, second = words.holders.get(frozenset(a)), words.holders.get(frozenset(b))
    return bool(first and second and {h.key for h in first} & {h.key for h in second})


def _family_first(person: Person) -> bool:
    return any(s.sighting.iso3 in _FAMILY_FIRST for s in person.seen) or len(person.soft) == 3 or "-" in person.spelling


def _holders(person: Person, words: Vocabulary) -> list[Holder]:
    """The office-holders of the reference list that the person may be."""
    if len(person.soft) > 1:
        found = words.holders.get(frozenset(person.soft) - {"al", "el", "ii", "iii", "bin"}, [])
        if found:
            return found
        return []
    return words.surnames.get(person.soft[0], [])


def _fits(holder: Holder, person: Person, strict: bool) -> bool:
    """Whether the offices of the page agree with the list: rank for surnames, and portfolio where both say one."""
    for s in person.seen:
        a = s.sighting
        if a.iso3 and holder.iso3 and a.iso3 != holder.iso3:
            return False
        if a.organisation == "European Union" and holder.organisation is None:
            return False
    if not strict:
        return True
    for s in person.seen:
        a = s.sighting
        wording = a.office_text.lower()
        crown = a.office is not None and a.office.office.evidence in {"country", "holder"}
        if holder.organisation and (a.rank == "eu_official" or (a.rank in {"head_of_state", "deputy_minister"} and "resident" in wording)):
            return True
        same_rank = a.rank == holder.rank or (
            a.rank in _HEADS and holder.rank in _HEADS and (crown or "chancellor" in wording or "premier" in wording)
        )
        if "chancellor" in wording and holder.portfolio == "finance" and holder.iso3 == "GBR":
            return True
        same_portfolio = a.portfolio in {holder.portfolio, "other"} or a.rank in _HEADS
        if same_rank and same_portfolio:
            return True
    return False


def _keep(person: Person, words: Vocabulary, scores: dict[str, float]) -> bool:
    """Drops who was seen with weak evidence only and is on no list."""
    if any(not s.sighting.is_weak for s in person.seen):
        return True
    office = person.seen[0].sighting.office
    candidates = [h for h in _holders(person, words) if _fits(h, person, strict=True)]
    if office is not None and office.office.evidence == "portfolio" and office.office.rank == "eu_official":
        candidates = [h for h in candidates if h.organisation]
    elif office is not None and office.office.evidence in {"state", "country", "holder"}:
        candidates = [h for h in candidates if h.rank in {*_HEADS, "deputy_minister", "eu_official"} or office.rank == "minister"]
    if len(person.soft) == 1:
        candidates = [h for h in candidates if h.iso3 is None or h.iso3 in scores]
    return bool(candidates)


def _describe(person: Person) -> None:
    """Rank, portfolio, organisation: those of the weightiest office that is held now; a bare Minister says nothing of a portfolio."""
    order = sorted(
        person.seen,
        key=lambda s: (
            s.sighting.tenure == "former",
            s.sighting.is_weak,
            s.sighting.is_bare,
            _ORDER[s.sighting.rank],
            s.where == "title",
            s.start,
        ),
    )
    best = order[0].sighting
    person.rank, person.organisation = best.rank, best.organisation
    person.portfolio = next((s.sighting.portfolio for s in order if s.sighting.rank == best.rank and s.sighting.portfolio != "other"), best.portfolio)


def _place(people: list[Person], words: Vocabulary, scores: dict[str, float], mentions: list[tuple[str, int, int, str, str]]) -> None:
    """Gives each person a country: stated, from the list of office-holders, from the office itself, from the context."""
    for person in people:
        stated = Counter(s.sighting.iso3 for s in person.seen if s.sighting.iso3)
        strict = len(person.soft) == 1
        candidates = [h for h in _holders(person, words) if _fits(h, person, strict)]
        person.holder = _choose(candidates, person, scores)
        if person.organisation:
            person.basis = "none"
        elif stated:
            person.iso3, person.basis = stated.most_common(1)[0][0], "stated"
        elif person.holder is not None:
            person.iso3, person.basis = person.holder.iso3, "reference"
            if person.holder.organisation:
                person.organisation, person.rank, person.basis = person.holder.organisation, "eu_official", "none"
        else:
            office = next((s.sighting.office_iso3 for s in person.seen if s.sighting.office_iso3), None)
            side = next((s.side for s in person.seen if s.side), None)
            if office:
                person.iso3, person.basis = office, "reference"
            elif side:
                person.iso3, person.basis = side, "context"
    held = {(p.rank, p.portfolio, p.iso3) for p in people if p.iso3 and p.portfolio != "other" and _is_current(p)}
    who = {id(s.sighting): p for p in people for s in p.seen}
    for person in people:
        if person.iso3 is None and person.organisation is None:
            current = _is_current(person)
            free = {c: n for c, n in scores.items() if not current or (person.rank, person.portfolio, c) not in held}
            beside = next((who[id(s.sighting.beside)] for s in person.seen if id(s.sighting.beside) in who), None)
            joint = beside.iso3 if beside is not None and (beside.iso3 in free or not _same_office(person, beside)) else None
            iso3 = joint or _secretary(person, scores) or _nearby(person, free, mentions) or _dominant(free)
            if iso3:
                person.iso3, person.basis = iso3, "context"


def _is_civil_servant(person: Person) -> bool:
    """In South Asia secretaries are the officials below a minister."""
    return person.iso3 in {"IND", "PAK", "BGD", "LKA", "NPL"} and all(
        s.sighting.office is not None and s.sighting.office.office.office == "secretary" for s in person.seen
    )


def _correct(person: Person) -> None:
    """Two offices that mean another thing in some countries: the British chancellor, secretaries of state below a minister."""
    offices = {s.sighting.office.office.office for s in person.seen if s.sighting.office is not None}
    if person.rank == "head_of_government" and offices == {"chancellor"} and person.iso3 == "GBR":
        person.rank, person.portfolio = "minister", "finance"
    if person.rank == "minister" and offices == {"secretary of state"} and person.iso3 not in {"USA", "GBR", "VAT", "MEX", "PHL", None}:
        person.rank = "deputy_minister"


def _choose(candidates: list[Holder], person: Person, scores: dict[str, float]) -> Holder | None:
    """The one office-holder who fits; of several, the one of the country that the article names most."""
    keys = {h.key for h in candidates}
    if len(keys) > 1 or len({h.iso3 for h in candidates}) > 1:
        named = [h for h in candidates if h.iso3 in scores or h.organisation]
        exact = [h for h in named if any(h.rank == s.sighting.rank and h.portfolio == s.sighting.portfolio for s in person.seen)] or named
        if len({h.iso3 for h in exact}) > 1:
            best = max(scores.get(h.iso3 or "", 0) for h in exact)
            exact = [h for h in exact if scores.get(h.iso3 or "", 0) == best]
        candidates = exact
        if len({(h.iso3, h.organisation) for h in candidates}) != 1:
            return None
        if len({h.key for h in candidates}) > 1:  # two of one surname and country: the country is sure, the person is not
            first = candidates[0]
            return Holder("", first.surname_key, first.iso3, first.organisation, first.rank, first.portfolio)
    return candidates[0] if candidates else None


def _secretary(person: Person, scores: dict[str, float]) -> str | None:
    """Secretaries are ministers in few countries: the one of them that the article names."""
    if not any("secretar" in s.sighting.office_text.lower() for s in person.seen):
        return None
    named = {c: scores[c] for c in ("USA", "GBR", "PHL", "MEX", "KEN") if c in scores}
    return max(named, key=lambda c: named[c]) if named else "USA"


def _same_office(a: Person, b: Person) -> bool:
    """Whether both hold an office of one name, so that they cannot be of one country."""
    return not {s.sighting.office_text.lower() for s in a.seen}.isdisjoint(s.sighting.office_text.lower() for s in b.seen)


def _is_current(person: Person) -> bool:
    return any(s.sighting.tenure not in {"former", "designate"} for s in person.seen)


def _nearby(person: Person, free: dict[str, float], mentions: list[tuple[str, int, int, str, str]]) -> str | None:
    """The only country named shortly before whose official it can be, unless the article hardly speaks of it."""
    first = person.seen[0]
    near = {iso3 for where, start, _, iso3, _ in mentions if where == first.where and first.start - _NEAR <= start < first.start and iso3 in free}
    if len(near) != 1:
        return None
    iso3 = near.pop()
    return iso3 if free[iso3] >= 0.25 * max(free.values()) else None


def _dominant(scores: dict[str, float]) -> str | None:
    """The country an article is about, if one stands out."""
    ranked = sorted(scores.items(), key=lambda x: (-x[1], x[0]))
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]:
        return ranked[0][0]
    return None


def _name(person: Person, words: Vocabulary) -> None:
    """Surname and name key: given names first, surname last, whatever the order on the page."""
    parts, n = person.parts, 1
    if person.holder is not None and person.holder.key:
        surname = person.holder.surname_key.split()
        person.surname = surname
        key = person.holder.key.split()
        rest = [w for w in key if w not in surname]
        person.key = " ".join([*rest, *surname] if len(person.soft) > 1 else surname)
        return
    if len(parts) > 1 and _surname_first(person):
        person.surname = parts[:1]
        person.key = " ".join([*parts[1:], parts[0]])
        return
    for i in range(len(parts) - 2, 0, -1):
        if parts[i] in {
            "de",
            "da",
            "do",
            "dos",
            "del",
            "della",
            "di",
            "van",
            "von",
            "der",
            "den",
            "la",
            "le",
            "bin",
            "al",
            "el",
            "ben",
            "ter",
            "ould",
        }:
            n = len(parts) - i
        else:
            break
    person.surname = parts[-n:]
    person.key = " ".join(parts)


def _surname_first(person: Person) -> bool:
    later = Counter(s.soft[0] for s in person.seen if len(s.soft) == 1)
    if later:
        return later.get(person.soft[0], 0) > later.get(person.soft[-1], 0)
    if person.iso3 in {"CHN", "PRK", "TWN", "VNM", "KHM"}:
        return True
    tokens = person.spelling.split()
    return person.iso3 == "KOR" and (len(tokens) == 3 or (len(tokens) == 2 and "-" in tokens[1]))


def _one_each(people: list[Person]) -> list[Person]:
    """Joins persons that turn out to have one key."""
    result: dict[tuple[str, str | None, str | None], Person] = {}
    for person in people:
        key = (person.key, person.iso3, person.organisation)
        if key in result:
            result[key].seen.extend(person.seen)
            result[key].aliases |= person.aliases
        else:
            result[key] = person
    return list(result.values())


_BEFORE = re.compile(r"([\w.’'\-]+)[ \u00a0]+$")
_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w’'\-]*)")
_NOT_PERSONS = frozenset({"tower", "organization", "organisation", "university", "library", "airport", "foundation", "street", "avenue", "hotel"})


def later_mentions(person: Person, text: str, taken: list[tuple[int, int]], words: Vocabulary, rivals: set[str]) -> list[tuple[int, int]]:
    """Where the text names the person again, by surname or more. `taken` are spans already read, `rivals` surnames that two persons of the
    article share: they count only with a given name."""
    found: list[tuple[int, int]] = []
    own: set[str] = set()
    for form in person.forms:
        at = text.find(form)
        while at != -1:
            end = at + len(form)
            if not any(a < end and at < b for a, b in taken) and not any(a < end and at < b for a, b in found):
                own = own or _own_parts(person)
                span = _accept(own, text, at, end, form, rivals, words)
                if span and not any(a < span[1] and span[0] < b for a, b in taken):
                    found.append(span)
            at = text.find(form, end)
    return found


def _own_parts(person: Person) -> set[str]:
    """All parts of the names by which the page has called the person."""
    parts = {p for s in person.seen for p in s.soft} | set(person.soft)
    return parts | {soft(p) for s in person.seen for p in fold(s.sighting.spelling).split()}


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


def _accept(own: set[str], text: str, at: int, end: int, form: str, rivals: set[str], words: Vocabulary) -> tuple[int, int] | None:
    """The span of a mention, widened to given names before it; None if it is somebody else's name or no name at all."""
    before, after = text[at - 1 : at], text[end : end + 1]
    if before and (before.isalnum() or before in "-'’‑@#_/."):
        return None
    if after and (after.isalnum() or after in "_@" or (after in "-‑" and not text[end + 1 : end + 2].isalpha())):
        return None
    start = at
    while before == " " and (match := _BEFORE.search(text, max(0, start - 25), start)):
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
    while after == " " and (follow := _AFTER.match(text, stop)):
        word = follow.group(1).removesuffix("’s").removesuffix("'s")
        if not word[0].isupper():
            break
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


def rivals_of(people: list[Person]) -> set[str]:
    """Surnames that two persons of the article share."""
    count: dict[str, int] = defaultdict(int)
    for person in people:
        count[" ".join(person.surname)] += 1
    return {s for s, n in count.items() if n > 1}
