"""tantivy, through tantivy-py: one segment where memory allows, one thread, aggregations on columns."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tantivy

from bench.corpora import Spliced
from bench.documents import FACETS, TokenBook
from bench.peers.base import LISTED, TOP, Answer, Peer
from bench.questions import Question

HEAP = 2_000_000_000
_BLANK = "blank"
_AGGREGATIONS: dict[str, Any] = {
    **{name: {"terms": {"field": name, "size": LISTED}} for name in FACETS},
    "month": {"histogram": {"field": "month", "interval": 1}},
}


class TantivyPeer(Peer):
    """Searches, then aggregates: hits and facets are two calls there."""

    name = "tantivy"
    clock = staticmethod(time.process_time)

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Spliced], book: TokenBook) -> None:
        index = tantivy.Index(_schema(), str(folder))
        _register(index)
        writer = index.writer(heap_size=HEAP, num_threads=1)
        for document in book.ready(documents):
            made = tantivy.Document(id=f"{document.number:07}", forms=document.forms, stems=document.stems)
            for name, values in document.facets.items():
                for value in values:
                    made.add_text(name, value)
            if document.month is not None:
                made.add_integer("month", document.month)
            writer.add_document(made)
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        _register(self._index)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    @property
    def segments(self) -> int:
        """How many segments the documents lie in."""
        return int(self._searcher.num_segments)

    def full(self, question: Question) -> Answer:
        query = self._query(question)
        total, ids = self._top(query)
        counted = self._searcher.aggregate(query, _AGGREGATIONS)
        facets = {name: {row["key"]: row["doc_count"] for row in counted[name]["buckets"]} for name in FACETS}
        months = {int(row["key"]): row["doc_count"] for row in counted["month"]["buckets"] if row["doc_count"]}
        return Answer(total, ids, facets, months)

    def plain(self, question: Question) -> Answer:
        return Answer(*self._top(self._query(question)))

    def _top(self, query: Any) -> tuple[int, tuple[str, ...]]:
        found: Any = self._searcher.search(query, TOP, count=True)
        return found.count, tuple(self._searcher.doc(address)["id"][0] for _, address in found.hits)

    def _query(self, question: Question) -> Any:
        build = tantivy.Query
        if question.kind == "phrase":
            return build.phrase_query(self._schema, "forms", list(question.terms[0]))
        if question.kind == "prefix":
            return build.regex_query(self._schema, "forms", f"{question.terms[0][0]}.*")
        words = [self._word(tokens) for tokens in question.terms]
        if len(words) == 1:
            return words[0]
        occur = tantivy.Occur.Should if question.kind == "three words" else tantivy.Occur.Must
        return build.boolean_query([(occur, word) for word in words])

    def _word(self, tokens: tuple[str, ...]) -> Any:
        terms = [tantivy.Query.term_query(self._schema, "stems", token) for token in tokens]
        return terms[0] if len(terms) == 1 else tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in terms])


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("forms", tokenizer_name=_BLANK, index_option="position")
    builder.add_text_field("stems", tokenizer_name=_BLANK, index_option="freq")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("month", fast=True)
    return builder.build()


def _register(index: Any) -> None:
    index.register_tokenizer(_BLANK, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
