"""What the grammars need to know of the make-up of an English sentence: quotations, clauses, conditions, voices."""

from __future__ import annotations

import re

from transforms.context import Sentence

_BOUNDARY = re.compile(
    r"[;:“”\"—–]|\s-\s|,?\s(?:that|which|who|whom|whose|where|while|whereas|although|though|because|but|if|unless|when|whether|after|before|until|so(?!\sfar\b))\s"
    r"|\sthat,\s|,\s(?:and|or)\s(?![A-Z]|the\s[A-Z])|,\s(?:as|with|saying|adding|noting|stressing|warning|claiming)\s"
    r"|\b(?:said|says|added|noted|stated|told\s\w+|announced|warned|insisted|stressed|confirmed|declared|claimed|wrote)(?:\s(?:(?:on\s|late\s)?"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:earlier\s)?(?:last|this)\s\w+|today|yesterday|in\sa\s(?:joint\s)?statement))?\s(?=(?:the|it|they|he|she|we|there|its|his|her|their|[A-Z])\b|(?:[\w’'-]+\s){1,9}?(?:(?:would|will|shall|had|has|have|was|were|is|are)\b|$))",
)
_DASHED = re.compile(r"\s?[—–]\s?[^—–“”\";:.]{3,120}\s?[—–]\s?(?:(?:has|have|had|is|are|was|were|also|will|would)\s)*$")
_ADVERBIAL = re.compile(
    r"(?:At|In|On|After|Following|Since|With|Under|To|As|During|By|For|From|Despite|Over|Until|Through|Within|Amid|Alongside|Upon|Without|Given|According to"
    r"|While|Although|Though|When|Whenever|Because|Unlike|Like|Besides|Before|Where|Whereas|Even as|Just as|should(?=\s(?:[A-Z]|the\b|it\b|they\b)))\b"
    r"[^,]{0,160}(?:(?:(?<=capital)|(?<=city)|(?<=town)),\s[A-Z][\w.’'-]+)?(?:,\s(?:January|February|March|April|May|June|July|August|September|October|November|December|\d{1,2}|\d{4})\b[^,]{0,20})*,\s"
    r"|(?:First|Second|Third|Fourth|Fifth|Finally|Specifically|Moreover|Furthermore|Meanwhile|However|Additionally|Also|Today|Yesterday|Later|Earlier"
    r"|Tomorrow|Tonight|Soon|Obviously|Clearly|Of course|Separately|Together|Jointly|In addition|In turn|Instead|Still|Then|Now|Nevertheless|Therefore|Thus"
    r"|(?:Last|This|Next) (?:week|month|year|summer|autumn|fall|winter|spring|morning|afternoon|evening|time|quarter|\w+day))\b,?\s",
)
_DATELINE = re.compile(r"[^.;:()]{0,60}\([A-Z][\w/.&\s-]{1,30}\)\s?[-–—]{1,2}\s")  # "Lima (Agency) - "
# "Chile, while reserving its rights, will …": the aside stands between a subject and its verb
_ASIDE = re.compile(
    r",\s(?:while|although|though|after|before|when|because|whereas)\s[^,;:“”\"]{3,100},\s(?:(?:has|have|had|is|are|was|were|also|will|would)\s)*$"
)
_CONJUNCTION = re.compile(r"(?:that|whether|how)\s(?=\S)")
_AUXILIARIES = re.compile(
    r"(?:[\W_]|\b(?:have|has|had|is|are|was|were|be|been|being|will|would|shall|should|do|does|did|not|also|now|today|already|jointly|fully|firmly|further"
    r"|recently|formally|officially|publicly|therefore|thus|then|and|or|to|later|repeatedly|previously|reportedly)\b)*",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"\b(?:"
    + "".join(rf"(?<!\b{word} )" for word in ("as", "even", "only", "see", "what", "know", "ask", "asked", "decide", "clear"))
    + r"if|unless|provided that|(?<=, )provided|as long as|so long as|on (?:the )?condition that|in the event (?:that|of)|should (?:it|they|the)|once|subject to"
    r"|contingent (?:up)?on|conditional (?:up)?on|only when|until such time as)\b",
    re.IGNORECASE,
)

# In lower case the month looks like it: "on 3 May", "in May".
MODAL_MAY = (
    r"(?<!\d\s)"
    + "".join(rf"(?<!\b{word}\s)" for word in ("in", "of", "last", "this", "next", "since", "by", "early", "late", "mid", "until", "from"))
    + r"may(?!\s\d)"
)


def quotation_depth(sentence: Sentence, position: int) -> bool:
    """Whether `position` (code points in the sentence) stands inside a quotation, which may have been opened earlier in the paragraph."""
    text = sentence.text[:position]
    earlier = sentence.previous()
    while earlier is not None and earlier.paragraph_no == sentence.paragraph_no:
        text = earlier.text + " " + text
        earlier = earlier.previous()
    if "“" in text:
        return text.rfind("“") > text.rfind("”")
    return text.count('"') % 2 == 1


def clause_before(text: str, position: int) -> tuple[int, int]:
    """The stretch of text in which the subject of a verb at `position` stands: from the last clause boundary in which there is any word, past
    a fronted adverbial, up to the verb."""
    start = 0
    for boundary in _BOUNDARY.finditer(text, 0, position):
        if _AUXILIARIES.fullmatch(text, boundary.end(), position) is None:
            start = boundary.end()
    if aside := _DASHED.search(text, 0, position):
        start = clause_before(text, aside.start())[0]  # "The parties — all of them — agreed …"
    elif (aside := _ASIDE.search(text, 0, position)) and (before := clause_before(text, aside.start())[0]) < aside.start():
        start = before
    while start < position and text[start] == " ":
        start += 1
    while match := (_ADVERBIAL.match(text, start, position) or _CONJUNCTION.match(text, start, position)):
        start = match.end()
    while start < position and text[start] in " ,'‘’“”\"":
        start += 1
    return start, position


def first_clause(text: str, position: int) -> tuple[int, int]:
    """The first clause of a sentence, up to `position`, past a fronted adverbial: where the subject of a participle behind a comma stands."""
    start = dateline.end() if (dateline := _DATELINE.match(text, 0, position)) else clause_before(text, 0)[0]
    while match := _ADVERBIAL.match(text, start, position):
        start = match.end()
    end = _BOUNDARY.search(text, start, position)
    return start, end.start() if end else position


def enclosing_clause(text: str, position: int) -> tuple[int, int] | None:
    """The clause before the one in which `position` stands; None where there is none."""
    start, _ = clause_before(text, position)
    while start and text[start - 1] in " ,'‘’“”\"":
        start -= 1
    return clause_before(text, start) if start else None


def condition(text: str) -> str | None:
    """The condition that a sentence names, as written, from its conjunction to the end of its clause; None where there is none."""
    match = CONDITION.search(text)
    if match is None:
        return None
    end = re.compile(r",\s|[;”\"]|\.?$").search(text, match.end())
    return text[match.start() : end.start() if end else len(text)].strip()
