"""What does a document become in the index? The tokens of each field, and how often or where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from whoosh.formats import Positions

from searchapp.analysis import Tokens, analyze
from searchapp.engine.whoosh_index.schema import WORDS, stems_of, values_of, wholes_of
from searchapp.facets import FacetSet
from searchapp.model import Document

BLOCK_GAP = 1 << 12
"""Positions left free between two removed blocks: more than any query's words can lie apart, so no match spans two."""

_POSITIONS = Positions()


@dataclass(frozen=True, slots=True)
class FieldTokens:
    """The distinct tokens of one field of one document, how often each occurs, and its positions as Whoosh stores them.

    `positions` is empty for a field without positions; `length` counts all occurrences.
    """

    name: str
    tokens: Sequence[str]
    frequencies: Sequence[int]
    length: int
    positions: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as the index takes it: its fields, and each form under its stem, as `stem form`."""

    fields: tuple[FieldTokens, ...]
    stem_forms: frozenset[str]


def index_document(document: Document, facets: FacetSet) -> Indexed:
    """Everything of the document that can be looked up."""
    language = document.language.value
    streams = {
        "title": [analyze(document.title.value or "", language)],
        "text": [analyze(document.text, language)],
        "removed": [analyze(block, language) for block in document.removed],
    }
    pieces = [piece for held in streams.values() for piece in held]
    pairs = {pair for piece in pieces for pair in zip(piece.stems, piece.forms, strict=True)}
    fields = chain(
        chain.from_iterable(_stream(name, held) for name, held in streams.items()),
        _words_and_keys(document),
        _values(document, facets),
    )
    return Indexed(tuple(fields), frozenset(f"{stem} {form}" for stem, form in pairs if stem))


def _stream(name: str, pieces: Sequence[Tokens]) -> Iterator[FieldTokens]:
    yield _positional(name, pieces)
    yield _counted(stems_of(name), Counter(stem for piece in pieces for stem in piece.stems if stem))
    yield _counted(wholes_of(name), Counter(whole for piece in pieces for whole in piece.wholes if whole))


def _words_and_keys(document: Document) -> Iterator[FieldTokens]:
    words = {"author": document.author.value, "url": document.url, "file": document.source, "id": document.id}
    for name, value in words.items():
        yield _positional(WORDS[name], [analyze(value or "", None)])
    keys = {
        "id": document.id, "source": document.source, "name": last_part(document.source), "sha256": document.sha256,
        "address": document.url,
    }  # fmt: skip
    for name, value in keys.items():
        if value:
            yield FieldTokens(name, (value,), (1,), 1)


def last_part(source: str) -> str:
    """The name of the file with what follows its #, which may hold slashes too."""
    path, mark, record = source.partition("#")
    return path.rpartition("/")[2] + mark + record


def _values(document: Document, facets: FacetSet) -> Iterator[FieldTokens]:
    """The facet values that count unless discovered names are asked for."""
    for spec in facets.counted:
        entries = facets.entries(document, spec.name)
        known = [entry.value.id for entry in entries if entry.status != "discovered"]
        yield _counted(values_of(spec.name), dict.fromkeys(known, 1))


def _positional(name: str, pieces: Sequence[Tokens]) -> FieldTokens:
    found: defaultdict[str, list[int]] = defaultdict(list)
    start = 0
    for piece in pieces:
        for position, form in enumerate(piece.forms, start):
            found[form].append(position)
        start += len(piece.forms) + BLOCK_GAP
    frequencies = tuple(map(len, found.values()))
    encoded = [_one_position(held[0]) if len(held) == 1 else _POSITIONS.encode(held) for held in found.values()]
    return FieldTokens(name, tuple(found), frequencies, sum(frequencies), encoded)


@lru_cache(maxsize=1 << 14)
def _one_position(position: int) -> bytes:
    encoded: bytes = _POSITIONS.encode([position])
    return encoded


def _counted(name: str, counts: Mapping[str, int]) -> FieldTokens:
    frequencies = tuple(counts.values())
    return FieldTokens(name, tuple(counts), frequencies, sum(frequencies))
