"""Where does a text name outlets and agencies, and what is said there of them?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from searchapp.analysis import analyze
from searchapp.authority import Authority, NameIndex, Occurrence, Outlet, Spelling, longest
from searchapp.ingest.outlets.hosts import lives_at

# As much of the text before and behind a name is read as a phrase that belongs to it may take.
_BEFORE = 60
_AFTER = 120

_SENTENCES = re.compile(r"(?<=[^A-Z\W][.!?؟])[\"”’'»)\]]*\s+|\n+")
_FELLOWS = re.compile(r" (?!News|Agency|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|File|Photo)[A-Z]")
_LONGEST_SENTENCE = 400
_HOSTS = re.compile(r"(?<![\w@/.:-])[A-Za-z][\w-]{1,40}(?:\.[A-Za-z][\w-]{1,20}){1,3}(?![\w@/-])")
# What each of them holds, and hardly a text does, found much sooner.
_IN_HOST = re.compile(r"\.(?<=[\w-]{2}\.)[A-Za-z][\w-]")

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
    found = longest(fitting)[:_MOST_NAMED]
    strong = {name.outlet.id for one in found for name in one.entries if not name.weak}
    meant = ((one, _meant(one.entries, strong)) for one in found)
    named = {one.start: _in_line(text, name.outlet, (one.start, one.end)) for one, name in meant if name is not None}
    by_host = {one.start: one for one in _named_by_host(text, authority)}
    return tuple(one for _, one in sorted((by_host | named).items()))


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
            yield tuple(_in_line(text, outlet, match.span()) for match in pattern.finditer(text))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that these offsets lie in, cut where it is very long."""
    opens, closes = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
    begin = max((match.end() for match in _SENTENCES.finditer(text, opens, start)), default=opens)
    finish = _SENTENCES.search(text, end, closes)
    return " ".join(text[begin : finish.start() if finish else closes].split())


def _meant(names: Sequence[_Name], strong: Collection[str]) -> _Name | None:
    """The name that needs no other beside it, else that of the one outlet that is named more fully elsewhere."""
    firm = [name for name in names if not name.weak]
    beside = {name.outlet.id: name for name in names if name.outlet.id in strong}
    return firm[0] if firm else next(iter(beside.values())) if len(beside) == 1 else None


def _in_line(text: str, outlet: Outlet, span: tuple[int, int]) -> Named:
    start, end = span
    earliest, latest = max(0, start - _BEFORE), min(end + _AFTER, len(text))
    line_end = text.find("\n", end, latest)
    before = text[max(earliest, text.rfind("\n", earliest, start) + 1) : start]
    after = text[end : line_end if line_end >= 0 else latest]
    return Named(outlet, start, end, text[start:end], before, after)


def _is_of_longer_name(text: str, one: Occurrence[_Name]) -> bool:
    """The Independent Commission, The National Army: common words that are an outlet's name only by themselves."""
    return text[one.start : one.start + 4] in ("The ", "the ") and _FELLOWS.match(text, one.end) is not None


def _named_by_host(text: str, authority: Authority) -> Iterator[Named]:
    """Where a host stands for its outlet, as in "told FoxNews.com", not in an address, which says where a link leads."""
    for match in islice(_HOSTS.finditer(text), _MOST_NAMED) if _IN_HOST.search(text) else ():
        outlet = lives_at(match[0].casefold(), authority)
        if outlet is not None:
            yield _in_line(text, outlet, match.span())


@lru_cache(maxsize=2)
def _index(authority: Authority) -> NameIndex[_Name]:
    return NameIndex(entry for outlet in authority.outlets.values() for entry in _names(outlet))


def _names(outlet: Outlet) -> Iterator[tuple[tuple[str, ...], _Name]]:
    for weak, spellings in ((False, outlet.names), (True, outlet.weak_alias)):
        for spelling in spellings:
            tokens = analyze(spelling, None)
            yield tokens.forms, _Name(outlet, Spelling.of(spelling, tokens), weak)
