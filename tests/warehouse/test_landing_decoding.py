"""From bytes to text. Sentences here are made up."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.landing.decoding import decode

ENGLISH = "The minister “did not agree” with the plan — it costs €5 million, Zürich’s mayor said.\n" * 3
POLISH = "Minister spraw zagranicznych oświadczył, że rozmowy będą kontynuowane w przyszłym tygodniu w Łodzi. Żółć i gęś. " * 5
CZECH = "Ministr zahraničí řekl, že jednání budou pokračovat příští týden. Příliš žluťoučký kůň úpěl ďábelské ódy. " * 5
RUSSIAN = "Министр иностранных дел заявил в четверг, что переговоры продолжатся на следующей неделе. " * 5
GREEK = "Ο υπουργός Εξωτερικών δήλωσε την Πέμπτη ότι οι συνομιλίες θα συνεχιστούν. " * 5
JAPANESE = "経済産業大臣は木曜日、半導体の供給網について協力すると述べた。" * 8
KOREAN = "산업통상자원부 장관은 목요일 반도체 공급망에 대해 협력하겠다고 말했다. " * 8
FRENCH = "Le ministre a déclaré à l’Élysée que l’accord était « très bien négocié » malgré les élections à venir. " * 3
GERMAN = "Die Außenministerin sagte in München, die Gespräche würden fortgeführt – „ohne Verzögerung“. " * 3


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-8-sig", "utf-8-sig"),
        (ENGLISH, "utf-16", "utf-16"),
        (ENGLISH, "utf-32", "utf-32"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "cp1252", "cp1252"),
        (FRENCH, "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        ("Ein Satz über Zölle.", "latin-1", "cp1252"),
        (ENGLISH.replace("€", "$"), "mac_roman", "mac_roman"),
        (POLISH, "cp1250", "cp1250"),
        (POLISH, "iso8859_2", "iso8859_2"),
        (CZECH, "cp1250", "cp1250"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8_r", "koi8_r"),
        (GREEK, "cp1253", "cp1253"),
        (JAPANESE, "shift_jis", "shift_jis"),
        (JAPANESE, "euc_jp", "euc_jp"),
        (KOREAN, "euc_kr", "euc_kr"),
        ("plain\r\nwindows\rmac\n\x0cpage\u00a0\n", "utf-8", "utf-8"),
    ],
)
def test_text_comes_back_verbatim(text: str, encoding: str, found: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.status, decoded.encoding, decoded.reason) == ("loaded", found, None)
    assert decoded.text == text


@pytest.mark.parametrize("mark", [b"\xfe\xff", b"\xff\xfe"])
def test_utf16_in_both_orders(mark: bytes) -> None:
    data = mark + ENGLISH.encode("utf-16-be" if mark == b"\xfe\xff" else "utf-16-le")
    assert decode(data).text == ENGLISH


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no bytes"),
        (b"\xef\xbb\xbf", "nothing but a byte order mark"),
        (b"\xff\xfe", "nothing but a byte order mark"),
        (b"\n" * 100_000, "nothing but blanks"),
        ("\u00a0\u200b\u2028\t".encode(), "nothing but blanks"),
    ],
)
def test_empty(data: bytes, reason: str) -> None:
    decoded = decode(data)
    assert (decoded.status, decoded.reason, decoded.text) == ("empty", reason, "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7\nplain words follow", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG"),
        (b"GIF89a words", "GIF"),
        (b"PK\x03\x04" + bytes(30), "zip archive"),
        (b"\x1f\x8b\x08\x00words", "gzip"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"{\\rtf1\\ansi words}", "rich text"),
        (b"BZh91AY&SY\x00\x01", "bzip2"),
        (b"name.txt" + bytes(249) + b"ustar\x0000", "tar archive"),
        (b"words and a \x00 in the midst", "NUL"),
        (b"\xff\xfew\x00o\x00r\x00d\x00s\x00\x00\x00", "no text in it"),
        (b"\x01\x02\x03words", "control characters"),
        (zlib.compress(random.Random(1).randbytes(5000))[2:], ""),
        (random.Random(2).randbytes(5000), ""),
        (b"\xff\xfe" + random.Random(3).randbytes(5000), "no text in it"),
        (random.Random(4).randbytes(5000).replace(b"\0", b""), "control characters"),
    ],
)
def test_not_text(data: bytes, reason: str) -> None:
    decoded = decode(data)
    assert decoded.status == "not_text"
    assert reason in str(decoded.reason)


@pytest.mark.parametrize("start", ["BZh", "RIFF", "PAR1", "ID3"])
def test_letters_that_begin_a_format_by_chance_are_text(start: str) -> None:
    assert decode(f"{start} and other words of a title\n\nA page.".encode()).status == "loaded"


def test_strays_in_utf8_are_read_as_cp1252_and_counted() -> None:
    data = "Zürich, Genève, Malmö: ".encode() + b"\x93quoted\x94 and \x81"
    decoded = decode(data)
    assert decoded.encoding == "utf-8"
    assert decoded.text == "Zürich, Genève, Malmö: “quoted” and �"
    assert decoded.reason == "3 bytes were not UTF-8, read as cp1252"


def test_lone_surrogates_never_reach_the_text() -> None:
    for data in (
        "Malmö, Genève ".encode() + b"\xed\xa0\x80 end",
        b"\xff\xfe" + "Malmö, Genève".encode("utf-16-le") * 9 + b"\x00\xd8",
        "Malmo".encode("utf-16-le") * 19 + b"\x00\xd8",
    ):
        decoded = decode(data)
        assert decoded.status == "loaded"
        assert decoded.text.count("\ufffd") == 1
        assert decoded.reason is not None
        decoded.text.encode()


def test_direction_marks_and_controls_stay_verbatim() -> None:
    text = "A \u202etitle\u202c\u2066 with marks\x07 " + "and some more words " * 10
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("data", "status", "encoding"),
    [
        (b"(" * 1_000_000, "loaded", "utf-8"),
        (b"\xe2\x80" * 500_000, "loaded", "cp1252"),
        (b"caf\xe9 " * 400_000, "loaded", "cp1250"),
        (b"\x80" * 1_000_000, "loaded", "cp1250"),
        ("ж".encode() * 300_000 + b"\xff" * 200_000, "loaded", "utf-8"),
        (b" \n" * 1_000_000, "empty", ""),
        (b"\xed\xa0\x80" * 300_000, "loaded", "utf-8"),
    ],
    ids=lambda value: repr(value[:6]) if isinstance(value, bytes) else "",
)
def test_a_million_hostile_bytes_are_judged(data: bytes, status: str, encoding: str) -> None:
    """Where the work grew with the square of the size, this would take hours."""
    decoded = decode(data)
    assert (decoded.status, decoded.encoding) == (status, encoding)


@settings(deadline=None)  # a busy machine is no failure
@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_judged(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.status in ("loaded", "empty", "not_text")
    assert (decoded.status == "loaded") == bool(decoded.text.strip()) == bool(decoded.encoding)
    assert decoded.status == "loaded" or decoded.reason
    assert "\0" not in decoded.text
    decoded.text.encode()


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=50))
def test_utf8_comes_back(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.status == "empty" or decoded.text == text.removeprefix("\ufeff")
