"""Wordings of lines that several modules know, and how long lines of a kind are."""

from __future__ import annotations

import re

# What stands before a colon, a bar or a dash, and before a colon alone, and a headline behind: a link to another story.
INLINE_CUES = (
    "read more", "read also", "read next", "also read", "see also", "also see", "related", "more", "don['’]t miss", "must read", "recommended",
    "explainer", "in case you missed it", "previous", "prev", "next", "go deeper", "further reading", "keep reading", "related coverage",
)  # fmt: skip
INLINE_WORDS = ("see", "also", "read", "watch", "listen", "plus", "trending", "up next", "dive deeper", "dig deeper")
# A label that names its topic, where headlines follow: "More on the bay", "Latest from Nairobi", "Most viewed in all sections".
TOPICAL = re.compile(
    r"(?:(?:read|see|view|even) )?more (?:[\w-]+ ){0,2}(?:news|stories|articles|headlines|coverage)\b"
    r"|(?:(?:read|see|view|even) )?more (?:on|from|in|about|by|top|must-)\b"
    r"|(?:latest|recent|top|other|related|popular|trending|recommended|featured) (?:[\w-]+ )?(?:news|stories|articles|posts|headlines|videos|content|coverage|reports)\b"
    r"|(?:latest|trending|popular|also|elsewhere) (?:in|on|from|at|by)\b|in other news\b|(?:most|best) (?:read|popular|viewed|shared|commented|watched|emailed)\b"
    r"|(?:you|readers) (?:may|might|could|also|will)\b.* (?:like|love|enjoy|miss|missed|read|interested)\b|what (?:else|others|readers|people)\b.* read"
)
# The name of a site above its headline: "Harbour Post Online Edition", "Welcome to the official website of the Harbour Board".
SITE = (
    r"^(?:(?:[A-Z][\w&.’'-]* ){2,5}(?:(?:Lite|Online|Print|Web|Digital|Mobile|Daily|Weekly|Sunday|World|International|U\.?S\.?|UK|English|Global) Edition"
    r"|Online Media|(?:Home|Front) ?[Pp]age|Web ?[Ss]ite|News Portal)|(?i:welcome to (?:the )?(?:official )?(?:web ?site|web ?page|home ?page|portal)\b).{0,80})$"
)
SENTENCE_END = re.compile(r"[.!?…][\"”’'`»)\]]*(?: ?\([A-Z][\w/. -]{1,20}\)[.]?)?$")  # and perhaps the agency
EDGES = " \t:»›>|·•*-–—.…«‹<()[]+#/,!?→←▼▲■□◼▪●"
LONG = 120  # characters: text, unless it may be a long headline, one without any full stop,
HEADLINE = 220  # of no more
NOTICE = 260  # characters of a line that may be a notice to readers; a longer one is text
DURATION = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[-–—/|·] ?(?:source: .{2,40}|\d{1,2}:\d{2}(?::\d{2})?)| min(?:ute)?s?)?", re.IGNORECASE
)  # of a video
CLOCK = re.compile(r"[0-2]\d:[0-5]\d")  # a time of day: the first opens news by the hour
# The stories before and after, in two lines: "Previous Ferry fares rise", "Next Nets found".
BESIDE = re.compile(
    r"[«‹←<\s]*(?P<way>previous|prev|older|next|newer)\b(?: (?:article|post|story)(?=\s|(?-i:[A-Z“‘\d])))?\s*[:»›-]*\s*(?P<title>\S.*?)[\s»›→>]*$",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b(?:\d{1,2}|an?) ?(?:h|hrs?|hours?|m|mins?|minutes?|d|days?|weeks?|months?|years?) ago(?: \d{1,2} min(?:ute)?s?(?: read)?)?$", re.IGNORECASE
)
# What a page of stories calls itself: "Tag: tariffs", "Archive for the 'Fisheries' Category", "Top World News".
PAGE_NAME = re.compile(
    r"(?:tags?|category|categories|topics?|archives?|posts? (?:tagged|in|by)|browse|browsing|author|label|keyword|search results)\b"
    r"|.*\b(?:news|archives?|headlines|stories|briefs|updates|category)(?: (?:today|of the (?:day|week)))?$",
    re.IGNORECASE,
)
TEXT = frozenset({"prose", "sentence", "item"})


def label_key(text: str) -> str:
    """A line as `page_labels.csv` writes it."""
    return text.strip(EDGES).casefold().replace("’", "'")
