"""What does one part of a query read in a text, and where does it stand there?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import OSA

from searchapp.analysis import Tokens, look_up, look_up_pattern
from searchapp.errors import LimitExceeded
from searchapp.grammar import MAX_EXPANSIONS, Fuzzy, Leaf, Near, Phrase, Prefix, Range, Wildcard, Word

_WILD = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Words:
    """All forms side by side, or the whole (a compound, ""), or any of the stems; nothing where there are no forms."""

    forms: tuple[str, ...]
    whole: str = ""
    stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Together:
    """All forms, each once, within `width` positions in any order; nothing where there are no forms."""

    forms: tuple[str, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Like:
    """Any token of the stream that `accepts`; fields that are read by forms alone have no wholes, so none of those."""

    stream: Literal["forms", "wholes"]
    accepts: Callable[[str], bool]
    text: str


Reading = Words | Together | Like


def read(leaf: Leaf, languages: Collection[str]) -> Reading:
    """What the leaf reads in an index of these languages; a pattern that is not one word is read as its words."""
    match leaf:
        case Word(text):
            return _word(text, languages)
        case Phrase(text):
            return Words(look_up(text, ()).forms)
        case Near(text, distance):
            forms = tuple(dict.fromkeys(look_up(text, ()).forms))
            return Together(forms, len(forms) + distance)
        case Prefix(text):
            return _pattern(f"{text}*", languages)
        case Wildcard(text):
            return _pattern(text, languages)
        case Fuzzy(text, distance):
            return _fuzzy(text, distance, languages)
        case Range():
            return Words(())


def places(reading: Reading, tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The positions that it reads, each from the first to the one after the last; some may be given twice."""
    match reading:
        case Words():
            yield from _places_of_words(reading, tokens)
        case Together(forms):
            yield from places_together(reading, [(at, form) for at, form in enumerate(tokens.forms) if form in forms])
        case Like(stream, accepts):
            for at, token in enumerate(tokens.forms if stream == "forms" else tokens.wholes):
                if token and accepts(token):
                    yield at, at + (1 if stream == "forms" else _parts(token))


def places_together(reading: Together, found: Sequence[tuple[int, str]]) -> Iterator[tuple[int, int]]:
    """The same as `places`, out of all positions of its forms, in order, each with its form."""
    window: Counter[str] = Counter()
    given = end = 0
    for index, (start, form) in enumerate(found):
        while end < len(found) and found[end][0] < start + reading.width:
            window[found[end][1]] += 1
            end += 1
        if len(window) == len(reading.forms):
            yield from ((at, at + 1) for at, _ in found[max(given, index) : end])
            given = end
        window[form] -= 1
        if not window[form]:
            del window[form]


def check_expansions(reading: Like, found: int) -> None:
    """Raise LimitExceeded where a pattern finds too many different tokens in what the index holds."""
    if found > MAX_EXPANSIONS:
        raise LimitExceeded(
            f"“{reading.text}” finds {found:,} different words; it may find {MAX_EXPANSIONS}. Write more of the word.",
            param="q",
            limit=MAX_EXPANSIONS,
        )


def _word(text: str, languages: Collection[str]) -> Words:
    found = look_up(text, languages)
    return Words(found.forms, found.whole, found.stems)


def _pattern(text: str, languages: Collection[str]) -> Words | Like:
    pattern = look_up_pattern(text)
    if pattern is None:
        return _word(_WILD.sub(" ", text), languages)
    literal = (re.escape(part) for part in re.split(r"([*?])", pattern.text))
    expression = "".join({r"\*": ".*", r"\?": "."}.get(part, part) for part in literal)
    return Like(pattern.stream, _accepting(re.compile(expression, re.DOTALL)), text)


def _accepting(expression: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda token: expression.fullmatch(token) is not None


def _fuzzy(text: str, distance: int, languages: Collection[str]) -> Words | Like:
    found = look_up(text, ())
    target = found.forms[0] if len(found.forms) == 1 else found.whole
    if not target:
        return _word(text, languages)

    def accepts(token: str) -> bool:
        return OSA.distance(target, token, score_cutoff=distance) <= distance

    return Like("wholes" if found.whole else "forms", accepts, f"{text}~{distance}")


def _places_of_words(reading: Words, tokens: Tokens) -> Iterator[tuple[int, int]]:
    forms = reading.forms
    length = len(forms)
    if not forms:
        return
    for at, form in enumerate(tokens.forms):
        side_by_side = form == forms[0] and tokens.forms[at : at + length] == forms
        if side_by_side or (reading.whole and tokens.wholes[at] == reading.whole):
            yield at, at + length
        elif reading.stems and tokens.stems[at] in reading.stems:
            yield at, at + 1


def _parts(whole: str) -> int:
    return len(look_up(whole, ()).forms)


def literal_beginning(leaf: Prefix | Wildcard) -> str:
    """What is literal at the beginning of the pattern."""
    pattern = look_up_pattern(f"{leaf.text}*" if isinstance(leaf, Prefix) else leaf.text)
    return _WILD.split(pattern.text)[0] if pattern else ""
