"""An archive of made documents, as many as wanted, with guessed, discovered and missing values, and copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench.corpora import Source, Splicer
from bench.documents import document_of
from searchapp.model import ABSENT, Document, FacetEntry, Status
from tests.bench.source import write_source

STATUSES: tuple[Status, ...] = ("declared", "declared", "curated", "inferred", "discovered")
STORY = 25
"""Of so many documents that follow each other, the first few are copies."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Where documents are indexed, and how to make them again."""

    splicer: Splicer

    def __iter__(self) -> Iterator[Document]:
        return (_varied(document_of(made), Random(made.number)) for made in self.splicer)

    @property
    def clusters(self) -> Mapping[str, str]:
        """The cluster of each document that has copies."""
        found = {}
        for first in range(0, self.splicer.documents, STORY):
            copies = [f"{number:07}" for number in range(first, min(first + first // STORY % 5, self.splicer.documents))]
            found.update(dict.fromkeys(copies, copies[0]) if len(copies) > 1 else {})
        return found


def make_archive(folder: Path, documents: int, *, words: int = 30) -> Archive:
    """That many documents of about so many words; the same for the same numbers."""
    return Archive(Splicer(Source.read(write_source(folder / "source.jsonl.gz")), documents, words=words, seed=1))


def _varied(document: Document, chance: Random) -> Document:
    outlet = replace(document.outlet, status=chance.choice(("declared", "inferred")))
    facets = {name: tuple(_guessed(entries, chance)) for name, entries in document.facets.items()}
    if chance.random() < 0.1:
        facets[chance.choice(sorted(facets))] = ()
    return replace(document, outlet=outlet if chance.random() < 0.95 else ABSENT, facets=facets)


def _guessed(entries: Sequence[FacetEntry], chance: Random) -> Iterator[FacetEntry]:
    for entry in entries:
        yield replace(entry, status=chance.choice(STATUSES), salient=chance.random() < 0.7)
