"""Is the index what it says it is? Files against their manifests; deeply, what was derived against the documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from searchapp.engine.whoosh_index.arrays import Array, read_arrays
from searchapp.engine.whoosh_index.blocks import read_postings
from searchapp.engine.whoosh_index.indexing import index_document
from searchapp.engine.whoosh_index.manifest import MANIFEST, damaged
from searchapp.engine.whoosh_index.pool import FieldPool, Term
from searchapp.engine.whoosh_index.schema import KEPT, LEXICON, STEM_FORMS, STREAMS, fingerprint
from searchapp.engine.whoosh_index.segments import read_document
from searchapp.engine.whoosh_index.staging import GENERATIONS
from searchapp.engine.whoosh_index.storage import Generation, Store
from searchapp.engine.whoosh_index.tables import SUFFIX, make_tables
from searchapp.errors import IndexDamaged
from searchapp.facets import FacetSet


def check_all(store: Store, facets: FacetSet, *, deep: bool) -> Iterator[IndexDamaged]:
    """The damages of all generations; deeply, those that no checksum shows in the current one too."""
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
            damages = store.verify(number, every_hash=deep)
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
        rebuilt = _Rebuilt(SegmentReader(index.storage, index.schema, segment), facets)
        for field in sorted(rebuilt.wrong_fields()):
            yield damaged(f"{place}/{name}.seg", f"its words in {field} are not those of its documents")
        for array in sorted(rebuilt.wrong_tables(read_arrays(folder / f"{name}{SUFFIX}"))):
            yield damaged(f"{place}/{name}{SUFFIX}", f"its table {array} is not that of its documents")


class _Rebuilt:
    """What a segment must hold, made anew from the documents that it stores."""

    def __init__(self, reader: SegmentReader, facets: FacetSet) -> None:
        self._reader = reader
        self._facets = facets
        self._documents = [read_document(reader, row) for row in range(reader.doc_count_all())]
        self._stem_forms: set[bytes] = set()
        self._lengths: dict[str, list[int]] = {stream: [] for stream in STREAMS}
        pools: dict[str, FieldPool] = {}
        for row, document in enumerate(self._documents):
            indexed = index_document(document, facets)
            self._stem_forms.update(pair.encode() for pair in indexed.stem_forms)
            for field in indexed.fields:
                pools.setdefault(field.name, FieldPool(field.name)).add(row, field)
                if field.name in self._lengths:
                    self._lengths[field.name].append(field.length)
        self._terms = {name: {term.token: term for term in pool.terms()} for name, pool in pools.items()}

    def wrong_fields(self) -> set[str]:
        """The fields whose postings differ."""
        wrong: set[str] = set()
        seen: defaultdict[str, int] = defaultdict(int)
        for (field, token), info in self._reader._terms.items():
            seen[field] += 1
            if not self._is_held(self._terms.get(field, {}).get(token), field, info.extent()[0]):
                wrong.add(field)
        return wrong | {field for field, terms in self._terms.items() if len(terms) != seen[field]}

    def wrong_tables(self, held: dict[str, Array]) -> set[str]:
        """The tables that differ; forms under their stems may be more, for they stay when segments are merged."""
        words = {
            field: (list(terms), np.array([len(term.documents) for term in terms.values()], np.uint32))
            for field, terms in self._terms.items()
            if terms and field in LEXICON
        }
        words[KEPT] = self._kept_words()
        lengths = {stream: np.array(known, np.uint32) for stream, known in self._lengths.items()}
        expected = make_tables(self._documents, self._facets, lengths=lengths, words=words)
        wrong = {name for name, array in expected.items() if not _are_equal(array, held.get(name))}
        listed = set(held[f"{STEM_FORMS}.words"].tobytes().split(b"\n"))
        return wrong | ({STEM_FORMS} if self._stem_forms - listed else set())

    def _kept_words(self) -> tuple[list[bytes], Array]:
        holding: defaultdict[bytes, set[int]] = defaultdict(set)
        for field in ("title", "text"):
            for token, term in self._terms.get(field, {}).items():
                holding[token].update(term.documents)
        words = sorted(holding)
        return words, np.array([len(holding[word]) for word in words], np.uint32)

    def _is_held(self, term: Term | None, field: str, offset: int) -> bool:
        positional = self._reader.schema[field].supports("positions")
        held = read_postings(self._reader._terms._postfile, offset, with_positions=positional)
        found = held.rows.tolist(), held.counts.tolist(), held.positions or []
        return term is not None and found == (term.documents, term.frequencies, term.positions)


def _are_equal(one: Array, other: Array | None) -> bool:
    return other is not None and one.dtype == other.dtype and bool(np.array_equal(one, other))
