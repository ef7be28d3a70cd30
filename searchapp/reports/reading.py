"""How is one document read? As paragraphs with what they name marked, removed blocks in place, and the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from searchapp.facets import language_label
from searchapp.model import Block, Document, FacetEntry, FacetValue, SearchQuery
from searchapp.reports.cards import file_name, opening
from searchapp.reports.comparing import differences
from searchapp.reports.links import Links
from searchapp.reports.marking import Hits, mentions, pieces
from searchapp.reports.phrases import QUALITIES
from searchapp.reports.present import Plain, claim_of, entry_of

MOST_COMPARED = 20
"""For how many copies it is worked out what differs."""

CLAIMS = ("title", "author", "outlet", "date", "language")


def document_page(
    document: Document, query: SearchQuery, *, links: Links, full: bool, languages: Sequence[str]
) -> Plain:
    """Everything the page of a document shows of it alone; without its text where `full` is False."""
    outlet, title = document.outlet.value, document.title.value
    hits = Hits.of(query, document, languages)
    in_title = hits.in_title(title) if title and query.scope != "removed" else []
    heading = title or opening(document)
    parts = list(_parts(document, hits, query.scope)) if full else []
    return {
        "id": document.id,
        "heading": heading,
        "heading_pieces": pieces(heading, 0, len(heading), hits=in_title),
        "untitled": title is None,
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
        "quality": QUALITIES.get(document.quality or "", document.quality),
        "truncated": document.truncated,
        "parts": parts,
        "hits": hits.found,
        "removed": sum(len(part["blocks"]) for part in parts if part["removed"] is not None),
        "full": full,
        "facets": _facet_lists(document, links),
        "cited": _cited(document, links),
        "back": links.search(query),
    }


def copies_of(
    document: Document, copies: Iterable[Document], query: SearchQuery, *, links: Links, full: bool
) -> Plain:
    """The copies of a document, the earliest first, each with what differs; how many outlets they have with it.

    Where `full` is False, what differs is not told, for it would be told in their words.
    """
    listed = oldest_first(copies)
    outlets = {one.outlet.value for one in (document, *listed)} - {None}
    shown = [
        _line(one, query, links) | {"differs": differences(document, one) if full and at < MOST_COMPARED else None}
        for at, one in enumerate(listed)
    ]
    return {"listed": shown, "outlets": len(outlets)}


def sharing_of(documents: Iterable[Document], query: SearchQuery, *, links: Links) -> list[Plain]:
    """The documents that share text with one and are no copies of it, the earliest first."""
    return [_line(one, query, links) for one in oldest_first(documents)]


def oldest_first(documents: Iterable[Document]) -> list[Document]:
    """The documents by date, the undated ones last."""
    return sorted(documents, key=lambda one: (one.date.value is None, one.date.value or "", one.id))


def _line(document: Document, query: SearchQuery, links: Links) -> Plain:
    """What a list of other documents says of one."""
    return {
        "title": document.title.value or opening(document),
        "outlet": document.outlet.value,
        "date": document.date.value,
        "language": document.language.value,
        "url": links.document(document.id, query),
    }


def _search(facet: str, value: str, links: Links) -> str:
    """The URL of all documents that carry the value."""
    return links.search(links.facets.complete(SearchQuery()).toggle(facet, value))


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


def _parts(document: Document, hits: Hits, scope: str) -> Iterator[Plain]:
    """Paragraphs of the kept text and runs of removed blocks, in the order of the file."""
    start = 0
    named = mentions(document.mentions)
    found = hits.in_text(document.text) if scope != "removed" else []
    for kept, run in groupby(document.blocks, key=lambda block: block.kept):
        blocks = list(run)
        if not kept:
            yield _removed(blocks, hits, scope)
            continue
        for block in blocks:
            end = start + len(block.text)
            yield {"removed": None, "pieces": pieces(document.text, start, end, named=named, hits=found)}
            start = end + len("\n\n")


def _removed(blocks: list[Block], hits: Hits, scope: str) -> Plain:
    """A run of removed blocks with their reasons; `hit` says that the words asked for are found in one."""
    before = hits.found
    shown = [
        (pieces(block.text, 0, len(block.text), hits=hits.in_text(block.text) if scope != "clean" else ()), block.reason)
        for block in blocks
    ]
    reasons = list(dict.fromkeys(block.reason for block in blocks))
    return {"removed": reasons, "blocks": shown, "hit": hits.found > before}
