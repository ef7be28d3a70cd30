"""Which rules drop a block, and in which order are they asked? A table of passes, each with its own reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from searchapp.ingest.clean.body import body_of
from searchapp.ingest.clean.landmarks import furniture_words, reason_of
from searchapp.ingest.clean.paragraph import Paragraph
from searchapp.ingest.clean.patterns import CAPTION_WORDS, ends_in_credit, is_counter
from searchapp.ingest.data.reasons import ABOVE, BELOW, CAPTION, COUNTER, LINKS

# Measured on the development set like the numbers of the body; the notes give the mean F1 of all variants.
_LINKED = 0.8
_LINKED_SENTENCE = 12
_RUBRIC_WORDS = 25
_TAIL_FROM = 0.7  # .902; 0.5 .899, no tail at all .899
"""Share of the article's words that must stand above a heading such as "Related" for it to end the article."""
_TAIL_PROSE = 0.5
"""Share of running text below such a heading up to which it ends the article: more is the article going on."""
_FOLLOWERS, _FOLLOWER_WORDS = 5, 18
_SIGNATURE_WORDS = 6
_LIST_LINES, _LIST_WORDS, _LIST_CAPITALS = 5, 16, 0.5


@dataclass(slots=True)
class Sheet:
    """A page under cleaning: its paragraphs and, at the same places, why each goes (None as long as it stays)."""

    paragraphs: Sequence[Paragraph]
    reasons: list[str | None] = field(default_factory=list)

    def staying(self, start: int = 0) -> list[tuple[int, Paragraph]]:
        """Number and paragraph of what stays, from `start` on."""
        return [(n, one) for n, one in enumerate(self.paragraphs) if n >= start and self.reasons[n] is None]


Drops = Iterator[tuple[int, str]]
Pass = Callable[[Sheet], Drops]


def whole_lines(sheet: Sheet) -> Drops:
    """Lines that say a known phrase of furniture and nothing else."""
    for number, one in sheet.staying():
        cue = one.whole_cue()
        if cue:
            yield number, cue.reason


def counters(sheet: Sheet) -> Drops:
    """Lines without a word."""
    return ((number, COUNTER) for number, one in sheet.staying() if is_counter(one.block.text))


def by_markup(sheet: Sheet) -> Drops:
    """Blocks whose markup names them."""
    words = furniture_words(sheet.paragraphs)
    for number, one in sheet.staying():
        reason = reason_of(one, words)
        if reason:
            yield number, reason


def captions(sheet: Sheet) -> Drops:
    """Short paragraphs that close with the credit of a picture."""
    short = ((number, one) for number, one in sheet.staying() if one.words <= CAPTION_WORDS)
    return ((number, CAPTION) for number, one in short if ends_in_credit(one.block.text))


def partial_lines(sheet: Sheet) -> Drops:
    """Short lines that begin with a known phrase of furniture or contain one."""
    for number, one in sheet.staying():
        cue = None if one.closed_sentence else one.partial_cue()
        if cue:
            yield number, cue.reason


def rows_of_links(sheet: Sheet) -> Drops:
    """Lines that are links, or names with bars between them."""
    for number, one in sheet.staying():
        linked = one.block.link_density > _LINKED and not (one.ends and one.words > _LINKED_SENTENCE)
        if linked or (one.rubric and one.words < _RUBRIC_WORDS and not one.ends):
            yield number, LINKS


def outside(sheet: Sheet) -> Drops:
    """What stands before the first and after the last paragraph of the article."""
    first, last = body_of(sheet.paragraphs, sheet.reasons)
    for number, _ in sheet.staying():
        if not first <= number < last:
            yield number, ABOVE if number < first else BELOW


def tail(sheet: Sheet) -> Drops:
    """What follows a heading such as "Related stories" near the end, unless the article goes on below it."""
    total = sum(one.words for _, one in sheet.staying())
    above = 0
    for number, one in enumerate(sheet.paragraphs):
        if sheet.reasons[number] is None:
            above += one.words
        elif above >= _TAIL_FROM * total and (cue := one.whole_cue()) and cue.heads:
            rest = sheet.staying(number)
            if sum(below.prose for _, below in rest) <= _TAIL_PROSE * len(rest):
                yield from ((below, cue.reason) for below, _ in rest)
                return


def below_headings(sheet: Sheet) -> Drops:
    """The few short lines below a heading such as "Related stories" in the middle of the article, or after its end."""
    left, reason = 0, ""
    for number, one in enumerate(sheet.paragraphs):
        cue = one.whole_cue() if sheet.reasons[number] else None
        if cue and cue.heads:
            left, reason = _FOLLOWERS, cue.reason
        elif one.ends or one.words > _FOLLOWER_WORDS:
            left = 0
        elif left and sheet.reasons[number] in (None, BELOW):
            left -= 1
            yield number, reason


def link_lists(sheet: Sheet) -> Drops:
    """Many short lines in a row that are written like titles."""
    run: list[int] = []
    for number, one in enumerate(sheet.paragraphs):
        if sheet.reasons[number] is None and _title_like(one):
            run.append(number)
        elif sheet.reasons[number] is None:
            yield from _long_enough(run)
            run = []
    yield from _long_enough(run)


def _title_like(one: Paragraph) -> bool:
    written = not one.sentences and one.words < _LIST_WORDS and not one.block.text.endswith(":")
    return written and one.capital_share > _LIST_CAPITALS


def _long_enough(run: list[int]) -> Drops:
    return ((number, LINKS) for number in run if len(run) >= _LIST_LINES)


def last_lines(sheet: Sheet) -> Drops:
    """Short unfinished lines after the last sentence, such as the signature of an outlet."""
    staying = sheet.staying()
    if any(one.prose for _, one in staying):
        for number, one in reversed(staying):
            if one.ends or one.words >= _SIGNATURE_WORDS:
                return
            yield number, BELOW


PASSES: tuple[Pass, ...] = (
    whole_lines, counters, by_markup, captions, partial_lines, rows_of_links, outside, tail, below_headings, link_lists,
    last_lines,
)  # fmt: skip
