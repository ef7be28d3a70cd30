"""The tokens of a segment that is being written: collected document by document, given back as postings of fields."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import count, repeat

import numpy as np

from searchapp.engine.whoosh_index.files.indexing import Indexed, Pieces
from searchapp.engine.whoosh_index.files.inverted import FieldPostings, Numbers, Positions, grouped
from searchapp.engine.whoosh_index.files.offsets import TokenOffsets, first_positions, make_offsets
from searchapp.engine.whoosh_index.files.schema import STREAMS, stems_of, wholes_of


class TextPool:
    """The texts of one field; a document has any number of pieces, and each must be given, in order."""

    def __init__(self) -> None:
        # A form with its stem and its whole is one number: most come again and again.
        self._numbers: defaultdict[tuple[str, str, str], int] = defaultdict(count().__next__)
        self._tokens = array("I")
        self._starts = array("I")
        self._ends = array("I")
        self._sizes = array("I")
        self._pieces = array("I")

    def add(self, pieces: Pieces) -> None:
        """The texts of the next document."""
        tokens = pieces.tokens
        self._tokens.extend(map(self._numbers.__getitem__, zip(tokens.forms, tokens.stems, tokens.wholes, strict=True)))
        self._starts.extend(tokens.starts)
        self._ends.extend(tokens.ends)
        self._sizes.extend(pieces.sizes)
        self._pieces.append(len(pieces.sizes))

    def forms(self) -> FieldPostings:
        """The postings of forms, with positions."""
        return self._grouped(0, positions_of(self._arrays[1], self._arrays[0]))

    def stems(self) -> FieldPostings:
        """The postings of stems."""
        return self._grouped(1)

    def wholes(self) -> FieldPostings:
        """The postings of wholes."""
        return self._grouped(2)

    def stem_forms(self) -> set[bytes]:
        """Each form under its stem, as `stem form`."""
        return {f"{stem} {form}".encode() for form, stem, _ in self._numbers if stem}

    def offsets(self) -> TokenOffsets:
        """Where the tokens stand."""
        pieces, sizes = self._arrays
        return make_offsets(pieces, sizes, np.frombuffer(self._starts, np.uint32), np.frombuffer(self._ends, np.uint32))

    @property
    def _arrays(self) -> tuple[Numbers, Numbers]:
        pieces, sizes = np.frombuffer(self._pieces, np.uint32), np.frombuffer(self._sizes, np.uint32)
        return pieces.astype(np.int32), sizes.astype(np.int32)

    def _grouped(self, kind: int, positions: Positions | None = None) -> FieldPostings:
        pieces, sizes = self._arrays
        documents = np.repeat(np.repeat(np.arange(len(pieces), dtype=np.int32), pieces), sizes)
        words = [each[kind] for each in self._numbers]
        return grouped(words, np.frombuffer(self._tokens, np.uint32), documents, positions)


def positions_of(sizes: Numbers, pieces: Numbers) -> Positions:
    """The position in its document of each token of pieces of these sizes, of which documents have so many each."""
    ends = np.cumsum(sizes, dtype=np.int64)
    begins = ends - sizes
    firsts = first_positions(sizes, pieces)
    positions = np.arange(ends[-1] if len(ends) else 0) + np.repeat(firsts - begins, sizes)
    return np.asarray(positions, np.uint32)


class ValuePool:
    """The values of a field that holds each at most once a document, without positions."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)
        self._values = array("I")
        self._documents = array("I")

    def add(self, document: int, values: Sequence[str]) -> None:
        """The distinct values of one document; documents must come in ascending order."""
        self._values.extend(map(self._numbers.__getitem__, values))
        self._documents.extend(repeat(document, len(values)))

    def postings(self) -> FieldPostings:
        """Their postings."""
        documents = np.frombuffer(self._documents, np.uint32).astype(np.int32)
        return grouped(list(self._numbers), np.frombuffer(self._values, np.uint32), documents)


class Pools:
    """All fields of the documents of a segment."""

    def __init__(self) -> None:
        self.size = 0
        self._texts: defaultdict[str, TextPool] = defaultdict(TextPool)
        self._values: defaultdict[str, ValuePool] = defaultdict(ValuePool)

    def add(self, indexed: Indexed) -> None:
        """Take in the next document; all have the same fields."""
        for name, pieces in indexed.texts.items():
            self._texts[name].add(pieces)
        for name, values in indexed.values.items():
            self._values[name].add(self.size, values)
        self.size += 1

    def fields(self) -> Mapping[str, Callable[[], FieldPostings]]:
        """What makes the postings of each field, by name."""
        makers: dict[str, Callable[[], FieldPostings]] = {}
        for name, pool in self._texts.items():
            makers[name] = pool.forms
            if name in STREAMS:
                makers[stems_of(name)], makers[wholes_of(name)] = pool.stems, pool.wholes
        return makers | {name: values.postings for name, values in self._values.items()}

    def offsets(self, stream: str) -> TokenOffsets:
        """Where the tokens of a stream stand."""
        return self._texts[stream].offsets()

    def stem_forms(self) -> set[bytes]:
        """Each form of any stream under its stem, as `stem form`."""
        return set().union(*(self._texts[stream].stem_forms() for stream in STREAMS if stream in self._texts))
