"""Whom a pronoun, a collective, an office or the "we" of a quotation stands for. The two belong together: who says "we" may himself be "he"."""

from __future__ import annotations

import re

from transforms.antecedents import (
    by_state,
    earlier_body,
    earlier_government,
    earlier_group,
    earlier_holder,
    earlier_owner,
    earlier_single,
    home,
    home_of_collective,
    unnamed,
)
from transforms.clauses import clause_before, first_clause, quotation_depth
from transforms.context import Article, Sentence
from transforms.officials import bodies, introduced, officials, titled
from transforms.parties import OFFICIAL_NOUN, PRIVATE, Party, is_in_phrase, parties_in, placed_parties, subjects
from transforms.speech import SAYING, Tag, in_single_quotes, tag_of
from transforms.voices import is_statement

_BARE_OFFICIAL = re.compile(
    r"\btreasury\b|\b(?:the|its|their|our|both|all|two|three|four|five|six|seven|several|many|most|senior|top|some|these|those|that|his|her)\s(?:[\w-]+\s){0,2}?"
    + OFFICIAL_NOUN
    + r"\b|(?:^|,\s)(?:[a-z][\w-]+\s){0,2}(?:officials|authorities|ministers|leaders|lawmakers|negotiators|diplomats|delegates)\b"
    r"|\bthe\s(?:alliance|bloc)\b|^\W*(?:national\s|federal\s|union\s)?(?:government|govt|cabinet|parliament)\s(?:(?:also|now|today|unanimously)\s)?(?:$|has|have|had|is|will|would|through|said|says|plans|intends|wants|agreed|approved|decided|promised|pledged)\b",
)
_COLLECTIVE = re.compile(
    r"\b(?:(?P<number>both|two|three|four|five|six|seven|eight|nine|ten)|the|all|these|their)\s(?:(?P<more>two|three|four|five|six|seven|eight|nine|ten)\s)?"
    r"(?:[\w-]+\s){0,2}?(?:sides?|part(?:ies|ners)|countries|nations|states|governments|leaders|ministers|delegations|allies|members|participants"
    r"|signatories|co-chairs|neighbou?rs|capitals|blocs|organi[sz]ations|institutions|chambers|secretaries|presidents|chiefs|nsas|officials|negotiators|powers|principals|koreas|heads|pair|duo|premiers|pms|counterparts)\b"
    r"|\b(?:western|european|african|asian|arab|gulf|baltic|nordic|allied|member|g7|g20|several|neighbou?ring)\s(?:countries|nations|states|governments|leaders|ministers|allies|capitals|powers)\b"
    r"|^(?:leaders|ministers|participants|members|delegates|parties|governments|countries|nations|member[\s-]states|allies|all|both)\b|\bthe\smember-states\b",
)
# "116 countries", "developed nations": none that were named before
_SOME = re.compile(
    r"\W*(?P<who>(?:(?:at\sleast|about|around|nearly|almost|more\sthan|over|up\sto|some|many|most|dozens\sof|several|international|western|foreign|donor|participating|rich|wealthy|poor|developed|developing|industriali[sz]ed"
    r"|world|global|\d+)\s){1,3}(?:[\w-]+\s)?(?:countries|nations|states|governments|leaders|powers|parties|donors)\b|(?:nations|countries|governments|(?:the\s)?(?:international\scommunity|donors))\b)"
)
_THEY = re.compile(r"\W*they\b")
_PLURAL_PRONOUN = re.compile(r"^\W*(?:they|the former|all(?: three| four)?|both|each)\b")
_SINGULAR_PRONOUN = re.compile(r"^\W*(?P<word>he|she|it)\b")
_HOSTS = re.compile(r"\W*(?:the\s)?(?:host\sand\s(?:the\s)?guests?|guests?\sand\s(?:the\s)?host)\b")
_HOST = re.compile(r"\W*the\s(?:host|guest)(?!\s(?:country|nation))\b")
_WE = re.compile(
    r"^\W*(?:(?:and|no|yes|look|well|but|so),?\s)?(?:we|we['’](?:re|ll|ve)|our\s|i|i['’](?:m|ll|ve))\b"
    r"|(?:^|,\s)\W*(?:our|my) (?:government|country|nation|administration|countries|nations|side)",
)
# "The Council", of which the text gave the whole name
_BODY = re.compile(
    r"\W*the\s(?:(?:regional|\d+-(?:nation|member|country)|trade|defen[cs]e|military|western|african|security|global)\s){0,3}"
    r"(council|commission|assembly|bloc|alliance|union|agency|fund|bank|organi[sz]ation|tribunal|secretariat|mission|authority|conference)\b(?!\sof\b)"
)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
# "the government's options are to …": the options are
_OWNS = re.compile(r"(?:['’]s|(?<=s)['’])\s(?!(?:[\w-]+\s){0,3}?" + OFFICIAL_NOUN + r"\b)")
_ISSUED = re.compile(
    r"\b[A-Z][\w’'-]+,?\s(?:(?:ha[sd]|also|later)\s)?(?:issued|released|published|posted|put\sout)\s"
)  # whoever it is, he is named here
_DOCUMENT = re.compile(r"\b(?:statement|declaration|communiqu[eé]|document|resolution|readout)\b")


def resolve(sentence: Sentence, start: int, end: int) -> list[Party]:
    """`parties_in`, or, where the stretch names nobody, whom its pronoun or collective ("they", "both sides", "the ministers", "the government",
    "we") stands for, carried over from earlier sentences or from who speaks. Empty where that is a private actor or cannot be told."""
    text, low = sentence.text[start:end], sentence.lower[start:end]
    if _WE.search(low):
        return speakers(sentence, start)
    named = subjects(sentence, start, end)
    if named:
        first = next(begin for party, begin, _ in placed_parties(sentence, start, end) if party == named[0])
        private = PRIVATE.search(low)
        if private is None or start + private.start() >= first or " and " in low[private.end() - 1 : first - start]:
            return named
    if (some := _SOME.match(low)) and not PRIVATE.search(low):
        return [Party("group", None, None, text[some.start("who") : some.end("who")].strip())]
    collective = _COLLECTIVE.search(low) or _PLURAL_PRONOUN.match(low)
    if _THEY.match(low) and ((outer := _outer(sentence, start)) is not None or _is_private_before(sentence)):
        return outer or []  # "the hospital said they would …"
    if collective and not is_in_phrase(low[: collective.start()]):
        groups = collective.groupdict()
        number = _NUMBERS.get((groups.get("more") or groups.get("number") or "").lower())
        return earlier_group(sentence, start, number) or home_of_collective(sentence, start) or unnamed(text) or _outer(sentence, start) or []
    if PRIVATE.search(low):
        return []
    if _HOSTS.match(low):
        return earlier_group(sentence, start, 2)
    if _HOST.match(low):
        return earlier_single(sentence, start, person=True) or home(sentence, start)
    if pronoun := _SINGULAR_PRONOUN.match(low):
        if (outer := _outer(sentence, start)) is not None:
            return outer  # "the hospital said it would …"
        opening = first_clause(sentence.text, start)
        if pronoun["word"].lower() == "it" and PRIVATE.search(sentence.lower, *opening) and not parties_in(sentence, *opening):
            return []  # "The company said little, although it …"
        is_thing = pronoun["word"].lower() == "it"
        return earlier_single(sentence, start, person=not is_thing) or (earlier_government(sentence) if is_thing else [])
    if (body := _BODY.match(low)) and (known := earlier_body(sentence, start, body[1])):
        return known
    bare = _BARE_OFFICIAL.search(low)
    if bare and not _OWNS.match(low, bare.end()) and not is_in_phrase(low[: bare.start()]):
        return earlier_holder(sentence, start, bare[0]) or earlier_owner(sentence, start, bare[0]) or home(sentence, start) or unnamed(text)
    acronym = re.match(r"\W*(?:the\s)?([A-Z]{2,8})\b", text)
    if acronym and acronym[1] in bodies(sentence.article):
        state = home(sentence, start)
        return [Party("state", state[0].iso3, None, bodies(sentence.article)[acronym[1]])] if state else []
    if (title := titled(text)) and not is_in_phrase(low[: title.start()]) and (official := introduced(sentence.article, title["name"])):
        return [official]
    name = re.match(r"\W*(?:Mr\.?|Ms\.?|Mrs\.?|Dr\.?|Gen\.?|Sen\.?)?\s*((?:[A-Z][\w’'-]+\s?)+)", text)
    if name and name[1].split()[-1] in officials(sentence.article):
        iso3 = officials(sentence.article)[name[1].split()[-1]]
        return [Party("person", iso3, None, name[1].strip())]
    return []


def _is_private_before(sentence: Sentence) -> bool:
    """Whether the sentence before is about somebody who acts for no state, and names nobody who does."""
    before = sentence.previous()
    if before is None or before.text[:1].islower():  # half a sentence, whose subject stands elsewhere
        return False
    start, end = first_clause(before.text, len(before.text))
    private = PRIVATE.search(before.lower, start, end)
    return (
        private is not None
        and _BARE_OFFICIAL.search(before.lower, start, private.start()) is None  # "the ministers told citizens …"
        and not subjects(before, 0, len(before.text))
    )


def _outer(sentence: Sentence, start: int) -> list[Party] | None:
    """Who says what begins at `start`, for a pronoun that stands for him; None where nobody says it."""
    saying = SAYING.search(sentence.lower[:start])
    if saying is None:
        return None
    outer = clause_before(sentence.text, saying.start())
    if re.fullmatch(r"\W*|.*\band\s", sentence.lower[slice(*outer)]):
        outer = first_clause(sentence.text, saying.start())
    return resolve(sentence, *outer) if re.search(r"\w", sentence.text[slice(*outer)]) else None


def resolve_teller(sentence: Sentence, start: int, end: int) -> list[Party]:
    """`resolve`, or, where a document speaks ("the statement said"), those who issued it: whoever was named before."""
    low = sentence.lower[start:end]
    found = resolve(sentence, start, end)
    if found or PRIVATE.search(low) or not _DOCUMENT.search(low) or _ISSUED.search(sentence.text, start, end):
        return found
    return earlier_group(sentence, start, None) or home(sentence, start)


def speakers(sentence: Sentence, position: int) -> list[Party]:
    """Whom "we" stands for at `position`: in a quotation, the speaker named by its tag; elsewhere those who issue the statement. Empty where the
    speaker is no official, or an author speaks in the first person."""
    if not quotation_depth(sentence, position) and not in_single_quotes(sentence.text, position):
        if tag := _TAGGED.search(sentence.text, position):
            official = introduced(sentence.article, sentence.text[tag.start() :])
            return parties_in(sentence, tag.start(), len(sentence.text))[:1] or ([official] if official else [])
        return issuers(sentence.article) if is_statement(sentence.article) else []
    return _said_by(sentence)


# "We will help, says Marlow": a quotation that lost its marks
_TAGGED = re.compile(r"(?:,|\s[-–—])\s(?:(?:says|said)\s[A-Z]|(?:the\s)?(?:[A-Z][\w.’'-]+\s){1,5}(?:says|said|added|told|noted)\b)")


def speaker_of(sentence: Sentence) -> Party | None:
    """Who says what is quoted in a sentence; the first of them, where it is several. None where no official is found."""
    found = _said_by(sentence)
    return found[0] if found else None


def is_private_voice(sentence: Sentence) -> bool:
    """Whether the words quoted in a sentence are those of somebody who speaks for no state ("said an analyst")."""
    tag = tag_of(sentence)
    return tag is not None and bool(PRIVATE.search(tag.sentence.lower, tag.start, tag.end)) and not _named_by(tag)


def _said_by(sentence: Sentence) -> list[Party]:
    """The officials named beside the nearest verb of saying."""
    tag = tag_of(sentence)
    return [] if tag is None else _named_by(tag)


def _named_by(tag: Tag) -> list[Party]:
    """Who speaks, of those beside a verb of saying: a person before a body, whoever is named before those who are referred to."""
    sentence, start, end, is_before = tag
    text, low = sentence.text[start:end], sentence.lower[start:end]
    found = parties_in(sentence, start, end)
    if persons := [p for p in found if p.party_type == "person"]:
        return persons[:1]
    if is_before and (_SINGULAR_PRONOUN.match(low) or _PLURAL_PRONOUN.match(low)):
        return resolve(sentence, start, end)
    if (official := introduced(sentence.article, text)) is not None:
        return [official]
    if found:
        return found[:1]
    if PRIVATE.search(low):
        return []
    if is_before and _DOCUMENT.search(low):
        return earlier_group(sentence, start, None) or home(sentence, start)
    return home(sentence, start) if _BARE_OFFICIAL.search(low) else []


def issuers(article: Article) -> list[Party]:
    """Who issues a statement: the states and organisations of its title, up to what it is about, else those that act in its first sentences."""
    for sentence in article.sentences[:4]:
        text = sentence.text
        about = _ABOUT.search(text) if sentence.field == "title" else None
        end = about.start() if about else len(text)
        named = placed_parties(sentence, 0, end)
        if _WE_THE.match(text):
            named = _listed(text, named)
        everybody = by_state(sentence, [party for party, _, _ in named])
        if everybody:
            return everybody if _WE_THE.match(text) else by_state(sentence, subjects(sentence, 0, end)) or everybody
    return []


_ABOUT = re.compile(r"\s(?:on|against|regarding|concerning|following|after|about|to\smark)\s")
_WE_THE = re.compile(r"We,\s(?:the|[A-Z])")  # "We, the leaders of Chile, Peru and Norway, condemn …"
_NEXT_IN_LIST = re.compile(r"['’]?s?(?:,|,?\sand)\s(?:(?:of\s)?the\s|of\s)?")


def _listed(text: str, named: list[tuple[Party, int, int]]) -> list[tuple[Party, int, int]]:
    """The first of those named and whoever stands in one list with him."""
    found = named[:1]
    for one in named[1:]:
        if not _NEXT_IN_LIST.fullmatch(text, found[-1][2], one[1]):
            break
        found.append(one)
    return found
