"""Which values of a counted facet are listed, and in which order?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from searchapp.analysis import analyze, fold
from searchapp.engine.vocabulary import Vocabulary
from searchapp.model import FacetValue, Filter


@dataclass(frozen=True, slots=True)
class Listing:
    """The ids to list in order; `distinct` values have a count above 0, `truncated` when some of them are not listed."""

    ids: tuple[str, ...]
    distinct: int
    truncated: bool


def list_rows(
    counts: Mapping[str, int], vocabulary: Vocabulary, own: Filter, *, size: int, distinct: int | None = None
) -> Listing:
    """The first `size` values, what is chosen or excluded, the children of chosen nodes, and all that is above these.

    `counts` are above 0. An engine that has too many may give only those that can be listed: the first `size` with all
    that tie with the last of them, the chosen, the excluded, the children of the chosen, whatever lies above any of
    these, and `distinct`, the number of all.
    """
    ranked = ordered(counts, vocabulary)
    listed = {*ranked[:size], *own.chosen, *own.excluded}
    for node in own.chosen:
        listed.update([one for one in ranked if vocabulary[one].parent == node][:size])
    for identifier in tuple(listed):
        listed.update(vocabulary.ancestors(identifier))
    shown = sum(identifier in counts for identifier in listed)
    total = len(counts) if distinct is None else distinct
    return Listing(tuple(ordered({one: counts.get(one, 0) for one in listed}, vocabulary)), total, shown < total)


def page_rows(
    counts: Mapping[str, int], vocabulary: Vocabulary, *, order: Literal["count", "label"], offset: int, limit: int
) -> Listing:
    """The ids from `offset` on; counts may be 0 here, for values that are listed all the same."""
    page = tuple(ordered(counts, vocabulary, order))[offset : offset + limit]
    distinct = sum(count > 0 for count in counts.values())
    return Listing(page, distinct, sum(counts[identifier] > 0 for identifier in page) < distinct)


def ordered(counts: Mapping[str, int], vocabulary: Vocabulary, order: Literal["count", "label"] = "count") -> list[str]:
    """The ids by count (descending), then folded label by code point, then id; or without regard to the count."""
    if order == "label":
        return sorted(counts, key=vocabulary.place)
    return sorted(counts, key=lambda identifier: (-counts[identifier], vocabulary.place(identifier)))


def begins_with(value: FacetValue, prefix: str) -> bool:
    """Whether a label of the value, or a word within one, begins with `prefix`, however either is spelled."""
    wanted = fold(prefix)
    folded = (fold(label) for label in (value.label, *value.labels))
    return any(label.startswith(wanted, start) for label in folded for start in (0, *analyze(label, None).starts))
