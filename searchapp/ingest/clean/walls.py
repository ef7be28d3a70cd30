"""Would a cookie wall pass for the article? Its blocks, where it is a large part of what reads like one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchapp.ingest.clean.cues import cue_book
from searchapp.ingest.clean.landmarks import TRUSTED_SHARE, telling
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.model import Block

_MARKUP = frozenset("cookie cookies consent gdpr onetrust ccpa".split())
_STORY_WORDS = 40
"""Words of running text outside of what the markup calls a wall, which make it one: no wrapper leaves so many out."""
_BETWEEN = 4
"""Short lines in a row, such as the names of purposes, that may stand in a wall or between it and its buttons."""
_SHORT_WORDS = 8


def wall_of(paragraphs: Sequence[Paragraph]) -> frozenset[Block]:
    """The blocks of a cookie wall that holds two fifths of the page's running text or more; a shorter one is furniture
    like any other."""
    prose = [one for one in paragraphs if one.prose]
    total = sum(one.words for one in prose)
    for wall in (_called_so(paragraphs, total), frozenset(_closed_by_buttons(paragraphs))):
        if wall and sum(one.words for one in prose if one.block in wall) > TRUSTED_SHARE * total:
            return wall
    return frozenset()


def _called_so(paragraphs: Sequence[Paragraph], total: int) -> frozenset[Block]:
    """What the markup calls a cookie wall, where enough stands outside of it."""
    inside = [one for one in paragraphs if one.block.hint and not _MARKUP.isdisjoint(telling(one.block.hint))]
    covered = sum(one.words for one in inside if one.prose)
    return frozenset(one.block for one in inside) if covered <= total - _STORY_WORDS else frozenset()


def _closed_by_buttons(paragraphs: Sequence[Paragraph]) -> Iterator[Block]:
    """The sentences about cookies and consent above each button that agrees to them, with the lines between."""
    book = cue_book()
    for number, one in enumerate(paragraphs):
        if one.whole and one.folded in book.buttons:
            run = _run_above(paragraphs, number)
            if any(book.names_cookies(told.folded) for told in run):
                yield from (told.block for told in (*run, one))


def _run_above(paragraphs: Sequence[Paragraph], button: int) -> Sequence[Paragraph]:
    """The lines that end above a button and begin with the first sentence that speaks of consent without a break."""
    top, between = button, 0
    for number in range(button - 1, -1, -1):
        one = paragraphs[number]
        if cue_book().speaks_of_consent(one.folded):
            top, between = number, 0
        elif one.words <= _SHORT_WORDS and not one.ends and between < _BETWEEN:
            between += 1
        else:
            break
    return paragraphs[top:button]
