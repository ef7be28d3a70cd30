"""Under which names is a place found? The index of all of them, with what each must look like in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
_ARTICLES = frozenset(("al", "el", "ar", "as", "ash", "at", "ad", "az", "an"))
# Of a shorter name without its article too little is left: Al-Bab, Al-Mal.
_SHORTEST_WITHOUT = 6
_LARGE = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """One name of one place; `place` is None for what is no place though it sounds like one."""

    place: Place | None
    spelling: Spelling
    rule: Rule


def load_place_names(authority: Authority) -> None:
    """Make the index of names that the first text would wait for."""
    name_index(authority)


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
        entries = [_entry(place, text, "name" if text == place.name else "alias") for text in names]
        yield from entries
        if _may_bear_article(place, entries):
            yield from (variant for forms, name in entries for variant in _with_articles(forms, name))
        yield from (_entry(place, text, "weak alias") for text in place.weak_alias)
        yield from (_entry(place, text, "demonym") for text in place.demonym)
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


def _may_bear_article(place: Place, entries: Iterable[tuple[tuple[str, ...], Name]]) -> bool:
    """Whether one of its names does, or it is large enough that somebody may write it so."""
    if place.country not in _ARABIC or place.kind == "country":
        return False
    large = place.kind != "city" or place.population >= _LARGE
    return large or any(len(forms) > 1 and forms[0] in _ARTICLES for forms, _ in entries)


def _with_articles(forms: tuple[str, ...], name: Name) -> Iterator[tuple[tuple[str, ...], Name]]:
    """The name in Latin letters without its article, and with either spelling of it."""
    if not name.spelling.text.isascii() or name.spelling.acronym:
        return
    bare = forms[1:] if len(forms) > 1 and forms[0] in _ARTICLES else forms
    capitals = name.spelling.capitals[len(forms) - len(bare) :]
    if bare != forms and len("".join(bare)) >= _SHORTEST_WITHOUT:
        yield bare, Name(name.place, Spelling(name.spelling.text, False, capitals), name.rule)
    with_article = Name(name.place, Spelling(name.spelling.text, False, (False, *capitals)), name.rule)
    yield from (((article, *bare), with_article) for article in ("al", "el"))


def _entry(place: Place | None, text: str, rule: Rule) -> tuple[tuple[str, ...], Name]:
    tokens = analyze(text, None)
    return tokens.forms, Name(place, Spelling.of(text, tokens), rule)
