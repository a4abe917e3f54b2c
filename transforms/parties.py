"""The states, persons, organisations and groups that a stretch of a sentence names, and which of them act."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.clauses import clause_before
from transforms.context import Mention, Sentence


@dataclass(frozen=True, slots=True)
class Party:
    """One actor, recipient, perpetrator, target or responder, as the party tables hold it."""

    party_type: str  # state, person, organisation, group
    iso3: str | None
    person_key: str | None
    name: str

    @property
    def label(self) -> str:
        """What tells it from others, and stands for it in lists: its country, else its name."""
        return self.iso3 or self.name

    @property
    def is_named_group(self) -> bool:
        """Whether it is a group with a name of its own, and not one that a common noun names ("gunmen", "Rebels")."""
        return self.party_type == "group" and any(c.isupper() for c in self.name[1:])


# Words for those who speak or act for a state. After a demonym or a possessive they make it the state that acts ("Danish officials").
OFFICIAL_NOUN = (
    r"(?:governments?|juntas?|governors?|administration|ministry|ministries|minister|ministers|officials?|authorities|cabinet|president|presidents|premier|chancellor"
    r"|leaders?|leadership|parliament|congress|senate|lawmakers|military|army|navy|air force|armed forces|forces|troops|police|security (?:service|council"
    r"|forces)|intelligence|agency|agencies|department|departments|delegations?|side|sides|embassy|ambassadors?|envoys?|diplomats?|negotiators?"
    r"|spokes(?:man|woman|person)|foreign office|treasurer"
    r"|state|states|nations?|country|countries|republic|kingdom|regime|commission|council|secretary|secretaries|commissioners?"
    r"|central bank|customs|prosecutors?|king|queen|emperor|monarch|co-chairs?|representatives?|nsas?)"
)
# Words for those who act for no state.
PRIVATE = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|businesses|corporations?|manufacturers?|producers?|exporters?|importers?|banks?|investors?|shareholders?|airlines?"
    r"|experts?|analysts?|professors?|economists?|strategists?|historians?|consultants?|fellow|chief\sexecutive|ceo|researchers?|scientists?|academics?|lawyers?|attorneys?(?!\sgeneral)|activists?|campaigners?|protesters?|demonstrators?|critics|observers"
    r"|rebels?|militants?|insurgents?|jihadists?|terrorists?|fighters|gunmen|hackers|attackers|hacktivists|gangs?|cartels?|militias?|hijackers"
    r"|unions?(?!\s(?:cabinet|minister|government|budget|council|territor))|clubs?|teams?|athletes?|players?|coach(?:es)?|fans|students?|pupils|teachers?|parents|residents|villagers|voters|citizens|victims"
    r"|journalists?|reporters?|newspapers?|opposition|protestors|families|relatives|migrants|refugees|workers|employees|farmers|consumers"
    r"|football|league|hospital|university|college|foundation|charity|federation|olympic|app|platform|software|products?|prices?|markets?|stocks?|shares|economy|currency|growth|people|women|men|children|churches|church|pope)\b",
)
_ACTS_FOR_STATE = re.compile(r"(?:['’]s?)?\s(?:[\w.’'-]+\s){0,4}?" + OFFICIAL_NOUN + r"\b(?!\s(?:of\s)?(?:compan|firm|bank))")
_OF_A_FIRM = re.compile(r"\b(?:Air|Team|Virgin|Radio|Amnesty|Greenpeace|Oxfam|Telecom)\s$")  # "Air Canada"
_POSSESSIVE = re.compile(r"['’]s?\s+[\w-]+")


def parties_in(sentence: Sentence, start: int, end: int) -> list[Party]:
    """The states, organisations and persons named between `start` and `end` (code points in the sentence) that can act in international affairs,
    in order, none twice. A demonym or possessive before a private actor ("Chinese companies", "Japan's Toyota") names no state that acts."""
    return [party for party, _, _ in placed_parties(sentence, start, end)]


def placed_parties(sentence: Sentence, start: int, end: int) -> list[tuple[Party, int, int]]:
    """`parties_in`, each with its place in the sentence."""
    found: dict[tuple[str | None, str | None, str], tuple[Party, int, int]] = {}
    taken = [(m.start, m.end) for m in sentence.mentions if m.kind == "organisation"]
    for mention in sentence.mentions:
        if mention.start < start or mention.end > end:
            continue
        if mention.kind == "country" and any(s <= mention.start and mention.end <= e for s, e in taken):
            continue
        party = _party(sentence, mention, end)
        if party is None:
            continue
        key = (party.iso3, None, "") if party.party_type == "state" else (None, party.person_key, party.name)
        found.setdefault(key, (party, mention.start, mention.end))
    return list(found.values())


def _party(sentence: Sentence, mention: Mention, end: int) -> Party | None:
    if mention.kind == "minister":
        return Party("person", mention.iso3, mention.person_key, mention.name or mention.surface)
    if mention.kind == "organisation":
        if mention.iso3 is not None:
            return Party("state", mention.iso3, None, mention.name or mention.surface)
        return Party("organisation", None, None, mention.name or mention.surface)
    if _OF_A_FIRM.search(sentence.text, 0, mention.start):
        return None
    acts = _ACTS_FOR_STATE.match(sentence.lower, mention.end, end)
    if acts is None and (mention.detail == "demonym" or _POSSESSIVE.match(sentence.text, mention.end, end)):
        return None
    return Party("state", mention.iso3, None, mention.surface)


_PREPOSITION = re.compile(
    r"\b(?:between|among|of|with|against|by|for|in|from|to|on|at|over|into|about|across|near|toward|towards|inside|outside|than)"
    r"\s(?:the\s|an?\s|both\s|its\s)?(?:(?!\w+day\s)[\w.-]+\s){0,1}$",
)
# "the absence of U.S. President X"
_PREPOSITION_OF_PERSON = re.compile(
    r"\b(?:of|with|against|by|for|from|to|on|over|about|than)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s|(?:[a-z]+\s)?(?:president|minister|chancellor|leader)\s){1,5}$"
)
_OFFICIAL_OF = re.compile(
    r"\b(?:group|club|bloc|coalition|majority|number|dozens|most|all|some|many|one|each|"
    + OFFICIAL_NOUN
    + r")\s(?:of|from|for|in|to|at)\s(?:the\s|both\s)?(?:[^,]{0,60}?(?:,|\sand)\s(?:the\s)?)?(?:[\w.-]+\s){0,1}$",
)
_POSSESSOR = re.compile(
    r"(?:\s(?:[\w-]+\s){0,2}?" + OFFICIAL_NOUN + r")?(?:['’]s|(?<=s)['’])\s(?!(?i:(?:[\w-]+\s){0,3}?" + OFFICIAL_NOUN + r"\b))(?![A-Z][a-z]+\s[A-Z])"
)
# "the Security Council resolution", "U.S. tariffs": the name only tells whose thing it is
_THING = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:tariffs?|sanctions|dut(?:y|ies)|bans?|resolutions?|econom(?:y|ies)|exports?|imports?|laws?|deals?|statements?|reports?|strategy|plans?|agreements?|initiatives?|programmes?|measures?|policy"
    r"|policies|proposals?|requests?|decisions?|wars?|markets?|trade|goods|products|oil|gas|weapons|missiles?|aid|funding|election|elections)"
    r"(?=\s*$|\s(?:\w+ed|on|of|for|in|to|and|against|with|following|after|amid|over|under|by|is|are|was|were|has|have|had|that|which)\b)"
)
# "India Football Federation", "Japan Airlines"; not "Japan Wednesday"
_LONGER_NAME = re.compile(
    r"\s(?!(?:[A-Z][\w.-]+\s){0,3}(?i:"
    + OFFICIAL_NOUN
    + r"|\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"(?:[A-Z][a-z]+\s){0,3}(?:Airlines?|Airways|Federation|Association|League|Union|Club|University|Institute|Bank|Group|Corp\w*|Inc|Ltd|Times|Daily|Post|News"
    r"|Football|Cricket|Olympic|Games|Open|Cup|Foundation|Hospital|Motors?|Energy|Telecom\w*|Holdings?"
    r"|Summit|Forum|Conference|Congress|Festival|Exhibition|Expo|Fair|Awards?|Prize|Week|Dialogue|Marathon|Championships?)\b"
)
# "Sudan rebel group": those who fight the state in which they are
_AGAINST = re.compile(r"\s(?:[A-Z][\w-]+\s)?(?:rebels?|militants?|insurgents?|guerrillas?|militias?|separatists?|opposition|jihadists?)\b")
_AND_NEXT = re.compile(r"(?:,|,?\s(?:and|or))\s(?:the\s)?")
_LISTED = re.compile(r",\s(?:and\s)?(?:the\s)?$")


def subjects(sentence: Sentence, start: int, end: int) -> list[Party]:
    """`parties_in`, without those that are no subject: named in a phrase with a preposition ("the war in Ukraine"), which ends the list, or only as
    possessor of something else ("Japan's proposal")."""
    text = sentence.text
    result: list[Party] = []
    object_stop = 0  # where a phrase with a preposition ends
    for party, begin, stop in placed_parties(sentence, start, end):
        before = sentence.lower[start:begin]
        if object_stop and _AND_NEXT.fullmatch(text, object_stop, begin):
            object_stop = stop
            continue  # "Talks between Cyprus and Turkey"
        if (
            _POSSESSOR.match(text, stop, end)
            or _LONGER_NAME.match(text, stop, end)
            or _THING.match(sentence.lower, stop, end)
            or _AGAINST.match(text, stop, end)
        ):
            continue
        is_object = _PREPOSITION.search(before) or (party.party_type == "person" and _PREPOSITION_OF_PERSON.search(text, start, begin))
        if is_object and not _OFFICIAL_OF.search(before) and not (result and _LISTED.search(before)):
            if result:
                break
            object_stop = stop
            continue
        if party.party_type == "person" and result and result[-1].party_type == "state" and result[-1].iso3 == party.iso3:
            result.pop()  # "Vietnam's prime minister X" is one party
        result.append(party)
    return result


def is_in_phrase(before: str) -> bool:
    """Whether what stands behind these words is part of a phrase with a preposition, and so no subject."""
    return bool(_PREPOSITION.search(before)) and not _OFFICIAL_OF.search(before)


def is_private(sentence: Sentence, position: int) -> bool:
    """Whether the clause before `position` is about somebody who acts for no state."""
    return bool(PRIVATE.search(sentence.lower, *clause_before(sentence.text, position)))
