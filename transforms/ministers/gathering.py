"""Takes the sightings of one article together: one person, one entry."""

from __future__ import annotations

from collections import Counter

from transforms.ministers.holders import fits, holders_of
from transforms.ministers.mentions import forms_of
from transforms.ministers.names import key_parts
from transforms.ministers.people import Article, Person, Seen
from transforms.ministers.places import correct, is_civil_servant, place
from transforms.ministers.vocabulary import Vocabulary, fold, name_set, soft

_ORDER = {"head_of_state": 0, "head_of_government": 1, "eu_official": 2, "minister": 3, "deputy_minister": 4}


def gather(seen: list[Seen], article: Article, words: Vocabulary) -> list[Person]:
    """The persons of an article whom its sightings tell of."""
    for s in seen:
        s.parts, s.soft = key_parts(s.sighting.name.tokens, words)
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
    people = [p for p in people if _keep(p, article, words)]
    _take_over(people)
    for person in people:
        _describe(person)
    place(people, article, words)
    people = [p for p in people if not is_civil_servant(p, words)]
    for person in people:
        correct(person, words)
        _complete(person, words, article.text)
        _name(person, words)
    people = _one_each(people)
    for person in people:
        key = (person.key, *person.surname, *person.aliases, *sorted({s.sighting.spelling for s in person.seen}))
        if key not in words.known_forms:
            words.known_forms[key] = forms_of(person, words)
        person.forms = words.known_forms[key]
    return people


def _match(s: Seen, people: list[Person], words: Vocabulary) -> Person | None:
    """The person a sighting names again."""
    found = [p for p in people if _same_name(s.soft, p, words, _is_royal(s)) and not _conflict(s, p)]
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


def _is_royal(s: Seen) -> bool:
    return s.sighting.office is not None and s.sighting.office.office.is_title


def _same_name(a: list[str], person: Person, words: Vocabulary, is_royal: bool = False) -> bool:
    b = person.soft
    if len(a) == 1:
        if a[0] == b[0] and is_royal and any(_is_royal(s) for s in person.seen):
            return True  # King Salman
        if a[0] in b and (a[0] == b[-1] or (a[0] == b[0] and (len(b) > 1) and _family_first(person, words)) or len(b) == 1):
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


def _family_first(person: Person, words: Vocabulary) -> bool:
    return any(s.sighting.iso3 in words.customs["family_name_may_be_first"] for s in person.seen) or len(person.soft) == 3 or "-" in person.spelling


def _keep(person: Person, article: Article, words: Vocabulary) -> bool:
    """Drops who was seen with weak evidence only and is on no list."""
    if any(_is_of_another(s, article) for s in person.seen):
        return False
    if any(not s.sighting.is_weak for s in person.seen):
        return True
    office = person.seen[0].sighting.office
    if office is not None and office.office.office == "leader" and all(s.sighting.tenure == "former" for s in person.seen):
        return False  # a party's, unless a country stands there
    candidates = [h for h in holders_of(person, words) if fits(h, person, strict=True)]
    if office is not None and office.office.evidence == "portfolio" and office.office.rank == "eu_official":
        candidates = [h for h in candidates if h.organisation]
    if len(person.soft) == 1:
        candidates = [h for h in candidates if h.iso3 is None or h.iso3 in article.scores]
    return bool(candidates)


def _is_of_another(s: Seen, article: Article) -> bool:
    """Whether the office is one of a country of which the article does not speak, by a name that is that of others elsewhere. Without a portfolio
    (Cabinet Secretary X) the article has to speak of that country about as much as of any other."""
    office, iso3 = s.sighting.office, s.sighting.office_iso3
    if office is None or office.office.evidence != "portfolio" or iso3 is None or s.sighting.iso3 is not None:
        return False
    if s.sighting.is_bare:
        return 2 * article.scores.get(iso3, 0) < max(article.scores.values(), default=1)
    return bool(article.scores) and iso3 not in article.scores


def _take_over(people: list[Person]) -> None:
    """Gives the counterpart of "Minister X" the office that the article has told of X elsewhere."""
    for s in (s for person in people for s in person.seen if s.sighting.subject is not None):
        subject = next((p for p in people if any(o.sighting is s.sighting.subject for o in p.seen)), None)
        fuller = next((o.sighting for o in subject.seen if not o.sighting.is_bare and not o.sighting.is_weak), None) if subject else None
        if fuller is not None and fuller.rank != "eu_official":
            s.sighting.rank, s.sighting.portfolio, s.sighting.is_bare = fuller.rank, fuller.portfolio, False
            s.sighting.office_text = s.sighting.office_full = fuller.office_text


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
    if best.office is not None and best.office.office.office == "leader" and person.rank == "head_of_state":
        person.is_leader = True
    person.portfolio = next((s.sighting.portfolio for s in order if s.sighting.rank == best.rank and s.sighting.portfolio != "other"), best.portfolio)


def _complete(person: Person, words: Vocabulary, text: str) -> None:
    """Gives a known office-holder seen by surname only the full name, where the article writes it without an office."""
    if len(person.soft) > 1 or person.holder is None or not person.holder.key:
        return
    full = next((f for f in words.spellings[person.holder.key] if " " in f and f in text), None)
    if full is not None:
        person.spelling = full
        person.parts, person.soft = key_parts(tuple(full.split()), words)


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
    if len(parts) > 1 and _surname_first(person, words):
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


def _surname_first(person: Person, words: Vocabulary) -> bool:
    later = Counter(s.soft[0] for s in person.seen if len(s.soft) == 1)
    if later:
        return later.get(person.soft[0], 0) > later.get(person.soft[-1], 0)
    if person.iso3 in words.customs["family_name_is_first"]:
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
