"""Which line or which value of the markup is the title of the article?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from searchapp.ingest.data.reasons import CREDITS
from searchapp.ingest.headline.lines import body_start, ends, in_head, length, publication_date, words_of
from searchapp.ingest.headline.names import introduced
from searchapp.model import ABSENT, Block, Claim, Page

_SITE_PART = regex.compile(r"\s+[|•·»–—-]\s+|\s*[|»]\s*|\s+::\s+")
_MARKUP = ("json-ld:headline", "og:title", "twitter:title", "meta:title", "title")
_WORDS = range(2, 31)
_HEAD_LINES = 25
"""Lines above the body among which a title is sought."""
_TEXT_WORDS = 300
"""Words of the body with which a title is compared: what it says is said again at the beginning."""
_FIRST_LETTERS = 5
"""Letters by which two words are one, so that `recruits` in a title is met by `recruiting` in the text."""
_SAME_SHARE = 0.8
_SHARED_ENOUGH = 0.25
_REPEATED_GAIN, _FINISHED_LOSS, _SHORT_LOSS = 0.3, 0.3, 0.2
_SHORT_TITLE = 4


def find_title(page: Page, blocks: Sequence[Block], declared: Claim | None) -> Claim:
    """The title: declared, said by the markup, or the line above the body that speaks most of what the body says."""
    if declared is not None and declared.value:
        return declared
    if not page.clean:
        return ABSENT
    return _of_markup(page.hints) or _of_lines(blocks) or ABSENT


def _of_markup(hints: Mapping[str, tuple[str, ...]]) -> Claim | None:
    said = [(name, hints[name][0]) for name in _MARKUP if name in hints]
    for heading in hints.get("h1", ()):
        # A heading that the head of the page repeats is the article's; a lone one may be the name of the outlet.
        if any(same(heading, value) or heading in value for _, value in said):
            return Claim(heading, "inferred", "h1", heading)
    if said:
        name, value = said[0]
        return Claim(_without_site(value, hints), "inferred", name, value)
    headings = hints.get("h1", ())
    return Claim(headings[0], "inferred", "h1", headings[0]) if len(headings) == 1 else None


def _without_site(title: str, hints: Mapping[str, tuple[str, ...]]) -> str:
    """The title without the name of the outlet that pages put before or behind it."""
    parts = [(match.start(), match.end()) for match in _SITE_PART.finditer(title)]
    sites = {words_of(site) for site in (*hints.get("og:site_name", ()), *hints.get("json-ld:publisher", ()))}
    if parts and words_of(title[parts[-1][1] :]) in sites:
        return title[: parts[-1][0]]
    if parts and words_of(title[: parts[0][0]]) in sites:
        return title[parts[0][1] :]
    return title


def same(one: str, other: str) -> bool:
    """Whether two titles share so many words that they are the same."""
    left, right = set(words_of(one)), set(words_of(other))
    return bool(left) and len(left & right) >= _SAME_SHARE * max(len(left), len(right))


@dataclass(frozen=True, slots=True)
class _Candidate:
    number: int
    text: str
    score: float


def _of_lines(blocks: Sequence[Block]) -> Claim | None:
    best = max(_candidates(blocks), key=lambda one: one.score, default=None)
    if best is None:
        return None
    first = next((number for number, block in enumerate(blocks) if in_head(block)), 0)
    origin = "first line" if best.number == first else "line above the text"
    return Claim(best.text, "inferred", origin, best.text)


def _candidates(blocks: Sequence[Block]) -> Iterator[_Candidate]:
    """The lines above the body that could be its title, each with how much speaks for it."""
    start = body_start(blocks)
    body = _stems(" ".join(block.text for block in blocks[start:] if block.kept)[: _TEXT_WORDS * 8])
    head = [(n, block) for n, block in enumerate(blocks[:start]) if in_head(block) and block.reason != CREDITS]
    texts = [block.text for _, block in head]
    for number, block in head[-_HEAD_LINES:]:
        if not _could_be_title(block.text):
            continue
        own = _stems(block.text)
        share = len(own & body) / len(own) if own else 0.0
        near = number >= start - 3 and not block.link_density
        if share < _SHARED_ENOUGH and not near:
            continue
        score = share + (_REPEATED_GAIN if texts.count(block.text) > 1 else 0)
        score -= (_FINISHED_LOSS if block.text.endswith(".") else 0) + (_SHORT_LOSS if length(block.text) < _SHORT_TITLE else 0)
        yield _Candidate(number, block.text, score)


def _could_be_title(text: str) -> bool:
    if length(text) not in _WORDS or text.endswith((":", ",")) or publication_date(text):
        return False
    return introduced(text) is None or (ends(text) and not text.endswith("."))


def _stems(text: str) -> set[str]:
    return {word[:_FIRST_LETTERS] for word in words_of(text) if len(word) > 3}
