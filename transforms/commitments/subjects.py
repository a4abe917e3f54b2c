"""Who undertakes something: whoever acts in the clause of the verb, or holds or takes what is undertaken, or tells of it."""

from __future__ import annotations

import re

from transforms.antecedents import government
from transforms.clauses import clause_before, enclosing_clause, first_clause, quotation_depth
from transforms.commitments.rules import Rule
from transforms.context import Sentence
from transforms.coreference import is_private_voice, issuers, resolve, resolve_teller, speaker_of
from transforms.officials import introduced
from transforms.parties import PRIVATE, Party, is_private, parties_in, placed_parties
from transforms.speech import SAYING

_SUBORDINATE = re.compile(
    r"\b(?:if|whether|unless|once|how|why|what)\s(?:or\snot\s)?[\W_]*$|\b(?:role|extent|number\sof\s[\w-]+|kinds?\sof\s[\w-]+|terms|conditions|way)\s[\W_]*$"
)
_SAID = re.compile(r"\b(?:said|says|announced|confirmed|added|warned|warns|stated|declared|stressed|emphasi[sz]ed|asserted|insisted|vowed)\b")
# "the agency cited the ministry as saying that …"
_CITED = re.compile(r"\b(?:cit|quot)(?:ed|es|ing)\s(?P<who>[^,;:]{3,90}?)\sas\s(?:say|tell|warn|add)ing\b")
# "the minister said sanctions would …": the sanctions would
_SAID_THING = re.compile(
    r"\b(?:said|says|added|noted|stated|warned)\s(?:(?:on\s)?\w+day\s)?(?!(?:on|in|at|to|of|during|after|before|following|by|with|for|from|last|this|earlier|later|today|yesterday"
    r"|and|or|but|so|there|\w+day)\b)(?=[a-z$€£\d])"
)
_AND_PRONOUN = re.compile(r"\b(?:and|but|or|so)\s(?=(?:we|i|they|he|she|it)\s(?:\w+\s){0,2}$)")
_IF_INSIDE = re.compile(r"[^\w\s]\s(?:if|unless)\s[^,;]*$")  # "Lima, 3 May (Agency) If Chile announces …"
_LAST_PRONOUN = re.compile(
    r"(?<=\s)(?:we|i|they|he|she|it)(?:['’](?:re|ll|ve|m|s|d))?\s(?:(?:are|is|was|were|am|has|have|had|also|both|now|not|\w+ly)\s)*$"
)
_SUBORDINATE_AT = re.compile(r"(?:if|whether|unless|once)\s")
_MEASURE = re.compile(
    r"[$€£¥]\s?\d|\b(?:pledges?|commitments?|contributions?|response|reaction|million|billion|acts?|provisions?|extension|amendments?|taxe?s?|levy|levies|reforms?|budget|plans?|standards|licen[cs]es?|facilit(?:y|ies)|bases?|pipelines?|terminals?|corridors?|networks?|roads?|highways?|bridges?|railways?|rail|ports?|airports?|schools?|hospitals?|homes|houses|housing|offences|tariffs?|sanctions?|dut(?:y|ies)|bans?|measures?|changes?|restrictions?|troops|forces|funds?|funding|aid|package|mechanism|agreements?|deals?|treat(?:y|ies)|accords?|pacts?|memorand\w+|protocols?|legislation|laws|bill|projects"
    r"|rules?|law|regulations?|decisions?|list|exemptions?|embargo|visas?|ceasefire|programme|program|corvettes?|frigates?|destroyers?|vessels?|warships?|battalions?|medics|instructors|curfews?|emergency|lockdowns?|borders?|airspace|crossings?|checkpoints?|vaccin\w+|referendum|elections?|polls|ballot|drills?|man(?:oeu|eu)vers?"
    r"|groups?|committee|task force|payments?|quotas?"
    r"|fees?|charges?|allowances?|benefits|pensions?|visas"
    r"|controls?|order|decree|contribution|talks|meeting|summit|work|exercise|deployment|centre|center|fleet|soldiers|units?|brigade|systems?|items|supplies|equipment|weapons|missiles|aircraft|jets|ships?|tanks|prisoners|hostages|detainees|loans?|grants?|money|goods|dialogue|negotiations|imports|exports|assistance|support|pressure|mission|initiative|strategy|fund|contingent|component|personnel|teams?|investigation|operations?|efforts|campaign|project|scheme|ministerial|conference|forum|body|office|commission|council|decree|government|parliament|assembly)\b",
)
_UNDER = re.compile(
    r"\bunder\s(?:the|a|an|its|this)\s(?:[\w-]+\s){0,3}?(?:laws?|legislation|rules|regulations|agreement|deal|accord|plan|terms|treaty|pact|scheme|measures|programme|program)\b"
)
_GOES_ON = re.compile(r"(?:will|would)\s(?:continue|resume|begin|start|stop|cease|end)\b")
_SERVANTS = re.compile(
    r"\b(?:inspectors|officers|officials|police|troops|soldiers|forces|authorities|peacekeepers|monitors|diplomats|embass(?:y|ies)|agencies|ministries|departments|ships"
    r"|vessels|warships|battalions?|regiments?|contingents?|warplanes|aircraft|helicopters|marshals)\b"
)
# courts and inquiries are independent, parties out of office govern nobody
_NO_GOVERNMENT = re.compile(
    r"^\W*(?:most|many|ordinary|young)\s[a-z]+(?:ans|is)\b|\b(?:judges?|magistrates?|courts?|jury|juries|tribunals?|royal\scommission|inquiry|hearings?|trial|polls?|surveys?|opposition|(?:labor|labour|party|rebel|union|faction)\sleaders?"
    r"|(?:major|main|minor|political|labou?r|conservative|liberal|green|socialist|nationalist|democratic|republican)\s(?:party|parties)|candidates?|nominees?|contenders?)\b"
)
_WARNED = re.compile(r"\b(?:warn|threaten|caution)(?:s|ed|ing)?\b")
_OWNER = re.compile(r"(?<=[\w.])(?:['’]s|(?<=s)['’])\s$")
_EMPTY_SUBJECT = re.compile(
    r"^\W*(?:(?:this|that|these|those)(?!\s(?:[\w-]+\s){0,1}?(?:administration|government|ministry|council|commission|countries|nations|presidency)\b)"
    r"|which|there|what|such(?=\W*$)|doing)\b"
)
_OTHERS = re.compile(r"\W*(?:it|he|she|they)\b")  # in a quotation: a thing, or others than who speaks
_RELATIVE = re.compile(r"\b(?P<pronoun>that|which|who(?:\s(?:have|has|had)(?:\s(?:also|all|both|already|now))?)?)\s*$")
_ONE_OF = re.compile(
    r"\b(?:is|are|was|were|be)\s(?:also\s)?(?:among|one\sof)\s(?:the\s)?(?:[\w-]+\s){0,3}(?:countries|nations|states|governments|members|allies|powers)\s(?:that|which)\s$"
)
_RELATIVE_VERB = re.compile(r"\W*(?:has|have|had|is|are|was|were|do|does|did|want|need|own|met|attended|signed|joined|comprises?)\b")
_BY_DOCUMENT = re.compile(r"\W*(?:the\s)?(?:joint\s)?(?:resolution|declaration|communiqu[eé]|decree|(?<=joint\s)statement)\b")
_ASIDE = re.compile(r",\s(?:which|who|whose|where)\s$")
_PUBLIC_MONEY = re.compile(
    r"\b(?:government|public|federal|taxpayers?['’]?|treasury|ministry)(?:['’]s)?\s(?:[\w-]+\s){0,2}?(?:funding|funds|money|support|grants?|package|budget|plan|programme|program|scheme)\b"
)
_OFFICES_ONLY = re.compile(
    r"(?:\W|\b(?:and|the|s|pm|president|government|govt|cabinet|leaders?|ministers?|ministry|parliament|lawmakers|army|military|navy|officials|authorities|foreign|defen[cs]e|finance"
    r"|council|commission|allies|new|set)\b)*"
)
TAG_BEHIND = re.compile(
    r",\s[^,“”\"]{2,60}?(?:,\s[^,“”\"]{2,40},)?\s(?:said|says|told|added|announced|confirmed|stated)\b|,\s(?:said|says)\s[^,;“”\"]{2,60}|,\saccording\sto\s[^,;]{0,60}"
)


def actors(sentence: Sentence, rule: Rule, match: re.Match[str], verb: int, *, official: bool, quoted: bool) -> list[Party]:
    """Who undertakes it: the subject of the verb, else, where the rule allows, who holds or takes it."""
    text, low = sentence.text, sentence.lower
    if rule.subject == "carried":
        return []
    if rule.subject == "headline":
        return _of_headline(sentence, verb)
    start, end = clause_before(text, verb)
    if _SUBORDINATE.search(low, max(0, start - 16), start) or _SUBORDINATE_AT.match(low, start, end):
        comma = text.rfind(", ", start, end)
        if comma < 0:
            return []
        start = comma + 2  # "if Iran refuses, the council will …"
    if relative := _RELATIVE.search(text, max(0, verb - 20), verb):
        if rule.subject == "measure" and relative["pronoun"] != "that" and _MEASURE.search(low, max(0, verb - 40), verb):
            return parties_in(sentence, 0, verb)  # "the soldiers who will be sent"
        if relative["pronoun"] != "that" and (told_of := _beside(sentence, verb - len(relative[0]))):
            return told_of  # "Marlow, who plans to …"
        if one_of := _ONE_OF.search(low, 0, verb):
            return resolve(sentence, *clause_before(text, one_of.start()))  # "Chile is among the countries that will not sign"
        if relative["pronoun"] == "that" or (not official and " " not in relative["pronoun"]):  # "steps that will help" describes the steps
            return []
        if " " not in relative["pronoun"]:
            start = max(start, verb - 60)
    is_aside = _ASIDE.search(text, max(0, start - 8), start) and ", " in text[start:end]  # "China, which …, offered"
    if (is_aside or _RELATIVE_VERB.match(low, start, end)) and (
        outer := enclosing_clause(text, verb)
    ):  # "the package that was approved by ministers will …"
        start, end = outer
    if inner := (_SAID_THING.search(low, start, end) or _AND_PRONOUN.search(low, start, end)):
        start = inner.end()
    if _IF_INSIDE.search(low, start, end):
        return []
    if last := _LAST_PRONOUN.search(low, start, end):
        start = last.start()  # "As a part of this effort we are …"
    subject = low[start:end]
    if (_EMPTY_SUBJECT.match(subject) and rule.subject == "actor" and not official) or (
        _OTHERS.match(subject) and quotation_depth(sentence, start) and not parties_in(sentence, 0, start)
    ):
        return []
    if _NO_GOVERNMENT.search(subject) or (quoted and is_private_voice(sentence)):
        return []
    found = resolve(sentence, start, end)
    if not found and _BY_DOCUMENT.match(subject):
        found = resolve_teller(sentence, start, end)
    if not found and (match[0].split()[0].endswith("ing") or (text.endswith(" and ", 0, verb) and not quoted)):
        found = resolve_teller(sentence, *first_clause(text, verb))  # "The president visited the town, promising help"
    if rule.subject == "warner":
        return _warner(sentence, found, verb, quoted=quoted)
    if found and rule.subject != "teller":
        return found
    if rule.subject == "teller":
        return _teller(sentence, start, verb, quoted=quoted)
    if rule.subject == "actor":
        if not re.search(r"\w", subject):
            if quoted and (speaker := speaker_of(sentence)):
                return [speaker]  # "“Committed to …,” he wrote"
            outer = enclosing_clause(text, verb)
            return resolve(sentence, *outer) if outer else _of_lead(sentence)
        if _SERVANTS.search(subject) or (_GOES_ON.match(low, verb) and (_MEASURE.search(subject) or "pressure" in subject)):
            return _teller(sentence, start, verb, quoted=quoted)  # "the minister says inspectors will …"
        if official and _MEASURE.search(subject) and not _EMPTY_SUBJECT.match(subject):
            return parties_in(sentence, 0, len(text)) or issuers(sentence.article)
        return []
    if rule.subject == "holder":
        if quoted:
            speaker = speaker_of(sentence)
            return [speaker] if speaker else []
        if (owner := _OWNER.search(text, 0, verb)) and not any(m.end == owner.start() for m in sentence.mentions):
            return []  # "the firm's pledge"
        if owner and (owning := [m.start for m in sentence.mentions if m.end == owner.start()]):
            return parties_in(sentence, min(owning), owner.start())
        return parties_in(sentence, max(0, verb - 60), match.end()) or _possessor(sentence, match) or (issuers(sentence.article) if official else [])
    if re.fullmatch(r"\W*(?:this|that|these|those|which|there|what|such|it)?\W*", subject):
        return []
    if not _MEASURE.search(subject) and not _UNDER.search(low):  # "Those responsible will be punished, the minister said"
        return _teller(sentence, start, verb, quoted=quoted) or (government(sentence) if _PUBLIC_MONEY.search(low) else [])
    told = _teller(sentence, start, verb, quoted=quoted) if quoted else []  # not whomever his words name
    if found := told or parties_in(sentence, 0, len(text)) or _teller(sentence, start, verb, quoted=quoted):
        return found
    if _SAID.search(low, 0, verb) and PRIVATE.search(low, 0, verb):
        return []  # "The club said its fees would rise"
    return issuers(sentence.article) or ([] if is_private(sentence, len(text)) else government(sentence))


def _beside(sentence: Sentence, position: int) -> list[Party]:
    """Who is named right before a comma at the end of what stands before `position`: the one of whom a relative clause tells."""
    comma = sentence.text.rfind(",", 0, position)
    if comma < 0 or sentence.text[comma:position].strip(", ") or quotation_depth(sentence, comma):
        return []
    begin = max(0, comma - _NAME)
    named = [party for party, _, stop in placed_parties(sentence, begin, comma) if _LEADERS_OF.fullmatch(sentence.text, stop, comma)]
    official = introduced(sentence.article, sentence.text[sentence.text.rfind(" ", 0, comma) + 1 : comma])
    return named[-1:] or ([official] if official else [])


_NAME = 60  # code points
_LEADERS_OF = re.compile(r"(?:\s(?:leaders|ministers|officials|governments|countries|nations|states|members|lawmakers|diplomats))?")


def _of_headline(sentence: Sentence, verb: int) -> list[Party]:
    """Those before the "to" of a headline, if nothing but their names and offices stands there."""
    placed = placed_parties(sentence, 0, verb)
    rest, position = "", 0
    for _, begin, stop in sorted(placed, key=lambda p: p[1]):
        rest, position = rest + sentence.text[position:begin], stop
    rest += sentence.text[position:verb]
    return [party for party, _, _ in placed] if _OFFICES_ONLY.fullmatch(rest.lower()) else []


def _of_lead(sentence: Sentence) -> list[Party]:
    """For an item of a list that has no subject of its own, that of the line which introduces the list: "The ministers:"."""
    lead = sentence.previous()
    while lead is not None and lead.is_item and not lead.text.endswith(":"):
        lead = lead.previous()
    if not sentence.is_item or lead is None or not lead.text.endswith(":"):
        return []
    return resolve(lead, *clause_before(lead.text, len(lead.text) - 1))


def _teller(sentence: Sentence, start: int, verb: int, *, quoted: bool) -> list[Party]:
    """The official in whose words, or on whose authority, a sentence speaks."""
    if quoted:
        speaker = speaker_of(sentence)
        return [speaker] if speaker else []
    if _NO_GOVERNMENT.search(sentence.lower, 0, verb) and not quoted and not parties_in(sentence, 0, verb):
        return []  # "The opposition leader says a former premier will be used"
    if saying := SAYING.search(sentence.lower, max(0, start - 60), start):
        stretch = clause_before(sentence.text, saying.start())
        if not re.search(r"\w", sentence.text[slice(*stretch)]):
            stretch = first_clause(sentence.text, saying.start())
        return resolve_teller(sentence, *stretch)
    if tag := TAG_BEHIND.search(sentence.lower, verb):
        return resolve_teller(sentence, tag.start() + 2, tag.end())
    if cited := _CITED.search(sentence.lower, 0, verb):
        return resolve_teller(sentence, *cited.span("who"))
    saying = _SAID.search(sentence.lower, 0, verb)
    return resolve_teller(sentence, *clause_before(sentence.text, saying.start())) if saying else []


def _warner(sentence: Sentence, acting: list[Party], verb: int, *, quoted: bool) -> list[Party]:
    """Those who could act, if it is their own side that warns of it: others foresee what they fear."""
    warning = _WARNED.search(sentence.lower, 0, verb)
    if warning is None or quoted:
        return []
    stretch = clause_before(sentence.text, warning.start())
    sides = {p.iso3 or p.name for p in resolve_teller(sentence, *stretch)}
    return acting if sides & {p.iso3 or p.name for p in acting} else []


def _possessor(sentence: Sentence, match: re.Match[str]) -> list[Party]:
    """The state whose name stands right before the noun as possessor ("Mexico's commitment to …")."""
    near = [m for m in sentence.mentions if match.start() - 45 <= m.start < match.end() and m.detail != "demonym"]
    return [Party("person" if m.kind == "minister" else "state", m.iso3, m.person_key, m.name or m.surface) for m in near[-1:]]
