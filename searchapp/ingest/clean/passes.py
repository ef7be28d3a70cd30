"""Which rules drop a block, and in which order are they asked? A table of passes, each with its own reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from searchapp.ingest.clean.body import body_of
from searchapp.ingest.clean.paragraph import Paragraph

ABOVE, BELOW = "above the article", "below the article"


@dataclass(slots=True)
class Sheet:
    """A page under cleaning: its paragraphs and, at the same places, why each goes (None as long as it stays)."""

    paragraphs: Sequence[Paragraph]
    reasons: list[str | None] = field(default_factory=list)

    def staying(self) -> Iterator[tuple[int, Paragraph]]:
        return ((number, one) for number, one in enumerate(self.paragraphs) if self.reasons[number] is None)


Pass = Callable[[Sheet], Iterator[tuple[int, str]]]


def whole_lines(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for number, one in sheet.staying():
        cue = one.whole_cue()
        if cue:
            yield number, cue.reason


def partial_lines(sheet: Sheet) -> Iterator[tuple[int, str]]:
    for number, one in sheet.staying():
        if one.ends and one.words >= 14:
            continue
        cue = one.partial_cue()
        if cue:
            yield number, cue.reason


def outside(sheet: Sheet) -> Iterator[tuple[int, str]]:
    first, last = body_of(sheet.paragraphs, sheet.reasons)
    for number, _ in sheet.staying():
        if number < first:
            yield number, ABOVE
        elif number >= last:
            yield number, BELOW


def tail(sheet: Sheet) -> Iterator[tuple[int, str]]:
    return iter(())


PASSES: tuple[Pass, ...] = (whole_lines, partial_lines, outside, tail)
