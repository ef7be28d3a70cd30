"""Where in a text do names of places stand, and what stands around them?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from searchapp.analysis import Tokens, analyze
from searchapp.authority import Authority, Occurrence, Place, longest
from searchapp.ingest.places.names import WORDS, Name, name_index

Kind = Literal["province", "city", "site"]

_SENTENCE_END = re.compile(r"(?<=[^A-Z][.!?؟])[\"”’')\]]?\s+|\n+")
_SENTENCE_START = re.compile(r"(?:^|[.!?؟:;\"“”‘«»()\[\]\n•])\s*$")
_CASED = re.compile(r"[^\W\d_]")
_LETTERS_OF_A_LINE = 4


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The word beside a name, with nothing but a blank or a hyphen between."""

    form: str
    surface: str
    opens_sentence: bool

    @property
    def capital(self) -> bool:
        return self.surface[0].isupper()


@dataclass(slots=True)
class Sighting:
    """A name of places as it stands in a text; `places` are those that bear it."""

    field: Literal["title", "text"]
    first: int
    last: int
    start: int
    end: int
    surface: str
    key: str
    rule: str
    places: tuple[Place, ...]
    sentence: int
    before: Neighbour | None = None
    after: Neighbour | None = None
    second_before: Neighbour | None = None
    loose_line: bool = False
    located: bool = False
    kind: Kind | None = None
    container: Sighting | None = None
    ends_line: bool = False

    @property
    def is_country(self) -> bool:
        return any(place.kind == "country" for place in self.places)

    @property
    def demonym(self) -> bool:
        return self.rule == "demonym"


def sightings(name: Literal["title", "text"], text: str, authority: Authority) -> list[Sighting]:
    """The names of places in the text that are written as names are, in order, the longest of those that overlap."""
    tokens = analyze(text, None)
    fitting = []
    for one in name_index(authority).find(text, tokens):
        names = tuple(entry for entry in one.entries if _fits(entry, text, tokens, one))
        if names:
            fitting.append(Occurrence(one.first, one.last, one.start, one.end, names))
    sentences = [match.end() for match in _SENTENCE_END.finditer(text)]
    found = [
        _sighting(name, text, tokens, one, sentences)
        for one in longest(fitting)
        if any(entry.rule != "blocked" for entry in one.entries)
    ]
    _read_lists(text, found)
    return found


def _fits(name: Name, text: str, tokens: Tokens, one: Occurrence[Name]) -> bool:
    return name.spelling.fits(text, tokens, one) and not _is_money(text, one.end)


def _is_money(text: str, end: int) -> bool:
    return text[end : end + 1] in ("$", "€", "£")


def _sighting(
    name: Literal["title", "text"], text: str, tokens: Tokens, one: Occurrence[Name], sentences: list[int]
) -> Sighting:
    names = [entry for entry in one.entries if entry.place is not None]
    strongest = min(names, key=lambda entry: ("name", "alias", "demonym", "weak alias", "blocked").index(entry.rule))
    alike = [entry.place for entry in names if entry.place and (entry.rule == "demonym") == (strongest.rule == "demonym")]
    end = one.end + (text[one.start : one.end + 1].count(".") > 1 and text[one.end : one.end + 1] == ".")
    sighting = Sighting(
        name, one.first, one.last, one.start, end, text[one.start : end],
        " ".join(tokens.forms[one.first : one.last]), strongest.rule, tuple(dict.fromkeys(alike)),
        bisect_right(sentences, one.start), ends_line=text[end : end + 1] == "\n",
    )  # fmt: skip
    _read_around(sighting, text, tokens)
    return sighting


def _read_around(sighting: Sighting, text: str, tokens: Tokens) -> None:
    sighting.before = _neighbour(text, tokens, sighting.first - 1, sighting.first)
    if sighting.before is not None:
        sighting.second_before = _neighbour(text, tokens, sighting.first - 2, sighting.first - 1)
    sighting.after = _neighbour(text, tokens, sighting.last, sighting.last)
    sighting.loose_line = _is_loose(text, sighting.start)
    before, second, after = (one.form if one else "" for one in (sighting.before, sighting.second_before, sighting.after))
    sighting.located = before in WORDS["locative"] or before in WORDS["directions"]
    for kind, words in (("site", "site_words"), ("province", "province_words"), ("city", "city_words")):
        if after in WORDS[words] or (before == "of" and second in WORDS[words]):
            sighting.kind = kind  # type: ignore[assignment]
            sighting.located = True


def _neighbour(text: str, tokens: Tokens, number: int, gap: int) -> Neighbour | None:
    """The word of this number if only a blank or a hyphen lies between it and the one before `gap`."""
    if not 0 <= number < len(tokens.forms) or gap == 0:
        return None
    left, right = (number, gap) if number < gap else (number - 1, number)
    if text[tokens.ends[left] : tokens.starts[right]] not in (" ", "-", "\u00a0", "\n", "/"):
        return None
    start = tokens.starts[number]
    opens = bool(_SENTENCE_START.search(text[max(0, start - 4) : start]))
    return Neighbour(tokens.forms[number], text[start : tokens.ends[number]], opens)


def _is_loose(text: str, start: int) -> bool:
    """Whether the line is a headline that gives most of its words a capital, so that capitals say little."""
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    words = [word for word in line.split() if len(word) > _LETTERS_OF_A_LINE and _CASED.match(word)]
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _read_lists(text: str, found: list[Sighting]) -> None:
    """Let names say of each other what they are: "the towns of A, B and C", "A and B provinces", "A, Country"."""
    for one, after in _pairs(found):
        if one.last == after.first:
            one.after = after.before = None
        gap = text[one.end : after.start].strip()
        if gap in (",", "(", ", in", "in") and not after.demonym and not one.ends_line:
            one.container = after
        if gap in (",", "and", ", and", "&", "or", "/") and one.located and not after.located:
            after.located = True
            after.kind = after.kind or (one.kind if one.kind == "city" else None)
    for one, after in reversed(list(_pairs(found))):
        plural = after.after is not None and after.after.form in ("provinces", "governorates", "regions", "oblasts")
        if plural and text[one.end : after.start].strip() in (",", "and", ", and", "/") and one.kind is None:
            one.kind, one.located, one.after = after.kind, True, after.after


def _pairs(found: list[Sighting]) -> Iterator[tuple[Sighting, Sighting]]:
    return pairwise(found)
