"""What does the text of a block say by itself? A row of numbers for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from searchapp.ingest.clean.body import liking
from searchapp.ingest.clean.paragraph import MEASURED, Paragraph
from searchapp.ingest.clean.patterns import ends_in_credit
from searchapp.ingest.clean.series import Column, Numbers, shifted, stacked
from searchapp.ingest.clean.signs import ADDRESS, BAR, BEYOND_ASCII, CAPITAL, COMMA, CREDIT, NUMERIC, QUOTE, SMALL

T = TypeVar("T")
_NUMBER = "0"
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
_PLACES = {name: place for place, name in enumerate(LINE_NAMES)}
_ASKED = "words function_share grammar capital_share ends sentences counter signs".split()
LAYOUT_NAMES = "blanks_above blanks_below indent".split()


def line_rows(paragraphs: Sequence[Paragraph]) -> Numbers:
    """What each block says by itself; columns as in `LINE_NAMES`."""
    asked = {name: np.array([*map(attrgetter(name), paragraphs)], np.float64) for name in _ASKED}
    words, sentences, signs = asked["words"], asked["sentences"], asked["signs"].astype(np.int64)
    folded, texts = [one.folded for one in paragraphs], [one.block.text[:MEASURED] for one in paragraphs]
    count, letters = (np.array([*map(len, each)], np.float64) for each in (folded, texts))
    count[count == 0] = 1
    numbers = _told(signs & (NUMERIC | BEYOND_ASCII), folded, lambda words: words.count(_NUMBER))
    partial = np.array([one.partial is not None for one in paragraphs], bool)
    twins = Counter(folded)
    columns: dict[str, npt.ArrayLike] = {
        **asked, **_marks(texts, signs, words, (words < _SHORT) & (numbers > 0)),
        "letters": np.minimum(letters, 3000), "function_words": np.minimum(asked["function_share"] * words, 40),
        "number_share": numbers / count, "whole": [one.whole is not None for one in paragraphs],
        "heads": [one.whole is not None and one.whole.heads for one in paragraphs], "partial": partial,
        "partial_long": partial & (words >= _SHORT), "twins": [twins[each] for each in folded],
        "word_length": letters / count, "sentence_length": words / np.where(sentences > 0, sentences, 0.5),
        "joined": [one.layout.joined for one in paragraphs], "liking": [*map(liking, paragraphs)],
    }  # fmt: skip
    return stacked([columns[name] for name in LINE_NAMES])


def _marks(texts: Sequence[str], signs: Column, words: Column, numbered: Column) -> dict[str, npt.ArrayLike]:
    """What can be told from the signs of the texts; `numbered` are the short ones with a number."""
    firsts, lasts = [text[0] for text in texts], [text.rstrip(_CLOSING)[-1:] or " " for text in texts]
    credited, addressed = ((signs & kind > 0) & (words < _LONG_LINE) for kind in (CREDIT, ADDRESS))
    return {
        "marked": [last in _ENDING for last in lasts], "asks": [last in "?!؟！？" for last in lasts],
        "colon": [last in ":：" for last in lasts], "lower": [*map(str.islower, firsts)],
        "continues": [first in _CONTINUING for first in firsts], "bullet": [match is not None for match in map(_BULLET.match, texts)],
        "upper": signs & (CAPITAL | SMALL) == CAPITAL, "quote": signs & QUOTE > 0,
        "commas": _told(signs & COMMA, texts, lambda text: text.count(",")),
        "rubric": _told(signs & BAR, texts, lambda text: sum(map(text.count, _BARS))),
        "date": _told(numbered, texts, lambda text: _DATE.search(text) is not None),
        "time": _told(numbered, texts, lambda text: _TIME.search(text) is not None),
        "credit": _told(credited, texts, ends_in_credit), "address": _told(addressed, texts, _has_address),
    }  # fmt: skip


def _told(asked: Column, texts: Sequence[T], question: Callable[[T], float]) -> Numbers:
    """What is answered for each text that is asked, and 0 for the others."""
    answers = np.zeros(len(texts), np.float32)
    for number in np.flatnonzero(asked).tolist():
        answers[number] = question(texts[number])
    return answers


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
