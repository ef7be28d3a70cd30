"""What stands around a name: the words beside it, its sentence, its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from searchapp.analysis import Tokens
from searchapp.authority import line_around

# Begins with a few signs, which are found much faster than what stands behind them.
_SENTENCE_END = re.compile(r"[.!?؟\n](?:(?<=\n)\n*|(?<=[^A-Z][.!?؟])[\"”’')\]]?\s+)")
_SENTENCE_START = re.compile(r"(?:^|[.!?؟:;\"“”‘«»()\[\]\n•])\s*$")
_ENDS_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?][\"”’')\]]?\s*$")
_BESIDE = frozenset((" ", "-", "\u00a0", "\n", "/"))
# Titles that are written with a point, which ends no sentence then.
_POINTED = frozenset(("mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "col", "lt", "capt", "maj", "sgt", "rev"))

# In a headline written in this way at least so many of its longer words have a capital, names or not.
_SHARE_OF_CAPITALS = 0.8
_LONGER = 4


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A word with nothing but a blank, a hyphen or a slash between it and the name."""

    form: str
    surface: str
    opens_sentence: bool

    @property
    def capital(self) -> bool:
        return self.surface[0].isupper()


class Surroundings:
    """The words of a text by number, and the sentences and lines they stand in."""

    def __init__(self, text: str, words: Tokens) -> None:
        self.words = words
        self._text = text
        self._headlines: dict[str, bool] = {}

    @cached_property
    def sentence_ends(self) -> list[int]:
        """The offsets at which sentences end, in order."""
        return [match.end() for match in _SENTENCE_END.finditer(self._text)]

    def before(self, number: int) -> Neighbour | None:
        """The word right before that of this number."""
        return self._word(number - 1) if self._is_beside(number - 1) else None

    def after(self, number: int) -> Neighbour | None:
        """The word of this number, if it stands right behind the one before it."""
        return self._word(number) if self._is_beside(number - 1) else None

    def is_headline(self, offset: int) -> bool:
        """Whether the line is no sentence and gives most of its words a capital, so that capitals say little."""
        line = line_around(self._text, offset)
        if line not in self._headlines:
            self._headlines[line] = _has_capitals_throughout(line)
        return self._headlines[line]

    def _is_beside(self, number: int) -> bool:
        """Whether the word of this number and the next one stand side by side."""
        if not 0 <= number < len(self.words.forms) - 1:
            return False
        gap = self._text[self.words.ends[number] : self.words.starts[number + 1]]
        return gap in _BESIDE or (gap == ". " and self.words.forms[number] in _POINTED)

    def _word(self, number: int) -> Neighbour:
        start = self.words.starts[number]
        opens = _SENTENCE_START.search(self._text[max(0, start - 4) : start]) is not None
        return Neighbour(self.words.forms[number], self._text[start : self.words.ends[number]], opens)


def _has_capitals_throughout(line: str) -> bool:
    """Whether a line is no sentence and gives most of its longer words a capital."""
    words = [word for word in line.split() if len(word) > _LONGER and word[0].isalpha()]
    return len(words) > 1 and not _ENDS_SENTENCE.search(line) and sum(word[0].isupper() for word in words) >= _SHARE_OF_CAPITALS * len(words)
