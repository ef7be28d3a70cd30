"""Which actors of the authority does a text name, and where?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from searchapp.analysis import Tokens, analyze
from searchapp.authority import Actor, Authority, NameIndex, Occurrence, Spelling, end_of, longest
from searchapp.ingest.data import word_sets
from searchapp.model import FacetEntry, Mention

FACET = "actor"

Field = Literal["title", "text"]
Rule = Literal["name", "alias", "weak alias"]

_WORDS = word_sets("actor_words.yaml")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\"“”‘’'«»()\[\]\n])\s*$")
_SHORT_ACRONYM = 4


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an actor; `surname` when it is the one word of a person."""

    actor: str
    spelling: Spelling
    rule: Rule
    surname: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Where one name or several that are spelt alike stand; `actors` are who may be meant."""

    field: Field
    start: int
    end: int
    surface: str
    names: tuple[_Name, ...]


def find_actors(title: str, text: str, authority: Authority) -> tuple[Mention, ...]:
    """The mentions of the actors of the authority, those in the title first.

    A weak alias counts only beside a stronger name of its record, an ambiguous one only beside a stronger name of
    exactly one of its records.
    """
    found = [*_find("title", title, authority), *_find("text", text, authority)]
    certain = {one.names[0].actor for one in found if _is_certain(one)}
    return tuple(_mention(one, name) for one in found if (name := _meant(one, certain)) is not None)


def actor_entries(mentions: Iterable[Mention], authority: Authority) -> tuple[FacetEntry, ...]:
    """The actors mentioned as values of the facet, in the order of their first mention."""
    ids = dict.fromkeys(mention.value for mention in mentions)
    return tuple(FacetEntry(authority.actors[one].value, "curated") for one in ids if one in authority.actors)


def load_actor_names(authority: Authority) -> None:
    """Make the index of names that the first text would wait for."""
    _index(authority)


def _find(field: Field, text: str, authority: Authority) -> Iterator[_Found]:
    tokens = analyze(text, None)
    index = _index(authority)
    fitting = []
    for occurrence in index.find(text, tokens):
        names = tuple(name for name in occurrence.entries if _fits(name, text, tokens, occurrence))
        if names:
            fitting.append(Occurrence(occurrence.first, occurrence.last, occurrence.start, occurrence.end, names))
    for one in longest(fitting):
        end = end_of(text, one)
        yield _Found(field, one.start, end, text[one.start : end], one.entries)


def _is_certain(found: _Found) -> bool:
    return len({name.actor for name in found.names}) == 1 and found.names[0].rule != "weak alias"


def _meant(found: _Found, certain: set[str]) -> _Name | None:
    if _is_certain(found):
        return found.names[0]
    beside = [name for name in found.names if name.actor in certain]
    return beside[0] if len({name.actor for name in beside}) == 1 else None


def _mention(found: _Found, name: _Name) -> Mention:
    return Mention(FACET, name.actor, found.start, found.end, found.surface, name.rule, "curated", field=found.field)


def _fits(name: _Name, text: str, tokens: Tokens, occurrence: Occurrence[_Name]) -> bool:
    written = name.spelling.fits(text, tokens, occurrence)
    return written and not (name.surname and _is_of_another(text, tokens, occurrence))


def _is_of_another(text: str, tokens: Tokens, occurrence: Occurrence[_Name]) -> bool:
    """Whether the surname is part of a longer name: that of a namesake, or of what bears the name."""
    first, last = occurrence.first, occurrence.last
    beside = last < len(tokens.forms) and text[tokens.ends[last - 1] : tokens.starts[last]] == " "
    if beside and tokens.forms[last] in _WORDS["things"] and text[tokens.starts[last]].isupper():
        return True
    if first == 0 or text[tokens.ends[first - 1] : tokens.starts[first]] not in (" ", ". "):
        return False
    start = tokens.starts[first - 1]
    before = text[start : tokens.ends[first - 1]]
    if not before[0].isupper() or before.isupper() or tokens.forms[first - 1] in _WORDS["titles"]:
        return False
    return text[tokens.ends[first - 1]] == " " and not _SENTENCE_END.search(text[max(0, start - 4) : start])


@lru_cache(maxsize=2)
def _index(authority: Authority) -> NameIndex[_Name]:
    return NameIndex(entry for actor in authority.actors.values() for entry in _names(actor))


def _names(actor: Actor) -> Iterator[tuple[tuple[str, ...], _Name]]:
    yield _name(actor, actor.name, "name")
    for alias in actor.alias:
        yield _name(actor, alias, "alias")
    for alias in actor.weak_alias:
        yield _name(actor, alias, "weak alias")


def _name(actor: Actor, text: str, rule: Rule) -> tuple[tuple[str, ...], _Name]:
    tokens = analyze(text, None)
    spelling = Spelling.of(text, tokens, small=_WORDS["heads"])
    surname = actor.schema == "Person" and len(tokens.forms) == 1 and text[:1].isupper()
    return tokens.forms, _Name(actor.id, spelling, rule, surname)
