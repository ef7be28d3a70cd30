"""What stands beside a segment says the same as the segment: postings, positions, offsets of tokens, cards."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex

from searchapp.analysis import analyze
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.files.arrays import read_arrays, write_arrays
from searchapp.engine.whoosh_index.files.blocks import Postings, positions_in, read_field, read_postings
from searchapp.engine.whoosh_index.files.inverted import FieldPostings, begins_of
from searchapp.engine.whoosh_index.files.sidecar import FIELDS, FieldSidecar, field_postings, sidecar_arrays
from searchapp.engine.whoosh_index.files.tables import Tables
from searchapp.engine.whoosh_index.generation.snapshot import Snapshot
from searchapp.engine.whoosh_index.words.postings import ROW_BITS, PostingReader, Source
from searchapp.engine.whoosh_index.writing.block_writer import BLOCK, store_postings
from searchapp.model import Block, Document, Mention
from tests.engine.conftest import fill_at_once, fill_by_and_by
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FIRST_RUN, document
from tests.engine.parts import adopt
from tests.engine.whoosh_folder import add, engine, random_documents

__all__ = ["engine"]

Fill = Callable[[WhooshEngine], None]
LONG = "w" * 70


def odd_documents() -> list[Document]:
    """Documents without words, with far gaps, long words, many blocks and signs that stand alone."""
    texts = (
        "", " \n ", "...", f"{LONG} a{' ' * 300}b {'-' * 5}c", "东京 大学 U.S. co-operate l'été", "كتاب الكتب",
        "wheat " * 700, f"a {'x' * 5000} " + "word " * 300,
    )  # fmt: skip
    blocks = [Block(text, 0, len(text), reason="menu") for text in ("cookies wheat", "", "share this", LONG)]
    return [
        replace(document(f"odd{number}", text[:50], text), blocks=tuple(blocks[: number % 5]))
        for number, text in enumerate(texts)
    ]


def all_at_once(engine: WhooshEngine) -> None:
    fill_at_once(engine, [*DOCUMENTS, *odd_documents(), *random_documents(200)], CLUSTERS)


def by_and_by(engine: WhooshEngine) -> None:
    fill_by_and_by(engine, DOCUMENTS, CLUSTERS)
    add(engine, *random_documents(60))
    add(engine, *odd_documents(), *(replace(one, text=f"{one.text} again") for one in random_documents(30)))


def merged_without_deleted(engine: WhooshEngine) -> None:
    for start in range(0, 120, 20):
        add(engine, *random_documents(120)[start : start + 20], *odd_documents()[start // 20 : start // 20 + 2])
        with engine.writer(run=FIRST_RUN) as writer:
            for number in range(start, start + 20, 3):
                writer.delete(f"r{number:03}")
            writer.commit()


def adopted(engine: WhooshEngine) -> None:
    with engine.writer(run=FIRST_RUN) as writer:
        for documents in (random_documents(60), odd_documents(), list(DOCUMENTS)):
            adopt(engine, writer, *documents)
        writer.commit()


FILLS = pytest.mark.parametrize("fill", [all_at_once, by_and_by, merged_without_deleted, adopted])


def snapshot_of(engine: WhooshEngine) -> Snapshot:
    return engine._shelf.current().snapshot


def sources_of(snapshot: Snapshot) -> tuple[Source, ...]:
    return snapshot.postings._sources


def slow(snapshot: Snapshot) -> PostingReader:
    """Reads everything from Whoosh's own blocks."""
    none = SimpleNamespace(sidecar=lambda field: None)
    return PostingReader([replace(source, tables=none) for source in sources_of(snapshot)])


@FILLS
def test_every_token_has_the_rows_counts_and_places_of_whoosh(engine: WhooshEngine, fill: Fill) -> None:
    fill(engine)
    snapshot = snapshot_of(engine)
    quick, other = snapshot.postings, slow(snapshot)
    tokens = {(field, token) for source in sources_of(snapshot) for field in FIELDS
              for token in read_field(source.reader, field).tokens}  # fmt: skip
    assert len(tokens) > 150
    for field, token in sorted(tokens):
        rows, counts = quick.rows(field, token.decode())
        expected_rows, expected_counts = other.rows(field, token.decode())
        assert (rows.tolist(), counts.tolist()) == (expected_rows.tolist(), expected_counts.tolist())
        assert rows.dtype == np.int32
        if sources_of(snapshot)[0].reader.schema[field].supports("positions"):
            places = quick.places(field, token.decode(), rows)
            assert places.tolist() == other.places(field, token.decode(), rows).tolist()
            few = rows[:: max(1, len(rows) // 3)]
            kept = places[np.isin(places >> ROW_BITS, few)]
            assert quick.places(field, token.decode(), few).tolist() == kept.tolist()
    assert quick.rows("text", "no such word")[0].tolist() == []
    assert quick.places("text", "no such word", np.arange(5, dtype=np.int32)).tolist() == []


def pieces_of(one: Document) -> dict[str, tuple[str, ...]]:
    return {"title": (one.title.value or "",), "text": (one.text,), "removed": one.removed}


@FILLS
def test_offsets_are_those_of_the_analysis_and_fit_the_positions(engine: WhooshEngine, fill: Fill) -> None:
    fill(engine)
    snapshot = snapshot_of(engine)
    for row in np.flatnonzero(snapshot.live).tolist():
        one = snapshot.document(row)
        for stream, pieces in pieces_of(one).items():
            firsts = snapshot.firsts(row, stream)
            assert len(firsts) == len(pieces)
            for number, piece in enumerate(pieces):
                tokens = analyze(piece, one.language.value)
                starts, ends = snapshot.offsets(row, stream, number)
                assert (tuple(starts.tolist()), tuple(ends.tolist())) == (tokens.starts, tokens.ends)
                for form in set(tokens.forms):
                    places = snapshot.postings.places(stream, form, np.array([row], np.int32))
                    positions = (places & ((1 << ROW_BITS) - 1)) - firsts[number]
                    own = positions[(positions >= 0) & (positions < len(starts))]
                    assert own.tolist() == [place for place, other in enumerate(tokens.forms) if other == form]


@FILLS
def test_a_document_is_read_back_whole_and_its_card_says_the_same(engine: WhooshEngine, fill: Fill) -> None:
    fill(engine)
    mentions = (Mention("actor", "haftar", 0, 6, "Haftar", "name", "curated"),)
    whole = replace(document("whole", "T", "Haftar again. " * 4000), mentions=mentions,
                    blocks=(Block("Haftar again. " * 4000, 3, 9, "p"),))  # fmt: skip
    add(engine, whole)
    snapshot = snapshot_of(engine)
    assert snapshot.document(snapshot.row("whole") or 0) == whole
    for row in range(snapshot.size):
        one, card = snapshot.document(row), snapshot.card(row)
        assert snapshot.text(row) == one.text
        for name in ("source", "sha256", "url", "title", "author", "outlet", "date", "language", "first_indexed"):
            assert getattr(card, name) == getattr(one, name)
        assert card.facets == {name: one.facets.get(name, ()) for name in ("actor", "location", "cites", "topics", "desk")}


def drawn_postings(dice: random.Random, *, positional: bool) -> FieldPostings:
    """Postings of a few tokens, with numbers of every width and tokens that fill several blocks."""
    documents: list[int] = []
    frequencies: list[int] = []
    positions: list[int] = []
    sizes = [dice.choice((1, 2, 7, 8, BLOCK, BLOCK + 1, 3 * BLOCK)) for _ in range(12)]
    for size in sizes:
        documents += sorted(dice.sample(range(dice.choice((400, 70_000, 1 << 30))), size))
        frequencies += [dice.choice((1, 1, 1, 2, 40)) for _ in range(size)] if dice.random() < 0.8 else [3] * size
    frequencies[5] = 300
    for frequency in frequencies:
        positions += sorted(dice.sample(range(dice.choice((400, 70_000, 1 << 30))), frequency))
    tokens = [f"t{number:02}".encode() for number in range(len(sizes))]
    return FieldPostings(
        tokens, begins_of(np.array(sizes)), np.array(documents, np.int32), np.array(frequencies, np.int32),
        np.array(positions, np.uint32) if positional else None,
    )  # fmt: skip


def read_back(stored: bytes, offset: int, *, positional: bool) -> Postings:
    storage = RamStorage()
    storage.create_file("postings").close()
    storage.files["postings"] = stored
    return read_postings(storage.open_file("postings"), offset, with_positions=positional)


def expected_of(postings: FieldPostings, token: int) -> Iterator[tuple[int, int, list[int]]]:
    begins = postings.position_begins
    for place in range(postings.begins[token], postings.begins[token + 1]):
        positions = [] if postings.positions is None else postings.positions[begins[place] : begins[place + 1]].tolist()
        yield int(postings.documents[place]), int(postings.frequencies[place]), positions


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("value_size", [None, 0, 4])
def test_blocks_are_read_back_as_they_were_given(seed: int, value_size: int | None) -> None:
    positional = value_size is None
    postings = drawn_postings(random.Random(seed), positional=positional)
    stored = store_postings(postings, value_size)
    for token, offset in enumerate(begins_of(stored.sizes)[:-1].tolist()):
        held = read_back(stored.data, offset, positional=positional)
        places = [np.cumsum(positions_in(one)).tolist() for one in held.positions or ()] or [[]] * len(held.rows)
        found = zip(held.rows.tolist(), held.counts.tolist(), places, strict=True)
        assert list(found) == list(expected_of(postings, token))


@pytest.mark.parametrize("seed", range(6))
def test_a_sidecar_is_read_back_as_it_was_given(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    postings = drawn_postings(dice, positional=True)
    write_arrays(tmp_path / "sidecar", sidecar_arrays("text", postings))
    arrays = read_arrays(tmp_path / "sidecar")
    again = field_postings(arrays, "text")
    assert again is not None
    for part in fields(FieldPostings):
        assert np.array_equal(getattr(again, part.name), getattr(postings, part.name))
    sidecar = FieldSidecar(arrays, "text")
    for number, token in enumerate(postings.tokens):
        held = sidecar.find(token)
        expected = list(expected_of(postings, number))
        assert sidecar.rows(held).tolist() == [row for row, _, _ in expected]
        chosen = dice.sample(expected, min(len(expected), dice.choice((1, 2, 50))))
        others = [row + 1 for row, _, _ in chosen]
        rows = np.array(sorted({*others, *(row for row, _, _ in chosen)}), np.int32)
        places = [(row << ROW_BITS) + each for row, _, positions in expected if row in rows for each in positions]
        assert sidecar.places(held, rows).tolist() == places
    assert sidecar.find(b"t") == sidecar.find(b"t99") == slice(0, 0)


def test_a_wrong_number_in_a_sidecar_is_found_by_a_deep_check(engine: WhooshEngine) -> None:
    add(engine, *random_documents(40))
    store = engine._shelf.store
    with store.writer() as lock, store.stage(lock) as staging:
        path = next(staging.folder.glob("*.tables"))
        arrays = {name: array.copy() for name, array in read_arrays(path).items()}
        arrays["text.positions"][7] += 1
        path.unlink()
        write_arrays(path, arrays)
        assert staging.base is not None
        staging.publish(schema=staging.base.manifest.schema, configuration="", documents=40, run=FIRST_RUN, settled=True)
    (damage,) = engine.check(deep=True)
    assert "its table text.positions is not that of its documents" in str(damage)


def test_nothing_is_read_of_a_segment_before_it_is_asked_for(engine: WhooshEngine) -> None:
    add(engine, *random_documents(40))
    snapshot = snapshot_of(engine)
    rows, _ = snapshot.postings.rows("text", "word1")
    assert not rows.flags.owndata and not rows.flags.writeable
    assert snapshot.postings.rows("text", "word1")[0] is rows


def test_segments_are_those_of_the_table_of_contents(engine: WhooshEngine) -> None:
    by_and_by(engine)
    snapshot = snapshot_of(engine)
    folder = engine._shelf.store.open().folder
    index = FileIndex(FileStorage(str(folder)))
    assert snapshot.segments == tuple(segment.segment_id() for segment in index._segments())
    assert len(snapshot.segments) > 1
    assert all(isinstance(source.tables, Tables) for source in sources_of(snapshot))
