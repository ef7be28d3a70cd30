"""Is a name that stands in a text part of a longer name, which somebody or something else bears?"""

from __future__ import annotations

import re
from typing import Any

from searchapp.analysis import Tokens
from searchapp.authority import Occurrence
from searchapp.ingest.data import word_sets

_WORDS = word_sets("actor_words.yaml")
GIVEN = (_WORDS["given"] | word_sets("place_words.yaml")["given"]) - _WORDS["titles"]
"""Given names, folded."""

_SENTENCE_END = re.compile(r"(?:^|[.!?:;\"“”‘’'«»()\[\]\n])\s*$")
# <UN.AS>, <BP.L>: how exchanges call a share.
_OF_TICKER = re.compile(r"\.[A-Z]{1,3}\b|>")
_SHORT_FORM = re.compile(r"\s?\(([A-Z][A-Za-z.&-]{1,9})\)")


class Beside:
    """The words next to a name in a text; each "" where something else than one space is between."""

    def __init__(self, text: str, tokens: Tokens, occurrence: Occurrence[Any]) -> None:
        self._text, self._tokens = text, tokens
        self._first, self._last = occurrence.first, occurrence.last

    def after(self, number: int = 0) -> str:
        """The form behind the name, the next ones by number."""
        place = self._last + number
        if place >= len(self._tokens.forms) or self._gap(place - 1) != " ":
            return ""
        return self._tokens.forms[place]

    def capital_after(self, number: int = 0) -> bool:
        """Whether the form behind the name begins with a capital."""
        return self.after(number) != "" and self._text[self._tokens.starts[self._last + number]].isupper()

    def before(self) -> str:
        """The form before the name, where it begins with a capital."""
        if self._first == 0 or self._gap(self._first - 1) != " ":
            return ""
        return self._tokens.forms[self._first - 1] if self._text[self._start()].isupper() else ""

    def owner(self) -> str:
        """The form before the name, where it begins with a capital and opens no sentence; also that of "Russia's"."""
        place = self._first - 1
        if place > 0 and self._tokens.forms[place] == "s" and self._gap(place - 1) in ("'", "’"):
            place -= 1
        if place < 0 or not self._text[self._tokens.starts[place]].isupper():
            return ""
        if self._gap(self._first - 1) == ". " and len(self._tokens.forms[place]) == 1:
            return self._tokens.forms[place]
        if self._gap(self._first - 1) != " ":
            return ""
        return "" if place == self._first - 1 and self.opens_sentence() else self._tokens.forms[place]

    def next_form(self) -> str:
        """The form behind the name, a blank or a hyphen between."""
        return self._tokens.forms[self._last] if self._last < len(self._tokens.forms) and self._gap(self._last - 1) in (" ", "-") else ""

    def is_initialled(self) -> bool:
        """Whether a point divides the name from what stands before it, as in J. Assad."""
        return self._first > 0 and self._gap(self._first - 1) == ". "

    def opens_sentence(self) -> bool:
        """Whether the word before the name is the first of its sentence."""
        start = self._start()
        return _SENTENCE_END.search(self._text[max(0, start - 4) : start]) is not None

    def shouts_before(self) -> bool:
        """Whether the word before the name is all in capitals."""
        return self._text[self._start() : self._tokens.ends[self._first - 1]].isupper()

    def _start(self) -> int:
        return self._tokens.starts[self._first - 1]

    def _gap(self, number: int) -> str:
        return self._text[self._tokens.ends[number] : self._tokens.starts[number + 1]]


def is_of_another_person(text: str, tokens: Tokens, occurrence: Occurrence[Any], *, surname: bool) -> bool:
    """Whether the name of a person is that of a namesake, or of what bears the name; `surname` if it is one word."""
    beside = Beside(text, tokens, occurrence)
    if beside.after() in _WORDS["juniors"]:
        return True
    further = 1 if beside.after() == "international" else 0
    if beside.after(further) in _WORDS["things"] and beside.capital_after(further):
        return True
    if not surname or beside.is_initialled() or beside.before() in ("", *_WORDS["titles"]):
        return False
    return not beside.shouts_before() and (beside.before() in GIVEN or not beside.opens_sentence())


def has_given_name(text: str, tokens: Tokens, occurrence: Occurrence[Any]) -> bool:
    """Whether a given name stands right before the name, one that is no title."""
    return Beside(text, tokens, occurrence).before() in GIVEN


def is_of_president(text: str, tokens: Tokens, occurrence: Occurrence[Any]) -> bool:
    """Whether the title stands before the name that one person of a family bears."""
    return Beside(text, tokens, occurrence).before() == "president"


def is_of_other_body(text: str, tokens: Tokens, occurrence: Occurrence[Any]) -> bool:
    """Whether the name of a body goes on before or behind: National Security Council, State Department of Health."""
    beside = Beside(text, tokens, occurrence)
    if beside.before() in _WORDS["directions"]:
        return True
    if beside.after() in _WORDS["body_things"] and beside.capital_after():
        return True
    name = "-".join(tokens.forms[occurrence.first : occurrence.last])
    if name in _WORDS["shared_bodies"] and beside.owner() not in ("", *_WORDS["owners"], *_WORDS["titles"]):
        return True
    if name.endswith("-state") and beside.next_form() in _WORDS["of_states"]:
        return True
    if beside.after() in ("radio", "radios"):
        return True
    if beside.before() in _WORDS["narrowing"] and not beside.opens_sentence():
        return True
    goes_on = beside.after() in ("of", "for") and beside.capital_after(1)
    return goes_on and tokens.forms[occurrence.last - 1] in _WORDS["offices"]


def is_ticker(text: str, occurrence: Occurrence[Any]) -> bool:
    """Whether an acronym is the name of a share."""
    return text.startswith("<", occurrence.start - 1) or _OF_TICKER.match(text, occurrence.end) is not None


def other_meanings(text: str, spans: set[tuple[int, int]]) -> set[str]:
    """The acronyms that stand in brackets behind a long form which is not among the `spans` of known names."""
    ends = {end for _, end in spans}
    found = set()
    for match in _SHORT_FORM.finditer(text):
        if match.start() not in ends and long_form(text, match.start(), match[1]) is not None:
            found.add(match[1])
    return found


def long_form(text: str, end: int, short: str) -> tuple[int, int] | None:
    """Where the words before `end` stand that the short form abbreviates, after Schwartz and Hearst; None if none do."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    start = max(0, end - 15 * (len(letters) + 5), text.rfind("\n", 0, end) + 1)
    place = end
    for number, letter in reversed(list(enumerate(letters))):
        place = _last(text, letter, start, place, opens_word=number == 0)
        if place < 0:
            return None
    words = text[place:end].split()
    fits = 2 <= len(words) <= min(len(letters) + 5, 2 * len(letters)) and text[place].isupper()
    return (place, end) if fits and not re.search(r"[.;:()!?]\s", text[place:end]) else None


def _last(text: str, letter: str, start: int, end: int, *, opens_word: bool) -> int:
    """The offset of the last such letter before `end`; -1 where there is none."""
    for place in range(end - 1, start - 1, -1):
        if text[place].lower() == letter and not (opens_word and place > 0 and text[place - 1].isalnum()):
            return place
    return -1
