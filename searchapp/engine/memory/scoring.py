"""How well does a document match? BM25 over the parts of a query that ask for words.

Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009: idf x tf (k1 + 1) / (tf + k1 (1 - b + b length /
average)), summed over parts and streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from searchapp.analysis import Tokens
from searchapp.engine.memory.matching import stands_in
from searchapp.engine.memory.records import Record
from searchapp.engine.memory.state import State
from searchapp.engine.reading import Reading, Words, places

K1 = 1.2
B = 0.75
STREAM_WEIGHTS = {"title": 2.0, "text": 1.0, "removed": 1.0}
STEM_WEIGHT = 0.5
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
        """The score of the document, 0 where no part of the query matches it."""
        record = self._state.records[identifier]
        total = 0.0
        for field, reading, rarity in self._asked:
            for stream, weight in STREAM_WEIGHTS.items():
                pieces = [piece for name, piece in record.read(field, self._scope) if name == stream]
                total += rarity * weight * self._share(reading, stream, pieces)
        return total

    def _share(self, reading: Reading, stream: str, pieces: Sequence[Tokens]) -> float:
        frequency = sum(_frequency(reading, piece) for piece in pieces)
        length = sum(len(piece.forms) for piece in pieces)
        if not frequency:
            return 0.0
        return frequency * (K1 + 1) / (frequency + K1 * (1 - B + B * length / self._average[stream]))

    def _rarity(self, field: str | None, reading: Reading) -> float:
        records = self._state.records.values()
        holding = sum(self._is_in(record, field, reading) for record in records)
        return log(1 + (len(records) - holding + 0.5) / (holding + 0.5))

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
