"""By which words does a line say that it is furniture? The phrases of `data/cues.yaml`, looked up by words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex
import yaml

from searchapp.ingest.data import data_folder
from searchapp.ingest.data.reasons import TAGS

_COUNT = "0"
_DIGITS = "00"
_APART = " 0 "
_WORD = regex.compile(r"\p{N}+|[\p{L}\p{M}]+")
_PLAIN = bytes(
    ord(sign.lower() if sign.isalpha() else "0" if sign.isdigit() else sign if sign == "\n" else " ") for sign in map(chr, range(128))
) + bytes(128)
"""ASCII in small letters, each digit "0" and each mark but the end of a line a blank: such a text is taken apart faster than by a pattern."""
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
class Phrases:
    """Phrases with their cues, and by their first words the numbers of their words, the largest first."""

    cues: dict[Words, Cue] = field(default_factory=dict)
    lengths: dict[str, list[int]] = field(default_factory=dict)

    def add(self, words: Words, cue: Cue) -> None:
        """Take the phrase in, unless it stands there already."""
        self.cues.setdefault(words, cue)
        if 0 < len(words) <= _LONGEST:
            self.lengths[words[0]] = sorted({*self.lengths.get(words[0], ()), len(words)}, reverse=True)

    def beginning(self, words: Words, least: int = 1) -> Words:
        """The longest phrase of `least` words or more that the line begins with; empty where there is none."""
        for length in self.lengths.get(words[0], ()):
            if least <= length <= len(words) and words[:length] in self.cues:
                return words[:length]
        return ()


@dataclass(frozen=True, slots=True)
class CueBook:
    """Phrases by place: the whole line, its beginning up to a few further words, its beginning, anywhere in it."""

    whole: Phrases = field(default_factory=Phrases)
    open_ended: Phrases = field(default_factory=Phrases)
    starts: Phrases = field(default_factory=Phrases)
    holds: Phrases = field(default_factory=Phrases)
    openings: set[str] = field(default_factory=set)
    """How a line begins that may be a cue as a whole."""
    telling: set[str] = field(default_factory=set)
    """The longest word of each phrase that stands anywhere: few lines hold one of these, many the first words."""
    buttons: set[Words] = field(default_factory=set)
    """Lines that agree to cookies or refuse them; all of them are whole lines too."""
    cookies: set[Words] = field(default_factory=set)
    consent: set[Words] = field(default_factory=set)
    paid: set[Words] = field(default_factory=set)

    def whole_line(self, words: Words) -> Cue | None:
        """The cue of a line that consists of it, of it and counts, or of nothing but cues ("Share Tweet Print")."""
        if words and words[0] not in self.openings:
            return None
        found = self.whole.cues.get(words)
        if found or not words:
            return found
        if _COUNT in (words[0], words[-1]) and (found := self.whole.cues.get(_without_counts(words))):
            return found
        begun = self.open_ended.beginning(words, len(words) - _MAX_AFTER)
        return self.open_ended.cues[begun] if begun else self._row(words)

    def _row(self, words: Words) -> Cue | None:
        """The first cue of a line in which one whole cue follows the other."""
        first = None
        while words:
            phrase = words[:_LONGEST] if words[0] == _COUNT else self.whole.beginning(words)
            if not phrase:
                return None
            first = first or self.whole.cues.get(phrase)
            words = words[len(phrase) :]
        return Cue(first.reason) if first else None

    def beginning(self, words: Words, *, least: int = 1) -> Cue | None:
        """The cue of `least` words or more that the line begins with."""
        begun = self.starts.beginning(words, least) if words else ()
        return self.starts.cues[begun] if begun else None

    def label(self, words: Words) -> Cue | None:
        """The cue that the line begins with where it is one under which many things are listed."""
        found = self.beginning(words)
        return found if found and found.reason == TAGS else None

    def inside(self, words: Words, *, least: int = 1) -> Cue | None:
        """The first cue of `least` words or more anywhere in the line, of two that begin there the shorter one."""
        for start, word in enumerate(words if not self.telling.isdisjoint(words) else ()):
            for length in reversed(self.holds.lengths.get(word, ())):
                if least <= length <= len(words) - start and (found := self.holds.cues.get(words[start : start + length])):
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
    return folds((text,))[0]


def folds(texts: Sequence[str]) -> list[Words]:
    """The folded words of each line; of all at once, since it is the number of calls that takes time."""
    if not texts:
        return []
    joined = "\n".join([text.replace("\n", " ") for text in texts])
    if not joined.isascii():
        for sign in _TYPOGRAPHIC:
            joined = joined.replace(sign, " ")
    plain = _plain(joined.encode("ascii", "replace"))
    lines = zip(joined.split("\n"), plain.split("\n"), strict=True)
    return [tuple(easy.split()) if line.isascii() else _far(line) for line, easy in lines]


def _plain(text: bytes) -> str:
    plain = text.translate(_PLAIN).decode()
    while _DIGITS in plain:
        plain = plain.replace(_DIGITS, _COUNT)
    return plain.replace(_COUNT, _APART)


def _far(line: str) -> Words:
    text = _MARKS.sub("", unicodedata.normalize("NFKD", line))
    if text.isascii():
        return tuple(_plain(text.encode()).split())
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_ALIKE)
    return tuple(_COUNT if word[0].isnumeric() else word for word in _WORD.findall(text))


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
                    book.open_ended.add(words, cue)
                elif place in tables:
                    tables[place].add(words, cue)
    book.openings.update((*book.whole.lengths, *book.open_ended.lengths, _COUNT))
    book.telling.update(max(words, key=len) for words in book.holds.cues)
    return book
