"""Did a page hold an article at all? Said of what was kept of it."""

from __future__ import annotations

from collections.abc import Sequence

from searchapp.ingest.clean.cues import cue_book, fold
from searchapp.ingest.clean.paragraph import CUE_WORDS
from searchapp.ingest.data.reasons import ACCOUNT, ADVERTISEMENT, CAPTION, COUNTER, NO_ARTICLE, ONLY_A_TEASER
from searchapp.model import Block

_TEASER_WORDS = 80
"""Words up to which a text is a teaser when the page goes on with an invitation to subscribe or breaks off."""
_BREAKS_OFF = ("…", "...", "[...]", "[…]", "…]")
_SENTENCE_WORDS = 10
_BETWEEN = (COUNTER, CAPTION, ADVERTISEMENT)
"""What may stand between a text that breaks off and the invitation to read on."""
_OFFER = 3
"""Lines in which it is made."""
_LETTERS_A_WORD = 2
"""Of scripts without blanks."""


def quality_of(blocks: Sequence[Block]) -> str | None:
    """What is wrong with the text that was kept of a page; None where it is an article."""
    kept = [number for number, block in enumerate(blocks) if block.kept]
    words = 0
    for number in kept:
        words += _length(blocks[number].text)
        if words > _TEASER_WORDS:
            return None
    few = words < CUE_WORDS and len(kept) < len(blocks) and not any(_is_long(blocks[number]) for number in kept)
    if not words or few:
        return ONLY_A_TEASER if any(_is_stub(blocks, number) for number in range(len(blocks))) else NO_ARTICLE
    last = kept[-1]
    return ONLY_A_TEASER if blocks[last].text.endswith(_BREAKS_OFF) or _is_for_sale(blocks, last) else None


def _is_stub(blocks: Sequence[Block], number: int) -> bool:
    """Whether the block is the beginning of an article that has to be paid for."""
    block = blocks[number]
    return _is_long(block) and block.text.endswith(_BREAKS_OFF) and _is_for_sale(blocks, number)


def _is_for_sale(blocks: Sequence[Block], number: int) -> bool:
    """Whether the page goes on by selling the rest; the newsletters and accounts of its menus say nothing of the text."""
    following = [block for block in blocks[number + 1 :] if block.reason not in _BETWEEN][:_OFFER]
    offered = [block.text for block in following if block.reason == ACCOUNT]
    return bool(following) and following[0].text in offered and any(cue_book().sells(fold(text)) for text in offered)


def _is_long(block: Block) -> bool:
    return _length(block.text) > _SENTENCE_WORDS


def _length(text: str) -> int:
    words = len(text.split())
    return words if words > 1 or text.isascii() else max(words, len(text) // _LETTERS_A_WORD)
