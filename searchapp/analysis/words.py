"""Words: where the words of a text are, of which forms they consist, and whether they are compounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from searchapp.analysis.characters import (
    APOSTROPHES,
    COMMAS,
    HYPHENS,
    IGNORABLES,
    LETTERS,
    MARKS,
    POINTS,
    UNSPACED,
    any_of,
    compiled,
)
from searchapp.analysis.folding import fold_word

# A list such as 1,2,3,… goes on for pages; nobody looks it up as one word.
_LONGEST_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text: its forms, where each starts and ends, and its whole ("" for a single form)."""

    forms: tuple[str, ...]
    whole: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


class WordReader:
    """Finds the words of a text; the characters of `wildcards` are read as if they were letters and digits."""

    def __init__(self, wildcards: str = "") -> None:
        escaped = regex.escape(wildcards)
        letter = any_of("a-zA-Z0-9" + escaped, LETTERS)
        letter_or_mark = any_of("a-zA-Z0-9" + escaped, LETTERS, MARKS)
        ignorable = any_of(IGNORABLES)
        part = f"{letter}{letter_or_mark}*+(?:{ignorable}++{letter_or_mark}++)*+"
        hyphen = f"{ignorable}*+{any_of(HYPHENS, APOSTROPHES)}{ignorable}*+"
        digit, wild_digit, point = r"\p{Nd}", any_of(r"\p{Nd}" + escaped), any_of(POINTS, COMMAS)
        point_in_number = f"(?<={digit}){point}(?={wild_digit})|(?<={wild_digit}){point}(?={digit})"
        compound = f"{part}(?:(?:{hyphen}|{point_in_number}){part})*+"
        # Thai and Lao AM may be written as two characters, of which the second looks like a letter.
        alone = rf"{any_of(UNSPACED)}(?:\u0E4D\u0E32|\u0ECD\u0EB2|{any_of(MARKS)})*+"
        self._words = compiled(f"{compound}|{alone}")
        self._parts = compiled(f"{part}|{alone}")

    def read(self, text: str) -> Iterator[Word]:
        """The words of the text, in order."""
        for match in self._words.finditer(text):
            yield self._read_word(match[0], match.start())

    def _read_word(self, surface: str, offset: int) -> Word:
        parts = list(self._parts.finditer(surface))
        forms = tuple(fold_word(part[0]) for part in parts)
        starts = tuple(offset + part.start() for part in parts)
        ends = tuple(offset + part.end() for part in parts)
        whole = fold_word(surface) if len(parts) > 1 else ""
        return Word(forms, whole if len(whole) <= _LONGEST_WHOLE else "", starts, ends)
