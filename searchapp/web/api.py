"""The JSON endpoints: the same answers as the pages, for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from flask import Blueprint, Response, request

from searchapp.errors import IndexDamaged, IndexExposed, IndexNotReady, IndexOutdated, QueryError
from searchapp.model import Document, Results
from searchapp.reports.links import Links
from searchapp.reports.listings import list_facet, listing_of
from searchapp.reports.pasted import Pointer
from searchapp.reports.present import document_of, envelope
from searchapp.reports.urls import Asked
from searchapp.web.archive import Archive


class Api:
    """One method an endpoint; each is bound to the archive that it answers from."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self) -> Response:
        archive = self._archive
        asked = archive.continued()
        links = self._links()
        etag = archive.etag(asked)
        if request.if_none_match.contains(etag):
            return tagged(Response(status=304), etag)
        results = archive.search(asked)
        following = archive.following(results.query, links, more=results.more)
        response = _json(envelope(results, links, following=following))
        _link(response, links, results, asked, following)
        response.headers["Server-Timing"] = timings(results)
        return tagged(response, etag)

    def document(self, identifier: str) -> Response:
        found = self._archive.document(identifier)
        return _json(document_of(found, self._links(), text=self._archive.shows_text))

    def similar(self, identifier: str) -> Response:
        self._archive.document(identifier)
        query = self._archive.asked(strict=True).query
        results = self._archive.engine.similar(identifier, query, deadline=self._archive.deadline())
        return _json(envelope(results, self._links()))

    def copies(self, identifier: str) -> Response:
        self._archive.document(identifier)
        return self._listed("copies", self._archive.documents(self._archive.engine.copies(identifier)))

    def by_address(self) -> Response:
        address = request.args.get("url", "").strip()
        if not address or set(request.args) != {"url"}:
            raise QueryError("Give the address of an article: ?url=https://…", param="url")
        found = self._archive.documents(self._archive.engine.find(url=address))
        if not found:
            self._archive.removals.refuse(Pointer(url=address))
        return self._listed("documents", found)

    def facet(self, name: str) -> Response:
        archive, links = self._archive, self._links()
        listed, _ = list_facet(
            name, request.args.items(multi=True), archive.engine, links=links, strict=True, deadline=archive.deadline()
        )
        return _json(listing_of(listed, links))

    def alive(self) -> Response:
        return _json({"status": "alive"})

    def ready(self) -> Response:
        try:
            info = self._archive.engine.info()
        except (IndexNotReady, IndexDamaged, IndexOutdated, IndexExposed) as error:
            return _json({"status": "not ready", "ready": False, "detail": str(error)}, status=503)
        age = datetime.now(UTC) - datetime.fromisoformat(info.built_at)
        plain = {"status": "ready", "ready": True, "generation": str(info.generation), "documents": info.documents}
        return _json({**plain, "built_at": info.built_at, "age": int(age.total_seconds()), "notice": info.notice})

    def _links(self) -> Links:
        return self._archive.links("/api/search", base=self._archive.base_url())

    def _listed(self, name: str, documents: Iterable[Document]) -> Response:
        """The documents without their words."""
        return _json({name: [document_of(one, self._links(), text=False) for one in documents]})


def blueprint(archive: Archive) -> Blueprint:
    """The endpoints under /api, and the two that say whether the service is well."""
    pages, api = Blueprint("api", __name__), Api(archive)
    pages.add_url_rule("/api/search", view_func=api.search)
    pages.add_url_rule("/api/documents", view_func=api.by_address)
    pages.add_url_rule("/api/documents/<identifier>", view_func=api.document)
    pages.add_url_rule("/api/documents/<identifier>/similar", view_func=api.similar)
    pages.add_url_rule("/api/documents/<identifier>/copies", view_func=api.copies)
    pages.add_url_rule("/api/facets/<name>", view_func=api.facet)
    pages.add_url_rule("/healthz", view_func=api.alive)
    pages.add_url_rule("/readyz", view_func=api.ready)
    return pages


def timings(results: Results) -> str:
    """The value of the Server-Timing header: milliseconds by step."""
    return ", ".join(f"{name};dur={seconds * 1000:.1f}" for name, seconds in results.timings.items())


def _json(plain: dict[str, Any], *, status: int = 200) -> Response:
    response = Response(msgspec.json.encode(plain), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def tagged(response: Response, etag: str) -> Response:
    """The response with the tag by which a client can ask whether it still holds."""
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _link(response: Response, links: Links, results: Results, asked: Asked, following: str | None) -> None:
    query = results.query
    if asked.aliased or query.filters != asked.query.filters:
        response.headers.add("Link", f'<{links.search(replace(query, start=None))}>; rel="canonical"')
    if following:
        response.headers.add("Link", f'<{following}>; rel="next"')
    if query.start is None and query.page > 1:
        response.headers.add("Link", f'<{links.search(query.on_page(query.page - 1))}>; rel="prev"')
