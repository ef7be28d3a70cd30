"""How does a facet stand on a page? As a panel: nested rows with what each link adds, bars, and the way to the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from searchapp.facets import FacetSpec
from searchapp.model import SearchQuery
from searchapp.reports.links import Links
from searchapp.reports.present import Plain
from searchapp.reports.wording import N_

HOW = {"and": N_("all of these"), "or": N_("any of these")}
MOST_TICKS = 10
"""How many bars of a histogram have their date below them."""
LEAST_GAP = 8
"""How many empty bars in a row are no longer drawn one by one, where they are a third of all."""


def panels(facets: Mapping[str, Plain], query: SearchQuery, total: int, links: Links) -> list[Plain]:
    """The counted facets of a page in display order, those left out that have nothing to choose.

    `date`, which is a histogram instead, has a panel of its name alone.
    """
    found: list[Plain] = []
    for spec in links.facets.shown:
        if spec.name == "date" and "date" in facets:
            found.append({"name": "date"})
        elif spec.name in facets and (facets[spec.name]["values"] or _stands(facets[spec.name]["none"])):
            found.append(panel(spec, facets[spec.name], query, total, links=links))
    return found


def _stands(none: Plain) -> bool:
    """Whether the none row has anything to say."""
    return bool(none["count"] or none["selected"] or none["excluded"])


def panel(spec: FacetSpec, counted: Plain, query: SearchQuery, total: int, *, links: Links) -> Plain:
    """One facet with its rows nested; `total` is that of the page, which a row's `plus` is measured against."""
    own = query.filter(spec.name)
    values = counted["values"]
    most = max((row["count"] for row in (*values, counted["none"])), default=0)
    adds = counted["combine"] == "or" and bool(own.chosen or own.missing == "chosen")
    return {
        "name": spec.name,
        "label": spec.label,
        "title": spec.plural,
        "description": spec.description,
        "how": HOW[counted["combine"]],
        "switch": _switch(spec, query, links),
        "chosen": len(own.chosen) + (own.missing == "chosen"),
        "left_out": len(own.excluded) + (own.missing == "excluded"),
        "rows": _nested(values, total, most, adds=adds),
        "none": _shown(counted["none"], total, most, plus=adds) if _stands(counted["none"]) else None,
        "distinct": counted["distinct"],
        "truncated": counted["truncated"],
        "discovered": counted["discovered"],
        "reviewed_url": _reviewing(spec, counted, query, links),
        "more_url": links.facet(spec.name, query),
        "open": spec.name != "folder" or own.active,
    }


def _reviewing(spec: FacetSpec, counted: Plain, query: SearchQuery, links: Links) -> str | None:
    """Where names that nobody has reviewed are listed too, or no longer; None where there are none."""
    if counted["discovered"] and not query.discovered:
        return links.search(replace(query, discovered=True, page=1))
    return links.search(replace(query, discovered=False, page=1)) if query.discovered and spec.name == "actor" else None


def _switch(spec: FacetSpec, query: SearchQuery, links: Links) -> Plain | None:
    """The link between all-of and any-of, where there is something to combine."""
    own = query.filter(spec.name)
    if spec.combine != "and" or (len(own.chosen) < 2 and own.combine == spec.combine):
        return None
    if own.combine == "and":
        return {"label": HOW["or"], "url": links.search(query.with_filter(replace(own, combine="or")))}
    # The none row stands alone in an all-of facet, so it goes where values are chosen beside it.
    missing = None if own.chosen and own.missing == "chosen" else own.missing
    return {
        "label": HOW["and"],
        "url": links.search(query.with_filter(replace(own, combine="and", missing=missing))),
    }


def _nested(values: Sequence[Plain], total: int, most: int, *, adds: bool) -> list[Plain]:
    """The rows as a tree; a row whose parent is not listed stands at the top."""
    listed = {row["value"] for row in values}
    below: dict[str | None, list[Plain]] = {}
    for row in values:
        below.setdefault(row["parent"] if row["parent"] in listed else None, []).append(row)

    def level(parent: str | None, inside: bool) -> list[Plain]:
        shown = []
        for row in below.get(parent, ()):
            children = level(row["value"], inside or row["selected"])
            touched = row["selected"] or any(one["touched"] for one in children)
            shown.append({
                **_shown(row, total, most, plus=adds and not inside),
                "children": children,
                "touched": touched or row["excluded"],
            })  # fmt: skip
        return shown

    return level(None, False)


def _shown(row: Plain, total: int, most: int, *, plus: bool) -> Plain:
    """The row with `plus`, how many results its link adds (None where it shows its count), and its bar in percent."""
    added = row["excluded"] or (plus and not row["selected"])
    share = min(100, -(-100 * row["count"] // most)) if most else 0
    return {**row, "plus": row["after"] - total if added else None, "share": share, "children": ()}


def _without_gaps(values: Sequence[Plain]) -> list[tuple[Plain, bool]]:
    """The bars, of each long run of empty ones only the first, which is told to be a gap."""
    shown: list[tuple[Plain, bool]] = []
    for empty, run in groupby(values, lambda bar: not bar["count"]):
        found = list(run)
        gap = empty and len(found) >= max(LEAST_GAP, len(values) // 3)
        shown += [(found[0], True)] if gap else [(bar, False) for bar in found]
    return shown


def bars(histogram: Plain, query: SearchQuery, total: int) -> Plain:
    """The histogram with its none row as shown, the height of each bar in percent, and which have their date below.

    `tick` is "always", "wide" (only where there is room) or None. A long run of empty bars is one place, a `gap`.
    """
    values = histogram["values"]
    most = max((bar["count"] for bar in values), default=0)
    places = _without_gaps(values)
    step = max(1, -(-len(places) // MOST_TICKS))
    shown: list[Plain] = []
    since = 0
    for at, (bar, gap) in enumerate(places):
        if gap:
            # What is written below the last bars before it would reach into what is written after it.
            for near in shown[max(since + 1, at - step // 2) :]:
                near["tick"] = None
            since = at + 1
        tick = None if gap or (at - since) % step else "wide" if (at - since) // step % 2 else "always"
        height = max(3, round(100 * bar["count"] / most)) if bar["count"] else 0
        shown.append({**bar, "at": at, "height": height, "tick": tick, "gap": gap})
    chosen = bool(query.date_from or query.date_to or query.filter("date").missing == "chosen")
    none = histogram["none"]
    shown_none = _shown(none, total, sum(bar["count"] for bar in values), plus=chosen) if _stands(none) else None
    return {**histogram, "values": shown, "none": shown_none}
