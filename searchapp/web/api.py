"""The JSON endpoints: the same answers as the pages, for scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, json, request

from searchapp.errors import IndexDamaged, IndexNotReady, NotFound, QueryError
from searchapp.model import Document, Results
from searchapp.reports.listings import list_facet, listing_of
from searchapp.reports.present import Links, document_of, envelope
from searchapp.reports.urls import Asked
from searchapp.web.archive import Archive


def blueprint(archive: Archive) -> Blueprint:
    """The endpoints under /api, and the two that say whether the service is well."""
    pages = Blueprint("api", __name__)

    @pages.get("/api/search")
    def search() -> Response:
        asked = archive.continued()
        links = _links(archive, "/api/search")
        etag = archive.etag(asked.query)
        if request.if_none_match.contains(etag):
            return _tagged(Response(status=304), etag)
        results = archive.at(asked.query).search(asked.query, deadline=archive.deadline())
        following = archive.following(results.query, links, more=results.more)
        response = _json(envelope(results, links, following=following))
        _link(response, links, results, asked, following)
        response.headers["Server-Timing"] = timings(results)
        return _tagged(response, etag)

    @pages.get("/api/documents/<identifier>")
    def document(identifier: str) -> Response:
        found = require(archive, identifier)
        full = not archive.settings.public or archive.settings.text == "full"
        return _json(document_of(found, _links(archive, "/api/search"), text=full))

    @pages.get("/api/documents/<identifier>/similar")
    def similar(identifier: str) -> Response:
        require(archive, identifier)
        links = _links(archive, "/api/search")
        results = archive.engine.similar(identifier, archive.asked(strict=True).query, deadline=archive.deadline())
        return _json(envelope(results, links))

    @pages.get("/api/documents/<identifier>/copies")
    def copies(identifier: str) -> Response:
        require(archive, identifier)
        links = _links(archive, "/api/search")
        listed = (archive.engine.get(one) for one in archive.engine.copies(identifier))
        return _json({"copies": [document_of(one, links, text=False) for one in listed if one is not None]})

    @pages.get("/api/documents")
    def by_address() -> Response:
        address = request.args.get("url", "").strip()
        if not address or set(request.args) != {"url"}:
            raise QueryError("Give the address of an article: ?url=https://…", param="url")
        links = _links(archive, "/api/search")
        listed = (archive.engine.get(one) for one in archive.engine.find(url=address))
        return _json({"documents": [document_of(one, links, text=False) for one in listed if one is not None]})

    @pages.get("/api/facets/<name>")
    def facet(name: str) -> Response:
        links = _links(archive, "/api/search")
        listed, _ = list_facet(
            name, request.args.items(multi=True), archive.engine, links=links, strict=True, deadline=archive.deadline()
        )
        return _json(listing_of(listed, links))

    @pages.get("/healthz")
    def alive() -> Response:
        return _json({"status": "alive"})

    @pages.get("/readyz")
    def ready() -> Response:
        try:
            info = archive.engine.info()
        except (IndexNotReady, IndexDamaged) as error:
            return _json({"status": "not ready", "detail": str(error)}, status=503)
        plain = {"status": "ready", "generation": str(info.generation), "documents": info.documents}
        return _json({**plain, "built_at": info.built_at, "notice": info.notice})

    return pages


def require(archive: Archive, identifier: str) -> Document:
    """The document with this id, or NotFound."""
    found = archive.engine.get(identifier)
    if found is None:
        raise NotFound(f"There is no document {identifier!r} in this archive.")
    return found


def timings(results: Results) -> str:
    """The value of the Server-Timing header: milliseconds by step."""
    return ", ".join(f"{name};dur={seconds * 1000:.1f}" for name, seconds in results.timings.items())


def _links(archive: Archive, path: str) -> Links:
    return Links(archive.engine.facets, archive.base_url(), path)


def _json(plain: dict[str, Any], *, status: int = 200) -> Response:
    response = Response(json.dumps(plain, ensure_ascii=False), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _tagged(response: Response, etag: str) -> Response:
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
