"""Which line or which value of the markup is the title of the article?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from searchapp.ingest.headline.lines import in_head, length, words_of
from searchapp.ingest.headline.title_lines import title_line
from searchapp.model import ABSENT, Block, Claim, Page

_SITE_PART = regex.compile(r"\s+[|•·»–—-]\s+|\s*[|»]\s*|\s+::\s+")
_MARKUP = ("json-ld:headline", "og:title", "twitter:title", "meta:title", "title")
_SAME_SHARE = 0.8
_MAX_TITLE = 500
_FAR_LONGER = 3
"""Times the letters of another title at which no two can have the same words."""


def find_title(page: Page, blocks: Sequence[Block], *, start: int, declared: Claim | None) -> Claim:
    """The title: declared, said by the markup, or the line above the body that speaks most of what the body says.

    `start` is the number of the block in which the body begins.
    """
    if declared is not None and declared.value:
        return declared
    if not page.clean:
        return ABSENT
    return _of_markup(page) or _of_lines(blocks, start) or ABSENT


def _of_markup(page: Page) -> Claim | None:
    """The visible heading that the head of the page agrees with, else the only one, else what the head says."""
    hints = page.hints
    said = [(name, _without_site(hints[name][0], page)) for name in _MARKUP if name in hints]
    sites = {_joined(site) for site in _sites(page)}
    headings = [heading for heading in hints.get("h1", ()) if length(heading) > 1 and _joined(heading) not in sites]
    agreeing = [heading for heading in headings if any(same(heading, value) for _, value in said)]
    chosen = agreeing or (headings if len(headings) == 1 else ())
    if chosen:
        return Claim(chosen[0], "inferred", "h1", chosen[0])
    return Claim(said[0][1], "inferred", said[0][0], hints[said[0][0]][0]) if said else None


def _sites(page: Page) -> tuple[str, ...]:
    """Names of the outlet as far as the page says them; its host without the last part is one."""
    host = (page.site or "").rpartition(".")[0]
    return (*page.hints.get("og:site_name", ()), *page.hints.get("json-ld:publisher", ()), host)


def _joined(text: str) -> str:
    return "".join(words_of(text))


def _without_site(title: str, page: Page) -> str:
    """The title without the name of the outlet that pages put before or behind it."""
    sites = {_joined(site) for site in _sites(page)}
    parts = [match.span() for match in _SITE_PART.finditer(title)]
    if parts and _joined(title[parts[-1][1] :]) in sites:
        return title[: parts[-1][0]]
    if parts and _joined(title[: parts[0][0]]) in sites:
        return title[parts[0][1] :]
    return title


def same(one: str, other: str) -> bool:
    """Whether two titles share so many words that they are the same."""
    mine, theirs = len(one), len(other)
    if mine > _FAR_LONGER * theirs or theirs > _FAR_LONGER * mine or mine > _MAX_TITLE or theirs > _MAX_TITLE:
        return False
    right = _words(other)
    if sum(map(one.casefold().__contains__, right)) < _SAME_SHARE * len(right):
        return False
    left = _words(one)
    return bool(left) and len(left & right) >= _SAME_SHARE * max(len(left), len(right))


def saying(title: str, texts: Iterable[str]) -> set[str]:
    """Those of the texts that are the same as a title."""
    shortest, longest = len(title) / _FAR_LONGER, len(title) * _FAR_LONGER
    words = sorted(_words(title), key=len)
    # In a text that is the same, not all of so many can be missing; most texts have none of the longest.
    telling = words[math.ceil(_SAME_SHARE * len(words)) - 1 :]
    near = (text for text in texts if shortest <= len(text) <= longest)
    return {text for text in near if any(map(text.casefold().__contains__, telling)) and same(text, title)}


@lru_cache(maxsize=1_000)
def _words(title: str) -> frozenset[str]:
    return frozenset(words_of(title))


def _of_lines(blocks: Sequence[Block], start: int) -> Claim | None:
    number = title_line(blocks, start)
    if number is None:
        return None
    text = blocks[number].text
    first = next((place for place, block in enumerate(blocks) if in_head(block)), 0)
    return Claim(text, "inferred", "first line" if number == first else "line above the text", text)
