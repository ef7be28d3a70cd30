"""What does a document become in the index? The tokens of its texts, and the values it can be looked up by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchapp.analysis import Tokens, analyze
from searchapp.engine.whoosh_index.files.schema import WORDS, values_of
from searchapp.facets import FacetSet
from searchapp.model import Document, FacetEntry


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as the index takes it, by field: the pieces of text that are read word by word, and whole values."""

    texts: Mapping[str, Sequence[Tokens]]
    values: Mapping[str, Sequence[str]]


Entries = Mapping[str, tuple[FacetEntry, ...]]
"""What a document carries in each facet that is counted."""


def entries_of(document: Document, facets: FacetSet) -> Entries:
    """The entries of the document, by facet."""
    return {spec.name: facets.entries(document, spec.name) for spec in facets.counted}


def index_document(document: Document, entries: Entries) -> Indexed:
    """Everything of the document that can be looked up."""
    language = document.language.value
    texts: dict[str, Sequence[Tokens]] = {
        "title": (analyze(document.title.value or "", language),),
        "text": (analyze(document.text, language),),
        "removed": tuple(analyze(block, language) for block in document.removed),
    }
    words = {"author": document.author.value, "url": document.url, "file": document.source, "id": document.id}
    for name, value in words.items():
        texts[WORDS[name]] = (analyze(value or "", None),)
    return Indexed(texts, {**_keys(document), **dict(_values(entries))})


def _keys(document: Document) -> dict[str, Sequence[str]]:
    keys = {
        "id": document.id, "source": document.source, "name": last_part(document.source), "sha256": document.sha256,
        "address": document.url,
    }  # fmt: skip
    return {name: (value,) if value else () for name, value in keys.items()}


def last_part(source: str) -> str:
    """The name of the file with what follows its #, which may hold slashes too."""
    path, mark, record = source.partition("#")
    return path.rpartition("/")[2] + mark + record


def _values(entries: Entries) -> Iterator[tuple[str, Sequence[str]]]:
    """The facet values that count unless discovered names are asked for."""
    for name, carried in entries.items():
        known = dict.fromkeys(entry.value.id for entry in carried if entry.status != "discovered")
        yield values_of(name), tuple(known)
