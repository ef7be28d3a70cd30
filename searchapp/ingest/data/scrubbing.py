"""Which characters harm whoever shows or stores a text? They become blanks in texts and are written out in names."""

from __future__ import annotations

import re

_BREAKS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_HARMFUL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
# Joiners and direction marks (U+200C to U+200F) are no part of it: Persian and Arabic are written with them.
_IN_TEXTS = re.compile(f"[{_HARMFUL}]")
_IN_NAMES = re.compile(f"[\t\n\r{_HARMFUL}]")
_ESCAPED_BYTES = range(0xDC80, 0xDD00)
"""What Python reads the bytes of file names as that are no UTF-8."""

_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


def scrubbed(text: str) -> str:
    """The text, as long as before: control characters, halves of surrogate pairs, byte order marks and characters that
    turn the direction of what follows are blanks; other line separators are line feeds."""
    # Nearly all of most texts is plain, which is taken out faster than it is looked through.
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    harmful = rest and _IN_TEXTS.search(rest.decode("utf-8", "surrogatepass"))
    return _IN_TEXTS.sub(_blank, text) if harmful else text


def _blank(harmful: re.Match[str]) -> str:
    return "\n" if harmful[0] in _BREAKS else " "


def scrubbed_line(text: str) -> str:
    """The text without such characters, on one line, with single blanks."""
    return " ".join((text if text.isprintable() else scrubbed(text)).split())


def escaped(name: str) -> str:
    """The name of a file or record with such characters, and bytes that are no text, written as `\\x0a` or `\\u202e`."""
    return _IN_NAMES.sub(lambda match: _escape(ord(match[0])), name)


def _escape(code: int) -> str:
    if code in _ESCAPED_BYTES:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
