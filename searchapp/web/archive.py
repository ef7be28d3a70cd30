"""What every request needs: the engine, opened once a process, and the question that the URL asks."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from flask import request

from searchapp import __version__
from searchapp.config import Settings
from searchapp.engine.base import Deadline, Engine
from searchapp.errors import Gone, NotFound, QueryError
from searchapp.model import Document, Notice, Results, SearchQuery
from searchapp.reports import urls
from searchapp.reports.cursors import read_cursor, write_cursor
from searchapp.reports.links import Links
from searchapp.reports.pasted import Pointer
from searchapp.reports.urls import Asked
from searchapp.web.removals import Removals

MOST_SHARING = 200
"""Documents that share text with one and are listed; more are the same form filled in again and again."""


class Archive:
    """The engine behind the site, its settings, and the small questions that pages and API share."""

    def __init__(self, settings: Settings, open_engine: Callable[[], Engine]) -> None:
        self.settings = settings
        self.removals = Removals(settings.archive)
        self._open = open_engine
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    @property
    def engine(self) -> Engine:
        """The engine, opened by whoever asks first."""
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            return self._engine

    def document(self, identifier: str) -> Document:
        """The document with this id; Gone where it was taken down, NotFound where there is none."""
        self.removals.refuse(Pointer(document=identifier))
        found = self.engine.get(identifier)
        if found is None:
            raise NotFound(f"There is no document {identifier!r} in this archive.")
        self.removals.refuse_document(found)
        return found

    def documents(self, identifiers: Iterable[str]) -> list[Document]:
        """The documents with these ids that may be shown."""
        found = map(self.engine.get, identifiers)
        return [one for one in found if one is not None and self.removals.shown(one)]

    def sharing(self, identifier: str) -> list[Document]:
        """The documents that share text with this one and may be shown, the first of very many."""
        return self.documents(self.engine.sharing(identifier)[:MOST_SHARING])

    def deadline(self) -> Deadline:
        return Deadline.after(self.settings.deadline)

    @property
    def shows_text(self) -> bool:
        """Whether whole texts may leave the archive: a public one shows snippets unless it was told otherwise."""
        return not self.settings.public or self.settings.text == "full"

    def asked(self, *, strict: bool) -> Asked:
        """The question in the URL of this request."""
        asked = urls.parse(request.args.items(multi=True), self.engine.facets, strict=strict)
        self._refuse_texts(asked.query)
        return asked

    def continued(self) -> Asked:
        """The question in the URL, or the one that its cursor goes on with; nothing may contradict the cursor."""
        text = request.args.get("cursor")
        if text is None:
            return self.asked(strict=True)
        query = read_cursor(text, self.engine, self.settings.secret_key)
        self._refuse_texts(query)
        others = [(name, value) for name, value in request.args.items(multi=True) if name != "cursor"]
        if others:
            bound = replace(query, start=None)
            if urls.parse(others, self.engine.facets).query not in (bound, replace(bound, generation=None)):
                raise QueryError("A cursor stands alone: it knows its question.", param=others[0][0])
        return Asked(query)

    def _refuse_texts(self, query: SearchQuery) -> None:
        if "text" in query.fields and not self.shows_text:
            raise QueryError("This archive shows snippets, no whole texts.", param="fields")

    def search(self, asked: Asked) -> Results:
        """The answer, of the generation that the question names; it also warns of what was odd about the URL."""
        self._refuse_lost(asked.query)
        results = self.engine.search(asked.query, deadline=self.deadline())
        odd = (*asked.notices, *_since_then(asked, results))
        return replace(results, warnings=(*odd, *results.warnings)) if odd else results

    def similar(self, identifier: str, asked: Asked) -> Results:
        """The documents about the same as this one, of the generation that the question names."""
        self._refuse_lost(asked.query)
        results = self.engine.similar(identifier, asked.query, deadline=self.deadline())
        return results

    def _refuse_lost(self, query: SearchQuery) -> None:
        try:
            if query.generation is not None:
                self.engine.at(query.generation)
        except NotFound:
            raise Gone(f"Generation {query.generation} of the index is not kept, or there never was one.") from None

    def links(self, path: str = "/search", *, base: str = "") -> Links:
        """Where the links of this answer lead; they keep the language that the reader has chosen."""
        ui = request.args.get("ui")
        return Links(self.engine.facets, base, path, ui if ui in urls.LANGUAGES else None)

    def following(self, query: SearchQuery, links: Links, *, more: bool) -> str | None:
        """The API URL of the results after these, with a cursor of the same generation."""
        if not more:
            return None
        after = replace(query, start=query.offset + query.per_page)
        return f"{links.base}{links.path}?cursor={write_cursor(after, self.engine, self.settings.secret_key)}"

    def base_url(self) -> str:
        """Scheme and host of absolute links."""
        return self.settings.base_url or request.host_url.rstrip("/")

    def etag(self, asked: Asked, *beside: object) -> str:
        """Equal for requests that get the same bytes: generation, question, path, host and version, and those `beside`."""
        info, query = self.engine.info(), asked.query
        generation = info.generation if query.generation is None else query.generation
        parts = (generation, info.notice, query.start, request.path, self.base_url(), __version__, self.shows_text)
        question = urls.build(replace(query, start=None, generation=None), self.engine.facets)
        known = f"{parts} {request.args.get('ui')} {asked.was} {asked.notices} {beside} {question}"
        return hashlib.sha256(known.encode()).hexdigest()[:32]


def _since_then(asked: Asked, results: Results) -> tuple[Notice, ...]:
    """What a reader of an old link must know: that it once led to another number of results."""
    if asked.was is None or asked.was == results.total:
        return ()
    message = f"This link led to {asked.was:,} results when it was made; now there are {results.total:,}."
    return (Notice(message, param="was"),)
