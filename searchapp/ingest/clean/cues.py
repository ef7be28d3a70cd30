"""By which words does a line say that it is furniture? The phrases of `data/cues.yaml`, looked up by words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import regex
import yaml

from searchapp.ingest.data import data_folder
from searchapp.ingest.data.reasons import TAGS

_COUNT = "0"
_APART = " 0 "
_WORD = regex.compile(r"\p{N}+|[\p{L}\p{M}]+")
_NUMBER = re.compile("0+")
_PLAIN = bytes(ord(sign.lower() if sign.isalpha() else "0" if sign.isdigit() else " ") for sign in map(chr, range(128))) + bytes(128)
"""ASCII in small letters, each digit "0" and each mark a blank: such a text is taken apart faster than by a pattern."""
_TYPOGRAPHIC = "’‘“”–—…\xa0•·|©"
_MARKS = regex.compile(r"[\p{Mn}\u0640\u200c\u200d\u200e\u200f]")
_ALIKE = str.maketrans("ىیېکةھہı", "يييكهههi")
_STAR = "*"
_MAX_AFTER = 6
_LONGEST = 8

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a line goes; `heads` when what follows below the article goes with it."""

    reason: str
    heads: bool = False


@dataclass(frozen=True, slots=True)
class CueBook:
    """Phrases by place: the whole line, its beginning up to a few further words, its beginning, anywhere in it."""

    whole: dict[Words, Cue] = field(default_factory=dict)
    open_ended: dict[Words, Cue] = field(default_factory=dict)
    starts: dict[Words, Cue] = field(default_factory=dict)
    holds: dict[Words, Cue] = field(default_factory=dict)
    openings: dict[str, int] = field(default_factory=dict)
    """First words of all phrases but those that stand anywhere, each with the words of the longest, and the sign of a
    number."""
    inner: dict[str, int] = field(default_factory=dict)
    """First words of the phrases that stand anywhere, each with the words of the longest."""
    buttons: set[Words] = field(default_factory=set)
    """Lines that agree to cookies or refuse them; all of them are whole lines too."""
    cookies: set[Words] = field(default_factory=set)
    consent: set[Words] = field(default_factory=set)
    paid: set[Words] = field(default_factory=set)

    def opens(self, words: Words) -> bool:
        """Whether any phrase but those that stand anywhere, or a number, begins like the line."""
        return bool(words) and words[0] in self.openings

    def _longest(self, words: Words) -> int:
        """Words of the line that a phrase at its beginning can have."""
        return min(len(words), self.openings.get(words[0], 0))

    def whole_line(self, words: Words) -> Cue | None:
        """The cue of a line that consists of it, of it and counts, or of nothing but cues ("Share Tweet Print")."""
        if words and not self.opens(words):
            return None
        found = self.whole.get(words) or self.whole.get(_without_counts(words))
        if found or not words:
            return found
        for length in range(self._longest(words), max(0, len(words) - _MAX_AFTER - 1), -1):
            found = self.open_ended.get(words[:length])
            if found:
                return found
        return self._row(words)

    def _row(self, words: Words) -> Cue | None:
        """The first cue of a line in which one whole cue follows the other."""
        first = None
        while words:
            length = self._longest(words)
            while length and words[:length] not in self.whole and words[0] != _COUNT:
                length -= 1
            if not length:
                return None
            first = first or self.whole.get(words[:length])
            words = words[length:]
        return Cue(first.reason) if first else None

    def beginning(self, words: Words, *, least: int = 1) -> Cue | None:
        """The cue of `least` words or more that the line begins with."""
        if not self.opens(words):
            return None
        for length in range(self._longest(words), least - 1, -1):
            found = self.starts.get(words[:length])
            if found:
                return found
        return None

    def label(self, words: Words) -> Cue | None:
        """The cue that the line begins with where it is one under which many things are listed."""
        found = self.beginning(words)
        return found if found and found.reason == TAGS else None

    def inside(self, words: Words, *, least: int = 1) -> Cue | None:
        """The first cue of `least` words or more anywhere in the line."""
        for start, word in enumerate(words if not self.inner.keys().isdisjoint(words) else ()):
            if word in self.inner:
                for end in range(start + least, min(start + self.inner[word], len(words)) + 1):
                    found = self.holds.get(words[start:end])
                    if found:
                        return found
        return None

    def names_cookies(self, words: Words) -> bool:
        return _holds(words, self.cookies)

    def speaks_of_consent(self, words: Words) -> bool:
        """Whether the line is about cookies or about what a reader is asked to agree to."""
        return _holds(words, self.cookies) or _holds(words, self.consent)

    def sells(self, words: Words) -> bool:
        """Whether the line says that the rest of a text is for subscribers."""
        return _holds(words, self.paid)


def _holds(words: Words, phrases: set[Words]) -> bool:
    lengths = range(1, max(map(len, phrases), default=0) + 1)
    return any(words[start : start + length] in phrases for start in range(len(words)) for length in lengths)


def _without_counts(words: Words) -> Words:
    start = 1 if words[:1] == (_COUNT,) else 0
    return words[start : -1 if words[-1:] == (_COUNT,) else None]


def fold(text: str) -> Words:
    """The words of a line without case, accents and marks, letters that look alike made one, every number "0"."""
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    if not text.isascii():
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    if text.isascii():
        plain = text.encode().translate(_PLAIN).decode()
        return tuple((_NUMBER.sub(_APART, plain) if _COUNT in plain else plain).split())
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_ALIKE)
    return tuple(_COUNT if word[0].isnumeric() else word for word in _WORD.findall(plain))


@cache
def cue_book() -> CueBook:
    """The phrases that come with the program."""
    text = (data_folder() / "cues.yaml").read_text(encoding="utf-8")
    return _book(yaml.load(text, yaml.CSafeLoader))


def _book(listed: Mapping[str, Mapping[str, Mapping[str, list[str]]]]) -> CueBook:
    book = CueBook()
    tables = {"whole": book.whole, "heads": book.whole, "agrees": book.whole, "starts": book.starts, "holds": book.holds}
    sets = {"agrees": book.buttons, "names": book.cookies, "speaks": book.consent, "sells": book.paid}
    for reason, places in listed.items():
        for place, languages in places.items():
            cue = Cue(reason, place == "heads")
            for phrase in (phrase for phrases in languages.values() for phrase in phrases):
                words = fold(phrase)
                if place in sets:
                    sets[place].add(words)
                if phrase.endswith(_STAR):
                    book.open_ended.setdefault(words, cue)
                elif place in tables:
                    tables[place].setdefault(words, cue)
    _note_longest(book.openings, (*book.whole, *book.open_ended, *book.starts))
    _note_longest(book.inner, book.holds)
    book.openings[_COUNT] = _LONGEST
    return book


def _note_longest(firsts: dict[str, int], phrases: Iterable[Words]) -> None:
    for words in filter(None, phrases):
        firsts[words[0]] = max(firsts.get(words[0], 0), min(len(words), _LONGEST))
