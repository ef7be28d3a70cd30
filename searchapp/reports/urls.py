"""Which question is this URL, and which URL is this question? `parse` alone validates, `build` alone joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_args
from urllib.parse import quote

from searchapp.errors import LimitExceeded, NotFound, QueryError
from searchapp.facets import PARAMETERS, FacetSet, FacetSpec
from searchapp.model import MAX_PER_PAGE, MAX_WINDOW, SORTS, Filter, Notice, SearchQuery, Status, days_of
from searchapp.reports.parameter_values import Reader, as_given, date, flag, one_of, whole_number, words

ALIASES = {"query": "q", "limit": "per_page", "size": "per_page", "lang": "language"}
MAX_FACET_SIZE = 1_000
MOST = 999_999_999
"""What no number of results or of a generation comes near."""

LANGUAGES = ("en", "ar")
"""The languages that the site itself speaks."""

_CURSOR = "cursor"
"""Read by those who can check its signature, before any other parameter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A parsed URL: the query, what was odd about the URL, and whether it was written with an alias.

    `was` is how many results the one who made the link had.
    """

    query: SearchQuery
    notices: tuple[Notice, ...] = ()
    aliased: bool = False
    was: int | None = None


def parse(arguments: Iterable[tuple[str, str]], facets: FacetSet, *, strict: bool = True) -> Asked:
    """The question that the URL parameters ask.

    QueryError names the parameter at fault. An unknown parameter is an error where `strict`, else a notice.
    """
    values: dict[str, list[str]] = {}
    notices: list[Notice] = []
    aliased = False
    for given, value in arguments:
        name = ALIASES.get(given, given)
        aliased = aliased or name != given
        if given.startswith("utm_") or not value.strip():
            continue
        if name in known_parameters(facets):
            values.setdefault(name, []).append(value.strip())
        else:
            notices.append(_unknown(given, facets, strict))
    query = _with_filters(_plain_parts(values), values, facets)
    _check_window(query)
    beside = {name: read(name, _single(name, values)) for name, read in _BESIDE.items() if name in values}
    return Asked(query, tuple(notices), aliased, beside.get("was"))


def build(
    query: SearchQuery, facets: FacetSet, path: str = "/search", *, beside: Iterable[tuple[str, str]] = ()
) -> str:
    """The canonical URL of the question: defaults left out, parameters in one order, those `beside` it last."""
    return join([*parameters(query, facets), *beside], path)


def join(pairs: Iterable[tuple[str, str]], path: str) -> str:
    """The URL of a page with these parameters."""
    return joined(encoded(pairs), path)


def joined(written: str, path: str) -> str:
    """The URL of a page with parameters as `encoded` writes them."""
    return f"{path}?{written[1:]}" if written else path


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """The parameters as they stand in a URL, an & before each."""
    return "".join([f"&{name}={quoted(value)}" for name, value in pairs])


@lru_cache(maxsize=8_192)
def quoted(value: str) -> str:
    """The value as it stands in a URL; kept, because the pages of an archive name the same values again and again."""
    return quote(value, safe="")


def parameters(query: SearchQuery, facets: FacetSet) -> tuple[tuple[str, str], ...]:
    """The parameters of the canonical URL, in order."""
    given = {one.facet: one for one in query.filters}
    chosen = [pair for spec in facets.shown if spec.name in given for pair in of_filter(given[spec.name], spec)]
    return (*_written(query, _FIRST), *chosen, *_written(query, _LAST))


def before_filters(query: SearchQuery) -> list[tuple[str, str]]:
    """The parameters that come before those of the facets."""
    return _written(query, _FIRST)


def after_filters(query: SearchQuery) -> list[tuple[str, str]]:
    """The parameters that come after those of the facets; the range of dates comes first."""
    return _written(query, _LAST)


def of_filter(one: Filter, spec: FacetSpec) -> list[tuple[str, str]]:
    """The parameters that say what is chosen in a facet."""
    pairs = [(spec.name, value) for value in one.chosen]
    pairs += [(f"-{spec.name}", value) for value in one.excluded]
    if one.missing:
        pairs.append(("missing" if one.missing == "chosen" else "-missing", spec.name))
    if one.combine == "or" and spec.combine == "and":
        pairs.append(("any", spec.name))
    return pairs


@lru_cache(maxsize=8)
def known_parameters(facets: FacetSet) -> frozenset[str]:
    """Every parameter that a search URL of this archive may carry."""
    return frozenset(PARAMETERS) - {_CURSOR} | {
        sign + spec.name for spec in facets.shown if spec.name != "date" for sign in ("", "-")
    } | {"-missing"}  # fmt: skip


def facet_named(name: str, facets: FacetSet) -> str:
    """`name` itself when it is a facet whose values can be listed; NotFound names the nearest one."""
    names = [spec.name for spec in facets.counted]
    if name in names:
        return name
    near = get_close_matches(name, names, 1)
    raise NotFound(f"There is no facet {name!r}." + (f" Did you mean {near[0]!r}?" if near else ""))


def _unknown(name: str, facets: FacetSet, strict: bool) -> Notice:
    near = next(iter(get_close_matches(name, sorted(known_parameters(facets)), 1)), None)
    message = f"The parameter {name!r} is not known" + (f"; did you mean {near!r}?" if near else ".")
    if strict:
        raise QueryError(message, param=name, nearest=near)
    return Notice(message, param=name, nearest=near)


_READ: dict[str, tuple[str, Reader]] = {
    "q": ("text", words),
    "match": ("match", one_of("all", "any")),
    "scope": ("scope", one_of("clean", "raw", "removed")),
    "date_from": ("date_from", date),
    "date_to": ("date_to", date),
    "added_from": ("added_from", date),
    "since": ("since", as_given),
    "cluster": ("cluster", as_given),
    "dupes": ("dupes", one_of("fold", "show")),
    "discovered": ("discovered", flag),
    "sort": ("sort", one_of(*SORTS)),
    "facet_size": ("facet_size", whole_number(1, MAX_FACET_SIZE)),
    "highlight": ("highlight", flag),
    "per_page": ("per_page", whole_number(0, MAX_PER_PAGE)),
    "page": ("page", whole_number(1, MAX_WINDOW)),
    "generation": ("generation", whole_number(0, MOST)),
}
_BESIDE: dict[str, Reader] = {"ui": one_of(*LANGUAGES), "was": whole_number(0, MOST)}
_READ_MANY: dict[str, tuple[str, Reader]] = {
    "salient": ("salient", one_of("location")),
    "outlet_status": ("outlet_status", one_of(*get_args(Status))),
    "date_origin": ("date_origin", as_given),
    "fields": ("fields", one_of("text")),
}


ONCE: dict[str, Reader] = {**{name: read for name, (_, read) in _READ.items()}, **_BESIDE}
REPEATED: dict[str, Reader] = {name: read for name, (_, read) in _READ_MANY.items()}
"""The parameters that are no facets and name none, with what reads their values."""


def _plain_parts(values: dict[str, list[str]]) -> SearchQuery:
    found: dict[str, Any] = {}
    for name, (field, read) in _READ.items():
        if name in values:
            found[field] = read(name, _single(name, values))
    for name, (field, read_one) in _READ_MANY.items():
        if name in values:
            found[field] = tuple(dict.fromkeys(read_one(name, part) for part in _split(values[name], name)))
    query = SearchQuery(**found)
    if query.date_from and query.date_to and days_of(query.date_from).first > days_of(query.date_to).last:
        raise QueryError("date_from lies after date_to.", param="date_from")
    return query


def _single(name: str, values: dict[str, list[str]]) -> str:
    if len(set(values[name])) > 1:
        raise QueryError(f"{name} is given more than once.", param=name)
    return values[name][0]


def _split(texts: list[str], name: str) -> list[str]:
    # An origin may hold a comma; the other lists are of our own words.
    return texts if name == "date_origin" else [part for text in texts for part in text.split(",") if part]


def _with_filters(query: SearchQuery, values: dict[str, list[str]], facets: FacetSet) -> SearchQuery:
    named = {name: _facet_names(name, values, facets) for name in ("missing", "-missing", "any")}
    filters = []
    for spec in facets.shown:
        chosen = tuple(dict.fromkeys(values.get(spec.name, ())))
        excluded = tuple(dict.fromkeys(values.get(f"-{spec.name}", ())))
        both = [value for value in chosen if value in excluded]
        if both:
            raise QueryError(f"{both[0]!r} is both chosen and excluded.", param=f"-{spec.name}")
        if spec.name in named["missing"] and spec.name in named["-missing"]:
            raise QueryError(f"missing={spec.name} stands beside -missing={spec.name}.", param="missing")
        missing = "chosen" if spec.name in named["missing"] else "excluded" if spec.name in named["-missing"] else None
        combine = "or" if spec.name in named["any"] else spec.combine
        if missing == "chosen" and chosen and combine == "and":
            raise QueryError(f"missing={spec.name} finds nothing beside chosen values.", param="missing")
        filters.append(Filter(spec.name, chosen, excluded, missing, combine))  # type: ignore[arg-type]
    wanted = tuple(_facet_names("facets", values, facets)) if "facets" in values else None
    return replace(query, filters=tuple(filters), facets=wanted)


def _facet_names(parameter: str, values: dict[str, list[str]], facets: FacetSet) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(part for text in values.get(parameter, ()) for part in text.split(",") if part))
    allowed = facets.names if parameter == "facets" else tuple(spec.name for spec in facets.shown)
    if parameter == "any":
        allowed = tuple(spec.name for spec in facets.shown if spec.combine == "and")
    for name in names:
        if name not in allowed:
            near = next(iter(get_close_matches(name, allowed, 1)), None)
            hint = f"; did you mean {near!r}?" if near else f"; it may be {', '.join(allowed)}."
            raise QueryError(f"{parameter}: there is no facet {name!r} for this{hint}", param=parameter, nearest=near)
    return names


def _check_window(query: SearchQuery) -> None:
    if query.page * query.per_page > MAX_WINDOW:
        raise LimitExceeded(
            f"Pages reach to result {MAX_WINDOW}; follow `next` to go further.", param="page", limit=MAX_WINDOW
        )


def _plainly(value: object) -> tuple[str, ...]:
    return (str(int(value)) if isinstance(value, bool) else str(value),)


def _joined(values: tuple[str, ...]) -> tuple[str, ...]:
    return (",".join(values),)


_PLAIN: tuple[tuple[str, str, Callable[[Any], tuple[str, ...]]], ...] = (
    ("q", "text", _plainly),
    ("match", "match", _plainly),
    ("scope", "scope", _plainly),
    ("date_from", "date_from", _plainly),
    ("date_to", "date_to", _plainly),
    ("added_from", "added_from", _plainly),
    ("since", "since", _plainly),
    ("cluster", "cluster", _plainly),
    ("dupes", "dupes", _plainly),
    ("salient", "salient", _joined),
    ("outlet_status", "outlet_status", _joined),
    ("date_origin", "date_origin", tuple),
    ("discovered", "discovered", _plainly),
    ("facets", "facets", _joined),
    ("facet_size", "facet_size", _plainly),
    ("highlight", "highlight", _plainly),
    ("fields", "fields", _joined),
    ("sort", "sort", _plainly),
    ("per_page", "per_page", _plainly),
    ("page", "page", _plainly),
    ("generation", "pinned", _plainly),
)
"""Parameter, field of SearchQuery, and how it is written; in the order of the canonical URL."""

_Plain = Sequence[tuple[str, str, Callable[[Any], tuple[str, ...]]]]
_Fields = tuple[Callable[[SearchQuery], tuple[object, ...]], tuple[object, ...], _Plain]


def _fields(plain: _Plain) -> _Fields:
    read = attrgetter(*(field for _, field, _ in plain))
    return read, read(SearchQuery()), plain


_FIRST, _LAST = _fields(_PLAIN[:3]), _fields(_PLAIN[3:])
"""What stands before the filters, and what after them: how it is read, its defaults, how each is written."""


def _written(query: SearchQuery, fields: _Fields) -> list[tuple[str, str]]:
    read, defaults, plain = fields
    values = read(query)
    # Most queries of a page have nothing but defaults here.
    if values == defaults:
        return []
    written = zip(plain, values, defaults, strict=True)
    return [(name, one) for (name, _, write), value, default in written if value != default for one in write(value)]
