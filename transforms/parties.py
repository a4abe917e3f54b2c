"""Who acts: the states, persons, organisations and groups that a stretch of a sentence names, or refers to by a pronoun or collective."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.clauses import clause_before, first_clause, quotation_depth
from transforms.context import Article, Mention, Sentence
from transforms.scans import wider
from transforms.voices import is_statement


@dataclass(frozen=True, slots=True)
class Party:
    """One actor, recipient, perpetrator, target or responder, as the party tables hold it."""

    party_type: str  # state, person, organisation, group
    iso3: str | None
    person_key: str | None
    name: str


# Words for those who speak or act for a state. After a demonym or a possessive they make it the state that acts ("Danish officials").
_OFFICIAL_NOUN = (
    r"(?:governments?|governors?|administration|ministry|ministries|minister|ministers|officials?|authorities|cabinet|president|presidents|premier|chancellor"
    r"|leaders?|leadership|parliament|congress|senate|lawmakers|military|army|navy|air force|armed forces|forces|troops|police|security (?:service|council"
    r"|forces)|intelligence|agency|agencies|department|departments|delegations?|side|sides|embassy|ambassadors?|envoys?|diplomats?|negotiators?"
    r"|spokes(?:man|woman|person)|foreign office|treasurer"
    r"|state|states|nations?|country|countries|republic|kingdom|regime|commission|council|secretary|secretaries|commissioners?"
    r"|central bank|customs|prosecutors?|king|queen|emperor|monarch|co-chairs?|representatives?|nsas?)"
)
_ACTS_FOR_STATE = re.compile(r"(?:['’]s?)?\s(?:[\w.’'-]+\s){0,4}?" + _OFFICIAL_NOUN + r"\b(?!\s(?:of\s)?(?:compan|firm|bank))")
_OF_A_FIRM = re.compile(r"\b(?:Air|Team|Virgin|Radio|Amnesty|Greenpeace|Oxfam|Telecom)\s$")  # "Air Canada"
_POSSESSIVE = re.compile(r"['’]s?\s+[\w-]+")
_BARE_OFFICIAL = re.compile(
    r"\btreasury\b|\b(?:the|its|their|our|both|all|two|three|four|five|six|seven|several|many|most|senior|top|some|these|those|that|his|her)\s(?:[\w-]+\s){0,2}?"
    + _OFFICIAL_NOUN
    + r"\b|(?:^|,\s)(?:[a-z][\w-]+\s){0,2}(?:officials|authorities|ministers|leaders|lawmakers|negotiators|diplomats|delegates)\b"
    r"|\bthe\s(?:alliance|bloc)\b|^\W*(?:national\s|federal\s)?(?:government|cabinet|parliament)\s(?:(?:also|now|today)\s)?(?:has|have|had|is|will|would|through|said|says|plans|intends|wants|agreed|approved|decided|promised|pledged)\b",
)
_COLLECTIVE = re.compile(
    r"\b(?:(?P<number>both|two|three|four|five|six|seven|eight|nine|ten)|the|all|these|their)\s(?:(?P<more>two|three|four|five|six|seven|eight|nine|ten)\s)?"
    r"(?:[\w-]+\s){0,2}?(?:sides?|part(?:ies|ners)|countries|nations|states|governments|leaders|ministers|delegations|allies|members|participants"
    r"|signatories|co-chairs|neighbou?rs|capitals|secretaries|presidents|chiefs|nsas|officials|negotiators|powers|principals|koreas)\b"
    r"|\b(?:western|european|african|asian|arab|gulf|baltic|nordic|allied|member|g7|g20|several|neighbou?ring)\s(?:countries|nations|states|governments|leaders|ministers|allies|capitals|powers)\b"
    r"|^(?:leaders|ministers|participants|members|delegates|parties|governments|countries|nations|member[\s-]states|allies|all|both)\b|\bthe\smember-states\b",
)
_PLURAL_PRONOUN = re.compile(r"^\W*(?:they|the former|all(?: three| four)?|both|each)\b")
_SINGULAR_PRONOUN = re.compile(r"^\W*(?P<word>he|she|it)\b")
_WE = re.compile(
    r"^\W*(?:(?:and|no|yes|look|well|but|so),?\s)?(?:we|we['’](?:re|ll|ve)|our\s|i|i['’](?:m|ll|ve))\b"
    r"|(?:^|,\s)\W*(?:our|my) (?:government|country|nation|administration|countries|nations|side)",
)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_PRIVATE = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|businesses|corporations?|manufacturers?|producers?|exporters?|importers?|banks?|investors?|shareholders?|airlines?"
    r"|experts?|analysts?|professors?|economists?|strategists?|historians?|consultants?|fellow|chief\sexecutive|ceo|researchers?|scientists?|academics?|lawyers?|attorneys?(?!\sgeneral)|activists?|campaigners?|protesters?|demonstrators?|critics|observers"
    r"|rebels?|militants?|insurgents?|jihadists?|terrorists?|fighters|gunmen|hackers|attackers|hacktivists|gangs?|cartels?|militias?|hijackers"
    r"|unions?|clubs?|teams?|athletes?|players?|coach(?:es)?|fans|students?|pupils|teachers?|parents|residents|villagers|voters|citizens|victims"
    r"|journalists?|reporters?|newspapers?|opposition|protestors|families|relatives|migrants|refugees|workers|employees|farmers|consumers"
    r"|football|league|hospital|university|college|foundation|charity|federation|olympic|app|platform|software|products?|prices?|markets?|stocks?|shares|economy|currency|growth|people|women|men|children|churches|church|pope)\b",
)
_OFFICIAL_PERSON = re.compile(
    r"\b(?:(?i:ambassador|treasurer|attorney\sgeneral|envoy|under\s?secretary|prime\sminister|minister)|spokes(?:man|woman|person)|representative|adviser|advisor|secretary|commissioner|general"
    r"|admiral|commander|director|chief|official|chair(?:man|woman|person)?|governor|mayor|premier|president|chancellor|senator"
    r"|diplomat|negotiator|lawmaker|king|queen|prince)\b,?\s(?:(?:to|at|of|for)\s(?:the\s)?[\w.’' -]{2,30}?,?\s)?"
    r"(?P<name>(?:[A-Z][\w.’'-]+\s){0,3}[A-Z][\w’'-]+)",
)


def parties_in(sentence: Sentence, start: int, end: int) -> list[Party]:
    """The states, organisations and persons named between `start` and `end` (code points in the sentence) that can act in international affairs,
    in order, none twice. A demonym or possessive before a private actor ("Chinese companies", "Japan's Toyota") names no state that acts."""
    return [party for party, _, _ in _named(sentence, start, end)]


def _named(sentence: Sentence, start: int, end: int) -> list[tuple[Party, int, int]]:
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
    r"\s(?:the\s|an?\s|both\s|its\s)?(?:[\w.-]+\s){0,1}$",
)
# "the absence of U.S. President X"
_PREPOSITION_OF_PERSON = re.compile(
    r"\b(?:of|with|against|by|for|from|to|on|over|about|than)\s(?:the\s)?(?:[A-Z][\w.’'-]*\s|(?:[a-z]+\s)?(?:president|minister|chancellor|leader)\s){1,5}$"
)
_OFFICIAL_OF = re.compile(
    r"\b(?:group|club|bloc|coalition|majority|number|dozens|most|all|some|many|one|each|"
    + _OFFICIAL_NOUN[3:]
    + r"\s(?:of|from|for|in|to|at)\s(?:the\s|both\s)?(?:[^,]{0,60}?(?:,|\sand)\s(?:the\s)?)?(?:[\w.-]+\s){0,1}$",
)
_POSSESSOR = re.compile(
    r"(?:\s(?:[\w-]+\s){0,2}?"
    + _OFFICIAL_NOUN
    + r")?(?:['’]s|(?<=s)['’])\s(?!(?i:(?:[\w-]+\s){0,3}?"
    + _OFFICIAL_NOUN
    + r"\b))(?![A-Z][a-z]+\s[A-Z])"
)
# "the Security Council resolution", "U.S. tariffs": the name only tells whose thing it is
_THING = re.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:tariffs?|sanctions|dut(?:y|ies)|bans?|resolutions?|econom(?:y|ies)|exports?|imports?|laws?|deals?|statements?|reports?|strategy|policy"
    r"|policies|proposals?|requests?|decisions?|wars?|markets?|trade|goods|products|oil|gas|weapons|missiles?|aid|funding|election|elections)"
    r"(?=\s*$|\s(?:\w+ed|on|of|for|in|to|and|against|with|is|are|was|were|has|have|had|that|which)\b)"
)
# "India Football Federation", "Japan Airlines"; not "Japan Wednesday"
_LONGER_NAME = re.compile(
    r"\s(?!(?:[A-Z][\w.-]+\s){0,3}(?i:"
    + _OFFICIAL_NOUN
    + r"|\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"(?:[A-Z][a-z]+\s){0,3}(?:Airlines?|Airways|Federation|Association|League|Union|Club|University|Institute|Bank|Group|Corp\w*|Inc|Ltd|Times|Daily|Post|News"
    r"|Football|Cricket|Olympic|Games|Open|Cup|Foundation|Hospital|Motors?|Energy|Telecom\w*|Holdings?"
    r"|Summit|Forum|Conference|Congress|Festival|Exhibition|Expo|Fair|Awards?|Prize|Week|Dialogue|Marathon|Championships?)\b"
)
_AND_NEXT = re.compile(r"(?:,|,?\s(?:and|or))\s(?:the\s)?")
_LISTED = re.compile(r",\s(?:and\s)?(?:the\s)?$")


def subjects(sentence: Sentence, start: int, end: int) -> list[Party]:
    """`parties_in`, without those that are no subject: named in a phrase with a preposition ("the war in Ukraine"), which ends the list, or only as
    possessor of something else ("Japan's proposal")."""
    text = sentence.text
    result: list[Party] = []
    object_stop = 0  # where a phrase with a preposition ends
    for party, begin, stop in _named(sentence, start, end):
        before = sentence.lower[start:begin]
        if object_stop and _AND_NEXT.fullmatch(text, object_stop, begin):
            object_stop = stop
            continue  # "Talks between Cyprus and Turkey"
        if _POSSESSOR.match(text, stop, end) or _LONGER_NAME.match(text, stop, end) or _THING.match(sentence.lower, stop, end):
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


def resolve(sentence: Sentence, start: int, end: int) -> list[Party]:
    """`parties_in`, or, where the stretch names nobody, whom its pronoun or collective ("they", "both sides", "the ministers", "the government",
    "we") stands for, carried over from earlier sentences or from who speaks. Empty where that is a private actor or cannot be told."""
    text, low = sentence.text[start:end], sentence.lower[start:end]
    if _WE.search(low):
        return speakers(sentence, start)
    named = subjects(sentence, start, end)
    if named:
        first = next(begin for party, begin, _ in _named(sentence, start, end) if party == named[0])
        private = _PRIVATE.search(low)
        if private is None or start + private.start() > first or " and " in low[private.end() - 1 : first - start]:
            return named
    collective = _COLLECTIVE.search(low) or _PLURAL_PRONOUN.match(low)
    if collective and not (_PREPOSITION.search(low, 0, collective.start()) and not _OFFICIAL_OF.search(low, 0, collective.start())):
        groups = collective.groupdict()
        number = _NUMBERS.get((groups.get("more") or groups.get("number") or "").lower())
        return _earlier_group(sentence, start, number) or _home_of_collective(sentence, start) or _unnamed(text) or _outer(sentence, start) or []
    if _PRIVATE.search(low):
        return []
    if pronoun := _SINGULAR_PRONOUN.match(low):
        if (outer := _outer(sentence, start)) is not None:
            return outer  # "the hospital said it would …"
        opening = first_clause(sentence.text, start)
        if pronoun["word"].lower() == "it" and _PRIVATE.search(sentence.lower, *opening) and not parties_in(sentence, *opening):
            return []  # "The company said little, although it …"
        is_thing = pronoun["word"].lower() == "it"
        return _earlier_single(sentence, start, person=not is_thing) or (_earlier_government(sentence) if is_thing else [])
    bare = _BARE_OFFICIAL.search(low)
    if (
        bare
        and not _OWNS.match(low, bare.end())
        and not (_PREPOSITION.search(low, 0, bare.start()) and not _OFFICIAL_OF.search(low, 0, bare.start()))
    ):
        return _home(sentence, start) or _unnamed(text)
    acronym = re.match(r"\W*(?:the\s)?([A-Z]{2,8})\b", text)
    if acronym and acronym[1] in bodies(sentence.article):
        home = _home(sentence, start)
        return [Party("state", home[0].iso3, None, bodies(sentence.article)[acronym[1]])] if home else []
    name = re.match(r"\W*(?:Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Gen\.?|Sen\.?)?\s*((?:[A-Z][\w’'-]+\s?)+)", text)
    if name and name[1].split()[-1] in officials(sentence.article):
        iso3 = officials(sentence.article)[name[1].split()[-1]]
        return [Party("person", iso3, None, name[1].strip())]
    return []


def _outer(sentence: Sentence, start: int) -> list[Party] | None:
    """Who says what begins at `start`, for a pronoun that stands for him; None where nobody says it."""
    saying = SAYING.search(sentence.lower[:start])
    if saying is None:
        return None
    outer = clause_before(sentence.text, saying.start())
    if re.fullmatch(r"\W*|.*\band\s", sentence.lower[slice(*outer)]):
        outer = first_clause(sentence.text, saying.start())
    return resolve(sentence, *outer) if re.search(r"\w", sentence.text[slice(*outer)]) else None


# "the government's options are to …": the options are
_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])\s(?!(?:[\w-]+\s){0,3}?" + _OFFICIAL_NOUN + r"\b)")


def resolve_teller(sentence: Sentence, start: int, end: int) -> list[Party]:
    """`resolve`, or, where a document speaks ("the statement said"), those who issued it: whoever was named before."""
    low = sentence.lower[start:end]
    found = resolve(sentence, start, end)
    if found or _PRIVATE.search(low) or not _DOCUMENT.search(low):
        return found
    return _earlier_group(sentence, start, None) or _home(sentence, start)


def government(sentence: Sentence) -> list[Party]:
    """The government of which a page speaks, where a sentence names nobody: that of the nearest state, if officials are spoken of in this or one of the
    two sentences before."""
    spoken_of = _earlier_government(sentence, here=True)
    return (_home(sentence, 0) or spoken_of) if spoken_of else []


def is_private(sentence: Sentence, position: int) -> bool:
    """Whether the clause before `position` is about somebody who acts for no state."""
    return bool(_PRIVATE.search(sentence.lower, *clause_before(sentence.text, position)))


def _earlier_government(sentence: Sentence, *, here: bool = False) -> list[Party]:
    """Officials whom one of the two sentences before (or this one) speaks of without their state."""
    current = sentence if here else sentence.previous()
    for _ in range(2 + here):
        if current is None:
            break
        match = _GOVERNMENT.search(current.lower)
        if match:
            return [Party("organisation", None, None, current.text[match.start() : match.end()].strip())]
        current = current.previous()
    return []


_GOVERNMENT = re.compile(r"\b(?:government|ministry|minister|treasurer|cabinet|commission|president|premier)\b")


SAYING = re.compile(
    r"\b(?:said|says|announced|added|confirmed|stated|warned|declared|posted|wrote|promised|pledged|vowed|insisted|assert(?:s|ed)|emphasi[sz]e[sd]|stress(?:es|ed)|explained|noted|reiterated|clarified)\s(?:[\w.]+\s){0,3}?(?:that\s)?$"
)


def speakers(sentence: Sentence, position: int) -> list[Party]:
    """Whom "we" stands for at `position`: in a quotation, the speaker named by its tag; elsewhere those who issue the statement. Empty where the
    speaker is no official, or an author speaks in the first person."""
    if not quotation_depth(sentence, position) and not _in_single_quotes(sentence.text, position):
        return issuers(sentence.article) if is_statement(sentence.article) else []
    return _said_by(sentence)


def _in_single_quotes(text: str, position: int) -> bool:
    """Whether `position` stands in a quotation between single marks, which are apostrophes elsewhere: one opens a word before it, and one behind a
    comma or full stop closes it."""
    return bool(re.search(r"(?:^|\s)['‘]\w", text[: position + 1]) and re.compile(r"[,.!?]['’](?:\s|$)").search(text, position))


_TAG = re.compile(
    r"\b(?:said|says|told|added|wrote|noted|stated|stressed|explained|continued|announced|warned|tweeted|posted|declared|insisted|according to"
    r"|concluded|remarked|commented|emphasi[sz]ed|argued|replied|responded|reiterated|vowed|pledged|promised)\b"
)


_DOCUMENT = re.compile(r"\b(?:statement|declaration|communiqu[eé]|document|resolution|readout)\b")
_TAG_END = re.compile(r"[;“\"]|\.\s|$|,\s(?:adding|who|which|in|on|at|during)")


def speaker_of(sentence: Sentence) -> Party | None:
    """Who says what is quoted in a sentence; the first of them, where it is several. None where no official is found."""
    found = _said_by(sentence)
    return found[0] if found else None


def is_private_voice(sentence: Sentence) -> bool:
    """Whether the words quoted in a sentence are those of somebody who speaks for no state ("said an analyst")."""
    tag = _tag_of(sentence)
    return tag is not None and bool(_PRIVATE.search(tag[0].lower, *tag[1:3])) and not _named_by(*tag[:3], is_before=tag[3])


def _said_by(sentence: Sentence) -> list[Party]:
    """The officials named beside the nearest verb of saying."""
    tag = _tag_of(sentence)
    return [] if tag is None else _named_by(*tag[:3], is_before=tag[3])


def _tag_of(sentence: Sentence) -> tuple[Sentence, int, int, bool] | None:
    """Where the nearest verb of saying has its subject, and whether before it: in this sentence outside the quotation, else in the sentences before it
    and the one after it in the paragraph."""
    article, index = sentence.article, sentence.index
    for i in (index, index - 1, index + 1, index - 2, index - 3):
        if not 0 <= i < len(article.sentences):
            continue
        other = article.sentences[i]
        if other.field != sentence.field or abs(other.paragraph_no - sentence.paragraph_no) > (1 if i < index else 0):
            continue
        for tag in _TAG.finditer(other.text):
            if quotation_depth(other, tag.start()):
                continue
            end = _TAG_END.search(other.text, tag.end())
            begin, stop = clause_before(other.text, tag.start())
            is_before = re.search(r"\w", other.text[begin:stop]) is not None and not quotation_depth(other, begin)
            if not is_before:
                begin, stop = tag.end(), end.start() if end else len(other.text)
            return other, begin, stop, is_before
    return None


def _named_by(sentence: Sentence, start: int, end: int, *, is_before: bool) -> list[Party]:
    """Who speaks, of those in a stretch beside a verb of saying: a person before a body, whoever is named before those who are referred to."""
    text, low = sentence.text[start:end], sentence.lower[start:end]
    found = parties_in(sentence, start, end)
    if persons := [p for p in found if p.party_type == "person"]:
        return persons[:1]
    if is_before and (_SINGULAR_PRONOUN.match(low) or _PLURAL_PRONOUN.match(low)):
        return resolve(sentence, start, end)
    for name in re.finditer(r"[A-Z][\w’'-]+", text):
        if name[0] in officials(sentence.article):
            return [Party("person", officials(sentence.article)[name[0]], None, name[0])]
    if found:
        return found[:1]
    if _PRIVATE.search(low):
        return []
    if is_before and _DOCUMENT.search(low):
        return _earlier_group(sentence, start, None) or _home(sentence, start)
    return _home(sentence, start) if _BARE_OFFICIAL.search(low) else []


def issuers(article: Article) -> list[Party]:
    """Who issues a statement: the states and organisations of its title, else of its first sentence."""
    for sentence in article.sentences[:4]:
        everybody = [p for p in parties_in(sentence, 0, len(sentence.text)) if p.party_type in ("state", "organisation")]
        acting = [p for p in subjects(sentence, 0, len(sentence.text)) if p in everybody]
        if everybody:
            return acting if len(acting) == 1 else everybody
    return []


def officials(article: Article) -> dict[str, str | None]:
    """Surnames of those whom the article introduces by an office of state, with their country where the same sentence tells it."""
    if "officials" in article.memo:
        known: dict[str, str | None] = article.memo["officials"]
        return known
    names: dict[str, str | None] = article.memo.setdefault("officials", {})
    for i in article.marked(_INTRODUCING):
        text = article.text_of(i)
        for match in _OFFICIAL_PERSON.finditer(text):
            near = [m.iso3 for m in article.sentences[i].countries() if m.start < match.start("name") and match.start("name") - m.start < 60]
            for part in match["name"].split():  # the surname may come first
                if names.get(part) is None:
                    names[part] = near[-1] if near else None
        for match in _OFFICIAL_BEHIND.finditer(text):
            for part in match["name"].split():
                names.setdefault(part, None)
        for match in _RULES.finditer(text):
            names.setdefault(match["name"], None)
    return names


_OFFICIAL_BEHIND = re.compile(
    r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w.’'-]*){1,3}),\s(?:an?\s|the\s|who\sis\s)?(?:[\w-]+\s){0,3}?(?:director|head|chief|spokes(?:man|woman|person)|secretary|minister"
    r"|commissioner|official|chair(?:man|woman)?|deputy|undersecretary|coordinator)\s(?:of|at|for|with|in)\s(?:the\s)?(?:[\w.’'-]+\s){0,5}?(?i:department|ministry|agency"
    r"|commission|government|administration|treasury)\b"
)
# "Lindqvist's government", "the Lindqvist administration", "Lindqvist's new tariffs": whoever has one holds an office
_RULES = re.compile(
    r"(?P<name>[A-Z][\w-]+)(?:['’]s?\s(?:[\w-]+\s){0,2}?(?:administration|government|cabinet|presidency|premiership|tariffs|sanctions|executive order)"
    r"|\s(?:administration|government|presidency))\b"
)
_BODY = re.compile(
    r"((?:[A-Z][\w’'.-]+,?\s(?:(?:of|for|and|the|on|against)\s)*){1,9})\((?P<acronym>[A-Z]{2,8})\)",
)
_PUBLIC_BODY = re.compile(
    r"\b(?:Department|Ministry|Agency|Council|Commission|Office|Service|Authority|Bureau|Secretariat|Directorate|Committee|Centre|Center|Command|Police|Force"
    r"|Government|Administration|Inspectorate|Army|Navy|Guard|Treasury)\b"
)

_INTRODUCING, _ABBREVIATING = "introducing", "abbreviating"
# Which sentences may introduce an official or a body, so that `officials` and `bodies` read no others.
MARKS = {
    _INTRODUCING: (
        wider(_OFFICIAL_PERSON.pattern),
        wider(_OFFICIAL_BEHIND.pattern),
        r"administration|government|cabinet|presidency|premiership|tariffs|sanctions|executive order",
    ),
    _ABBREVIATING: (wider(_BODY.pattern),),
}


def bodies(article: Article) -> dict[str, str]:
    """Organs of state which the article introduces with their abbreviation in brackets: abbreviation -> name."""
    if "bodies" not in article.memo:
        article.memo["bodies"] = {
            match["acronym"]: match[1].strip()
            for i in article.marked(_ABBREVIATING)
            for match in _BODY.finditer(article.text_of(i))
            if _PUBLIC_BODY.search(match[1])
        }
    found: dict[str, str] = article.memo["bodies"]
    return found


def _home_of_collective(sentence: Sentence, position: int) -> list[Party]:
    """For "they" or "the leaders" of one country: its state, if an official is spoken of in this or the sentence before."""
    before = sentence.previous()
    text = (before.text if before else "") + " " + sentence.text[:position]
    spoken_of = re.search(_OFFICIAL_NOUN + r"\b", text, re.IGNORECASE)
    return _home(sentence, position) if spoken_of and not _PRIVATE.search(sentence.lower[:position]) else []


def _earlier_group(sentence: Sentence, position: int, number: int | None) -> list[Party]:
    """The nearest earlier set of at least two states, organisations or persons of different states: `number` of them, where given; else a larger set
    a few sentences back, of which the nearest names only a part, counts more."""
    candidates = []
    current: Sentence | None = sentence
    limit = position
    while current is not None:
        candidates.append((current, limit))
        current = current.previous()
        limit = len(current.text) if current else 0
    candidates += [(s, len(s.text)) for s in sentence.article.sentences[:1]]
    best: list[Party] = []
    for distance, (other, end) in enumerate(candidates):
        found = _by_state(other, parties_in(other, 0, end))
        if len(found) == number or (number is None and len(found) >= 2 and _grows(best, found, distance)):
            best = found
            if number is not None:
                return best
        elif len(found) >= 2 and not best and number is not None:
            best = found
    return best


def _grows(best: list[Party], found: list[Party], distance: int) -> bool:
    """Whether a group found farther back is the one that is meant: the first, or, a few sentences back, one that holds the nearer and more."""
    nearer, farther = ({p.iso3 or p.name for p in group} for group in (best, found))
    return not best or (distance <= _FARTHEST and nearer < farther)


_FARTHEST = 5


def _by_state(sentence: Sentence, parties: list[Party]) -> list[Party]:
    """One party a state: persons stand for theirs."""
    result: dict[str, Party] = {}
    for party in parties:
        if party.party_type != "person":
            result[party.iso3 or party.name] = party
        elif party.iso3 is not None:
            result.setdefault(party.iso3, _state(sentence.article, party.iso3))
    return list(result.values())


def _state(article: Article, iso3: str) -> Party:
    """A state of which only a code is known, by the name that the article gives it, if it does."""
    return Party("state", iso3, None, article.name_of(iso3) or iso3)


_NEAR, _BACK = 4, 6  # sentences; quotations may stand between what is told of a person


def _earlier_single(sentence: Sentence, position: int, *, person: bool) -> list[Party]:
    """The first person (or, for "it", the first state or organisation) that acts in the nearest earlier sentence that has one."""
    current: Sentence | None = sentence
    end = position
    for _ in range(_BACK if person else _NEAR):
        if current is None:
            return []
        found = parties_in(current, 0, end)
        wanted = [p for p in found if (p.party_type == "person") == person]
        if wanted:
            return wanted[:1]
        if person:
            for name in re.finditer(r"[A-Z][\w’'-]+", current.text[:end]):
                if name[0] in officials(sentence.article):
                    return [Party("person", officials(sentence.article)[name[0]], None, name[0])]
        current = current.previous()
        end = len(current.text) if current else 0
    return []


_OFFICE = re.compile(r"\b(?:[\w-]+\s){0,2}?" + _OFFICIAL_NOUN + r"\b(?:\sof\s\w+)?", re.IGNORECASE)


def _unnamed(text: str) -> list[Party]:
    """Officials of whom nothing tells the state: by the words that name them."""
    match = _OFFICE.search(text)
    return [Party("organisation", None, None, match[0].strip())] if match and not _PRIVATE.search(text.lower()) else []


def _home(sentence: Sentence, position: int) -> list[Party]:
    """The state of which "the government" or "officials" speaks: the nearest earlier state or official of one."""
    current: Sentence | None = sentence
    end = position
    while current is not None:
        for party in reversed(parties_in(current, 0, end)):
            if party.iso3:
                return [_state(sentence.article, party.iso3) if party.party_type == "person" else party]
            if party.party_type == "organisation":
                return [party]
        current = current.previous()
        end = len(current.text) if current else 0
    for first in sentence.article.sentences[:2]:
        for mention in first.countries():
            return [Party("state", mention.iso3, None, mention.surface)]
    return []
