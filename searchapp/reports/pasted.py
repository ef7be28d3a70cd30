"""Is what was typed not words but the address, hash, id or file name of one document?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from searchapp.engine.base import Engine

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"\S+\.(txt|html?|jsonl|warc)(\.gz)?(#\S+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pointer:
    """What one document, or a few, can be named by: exactly one of these is not None."""

    document: str | None = None
    sha256: str | None = None
    url: str | None = None
    file: str | None = None

    @classmethod
    def read(cls, text: str) -> Pointer | None:
        """The pointer that `text` is; None where it is words."""
        text = text.strip()
        if _ADDRESS.fullmatch(text):
            return cls(url=text)
        if _SHA256.fullmatch(text):
            return cls(sha256=text.lower())
        if _IDENTIFIER.fullmatch(text):
            return cls(document=text)
        if _FILE.fullmatch(text):
            return cls(file=text)
        return None

    def find(self, engine: Engine) -> tuple[str, ...]:
        """The ids of the documents it points at, () where there are none."""
        if self.document is not None:
            return (self.document,) if engine.get(self.document) else ()
        return engine.find(url=self.url, sha256=self.sha256, file=self.file)
