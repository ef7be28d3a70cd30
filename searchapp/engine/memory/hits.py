"""What does one line of an answer say of its document?"""

from __future__ import annotations

from searchapp.engine.memory.highlighting import Highlighter
from searchapp.engine.memory.matching import Matcher, is_eligible
from searchapp.engine.memory.state import State
from searchapp.model import Document, FacetEntry, Hit, SearchQuery, Snippet


class HitMaker:
    """Makes hits for one query; without a highlighter they have no snippets."""

    def __init__(
        self, state: State, query: SearchQuery, *, matcher: Matcher, highlighter: Highlighter | None
    ) -> None:  # fmt: skip
        self._state = state
        self._query = query
        self._matcher = matcher
        self._highlighter = highlighter

    def make(self, identifier: str, score: float | None) -> Hit:
        """The hit for a document that matches."""
        record = self._state.records[identifier]
        document = record.document
        return Hit(
            id=document.id, source=document.source, sha256=document.sha256, title=document.title,
            author=document.author, outlet=document.outlet, date=document.date, language=document.language,
            url=document.url, score=score, title_pieces=self._title(document), snippets=self._snippets(document),
            facets=self._facets(identifier), cluster=self._state.cluster(identifier),
            copies=max(1, len(self._state.copies(identifier))),
            only_removed=self._matcher.matches_only_removed(record), first_indexed=document.first_indexed,
            text=document.text if "text" in self._query.fields else None,
        )  # fmt: skip

    def _title(self, document: Document) -> Snippet:
        title = document.title.value or ""
        if self._highlighter is None:
            return ((title, False),) if title else ()
        return self._highlighter.title(title, document.language.value)

    def _snippets(self, document: Document) -> tuple[Snippet, ...]:
        if self._highlighter is None:
            return ()
        passages = {"clean": (document.text,), "removed": document.removed, "raw": (document.text, *document.removed)}
        return self._highlighter.snippets(passages[self._query.scope], document.language.value)

    def _facets(self, identifier: str) -> dict[str, tuple[FacetEntry, ...]]:
        """The entries of the facets of which a document has many values."""
        names = ("actor", "location", "cites", *(spec.name for spec in self._state.facets.own))
        return {
            name: tuple(one for one in self._state.entries(identifier, name) if is_eligible(one, name, self._query))
            for name in names
        }
