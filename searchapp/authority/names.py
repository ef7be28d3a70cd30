"""Where in a text do the names of many records occur? Answered for all of them in one reading of its forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T")


class Words(Protocol):
    """A text as folded forms, with the offsets in it at which each starts and ends."""

    @property
    def forms(self) -> tuple[str, ...]: ...
    @property
    def starts(self) -> tuple[int, ...]: ...
    @property
    def ends(self) -> tuple[int, ...]: ...


class Occurrence(NamedTuple, Generic[T]):
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
_PREFIX_LETTERS = frozenset(prefix[0] for prefix in _PREFIXES)
_ARABIC = re.compile("[\u0621-\u064a]+")
# Shorter Arabic names with a letter before them are too often another word.
_SHORTEST_PREFIXED = 3
# What may stand between the words of a name; a point only after an abbreviation, a line break but no empty line.
_GAP = re.compile(r"[^\S\n]?\n?[^\S\n]?|[-\u2010-\u2012'’‘ʼʿ`/]|[^\S\n]?[&][^\S\n]?")
_POINT = re.compile(r"\.[^\S\n]?")
_LONGEST_ABBREVIATED = 3


class NameIndex(Generic[T]):
    """Names, each a sequence of forms, with what is known under each."""

    def __init__(
        self, names: Iterable[tuple[tuple[str, ...], T]] = (), *, order: Callable[[T], int] | None = None
    ) -> None:
        self._order = order
        self._known: dict[tuple[str, ...], tuple[T, ...]] = {}
        # How many forms the names have that begin with a form.
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._longest = 0
        self._arabic: set[str] = set()
        self.add(names)

    def add(self, names: Iterable[tuple[tuple[str, ...], T]]) -> None:
        """Know these names too; what is known under one name stays in the order given, or in that of adding."""
        for forms, entry in names:
            if forms:
                self._known[forms] = self._in_order((*self._known.get(forms, ()), entry))
                first, length = forms[0], len(forms)
                lengths = self._lengths.get(first, ())
                if length not in lengths:
                    self._lengths[first] = (*lengths, length)
                    self._longest = max(self._longest, length)
                if len(first) >= _SHORTEST_PREFIXED and _ARABIC.fullmatch(first):
                    self._arabic.add(first)

    def _in_order(self, entries: tuple[T, ...]) -> tuple[T, ...]:
        return entries if self._order is None or len(entries) == 1 else tuple(sorted(entries, key=self._order))

    def find(self, text: str, words: Words) -> list[Occurrence[T]]:
        """Every occurrence of every name in the text that `words` was made of, those inside of others included."""
        forms = words.forms
        found: list[Occurrence[T]] = []
        for number, form in enumerate(forms):
            if form in self._lengths:
                found += self._beginning(text, words, forms[number : number + self._longest], number)
        if self._arabic and _ARABIC.search(text):
            for number, form in enumerate(forms):
                for prefix, rest in prefixes_of(form):
                    if rest in self._arabic:
                        start = _after_letters(text, words.starts[number], len(prefix))
                        behind = (rest, *forms[number + 1 : number + self._longest])
                        found += (one._replace(start=start) for one in self._beginning(text, words, behind, number))
        return found

    def _beginning(self, text: str, words: Words, forms: tuple[str, ...], first: int) -> Iterator[Occurrence[T]]:
        """The names that these forms begin with, which are those of `words` from the number `first` on."""
        for length in self._lengths[forms[0]]:
            entries = self._known.get(forms[:length]) if length <= len(forms) else None
            if entries is not None and (length == 1 or _is_one_name(text, words, first, first + length)):
                last = first + length
                yield Occurrence(first, last, words.starts[first], words.ends[last - 1], entries)


def prefixes_of(form: str) -> Iterator[tuple[str, str]]:
    """Each Arabic prefix that the form may begin with, and the first form of a name that it may stand before."""
    if form[:1] not in _PREFIX_LETTERS:
        return
    for prefix in _PREFIXES:
        if form.startswith(prefix):
            rest = form[len(prefix) :]
            yield prefix, rest
            # The article loses its alif behind the preposition li-.
            if prefix.endswith("ل"):
                yield prefix, f"ا{rest}"


def with_prefixes(form: str) -> Iterator[str]:
    """The forms that a text may hold where a name begins with this one: itself, and behind each Arabic prefix."""
    yield form
    if _ARABIC.fullmatch(form) and len(form) >= _SHORTEST_PREFIXED:
        for prefix in _PREFIXES:
            yield prefix + form
            if prefix.endswith("ل") and form.startswith("ا"):
                yield prefix + form[1:]


def longest(found: Iterable[Occurrence[T]]) -> list[Occurrence[T]]:
    """Those that do not overlap, in order: of two that do the one that begins first, then the longer one."""
    chosen: list[Occurrence[T]] = []
    for one in sorted(found, key=lambda occurrence: (occurrence.first, -occurrence.last, occurrence.start)):
        if not chosen or one.first >= chosen[-1].last:
            chosen.append(one)
    return chosen


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
