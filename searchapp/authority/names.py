"""Where in a text do the names of many records occur? Answered for all of them in one reading of its forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Generic, Protocol, TypeVar

import ahocorasick

T = TypeVar("T")


class Words(Protocol):
    """A text as folded forms, with the offsets in it at which each starts and ends."""

    @property
    def forms(self) -> tuple[str, ...]: ...
    @property
    def starts(self) -> tuple[int, ...]: ...
    @property
    def ends(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Occurrence(Generic[T]):
    """The forms from `first` up to, not including, `last` are a name, and `entries` is what is known under it.

    `start` and `end` are offsets in the text, without an Arabic conjunction or preposition that is written together
    with the name.
    """

    first: int
    last: int
    start: int
    end: int
    entries: tuple[T, ...]


# Conjunctions and prepositions of one letter, alone and one after the other.
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_ARABIC = re.compile("[\u0621-\u064a]+")
# Shorter Arabic names with a letter before them are too often another word.
_SHORTEST_PREFIXED = 4
# What may stand between the words of a name; a point only after an abbreviation, a line break but no empty line.
_GAP = re.compile(r"[^\S\n]?\n?[^\S\n]?|[-\u2010-\u2012'’‘ʼʿ`/]|[^\S\n]?[&][^\S\n]?")
_POINT = re.compile(r"\.[^\S\n]?")
_LONGEST_ABBREVIATED = 3


class NameIndex(Generic[T]):
    """Names, each a sequence of forms, with what is known under each."""

    def __init__(self, names: Iterable[tuple[Sequence[str], T]]) -> None:
        known: dict[str, dict[int, dict[T, None]]] = {}
        for forms, entry in names:
            for prefixed, letters in _with_prefixes(forms):
                known.setdefault(_key(prefixed), {}).setdefault(letters, {})[entry] = None
        self._automaton = ahocorasick.Automaton()
        for key, by_prefix in known.items():
            entries = tuple((letters, tuple(ones)) for letters, ones in by_prefix.items())
            self._automaton.add_word(key, (len(key), entries))
        self._automaton.make_automaton()
        self._empty = not known

    def find(self, text: str, words: Words) -> list[Occurrence[T]]:
        """Every occurrence of every name in the text that `words` was made of, those inside of others included."""
        if self._empty or not words.forms:
            return []
        # Each form is preceded by one space, so that a name can begin and end with nothing but a whole form.
        numbers = {0: 0}
        for number, end in enumerate(accumulate(len(form) + 1 for form in words.forms), start=1):
            numbers[end] = number
        found = []
        for end, (length, entries) in self._automaton.iter(_key(words.forms)):
            first, last = numbers[end - length + 1], numbers[end]
            if last - first == 1 or _is_one_name(text, words, first, last):
                for letters, ones in entries:
                    start = _after_letters(text, words.starts[first], letters)
                    found.append(Occurrence(first, last, start, words.ends[last - 1], ones))
        return found


def longest(found: Iterable[Occurrence[T]]) -> list[Occurrence[T]]:
    """Those that do not overlap, in order: of two that do the one that begins first, then the longer one."""
    chosen: list[Occurrence[T]] = []
    for one in sorted(found, key=lambda occurrence: (occurrence.first, -occurrence.last, occurrence.start)):
        if not chosen or one.first >= chosen[-1].last:
            chosen.append(one)
    return chosen


def _key(forms: Sequence[str]) -> str:
    return f" {' '.join(forms)} "


def _with_prefixes(forms: Sequence[str]) -> Iterator[tuple[Sequence[str], int]]:
    """The name, and for an Arabic one what it is written like behind each prefix, with the prefix's length."""
    if not forms:
        return
    yield forms, 0
    first, *others = forms
    if len(first) >= _SHORTEST_PREFIXED and _ARABIC.fullmatch(first):
        for prefix in _PREFIXES:
            yield (prefix + first, *others), len(prefix)
            # The article loses its alif behind the preposition li-.
            if prefix.endswith("ل") and first.startswith("ال"):
                yield (prefix + first[1:], *others), len(prefix)


def _is_one_name(text: str, words: Words, first: int, last: int) -> bool:
    for before, after in pairwise(range(first, last)):
        gap = text[words.ends[before] : words.starts[after]]
        abbreviated = len(words.forms[before]) <= _LONGEST_ABBREVIATED and _POINT.fullmatch(gap)
        if not abbreviated and not _GAP.fullmatch(gap):
            return False
    return True


def _after_letters(text: str, offset: int, letters: int) -> int:
    """The offset behind this many letters and the marks on the last of them."""
    if not letters:
        return offset
    while letters or (offset < len(text) and not _is_letter(text[offset])):
        letters -= _is_letter(text[offset])
        offset += 1
    return offset


def _is_letter(character: str) -> bool:
    return character != "\u0640" and unicodedata.category(character)[0] == "L"
