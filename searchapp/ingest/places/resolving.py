"""Which of the places that bear a name is meant? What the document says beside it decides, hardly ever the size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from searchapp.analysis import fold
from searchapp.authority import Authority, Place
from searchapp.ingest.places.counting import (
    countries_of_inner,
    countries_of_unambiguous,
    local_province,
    province_of,
    provinces_of_unambiguous,
)
from searchapp.ingest.places.judging import Evidence
from searchapp.ingest.places.names import WORDS
from searchapp.ingest.places.sightings import Sighting, outer_of

# So much larger than all its namesakes must a city be to be meant where nothing else tells them apart; London, Ontario,
# has one in twenty of the inhabitants of London, Tripoli in Lebanon one in six of those of Tripoli in Libya.
_TOWERS_OVER = 15
# Where the country is known, its readers are told more: Cleveland, Ohio, has nine times the inhabitants of the next one.
_TOWERS_WITHIN = 8
# So many times more often than any other must a country be named to decide for the whole document.
_PREVAILS = 2
# Georgia, of the United States, is as likely to be meant as the country; Moldova, in Ukraine, is not.
_LIKE_A_COUNTRY = 2_000_000
# Washington is rather the city than the state, Delaware rather the state than a city in Ohio.
_LIKE_A_PROVINCE = 500_000


@dataclass(frozen=True, slots=True)
class Resolved:
    """The places that may be meant, one where it could be told; `certain` is False where its size alone told.

    Where `known` is False no record is meant, but a place in the one that is given, if any is.
    """

    sighting: Sighting
    places: tuple[Place, ...]
    certain: bool = True
    known: bool = True


class Resolver:
    """Resolves the sightings of one document; `local` says that it is written for those who live near what it names."""

    def __init__(
        self, sightings: Sequence[Sighting], evidence: Evidence, *, authority: Authority, home: str | None, local: bool
    ) -> None:
        self._home = home
        self._written_nearby = local
        self._evidence = evidence
        self._authority = authority
        self._sightings = sightings
        self._around = countries_of_unambiguous(sightings)
        self._inner = countries_of_inner(sightings)
        self._provinces = provinces_of_unambiguous(sightings)
        for most in [name for name in self._provinces if self._is_most_of_its_country(name)]:
            del self._provinces[most]
        self._local = local_province(sightings, self._provinces, names_countries=bool(evidence.countries))
        self._kinds: dict[str, set[str]] = {}
        self._settled: dict[str, tuple[Place, ...]] = {}
        self._held: dict[tuple[str, int], tuple[Place, ...]] = {}
        for one in sightings:
            if one.kind is not None:
                self._kinds.setdefault(one.key, set()).add(one.kind)

    def resolve(self) -> list[Resolved]:
        """What each sighting means; what is said to lie in something is settled first, and settles its namesakes."""
        for one in self._sightings:
            if one.container is not None:
                inside = self._inside_of_container(one)
                if inside:
                    self._settled.setdefault(one.key, inside)
                    self._held[one.container.field, one.container.start] = self._holding(one.container, inside)
        return [self._resolve(one) for one in self._sightings]

    def _resolve(self, one: Sighting) -> Resolved:
        if one.elsewhere is not None or not one.places:
            return self._unresolved(one)
        if len(one.places) == 1:
            # As most names do, it leaves nothing to ask.
            return Resolved(one, one.places)
        places = self._inside_of_container(one) or self._held.get((one.field, one.start)) or self._countries_first(one) or one.places
        settled = self._by_settled(one, places)
        settled = settled or self._by_own_province(places) or (self._by_home(one, places) if self._written_nearby else ())
        large = places if settled or one.demonym else self._without_lesser(one, places)
        by_size = len(large) < len(places) and not any(map(self._evidence.names, large))
        places = settled or self._by_home(one, large) or large
        for narrow in (self._by_sentence, self._by_document, self._by_kind, self._by_neighbours, self._by_province):
            places = narrow(one, places) or places
        towering = () if one.demonym else _towering(places)
        places = self._by_usage(one, towering or places)
        within = _towering(places, lambda place: place.id, _TOWERS_WITHIN) if not one.demonym else ()
        return Resolved(one, within or places, certain=not (towering or within or by_size))

    def _unresolved(self, one: Sighting) -> Resolved:
        """What a name of which no record is meant lies in: what the text says, or else the country it speaks of."""
        if one.elsewhere is not None:
            outer = self._resolve(one.elsewhere).places
        else:
            meant = self._home if self._written_nearby else _foremost(self._evidence.countries) or self._home
            outer = tuple(filter(None, [countries_by_code(self._authority).get(meant or "")]))
        return Resolved(one, outer[:1] if len(outer) == 1 else (), known=False)

    def _inside_of_container(self, one: Sighting) -> tuple[Place, ...]:
        if one.container is None:
            return ()
        outer = outer_of(one.container)
        return tuple(
            place for place in one.places if any(above.id in outer for above in self._authority.branch(place.id)[1:])
        )

    def _holding(self, container: Sighting, inside: Iterable[Place]) -> tuple[Place, ...]:
        """The places of a container that hold any of these."""
        above = {one.id for place in inside for one in self._authority.branch(place.id)[1:]}
        holding = _where(container.places, lambda place: place.id in above)
        return _where(holding, lambda place: place.kind == "country") or holding

    def _countries_first(self, one: Sighting) -> tuple[Place, ...]:
        """The parts of the world, or countries, among the places, unless the document speaks only of what else bears the name."""
        parts_of_world = tuple(place for place in one.places if place.kind == "region" and place.country is None)
        if parts_of_world:
            return parts_of_world
        countries = tuple(place for place in one.places if place.kind == "country")
        provinces = _where(one.places, lambda place: place.kind == one.kind == "province" and self._evidence.names(place))
        own = {place.country for place in countries}
        others = [place for place in one.places if place.country not in own and self._rivals_country(place)]
        if countries and provinces:
            return provinces
        if not countries or not others or one.among == "country":
            return countries
        of_country = any(country in self._inner for country in own)
        of_others = any(self._evidence.speaks_of(place) for place in others)
        return tuple(others) if of_others and not of_country else countries

    def _rivals_country(self, place: Place) -> bool:
        """Whether the place is so large, or so near to the readers, that its name may be meant rather than a country's."""
        large = place.kind == "province" and place.population >= _LIKE_A_COUNTRY
        return large or (self._home is not None and place.country == self._home)

    def _by_kind(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        kinds = {"province": ("province", "region"), "city": ("city",), "site": ("site",)}.get(one.kind or one.among or "", ())
        return tuple(place for place in places if place.kind in kinds)

    def _by_sentence(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        named = self._evidence.by_sentence
        return _where(places, lambda place: (one.field, one.sentence, place.country or "") in named)

    def _by_settled(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        settled = {place.country for place in self._settled.get(one.key, ())}
        return _where(places, lambda place: place.country in settled)

    def _by_document(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        return _prevailing(places, self._evidence.countries)

    def _by_home(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places in the outlet's country, unless the text names the country of a larger one."""
        near = _where(places, lambda place: place.country is not None and place.country == self._home)
        largest = max((place.population for place in near), default=0)
        named = any(self._evidence.names(place) for place in places if place not in near and place.population > largest)
        return () if named else near

    def _without_lesser(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places without those that nobody would mean by the bare name: namesakes of well-known cities.

        A namesake is meant where the text names the province that it lies in, and not the country of the other; what is
        meant by a text that names no country at all cannot be told so.
        """
        if one.key.replace(" ", "-") not in WORDS["renowned"] or not (self._evidence.countries or self._home):
            return _without_dwarfs(places)
        renowned = max(places, key=lambda place: place.population)
        if renowned.country not in self._evidence.countries:
            rivals = _where(places, lambda place: place.country != renowned.country and self._provinces[province_of(place)] > 0)
            if rivals:
                return rivals
        return _where(places, lambda place: place is renowned or renowned.id == place.parent or place.id == renowned.parent)

    def _is_most_of_its_country(self, name: str) -> bool:
        """Whether a province holds so much of a country that it says little more, as England does."""
        place = self._authority.places.get(name)
        country = self._authority.places.get(place.parent or "") if place is not None else None
        return place is not None and country is not None and 2 * place.population > country.population > 0

    def _by_neighbours(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        return _prevailing(places, self._around)

    def _by_own_province(self, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places in the province that a text of no other country is about: it names small towns there, and little elsewhere."""
        if self._local is None:
            return ()
        named = {*self._evidence.countries, *filter(None, (self._home,))}
        return _where(places, lambda place: named <= {place.country} and province_of(place) == self._local)

    def _by_province(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places in the province that the text names, or of which it names more places, than of every other."""
        return _prevailing(places, self._provinces, province_of)

    def _by_usage(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """Of places of one country those called just so, then those of the kind that the document speaks of."""
        if len({place.country for place in places}) > 1:
            return places
        kinds = self._kinds.get(one.key, set())
        meant = "province" if "province" in kinds and "city" not in kinds else "city"
        exact = _where(places, lambda place: fold(place.name) == one.key) or places
        if meant == "city":
            provinces = {place.id for place in exact if place.kind == "province"}
            cities = _where(exact, lambda place: place.kind == "city" and _rivals_province(place, provinces))
            return cities or _where(exact, lambda place: place.kind == "province") or exact
        return _where(exact, lambda place: place.kind == meant) or exact


@lru_cache(maxsize=2)
def countries_by_code(authority: Authority) -> dict[str, Place]:
    """The countries by their ISO 3166-1 codes in small letters."""
    ids = (name for name, kind, _ in authority.places.branches() if kind == "country")
    return {place.country or "": place for place in map(authority.places.__getitem__, ids)}


def _without_dwarfs(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """The places without those over which one towers that is well known: who says Paris says no town in Texas by it.

    That the text speaks of the United States changes nothing of that; a container, or the outlet's home, would.
    """
    largest = max((place.population for place in places), default=0)
    if largest < _LIKE_A_PROVINCE:
        return places
    return _where(places, lambda place: place.population * _TOWERS_OVER >= largest or place.kind == "country")


def _rivals_province(city: Place, provinces: Collection[str]) -> bool:
    """Whether a city may be meant by a name that provinces bear: it lies in its namesake, or is well known."""
    return not provinces or city.parent in provinces or city.population >= _LIKE_A_PROVINCE


def _country_of(place: Place) -> str:
    return place.country or ""


def _towering(places: tuple[Place, ...], group: Callable[[Place], str] = _country_of, over: int = _TOWERS_OVER) -> tuple[Place, ...]:
    """The places of the one country, or other group, whose largest towers over those of all others; () where none does."""
    largest: dict[str, int] = {}
    for place in sorted(places, key=lambda one: one.population):
        largest[group(place)] = place.population
    (foremost, most), *others = sorted(largest.items(), key=lambda item: item[1], reverse=True)
    towers = bool(others) and most >= over * max(others[0][1], 1)
    return _where(places, lambda place: group(place) == foremost) if towers else ()


def _where(places: tuple[Place, ...], holds: Callable[[Place], bool]) -> tuple[Place, ...]:
    return tuple(place for place in places if holds(place))


def _foremost(counts: Counter[str]) -> str | None:
    """The country that is named far more often than every other."""
    ranked = [*counts.most_common(2), ("", 0), ("", 0)]
    (first, most), (_, second) = ranked[:2]
    return first if most and most >= _PREVAILS * second else None


def _prevailing(
    places: tuple[Place, ...], counts: Counter[str], group: Callable[[Place], str] = _country_of
) -> tuple[Place, ...]:
    """The places in the country, or other group, that is named far more often than every other that has one of them."""
    named = Counter({each: counts[each] for each in {group(place) for place in places}})
    (first, most), *others = named.most_common(2)
    if most and (not others or most >= _PREVAILS * others[0][1]):
        return _where(places, lambda place: group(place) == first)
    return _where(places, lambda place: counts[group(place)] > 0)
