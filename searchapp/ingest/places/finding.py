"""From a text to the mentions of places in it, and to the values of the facet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from searchapp.authority import AMBIGUOUS, Authority, Place
from searchapp.ingest.places.judging import (
    Evidence,
    Masks,
    evidence_of,
    is_believed,
    may_be_place,
    small_words_of,
)
from searchapp.ingest.places.persons import persons_of
from searchapp.ingest.places.resolving import Resolved, Resolver
from searchapp.ingest.places.sightings import Field, Sighting, sightings
from searchapp.ingest.places.unresolved import counties, other_spellings, towns_by_compass, unresolved_towns
from searchapp.ingest.places.variants import COUNTRIES, places_spelt_like
from searchapp.model import FacetEntry, FacetValue, Mention, Status

FACET = "location"
_COUNTRY_OF_COUNTIES = "us"

UNRESOLVED = "unresolved:"
"""What the id of a value begins with that a text calls a town and of which no more is known."""

_CONFIDENCE_BY_SIZE = 0.8
_CONFIDENCE_AMBIGUOUS = 0.5
_CONFIDENCE_UNRESOLVED = 0.6
_CONFIDENCE_VARIANT = 0.7

# A document is mainly about a place that its title or its beginning names, or every fourth mention of any place.
_BEGINNING = 250
_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Places:
    """The mentions, and the places mentioned as values of the facet with every place they lie in."""

    mentions: tuple[Mention, ...]
    entries: tuple[FacetEntry, ...]


def find_places(
    title: str, text: str, authority: Authority, *, masked: Sequence[Mention] = (), home: str | None = None
) -> Places:
    """The places named, those in the title first.

    `masked` are mentions of actors, within which only countries count; `home` is the country (ISO 3166-1, small
    letters) of the outlet, in which its readers look for a place first.
    """
    found = [*_sightings("title", title, authority), *_sightings("text", text, authority)]
    local = _home_of_counties(found)
    home = home or local
    masks = Masks(masked)
    possible = [one for one in found if may_be_place(one, masks)]
    evidence = evidence_of(possible, home, persons=persons_of(found), small=small_words_of(text, {one.key for one in found}))
    believed = [one for one in possible if is_believed(one, evidence)]
    unknown = _unknown(title, text, found, masks, evidence, authority)
    holding = {id(one.elsewhere) for one in unknown} - {id(one) for one in believed}
    believed += [*unknown, *(one for one in possible if id(one) in holding)]
    believed.sort(key=lambda one: (one.field == "text", one.start))
    nearby = local is not None and home == local
    resolved = _without_lonely_weak(Resolver(believed, evidence, authority=authority, home=home, local=nearby).resolve())
    mentions = tuple(map(_mention, resolved))
    return Places(mentions, _entries(resolved, mentions, authority))


def _sightings(field: Field, text: str, authority: Authority) -> list[Sighting]:
    """The names of places, counties and towns in place of the towns that they are called after."""
    found = sightings(field, text, authority)
    districts = [*counties(field, text, found), *towns_by_compass(field, text, found)]
    spans = [(one.start, one.end) for one in districts]
    others = (one for one in found if not any(start <= one.start < end for start, end in spans))
    return sorted((*others, *districts), key=attrgetter("start"))


def _home_of_counties(found: Iterable[Sighting]) -> str | None:
    """The United States, where a text names counties and no country: nearly nobody else writes so.

    What towns of the United States are called too, as Lebanon is, counts for no country.
    """
    names_county = names_country = False
    for one in found:
        names_county = names_county or one.is_county
        names_country = names_country or (one.is_country and not any(map(_is_town_of_counties, one.places)))
    return _COUNTRY_OF_COUNTIES if names_county and not names_country else None


def _is_town_of_counties(place: Place) -> bool:
    return place.country == _COUNTRY_OF_COUNTIES and place.kind == "city"


def _unknown(
    title: str, text: str, found: Sequence[Sighting], masks: Masks, evidence: Evidence, authority: Authority
) -> list[Sighting]:
    """Other spellings of known places, and the towns that no record knows, where they are part of no other name."""
    countries = COUNTRIES.intersection(evidence.countries)
    unknown: list[Sighting] = []
    for field, written in _fields(title, text):
        known = [each for each in found if each.field == field]
        if countries:
            spelt = other_spellings(field, written, known, lambda name: places_spelt_like(name, countries, authority))
            known = sorted((*known, *spelt), key=attrgetter("start"))
            unknown += spelt
        unknown += unresolved_towns(field, written, known)
    return [one for one in unknown if not masks.cover(one)]


def _fields(title: str, text: str) -> tuple[tuple[Field, str], ...]:
    return ("title", title), ("text", text)


def _without_lonely_weak(resolved: Iterable[Resolved]) -> list[Resolved]:
    ones = list(resolved)
    strong = {place.id for one in ones if one.sighting.rule != "weak alias" for place in one.places}
    return [one for one in ones if one.sighting.rule != "weak alias" or any(place.id in strong for place in one.places)]


def _mention(resolved: Resolved) -> Mention:
    one = resolved.sighting
    if not resolved.known:
        within = "".join(f"{place.id}:" for place in resolved.places)
        return Mention(
            FACET, f"{UNRESOLVED}{within}{one.key}", one.start, one.end, one.surface, "unresolved name", "inferred",
            field=one.field, confidence=_CONFIDENCE_UNRESOLVED,
        )  # fmt: skip
    mention = Mention(
        FACET, resolved.places[0].id, one.start, one.end, one.surface, one.rule, "curated", field=one.field
    )
    if len(resolved.places) > 1:
        return replace(
            mention, value=AMBIGUOUS + one.key, rule=f"ambiguous {one.rule}", status="inferred",
            confidence=_CONFIDENCE_AMBIGUOUS,
        )  # fmt: skip
    if not resolved.certain or one.rule == "variant":
        confidence = _CONFIDENCE_BY_SIZE if one.rule != "variant" else _CONFIDENCE_VARIANT
        return replace(mention, status="inferred", confidence=confidence)
    return mention


def _entries(
    resolved: Sequence[Resolved], mentions: Sequence[Mention], authority: Authority
) -> tuple[FacetEntry, ...]:
    """Every value mentioned and all above it, each once, in the order of their first mention."""
    values: dict[str, FacetValue] = {}
    carried: dict[str, list[Mention]] = {}
    for one, mention in zip(resolved, mentions, strict=True):
        for value in _branch(one, mention, authority):
            values.setdefault(value.id, value)
            carried.setdefault(value.id, []).append(mention)
    return tuple(
        FacetEntry(value, _status(carried[name]), salient=_is_salient(carried[name], len(mentions)))
        for name, value in values.items()
    )


def _branch(resolved: Resolved, mention: Mention, authority: Authority) -> list[FacetValue]:
    """The value with those above it; the value of an ambiguous name lies in what holds all that it may mean."""
    if not resolved.known:
        above = authority.branch(resolved.places[0].id) if resolved.places else ()
        here = FacetValue(mention.value, resolved.sighting.surface, parent=above[0].id if above else None)
        return [here, *(place.value for place in above)]
    first, *others = (list(authority.branch(place.id)) for place in resolved.places)
    if not others:
        return [place.value for place in first]
    shared: list[Place] = [place for place in first if all(place in branch for branch in others)]
    candidates = tuple(place.id for place in resolved.places)
    parent = shared[0].id if shared else None
    ambiguous = FacetValue(
        mention.value, resolved.sighting.surface, parent=parent, ambiguous=True, candidates=candidates
    )
    return [ambiguous, *(place.value for place in shared)]


def _status(mentions: Iterable[Mention]) -> Status:
    return "curated" if any(mention.status == "curated" for mention in mentions) else "inferred"


def _is_salient(mentions: Sequence[Mention], all_mentions: int) -> bool:
    early = any(mention.field == "title" or mention.start < _BEGINNING for mention in mentions)
    return early or len(mentions) >= _SHARE * all_mentions
