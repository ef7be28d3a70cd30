"""Which blocks of a page are its article? The same blocks, each kept or dropped with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from searchapp.ingest.clean.cues import cue_book
from searchapp.ingest.clean.judging import load_models, verdicts
from searchapp.ingest.clean.orders import Orders
from searchapp.ingest.clean.paragraph import function_words, paragraphs_of
from searchapp.ingest.clean.passes import reasons_of
from searchapp.ingest.clean.patterns import prefix_end
from searchapp.ingest.clean.quality import quality_of
from searchapp.ingest.clean.repetition import Evidence, Learned, levels
from searchapp.ingest.clean.walls import wall_of
from searchapp.ingest.data.reasons import COOKIES, PREFIX
from searchapp.model import Block, Layout, Page

__all__ = ["Evidence", "Learned", "Orders", "clean", "load_cues", "quality_of"]

_NO_ORDERS = Orders()
_PREFIXED_BLOCKS = 10
"""Blocks from the top that may carry a date before their first sentence."""
_PREFIXED_WORDS = 6
"""Words that follow such a date at least: a line that says no more than a date is one of its own."""


def clean(page: Page, *, learned: Learned | None = None, orders: Orders = _NO_ORDERS) -> tuple[Block, ...]:
    """The blocks of the page in order, each kept or dropped with its reason; all kept where the text is clean already.

    `learned` is what the page's site repeats, None where nothing is known of it; `orders` is what the archive says.
    A date glued to the front of a paragraph becomes a dropped block of its own.
    """
    if not page.clean or not page.blocks:
        return page.blocks
    layout = page.layout or (Layout(),) * len(page.blocks)
    standing = list(zip(page.blocks, layout, strict=True))
    standing[:_PREFIXED_BLOCKS] = _without_prefixes(standing[:_PREFIXED_BLOCKS])
    paragraphs = paragraphs_of([one for one in standing if one[0].reason is None])
    said = orders.of(page.site)
    wall = wall_of([one for one in paragraphs if one.folded not in said.keep] if said.keep else paragraphs)
    if wall:
        # The page without it is measured anew: by a wall that is longer than the article everything else is unlike it.
        standing = [(replace(block, reason=COOKIES) if block in wall else block, stands) for block, stands in standing]
        paragraphs = paragraphs_of([one for one in standing if one[0].reason is None])
    repeated = levels(paragraphs, learned)
    sure = verdicts(paragraphs, page.hints, repeated=repeated)
    reasons = iter(reasons_of(paragraphs, sure, learned=learned, orders=said))
    return tuple([block if block.reason else block.because(next(reasons)) for block, _ in standing])


def load_cues() -> None:
    """Read the phrases, words and models that the first page would wait for."""
    cue_book()
    function_words()
    load_models()


def _without_prefixes(standing: Sequence[tuple[Block, Layout]]) -> Iterator[tuple[Block, Layout]]:
    for block, stands in standing:
        end = prefix_end(block.text)
        if end and len(block.text[end:].split()) >= _PREFIXED_WORDS:
            # Exact unless the source has several blanks in the prefix, which the text no longer shows.
            cut = min(block.start + end, block.end)
            yield replace(block, text=block.text[:end].strip(), end=cut, reason=PREFIX), stands
            yield replace(block, text=block.text[end:], start=cut, blank_before=False), stands
        else:
            yield block, stands
