"""Looking up: what a word or a pattern of a query reads in the streams of tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from searchapp.analysis.stems import stem
from searchapp.analysis.words import WordReader


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a word reads: its forms in order, its whole ("" if it is no compound), its stem in each language."""

    forms: tuple[str, ...]
    whole: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A folded pattern, `*` for any characters and `?` for one, and the stream whose tokens it is compared with."""

    stream: Literal["forms", "wholes"]
    text: str


_WILDCARDS = "*?"
_WORDS = WordReader()


def look_up(word: str, languages: Collection[str]) -> Lookup:
    """What the word reads; a word of several forms has no stems, one without letters and digits has no forms."""
    return _looked_up(word, tuple(languages))


# Each part of an answer looks its words up anew: who matches, who marks, who suggests.
@lru_cache(maxsize=1_024)
def _looked_up(word: str, languages: tuple[str, ...]) -> Lookup:
    forms, whole = _read(word)
    stems = {stem(forms[0], language) for language in languages} - {""} if len(forms) == 1 else ()
    return Lookup(forms, whole, tuple(sorted(stems)))


@lru_cache(maxsize=1_024)
def _read(word: str) -> tuple[tuple[str, ...], str]:
    """The forms and the whole."""
    words = list(_WORDS.read(word))
    return tuple([form for read in words for form in read.forms]), words[0].whole if len(words) == 1 else ""


@cache
def _patterns() -> WordReader:
    """Made when the first pattern is looked up: who only writes an index never does."""
    return WordReader(_WILDCARDS)


def look_up_pattern(pattern: str) -> Pattern | None:
    """What the pattern is compared with; None if what is literal in it is not one word, and so is read as words."""
    words = list(_patterns().read(pattern))
    if len(words) != 1 or not any(form.strip(_WILDCARDS) for form in words[0].forms):
        return None
    if len(words[0].forms) == 1:
        return Pattern("forms", words[0].forms[0])
    return Pattern("wholes", words[0].whole) if words[0].whole else None
