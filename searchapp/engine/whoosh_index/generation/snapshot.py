"""One generation, opened: its rows over all segments, with what is known of each as arrays; shared by threads."""

from __future__ import annotations

import threading
import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from searchapp.engine.storage import Generation, Manifest
from searchapp.engine.whoosh_index.facets.calendar import Calendar
from searchapp.engine.whoosh_index.facets.facet_index import FacetIndex
from searchapp.engine.whoosh_index.facets.facet_indexes import UNREVIEWED_BITS, FacetIndexes
from searchapp.engine.whoosh_index.facets.stories import Stories
from searchapp.engine.whoosh_index.files.arrays import Array
from searchapp.engine.whoosh_index.files.clusters import read_clusters, read_sharing
from searchapp.engine.whoosh_index.files.facet_table import ALL_BITS, KNOWN_BITS
from searchapp.engine.whoosh_index.files.inverted import Numbers
from searchapp.engine.whoosh_index.files.offsets import first_positions
from searchapp.engine.whoosh_index.files.records import Card
from searchapp.engine.whoosh_index.files.rowset import Mask, RowSet
from searchapp.engine.whoosh_index.files.schema import stems_of, wholes_of
from searchapp.engine.whoosh_index.files.stored import StoredDocuments
from searchapp.engine.whoosh_index.files.tables import SUFFIX, UNDATED, Runs, Tables
from searchapp.engine.whoosh_index.generation.ordering import Orders
from searchapp.engine.whoosh_index.words.evidence import CACHED_EVIDENCE, Evidence, Key
from searchapp.engine.whoosh_index.words.frequencies import Frequencies
from searchapp.engine.whoosh_index.words.lexicon import Lexicon
from searchapp.engine.whoosh_index.words.postings import PostingReader, Source
from searchapp.engine.whoosh_index.words.recent import Recent
from searchapp.facets import FacetSet
from searchapp.model import Days, Document, SourceStamp

T = TypeVar("T")

_SEARCHED = ("title", "text", *map(stems_of, ("title", "text")), *map(wholes_of, ("title", "text")))
"""The fields that a word without a field is looked for in."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """The number of forms of each row, and the average of the live ones (1 at least)."""

    forms: npt.NDArray[np.uint32]
    average: float


class Snapshot:
    """Rows are numbered through all segments in order; those deleted since are not `live`."""

    def __init__(self, generation: Generation, facets: FacetSet) -> None:
        index = FileIndex(FileStorage(str(generation.folder)))
        toc = index._read_toc()
        self.manifest: Manifest = generation.manifest
        self.facets = facets
        self.segments: tuple[str, ...] = tuple(str(segment.segment_id()) for segment in toc.segments)
        self._readers = [SegmentReader(index.storage, toc.schema, segment) for segment in toc.segments]
        self._tables = [Tables(generation.folder / f"{segment.segment_id()}{SUFFIX}") for segment in toc.segments]
        self._documents = list(map(StoredDocuments, self._readers, self._tables))
        sizes = [reader.doc_count_all() for reader in self._readers]
        self._bases = [0, *np.cumsum(sizes).tolist()]
        self.size: int = self._bases[-1]
        placed = zip(self.segments, self._bases[:-1], self._readers, self._tables, strict=True)
        sources = [Source(name, base, reader, tables) for name, base, reader, tables in placed]
        self.postings = PostingReader(sources)
        self.live = self._live()
        self.ids: npt.NDArray[np.bytes_] = self._column(lambda tables: tables.ids, "S1")
        self.first_days: npt.NDArray[np.int32] = self._column(lambda tables: tables.first_days, "i4")
        self.last_days: npt.NDArray[np.int32] = self._column(lambda tables: tables.last_days, "i4")
        self.living = RowSet.where(self.live)
        self.evidence: Recent[Key, Evidence] = Recent(CACHED_EVIDENCE, lambda held: held.size)
        self._clusters = read_clusters(generation.folder)
        self.sharing = read_sharing(generation.folder)
        self._facets = FacetIndexes(self._tables, self.live)
        self._remembered: dict[str, Any] = {}
        self._guard = threading.RLock()

    def facet(self, name: str, *, discovered: bool = False) -> FacetIndex:
        """The facet's values and who carries them; names that nobody reviewed only where `discovered` asks for them."""
        return self._facets.of(name, ALL_BITS if discovered else KNOWN_BITS)

    def prepare(self) -> None:
        """Make what nearly every question needs, so that the first one does not wait for it."""
        shown = [spec.name for spec in self.facets.shown if spec.name != "date"]
        self._facets.prepare((*shown, "outlet_status", "date_origin"))
        for tables in self._tables:
            tables.bring_in()
            for field in _SEARCHED:
                tables.sidecar(field)
        for attribute in ("stories", "languages", "orders", "lexicon", "calendar"):
            getattr(self, attribute)
        self.frequencies.prepare()

    def unreviewed(self, name: str) -> FacetIndex:
        """The values that were only discovered somewhere, and where."""
        return self._facets.of(name, UNREVIEWED_BITS)

    @cached_property
    def stories(self) -> Stories:
        """Which rows are copies of each other."""
        if not self._clusters:
            return Stories(self.size, ())
        rows = self.rows_of(list(self._clusters)).tolist()
        members = zip(rows, self._clusters.values(), strict=True)
        return Stories(self.size, ((row, cluster) for row, cluster in members if row >= 0))

    @cached_property
    def orders(self) -> Orders:
        """The place of each row in each sort."""
        # Held the other way round too, the files of an old generation would stay open until the garbage collector runs.
        return Orders(weakref.proxy(self))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the documents, by code."""
        return tuple(sorted(self.facet("language", discovered=True).ids))

    def within(self, days: Days) -> Mask:
        """The rows whose every day lies in the range."""
        first, last = days.first.toordinal(), days.last.toordinal()
        return (self.first_days >= first) & (self.last_days <= last) & self.dated

    @cached_property
    def dated(self) -> Mask:
        """The rows that have a date."""
        return np.asarray(self.first_days != UNDATED)

    @cached_property
    def calendar(self) -> Calendar:
        """The dates of the rows, to be counted by."""
        return Calendar(self.first_days, self.last_days, undated_day=UNDATED)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The distinct tokens of the fields."""
        return Lexicon(self._tables, self.postings, self.live)

    @cached_property
    def frequencies(self) -> Frequencies:
        """In how many documents the forms of titles and texts stand."""
        return Frequencies(self._tables, self.lexicon, lost=self.size - int(np.count_nonzero(self.live)))

    @cached_property
    def id_ranks(self) -> npt.NDArray[np.int32]:
        """The place of each live row's document id among all ids in order."""
        ranks = np.zeros(self.size, np.int32)
        ranks[self._live_by_id] = np.arange(len(self._live_by_id), dtype=np.int32)
        return ranks

    def remember(self, what: str, make: Callable[[], T]) -> T:
        """What was made under this name before, else what `make` makes now."""
        with self._guard:
            if what not in self._remembered:
                self._remembered[what] = make()
            made: T = self._remembered[what]
            return made

    def lengths(self, stream: str) -> Lengths:
        """How long the rows are in a stream."""
        return self.remember(f"{stream} lengths", lambda: self._measure(stream))

    def _measure(self, stream: str) -> Lengths:
        forms = self._column(lambda tables: tables.lengths(stream), "u4")
        documents = max(1, int(np.count_nonzero(self.live)))
        return Lengths(forms, max(1.0, int(forms[self.live].sum()) / documents))

    @cached_property
    def runs(self) -> Runs:
        """The runs that brought and changed each row."""
        return Runs.united([tables.runs() for tables in self._tables])

    @cached_property
    def runs_of_generations(self) -> dict[int, str]:
        """The run of each generation ever published, up to this one."""
        return {each.generation: each.run for each in self.manifest.lineage}

    def sources(self) -> dict[str, SourceStamp]:
        """Which state of each source is indexed, by source key."""
        keys = chain.from_iterable(tables.records.origins() for tables in self._tables)
        names, first, last = self.runs.names, self.runs.first_indexed.tolist(), self.runs.last_changed.tolist()
        rows = zip(keys, self.ids.tolist(), first, last, self.live.tolist(), strict=True)
        return {
            key.source: SourceStamp(document.decode(), key.sha256, names[brought], names[changed])
            for key, document, brought, changed, live in rows
            if live
        }

    def row(self, document: str) -> int | None:
        """The live row of the document with this id."""
        row = int(self.rows_of([document])[0])
        return None if row < 0 else row

    def rows_of(self, documents: Sequence[str]) -> npt.NDArray[np.int64]:
        """The live row of each document with one of these ids, -1 where there is none."""
        wanted = np.array([document.encode() for document in documents], np.bytes_)
        rows, ids = self._live_by_id, self._live_ids
        if not len(rows):
            return np.full(len(wanted), -1)
        places = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        return np.where(ids[places] == wanted, rows[places], -1)

    def id(self, row: int) -> str:
        """The id of the document in a row."""
        return str(self.ids[row].decode())

    def document(self, row: int) -> Document:
        """The whole document in a row."""
        segment, own = self._place(row)
        return self._documents[segment].document(own)

    def card(self, row: int) -> Card:
        """What a line of an answer says of the document in a row."""
        segment, own = self._place(row)
        return self._documents[segment].records.card(own)

    def text(self, row: int) -> str:
        """The text of the document in a row."""
        segment, own = self._place(row)
        return self._documents[segment].texts.text(own)

    def offsets(self, row: int, stream: str, piece: int = 0) -> tuple[Numbers, Numbers]:
        """Where each token of a piece of text starts and ends in it: one entry a token, in order.

        `stream` is "title", "text" or "removed"; a title and a text are one piece each, "removed" has one for each of
        `Document.removed`. Entry i is of the token at position `firsts(row, stream)[piece] + i`.
        """
        segment, own = self._place(row)
        return self._tables[segment].offsets(stream).of(own, piece)

    def firsts(self, row: int, stream: str) -> Numbers:
        """The position of the first token of each piece that a row has in the stream: 0 for a title and a text.

        Positions are those of `PostingReader.places`; between two pieces some are left free.
        """
        segment, own = self._place(row)
        sizes = self._tables[segment].offsets(stream).sizes(own)
        return first_positions(sizes, np.array([len(sizes)]))

    def titles(self) -> Iterator[str]:
        """The folded title of each row."""
        return chain.from_iterable(tables.titles() for tables in self._tables)

    def _place(self, row: int) -> tuple[int, int]:
        """The segment of a row, and the row in it."""
        segment = bisect_right(self._bases, row) - 1
        return segment, row - self._bases[segment]

    @cached_property
    def _live_by_id(self) -> npt.NDArray[np.intp]:
        rows = np.flatnonzero(self.live)
        return rows[np.argsort(self.ids[rows])]

    @cached_property
    def _live_ids(self) -> npt.NDArray[np.bytes_]:
        return self.ids[self._live_by_id]

    def _column(self, of: Callable[[Tables], Array], dtype: str) -> Array:
        columns = [of(tables) for tables in self._tables]
        if len(columns) == 1:
            return columns[0]
        return np.concatenate(columns) if columns else np.empty(0, dtype)

    def _live(self) -> Mask:
        live = np.ones(self.size, np.bool_)
        for base, reader in zip(self._bases[:-1], self._readers, strict=True):
            live[[base + row for row in reader.segment().deleted_docs()]] = False
        return live
