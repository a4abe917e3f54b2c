"""Verbs of saying: where a sentence, or one beside it, tells who speaks."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.clauses import clause_before, quotation_depth
from transforms.context import Sentence

SAYING = re.compile(
    r"\b(?:said|says|announced|added|confirmed|stated|warned|declared|posted|wrote|promised|pledged|vowed|insisted|assert(?:s|ed)|emphasi[sz]e[sd]|stress(?:es|ed)|explained|noted|reiterated|clarified)\s(?:[\w.]+\s){0,3}?(?:that\s)?$"
)
_TAG = re.compile(
    r"\b(?:said|says|told|added|wrote|noted|stated|stressed|explained|continued|announced|warned|tweeted|posted|declared|insisted|according to"
    r"|concluded|remarked|commented|emphasi[sz]ed|argued|replied|responded|reiterated|vowed|pledged|promised|observed|affirmed|confirmed|clarified|disclosed|underlined|assured|pointed\sout)\b"
)
_TAG_END = re.compile(r"[;“\"]|\.\s|$|,\s(?:adding|who|which|in|on|at|during)")


class Tag(NamedTuple):
    """Where a verb of saying has its subject (code points in the sentence), and whether before it."""

    sentence: Sentence
    start: int
    end: int
    is_before: bool


def tag_of(sentence: Sentence) -> Tag | None:
    """The nearest verb of saying: in this sentence outside the quotation, else in the sentences before it and the one after it in the paragraph."""
    article, index = sentence.article, sentence.index
    opened = _opened_before(sentence)
    for i in (index, index - 1, index + 1, index - 2, index - 3, *(range(index - 4, index - _LONGEST, -1) if opened > 1 else ())):
        if not 0 <= i < len(article.sentences):
            continue
        other = article.sentences[i]
        if other.field != sentence.field or abs(other.paragraph_no - sentence.paragraph_no) > (max(1, opened) if i < index else 0):
            continue
        for tag in _TAG.finditer(other.text):
            if quotation_depth(other, tag.start()):
                continue
            end = _TAG_END.search(other.text, tag.end())
            begin, stop = clause_before(other.text, tag.start())
            is_before = re.search(r"\w", other.text[begin:stop]) is not None and not quotation_depth(other, begin)
            if not is_before:
                begin, stop = tag.end(), end.start() if end else len(other.text)
            return Tag(other, begin, stop, is_before)
    return None


def _opened_before(sentence: Sentence) -> int:
    """How many paragraphs, this one and those right before it, begin with a quotation mark: a long quotation opens each of its paragraphs anew."""
    count, paragraph, earlier = 0, sentence.paragraph_no, sentence.previous()
    first = sentence
    while True:
        if earlier is not None and earlier.paragraph_no == paragraph:
            first = earlier
        elif first.text[:1] not in "“\"'‘":
            return count
        else:
            count += 1
            if earlier is None or sentence.index - earlier.index >= _LONGEST:
                return count
            first, paragraph = earlier, earlier.paragraph_no
        earlier = earlier.previous() if earlier is not None else None


_LONGEST = 9  # sentences of a quotation


def in_single_quotes(text: str, position: int) -> bool:
    """Whether `position` stands in a quotation between single marks, which are apostrophes elsewhere: one opens a word before it, and one behind a
    comma or full stop closes it."""
    return bool(re.search(r"(?:^|\s)['‘]\w", text[: position + 1]) and re.compile(r"[,.!?]['’](?:\s|$)").search(text, position))
