"""What else does a page need beside the answer: chips, sorts, page numbers, a document cut into marked pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from searchapp.facets import language_label
from searchapp.model import MAX_WINDOW, Block, Document, Mention, SearchQuery
from searchapp.reports.present import Links, Plain, claim_of, entry_of

SORT_LABELS = {
    "relevance": "relevance",
    "-date": "newest",
    "date": "oldest",
    "-added": "latest additions",
    "outlet": "outlet",
    "title": "title",
    "-copies": "most copied",
}
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
    return {"facet": facet, "label": label, "excluded": excluded, "url": links.search(without)}


def _other_chips(query: SearchQuery, links: Links) -> Iterator[Plain]:
    if query.date_from or query.date_to:
        label = f"{query.date_from or '…'} to {query.date_to or '…'}"
        if query.date_from == query.date_to:
            label = str(query.date_from)
        yield _chip("Published", label, False, replace(query, date_from=None, date_to=None, page=1), links)
    if query.added_from:
        yield _chip("Added since", query.added_from, False, replace(query, added_from=None, page=1), links)
    if query.since:
        yield _chip("Changed since", query.since, False, replace(query, since=None, page=1), links)
    if query.cluster:
        yield _chip("Copies of", query.cluster, False, replace(query, cluster=None, page=1), links)
    for value in query.outlet_status:
        kept = tuple(one for one in query.outlet_status if one != value)
        yield _chip("Outlet is", value, False, replace(query, outlet_status=kept, page=1), links)
    for value in query.date_origin:
        kept = tuple(one for one in query.date_origin if one != value)
        yield _chip("Date found in", value, False, replace(query, date_origin=kept, page=1), links)


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


def page_links(query: SearchQuery, total: int, links: Links) -> list[Plain]:
    """First, last and neighbouring pages, as far as pages reach; an entry without number stands for a gap."""
    if not query.per_page:
        return []
    last = min(-(-total // query.per_page), MAX_WINDOW // query.per_page)
    wanted = {1, last, *range(query.page - _NEIGHBOURS, query.page + _NEIGHBOURS + 1)}
    numbers = sorted(number for number in wanted if 1 <= number <= last)
    found: list[Plain] = []
    for before, number in zip([0, *numbers], numbers, strict=False):
        if number - before > 1:
            found.append({"number": None})
        found.append({"number": number, "current": number == query.page, "url": links.search(query.on_page(number))})
    return found if last > 1 else []


def document_page(
    document: Document, copies: Iterable[Document], query: SearchQuery, links: Links, *, full: bool
) -> Plain:
    """A document with its text in marked pieces, removed blocks in their places, and the evidence for what is said."""
    return {
        "id": document.id,
        "title": document.title.value,
        "language": document.language.value,
        "language_label": language_label(document.language.value or ""),
        "claims": {
            name: claim_of(getattr(document, name)) for name in ("title", "author", "outlet", "date", "language")
        },
        "source": document.source,
        "sha256": document.sha256,
        "url": document.url if (document.url or "").startswith(("http://", "https://")) else None,
        "first_indexed": document.first_indexed,
        "quality": document.quality,
        "truncated": document.truncated,
        "parts": list(_parts(document)) if full else [],
        "full": full,
        "facets": _facet_lists(document, links),
        "cited": [
            {"label": _label(document, "cites", one.value), "sentence": one.evidence}
            for one in _first_of_each(document, "cites")
        ],
        "copies": [
            {"title": one.title.value, "outlet": one.outlet.value, "date": one.date.value, "url": links.document(one.id)}
            for one in copies
        ],
        "back": links.search(query),
    }  # fmt: skip


def _facet_lists(document: Document, links: Links) -> list[Plain]:
    """The values that the document carries, each with the search it leads to."""
    found = []
    for spec in links.facets.counted:
        entries = document.facets.get(spec.name, ())
        if entries and spec.name != "cites":
            values = [
                {**entry_of(entry), "url": links.search(SearchQuery().toggle(spec.name, entry.value.id))}
                for entry in entries
            ]
            found.append({"name": spec.name, "label": spec.plural, "values": values})
    return found


def _first_of_each(document: Document, facet: str) -> list[Mention]:
    found: dict[str, Mention] = {}
    for mention in document.mentions:
        if mention.facet == facet:
            found.setdefault(mention.value, mention)
    return list(found.values())


def _label(document: Document, facet: str, value: str) -> str:
    return next((entry.value.label for entry in document.facets.get(facet, ()) if entry.value.id == value), value)


def _parts(document: Document) -> Iterator[Plain]:
    """Paragraphs of the kept text and runs of removed blocks, in the order of the file."""
    start = 0
    for reason, run in groupby(document.blocks, key=lambda block: block.reason):
        blocks = list(run)
        if reason is not None:
            yield {"removed": reason, "blocks": [block.text for block in blocks]}
            continue
        for block in blocks:
            yield {"removed": None, "pieces": _pieces(document, block, start)}
            start += len(block.text) + 2


def _pieces(document: Document, block: Block, start: int) -> list[tuple[str, str | None, str | None]]:
    """The block cut at its mentions: (text, facet or None, value or None)."""
    pieces: list[tuple[str, str | None, str | None]] = []
    end = start + len(block.text)
    position = start
    for mention in sorted(_shown(document.mentions), key=lambda one: (one.start, -one.end)):
        if position <= mention.start and mention.end <= end:
            pieces.append((document.text[position : mention.start], None, None))
            pieces.append((document.text[mention.start : mention.end], mention.facet, mention.value))
            position = mention.end
    pieces.append((document.text[position:end], None, None))
    return [piece for piece in pieces if piece[0]]


def _shown(mentions: Iterable[Mention]) -> list[Mention]:
    return [one for one in mentions if one.field == "text" and one.facet in ("actor", "location")]
