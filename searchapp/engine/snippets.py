"""Which pieces of a document show why it was found? Windows of its text and its title, with what matched marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from searchapp.analysis import Tokens, analyze
from searchapp.engine.reading import Reading, places, read
from searchapp.grammar import Leaf, Node, positive_leaves
from searchapp.model import Snippet

MOST = 3
WIDTH = 200
"""Characters of a snippet, unless one match is longer."""

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A match from `start` to `end` (offsets in its text) of the reading with this number."""

    start: int
    end: int
    reading: int


@dataclass(frozen=True, slots=True)
class _Window:
    """Neighbouring marks of one passage, from `first` to `last` (offsets), that fit into a snippet."""

    passage: int
    first: int
    last: int
    readings: frozenset[int]

    @property
    def extent(self) -> tuple[int, int]:
        """From where to where a snippet may show text, before it is cut at words."""
        margin = max(0, WIDTH - (self.last - self.first)) // 2
        return self.first - margin, self.last + margin


class Highlighter:
    """Marks what the positive parts of one query match, in the title and in the passages that its scope reads."""

    def __init__(self, tree: Node | None, scope: str, languages: Collection[str]) -> None:
        leaves = tuple(positive_leaves(tree))
        in_title = [leaf for name, leaf in leaves if name in (None, "title") and scope != "removed"]
        self._in_title = _read_all(in_title, languages)
        self._in_text = _read_all([leaf for name, leaf in leaves if name in (None, "text")], languages)

    def title(self, title: str, language: str | None) -> Snippet:
        """The whole title in pieces."""
        return _pieces(title, _marks(self._in_title, analyze(title, language)), 0, len(title))

    def snippets(self, passages: Sequence[str], language: str | None) -> tuple[Snippet, ...]:
        """At most MOST windows in the order of the text, those with most of the query first chosen; else the beginning.

        The passages are the kept text, or the removed blocks, or both, as the scope has it.
        """
        tokens = [analyze(passage, language) for passage in passages]
        marks = [_marks(self._in_text, one) for one in tokens]
        chosen = _best([window for number, held in enumerate(marks) for window in _windows(number, held)])
        if chosen:
            return tuple(_show(passages[one.passage], tokens[one.passage], one, marks[one.passage]) for one in chosen)
        filled = ((passage, held) for passage, held in zip(passages, tokens, strict=True) if passage.strip())
        return tuple(_opening(passage, held) for passage, held in filled)[:1]


def _read_all(leaves: Iterable[Leaf], languages: Collection[str]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(read(leaf, languages) for leaf in leaves))


def _marks(readings: Sequence[Reading], tokens: Tokens) -> list[Mark]:
    found = {
        Mark(tokens.starts[first], tokens.ends[last - 1], number)
        for number, reading in enumerate(readings)
        for first, last in places(reading, tokens)
    }
    return sorted(found, key=lambda mark: (mark.start, mark.end, mark.reading))


def _windows(passage: int, marks: Sequence[Mark]) -> Iterable[_Window]:
    """From each mark on, the marks that fit into a snippet together with it."""
    end = 0
    for start, mark in enumerate(marks):
        end = max(end, start + 1)
        while end < len(marks) and marks[end].end - mark.start <= WIDTH:
            end += 1
        held = marks[start:end]
        last = max(one.end for one in held)
        yield _Window(passage, mark.start, last, frozenset(one.reading for one in held))


def _best(windows: Sequence[_Window]) -> list[_Window]:
    """The windows with the most readings that no other shows yet, then the closest; apart from each other, in order."""
    chosen: list[_Window] = []
    shown: frozenset[int] = frozenset()
    waiting = list(windows)
    while waiting and len(chosen) < MOST:
        best = min(waiting, key=lambda one: (-len(one.readings - shown), -len(one.readings), one.last - one.first))
        chosen.append(best)
        shown |= best.readings
        waiting = [one for one in waiting if _apart(one, best)]
    return sorted(chosen, key=lambda one: (one.passage, one.first))


def _apart(one: _Window, other: _Window) -> bool:
    (start, end), (other_start, other_end) = one.extent, other.extent
    return one.passage != other.passage or end < other_start or other_end < start


def _show(text: str, tokens: Tokens, window: _Window, marks: Sequence[Mark]) -> Snippet:
    start, end = window.extent
    start = min(_word_start(tokens, start), window.first)
    end = max(_word_end(text, tokens, end), window.last)
    return _cut(text, [mark for mark in marks if start <= mark.start and mark.end <= end], start, end)


def _opening(text: str, tokens: Tokens) -> Snippet:
    end = _word_end(text, tokens, WIDTH)
    return _cut(text, (), 0, end or min(WIDTH, len(text)))


def _word_start(tokens: Tokens, offset: int) -> int:
    """Where the first word at or after `offset` begins; 0 where that is the first word of all."""
    at = bisect_left(tokens.starts, offset)
    return tokens.starts[at] if 0 < at < len(tokens.starts) else 0


def _word_end(text: str, tokens: Tokens, offset: int) -> int:
    """Where the last word up to `offset` ends; the end of the text where that is the last word of all."""
    at = bisect_right(tokens.ends, offset)
    return len(text) if at == len(tokens.ends) else tokens.ends[at - 1] if at else 0


def _cut(text: str, marks: Iterable[Mark], start: int, end: int) -> Snippet:
    pieces = [("… ", False)] if start > 0 else []
    pieces += _pieces(text, marks, start, end)
    if end < len(text):
        pieces.append((" …", False))
    return _merged(pieces)


def _pieces(text: str, marks: Iterable[Mark], start: int, end: int) -> Snippet:
    pieces: list[tuple[str, bool]] = []
    reached = start
    for mark in marks:
        if mark.end <= reached:
            continue
        pieces.append((text[reached : mark.start], False))
        pieces.append((text[max(reached, mark.start) : mark.end], True))
        reached = mark.end
    pieces.append((text[reached:end], False))
    return _merged(pieces)


def _merged(pieces: Iterable[tuple[str, bool]]) -> Snippet:
    """The pieces on one line, neighbours of the same kind joined, empty ones left out."""
    joined: list[tuple[str, bool]] = []
    for piece, matched in pieces:
        text = _BLANKS.sub(" ", piece)
        if joined and joined[-1][1] == matched:
            joined[-1] = (joined[-1][0] + text, matched)
        elif text:
            joined.append((text, matched))
    return tuple(joined)
