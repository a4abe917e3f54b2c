"""Sidecars and front matter."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.landing.metadata import NOTHING, Metadata, from_front_matter, from_sidecar

MOST = 64 * 1024
BOMB = "---\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(20)
)
MERGE_BOMB = "---\na: &a {x: 1}\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} {{<<: [*{chr(97 + i)}, *{chr(97 + i)}]}}\n" for i in range(24))


def front(block: str) -> Metadata:
    return from_front_matter(f"---\n{block}\n---\nTitle\n\nBody.", MOST)


def test_front_matter() -> None:
    found = front("url: https://example.org/a?b=1\npublished_on: 2024-06-27\nobserved_on: '2024-07-01'\ntags: [a, b]")
    assert found == Metadata("https://example.org/a?b=1", date(2024, 6, 27), date(2024, 7, 1))


@pytest.mark.parametrize("key", ["published_on", "published", "date"])
@pytest.mark.parametrize("value", ["2024-06-27", '"2024-06-27"', "2024-06-27T23:30:00+09:00", "2024-06-27 10:00:00", "2024-06-27T10:00:00.5Z"])
def test_a_day_as_written(key: str, value: str) -> None:
    assert front(f"{key}: {value}") == Metadata(published_on=date(2024, 6, 27))


def test_line_ends_and_blanks_around_the_block() -> None:
    assert from_front_matter("\r\n--- \r\ndate: 2024-06-27\r\n---\r\nTitle", MOST).published_on == date(2024, 6, 27)


@pytest.mark.parametrize("text", ["", "Title\n---\ndate: 2024-06-27\n---\n", "---", "---\n", "--- a\nb\n---\n", "---\ndate: 2024-06-27\nno end"])
def test_no_front_matter(text: str) -> None:
    assert from_front_matter(text, MOST) is NOTHING


def test_a_block_beyond_the_limit_is_text() -> None:
    text = "---\ndate: 2024-06-27\n" + "a: b\n" * 100 + "---\n"
    assert from_front_matter(text, 100) is NOTHING
    assert from_front_matter(text, MOST).published_on


@pytest.mark.parametrize(
    ("block", "note"),
    [
        ("a: [", "not YAML"),
        ("a: b: c", "not YAML"),
        ("- " * 20_000, "not a mapping"),
        ("a: " + "[" * 5000, "not YAML"),
        ("just words", "not a mapping"),
        ("- a\n- b", "not a mapping"),
        ("date: next Tuesday", "date ignored, not an ISO date: next Tuesday"),
        ("date: 2024-13-45", "not an ISO date"),
        ("date: 20240627", "not an ISO date"),
        ("date: [2024-06-27]", "not an ISO date"),
        ("url: javascript:alert(1)", "not an http(s) address"),
        ('url: "https://example.org/\\u202e"', "not an http(s) address"),
        ("url: https://a b", "not an http(s) address"),
        ("observed_on: !!python/object/apply:os.system [ls]", "not an ISO date"),
        ("[" * 5000, "not a mapping"),
    ],
)
def test_what_cannot_be_used_is_named(block: str, note: str) -> None:
    found = front(block)
    assert (found.url, found.published_on, found.observed_on) == (None, None, None)
    assert len(found.notes) == 1
    assert note in found.notes[0]
    assert found.notes[0].isprintable()


@pytest.mark.parametrize(
    "text",
    [
        BOMB + "---\n",
        MERGE_BOMB + "---\n",
        "---\n" + "[" * 60_000 + "\n---\n",
        "---\n" + "- " * 30_000 + "\n---\n",
        "---\n" * 16_000,
        "---\n" + "{" * 60_000,
    ],
    ids=["aliases", "merges", "brackets", "dashes", "fences", "braces"],
)
def test_hostile_yaml_gives_nothing(text: str) -> None:
    """Where aliases were followed or brackets nested, this would take hours, or end the process."""
    found = from_front_matter(text, MOST)
    assert (found.url, found.published_on, found.observed_on) == (None, None, None)


def test_sidecar() -> None:
    content = {"url": "http://example.org", "published_on": "2024-06-27", "observed_on": "2024-07-01", "more": {"x": [1]}}
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert from_sidecar(json.dumps(content).encode(encoding)) == Metadata("http://example.org", date(2024, 6, 27), date(2024, 7, 1))
    assert from_sidecar(b"{}") == NOTHING
    assert from_sidecar(b'{"url": null, "published_on": ""}') == NOTHING


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xff",
        b"[" * 60_000,
        b"1" * 60_000,
        b"[]",
        b'"text"',
        b'{"url": 5}',
        b'{"url": "https://\\ud800"}',
        b'{"published_on": 20240627}',
    ],
)
def test_a_sidecar_that_cannot_be_used(data: bytes) -> None:
    found = from_sidecar(data)
    assert len(found.notes) == 1
    found.notes[0].encode()
    assert found == Metadata(notes=found.notes)


def test_one_bad_value_does_not_cost_the_others() -> None:
    found = from_sidecar(b'{"url": "nonsense", "published_on": "2024-06-27"}')
    assert found.published_on == date(2024, 6, 27)
    assert found.notes == ("sidecar: url ignored, not an http(s) address: nonsense",)


def test_the_sidecar_counts_more_than_the_front_matter() -> None:
    one, other = Metadata(url="https://a", notes=("x",)), Metadata("https://b", date(2024, 1, 1), notes=("y",))
    assert one.over(other) == Metadata("https://a", date(2024, 1, 1), notes=("x", "y"))


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(max_size=200))
def test_any_text_may_stand_there(text: str) -> None:
    for found in (from_front_matter(f"---\n{text}\n---\n", MOST), from_sidecar(text.encode())):
        for note in found.notes:
            note.encode()
            assert note.isprintable()
