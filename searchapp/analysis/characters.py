"""What each character is to a word: letter, letter of a script without spaces, mark, ignorable, joiner of parts.

All are bodies of sets for the `regex` package (its version 1 syntax): write them inside brackets.
"""

from __future__ import annotations

import regex

HYPHENS = r"\-\u058A\u05BE\u1400\u1806\u2010\u2011\u2E17\u2E1A\u2E40\u2E5D\u30A0\uFE63\uFF0D\U00010EAD"
# Quotation marks and accents are here because people type them for an apostrophe, hamza or ayn: Sana`a, Ka‘bah.
APOSTROPHES = r"'`\u00B4\u02B9-\u02C1\u02EE\u0374\u055A\u05F3\u05F4\u07F4\u07F5\u2018\u2019\u201B\u2032\uFF07"
POINTS = r".\u066B\uFF0E"
COMMAS = r",\u066C\uFF0C"

# Lao and Thai AM follow a consonant as its marks do; so do the voicing marks of halfwidth katakana.
_AM = r"\u0E33\u0EB3"
MARKS = rf"\p{{M}}{_AM}\uFF9E\uFF9F"

# Arabic and N'Ko stretching, and presentation forms that are a vowel sign on nothing. U+200B is a space, though unseen.
_STRETCHES = r"\u0640\u07FA\u037A\uFC5E-\uFC63\uFCF2-\uFCF4\uFE70-\uFE7F"
IGNORABLES = rf"[\p{{Default_Ignorable_Code_Point}}{_STRETCHES}]--\u200B"

_NO_LETTERS = rf"{APOSTROPHES}{MARKS}[{IGNORABLES}]"
_SCRIPTS = ("Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Khmer", "Myanmar")
_OF_SCRIPTS = "".join(rf"\p{{Script_Extensions={script}}}" for script in _SCRIPTS)
UNSPACED = rf"[[{_OF_SCRIPTS}]&&[\p{{L}}\p{{Nl}}]]--[{_NO_LETTERS}]"
LETTERS = rf"[\p{{L}}\p{{Nd}}\p{{Nl}}²³¹⁰⁴-⁹₀-₉]--[{_NO_LETTERS}[{UNSPACED}]]"


def any_of(*sets: str) -> str:
    """The set of the characters of all these sets, as regex syntax."""
    return "[" + "".join(f"[{body}]" for body in sets) + "]"


def compiled(pattern: str) -> regex.Pattern[str]:
    """The pattern, compiled with the set operations that the classes of this module need."""
    return regex.compile(pattern, regex.VERSION1)
