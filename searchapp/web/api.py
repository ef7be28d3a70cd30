"""The JSON endpoints: the same answers as the pages, for scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, json, request

from searchapp.errors import IndexDamaged, IndexNotReady, NotFound, QueryError
from searchapp.model import Document, Results
from searchapp.reports import urls
from searchapp.reports.present import Links, document_of, envelope, facet_of
from searchapp.reports.urls import Asked
from searchapp.web.archive import Archive

MAX_LISTED = 1_000


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
        return _json(listed_facet(archive, name, _links(archive, "/api/search"), strict=True))

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


def listed_facet(archive: Archive, name: str, links: Links, *, strict: bool) -> dict[str, Any]:
    """One facet in pages (`prefix`, `order`, `offset`, `limit`), within the question that the URL asks besides."""
    engine = archive.engine
    urls.facet_named(name, engine.facets)
    own = {key: request.args[key] for key in ("prefix", "order", "offset", "limit") if key in request.args}
    rest = [(key, value) for key, value in request.args.items(multi=True) if key not in own]
    query = urls.parse(rest, engine.facets, strict=strict).query
    order = own.get("order") or "count"
    if order not in ("count", "label"):
        raise QueryError(f"order is {order!r}; allowed are count, label.", param="order")
    counted = engine.facet(
        name, query, prefix=own.get("prefix", ""), order="label" if order == "label" else "count",
        offset=_whole(own, "offset", 0, 10**9), limit=_whole(own, "limit", 50, MAX_LISTED), deadline=archive.deadline(),
    )  # fmt: skip
    return {"name": name, **facet_of(counted, engine.facets.complete(query), links)}


def _whole(given: dict[str, str], name: str, default: int, most: int) -> int:
    text = given.get(name, "").strip() or str(default)
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        raise QueryError(f"{name} is {text!r}; it must be a whole number, at most {most}.", param=name)
    return int(text)


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
