"""Which characters of a query are quotes, spaces, parts of words, or nothing at all?"""

from __future__ import annotations

import re
from unicodedata import category, decimal

OPERATORS = frozenset({"AND", "OR", "NOT"})
MINUS_SIGNS = "-\u2010\u2011\u2212"

_LONGEST_QUOTED = 40
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»‹›＂〝〞〟「」『』❝❞", '"'))
# Soft hyphens and marks of writing direction come along when text is copied from a page.
_INVISIBLE = re.compile(r"[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SEPARATING = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\ud800-\udfff]")
_SYNTAX = re.compile(r'[\s"()\[\]:*?~]+')
_IN_PATTERNS = frozenset("-\u2010\u2011'\u2018\u2019\uff07\u200c\u200d")


def readable(text: str) -> str:
    """`text` with every quotation mark as `"`, all that separates as a space, and without what nobody sees."""
    return _SEPARATING.sub(" ", _INVISIBLE.sub("", text.translate(_QUOTES)))


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit in `text`."""
    return any(character.isalnum() for character in text)


def bare(text: str, *, keeping: str = "") -> str:
    """`text` from its first to its last letter or digit (or character of `keeping`), with that one's marks."""
    held = [at for at, character in enumerate(text) if character.isalnum() or character in keeping]
    if not held:
        return ""
    end = held[-1] + 1
    while end < len(text) and _is_mark(text[end]):
        end += 1
    return text[held[0] : end]


def plain_words(text: str) -> tuple[str, ...]:
    """The words of `text` with nothing in it taken as syntax; AND, OR and NOT are left out."""
    words = (bare(piece) for piece in _SYNTAX.split(text))
    return tuple(word for word in words if word and word not in OPERATORS)


def fits_a_pattern(literal: str) -> bool:
    """Whether `literal` holds only letters, marks, digits, hyphens, apostrophes and joiners."""
    return all(one.isalnum() or one in _IN_PATTERNS or _is_mark(one) for one in literal)


def quoted(text: str) -> str:
    """`text` in quotation marks for a message, its end left out where it is long."""
    return f"“{text}”" if len(text) <= _LONGEST_QUOTED else f"“{text[:_LONGEST_QUOTED]}…”"


def with_plain_digits(text: str) -> str:
    """`text` with the decimal digits of every script as 0-9."""
    return "".join(str(decimal(character)) if character.isdecimal() else character for character in text)


def _is_mark(character: str) -> bool:
    return category(character).startswith("M")
