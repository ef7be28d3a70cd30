"""Folding: what makes two spellings of a word the same one; case, accents, digits, Arabic letter forms, ligatures.

Letters fold without regard to their neighbours, so that a word folds alike by itself and in its text.
"""

from __future__ import annotations

import re
import unicodedata

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

_IGNORABLE = compiled(any_of(IGNORABLES))
_UNSPACED = compiled(any_of(UNSPACED))
_LETTER_OR_MARK = compiled(any_of(LETTERS, UNSPACED, MARKS))
_PUNCTUATION = tuple(
    (compiled(any_of(variants)), plain)
    for variants, plain in (
        (HYPHENS, "-"),
        (APOSTROPHES, "'"),
        (POINTS, "."),
        (COMMAS, ","),
        (r"\u200B", " "),
    )
)

# Hamza and madda on a letter are marks and fall with them; these are letters of their own to Unicode.
_ARABIC = dict.fromkeys("ٱٲٳ", "ا") | dict.fromkeys("ةۃەہھ", "ه") | dict.fromkeys("ىی", "ي") | dict.fromkeys("کڪ", "ك")
_LATIN = {
    "ı": "i",
    "ȷ": "j",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ŋ": "n",
    "ə": "a",
    "ɛ": "e",
    "ɔ": "o",
    "ĸ": "q",
}
_LETTERS = _ARABIC | _LATIN
# Unicode has no decomposition for strokes, hooks and tails (ø ł đ ɗ), but its names say the base letter.
_LATIN_WITH = re.compile("LATIN SMALL LETTER ([A-Z]) WITH ")

_COMPOSED = (("\u0e4d\u0e32", "\u0e33"), ("\u0ecd\u0eb2", "\u0eb3"))


def fold(text: str) -> str:
    """The text with its letters and digits folded, hyphens and apostrophes plain, and whitespace runs one space."""
    return " ".join(fold_word(text).split())


def fold_word(word: str) -> str:
    """The word folded, nothing stripped."""
    if word.isascii():
        return word.lower().replace("`", "'")
    # Composed first, because some punctuation is another character then; and after, to join what stayed of each letter.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).translate(_TABLE))
    for decomposed, composed in _COMPOSED:
        folded = folded.replace(decomposed, composed)
    return folded


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_TABLE = _Table()


def _fold_character(character: str) -> str:
    if _IGNORABLE.fullmatch(character):
        return ""
    for variants, plain in _PUNCTUATION:
        if variants.fullmatch(character):
            return plain
    if not _LETTER_OR_MARK.fullmatch(character):
        return character
    folded = "".join(map(_base, _without_accents(_without_accents(character).casefold())))
    # A form of these scripts is one character, so a ligature of two stays what it is.
    if len(folded) > 1 and _UNSPACED.fullmatch(character) and not unicodedata.combining(folded[1]):
        return character
    return "".join(filter(_LETTER_OR_MARK.fullmatch, folded))


def _without_accents(text: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", text) if not _is_accent(part))


def _is_accent(character: str) -> bool:
    """Whether it is an accent, a point or an overlay; vowel signs, viramas, nuktas and voicing marks are not."""
    order = unicodedata.combining(character)
    return order == 1 or 10 <= order <= 36 or 200 <= order <= 240 or unicodedata.category(character) == "Me"


def _base(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    named = _LATIN_WITH.match(unicodedata.name(character, ""))
    return named[1].lower() if named else _LETTERS.get(character, character)
