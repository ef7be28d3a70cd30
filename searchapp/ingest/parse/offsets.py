"""Where in a page's source does a text stand that was read from its tree?"""

from __future__ import annotations

import re

_OPENING = re.compile(r"<(?:(!--)|(script|style|noscript|template|svg)\b)?", re.IGNORECASE)
_TAGS = re.compile(r"(?:<(?!!--|(?i:script|style|noscript|template|svg)\b)[^>]*+>\s*+)++")
"""Tags that `_OPENING` does not name, side by side."""
_CLOSINGS = {
    "!--": re.compile("-->"),
    **{
        name: re.compile(rf"</{name}\s*>", re.IGNORECASE)
        for name in ("script", "style", "noscript", "template", "svg")
    },
}
_WORD = re.compile(r"\w+")
_BETWEEN = re.compile(r"(?:&#?\w{1,31};|\W)+")
_BLANKS = re.compile(r"\s*")
_MARKS = ".,;:!?…)]}\"'’”»،؛؟。"
_EFFORT = 20
"""Times that a source may be read through in search of its texts; pages made to be slow have none found after that."""
_END = 80
_FARTHEST = 20_000
_COMPARED = 4
"""Words that must stand side by side; with fewer, menus are taken for the headings that they repeat."""


class Locator:
    """Finds texts in reading order, each after the one before it."""

    def __init__(self, source: str) -> None:
        self._visible = _without_markup(source)
        self._seek = 0
        self._effort = _EFFORT * len(source)

    def span(self, text: str) -> tuple[int, int]:
        """Start and end of the text in the source; the place where the search began, twice, if it is not found."""
        first, last, apart = _ends(text)
        start, end = self._find(first, self._seek)
        if start >= 0 and apart:
            # Entities and blanks make the source longer than its text, so the last words stand here or further on.
            tail, end = self._find(last, start + apart)
            start = self._latest(first, start, tail - apart) if 0 <= tail - start <= _FARTHEST + 8 * len(text) else -1
        if start < 0:
            return self._seek, self._seek
        self._seek = min(max(self._marks(text, end), start), len(self._visible))
        return start, self._seek

    def _latest(self, words: list[str], start: int, limit: int) -> int:
        """The last place from `start` to `limit` where the words stand: before it they may stand in what is hidden."""
        while start < limit:
            later, _ = self._find(words, start + 1, limit + len(words[0]))
            if later < 0:
                break
            start = later
        return start

    def _find(self, words: list[str], begin: int, end: int | None = None) -> tuple[int, int]:
        """Where the words stand side by side from `begin` on, the first one before `end`, and where they end, or -1."""
        at = begin - 1
        while words and self._effort > 0:
            before, at = at, self._visible.find(words[0], at + 1, end)
            self._effort -= (at if at >= 0 else end or len(self._visible)) - before
            behind = self._after(words, at) if at >= 0 else -1
            if at < 0 or behind >= 0:
                return at, behind
        return -1, -1

    def _after(self, words: list[str], at: int) -> int:
        """Where the words end that begin at `at`, or -1 if others stand there."""
        plain = " ".join(words)
        if self._visible.startswith(plain, at):
            return at + len(plain)
        at += len(words[0])
        for word in words[1:]:
            between = _BETWEEN.match(self._visible, at)
            if between:
                self._effort -= between.end() - at
                at = between.end()
            if not self._visible.startswith(word, at):
                return -1
            at += len(word)
        return at

    def _marks(self, text: str, at: int) -> int:
        """Where the marks end that close the text, such as a full stop and a quotation mark."""
        for mark in text[len(text.rstrip(_MARKS)) :]:
            blanks = _BLANKS.match(self._visible, at)
            place = blanks.end() if blanks else at
            at = place + 1 if self._visible.startswith(mark, place) else at
        return at


def _ends(text: str) -> tuple[list[str], list[str], int]:
    """The first words of a text, its last ones, and how far these begin behind the first; of a long text no more is read
    than holds them, of few words all are both."""
    if len(text) > 2 * _END:
        head, tail = _WORD.findall(text, 0, _END), _WORD.findall(text, len(text) - _END)
        # The words at the cuts may be pieces.
        if len(head) > _COMPARED and len(tail) > _COMPARED:
            return _between(text, head, tail)
    words = _WORD.findall(text)
    return _between(text, words, words) if len(words) > _COMPARED else (words, words, 0)


def _between(text: str, head: list[str], tail: list[str]) -> tuple[list[str], list[str], int]:
    first, last = head[:_COMPARED], tail[-_COMPARED:]
    at = len(text)
    for word in reversed(last):
        at = text.rfind(word, 0, at)
    return first, last, at - text.find(first[0])


def _without_markup(source: str) -> str:
    """The source with blanks in place of tags, comments and what is never shown; every place in it is looked at once."""
    pieces: list[str] = []
    endless: set[str] = set()
    end = 0
    while (start := source.find("<", end)) >= 0:
        pieces.append(source[end:start])
        tags = _TAGS.match(source, start)
        end = tags.end() if tags else _end_of(source, start, endless)
        if end < 0:
            return "".join((*pieces, source[start:]))
        pieces.append(" " * (end - start))
    return "".join((*pieces, source[end:]))


def _end_of(source: str, start: int, endless: set[str]) -> int:
    """Where what begins with this `<` ends, -1 for no such place; `endless` keeps what has no end any more."""
    opening = _OPENING.match(source, start)
    name = (opening[1] or opening[2] or "").lower() if opening else ""
    if name and name not in endless:
        closing = _CLOSINGS[name].search(source, start + 1)
        if closing:
            return closing.end()
        endless.add(name)
    return source.find(">", start) + 1 or -1
