"""Does a line name a person as the author of the text?"""

from __future__ import annotations

from functools import cache

import regex

from searchapp.ingest.data import word_sets
from searchapp.ingest.data.written_dates import calendar_words, dates_in

_PARTICLES = "de|da|di|do|del|della|van|von|der|den|ter|bin|ibn|al|el|ul|ben|bint|abu|la|le|du|dos"
_NAME_WORD = regex.compile(rf"(?:\p{{Lu}}[\p{{L}}\p{{M}}.'’-]*|(?:{_PARTICLES})(?:-\p{{L}}+)?)")
_UNCASED_WORD = regex.compile(r"[\p{L}\p{M}\u200c.'’-]+")
_CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
_BETWEEN = regex.compile(r"\s*[,;&،]\s*|\s+(?:and|et|und|y|e|и|ve|en|و)\s+")
_NAME_WORDS = range(2, 6)
MAX_BYLINE = 200
"""Letters of the longest line that is read as one of names."""
_LETTER = regex.compile(r"\p{L}+")
_CREDIT_WORDS = range(1, 7)
_CREDIT = regex.compile(r"(?=.*\p{L})[\p{L}\p{M}\p{N}.'’&+-]+(?: [\p{L}\p{M}\p{N}.'’&+-]+)*")
_NOBODY = frozenset(("admin", "administrator", "anonymous", "author", "editor", "guest", "none", "null", "unknown", "user", "webmaster"))
_LEADING = regex.compile(r"(?:view|see|read)?\s*all posts by\s+|posts by\s+", regex.IGNORECASE)


@cache
def _introductions() -> dict[str, tuple[str, ...]]:
    """The phrases by their first two letters, the longest first."""
    phrases = sorted((phrase.replace("_", " ").casefold() for phrase in word_sets("bylines.yaml")["introduces"]), key=len)
    return {begins: tuple(one for one in reversed(phrases) if one[:2] == begins) for begins in {one[:2] for one in phrases}}


def introduced(text: str) -> str | None:
    """What follows "By" and its like at the beginning of a line; None where no such word begins it."""
    for phrase in _introductions().get(text[:2].casefold(), ()):
        rest = text[len(phrase) :]
        if text[: len(phrase)].casefold() == phrase and _begins_anew(text[len(phrase) - 1], rest):
            return rest.lstrip(" :：\u00a0")
    return None


def _begins_anew(last: str, rest: str) -> bool:
    """Whether a word ends here: at a blank, or where pages glue "By" to the name that follows."""
    return rest[:1] in (" ", ":", "\u00a0", "：") or (last.islower() and rest[:1].isupper() and " " in rest)


def people_in(text: str) -> str | None:
    """The personal names that a text consists of, with commas between them; None where it holds anything else."""
    given = (introduced(text) or text).strip(" .:-–—")
    dates = dates_in(given)
    if dates:
        given = given[: dates[0].start].strip(" ,.:-–—|")
    names = [name for name in _BETWEEN.split(given) if name]
    # A role behind the name, as in "Jane Doe, Chief Correspondent", says nothing of who wrote.
    people = [name for name in names if is_person(name)]
    return ", ".join(people) if people and names[0] == people[0] else None


def credit_in(value: str) -> str | None:
    """Whom a value of the markup that is there for the author names: persons, else a team or a name of one word."""
    given = _LEADING.sub("", value, count=1).strip(" ,;")
    people = people_in(given)
    if people or len(given.split()) not in _CREDIT_WORDS or not _CREDIT.fullmatch(given):
        return people
    digits = sum(map(str.isdigit, given))
    return given if given.casefold() not in _NOBODY and digits * 4 <= len(given) else None


def is_byline(line: str) -> bool:
    """Whether a short line says "By" and then nothing but names, perhaps with a date behind them."""
    return len(line) <= MAX_BYLINE and introduced(line) is not None and people_in(line) is not None


def is_person(name: str) -> bool:
    """Whether two to five words are written like the name of a person and not like that of an office."""
    words = name.split()
    if len(words) not in _NAME_WORDS:
        return False
    shape = _NAME_WORD if _CASED.search(name) else _UNCASED_WORD
    if not all(shape.fullmatch(word) for word in words):
        return False
    return _of_no_name().isdisjoint(map(str.casefold, _LETTER.findall(name)))


@cache
def _of_no_name() -> frozenset[str]:
    return word_sets("bylines.yaml")["offices"] | calendar_words("weekdays", "later")
