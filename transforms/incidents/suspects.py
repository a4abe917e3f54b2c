"""Which state an article ties its hackers to: for sentences that only say "the group", "the attackers" or a number of a security firm."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.context import Article
from transforms.incidents.reading import CODE, Reading
from transforms.parties import Party

_WHO = r"\b(?:group|hackers?|attackers?|actors?|gang|operators?|campaign|hacking|intruders|collective|unit|spies|they|it|is|are|was|were)\b"
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


def suspect(article: Article, readings: Sequence[Reading]) -> Party | None:
    """The one state to which the sentences that tell acts, or others of the article, tie hackers; None where there is none or more than one."""
    tied = {e.party.iso3 for r in readings for e in r.entities if e.kind in ("actor", "group") and e.party.iso3}
    for match in _TIED.finditer(article.text):
        for mention in article.mentions_in(match.end(), match.end() + _REACH)[:1]:
            between = article.text[match.end() : match.end() + mention.start]
            if mention.iso3 and mention.kind in ("country", "organisation") and _ELSEWHERE.search(between) is None:
                tied.add(mention.iso3)
    return Party("group", tied.pop(), None, "") if len(tied) == 1 else None


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
