"""Where in a text do the names of many records occur? Answered for all of them in one reading of its forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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


# Arabic conjunctions and prepositions of one letter, alone and one after the other.
_PREFIXES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_ARABIC = re.compile("[\u0621-\u064a]+")
# Shorter Arabic names with a letter before them are too often another word.
_SHORTEST_PREFIXED = 3
# What may stand between the words of a name; a point only after an abbreviation, a line break but no empty line.
_GAP = re.compile(r"[^\S\n]?\n?[^\S\n]?|[-\u2010-\u2012'’‘ʼʿ`/]|[^\S\n]?[&][^\S\n]?")
_POINT = re.compile(r"\.[^\S\n]?")
_LONGEST_ABBREVIATED = 3


class NameIndex(Generic[T]):
    """Names, each a sequence of forms, with what is known under each."""

    def __init__(self, names: Iterable[tuple[tuple[str, ...], T]]) -> None:
        known: dict[tuple[str, ...], list[T]] = {}
        for forms, entry in names:
            if forms:
                known.setdefault(forms, []).append(entry)
        self._automaton = ahocorasick.Automaton()
        for forms, entries in known.items():
            key = _key(forms)
            self._automaton.add_word(key, (len(key), tuple(entries)))
        self._automaton.make_automaton()
        self._longest = max(map(len, known), default=0)
        self._arabic = {forms[0] for forms in known if len(forms[0]) >= _SHORTEST_PREFIXED and _ARABIC.fullmatch(forms[0])}

    def find(self, text: str, words: Words) -> list[Occurrence[T]]:
        """Every occurrence of every name in the text that `words` was made of, those inside of others included."""
        found = list(self._find(text, words, words.forms, 0))
        if self._arabic and _ARABIC.search(text):
            for number, form in enumerate(words.forms):
                for prefix, rest in self._without_prefix(form):
                    forms = (rest, *words.forms[number + 1 : number + self._longest])
                    start = _after_letters(text, words.starts[number], len(prefix))
                    found += (
                        replace(one, start=start)
                        for one in self._find(text, words, forms, number)
                        if one.first == number
                    )
        return found

    def _find(self, text: str, words: Words, forms: Sequence[str], offset: int) -> Iterator[Occurrence[T]]:
        """The names among these forms, which are those of `words` from the number `offset` on."""
        if not self._longest or not forms:
            return
        # Each form is preceded by one space, so that a name can begin and end with nothing but a whole form.
        numbers = {0: offset}
        for number, end in enumerate(accumulate(len(form) + 1 for form in forms), start=offset + 1):
            numbers[end] = number
        for end, (length, entries) in self._automaton.iter(_key(forms)):
            first, last = numbers[end - length + 1], numbers[end]
            if last - first == 1 or _is_one_name(text, words, first, last):
                yield Occurrence(first, last, words.starts[first], words.ends[last - 1], entries)

    def _without_prefix(self, form: str) -> Iterator[tuple[str, str]]:
        """Each prefix that the form may begin with, and the first form of a name that it then stands before."""
        for prefix in _PREFIXES:
            if form.startswith(prefix):
                rest = form[len(prefix) :]
                # The article loses its alif behind the preposition li-.
                for one in (rest, f"ا{rest}") if prefix.endswith("ل") else (rest,):
                    if one in self._arabic:
                        yield prefix, one


def longest(found: Iterable[Occurrence[T]]) -> list[Occurrence[T]]:
    """Those that do not overlap, in order: of two that do the one that begins first, then the longer one."""
    chosen: list[Occurrence[T]] = []
    for one in sorted(found, key=lambda occurrence: (occurrence.first, -occurrence.last, occurrence.start)):
        if not chosen or one.first >= chosen[-1].last:
            chosen.append(one)
    return chosen


def _key(forms: Sequence[str]) -> str:
    return f" {' '.join(forms)} "


def _is_one_name(text: str, words: Words, first: int, last: int) -> bool:
    for before, after in pairwise(range(first, last)):
        gap = text[words.ends[before] : words.starts[after]]
        abbreviated = len(words.forms[before]) <= _LONGEST_ABBREVIATED and _POINT.fullmatch(gap)
        if not abbreviated and not _GAP.fullmatch(gap):
            return False
    return True


def _after_letters(text: str, offset: int, letters: int) -> int:
    """The offset behind this many letters and the marks on the last of them."""
    while letters or (offset < len(text) and not _is_letter(text[offset])):
        letters -= _is_letter(text[offset])
        offset += 1
    return offset


def _is_letter(character: str) -> bool:
    return character != "\u0640" and unicodedata.category(character)[0] == "L"
