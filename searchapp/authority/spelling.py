"""Is a name written in a text as the record writes it? Capitals tell names from words, and acronyms from both."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from searchapp.authority.names import Occurrence, Words

# An acronym no longer than this may be a word where a whole line is in capitals.
_SHORT = 5
_REACH = 200
_INDENT = 9
# What stands behind the town at the head of a report: "CAIRO (AP)", "RENO, Nev.", "PARIS, May 2", "MIAMI —".
_DATELINE = re.compile(r"(?: ?/ ?[A-Z]+)?(?:\s*\([A-Z][A-Za-z ]+\)|,\s[A-Z][a-z]|,\s[A-Z]\.|\s*[—–]\s|\s*--?\s)")
_SMALL, _CAPITALS = ascii_lowercase.encode(), ascii_uppercase.encode()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as its record writes it; `capitals` say of each form whether it must begin with a capital."""

    text: str
    acronym: bool
    capitals: tuple[bool, ...]

    @classmethod
    def of(cls, text: str, words: Words, *, small: Collection[str] = ()) -> Spelling:
        """The spelling of a name that `words` was made of; of `small` none but the first needs its capital."""
        capitals = tuple([text[start].isupper() for start in words.starts])
        if small:
            rest = zip(capitals[1:], words.forms[1:], strict=True)
            capitals = (*capitals[:1], *(capital and form not in small for capital, form in rest))
        return cls(text, len(text) > 1 and text.isupper(), capitals)

    def fits(self, text: str, words: Words, found: Occurrence[Any]) -> bool:
        """Whether the name that was found in the text is written like this."""
        # Most names are words too, and those are written small.
        if self.capitals[0] and not text[found.start].isupper():
            return False
        surface = text[found.start : found.end]
        if self.acronym:
            if _letters(surface) != _letters(self.text):
                return False
            return "." in surface or len(surface) > _SHORT or not _is_shouted(text, found.start)
        starts = islice(words.starts, found.first + 1, found.last)
        if not all(text[start].isupper() for start, capital in zip(starts, self.capitals[1:], strict=True) if capital):
            return False
        shouts = surface.isupper() and 1 < len(surface) <= _SHORT and any(self.capitals)
        return not shouts or _is_shouted(text, found.start) or opens_dateline(text, found.start, found.end)


def end_of(text: str, found: Occurrence[Any]) -> int:
    """Where the name ends, with the last point of an acronym that is written with points."""
    pointed = "." in text[found.start : found.end] and text[found.start : found.end].isupper()
    return found.end + (pointed and text.startswith(".", found.end))


def opens_dateline(text: str, start: int, end: int) -> bool:
    """Whether a name stands where a report says where it was written, at the head of a line and all in capitals."""
    head = start == 0 or text[max(0, start - _INDENT) : start].rstrip(" \t\u00a0").endswith("\n")
    return head and text[start:end].isupper() and _DATELINE.match(text, end) is not None


def _letters(spelling: str) -> str:
    return "".join(filter(str.isalnum, spelling))


def _is_shouted(text: str, start: int) -> bool:
    """Whether the line is more than this one word, and has more capitals than small letters."""
    line = line_around(text, start)
    return has_more_capitals(line) and " " in line.strip()


def has_more_capitals(line: str) -> bool:
    """Whether a line has more capitals than small letters."""
    # Hardly a line needs its letters asked one by one: even if all the others were capitals, these would be fewer.
    plain = line.encode("ascii", "ignore")
    small, capitals = (len(plain) - len(plain.translate(None, letters)) for letters in (_SMALL, _CAPITALS))
    if small >= capitals + len(line) - len(plain):
        return False
    return sum(map(str.islower, line)) < sum(map(str.isupper, line))


def line_around(text: str, offset: int) -> str:
    """The line that holds the offset, no more than 200 characters to each side of it."""
    begin = max(0, offset - _REACH)
    end = text.find("\n", offset, offset + _REACH)
    return text[max(begin, text.rfind("\n", begin, offset) + 1) : end if end >= 0 else offset + _REACH]
