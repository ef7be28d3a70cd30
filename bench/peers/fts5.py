"""SQLite's FTS5: a table of stems, one of forms, and tables of facet values that are joined and grouped."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from bench.corpora import Spliced
from bench.documents import FACETS, Ready, TokenBook
from bench.peers.base import LISTED, TOP, Answer, Peer
from bench.questions import Question

_TOKENS = """tokenize = "ascii tokenchars ':|'", content = ''"""
FILE = "fts5.sqlite"


class Fts5Peer(Peer):
    """Keeps what matches in a table of its own, and counts by that."""

    name = "fts5"

    @classmethod
    def build(cls, folder: Path, documents: Iterable[Spliced], book: TokenBook) -> None:
        base = sqlite3.connect(folder / FILE)
        base.executescript(
            f"create virtual table forms using fts5(token, {_TOKENS});"
            f"create virtual table stems using fts5(token, {_TOKENS});"
            "create table document(id integer primary key, month integer);"
            + "".join(f"create table {name}(document integer, value text);" for name in FACETS)
        )
        for document in book.ready(documents):
            _insert(base, document)
        base.executescript(
            "insert into forms(forms) values('optimize'); insert into stems(stems) values('optimize');"
            + "".join(f"create index by_{name} on {name}(document, value);" for name in FACETS)
        )
        base.commit()
        base.close()

    def __init__(self, folder: Path) -> None:
        self._base = sqlite3.connect(folder / FILE)
        self._base.execute("pragma mmap_size = 4000000000")
        self._base.execute("pragma temp_store = memory")
        self._base.execute("create temp table matched(document integer primary key)")

    def full(self, question: Question) -> Answer:
        table, match = _match(question)
        base = self._base
        base.execute("delete from matched")
        base.execute(f"insert into matched select rowid from {table} where {table} match ?", (match,))
        ids = self._ids(table, match)
        facets = {
            name: dict(
                base.execute(
                    f"select value, count(*) from matched join {name} using (document) "
                    f"group by value order by count(*) desc limit {LISTED}"
                )
            )
            for name in FACETS
        }
        months = base.execute(
            "select month, count(*) from matched join document on id = document where month is not null group by month"
        )
        total = base.execute("select count(*) from matched").fetchone()[0]
        return Answer(total, ids, facets, dict(months))

    def plain(self, question: Question) -> Answer:
        table, match = _match(question)
        total = self._base.execute(f"select count(*) from {table} where {table} match ?", (match,)).fetchone()[0]
        return Answer(total, self._ids(table, match))

    def close(self) -> None:
        self._base.close()

    def _ids(self, table: str, match: str) -> tuple[str, ...]:
        rows = self._base.execute(f"select rowid from {table} where {table} match ? order by rank limit {TOP}", (match,))
        return tuple(f"{row[0] - 1:07}" for row in rows)


def _insert(base: sqlite3.Connection, document: Ready) -> None:
    row = document.number + 1
    base.execute("insert into forms(rowid, token) values (?, ?)", (row, document.forms))
    base.execute("insert into stems(rowid, token) values (?, ?)", (row, document.stems))
    base.execute("insert into document values (?, ?)", (row, document.month))
    for name, values in document.facets.items():
        base.executemany(f"insert into {name} values (?, ?)", [(row, value) for value in values])


def _match(question: Question) -> tuple[str, str]:
    """The table to ask, and what to ask it."""
    if question.kind == "phrase":
        return "forms", f'"{" ".join(question.terms[0])}"'
    if question.kind == "prefix":
        return "forms", f"{_quoted(question.terms[0][0])} *"
    words = [f"({' OR '.join(map(_quoted, tokens))})" for tokens in question.terms]
    return "stems", (" OR " if question.kind == "three words" else " AND ").join(words)


def _quoted(token: str) -> str:
    return f'"{token}"'
