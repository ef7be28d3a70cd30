"""How many results have each date? A story that copies tell counts once wherever it is counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchapp.engine.whoosh_index.asking.selection import Numbers, Selection
from searchapp.engine.whoosh_index.facets.calendar import Calendar
from searchapp.engine.whoosh_index.files.rowset import Mask, Rows, RowSet, distinct

_STORY_BITS = 32
_STORY = (1 << _STORY_BITS) - 1


@dataclass(frozen=True, slots=True)
class Dated:
    """So many results that are one row have the date `dates[i]`, ascending: `counts[i]`.

    Of the others, `copies` has the date of each row, with the story that it tells: `date << 32 | story`.
    """

    dates: Rows
    counts: Rows
    copies: Rows

    @classmethod
    def among(cls, selection: Selection, rows: RowSet) -> Dated:
        """The dates of these rows."""
        dates = selection.snapshot.calendar.dates
        single, copied = selection.part(rows)
        tally = dates.counted(single)
        found = tally.found()
        if not len(copied):
            return cls(found, tally.counts_of(found), copied)
        carried = dates.carried_by(copied)
        stories = selection.snapshot.stories.story.take(copied)
        return cls(found, tally.counts_of(found), (carried.astype(np.intp) << _STORY_BITS | stories)[carried >= 0])

    def reach(self, calendar: Calendar) -> tuple[int, int] | None:
        """The first and the last day; None where nothing is dated."""
        dates = distinct(np.concatenate([self.dates, self.copies >> _STORY_BITS])) if len(self.copies) else self.dates
        return (int(calendar.firsts[dates[0]]), int(calendar.lasts[dates].max())) if len(dates) else None

    def those(self, wanted: Mask) -> Dated:
        """What has one of the dates for which the mask is true."""
        kept = wanted[self.dates]
        return Dated(self.dates[kept], self.counts[kept], self.copies[wanted[self.copies >> _STORY_BITS]])

    def without(self, stories: Numbers) -> Dated:
        """What is of none of these stories."""
        return Dated(self.dates, self.counts, self.copies[~np.isin(self.copies & _STORY, stories)])

    def count(self) -> int:
        """How many results these are."""
        return int(self.counts.sum()) + (len(distinct(self.copies & _STORY)) if len(self.copies) else 0)

    def by(self, groups: Rows, size: int) -> Rows:
        """How many results are in each of `size` groups, where date d is of `groups[d]`."""
        counts = np.bincount(groups.take(self.dates), self.counts, size).astype(np.intp)
        if len(self.copies):
            pairs = groups.take(self.copies >> _STORY_BITS) << _STORY_BITS | self.copies & _STORY
            counts += np.bincount(distinct(pairs) >> _STORY_BITS, minlength=size)
        return counts
