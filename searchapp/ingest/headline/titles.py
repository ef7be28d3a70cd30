"""Which line or which value of the markup is the title of the article?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from searchapp.ingest.data.reasons import CREDITS
from searchapp.ingest.headline.lines import body_start, ends, in_head, length, publication_date, words_of
from searchapp.ingest.headline.names import introduced, is_person
from searchapp.model import ABSENT, Block, Claim, Page

_SITE_PART = regex.compile(r"\s+[|•·»–—-]\s+|\s*[|»]\s*|\s+::\s+")
_BULLET = regex.compile(r"(?:[*+•·o]|\d+[.)])\s")
_ABBREVIATION = regex.compile(r"(?:\p{L}\.){2,}$")
_MARKUP = ("json-ld:headline", "og:title", "twitter:title", "meta:title", "title")
_WORDS = range(2, 31)
_HEAD_LINES = 25
"""Lines above the body among which a title is sought."""
_TEXT_LETTERS = 2400
"""Of the body, with which a title is compared: what it says is said again at the beginning."""
_FIRST_LETTERS = 5
"""Letters by which two words are one, so that `recruits` in a title is met by `recruiting` in the text."""
_SAME_SHARE = 0.8
_MAX_TITLE = 500
# Chosen on the text dumps of the development set that have a title in their metadata: .70 of the titles that stand in
# a dump are found; of 97 news dumps without one 16 get a wrong one.
_SHARED_ENOUGH = 0.25
"""Share of a line's long words that the text must use too; .35 finds .68 of the titles and spares 2 wrong ones."""
_ENOUGH_WORDS = 5
"""Long words at which the share counts in full: two words that the text uses are no title yet."""
_SHORT_WEIGHT = 0.1
_REPEATED_GAIN, _BULLET_LOSS, _PERSON_LOSS, _DISTANCE_LOSS = 0.15, 0.4, 0.3, 0.006
_OPENING_LINES, _OPENING_WORDS = 4, 4
"""The first line of a file may be its title though the text uses none of its words, when it stands close above it."""


def find_title(page: Page, blocks: Sequence[Block], declared: Claim | None) -> Claim:
    """The title: declared, said by the markup, or the line above the body that speaks most of what the body says."""
    if declared is not None and declared.value:
        return declared
    if not page.clean:
        return ABSENT
    return _of_markup(page) or _of_lines(blocks) or ABSENT


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
    if max(len(one), len(other)) > _MAX_TITLE:
        return False
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
    body = _stems(" ".join(block.text for block in blocks[start:] if block.kept)[:_TEXT_LETTERS])
    head = [(n, block.text) for n, block in enumerate(blocks[:start]) if in_head(block) and block.reason != CREDITS]
    texts = [text for _, text in head]
    for number, text in head[-_HEAD_LINES:]:
        own = _stems(text)
        share = len(own & body) / len(own) if own else 0.0
        opening = text == texts[0] and number >= start - _OPENING_LINES and length(text) >= _OPENING_WORDS
        if _could_be_title(text) and (opening or share >= _SHARED_ENOUGH):
            score = share * (_SHORT_WEIGHT + (1 - _SHORT_WEIGHT) * min(1.0, len(own) / _ENOUGH_WORDS))
            score += _REPEATED_GAIN if texts.count(text) > 1 else 0
            score -= _BULLET_LOSS if _BULLET.match(text) else 0
            score -= _PERSON_LOSS if is_person(text) else 0
            yield _Candidate(number, text, score - _DISTANCE_LOSS * (start - number))


def _could_be_title(text: str) -> bool:
    if length(text) not in _WORDS or text.endswith((":", ",")) or publication_date(text):
        return False
    if text.endswith(".") and not _ABBREVIATION.search(text):
        return False
    return introduced(text) is None or (ends(text) and not text.endswith("."))


def _stems(text: str) -> set[str]:
    return {word[:_FIRST_LETTERS] for word in words_of(text) if len(word) > 3}
