"""Which blocks of a page are its article? The same blocks, each kept or dropped with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from searchapp.ingest.clean.cues import cue_book
from searchapp.ingest.clean.paragraph import Paragraph, function_words, paragraphs_of
from searchapp.ingest.clean.passes import PASSES, Pass, Sheet, by_markup
from searchapp.ingest.clean.patterns import prefix_end
from searchapp.ingest.data.reasons import PREFIX
from searchapp.model import Block, Page

_PREFIXED_BLOCKS = 10
"""Blocks from the top that may carry a date before their first sentence."""
_PREFIXED_WORDS = 6
"""Words that follow such a date at least: a line that says no more than a date is one of its own."""
_LOST_SHARE = 0.1
"""Share of a page's running text below which its article is taken for lost and the markup is not believed."""


def clean(page: Page) -> tuple[Block, ...]:
    """The blocks of the page in order, each kept or dropped with its reason; all kept where the text is clean already.

    A date glued to the front of a paragraph becomes a dropped block of its own.
    """
    if not page.clean:
        return page.blocks
    blocks = tuple(_without_prefixes(page.blocks))
    paragraphs = paragraphs_of(block for block in blocks if block.reason is None)
    reasons = iter(_reasons(paragraphs))
    return tuple(block if block.reason else replace(block, reason=next(reasons)) for block in blocks)


def load_cues() -> None:
    """Read the phrases and words that the first page would wait for."""
    cue_book()
    function_words()


def _without_prefixes(blocks: Sequence[Block]) -> Iterator[Block]:
    for number, block in enumerate(blocks):
        end = prefix_end(block.text) if number < _PREFIXED_BLOCKS else 0
        if end and len(block.text[end:].split()) >= _PREFIXED_WORDS:
            # Exact unless the source has several blanks in the prefix, which the text no longer shows.
            yield replace(block, text=block.text[:end].strip(), end=block.start + end, reason=PREFIX)
            yield replace(block, text=block.text[end:], start=block.start + end, blank_before=False)
        else:
            yield block


def _reasons(paragraphs: Sequence[Paragraph]) -> list[str | None]:
    reasons = _judged(paragraphs, PASSES)
    prose = sum(one.words for one in paragraphs if one.prose)
    if _kept_words(paragraphs, reasons) < _LOST_SHARE * prose:
        unmarked = _judged(paragraphs, [one for one in PASSES if one is not by_markup])
        return max(reasons, unmarked, key=lambda judged: _kept_words(paragraphs, judged))
    return reasons


def _kept_words(paragraphs: Sequence[Paragraph], reasons: Sequence[str | None]) -> int:
    return sum(one.words for one, reason in zip(paragraphs, reasons, strict=True) if reason is None)


def _judged(paragraphs: Sequence[Paragraph], passes: Sequence[Pass]) -> list[str | None]:
    sheet = Sheet(paragraphs, [None] * len(paragraphs))
    for one in passes:
        for number, reason in list(one(sheet)):
            sheet.reasons[number] = reason
    return sheet.reasons
