"""Where in a text do names of places stand, and what stands around them?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from searchapp.analysis import analyze, fold
from searchapp.authority import Authority, Occurrence, Place, end_of, longest, opens_dateline
from searchapp.ingest.places.names import WORDS, Name, Rule, place_names
from searchapp.ingest.places.surroundings import Neighbour, Surroundings

Field = Literal["title", "text"]
Kind = Literal["province", "city", "site"]

_KINDS: tuple[Kind, ...] = ("site", "province", "city")
# Who writes Somali means the people far more often than the province that bears their name.
_STRENGTH: tuple[Rule, ...] = ("demonym", "name", "alias", "weak alias", "abbreviation", "blocked")
_CONTAINED = re.compile(r"\s*,\s*|\s*\(\s*|\s*,?\s+in\s+")
_LISTED = re.compile(r"\s*(?:,|,?\s*and|&|,?\s*or|/|،|\s+و)\s*")
# Who gives a town its country goes on with a comma or ends there, who lists places does not: "Lyon, Italy", "Paris, Italy and".
_INSIDE = re.compile(r"\s*,\s*")
_ENDS_PLACE = re.compile(r"\.?(?:\s*(?:[,;:)(\n—–]|--|-\s|\d{4}|$)|[.?!](?:\s|$)|\s+(?!and\b|or\b|و)[^\W\dA-Z])")
# Of places that are listed the next one, or the end: "in Toledo, Lincoln and", but not "in Toledo, Lincoln said".
_GOES_ON = re.compile(r"\s*(?:[,.;)(\n]|$|and\b|or\b)")
_TOWN_BEFORE = re.compile(r"[A-Z][\w'’.-]*,\s$")
_PLURALS = frozenset(("provinces", "governorates", "regions", "oblasts"))
_POSSESSIVES = ("'s", "’s")
_COUNTY_ENDS = (" county", " parish", " township")
_MONEY = ("$", "€", "£")
# Of one text: who goes on naming places for megabytes says no more of them.
_MOST_NAMES = 5_000
_TOWN = 30
# A place of this size stands in a list of places rather than in another country than its own.
_WELL_KNOWN = 500_000


@dataclass(slots=True)
class Sighting:
    """A name of places as it stands in a text; `places` are those that bear it.

    `located` says that a word beside it speaks of a place, `placed` that it could not be said of a person, `kind` of which
    kind of place it speaks, and `container` is the sighting of
    what it is said to lie in. `elsewhere` is the sighting of what it is said to lie in where nothing known of that name does,
    and `contains` says that it is such a container itself. `among` says of what kind the name is beside which it is
    listed, where that name is of nothing else.
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
    around: Surroundings | None
    located: bool = False
    placed: bool = False
    kind: Kind | None = None
    container: Sighting | None = None
    elsewhere: Sighting | None = None
    contains: bool = False
    among: Literal["country", "province"] | None = None

    @classmethod
    def of_nothing_known(cls, field: Field, start: int, end: int, surface: str, container: Sighting | None) -> Sighting:
        """A name that no record has, which the text says to be that of a town."""
        return cls(
            field=field, first=0, last=0, start=start, end=end, surface=surface, key=fold(surface), rule="unresolved",
            places=(), sentence=0, before=None, second_before=None, after=None, around=None, located=True,
            elsewhere=container,
        )  # fmt: skip

    @property
    def is_country(self) -> bool:
        return any(place.kind == "country" for place in self.places)

    @property
    def second_after(self) -> str:
        """The form of the word behind the one behind it, "" where none stands there."""
        word = self.around.after(self.last + 1) if self.around is not None and self.after is not None else None
        return word.form if word is not None else ""

    @property
    def loose_line(self) -> bool:
        """Whether it stands in a line where capitals say little."""
        return self.around is not None and self.around.is_headline(self.start)

    @property
    def is_county(self) -> bool:
        """Whether it is called a county, or what counties are called elsewhere, and known to nobody as that."""
        return not self.places and self.key.endswith(_COUNTY_ENDS)

    @property
    def demonym(self) -> bool:
        return self.rule == "demonym"


def sightings(field: Field, text: str, authority: Authority) -> list[Sighting]:
    """The names of places in the text that are written as names are, in order, the longest of those that overlap."""
    tokens = analyze(text, None)
    fitting = []
    for one in place_names(authority).find(text, tokens):
        names = tuple(entry for entry in one.entries if entry.spelling.fits(text, tokens, one) and _may_stand(entry, text, one))
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


def _may_stand(entry: Name, text: str, one: Occurrence[Name]) -> bool:
    """Whether an abbreviation stands behind the name of a town and ends there; everything else may stand anywhere."""
    if entry.rule != "abbreviation":
        return True
    if not text.startswith(".", one.end) and not is_end_of_place(text, one.end):
        return False
    return _TOWN_BEFORE.search(text[max(0, one.start - _TOWN) : one.start]) is not None


def _sighting(field: Field, text: str, one: Occurrence[Name], around: Surroundings) -> Sighting:
    rule = min((entry.rule for entry in one.entries if entry.place is not None), key=_STRENGTH.index)
    before = around.before(one.first)
    end = end_of(text, one)
    if rule == "abbreviation" and text.startswith(".", end) and any(entry.spelling.text.endswith(".") for entry in one.entries):
        end += 1
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
        around=around,
    )
    _read_kind(sighting, text)
    return sighting


def _places(entries: Iterable[Name], rule: Rule) -> tuple[Place, ...]:
    """The places that bear the name; where it is a word for people or a weak alias, only those for which it is."""
    alike = (rule,) if rule in ("demonym", "weak alias", "abbreviation") else ("name", "alias")
    return tuple(dict.fromkeys(entry.place for entry in entries if entry.place is not None and entry.rule in alike))


def _read_kind(one: Sighting, text: str) -> None:
    """Take from the words beside the name that it is a place, and which kind of place."""
    before, second, after = (word.form if word else "" for word in (one.before, one.second_before, one.after))
    dateline = opens_dateline(text, one.start, one.end)
    one.located = dateline or before in WORDS["locative"] or before in WORDS["directions"]
    one.placed = dateline or (before in WORDS["placing"] and not text.startswith(_POSSESSIVES, one.end))
    for kind in _KINDS:
        words = WORDS[f"{kind}_words"]
        if after in words or (before == "of" and second in words) or before in WORDS[f"{kind}_before"]:
            one.kind = kind
            one.located, one.placed = True, one.placed or kind != "site"


def _read_beside(text: str, found: list[Sighting], authority: Authority) -> None:
    """Let names say of each other what they are: "A, Country", "the towns of A, B and C", "A and B provinces"."""
    for one, after in pairwise(found):
        gap = text[one.end : after.start]
        if one.last == after.first and _is_wide(one, after) and not _is_part_of_name(one, after):
            one.after = after.before = None
        if _CONTAINED.fullmatch(gap) and not after.demonym and _may_lie_in(one, after, authority):
            one.container = after
            one.located = after.contains = True
        elif _INSIDE.fullmatch(gap) and _is_elsewhere(one, after, text):
            one.elsewhere = after
            one.located = after.contains = True
        if _LISTED.fullmatch(gap) and one.container is None:
            one.among = one.among or _kind_beside(one, after, gap)
            after.among = _kind_beside(after, one, gap)
        if _LISTED.fullmatch(gap) and one.located and not after.located and one.container is None:
            after.located = True
            after.placed = one.placed and _GOES_ON.match(text, after.end) is not None
            after.kind = "city" if one.kind == "city" else None
    for after, one in pairwise(reversed(found)):
        plural = after.after is not None and after.after.form in _PLURALS
        if plural and one.kind is None and _LISTED.fullmatch(text[one.end : after.start]):
            one.kind, one.located, one.after = after.kind, True, after.after


def _kind_beside(one: Sighting, other: Sighting, gap: str) -> Literal["country", "province"] | None:
    """What a name is likely to stand for that is listed beside one of countries alone, or of provinces alone.

    A comma alone does not list provinces: Berlin, New Hampshire.
    """
    kinds = {place.kind for place in other.places} if not other.demonym else set()
    if kinds == {"country"}:
        return "country"
    countries = {place.country for place in other.places}
    alike = any(place.kind == "province" and place.country in countries for place in one.places)
    return "province" if kinds == {"province"} and alike and gap.strip(", ") else None


def _is_part_of_name(one: Sighting, after: Sighting) -> bool:
    """Whether one of two names that stand side by side is a word of the other: South Charleston, Columbia University, American Centennial."""
    nations = {place.country for place in one.places}
    if one.demonym and all(place.kind == "city" and place.country not in nations for place in after.places):
        return True
    return one.key in WORDS["given"] or one.key in WORDS["compass"] or after.key in WORDS["organisations"]


def _is_wide(one: Sighting, after: Sighting) -> bool:
    """Whether two names that stand side by side may both be of places: a town and its country, Asia and the Pacific."""
    wide = [{bool(place.country) for place in each.places if place.kind in ("country", "province", "region")} for each in (one, after)]
    return True in wide[0] | wide[1] or (False in wide[0] and False in wide[1])


def _is_elsewhere(one: Sighting, container: Sighting, text: str) -> bool:
    """Whether a town is said to lie in a country or province in which no town of this name is known."""
    if one.demonym or one.is_country or container.demonym or not any(place.kind != "city" for place in container.places):
        return False
    if any(place.kind == other.kind == "province" for place in one.places for other in container.places if place.country == other.country):
        return False
    abbreviated = container.rule == "abbreviation"
    well_known = any(place.kind != "city" or place.population >= _WELL_KNOWN for place in one.places)
    return abbreviated or (not well_known and is_end_of_place(text, container.end))


def is_end_of_place(text: str, end: int) -> bool:
    """Whether nothing follows there that would make the name before it one of a list, or part of another."""
    return _ENDS_PLACE.match(text, end) is not None


def _may_lie_in(one: Sighting, container: Sighting, authority: Authority) -> bool:
    outer = outer_of(container)
    return any(above.id in outer for place in one.places for above in authority.branch(place.id)[1:])


def outer_of(container: Sighting) -> set[str]:
    """The ids in whose branch a place may stand that lies in the container: nothing is listed in a region, but in its parent."""
    return {name for place in container.places for name in (place.id, place.parent if place.kind == "region" else None) if name}
