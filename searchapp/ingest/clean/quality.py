"""Did a page hold an article at all? Said of what was kept of it."""

from __future__ import annotations

from collections.abc import Sequence

from searchapp.ingest.clean.paragraph import CUE_WORDS
from searchapp.ingest.data.reasons import ACCOUNT, NO_ARTICLE, ONLY_A_TEASER
from searchapp.model import Block

_TEASER_WORDS = 80
"""Words up to which a text is a teaser when the page goes on with an invitation to subscribe or breaks off."""
_BREAKS_OFF = ("…", "...", "[...]", "[…]", "…]")
_LETTERS_A_WORD = 2
"""Of scripts without blanks."""


def quality_of(blocks: Sequence[Block]) -> str | None:
    """What is wrong with the text that was kept of a page; None where it is an article."""
    kept = [block for block in blocks if block.kept]
    words = sum(_length(block.text) for block in kept)
    if not words or (words < CUE_WORDS and len(kept) < len(blocks) and not any(_length(block.text) > 10 for block in kept)):
        return NO_ARTICLE
    breaks_off = kept[-1].text.endswith(_BREAKS_OFF)
    if words <= _TEASER_WORDS and (breaks_off or any(block.reason == ACCOUNT for block in blocks)):
        return ONLY_A_TEASER
    return None


def _length(text: str) -> int:
    words = len(text.split())
    return words if words > 1 or text.isascii() else max(words, len(text) // _LETTERS_A_WORD)
