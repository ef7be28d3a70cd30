"""Which windows of a text show best why it was found? Pieces of text, each with whether it matched."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from searchapp.analysis import Tokens, analyze, look_up, look_up_pattern
from searchapp.grammar import Fuzzy, Near, Node, Phrase, Prefix, Wildcard, Word, positive_leaves
from searchapp.model import Snippet

WINDOW_TOKENS = 32
LEAD_TOKENS = 6
"""How many tokens stand before the first match of a window."""
MAX_WINDOWS = 3
FALLBACK_CHARACTERS = 200
_JOINERS = ("", "-", "'", "’", "\u2010", "\u2011")


@dataclass(frozen=True, slots=True)
class Marker:
    """What the positive parts of a query match in a token stream."""

    tokens: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    near: tuple[tuple[frozenset[str], int], ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    fuzzy: tuple[tuple[str, int], ...] = field(default=())

    @classmethod
    def of(cls, tree: Node | None, languages: Collection[str], reads: str = "text") -> Marker:
        """The marker for leaves without a field and for those of the field `reads`."""
        leaves = [leaf for name, leaf in positive_leaves(tree) if name in (None, reads)] if tree is not None else []
        return _collect(leaves, languages)

    def marks(self, tokens: Tokens) -> list[bool]:
        """For each position whether it matches."""
        found = [self._matches(*streams) for streams in zip(tokens.forms, tokens.stems, tokens.wholes, strict=True)]
        for phrase in self.phrases:
            for start in _occurrences(phrase, tokens.forms):
                found[start : start + len(phrase)] = [True] * len(phrase)
        for group, width in self.near:
            _mark_near(group, width, tokens.forms, found)
        return found

    def _matches(self, form: str, stem: str, whole: str) -> bool:
        if form in self.tokens or (stem and stem in self.tokens):
            return True
        if any(pattern.fullmatch(whole or form) or pattern.fullmatch(form) for pattern in self.patterns):
            return True
        return any(OSA.distance(form, text, score_cutoff=most) <= most for text, most in self.fuzzy)


def _collect(leaves: Iterable[Node], languages: Collection[str]) -> Marker:
    tokens: set[str] = set()
    phrases: list[tuple[str, ...]] = []
    near: list[tuple[frozenset[str], int]] = []
    patterns: list[re.Pattern[str]] = []
    fuzzy: list[tuple[str, int]] = []
    for leaf in leaves:
        pattern = look_up_pattern(_pattern_text(leaf)) if isinstance(leaf, Prefix | Wildcard) else None
        if isinstance(leaf, Near):
            group = frozenset(analyze(leaf.text, None).forms)
            near.append((group, len(group) + leaf.distance))
        elif pattern is not None:
            patterns.append(expression(pattern.text))
        elif isinstance(leaf, Word | Phrase | Prefix | Wildcard | Fuzzy):
            word = look_up(leaf.text.replace("*", "").replace("?", ""), () if isinstance(leaf, Phrase) else languages)
            if len(word.forms) == 1:
                tokens.update((word.forms[0], *word.stems))
            elif word.forms:
                phrases.append(word.forms)
            if isinstance(leaf, Fuzzy) and len(word.forms) == 1:
                fuzzy.append((word.forms[0], leaf.distance))
    return Marker(frozenset(tokens), tuple(phrases), tuple(near), tuple(patterns), tuple(fuzzy))


def _pattern_text(leaf: Prefix | Wildcard) -> str:
    return f"{leaf.text}*" if isinstance(leaf, Prefix) else leaf.text


def expression(pattern: str) -> re.Pattern[str]:
    """The regular expression of a folded pattern of `*` and `?`."""
    parts = ({"*": ".*", "?": "."}.get(character) or re.escape(character) for character in pattern)
    return re.compile("".join(parts), re.DOTALL)


def _occurrences(phrase: tuple[str, ...], forms: tuple[str, ...]) -> Iterator[int]:
    for start in range(len(forms) - len(phrase) + 1):
        if forms[start] == phrase[0] and forms[start : start + len(phrase)] == phrase:
            yield start


def _mark_near(group: frozenset[str], width: int, forms: tuple[str, ...], found: list[bool]) -> None:
    places = [place for place, form in enumerate(forms) if form in group]
    for first in places:
        window = [place for place in places if first <= place < first + width]
        if {forms[place] for place in window} == group:
            for place in window:
                found[place] = True


def marked(text: str, language: str | None, marker: Marker) -> Snippet:
    """The whole text in pieces: what a title looks like."""
    tokens = analyze(text, language)
    return _pieces(text, tokens, marker.marks(tokens), 0, len(text)) if text else ()


def snippets(texts: Iterable[str], language: str | None, marker: Marker) -> tuple[Snippet, ...]:
    """The best windows of the texts in reading order, at most three; without a match the beginning of the first."""
    windows: list[tuple[int, int, Snippet]] = []
    beginning: Snippet = ()
    for number, text in enumerate(texts):
        beginning = beginning or _beginning(text)
        tokens = analyze(text, language)
        marks = marker.marks(tokens)
        windows.extend((score, -number, piece) for score, piece in _windows(text, tokens, marks))
    if not windows:
        return (beginning,) if beginning else ()
    best = sorted(range(len(windows)), key=lambda place: (-windows[place][0], place))[:MAX_WINDOWS]
    return tuple(windows[place][2] for place in sorted(best))


def _windows(text: str, tokens: Tokens, marks: list[bool]) -> Iterator[tuple[int, Snippet]]:
    """Windows that do not overlap, each begun at a match, with a score: different words first, then matches."""
    places = [place for place, mark in enumerate(marks) if mark]
    end = 0
    for place in places:
        if place < end:
            continue
        start = max(end, place - LEAD_TOKENS)
        end = min(start + WINDOW_TOKENS, len(marks))
        inside = [one for one in places if start <= one < end]
        score = 10 * len({tokens.stems[one] or tokens.forms[one] for one in inside}) + min(len(inside), 9)
        yield score, _cut(text, tokens, marks, start, end)


def _cut(text: str, tokens: Tokens, marks: list[bool], start: int, end: int) -> Snippet:
    """The window in pieces, with an ellipsis where text was left out; it reaches to the punctuation after it."""
    first = 0 if start == 0 else tokens.starts[start]
    last = len(text) if end == len(marks) else tokens.starts[end]
    cut = _pieces(text, tokens, marks, first, last, start, end)
    before = (("… ", False),) if start else ()
    after = (("…", False),) if end < len(marks) else ()
    return (*before, *cut, *after)


def _pieces(
    text: str, tokens: Tokens, marks: list[bool], first: int, last: int, start: int = 0, end: int | None = None
) -> Snippet:
    pieces: list[tuple[str, bool]] = []
    place = first
    for token in range(start, len(marks) if end is None else end):
        if not marks[token]:
            continue
        gap = text[place : tokens.starts[token]]
        if pieces and pieces[-1][1] and (gap.isspace() or gap in _JOINERS):
            # Neighbouring matches are one mark: a phrase reads as one.
            pieces[-1] = (text[place - len(pieces[-1][0]) : tokens.ends[token]], True)
        else:
            pieces += [(gap, False), (text[tokens.starts[token] : tokens.ends[token]], True)]
        place = tokens.ends[token]
    pieces.append((text[place:last], False))
    return tuple((_one_line(piece), mark) for piece, mark in pieces if piece)


def _beginning(text: str) -> Snippet:
    if len(text) <= FALLBACK_CHARACTERS:
        return ((_one_line(text), False),) if text else ()
    cut = text[:FALLBACK_CHARACTERS].rsplit(maxsplit=1)[0]
    return ((_one_line(cut), False), (" …", False))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
