"""What goes into a new segment of one that is merged: its postings and offsets, without what was deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.files.blocks import read_field
from searchapp.engine.whoosh_index.files.inverted import FieldPostings, Numbers
from searchapp.engine.whoosh_index.files.offsets import TokenOffsets
from searchapp.engine.whoosh_index.files.tables import Tables


class OldSegment:
    """A segment whose live documents are numbered from `base` on in the new one; `rows` are what they are called here."""

    def __init__(self, reader: SegmentReader, tables: Tables, base: int) -> None:
        self.reader = reader
        self.tables = tables
        self.rows: Numbers = np.array(list(reader.all_doc_ids()), np.int32)
        self._numbers = np.full(reader.doc_count_all(), -1, np.int32)
        self._numbers[self.rows] = np.arange(base, base + len(self.rows))

    def fields(self) -> Mapping[str, Callable[[], FieldPostings]]:
        """What makes the postings of each field, by name."""
        return {name: partial(self._postings, name) for name in self.reader._terms._tindex.extras["fieldmap"]}

    def offsets(self, stream: str) -> TokenOffsets:
        """Where the tokens of a stream stand."""
        return self.tables.offsets(stream).chosen(self.rows)

    def _postings(self, name: str) -> FieldPostings:
        return (self.tables.postings(name) or read_field(self.reader, name)).renumbered(self._numbers)
