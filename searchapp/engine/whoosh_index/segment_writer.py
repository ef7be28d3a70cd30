"""Writes a Whoosh segment from arrays of postings: Whoosh's own files and blocks, without its work for each single posting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.system import pack_uint
from whoosh.writing import SegmentWriter

from searchapp.engine.whoosh_index.arrays import Array
from searchapp.engine.whoosh_index.blocks import Postings, read_postings
from searchapp.engine.whoosh_index.indexing import Indexed
from searchapp.engine.whoosh_index.pool import FieldPool, Term, kept_words
from searchapp.engine.whoosh_index.schema import DOCUMENT, KEPT, LEXICON, STREAMS

_WORTH_COMPRESSING = 8
"""Postings from which on compression makes a block smaller; most tokens have one or two."""

_COMPRESSION = 3


class BulkWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer of one new segment, which takes tokens that are already made.

    After `commit`, `words` holds the tokens of each field of the lexicon and how many documents have each, `lengths`
    how many forms each document has in each stream.
    """

    def __init__(self, index: FileIndex) -> None:
        # No lock of Whoosh's own: whoever writes holds the lock of the whole index folder.
        super().__init__(index, _lk=False)
        self.words: dict[str, tuple[list[bytes], Array]] = {}
        self.lengths: dict[str, Array] = {}
        self._fields: defaultdict[str, FieldPool] = defaultdict(FieldPool)

    @property
    def segment_name(self) -> str | None:
        """The name of the segment that was written, None if there was nothing to write."""
        return str(self.newsegment.segment_id()) if self._added else None

    def add_indexed(self, stored: bytes, indexed: Indexed) -> None:
        """Add one document: `stored` is its JSON."""
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_field(DOCUMENT, self.schema[DOCUMENT], stored, 0)
        for field in indexed.fields:
            declared = self.schema[field.name]
            self._fields[field.name].add(self.docnum, field)
            value = field.tokens[0] if declared.stored else None
            self.perdocwriter.add_field(field.name, declared, value, field.length if declared.scorable else 0)
        self.perdocwriter.finish_doc()
        self.docnum += 1
        self._added = True

    def add_segment(self, reader: SegmentReader, lengths: Mapping[str, Array]) -> None:
        """Add every document of another segment that is not deleted; `lengths` are those of its streams."""
        first = self.docnum
        renumbered = self.write_per_doc(self.schema.names(), reader)
        numbers = np.full(reader.doc_count_all(), -1, np.int32)
        live = range(len(numbers)) if renumbered is None else list(renumbered)
        numbers[live] = np.arange(first, self.docnum)
        for stream in STREAMS:
            self._fields[stream].lengths.update(zip(numbers[live].tolist(), lengths[stream][live].tolist(), strict=True))
        for (name, token), info in reader._terms.items():
            positional = self.schema[name].supports("positions")
            held = read_postings(reader._terms._postfile, info.extent()[0], with_positions=positional)
            kept = _renumbered(held, numbers)
            if len(kept.rows):
                self._fields[name].add_term(token.decode(), kept)
        self._added = True

    def _flush_segment(self) -> None:
        """Write everything collected; Whoosh calls this on commit."""
        self.perdocwriter.close()
        for stream in STREAMS:
            known = self._fields[stream].lengths
            self.lengths[stream] = np.array([known.get(number, 0) for number in range(self.docnum)], np.uint32)
        self.words[KEPT] = kept_words(self._fields["title"], self._fields["text"])
        for name in sorted(self._fields):
            self._write_field(name, self._fields.pop(name))
        self.fieldwriter.close()

    def _write_field(self, name: str, pool: FieldPool) -> None:
        self.fieldwriter.start_field(name, self.schema[name])
        tokens: list[bytes] = []
        frequencies: list[int] = []
        for term in pool.terms():
            self._write_term(term, pool.lengths)
            tokens.append(term.token)
            frequencies.append(len(term.documents))
        self.fieldwriter.finish_field()
        if tokens and name in LEXICON:
            self.words[name] = tokens, np.array(frequencies, np.uint32)

    def _write_term(self, term: Term, lengths: Mapping[int, int]) -> None:
        self.fieldwriter.start_term(term.token)
        writer = self.fieldwriter._postwriter
        writer._compression = _COMPRESSION if len(term.documents) >= _WORTH_COMPRESSING else 0
        for start in range(0, len(term.documents), writer._blocklimit):
            if start:
                writer._write_block()
            _fill(writer, term, slice(start, start + writer._blocklimit), lengths)
        self.fieldwriter.finish_term()


def _fill(writer: Any, term: Term, part: slice, lengths: Mapping[int, int]) -> None:
    """Put a part of the postings into the block that Whoosh is about to write."""
    writer._ids = term.documents[part]
    writer._weights = term.frequencies[part]
    size = writer._format.fixed_value_size()
    writer._values = term.positions[part] if size is None else [pack_uint(int(one)) for one in writer._weights if size]
    writer._maxweight = max(writer._weights)
    known = [lengths.get(document, 0) for document in writer._ids]
    writer._minlength, writer._maxlength = min(known), max(known)


def _renumbered(held: Postings, numbers: npt.NDArray[np.int32]) -> Postings:
    """The postings of the documents that get a number of 0 or more, under that number."""
    rows = numbers[held.rows]
    kept = rows >= 0
    if kept.all():
        return Postings(rows, held.counts, held.positions)
    positions = held.positions and [held.positions[place] for place in np.flatnonzero(kept).tolist()]
    return Postings(rows[kept], held.counts[kept], positions)
