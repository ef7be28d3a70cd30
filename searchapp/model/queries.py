"""What is asked: a SearchQuery, and the changed copies of it that links are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

SORTS = ("relevance", "-date", "date", "-added", "outlet", "title", "-copies")
MAX_PER_PAGE = 100
MAX_WINDOW = 10_000


@dataclass(frozen=True, slots=True)
class Filter:
    """What is chosen in one facet.

    `combine` is "and" where a document must carry all chosen values, "or" where one is enough.
    `missing` is "chosen" for the none row, "excluded" for documents that have any value.
    """

    facet: str
    chosen: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    missing: Literal["chosen", "excluded"] | None = None
    combine: Literal["and", "or"] = "or"

    @property
    def active(self) -> bool:
        return bool(self.chosen or self.excluded or self.missing)

    def toggled(self, value: str, ancestors: tuple[str, ...] = ()) -> Filter:
        """With `value` chosen, or no longer chosen; choosing drops its chosen ancestors and its exclusion."""
        if value in self.chosen:
            return replace(self, chosen=_without(self.chosen, value))
        chosen = (*_without(self.chosen, *ancestors), value)
        missing = None if self.missing == "chosen" and self.combine == "and" else self.missing
        return replace(self, chosen=chosen, excluded=_without(self.excluded, value), missing=missing)

    def excluding(self, value: str) -> Filter:
        """With `value` excluded and not chosen, or no longer excluded."""
        if value in self.excluded:
            return replace(self, excluded=_without(self.excluded, value))
        return replace(self, chosen=_without(self.chosen, value), excluded=(*self.excluded, value))

    def missing_toggled(self) -> Filter:
        """With the none row chosen, or no longer; where values combine by "and", choosing it drops them."""
        if self.missing == "chosen":
            return replace(self, missing=None)
        return replace(self, chosen=() if self.combine == "and" else self.chosen, missing="chosen")

    def missing_excluded(self) -> Filter:
        """With the none row excluded, or no longer."""
        return replace(self, missing=None if self.missing == "excluded" else "excluded")


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """One question in all its parts; every method gives a changed copy, back on the first page.

    `sort` None means relevance with a text, latest additions without. `start` overrides `page` where a cursor says
    at which result to go on; `generation` is the one a cursor, or a link, is bound to. `salient` names the facets that count only
    what a document is mainly about. `facets` None means all of them. Without `snippets` hits have none, and nothing is
    marked in their titles; without `suggestions` nothing else is proposed.
    """

    text: str = ""
    match: Literal["all", "any"] = "all"
    scope: Literal["clean", "raw", "removed"] = "clean"
    filters: tuple[Filter, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    added_from: str | None = None
    since: str | None = None
    sort: str | None = None
    page: int = 1
    per_page: int = 20
    start: int | None = None
    generation: int | None = None
    dupes: Literal["fold", "show"] = "fold"
    cluster: str | None = None
    salient: tuple[str, ...] = ()
    outlet_status: tuple[str, ...] = ()
    date_origin: tuple[str, ...] = ()
    discovered: bool = False
    facets: tuple[str, ...] | None = None
    facet_size: int = 10
    highlight: bool = True
    snippets: bool = True
    suggestions: bool = True
    fields: tuple[str, ...] = ()

    @property
    def offset(self) -> int:
        """How many results come before the first one of this page."""
        return self.start if self.start is not None else (self.page - 1) * self.per_page

    @property
    def pinned(self) -> int | None:
        """The generation that a link names; where a cursor goes on, links lead to the current one."""
        return self.generation if self.start is None else None

    @property
    def order(self) -> str:
        """The sort that holds: the one asked for, else date for a story, relevance for words, latest additions."""
        return self.sort or ("date" if self.cluster else "relevance" if self.text.strip() else "-added")

    @property
    def folds(self) -> bool:
        """Whether copies of one story count as one result; `cluster` lists them one by one."""
        return self.dupes == "fold" and self.cluster is None

    def filter(self, facet: str) -> Filter:
        """What is chosen in `facet`; an empty filter where nothing is."""
        return next((one for one in self.filters if one.facet == facet), Filter(facet))

    def with_filter(self, changed: Filter) -> SearchQuery:
        """The query with this filter in place of the facet's old one."""
        if any(one.facet == changed.facet for one in self.filters):
            filters = tuple(changed if one.facet == changed.facet else one for one in self.filters)
        else:
            filters = (*self.filters, changed)
        return replace(self, filters=filters, page=1, start=None, generation=self.pinned)

    def toggle(self, facet: str, value: str, *, ancestors: tuple[str, ...] = ()) -> SearchQuery:
        """The query with `value` chosen, or no longer chosen; choosing drops its chosen ancestors and its exclusion."""
        return self.with_filter(self.filter(facet).toggled(value, ancestors))

    def exclude(self, facet: str, value: str) -> SearchQuery:
        """The query without the documents that carry `value`, or with them again where they were excluded."""
        return self.with_filter(self.filter(facet).excluding(value))

    def toggle_missing(self, facet: str) -> SearchQuery:
        """The query with the none row chosen, or no longer; in an all-of facet choosing it drops the values."""
        return self.with_filter(self.filter(facet).missing_toggled())

    def exclude_missing(self, facet: str) -> SearchQuery:
        """The query for documents that have some value of the facet, or for all again."""
        return self.with_filter(self.filter(facet).missing_excluded())

    def between(self, date_from: str | None, date_to: str | None) -> SearchQuery:
        """The query for this range of dates; a range drops the undated that were asked for."""
        narrowed = self.with_filter(replace(self.filter("date"), missing=None)) if self.filter("date").active else self
        return replace(narrowed, date_from=date_from, date_to=date_to, page=1, start=None, generation=self.pinned)

    def on_page(self, page: int) -> SearchQuery:
        """The same query at another page."""
        return replace(self, page=page, start=None, generation=self.pinned)

    def cleared(self) -> SearchQuery:
        """The same words without any filter."""
        plain = tuple(Filter(one.facet, combine=one.combine) for one in self.filters)
        return replace(
            self, filters=plain, date_from=None, date_to=None, added_from=None, since=None, cluster=None,
            outlet_status=(), date_origin=(), page=1, start=None, generation=self.pinned,
        )  # fmt: skip


def _without(values: tuple[str, ...], *dropped: str) -> tuple[str, ...]:
    return tuple(value for value in values if value not in dropped)
