"""What does a query mean in this generation? Names become value ids, and dates and generations become comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Literal

from searchapp.engine.vocabulary import Vocabulary
from searchapp.errors import LimitExceeded, QueryError
from searchapp.facets import FacetSet, FacetSpec
from searchapp.grammar import FIELDS, Parsed, parse
from searchapp.model import (
    MAX_WINDOW,
    Days,
    Filter,
    Notice,
    SearchQuery,
    days_of,
    is_date,
)

_RUN = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*", re.ASCII)


def resolve(query: SearchQuery, vocabulary_of: Callable[[str], Vocabulary]) -> tuple[SearchQuery, tuple[Notice, ...]]:
    """The (completed) query with ids in its filters, and a notice for each value that nothing carries.

    `vocabulary_of` is asked for the values of a facet, by name, only where something is chosen or excluded in it.
    """
    if not any(own.chosen or own.excluded for own in query.filters):
        return query, ()
    filters: list[Filter] = []
    notices: list[Notice] = []
    for own in query.filters:
        if own.chosen or own.excluded:
            vocabulary = vocabulary_of(own.facet)
            chosen = _identified(own.chosen, vocabulary)
            excluded = _identified(own.excluded, vocabulary)
            notices.extend(
                _unknown(own.facet, one, vocabulary) for one in (*chosen, *excluded) if one not in vocabulary
            )
            own = replace(own, chosen=chosen, excluded=excluded)
        filters.append(own)
    return replace(query, filters=tuple(filters)), tuple(notices)


def fields_of(facets: FacetSet) -> tuple[str, ...]:
    """The fields that a query of this archive may name: the built-in ones and the archive's own facets."""
    return (*FIELDS, *(spec.name for spec in facets.own)) if facets.own else FIELDS


def understand(query: SearchQuery, facets: FacetSet) -> Parsed:
    """The text of the query, read with the fields of this archive."""
    return _parsed(query.text, query.match, fields_of(facets))


@lru_cache(maxsize=1024)
def _parsed(text: str, match: Literal["all", "any"], fields: tuple[str, ...]) -> Parsed:
    # Every page, facet and link of a search asks for the same text again.
    return parse(text, match=match, fields=fields)


def wanted(query: SearchQuery, facets: FacetSet) -> tuple[FacetSpec, ...]:
    """The facets that the query wants counted, the date among them, in display order; QueryError for an unknown one."""
    if query.facets is None:
        return facets.shown
    for name in query.facets:
        if facets.get(name) is None:
            raise QueryError(f"There is no facet {name!r} to count.", param="facets")
    return tuple([spec for spec in facets if spec.name in query.facets])


def check_window(query: SearchQuery) -> None:
    """Raise LimitExceeded for a page beyond those that can be turned to; a cursor has no such end."""
    if query.start is None and query.page * query.per_page > MAX_WINDOW:
        raise LimitExceeded(
            f"Pages reach to result {MAX_WINDOW:,}; follow `next` to go further.", param="page", limit=MAX_WINDOW
        )


def changed_since(text: str, runs: Mapping[int, str]) -> Callable[[str], bool]:
    """Whether a run (UTC, `2020-06-08T12:00:00Z`) is later than the generation or run, or not before the date, in `text`.

    `runs` holds the run of each generation ever published. Four digits are a year. QueryError for anything else.
    """
    if is_date(text):
        return not_before(text)
    if text.isdecimal() and text.isascii() and len(text) < 10:
        since = "" if int(text) == 0 else runs.get(int(text))
    else:
        since = text if _RUN.fullmatch(text) else None
    if since is None:
        raise QueryError(f"since is {text!r}; it must be a date, a run or a generation of this index.", param="since")
    return lambda run: run > since


def not_before(day: str) -> Callable[[str], bool]:
    """Whether a run is of the first day of `day` (whole or partial) or later."""
    first = days_of(day).first.isoformat()
    return lambda run: run[:10] >= first


def chosen_days(date_from: str | None, date_to: str | None) -> Days | None:
    """The days from the first of one date to the last of the other; None where neither is given."""
    if date_from is None and date_to is None:
        return None
    first = days_of(date_from).first if date_from else date.min
    last = days_of(date_to).last if date_to else date.max
    return Days(first, last)


def _identified(values: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(dict.fromkeys(vocabulary.identify(value) or value for value in values))


def _unknown(facet: str, value: str, vocabulary: Vocabulary) -> Notice:
    nearest = vocabulary.nearest(value)
    hint = f" Is “{nearest}” meant?" if nearest else ""
    return Notice(f"No document of this archive has the {facet} “{value}”.{hint}", param=facet, nearest=nearest)
