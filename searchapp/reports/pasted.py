"""Is what was typed not words but the address, hash, id or file name of one document?"""

from __future__ import annotations

import re

from searchapp.engine.base import Engine

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"\S+\.(txt|html?|jsonl|warc)(\.gz)?(#\S+)?", re.IGNORECASE)


def find_pasted(text: str, engine: Engine) -> tuple[str, ...] | None:
    """The ids of the documents that `text` points at, () where it points at none; None where it is words."""
    text = text.strip()
    if _ADDRESS.fullmatch(text):
        return engine.find(url=text)
    if _SHA256.fullmatch(text):
        return engine.find(sha256=text.lower())
    if _IDENTIFIER.fullmatch(text):
        return (text,) if engine.get(text) else ()
    if _FILE.fullmatch(text):
        return engine.find(file=text)
    return None
