"""The pages people read: search, one document, one facet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from searchapp.model import SORTS, Notice, Results, SearchQuery
from searchapp.reports.cards import cards, earliest, groups
from searchapp.reports.links import Links
from searchapp.reports.listings import list_facet, listing_page
from searchapp.reports.pages import (
    chips,
    everything,
    exact_words,
    in_words,
    kept,
    page_links,
    range_form,
    sort_links,
    ways_out,
)
from searchapp.reports.panels import bars, panels
from searchapp.reports.pasted import Pointer
from searchapp.reports.present import Plain, envelope
from searchapp.reports.reading import document_page
from searchapp.web.api import tagged, timings
from searchapp.web.archive import Archive

NOT_HERE = Notice("This is not in this archive. Below is what its parts are found in, read as words.", param="q")


class Pages:
    """One method a page; each is bound to the archive that it shows."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self) -> AnyResponse:
        archive = self._archive
        asked = archive.asked(strict=False)
        links = archive.links()
        if asked.aliased:
            return redirect(links.search(asked.query))
        pointer = Pointer.read(asked.query.text)
        if pointer:
            pointed = pointer.find(archive.engine)
            if pointed:
                # Without what was typed, which would lead back here.
                return redirect(links.document(_first_shown(archive, pointed), replace(asked.query, text="")))
            archive.removals.refuse(pointer)
        etag = archive.etag(asked)
        if request.if_none_match.contains(etag):
            return tagged(Response(status=304), etag)
        results = archive.search(asked)
        if results.query.filters != asked.query.filters:
            return redirect(links.search(results.query))
        if pointer:
            results = replace(results, warnings=(NOT_HERE, *results.warnings))
        response = Response(_search_page(archive, results, links))
        response.headers["Server-Timing"] = timings(results)
        return tagged(response, etag)

    def document(self, identifier: str) -> AnyResponse:
        found = self._archive.document(identifier)
        engine = self._archive.engine
        copies = [one for one in self._archive.documents(engine.copies(identifier)) if one.id != identifier]
        links = self._archive.links()
        query = self._archive.asked(strict=False).query
        page = document_page(found, copies, query, links=links, full=self._archive.shows_text)
        return Response(render_template("document.html", page=page, notice=engine.info().notice, **_box(query, links, {})))

    def facet(self, name: str) -> AnyResponse:
        engine, deadline = self._archive.engine, self._archive.deadline()
        links = self._archive.links()
        listed, asked = list_facet(
            name, request.args.items(multi=True), engine, links=links, strict=False, deadline=deadline
        )
        page = listing_page(listed, links)
        box = _box(listed.query, links, {name: listed.facet})
        notice = engine.info().notice
        return Response(render_template("facet.html", page=page, notice=notice, warnings=asked.notices, **box))


def blueprint(archive: Archive) -> Blueprint:
    """The pages; every one works without JavaScript."""
    rules, pages = Blueprint("pages", __name__), Pages(archive)
    # The first rule of a view is the one that links are made with.
    rules.add_url_rule("/search", view_func=pages.search)
    rules.add_url_rule("/", view_func=pages.search)
    rules.add_url_rule("/document/<identifier>", view_func=pages.document)
    rules.add_url_rule("/facets/<name>", view_func=pages.facet)
    return rules


def _first_shown(archive: Archive, identifiers: tuple[str, ...]) -> str:
    """The first that was not taken down; where all were, the first, whose page says so."""
    shown = archive.documents(identifiers)
    return shown[0].id if shown else identifiers[0]


def _search_page(archive: Archive, results: Results, links: Links) -> str:
    query = results.query
    answer = envelope(results, links)
    untitled = {hit.id: archive.engine.get(hit.id) for hit in results.hits if not hit.title.value}
    shown = cards(results, links, {key: one for key, one in untitled.items() if one is not None})
    box = _box(query, links, answer["facets"])
    return render_template(
        "search.html",
        answer=answer,
        query=query,
        cards=shown,
        groups=groups(shown, query),
        earliest=earliest(shown, query),
        panels=panels(answer["facets"], query, results.total, links),
        histogram=bars(answer["facets"]["date"], query, results.total) if "date" in answer["facets"] else None,
        range=range_form(query, links),
        sorts=sort_links(query, links, SORTS),
        pages=page_links(query, results.total, links),
        out=None if results.total else _ways_out(archive, results, links, box["chips"]),
        exact_url=exact_words(query, links) if results.suggestions.forms else None,
        suggested_url=links.search(replace(query, text=results.suggestions.did_you_mean or "", page=1)),
        copies_url=links.search(replace(query, dupes="show" if query.folds else "fold", page=1)),
        json_url=replace(links, path="/api/search").search(query),
        **box,
    )


def _ways_out(archive: Archive, results: Results, links: Links, filters: list[Plain]) -> Plain:
    def count(query: SearchQuery) -> int:
        return archive.engine.search(replace(query, per_page=0, facets=()), deadline=archive.deadline()).total

    return ways_out(results.query, links, filters, any_total=results.suggestions.any_total, count=count)


def _box(query: SearchQuery, links: Links, facets: dict[str, Any]) -> dict[str, Any]:
    """What the box at the top shows: the words, and the filters that stay with the next ones."""
    shown = chips(query, links, facets)
    return {
        "typed": query.text,
        "kept": kept(query, links, "q"),
        "chips": shown,
        "within": in_words(shown),
        "cleared": links.search(everything(query)),
    }
