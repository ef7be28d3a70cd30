"""Which of the segments that should be merged are, where memory is short?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from searchapp.engine.whoosh_index.writing.merging import Choose

MEMORY_FOR_MERGED = 2
"""Bytes of memory for each byte of the segments that are merged, mapped pages included."""


def rationed(choice: Choose, memory: int | None, sizes: Mapping[str, int]) -> Choose:
    """The same choice, but that what does not fit into so many bytes of memory (None: no limit) stays as it is.

    `sizes` are the bytes of each segment by name. Where memory is short more segments are left, and asking takes longer.
    """
    if memory is None:
        return choice

    def chosen(segments: Sequence[Any], added: int) -> tuple[list[Any], list[Any]]:
        merged, kept = choice(segments, added)
        room = memory // MEMORY_FOR_MERGED
        fitting = []
        for segment in sorted(merged, key=lambda one: sizes[one.segment_id()]):
            room -= sizes[segment.segment_id()]
            if room >= 0:
                fitting.append(segment)
        if len(fitting) == 1 < len(merged) and not added:
            fitting = []
        return fitting, [*kept, *(one for one in merged if one not in fitting)]

    return chosen
