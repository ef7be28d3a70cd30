"""What does one line of an answer say of its document?"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.engine.snippets import Highlighter
from searchapp.engine.whoosh_index.executor import Matcher
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.grammar import Node
from searchapp.model import Document, FacetEntry, Hit, SearchQuery, Snippet


class HitMaker:
    """Makes hits for one query and the tree it is read as; without `snippets` it cuts none and marks nothing."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery, *, tree: Node | None, matcher: Matcher) -> None:
        self._snapshot = snapshot
        self._query = query
        self._tree = tree
        self._matcher = matcher
        self._highlighter = Highlighter(tree, query.scope, snapshot.languages)

    def make(self, row: int, score: float | None, *, snippets: bool) -> Hit:
        """The hit for a row that matches."""
        document = self._snapshot.document(row)
        stories = self._snapshot.stories
        return Hit(
            id=document.id, source=document.source, sha256=document.sha256, title=document.title,
            author=document.author, outlet=document.outlet, date=document.date, language=document.language,
            url=document.url, score=score,
            title_pieces=self._title(document) if snippets else _unmarked(document.title.value),
            snippets=self._snippets(document) if snippets else (),
            facets=self._facets(document), cluster=stories.cluster(row), copies=int(stories.copies[row]),
            only_removed=self._query.scope != "clean" and not self._kept[row], first_indexed=document.first_indexed,
            text=document.text if "text" in self._query.fields else None,
        )  # fmt: skip

    @cached_property
    def _kept(self) -> npt.NDArray[np.bool_]:
        """The rows that what was kept finds."""
        return self._matcher.matching(self._tree, "clean").mask

    def _title(self, document: Document) -> Snippet:
        return self._highlighter.title(document.title.value or "", document.language.value)

    def _snippets(self, document: Document) -> tuple[Snippet, ...]:
        passages = {"clean": (document.text,), "removed": document.removed, "raw": (document.text, *document.removed)}
        return self._highlighter.snippets(passages[self._query.scope], document.language.value)

    def _facets(self, document: Document) -> dict[str, tuple[FacetEntry, ...]]:
        """The entries that count, of the facets of which a document has many values."""
        facets = self._snapshot.facets
        names = ("actor", "location", "cites", *(spec.name for spec in facets.own))
        return {
            name: tuple(entry for entry in facets.entries(document, name) if self._counts(entry, name))
            for name in names
        }

    def _counts(self, entry: FacetEntry, facet: str) -> bool:
        if entry.status == "discovered" and not self._query.discovered:
            return False
        return entry.salient or facet not in self._query.salient


def _unmarked(title: str | None) -> Snippet:
    return ((title, False),) if title else ()
