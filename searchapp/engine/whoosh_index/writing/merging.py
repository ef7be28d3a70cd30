"""Which segments are written anew with what is added, so that few are left, and how many bytes does a commit write?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from searchapp.engine.storage.manifest import Manifest
from searchapp.engine.whoosh_index.files.tables import SUFFIX
from searchapp.engine.whoosh_index.writing.parts import Part
from searchapp.model import Document

MOST_SEGMENTS = 4
MOST_WHILE_RUNNING = 8
"""So many may be left until a run is settled: documents are written again half as often."""

MOST_DELETED = 0.5
"""How many deleted documents a segment may hold for each live one before it is written anew."""

SETTLED_FROM, SETTLED_TO = 16 << 20, 2 << 30
"""Bytes of segments, with their tables, that become one once a run is settled: fewer are quick to ask as they are, and
merging takes about as much memory as there are."""

SETTLED_SHARE = 8
"""They become one where all but the largest are more than one byte in so many."""

INDEXED_FOR_TEXT = 7
INDEXED_FOR_DOCUMENT = 2_000
"""Bytes of a segment, with what stands beside it, for each character of its texts, and for each document besides."""

Choose = Callable[[Sequence[Any], int], tuple[list[Any], list[Any]]]
"""Gives the segments to merge and those to keep, from all of them and the number of documents added."""


def choose(
    segments: Sequence[Any], added: int, most: int = MOST_WHILE_RUNNING
) -> tuple[list[Any], list[Any]]:  # fmt: skip
    """Which segments to merge with the `added` documents, and which to keep; those without live documents are neither.

    The smallest ones, until only `most` are left, and then on while the next is no larger than what is merged: so a
    document is written again about 2 times in 50 equal commits of two parts each, 3 times in 200.
    """
    waiting = sorted((one for one in segments if live(one)), key=lambda one: (live(one), one.segment_id()))
    taken = _smallest([live(one) for one in waiting], added, most)
    wasteful = [one for one in waiting[taken:] if one.deleted_count() > live(one) * MOST_DELETED]
    return waiting[:taken] + wasteful, [one for one in waiting[taken:] if one not in wasteful]


def choose_settled(sizes: Mapping[str, int]) -> Choose:
    """The same for the last commit of a run, after which an archive is mostly asked; `sizes` are bytes by segment."""

    def chosen(segments: Sequence[Any], added: int) -> tuple[list[Any], list[Any]]:
        merged, kept = choose(segments, added, MOST_SEGMENTS)
        waiting = [*merged, *kept]
        return (waiting, []) if settles([sizes[one.segment_id()] for one in waiting]) else (merged, kept)

    return chosen


def settles(sizes: Collection[int]) -> bool:
    """Whether segments of these bytes become one at the end of a run."""
    size = sum(sizes)
    return SETTLED_FROM <= size <= SETTLED_TO and (size - max(sizes)) * SETTLED_SHARE > size


def is_settled(published: Manifest) -> bool:
    """Whether the segments of a generation may stay as they are at the end of a run."""
    sizes = segment_sizes(published).values()
    return len(sizes) <= MOST_SEGMENTS and not settles(sizes)


def live(segment: Any) -> int:
    """How many documents of the segment are not deleted."""
    return int(segment.doc_count_all() - segment.deleted_count())


def bytes_needed(
    published: Manifest | None, changes: Collection[Document | Part | None], *, settled: bool = False
) -> int:
    """About how many bytes a commit of these changes writes or moves: what is added, and the segments merged with it."""
    parts: dict[Part, int] = {change: change.size for change in changes if isinstance(change, Part)}
    documents = (change for change in changes if isinstance(change, Document))
    added = sum(INDEXED_FOR_DOCUMENT + INDEXED_FOR_TEXT * _characters(document) for document in documents)
    sizes: list[int] = sorted([*parts.values(), *(segment_sizes(published).values() if published else ())])
    most = MOST_SEGMENTS if settled else MOST_WHILE_RUNNING
    merged = sizes if settled and settles(sizes) else sizes[: _smallest(sizes, added, most)]
    return added + sum(parts.values()) + sum(merged)


def _characters(document: Document) -> int:
    return len(document.text) + sum(map(len, document.removed))


def _smallest(sizes: Sequence[int], added: int, most: int) -> int:
    """How many of these sizes, the smallest first, are merged with what is added, so that `most` segments are left."""
    size, taken = added, 0
    if len(sizes) + bool(added) > most:
        while taken < len(sizes) and (len(sizes) - taken + 1 > most or sizes[taken] <= size):
            size += sizes[taken]
            taken += 1
    return taken


def segment_sizes(published: Manifest) -> Mapping[str, int]:
    """The bytes of each segment, with its tables."""
    sizes: Counter[str] = Counter()
    for name, stamp in published.files.items():
        if PurePath(name).suffix in (".seg", SUFFIX):
            sizes[PurePath(name).stem] += stamp.size
    return sizes
