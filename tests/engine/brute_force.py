"""What facets must say, counted by a few obvious loops over plain documents; nothing here knows an engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from searchapp.model import Document, Filter, SearchQuery, days_of


@dataclass(frozen=True, slots=True)
class Archive:
    """Documents and the cluster of each that has copies."""

    documents: Sequence[Document]
    clusters: Mapping[str, str]

    def passing(self, query: SearchQuery) -> list[Document]:
        """The documents that the query finds, its words being whole words of titles and texts."""
        return [one for one in self.documents if _has_words(one, query) and self._passes(one, query)]

    def results(self, documents: Iterable[Document], query: SearchQuery) -> int:
        """How many results these documents are."""
        if query.dupes == "show" or query.cluster is not None:
            return len(list(documents))
        return len({self.clusters.get(one.id, one.id) for one in documents})

    def total(self, query: SearchQuery) -> int:
        """How many results the query has."""
        return self.results(self.passing(query), query)

    def count(self, facet: str, value: str, query: SearchQuery) -> int:
        """The results that carry the value, as the contract of facets says; "" is the none row."""
        if facet == "date":
            lifted = _with(replace(query, date_from=None, date_to=None), Filter("date"))
            return self.results([one for one in self.passing(lifted) if one.date.value is None], lifted)
        own = query.filter(facet)
        if own.combine == "or" or value == "":
            own = replace(own, chosen=())
        if own.missing == "chosen" or value == "":
            own = replace(own, missing=None)
        own = replace(own, excluded=tuple(one for one in own.excluded if one != value))
        counted = _with(query, own)
        rows = [(one, values(one, facet, query)) for one in self.passing(counted)]
        return self.results([one for one, held in rows if (value in held if value else not held)], query)

    def inferred(self, facet: str, value: str, query: SearchQuery) -> int:
        """How many of the results that carry the value were only guessed to."""
        own = query.filter(facet)
        kept = own.chosen if own.combine == "and" else ()
        excluded = tuple(one for one in own.excluded if one != value)
        own = replace(own, chosen=kept, excluded=excluded)
        counted = _with(query, replace(own, missing=None) if own.missing == "chosen" else own)
        carrying = [one for one in self.passing(counted) if value in values(one, facet, query)]
        sure = [one for one in carrying if value in values(one, facet, query, ("declared", "curated"))]
        if query.dupes == "show" or query.cluster is not None:
            return len(carrying) - len(sure)
        stories = {self.clusters.get(one.id, one.id) for one in carrying}
        return len(stories - {self.clusters.get(one.id, one.id) for one in sure})

    def all_values(self, facet: str, query: SearchQuery) -> set[str]:
        """Every value that some document carries."""
        return {value for one in self.documents for value in values(one, facet, query)}

    def _passes(self, document: Document, query: SearchQuery) -> bool:
        for own in query.filters:
            if own.facet != "date" and not _is_chosen(own, values(document, own.facet, query)):
                return False
        if query.outlet_status and document.outlet.status not in query.outlet_status:
            return False
        if query.date_origin and document.date.origin not in query.date_origin:
            return False
        if query.added_from and document.first_indexed[:10] < query.added_from:
            return False
        if query.cluster is not None and self.clusters.get(document.id) != query.cluster:
            return False
        return _is_in_time(document, query)


def values(
    document: Document, facet: str, query: SearchQuery,
    statuses: Collection[str] = ("declared", "curated", "inferred", "discovered"),
) -> set[str]:  # fmt: skip
    """The ids of the values that the document carries and that count."""
    if facet in ("outlet", "language"):
        claim = document.outlet if facet == "outlet" else document.language
        return {claim.value} if claim.value is not None and claim.status in statuses else set()
    if facet == "folder":
        parts = document.source.split("/")[:-1]
        return {"/".join(parts[: number + 1]) for number in range(len(parts))} if "declared" in statuses else set()
    held = set()
    for entry in document.facets.get(facet, ()):
        if entry.status == "discovered" and not query.discovered:
            continue
        if not entry.salient and facet in query.salient:
            continue
        if entry.status in statuses:
            held.add(entry.value.id)
    return held


def _has_words(document: Document, query: SearchQuery) -> bool:
    text = f"{document.title.value or ''} {document.text}".lower()
    words = {word.strip(".,;:") for word in text.split()}
    return all(word.strip('"') in words for word in query.text.split())


def _is_chosen(own: Filter, held: set[str]) -> bool:
    if any(value in held for value in own.excluded):
        return False
    if own.missing == "excluded" and not held:
        return False
    choices = [value in held for value in own.chosen]
    if own.missing == "chosen":
        choices.append(not held)
    if not choices:
        return True
    return any(choices) if own.combine == "or" else all(choices)


def _is_in_time(document: Document, query: SearchQuery) -> bool:
    missing = query.filter("date").missing
    ranged = query.date_from is not None or query.date_to is not None
    if document.date.value is None:
        return missing == "chosen" or (missing is None and not ranged)
    if not ranged:
        return missing != "chosen"
    days = days_of(document.date.value)
    after_start = query.date_from is None or days.first >= days_of(query.date_from).first
    return after_start and (query.date_to is None or days.last <= days_of(query.date_to).last)


def _with(query: SearchQuery, own: Filter) -> SearchQuery:
    return replace(query, filters=(*(one for one in query.filters if one.facet != own.facet), own))
