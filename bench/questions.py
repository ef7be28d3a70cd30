"""Sixty questions of six kinds, chosen from the documents themselves: how often each is found is alike in any corpus."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

from bench.documents import BOUNDARY, Ready
from searchapp.analysis import look_up

KINDS = ("rare", "common", "two words", "three words", "phrase", "prefix")
EACH = 10
CHOSEN_BY = 2
"""Changes when questions are chosen in another way."""

SAMPLE = 2_000
"""Documents in which phrases and prefixes are counted."""

RARE = (0.00005, 0.0002)
COMMON = (0.10, 0.35)
ANDED = (0.02, 0.12)
ORED = (0.01, 0.08)
PHRASE = (0.002, 0.008)
PREFIX = (0.02, 0.10)
"""The share of documents that a word of each kind is found in; of a phrase, and of a prefix."""

_PREFIX_LETTERS = 4
_MOST_EXPANSIONS = 20
_OPERATORS = frozenset(("and", "or", "not", "near"))


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is what a person types. `terms` are the tokens that each word may be, the words of a phrase, or a prefix."""

    kind: str
    text: str
    terms: tuple[tuple[str, ...], ...]


class Chooser:
    """Reads documents once, then chooses."""

    def __init__(self, documents: Iterable[Ready], total: int) -> None:
        self.total = total
        self._stems: Counter[str] = Counter()
        self._written: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._phrases: Counter[tuple[str, str]] = Counter()
        self._prefixes: Counter[str] = Counter()
        self._forms: dict[str, None] = {}
        self._anded: list[frozenset[str]] = []
        step = max(1, total // SAMPLE)
        self._sampled = len(range(0, total, step))
        for number, document in enumerate(documents):
            stems = frozenset(document.stems.split(" "))
            self._stems.update(stems)
            if number % step == 0:
                self._sample(document, stems)

    def _sample(self, document: Ready, stems: frozenset[str]) -> None:
        forms = document.forms.split(" ")
        self._anded.append(stems)
        self._phrases.update({pair for pair in pairwise(forms) if all(map(_is_plain, pair))})
        self._prefixes.update({form[:_PREFIX_LETTERS] for form in forms if _is_plain(form)})
        self._forms.update(dict.fromkeys(forms))
        for stem, form in zip(document.stems.split(" "), forms, strict=True):
            self._written[stem][form] += 1

    def choose(self, languages: Iterable[str], *, seed: int = 0) -> list[Question]:
        """Ten questions of each kind, where the documents hold so many."""
        self._languages = sorted(set(languages))
        rng = random.Random(f"{seed} questions")
        words = {bounds: self._words(*bounds) for bounds in (RARE, COMMON, ANDED, ORED)}
        for found in words.values():
            rng.shuffle(found)
        chosen = [
            *(self._question("rare", word) for word in words[RARE][:EACH]),
            *(self._question("common", word) for word in words[COMMON][:EACH]),
            *(self._question("two words", *pair) for pair in self._pairs(words[ANDED], rng)),
            *(self._question("three words", *trio) for trio in zip(*[iter(words[ORED][: 3 * EACH])] * 3, strict=False)),
            *self._phrase_questions(rng),
            *self._prefix_questions(rng),
        ]
        return chosen

    def _words(self, least: float, most: float) -> list[str]:
        """Stems that stand in such a share of the documents (but in one at least), written as a plain word."""
        low, high = max(1, least * self.total), max(3, most * self.total)
        found = sorted(stem for stem, count in self._stems.items() if low <= count <= high)
        forms = ((stem, self._form(stem)) for stem in found)
        return [stem for stem, form in forms if _is_plain(form) and stem in self._tokens(form)]

    def _form(self, stem: str) -> str:
        """The form that the stem mostly has; outside the sample, its own letters."""
        known = self._written.get(stem)
        return known.most_common(1)[0][0] if known else stem.partition(":")[2] or stem

    def _pairs(self, words: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
        """Two words that stand in one document."""
        wanted = frozenset(words)
        told: set[tuple[str, ...]] = set()
        for stems in rng.sample(self._anded, len(self._anded)):
            both = sorted(stems & wanted)
            if len(both) > 1 and len(told) < EACH:
                pair = rng.sample(both, 2)
                if not told.intersection((tuple(pair), tuple(pair[::-1]))):
                    told.add(tuple(pair))
                    yield pair[0], pair[1]

    def _question(self, kind: str, *stems: str) -> Question:
        forms = [self._form(stem) for stem in stems]
        terms = tuple(self._tokens(form) for form in forms)
        return Question(kind, (" OR " if kind == "three words" else " ").join(forms), terms)

    def _tokens(self, form: str) -> tuple[str, ...]:
        """What our engine looks up for the word, as far as the documents hold it."""
        return tuple(token for token in (*look_up(form, self._languages).stems, form) if token in self._stems)

    def _phrase_questions(self, rng: random.Random) -> Iterator[Question]:
        bounds = [max(1.0, share * self._sampled) for share in PHRASE]
        pairs = sorted(pair for pair, count in self._phrases.items() if bounds[0] <= count <= bounds[1])
        for pair in rng.sample(pairs, min(EACH, len(pairs))):
            yield Question("phrase", f'"{" ".join(pair)}"', (pair,))

    def _prefix_questions(self, rng: random.Random) -> Iterator[Question]:
        expansions = Counter(form[:_PREFIX_LETTERS] for form in self._forms)
        bounds = [share * self._sampled for share in PREFIX]
        found = sorted(
            prefix for prefix, count in self._prefixes.items()
            if len(prefix) == _PREFIX_LETTERS and bounds[0] <= count <= bounds[1] and expansions[prefix] <= _MOST_EXPANSIONS
        )  # fmt: skip
        for prefix in rng.sample(found, min(EACH, len(found))):
            yield Question("prefix", f"{prefix}*", ((prefix,),))


def _is_plain(word: str) -> bool:
    """Whether it is a word of letters, which no query reads as anything else."""
    return len(word) > 2 and word.isalpha() and word not in _OPERATORS and word != BOUNDARY


def write(questions: Iterable[Question], path: Path) -> None:
    """Keep the questions in a file."""
    path.write_text(json.dumps([asdict(question) for question in questions], ensure_ascii=False, indent=1))


def read(path: Path) -> list[Question]:
    """The questions that were kept in a file."""
    rows = json.loads(path.read_text())
    return [Question(row["kind"], row["text"], tuple(map(tuple, row["terms"]))) for row in rows]
