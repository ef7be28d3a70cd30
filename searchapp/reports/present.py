"""What does an answer look like to a script? The JSON envelope; the pages read the same keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from searchapp.facets import FacetSet
from searchapp.model import (
    Claim,
    Document,
    Facet,
    FacetCount,
    FacetEntry,
    Filter,
    Histogram,
    Hit,
    Results,
    SearchQuery,
    Suggestions,
)
from searchapp.reports.links import Choices, FacetChoices, Links

Plain = dict[str, Any]
"""JSON in Python: dicts, lists, strings, numbers, booleans and None."""

_LISTS = {"actor": "actors", "location": "locations", "cites": "cites"}


def envelope(results: Results, links: Links, *, following: str | None = None) -> Plain:
    """The whole answer; `following` is the URL of the next page, which only the caller can sign."""
    query = results.query
    pages = -(-results.total // query.per_page) if query.per_page else 0
    previous = query.on_page(query.page - 1) if query.start is None and query.page > 1 else None
    return {
        "query": asked(results, links.facets),
        "total": results.total,
        "stories": results.stories,
        "documents": results.documents,
        "outlets": results.outlets,
        "undated": results.undated,
        "page": query.page if query.start is None else None,
        "per_page": query.per_page,
        "pages": pages,
        "next": following,
        "previous": links.search(previous) if previous else None,
        "results": [hit_of(hit, query, links) for hit in results.hits],
        "facets": facets_of(results, links),
        "suggestions": suggestions_of(results.suggestions, links),
        "warnings": [
            {"message": one.message, "param": one.param, "nearest": one.nearest} for one in results.warnings
        ],
        "index": {
            "generation": str(results.index.generation),
            "documents": results.index.documents,
            "built_at": results.index.built_at,
            "notice": results.index.notice,
        },
    }  # fmt: skip


def asked(results: Results, facets: FacetSet) -> Plain:
    """The question as it was understood."""
    query = results.query
    return {
        "q": query.text,
        "parsed": results.parsed,
        "match": query.match,
        "scope": query.scope,
        "filters": {spec.name: _filter(query.filter(spec.name)) for spec in facets.shown},
        "date_from": query.date_from,
        "date_to": query.date_to,
        "added_from": query.added_from,
        "since": query.since,
        "outlet_status": list(query.outlet_status),
        "date_origin": list(query.date_origin),
        "salient": list(query.salient),
        "discovered": query.discovered,
        "generation": query.pinned,
        "dupes": "fold" if query.folds else "show",
        "cluster": query.cluster,
        "sort": query.order,
        "escaped": results.escaped,
    }


def _filter(one: Filter) -> Plain:
    return {
        "chosen": list(one.chosen),
        "excluded": list(one.excluded),
        "missing": one.missing,
        "combine": one.combine,
    }


def hit_of(hit: Hit, query: SearchQuery, links: Links) -> Plain:
    """One result."""
    plain: Plain = {
        "id": hit.id,
        "url": hit.url,
        "page_url": links.document(hit.id),
        "source": hit.source,
        "sha256": hit.sha256,
        "title": hit.title.value,
        "author": hit.author.value,
        "outlet": hit.outlet.value,
        "outlet_status": hit.outlet.status,
        "published": hit.date.value,
        "published_precision": hit.date.precision,
        "published_origin": hit.date.origin or None,
        "language": hit.language.value,
        "score": hit.score,
        "title_pieces": [list(piece) for piece in hit.title_pieces],
        "snippets": [
            [list(piece) for piece in snippet] if query.highlight else "".join(text for text, _ in snippet)
            for snippet in hit.snippets
        ],
        "cluster": hit.cluster,
        "copies": hit.copies,
        "only_removed": hit.only_removed,
        "first_indexed": hit.first_indexed,
    }
    for name, entries in hit.facets.items():
        plain[_LISTS.get(name, name)] = [entry_of(entry) for entry in entries]
    if hit.text is not None:
        plain["text"] = hit.text
    return plain


def entry_of(entry: FacetEntry) -> Plain:
    return {"value": entry.value.id, "label": entry.value.label, "status": entry.status}


def facets_of(results: Results, links: Links) -> dict[str, Plain]:
    """The counted facets by name, in display order."""
    choices = Choices(results.query, links)
    counted = {facet.name: facet_of(facet, choices) for facet in results.facets}
    if results.histogram is not None:
        counted["date"] = histogram_of(results.histogram, choices)
    return {name: counted[name] for name in links.facets.names if name in counted}


def facet_of(facet: Facet, choices: Choices) -> Plain:
    """A facet with its rows; every row has the URL that its choice leads to."""
    spec = choices.links.facets.get(facet.name)
    own = choices.of(facet.name)
    return {
        "label": spec.label if spec else facet.name,
        "combine": own.filter.combine,
        "distinct": facet.distinct,
        "truncated": facet.truncated,
        "exact": facet.exact,
        "discovered": facet.discovered,
        "none": none_of(facet.none, own),
        "values": [_row(row, own) for row in facet.values],
    }


def _row(row: FacetCount, choices: FacetChoices) -> Plain:
    value = row.value
    lifted = choices.exclude(value.id)
    return {
        "value": value.id,
        "label": value.label,
        "parent": value.parent,
        "count": row.count,
        "after": row.after,
        "inferred": row.inferred,
        "selected": row.selected,
        "excluded": row.excluded,
        "ambiguous": value.ambiguous,
        "url": lifted if row.excluded else choices.toggle(value.id, row.ancestors),
        "exclude_url": None if row.excluded else lifted,
    }


def none_of(row: FacetCount, choices: FacetChoices) -> Plain:
    """The row for results without any value."""
    lifted = choices.exclude_missing()
    return {
        "label": row.value.label,
        "count": row.count,
        "after": row.after,
        "selected": row.selected,
        "excluded": row.excluded,
        "url": lifted if row.excluded else choices.toggle_missing(),
        "exclude_url": None if row.excluded else lifted,
    }


def histogram_of(histogram: Histogram, choices: Choices) -> Plain:
    """The date facet: bars instead of rows."""
    query, links = choices.query, choices.links
    wider = None if histogram.wider is None else links.search(query.between(*histogram.wider))
    spec = links.facets.get("date")
    return {
        "label": spec.label if spec else "Date",
        "unit": histogram.unit,
        "imprecise": histogram.imprecise,
        "overlapping": histogram.overlapping,
        "wider_url": wider,
        "none": none_of(histogram.none, choices.of("date")),
        "values": [
            {
                "value": bar.label,
                "from": bar.first,
                "to": bar.last,
                "count": bar.count,
                "after": bar.after,
                "url": choices.between(bar.first, bar.last),
            }
            for bar in histogram.bars
        ],
    }


def suggestions_of(suggestions: Suggestions, links: Links) -> Plain:
    return {
        "did_you_mean": suggestions.did_you_mean,
        "names": [
            {
                "facet": name.facet,
                "value": name.value.id,
                "label": name.value.label,
                "labels": list(name.value.labels),
                "count": name.count,
                "url": links.search(name.query),
            }
            for name in suggestions.names
        ],
        "forms": list(suggestions.forms),
        "words": [{"word": word, "count": count} for word, count in suggestions.words],
        "any_total": suggestions.any_total,
    }


def document_of(document: Document, links: Links, *, text: bool = True) -> Plain:
    """One document with everything that is known of it; `text` False leaves its words out."""
    plain: Plain = {
        "id": document.id,
        "url": document.url,
        "page_url": links.document(document.id),
        "source": document.source,
        "sha256": document.sha256,
        "claims": {
            name: claim_of(getattr(document, name)) for name in ("title", "author", "outlet", "date", "language")
        },
        "facets": {name: [entry_of(entry) for entry in entries] for name, entries in document.facets.items()},
        "quality": document.quality,
        "truncated": document.truncated,
        "first_indexed": document.first_indexed,
        "last_changed": document.last_changed,
        "retrieved": document.retrieved,
    }  # fmt: skip
    if text:
        plain["text"] = document.text
        plain["mentions"] = [_mention(one) for one in document.mentions]
        plain["removed"] = [
            {"text": block.text, "reason": block.reason} for block in document.blocks if not block.kept
        ]
    return plain


def claim_of(claim: Claim) -> Mapping[str, str | None]:
    """A claim with its evidence."""
    return {
        "value": claim.value,
        "status": claim.status,
        "origin": claim.origin or None,
        "evidence": claim.evidence or None,
        "precision": claim.precision,
    }


def _mention(mention: Any) -> Plain:
    names = ("facet", "value", "field", "start", "end", "surface", "rule", "status", "confidence", "evidence")
    return {name: getattr(mention, name) for name in names}
