"""Which pieces of a text show best why it was found? Windows around what matched, cut where sentences and words end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import regex

from searchapp.engine.reading import Reading, read
from searchapp.grammar import Leaf, Node, positive_leaves
from searchapp.model import Snippet

MOST = 3
MOST_MARKS = 10_000
"""Marks of one text, the first of which a snippet may be about; so that the work is bounded, however long the text."""

WIDTH = 200
"""Characters of a snippet, unless one match is longer."""

REACH = 40
"""Characters in which a better place to cut is looked for."""

APART = 60
"""Characters between a snippet and what another one is about."""

_BLANKS = re.compile(r"\s+")
_REST = re.compile(r"\s*\Z")
# A stop with the quotes that close after it, or a new line; then, as a group, the blanks before the next sentence.
_STOP = re.compile(r"[.!?…؟۔।。！？\n](?:(?<=\n)|(?<=[。！？])[”」』）]*|[\"'”’»)\]]*(?=\s))(\s*)")
_WORD = regex.compile(r"(?<=\s)[^\s\p{M}\p{Cf}]")
_GRAPHEME = regex.compile(r"\X")
_LONGEST_GRAPHEME = 64


class Mark(NamedTuple):
    """A match from `start` to `end` (offsets in its text) of the part of the query with this number."""

    start: int
    end: int
    part: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its marks, in order."""

    text: str
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of a query that is marked where it is read, with the field that it is asked of (None: none named)."""

    leaf: Leaf
    field: str | None
    reading: Reading


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a query is marked in titles, and what in texts; what reads the same is one part."""

    title: tuple[Part, ...]
    text: tuple[Part, ...]

    @classmethod
    def of(cls, tree: Node | None, scope: str, languages: Collection[str]) -> Parts:
        """The positive parts of the tree, as they read in an index of these languages."""
        leaves = dict.fromkeys(positive_leaves(tree))
        parts = [Part(leaf, field, read(leaf, languages)) for field, leaf in leaves]
        in_title = [part for part in parts if part.field in (None, "title") and scope != "removed"]
        return cls(_distinct(in_title), _distinct([part for part in parts if part.field in (None, "text")]))


def whole_title(title: str, marks: Sequence[Mark]) -> Snippet:
    """The title in pieces."""
    if not marks:
        line = _line(title)
        return ((line, False),) if line else ()
    return _cut(title, marks, 0, len(title))


def best_snippets(passages: Sequence[Passage]) -> tuple[Snippet, ...]:
    """At most MOST windows in the order of the text, those with most of the query first chosen; else the beginning."""
    windows: list[_Window] = []
    for number, passage in enumerate(passages):
        windows += _windows(number, passage.marks[:MOST_MARKS])
    chosen = _best(passages, windows) if windows else ()
    if not chosen:
        return tuple(_opening(one.text) for one in passages if one.text.strip())[:1]
    shown = ((passages[number], start, end) for number, start, end in sorted(chosen))
    return tuple(_cut(one.text, one.marks, start, end) for one, start, end in shown)


class _Window(NamedTuple):
    """Neighbouring marks of one passage from `first` to `last` (offsets), sorted as they are preferred.

    `missed` is less the more parts there are, `spread` is from the first part to the last; `seen` are bits of parts.
    """

    missed: int
    spread: int
    passage: int
    first: int
    last: int
    seen: int


_Shown = tuple[int, int, int]
"""A passage, and from where to where it is shown."""


def _distinct(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple({part.reading: part for part in parts}.values())


def _windows(passage: int, marks: Sequence[Mark]) -> list[_Window]:
    """From each mark on, the next mark of each other part that fits into a snippet together with it; the last first."""
    following: dict[int, Mark] = {}
    windows = []
    for mark in reversed(marks):
        first, last, part = mark
        seen, spread = 1 << part, 0
        following[part] = mark
        for start, end, other in following.values():
            if other != part and end - first <= WIDTH:
                seen, spread, last = seen | 1 << other, max(spread, start - first), max(last, end)
        windows.append(_Window(-seen.bit_count(), spread, passage, first, last, seen))
    return windows


def _best(passages: Sequence[Passage], windows: Iterable[_Window]) -> list[_Shown]:
    """Where to show windows: those with most parts that no other shows yet, then the preferred, apart from each other."""
    chosen: list[_Shown] = []
    waiting = sorted(windows)
    unseen = 0
    for window in waiting:
        unseen |= window.seen
    while waiting and len(chosen) < MOST:
        best = waiting[0]
        if unseen & ~best.seen:
            best = max(waiting, key=lambda one: (one.seen & unseen).bit_count())
        unseen &= ~best.seen
        _, _, passage, first, last, _ = best
        text = passages[passage].text
        low, high = 0, len(text)
        for number, start, end in chosen:
            if number == passage:
                low, high = (max(low, end), high) if end <= first else (low, min(high, start) if start >= last else high)
        start, end = _frame(text, best, low, high)
        chosen.append((passage, start, end))
        before, after = start - APART, end + APART
        waiting = [one for one in waiting if one[4] < before or one[3] > after or one[2] != passage]
    return chosen


def _frame(text: str, window: _Window, low: int, high: int) -> tuple[int, int]:
    """From where to where, between `low` and `high`, a window is shown."""
    first, last = window.first, window.last
    room = WIDTH - (last - first)
    if room <= 0:
        return first, last
    earliest = max(low, first - room)
    start = _start(text, max(earliest, min(first - room // 2, high - WIDTH)), earliest, first)
    return start, _end(text, min(high, start + WIDTH), last)


def _start(text: str, wanted: int, earliest: int, latest: int) -> int:
    """Where to begin: with the sentence nearest to the wanted place, else a word, else a character."""
    if wanted <= 0:
        return 0
    sentences = [start for _, start in _sentences(text, max(earliest, wanted - REACH), min(latest, wanted + REACH))]
    if sentences:
        return min(sentences, key=lambda place: abs(place - wanted))
    word = _WORD.search(text, wanted, min(wanted + REACH, latest) + 1)
    if word is not None:
        return word.start()
    if latest - wanted <= REACH:
        return latest
    anchor = max(text.rfind(" ", 0, wanted) + 1, wanted - WIDTH)
    return next(place for place in _boundaries(text, anchor, latest) if place >= wanted)


def _end(text: str, wanted: int, earliest: int) -> int:
    """Where to end: with a sentence close before the wanted place, else a word, else a character."""
    if wanted >= len(text) or _REST.match(text, wanted):
        return len(text)
    nearest = max(earliest, wanted - REACH)
    sentences = _sentences(text, nearest, wanted + 1)
    if sentences:
        return sentences[-1][0]
    for place in range(wanted, nearest, -1):
        if text[place].isspace() and not text[place - 1].isspace():
            return place
    return max(place for place in _boundaries(text, earliest, wanted) if place <= wanted)


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where sentences end and the next begin, of what stands from `start` to before `end`."""
    sentences = []
    for found in _STOP.finditer(text, start, end):
        begin, following = found.span()
        if text[begin] == "\n":
            sentences.append((begin, following))
        # After an abbreviation a sentence mostly goes on in small letters.
        elif not text[following : following + 1].islower():
            sentences.append((found.start(1), following))
    return sentences


def _boundaries(text: str, start: int, end: int) -> Iterator[int]:
    """The places from `start` on, up to one at `end` or after it, that are between characters as they are read."""
    yield start
    for found in _GRAPHEME.finditer(text, start, min(len(text), end + _LONGEST_GRAPHEME)):
        yield found.end()
        if found.end() >= end:
            return


def _opening(text: str) -> Snippet:
    return _cut(text, (), 0, _end(text, WIDTH, 0))


def _cut(text: str, marks: Sequence[Mark], start: int, end: int) -> Snippet:
    """What stands from `start` to `end` in pieces, on one line, with what matches there as a whole."""
    pieces = []
    reached, before = start, "… " if start > 0 else ""
    for first, last in _joined(marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))], end):
        pieces += [(_line(before + text[reached:first]), False), (_line(text[first:last]), True)]
        reached, before = last, ""
    after = " …" if end < len(text) else ""
    pieces.append((_line(before + text[reached:end] + after), False))
    return tuple(piece for piece in pieces if piece[0])


def _joined(marks: Iterable[Mark], end: int) -> list[tuple[int, int]]:
    """From where to where something matches that ends in time, what overlaps or touches as one."""
    joined: list[tuple[int, int]] = []
    for mark in marks:
        if mark.end > end:
            continue
        if joined and mark.start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], mark.end)
        else:
            joined.append((mark.start, mark.end))
    return joined


def _line(text: str) -> str:
    return text if text.isprintable() and "  " not in text else _BLANKS.sub(" ", text)
