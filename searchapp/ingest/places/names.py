"""Under which names is a place found? The index of all of them, with what each must look like in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from searchapp.analysis import analyze, fold
from searchapp.authority import Authority, NameIndex, Place, Spelling
from searchapp.ingest.data import word_sets

Rule = Literal["name", "alias", "weak alias", "demonym", "blocked"]

WORDS = {name: frozenset(map(fold, words)) for name, words in word_sets("place_words.yaml").items()}

# Where names bear the Arabic article or not as the writer likes.
_ARABIC = frozenset(("sy", "ly", "iq", "lb", "jo", "ps", "ye", "eg", "sa", "ae", "kw", "qa", "bh", "om", "sd"))
_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "at", "ad", "az", "an", "ash"))
# Of a shorter name without its article too little is left: Al-Bab, Al-Mal.
_SHORTEST_WITHOUT = 6


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One name of one place; `place` is None for what is no place though it sounds like one."""

    place: Place | None
    spelling: Spelling
    rule: Rule


@lru_cache(maxsize=2)
def name_index(authority: Authority) -> NameIndex[Name]:
    """The index of the names of all places, and of what holds such a name: outlets and other phrases."""
    return NameIndex(_all(authority))


def _all(authority: Authority) -> Iterator[tuple[tuple[str, ...], Name]]:
    namesakes = _namesakes(authority)
    for place in authority.places.values():
        names = dict.fromkeys(place.names, place.name)
        for other in namesakes.get(place.id, ()):
            names.update(dict.fromkeys(other.names, place.name))
        for spelling in names:
            yield from _with_articles(place, spelling, "name" if spelling == place.name else "alias")
        yield from (_entry(place, spelling, "weak alias") for spelling in place.weak_alias)
        yield from (_entry(place, spelling, "demonym") for spelling in place.demonym)
    for outlet in authority.outlets.values():
        yield from (_entry(None, spelling, "blocked") for spelling in outlet.names)
    for phrase in WORDS["blocked"]:
        forms = tuple(phrase.split("-"))
        yield forms, Name(None, Spelling(phrase, False, (False,) * len(forms)), "blocked")


def _namesakes(authority: Authority) -> dict[str, list[Place]]:
    """For a province the city in it of the same name, and the other way round: each is spelt like the other."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for city in authority.places.values():
        province = authority.places.get(city.parent or "")
        if city.kind == "city" and province is not None and province.kind == "province":
            shared = {name.casefold() for name in city.names} & {name.casefold() for name in province.names}
            if shared:
                found[province.id].append(city)
                found[city.id].append(province)
    return found


def _with_articles(place: Place, text: str, rule: Rule) -> Iterator[tuple[tuple[str, ...], Name]]:
    forms, name = _entry(place, text, rule)
    yield forms, name
    if place.country not in _ARABIC or place.kind == "country" or not text.isascii() or name.spelling.acronym:
        return
    bare = forms[1:] if len(forms) > 1 and forms[0] in _ARTICLES else forms
    capitals = name.spelling.capitals[len(forms) - len(bare) :]
    if bare != forms and len("".join(bare)) >= _SHORTEST_WITHOUT:
        yield bare, Name(place, Spelling(text, False, capitals), rule)
    for article in ("al", "el"):
        yield (article, *bare), Name(place, Spelling(text, False, (False, *capitals)), rule)


def _entry(place: Place | None, text: str, rule: Rule) -> tuple[tuple[str, ...], Name]:
    tokens = analyze(text, None)
    return tokens.forms, Name(place, Spelling.of(text, tokens), rule)
