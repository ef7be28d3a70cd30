"""Where do stories begin and end? Titles, dates and datelines, and how far the words of the article are heard."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from searchapp.ingest.clean.body import Body
from searchapp.ingest.clean.cues import fold
from searchapp.ingest.clean.lines import column
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.series import Column, Numbers, above, shifted, since, stacked, sums, until
from searchapp.ingest.clean.surroundings import ContentWords
from searchapp.ingest.data.written_dates import calendar_words

_TITLE_WORDS, _TITLE_CAPITALS = (4, 18), 0.5
_LEAD = 6
"""Paragraphs by whose words it is known what the article is about."""
_HEARD_SHARE, _HEARD_WORDS, _MOST_HEARD = 0.25, 8, 60
"""From which share of those words, and of how many words, a line belongs to what was begun; how many of them count."""
_STAMP_WORDS = 14
"""The longest line that says nothing but when something was written, and by whom."""
_DATELINE_WORDS, _DATELINE_LETTERS = 10, 100
# No sign that ends one of these runs is in it, so that nothing is found by taking less of it (`+`).
_NAME = r"[\w’'.-]{1,30}+"
_SOURCE = r"\([\w /’'-]{2,30}+\)"
_CAPITALS = "[A-ZÀ-ÞА-ЯЁ]"
_DATELINE = re.compile(
    rf"[\W\d]{{0,4}}(?:{_SOURCE}\s*[-–—:]|"
    rf"{_NAME}(?: {_NAME}){{0,4}}(?:,\s*[\w.]{{1,30}}+(?: [\w.]{{1,30}}+)?)?(?:,? \w{{1,30}}+\.? \d{{1,2}})?\s*"
    rf"(?:{_SOURCE}\s*[-–—:]|\s[–—]\s|[/,]\s*{_CAPITALS}{{2,20}}[\w ]{{0,20}}[-–—/]))|"
    rf"{_CAPITALS}(?:{_CAPITALS}|[ .'-]){{3,30}}(?:,\s?[\w .]{{2,20}})?(?:\s?\([\w /-]{{2,20}}\))?\s?[-–—:]{{1,2}}\s"
)
"""Where a report is from, before its first sentence: `GENEVA (AP) —`, `(Zaman al-Wasl)-`, `دمشق (رويترز) -`."""
_DATELINE_SIGN = re.compile("[-–—:/]")
"""A sign that each dateline holds."""
_SPANS = (-2, 2), (-3, 3), (-4, 4), (-10, 10), (1, 6), (-6, -1), (1, 5), (-5, -1)
_SINCE, _UNTIL = ([f"{side}_{name}" for name in ("title", "stamp", "dateline", "heard")] for side in ("since", "until"))
_SIDES = [
    [f"{name}_{side}_5" for name in ("words", "cues", "ends", "strong", "lead_cohesion")] for side in ("next", "last")
]  # fmt: skip
BORDER_NAMES = (
    "since_title", "until_title", "title_window_3", "lead_cohesion", "lead_cohesion_window_2",
    "stamp", "stamps_window_4", "stamps_window_10", "stamps_above", "since_stamp", "until_stamp", "ago",
    "dateline", "since_dateline", "until_dateline", "datelines_above",
    "since_heard", "until_heard", "heard_above", "heard_next_6", "heard_last_6", "alternating", *_SIDES[0], *_SIDES[1],
)  # fmt: skip


def border_rows(paragraphs: Sequence[Paragraph], said: Numbers, body: Body, own: ContentWords) -> Numbers:
    """What stands at the borders of stories around each block; columns as in `BORDER_NAMES`."""
    words = np.maximum(column(said, "words"), 1)
    cohesion, ago = _lead_cohesion(body, own), _ago(paragraphs, said, body)
    # How far from each block the words of the article are heard: none of a list of teasers below it speaks of them.
    heard = (cohesion > _HEARD_SHARE) & (words >= _HEARD_WORDS)
    titled = body.titled(_TITLE_WORDS, _TITLE_CAPITALS)
    flags = np.stack([titled, _stamped(said, ago), _datelines(paragraphs, said), heard])
    counted = heard * np.minimum(words, _MOST_HEARD)
    stamps_above, datelines_above, heard_above = above(np.stack([*flags[1:3], counted]))
    columns: dict[str, Column] = {
        "lead_cohesion": cohesion, "stamp": flags[1], "dateline": flags[2], "ago": ago, "stamps_above": stamps_above,
        "datelines_above": datelines_above, "heard_above": heard_above / max(1.0, float(counted.sum())),
    }  # fmt: skip
    columns |= zip(_SINCE, since(flags), strict=True)
    columns |= zip(_UNTIL, until(flags), strict=True)
    cues = np.minimum(column(said, "whole") + column(said, "partial"), 1)
    columns |= _windows(np.stack([
        words, np.ones_like(words), cohesion * words, cues, column(said, "ends"), body.strong, flags[0], flags[1], counted,
        *(np.abs(words - shifted(words, place, 0)) for place in (1, 2)),
    ]))  # fmt: skip
    return stacked([columns[name] for name in BORDER_NAMES])


def _windows(counted: Numbers) -> Iterator[tuple[str, Column]]:
    """What is counted of the words, lines, shared words, cues, ends, strong lines, titles, stamps and heard words around."""
    by_2, by_3, by_4, by_10, next_6, last_6, *sides = sums(counted, *_SPANS)
    words, lines, shared, *_, titles, stamps, heard, beside, beyond = range(len(counted))
    yield "title_window_3", by_3[titles]
    yield "lead_cohesion_window_2", by_2[shared] / by_2[words]
    yield "stamps_window_4", by_4[stamps] / by_4[lines]
    yield "stamps_window_10", by_10[stamps]
    yield "heard_next_6", next_6[heard]
    yield "heard_last_6", last_6[heard]
    # How much more alike in length the lines are to the next but one than to the next: titles and texts of teasers.
    yield "alternating", (by_4[beside] - by_4[beyond]) / by_4[words]
    for side, (around, all_lines, met, *others) in zip(_SIDES, sides, strict=True):
        shares = [each / np.maximum(all_lines, 1) for each in (around, *others[:3])]
        yield from zip(side, [*shares, met / np.maximum(around, 1)], strict=True)


def _lead_cohesion(body: Body, own: ContentWords) -> Numbers:
    """Share of each block's content words that the beginning of the likely article uses too."""
    first, last = body.run
    lead = np.zeros(len(body.prose), dtype=bool)
    lead[first + np.flatnonzero(body.prose[first:last])[:_LEAD]] = True
    return own.shares(own.used_by(lead) > 0).astype(np.float32)


def _stamped(said: Numbers, ago: Column) -> Column:
    """Where short lines say when something was written: below each comes another story, or another comment."""
    dated = (column(said, "date") > 0) | (column(said, "time") > 0) | ago
    stamped: Column = dated & (column(said, "words") <= _STAMP_WORDS)
    return stamped


def _ago(paragraphs: Sequence[Paragraph], said: Numbers, body: Body) -> Column:
    """Which short lines say how long ago something was."""
    words_of_time = _words_of_time()
    ago = (body.sizes <= _STAMP_WORDS) & (column(said, "number_share") > 0)
    for number in np.flatnonzero(ago).tolist():
        ago[number] = not words_of_time.isdisjoint(paragraphs[number].folded)
    return ago


@cache
def _words_of_time() -> frozenset[str]:
    return frozenset(folded for word in calendar_words("ago") for folded in fold(word))


def _datelines(paragraphs: Sequence[Paragraph], said: Numbers) -> Column:
    found = column(said, "words") >= _DATELINE_WORDS
    for number in np.flatnonzero(found).tolist():
        found[number] = _has_dateline(paragraphs[number].block.text[:_DATELINE_LETTERS])
    return found


def _has_dateline(beginning: str) -> bool:
    return _DATELINE_SIGN.search(beginning) is not None and _DATELINE.match(beginning) is not None
