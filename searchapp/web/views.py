"""The pages people read: search, one document, one facet."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from searchapp.errors import QueryError
from searchapp.model import Notice, SearchQuery
from searchapp.reports import urls
from searchapp.reports.citing import bibtex, citation, ris
from searchapp.reports.links import Links
from searchapp.reports.listings import list_facet, listing_page
from searchapp.reports.neighbours import neighbours
from searchapp.reports.pasted import Pointer
from searchapp.reports.present import Plain
from searchapp.reports.reading import copies_of, document_page, sharing_of
from searchapp.web.answers import tagged, timings
from searchapp.web.archive import Archive
from searchapp.web.boxes import box
from searchapp.web.languages import words
from searchapp.web.proofs import evidence_asked, evidence_in
from searchapp.web.results import ResultsPage
from searchapp.web.templating import render

NOT_HERE = Notice("This is not in this archive. Below is what its parts are found in, read as words.", param="q")
MOST_SIMILAR = 5


class Pages:
    """One method a page; each is bound to the archive that it shows."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._results = ResultsPage(archive)

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
        etag = archive.etag(asked, words().language)
        if request.if_none_match.contains(etag):
            return tagged(Response(status=304), etag)
        results = archive.search(asked)
        if results.query.filters != asked.query.filters:
            return redirect(links.search(results.query))
        if pointer:
            results = replace(results, warnings=(NOT_HERE, *results.warnings))
        response = Response(self._results.render(results, links))
        response.headers["Server-Timing"] = timings(results)
        return tagged(response, etag)

    def document(self, identifier: str) -> AnyResponse:
        archive = self._archive
        found = archive.document(identifier)
        engine, links = archive.engine, archive.links()
        query = engine.facets.complete(archive.asked(strict=False).query)
        others = [one for one in archive.documents(engine.copies(identifier)) if one.id != identifier]
        info = engine.info()
        page = document_page(found, query, links=links, full=archive.shows_text, languages=info.languages)
        return Response(
            render(
                "document.html",
                page=page,
                notice=info.notice,
                copies=copies_of(found, others, query, links=links, full=archive.shows_text),
                sharing=sharing_of(archive.sharing(identifier), query, links=links),
                place=self._place(identifier, query, links),
                similar=self._similar(identifier, links),
                citation=citation(found, words()),
                removed_open=query.scope != "clean",
                canonical_url=f"{archive.base_url()}/document/{identifier}",
                **box(query, links, {}),
            )
        )

    def _place(self, identifier: str, query: SearchQuery, links: Links) -> Plain | None:
        """Where the document stands in the search it was opened from; None where the address names no search."""
        if not set(request.args) - {"ui"}:
            return None
        archive = self._archive
        try:
            return neighbours(identifier, query, archive.engine, links=links, deadline=archive.deadline())
        except QueryError:
            return None

    def _similar(self, identifier: str, links: Links) -> list[Plain]:
        archive = self._archive
        query = archive.engine.facets.complete(
            SearchQuery(per_page=MOST_SIMILAR, facets=(), snippets=False, suggestions=False)
        )
        results = archive.engine.similar(identifier, query, deadline=archive.deadline())
        return [{**card, "url": links.document(str(card["id"]))} for card in self._results.cards(results, links)]

    def ris(self, identifier: str) -> AnyResponse:
        return Response(ris(self._archive.document(identifier)), content_type="application/x-research-info-systems")

    def bibtex(self, identifier: str) -> AnyResponse:
        return Response(bibtex(self._archive.document(identifier)), content_type="application/x-bibtex; charset=utf-8")

    def facet(self, name: str) -> AnyResponse:
        engine, deadline = self._archive.engine, self._archive.deadline()
        links = self._archive.links()
        listed, asked = list_facet(
            name, request.args.items(multi=True), engine, links=links, strict=False, deadline=deadline
        )
        page = listing_page(listed, links)
        around = box(listed.query, links, {name: listed.facet})
        notice = engine.info().notice
        return Response(render("facet.html", page=page, notice=notice, warnings=asked.notices, **around))

    def evidence(self, name: str) -> AnyResponse:
        archive, links = self._archive, self._archive.links()
        facets = archive.engine.facets
        own, rest = evidence_asked(name, request.args.items(multi=True), facets)
        asked = urls.parse(rest, facets, strict=False)
        page = evidence_in(archive, name, own, asked, links=links)
        counted = archive.engine.facet(name, asked.query, values=(page["value"],), deadline=archive.deadline())
        label = next((row.value.label for row in counted.values), page["value"])
        around, back = box(asked.query, links, {}), links.facet(name, asked.query)
        return Response(render("evidence.html", page=page, label=label, spec=facets.get(name), back=back, **around))


def blueprint(archive: Archive) -> Blueprint:
    """The pages; every one works without JavaScript."""
    rules, pages = Blueprint("pages", __name__), Pages(archive)
    rules.add_url_rule("/search", view_func=pages.search)
    rules.add_url_rule("/document/<identifier>", view_func=pages.document)
    rules.add_url_rule("/document/<identifier>.ris", view_func=pages.ris)
    rules.add_url_rule("/document/<identifier>.bib", view_func=pages.bibtex)
    rules.add_url_rule("/facets/<name>", view_func=pages.facet)
    rules.add_url_rule("/facets/<name>/evidence", view_func=pages.evidence)
    return rules


def _first_shown(archive: Archive, identifiers: tuple[str, ...]) -> str:
    """The first that was not taken down; where all were, the first, whose page says so."""
    shown = archive.documents(identifiers)
    return shown[0].id if shown else identifiers[0]
