"""Whom a sentence names beside an act that it does not tie to anybody's name: the owner of "its embassy", who suffered a breach told in another clause."""

from __future__ import annotations

import re

from transforms.context import Article
from transforms.incidents.objects import CAUSES, as_victim, parties_of, same
from transforms.incidents.reading import Entity, Reading, acts_for_state, is_private
from transforms.incidents.subjects import clause_start, is_passive, subject
from transforms.parties import Party

_OWN = re.compile(
    r"(?:[^,;.]{0,20}\b(?:on|against|at|of|into|from|in|near|off|around)\s(?:its|their|our|his|her|the\scountry[’']s)|\s(?:our|the\scountry[’']s))"
    r"\s(?P<what>[^,;.]{3,40})"
)
_WORLDWIDE = re.compile(r"\b(?:worldwide|global\w*|around\sthe\sworld|across\sthe\sworld|international\w*)\b")
_OF_SECURITY = frozenset(("antivirus", "cyber", "cybersecurity", "intelligence", "researcher", "researchers", "security"))
_OF_DOERS = frozenset(("criminals", "cybercriminals", "gang", "hackers", "hacker", "hacking", "hacktivists", "spies"))
_SERVING = frozenset(("behalf", "hired", "paid", "recruited", "working"))
_SERVES = re.compile(
    r"(?:\s[\w’'-]+){0,2}?\s(?:(?:allegedly\s)?working\sfor|(?:acting\s)?on\sbehalf\sof|(?:hired|paid|recruited)\s(?:online\s)?by|in\sthe\spay\sof)\s(?:the\s)?"
)
_BY_DAY = re.compile(
    r"(?:(?P<usa>sept(?:ember|\.)?\s11(?:th)?(?:,?\s2001)?|9/11|11\sseptember(?:\s2001)?)|(?P<isr>oct(?:ober|\.)?\s7(?:th)?(?:,?\s2023)?|7\soctober(?:\s2023)?)"
    r"|(?P<gbr>7/7|7\sjuly\s2005)|(?P<ind>26/11)),?\s(?:terror(?:ist)?\s|suicide\s)?$"
)
_DAYS = {"usa": ("USA", "United States"), "isr": ("ISR", "Israel"), "gbr": ("GBR", "United Kingdom"), "ind": ("IND", "India")}
_WHEN_STRUCK = re.compile(
    r"[^.;:“”]{0,70}?\b(?:when|as|after)\s(?P<who>[^.;:,“”]{2,70}?)\s(?:bombarded|bombed|shelled|fired|opened\sfire|struck|hit|attacked|stormed|raided|dropped"
    r"|launched|rocketed|stabbed|blew|detonated|targeted|exchanged|traded|clashed)\b"
)
_BEHALF = re.compile(r"(?:\s[\w’'-]+){0,6}?\son\sbehalf\sof\s(?:the\s)?")
_ANSWERING = re.compile(
    r"\bretaliat\w+|\bfaced\swith|equivalent|tit-for-tat|(?:in\s(?:response|reply|answer)|respond(?:ed|s|ing)|hits?\sback|struck\sback|counter-?(?:tariffs?|measures?|duties))\b"
)
_KNOWN_BY = re.compile(
    r"\bthe\s(?:\d{4}\s|[a-z]+\s){0,2}(?:[A-Z][\w.&-]+(?:\s[A-Z][\w.&-]+){0,2}\sand\s)?(?P<name>[A-Z][\w.&-]*[a-zA-Z](?:\s[A-Z][\w.&-]+){0,2})(?:\s(?:ransomware|data|cyber|supply[\s-]chain|security|crypto))*\s$"
)
# capitalised words before an attack that bear no victim's name: kinds of attack, malicious code, days and months
# fmt: off
_NO_OWNER = frozenset((
    "ai", "android", "april", "august", "bitcoin", "christmas", "ddos", "december", "easter", "emotet", "february", "friday", "iot",
    "january", "july", "june", "log4j", "log4shell", "march", "may", "mirai", "monday", "notpetya", "november", "october", "petya",
    "saturday", "september", "shai-hulud", "stuxnet", "sunday", "thursday", "toolshell", "tuesday", "wannacry", "wednesday",
    "windows",
))
# fmt: on
_TREASURY = re.compile(r"(?<!HM\s)(?<!British\s)(?<!UK\s)\bTreasury\b|\bSpecially Designated Nationals\b|\bState Department\b")
_AUTHORITIES = (
    (
        "USA",
        None,
        re.compile(
            _TREASURY.pattern + r"|\bOFAC\b|\bOffice of Foreign Assets Control\b|\bU\.?S\.? sanctions\b|\bCommerce Department\b|\bEntity List\b"
        ),
    ),
    (None, "European Union", re.compile(r"\bEuropean (?:Union|Council|Commission)\b|\bEU\b")),
    ("GBR", None, re.compile(r"\bHM Treasury\b|\bBritish (?:Treasury|sanctions|government)\b|\bOFSI\b|\bUK sanctions\b")),
    (None, "United Nations", re.compile(r"\bSecurity Council\b|\bU\.?N\.? sanctions\b")),
)
_REBUKING = frozenset(("condemned", "condemns", "criticised", "criticized", "denounced", "rebuked", "rebukes", "slammed", "slams", "warned", "warns"))
_OVER = frozenset(("after", "for", "involved", "of", "over", "suspected", "with"))
_ELSE = frozenset((";", "although", "but", "citing", "though", "whereas", "while"))  # behind these stands something else
HIDDEN = ("cyberattack", "disinformation", "espionage", "sabotage")  # acts of which news names the victim somewhere in the sentence


def owner(reading: Reading, end: int, targets: list[Party], doers: list[Party], accusers: list[Party]) -> Party | None:
    """Whose "its" is in "an attack on its embassy": the accuser's, else the first state's that the sentence names and that is no perpetrator."""
    match = _OWN.match(reading.low, end)
    if match is None:
        return None
    named = [p for p in accusers if p.iso3] or [e.party for e in reading.entities if e.party.iso3 and not same(e.party, doers)]
    what = targets[0].name if targets else named[0].name if named else ""
    return Party("organisation", named[0].iso3, None, what) if named else None


def bystander(reading: Reading, i: int, doers: list[Party], accusers: list[Party]) -> Party | None:
    """The state that the sentence names and that neither acts nor accuses: the first behind the act at word `i`, else the first of the sentence."""
    if _WORLDWIDE.search(reading.low):
        return None
    stop = next((k for k in range(i + 1, len(reading.words)) if reading.words[k] in _ELSE), len(reading.words))
    found = [e for e in reading.among(0, stop - 1) if _may_suffer(reading, e) and not same(e.party, doers) and not same(e.party, accusers)]
    behind = [e for e in found if i < e.first]
    return next((e.party for e in (*behind, *found)), None)


def answered(reading: Reading, i: int) -> list[Party]:
    """Who is called to account for the act at word `i`: "summoned the X ambassador over the hack", "expelled two Ys for spying", "a Z is charged with it"."""
    k = next((k for k in range(i - 1, -1, -1) if reading.words[k] in reading.lists.words["answering"]), None)
    if k is None or not _OVER & set(reading.words[max(k, i - 8) : i]):
        return []
    if is_passive(reading, k):
        named = [e for e in reading.among(clause_start(reading, k - 1), k) if e.party.iso3 and not _is_where(reading, e)][:1]
    else:
        named = [e for e in reading.among(k + 1, i - 1) if e.party.iso3 and reading.word(e.first - 1) not in ("in", "at")][-1:]
    return [as_victim(reading, e) for e in named]


def _is_where(reading: Reading, entity: Entity) -> bool:
    """Whether an entity only tells where somebody is: "an employee at an X plant"."""
    return not {"at", "in"}.isdisjoint(reading.words[max(0, entity.first - 3) : entity.first])


_HANDING = re.compile(
    r"\b(?:giv(?:e|es|ing)|gave|hand(?:ed|ing|s)?|leak(?:ed|ing|s)?|pass(?:ed|es|ing)?|provid(?:e|ed|ing)|sell(?:ing|s)?|sold|send(?:ing)?|sent|suppl(?:y|ied|ying)"
    r"|transmit(?:s|ted|ting)?|shar(?:e|ed|ing))\s[^.;:]{0,80}?\b(?:data|documents?|files|information|intelligence|plans|secrets?|material)\b[^.;:,]{0,50}?\sto\s(?:the\s|an?\s)?"
)


def handed_to(reading: Reading) -> list[Party]:
    """For whom a spy works, told by whom he gives what he knows: "passing secrets to X"."""
    for match in _HANDING.finditer(reading.low):
        first = reading.index(match.end())
        if found := [e.party for e in reading.among(first, first + 1) if e.party.iso3]:
            return found[:1]
    return []


def rebuked(reading: Reading, i: int) -> list[Party]:
    """The state that is warned or condemned for the act at word `i`: "X warned Y over the strike"."""
    k = next((k for k in range(i - 1, max(-1, i - 14), -1) if reading.words[k] in _REBUKING), None)
    if k is None or not {"over", "for"} & set(reading.words[max(k, i - 8) : i]) or is_passive(reading, k):
        return []
    named = [e for e in reading.among(k + 1, min(k + 4, i - 1)) if e.party.iso3 and (e.kind in ("name", "capital") or acts_for_state(reading, e))]
    return [e.party for e in named[:1] if not reading.is_tied(e)]


def known_by(reading: Reading, start: int) -> Party | None:
    """Whose name an attack on computers bears, in the body of a story: "the Northgate Pipeline attack", "the Northgate hack"."""
    match = _KNOWN_BY.search(reading.text, 0, start) if reading.sentence.field == "body" else None
    if match is None or match["name"].split()[0].lower() in _NO_OWNER:
        return None
    if any(reading.starts[e.first] < match.end() and reading.ends[e.last] > match.start("name") for e in reading.entities):
        return None
    return Party("organisation", None, None, match["name"])


def behalf(reading: Reading, end: int) -> list[Party]:
    """For whom the act up to character `end` was done: "sabotage on behalf of X"."""
    match = _BEHALF.match(reading.low, end) if "behalf" in reading.wordset else None
    first = reading.index(match.end()) if match else -9
    return [Party("group", e.party.iso3, None, e.party.name) for e in reading.among(first, first + 2) if e.party.iso3][:1]


def answer_to(reading: Reading, doers: list[Party]) -> list[Party]:
    """Whom a measure answers that names nobody: the one other state of "in response to X's duties, Y raised its own"."""
    if _ANSWERING.search(reading.low) is None:
        return _imposing_after(reading, doers)
    others = {e.party.iso3: e.party for e in reading.entities if e.party.iso3 and not same(e.party, doers)}
    blamed = [e.party for e in reading.entities if e.party.iso3 in others and not CAUSES.isdisjoint(reading.words[e.last + 1 : e.last + 5])]
    return list(others.values()) if len(others) == 1 else blamed[:1]


def _imposing_after(reading: Reading, doers: list[Party]) -> list[Party]:
    """Who took a measure before: "X raised its duties after Y had imposed a tariff"."""
    words, imposer = reading.words, reading.lists.words["imposer"]
    after = next((k for k, word in enumerate(words) if word == "after"), len(words))
    verb = next((k for k in range(after, len(words)) if words[k] in imposer and not is_passive(reading, k)), None)
    return [e.party for e in subject(reading, verb) if e.party.iso3 and not same(e.party, doers)][:1] if verb is not None else []


def known_by_day(reading: Reading, start: int) -> Party | None:
    """The state that suffered an attack which news calls by its day alone: "the September 11 attacks"."""
    match = _BY_DAY.search(reading.low, max(0, start - 40), start)
    if match is None:
        return None
    iso3, name = _DAYS[next(group for group, text in match.groupdict().items() if text)]
    return Party("state", iso3, None, name)


def in_clause(reading: Reading, end: int) -> list[Party]:
    """Who strikes in the clause behind an act told in the passive: "were killed when X bombed a market"."""
    match = _WHEN_STRUCK.match(reading.low, end)
    if match is None:
        return []
    found = parties_of(reading, reading.among(reading.index(match.start("who")), reading.index(match.end("who") - 1)), victim=False)
    return list({p.label: p for p in found}.values())


def authority(text: str) -> Party | None:
    """The treasury or foreign ministry that takes measures and is named without its country: in news of sanctions, that of the United States."""
    match = _TREASURY.search(text)
    return Party("state", "USA", None, match[0]) if match else None


def imposer(article: Article) -> Party | None:
    """The one authority of those that mostly impose sanctions of which the article speaks; None where it speaks of none or of several."""
    found = [(iso3, name, match[0]) for iso3, name, cue in _AUTHORITIES if (match := cue.search(article.text))]
    if len(found) != 1:
        return None
    iso3, name, surface = found[0]
    return Party("state" if iso3 else "organisation", iso3, None, name or surface)


def served(reading: Reading, doers: list[Party]) -> list[Party]:
    """The doers, those in the pay of another state as its own: "two Xs working for Y"."""
    if _SERVING.isdisjoint(reading.wordset):
        return doers
    result = []
    for doer in doers:
        entity = next((e for e in reading.entities if e.kind == "demonym" and e.party.iso3 == doer.iso3), None)
        match = _SERVES.match(reading.low, reading.ends[entity.last]) if entity is not None else None
        first = reading.index(match.end()) if match else -9
        master = next((e.party for e in reading.among(first, first + 2) if e.party.iso3), None)
        result.append(doer if master is None else Party("group", master.iso3, None, doer.name))
    return result


def _may_suffer(reading: Reading, entity: Entity) -> bool:
    if entity.party.iso3 is None or entity.kind in ("actor", "group") or reading.is_tied(entity):
        return False
    if entity.kind == "demonym" and not _OF_DOERS.isdisjoint(reading.words[entity.last + 1 : entity.last + 4]):
        return False
    if reading.word(entity.first - 1) == "by" or reading.word(entity.first - 2) == "by":
        return False  # "spyware made by an X firm"
    return not (is_private(reading, entity) and not _OF_SECURITY.isdisjoint(reading.words[entity.last + 1 : entity.last + 4]))
