"""Which line above the text is its title? Each is weighed by what it says, how it looks and what stands beside it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, repeat
from operator import itemgetter, mul
from typing import NamedTuple

import regex
import yaml

from searchapp.ingest.data import data_folder
from searchapp.ingest.headline.lines import body_start, count_of, publication_date, words_of
from searchapp.ingest.headline.names import is_byline
from searchapp.ingest.headline.stems import Sought, stems_of
from searchapp.model import Block

_ABOVE, _BELOW = 60, 4
"""Lines before and from the first paragraph of the body on among which a title is sought."""
_WORDS = range(1, 36)
_MAX_LETTERS = 400
_TEXT_LETTERS = 2_400
"""Of the body, with which a line is compared: what a title says is said again at the beginning."""
_COUNTED_LETTERS = 20_000
_ENOUGH_WORDS = 5
"""Long words at which a share counts in full: two words that the text uses are no title yet."""
_PATH_LETTERS = 12
_MIDDLING_CAPITALS = 0.6
"""What stands for the share of capitals in scripts that have none."""
_BULLET = re.compile(r"(?:[*+•·o]|\d+[.)])\s")
_ABBREVIATION = regex.compile(r"(?:\p{L}\.){2,}$")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"[|»›]| / ")
_MARKS = "?!\"”’'؟？！"
_GAPS = ("blank before", "blank behind", "first of all")
_BESIDE = ("credits behind", "credits before", "repeated", "ends a path", "long behind", "long before")
_SAID = ("said before", "said", "said fully", "said often")
_NEVER = repeat(0)


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line that could be the title: its number, and how it looks by the names of the weights."""

    number: int
    text: str
    looks: Mapping[str, float]


def title_line(blocks: Sequence[Block], start: int) -> int | None:
    """The number of the block that is the title of the body that begins at `start`; None where no line speaks enough
    for itself."""
    around = _Surroundings(blocks, start)
    known = {number: around.score(number) for number in around.said}
    best, highest = None, _weights()["enough"]
    for number in sorted(known, key=known.__getitem__, reverse=True):
        # Most lines stand so badly that no sign of their own could make them the title.
        if known[number] + _most_of_signs() < highest:
            break
        score = known[number] + _signs(around.text(number)).score
        if score > highest or (score == highest and (best is None or number < best)):
            best, highest = number, score
    return best


def title_lines(blocks: Sequence[Block]) -> Iterator[TitleLine]:
    """The lines around the beginning of the body that could be its title, in their order."""
    around = _Surroundings(blocks, body_start(blocks))
    for number in around.said:
        yield TitleLine(number, around.text(number), around.looks(number))


@cache
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = yaml.load((data_folder() / "title_weights.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def _score(looks: Iterable[str], values: Iterable[float]) -> float:
    return sum(map(mul, map(_weights().__getitem__, looks), values), start=0.0)


class _Looks(NamedTuple):
    """Looks that are seen together, by the names of the weights, and how much they speak for a title."""

    values: Mapping[str, float]
    score: float


def _weighed(values: Mapping[str, float]) -> _Looks:
    return _Looks(values, _score(values, values.values()))


class _Line(NamedTuple):
    """What a line says by itself; it has no stems where it cannot be a title."""

    joined: str
    length: int
    credits: bool
    could_be_title: bool
    stems: Set[str]


@lru_cache(maxsize=5_000)
def _line(text: str) -> _Line:
    words = words_of(text)
    count = count_of(words, text)
    credits = publication_date(text) is not None or is_byline(text)
    could_be_title = not credits and count in _WORDS and len(text) < _MAX_LETTERS and not text.endswith((":", ","))
    return _Line(" ".join(words), count, credits, could_be_title, frozenset(stems_of(words) if could_be_title else ()))


@lru_cache(maxsize=1_000)
def _signs(text: str) -> _Looks:
    """How a line is written, each sign from 0 to 1."""
    written = text.split()
    capitals = sum(map(str.isupper, map(_first, written))) / len(written) if _CASED.search(text) else _MIDDLING_CAPITALS
    return _weighed({
        "bullet": float(_BULLET.match(text) is not None),
        "full stop": float(text.endswith((".", "。")) and not _ABBREVIATION.search(text)),
        "mark": float(text[-1] in _MARKS),
        "capitals": capitals,
        "digit": float(_DIGIT.search(text) is not None),
        "parted": float(_PARTED.search(text) is not None),
    })  # fmt: skip


@cache
def _most_of_signs() -> float:
    """How much the signs of a line can speak for its being the title, whatever they are."""
    return sum(max(0.0, _weights()[name]) for name in _signs("A").values)


@lru_cache(maxsize=100)
def _size(words: int) -> _Looks:
    return _weighed({"words": math.log1p(words), "many words": float(words > 20)})


@lru_cache(maxsize=100)
def _place(above: int) -> _Looks:
    """Where a line stands that is this many lines above the body."""
    return _weighed({
        "lines above": math.log1p(max(0, above)),
        "begins body": float(above == 0),
        "inside body": float(above < 0),
        "far above": float(above > 25),
    })  # fmt: skip


@cache
def _either(names: tuple[str, ...], *seen: bool) -> _Looks:
    return _weighed(dict(zip(names, map(float, seen), strict=True)))


class _Surroundings:
    """The lines around the beginning of a body; `said` has those of them that could be its title, by their numbers: how
    much of what lines above say the body says too, and how much of what this line says, in full, how often."""

    def __init__(self, blocks: Sequence[Block], start: int) -> None:
        self._blocks = blocks
        self._start = start
        self._first = max(0, start - _ABOVE)
        self._lines = [_line(block.text[:_MAX_LETTERS]) for block in blocks[self._first : start + _BELOW]]
        self._joined = [line.joined for line in self._lines]
        self._ends = "".join(line + "\n" for line in self._joined)
        self._starts = [0, *accumulate(len(line) + 1 for line in self._joined)]
        self._times = Counter(self._joined)
        self._credits = [line.credits for line in self._lines]
        self.said = dict(self._said("\n".join([block.text for block in blocks[start:] if block.reason is None])))

    def score(self, number: int) -> float:
        """How much all looks of the line but its own signs speak for its being the title."""
        place, gaps, size, beside = self._seen(number)
        return place.score + gaps.score + size.score + beside.score + _score(_SAID, self.said[number])

    def text(self, number: int) -> str:
        """The line as far as it is weighed."""
        return self._blocks[number].text[:_MAX_LETTERS]

    def looks(self, number: int) -> dict[str, float]:
        """All looks of the line by the names of the weights."""
        place, gaps, size, beside = (looks.values for looks in self._seen(number))
        said = dict(zip(_SAID, self.said[number], strict=True))
        signs = _signs(self.text(number)).values
        return {**place, **gaps, _SAID[0]: said[_SAID[0]], **size, **signs, **beside, **said}

    def _said(self, body: str) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
        sought = Sought(set().union(*[line.stems for line in self._lines]))
        told = {stem for stem, times in sought.counted(body[:_TEXT_LETTERS]).items() if times}
        counts = sought.counted(body[:_COUNTED_LETTERS])
        before = 0.0
        for number, line in enumerate(self._lines, start=self._first):
            if line.could_be_title:
                own = line.stems
                share = len(own & told) / len(own) if own else 0.0
                often = sum(map(math.log1p, map(counts.get, own, _NEVER))) / max(1, len(own))
                fully = share * min(1.0, len(own) / _ENOUGH_WORDS)
                yield number, (before, share, fully, often / 3)
                before = max(before, fully)

    def _seen(self, number: int) -> tuple[_Looks, _Looks, _Looks, _Looks]:
        """Where the line stands, the gaps around it, how long it is and what stands beside it: a date or byline, long lines,
        itself again, itself at the end of a path."""
        place, lines, blocks = number - self._first, self._lines, self._blocks
        line = lines[place]
        blank_behind = number + 1 < len(blocks) and blocks[number + 1].blank_before
        gaps = _either(_GAPS, blocks[number].blank_before, blank_behind, number == 0)
        beside = _either(
            _BESIDE,
            True in self._credits[place + 1 : place + 5],
            True in self._credits[max(0, place - 3) : place],
            self._times[line.joined] > 1,
            len(line.joined) > _PATH_LETTERS and self._ends_a_path(place),
            place + 1 < len(lines) and lines[place + 1].length >= 8,
            place > 0 and lines[place - 1].length >= 8,
        )
        return _place(self._start - number), gaps, _size(line.length), beside

    def _ends_a_path(self, place: int) -> bool:
        own = self._joined[place]
        # One search through all lines, since most lines end none.
        found = self._ends.find(own + "\n", 0, self._starts[place]) >= 0
        return found and any(one != own and one.endswith(own) for one in self._joined[:place])


_first = itemgetter(0)
