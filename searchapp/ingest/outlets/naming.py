"""Where does a text name outlets and agencies, and what is said there of them?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from searchapp.analysis import analyze
from searchapp.authority import Authority, NameIndex, Occurrence, Outlet, Spelling, longest

# As much of the text before and behind a name is read as a phrase that belongs to it may take.
_BEFORE = 60
_AFTER = 120

_SENTENCES = re.compile(r"(?<=[^A-Z\W][.!?؟])[\"”’'»)\]]*\s+|\n+")
_FELLOWS = re.compile(r" (?!News|Agency|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|File|Photo)[A-Z]")
_LONGEST_SENTENCE = 400

# Names in one text that are read, and of those the ones that nobody knows: who repeats them further says no more.
_MOST_NAMED = 2_000
_MOST_UNKNOWN = 50


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet named in a text, with the text around it; `before` and `after` end at the line's ends."""

    outlet: Outlet
    start: int
    end: int
    surface: str
    before: str
    after: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Name:
    outlet: Outlet
    spelling: Spelling
    weak: bool


def load_outlet_names(authority: Authority) -> None:
    """Make the index of names that the first text would wait for."""
    _index(authority)


@lru_cache(maxsize=4)
def named_outlets(text: str, authority: Authority) -> tuple[Named, ...]:
    """The outlets of the authority that the text names, in order; weak aliases only beside a stronger name."""
    tokens = analyze(text, None)
    fitting = []
    for one in _index(authority).find(text, tokens):
        names = tuple(name for name in one.entries if name.spelling.fits(text, tokens, one))
        if names and not _is_of_longer_name(text, one):
            fitting.append(Occurrence(one.first, one.last, one.start, one.end, names))
    found = [_named(text, one) for one in longest(fitting)[:_MOST_NAMED]]
    strong = {one.outlet.id for one in found if not one.weak}
    return tuple(one for one in found if one.outlet.id in strong)


# A name that nobody but an outlet would have there: "(Name) - " at the beginning, "…, Name has learned". Behind a © stand
# photographers and owners as often.
_SPOKEN_AS = re.compile(
    r"\A\W{0,3}\((?P<slug>[^()\n]{3,40})\)\s*[-–—:]"
    r"|,\s(?P<learned>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){0,3})\shas\s(?:learned|learnt)\b"
)


def unknown_outlets(text: str, authority: Authority) -> Iterator[tuple[Named, ...]]:
    """For each name that stands where only outlets' names do, and that nobody knows, all places where it stands."""
    spoken = islice(_SPOKEN_AS.finditer(text), _MOST_NAMED)
    names = {" ".join(next(filter(None, match.groups())).split()) for match in spoken}
    for name in sorted(names)[:_MOST_UNKNOWN]:
        if not any(authority.named(facet, name) for facet in ("outlet", "actor", "location")):
            outlet = Outlet(id=name, name=name)
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
            yield tuple(_in_line(text, outlet, match.span(), weak=False) for match in pattern.finditer(text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that these offsets lie in, cut where it is very long."""
    opens, closes = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
    begin = max((match.end() for match in _SENTENCES.finditer(text, opens, start)), default=opens)
    finish = _SENTENCES.search(text, end, closes)
    return " ".join(text[begin : finish.start() if finish else closes].split())


def _named(text: str, one: Occurrence[_Name]) -> Named:
    name = min(one.entries, key=lambda entry: entry.weak)
    return _in_line(text, name.outlet, (one.start, one.end), weak=name.weak)


def _in_line(text: str, outlet: Outlet, span: tuple[int, int], *, weak: bool) -> Named:
    start, end = span
    earliest, latest = max(0, start - _BEFORE), min(end + _AFTER, len(text))
    line_end = text.find("\n", end, latest)
    before = text[max(earliest, text.rfind("\n", earliest, start) + 1) : start]
    after = text[end : line_end if line_end >= 0 else latest]
    return Named(outlet, start, end, text[start:end], before, after, weak)


def _is_of_longer_name(text: str, one: Occurrence[_Name]) -> bool:
    """The Independent Commission, The National Army: common words that are an outlet's name only by themselves."""
    return text.startswith("The ", one.start) and _FELLOWS.match(text, one.end) is not None


@lru_cache(maxsize=2)
def _index(authority: Authority) -> NameIndex[_Name]:
    return NameIndex(entry for outlet in authority.outlets.values() for entry in _names(outlet))


def _names(outlet: Outlet) -> Iterator[tuple[tuple[str, ...], _Name]]:
    for weak, spellings in ((False, outlet.names), (True, outlet.weak_alias)):
        for spelling in spellings:
            tokens = analyze(spelling, None)
            yield tokens.forms, _Name(outlet, Spelling.of(spelling, tokens), weak)
