"""Names for made documents: as many different ones as an archive of that size has, taken from the words of the source."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

_CAPITALISED = regex.compile(r"\p{Lu}[\p{L}\p{M}]+(?: \p{Lu}[\p{L}\p{M}]+){0,2}")
_PLAIN = regex.compile(r"[\p{L}\p{M}]{4,}")

MEASURED_DOCUMENTS = 100_000
MEASURED_ACTORS = 65_000
MEASURED_OUTLETS = 491
PLACES = 115
_GROWTH = 0.6
"""Different names grow like this power of the number of documents (Heaps' law)."""

ACTORS = (4, 12)
LOCATIONS = (1, 5)


def actor_spread(documents: int) -> int:
    """How many different actors an archive of so many documents names."""
    return max(20, _grown(MEASURED_ACTORS, documents))


def outlet_spread(documents: int) -> int:
    """How many different outlets an archive of so many documents has."""
    return max(10, _grown(MEASURED_OUTLETS, documents))


def _grown(measured: int, documents: int) -> int:
    return round(measured * math.pow(documents / MEASURED_DOCUMENTS, _GROWTH))


@dataclass(frozen=True, slots=True)
class Spread:
    """The capitalised words of a text: runs of two or three, and single ones, each once and in order."""

    runs: tuple[str, ...]
    singles: tuple[str, ...]


def capitalised(sentences: Iterable[str]) -> Spread:
    """What begins with capitals in these sentences, first words that stand alone left out."""
    runs: dict[str, None] = {}
    singles: dict[str, None] = {}
    for sentence in sentences:
        for match in _CAPITALISED.finditer(sentence):
            if " " in match[0]:
                runs[match[0]] = None
            elif match.start():
                singles[match[0]] = None
    return Spread(tuple(runs), tuple(singles))


class Names:
    """`spread` actors and some places: what the sentences write with capitals, the most frequent first.

    Where they have too few such names, words are joined to further ones.
    """

    def __init__(self, sentences: Sequence[str], *, spread: int, rng: random.Random) -> None:
        runs: Counter[str] = Counter()
        singles: Counter[str] = Counter()
        for sentence in sentences:
            found = capitalised((sentence,))
            runs.update(found.runs)
            singles.update(found.singles)
        known = dict.fromkeys(name for name, _ in runs.most_common(spread))
        parts = sorted(singles) if len(singles) > 100 else _words(sentences)
        while len(known) < spread:
            joined = f"{rng.choice(parts)} {rng.choice(parts)} {rng.choice(parts)}"
            # Of few words there are few such names.
            known[joined if joined not in known else f"{joined} {len(known)}"] = None
        self._actors = list(known)
        self._known = frozenset(known)
        self._places = [name for name, _ in singles.most_common(PLACES)] or parts[:PLACES]
        self._known_places = frozenset(self._places)

    @property
    def spread(self) -> int:
        """How many actors there are."""
        return len(self._actors)

    def actors(self, found: Spread, rng: random.Random, *, dealt: Sequence[int]) -> tuple[str, ...]:
        """The actors of a document: `dealt` ones by number, so that all are used, the text's, and frequent ones."""
        names = dict.fromkeys(self._actors[number % self.spread] for number in dealt)
        wanted = rng.randint(*ACTORS)
        own = [name for name in found.runs if name in self._known]
        rng.shuffle(own)
        names.update(dict.fromkeys(own[: max(0, wanted - len(names))]))
        while len(names) < min(wanted, self.spread):
            names[self._actors[int(self.spread ** rng.random()) - 1]] = None
        return tuple(names)

    def locations(self, found: Spread, rng: random.Random) -> tuple[str, ...]:
        """The places of a document: the text's, then frequent ones."""
        # The last of the places is never drawn.
        wanted = min(rng.randint(*LOCATIONS), max(1, len(self._places) - 1))
        own = [name for name in found.singles if name in self._known_places]
        rng.shuffle(own)
        names = dict.fromkeys(own[:wanted])
        while len(names) < wanted:
            names[self._places[int(len(self._places) ** rng.random()) - 1]] = None
        return tuple(names)

    def editions(self, outlets: Sequence[str], spread: int) -> list[str]:
        """The outlets, and as many of their local editions as are missing."""
        local = (f"{outlet} {place}" for place in self._places for outlet in outlets)
        return [*outlets, *(name for name, _ in zip(local, range(spread - len(outlets)), strict=False))]


def _words(sentences: Iterable[str]) -> list[str]:
    counts = Counter(word for sentence in sentences for word in _PLAIN.findall(sentence))
    return [word for word, _ in counts.most_common(2_000)] or ["name"]
