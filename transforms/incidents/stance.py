"""How sure a sentence is of an act."""

from __future__ import annotations

import re

from transforms.incidents.incident import MEASURES
from transforms.incidents.reading import Reading

DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|rebuff(?:s|ed))\s(?:\w+\s)?(?:[\w’'-]+\s){0,4}?(?:alleg\w+|accus\w+|claims?\b|charges?"
    r"|involve\w+|responsib\w+|reports?\b|role|link\w*|having|being|any\s(?:involve|role|link|connect|wrong|responsib|know|part)|behind|carrying|wrongdoing)"
    r"|\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?)\s(?:(?:any\s)?\w+\s)?that\b|\b(?:baseless|groundless|unfounded|fabricated)\b|[—–-]\s(?:which|a\scharge|something|accusations|claims|allegations)\s(?:that\s)?[\w\s]{0,20}\bden(?:y|ies|ied)\b"
    r"|\b(?:(?:has|have)\s(?:\w+(?:ly|so)\s)?denied|denies|deny)\b(?!\s(?:[\w’'-]+\s){0,5}?(?:requests?|access|entry|visas?|permission|bail|asylum)\b)"
)
_HEDGE = re.compile(
    r"\b(?:alleged(?:ly)?|alleges?|allegations?|reportedly|(?:suspect(?:s|ed|ing)?|believed|thought)\b(?!\sto\sbe\s(?:affiliated|linked|sponsored|backed|tied|allied|loyal|close)\b|\sof\slinks)"
    r"|suspicions?|believes?|assumed|apparent(?:ly)?|purported(?:ly)?|supposedly|presum(?:ed|ably)|(?:may|might|could)\shave(?!\s(?:an?|the|no|some|any|ties|links|contacts|connections)\b)"
    r"|possibly|probably|appears?\sto|appeared\sto|(?:is|are|was|were)\ssaid\sto|unconfirmed|unverified|rumou?red|reliable\sinformation"
    r"|claim(?:s|ed|ing)?\sto\shave|claim(?:s|ed|ing)\sthat|hints?\sat|likely\s(?:the\swork|behind|carried|caused|responsible|stole|targeted|by)"
    r"|(?:been|is|are|was|were|widely)\sblamed|implicated\sin)\b"
)
_HEDGE_AFTER = re.compile(
    r"\b(?:allegedly|reportedly|likely\s(?:the\swork|carried|by)|(?:is|are|was|were)\s(?:widely\s)?(?:(?:believed|thought|suspected|said)\sto|assumed|blamed)|blamed\son|may\shave"
    r"|reliable\sinformation|claims)\b"
)
_ACCUSED = re.compile(r"\b(?:accus(?:e|es|ed|ing|ations?)|point(?:s|ed|ing)?\s(?:a|the|his|her|their)?\s?fingers?)\b")
_LAST_CLAUSE = re.compile(r"[;:“”\"]|\b(?:after|while|because|since|but|which|who|unless|now\sthat)\b|,\s(?:and|but)\b")
# what stands behind such words is in force already
_ANSWERED = re.compile(
    r"\b(?:in\s(?:response|reaction|retaliation|answer|reply|opposition)\s(?:to|for)|retaliat\w*\s(?:against|for|to)|respond\w*\sto|fac(?:ed|ing)\swith|despite|because\sof|due\sto|over|against"
    r"|(?:end|lift|ease|remove|drop|waive|suspend|evade|circumvent|avoid|bypass|comply\swith)(?:s|ed|ing)?)\s(?:(?!threat|plan|propos|possib|potential|loom)[\w.’'-]+\s){0,6}$"
)
_IMPOSING = (
    r"(?:re?-?impos\w*|introduc\w*|increas\w*|rais\w*|hik\w*|lev(?:y|ying|ied)|plac\w*|put\w*|slap\w*|add\w*|adopt\w*|announc\w*|expand\w*|extend\w*|tighten\w*|appl\w*|expel\w*|arrest\w*"
    r"|deport\w*|detain\w*|hit\w*|target\w*|order\w*|approv\w*|use|seek\w*|fac\w*|step\w*|ensur\w*|employ\w*|tak\w*|launch\w*|issu\w*|prepar\w*|freez\w*|bar\w*|ban\w*"
    r"|remov\w*|broaden\w*|toughen\w*|strengthen\w*|prohibit\w*|restrict\w*|impose|double\w*|impact\w*)"
)
_THREATENED = re.compile(r"\b(?P<cue>threat(?:en|ens|ened|ening|s)?|vow(?:s|ed|ing)?|warn(?:s|ed|ing)?\s(?:of|that|it)|ultimatum)\b[^;]{0,110}$")
_PLANNED = re.compile(
    r"\b(?P<cue>will|would|shall|could|may(?!\s\d)|might|can|(?:is|are|was|were)\s(?:set\s|due\s|about\s|expected\s)?to|going\sto|plan(?:s|ned|ning)?\s?(?:to)?|agreed?\sto"
    r"|commit(?:s|ted|ting)?\sto"
    r"|pledg\w+\sto|promis\w+\sto|prepared\sto|ready\sto|want(?:s|ed)?\sto|intend(?:s|ed)?\sto|seek(?:s|ing)?\sto|propos(?:e|es|ed|ing)\sto|resolved\sto|continue\sto|(?:legislation|bill|law|resolution|proposal|plans?|order)\s(?:to|that\s(?:will|would)))\s(?:[\w’'-]+\s){0,6}?"
    + _IMPOSING
    + r"\b[^;]{0,90}$|\b(?P<bare>consider(?:s|ed|ing)?|mull(?:s|ed|ing)?|weigh(?:s|ed|ing)?|propos(?:e|es|ed|ing|al\sfor)|planned|possible|potential|looming"
    r"|discuss(?:ed|ing)?|prepar(?:e|es|ed|ing)"
    r"|drafting|draw(?:s|ing|n)?\sup|drew\sup|includ(?:e|ing)\sre?impos\w+)\b(?P<rest>[^;]{0,45})$"
)
_ORDERED = re.compile(r"\b(?:signed|issued|ordered|used|invoked)\b")
_TO_COME = re.compile(
    r"\s?,?\s?(?P<cue>will|would|could|may|might|(?:is|are)\s(?:(?:set|expected|due)\sto|to\s(?=be|come|take|enter|start|begin|follow|apply|go|hit)))\s?(?!not\b|still\b|be\slifted)"
)
_POSSIBLE = re.compile(
    r"[^.;,]{0,50}\b(?:are|is|were|was|remain)\s(?P<cue>possible|likely(?!\sto\s(?!be\b|come\b|follow\b|take\b|include\b|target\b))|imminent|expected|planned|under\sconsideration|being\sconsidered|being\sprepared|on\sthe\stable)\b"
)
_IN_FORCE = re.compile(r"\b(?:effect|still|remain|continue|maintain|lapse|expire|stay|removing|suspend\w*|modify|lift|hurt|affect)\b")
_ATTEMPT = re.compile(
    r"\b(?:attempt(?:s|ed|ing)?\s(?:to|at|by)|attempted\s|tr(?:ied|ying)\sto|sought\sto|foiled|thwarted|averted|repelled|prevented|failed\s(?:to|coup|attempt|attack)|plot(?:s|ted|ting)?)\b"
)
_NOT = re.compile(
    r"\b(?:do|does|did|has|have|had|is|are|was|were)(?:\snot|n['’]t)\b(?!\sonly)[^,;.:“”\"]{0,45}$|\b(?:no|not|never|without)\s(?:an?y?\s|the\s|been\s)?(?:\w+\s){0,2}$|n['’]t\s(?:\w+\s){0,2}$|\bno\s(?:evidence|indications?|signs?|proof|reports?)\s(?:of|that)\b[^.;]{0,40}$"
    r"|\bno\s(?:[\w’'-]+\s){1,5}(?:has|have|had|was|were)\s(?:been\s)?(?:\w+ly\s)?$"
)


_THREATENED_TO = re.compile(r"\bthreat(?:en|ens|ened|ening)\sto\s(?:\w+\s){0,2}$")
_TO_DO = re.compile(
    r"\b(?:will|would|could|might|may(?!\s\d)|can|plans?\sto|planning\sto|agree[sd]?\s(?:(?:on\s)?(?:a\s)?deal\s|plans?\s)?to)\s(?:\w+\s){0,2}$"
)
# without one of these words a pattern above need not be tried
# fmt: off
_DENYING = frozenset((
    "baseless", "denied", "denies", "deny", "denying", "dismiss", "dismissed", "dismisses", "dismissing", "fabricated", "groundless",
    "rebuffed", "rebuffs", "refute", "refuted", "refutes", "refuting", "reject", "rejected", "rejecting", "rejects", "unfounded"
))
# fmt: on
# fmt: off
_HEDGING = frozenset((
    "allegation", "allegations", "allege", "alleged", "allegedly", "alleges", "apparent", "apparently", "appear", "appeared", "appears",
    "assumed", "believe", "believed", "believes", "blamed", "claim", "claimed", "claiming", "claims",
    "could", "hint", "hints", "implicated", "likely", "may", "might", "possibly", "presumably", "presumed", "probably", "purported",
    "purportedly", "reliable", "reportedly", "rumored", "rumoured", "said", "supposedly", "suspect", "suspected", "suspecting",
    "suspects", "suspicion", "suspicions", "thought", "unconfirmed", "unverified"
))
# fmt: on
# fmt: off
_PLANNING = frozenset((
    "accusation", "accusations", "accuse", "accused", "accuses", "accusing", "can", "could", "finger", "fingers", "may", "might", "plan", "planning",
    "plans", "threaten", "threatened", "threatening", "threatens", "will", "would"
))
# fmt: on
_NEGATING = frozenset(["no", "not", "never", "without"])


def judge(reading: Reading, rule_frame: str, incident_type: str, start: int, end: int) -> tuple[str, str, str | None]:
    """Realis, stance and the words that hedge or deny, for the act at characters `start` to `end`."""
    low = reading.low
    before = low[max(0, start - 110) : start]
    if rule_frame in ("custody", "impose") and (match := _THREATENED_TO.search(before)):
        return "threatened", "hedged", match[0].strip()
    if rule_frame in ("custody", "impose") and (match := _TO_DO.search(before)):
        return "planned", "hedged", match[0].strip()
    is_measure = incident_type in MEASURES or incident_type == "detention_or_expulsion"
    if is_measure:
        if found := _intended(low, start, end):
            return found[0], "hedged", found[1]
    elif not _DENYING.isdisjoint(reading.wordset) and (
        match := DENIAL.search(low)
    ):  # a measure is nobody's secret: what is denied there are its grounds
        return "denied", "denied", match[0]
    hedged = not _HEDGING.isdisjoint(reading.wordset)
    if incident_type == "detention_or_expulsion":
        if hedged and (match := _HEDGE.search(low, max(0, start - 25), start)):
            return "alleged", "hedged", match[0]
        return "actual", "asserted", None
    if hedged and (match := _HEDGE.search(low, max(0, start - 110), end) or _HEDGE_AFTER.search(low, end, end + 70)):
        return "alleged", "hedged", match[0]
    if not _PLANNING.isdisjoint(reading.wordset):
        if match := _ACCUSED.search(low, max(0, start - 200), start if is_measure else end + 60):
            return "alleged", "hedged", match[0]
        if match := _THREATENED_TO.search(before):
            return "threatened", "hedged", match[0].strip()
        if match := _TO_DO.search(before):
            return "planned", "hedged", match[0].strip()
    if rule_frame.startswith("foiled") or _ATTEMPT.search(before[-45:]) or _ATTEMPT.search(low[start:end]):
        return "attempted", "asserted", None
    return "actual", "asserted", None


def _intended(low: str, start: int, end: int) -> tuple[str, str] | None:
    """Whether a measure is only threatened or planned, and the words that say so: they must govern the measure, not merely stand near it."""
    near = _LAST_CLAUSE.split(low[max(0, start - 120) : start])[-1]
    if _ANSWERED.search(near):
        return None
    if match := _THREATENED.search(near):
        return "threatened", match["cue"]
    if match := _PLANNED.search(near):
        cue = match["cue"] or match["bare"]
        if not _ORDERED.search(near[: match.start() + len(cue)]) and not _IN_FORCE.search(low[max(0, start - 60) : end + 60]):
            return "planned", cue
    if (match := _TO_COME.match(low[end : end + 30])) and not _IN_FORCE.search(low[end : end + 60]):
        return "planned", match["cue"]
    if match := _POSSIBLE.match(low[end : end + 80]):
        return "planned", match["cue"]
    return None


def is_negated(reading: Reading, start: int) -> bool:
    """Whether the sentence says that there was no such act."""
    if _NEGATING.isdisjoint(reading.wordset) and "t" not in reading.wordset:
        return False
    return _NOT.search(reading.low[max(0, start - 60) : start]) is not None
