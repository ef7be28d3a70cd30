"""Is the index what it says it is? Files against their manifests; deeply, what was derived against the documents."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from searchapp.engine.storage import Generation, Store
from searchapp.engine.storage.manifest import MANIFEST, damaged
from searchapp.engine.storage.staging import GENERATIONS
from searchapp.engine.whoosh_index.files.arrays import Array, read_arrays
from searchapp.engine.whoosh_index.files.blocks import read_field
from searchapp.engine.whoosh_index.files.derived import Derived
from searchapp.engine.whoosh_index.files.indexing import entries_of, index_document
from searchapp.engine.whoosh_index.files.inverted import FieldPostings
from searchapp.engine.whoosh_index.files.records import TEXTS
from searchapp.engine.whoosh_index.files.schema import STEM_FORMS, STREAMS, fingerprint
from searchapp.engine.whoosh_index.files.stored import UNREADABLE, StoredDocuments
from searchapp.engine.whoosh_index.files.tables import SUFFIX, TableBuilder, Tables
from searchapp.engine.whoosh_index.writing.pool import Pools
from searchapp.errors import IndexDamaged
from searchapp.facets import FacetSet


def check_all(store: Store, facets: FacetSet, *, deep: bool) -> Iterator[IndexDamaged]:
    """The damages of all generations.

    Every byte of the current one is read, of the others names, sizes and manifests; deeply, every byte of all, and
    what was derived in the current one is compared with its documents.
    """
    numbers = set(store.numbers())
    try:
        current = store.current()
    except IndexDamaged as damage:
        yield damage
        # A manifest that is the damage has been named.
        numbers = {number for number in numbers if damage.file != f"{GENERATIONS}/{number}/{MANIFEST}"}
        current = max(numbers, default=None)
    for number in sorted(numbers if current is None else numbers | {current}):
        try:
            damages = store.verify(number, every_hash=deep or number == current)
        except IndexDamaged as damage:
            damages = (damage,)
        yield from damages
        if deep and number == current and not damages:
            yield from _check_segments(store.open(number), facets)
    yield from store.damages_of_kept()


def _check_segments(generation: Generation, facets: FacetSet) -> Iterator[IndexDamaged]:
    if generation.manifest.schema != fingerprint(facets):
        return
    folder = generation.folder
    index = FileIndex(FileStorage(str(folder)))
    place = f"{folder.parent.name}/{folder.name}"
    for segment in index._segments():
        name = str(segment.segment_id())
        tables = Tables(folder / f"{name}{SUFFIX}")
        try:
            rebuilt = _Rebuilt(SegmentReader(index.storage, index.schema, segment), tables, facets)
        except UNREADABLE as error:
            yield damaged(f"{place}/{name}{SUFFIX}", f"its records and texts are not those of its documents ({error})")
            continue
        for field in sorted(rebuilt.wrong_fields()):
            yield damaged(f"{place}/{name}.seg", f"its words in {field} are not those of its documents")
        for array in sorted(rebuilt.wrong_tables(read_arrays(folder / f"{name}{SUFFIX}"))):
            yield damaged(f"{place}/{name}{SUFFIX}", f"its table {array} is not that of its documents")


class _Rebuilt:
    """What a segment must hold, made anew from the documents that it stores."""

    def __init__(self, reader: SegmentReader, stored: Tables, facets: FacetSet) -> None:
        self._reader = reader
        pools, tables = Pools(), TableBuilder(facets)
        for document in StoredDocuments(reader, stored):
            entries = entries_of(document, facets)
            pools.add(index_document(document, entries))
            tables.add(document, entries)
        self._stem_forms = pools.stem_forms()
        fields = {name: make() for name, make in pools.fields().items()}
        self._fields = {name: postings for name, postings in fields.items() if postings.tokens}
        derived = Derived(pools.size)
        for name, postings in self._fields.items():
            derived.add(name, postings)
        for stream in STREAMS:
            derived.add_offsets(stream, pools.offsets(stream))
        self._tables = tables.arrays() | derived.arrays(self._stem_forms)

    def wrong_fields(self) -> set[str]:
        """The fields whose postings differ in Whoosh's own files."""
        held: set[str] = set(self._reader._terms._tindex.extras["fieldmap"])
        wrong = {
            name for name, postings in self._fields.items() if not _are_alike(postings, read_field(self._reader, name))
        }
        return wrong | (held - self._fields.keys())

    def wrong_tables(self, held: dict[str, Array]) -> set[str]:
        """The arrays beside the segment that differ; forms under their stems may be more, for they stay in merging."""
        listed = f"{STEM_FORMS}.words"
        expected = self._tables
        wrong = {name for name in expected if name != listed and not _are_equal(expected[name], held.get(name))}
        more = set(held[listed].tobytes().split(b"\n"))
        return wrong | ({listed} if self._stem_forms - more else set()) | (held.keys() - expected.keys() - {TEXTS})


def _are_alike(one: FieldPostings, other: FieldPostings) -> bool:
    if one.tokens != other.tokens:
        return False
    parts = ("begins", "documents", "frequencies", "positions")
    return all(_are_equal(getattr(one, part), getattr(other, part)) for part in parts)


def _are_equal(one: Array | None, other: Array | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.dtype == other.dtype and bool(np.array_equal(one, other))
