"""What does the archive hold, and what not? Outlets by month, shares of what is not known, where it all comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from searchapp.engine.base import Deadline, Engine
from searchapp.left_out import LeftOut
from searchapp.model import FacetCount, Histogram, Results, SearchQuery
from searchapp.reports.links import Choices, Links
from searchapp.reports.present import Plain
from searchapp.withheld import Withheld

MOST_OUTLETS = 25
MOST_MONTHS = 36
"""Of a longer span the years are shown instead."""

_YEAR = len("2020")


def coverage(engine: Engine, links: Links, deadline: Deadline) -> Plain:
    """The table of outlets by month or year, with the shares that have no date, outlet or language."""
    every = engine.facets.complete(SearchQuery(dupes="show", per_page=0, suggestions=False))
    whole = engine.search(every, deadline=deadline)
    outlets = engine.facet("outlet", every, limit=MOST_OUTLETS, deadline=deadline)
    columns = _columns(whole.histogram)
    ids = tuple(row.value.id for row in outlets.values)

    def counted(query: SearchQuery) -> dict[str, int]:
        found = engine.facet("outlet", query, values=ids, limit=len(ids) or 1, deadline=deadline)
        return {row.value.id: row.count for row in found.values}

    cells = {column: counted(every.between(column, column)) for column in columns}
    undated = counted(every.toggle_missing("date"))
    rows = [_row(row, cells, undated, links) for row in outlets.values]
    return {
        "documents": whole.documents,
        "stories": whole.stories,
        "outlets": outlets.distinct,
        "columns": columns,
        "rows": rows,
        "more_outlets": max(0, outlets.distinct - len(rows)),
        "outlets_url": links.facet("outlet", SearchQuery()),
        "without": _without(whole, links),
    }


def files_left_out(left_out: LeftOut | None, *, named: bool) -> Plain | None:
    """The files that no article was made of, by reason, with the first of them where they may be `named`."""
    if left_out is None:
        return None
    reasons = [
        {"reason": one.reason, "failed": one.failed, "count": one.count, "files": list(one.files) if named else []}
        for one in left_out.reasons
    ]
    counted = {"run": left_out.run, "failed": left_out.failed, "skipped": left_out.skipped}
    return {**counted, "reasons": reasons, "more": left_out.failed + left_out.skipped - sum(one.count for one in left_out.reasons)}


def taken_down(listed: Iterable[Withheld], *, named: bool) -> list[Plain]:
    """When and why documents were taken down, with the first thing that tells which where they may be `named`."""
    return [
        {"named": (one.document or one.sha256 or one.url) if named else None, "date": one.date or None, "reason": one.reason or None}
        for one in listed
    ]


def latest(engine: Engine, links: Links, deadline: Deadline) -> Plain | None:
    """How many stories came or changed after the last ingest but one that brought any; None where one brought all."""
    every = links.facets.complete(SearchQuery(per_page=0, facets=(), suggestions=False))
    runs = engine.facet("first_indexed", every, order="label", limit=1, deadline=deadline).distinct
    if runs < 2:
        return None
    last_two = engine.facet("first_indexed", every, order="label", offset=runs - 2, limit=2, deadline=deadline)
    query = replace(every, since=last_two.values[0].value.id)
    asked = links.facets.complete(SearchQuery(since=query.since))
    total = engine.search(query, deadline=deadline).total
    return {"count": total, "day": last_two.values[0].value.id[: len("2020-06-08")], "url": links.search(asked)}


def overview(whole: Results, links: Links) -> Plain:
    """What the archive is about, told by the answer to an empty question: its size, its span, the first values."""
    dated = whole.histogram.bars if whole.histogram else ()
    return {
        "documents": whole.documents,
        "stories": whole.stories,
        "outlets": whole.outlets,
        "lists": _lists(whole, links),
        "first": dated[0].label if dated else None,
        "last": dated[-1].label if dated else None,
    }


def _columns(histogram: Histogram | None) -> list[str]:
    """The months or years in which anything was published, the last ones where there are too many."""
    if histogram is None:
        return []
    full = [bar for bar in histogram.bars if bar.count]
    months = list(dict.fromkeys(bar.first[: len("2020-06")] for bar in full))
    if histogram.unit != "year" and len(months) <= MOST_MONTHS:
        return months
    return list(dict.fromkeys(bar.first[:_YEAR] for bar in full))[-MOST_MONTHS:]


def _row(row: FacetCount, cells: Mapping[str, Mapping[str, int]], undated: Mapping[str, int], links: Links) -> Plain:
    """An outlet with how many articles it has in each column, and how many of it are undated."""
    own = row.value.id
    chosen = links.facets.complete(SearchQuery()).toggle("outlet", own)
    # Bars compare the times of one outlet: beside an agency with thousands, those of the others would not be seen.
    most = max((counts.get(own, 0) for counts in cells.values()), default=0)
    return {
        "label": row.value.label,
        "count": row.count,
        "undated": undated.get(own, 0),
        "url": links.search(chosen),
        "cells": [
            {
                "count": counts.get(own, 0), "share": -(-100 * counts.get(own, 0) // most) if most else 0,
                "url": links.search(chosen.between(column, column)),
            }
            for column, counts in cells.items()
        ],
    }  # fmt: skip


def _without(whole: Results, links: Links) -> list[Plain]:
    """How many articles lack a date, an outlet, a language or a name of the lists, and where they are."""
    nones = {facet.name: facet.none for facet in whole.facets}
    if whole.histogram is not None:
        nones["date"] = whole.histogram.none
    choices = Choices(links.facets.complete(SearchQuery()), links)
    return [
        {
            "name": name,
            "label": nones[name].value.label,
            "count": nones[name].count,
            "share": round(100 * nones[name].count / whole.documents, 1) if whole.documents else 0,
            "url": choices.of(name).toggle_missing(),
        }
        for name in ("date", "outlet", "language", "actor", "location")
        if name in nones
    ]


def _lists(whole: Results, links: Links) -> list[Plain]:
    """The first values of each facet, with the way to all of them."""
    choices = Choices(links.facets.complete(SearchQuery()), links)
    found = []
    for facet in whole.facets:
        spec = links.facets.get(facet.name)
        if spec is not None and facet.values:
            own = choices.of(facet.name)
            values = [
                {"label": row.value.label, "count": row.count, "url": own.toggle(row.value.id, row.ancestors)}
                for row in facet.values
            ]
            found.append({
                "name": spec.name, "title": spec.plural, "description": spec.description, "values": values,
                "distinct": facet.distinct, "more_url": links.facet(spec.name, SearchQuery()),
            })  # fmt: skip
    return found
