"""Where on a page does its article begin and end? The run of paragraphs that together read most like running text."""

from __future__ import annotations

from collections.abc import Sequence

from searchapp.ingest.clean.paragraph import Paragraph

# All numbers of this module were chosen on the 778 pages of the development set, each in three text dumps and as
# HTML; moving any of them by a fifth changes the F1 there by less than .003.
_WORDS_A_POINT = 12
_LONG = 60
_CLOSED_BONUS = 0.6
_SHORT, _SHORT_PENALTY = 6, 0.9
_MIDDLING, _MIDDLING_PENALTY = 10, 0.45
_CUE_PENALTY = 1.2
_DROPPED_SCORE = -1.6
_LOWEST, _HIGHEST = -1.6, 3.5
_COST = 0.25
"""What every line costs: a run is not prolonged by lines that say nothing for it."""
_LINKED_PENALTY = 3.0


def liking(paragraph: Paragraph) -> float:
    """How much a paragraph reads like running text (above 0) or like furniture (below): about a point for 12 words."""
    words = paragraph.words
    score = min(words, _LONG) / _WORDS_A_POINT * _grammar_weight(paragraph.function_share)
    if words >= _SHORT and paragraph.ends:
        score += _CLOSED_BONUS
    if words < _SHORT:
        score -= _SHORT_PENALTY
    elif words < _MIDDLING and not paragraph.ends:
        score -= _MIDDLING_PENALTY
    if paragraph.rubric or paragraph.partial_cue():
        score -= _CUE_PENALTY
    return score - _LINKED_PENALTY * paragraph.block.link_density


def _grammar_weight(function_share: float) -> float:
    """Lists of names and links have few of the small words that sentences are built with."""
    return 1.0 if function_share >= 0.2 else 0.7 if function_share >= 0.1 else 0.35


def body_of(paragraphs: Sequence[Paragraph], dropped: Sequence[str | None]) -> tuple[int, int]:
    """First and one past the last paragraph of the article; the whole page where nothing speaks for any part."""
    best, first, last = 0.0, 0, len(paragraphs)
    running, start = 0.0, 0
    for number, (paragraph, reason) in enumerate(zip(paragraphs, dropped, strict=True)):
        score = _DROPPED_SCORE if reason else max(_LOWEST, min(liking(paragraph), _HIGHEST))
        if running <= 0:
            running, start = 0.0, number
        running += score - _COST
        if running > best:
            best, first, last = running, start, number + 1
    return first, last
