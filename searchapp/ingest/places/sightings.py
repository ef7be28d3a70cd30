"""Where in a text do names of places stand, and what stands around them?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from searchapp.analysis import analyze, fold
from searchapp.authority import Authority, Occurrence, Place, end_of, longest
from searchapp.ingest.places.names import WORDS, Name, Rule, place_names
from searchapp.ingest.places.surroundings import Neighbour, Surroundings

Field = Literal["title", "text"]
Kind = Literal["province", "city", "site"]

_KINDS: tuple[Kind, ...] = ("site", "province", "city")
# Who writes Somali means the people far more often than the province that bears their name.
_STRENGTH: tuple[Rule, ...] = ("demonym", "name", "alias", "weak alias", "blocked")
_CONTAINED = re.compile(r"\s*,\s*|\s*\(\s*|\s*,?\s+in\s+")
_LISTED = re.compile(r"\s*(?:,|,?\s*and|&|,?\s*or|/|،|\s+و)\s*")
_PLURALS = frozenset(("provinces", "governorates", "regions", "oblasts"))
_MONEY = ("$", "€", "£")
# Of one text: who goes on naming places for megabytes says no more of them.
_MOST_NAMES = 5_000


@dataclass(slots=True)
class Sighting:
    """A name of places as it stands in a text; `places` are those that bear it.

    `located` says that a word beside it speaks of a place, `kind` of which kind, and `container` is the sighting of
    what it is said to lie in.
    """

    field: Field
    first: int
    last: int
    start: int
    end: int
    surface: str
    key: str
    rule: Rule
    places: tuple[Place, ...]
    sentence: int
    before: Neighbour | None
    second_before: Neighbour | None
    after: Neighbour | None
    loose_line: bool
    located: bool = False
    kind: Kind | None = None
    container: Sighting | None = None

    @property
    def is_country(self) -> bool:
        return any(place.kind == "country" for place in self.places)

    @property
    def demonym(self) -> bool:
        return self.rule == "demonym"


def sightings(field: Field, text: str, authority: Authority) -> list[Sighting]:
    """The names of places in the text that are written as names are, in order, the longest of those that overlap."""
    tokens = analyze(text, None)
    fitting = []
    for one in place_names(authority).find(text, tokens):
        names = tuple(entry for entry in one.entries if entry.spelling.fits(text, tokens, one))
        if names and not text.startswith(_MONEY, one.end):
            fitting.append(Occurrence(one.first, one.last, one.start, one.end, names))
    around = Surroundings(text, tokens)
    found = [
        _sighting(field, text, one, around)
        for one in longest(fitting)[:_MOST_NAMES]
        if any(entry.place is not None for entry in one.entries)
    ]
    _read_beside(text, found, authority)
    return found


def _sighting(field: Field, text: str, one: Occurrence[Name], around: Surroundings) -> Sighting:
    rule = min((entry.rule for entry in one.entries if entry.place is not None), key=_STRENGTH.index)
    before = around.before(one.first)
    end = end_of(text, one)
    sighting = Sighting(
        field=field,
        first=one.first,
        last=one.last,
        start=one.start,
        end=end,
        surface=text[one.start : end],
        key=" ".join((fold(text[one.start : around.words.ends[one.first]]), *around.words.forms[one.first + 1 : one.last])),
        rule=rule,
        places=_places(one.entries, rule),
        sentence=bisect_right(around.sentence_ends, one.start),
        before=before,
        second_before=around.before(one.first - 1) if before else None,
        after=around.after(one.last),
        loose_line=around.is_headline(one.start),
    )
    _read_kind(sighting)
    return sighting


def _places(entries: Iterable[Name], rule: Rule) -> tuple[Place, ...]:
    """The places that bear the name; where it is a word for people or a weak alias, only those for which it is."""
    alike = (rule,) if rule in ("demonym", "weak alias") else ("name", "alias")
    return tuple(dict.fromkeys(entry.place for entry in entries if entry.place is not None and entry.rule in alike))


def _read_kind(one: Sighting) -> None:
    """Take from the words beside the name that it is a place, and which kind of place."""
    before, second, after = (word.form if word else "" for word in (one.before, one.second_before, one.after))
    one.located = before in WORDS["locative"] or before in WORDS["directions"]
    for kind in _KINDS:
        words = WORDS[f"{kind}_words"]
        if after in words or (before == "of" and second in words) or before in WORDS[f"{kind}_before"]:
            one.kind = kind
            one.located = True


def _read_beside(text: str, found: list[Sighting], authority: Authority) -> None:
    """Let names say of each other what they are: "A, Country", "the towns of A, B and C", "A and B provinces"."""
    for one, after in pairwise(found):
        gap = text[one.end : after.start]
        if one.last == after.first and one.key not in WORDS["given"]:
            one.after = after.before = None
        if _CONTAINED.fullmatch(gap) and not after.demonym and _may_lie_in(one, after, authority):
            one.container = after
            one.located = True
        if _LISTED.fullmatch(gap) and one.located and not after.located and one.container is None:
            after.located = True
            after.kind = "city" if one.kind == "city" else None
    for after, one in pairwise(reversed(found)):
        plural = after.after is not None and after.after.form in _PLURALS
        if plural and one.kind is None and _LISTED.fullmatch(text[one.end : after.start]):
            one.kind, one.located, one.after = after.kind, True, after.after


def _may_lie_in(one: Sighting, container: Sighting, authority: Authority) -> bool:
    outer = {place.id for place in container.places}
    return any(above.id in outer for place in one.places for above in authority.branch(place.id)[1:])
