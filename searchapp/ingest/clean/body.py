"""Where on a page does its article begin and end? The run of paragraphs that together read most like running text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import repeat

from searchapp.ingest.clean.paragraph import Paragraph, function_words

Reasons = Sequence[str | None]

# The numbers below were chosen on every third of the 778 pages of the development set, each as HTML and in three
# text dumps, by the mean F1 of all; the second number of a note is that mean with the value beside it.
_WORDS_A_POINT = 12
_LONG = 60
_FEW_WORDS, _FEW_PENALTY = 6, 0.9  # .910; with a penalty of 1.3 .908
_SOME_WORDS, _SOME_PENALTY = 10, 0.45
_CLOSED_GAIN = 0.6  # .910; 1.0 .910
_OPEN_WEIGHT = 0.6
"""What the length of a line without any sentence counts: menus read as one line are long."""
_CAPITALS_ALLOWED, _CAPITALS_PENALTY = 0.4, 1.5  # .887; without .885
_CUE_PENALTY = 1.2
_LINKED_PENALTY = 3.0
_LOWEST, _HIGHEST = -1.6, 5.0  # .891; a highest of 3.5 .887
_DROPPED = -0.8  # .893; -1.6 .887
_COST = 0.4  # .911; 0.25 .906, 0.55 .904
"""What every line costs: a run is not prolonged by lines that say nothing for it."""
_COMMON_WORDS, _COHESION_GAIN = 0.4, 2.0  # .911; without .906
_COHESIVE_LINES = 4
_CONTENT_LETTERS = 4
_GRAMMAR = 0.4, 0.2
"""Share of small words, against that of the page's long lines, at which a line counts in full, and in part."""
_NEAR, _NEAR_WORDS = 3, 10
"""Lines from the edge of the run within which a finished paragraph still belongs to it: one teaser parts short articles."""
_HOME_SHARE = 0.2
"""Share of the article's words from which the element around them is taken for its home: .906; without .902."""


def liking(paragraph: Paragraph) -> float:
    """How much a paragraph reads like running text (above 0) or like furniture (below): about a point for 12 words."""
    words = paragraph.words
    score = min(words, _LONG) / _WORDS_A_POINT * _grammar_weight(paragraph.grammar)
    if words >= _FEW_WORDS:
        score += _CLOSED_GAIN if paragraph.ends else 0
        if not paragraph.sentences:
            excess = max(0.0, paragraph.capital_share - _CAPITALS_ALLOWED)
            score = score * _OPEN_WEIGHT - _CAPITALS_PENALTY * excess
        if words < _SOME_WORDS and not paragraph.ends:
            score -= _SOME_PENALTY
    else:
        score -= _FEW_PENALTY
    if paragraph.rubric or paragraph.partial:
        score -= _CUE_PENALTY
    return score - _LINKED_PENALTY * paragraph.block.link_density


def _grammar_weight(grammar: float) -> float:
    """Lists of names and links have few of the small words that sentences are built with."""
    full, some = _GRAMMAR
    return 1.0 if grammar >= full else 0.7 if grammar >= some else 0.35


def body_of(paragraphs: Sequence[Paragraph], reasons: Reasons) -> tuple[int, int]:
    """First and one past the last paragraph of the article; the whole page where nothing speaks for any part."""
    likings = [liking(one) for one in paragraphs]
    first, last = best_run(likings, reasons)
    gains = _cohesion_gains(paragraphs, reasons, range(first, last))
    first, last = best_run([one + gain for one, gain in zip(likings, gains, strict=True)], reasons)
    first, last = _whole_home(paragraphs, reasons, range(first, last))
    above = _reach(paragraphs, reasons, range(first - 1, -1, -1))
    below = _reach(paragraphs, reasons, range(last, len(paragraphs)))
    return first - above, last + below


def _reach(paragraphs: Sequence[Paragraph], reasons: Reasons, numbers: range) -> int:
    """How many more paragraphs belong to a run, walking away from its edge: up to the last prose that is near enough."""
    reached = 0
    for step, number in enumerate(numbers, start=1):
        one = paragraphs[number]
        cue = one.whole if reasons[number] else None
        if step - reached > _NEAR or (cue and cue.heads):
            break
        if reasons[number] is None and one.ends and one.words >= _NEAR_WORDS:
            reached = step
    return reached


def best_run(likings: Sequence[float], reasons: Reasons = ()) -> tuple[int, int]:
    """The contiguous run with the greatest sum of likings less their cost."""
    best, first, last = 0.0, 0, len(likings)
    running, start = 0.0, 0
    for number, (value, reason) in enumerate(zip(likings, reasons or repeat(None, len(likings)), strict=True)):
        if running <= 0:
            running, start = 0.0, number
        running += (_DROPPED if reason else max(_LOWEST, min(value, _HIGHEST))) - _COST
        if running > best:
            best, first, last = running, start, number + 1
    return first, last


def _cohesion_gains(paragraphs: Sequence[Paragraph], reasons: Reasons, run: range) -> list[float]:
    """What each paragraph gains by using the words that the sentences of the run use too."""
    words = [_content_words(one) for one in paragraphs]
    prose = [number in run and reasons[number] is None and one.prose for number, one in enumerate(paragraphs)]
    if sum(prose) < _COHESIVE_LINES:
        return [0.0] * len(paragraphs)
    users = Counter(word for own, counts in zip(words, prose, strict=True) if counts for word in own)
    shares = (
        sum(min(users[word] - counts, 2) for word in own) / 2 / (len(own) or 1)
        for own, counts in zip(words, prose, strict=True)
    )
    return [_COHESION_GAIN * max(0.0, share - _COMMON_WORDS) for share in shares]


def _content_words(paragraph: Paragraph) -> set[str]:
    return {word for word in paragraph.folded if len(word) >= _CONTENT_LETTERS and word not in function_words()}


def _whole_home(paragraphs: Sequence[Paragraph], reasons: Reasons, run: range) -> tuple[int, int]:
    """The run, prolonged to all that stands in the elements which hold a good part of it."""
    words: Counter[str] = Counter()
    for number in run:
        one = paragraphs[number]
        if reasons[number] is None and one.prose:
            words[one.block.hint] += one.words
    homes = {hint for hint, count in words.items() if hint and count >= _HOME_SHARE * words.total()}
    inside = [number for number, one in enumerate(paragraphs) if one.block.hint in homes and reasons[number] is None]
    return min([run.start, *inside]), max([run.stop, *(number + 1 for number in inside)])
