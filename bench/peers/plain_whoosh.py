"""Whoosh itself, without any code of ours: it reads the files that our engine wrote, and groups by its own facets."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh import sorting
from whoosh.query import And, Or, Phrase, Prefix, Term

from bench.corpora import Spliced
from bench.documents import FACETS, TokenBook
from bench.peers.base import TOP, Answer, Peer
from bench.peers.ours import generation_of
from bench.questions import Question

FIELDS = ("title", "text")


class WhooshPeer(Peer):
    """Searches title and text, as ours does."""

    name = "whoosh"

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Spliced], book: TokenBook) -> None:
        """Nothing: it opens the newest generation of our index."""

    def __init__(self, folder: Path) -> None:
        self._searcher = whoosh_index.open_dir(str(generation_of(folder))).searcher()

    def full(self, question: Question) -> Answer:
        found = self._searcher.search(_query(question), limit=TOP, groupedby=_groups())
        facets = {
            name: {value: count for value, count in found.groups(f"facet_{name}").items() if value} for name in FACETS
        }
        return Answer(len(found), self._ids(found), facets)

    def plain(self, question: Question) -> Answer:
        found = self._searcher.search(_query(question), limit=TOP)
        return Answer(len(found), self._ids(found))

    def close(self) -> None:
        self._searcher.close()

    def _ids(self, found: Any) -> tuple[str, ...]:
        return tuple(hit["id"] for hit in found)


def _groups() -> Any:
    groups = sorting.Facets()
    for name in FACETS:
        groups.add_field(f"facet_{name}", allow_overlap=True, maptype=sorting.Count)
    return groups


def _query(question: Question) -> Any:
    if question.kind == "phrase":
        return Or([Phrase(field, list(question.terms[0])) for field in FIELDS])
    if question.kind == "prefix":
        return Or([Prefix(field, question.terms[0][0]) for field in FIELDS])
    words = [Or([_term(field, token) for token in tokens for field in FIELDS]) for tokens in question.terms]
    return words[0] if len(words) == 1 else (Or if question.kind == "three words" else And)(words)


def _term(field: str, token: str) -> Any:
    return Term(f"{field}_stems" if ":" in token else field, token)
