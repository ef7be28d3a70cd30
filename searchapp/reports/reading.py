"""How is one document read? As paragraphs with what they name marked, removed blocks in place, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from searchapp.facets import language_label
from searchapp.model import Block, Document, FacetEntry, FacetValue, Mention, SearchQuery
from searchapp.reports.cards import file_name, opening
from searchapp.reports.links import Links
from searchapp.reports.present import Plain, claim_of, entry_of

MARKED = ("actor", "location")
CLAIMS = ("title", "author", "outlet", "date", "language")


def document_page(
    document: Document, copies: Iterable[Document], query: SearchQuery, *, links: Links, full: bool
) -> Plain:
    """Everything the page of a document shows; without its text where `full` is False."""
    outlet = document.outlet.value
    return {
        "id": document.id,
        "heading": document.title.value or opening(document),
        "untitled": document.title.value is None,
        "language": document.language.value,
        "claims": {name: claim_of(getattr(document, name)) for name in CLAIMS},
        "language_label": language_label(document.language.value) if document.language.value else None,
        "outlet_url": _search("outlet", outlet, links) if outlet else None,
        "source": document.source,
        "file": file_name(document.source),
        "sha256": document.sha256,
        "url": document.url if (document.url or "").startswith(("http://", "https://")) else None,
        "first_indexed": document.first_indexed,
        "retrieved": document.retrieved,
        "quality": document.quality,
        "truncated": document.truncated,
        "parts": list(_parts(document)) if full else [],
        "full": full,
        "facets": _facet_lists(document, links),
        "cited": _cited(document, links),
        "copies": [_copy(one, query, links) for one in copies],
        "back": links.search(query),
    }


def _search(facet: str, value: str, links: Links) -> str:
    """The URL of all documents that carry the value."""
    return links.search(links.facets.complete(SearchQuery()).toggle(facet, value))


def _copy(document: Document, query: SearchQuery, links: Links) -> Plain:
    return {
        "title": document.title.value or opening(document),
        "outlet": document.outlet.value,
        "date": document.date.value,
        "url": links.document(document.id, query),
    }


def _facet_lists(document: Document, links: Links) -> list[Plain]:
    """The values that the document carries, each with the search it leads to and how often it is mentioned."""
    found = []
    for spec in links.facets.shown:
        entries = [] if spec.name == "cites" else list(document.facets.get(spec.name, ()))
        if entries:
            times = _times(document, spec.name)
            entries.sort(key=lambda entry: -times.get(entry.value.id, 0))
            found.append(
                {"name": spec.name, "label": spec.plural, "values": _nested(entries, spec.name, times, links=links)}
            )
    return found


def _times(document: Document, facet: str) -> dict[str, int]:
    times: dict[str, int] = {}
    for mention in document.mentions:
        if mention.facet == facet:
            times[mention.value] = times.get(mention.value, 0) + 1
    return times


def _nested(entries: list[FacetEntry], facet: str, times: dict[str, int], *, links: Links) -> list[Plain]:
    """The entries as a tree; one whose parent the document does not carry stands at the top."""
    listed = {entry.value.id for entry in entries}

    def level(parent: str | None) -> list[Plain]:
        return [
            {
                **entry_of(entry),
                "times": times.get(entry.value.id, 0),
                "url": _search(facet, entry.value.id, links),
                "children": level(entry.value.id),
            }
            for entry in entries
            if _top(entry.value, listed) == parent
        ]

    return level(None)


def _top(value: FacetValue, listed: set[str]) -> str | None:
    return value.parent if value.parent in listed else None


def _cited(document: Document, links: Links) -> list[Plain]:
    """Each outlet or agency that the text credits, with the first sentence that does."""
    sentences = {one.value: one.evidence for one in reversed(document.mentions) if one.facet == "cites"}
    return [
        {
            **entry_of(entry),
            "sentence": sentences.get(entry.value.id),
            "url": _search("cites", entry.value.id, links),
        }
        for entry in document.facets.get("cites", ())
    ]


def _parts(document: Document) -> Iterator[Plain]:
    """Paragraphs of the kept text and runs of removed blocks, in the order of the file."""
    start = 0
    mentions = _marked(document.mentions)
    for kept, run in groupby(document.blocks, key=lambda block: block.kept):
        blocks = list(run)
        if not kept:
            reasons = list(dict.fromkeys(block.reason for block in blocks))
            yield {"removed": reasons, "blocks": [(block.text, block.reason) for block in blocks]}
            continue
        for block in blocks:
            yield {"removed": None, "pieces": _pieces(document, mentions, block, start)}
            start += len(block.text) + len("\n\n")


def _pieces(document: Document, mentions: list[Mention], block: Block, start: int) -> list[tuple[str, str | None]]:
    """The block cut at its mentions: text, and the facet of the mention it is."""
    pieces: list[tuple[str, str | None]] = []
    end = start + len(block.text)
    position = start
    for mention in mentions:
        if position <= mention.start and mention.end <= end:
            pieces.append((document.text[position : mention.start], None))
            pieces.append((document.text[mention.start : mention.end], mention.facet))
            position = mention.end
    pieces.append((document.text[position:end], None))
    return [piece for piece in pieces if piece[0]]


def _marked(mentions: Iterable[Mention]) -> list[Mention]:
    def order(mention: Mention) -> tuple[Any, ...]:
        return mention.start, -mention.end, MARKED.index(mention.facet)

    return sorted((one for one in mentions if one.field == "text" and one.facet in MARKED), key=order)
