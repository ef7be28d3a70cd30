"""Who wrote the article, and which line of its head holds the date?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from searchapp.ingest.data.reasons import CAPTION, CREDITS, PREFIX, READING
from searchapp.ingest.data.written_dates import WrittenDate, dates_in
from searchapp.ingest.headline.bylines import hinted_author, signed_behind
from searchapp.ingest.headline.lines import (
    in_head,
    is_of_a_change,
    length,
    parts_of,
    publication_date,
    words_of,
)
from searchapp.ingest.headline.names import MAX_BYLINE, credit_in, introduced, is_person, people_in
from searchapp.ingest.headline.titles import same
from searchapp.model import ABSENT, Block, Claim, Page

_HEAD_LINES = 25
_BYLINE_WORDS = 20
_MARKUP = ("json-ld:author", "meta:author", "byline")
HEAD_BELOW = 5
"""Lines from the first paragraph on that still belong to the head: pages put the byline below the standfirst."""
_CLOSE = 3
"""Lines directly above the body in which author and date are believed whatever a line above them was taken for."""
_LISTED = re.compile(r"\d{1,2}\.\s(?!\d|\w+\.?\s\d{4})")
"""How a line of a list begins; "29. April 2020" is none."""
_ABOVE_HEADING, _BELOW_HEADING = 6, 16
_BELOW_TITLE = 9
_CREDIT_REST = 8
"""Words beside the date of a line that cleaning took for one of author and date: names and what they are."""
_LABEL_WORDS = 4
_NEIGHBOURS = 2
"""Lines between a name and the date or the reading time that mark it as the author's."""


def find_author(page: Page, blocks: Sequence[Block], *, start: int, title: Claim, declared: Claim | None) -> Claim:
    """The author: declared, said by the markup, or by a line between title and the body, which begins at `start`."""
    if declared is not None and declared.value:
        return declared
    if not page.clean:
        return ABSENT
    outlets = {words_of(name) for name in _outlets(page)}
    return (
        _of_markup(page, outlets, people_in)
        or _of_bylines(blocks, _head(blocks, start), outlets)
        or _of_classes(blocks, outlets)
        or _of_names(blocks, start, title, outlets)
        or _of_markup(page, outlets, credit_in)
        or ABSENT
    )


def _outlets(page: Page) -> Iterator[str]:
    yield from page.hints.get("og:site_name", ())
    yield from page.hints.get("json-ld:publisher", ())
    yield page.site or ""


def _of_markup(page: Page, outlets: set[tuple[str, ...]], reading: Callable[[str], str | None]) -> Claim | None:
    for name in _MARKUP:
        said = [value for value in page.hints.get(name, ()) if "/" not in value and "@" not in value]
        people = [people for value in said if (people := reading(value)) and words_of(people) not in outlets]
        if people:
            return Claim(", ".join(dict.fromkeys(people)), "inferred", name, "; ".join(said))
    return None


def _of_classes(blocks: Sequence[Block], outlets: set[tuple[str, ...]]) -> Claim | None:
    found = hinted_author(blocks)
    return Claim(found[0], "inferred", "byline", found[1]) if found and words_of(found[0]) not in outlets else None


def _of_bylines(blocks: Sequence[Block], head: Sequence[int], outlets: set[tuple[str, ...]]) -> Claim | None:
    for number in head:
        block = blocks[number]
        bylines = [part for part in parts_of(block.text[:MAX_BYLINE]) if introduced(part) and length(part) <= _BYLINE_WORDS]
        people = next((people for part in bylines if (people := people_in(part))), None) or _behind_date(block.text)
        if people and words_of(people) not in outlets:
            return Claim(people, "inferred", "byline", block.text)
    return None


def _behind_date(line: str) -> str | None:
    date = publication_date(line)
    return signed_behind(line, date) if date else None


def _of_names(blocks: Sequence[Block], start: int, title: Claim, outlets: set[tuple[str, ...]]) -> Claim | None:
    head = _head(blocks, start)
    beside = range(max(0, head[0] - _NEIGHBOURS), min(head[-1] + _NEIGHBOURS + 1, len(blocks))) if head else ()
    marks = {number for number in beside if blocks[number].reason == READING or publication_date(blocks[number].text)}
    for number in head:
        near = range(number - _NEIGHBOURS, number + _NEIGHBOURS + 1)
        name = _lone_name(blocks[number].text, not marks.isdisjoint(near))
        # Nobody is spoken of in his own article; places and outlets that look like names are.
        if name and words_of(name) not in outlets and not _spoken_of(name, title, blocks[start:], blocks[number].text):
            return Claim(name, "inferred", "name line", blocks[number].text)
    return None


def _head(blocks: Sequence[Block], start: int) -> list[int]:
    """The numbers of the blocks in which author and date may stand: above the body, or just below its first lines."""
    near = range(max(0, start - _HEAD_LINES), min(start + HEAD_BELOW, len(blocks)))
    return [number for number in near if in_head(blocks[number]) or start - _CLOSE <= number < start]


def _spoken_of(name: str, title: Claim, body: Sequence[Block], own: str) -> bool:
    told = [title.value or "", *(block.text for block in body if block.kept)]
    return any(name in text for text in told if text != own)


def _lone_name(line: str, marked: bool) -> str | None:
    """The name that a part of a line with the date is, or all of a line beside which date or reading time stand."""
    if len(line) > MAX_BYLINE:
        return None
    parts = parts_of(line)
    if len(parts) > 1 and any(map(publication_date, parts)):
        return next((part for part in parts if is_person(part)), None)
    return line if marked and is_person(line) else None


def find_date_line(page: Page, blocks: Sequence[Block], *, start: int, title: Claim) -> Claim:
    """The line of the head, above the body that begins at `start` or at its beginning, that holds the date of publication,
    as it was written; absent where there is none."""
    if not page.clean:
        return ABSENT
    for block in blocks[: start + 1]:
        if block.reason == PREFIX and publication_date(block.text):
            return Claim(block.text, "inferred", PREFIX, block.text)
    # Above the title stand the dates of other articles more often than its own.
    titled = max([number for number, block in enumerate(blocks) if block.text == title.evidence], default=0) if title.value else 0
    head = sorted(_head(blocks, start), key=lambda number: number < titled)
    numbers = dict.fromkeys((*head, *_below_title(blocks, start, titled), *_around_heading(blocks, title)))
    dated = {number: found for number in numbers if (found := _date_at(blocks, start, number))}
    exact = next((number for number, found in dated.items() if found.precision != "month"), None)
    number = next(iter(dated), None) if exact is None else _earliest_beside(blocks, start, exact, dated[exact])
    return ABSENT if number is None else Claim(blocks[number].text, "inferred", "date line", blocks[number].text)


def _date_at(blocks: Sequence[Block], start: int, number: int) -> WrittenDate | None:
    """The date of a line that is there to hold it; a month alone is one of the text where it stands in its paragraphs."""
    block = blocks[number]
    found = publication_date(block.text, _CREDIT_REST) if block.reason == CREDITS else publication_date(block.text)
    if found is None or _LISTED.match(block.text) or _follows_change(blocks, number):
        return None
    return None if found.precision == "month" and number >= start else found


def _follows_change(blocks: Sequence[Block], number: int) -> bool:
    """Whether the line above says "Updated on" and nothing else."""
    above = blocks[number - 1].text if number else ""
    return 0 < length(above) <= _LABEL_WORDS and is_of_a_change(above) and not dates_in(above)


def _earliest_beside(blocks: Sequence[Block], start: int, number: int, found: WrittenDate) -> int:
    """Of two days that stand one under the other in a dump, the line of the first: the later one is that of a change."""
    chosen, day = number, found.value
    for beside in (number - 1, number + 1) if not blocks[number].tag else ():
        other = _date_at(blocks, start, beside) if 0 <= beside < len(blocks) else None
        if other and other.precision == found.precision == "day" and other.value < day:
            chosen, day = beside, other.value
    return chosen


def _below_title(blocks: Sequence[Block], start: int, titled: int) -> Iterator[int]:
    """The numbers of the lines between the title and the body, whatever they were taken for but what pictures say."""
    for number in range(titled + 1, min(titled + _BELOW_TITLE, start + HEAD_BELOW, len(blocks))):
        if titled and blocks[number].reason != CAPTION:
            yield number


def _around_heading(blocks: Sequence[Block], title: Claim) -> Iterator[int]:
    """The numbers of the blocks around the heading of a page with markup, whatever they were taken for."""
    for heading, block in enumerate(blocks):
        if block.tag and (block.tag == "h1" or (title.value and same(block.text, title.value))):
            near = range(max(0, heading - _ABOVE_HEADING), min(len(blocks), heading + _BELOW_HEADING))
            yield from (number for number in near if "comment" not in blocks[number].hint)
