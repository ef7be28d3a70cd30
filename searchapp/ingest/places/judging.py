"""Is a name of a place used as one? Persons, organisations and common words bear the same names."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import itemgetter

from searchapp.analysis import analyze
from searchapp.authority import Place
from searchapp.ingest.places.names import WORDS
from searchapp.ingest.places.persons import RARELY_PERSON, describes, goes_with_places, is_of_official, is_person
from searchapp.ingest.places.sightings import Sighting
from searchapp.model import Mention

# From this many inhabitants on a city needs nothing beside it to be believed, below the second it needs to be said to
# be a place as well as its country.
_KNOWN_EVERYWHERE = 500_000
_KNOWN_IN_ITS_COUNTRY = 15_000
_PROVINCE_KNOWN_EVERYWHERE = 2_000_000
# Who speaks of other countries names none of a third below this size without saying where it is.
_KNOWN_ABROAD = 100_000
# Of a name of two words, or one that is said to be a place, so many are enough: New Mexico, in Idaho.
_PROVINCE_KNOWN = 300_000
# In scripts without capitals a smaller place is too often a word.
_NO_WORD = 50_000
# Nobody thinks of a person first where a city of this size bears a given name: Paris, Milan, Sydney.
_NO_PERSON = 1_000_000
# Who says London and no more has no town in mind that is so many times smaller.
_NO_RIVAL = 20

_OF_PERSONS = (WORDS["given"] | WORDS["surnames"]) - WORDS["rather_places"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document says of countries.

    `countries` counts how often each is named, `by_sentence` says in which sentences; `implied` are those of well-known
    places that are named, and the outlet's own. `persons` are names that the document gives to persons, `small` those
    that it also writes without a capital.
    """

    countries: Counter[str]
    by_sentence: frozenset[tuple[str, int, str]]
    implied: frozenset[str | None]
    persons: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()

    def names(self, place: Place) -> bool:
        """Whether the document names the place's country."""
        return place.country in self.countries

    def speaks_of(self, place: Place) -> bool:
        """Whether it names it or implies it."""
        return place.country in self.countries or place.country in self.implied


class Masks:
    """Parts of title and text that are names of something else; they do not overlap."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {"title": [], "text": []}
        for one in mentions:
            self._spans[one.field].append((one.start, one.end))
        for spans in self._spans.values():
            spans.sort()

    def cover(self, sighting: Sighting) -> bool:
        spans = self._spans[sighting.field]
        number = bisect_right(spans, sighting.start, key=itemgetter(0)) - 1
        return number >= 0 and sighting.end <= spans[number][1]


def evidence_of(
    sightings: Sequence[Sighting], home: str | None, *, persons: frozenset[str] = frozenset(), small: frozenset[str] = frozenset()
) -> Evidence:
    """The countries that sightings name, by name or by the word for their people, and those that they imply."""
    countries: Counter[str] = Counter()
    sentences = set()
    for one in sightings:
        for country in countries_of(one):
            countries[country] += 1
            sentences.add((one.field, one.sentence, country))
    named = Evidence(countries, frozenset(sentences), frozenset((home,) if home else ()), persons, small)
    nations = [nations_of(one) for one in sightings if is_believed(one, named) and not one.elsewhere]
    return replace(named, implied=named.implied.union(*(each for each in nations if len(each) == 1 and None not in each)))


def countries_of(sighting: Sighting) -> set[str]:
    """The countries that the name speaks of; none where a large province of another country bears it as well: Georgia."""
    named = {place.country for place in sighting.places if place.kind == "country" and place.country}
    others = (place.population for place in sighting.places if place.country not in named)
    return set() if max(others, default=0) >= _PROVINCE_KNOWN_EVERYWHERE else named


def nations_of(sighting: Sighting) -> set[str | None]:
    """The countries of the places that bear the name, but for those of small namesakes of a city of millions."""
    if len(sighting.places) == 1:
        return {sighting.places[0].country}
    largest = max((place.population for place in sighting.places), default=0)
    least = largest / _NO_RIVAL if largest >= _NO_PERSON and sighting.container is None else 0
    return {place.country for place in sighting.places if place.population >= least}


def small_words_of(text: str, words: Collection[str]) -> frozenset[str]:
    """Those of the words, which are forms, that begin with a small letter somewhere in the text."""
    tokens = analyze(text, None)
    found = compress(zip(tokens.forms, tokens.starts, strict=True), map(words.__contains__, tokens.forms))
    return frozenset(form for form, start in found if text[start].islower())


def may_be_place(sighting: Sighting, masks: Masks) -> bool:
    """Whether the words around the name leave it the name of a place."""
    if sighting.after is not None and sighting.after.form in WORDS["diseases"]:
        return False
    if sighting.is_country:
        return not is_person(sighting)
    if masks.cover(sighting) or _is_ordinary(sighting) or _is_of_organisation(sighting):
        return False
    return not _is_glued_before(sighting) and not _is_glued_after(sighting)


def is_believed(sighting: Sighting, evidence: Evidence) -> bool:
    """Whether the place is big enough to be meant without a word, or the document speaks of where it lies."""
    if sighting.container is not None or sighting.elsewhere is not None or sighting.contains or not sighting.places:
        return True
    if sighting.key in evidence.small and not sighting.located and not _is_acronym(sighting):
        return False
    if sighting.key in evidence.persons and not (sighting.located if _is_foremost_place(sighting) else sighting.placed):
        return sighting.demonym and describes(sighting)
    if sighting.is_country:
        return True
    return any(_is_believed(place, sighting, evidence) for place in sighting.places)


def _is_believed(place: Place, sighting: Sighting, evidence: Evidence) -> bool:
    near = evidence.speaks_of(place)
    if sighting.key in _OF_PERSONS and place.population < _NO_PERSON:
        cues = (near, sighting.placed, sighting.located and place.population >= RARELY_PERSON)
        return sum(cues) > 1
    if place.population < _NO_WORD and " " not in sighting.key and not _has_case(sighting.surface):
        return near and sighting.kind is not None
    if place.kind == "region" and place.country is None:
        return sighting.located or sighting.key not in WORDS["seas"] or not sighting.loose_line
    if place.kind in ("site", "region"):
        return near or sighting.located or " " in sighting.key
    if place.kind == "province":
        known = place.population >= (_PROVINCE_KNOWN if sighting.located or " " in sighting.key else _PROVINCE_KNOWN_EVERYWHERE)
        return near or sighting.kind == "province" or known
    return _is_city_believed(place, sighting, near=near, abroad=bool(evidence.countries))


def _is_city_believed(place: Place, sighting: Sighting, *, near: bool, abroad: bool) -> bool:
    """`near` says that the text speaks of the country, `abroad` that it names any."""
    several_words = " " in sighting.key
    usual = sighting.rule == "name" or several_words or place.population >= _NO_PERSON
    if place.population >= _KNOWN_EVERYWHERE and usual:
        return True
    if place.population < _KNOWN_IN_ITS_COUNTRY:
        return near and (sighting.located or several_words)
    known = place.population >= _KNOWN_ABROAD or several_words or sighting.key in WORDS["renowned"]
    return near or (sighting.located and (known or not abroad))


def _is_foremost_place(sighting: Sighting) -> bool:
    """Whether one thinks of a country, or of a city of millions, before one thinks of a person."""
    return sighting.is_country or any(place.population >= _NO_PERSON for place in sighting.places)


def _is_ordinary(sighting: Sighting) -> bool:
    if sighting.container is not None or sighting.contains:
        return False
    if sighting.kind == "city" and not (sighting.after is not None and sighting.after.form in WORDS["city_words"]):
        return False
    if sighting.key.replace(" ", "-") in WORDS["ordinary"] or (len(sighting.key) <= 2 and sighting.key.isascii()):
        return True
    return all(word in WORDS["compass"] for word in sighting.key.replace("-", " ").split())


def _is_of_organisation(sighting: Sighting) -> bool:
    """University of Oklahoma, Duke of Edinburgh."""
    before, second = sighting.before, sighting.second_before
    return before is not None and before.form == "of" and second is not None and second.capital \
        and second.form in WORDS["of_organisations"]  # fmt: skip


def _is_glued_before(sighting: Sighting) -> bool:
    """Sam Tripoli, Mr Chad, Real Madrid."""
    before = sighting.before
    if before is None or not before.capital or sighting.kind in ("province", "city"):
        return False
    if before.form in WORDS["given"] or before.form in WORDS["titles"]:
        return True
    return not (before.opens_sentence or sighting.loose_line or goes_with_places(before))


def _is_glued_after(sighting: Sighting) -> bool:
    """Paris Hilton, Manchester United, New York Times, Jackson State University."""
    after = sighting.after
    if after is None or not after.capital:
        return False
    if after.form == "state" and sighting.key in _OF_PERSONS and sighting.second_after in WORDS["organisations"]:
        return True
    if sighting.kind is not None:
        return False
    if after.form in WORDS["organisations"]:
        return True
    return not (sighting.loose_line or goes_with_places(after) or is_of_official(sighting, after))


def _is_acronym(sighting: Sighting) -> bool:
    """Whether the name is written as no word is: US, but us."""
    return sighting.surface.isupper() and not sighting.loose_line


def _has_case(text: str) -> bool:
    return text.upper() != text.lower()
