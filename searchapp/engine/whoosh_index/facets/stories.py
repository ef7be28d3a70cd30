"""Which rows are copies of one story, and how many stories do chosen rows tell?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from searchapp.engine.whoosh_index.files.rowset import distinct

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]


class Stories:
    """`story[row]` is the first row of the story that the row tells, `copies[row]` how many rows tell it."""

    def __init__(self, size: int, clustered: Iterable[tuple[int, str]]) -> None:
        members: defaultdict[str, list[int]] = defaultdict(list)
        for row, cluster in clustered:
            members[cluster].append(row)
        self.story: Numbers = np.arange(size, dtype=np.int32)
        self.copies: Numbers = np.ones(size, np.int32)
        # What has lost its copies is no cluster any more.
        self.rows = {cluster: tuple(sorted(rows)) for cluster, rows in members.items() if len(rows) > 1}
        self._cluster = {row: cluster for cluster, rows in self.rows.items() for row in rows}
        for rows in self.rows.values():
            self.story[list(rows)] = rows[0]
            self.copies[list(rows)] = len(rows)
        self.copied: Mask = self.copies > 1

    def cluster(self, row: int) -> str | None:
        """The id of the row's cluster."""
        return self._cluster.get(row)

    def copies_of(self, row: int) -> tuple[int, ...]:
        """The rows of the row's cluster, itself included; () where it has no copies."""
        cluster = self._cluster.get(row)
        return () if cluster is None else self.rows[cluster]

    def count(self, rows: Rows) -> int:
        """How many stories the rows tell, each of them given once."""
        copied = rows[self.copied.take(rows)]
        return len(rows) - len(copied) + len(distinct(self.story[copied]))

    def told(self, passing: Mask) -> Mask:
        """All rows of the stories that have a row that passes."""
        found = np.zeros(len(passing), np.bool_)
        found[self.story[passing]] = True
        return np.asarray(found[self.story])
