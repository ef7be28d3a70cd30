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
_RAISED_DIGITS = re.compile(r"[²³¹⁰⁴-⁹₀-₉]")
# Unicode calls these letters, but they stand for apostrophes, stretch a word, or fill a place: no word is made of them.
_NO_LETTER = re.compile(
    r"[\u02b9-\u02c1\u02ee\u0374\u037a\u0640\u07f4\u07f5\u07fa\u115f\u1160\u3164"
    r"\ufc5e-\ufc63\ufcf2-\ufcf4\ufe70-\ufe7f\uffa0]"
)
# Thai and Lao AM and the voicing marks of halfwidth katakana are marks in all but their category.
_MARK_LETTERS = frozenset("\u0e33\u0eb3\uff9e\uff9f")
_HYPHENS = "-\u058a\u05be\u1400\u1806\u2010\u2011\u2e17\u2e1a\u2e40\u2e5d\u30a0\ufe63\uff0d\U00010ead"
_APOSTROPHES = "'`\u00b4\u055a\u05f3\u05f4\u2018\u2019\u201b\u2032\uff07"
_JOINERS = "\u200c\u200d"
_IN_PATTERNS = frozenset(_HYPHENS + _APOSTROPHES + _JOINERS)


def readable(text: str) -> str:
    """`text` with every quotation mark as `"`, all that separates as a space, and without what nobody sees."""
    return _SEPARATING.sub(" ", _INVISIBLE.sub("", text.translate(_QUOTES)))


def has_word(text: str) -> bool:
    """Whether there is a letter or a digit in `text`."""
    return any(map(is_letter, text))


def is_letter(character: str) -> bool:
    """Whether words are made of it: letters, digits, raised and lowered ones too, but no ½ and no ①."""
    if not character.isalnum() or character in _MARK_LETTERS or _NO_LETTER.match(character):
        return False
    return category(character) != "No" or bool(_RAISED_DIGITS.match(character))


def bare(text: str, *, keeping: str = "") -> str:
    """`text` from its first to its last letter or digit (or character of `keeping`), with that one's marks."""
    held = [at for at, character in enumerate(text) if is_letter(character) or character in keeping]
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
    return all(is_letter(one) or one in _IN_PATTERNS or _is_mark(one) or _NO_LETTER.match(one) for one in literal)


def quoted(text: str) -> str:
    """`text` in quotation marks for a message, its end left out where it is long."""
    return f"“{text}”" if len(text) <= _LONGEST_QUOTED else f"“{text[:_LONGEST_QUOTED]}…”"


def with_plain_digits(text: str) -> str:
    """`text` with the decimal digits of every script as 0-9."""
    return "".join(str(decimal(character)) if character.isdecimal() else character for character in text)


def _is_mark(character: str) -> bool:
    return category(character).startswith("M") or character in _MARK_LETTERS
