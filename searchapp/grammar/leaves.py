"""What does a run of characters without spaces, quotes and parentheses ask for: a word, a pattern, or nothing?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from searchapp.grammar.characters import bare, fits_a_pattern, plain_words, quoted
from searchapp.grammar.limits import check_literals
from searchapp.grammar.tokens import Broken
from searchapp.grammar.tree import Fuzzy, Prefix, Wildcard, Word

_LEADING = re.compile(r"^(?:(?![*?])[\W_])+")
_FUZZY = re.compile(r"(.+?)~+(\d*)")
_WILD = re.compile(r"[*?]+")
_STARS = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class Reading:
    """The nodes that a run stands for (none for punctuation), and what its writer should know."""

    nodes: tuple[Word | Prefix | Wildcard | Fuzzy, ...]
    warning: str | None = None


def read_run(run: str, position: int) -> Reading:
    """What `run` asks for; raises Broken for a wrong distance, LimitExceeded for too short a prefix."""
    word = bare(run)
    if not word:
        return Reading(())
    pattern = _LEADING.sub("", bare(run, keeping="*?~"))
    fuzzy = _FUZZY.fullmatch(pattern)
    if fuzzy and bare(fuzzy[1]):
        return _fuzzy(bare(fuzzy[1], keeping="*?"), fuzzy[2] or "1", position)
    if _WILD.search(pattern):
        return _wildcard(pattern, position)
    return Reading((Word(word),))


def _fuzzy(text: str, distance: str, position: int) -> Reading:
    if not fits_a_pattern(text):
        return _plain(text, position)
    if int(distance) not in (1, 2):
        raise Broken(f"The distance after the ~ of {quoted(text)} at character {position} must be 1 or 2.")
    return Reading((Fuzzy(text, int(distance)),))


def _wildcard(pattern: str, position: int) -> Reading:
    if not fits_a_pattern(_WILD.sub("", pattern)):
        return _plain(pattern, position)
    pattern = _STARS.sub("*", pattern)
    check_literals(pattern, position)
    literal = pattern[:-1]
    if _WILD.search(literal):
        return Reading((Wildcard(pattern),))
    if pattern.endswith("*"):
        return Reading((Prefix(literal),))
    return Reading(
        (Wildcard(pattern),),
        f"{quoted(pattern)} at character {position} finds words with one more character; "
        f"to find {quoted(literal)} leave out the question mark.",
    )


def _plain(text: str, position: int) -> Reading:
    return Reading(
        tuple(Word(word) for word in plain_words(text)),
        f"{quoted(text)} at character {position} is read as plain words: "
        "next to *, ? and ~ only letters, digits, hyphens and apostrophes may stand.",
    )
