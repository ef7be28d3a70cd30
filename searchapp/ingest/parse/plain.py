"""Which paragraphs does a text consist of? Its lines, with broken ones joined and blank ones remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

_Line = tuple[str, int, int, int]
"""A line without its outer blanks, where it starts and ends, and how many blanks stand before it."""


def lines_of(text: str) -> Iterator[tuple[int, list[_Line]]]:
    """The runs of lines that no empty line parts, in order, each with the number of empty lines above it."""
    run: list[_Line] = []
    start = empty = above = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            indent = line.find(stripped[0])
            run.append((stripped, start + indent, start + indent + len(stripped), indent))
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
        first = True
        for group in _joined(run) if rejoin else [[line] for line in run]:
            _, start, _, indent = group[0]
            block = Block(_text(group), start, group[-1][2], blank_before=first and start > 0)
            yield block, Layout(above if first else 0, indent, len(group))
            first = False


def _joined(run: list[_Line]) -> list[list[_Line]]:
    """The lines in groups, of which each was one line that was cut in the middle of a sentence, as at a link."""
    if _is_wrapped(run):
        return [run]
    # Most lines begin in a way in which no sentence goes on: neither they nor those before them need a closer look.
    goes_on = [line[0].islower() or line[0] in _CONTINUING for line, _, _, _ in run]
    goes_on.append(False)
    groups = [run[:1]]
    for number in range(1, len(run)):
        group, line = groups[-1], run[number]
        broken = goes_on[number] and _left_open(group[-1][0], line[0])
        if broken or (goes_on[number + 1] and _encloses(group, line[0], run[number + 1][0])):
            group.append(line)
        else:
            groups.append([line])
    return groups


def _left_open(before: str, after: str) -> bool:
    """Whether a line leaves its sentence open, and the next one is no item of a list."""
    return not (before[-1] in _LAST and _ENDED.search(before)) and not _BULLET.match(after)


def _encloses(group: list[_Line], link: str, after: str) -> bool:
    """Whether a line is a few words, as of a link, in a sentence that goes on in the line behind it."""
    if not _left_open(link, after) or link.count(" ") >= _LINK_WORDS:
        return False
    return _left_open(group[-1][0], link) and sum(len(line) for line, _, _, _ in group) >= _OPEN_SENTENCE


def _is_wrapped(run: list[_Line]) -> bool:
    """Whether each line but the last is so long that the next line's first word would not have fitted."""
    width = max([len(line) for line, _, _, _ in run]) if len(run) >= _WRAPPED_LINES else 0
    if width not in _WRAP_WIDTHS:
        return False
    return all(
        len(line) + 1 + len(after.split(maxsplit=1)[0]) > width
        for (line, *_), (after, *_) in pairwise(run)
    )


def _text(group: list[_Line]) -> str:
    text = group[0][0]
    for line, _, _, _ in group[1:]:
        text += line if line[0] in _CONTINUING else f" {line}"
    return text if text.isprintable() and "  " not in text else " ".join(text.split())
