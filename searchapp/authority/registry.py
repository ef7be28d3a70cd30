"""The records of one archive, and how to look them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from searchapp.authority.gazetteer import Gazetteer
from searchapp.authority.lint import lint
from searchapp.authority.merging import merged
from searchapp.authority.reading import Reader
from searchapp.authority.records import Actor, Outlet, Place, Record, name_key
from searchapp.model import FacetValue

AMBIGUOUS = "ambiguous:"
"""What the id of a facet value begins with that may be one of several places."""

DISCOVERED = "name:"
"""What the id of a facet value begins with that was discovered and that nobody has looked at."""


class Authority:
    """Actors, places and outlets by id; `fingerprint` changes when anything that was read does.

    `rejected` are the keys of names that somebody looked at and found to be nobody's; `written` says by id which line of
    which file speaks of a record last.
    """

    def __init__(
        self, actors: Iterable[Actor] = (), places: Gazetteer | Iterable[Place] = (),
        outlets: Iterable[Outlet] = (), *, fingerprint: str = "", rejected: Iterable[str] = (),
        written: Mapping[str, str] = MappingProxyType({}),
    ) -> None:  # fmt: skip
        self.actors: Mapping[str, Actor] = MappingProxyType({one.id: one for one in actors})
        self.places = places if isinstance(places, Gazetteer) else Gazetteer(places)
        self.outlets: Mapping[str, Outlet] = MappingProxyType({one.id: one for one in outlets})
        self.fingerprint = fingerprint
        self.rejected = frozenset(rejected)
        self.written = written
        self._became = {part: one for one in self.actors.values() for part in one.referents}
        self._branches: dict[str, tuple[Place, ...]] = {}

    @classmethod
    def read(cls, archive: Path | None, shipped: Path) -> Authority:
        """The records that come with the program, and those of the archive folder added to them or put over them.

        ConfigError names the file, the record and what to do about it.
        """
        reader = Reader()
        for folder in (shipped, archive):
            if folder is not None:
                reader.read(folder)
        actors, outlets = merged(reader.actors, reader.files).values(), reader.outlets.values()
        lint(actors, reader.places, outlets, reader.files)
        return cls(
            actors, reader.places, outlets, fingerprint=reader.fingerprint, rejected=reader.rejected, written=reader.files
        )

    def named(self, facet: str, name: str) -> tuple[Record, ...]:
        """The records of this facet that bear the id or the name, whatever its case and accents."""
        by_id: Mapping[str, Record] = {"actor": self.actors, "location": self.places}.get(facet, self.outlets)
        if name in by_id:
            return (by_id[name],)
        if facet == "actor" and name in self._became:
            return (self._became[name],)
        return self._by_name(facet).get(name_key(name), ())

    def _by_name(self, facet: str) -> Mapping[str, tuple[Record, ...]]:
        if facet == "location":
            return self._places_named
        return self._actors_named if facet == "actor" else self._outlets_named

    @cached_property
    def _actors_named(self) -> Mapping[str, tuple[Record, ...]]:
        return _by_name(self.actors.values())

    @cached_property
    def _outlets_named(self) -> Mapping[str, tuple[Record, ...]]:
        return _by_name(self.outlets.values())

    # Few texts ask for the name of a place, and there are tens of thousands of them.
    @cached_property
    def _places_named(self) -> Mapping[str, tuple[Record, ...]]:
        return _by_name(self.places.values())


    def branch(self, place: str) -> tuple[Place, ...]:
        """The place and every place it lies in, the innermost first."""
        known = self._branches.get(place)
        if known is None:
            here = self.places.get(place)
            known = () if here is None else (here, *(self.branch(here.parent) if here.parent else ()))
            self._branches[place] = known
        return known

    def values_of(self, facet: str, name: str) -> tuple[FacetValue, ...]:
        """What a declared name stands for in a facet, in a tree with all above it; the name itself if nobody knows it."""
        records = self.named(facet, name)
        places = [record for record in records if isinstance(record, Place)]
        if places:
            return self.place_values(places, name)
        if len(records) == 1:
            return (records[0].value,)
        return (FacetValue(name, name, candidates=tuple(record.id for record in records), ambiguous=bool(records)),)

    def place_values(self, places: Iterable[Place], name: str) -> tuple[FacetValue, ...]:
        """The value of the one place meant and of those above it, or the one value of several that may be meant.

        Of places that lie in each other the outermost is meant: who says Homs says the province, at least.
        """
        ids = {place.id for place in places}
        outermost = [one for one in ids if not any(above.id in ids for above in self.branch(one)[1:])]
        countries = [one for one in outermost if self.places[one].kind == "country"]
        meant = countries if len(countries) == 1 else sorted(outermost)
        if len(meant) == 1:
            return tuple(above.value for above in self.branch(meant[0]))
        return (FacetValue(AMBIGUOUS + name_key(name), name, ambiguous=True, candidates=tuple(meant)),)


def _by_name(records: Iterable[Record]) -> dict[str, tuple[Record, ...]]:
    found: defaultdict[str, dict[str, Record]] = defaultdict(dict)
    for record in records:
        for name in record.names:
            found[name_key(name)][record.id] = record
    return {key: tuple(ones.values()) for key, ones in found.items()}
