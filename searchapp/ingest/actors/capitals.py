"""Which runs of capitalised words stand in a text, and what stands before them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import regex
from msgspec import Struct

from searchapp.analysis import fold
from searchapp.authority import has_more_capitals
from searchapp.ingest.actors.spans import Spans
from searchapp.ingest.data import word_sets

WORDS = word_sets("discovery_words.yaml")

_ARTICLE = r"(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa]n|[Aa]r|[Aa]d|[Aa]t|[Aa]z|[Uu]l)[-‑]"
_CAPITAL = rf"(?:{_ARTICLE})?\p{{Lu}}[\p{{L}}\p{{M}}]*(?:['’ʼ]\p{{L}}{{3,}})?(?:[-‑]\p{{Lu}}?[\p{{L}}\p{{M}}]+)*"
_JOINT = r"(?:al|el|ul|bin|ben|ibn|bint|abu|von|van|de|der|den|del|della|di|da|dos|du|la|le)"
_RUN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}$€£@#/_.-]){_CAPITAL}"
    rf"(?:(?:(?<=\b\p{{L}})\.|(?<=\b(?:Gen|Dr|Mr|Mrs|Ms|Lt|Col|Maj|Capt|Sgt|Prof|Sen|Rep|Gov|Rev|St|Brig|Adm))\.)?"
    rf"[ \u00a0](?:{_JOINT}[ \u00a0]){{0,2}}(?:(?:of|for)[ \u00a0](?:the[ \u00a0])?)?{_CAPITAL})*(?![\p{{L}}\p{{N}}@_])"
)
_WORD = regex.compile(rf"{_CAPITAL}|\p{{L}}+")
_REACH = 24
_LONGEST = 9
_MOST_RUNS = 3_000


class Run(Struct, frozen=True, gc=False):
    """Words from `start` to `end`, each as folded form and span; `before` is the small word before it, folded, or ""."""

    forms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    before: str

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def runs(text: str, taken: Spans) -> Iterator[Run]:
    """The runs in order that lie in no line of capitals and touch nothing that is taken."""
    shouted = Spans(_shouted_lines(text))
    for match in islice(_RUN.finditer(text), _MOST_RUNS):
        for run in _runs_of(text, *match.span()):
            if len(run.forms) <= _LONGEST and not taken.touch(run.start, run.end) and not shouted.hold(run.start, run.start + 1):
                yield run


def _runs_of(text: str, start: int, end: int) -> Iterator[Run]:
    """The runs between these offsets: "of" and "for" go on a name only behind the word for a body."""
    surface = text[start:end]
    if " " not in surface and "\u00a0" not in surface:
        # As most runs are; what stands before a single word says nothing of it.
        yield Run((_fold(surface),), ((start, end),), "")
        return
    words = [(_fold(word[0]), word.span()) for word in _WORD.finditer(text, start, end)]
    first = 0
    for place in range(1, len(words)):
        if words[place][0] in WORDS["joints"] and words[place - 1][0] not in WORDS["heads"]:
            yield from _run(text, words[first:place])
            first = place + 1 + ([form for form, _ in words[place + 1 : place + 2]] == ["the"])
    yield from _run(text, words[first:])


def _run(text: str, words: Sequence[tuple[str, tuple[int, int]]]) -> Iterator[Run]:
    """The run of these words, where there are any."""
    if words:
        start = words[0][1][0]
        forms, spans = zip(*words, strict=True)
        yield Run(forms, spans, _small_word_before(text, start))


def _small_word_before(text: str, start: int) -> str:
    around = text[max(0, start - _REACH) : start]
    before = around.rstrip(" ,")
    word = before.rpartition(" ")[2] if len(before) < len(around) else ""
    return _fold(word) if word.isalpha() and word.islower() else ""


def _fold(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)


def _shouted_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines that have more capitals than small letters."""
    begin = 0
    for line in text.splitlines(keepends=True):
        finish = begin + len(line)
        if has_more_capitals(line):
            yield begin, finish
        begin = finish
