"""Builds a segment in a process of its own: takes no lock, and reads nothing of the index."""

from __future__ import annotations

from pathlib import Path

from whoosh.index import create_in

from searchapp.engine.base import Builder
from searchapp.engine.storage.durable import disk_errors
from searchapp.engine.whoosh_index.files.schema import make_schema
from searchapp.engine.whoosh_index.writing.parts import describe
from searchapp.engine.whoosh_index.writing.segments import Commit
from searchapp.facets import FacetSet
from searchapp.model import Document


class WhooshBuilder(Builder):
    """Holds the postings of its documents in memory until it is finished."""

    def __init__(self, part: Path, facets: FacetSet) -> None:
        self._part = part
        with disk_errors(part):
            self._commit = Commit(part, create_in(str(part), make_schema(facets)), facets)

    def add(self, document: Document) -> None:
        with disk_errors(self._part):
            self._commit.add(document)

    def finish(self) -> None:
        with disk_errors(self._part):
            self._commit.finish()
            describe(self._part, self._commit.made)
