"""What does a document become in the index? The tokens of its texts, and the values it can be looked up by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchapp.analysis import Tokens, analyze
from searchapp.engine.whoosh_index.schema import WORDS, values_of
from searchapp.facets import FacetSet
from searchapp.model import Document


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as the index takes it, by field: the pieces of text that are read word by word, and whole values."""

    texts: Mapping[str, Sequence[Tokens]]
    values: Mapping[str, Sequence[str]]


def index_document(document: Document, facets: FacetSet) -> Indexed:
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
    return Indexed(texts, {**_keys(document), **dict(_values(document, facets))})


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


def _values(document: Document, facets: FacetSet) -> Iterator[tuple[str, Sequence[str]]]:
    """The facet values that count unless discovered names are asked for."""
    for spec in facets.counted:
        entries = facets.entries(document, spec.name)
        known = dict.fromkeys(entry.value.id for entry in entries if entry.status != "discovered")
        yield values_of(spec.name), tuple(known)
