"""Who is behind an act of which the sentence that tells it names nobody: whom another sentence blames for it, or the one state to which the article
ties its hackers, for sentences that only say "the group", "the attackers" or a number of a security firm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.context import Article
from transforms.incidents.blame import blames, claims
from transforms.incidents.event import Event
from transforms.incidents.incident import MEASURES, Incident
from transforms.incidents.lists import Lists
from transforms.incidents.nearby import HIDDEN
from transforms.incidents.reading import BACKING, CODE, Reading
from transforms.incidents.stance import judge
from transforms.parties import Party

_HACKERS = r"group|hackers?|attackers?|actors?|gang|operators?|campaign|hacking|intruders|collective|unit|spies|criminals|culprits|perpetrators"
_WHO = rf"\b(?:{_HACKERS}|they|it|is|are|was|were)\b"
_BELIEVED = r"(?:is|are|was|were)?\s?(?:widely\s)?(?:believed|thought|assessed|suspected|said|known|likely)\sto\s(?:be\s)?(?:\w+ly\s)?"
_TIED = re.compile(
    _WHO + r"[^.;:]{0,60}?\b(?:" + _BELIEVED + r"(?:(?:based|located|operat\w+|work\w*|act\w*|originat\w+)\s(?:in|from|out\sof|for|on\sbehalf\sof)"
    r"|(?:linked|tied|connected|affiliated)\s(?:to|with)|(?:backed|sponsored|run|directed|controlled)\sby|from)"
    r"|(?:based|located)\sin|operating\s(?:from|out\sof|in)|(?:linked|tied|connected|affiliated)\s(?:to|with)|(?:attributed|blamed)\s(?:to|on)|working\sfor"
    r"|(?:backed|sponsored|directed|controlled)\sby)\s(?:the\s)?|\b(?:on\sbehalf|at\sthe\sbehest)\sof\s(?:the\s)?"
    r"|\b(?:attribut(?:ed|es|ing)|blam(?:ed|es|ing))\s[^.;:]{0,30}?\b(?:attacks?|breach|campaign|cyberattack|hack|hacking|intrusions?|operation)\s(?:\w+\s)?(?:to|on)\s(?:the\s)?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r",|\b(?:ha[sd]|have|is|are|was|were|will|who|which|that|to)\b")  # what is named behind these is something else
_REACH = 28  # characters behind such words in which the state is named: "the government of X", "the military intelligence of X"


_BLAMING = "blaming"
# words by which one sentence blames somebody for what another one tells
MARKS = {
    _BLAMING: (
        r"(?-u:\b)(?:accus(?:e[ds]?|ing)|attribut(?:e[ds]?|ing)|behind|blam(?:e[ds]?|ing)|culprits?|directed|identified|involved|link(?:ed|ing|s)|masterminded"
        r"|claim(?:ed|s)|orchestrated|perpetrators?|pinned|responsible|sponsored|suspect(?:ed|s)?|tied|traced|work)(?-u:\b)",
    )
}
# of what it is spoken: of the act told before, or of nothing else
_THE_ACT = re.compile(
    r"\b(?:the|this|that|these|those)\s(?:[\w’'-]+\s){0,3}?(?:activity|attacks?|break-ins?|breach(?:es)?|campaigns?|cyber-?attacks?|exploits?|hack(?:s|ing)?|heists?|incidents?|interference|intrusions?"
    r"|leaks?|malware|operations?|outages?|ransomware|sabotage|spying|surveillance|thefts?|virus|worm|explosions?|blasts?|fires?)\b"
    r"|\b(?:behind|for|attribut\w+|pinned|traced|linked|tied)\s(?:it|them|this|that)\b|\b(?:blam(?:e|ed|es|ing)|suspects?)\s(?:on\s)?(?:\w+\s){0,2}?\w+(?:$|[.,;])"
    r"|\bclaim(?:ed|s)\s(?:responsibility|credit)\b|\b(?:the|these|those)\s(?:attackers|hackers|intruders|perpetrators|culprits)\b|\bresponsible(?:$|[.,;”])|\bto\sblame\b|\b(?:main|prime|chief|likely|the)\s(?:culprits?|suspects?|perpetrators?)\b"
)


# that nobody is blamed: "no evidence that X was behind it", "did not say whether X was responsible"
_UNSAID = re.compile(
    r"\b(?:no\s(?:clear\s|direct\s)?(?:evidence|indications?|links?|proof|reason|signs?)|whether|if|unclear|declined\sto|stopped\sshort|(?:ruled?|ruling)\sout"
    r"|(?:not|n['’]t)\s(?:\w+\s){0,2}(?:accus\w+|attribut\w+|believe\w*|blam\w+|link\w*|say|identif\w+))\b"
)
# "a leak that X blamed on Y": another act, told in the sentence itself
_OF_ANOTHER = re.compile(r"\b(?:an?|another)\s(?:[\w-]+\s){1,4}(?:that|which)\s(?:[\w.’'-]+\s){1,6}blam(?:ed|es)\son\b")
_AHEAD = 3  # sentences before the one that tells an act in which it may be blamed on somebody
_BLAMED = (*HIDDEN, "attack")


def name_doers(found: Sequence[Incident], article: Article, readings: Sequence[Reading], lists: Lists, home: Party | None) -> None:
    """Gives acts of which no sentence names the state of those who did them whom another sentence blames; hackers that are still nameless, the state
    to which the article ties them."""
    _as_told(found, article)
    _as_tied(found, article, lists)
    unknown = [i for i in found if i.incident_type in _BLAMED and not _is_known(i, lists)]
    if not unknown:
        return
    for incident, event in _accusations(found, unknown, article, lists, home):
        incident.told.append(event)
        if not _is_known(incident, lists):
            incident.best.perpetrators = []
    unknown = [i for i in unknown if i.incident_type in ("cyberattack", "espionage") and not _is_known(i, lists)]
    nameless = [i for i in unknown if i.perpetrators and all(is_nameless(p, i.best.sentence.lower) for p in i.perpetrators)]
    alone = [i for i in found if i.incident_type in HIDDEN] == unknown and len(unknown) == 1
    state = suspect(article, readings, certain=not nameless) if nameless or alone else None
    for incident in (nameless or unknown) if state is not None else ():
        _give(incident, state)
    left = [i for i in unknown if not (_is_known(i, lists) or i.best.is_another or i.best.is_named)]
    if left and (state := _of_headline(found, Reading(article.sentences[0], lists).read(home))) is not None:
        for incident in left:
            _give(incident, state)


def _give(incident: Incident, state: Party | None) -> None:
    """Lets an act be that of hackers of a state, unless that suffered it."""
    if state is not None and state.iso3 not in {p.iso3 for p in incident.best.targets}:
        hackers = [Party("group", state.iso3, None, p.name) for p in incident.perpetrators]
        incident.best.perpetrators = hackers or [Party("state", state.iso3, None, state.name or str(state.iso3))]


def _of_headline(found: Sequence[Incident], title: Reading) -> Party | None:
    """The state of the hackers whom the headline names, where the page names no others: what it tells without a doer is theirs, too."""
    hackers = (e.party for e in title.entities if e.kind in ("actor", "group") and e.party.iso3) if title.sentence.field == "title" else ()
    named = {p.iso3: p for p in hackers if not p.name.endswith(("gangs", "groups"))}  # several are no one's campaign
    doers = {p.iso3 for i in found if i.incident_type in HIDDEN for p in i.perpetrators if p.iso3}
    return next(iter(named.values())) if len(named) == 1 and doers <= named.keys() else None


def _is_known(incident: Incident, lists: Lists) -> bool:
    """Whether the state or the name of those who did it is known."""
    return any(p.iso3 or lists.is_actor(p.name) for p in incident.perpetrators)


def _as_told(found: Sequence[Incident], article: Article) -> None:
    """Groups that the list ties to a state which the article never names, while it names one other for such acts: that one's."""
    listed = {p.iso3 for i in found for e in i.told for p in e.perpetrators if p.iso3 and p.party_type == "group"}
    unnamed = listed - {iso3 for iso3, *_ in article.named_countries()} if listed else listed
    if not unnamed:
        return
    blamed = {p.iso3 for i in found if i.incident_type in HIDDEN for e in i.told for p in e.perpetrators if p.iso3} - unnamed
    if len(blamed) == 1:
        state = blamed.pop()
        for event in (e for i in found for e in i.told):
            event.perpetrators = [Party("group", state, None, p.name) if p.iso3 in unnamed else p for p in event.perpetrators]


def as_elsewhere(found: Sequence[Incident]) -> None:
    """Attacks and measures of which nobody is named, on a state against which all others of the page come from one: that one's, too."""
    for incident in [i for i in found if i.incident_type in ("attack", *MEASURES) and not i.perpetrators]:
        alike = [
            i for i in found if (i.incident_type in MEASURES) == (incident.incident_type in MEASURES) and i.incident_type in ("attack", *MEASURES)
        ]
        others = [i for i in alike if i.perpetrators and _suffering(i) & _suffering(incident)]
        doers = {p.label: p for i in others for p in i.perpetrators}
        if len(doers) == 1 and (state := next(iter(doers.values()))).iso3:
            _give(incident, state)
            incident.best.is_guessed = True


def _as_tied(found: Sequence[Incident], article: Article, lists: Lists) -> None:
    """Groups that the list ties to no state bear the one by which they are backed, as the article says anywhere."""
    told = [event for incident in found for event in incident.told]
    free = {p.name for e in told for p in e.perpetrators if p.party_type == "group" and p.iso3 is None and lists.is_actor(p.name)}
    backers = {name: state for name in free if (state := _backer(name, article))}
    for event in told if backers else ():
        event.perpetrators = [Party("group", backers[p.name], None, p.name) if p.name in backers else p for p in event.perpetrators]


def _backer(name: str, article: Article) -> str | None:
    """The state by which a group is backed: "the Ruritania-backed X", "X, which is armed by Ruritania"."""
    text = article.text
    for found in re.finditer(re.escape(name.removesuffix("s")), text):
        low = max(0, found.start() - 2 * _REACH)
        for mention in article.mentions_in(low, found.start())[-1:]:
            if mention.kind == "country" and _BACKED.fullmatch(text, low + mention.end, found.start()):
                return mention.iso3
        if behind := _BACKED_BY.match(text, found.end()):
            for mention in article.mentions_in(behind.end(), behind.end() + _REACH)[:1]:
                if mention.kind == "country" and mention.start == 0:
                    return mention.iso3
    return None


_BACKED = re.compile(rf"(?:{'|'.join(BACKING)})\s(?:[\w-]+\s){{0,2}}")
_BACKED_BY = re.compile(
    r"\w*(?:\s[\w-]+)?,?\s(?:(?:who|which|that|a|an|the|are|is|group|militia|movement)\s){0,4}(?:aligned|allied|armed|backed|funded|sponsored|supported)\s"
    r"(?:and\s\w+\s)?(?:by|to|with)\s(?:the\s)?"
)


def _accusations(
    found: Sequence[Incident], unknown: Sequence[Incident], article: Article, lists: Lists, home: Party | None
) -> Iterator[tuple[Incident, Event]]:
    """What other sentences say of who did it, each with the incident that was told last before them (or, in the title, the first)."""
    named = {
        e.sentence.index for i in found for e in i.told if not (e.is_definite and i.incident_type in _BLAMED and not any(p.iso3 for p in e.targets))
    }
    first = min(i.told[0].sentence.index for i in unknown)
    hidden = [i for i in found if i.incident_type in _BLAMED]
    for index in article.marked(_BLAMING):
        if index in named:
            continue
        sentence = article.sentences[index]
        if (sentence.field == "body" and index < first - _AHEAD) or _THE_ACT.search(sentence.lower) is None:
            continue
        earlier = [i for i in hidden if i.told[0].sentence.index < index]
        last = max(earlier, key=lambda i: max(e.sentence.index for e in i.told if e.sentence.index < index)) if earlier else hidden[0]
        if last not in unknown:
            continue
        if _UNSAID.search(sentence.lower) or _OF_ANOTHER.search(sentence.lower):
            continue
        reading = Reading(sentence, lists).read(home)
        for blame in blames(reading) or claims(reading):
            accused = [p for p in blame.accused if p.iso3 or lists.is_actor(p.name)]
            if not accused or any(p.iso3 in _suffering(last) for p in accused):
                continue
            at, end = reading.starts[blame.at], reading.ends[blame.at]
            for incident in (i for i in unknown if i is last or (i in earlier and _alike(i, last))):
                event = Event(sentence, incident.best.rule, incident.incident_type, at, end, accused[:6], accusers=blame.accusers, is_blamed=True)
                event.realis, event.stance, event.hedge_cue = judge(reading, incident.best.rule.frame, incident.incident_type, at, end)
                yield incident, event
            break


def _suffering(incident: Incident) -> set[str]:
    return {p.iso3 for e in incident.told for p in e.targets if p.iso3} or {p.iso3 for p in incident.placed if p.iso3}


def _alike(a: Incident, b: Incident) -> bool:
    """Whether two incidents may be one that is told twice: of one type, and hitting no different states."""
    return a.incident_type == b.incident_type and (not _suffering(a) or not _suffering(b) or bool(_suffering(a) & _suffering(b)))


_OF_WHOM = re.compile(r"\b(?:the|these|those|this|that)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)


def suspect(article: Article, readings: Sequence[Reading], *, certain: bool = False) -> Party | None:
    """The one state to which the sentences that tell acts, or others of the article, tie hackers (`certain`: those of whom it has been told, alone); None
    where there is none or more than one."""
    named = {e.party.iso3 for r in readings for e in r.entities if e.kind in ("actor", "group") and e.party.iso3}
    stated: set[str | None] = set()
    for match in _TIED.finditer(article.text):
        if certain and not _is_certain(article.text, match):
            continue
        for mention in article.mentions_in(match.end(), match.end() + _REACH)[:1]:
            between = article.text[match.end() : match.end() + mention.start]
            if mention.iso3 and mention.kind in ("country", "organisation") and _ELSEWHERE.search(between) is None:
                stated.add(mention.iso3)
    tied = named | stated
    iso3 = tied.pop() if len(tied) == 1 and (stated or not certain) else None
    return Party("group", iso3, None, article.name_of(iso3) or iso3) if iso3 is not None else None


def _is_certain(text: str, match: re.Match[str]) -> bool:
    """Whether a tie is told of "the hackers", "they" or "it", and not of hackers in general or of another group."""
    return match[0][:5].lower().startswith(("they ", "it ")) or _OF_WHOM.search(text, max(0, match.start() - 30), match.start()) is not None


def is_nameless(party: Party, sentence: str) -> bool:
    """Whether a sentence calls certain hackers by a common noun or a number only, and ties them to no state; not "hackers" in general."""
    if party.party_type != "group" or party.iso3 is not None:
        return False
    name = party.name.lower()
    if CODE.fullmatch(name) is not None:
        return True
    return party.name[1:].islower() and (
        not name.endswith("s") or re.search(rf"\b(?:the|these|those|same)\s(?:\w+\s)?{re.escape(name)}\b", sentence) is not None
    )
