"""What does a page need beside the answer? The filters that hold, sorts, page numbers, ways out of an empty result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from searchapp.grammar import And, Field, Node, Not, Or, Phrase, Word, parse, to_text
from searchapp.model import MAX_WINDOW, SearchQuery
from searchapp.reports import urls
from searchapp.reports.links import Links
from searchapp.reports.present import Plain
from searchapp.reports.wording import N_

SORT_LABELS = {
    "relevance": N_("relevance"),
    "-date": N_("newest"),
    "date": N_("oldest"),
    "-added": N_("latest additions"),
    "outlet": N_("outlet"),
    "title": N_("title"),
    "-copies": N_("most copied"),
}
PER_PAGE = (10, 20, 50, 100)

_NEIGHBOURS = 2
"""How many page numbers stand on either side of the current one."""


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
    given = (*urls.parameters(query, links.facets), *links.beside)
    return [pair for pair in given if pair[0] not in dropped]


def range_form(query: SearchQuery, links: Links) -> Plain:
    """What the form for a range of dates carries along, and what stands in it."""
    carried = kept(query.between(None, None), links)
    return {"kept": carried, "from": query.date_from or "", "to": query.date_to or ""}


def size_links(query: SearchQuery, links: Links) -> list[Plain]:
    """How many results a page may have."""
    return [
        {"label": str(size), "current": query.per_page == size, "url": links.search(replace(query, per_page=size, page=1))}
        for size in PER_PAGE
    ]  # fmt: skip


def ways_out(query: SearchQuery, links: Links, filters: Sequence[Plain], *, any_total: int | None) -> Plain:
    """What to try where nothing is found: any of the words, one filter less, the same filters without words."""
    wordless = replace(query, text="", match="all", page=1, sort=None)
    return {
        "any_url": links.search(replace(query, match="any", page=1)) if any_total and query.match == "all" else None,
        "any_total": any_total,
        "fewer": list(filters),
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
