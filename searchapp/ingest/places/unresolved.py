"""What does a text call a town or a county that no record knows? "The villages of A and B", "in A, Sudan", "A County"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from searchapp.analysis import fold
from searchapp.authority import Place
from searchapp.ingest.places.names import WORDS
from searchapp.ingest.places.sightings import Field, Kind, Sighting, is_end_of_place

SpeltLike = Callable[[str], tuple[Place, ...]]
"""Gives the places whose names are written much like this one."""

# No word is so long that one endless one would be read again from each of its hyphens on.
_WORD = r"[^\W\d_a-z](?:[\w-]|['’ʼ](?!s\b)){0,30}[^\W_]"
_NAME = rf"(?:(?:al|el|as|ash|ad|at|ar|az|an|ez)[- ])?{_WORD}(?: (?:(?:al|el|as|ash|ad|at|ar|az|an|ez|de|del|la)[- ])?{_WORD}){{0,2}}"
_LISTED = re.compile(
    rf"\b(?:towns?|villages?|cit(?:y|ies)|suburbs?|hamlets?|neighbou?rhoods?|settlements?|camps?) of "
    rf"((?:(?:, (?:and )?| and )?{_NAME})+)"
)
_ONE = re.compile(_NAME)
_COUNTY_WORDS = (" County", " Parish", " Township")
_COUNTY = re.compile(rf"\b(?!The )(?:St\. )?{_WORD}(?: {_WORD}){{0,2}}?(?:{'|'.join(_COUNTY_WORDS)})\b")
_BEFORE_CONTAINER = re.compile(rf"(?:(?:^|\n)|\b(?:in|at|near|from|outside|around)\s)({_NAME}),\s$")
_BEFORE_ABBREVIATION = re.compile(rf"(?:^|\W)({_WORD}(?: {_WORD})?),\s$")
_CUED = re.compile(rf"\b(?:in|at|near|from|to|toward|towards|outside|inside|around|of|reached|captured|entered|left|bombed|shelled)\s({_NAME})")
_WINDOW = 70
_NO_TOWN = (
    WORDS["given"] | WORDS["titles"] | WORDS["ordinary"] | WORDS["fellows"] | WORDS["province_words"] | WORDS["openers"] | WORDS["organisations"]
)
# What a county has that is called after it, and needs no word for it, in Britain: Essex County Council.
_OF_BRITISH_COUNTIES = (" Council", " Cricket", " Constabulary")
_COMPASS = frozenset(("north", "south", "east", "west"))
# Of a larger city rather a part is meant: South London.
_TOWN_OF_ITS_OWN = 200_000
_KINDS: tuple[Kind, ...] = ("province", "city", "site")
_SPLIT = re.compile(r"\W+")
_NEXT = re.compile(r" (\w+)")
_LAST = re.compile(r" (\w+)$")


def unresolved_towns(field: Field, text: str, known: Sequence[Sighting]) -> list[Sighting]:
    """The names of towns that are none of the `known` sightings of this field, with what they are said to lie in."""
    taken = [(one.start, one.end) for one in known]
    found: dict[int, Sighting] = {}
    for start, end, container in (*_listed(text), *_contained(text, known)):
        surface = text[start:end]
        key = fold(surface)
        if start not in found and not _overlaps(taken, start, end) and _NO_TOWN.isdisjoint(_SPLIT.split(key)):
            found[start] = Sighting.of_nothing_known(field, start, end, surface, container)
    return list(found.values())


def other_spellings(field: Field, text: str, known: Sequence[Sighting], spelt_like: SpeltLike) -> list[Sighting]:
    """What stands where a place would, and is none of the `known` sightings but spelt like a place."""
    taken = [(one.start, one.end) for one in known]
    found: dict[int, Sighting] = {}
    for start, end in (*(match.span(1) for match in _CUED.finditer(text)), *((one, two) for one, two, _ in _listed(text))):
        surface, kind = _without_kind(text[start:end], text, end)
        end = start + len(surface)
        if _overlaps(taken, start, end) or not _NO_TOWN.isdisjoint(_SPLIT.split(fold(surface))):
            continue
        places = spelt_like(surface)
        if places:
            one = Sighting.of_nothing_known(field, start, end, surface, None)
            one.places, one.rule, one.kind = places, "variant", kind
            found[start] = one
    return list(found.values())


def _without_kind(name: str, text: str, end: int) -> tuple[str, Kind | None]:
    """The name without a word at its end, or behind it, that says which kind of place it is, and that kind."""
    last = _LAST.search(name)
    behind = last or _NEXT.match(text, end)
    word = fold(behind[1]) if behind else ""
    kind = next((kind for kind in _KINDS if word in WORDS[f"{kind}_words"]), None)
    return (name[: last.start()] if last and kind else name), kind


def counties(field: Field, text: str, known: Sequence[Sighting]) -> list[Sighting]:
    """What is called a county and is no province of that name; what is `known` under a part of it is something else."""
    if not any(word in text for word in _COUNTY_WORDS):
        return []
    provinces = {one.start for one in known if any(place.kind == "province" for place in one.places)}
    regions = {one.start for one in known if any(place.kind == "region" for place in one.places)}
    return [
        Sighting.of_nothing_known(field, match.start(), match.end(), match[0], None)
        for match in _COUNTY.finditer(text)
        if match.start() not in provinces and not (match.start() in regions and text.startswith(_OF_BRITISH_COUNTIES, match.end()))
    ]


def towns_by_compass(field: Field, text: str, known: Sequence[Sighting]) -> list[Sighting]:
    """Towns that bear the name of a `known` one behind a point of the compass: South Charleston is not Charleston."""
    found = []
    for one in known:
        if one.around is not None and _is_another_town(one):
            start = one.around.words.starts[one.first - 1]
            found.append(Sighting.of_nothing_known(field, start, one.end, text[start : one.end], None))
    return found


def _is_another_town(one: Sighting) -> bool:
    """Whether a point of the compass stands before the name of a small town, and makes a name of its own with it."""
    before, second = one.before, one.second_before
    if before is None or before.form not in _COMPASS or not before.capital or before.opens_sentence:
        return False
    if (second is not None and second.capital) or not _NO_TOWN.isdisjoint((one.key, one.key.replace(" ", "-"))):
        return False
    return all(place.kind == "city" and place.population < _TOWN_OF_ITS_OWN for place in one.places) and not one.loose_line


def _listed(text: str) -> Iterator[tuple[int, int, None]]:
    for match in _LISTED.finditer(text):
        for one in _ONE.finditer(text, match.start(1), match.end(1)):
            yield one.start(), one.end(), None


def _contained(text: str, known: Sequence[Sighting]) -> Iterator[tuple[int, int, Sighting]]:
    for container in known:
        if container.demonym or not any(map(_may_contain, container.places)):
            continue
        before = max(0, container.start - _WINDOW)
        abbreviated = container.rule == "abbreviation"
        pattern = _BEFORE_ABBREVIATION if abbreviated else _BEFORE_CONTAINER
        match = pattern.search(text[before : container.start])
        if match is not None and (abbreviated or is_end_of_place(text, container.end)):
            yield before + match.start(1), before + match.end(1), container


def _may_contain(place: Place) -> bool:
    """Whether towns are said to lie in the place: in a country, a province, or a county of many inhabitants."""
    return place.kind in ("country", "province") or (place.kind == "region" and place.population > 0)


def _overlaps(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether any of the spans, which are in order, shares a character with this one."""
    number = bisect_right(taken, (end - 1, 1 << 62)) - 1
    return number >= 0 and taken[number][1] > start
