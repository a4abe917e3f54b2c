"""What is marked is the quote, no more and no less, whatever overlaps."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from reports.marking import paragraphs


class Reader(HTMLParser):
    """The text of a fragment, and the text inside the marks of each id."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self._open, self._skip = "", [], [], False
        self.marked: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        if tag == "sup":
            self._skip = True
        ids = [*(values.get("data-of") or "").split(), (values.get("id") or "").removeprefix("q-")]
        if tag == "mark":
            self._open = [name for name in ids if name]
        elif tag == "span" and (values.get("id") or "").startswith("q-"):
            self._open.append(ids[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._open = []
        if tag == "sup":
            self._skip = False

    def handle_data(self, data: str) -> None:
        if self._skip:
            return
        self.text += data
        for name in set(self._open):
            self.marked[name] = self.marked.get(name, "") + data


def finding(name: str, start: int, end: int, kind: str = "commitment") -> dict[str, Any]:
    return {"id": name, "kind": kind, "number": "C1", "start_char": start, "end_char": end}


def mention(start: int, end: int, key: str = "FRA") -> dict[str, Any]:
    return {"kind": "country", "key": key, "label": "France (name)", "start_char": start, "end_char": end}


def test_a_quote_is_marked_and_its_number_leads_to_its_note() -> None:
    body = "France waits. Peru pledged aid. Chile waits."
    (html,) = paragraphs(body, [finding("aa", 14, 31)], [mention(0, 6)], set())
    assert html == (
        '<span class="name" title="France (name)" id="m-FRA">France</span> waits. <mark class="commitment" id="q-aa">Peru pledged aid.</mark>'
        '<sup><a class="commitment" href="#n-aa" aria-label="commitment C1">C1</a></sup> Chile waits.'
    )


def test_only_the_first_mention_in_the_report_is_an_anchor() -> None:
    anchored: set[str] = set()
    first = paragraphs("France", [], [mention(0, 6)], anchored)
    again = paragraphs("France", [], [mention(0, 6)], anchored)
    assert ["id=" in str(html[0]) for html in (first, again)] == [True, False]


def test_markup_in_a_text_is_text() -> None:
    body = "<b>Peru & \"Chile\"</b> pledged '</mark><script>'"
    read = Reader(str(paragraphs(body, [finding("aa", 3, len(body))], [mention(0, 3)], set())[0]))
    assert read.text == body
    assert read.marked == {"aa": body[3:]}
    assert set(read.tags) == {"span", "mark", "sup", "a"}


TEXT = st.lists(st.text(alphabet="ab<&\"' é\u2028\u202e", min_size=1).filter(lambda text: text.strip() == text), min_size=1, max_size=3).map(
    "\n\n".join
)


@given(TEXT, st.data())
def test_any_spans_are_marked_whole(body: str, data: st.DataObject) -> None:
    bounds = st.tuples(st.integers(0, len(body)), st.integers(0, len(body))).filter(lambda pair: pair[0] < pair[1])
    findings = [finding(f"{n:02}", *pair) for n, pair in enumerate(data.draw(st.lists(bounds, max_size=5)))]
    mentions = [mention(*pair) for pair in sorted(data.draw(st.lists(bounds, max_size=5)))]
    read = Reader("\n\n".join(paragraphs(body, findings, mentions, set())))
    assert read.text == body
    for row in findings:
        inside = body[row["start_char"] : row["end_char"]]
        assert read.marked.get(row["id"], "").replace("\n", "") == inside.replace("\n", "")
