"""Under which names is a place found? The index of all of them, with what each must look like in a text."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from searchapp.analysis import Tokens, analyze, fold
from searchapp.authority import Authority, NameIndex, Occurrence, Place, Spelling, prefixes_of
from searchapp.ingest.data import word_sets
from searchapp.ingest.places.words import ARTICLES, places_by_word

Rule = Literal["name", "alias", "weak alias", "demonym", "abbreviation", "variant", "unresolved", "blocked"]

WORDS = {name: frozenset(map(fold, words)) for name, words in word_sets("place_words.yaml").items()}

# Where names bear the Arabic article or not as the writer likes.
_ARABIC = frozenset(("sy", "ly", "iq", "lb", "jo", "ps", "ye", "eg", "sa", "ae", "kw", "qa", "bh", "om", "sd"))
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
    place_names(authority)


class PlaceNames:
    """The names of all places, and of what holds such a name: outlets and other phrases.

    The names of a place are read when a text has a word of one of them.
    """

    def __init__(self, authority: Authority) -> None:
        self._places = authority.places
        self._ids = list(authority.places)
        self._waiting = places_by_word(authority.places)
        self._numbers = {name: number for number, name in enumerate(self._ids)}
        self._index = NameIndex(_blocked(authority), order=self._order)
        self._read: set[str] = set()
        self._guard = threading.Lock()

    def find(self, text: str, tokens: Tokens) -> list[Occurrence[Name]]:
        """Every occurrence of every name in the text, of which these are the tokens."""
        with self._guard:
            for word in self._waiting.keys() & _words_of(tokens):
                for number in map(int, self._waiting.pop(word).split()):
                    self._read_names(self._ids[number])
        return self._index.find(text, tokens)

    def written(self, place: Place) -> set[str]:
        """All that a text may hold where it names this place, which need not be one of these: forms with blanks between."""
        return {" ".join(forms) for forms, _ in self._names_of(place)}

    def _read_names(self, place: str) -> None:
        """Take up the names of the place, and of those that are spelt like it."""
        for one in (place, *self._namesakes(self._places[place])):
            if one not in self._read:
                self._read.add(one)
                self._index.add(self._names_of(self._places[one]))

    def _names_of(self, place: Place) -> Iterator[tuple[tuple[str, ...], Name]]:
        names = dict.fromkeys(place.names)
        for other in self._namesakes(place):
            names.update(dict.fromkeys(self._places[other].names))
        entries = [_entry(place, text, "name" if text == place.name else "alias") for text in names]
        yield from entries
        if _may_bear_article(place, entries):
            yield from (variant for forms, name in entries for variant in _with_articles(forms, name))
        yield from (_entry(place, text, "weak alias") for text in place.weak_alias)
        yield from (_entry(place, text, "demonym") for text in place.demonym)
        yield from (_entry(place, text, "abbreviation") for text in place.abbreviation)

    def _namesakes(self, place: Place) -> list[str]:
        """For a province the cities in it of the same name, for a city the province: each is spelt like the other."""
        if place.kind == "province":
            beside = self._cities.get(place.id, [])
        else:
            above = self._places.get(place.parent) if place.kind == "city" and place.parent else None
            beside = [above.id] if above is not None and above.kind == "province" else []
        own = _casefolded(place)
        return [one for one in beside if not own.isdisjoint(_casefolded(self._places[one]))]

    @cached_property
    def _cities(self) -> dict[str, list[str]]:
        """The cities right below each province that has any."""
        branches = {name: (kind, parent) for name, kind, parent in self._places.branches()}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, (kind, parent) in branches.items():
            if kind == "city" and parent is not None and branches[parent][0] == "province":
                found[parent].append(name)
        return found

    def _order(self, name: Name) -> int:
        return len(self._ids) if name.place is None else self._numbers[name.place.id]


@lru_cache(maxsize=2)
def place_names(authority: Authority) -> PlaceNames:
    """The names of the places of this authority."""
    return PlaceNames(authority)


def _casefolded(place: Place) -> frozenset[str]:
    return frozenset(map(str.casefold, place.names))


def _blocked(authority: Authority) -> Iterator[tuple[tuple[str, ...], Name]]:
    for outlet in authority.outlets.values():
        yield from (_entry(None, spelling, "blocked") for spelling in outlet.names)
    for phrase in WORDS["blocked"]:
        forms = tuple(phrase.split("-"))
        yield forms, Name(None, Spelling(phrase, False, (False,) * len(forms)), "blocked")


def _words_of(tokens: Tokens) -> set[str]:
    """The forms, and what Arabic ones are without a prefix."""
    forms = set(tokens.forms)
    return forms.union(rest for form in forms if not form.isascii() for _, rest in prefixes_of(form))


def _may_bear_article(place: Place, entries: Iterable[tuple[tuple[str, ...], Name]]) -> bool:
    """Whether one of its names does, or it is large enough that somebody may write it so."""
    if place.country not in _ARABIC or place.kind == "country":
        return False
    large = place.kind != "city" or place.population >= _LARGE
    return large or any(len(forms) > 1 and forms[0] in ARTICLES for forms, _ in entries)


def _with_articles(forms: tuple[str, ...], name: Name) -> Iterator[tuple[tuple[str, ...], Name]]:
    """The name in Latin letters without its article, and with either spelling of it."""
    if not name.spelling.text.isascii() or name.spelling.acronym:
        return
    bare = forms[1:] if len(forms) > 1 and forms[0] in ARTICLES else forms
    capitals = name.spelling.capitals[len(forms) - len(bare) :]
    if bare != forms and len("".join(bare)) >= _SHORTEST_WITHOUT:
        yield bare, Name(name.place, Spelling(name.spelling.text, False, capitals), name.rule)
    with_article = Name(name.place, Spelling(name.spelling.text, False, (False, *capitals)), name.rule)
    yield from (((article, *bare), with_article) for article in ("al", "el"))


def _entry(place: Place | None, text: str, rule: Rule) -> tuple[tuple[str, ...], Name]:
    tokens = analyze(text, None)
    return tokens.forms, Name(place, Spelling.of(text, tokens), rule)
