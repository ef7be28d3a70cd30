"""Which page of one facet's values is asked for, and what does it hold?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from searchapp.engine.base import Deadline, Engine
from searchapp.errors import QueryError
from searchapp.model import SearchQuery
from searchapp.reports import urls
from searchapp.reports.links import Choices, Links
from searchapp.reports.own_parameters import Readers, split
from searchapp.reports.panels import panel
from searchapp.reports.parameter_values import as_given, one_of, whole_number
from searchapp.reports.present import Plain, facet_of
from searchapp.reports.wording import N_

ORDERS = ("count", "label")
ORDER_LABELS = {"count": N_("count"), "label": N_("name")}
MAX_LISTED = 1_000
MAX_OFFSET = 10_000_000
READERS: Readers = {
    "prefix": as_given,
    "order": one_of(*ORDERS),
    "offset": whole_number(0, MAX_OFFSET),
    "limit": whole_number(0, MAX_LISTED),
}
"""The parameters of a page of values."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The `limit` values from `offset` on, of those that begin with `prefix`."""

    prefix: str = ""
    order: Literal["count", "label"] = "count"
    offset: int = 0
    limit: int = 50

    def parameters(self) -> list[tuple[str, str]]:
        """The URL parameters of this page of values, defaults left out."""
        plain = Listing()
        return [
            (name, str(getattr(self, name))) for name in READERS if getattr(self, name) != getattr(plain, name)
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a facet's values, counted within the `total` results of `query`; `more` when further values follow."""

    name: str
    listing: Listing
    query: SearchQuery
    total: int
    facet: Plain
    more: bool


def read_listing(arguments: Iterable[tuple[str, str]]) -> tuple[Listing, list[tuple[str, str]]]:
    """The page of values that the URL parameters ask for, and the parameters that are left for the search."""
    given, rest = split(arguments, READERS)
    return Listing(**given), rest


def list_facet(
    name: str, arguments: Iterable[tuple[str, str]], engine: Engine, *, links: Links, strict: bool, deadline: Deadline
) -> tuple[Listed, urls.Asked]:
    """A page of values of the facet with this name, within the search that the URL asks besides."""
    urls.facet_named(name, engine.facets)
    listing, rest = read_listing(arguments)
    asked = urls.parse(rest, engine.facets, strict=strict)
    found = engine.search(replace(asked.query, page=1, per_page=0, facets=()), deadline=deadline)
    query = replace(found.query, per_page=asked.query.per_page, facets=asked.query.facets)
    # One value more than asked for tells whether any follow.
    counted = engine.facet(
        name, query, prefix=listing.prefix, order=listing.order, offset=listing.offset, limit=listing.limit + 1,
        deadline=deadline,
    )  # fmt: skip
    more = len(counted.values) > listing.limit
    shown = replace(counted, values=counted.values[: listing.limit])
    return Listed(name, listing, query, found.total, facet_of(shown, Choices(query, links)), more), asked


def listing_of(listed: Listed, links: Links) -> Plain:
    """The page of values as JSON."""
    following = replace(listed.listing, offset=listed.listing.offset + listed.listing.limit)
    return {
        "name": listed.name,
        **listed.facet,
        "prefix": listed.listing.prefix,
        "order": listed.listing.order,
        "offset": listed.listing.offset,
        "limit": listed.listing.limit,
        "next": _url(listed, following, links) if listed.more else None,
    }


def listing_page(listed: Listed, links: Links) -> Plain:
    """What the page of one facet shows: its panel, both orders, the pages around it, and a form to choose several."""
    listing, query = listed.listing, listed.query
    spec = links.facets.get(listed.name)
    if spec is None:
        raise QueryError(f"There is no facet {listed.name!r}.", param="facets")
    before = replace(listing, offset=max(0, listing.offset - listing.limit))
    after = replace(listing, offset=listing.offset + listing.limit)
    shown = {row["value"] for row in listed.facet["values"]}
    own = query.filter(listed.name)
    left = tuple(value for value in own.chosen if value not in shown)
    missing = None if own.combine == "and" and own.missing == "chosen" else own.missing
    carried = query.with_filter(replace(own, chosen=left, missing=missing))
    return {
        **panel(spec, listed.facet, query, listed.total, links=links),
        "total": listed.total,
        "prefix": listing.prefix,
        "order": listing.order,
        "orders": [
            {"label": ORDER_LABELS[order], "current": order == listing.order,
             "url": _url(listed, replace(listing, order=order, offset=0), links)}  # type: ignore[arg-type]
            for order in ORDERS
        ],
        "first": listing.offset + 1,
        "last": listing.offset + len(listed.facet["values"]),
        "previous": _url(listed, before, links) if listing.offset else None,
        "next": _url(listed, after, links) if listed.more else None,
        "searched": (*urls.parameters(query, links.facets), *links.beside),
        "carried": (*urls.parameters(carried, links.facets), *links.beside),
        "back": links.search(query),
        "evidence_url": _evidence(listed, links) if listed.name in (spec.name for spec in links.facets.shown) else None,
    }  # fmt: skip


def _evidence(listed: Listed, links: Links) -> str:
    """The address of the evidence for a value, up to the value itself."""
    asked = urls.encoded([*urls.parameters(listed.query, links.facets), *links.beside])
    return urls.joined(f"{asked}&value=", f"{links.base}/facets/{listed.name}/evidence")


def _url(listed: Listed, listing: Listing, links: Links) -> str:
    path = links.path.replace("/search", f"/facets/{listed.name}")
    return links.base + urls.build(listed.query, links.facets, path, beside=[*listing.parameters(), *links.beside])
