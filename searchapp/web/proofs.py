"""In which words does a value stand in the results, and which lines say so? The same for pages and scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from searchapp.errors import QueryError
from searchapp.facets import FacetSet
from searchapp.reports.evidence import carrying, forms_of, lines_of
from searchapp.reports.links import Links
from searchapp.reports.own_parameters import Readers, split
from searchapp.reports.parameter_values import something, whole_number
from searchapp.reports.present import Plain, envelope
from searchapp.reports.urls import Asked, facet_named
from searchapp.web.archive import Archive

MOST_LINES = 100
EVIDENCE: Readers = {"value": something, "limit": whole_number(0, MOST_LINES)}


def evidence_asked(
    name: str, arguments: Iterable[tuple[str, str]], facets: FacetSet
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The value and the number of lines that are asked for, and the parameters that are left for the search."""
    facet_named(name, facets)
    if name not in (spec.name for spec in facets.shown):
        raise QueryError(f"{name} counts evidence itself.", param="value")
    own, rest = split(arguments, EVIDENCE)
    if "value" not in own:
        raise QueryError("Give a value of the facet: ?value=…", param="value")
    return own, rest


def evidence_in(archive: Archive, name: str, own: dict[str, Any], asked: Asked, *, links: Links) -> Plain:
    """The words under which the value stands in the results, each counted, and lines that say it."""
    limit = own.get("limit", 10)
    query = carrying(name, own["value"], links.facets.complete(asked.query))
    results = archive.search(
        replace(asked, query=replace(query, per_page=limit, facets=(), snippets=False, suggestions=False))
    )
    forms, all_of_them = forms_of(name, results, archive.engine, deadline=archive.deadline())
    documents = archive.documents(hit.id for hit in results.hits)
    return {
        "facet": name,
        "value": results.query.filter(name).chosen[0],
        "total": results.total,
        "url": links.search(replace(results.query, per_page=asked.query.per_page, facets=asked.query.facets)),
        "forms": forms,
        "exact": all_of_them,
        "lines": lines_of(name, results, documents, links),
        "warnings": envelope(results, links)["warnings"],
    }
