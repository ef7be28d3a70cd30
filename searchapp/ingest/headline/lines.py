"""What kind of line is this one of the head of a page: a date, a name, a text?"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from searchapp.ingest.data.reasons import ABOVE, CREDITS
from searchapp.ingest.data.written_dates import WrittenDate, calendar_words, dates_in
from searchapp.model import Block

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ENDS = regex.compile(r"""[.!?…。！？؟۔।]["'”’»)\]]*$""")
_SENTENCE = regex.compile(r"""[.!?…。！？؟۔।]["'”’»)\]]*(?=\s|$)|[。！？]""")
_TIME = regex.compile(r"\p{N}{1,2}\s*[:h.]\s*\p{N}{2}(?:[:.]\p{N}{2})?|[+-]\p{N}{2}:?\p{N}{2}")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_PARTED = regex.compile(r"\s+[–—/-]\s+|\s*[|•·]\s*")

BODY_WORDS = 15
"""Words from which a line with the end of a sentence in it is a paragraph of the body: longer titles have none."""
_MEASURED = 2_000
_MAX_DATE_WORDS, _MAX_DATE_LETTERS = 16, 200
_DATE_REST = 2
"""Words that a date line may hold beside its date and what is known to stand there: a city, a section."""


def words_of(text: str) -> tuple[str, ...]:
    """The lower-case words of a line."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def length(text: str) -> int:
    """Words of a line, two signs of scripts without blanks being one; of a long text, those of its beginning."""
    text = text[:_MEASURED]
    return max(len(_WORD.findall(text)), len(_UNSPACED.findall(text)) // 2)


def ends(text: str) -> bool:
    """Whether the line closes like a sentence."""
    return _ENDS.search(text) is not None


def body_start(blocks: Sequence[Block]) -> int:
    """The number of the first kept paragraph; where no block is one, that of the first finished line, else the end."""
    kept = [(number, block.text) for number, block in enumerate(blocks) if block.kept]
    for number, text in kept:
        if length(text) >= BODY_WORDS and _SENTENCE.search(text):
            return number
    return next((number for number, text in kept if ends(text)), len(blocks))


def in_head(block: Block) -> bool:
    """Whether a block above the body may be part of the article's head and not of the furniture."""
    return block.reason in (None, ABOVE, CREDITS)


def publication_date(text: str) -> WrittenDate | None:
    """The date of a line that says little else; None if it is that of a change, or if the line says more."""
    if len(text) > _MAX_DATE_LETTERS or not 0 < len(words_of(text)) <= _MAX_DATE_WORDS:
        return None
    found = [one for one in dates_in(text) if not _of_a_change(text[: one.start])]
    if not found:
        return None
    rest = _without(text, dates_in(text))
    known = calendar_words("weekdays", "beside", "later")
    unexplained = [word for word in words_of(_TIME.sub(" ", rest)) if word not in known and not word.isnumeric()]
    return found[0] if len(unexplained) <= _DATE_REST else None


def _of_a_change(before: str) -> bool:
    return any(word in calendar_words("later") for word in words_of(before)[-3:])


def _without(text: str, dates: Sequence[WrittenDate]) -> str:
    for one in reversed(dates):
        text = f"{text[: one.start]} {text[one.end :]}"
    return text


def parts_of(text: str) -> list[str]:
    """The parts of a line that bars, dots and dashes keep apart."""
    return [part.strip() for part in _PARTED.split(text) if part.strip()]
