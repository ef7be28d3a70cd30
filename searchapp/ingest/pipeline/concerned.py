"""Which documents may say something else by changed records? Those that carry them, or hold a name of theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from searchapp.analysis import analyze
from searchapp.authority import AMBIGUOUS, Authority, Place, name_key, with_prefixes
from searchapp.engine.base import Engine
from searchapp.ingest.actors import FACET as ACTOR
from searchapp.ingest.pipeline.known_records import KnownRecords, changes_between
from searchapp.ingest.places import FACET as LOCATION
from searchapp.ingest.places import names_that_may_mean
from searchapp.model import Filter, SearchQuery

ROWS_AT_ONCE = 10_000
VALUES_AT_ONCE = 50
NAMES_AT_MOST = 2_000
"""Where more names changed, looking for them takes longer than looking into every document."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for: values of actors and of places, and names in title and text; `keys` are of names as one declares them."""

    actors: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]
    keys: frozenset[str]


def concerned(engine: Engine, before: KnownRecords, now: KnownRecords, authority: Authority) -> set[str] | None:
    """The ids of the documents made with the records `before` that may differ now; None where any document may."""
    sought = _sought(before, now, authority)
    if sought is None or len(sought.names) > NAMES_AT_MOST:
        return None
    actors = sought.actors.union(_declared_actors(engine, sought.keys))
    places = sought.places.union(_declared_places(engine, sought.keys, authority) if sought.places else ())
    queries = (*_carrying(ACTOR, sorted(actors)), *_carrying(LOCATION, sorted(places)), *_holding(sorted(sought.names)))
    return {hit.id for query in queries for hit in engine.iterate(query)}


def _sought(before: KnownRecords, now: KnownRecords, authority: Authority) -> Sought | None:
    """What changed between two states; None where it cannot be told by names."""
    changes, places = changes_between(before, now), _changed_places(before, now, authority)
    if places is None:
        return None
    names, written = set(changes.names), set(changes.names)
    for place in places:
        known, knows = _place(before, place, authority), authority.places.get(place)
        concerning = names_that_may_mean(known, knows, authority)
        if concerning is None:
            return None
        names |= concerning
        written.update((place, *(name for one in (known, knows) if one is not None for name in one.names)))
    return Sought(frozenset(changes.actors), frozenset(places), frozenset(names), frozenset(map(name_key, written)))


def _changed_places(before: KnownRecords, now: KnownRecords, authority: Authority) -> list[str] | None:
    """The ids of places that came, went or changed; None where the older journal knows no more than that some did."""
    if before.places == now.places:
        return []
    if before.located is None or now.located is None:
        return None
    ids = sorted({*before.located, *now.located})
    return [one for one in ids if repr(_place(before, one, authority)) != repr(authority.places.get(one))]


def _place(known: KnownRecords, name: str, authority: Authority) -> Place | None:
    """The place as it was known: what was written of it, or else its row in the gazetteer."""
    written = (known.located or {}).get(name)
    return authority.places.row(name) if written is None else written


def _declared_actors(engine: Engine, keys: Collection[str]) -> Iterator[str]:
    """The values of the facet that were declared, were no record's, and have a name with one of the keys."""
    return (value for value in _values(engine, ACTOR) if name_key(value) in keys) if keys else iter(())


def _declared_places(engine: Engine, keys: Collection[str], authority: Authority) -> Iterator[str]:
    """The values that a declared name with one of the keys may stand for: records that bear it, or the name itself."""
    for value in _values(engine, LOCATION):
        record = authority.places.get(value)
        spellings = (value.removeprefix(AMBIGUOUS),) if record is None else record.names
        if any(name_key(one) in keys for one in spellings):
            yield value


def _values(engine: Engine, facet: str) -> Iterator[str]:
    offset = 0
    while rows := engine.facet(facet, SearchQuery(dupes="show"), offset=offset, limit=ROWS_AT_ONCE).values:
        yield from (row.value.id for row in rows)
        offset += len(rows)


def _carrying(facet: str, values: Sequence[str]) -> Iterator[SearchQuery]:
    for start in range(0, len(values), VALUES_AT_ONCE):
        chosen = Filter(facet, tuple(values[start : start + VALUES_AT_ONCE]), combine="or")
        yield SearchQuery(filters=(chosen,), discovered=True, dupes="show", sort="-added")


def _holding(names: Iterable[str]) -> Iterator[SearchQuery]:
    for name in names:
        forms = analyze(name, None).forms
        if forms:
            text = " OR ".join(f'"{" ".join((first, *forms[1:]))}"' for first in with_prefixes(forms[0]))
            yield SearchQuery(text=text, dupes="show", sort="-added")
