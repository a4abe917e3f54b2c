"""The wordings by which a sentence links an office to the name of who holds it."""

from __future__ import annotations

import re

BLANK = re.compile(r"(?:[ \u00a0]\([A-Z]{1,9}\))?[ \u00a0]+(?:the |[\[(][^\W\d_a-z]\w+[\])] )?(?=\S)")
COMMA = re.compile(r"(?:(?:,|:| [-–—])[ \u00a0]+(?:\d\d-year-old )?| \()(?=\S)")
# the Chief Minister, | Mary Jones: hers is the office before her name, and not the one behind it
OFFICE_AND_COMMA = re.compile(
    r"\b(?:[Mm]inister|[Pp]resident|[Ss]ecretary|[Cc]hair(?:wo)?(?:man)?|[Rr]epresentative|[Gg]overnor|[Ss]peaker)\b[^,;:.]{0,50}, $"
)
LIST_SEPARATOR = re.compile(r"(?:[,;]? (?:and|&) |[,;]? as well as |, |; )(?:also )?(?:(?:from|of|for|the) )*")
COUNTRY_MARK = re.compile(r"(?:,|:| [-–—]) | \(")  # between a country and its name in a list
FROM = re.compile(r" (?:from|of|in) ")
LIST_START = re.compile(r"(?:,|:| –| -| —|—)?[ \u00a0]+(?:including )?")
OFFICE_LINK = re.compile(r"(?:,? (?:and|&|cum) |, |/| - | – )$")
AFTER_NAME_COUNTRY = re.compile(r",? (?:of|from|for) (?:[tT]he )?(?:(?:Republic|Kingdom|Federal Republic|Islamic Republic) of (?:the )?)?|[ ]?\(")
CLOSES = re.compile(r"[,;:.)!?\]”\"—–]| [-–—(]|$|\s*$| (?:and|who|said|has|have|had|is|was|will|told|on|also|to|in|at|arrived|met|as)\b")
APPOSITION = re.compile(
    r"(?:[ \u00a0]?[,(–—]|[ \u00a0][-–—]|-(?=[ \u00a0]))[ \u00a0]*"
    r"(?:who (?:is|was|serves as|served as|has been|also serves as|is also) |currently |now |then |meanwhile |also )?"
    r"(?:the |its |their |a )?(?:new |newly appointed |next |current |[Ff]irst |[Ss]econd )?$"
)
# John Smith, the chief negotiator and | foreign minister
_ALSO_IS = r"(?=(?:Deputy )?(?:Crown Prince|Ruler|Governor|Chairman|Chairwoman|Chairperson|Chair|President|Leader|Commander|Founder|Co-founder|Speaker|Member|Head) of )"
AGE = re.compile(r",[ \u00a0](?:aged )?\d\d,?$")  # behind a name: Mary Jones, 44,
APPOSITION_TWICE = re.compile(rf",[ \u00a0]{_ALSO_IS}[^,;:()\n“”\"]{{3,70}},[ \u00a0](?:the )?$")  # X, Crown Prince of Dubai, | Minister of Defence
APPOSITION_AND = re.compile(
    rf",[ \u00a0](?:(?:the|a|an|its|their|his|her)[ \u00a0]|{_ALSO_IS})[^,;:.()\n“”\"]{{3,95}} and (?:the |a )?(?:new |current )?$"
)
COPULA = re.compile(
    r"(?:,(?= who\b))?[ \u00a0](?:(?:(?:is|was|has been|had been|became|becomes|remains|serves|served|serving|being|newly|currently|now|also|recently|"
    r"formally|who|officially|appointed|reappointed|named|elected|re-elected|sworn in|confirmed|nominated|inaugurated|installed|"
    r"made|will|be|remain|continues? to|serve|stays?|stays? on|promoted|took oath|took the oath|took office|took over|takes over|taking over) )+"
    r"(?:as |to be |to serve as )?|as )(?:the |its |their |a )?(?:new |next )?$"
)
GOES_ON = re.compile(r"\b(?:continue|remain|stay)")
HELD = re.compile(
    r"\b(?:was|served|had been)\b"
    r"(?! (?:newly |recently |formally |officially )?"
    r"(?:appointed|named|elected|re-elected|sworn|confirmed|inaugurated|reappointed|made|installed))"
)
LEFT = re.compile(
    r",? (?:(?:who|has|had|have|was|been|he|she|recently|then|abruptly) )*"
    r"(?:resign(?:ed|s)|quit|quits|retired|step(?:ped|s) down|stood down|sacked|fired|dismissed|removed|ousted|deposed|toppled|left office) as (?:the |its |their )?$"
)
STAYS = re.compile(
    r" (?:has |had |will |would )?(?:(?:retain|keep|kept|hold|held|remain|stay|continue|return|start|begin|began)(?:ed|s|ing)? ?)(?:on |in office )?"
    r"(?:(?:his|her|the|their) (?:portfolio|post|seat|position|job|role|duties|work) )?as (?:the |its |their )?(?:new )?$"
)
REPLACES = re.compile(r" (?:to |will |who |has |had )*(?:replac\w+|succeed\w*|t(?:ook|ake|akes|aken|aking) over from|in place of) (?:the )?$")
APPOINTS = re.compile(
    r"\b(?:appoint(?:ed|s|ing)?|nam(?:ed|es|ing)|(?:re-?)?elect(?:ed|s|ing)?|nominat(?:ed|es)|chose|chosen|swor(?:e|n) in|made|picked) (?:the )?$"
)
CHOSEN = re.compile(r"\b(?:nominat|named|names|naming|picked|picks|tapped|taps|chose|chosen)")
BAD_BEFORE = re.compile(  # advisor to the President, Mary Jones: the name is not the president's
    r"(?:advis[eo]r|secretary|assistant|aide|counsel|spokes\w+|ambassador|envoy|representative|chief of staff|office|deputy|wife|husband|son|"
    r"daughter|brother|letter|successor|challenger|alternative|rival|close|message|access|behalf) (?:to|of|for) (?:the )?$",
    re.I,
)
SERVANT_BEFORE = re.compile(  # Special Adviser of the President of Norway Mary Jones: hers is the first of the two offices
    r"\b(?:advis[eo]rs?|secretary|assistants?|aides?|counsell?ors?|spokes\w+|envoy|representatives?|chief of staff|administration|office|wife|daughter|"
    r"son|head|chief|commissioner|plenipotentiary) (?:to|of|for|under) (?:the )?$",
    re.I,
)
FURTHER = re.compile(  # offices of no government that one person holds, too: the President of Norway and Chair of the Council, Mary Jones
    r",?[ \u00a0](?:and|&|who is also|also|as well as)[ \u00a0](?:the |its |current |present |outgoing |incoming |acting |pro tempore |rotating )*"
    r"(?:[Cc]hair(?:man|person|woman)?|[Cc]o-[Cc]hair|[Cc]ommander[- ][Ii]n[- ][Cc]hief|[Ll]eader|[Hh]ead|[Mm]ember|[Gg]overnor|[Pp]atron|[Cc]hampion|"
    r"[Ss]pecial [Ee]nvoy)\b[^,;:.()\n]{0,90}(?=, )"
    r"| (?:in|at|of) (?:the|its) [^,;:.()\n]{0,60}\b(?:[Mm]inistry|[Dd]epartment|[Oo]ffice|Presidency|Chancellery)\b[^,;:.()\n]{0,60}(?=, )"
    r"| (?:in|under) (?:the|his|her|its|their|that|a) [^,;:.()\n]{0,50}\b(?:[Gg]overnment|[Cc]abinet|[Aa]dministration)(?=, )"
)
AND_OTHER = re.compile(  # former prime minister and opposition leader | Mary Jones
    r" and (?:current |former |now |the )?(?:[\w’'\-]+ ){0,3}(?:leader|chief|chair|chairman|chairwoman|candidate|lawmaker|MP|senator|nominee|negotiator|diplomat|general|"
    r"economist|lawyer|businessman|mediator|laureate|director|ambassador|commander|"
    r"governor|mayor|speaker|envoy|adviser|spokesman|spokesperson|spokeswoman|(?<=\d )[Pp]resident(?:-[Dd]esignate)?)[)\]]? (?=[^\W\d_a-z])"
)
APPOSED = re.compile(r", (?:the |its |his |her |their )?(?:[Ff]irst |[Ss]econd )?")  # between a name and an office that stands behind it
POSSESSIVE = re.compile(r"['’]s?(?=[ \u00a0])")
ALIAS = re.compile(
    r",? (?:(?:also|better|popularly|widely|commonly|universally|simply) )*(?:known|nicknamed|referred to|called)"
    r"(?: (?:as|by|to)| (?:his|her|the|nickname|initials|name)){0,5} "
)
