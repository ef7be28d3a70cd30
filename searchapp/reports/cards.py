"""What does a result look like on a page? A card: heading, origin, and chips that filter by what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from searchapp.facets import language_label
from searchapp.model import Document, FacetEntry, Hit, Results, SearchQuery, Snippet
from searchapp.reports.links import Choices, FacetChoices, Links
from searchapp.reports.phrases import ORIGINS
from searchapp.reports.present import Plain

MOST_CHIPS = {"actor": 4, "location": 4, "cites": 3}
MOST_SNIPPETS = 3
BY_DATE = ("date", "-date")
OPENING = 90
"""How many characters of the text stand in for a title that is not there."""


def cards(
    results: Results, links: Links, untitled: Mapping[str, Document], outlets: Mapping[str, int]
) -> list[Plain]:
    """A card for each hit.

    `untitled` holds the documents of those without title, by id, `outlets` the number of outlets by cluster.
    """
    choices = Choices(results.query, links)
    narrowing = {name: choices.of(name) for name in MOST_CHIPS}
    # Every document links back to this search.
    asked = links.asked(results.query)
    return [
        {
            **_card(hit, results.query, untitled.get(hit.id)),
            "url": f"{links.base}/document/{hit.id}{asked}",
            "chips": {name: _chips(hit.facets.get(name, ()), own, MOST_CHIPS[name]) for name, own in narrowing.items()},
            "copies_url": _copies(hit, results.query, links),
            "copies_outlets": outlets.get(hit.cluster or ""),
        }
        for hit in results.hits
    ]


def _card(hit: Hit, query: SearchQuery, document: Document | None) -> Plain:
    """What the page says of a hit; a missing title is replaced by the first words, and said to be missing."""
    title: Snippet = hit.title_pieces or (((hit.title.value, False),) if hit.title.value else ())
    return {
        "id": hit.id,
        "title": _marked(title, query) or ((opening(document) if document else file_name(hit.source), False),),
        "untitled": not title,
        "outlet": hit.outlet.value,
        "outlet_guessed": _guess(hit.outlet.status, hit.outlet.origin),
        "date": hit.date.value,
        "date_guessed": _guess(hit.date.status, hit.date.origin),
        "date_origin": ORIGINS.get(hit.date.origin, hit.date.origin),
        "precision": hit.date.precision,
        "author": hit.author.value,
        "language": hit.language.value,
        "language_label": language_label(hit.language.value) if hit.language.value else None,
        "snippets": [_marked(snippet, query) for snippet in hit.snippets[:MOST_SNIPPETS]],
        "copies": hit.copies,
        "only_removed": hit.only_removed,
    }


def _marked(pieces: Snippet, query: SearchQuery) -> Snippet:
    return tuple((text, matched and query.highlight) for text, matched in pieces)


def groups(shown: list[Plain], query: SearchQuery) -> list[Plain]:
    """The cards as they stand below each other: in an order of dates the undated ones come under their own heading."""
    undated = [card["date"] is None and query.order in BY_DATE for card in shown]
    found: list[Plain] = []
    for apart in (False, True):
        listed = [card for card, without in zip(shown, undated, strict=True) if without is apart]
        if listed:
            start = query.offset + 1 + sum(len(group["cards"]) for group in found)
            found.append({"undated": apart, "start": start, "cards": listed})
    return found


def earliest(shown: list[Plain], query: SearchQuery) -> Plain | None:
    """The card of what is dated first, where the oldest come first and this is the first page."""
    if query.order != "date" or query.offset or not shown or shown[0]["date"] is None:
        return None
    return shown[0]


def opening(document: Document) -> str:
    """The first words of the text, or the name of the file where there is no text."""
    text = " ".join(document.text.split())
    if not text:
        return file_name(document.source)
    if len(text) <= OPENING:
        return text
    words = text[:OPENING].rpartition(" ")[0]
    return f"{words or text[:OPENING]} …"


def file_name(source: str) -> str:
    """The last part of a source key, with the record it names."""
    return PurePosixPath(source).name


def _chips(entries: Iterable[FacetEntry], choices: FacetChoices, most: int) -> list[Plain]:
    """The most telling values, each with the search it narrows to; in a tree the lowest ones alone."""
    listed = list(entries)
    above = {entry.value.id: entry.value.parent for entry in listed}
    within = set(above.values())
    lowest = [entry for entry in listed if entry.value.id not in within]
    lowest.sort(key=lambda entry: not entry.salient)
    return [
        {
            "label": entry.value.label,
            "chosen": entry.value.id in choices.filter.chosen,
            "guessed": entry.status == "discovered",
            "url": choices.toggle(entry.value.id, _ancestors(entry.value.id, above)),
        }
        for entry in lowest[:most]
    ]


def _ancestors(value: str, above: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    parent = above.get(value)
    while parent is not None and parent not in found:
        found.append(parent)
        parent = above.get(parent)
    return tuple(found)


def _copies(hit: Hit, query: SearchQuery, links: Links) -> str | None:
    """Where the copies of a story are listed one by one; None where it has none, or this is that list."""
    if not hit.cluster or query.cluster is not None:
        return None
    return links.search(SearchQuery(cluster=hit.cluster, filters=query.cleared().filters))


def _guess(status: str, origin: str) -> str | None:
    """Where an inferred value was found, for its mark, "" where that is not known; None for one that was declared."""
    return ORIGINS.get(origin, origin) if status == "inferred" else None
