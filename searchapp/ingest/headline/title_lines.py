"""Which line above the text is its title? Each is weighed by what it says, how it looks and what stands beside it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter, mul

import regex
import yaml

from searchapp.ingest.data import data_folder
from searchapp.ingest.headline.lines import body_start, length, publication_date, words_of
from searchapp.ingest.headline.names import is_byline
from searchapp.model import Block

_ABOVE, _BELOW = 60, 4
"""Lines before and from the first paragraph of the body on among which a title is sought."""
_WORDS = range(1, 36)
_MAX_LETTERS = 400
_TEXT_LETTERS = 2_400
"""Of the body, with which a line is compared: what a title says is said again at the beginning."""
_COUNTED_LETTERS = 20_000
_FIRST_LETTERS = 5
"""Letters by which two words are one, so that `recruits` in a title is met by `recruiting` in the text."""
_ENOUGH_WORDS = 5
"""Long words at which a share counts in full: two words that the text uses are no title yet."""
_PATH_LETTERS = 12
_MIDDLING_CAPITALS = 0.6
"""What stands for the share of capitals in scripts that have none."""
_BULLET = re.compile(r"(?:[*+•·o]|\d+[.)])\s")
_ABBREVIATION = regex.compile(r"(?:\p{L}\.){2,}$")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]{2,}")
_FIRST_UNSPACED = "\u0e00"
_DIGIT = re.compile(r"\d")
_PARTED = re.compile(r"[|»›]| / ")
_MARKS = "?!\"”’'؟？！"


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line that could be the title: its number, and how it looks by the names of the weights."""

    number: int
    text: str
    looks: Mapping[str, float]


def title_line(blocks: Sequence[Block]) -> int | None:
    """The number of the block that is the title; None where no line speaks enough for itself."""
    weights = _weights()
    scores = {
        line.number: sum(map(mul, map(weights.__getitem__, line.looks), line.looks.values())) for line in title_lines(blocks)
    }
    best = max(scores, key=lambda number: scores[number], default=None)
    return best if best is not None and scores[best] >= weights["enough"] else None


@cache
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = yaml.load((data_folder() / "title_weights.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


def title_lines(blocks: Sequence[Block]) -> Iterator[TitleLine]:
    """The lines around the beginning of the body that could be its title, in their order."""
    start = body_start(blocks)
    first = max(0, start - _ABOVE)
    lines = [_line(block.text[:_MAX_LETTERS]) for block in blocks[first : start + _BELOW]]
    surroundings = _Surroundings(lines, *_told([block.text for block in blocks[start:] if block.kept]))
    said_before = 0.0
    for place, line in enumerate(lines):
        if line.look:
            number = first + place
            said = surroundings.said(line)
            gaps = {
                "blank before": float(blocks[number].blank_before),
                "blank behind": float(number + 1 < len(blocks) and blocks[number + 1].blank_before),
                "first of all": float(number == 0),
                "said before": said_before,
            }
            looks = {**_place(start - number), **gaps, **line.look, **surroundings.beside(place), **said}
            said_before = max(said_before, said["said fully"])
            yield TitleLine(number, line.text, looks)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says by itself; `look` and `stems` are empty where it cannot be a title."""

    text: str
    joined: str
    length: int
    credits: bool
    look: Mapping[str, float]
    stems: Set[str]


@lru_cache(maxsize=5_000)
def _line(text: str) -> _Line:
    dated, signed = publication_date(text) is not None, is_byline(text)
    look = _look(text) if not (dated or signed) and _could_be_title(text) else {}
    words = words_of(text)
    return _Line(text, " ".join(words), length(text), dated or signed, look, frozenset(_stems_of(words) if look else ()))


def _could_be_title(text: str) -> bool:
    return length(text) in _WORDS and len(text) < _MAX_LETTERS and not text.endswith((":", ","))


def _place(above: int) -> dict[str, float]:
    """Where a line stands that is this many lines above the body."""
    return {
        "lines above": math.log1p(max(0, above)),
        "begins body": float(above == 0),
        "inside body": float(above < 0),
        "far above": float(above > 25),
    }


def _look(text: str) -> dict[str, float]:
    words, written = length(text), text.split()
    capitals = sum(map(str.isupper, map(_first, written))) / len(written) if _CASED.search(text) else _MIDDLING_CAPITALS
    return {
        "words": math.log1p(words),
        "many words": float(words > 20),
        "bullet": float(_BULLET.match(text) is not None),
        "full stop": float(text.endswith((".", "。")) and not _ABBREVIATION.search(text)),
        "mark": float(text[-1] in _MARKS),
        "capitals": capitals,
        "digit": float(_DIGIT.search(text) is not None),
        "parted": float(_PARTED.search(text) is not None),
    }


class _Surroundings:
    """The lines around the beginning of a body, and what the body says."""

    def __init__(self, lines: Sequence[_Line], body: set[str], counts: Counter[str]) -> None:
        self._body = body
        self._counts = counts
        self._joined = [line.joined for line in lines]
        self._ends = "".join(line + "\n" for line in self._joined)
        self._starts = [0, *accumulate(len(line) + 1 for line in self._joined)]
        self._times = Counter(self._joined)
        self._lengths = [line.length for line in lines]
        self._credits = [line.credits for line in lines]

    def said(self, line: _Line) -> dict[str, float]:
        """How much of what the line says the body says too."""
        own = line.stems
        share = len(own & self._body) / len(own) if own else 0.0
        often = sum(map(math.log1p, map(self._counts.__getitem__, own))) / max(1, len(own))
        return {"said": share, "said fully": share * min(1.0, len(own) / _ENOUGH_WORDS), "said often": often / 3}

    def beside(self, place: int) -> dict[str, float]:
        """What stands beside the line: a date or byline, long lines, itself again, itself at the end of a path."""
        own, lengths = self._joined[place], self._lengths
        return {
            "credits behind": float(any(self._credits[place + 1 : place + 5])),
            "credits before": float(any(self._credits[max(0, place - 3) : place])),
            "repeated": float(self._times[own] > 1),
            "ends a path": float(len(own) > _PATH_LETTERS and self._ends_a_path(place)),
            "long behind": float(place + 1 < len(lengths) and lengths[place + 1] >= 8),
            "long before": float(place > 0 and lengths[place - 1] >= 8),
        }

    def _ends_a_path(self, place: int) -> bool:
        own = self._joined[place]
        # One search through all lines, since most lines end none.
        found = self._ends.find(own + "\n", 0, self._starts[place]) >= 0
        return found and any(one != own and one.endswith(own) for one in self._joined[:place])


def _told(texts: Sequence[str]) -> tuple[set[str], Counter[str]]:
    """The stems of the beginning of a body, and how often it says each; its texts are read one by one, since plain ones
    are read faster."""
    body: set[str] = set()
    stems: list[str] = []
    read = 0
    for text in texts:
        if read >= _COUNTED_LETTERS:
            break
        own = _stems_of(words_of(text[: _COUNTED_LETTERS - read]))
        stems += own
        if read < _TEXT_LETTERS:
            left = _TEXT_LETTERS - read
            body.update(own if len(text) <= left else _stems_of(words_of(text[:left])))
        read += len(text) + 1
    return body, Counter(stems)


def _stems_of(words: Sequence[str]) -> list[str]:
    """The beginnings of the long words; of scripts without blanks every two signs that stand side by side."""
    if max(words, default="") < _FIRST_UNSPACED:
        return [word[:_FIRST_LETTERS] for word in words if len(word) > 3]
    stems: list[str] = []
    for word in words:
        if _UNSPACED.match(word):
            stems += (word[at : at + 2] for at in range(len(word) - 1))
        elif len(word) > 3:
            stems.append(word[:_FIRST_LETTERS])
    return stems


_first = itemgetter(0)
