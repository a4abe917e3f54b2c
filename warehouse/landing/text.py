"""Bytes to text, or the reason why they are none."""

from __future__ import annotations

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# First bytes of files that are often put beside texts (IANA media types, file(1)'s magic)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a zip archive inside"),
    (b"\x1f\x8b", "compressed data"),
    (b"BZh", "compressed data"),
    (b"\xfd7zXZ", "compressed data"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"RIFF", "audio or video"),
    (b"ID3", "audio"),
    (b"OggS", "audio"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a parquet file"),
)
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\v\x1a\x1b")
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_CONTROL_SHARE = 0.01
_WESTERN_SHARE = 0.12  # letters beyond ASCII: below .1 in Western European texts, above .5 in other scripts


class NotText(ValueError):
    """Bytes that are no text; `status` is empty or not_text, the message the reason."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def decode(data: bytes) -> tuple[str, str]:
    """Encoding (as Python names it) and text, verbatim but for a byte order mark, which belongs to the encoding.

    UTF-8, UTF-16 and UTF-32 are told by mark or validity, cp1252 by its share of letters beyond ASCII; charset-normalizer judges the rest. Raises NotText."""
    if not data:
        raise NotText("empty", "no bytes")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return encoding, _checked(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise NotText("not_text", f"begins like {encoding} but is not") from error
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise NotText("not_text", what)
    if b"\0" in data:
        return _wide(data)
    if len(data) - len(data.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(data):
        raise NotText("not_text", "control characters")
    try:
        return "utf-8", _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high <= _WESTERN_SHARE * len(data) and not any(c in data for c in _UNDEFINED_IN_CP1252):
        return "cp1252", _checked(data.decode("cp1252"))
    return _detected(data)


def _wide(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark has a NUL in every other byte of plain text; any other NUL means binary."""
    sample = data[:4096]
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        half = sample[first::2]
        if len(data) % 2 == 0 and half.count(0) > 0.7 * len(half) and sample[1 - first :: 2].count(0) == 0:
            try:
                return encoding, _checked(data.decode(encoding))
            except UnicodeDecodeError:
                break
    raise NotText("not_text", "NUL bytes")


def _detected(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # slow to load, rarely needed

    best = from_bytes(data[:65536], cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    if best is None:
        raise NotText("not_text", "no known encoding")
    try:
        return best.encoding, _checked(data.decode(best.encoding))
    except (UnicodeDecodeError, LookupError) as error:
        raise NotText("not_text", "mixed or unknown encoding") from error


def _checked(text: str) -> str:
    if not text.strip("\ufeff\u200b \t\r\n\f\v\x1a") or text.isspace():
        raise NotText("empty", "white space only")
    if "\0" in text:
        raise NotText("not_text", "NUL characters")
    return text
