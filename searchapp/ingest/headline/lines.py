"""What kind of line is this one of the head of a page: a date, a name, a text?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import regex

from searchapp.ingest.data.reasons import ABOVE, CREDITS
from searchapp.ingest.data.written_dates import WrittenDate, calendar_words, dates_in
from searchapp.model import Block

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
PLAIN = bytes(ord(sign.lower() if sign.isalnum() else " ") for sign in map(chr, range(128))) + bytes(128)
"""ASCII in small letters, each mark a blank."""
_TYPOGRAPHIC = "’‘“”–—…\xa0"
"""Signs that are in no word, often the only ones of a text that are not ASCII."""
_ENDS = regex.compile(r"""[.!?…。！？؟۔।]["'”’»)\]]*$""")
_SENTENCE = regex.compile(r"""[.!?…。！？؟۔।]["'”’»)\]]*(?=\s|$)|[。！？]""")
_TIME = regex.compile(r"\p{N}{1,2}\s*[:h.]\s*\p{N}{2}(?:[:.]\p{N}{2})?|[+-]\p{N}{2}:?\p{N}{2}")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_PARTED = regex.compile(r"\s+[–—/-]\s+|\s*[|•·]\s*")
_PART_SIGN = re.compile("[–—/|•·-]")

_GLUED = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_SIGNED = regex.compile(r"\b(?:[Bb]y|BY|[Pp]ar|[Vv]on|[Pp]or)(?:\s+\p{Lu}[\p{L}.'’-]*){1,4}")
"""Who wrote, as it is said behind a date."""
BODY_WORDS = 15
"""Words from which a line with the end of a sentence in it is a paragraph of the body: longer titles have none."""
_MEASURED = 2_000
_YEAR = re.compile(r"\d{4}")
"""What every date has and most lines have not, which need not be remembered then."""
_MAX_DATE_WORDS, _MAX_DATE_LETTERS = 16, 200
_BESIDE = 3
"""Words that stand so near to a date that they speak of it."""
_DATE_REST = 2
"""Words that a date line may hold beside its date and what is known to stand there: a city, a section."""


def words_of(text: str) -> tuple[str, ...]:
    """The lower-case words of a line."""
    plain = simplified(text)
    if plain.isascii():
        return tuple(plain.encode().translate(PLAIN).decode().split())
    return tuple(word.casefold() for word in _WORD.findall(plain))


def simplified(text: str) -> str:
    """The text with blanks for typographic signs, sign by sign, which leaves most texts plain."""
    if not text.isascii():
        for sign in _TYPOGRAPHIC:
            text = text.replace(sign, " ")
    return text


def length(text: str) -> int:
    """Words of a line, two signs of scripts without blanks being one; of a long text, those of its beginning."""
    return _length(text[:_MEASURED])


@lru_cache(maxsize=2_000)
def _length(text: str) -> int:
    return count_of(words_of(text), text)


def count_of(words: Sequence[str], text: str) -> int:
    """The length of a line that has these words."""
    return len(words) if text.isascii() else max(len(words), len(_UNSPACED.findall(text)) // 2)


def ends(text: str) -> bool:
    """Whether the line closes like a sentence."""
    return _ENDS.search(text) is not None


def body_start(blocks: Sequence[Block]) -> int:
    """The number of the first kept paragraph; where no block is one, that of the first finished line, else the end."""
    for number, block in enumerate(blocks):
        if block.kept and length(block.text) >= BODY_WORDS and _SENTENCE.search(block.text):
            return number
    return next((number for number, block in enumerate(blocks) if block.kept and ends(block.text)), len(blocks))


def in_head(block: Block) -> bool:
    """Whether a block above the body may be part of the article's head and not of the furniture."""
    return block.reason in (None, ABOVE, CREDITS)


def publication_date(text: str, others: int = _DATE_REST) -> WrittenDate | None:
    """The date of a line that says little else, `others` words at most; None if it is that of a change."""
    return _publication_date(text, others) if len(text) <= _MAX_DATE_LETTERS and _YEAR.search(text) else None


@lru_cache(maxsize=2_000)
def _publication_date(text: str, others: int) -> WrittenDate | None:
    dates = dates_in(text)
    found = [one for one in dates if not is_of_a_change(text[: one.start])]
    if not found or len(words_of(text)) > _MAX_DATE_WORDS:
        return None
    if len(dates) == 1 and _is_followed_by_change(text[found[0].end :]):
        return None
    rest = _without(text[: found[-1].end] + _SIGNED.sub(" ", text[found[-1].end :]), dates)
    known = calendar_words("weekdays", "beside", "later")
    unexplained = [word for word in words_of(_TIME.sub(" ", rest)) if word not in known and not word.isnumeric()]
    return found[0] if len(unexplained) <= others else None


def is_of_a_change(beside: str) -> bool:
    """Whether the words beside a date, or all of a short line above it, say that something was changed on that day."""
    words = words_of(_GLUED.sub(" ", beside))
    return any(word in calendar_words("later") for word in words[-_BESIDE:])


def _is_followed_by_change(behind: str) -> bool:
    return any(word in calendar_words("later", "changes") for word in words_of(behind)[:_BESIDE])


def _without(text: str, dates: Sequence[WrittenDate]) -> str:
    for one in reversed(dates):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def parts_of(text: str) -> list[str]:
    """The parts of a line that bars, dots and dashes keep apart."""
    parts = _PARTED.split(text) if _PART_SIGN.search(text) else [text]
    return [whole for part in parts if (whole := part.strip())]
