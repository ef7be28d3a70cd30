"""What does one line of an answer say of its document?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchapp.engine.snippets import Parts, Passage, best_snippets, whole_title
from searchapp.engine.whoosh_index.executor import Matcher
from searchapp.engine.whoosh_index.marking import Marker
from searchapp.engine.whoosh_index.snapshot import Snapshot
from searchapp.grammar import Node
from searchapp.model import Document, FacetEntry, Hit, SearchQuery, Snippet

_STREAMS = {"clean": ("text",), "removed": ("removed",), "raw": ("text", "removed")}
"""What snippets are cut from, by scope."""

_Shown = tuple[Snippet, tuple[Snippet, ...]]
"""The title in pieces, and snippets."""


class HitMaker:
    """Makes hits for one query and the tree it is read as."""

    def __init__(self, snapshot: Snapshot, query: SearchQuery, *, tree: Node | None, matcher: Matcher) -> None:
        self._snapshot = snapshot
        self._query = query
        self._tree = tree
        self._matcher = matcher

    def make(self, row: int, score: float | None) -> Hit:
        """The hit for a row that matches, without snippets and with nothing marked."""
        card = self._snapshot.card(row)
        return self._hit(row, score, card, (_unmarked(card.title.value), ()))

    def page(self, ranked: Sequence[tuple[int, float | None]]) -> tuple[Hit, ...]:
        """The hits for rows that match, each given with its score; with snippets, if the query wants them."""
        if not self._query.snippets:
            return tuple(self.make(row, score) for row, score in ranked)
        # What was removed is read with the whole document alone.
        read = self._snapshot.card if self._query.scope == "clean" else self._snapshot.document
        documents = {row: read(row) for row, _ in ranked}
        shown = dict(self._shown(documents))
        return tuple(self._hit(row, score, documents[row], shown[row]) for row, score in ranked)

    def _hit(self, row: int, score: float | None, document: Document, shown: _Shown) -> Hit:
        stories = self._snapshot.stories
        return Hit(
            id=document.id, source=document.source, sha256=document.sha256, title=document.title,
            author=document.author, outlet=document.outlet, date=document.date, language=document.language,
            url=document.url, score=score, title_pieces=shown[0], snippets=shown[1],
            facets=self._facets(document), cluster=stories.cluster(row), copies=int(stories.copies[row]),
            only_removed=self._query.scope != "clean" and not self._kept[row], first_indexed=document.first_indexed,
            text=document.text if "text" in self._query.fields else None,
        )  # fmt: skip

    @cached_property
    def _kept(self) -> npt.NDArray[np.bool_]:
        """The rows that what was kept finds."""
        return self._matcher.matching(self._tree, "clean").mask

    def _shown(self, documents: Mapping[int, Document]) -> Iterator[tuple[int, _Shown]]:
        """What is shown of the rows with these documents."""
        parts = Parts.of(self._tree, self._query.scope, self._snapshot.languages)
        languages = {row: document.language.value for row, document in documents.items()}
        marker = Marker(self._snapshot, self._matcher.leaves, languages=languages, scope=self._query.scope)
        titles = marker.marks("title", parts.title, _pieces("title", documents))
        passages: dict[int, list[Passage]] = {row: [] for row in documents}
        for stream in _STREAMS[self._query.scope]:
            texts = _pieces(stream, documents)
            for row, marks in marker.marks(stream, parts.text, texts).items():
                passages[row] += map(Passage, texts[row], marks)
        for row, document in documents.items():
            yield row, (whole_title(document.title.value or "", titles[row][0]), best_snippets(passages[row]))

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


def _pieces(stream: str, documents: Mapping[int, Document]) -> dict[int, Sequence[str]]:
    """The texts that each document has in the stream."""
    if stream == "removed":
        return {row: document.removed for row, document in documents.items()}
    if stream == "title":
        return {row: (document.title.value or "",) for row, document in documents.items()}
    return {row: (document.text,) for row, document in documents.items()}


def _unmarked(title: str | None) -> Snippet:
    return ((title, False),) if title else ()
