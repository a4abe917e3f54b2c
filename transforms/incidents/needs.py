"""What a sentence must have besides the words of a rule, and what makes the words general talk."""

from __future__ import annotations

import re

from transforms.incidents.lists import Rule
from transforms.incidents.objects import POSSESSIVES
from transforms.incidents.reading import ADVERBS, BE, CLAUSE, CODE, Reading

_ACCIDENT_STRICT = re.compile(r"\b(?:accident|crash|earthquake|gas leak|factory fire|fireworks|volcan\w+|boiler|bakery|mine)\b")
_POLITICAL = re.compile(
    r"\b(?:journalists?|reporters?|diplomats?|ambassadors?|attach[eé]s?|opposition|activists?|protest\w*|demonstrat\w*|sp(?:y|ies|ying)|espionage|ministers?"
    r"|president|leaders?|politicians?|critics?|dissidents?|nationals?|foreign\w*|agents?|aid\sworkers?|embassy|bloggers?|lawmakers?|mayors?|terror\w*|militants?"
    r"|hackers?|sabotage|citizens?|editors?|monks?|bishops?|priests?|coup|treason|arson|behalf\sof|subversion|sanctions?|export\scontrols?|generals?|crew|sailors|migrants|researchers?|academics?|teens?|teenage\w*|boys"
    r"|battalion|extremis\w*|desert\w*"
    r"|(?:hundreds|thousands|dozens|scores)\sof|\d+,\d{3}\s(?:people|protest\w*|persons)"
    r"|laureates?|campaigners?|comedians?|poets?|bloggers|dissidents|(?:hundreds|thousands|dozens|scores)\s(?:have|were|are|more)"
    r"|human rights|political\s(?:charges|grounds|prisoners?)|cyber\w*|ransomware|hostages?)\b"
)
_STAFF = re.compile(
    r"\b(?:employees?|staff|workers?|executives?|officials?|envoys?|lawyers?|students?|scholars?|scientists?|teachers?|professors?|tourists?|business(?:man|men|woman)"
    r"|couple|founder|chief|soldiers?|(?:american|canadian|briton|australian|russian|ukrainian|iranian|israeli|armenian)s|united\snations|house\sarrest|prisoners?|detainees?)\b"
)
_CRIME = re.compile(
    r"\b(?:murder\w*|manslaughter|robb\w+|burglar\w*|theft|thieves|stole|fraud\w*|rap(?:e|ed|ist)|sexual\w*|drugs?|cocaine|drunk\w*|driving|driver|crash|stabb\w+|traffick\w+"
    r"|smuggl\w+|hooligan\w*|football|fans?|gambling|launder\w*|embezzl\w*|tax|brib\w+|corrupt\w*|counterfeit\w*|abus\w+|assault\w*|prostitut\w*|violence|fight|brawl|scam\w*|counterfeit)\b"
)
_EXPULSION = re.compile(
    r"\bcharg[eé]\sd|"
    r"\b(?:diplomats?|ambassadors?|attach[eé]s?|nationals?|citizens?|migrants?|refugees?|journalists?|reporters?|envoys?|president|minister|staff|officers?|embassy|officials?"
    r"|from\sthe\scountry|activists?|executives|spokes\w+|coordinator|peacekeepers|missionaries|monitors|observers|inspectors|delegation|children|people|[a-z]+ans|asylum|workers|troops|leader|to\sthe\su|suspects?|drug|spies|spying)\b"
)
_SPYING = re.compile(
    r"\b(?:suspect\w*|accus\w*|charged|charges|arrest\w*|convict\w*|jail\w*|sentenc\w*|alleg\w*|behalf|sp(?:y|ies|ying|ied)|espionage|handlers?|covert\w*|secret(?:s|ly)?"
    r"|classified|prosecutors?|(?:military|foreign)\sintelligence|intelligence\s(?:service|agency|officer)s?|expel\w*|expulsion|recruited|undercover)\b"
)
_TRADE = re.compile(
    r"\b(?:threats?|impos\w*|lev(?:y|ied|ies|ying)|slap\w*|rais(?:e|ed|es|ing)|increas\w*|hik\w*|threaten\w*|retaliat\w*|announc\w*|new|\d+%"
    r"|percent|per cent|on\s|against|trade|introduc\w*"
    r"|sign\w*|reciprocal|rates?|war|fight|suspend\w*|doubl\w*|reel\w*|hurt\w*|hit\b|fac(?:e|es|ed|ing)\b|by\s)"
)
_DESIGNATION = re.compile(
    r"\b(?:sanctions?|entit(?:y|ies)|individuals|officials|treasury|ofac|banks?|as\s(?:an?\s)?(?:\w+\s)?terrorist|targeting|corrupt\w*|networks?)\b"
)
_CONCERN = re.compile(r"\b(?:concern\w*|condemn\w*|protest\w*|accus\w*|troops|forces|humanitarian|denounc\w*|criticiz\w*|criticis\w*)\b")
_COUP = re.compile(
    r"\b(?:soldiers|military|army|power|junta|president|government|officers|troops|overthr\w+|d['’]|attempt\w*|plot\w*|foiled|generals?|staged)\b"
)
_ARMS = re.compile(
    r"\b(?:embargo|sanctions?|violat\w*|illegal\w*|prohibited|war|russia\w*|north\skorea\w*|pyongyang|moscow|iran\w*|houthis?|rebels|militants|smuggl\w*|militia\w*|sudan\w*|against)\b"
)

_STOP = frozenset([".", ",", ";", ":", "—", "–", "“", "”", '"', "(", ")"]) | CLAUSE


def has_cyber(reading: Reading) -> bool:
    return not reading.lists.words["cyber"].isdisjoint(reading.wordset)


def has_weapons(reading: Reading) -> bool:
    return not reading.lists.words["weapon"].isdisjoint(reading.wordset)


def has_armed(reading: Reading) -> bool:
    return not reading.lists.words["armed"].isdisjoint(reading.wordset)


def is_met(reading: Reading, rule: Rule, i: int, cyber_article: bool) -> bool:
    """Whether the sentence has what the rule needs besides its words; `i` is the word at which the rule matched."""
    need = rule.needs
    words, low = reading.words, reading.low
    if need is None:
        return True
    if need == "cyber":
        return has_cyber(reading) or cyber_article
    if need == "cyber-agent":
        return any(w in reading.lists.words["cyber_agent"] or (w[-1].isdigit() and CODE.fullmatch(w)) for w in words) or any(
            e.kind == "actor" and reading.lists.is_cyber(e.party.name) for e in reading.entities
        )
    if need == "cyber-subject":
        agents = [k for k, w in enumerate(words) if w in reading.lists.words["cyber_agent"] or (w[-1].isdigit() and CODE.fullmatch(w))]
        agents += [e.first for e in reading.entities if e.kind == "actor" and reading.lists.is_cyber(e.party.name)]
        if cyber_article:
            agents += [k for k, w in enumerate(words) if w in _CREWS]
        if reading.lead is not None and cyber_article:
            return True
        return any(i - 20 <= k < i for k in agents) or ("by" in words[i : i + 14] and any(i < k <= i + 20 for k in agents))
    if need == "state":
        return any(e.party.iso3 or e.kind == "organisation" for e in reading.entities) or bool(
            {"we", "it", "they", "government", "junta"} & set(words)
        )
    if need == "actor":
        return any(e.party.iso3 or e.kind in ("actor", "group") for e in reading.entities) or not reading.lists.words["doer"].isdisjoint(
            reading.wordset
        )
    if need == "armed":
        return has_armed(reading) or any(e.kind in ("actor", "group") for e in reading.entities)
    if need == "armed-subject":
        return _has_armed_before(reading, i)
    if need == "not-words":
        return not _is_words(reading, i)
    if need == "violence":
        return _is_violence(reading)
    if need == "no-accident":
        return not _ACCIDENT_STRICT.search(low)
    if need == "terror":
        return _TERROR.search(low) is not None or any(e.kind == "actor" for e in reading.entities)
    if need == "imposed":
        return not reading.lists.words["imposing"].isdisjoint(reading.wordset) and is_met(reading, _STATE, i, cyber_article)
    if need == "designation":
        return _DESIGNATION.search(low) is not None
    if need == "trade":
        return _TRADE.search(low) is not None and any(e.party.iso3 or e.kind == "organisation" for e in reading.entities)
    if need == "political":
        return _POLITICAL.search(low) is not None or _is_held_abroad(reading)
    if need == "expulsion":
        return _EXPULSION.search(low) is not None
    if need == "expulsion-person":  # "the Russian was given two days to leave"
        return _EXPULSION.search(low) is not None or any(e.kind == "demonym" and i - 3 <= e.last < i for e in reading.entities)
    if need == "espionage":
        return _SPYING.search(low) is not None and is_met(reading, _STATE, i, cyber_article)
    if need == "struck-by":
        armed = reading.sentence.article.memo.get("armed", 0)
        return armed > 0 and reading.lists.words["accident"].isdisjoint(reading.wordset) and any(e.kind != "place" for e in reading.among(0, i))
    if need == "two-states":
        left = next((e for e in reading.entities if i - 3 <= e.last < i), None)
        right = next((e for e in reading.entities if i < e.first <= i + 2), None)
        return left is not None and right is not None and left.party.iso3 is not None and right.party.iso3 not in (None, left.party.iso3)
    if need == "foreign":  # two states: one that acts and one whose people suffer it
        return len({e.party.iso3 for e in reading.entities if e.party.iso3}) >= 2
    if need == "foreign-no-crime":  # "after a year in a X prison", not of a robber
        return len({e.party.iso3 for e in reading.entities if e.party.iso3}) >= 2 and not _CRIME.search(low)
    if need == "political-or-foreign":
        return is_met(reading, _POLITICAL_ACT, i, cyber_article) or len({e.party.iso3 for e in reading.entities if e.party.iso3}) >= 2
    if need == "on-state":  # a state stands right behind: "restrictions on X"
        return _on_state(reading, i)
    if need == "force-and-place":  # forces before and a place right behind: "since the rebels seized X"
        return _on_state(reading, i) and _has_armed_before(reading, i)
    if need == "two-parties":
        return len({e.party.iso3 or e.party.name for e in reading.entities if e.party.iso3 or e.kind == "organisation"}) >= 2
    if need == "sanctions":
        return bool(reading.sentence.article.memo.get("sanctions"))
    if need == "charge":
        return not reading.lists.words["answering"].isdisjoint(words[:i]) and any(e.party.iso3 for e in reading.entities)
    if need == "main-clause":
        return _SUBORDINATE.isdisjoint(words[:i])
    if need == "concern":
        return _CONCERN.search(low) is not None
    if need == "coup":
        return _COUP.search(low) is not None
    if need == "arms":
        return _ARMS.search(low) is not None and sum(1 for e in reading.entities if e.party.iso3) >= 2
    raise ValueError(f"incident_rules.csv: no such need: {need}")


# nouns for those who act, in news of computers
_CREWS = frozenset(
    ("actor", "actors", "attacker", "attackers", "campaign", "cluster", "crew", "cyberspies", "gang", "gangs", "group", "operatives", "operators")
)
# a war told as a date ("since Russia launched its invasion") is no incident of the page
_SUBORDINATE = frozenset(("after", "because", "before", "following", "since", "until", "when", "while"))
_TERROR = re.compile(r"\b(?:terror\w*|jihad\w*|militant|extremist|islamic state|al-qaida|bomb)\b")
_POLITICAL_ACT = Rule("", "other", "noun", None, None, None, None, "political", 1, "COERCE", None)
_STATE = Rule("", "other", "noun", None, None, None, None, "state", 1, "COERCE", None)


def _on_state(reading: Reading, i: int) -> bool:
    return any(i < e.first <= i + 3 and e.party.iso3 for e in reading.entities)


def _has_armed_before(reading: Reading, i: int) -> bool:
    """Whether somebody armed, or who acts for a state, stands before word `i`."""
    words = reading.words[:i]
    return (
        any(e.kind in ("actor", "group") for e in reading.among(0, i))
        or any(w in reading.lists.words["state_noun"] or w in reading.lists.words["armed"] for w in words)
        or ("they" in words and reading.sentence.article.memo.get("armed", 0) > 0)
    )


def _is_violence(reading: Reading) -> bool:
    """Whether somebody was killed by somebody, not by an accident."""
    words = reading.wordset
    if words & reading.lists.words["accident"] and not words & reading.lists.words["accident_waived"]:
        return False
    return bool(words & reading.lists.words["armed"] or words & reading.lists.words["victim"]) or any(
        e.kind in ("actor", "group") for e in reading.entities
    )


def _is_held_abroad(reading: Reading) -> bool:
    """Whether somebody's staff or nationals are held, and not for an ordinary crime."""
    return bool(_STAFF.search(reading.low)) and not _CRIME.search(reading.low) and bool(reading.entities)


_ROW = re.compile(
    r"^\s(?:the\s|an?\s|his\s|her\s|their\s|its\s)?(?:[\w’'.-]+\s){0,5}?(?:newspaper|media|press|critics?|plan|decision|report|ruling|article|interview|record|polic(?:y|ies)"
    r"|journal|speech|remarks|budget|deal|idea|film|bill|law|reserves|coffers|savings|bowling|defen[cs]e|opponent|rivals?|senator|democrats|republicans)\b"
)


def _is_words(reading: Reading, i: int) -> bool:
    """Whether "attacked" is a row in words: the object can be criticised, or the subject is a politician and nothing armed is near."""
    if _ROW.match(reading.low[reading.ends[i] : reading.ends[i] + 90]):
        return True
    people = [e for e in reading.among(0, i) if e.kind == "minister"]
    return (bool(people) and not has_armed(reading)) or not (has_armed(reading) or reading.entities)


def _is_threat_of(reading: Reading, j: int) -> bool:
    """Whether the threat at word `j` is somebody's: "X's threats of tariffs", "a threat from X to raise tariffs"."""
    return reading.word(j - 1) in POSSESSIVES or reading.word(j + 1) in ("from", "by") or any(e.last == j - 1 for e in reading.entities)


def is_general(reading: Reading, i: int, rule: Rule) -> bool:
    """Whether the words before make an act that did not happen, or happens in general: "to prevent cyberattacks", "the risk of an attack"."""
    j, steps = i - 1, 0
    while j >= 0 and steps < 6:
        word = reading.words[j]
        if word in _STOP or word in BE:
            break
        if word in reading.lists.words["supporting"]:
            return False
        if rule.frame == "measure" and word in ("threat", "threats") and _is_threat_of(reading, j):
            return False
        if rule.frame == "measure" and word in ("respond", "responding", "response"):
            return False
        if rule.incident_type == "tariff" and word in reading.lists.words["ending"]:
            return True  # "agreed to cut tariffs"
        if word == "response" and reading.word(j - 1) == "in":
            return False
        if word in ("call", "calls", "called", "calling") and reading.word(j + 1) not in ("for", "on", "to"):
            j -= 1
            continue  # "a group that it calls X got into"
        if (
            word in reading.lists.words["general"]
            and reading.word(j - 1) not in ("after", "since", "upon")
            and not (
                word in ("against", "called", "about", "further", "prepared", "preparing") and rule.frame in ("measure", "custody", "custody-noun")
            )
        ):
            return not (word in ("lifted", "lifting", "lift", "eased", "easing", "ease") and rule.frame == "measure" and bool(reading.entities))
        if word not in ADVERBS:
            steps += 1
        j -= 1
    return False
