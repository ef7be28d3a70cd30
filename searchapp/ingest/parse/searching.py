"""Which day does a search through the whole page take for that of its publication?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from htmldate import find_date
from lxml import html
from lxml.etree import LxmlError

from searchapp.ingest.data.scrubbing import scrubbed_line
from searchapp.ingest.data.written_dates import dates_in
from searchapp.model import Block

_LAST = "2199-12-31"
"""Later than any page: the search would else not look beyond today, and be another one tomorrow."""
_LONGEST = 2_000_000
"""Characters of a source that is searched; of 778 news pages two are longer."""
_LONGEST_LINE = 300
_AROUND = 40
_OF_OTHERS = re.compile("comment|related|recommend|trending|popular|sidebar|teaser")
"""In the words of the elements around a line: that it belongs to something else than the article."""
_OF_A_CHANGE = re.compile("modif|updat|chang", re.IGNORECASE)


def searched_day(source: str, blocks: Iterable[Block]) -> tuple[str, str] | None:
    """The ISO date that is found, and the line or the piece of the source that says it; None where nothing says it."""
    if len(source) > _LONGEST or not source.strip():
        return None
    try:
        # The search is given a tree: what looks like an address it would fetch.
        tree = html.document_fromstring(source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8"))
    except LxmlError:
        return None
    found = find_date(tree, original_date=True, max_date=_LAST)
    said = _said(date.fromisoformat(found), source, blocks) if found else None
    return (found, said) if found and said else None


def _said(day: date, source: str, blocks: Iterable[Block]) -> str | None:
    iso = day.isoformat()
    for block in blocks:
        if len(block.text) <= _LONGEST_LINE and not _OF_OTHERS.search(block.hint) and iso in _days_of(block.text):
            return block.text
    written = re.finditer(rf"(?<!\d){day.year}-?{day.month:02}-?{day.day:02}(?!\d)", source)
    around = (source[max(0, one.start() - _AROUND) : one.end() + _AROUND] for one in written)
    return next((scrubbed_line(piece) for piece in around if not _OF_A_CHANGE.search(piece[:_AROUND])), None)


def _days_of(line: str) -> set[str]:
    return {one.value for order in ("day first", "month first") for one in dates_in(line, order)}
