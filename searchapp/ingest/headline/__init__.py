"""What does the head of an article say? Its title, author and date line, taken out of the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from searchapp.ingest.data.reasons import ABOVE, AUTHOR, BELOW, CREDITS, DATE, PREFIX, REPEATED_TITLE, TITLE
from searchapp.ingest.headline.credits import HEAD_BELOW, find_author, find_date_line
from searchapp.ingest.headline.lines import body_start
from searchapp.ingest.headline.names import is_byline
from searchapp.ingest.headline.titles import find_title, saying
from searchapp.model import Block, Claim, Page

__all__ = ["Headline", "find_headline"]

_UNDECIDED = frozenset((None, ABOVE, BELOW, CREDITS))
"""Reasons that the head of an article knows better."""


@dataclass(frozen=True, slots=True)
class Headline:
    """What the head says, and the blocks of the page with its lines taken out of the body.

    The value of `date` is the line that holds the date, as it was written.
    """

    title: Claim
    author: Claim
    date: Claim
    blocks: tuple[Block, ...]


def find_headline(page: Page, blocks: tuple[Block, ...], declared: Mapping[str, Claim]) -> Headline:
    """Title, author and date line of a cleaned page; a record that is clean already keeps all its blocks."""
    start = body_start(blocks)
    title = find_title(page, blocks, start=start, declared=declared.get("title"))
    author = find_author(page, blocks, start=start, title=title, declared=declared.get("author"))
    date = find_date_line(page, blocks, start=start, title=title)
    if page.clean:
        blocks = _taken_out(blocks, start, title=title, author=author, date=date)
    return Headline(title, author, date, blocks)


def _taken_out(blocks: Sequence[Block], start: int, *, title: Claim, author: Claim, date: Claim) -> tuple[Block, ...]:
    """The blocks, those of the head dropped as what they are."""
    end = start + HEAD_BELOW
    both = date.evidence == author.evidence or is_byline(date.evidence)
    credits = {author.evidence: AUTHOR, date.evidence: CREDITS if both else DATE}
    titles = saying(title.value, {block.text for block in blocks if block.reason in _UNDECIDED}) if title.value else ()
    titled = False
    taken = list(blocks)
    like_title = {*titles, title.evidence}
    for number in [number for number, block in enumerate(blocks) if number < end or block.text in like_title]:
        text, reason = blocks[number].text, blocks[number].reason
        if (text in titles and reason in _UNDECIDED) or (not titled and text == title.evidence):
            reason, titled = (REPEATED_TITLE if titled else TITLE), True
        elif number < end and text in credits and reason != PREFIX:
            reason = credits[text]
        elif number < end and reason in _UNDECIDED and is_byline(text):
            reason = AUTHOR
        if reason != blocks[number].reason:
            taken[number] = blocks[number].because(reason)
    return tuple(taken)
