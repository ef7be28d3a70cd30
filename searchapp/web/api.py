"""The JSON endpoints: the same answers as the pages, for scripts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import Blueprint, Response, request

from searchapp.errors import QueryError
from searchapp.left_out import LeftOut
from searchapp.model import MAX_WINDOW, Completion, Document, Results, SearchQuery
from searchapp.reports.comparing import level_of
from searchapp.reports.evidence import evidence_of
from searchapp.reports.links import Links
from searchapp.reports.listings import READERS as LISTING
from searchapp.reports.listings import list_facet, listing_of, read_listing
from searchapp.reports.own_parameters import Readers, only
from searchapp.reports.parameter_values import as_given, something, whole_number
from searchapp.reports.pasted import Pointer
from searchapp.reports.present import Plain, document_of, envelope
from searchapp.reports.reading import oldest_first
from searchapp.reports.urls import Asked, facet_named, parse
from searchapp.web.account import about
from searchapp.web.answers import json, link, once, timings
from searchapp.web.archive import Archive
from searchapp.web.proofs import EVIDENCE, evidence_asked, evidence_in

MOST_COMPLETED = 100
ADDRESS: Readers = {"url": something}
COMPLETING: Readers = {"prefix": as_given, "limit": whole_number(1, MOST_COMPLETED)}
NOT_OF_LIKENESS = ("q", "match", "scope", "sort", "facets", "facet_size", "was")
"""What asks nothing of documents that are like another."""

NOTHING = Asked(SearchQuery())


class Api:
    """One method an endpoint; each is bound to the archive that it answers from."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self) -> Response:
        """Search, with the facets of what is found."""
        archive = self._archive
        asked = archive.continued()
        links = self._links()

        def answer() -> Response:
            results = archive.search(asked)
            following = archive.following(results.query, links, more=results.more)
            response = json(envelope(results, links, following=following))
            _link(response, links, results, asked, following)
            response.headers["Server-Timing"] = timings(results)
            return response

        return once(archive.etag(asked), answer)

    def document(self, identifier: str) -> Response:
        """One document with the evidence for everything that is known of it."""
        only(self._pairs(), {})
        found = self._archive.document(identifier)

        def answer() -> Response:
            plain = document_of(found, self._links(), text=self._archive.shows_text)
            return json({**plain, "facets": evidence_of(found, self._archive.engine.facets)})

        return once(self._archive.etag(NOTHING), answer)

    def similar(self, identifier: str) -> Response:
        """Documents about the same."""
        archive = self._archive
        archive.document(identifier)
        asked = archive.asked(strict=True)
        for name in NOT_OF_LIKENESS:
            if request.args.get(name, "").strip():
                raise QueryError(f"{name} says nothing about likeness.", param=name)

        def answer() -> Response:
            results = archive.similar(identifier, asked)
            links = archive.links(f"/api/documents/{identifier}/similar", base=archive.base_url())
            plain = envelope(results, links) | _turned(replace(results.query, sort=None), links, more=results.more)
            response = json(plain)
            link(response, [("next", plain["next"]), ("prev", plain["previous"])])
            response.headers["Server-Timing"] = timings(results)
            return response

        return once(archive.etag(asked), answer)

    def copies(self, identifier: str) -> Response:
        """The copies of a document, itself among them, and what else shares text with it."""
        only(self._pairs(), {})
        archive = self._archive
        own = archive.document(identifier)
        copies = oldest_first(archive.documents(archive.engine.copies(identifier)))
        sharing = oldest_first(archive.sharing(identifier))

        def answer() -> Response:
            levels = (None if one.id == own.id else level_of(own, one) for one in copies)
            return json(
                {
                    "copies": [self._short(one) | {"level": level} for one, level in zip(copies, levels, strict=True)],
                    "sharing": [self._short(one) | {"level": "shares text"} for one in sharing],
                }
            )

        return once(archive.etag(NOTHING, [one.id for one in (*copies, *sharing)]), answer)

    def by_address(self) -> Response:
        """The documents that were published at an address."""
        address = only(self._pairs(), ADDRESS).get("url")
        if address is None:
            raise QueryError("Give the address of an article: ?url=https://…", param="url")
        found = self._archive.documents(self._archive.engine.find(url=address))
        if not found:
            self._archive.removals.refuse(Pointer(url=address))
        return self._listed("documents", found)

    def facet(self, name: str) -> Response:
        """The values of a facet, in pages."""
        archive, links = self._archive, self._links()
        facet_named(name, archive.engine.facets)
        listing, rest = read_listing(self._pairs())

        def answer() -> Response:
            listed, _ = list_facet(
                name, self._pairs(), archive.engine, links=links, strict=True, deadline=archive.deadline()
            )
            plain = listing_of(listed, links)
            response = json(plain)
            link(response, [("next", plain["next"])])
            return response

        return once(archive.etag(parse(rest, archive.engine.facets), listing), answer)

    def evidence(self, name: str) -> Response:
        """In which words a value stands in the results, each counted, with sample lines."""
        archive, facets = self._archive, self._archive.engine.facets
        own, rest = evidence_asked(name, self._pairs(), facets)
        asked = parse(rest, facets)
        return once(
            archive.etag(asked, own), lambda: json(evidence_in(archive, name, own, asked, links=self._links()))
        )

    def complete(self) -> Response:
        """What somebody may be about to type: words and values of facets."""
        archive, links = self._archive, self._links()
        own = only(self._pairs(), COMPLETING)
        if "prefix" not in request.args:
            raise QueryError("Give what has been typed: ?prefix=…", param="prefix")

        def answer() -> Response:
            given = own.get("prefix", "")
            found = archive.engine.complete(given, limit=own.get("limit", 10), deadline=archive.deadline())
            return json({"prefix": given, **_completed(found, links)})

        return once(archive.etag(NOTHING, own), answer)

    def about(self) -> Response:
        """What the archive holds, which files are left out and why, and what was taken down."""
        only(self._pairs(), {})
        archive = self._archive
        left_out, taken_down = LeftOut.read(archive.settings.index), archive.removals.listed()
        return once(archive.etag(NOTHING, left_out, taken_down), lambda: json(about(archive, self._links())))

    def _pairs(self) -> list[tuple[str, str]]:
        return list(request.args.items(multi=True))

    def _links(self) -> Links:
        return self._archive.links("/api/search", base=self._archive.base_url())

    def _listed(self, name: str, documents: list[Document]) -> Response:
        """The documents without their words."""
        etag = self._archive.etag(NOTHING, request.args.get("url"), [one.id for one in documents])
        return once(etag, lambda: json({name: [self._short(one) for one in documents]}))

    def _short(self, document: Document) -> Plain:
        return document_of(document, self._links(), text=False)


def blueprint(archive: Archive) -> Blueprint:
    """The endpoints under /api."""
    rules, api = Blueprint("api", __name__), Api(archive)
    for endpoint in ENDPOINTS:
        rules.add_url_rule(endpoint.rule, view_func=getattr(api, endpoint.name))
    return rules


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address and the method of `Api` that answers there.

    `own` are the parameters that no search has, `needs` those that must be given; where it `asks`, those of a search
    may be given too, but for what it `leaves_out`.
    """

    rule: str
    name: str
    own: Readers = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    asks: bool = False
    leaves_out: tuple[str, ...] = ()


ENDPOINTS = (
    Endpoint("/api/search", "search", asks=True),
    Endpoint("/api/documents", "by_address", ADDRESS, ("url",)),
    Endpoint("/api/documents/<identifier>", "document"),
    Endpoint("/api/documents/<identifier>/similar", "similar", asks=True, leaves_out=(*NOT_OF_LIKENESS, "cursor")),
    Endpoint("/api/documents/<identifier>/copies", "copies"),
    Endpoint("/api/facets/<name>", "facet", LISTING, asks=True, leaves_out=("cursor",)),
    Endpoint("/api/facets/<name>/evidence", "evidence", EVIDENCE, ("value",), asks=True, leaves_out=("cursor",)),
    Endpoint("/api/complete", "complete", COMPLETING, ("prefix",)),
    Endpoint("/api/about", "about"),
)


def _completed(found: Completion, links: Links) -> Plain:
    """The words, and the values with the search for each."""
    everything = links.facets.complete(SearchQuery())
    return {
        "words": [{"word": word, "count": count} for word, count in found.words],
        "values": [
            {
                "facet": one.facet,
                "value": one.value.id,
                "label": one.value.label,
                "labels": list(one.value.labels),
                "count": one.count,
                "url": links.search(everything.toggle(one.facet, one.value.id)),
            }
            for one in found.values
        ],
    }


def _link(response: Response, links: Links, results: Results, asked: Asked, following: str | None) -> None:
    query = results.query
    canonical = asked.aliased or query.filters != asked.query.filters
    turned = query.start is None and query.page > 1
    link(
        response,
        [
            ("canonical", links.search(replace(query, start=None)) if canonical else None),
            ("next", following),
            ("prev", links.search(query.on_page(query.page - 1)) if turned else None),
            ("first", links.search(query.on_page(1)) if turned else None),
        ],
    )


def _turned(query: SearchQuery, links: Links, *, more: bool) -> Plain:
    """The pages before and after this one, of what no cursor goes through."""
    further = more and (query.page + 1) * query.per_page <= MAX_WINDOW
    return {
        "next": links.search(query.on_page(query.page + 1)) if further else None,
        "previous": links.search(query.on_page(query.page - 1)) if query.page > 1 else None,
    }
