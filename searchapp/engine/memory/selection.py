"""Which documents pass a query with all its filters, and which would if the filter of one facet were another?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from searchapp.engine.base import Deadline
from searchapp.engine.memory.matching import Matcher, is_eligible
from searchapp.engine.memory.records import Record
from searchapp.engine.memory.state import State, Story
from searchapp.engine.resolve import changed_since, chosen_days, not_before
from searchapp.model import Filter, SearchQuery

Documents = frozenset[str]
Test = Callable[[Record], bool]


class Selection:
    """The documents of one generation that pass one (completed and resolved) query, as sets of ids."""

    def __init__(
        self, state: State, query: SearchQuery, matcher: Matcher, *, deadline: Deadline,
        left_out: Documents = frozenset(),
    ) -> None:  # fmt: skip
        self.state = state
        self.query = query
        self.chosen_days = chosen_days(query.date_from, query.date_to)
        self._carried: dict[tuple[str, str, bool], dict[str, bool]] = {}
        tests = tuple(_plain_tests(state, query))
        matched = set()
        for identifier, record in state.records.items():
            deadline.check()
            if all(test(record) for test in tests) and matcher.matches(record):
                matched.add(identifier)
        self._matched = frozenset(matched) - left_out

    @cached_property
    def documents(self) -> Documents:
        """Those that pass everything."""
        return self.without("")

    def without(self, facet: str) -> Documents:
        """Those that pass everything but the filter of this facet; for "date" that is its range too."""
        filters = [one for one in self.query.filters if one.facet != facet and one.active]
        if facet != "date" and not any(one.facet == "date" for one in filters):
            filters.append(Filter("date"))
        return frozenset(one for one in self._matched if all(self.passes(own, one) for own in filters))

    def passing(self, own: Filter, documents: Iterable[str]) -> Documents:
        """Those of the documents that pass a filter."""
        return frozenset(one for one in documents if self.passes(own, one))

    def passes(self, own: Filter, identifier: str) -> bool:
        if own.facet == "date":
            return self._passes_date(own, identifier)
        carried = self.carried(own.facet, identifier)
        if own.missing == "excluded" and not carried or any(value in carried for value in own.excluded):
            return False
        choices = [value in carried for value in own.chosen]
        if own.missing == "chosen":
            choices.append(not carried)
        return all(choices) if own.combine == "and" else any(choices) or not choices

    def carried(self, facet: str, identifier: str, *, discovered: bool = False) -> dict[str, bool]:
        """The values that the document carries in the facet, each with whether it is declared or curated there."""
        key = facet, identifier, discovered
        if key not in self._carried:
            query = replace(self.query, discovered=True) if discovered else self.query
            values: dict[str, bool] = {}
            for entry in self.state.entries(identifier, facet):
                if is_eligible(entry, facet, query):
                    sure = entry.status in ("declared", "curated")
                    values[entry.value.id] = values.get(entry.value.id, False) or sure
            self._carried[key] = values
        return self._carried[key]

    def results(self, documents: Iterable[str]) -> frozenset[Story]:
        """What these documents count as: stories, or themselves where copies are shown."""
        return self.stories(documents) if self.query.folds else frozenset(("", one) for one in documents)

    def stories(self, documents: Iterable[str]) -> frozenset[Story]:
        return frozenset(map(self.state.story, documents))

    def _passes_date(self, own: Filter, identifier: str) -> bool:
        days = self.state.records[identifier].days
        if days is None:
            return own.missing == "chosen" or (own.missing is None and self.chosen_days is None)
        return self.chosen_days.holds(days) if self.chosen_days else own.missing != "chosen"


def _plain_tests(state: State, query: SearchQuery) -> Iterator[Test]:
    """The filters that are no facets."""
    if query.outlet_status:
        yield lambda record: record.document.outlet.status in query.outlet_status
    if query.date_origin:
        yield lambda record: record.document.date.origin in query.date_origin
    if query.added_from:
        added = not_before(query.added_from)
        yield lambda record: added(record.document.first_indexed)
    if query.since:
        changed = changed_since(query.since, state.runs)
        yield lambda record: changed(record.document.last_changed)
    if query.cluster is not None:
        yield lambda record: state.cluster(record.document.id) == query.cluster
