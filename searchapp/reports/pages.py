"""What does a page need beside the answer? The filters that hold, sorts, page numbers, ways out of an empty result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from searchapp.grammar import And, Field, Node, Not, Or, Phrase, Word, parse, to_text
from searchapp.model import MAX_WINDOW, SearchQuery
from searchapp.reports import urls
from searchapp.reports.links import Links
from searchapp.reports.present import Plain
from searchapp.reports.wording import span

SORT_LABELS = {
    "relevance": "relevance",
    "-date": "newest",
    "date": "oldest",
    "-added": "latest additions",
    "outlet": "outlet",
    "title": "title",
    "-copies": "most copied",
}
SCOPE_LABELS = {"raw": "kept and removed text", "removed": "removed text only"}
MOST_COUNTED = 6
"""For how many filters it is worked out what would be found without each."""

_NEIGHBOURS = 2
"""How many page numbers stand on either side of the current one."""


def chips(query: SearchQuery, links: Links, facets: Mapping[str, Plain]) -> list[Plain]:
    """The active filters, each with the link that takes it away; labels come from the counted `facets`."""
    found: list[Plain] = []
    for spec in links.facets.shown:
        one = query.filter(spec.name)
        rows = facets.get(spec.name, {}).get("values", [])
        labels = {row["value"]: row["label"] for row in rows} if spec.name != "date" else {}
        for value in one.chosen:
            found.append(_chip(spec.label, labels.get(value, value), False, query.toggle(spec.name, value), links))
        for value in one.excluded:
            found.append(_chip(spec.label, labels.get(value, value), True, query.exclude(spec.name, value), links))
        if one.missing == "chosen":
            found.append(_chip(spec.label, spec.none_label, False, query.toggle_missing(spec.name), links))
        if one.missing == "excluded":
            found.append(_chip(spec.label, spec.none_label, True, query.exclude_missing(spec.name), links))
    return [*found, *_other_chips(query, links)]


def _chip(facet: str, label: str, excluded: bool, without: SearchQuery, links: Links) -> Plain:
    return {"facet": facet, "label": label, "excluded": excluded, "url": links.search(without), "query": without}


def _other_chips(query: SearchQuery, links: Links) -> Iterator[Plain]:
    first = replace(query, page=1)
    if query.date_from or query.date_to:
        label = span(query.date_from, query.date_to)
        yield _chip("Published", label, False, replace(first, date_from=None, date_to=None), links)
    if query.added_from:
        yield _chip("Added since", query.added_from, False, replace(first, added_from=None), links)
    if query.since:
        yield _chip("Changed since", query.since, False, replace(first, since=None), links)
    if query.cluster:
        yield _chip("Copies", "of one story", False, replace(first, cluster=None), links)
    for value in query.outlet_status:
        kept = tuple(one for one in query.outlet_status if one != value)
        yield _chip("Outlet is", value, False, replace(first, outlet_status=kept), links)
    for value in query.date_origin:
        kept = tuple(one for one in query.date_origin if one != value)
        yield _chip("Date found in", value, False, replace(first, date_origin=kept), links)
    if query.salient:
        yield _chip("Only", "places it is mainly about", False, replace(first, salient=()), links)
    if query.scope != "clean":
        yield _chip("Searched", SCOPE_LABELS[query.scope], False, replace(first, scope="clean"), links)
    if query.match == "any":
        yield _chip("Words", "any of them", False, replace(first, match="all"), links)


def sort_links(query: SearchQuery, links: Links, sorts: Iterable[str]) -> list[Plain]:
    """The sorts that make sense for this question; relevance only where there are words."""
    return [
        {
            "label": SORT_LABELS[sort],
            "current": query.order == sort,
            "url": links.search(replace(query, sort=sort, page=1)),
        }
        for sort in sorts
        if sort != "relevance" or query.text.strip()
    ]


def page_links(query: SearchQuery, total: int, links: Links) -> Plain:
    """Numbers of the first, the last and the neighbouring pages, as far as pages reach; a None stands for a gap."""
    last = min(-(-total // query.per_page), MAX_WINDOW // query.per_page) if query.per_page else 0
    wanted = {1, last, *range(query.page - _NEIGHBOURS, query.page + _NEIGHBOURS + 1)}
    numbers = sorted(number for number in wanted if 1 <= number <= last)
    found: list[Plain] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            found.append({"number": None})
        found.append({"number": number, "current": number == query.page, "url": links.search(query.on_page(number))})

    def to(page: int) -> str | None:
        return links.search(query.on_page(page)) if 1 <= page <= last else None

    return {
        "numbers": found if last > 1 else [],
        "last": last,
        "last_url": to(last),
        "previous": to(query.page - 1),
        "next": to(query.page + 1),
    }


def kept(query: SearchQuery, links: Links, *leaving: str) -> list[tuple[str, str]]:
    """The parameters that a form carries along: those of the query but the page and what the form itself asks."""
    dropped = {"page", *leaving}
    return [pair for pair in urls.parameters(query, links.facets) if pair[0] not in dropped]


def range_form(query: SearchQuery, links: Links) -> Plain:
    """What the form for a range of dates carries along, and what stands in it."""
    carried = kept(query.between(None, None), links)
    return {"kept": carried, "from": query.date_from or "", "to": query.date_to or ""}


def ways_out(
    query: SearchQuery, links: Links, filters: Sequence[Plain], *, any_total: int | None,
    count: Callable[[SearchQuery], int],
) -> Plain:  # fmt: skip
    """What to try where nothing is found: any of the words, one filter less, the same filters without words.

    `count` gives the total of a query; it is asked for a few filters alone.
    """
    wordless = replace(query, text="", match="all", page=1, sort=None)
    fewer = [
        {**chip, "after": count(chip["query"]) if at < MOST_COUNTED else None} for at, chip in enumerate(filters)
    ]  # fmt: skip
    return {
        "any_url": links.search(replace(query, match="any", page=1)) if any_total and query.match == "all" else None,
        "any_total": any_total,
        "fewer": fewer,
        "wordless_url": links.search(wordless) if query.text.strip() and filters else None,
    }


def exact_words(query: SearchQuery, links: Links) -> str | None:
    """The URL of the same question with its words as typed, without their other forms; None where that is the same."""
    parsed = parse(query.text)
    if parsed.tree is None or query.match == "any":
        return None
    text = to_text(_quoted(parsed.tree))
    return None if text == to_text(parsed.tree) else links.search(replace(query, text=text, page=1))


def _quoted(node: Node) -> Node:
    match node:
        case Word(text):
            return Phrase(text)
        case And(nodes):
            return And(tuple(map(_quoted, nodes)))
        case Or(nodes):
            return Or(tuple(map(_quoted, nodes)))
        case Not(inner):
            return Not(_quoted(inner))
        case Field(name, inner) if name in ("title", "text"):
            return Field(name, _quoted(inner))
    return node


def everything(query: SearchQuery) -> SearchQuery:
    """The same words in the whole archive: without filters, in the kept text, all words wanted."""
    return replace(query.cleared(), scope="clean", match="all", salient=())


def in_words(chips_shown: Sequence[Plain]) -> str:
    """The filters in a few words, for the line below the box and for titles."""
    return ", ".join(("without " if chip["excluded"] else "") + str(chip["label"]) for chip in chips_shown)
