"""Which shapes tell furniture in any language? Metadata glued to a sentence, picture credits, counters."""

from __future__ import annotations

import re
from functools import lru_cache

import regex

# Labels under which exports and feeds put a date before the text.
_LABELS = (
    r"date|dated|published|published on|publication date|posted|posted on|created|updated|last updated|"
    r"تاريخ|تاريخ النشر|نشر في|تاریخ|تاریخ انتشار|date de publication|publié le|datum|veröffentlicht am|stand|"
    r"fecha|publicado el|дата|дата публикации|опубликовано|tarih|yayın tarihi|yayınlanma tarihi|data|pubblicato il"
)
_ISO = r"\p{Nd}{4}-\p{Nd}{2}-\p{Nd}{2}(?:[T ]\p{Nd}{2}:\p{Nd}{2}(?::\p{Nd}{2}(?:\.\p{Nd}+)?)?(?:Z|[+-]\p{Nd}{2}:?\p{Nd}{2})?)?"
_WRITTEN = (
    r"\p{Nd}{1,2}[./-]\p{Nd}{1,2}[./-]\p{Nd}{4}|\p{L}{3,12}\.? \p{Nd}{1,2}(?:st|nd|rd|th)?,? \p{Nd}{4}|"
    r"\p{Nd}{1,2}(?:\.|er|º)? (?:de )?\p{L}{3,12}\.?,? (?:de )?\p{Nd}{4}"
)
_PREFIX = regex.compile(
    rf"(?:(?:{_LABELS})\s*[:：=|]?\s+(?:{_ISO}|{_WRITTEN})|{_ISO})(?=[\s|,;:.–—-])[\s|,;:.–—-]*", regex.IGNORECASE
)
_CREDIT = regex.compile(
    r"""[(\[][^()\[\]]{0,60}\b(?:photos?|file|handout|image|picture|getty|afp|reuters|ap|epa|dpa|aa|xinhua|tass|"""
    r"""shutterstock|archive|archivo|foto|bild|фото|صورة|عکس|screengrab|screenshot)\b[^()\[\]]{0,60}[)\]]["'”]?\.?$|"""
    r"""(?:©|\(c\))\s?\p{L}[^.]{2,60}$|\b(?:REUTERS|AFP|AP|EPA|Reuters|Getty Images)\s?/\s?\p{Lu}[\p{L}\s.-]{2,40}[)\]]?\.?$""",
    regex.IGNORECASE,
)
_CREDIT_SIGN = re.compile(r"[)\]©/]")
"""A sign that each credit holds."""
_COUNTER_LETTERS = 40
_LETTER = regex.compile(r"\p{L}")
_DIGIT = re.compile("[0-9]")
_COUNTER = regex.compile(r"[\p{N}\p{P}\p{S}\s]*(?:\p{L}{1,2}(?!\p{L})[\p{N}\p{P}\p{S}\s]*){0,2}")

CAPTION_WORDS = 45
"""The longest captions of the development set that end in a credit; sentences that end so are rare at any length."""


def prefix_end(text: str) -> int:
    """Where the sentence begins behind a date that was glued to its front; 0 where there is none."""
    match = _PREFIX.match(text)
    return match.end() if match and match.end() < len(text) else 0


def ends_in_credit(text: str) -> bool:
    """Whether the text closes by naming where a picture comes from, as in `(AFP File Photo)`."""
    return _CREDIT_SIGN.search(text) is not None and _names_source(text)


@lru_cache(maxsize=1_000)
def _names_source(text: str) -> bool:
    return _CREDIT.search(text) is not None


def is_counter(text: str) -> bool:
    """Whether the text has no word: marks, numbers and units alone, as in `(65) (63)` or `1.2k`."""
    if text.isalpha() or (text.isascii() and text.replace(" ", "").isalpha()):
        return False
    if _LETTER.search(text) is None:
        return True
    numbered = _DIGIT.search(text) is not None if text.isascii() else any(map(str.isnumeric, text))
    return len(text) <= _COUNTER_LETTERS and numbered and _COUNTER.fullmatch(text) is not None
