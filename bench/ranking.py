"""How good are the first ten? nDCG of four judged sets, ours beside Whoosh, FTS5 and tantivy: `python -m bench.ranking`.

Every engine is asked the same words of a topic, any of which may match, without syntax: each distinct word once and no
more than a query may have.
"""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import statistics
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory

from whoosh.analysis import StemmingAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import Or, Term

from bench.outside import DATA
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.facets import FacetSet
from searchapp.grammar.limits import MAX_CHARACTERS, MAX_WORDS
from searchapp.model import ABSENT, Block, Claim, Document, SearchQuery

SETS = ("cranfield", "cisi", "adi", "time")
TOP = 10
RUN = "2026-01-01T00:00:00Z"

_WORD = re.compile(r"\w+")

Ask = Callable[[str], Sequence[str]]
"""Gives the ids of the first ten documents for the words of a topic."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Documents (id, title, text), topics (their words, by number), and the documents relevant to each of these."""

    documents: tuple[tuple[str, str, str], ...]
    topics: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]


def measure_ranking(data: Path = DATA / "retrieval") -> dict[str, dict[str, float]]:
    """Mean nDCG@10 by set and engine; tantivy only where it is installed."""
    return {name: _measure(read_judged(data / name)) for name in SETS}


def read_judged(folder: Path) -> Judged:
    """One set: `docs.jsonl.gz`, `topics.tsv`, `qrels.txt`; topics without relevant documents are left out."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        read = [json.loads(line) for line in lines]
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.txt").read_text(encoding="utf-8").splitlines():
        topic, _, document, grade = line.split()
        if int(grade) > 0:
            relevant[topic].add(document)
    topics = dict(line.split("\t", 1) for line in (folder / "topics.tsv").read_text(encoding="utf-8").splitlines())
    return Judged(
        tuple((one["id"], one["title"] or "", one["text"]) for one in read),
        {topic: words(text) for topic, text in topics.items() if topic in relevant},
        {topic: frozenset(ids) for topic, ids in relevant.items()},
    )


def words(text: str) -> str:
    """The distinct words of a topic in small letters, as many as a query may have."""
    kept = list(dict.fromkeys(_WORD.findall(text.lower())))[:MAX_WORDS]
    while len(" ".join(kept)) > MAX_CHARACTERS:
        kept.pop()
    return " ".join(kept)


def mean_quality(ask: Ask, judged: Judged) -> float:
    """The mean nDCG@10 over the topics, every relevant document as good as another."""
    return statistics.mean(_quality(ask(text), judged.relevant[topic]) for topic, text in judged.topics.items())


def _quality(found: Sequence[str], relevant: frozenset[str]) -> float:
    gained = sum(1 / log2(rank + 2) for rank, one in enumerate(found[:TOP]) if one in relevant)
    return gained / sum(1 / log2(rank + 2) for rank in range(min(TOP, len(relevant))))


def _measure(judged: Judged) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        engines = {"ours": ours(judged, Path(folder)), "whoosh": whoosh(judged), "fts5": fts5(judged)}
        if find_spec("tantivy"):
            engines["tantivy"] = tantivy(judged)
        return {name: round(mean_quality(ask, judged), 4) for name, ask in engines.items()}


def ours(judged: Judged, folder: Path) -> Ask:
    """Asks an index of our own, made in an empty folder."""
    engine = WhooshEngine(folder, FacetSet())
    with engine.writer(run=RUN) as writer:
        for identifier, title, text in judged.documents:
            writer.add(_document(identifier, title, text))
        writer.commit(settled=True)

    def ask(text: str) -> Sequence[str]:
        query = SearchQuery(text, match="any", per_page=TOP, dupes="show", facets=(), highlight=False)
        return [hit.id for hit in engine.search(query).hits]

    return ask


def _document(identifier: str, title: str, text: str) -> Document:
    return Document(
        identifier,
        source=f"judged/{identifier}.txt",
        sha256=sha256(text.encode()).hexdigest(),
        text=text,
        title=Claim(title, "declared") if title else ABSENT,
        language=Claim("en", "declared"),
        blocks=(Block(text, 0, len(text)),),
        first_indexed=RUN,
        last_changed=RUN,
    )


def whoosh(judged: Judged) -> Ask:
    """Asks Whoosh's own BM25F over titles and texts that its stemming analyzer read."""
    analyzer = StemmingAnalyzer(cachesize=None)
    index = RamStorage().create_index(Schema(id=ID(stored=True), body=TEXT(analyzer=analyzer)))
    writer = index.writer()
    for identifier, title, text in judged.documents:
        writer.add_document(id=identifier, body=_body(title, text))
    writer.commit()
    searcher = index.searcher()

    def ask(text: str) -> Sequence[str]:
        # Whoosh's parser would count words of one stem once, and find less of CISI for it.
        asked = Or([Term("body", token.text) for token in analyzer(text)])
        return [hit["id"] for hit in searcher.search(asked, limit=TOP)]

    return ask


def fts5(judged: Judged) -> Ask:
    """Asks SQLite's FTS5 with the porter tokenizer."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE judged USING fts5(id UNINDEXED, body, tokenize='porter unicode61')")
    rows = [(identifier, _body(title, text)) for identifier, title, text in judged.documents]
    database.executemany("INSERT INTO judged VALUES (?, ?)", rows)

    def ask(text: str) -> Sequence[str]:
        asked = " OR ".join(f'"{word}"' for word in text.split())
        found = database.execute("SELECT id FROM judged WHERE judged MATCH ? ORDER BY rank LIMIT ?", (asked, TOP))
        return [identifier for (identifier,) in found]

    return ask


def tantivy(judged: Judged) -> Ask:
    """Asks tantivy with its English stemmer."""
    library = import_module("tantivy")
    builder = library.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index = library.Index(builder.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for identifier, title, text in judged.documents:
        writer.add_document(library.Document(id=identifier, body=_body(title, text)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> Sequence[str]:
        found = searcher.search(index.parse_query(text, ["body"]), TOP).hits
        return [searcher.doc(address)["id"][0] for _, address in found]

    return ask


def _body(title: str, text: str) -> str:
    return f"{title}\n{text}"


if __name__ == "__main__":
    print(json.dumps(measure_ranking(), indent=2))
