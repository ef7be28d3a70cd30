"""Where do stories begin and end? Titles, dates and datelines, and how far the words of the article are heard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from searchapp.ingest.clean.body import best_run
from searchapp.ingest.clean.cues import fold
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import (
    Column,
    Numbers,
    above,
    last_ones,
    next_ones,
    shifted,
    since,
    stacked,
    until,
    windowed,
)
from searchapp.ingest.clean.surroundings import ContentWords, shares_met
from searchapp.ingest.data.written_dates import calendar_words

_TITLE_WORDS, _TITLE_CAPITALS = (4, 18), 0.5
_LEAD = 6
"""Paragraphs by whose words it is known what the article is about."""
_HEARD_SHARE, _HEARD_WORDS, _MOST_HEARD = 0.25, 8, 60
"""From which share of those words, and of how many words, a line belongs to what was begun; how many of them count."""
_STAMP_WORDS = 14
"""The longest line that says nothing but when something was written, and by whom."""
_NUMBER = "0"
_DATELINE_WORDS, _DATELINE_LETTERS = 10, 100
_NAME = r"[\w’'.-]{1,30}"
_SOURCE = r"\([\w /’'-]{2,30}\)"
_CAPITALS = "[A-ZÀ-ÞА-ЯЁ]"
_DATELINE = re.compile(
    rf"[\W\d]{{0,4}}(?:{_SOURCE}\s*[-–—:]|"
    rf"{_NAME}(?: {_NAME}){{0,4}}(?:,\s*[\w.]{{1,30}}(?: [\w.]{{1,30}})?)?(?:,? \w{{1,30}}\.? \d{{1,2}})?\s*"
    rf"(?:{_SOURCE}\s*[-–—:]|\s[–—]\s|[/,]\s*{_CAPITALS}{{2,20}}[\w ]{{0,20}}[-–—/]))|"
    rf"{_CAPITALS}(?:{_CAPITALS}|[ .'-]){{3,30}}(?:,\s?[\w .]{{2,20}})?(?:\s?\([\w /-]{{2,20}}\))?\s?[-–—:]{{1,2}}\s"
)
"""Where a report is from, before its first sentence: `GENEVA (AP) —`, `(Zaman al-Wasl)-`, `دمشق (رويترز) -`."""
_DATELINE_SIGN = re.compile("[-–—:/]")
"""A sign that each dateline holds."""
_AROUND = 5
BORDER_NAMES = (
    "since_title", "until_title", "title_window_3", "lead_cohesion", "lead_cohesion_window_2",
    "stamp", "stamps_window_4", "stamps_window_10", "stamps_above", "since_stamp", "until_stamp", "ago",
    "dateline", "since_dateline", "until_dateline", "datelines_above",
    "since_heard", "until_heard", "heard_above", "heard_next_6", "heard_last_6", "alternating",
    *(f"{name}_{side}_{_AROUND}" for side in ("next", "last") for name in ("words", "cues", "ends", "strong", "lead_cohesion")),
)  # fmt: skip


def border_rows(paragraphs: Sequence[Paragraph], said: Numbers, own: ContentWords) -> Numbers:
    """What stands at the borders of stories around each block; columns as in `BORDER_NAMES`."""
    prose = np.array([one.prose for one in paragraphs], dtype=bool)
    strong = np.array([one.prose and one.partial is None for one in paragraphs], dtype=np.float32)
    words = np.maximum(column(said, "words"), 1)
    cues = np.minimum(column(said, "whole") + column(said, "partial"), 1)
    cohesion = _lead_cohesion(said, own, prose)
    counted = np.stack([words, cues, column(said, "ends"), strong, cohesion * words, np.ones_like(words)])
    sided: list[Column] = []
    for side in (next_ones, last_ones):
        *sums, shared, lines = side(counted, _AROUND)
        sided += [each / np.maximum(lines, 1) for each in sums]
        sided.append(shared / np.maximum(sums[0], 1))
    return stacked([
        *_titles(paragraphs), cohesion, np.divide(*windowed(np.stack([cohesion * words, words]), 2)),
        *_stamps(paragraphs, said), *_datelines(paragraphs), *_heard(cohesion, words), _alternating(words), *sided,
    ])  # fmt: skip


def _titles(paragraphs: Sequence[Paragraph]) -> list[Column]:
    fewest, most = _TITLE_WORDS
    titled = np.array([
        not one.ends and fewest <= len(one.folded) <= most and one.capital_share > _TITLE_CAPITALS for one in paragraphs
    ], dtype=bool)  # fmt: skip
    return [since(titled), until(titled), windowed(titled.astype(np.float32), 3)]


def _lead_cohesion(said: Numbers, own: ContentWords, prose: Column) -> Column:
    """Share of each block's content words that the beginning of the likely article uses too."""
    first, last = best_run(column(said, "liking").tolist())
    lead = np.zeros(len(prose), dtype=bool)
    lead[first + np.flatnonzero(prose[first:last])[:_LEAD]] = True
    return shares_met(own, lead)[1]


def _stamps(paragraphs: Sequence[Paragraph], said: Numbers) -> list[Column]:
    """Where short lines say when something was written: below each comes another story, or another comment."""
    words_of_time = _ago()
    ago = np.array([
        len(one.folded) <= _STAMP_WORDS and _NUMBER in one.folded and not words_of_time.isdisjoint(one.folded)
        for one in paragraphs
    ], dtype=bool)  # fmt: skip
    short = column(said, "words") <= _STAMP_WORDS
    stamp = ((column(said, "date") > 0) | (column(said, "time") > 0) | ago) & short
    flags = stamp.astype(np.float32)
    return [
        flags, np.divide(*windowed(np.stack([flags, np.ones_like(flags)]), 4)), windowed(flags, 10), above(flags),
        since(stamp), until(stamp), ago,
    ]  # fmt: skip


@cache
def _ago() -> frozenset[str]:
    return frozenset(folded for word in calendar_words("ago") for folded in fold(word))


def _datelines(paragraphs: Sequence[Paragraph]) -> list[Column]:
    found = np.array([
        one.words >= _DATELINE_WORDS and _has_dateline(one.block.text[:_DATELINE_LETTERS]) for one in paragraphs
    ], dtype=bool)  # fmt: skip
    return [found, since(found), until(found), above(found.astype(np.float32))]


def _has_dateline(beginning: str) -> bool:
    return _DATELINE_SIGN.search(beginning) is not None and _DATELINE.match(beginning) is not None


def _heard(cohesion: Column, words: Column) -> list[Column]:
    """How far from each block the words of the article are heard: none of a list of teasers below it speaks of them."""
    heard = (cohesion > _HEARD_SHARE) & (words >= _HEARD_WORDS)
    counted = heard * np.minimum(words, _MOST_HEARD)
    return [
        since(heard), until(heard), above(counted) / max(1.0, float(counted.sum())),
        next_ones(counted, 6), last_ones(counted, 6),
    ]  # fmt: skip


def _alternating(words: Column) -> Column:
    """How much more alike in length the lines are to the next but one than to the next: titles and texts of teasers."""
    beside, beyond = (np.abs(words - shifted(words, place, 0)) for place in (1, 2))
    next_one, next_but_one, total = windowed(np.stack([beside, beyond, words]), 4)
    alternating: Column = (next_one - next_but_one) / total
    return alternating
