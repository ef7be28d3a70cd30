"""What does the YAML between two lines of dashes at the head of a text declare, and where does the text begin?"""

from __future__ import annotations

import re

from searchapp.ingest.seeds.declared import KNOWN, Declaration, declaration_of
from searchapp.ingest.seeds.mappings import yaml_mapping

MAX_BYTES = 65_536

_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_LAST = re.compile(rb"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)
_SIGNS = re.compile(r"[^\r\n]")


def parted(data: bytes) -> tuple[Declaration, bytes]:
    """What the front matter declares, and the text with as many blanks in its place, so that every offset still holds.

    A text that does not begin with a mapping of known names has no front matter.
    """
    first = _FIRST.match(data)
    last = _LAST.search(data, first.end(), MAX_BYTES) if first else None
    if first is None or last is None:
        return Declaration(), data
    try:
        head = data[: last.end()].decode("utf-8-sig")
        fields = yaml_mapping(data[first.end() : last.start()].decode("utf-8"))
    except ValueError as error:
        return Declaration(refused=_notes(error)), data
    if not fields or KNOWN.isdisjoint(key for key in fields if isinstance(key, str)):
        return Declaration(), data
    return declaration_of(fields, "front matter"), _SIGNS.sub(" ", head).encode() + data[last.end() :]


def _notes(error: ValueError) -> tuple[str, ...]:
    """What looks like front matter and may be a bomb is worth a word; most other lines of dashes are only that."""
    return () if "not read" not in str(error) else (f"its front matter is read as text: {error}",)
