"""How well does a document match? BM25F over the parts of a query that ask for words.

Robertson, Zaragoza and Taylor, Simple BM25 Extension to Multiple Weighted Fields, 2004: how often a part stands in each
stream is weighted by the stream and by its length there, summed over the streams, and saturated once.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log

from searchapp.analysis import Tokens
from searchapp.engine.memory.matching import stands_in
from searchapp.engine.memory.records import Record
from searchapp.engine.memory.state import State
from searchapp.engine.reading import Reading, Words, places

K1 = 2.5
B = 0.8
RARITY_POWER = 1.25
"""How much more rare words count than in BM25, so that the common words of a sentence need no list of stop words."""

STREAM_WEIGHTS = {"title": 3.0, "text": 1.0, "removed": 1.0}
STEM_WEIGHT = 0.6
"""What a word counts that only has the stem of the one typed."""

WHOLE_WEIGHT = 2.0
"""What a compound counts that stands in the text as it was typed."""

Asked = tuple[str | None, Reading]
"""A reading with the field it is read in."""


class Scorer:
    """Scores documents for what is asked in titles and texts; other fields only filter."""

    def __init__(self, state: State, scope: str, asked: Iterable[Asked]) -> None:
        self._state = state
        self._scope = scope
        read_in_text = [(field, reading) for field, reading in asked if field in (None, "title", "text")]
        self._asked = [(field, reading, self._rarity(field, reading)) for field, reading in read_in_text]
        self._average = {stream: self._average_length(stream) for stream in STREAM_WEIGHTS}

    def score(self, identifier: str) -> float:
        """The score of the document, 0 where no part of the query matches it; a part that is asked twice counts twice."""
        record = self._state.records[identifier]
        total = 0.0
        for field, reading, rarity in self._asked:
            pieces = list(record.read(field, self._scope))
            strength = sum(self._strength(record, reading, stream, piece) for stream, piece in pieces)
            total += rarity * strength * (K1 + 1) / (strength + K1)
        return total

    def _strength(self, record: Record, reading: Reading, stream: str, piece: Tokens) -> float:
        length = sum(len(each.forms) for each in record.streams[stream])
        return STREAM_WEIGHTS[stream] * _frequency(reading, piece) / (1 - B + B * length / self._average[stream])

    def _rarity(self, field: str | None, reading: Reading) -> float:
        records = self._state.records.values()
        holding = sum(self._is_in(record, field, reading) for record in records)
        return float(log(1 + (len(records) - holding + 0.5) / (holding + 0.5)) ** RARITY_POWER)

    def _is_in(self, record: Record, field: str | None, reading: Reading) -> bool:
        return any(stands_in(reading, piece) for _, piece in record.read(field, self._scope))

    def _average_length(self, stream: str) -> float:
        lengths = [len(piece.forms) for one in self._state.records.values() for piece in one.streams[stream]]
        return max(1.0, sum(lengths) / max(1, len(self._state.records)))


def _frequency(reading: Reading, tokens: Tokens) -> float:
    """How often it stands there; forms as typed count more than forms of the same stem."""
    return sum(_weight(reading, tokens, first) for first, _ in places(reading, tokens))


def _weight(reading: Reading, tokens: Tokens, at: int) -> float:
    if not isinstance(reading, Words):
        return 1.0
    if reading.whole and tokens.wholes[at] == reading.whole:
        return WHOLE_WEIGHT
    return 1.0 if tokens.forms[at] == reading.forms[0] else STEM_WEIGHT
