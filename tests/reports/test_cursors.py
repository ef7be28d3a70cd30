"""A cursor goes on where it stopped, in the generation it began in, and is believed only when it was given by us."""

from __future__ import annotations

from dataclasses import replace

import pytest
from itsdangerous import URLSafeSerializer

from searchapp.engine.memory import MemoryEngine
from searchapp.errors import Gone, QueryError
from searchapp.model import SearchQuery
from searchapp.reports.cursors import read_cursor, write_cursor
from tests.engine.corpus import DOCUMENTS, FACETS, FIRST_RUN

SECRET = "a secret of sixteen letters or more"


@pytest.fixture
def engine() -> MemoryEngine:
    engine = MemoryEngine(FACETS)
    publish(engine, 0)
    return engine


def publish(engine: MemoryEngine, number: int) -> None:
    with engine.writer(run=FIRST_RUN) as writer:
        writer.add(DOCUMENTS[number])
        writer.commit(settled=True)


def at(query: SearchQuery, start: int, generation: int | None = None) -> SearchQuery:
    return replace(query, start=start, generation=generation)


@pytest.mark.parametrize("secret", [SECRET, None])
def test_a_cursor_is_the_question_with_its_place_and_generation(engine: MemoryEngine, secret: str | None) -> None:
    query = FACETS.complete(SearchQuery(text="libya \u2028 x", start=60, per_page=7, sort="date")).toggle("actor", "un")
    again = read_cursor(write_cursor(at(query, 60), engine, secret), engine, secret)
    assert again == at(query, 60, engine.info().generation)


@pytest.mark.parametrize("text", ["", "x", "é", ".", "a.b", "WzEsMCwiIl0.AAAA", "W10", "bnVsbA.x", "eyJhIjoxfQ.x"])
def test_what_was_not_given_is_refused(engine: MemoryEngine, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        read_cursor(text, engine, SECRET)
    assert caught.value.param == "cursor"


@pytest.mark.parametrize("secret", [SECRET, None])
def test_a_changed_cursor_is_refused(engine: MemoryEngine, secret: str | None) -> None:
    cursor = write_cursor(at(SearchQuery(), 20), engine, secret)
    payload, signature = cursor.split(".")
    swapped = write_cursor(at(SearchQuery(), 40), engine, secret).split(".")[0]
    for changed in (f"{swapped}.{signature}", f"{payload}.{signature[:-1]}", payload, f"{payload}."):
        with pytest.raises(QueryError):
            read_cursor(changed, engine, secret)


def test_a_cursor_signed_by_another_is_refused(engine: MemoryEngine) -> None:
    forged = URLSafeSerializer("another secret altogether", salt="cursor").dumps([1, 20, "q=x"])
    with pytest.raises(QueryError):
        read_cursor(forged, engine, SECRET)


def test_a_cursor_stays_with_its_generation(engine: MemoryEngine) -> None:
    first = engine.info().generation
    cursor = write_cursor(at(SearchQuery(), 20), engine, None)
    publish(engine, 1)
    assert engine.info().generation > first
    assert read_cursor(cursor, engine, None).generation == first


@pytest.mark.parametrize("secret", [SECRET, None])
def test_a_cursor_of_a_generation_that_is_gone_says_so(engine: MemoryEngine, secret: str | None) -> None:
    publish(engine, 1)
    cursor = write_cursor(at(SearchQuery(), 20), engine, secret)
    rebuilt = MemoryEngine(FACETS)
    with pytest.raises(Gone):
        read_cursor(cursor, rebuilt, secret)


@pytest.mark.parametrize("start", [-1, "x", 1.5, None, True, [1]])
def test_a_place_that_is_none_is_refused_though_it_is_signed(engine: MemoryEngine, start: object) -> None:
    signed = URLSafeSerializer(SECRET, salt="cursor").dumps([engine.info().generation, start, "q=x"])
    with pytest.raises(QueryError):
        read_cursor(signed, engine, SECRET)
