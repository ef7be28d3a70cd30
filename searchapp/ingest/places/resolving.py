"""Which of the places that bear a name is meant? What the document says beside it decides, hardly ever the size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from searchapp.analysis import fold
from searchapp.authority import Authority, Place
from searchapp.ingest.places.judging import Evidence
from searchapp.ingest.places.sightings import Sighting

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
    """Resolves the sightings of one document."""

    def __init__(
        self, sightings: Sequence[Sighting], evidence: Evidence, *, authority: Authority, home: str | None
    ) -> None:
        self._home = home
        self._evidence = evidence
        self._authority = authority
        self._sightings = sightings
        self._around = _countries_of_unambiguous(sightings)
        self._inner = _countries_of_inner(sightings)
        self._provinces = _provinces_of_unambiguous(sightings)
        self._kinds: dict[str, set[str]] = {}
        self._settled: dict[str, tuple[Place, ...]] = {}
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
        return [self._resolve(one) for one in self._sightings]

    def _resolve(self, one: Sighting) -> Resolved:
        if one.elsewhere is not None or not one.places:
            return self._unresolved(one)
        places = self._inside_of_container(one) or self._countries_first(one) or one.places
        settled = self._by_settled(one, places) or self._by_home(one, places) or self._by_own_province(places)
        large = places if settled or one.demonym else _without_dwarfs(places)
        by_size = len(large) < len(places) and not any(map(self._evidence.names, large))
        places = settled or large
        for narrow in (self._by_kind, self._by_sentence, self._by_document, self._by_neighbours, self._by_province):
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
            meant = _foremost(self._evidence.countries) or self._home
            outer = tuple(filter(None, [countries_by_code(self._authority).get(meant or "")]))
        return Resolved(one, outer[:1] if len(outer) == 1 else (), known=False)

    def _inside_of_container(self, one: Sighting) -> tuple[Place, ...]:
        if one.container is None:
            return ()
        outer = {place.id for place in one.container.places}
        return tuple(
            place for place in one.places if any(above.id in outer for above in self._authority.branch(place.id)[1:])
        )

    def _countries_first(self, one: Sighting) -> tuple[Place, ...]:
        """The parts of the world, or countries, among the places, unless the document speaks only of what else bears the name."""
        parts_of_world = tuple(place for place in one.places if place.kind == "region" and place.country is None)
        if parts_of_world:
            return parts_of_world
        countries = tuple(place for place in one.places if place.kind == "country")
        own = {place.country for place in countries}
        others = [place for place in one.places if place.country not in own and self._rivals_country(place)]
        if not countries or not others:
            return countries
        of_country = any(country in self._inner for country in own)
        of_others = any(self._evidence.speaks_of(place) for place in others)
        return tuple(others) if of_others and not of_country else countries

    def _rivals_country(self, place: Place) -> bool:
        """Whether the place is so large, or so near to the readers, that its name may be meant rather than a country's."""
        large = place.kind == "province" and place.population >= _LIKE_A_COUNTRY
        return large or (self._home is not None and place.country == self._home)

    def _by_kind(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        kinds = {"province": ("province", "region"), "city": ("city",), "site": ("site",)}.get(one.kind or "", ())
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
        """The places in the outlet's country, unless the text names the country of another one."""
        named = any(map(self._evidence.names, places))
        return () if named else _where(places, lambda place: place.country is not None and place.country == self._home)

    def _by_neighbours(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        return _prevailing(places, self._around)

    def _by_own_province(self, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places in a province that the text names, where it names no country but that province's own."""
        named = self._evidence.countries.keys()
        return _where(places, lambda place: named <= {place.country} and self._provinces[_province_of(place)] > 0)

    def _by_province(self, one: Sighting, places: tuple[Place, ...]) -> tuple[Place, ...]:
        """The places in the province that the text names, or of which it names more places, than of every other."""
        return _prevailing(places, self._provinces, _province_of)

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


def _countries_of_unambiguous(sightings: Iterable[Sighting]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in sightings:
        countries = {place.country for place in one.places if place.country}
        if len(countries) == 1:
            found.update(countries)
    return found


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


def _province_of(place: Place) -> str:
    return place.id if place.kind == "province" else place.parent or ""


def _towering(places: tuple[Place, ...], group: Callable[[Place], str] = _country_of, over: int = _TOWERS_OVER) -> tuple[Place, ...]:
    """The places of the one country, or other group, whose largest towers over those of all others; () where none does."""
    largest: dict[str, int] = {}
    for place in sorted(places, key=lambda one: one.population):
        largest[group(place)] = place.population
    (foremost, most), *others = sorted(largest.items(), key=lambda item: item[1], reverse=True)
    towers = bool(others) and most >= over * max(others[0][1], 1)
    return _where(places, lambda place: group(place) == foremost) if towers else ()


def _provinces_of_unambiguous(sightings: Iterable[Sighting]) -> Counter[str]:
    """How often each province is named, or a place that can only be one in it."""
    found: Counter[str] = Counter()
    for one in sightings:
        provinces = {_province_of(place) for place in one.places if place.kind in ("province", "city")}
        if len(provinces) == 1 and not one.is_country:
            found.update(provinces)
    return found


def _countries_of_inner(sightings: Iterable[Sighting]) -> set[str | None]:
    """The countries whose people, or places in which, are mentioned under names of their own."""
    nations = ({place.country for place in one.places} for one in sightings if one.demonym or not one.is_country)
    return set().union(*(each for each in nations if len(each) == 1))


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
