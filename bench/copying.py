"""Are texts found again that were cut or furnished anew? Measured with copies made of news, by what was done to them."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from searchapp.analysis import analyze
from searchapp.ingest.duplicates import fingerprint, overlaps

FEWEST_WORDS = 120
"""A quarter of a shorter article is too short to be compared."""
# A pair that shares so much of the runs of eight words of the shorter text is no false one, whoever made it.
_REALLY_SHARED = 0.4
_RUN = 8
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_ABOVE = (
    "Share this on Facebook, Twitter and WhatsApp. Read more of this story and sign up for the newsletter that brings the best "
    "of our journalism to your inbox every morning."
)
_BELOW = (
    "Related stories: five things to know today. Most read this week. Comments are closed. All rights reserved; this material "
    "may not be published, broadcast, rewritten or handed on."
)


@dataclass(frozen=True, slots=True)
class Copying:
    """The share of copies found by what was done to them, false pairs a copy, and CPU milliseconds a document."""

    found: dict[str, float]
    false: float
    milliseconds: float


def boilerplate_added(sentences: Sequence[str], chance: random.Random) -> str:
    return "\n\n".join((_ABOVE, " ".join(sentences), _BELOW))


def tenth_cut(sentences: Sequence[str], chance: random.Random) -> str:
    return " ".join(one for one in sentences if chance.random() > 0.1)


def half_kept(sentences: Sequence[str], chance: random.Random) -> str:
    return " ".join(sentences[: max(3, len(sentences) // 2)])


def quarter_kept(sentences: Sequence[str], chance: random.Random) -> str:
    return " ".join(sentences[: max(2, len(sentences) // 4)])


CHANGES: dict[str, Callable[[Sequence[str], random.Random], str]] = {
    "boilerplate added": boilerplate_added,
    "a tenth of the sentences cut": tenth_cut,
    "half kept": half_kept,
    "a quarter kept": quarter_kept,
}


def measure_copies(texts: Iterable[str], *, copied: int, seed: int = 0) -> Copying:
    """Compare the texts and copies of the first `copied` of them that are long enough."""
    long = [text for text in texts if len(text.split()) >= FEWEST_WORDS]
    chance = random.Random(seed)
    made = {
        f"copy {number} {change}": alter(_SENTENCES.split(long[number]), chance)
        for number in range(min(copied, len(long)))
        for change, alter in CHANGES.items()
    }
    given = {**{f"text {number}": text for number, text in enumerate(long)}, **made}
    start = time.thread_time()
    prints = [fingerprint(name, "", text) for name, text in given.items()]
    met = overlaps(prints, made.keys())
    spent = time.thread_time() - start
    found: Counter[str] = Counter()
    false = 0
    for one in met:
        (kind, number, *_), (_, of, *change) = sorted((one.first.split(" "), one.second.split(" ")), reverse=True)
        if kind == "text" and number == of:
            found[" ".join(change)] += 1
        elif number != of:
            false += _shared(given[one.first], given[one.second]) < _REALLY_SHARED
    each = len(made) // len(CHANGES)
    return Copying({change: found[change] / each for change in CHANGES}, false / len(made), 1000 * spent / len(given))


def _shared(one: str, other: str) -> float:
    """The part of the runs of words of the shorter text that the longer one holds."""
    first, second = (_runs(text) for text in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _runs(text: str) -> set[tuple[str, ...]]:
    forms = analyze(text, None).forms
    return {forms[begin : begin + _RUN] for begin in range(max(1, len(forms) - _RUN + 1))}
