"""What every engine can do: one interface for reading, one for writing, domain objects in and out."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Literal, Self

from searchapp.errors import DeadlineExceeded, IndexDamaged
from searchapp.facets import FacetSet
from searchapp.model import (
    Completion,
    Crosstab,
    Document,
    Facet,
    GenerationInfo,
    Hit,
    IndexInfo,
    Results,
    SearchQuery,
    SourceStamp,
    Suggestions,
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment (`time.monotonic` seconds) after which an answer is no longer worked on; None means never."""

    at: float | None = None
    allowed: float | None = None

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline that many seconds from now."""
        return cls(time.monotonic() + seconds, seconds)

    def check(self) -> None:
        """Raise DeadlineExceeded when the moment has passed; called between steps, so no partial count is shown."""
        if self.at is not None and time.monotonic() > self.at:
            raise DeadlineExceeded(
                f"No answer within {self.allowed:g} seconds. Ask for something narrower: fewer words joined by OR, "
                "longer beginnings before *, a filter, or fewer facets (facets=outlet)."
            )


NO_DEADLINE = Deadline()

NOTHING_SHARED: Mapping[str, Collection[str]] = MappingProxyType({})


class Engine(ABC):
    """A reader of one whole generation at a time; safe to use from many threads.

    Every answer is about one generation. Values in filters may be ids or unique labels; the query in the answer has
    ids. Raises QueryError for what cannot be answered, IndexNotReady and IndexDamaged where there is nothing to ask.
    """

    facets: FacetSet

    @abstractmethod
    def search(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        """The page of results that `query` asks for, with exact totals and facets; `per_page` 0 only counts."""

    @abstractmethod
    def get(self, document: str) -> Document | None:
        """The document with this id."""

    @abstractmethod
    def similar(self, document: str, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Results:
        """Documents about the same as `document`, copies of it left out, within the filters of `query`."""

    @abstractmethod
    def suggest(self, query: SearchQuery, *, deadline: Deadline = NO_DEADLINE) -> Suggestions:
        """What else could be asked: spellings, names of records, other forms, hits per word."""

    @abstractmethod
    def complete(self, prefix: str, *, limit: int = 10, deadline: Deadline = NO_DEADLINE) -> Completion:
        """The words and the known values of shown facets that begin with `prefix`, `limit` of each at most.

        Counts are documents of the whole archive. LimitExceeded for a prefix that is longer than a query may be.
        """

    @abstractmethod
    def facet(
        self, name: str, query: SearchQuery, *, prefix: str = "", values: tuple[str, ...] = (),
        order: Literal["count", "label"] = "count", offset: int = 0, limit: int = 10,
        deadline: Deadline = NO_DEADLINE,
    ) -> Facet:  # fmt: skip
        """One facet in pages: values whose label or a word of it begins with `prefix`, or just `values`."""

    @abstractmethod
    def crosstab(
        self, query: SearchQuery, rows: str, columns: str, *, top: int = 20, deadline: Deadline = NO_DEADLINE
    ) -> Crosstab:
        """How many results carry each pair of the `top` values of two facets."""

    @abstractmethod
    def iterate(self, query: SearchQuery, *, after: int = 0) -> Iterator[Hit]:
        """All results of `query` from rank `after` on, in its order, without snippets."""

    @abstractmethod
    def copies(self, document: str) -> tuple[str, ...]:
        """The ids of the document's cluster, itself included; () where it has no copies."""

    @abstractmethod
    def sharing(self, document: str) -> tuple[str, ...]:
        """The ids of the documents that share text with this one and are no copies of it; () where none does."""

    @abstractmethod
    def find(self, *, url: str | None = None, sha256: str | None = None, file: str | None = None) -> tuple[str, ...]:
        """The ids of the documents with this address, source hash, or file (whole key, or its last part)."""

    @abstractmethod
    def sources(self) -> Mapping[str, SourceStamp]:
        """Which state of each source is indexed, by source key."""

    @abstractmethod
    def info(self) -> IndexInfo:
        """What the index holds and when it was built."""

    @abstractmethod
    def generations(self) -> tuple[GenerationInfo, ...]:
        """The generations that can be asked, oldest first."""

    @abstractmethod
    def at(self, generation: int) -> Engine:
        """The same engine at that generation; NotFound when it is no longer kept."""

    @abstractmethod
    def check(self, *, deep: bool = False) -> tuple[IndexDamaged, ...]:
        """The damages found; `deep` reads every byte and compares tables with stored documents."""

    @abstractmethod
    def writer(self, *, run: str, lock_timeout: float = 30.0, memory: int | None = None) -> Writer:
        """The one writer, for a run; IndexLocked when another one does not finish in time (seconds).

        With `memory` its commits take no more than about so many bytes to bring together what is there already.
        """

    @abstractmethod
    def builder(self, part: Path) -> Builder:
        """What makes documents ready for the writer in another process, in a folder that `Writer.part` gave."""

    @abstractmethod
    def rollback(self, generation: int | None = None, *, lock_timeout: float = 30.0) -> int:
        """Publish what that generation holds as a new one, and give its number.

        None is the newest whole settled generation before the current one. Gone or NotFound where there is none.
        """

    @abstractmethod
    def kept(self) -> Mapping[str, int]:
        """The generations that are kept by a name, by that name; one may be missing where the index is damaged."""

    @abstractmethod
    def keep(self, generation: int, name: str | None, *, lock_timeout: float = 30.0) -> None:
        """Keep a generation under a name until it is let go (None); UsageError where another one has the name."""

    @abstractmethod
    def forget(self, documents: Collection[str], *, lock_timeout: float = 30.0) -> int:
        """Publish a generation rewritten without these documents, delete every older one, and give its number.

        Generations kept by name are rewritten too, under new numbers; cursors to the old ones are answered with Gone.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of files; the engine is not used afterwards."""


class Builder(ABC):
    """Makes documents ready to be adopted by the writer of another process; no document is given twice."""

    @abstractmethod
    def add(self, document: Document) -> None:
        """Make one document ready."""

    @abstractmethod
    def finish(self) -> None:
        """Complete the part; nothing can be added afterwards. StorageFailure when the disk is full or fails."""


class Writer(ABC):
    """Collects changes and publishes them; leaving without `commit` abandons the rest and the old state stays."""

    @abstractmethod
    def add(self, document: Document) -> None:
        """Store `document`, in place of the one with its id."""

    @abstractmethod
    def delete(self, document: str) -> None:
        """Forget the document with this id; nothing happens where there is none."""

    @abstractmethod
    def assign(self, clusters: Mapping[str, str | None], *, sharing: Mapping[str, Collection[str]] = NOTHING_SHARED) -> None:
        """Say which documents are copies: cluster id (its smallest document id) or None, by document id.

        `sharing` says with which others each shares text, in place of what was said before; both documents of a pair
        are to be told.
        """

    @abstractmethod
    def part(self) -> Path:
        """A new folder for a `Builder`; it is gone with the writer."""

    @abstractmethod
    def adopt(self, part: Path) -> None:
        """Store the documents that a finished `Builder` made ready there, in place of those with their ids.

        ValueError where it is not finished, not of this writer, or adopted already.
        """

    @abstractmethod
    def commit(self, *, settled: bool = False, quick: bool = False) -> int:
        """Publish everything so far and give the new generation's number; may be called any number of times.

        `settled` says that a run ends with it. A `quick` one, for which somebody waits, puts less of the index in order.
        """

    @abstractmethod
    def close(self) -> None:
        """Abandon what was not committed and release the lock."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
