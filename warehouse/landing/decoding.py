"""From bytes to text: is it text, and in which encoding?

Text stays verbatim: line ends, blanks and control characters are not touched. A byte order mark belongs to the encoding (`utf-8-sig`, `utf-16`,
`utf-32` as Python names them), not to the text.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

# First bytes of the formats that people put into folders, each with its name.
_MAGIC: dict[bytes, str] = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"RIFF": "a RIFF file (image, sound or film)",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"PK\x03\x04": "a zip archive (or office document) without the name .zip, or within an archive: not opened",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "a gzip file without the name .gz, or within an archive: not opened",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive, not supported",
    b"Rar!\x1a\x07": "a RAR archive, not supported",
    b"\xfd7zXZ\x00": "an xz file, not supported",
    b"\x28\xb5\x2f\xfd": "a zstd file, not supported",
    b"BZh": "a bzip2 file, not supported",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "an SQLite database",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document",
    b"PAR1": "a parquet file",
    b"{\\rtf": "a rich text document",
    b"OggS": "an Ogg file",
    b"ID3": "an MP3 file",
    b"wOFF": "a font",
}
_MAGIC_STARTS = tuple(_MAGIC)
# Starts that text may have by chance decide only together with a control character.
_WEAK = frozenset({b"RIFF", b"BZh", b"PAR1", b"ID3", b"OggS", b"wOFF"})

_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_NOT_CONTROLS = bytes(b for b in range(256) if b not in _CONTROLS)
_MAX_CONTROL_SHARE = 0.02
_JUNK = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
# Blanks, and characters that show nothing: joiners, direction marks, byte order marks, fillers.
_INVISIBLE = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x1f\x7f]*")

_ESCAPED = re.compile("[\udc80-\udcff]")
_CODED_SURROGATE = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]")
# Strays in a UTF-8 page are read as what they nearly always are; the five bytes that cp1252 leaves undefined become U+FFFD.
_STRAYS = {0xDC00 + b: bytes([b]).decode("cp1252", "replace") for b in range(0x80, 0x100)}

_HIGH = bytes(range(0x80, 0x100))
# What a cp1252 page does not have: signs within words, capitals within small letters, long runs without a plain letter.
_UNLIKE_CP1252 = re.compile("[A-Za-z][¡-§©«¬®-¶¸¹»-¿×÷ˆ˜‰‡†ƒ‹›„‚][a-zà-ÿ]|[a-z][À-ÞŠŽŒŸ][a-z]|[À-ÿ]{4}")
_MAX_CP1252_SHARE = 0.1
_OTHERS = (
    *("cp1250", "cp1251", "cp1253", "cp1255", "cp1256", "iso8859_2", "iso8859_5", "koi8_r", "cp866", "mac_roman", "cp437"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"),
)
_SAMPLE = 16 * 1024


@dataclass(frozen=True)
class Decoded:
    status: str
    """loaded, empty or not_text"""
    text: str = ""
    encoding: str = ""
    reason: str | None = None


def decode(data: bytes) -> Decoded:
    """The text of a file, or why it has none. Deterministic, linear in the number of bytes, never raises."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return _not_plain_utf8(data)
    if data.startswith(_MAGIC_STARTS) and (kind := _kind(data)):
        return Decoded("not_text", reason=kind)
    if len(data.translate(None, _CONTROLS)) != len(data) and (reason := _binary(data)):
        return _utf16_without_mark(data) or Decoded("not_text", reason=reason)
    if data.startswith(codecs.BOM_UTF8):
        return _checked(text[1:], "utf-8-sig")
    return _checked(text, "utf-8")


def _not_plain_utf8(data: bytes) -> Decoded:
    # UTF-32 first: its little-endian mark begins like that of UTF-16
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return _wide(data, "utf-32")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _wide(data, "utf-16")
    if kind := _kind(data):
        return Decoded("not_text", reason=kind)
    if reason := _binary(data):
        return _utf16_without_mark(data) or Decoded("not_text", reason=reason)
    return _mixed_utf8(data) or _legacy(data)


def _kind(data: bytes) -> str | None:
    start = next((s for s in _MAGIC_STARTS if data.startswith(s)), None)
    if start is None:
        return None
    if start in _WEAK and not _controls(data[:4096]):
        return None
    return _MAGIC[start]


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _binary(data: bytes) -> str | None:
    if b"\x00" in data:
        return "a tar archive, not supported" if data[257:262] == b"ustar" else "contains NUL bytes"
    share = _controls(data) / max(1, len(data))
    return f"{share:.0%} of its bytes are control characters" if share > _MAX_CONTROL_SHARE else None


def _wide(data: bytes, encoding: str) -> Decoded:
    """UTF-16 or UTF-32 with a mark. Single units that are no text become U+FFFD, and the reason counts them."""
    text = data.decode(encoding, "replace")
    if len(_JUNK.findall(text)) > _MAX_CONTROL_SHARE * len(text) or "\x00" in text:
        return Decoded("not_text", reason=f"begins with the mark of {encoding} but is no text in it")
    return _checked(text, encoding, lost=text.count("\ufffd"))


def _utf16_without_mark(data: bytes) -> Decoded | None:
    """Where nearly every second byte is NUL, text of the Latin alphabet in UTF-16."""
    pairs = len(data) // 2
    for encoding, high_half in (("utf-16-le", data[1::2]), ("utf-16-be", data[::2])):
        if pairs and len(data) % 2 == 0 and high_half.count(0) > 0.7 * pairs:
            text = data.decode(encoding, "replace")
            if "\x00" not in text and len(_JUNK.findall(text)) <= _MAX_CONTROL_SHARE * len(text):
                return _checked(text, encoding, lost=text.count("\ufffd"))
    return None


def _mixed_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with strays (a quotation mark pasted from elsewhere, a sequence cut off): the strays are read as cp1252, and counted. None where
    other encodings are as likely."""
    escaped = _CODED_SURROGATE.sub("\ufffd", data.decode("utf-8", "surrogateescape"))
    strays = len(_ESCAPED.findall(escaped))
    sequences = len(data.decode("utf-8", "ignore")) - len(data.translate(None, _HIGH))
    # by chance, valid sequences are one in ten or fewer in any other encoding
    if strays > 2 * sequences:
        return None
    text = escaped.translate(_STRAYS)
    has_mark = text.startswith("\ufeff")
    note = f"{strays:,} bytes were not UTF-8, read as cp1252" if strays else "lone surrogates, shown as U+FFFD"
    return _checked(text[1:] if has_mark else text, "utf-8-sig" if has_mark else "utf-8", note=note)


def _legacy(data: bytes) -> Decoded:
    """cp1252 where the text looks like it, otherwise what the detector says, otherwise cp1252 with U+FFFD."""
    share = 1 - len(data.translate(None, _HIGH)) / len(data)
    text = data.decode("cp1252", "replace")
    lost = text.count("\ufffd")
    is_likely = not lost and not _UNLIKE_CP1252.search(text)
    if is_likely and share <= _MAX_CP1252_SHARE:
        return _checked(text, "cp1252")
    encoding = _detected(data, ("cp1252", "cp1254", *_OTHERS) if is_likely else _OTHERS)
    if encoding is None:
        return _checked(text, "cp1252", lost=lost)
    text = data.decode(encoding, "replace")
    return _checked(text, encoding, lost=text.count("\ufffd"))


def _detected(data: bytes, candidates: tuple[str, ...]) -> str | None:
    from charset_normalizer import from_bytes  # takes a tenth of a second to import, and most runs never need it

    # around the first byte that is not plain: the start of a long page may be all ASCII
    first = next((i for i in range(0, len(data), _SAMPLE) if not data[i : i + _SAMPLE].isascii()), 0)
    best = from_bytes(data[first : first + _SAMPLE], cp_isolation=list(candidates)).best()
    return best.encoding if best else None


def _checked(text: str, encoding: str, *, lost: int = 0, note: str | None = None) -> Decoded:
    match = _INVISIBLE.match(text)
    if match is None or match.end() == len(text):
        return Decoded("empty", reason="nothing but blanks" if text else "no bytes" if encoding == "utf-8" else "nothing but a byte order mark")
    return Decoded("loaded", text, encoding, note or (f"{lost:,} characters could not be decoded, shown as U+FFFD" if lost else None))
