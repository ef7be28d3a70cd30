"""What does a document become in the index? The tokens of its texts, and the values it can be looked up by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, pairwise, repeat
from operator import sub

from searchapp.analysis import Tokens, analyze
from searchapp.engine.whoosh_index.files.schema import WORDS, values_of
from searchapp.facets import FacetSet
from searchapp.model import Document, FacetEntry


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens of the pieces of a text one after the other, each with its offsets in its piece, and of each how many."""

    tokens: Tokens
    sizes: Sequence[int]

    @classmethod
    def read(cls, texts: Iterable[str], language: str | None) -> Pieces:
        """Pieces of a page are many and short: read as lines of one text they take half the time."""
        lines = [f"{text}\n" for text in texts]
        tokens = analyze("".join(lines), language)
        begins = [0, *accumulate(map(len, lines))]
        sizes = [end - first for first, end in pairwise([bisect_left(tokens.starts, begin) for begin in begins])]
        own = [*chain.from_iterable(map(repeat, begins, sizes))]
        return cls(replace(tokens, starts=tuple(map(sub, tokens.starts, own)), ends=tuple(map(sub, tokens.ends, own))), sizes)


@dataclass(frozen=True, slots=True)
class Indexed:
    """A document as the index takes it, by field: the pieces of text that are read word by word, and whole values."""

    texts: Mapping[str, Pieces]
    values: Mapping[str, Sequence[str]]


Entries = Mapping[str, tuple[FacetEntry, ...]]
"""What a document carries in each facet that is counted."""


def entries_of(document: Document, facets: FacetSet) -> Entries:
    """The entries of the document, by facet."""
    return {spec.name: facets.entries(document, spec.name) for spec in facets.counted}


def index_document(document: Document, entries: Entries) -> Indexed:
    """Everything of the document that can be looked up."""
    language = document.language.value
    texts = {
        "title": _whole(document.title.value, language),
        "text": _whole(document.text, language),
        "removed": Pieces.read(document.removed, language),
    }
    words = {"author": document.author.value, "url": document.url, "file": document.source, "id": document.id}
    for name, value in words.items():
        texts[WORDS[name]] = _whole(value, None)
    return Indexed(texts, {**_keys(document), **dict(_values(entries))})


def _whole(text: str | None, language: str | None) -> Pieces:
    """A text that is one piece."""
    tokens = analyze(text or "", language)
    return Pieces(tokens, (len(tokens.forms),))


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
