"""Whom does a line name that is there for the author, by its class names or by the date in it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from searchapp.ingest.data.written_dates import WrittenDate, dates_in
from searchapp.ingest.headline.names import MAX_BYLINE, introduced, is_person, people_in
from searchapp.model import Block

_OF_AUTHORS = regex.compile(r"author|byline|writer|contributor|reporter|journalist")
_OF_OTHERS = regex.compile(r"comment|related|recommend|trending|popular|latest|sidebar|card|teaser|caption|credit")
_INNERMOST = 8
"""Words of the elements around a block that speak of the block itself."""
_BEFORE_NAME = regex.compile(r"^.{0,60}?\b(?:by|von|par|por|автор|yazan)\b:?\s+", regex.IGNORECASE)
_ENDS_NAME = regex.compile(
    r"\s*(?:[|•·(/]|\s[–—-]\s|\d|\b(?:is|was|on|in|at|for|with|from|covers|writes|has|contributed|minutes?|min)\b).*", regex.DOTALL
)
_ROLE = regex.compile(
    r"\s+(?:(?:[Ss]enior|[Cc]hief|[Ss]taff|[Ee]xecutive|[Aa]ssociate|[Cc]ontributing|[Ff]reelance|[Dd]eputy|[Ll]ead|[Mm]anaging)\b"
    r"|(?:[Ww]riter|[Rr]eporter|[Ee]ditor|[Cc]orrespondent|[Cc]ontributor|[Cc]olumnist)\b|\p{Lu}{3,}\b).*"
)


def hinted_author(blocks: Sequence[Block]) -> tuple[str, str] | None:
    """The first person named in a block that its markup calls an author's, and the text of the block."""
    for block in _hinted(blocks):
        name = _named(block.text)
        if name:
            return name, block.text
    return None


def signed_behind(text: str, date: WrittenDate) -> str | None:
    """The persons named behind the date of a line, as in "May 5, 2020 by Ann Lee in Growth"."""
    behind = text[date.end :]
    return _named(behind) if _BEFORE_NAME.match(behind) else None


def _hinted(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.hint and len(block.text) <= MAX_BYLINE:
            words = " ".join(block.hint.split()[-_INNERMOST:])
            if _OF_AUTHORS.search(words) and not _OF_OTHERS.search(words):
                yield block


def _named(text: str) -> str | None:
    given = introduced(text) or _BEFORE_NAME.sub("", text, count=1)
    dates = dates_in(given)
    if dates and dates[0].start:
        given = given[: dates[0].start]
    given = _ROLE.sub("", _ENDS_NAME.sub("", given, count=1), count=1).strip(" ,.:-–—")
    people = people_in(given)
    return people if people and is_person(people.split(", ")[0]) else None
