"""Which day does a search through the whole page take for that of its publication?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from htmldate import find_date
from lxml import html
from lxml.etree import LxmlError

from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.ingest.data.written_dates import Order, dates_in
from searchapp.model import Block

_LAST = "2199-12-31"
"""Later than any page: the search would else not look beyond today, and be another one tomorrow."""
_LONGEST = 2_000_000
"""Characters of a source that is searched; of 778 news pages two are longer."""
_LONGEST_LINE = 300
_ORDERS: tuple[Order, ...] = ("day first", "month first")
_AROUND = 40
_OF_OTHERS = re.compile("comment|related|recommend|trending|popular|sidebar|teaser")
"""In the words of the elements around a line: that it belongs to something else than the article."""
_ISO_DAY = re.compile(r"[12]\d{3}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!\d)")
_OF_A_CHANGE = re.compile("modif|updat|chang", re.IGNORECASE)


def searched_day(source: str, blocks: Sequence[Block]) -> tuple[str, str] | None:
    """The ISO date that is found, and the line or the piece of the source that says it; None where nothing says it.

    The search is slow, so that pages which say no day at all are not searched.
    """
    if len(source) > _LONGEST or not (_ISO_DAY.search(source) or any(map(_days_of, filter(_may_say, blocks)))):
        return None
    try:
        # The search is given a tree: what looks like an address it would fetch.
        tree = html.document_fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except LxmlError:
        return None
    found = find_date(tree, original_date=True, max_date=_LAST)
    said = _said(date.fromisoformat(found), source, blocks) if found else None
    return (found, said) if found and said else None


def _said(day: date, source: str, blocks: Sequence[Block]) -> str | None:
    iso = day.isoformat()
    for block in filter(_may_say, blocks):
        if iso in _days_of(block):
            return block.text
    written = re.finditer(rf"(?<!\d){day.year}-?{day.month:02}-?{day.day:02}(?!\d)", source)
    around = (source[max(0, one.start() - _AROUND) : one.end() + _AROUND] for one in written)
    return next((scrubbed_line(piece) for piece in around if not _OF_A_CHANGE.search(piece[:_AROUND])), None)


def _may_say(block: Block) -> bool:
    """Whether a day in the block may be that of the article."""
    return len(block.text) <= _LONGEST_LINE and not _OF_OTHERS.search(block.hint)


def _days_of(block: Block) -> set[str]:
    dates = (one for order in _ORDERS for one in dates_in(block.text, order))
    return {one.value for one in dates if one.precision == "day"}
