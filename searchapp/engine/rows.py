"""Which filter does a facet row count under, and which one lies behind its link? None as a value is the none row."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from searchapp.model import FacetValue, Filter, SearchQuery


def counted(own: Filter, value: str | None) -> Filter:
    """What of the facet's own filter stays while the row is counted; the filters of other facets all stay.

    Exclusions stay but the row's own. Choices stay in an all-of facet, except for its none row, which stands alone.
    """
    keeps_choices = own.combine == "and" and value is not None
    return replace(
        own,
        chosen=own.chosen if keeps_choices else (),
        excluded=tuple(one for one in own.excluded if one != value),
        # What carries a value has one, whether or not the none row is excluded; and that row lifts its own exclusion.
        missing=None,
    )


def followed(own: Filter, value: str | None, ancestors: tuple[str, ...] = ()) -> Filter:
    """The facet's filter behind the row's link: the value added, or the choice or the exclusion taken back."""
    query = SearchQuery(filters=(own,))
    if value is None:
        lifted = own.missing == "excluded"
        changed = query.exclude_missing(own.facet) if lifted else query.toggle_missing(own.facet)
    elif value in own.excluded:
        changed = query.exclude(own.facet, value)
    else:
        changed = query.toggle(own.facet, value, ancestors=ancestors)
    return changed.filter(own.facet)


@lru_cache(maxsize=256)
def none_value(label: str) -> FacetValue:
    """What the none row of a facet stands for."""
    return FacetValue("", label)
