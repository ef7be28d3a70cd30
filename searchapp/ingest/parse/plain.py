"""Which paragraphs does a text consist of? Its lines, with broken ones joined and blank ones remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from searchapp.model import Block, Layout

_ENDED = re.compile(r"""[.!?…:;。！？؟۔।][\"'”’»)\]]*$""")
_LAST = frozenset(".!?…:;。！？؟۔।\"'”’»)]")
"""Signs in which an ended line can close."""
_CONTINUING = frozenset(",.;:!?%)]»”’،؛。，、")
"""Signs with which no line begins; those that do go on from the line before, without a blank."""
_BULLET = re.compile(r"[*•·▪►▸»›○●–—-]|[+§]\s|o\s(?![a-zà-ÿ])|\d{1,3}[.)]\s|[a-z][.)]\s")
# Widths at which mailers, wires and terminals break lines; scraped paragraphs are longer, menus and lists shorter.
_WRAP_WIDTHS = range(50, 111)
_WRAPPED_LINES = 3
_OPEN_SENTENCE, _LINK_WORDS = 40, 8
"""Letters from which an open line is a sentence and no heading, and words that are a link in it at most."""

_layout = lru_cache(maxsize=1_000)(Layout)

_Line = tuple[str, int, int, int]
"""A line without its outer blanks, where it starts and ends, and how many blanks stand before it."""


def lines_of(text: str) -> Iterator[tuple[int, list[_Line]]]:
    """The runs of lines that no empty line parts, in order, each with the number of empty lines above it."""
    run: list[_Line] = []
    start = empty = above = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            first = start + len(line) - len(line.lstrip())
            run.append((stripped, first, first + len(stripped), first - start))
            empty = 0
        else:
            if run:
                yield above, run
                run = []
            empty += 1
            above = empty
        start += len(line)
    if run:
        yield above, run


def blocks_of(text: str, *, rejoin: bool) -> Iterator[tuple[Block, Layout]]:
    """One block a line, blanks inside it made single; with `rejoin`, lines that were one sentence are one again."""
    for above, run in lines_of(text):
        groups = _joined(run) if rejoin else [[line] for line in run]
        for number, group in enumerate(groups):
            first = group[0]
            block = Block(_text(group), first[1], group[-1][2], blank_before=number == 0 and first[1] > 0)
            yield block, _layout(0 if number else above, first[3], len(group))


def _joined(run: list[_Line]) -> list[list[_Line]]:
    wrapped = _is_wrapped(run)
    groups = [[run[0]]]
    for number, line in enumerate(run[1:], 1):
        before = groups[-1][-1][0]
        if wrapped or _broken(before, line[0]) or _encloses(groups[-1], run[number : number + 2]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _broken(before: str, after: str) -> bool:
    """Whether a line was cut in the middle of a sentence, as at a link in a dump of a page."""
    if not (after[0].islower() or after[0] in _CONTINUING):
        return False
    return not (before[-1] in _LAST and _ENDED.search(before)) and not _BULLET.match(after)


def _encloses(group: list[_Line], ahead: list[_Line]) -> bool:
    """Whether the next line is a few words, as of a link, in a sentence that goes on in the line behind it."""
    if len(ahead) < 2:
        return False
    (link, *_), (after, *_) = ahead
    if not _broken(link, after) or link.count(" ") >= _LINK_WORDS or _BULLET.match(link):
        return False
    before = group[-1][0]
    open_ended = not (before[-1] in _LAST and _ENDED.search(before))
    return open_ended and sum(len(line) for line, *_ in group) >= _OPEN_SENTENCE


def _is_wrapped(run: list[_Line]) -> bool:
    """Whether each line but the last is so long that the next line's first word would not have fitted."""
    width = max(len(line) for line, *_ in run) if len(run) >= _WRAPPED_LINES else 0
    if width not in _WRAP_WIDTHS:
        return False
    return all(
        len(line) + 1 + len(after.split(maxsplit=1)[0]) > width
        for (line, *_), (after, *_) in pairwise(run)
    )


def _text(group: list[_Line]) -> str:
    text = _on_one_line(group[0][0])
    for line, *_ in group[1:]:
        text += ("" if line[0] in _CONTINUING else " ") + _on_one_line(line)
    return text


def _on_one_line(line: str) -> str:
    return line if line.isprintable() and "  " not in line else " ".join(line.split())
