"""How is it known that a document carries a value? Where it was said, in which words, by which rule, how surely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from searchapp.engine.base import Deadline, Engine
from searchapp.facets import FacetSet
from searchapp.model import Claim, Document, Facet, FacetEntry, Mention, Results, SearchQuery
from searchapp.reports.links import Links
from searchapp.reports.present import Plain, entry_of

MOST_FORMS = 1_000
"""How many forms of a result are looked through for those of one value."""

AROUND = 90
"""How many characters stand on either side of a mention in a sample line."""

Source = Literal["text", "within", "path"]
"""Where a value is from that no claim says the origin of: mentions, a value inside of it, the path of the file."""

_CLAIMED = ("outlet", "language")


def evidence_of(document: Document, facets: FacetSet) -> Plain:
    """Every facet value of the document, by facet, with its source and its mentions."""
    return {
        spec.name: [_known(document, spec.name, entry, entries) for entry in entries]
        for spec in facets.shown
        if spec.name != "date" and (entries := facets.entries(document, spec.name))
    }


def _known(document: Document, facet: str, entry: FacetEntry, entries: tuple[FacetEntry, ...]) -> Plain:
    mentions = [one for one in document.mentions if one.facet == facet and one.value == entry.value.id]
    claim: Claim | None = getattr(document, facet) if facet in _CLAIMED else None
    inside = [one.value.id for one in entries if one.value.parent == entry.value.id]
    return {
        **entry_of(entry),
        "parent": entry.value.parent,
        "salient": entry.salient,
        "source": _source(facet, entry, claim, mentions=mentions, inside=inside),
        "evidence": claim.evidence or None if claim else None,
        "within": inside,
        "confidence": max((one.confidence for one in mentions), default=None),
        "mentions": [_mention(one) for one in mentions],
    }


def _source(
    facet: str, entry: FacetEntry, claim: Claim | None, *, mentions: list[Mention], inside: list[str]
) -> str | None:
    """The origin of the claim, else a `Source`, else what the entry's status says."""
    if claim is not None:
        return claim.origin or entry.status
    if facet == "folder":
        return "path"
    if mentions:
        return "text"
    return "within" if inside else entry.status


def _mention(mention: Mention) -> Plain:
    return {
        "surface": mention.surface,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "rule": mention.rule,
        "status": mention.status,
        "confidence": mention.confidence,
        "evidence": mention.evidence or None,
    }


def carrying(name: str, value: str, query: SearchQuery) -> SearchQuery:
    """The query for those of its results that carry the value; among several of an any-of facet, for it alone."""
    own = query.filter(name)
    others = tuple(one for one in own.chosen if one != value) if own.combine == "and" else ()
    excluded = tuple(one for one in own.excluded if one != value)
    return query.with_filter(replace(own, chosen=(value, *others), excluded=excluded, missing=None))


def forms_of(name: str, results: Results, engine: Engine, *, deadline: Deadline) -> tuple[list[Plain], bool]:
    """The words under which the value stands in these results, with their counts, and whether these may be all."""
    value = results.query.filter(name).chosen[0]
    counted: Facet = engine.facet("form", results.query, limit=MOST_FORMS, deadline=deadline)
    rows = [row for row in counted.values if row.value.id.startswith(f"{value}\x1f")]
    return [{"form": row.value.label, "count": row.count} for row in rows], not counted.truncated


def lines_of(name: str, results: Results, documents: Iterable[Document], links: Links) -> list[Plain]:
    """One line for each of the documents that says why it carries the value."""
    value = results.query.filter(name).chosen[0]
    return [line for one in documents for line in _line(one, name, value, links=links)]


def _line(document: Document, name: str, value: str, *, links: Links) -> Iterator[Plain]:
    entries = {entry.value.id: entry for entry in links.facets.entries(document, name)}
    if value not in entries:
        return
    mention = _first(document, name, _below(value, entries))
    claim: Claim | None = getattr(document, name) if name in _CLAIMED else None
    yield {
        "document": document.id,
        "page_url": links.document(document.id),
        "title": document.title.value,
        "outlet": document.outlet.value,
        "published": document.date.value,
        "language": document.language.value,
        "status": entries[value].status,
        "surface": mention.surface if mention else None,
        "rule": mention.rule if mention else None,
        "confidence": mention.confidence if mention else None,
        "source": _source(name, entries[value], claim, mentions=[mention] if mention else [], inside=[]),
        "line": _around(document, mention) if mention else [[text, False]] if (text := _said(document, name)) else [],
    }


def _below(value: str, entries: dict[str, FacetEntry]) -> tuple[str, ...]:
    """The value itself, then the values that lie below it in a tree."""
    found = [value]
    for above in found:
        found.extend(one for one, entry in entries.items() if entry.value.parent == above and one not in found)
    return tuple(found)


def _first(document: Document, facet: str, values: tuple[str, ...]) -> Mention | None:
    """The first mention of the first of these values that is mentioned."""
    mentioned = [one for one in document.mentions if one.facet == facet and one.value in values]
    return min(mentioned, key=lambda one: (values.index(one.value), one.field != "title", one.start), default=None)


def _said(document: Document, name: str) -> str:
    """What says the value where no mention does."""
    if name == "folder":
        return document.source
    return getattr(document, name).evidence if name in _CLAIMED else ""


def _around(document: Document, mention: Mention) -> list[list[str | bool]]:
    """The mention with the words on either side of it, in pieces as of a snippet."""
    text = (document.title.value or "") if mention.field == "title" else document.text
    before, after = text[: mention.start], text[mention.end :]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    pieces: list[list[str | bool]] = [[before, False], [text[mention.start : mention.end], True], [after, False]]
    return [piece for piece in pieces if piece[0]]
