"""The pages people read: search, one document, one facet."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from searchapp.model import SORTS, Results
from searchapp.reports import urls
from searchapp.reports.pages import chips, document_page, page_links, sort_links
from searchapp.reports.present import Links, envelope
from searchapp.web.api import listed_facet, require, timings
from searchapp.web.archive import Archive


def blueprint(archive: Archive) -> Blueprint:
    """The pages; every one works without JavaScript."""
    pages = Blueprint("pages", __name__)

    @pages.get("/")
    @pages.get("/search")
    def search() -> AnyResponse:
        asked = archive.asked(strict=False)
        links = Links(archive.engine.facets)
        if asked.aliased:
            return redirect(links.search(asked.query))
        etag = archive.etag(asked.query)
        if request.if_none_match.contains(etag):
            return _tagged(Response(status=304), etag)
        results = archive.engine.search(asked.query, deadline=archive.deadline())
        if results.query.filters != asked.query.filters:
            return redirect(links.search(results.query))
        results = replace(results, warnings=(*asked.notices, *results.warnings))
        response = Response(_search_page(archive, results, links))
        response.headers["Server-Timing"] = timings(results)
        return _tagged(response, etag)

    @pages.get("/document/<identifier>")
    def document(identifier: str) -> AnyResponse:
        found = require(archive, identifier)
        engine = archive.engine
        copies = [one for one in map(engine.get, engine.copies(identifier)) if one and one.id != identifier]
        full = not archive.settings.public or archive.settings.text == "full"
        query = urls.parse(request.args.items(multi=True), engine.facets, strict=False).query
        page = document_page(found, copies, query, Links(engine.facets), full=full)
        return Response(render_template("document.html", page=page, typed=query.text))

    @pages.get("/facets/<name>")
    def facet(name: str) -> AnyResponse:
        engine = archive.engine
        links = Links(engine.facets)
        listed = listed_facet(archive, name, links, strict=False)
        given = {key: request.args.get(key, "") for key in ("prefix", "order", "offset")}
        rest = [pair for pair in request.args.items(multi=True) if pair[0] not in (*given, "limit")]
        query = urls.parse(rest, engine.facets, strict=False).query
        return Response(
            render_template(
                "facet.html", facet=listed, given=given, typed=query.text, back=links.search(query),
                kept=urls.parameters(query, engine.facets), chips=chips(query, links, {}),
            )
        )  # fmt: skip

    return pages


def _search_page(archive: Archive, results: Results, links: Links) -> str:
    query = results.query
    answer = envelope(results, links)
    return render_template(
        "search.html",
        answer=answer,
        specs=archive.engine.facets.shown,
        chips=chips(query, links, answer["facets"]),
        sorts=sort_links(query, links, SORTS),
        pages=page_links(query, results.total, links),
        typed=query.text,
        kept=[pair for pair in urls.parameters(query, archive.engine.facets) if pair[0] not in ("q", "page")],
        cleared=links.search(query.cleared()),
        json_url=replace(links, path="/api/search").search(query),
        document_suffix=links.search(replace(query, page=1)).partition("?")[2],
    )


def _tagged(response: AnyResponse, etag: str) -> AnyResponse:
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
