"""Which characters do the bytes of a file stand for? One decision, with its name."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_MAGIC = (b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_HEAD_BYTES = 4096
_PROBE_BYTES = 65_536
# Bytes of a damaged UTF-8 file that may be unreadable: one broken character in a page is damage, one in ten is
# another encoding. Legacy encodings of ten scripts read as UTF-8 came out above one in four of their high bytes.
_DAMAGED_SHARE = 0.02
# Python knows others that no page is written in: of bytes to bytes, of its own sources, of host names.
_ENCODINGS = re.compile(
    r"ascii|cp\d+|iso8859-\d+|koi8-\w|mac-[\w-]+|gb\w+|hz|big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+|johab|kz1048|ptcp154|tis-620"
)
# The browsers' reading of names that pages use for a larger set (https://encoding.spec.whatwg.org/#names-and-labels).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}


class Undecodable(ValueError):
    """No reading of the bytes makes text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the name of the encoding it was read with."""

    text: str
    encoding: str


def is_binary(data: bytes) -> bool:
    """Whether the bytes are those of a picture, an archive or the like, and no text in any encoding."""
    if data.startswith(_MAGIC):
        return True
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return False
    probe = data[:_PROBE_BYTES]
    controls = len(probe) - len(probe.translate(None, _CONTROLS))
    return controls * 50 > len(probe) and not _wide(probe)


def _wide(probe: bytes) -> str | None:
    """The name of a two-byte encoding without a mark, told by zeros at every other place."""
    half = len(probe) // 2
    for name, zeros, others in (("utf-16-le", probe[1::2], probe[::2]), ("utf-16-be", probe[::2], probe[1::2])):
        if zeros.count(0) * 2 > half and others.count(0) * 10 < half:
            return name
    return None


def decode(data: bytes, *, markup: bool, charset: str | None = None) -> Decoded:
    """The text of the bytes: by byte order mark, as UTF-8, by what the server or the markup declares, or by its letters.

    `charset` is what the server said. Undecodable where none of these reads it.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace").replace("\x00", " "), name.removesuffix("-sig"))
    wide = _wide(data[:_PROBE_BYTES])
    if wide:
        return Decoded(data.decode(wide, "replace"), wide)
    text, damage = _utf8(data)
    if damage == 0:
        return Decoded(text, "utf-8")
    declared = (_codec(charset) if charset else None) or (_declared(data) if markup else None)
    if declared and damage > _DAMAGED_SHARE:
        return Decoded(data.decode(declared, "replace"), declared)
    if damage <= _DAMAGED_SHARE:
        return Decoded(text, "utf-8, damaged")
    best = from_bytes(data).best()
    if best is None:
        raise Undecodable("is text in no encoding that could be told")
    return Decoded(str(best), best.encoding.replace("_", "-"))


def _utf8(data: bytes) -> tuple[str, float]:
    """The bytes read as UTF-8 and the share of its letters beyond ASCII that cannot be read so."""
    try:
        return data.decode("utf-8"), 0.0
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        beyond = sum(not character.isascii() for character in text)
        return text, (text.count("\ufffd") - data.count(b"\xef\xbf\xbd")) / beyond


def _declared(data: bytes) -> str | None:
    """The encoding that a page's head names, where it is one that exists."""
    match = _META_CHARSET.search(data, 0, _HEAD_BYTES)
    return _codec(match[1].decode("ascii")) if match else None


def _codec(label: str) -> str | None:
    """What reads the encoding of that name; None where nothing does, and for those that were tried before."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return _MEANT.get(name, name) if _ENCODINGS.fullmatch(name) else None
