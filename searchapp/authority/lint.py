"""Do the records fit together? The first fault is said with the file, the record and its cure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from searchapp.authority.gazetteer import Gazetteer
from searchapp.authority.records import Place, Record, name_key
from searchapp.errors import ConfigError

_PARENTS = {
    "country": (),
    "province": ("country",),
    "region": ("country", "province"),
    "city": ("country", "province", "region"),
    "site": ("country", "province", "region", "city"),
}
"""What a place of each kind may lie in."""


def lint(
    actors: Iterable[Record], places: Gazetteer, outlets: Iterable[Record], files: Mapping[str, str]
) -> None:
    """Nothing; ConfigError where two records share a name unsaid or a place lies where it cannot.

    `files` says by record id which file speaks of it.
    """
    for records in (actors, outlets):
        _lint_names(records, files)
    kinds = {name: (kind, parent) for name, kind, parent in places.branches()}
    for name, (kind, parent) in kinds.items():
        # Nearly all of them are in order, and a place is made of its row only to say what is wrong with it.
        above = kinds[parent][0] if parent in kinds else None
        if above not in _PARENTS[kind] and (parent is not None or _PARENTS[kind]):
            _lint_parent(places[name], places, files)


def _lint_names(records: Iterable[Record], files: Mapping[str, str]) -> None:
    bearers: defaultdict[str, dict[str, Record]] = defaultdict(dict)
    for record in records:
        for name in record.names:
            bearers[name_key(name)][record.id] = record
    for key, ones in bearers.items():
        for record in ones.values() if len(ones) > 1 else ():
            if key not in map(name_key, record.ambiguous):
                other = next(one for one in ones if one != record.id)
                raise ConfigError(
                    f"{files[record.id]}, record {record.id!r}: its name {key!r} is also a name of {other!r}. "
                    f"Take it from one of them, or list it under `ambiguous` in both."
                )


def _lint_parent(place: Place, places: Mapping[str, Place], files: Mapping[str, str]) -> None:
    where = f"{files.get(place.id, 'places')}, record {place.id!r}"
    allowed = _PARENTS[place.kind]
    if place.parent is None:
        if allowed:
            raise ConfigError(f"{where}: a {place.kind} needs `parent`, the id of a {' or '.join(allowed)}.")
        return
    above = places.get(place.parent)
    if above is None:
        raise ConfigError(f"{where}: its parent {place.parent!r} is no record. Correct the id or add that place.")
    if above.kind not in allowed:
        may = f"may only lie in a {' or '.join(allowed)}" if allowed else "lies in nothing"
        raise ConfigError(f"{where}: a {place.kind} {may}, and {place.parent!r} is a {above.kind}. Correct `parent`.")
