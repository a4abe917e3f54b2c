"""In whose voice a page speaks: a government's own statement, an opinion in the first person, or a report."""

from __future__ import annotations

import re

from transforms.clauses import quotation_depth
from transforms.context import Article

_STATEMENT_TITLE = re.compile(
    r"^\W*(?:(?:joint|leaders['’]?|trilateral|ministerial|presidential|press|media|co-chairs['’]?)\s)*(?:statement|declaration|communiqu[eé]|readout|fact\s?sheet"
    r"|factsheet|press release|proclamation|remarks|memorandum)|\bjoint\s(?:\w+\s){0,2}?(?:statement|declaration|communiqu[eé])\b",
    re.IGNORECASE,
)
# What the authors of a statement say of themselves; an essayist says that we need, should, must or have seen something.
_WE_DECLARE = re.compile(
    r"^(?:[^“\"]{0,60},\s)?We(?:,[^,]{3,200},)?\s(?:(?:also|further|jointly|strongly|firmly|deeply|strongly|today|hereby|fully|particularly|warmly)\s)*"
    r"(?:re)?(?:affirm|iterate|commit|welcome|condemn|call\s(?:up)?on|express|stress|underline|underscore|agree|resolve|urge|recall|note|support"
    r"|recogni[sz]e|commend|acknowledge|appreciate|intend|look\sforward|emphasi[sz]e|will\b|shall\b|have\s(?:decided|agreed|resolved)\b|encourage|are\s(?:committed|determined|resolved))"
)
_PERSON = r"(?:I|[Ww]e|[Oo]ur|[Mm]y)\s"
_FIRST_PERSON = re.compile(rf"(?:^|\s){_PERSON}")
_FIRST = "first person"
# Which sentences speak in the first person, so that nobody reads the others for it.
MARKS = {
    _FIRST: (rf"^{_PERSON}", " (?:I|We|we|Our|our|My|my) ", r"(?-u:\b)We(?-u:\b)")
}  # apart, and with plain blanks, they take a third of the time
_OPINIONATED = 3  # sentences in the first person that make an essay of a page; a report has a stray one, where a quotation was not closed


def is_statement(article: Article) -> bool:
    """Whether the page is a government's or organisation's own statement rather than a report: by its title, or because it declares what "we"
    affirm, welcome or will do in its own voice."""
    if "statement" not in article.memo:
        article.memo["statement"] = bool(_STATEMENT_TITLE.search(article.title)) or any(
            _WE_DECLARE.match(article.text_of(i)) and not quotation_depth(article.sentences[i], 1) for i in article.marked(_FIRST)
        )
    found: bool = article.memo["statement"]
    return found


def is_opinion(article: Article) -> bool:
    """Whether the page speaks in the first person without being a statement: what it says will happen is its author's opinion."""
    if "opinion" not in article.memo:
        personal = 0
        if not is_statement(article):
            for i in article.marked(_FIRST):
                match = _FIRST_PERSON.search(article.text_of(i))
                personal += bool(match and not quotation_depth(article.sentences[i], match.end()))
        article.memo["opinion"] = personal >= _OPINIONATED
    found: bool = article.memo["opinion"]
    return found
