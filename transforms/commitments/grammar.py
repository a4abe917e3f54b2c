"""Which sentences undertake something, and in whose name.

The wordings are the rows of `commitment_rules.csv`. The grammar adds what holds for all of them: the subject must be able to act for a state or an
intergovernmental organisation; past, hypothetical and private acts are none; items of a list belong to the line that introduces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from transforms.clauses import MODAL_MAY, quotation_depth
from transforms.commitments.rules import Candidate, Rule
from transforms.commitments.subjects import TAG_BEHIND, actors
from transforms.context import Article, Sentence
from transforms.coreference import speaker_of
from transforms.lexicon import Lexicon
from transforms.parties import Party, is_private, parties_in
from transforms.scans import in_ascii, wider
from transforms.voices import is_opinion, is_statement

CUES = (
    r"\b(?:re)?commit(?:s|ted|ting|ment|ments)?\b"
    r"|\b(?:pledg|vow|promis|undert[ao]|agree|resolv|adopt|decid|determin|reaffirm|announc|plan|intend|offer|refus|declin|reject|allocat|earmark"
    r"|threat|warn|approv|authori[sz]|endors|sign|conclud|seal|ink|intention|decision|vot|opt|chose|assur|guarant|ratif|unveil|outlin|back"
    r"|ultimatum|consent|okay|suspend|froze|freez|withh|halt|paus)\w*"
    r"|\bsets?\saside\b|\bdr(?:ew|awn)\sup\b|\bput\stogether\b|\brul\w+ out\b|\b(?:will|would|shall|won['’]t|wouldn['’]t|going to|gonna)\b|['’]ll\b"
    r"|\b(?:agreement|accord|deal|truce|consensus|mou|memorandum|pact|treaty|protocol|document)s?\b|:\W*$|\b(?:swore|swears)\b"
    r"|\b(?:is|are|was|were) (?:also |now |already )?\w+ing\b|\b(?:is|are) (?:\w+ ){0,2}to\b|takes? effect|\b(?:target|goal)s? (?:of|to|for)\b"
    r"|\b(?:contribution|donor)s?\b|\b(?:begun|started)\b"
    r"|\b(?:readiness|willingness|preparedness)\b|\bright to\b|\bjoin\w* (?:forces|hands)\b|\bteam\w* up\b|\b(?:until|indefinitely)\b"
    r"|\bin (?:the (?:works|pipeline)|preparation)\b|\bdeadline\b"
    r"|\bclear(?:s|ed) (?:the|an?|plans)\b|\bgreen-?lit\b|\b(?:nod|go-ahead|assent|clearance) (?:to|for)\b|\bsanctioned\b"
    r"|\b(?:order|instruct|direct|task)(?:s|ed) \w|^\W*[$€£¥]\s?\d"
    r"|\bthere (?:is|was|has been) (?:an? )?(?:\w+ ){0,2}?(?:consensus|agreement|understanding)|\baims? to\b|\benter(?:s|ed|ing)? into an?\b"
    r"|^(?:these|they) (?:also |will )?include|\bg(?:ave|iven?) (?:\w+ ){1,8}until\b"
    r"|\b(?:measures|proposals|steps|reforms|initiatives)(?:,[^,]*,)? (?:also )?include"
)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A sentence that undertakes something. `verb` and `action` are offsets in the sentence: where the cue begins, and where the action does."""

    sentence: Sentence
    rule: Rule
    rule_id: str
    verb: int
    action: int
    actors: list[Party]
    speaker: Party | None
    reported_as: str
    is_negated: bool


def cue_expression(lexicon: Lexicon) -> pl.Expr:  # noqa: ARG001 - every grammar is asked alike
    text = pl.col("text")
    is_headline = (text.str.len_bytes() < _HEADLINE) & ~text.str.ends_with(".") & text.str.contains(" to ", literal=True)
    return text.str.to_lowercase().str.contains(in_ascii(CUES)) | is_headline


_HEADLINE = 160  # bytes


def undertakings(article: Article, candidates: Mapping[int, Candidate]) -> Iterator[Undertaking]:
    """The undertakings of an article, in the order of its text; `candidates` are the sentences to look at, in order."""
    after = 0  # the end of the last list
    before: Undertaking | None = None
    for index, candidate in candidates.items():
        sentence = article.sentences[index]
        if index < after or (sentence.field == "title" and article.has_body):
            continue  # a teaser is its title; the title of a story says in other words what its body tells
        found = _in_sentence(sentence, candidate, before)
        if found is None:
            continue
        yield found
        before = found
        if sentence.text.rstrip().endswith(":"):
            after = index + 1
            while after < len(article.sentences) and (item := article.sentences[after]).is_item:
                yield Undertaking(item, found.rule, "list-item", 0, 0, found.actors, found.speaker, found.reported_as, False)
                after += 1


_HYPOTHETICAL = re.compile(
    rf"\b(?:if|what|could|might|{MODAL_MAY}|should(?!\sknow)|hop(?:e|es|ed|ing)|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for)|want(?:s|ed)?)\s(?:[\w-]+\s){{0,4}}$"
    r"|\b(?:demand|seek|want|ask|request)\w*\s(?:for\s)?(?:[\w-]+\s){0,2}?(?:assurances?|guarantees?)\s(?:[\w-]+\s){0,4}$"
    r"|\b(?:demand|seek|want|ask|hope|wish|need)\w*\sto\s(?:get|be|feel|have)\s(?:re)?assured\s(?:that\s)?(?:[\w-]+\s){0,6}$"
    # "the importance of the parties agreeing", "a resolution authorising a force"
    r"|\b(?:importance|need|necessity|urgency|prospect|possibility|hope|chance|likelihood|risk)\s(?:of|for)\s(?:[\w-]+\s){0,5}$|\bnot\snecessarily\s[^.,;]{0,40}$"
    r"|n['’]t\snecessarily\s[^.,;]{0,40}$",
)
_PAST_COMMITMENT = re.compile(
    r"\b(?:fulfil\w*|honou?red|kept|broke|violat\w+|breach\w+|fail\w+|lived\sup\sto|renege\w*\son|abandon\w*|contrast\sto|weaken\w*|accus\w+\sof|advocat\w+\sfor|call\w*\sfor|demand\w*|expected\sto\s\w+|likely\sto\s\w+|lack\w*|without|not\sinclude|criticism\sfor\s\w+)\s(?:(?!(?:but|and|that)\b)[\w-]+\s){0,3}$",
)
_REPORTING = re.compile(
    r"\b(?:sa(?:id|ys|ying)|add(?:s|ed|ing)|announc\w+|told|tell\w*|not(?:ed|es|ing)|stat(?:ed|es|ing)|notif(?:ied|ies|ying)|inform(?:ed|s|ing)|warn\w*|insist\w*|stress\w*|emphasi[sz]\w+|assert\w*|assur\w+|clarif\w+|confirm\w*|declar\w+|pledg\w+"
    r"|vow\w*|promis\w+|agreed|according to|wrot?e|decid\w+|repeat\w+|reiterat\w+|post(?:ed)?|meaning|reveal\w+|disclos\w+|signal\w*|indicat\w+|plan\w*)\b",
)
_FUTURE = ("will", "would", "shall", "’ll", "'ll", "won't", "won’t")
# "the role the force would play": a clause without its pronoun
_CONTACT = re.compile(
    r"\b(?:role|extent|number\sof\s[\w-]+|kinds?\sof\s[\w-]+|terms|conditions|way)\s(?:they|it|he|she|we|(?:the|its|their)\s(?:[\w-]+\s){0,3}[\w-]+)\s$"
    r"|\bdiscuss\w*\s(?:the\s)?(?:[\w-]+\s){1,3}(?:they|it|he|she|we)\s$"
    r"|\b(?:about|of|with|by|is|was)\s(?:the|an?|any)\s(?:(?!and\b)[\w-]+\s){1,2}?that\s(?!(?:we|i)\b)[^,;:]{0,50}$"
)
_SPORT = re.compile(
    r"\b(?:wickets?|innings|cricket|batsm[ae]n|bowlers?|tennis|football|rugby|semi-?finals?|quarter-?finals?|world\scup|grand\sprix|midfielder|striker"
    r"|goalkeeper|in\sthe\s(?:final|last\s16|group\sstage|play-?offs?)(?=[.,])|second\stest|first\stest|third\stest|olympic\sgames|gold\smedal|tournament|championship)\b"
)
_ANONYMOUS = re.compile(
    r"\b(?:sources?|(?:an?|the|senior|unnamed|anonymous)\s(?:[\w.-]+\s){0,3}?officials?\s(?:said|who)|on condition of anonymity|reportedly)\b",
)
# "has not agreed", "failed to sign", "was supposed to sign": what was not undertaken, or is yet to be
_DENIED = re.compile(
    r"(?:\b(?:not|never|nor|without|yet\sto|fail\w*\sto|refus\w+\sto|declin\w+\sto|supposed\sto|expected\sto|ready\sto|likely\sto|able\sto|(?:seek|hop|struggl)(?:e|es|s|ing)?\sto|(?:inability|failure)\sto|back\sto|office\sto|in\sorder\sto"
    r"|pressure\sto|asked\sto|invited\sto|hopefully\b.{0,25}\sto|because\sof|for|by)|n['’]t)(?!\s(?:have|be|own)\b)(?:\s[\w-]+){0,2}?\s$",
)
_BROKEN = re.compile(
    r"\b(?:but|yet|only\sto)\s(?:has\s|have\s|had\s|later\s|then\s)?(?:fail\w*|broke|broken|renege\w*|did\snot|never|abandon\w*|back(?:ed|ing)?\sout)\b"
)
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:an?|the|its|their|his|her|our|my|this|that|these|those|such|any|no|of|million|billion|bn|m|new"
    r"|about|over|despite|amid|against|for|with|from|into|between|previous|earlier|\w+ed|aid|(?:an?|its|their|his|her|our|any)\s[\w-]*[^\Ws]|\b(?:to|must|could|should|may|cannot)\s(?!and\b|or\b|but\b|also\b)[a-z]+)|['’]s|s['’])\s$"
)
# "a resolution authorising a force": the participle tells what the noun is
_AFTER_NOUN = re.compile(r"\b(?:resolution|decision|order|decree|law|bill|document|motion|vote|statement|letter|amendment|proclamation|message)\s$")
_NOUN_OR_VERB = ("pledge", "pledges", "vow", "vows", "promise", "promises", "plan", "plans", "offer", "offers", "threat")
_BARE = re.compile(r"\b(?:(?<!tried\s)(?<!sought\s)(?<!moved\s)to|must|can|could|should|may|might)\s$")
_INFINITIVE = ("pledge", "vow", "promise", "undertake", "agree", "sign", "commit", "announce", "offer", "threaten", "assure", "guarantee")
# "I believe the government will …" is a belief, "people familiar with the plan" are no officials
_BELIEF = re.compile(
    r"\b(?:believ|think|expect|estimat|calculat|hop|fear|(?<!no\s)doubt|predict|assum|suspect|imagin|worr)(?:e|es|ed|s|ing|ies)?\s(?:that\s)?[^.;:,]{0,100}(?:,\swho\s[^,;:]{3,60},\s)?$|\b(?:confident|sure|certain|convinced|optimistic|hopeful)\s(?:that\s)?[^.;:,]{0,60}$"
    r"|\bdespite\s[^.;:,]{0,60}\b(?:assurances?|promises?|pledges?|claims?|commitments?|vows?)\s(?:that\s)?[^.;:,]{0,60}$"
    r"|\b(?:do|does|did)(?:\snot|n['’]t)\s(?:agree|believe|think|say|mean)\sthat\s[^.;:,]{0,80}$"
    r"|\b(?:likely|unlikely|possible|probable|concern(?:s|ed)?|worried|afraid|fears?|speculat\w+|(?<!we\sare\s)(?<!we['’]re\s)(?<!made\s)(?<!made\sit\s)(?<!makes\s)(?<!making\s)clear|chance|suggest\w*|claims?|reports?|allegations?|idea|prospect|possibility|shows?|estimates?|forecasts?|projections?|indicat(?:es?|ions?))\sthat\s[^.;:,]{0,80}$"
    # what is asked or left open: "did not say why they had decided to …"
    r"|\b(?:say|said|tell|know|knows|clear|unclear|specif\w+|explain\w*|ask\w*|wonder\w*|question\w*|reveal\w*|decide|determine|disclos\w+|discuss\w*|debat\w+|see|light|clues?|details?|insights?)\s(?:[\w-]+\s){0,2}?(?:how|why|whether|when|where|which|what|who|if)\s[^.;:,]{0,60}$"
)
_FORECASTERS = re.compile(
    r"\b(?:analysts?|economists?|experts?|observers|strategists?|forecasters?|pollsters?|traders|investors|polls?|surveys?)\s(?:\w+\s){0,2}?(?:said|says?|expect\w*|predict\w*|believe\w*"
    r"|forecast\w*|warn\w*|anticipat\w+)\b|\b(?:predicted|forecast|projected)\sby\b"
)
_EXPECTED = re.compile(
    r"\b(?:is|are|was|were|it['’]s)\s(?:widely\s|also\s|now\s)?(?:expected|estimated|forecast|projected|predicted|hoped|feared|likely)\b|\bexpects?\b"
)
# what a party or candidate would do in office
_CAMPAIGN = re.compile(
    r"\bif\s(?:elected|(?:he|she|they|it|(?:the|his|her|its|their)\s(?:[\w-]+\s){0,2}?(?:party|coalition|alliance))\s(?:wins?|won|comes?\sto\spower|came\sto\spower|forms?\sa\sgovernment))\b"
    r"|\b(?:manifestos?|(?:campaign|election|electoral)\s(?:pledges?|promises?|platforms?|trail|rally|rallies|launch)|coming\sto\spower)\b"
)
_HEARSAY = re.compile(
    r"\b(?:people|persons?)\s(?:\w+\s){0,2}?familiar\b|\bnewspapers?\s(?:said|says|reported)\b|\b(?:rumou?rs?|leaked|speculation)\b"
)
# "They welcomed the progress made on the plan agreed in May": it was agreed by then
_REDUCED = re.compile(
    r"\b(?:welcom(?:ed?|es|ing)|not(?:ed?|es|ing)|recall(?:s|ed|ing)?|review(?:s|ed|ing)?|prais(?:ed?|es|ing)|commend(?:s|ed|ing)?|acknowledg(?:ed?|es|ing)"
    r"|appreciat(?:ed?|es|ing)|took\snote\sof|discuss(?:ed|es|ing)?)\s(?:(?!\b(?:that|who|which|ha[sd]|have)\b)[^.,;:]){3,150}?\w\s$"
)
SIGNS = {
    sign: in_ascii(wider(pattern.pattern))
    for sign, pattern in {
        "anonymous": _ANONYMOUS,
        "broken": _BROKEN,
        "campaign": _CAMPAIGN,
        "forecasters": _FORECASTERS,
        "hearsay": _HEARSAY,
        "sport": _SPORT,
    }.items()
}
_NOT = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b")
# "committed to not …", "vowed that it would never …"
_NOT_TO = re.compile(
    r"\s(?:not|never|no\slonger)\b|\s(?:[\w’'.-]+\s){1,5}?(?:(?:will|would|shall)\s(?:not|never|no\slonger)\b|(?:won|wouldn)['’]t\b)"
)


def _in_sentence(sentence: Sentence, candidate: Candidate, before: Undertaking | None) -> Undertaking | None:
    text, signs = sentence.lower, candidate.signs
    official = is_statement(sentence.article)
    is_forecast = is_opinion(sentence.article)
    for rule in candidate.rules:
        for match in rule.pattern.finditer(text):
            verb = match.start("verb") if match.re.groupindex.get("verb") and match["verb"] else match.start()
            if _HYPOTHETICAL.search(text, max(0, verb - 60), verb) or _PAST_COMMITMENT.search(text, max(0, verb - 40), verb):
                continue
            if rule.subject == "actor" and not rule.is_negated and _DENIED.search(text, max(0, verb - 40), verb):
                continue
            word = match[0].split()[0]
            if rule.subject != "holder" and _BELIEF.search(text, 0, verb):
                continue
            if rule.subject == "actor" and word in _NOUN_OR_VERB and _NOUN_BEFORE.search(text, max(0, verb - 40), verb):
                continue
            if word.endswith("ing") and _AFTER_NOUN.search(text, max(0, verb - 20), verb):
                continue
            if word.endswith("ed") and _REDUCED.search(text, max(0, verb - 170), verb) and not text.endswith(" and ", 0, verb):
                continue
            if rule.subject == "measure" and _EXPECTED.search(text, 0, verb):
                continue
            if word in _INFINITIVE and _BARE.search(text, max(0, verb - 8), verb):
                continue  # "the ministers meet to pledge aid", "they must undertake to …"
            quoted = quotation_depth(sentence, verb)
            if word.startswith("would") and (
                quoted or not (_REPORTING.search(text, 0, verb) or TAG_BEHIND.search(text, verb) or _goes_on(sentence, before))
            ):
                continue
            if is_forecast and word in _FUTURE and not quoted and not _REPORTING.search(text, 0, verb):
                continue
            acting = actors(sentence, rule, match, verb, official=official, quoted=quoted) or _carried(sentence, rule, verb, before)
            if (
                not acting
                or ("broken" in signs and _BROKEN.search(text, match.end()))
                or _CONTACT.search(text, max(0, verb - 90), verb)
                or ((word in _FUTURE or rule.subject == "measure") and "forecasters" in signs and _FORECASTERS.search(text))
            ):
                continue
            if (
                ("campaign" in signs and _CAMPAIGN.search(text))
                or ("hearsay" in signs and _HEARSAY.search(text))
                or _is_sport(sentence.article)
                or ("sport" in signs and _SPORT.search(text))
            ):
                return None
            action = next((match.start(name) for name in match.re.groupindex if name.startswith("action") and match[name]), match.end())
            speaker, reported_as = _voice(sentence, signs, verb, quoted)
            negated = rule.is_negated or bool(_NOT.search(text, verb, match.end()) or _NOT_TO.match(text, match.end()))
            return Undertaking(sentence, rule, rule.rule_id, verb, action, acting, speaker, reported_as, negated)
    return None


def _is_sport(article: Article) -> bool:
    """Whether a story is, from its beginning on, about sport, where countries are teams."""
    if "sport" not in article.memo:
        lead = article.text[:_LEAD].lower()
        article.memo["sport"] = bool(not _OF_STATE.search(lead) and _SPORT.search(lead) and len(_SPORT.findall(article.text.lower())) >= _SPORTING)
    found: bool = article.memo["sport"]
    return found


_OF_STATE = re.compile(r"\b(?:government|minister|ministry|sanctions)\b")
_LEAD, _SPORTING = 600, 3  # code points; words of sport


def _carried(sentence: Sentence, rule: Rule, verb: int, before: Undertaking | None) -> list[Party]:
    """Those who undertook something in one of the two sentences before, where this one tells what else will be done and names nobody."""
    if not (rule.subject in ("measure", "carried") or rule.rule_id == "there-will-be") or before is None:
        return []
    if sentence.index - before.sentence.index > (_LISTED if rule.subject == "carried" else _NEAR):
        return []
    if is_private(sentence, verb) or _BY_SO_MUCH.search(sentence.lower, verb):
        return []
    return before.actors


_NEAR, _LISTED = 2, 8  # sentences
_BY_SO_MUCH = re.compile(r"\bby\s(?:[\w-]+\s){0,3}?\d[\d.,]*\s?(?:%|per\s?cent)")  # a forecast of effects


def _goes_on(sentence: Sentence, told: Undertaking | None) -> bool:
    """Whether a sentence goes on with what somebody is reported to have said in the one before ("The minister said … The government would …")."""
    before = sentence.previous()
    return (told is not None and told.sentence.index == sentence.index - 1) or (
        before is not None
        and not _CONDITIONAL.search(sentence.lower)
        and any(not quotation_depth(before, tag.start()) for tag in _TOLD.finditer(before.lower))
    )


_TOLD = re.compile(r"\b(?:said|says|announced|announcing|confirmed|told|added|explained)\b")
_CONDITIONAL = re.compile(rf"\b(?:if|unless|could|might|{MODAL_MAY})\b")


def _voice(sentence: Sentence, signs: set[str], verb: int, quoted: bool) -> tuple[Party | None, str]:
    """Who says so, if an office-holder, and in whose voice the sentence speaks."""
    if quoted:
        speaker = speaker_of(sentence)
        return (speaker if speaker and speaker.party_type == "person" else None), "direct_quote"
    if "anonymous" in signs and _ANONYMOUS.search(sentence.lower):
        return None, "anonymous"
    if _REPORTING.search(sentence.lower, 0, verb):
        people = [p for p in parties_in(sentence, 0, verb) if p.person_key]
        return (people[0] if people else None), "reported_speech"
    return None, "asserted"
