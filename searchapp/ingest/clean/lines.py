"""What does the text of a block say by itself? A row of numbers for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from struct import Struct

import numpy as np

from searchapp.ingest.clean.body import liking
from searchapp.ingest.clean.paragraph import MEASURED, Paragraph
from searchapp.ingest.clean.patterns import ends_in_credit
from searchapp.ingest.clean.series import Numbers, shifted, stacked
from searchapp.ingest.clean.signs import ADDRESS, BAR, BEYOND_ASCII, CAPITAL, COMMA, CREDIT, NUMERIC, QUOTE, SMALL

_SHORT = 15
_LONG_LINE = 40
_BULLET = re.compile(r"[*+•·▪►▸›»○●–—-]\s|\d{1,2}[.)]\s|o\s")
_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}[-/]\d{2}[-/]\d{2}\b|"
    r"\b\d{1,2}\D{1,16}\b(?:19|20)\d{2}\b|\b\w{3,12}\.? \d{1,2},? (?:19|20)\d{2}\b"
)
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}(?!\d)")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S+\.\w|(?:^|\s)@\w")
_CLOSING = "\"'”’»)]"
_ENDING = ".!?…:;,。！？؟۔।،؛"
_BARS = (" | ", " / ", " » ", " · ", " • ")
_CONTINUING = ",.;:!?%)]»”’،؛。，、"

LINE_NAMES = (
    "words letters function_share function_words grammar capital_share number_share upper ends marked sentences commas "
    "bullet whole heads partial partial_long date time credit address rubric twins lower quote asks colon counter "
    "word_length sentence_length joined continues liking"
).split()
_PACKED = Struct(f"{len(LINE_NAMES)}f").pack
"""Numbers are read from bytes several times faster than from tuples."""
_PLACES = {name: place for place, name in enumerate(LINE_NAMES)}
LAYOUT_NAMES = "blanks_above blanks_below indent".split()


def line_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """What each block says by itself; columns as in `LINE_NAMES`."""
    twins = Counter(one.folded for one in paragraphs)
    rows = b"".join([_PACKED(*_line_row(one, twins[one.folded])) for one in paragraphs])
    return np.frombuffer(rows, np.float32).reshape(len(paragraphs), len(LINE_NAMES))


def _line_row(one: Paragraph, twins: int) -> tuple[float, ...]:
    text, signs, words, folded = one.block.text[:MEASURED], one.signs, one.words, one.folded
    short, count, sentences = words < _SHORT, len(folded) or 1, one.sentences
    first, last = text[0], text.rstrip(_CLOSING)[-1:] or " "
    numbers = folded.count("0") if signs & (NUMERIC | BEYOND_ASCII) else 0
    dated = short and numbers > 0
    whole, partial = one.whole, one.partial is not None
    return (
        words, min(len(text), 3000), one.function_share, min(one.function_share * words, 40), one.grammar,
        one.capital_share, numbers / count, signs & (CAPITAL | SMALL) == CAPITAL, one.ends, last in _ENDING, sentences,
        text.count(",") if signs & COMMA else 0, _BULLET.match(text) is not None, whole is not None, whole is not None and whole.heads,
        partial, partial and not short,
        dated and _DATE.search(text) is not None, dated and _TIME.search(text) is not None,
        signs & CREDIT > 0 and words < _LONG_LINE and ends_in_credit(text),
        signs & ADDRESS > 0 and words < _LONG_LINE and _has_address(text),
        sum(map(text.count, _BARS)) if signs & BAR else 0,
        twins, first.islower(), signs & QUOTE > 0, last in "?!؟！？", last in ":：",
        one.counter, len(text) / count, words / (sentences or 0.5), one.layout.joined,
        first in _CONTINUING, liking(one),
    )  # fmt: skip


def _has_address(text: str) -> bool:
    return ("@" in text or "://" in text or "www." in text) and _ADDRESS.search(text) is not None


def column(rows: Numbers, name: str) -> Numbers:
    """One of the numbers of each block, by its name."""
    return rows[:, _PLACES[name]]


def layout_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """How each block stands in a text."""
    blanks = np.minimum(np.array([one.layout.blanks for one in paragraphs], dtype=np.float32), 4)
    indent = np.minimum(np.array([one.layout.indent for one in paragraphs], dtype=np.float32), 16)
    return stacked([blanks, shifted(blanks, 1, 4), indent])
