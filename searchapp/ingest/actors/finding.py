"""Which actors of the authority does a text name, and where?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from searchapp.analysis import Tokens, analyze
from searchapp.authority import Actor, Authority, NameIndex, Occurrence, Spelling, end_of, longest
from searchapp.ingest.actors.longer_names import (
    has_given_name,
    is_of_another_person,
    is_of_other_body,
    is_of_president,
    is_ticker,
    other_meanings,
)
from searchapp.ingest.data import word_sets
from searchapp.model import FacetEntry, Mention

FACET = "actor"

Field = Literal["title", "text"]
Rule = Literal["name", "alias", "weak alias"]

_WORDS = word_sets("actor_words.yaml")
# How often a mention that a rule finds is right, as read in news; a name that needs another one beside it is less so.
_CONFIDENCE: dict[Rule, float] = {"name": 0.99, "alias": 0.98, "weak alias": 0.95}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name of an actor; `person` when it is a person's."""

    actor: str
    spelling: Spelling
    rule: Rule
    person: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Where one name or several that are spelt alike stand, which may be meant; () where a namesake is: Hunter Biden."""

    field: Field
    start: int
    end: int
    surface: str
    names: tuple[_Name, ...]
    in_full: bool


def find_actors(title: str, text: str, authority: Authority) -> tuple[Mention, ...]:
    """The mentions of the actors of the authority, those in the title first.

    A weak alias counts only beside a stronger name of its record, an ambiguous one only beside a stronger name of
    exactly one of its records. `evidence` is that stronger name. A surname counts for nobody where a namesake had it first.
    """
    found = [*_find("title", title, authority), *_find("text", text, authority)]
    others = other_meanings(text, {(one.start, one.end) for one in found if one.field == "text"})
    found = _without_namesakes([one for one in found if one.surface not in others])
    certain: dict[str, str] = {}
    for one in found:
        if _is_certain(one):
            certain.setdefault(one.names[0].actor, one.surface)
    return tuple(_mention(one, name, certain) for one in found if (name := _meant(one, certain)) is not None)


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
        if names or _is_namesake(text, tokens, occurrence):
            fitting.append(Occurrence(occurrence.first, occurrence.last, occurrence.start, occurrence.end, names))
    for one in longest(fitting):
        end = end_of(text, one)
        in_full = one.last - one.first > 1 or is_of_president(text, tokens, one)
        yield _Found(field, one.start, end, text[one.start : end], one.entries, in_full)


def _without_namesakes(found: Iterable[_Found]) -> list[_Found]:
    """What was found, without surnames that the text gives to somebody else first and to nobody of the authority in full."""
    ones = list(found)
    in_full = {name.actor for one in ones if one.in_full for name in one.names if name.person}
    owners: dict[str, set[str]] = {}
    kept = []
    for one in ones:
        actors = {name.actor for name in one.names}
        owners.setdefault(one.surface.rpartition(" ")[2].rpartition("-")[2], actors)
        taken = one.surface in owners and not owners[one.surface] & actors and in_full.isdisjoint(actors)
        if one.names and not (taken and one.names[0].person):
            kept.append(one)
    return kept


def _is_namesake(text: str, tokens: Tokens, occurrence: Occurrence[_Name]) -> bool:
    """Whether a surname stands behind a given name that is not that of its bearer."""
    alone = occurrence.last - occurrence.first == 1 and any(name.person for name in occurrence.entries)
    return alone and has_given_name(text, tokens, occurrence)


def _is_certain(found: _Found) -> bool:
    return len({name.actor for name in found.names}) == 1 and found.names[0].rule != "weak alias"


def _meant(found: _Found, certain: Mapping[str, str]) -> _Name | None:
    if _is_certain(found):
        return found.names[0]
    beside = [name for name in found.names if name.actor in certain]
    return beside[0] if len({name.actor for name in beside}) == 1 else None


def _mention(found: _Found, name: _Name, certain: Mapping[str, str]) -> Mention:
    return Mention(
        FACET, name.actor, found.start, found.end, found.surface, name.rule, "curated",
        confidence=_CONFIDENCE[name.rule], field=found.field,
        evidence="" if _is_certain(found) else certain[name.actor],
    )  # fmt: skip


def _fits(name: _Name, text: str, tokens: Tokens, occurrence: Occurrence[_Name]) -> bool:
    if not name.spelling.fits(text, tokens, occurrence):
        return False
    if name.person:
        surname = occurrence.last - occurrence.first == 1 and text[occurrence.start].isupper()
        return not is_of_another_person(text, tokens, occurrence, surname=surname)
    if name.spelling.acronym and is_ticker(text, occurrence):
        return False
    return not is_of_other_body(text, tokens, occurrence)


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
    return tokens.forms, _Name(actor.id, spelling, rule, actor.schema == "Person")
