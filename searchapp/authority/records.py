"""What a record of an actor, a place or an outlet holds, and the facet value it stands for."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

from searchapp.model import FacetValue

PlaceKind = Literal["country", "province", "city", "region", "site"]
OutletKind = Literal["agency", "outlet"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """What every record holds; two records are never equal.

    `weak_alias` are names that mean the record only beside a stronger name of it. `ambiguous` are those of its names
    that other records bear too, with its knowledge. `country` is an ISO 3166-1 code in lower case.
    """

    id: str
    name: str
    alias: tuple[str, ...] = ()
    weak_alias: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    country: str | None = None
    notes: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases that can stand alone."""
        return (self.name, *self.alias)

    @property
    def value(self) -> FacetValue:
        """What the facet shows of this record."""
        return FacetValue(self.id, self.name, tuple(dict.fromkeys(self.alias)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Actor(Record):
    """A person, a group or an organisation; `schema`, `topics` and `referents` are words of FollowTheMoney.

    `referents` are the ids of records that became part of this one; a `withdrawn` record is as if there were none.
    """

    schema: str = "LegalEntity"
    topics: tuple[str, ...] = ()
    referents: tuple[str, ...] = ()
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outlet(Record):
    """Who publishes; `website` are hosts. Its facet value bears its name for an id, as in a declared outlet.

    `phrase` are words that stand on its own pages and on hardly any other.
    """

    kind: OutletKind = "outlet"
    website: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()

    @property
    def value(self) -> FacetValue:
        return FacetValue(self.name, self.name, tuple(dict.fromkeys(self.alias)))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place(Record):
    """A node of the tree country > province > place.

    `demonym` are the words for its people and what belongs to them, `abbreviation` what is written behind the name of a
    town in it, as in Jackson, Miss. `population` is 0 where nobody knows it.
    """

    kind: PlaceKind = "city"
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    demonym: tuple[str, ...] = ()
    abbreviation: tuple[str, ...] = ()

    @property
    def value(self) -> FacetValue:
        labels = tuple(dict.fromkeys(self.alias))
        return FacetValue(self.id, self.name, labels, self.parent, self.latitude, self.longitude)


def name_key(name: str) -> str:
    """What two spellings share that differ in case, accents or the width of letters only."""
    if name.isascii():
        return " ".join(name.lower().split())
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(letter for letter in decomposed if not unicodedata.combining(letter)).split())
