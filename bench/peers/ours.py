"""This project's engine, asked as the web room asks it, but for what the question leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from bench.corpora import Spliced
from bench.documents import FACETS, RUN, TokenBook, document_of, month_number
from bench.peers.base import LISTED, TOP, Answer, Peer
from bench.questions import Question
from searchapp.engine.base import Builder, Writer
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.facets import FacetSet
from searchapp.model import Document, Results, SearchQuery

PART = 2_500
COMMIT = 5_000
"""Documents of a part and of a commit: what `searchapp ingest` takes."""


class OurPeer(Peer):
    """Every question goes through `Engine.search`."""

    name = "ours"

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Spliced], book: TokenBook) -> None:
        index(folder, map(document_of, documents))

    def __init__(self, folder: Path) -> None:
        self.engine = WhooshEngine(folder, FacetSet())
        self.engine.info()

    def full(self, question: Question) -> Answer:
        return _answer(self.engine.search(full_query(question.text, snippets=False)))

    def plain(self, question: Question) -> Answer:
        query = SearchQuery(text=question.text, per_page=TOP, facets=(), snippets=False, suggestions=False)
        return _answer(self.engine.search(query))

    def everything(self, question: Question) -> Results:
        """The answer with every facet and with snippets, as a page shows it."""
        return self.engine.search(SearchQuery(text=question.text, per_page=TOP))

    def close(self) -> None:
        self.engine.close()


def full_query(text: str, *, snippets: bool) -> SearchQuery:
    """The query for an exact total, the first ten, the facets that all engines count, and the histogram."""
    return SearchQuery(text=text, per_page=TOP, facets=(*FACETS, "date"), facet_size=LISTED, snippets=snippets)


def index(folder: Path, documents: Iterable[Document], *, part: int = PART, commit: int = COMMIT) -> None:
    """Publish the documents in an index folder, the way an ingest in one process does."""
    engine = WhooshEngine(folder, FacetSet())
    waiting = iter(documents)
    with engine.writer(run=RUN) as writer:
        unpublished = 0
        for ready in iter(lambda: list(islice(waiting, part)), []):
            _adopt(engine, writer, ready)
            unpublished += len(ready)
            if unpublished >= commit:
                writer.commit()
                unpublished = 0
        writer.commit(settled=True)
    engine.close()


def generation_of(root: Path) -> Path:
    """The folder of the newest generation of an index."""
    numbered = (path for path in (root / "generations").iterdir() if path.name.isdigit())
    return max(numbered, key=lambda path: int(path.name))


def _adopt(engine: WhooshEngine, writer: Writer, documents: list[Document]) -> None:
    folder = writer.part()
    builder: Builder = engine.builder(folder)
    for document in documents:
        builder.add(document)
    builder.finish()
    writer.adopt(folder)


def _answer(found: Results) -> Answer:
    facets = {facet.name: {row.value.id: row.count for row in facet.values if row.count} for facet in found.facets}
    return Answer(found.total, tuple(hit.id for hit in found.hits), facets, _months(found))


def _months(found: Results) -> dict[int, int]:
    """The results of all bars that begin in a month, by that month; empty ones left out."""
    counts: Counter[int] = Counter()
    for bar in found.histogram.bars if found.histogram else ():
        counts[month_number(bar.first) or 0] += bar.count
    return dict(+counts)
