"""Records and texts beside a segment: what is read of them is what the documents say, in whatever way they came."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.columns import VarBytesColumn
from whoosh.fields import STORED
from whoosh.index import create_in

from searchapp.engine.base import Deadline
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.engine.whoosh_index.asking.searching import Search
from searchapp.engine.whoosh_index.files.arrays import write_arrays
from searchapp.engine.whoosh_index.files.indexing import entries_of
from searchapp.engine.whoosh_index.files.records import DISCOVERED, PASSING, TEXTS
from searchapp.engine.whoosh_index.files.schema import make_schema
from searchapp.engine.whoosh_index.files.stored import REST
from searchapp.engine.whoosh_index.files.tables import TableBuilder, Tables
from searchapp.engine.whoosh_index.writing.earlier import FIELD
from searchapp.engine.whoosh_index.writing.segments import stored_documents
from searchapp.errors import DeadlineExceeded
from searchapp.model import Claim, Document, FacetEntry, FacetValue, Mention
from tests.engine.asking import asked
from tests.engine.conftest import fill_by_and_by
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, FIRST_RUN, document
from tests.engine.parts import adopt
from tests.engine.whoosh_folder import add, engine, newest, random_documents

__all__ = ["engine"]

WORDS = st.text(st.sampled_from("ab é\nعحتفر🏴‍☠️."), max_size=12)
STATUSES = st.sampled_from(("declared", "curated", "inferred", "discovered"))
CLAIMS = st.builds(
    Claim, st.none() | WORDS, st.sampled_from(("declared", "inferred", "absent")), WORDS, WORDS,
    st.sampled_from((None, "day", "year")),
)  # fmt: skip
DATES = st.builds(Claim, st.sampled_from((None, "2020", "2020-06", "2020-06-08")), st.just("declared"))
VALUES = st.builds(
    FacetValue, WORDS, WORDS, st.tuples() | st.tuples(WORDS, WORDS), st.none() | WORDS, st.none() | st.floats(-90, 90),
    st.none() | st.integers(-180, 180).map(float), st.booleans(), st.tuples() | st.tuples(WORDS),
)  # fmt: skip
ENTRIES = st.lists(st.builds(FacetEntry, VALUES, STATUSES, st.booleans()), max_size=4).map(tuple)
NAMES = ("actor", "location", "cites", "topics", "desk")
DRAWN = st.builds(
    Document, st.uuids().map(str), WORDS, WORDS, WORDS, CLAIMS, CLAIMS, CLAIMS, DATES, CLAIMS, st.none() | WORDS,
    facets=st.dictionaries(st.sampled_from((*NAMES, "of another archive")), ENTRIES),
    first_indexed=st.sampled_from((FIRST_RUN, "")),
)  # fmt: skip


def check_card(tables: Tables, row: int, one: Document) -> None:
    """Fail where the record or the text in a row is not that of the document."""
    card = tables.records.card(row)
    said = ("source", "sha256", "url", "title", "author", "outlet", "date", "language", "first_indexed")
    assert [getattr(card, name) for name in said] == [getattr(one, name) for name in said]
    assert card.facets == {name: one.facets.get(name, ()) for name in NAMES}
    entries = [entry for name in NAMES for entry in one.facets.get(name, ())]
    assert bool(card.bits & DISCOVERED) == any(entry.status == "discovered" for entry in entries)
    assert bool(card.bits & PASSING) == any(not entry.salient for entry in entries)
    assert tables.records.facets(row) == {name: one.facets[name] for name in NAMES if name in one.facets}
    assert tables.texts.text(row) == one.text


@settings(max_examples=30)
@given(st.lists(DRAWN, max_size=3))
def test_records_and_texts_are_read_back_as_they_were_given(documents: Sequence[Document]) -> None:
    builder = TableBuilder(FACETS)
    for one in documents:
        builder.add(one, entries_of(one, FACETS))
    with TemporaryDirectory() as folder:
        path = Path(folder, "tables")
        write_arrays(path, {**builder.arrays(), TEXTS: builder.texts})
        tables = Tables(path)
        assert len(tables.records) == len(documents)
        origins = [(origin.source, origin.sha256) for origin in tables.records.origins()]
        assert origins == [(one.source, one.sha256) for one in documents]
        for row, one in enumerate(documents):
            check_card(tables, row, one)


def whole(number: int) -> Document:
    """A document with something in every field."""
    text = f"Haftar spoke. {'Wheat was sold. ' * number * 500}"
    return replace(
        document(f"whole{number}", "T", text, actor="haftar,?name:omar", removed=("cookies",)),
        mentions=(Mention("actor", "haftar", 0, 6, "Haftar", "name", "curated"),), quality="short", truncated=True,
        retrieved="2020-06-09T00:00:00Z", last_changed="2020-06-11T00:00:00Z",
    )  # fmt: skip


def test_documents_come_back_from_every_segment_and_after_merging(engine: WhooshEngine, tmp_path: Path) -> None:
    given = {one.id: one for one in (*random_documents(30), *map(whole, range(1, 6)))}
    documents = list(given.values())
    for start in range(0, 20, 5):
        add(engine, *documents[start : start + 5])
    assert len(list(newest(tmp_path).glob("*.tables"))) > 1
    with engine.writer(run=FIRST_RUN) as writer:
        adopt(engine, writer, *documents[20:])
        writer.delete("r003")
        writer.commit()
    del given["r003"]
    add(engine, replace(given["r004"], text="another text"))
    given["r004"] = replace(given["r004"], text="another text")
    assert {one: engine.get(one) for one in given} == given
    assert sorted(one.id for one in stored_documents(newest(tmp_path))) == sorted(given)
    assert engine.check(deep=True) == ()


@pytest.mark.parametrize("apart", [False, True])
def test_documents_that_earlier_versions_stored_are_read(tmp_path: Path, apart: bool) -> None:
    documents = [*DOCUMENTS[:4], whole(9)]
    schema = make_schema(FACETS)
    schema.add(FIELD, STORED())
    writer = create_in(str(tmp_path), schema).writer()
    if apart:
        writer.perdocwriter._create_column(REST, VarBytesColumn())
    for row, one in enumerate(documents):
        card = msgspec.json.encode(replace(one, blocks=(), mentions=()) if apart else one)
        writer.add_document(id=one.id, document=card)
        if apart:
            packer = zlib.compressobj(1, zdict=card[-(1 << 15) :])
            rest = packer.compress(msgspec.json.encode((one.blocks, one.mentions))) + packer.flush()
            writer.perdocwriter._get_column(REST).add(row, rest)
    writer.commit()
    assert list(stored_documents(tmp_path)) == documents


@pytest.mark.parametrize(("limits", "left"), [({}, {"declared"}), ({"discovered": True}, {"declared", "discovered"})])
def test_only_what_counts_is_copied_out_of_a_record(
    engine: WhooshEngine, limits: dict[str, bool], left: set[str]
) -> None:
    value = FacetValue("Omar", "Omar")
    actors = (FacetEntry(FacetValue("UN", "UN"), "declared"), FacetEntry(value, "discovered"))
    passing = (FacetEntry(FacetValue("Syria", "Syria"), "declared", salient=False),)
    add(engine, replace(document("a", "T", "x"), facets={"actor": actors, "location": passing}))
    (hit,) = engine.search(asked("x", **limits)).hits
    assert {entry.status for entry in hit.facets["actor"]} == left
    assert hit.facets["location"] == passing and hit.facets["desk"] == ()
    (hit,) = engine.search(asked("x", salient=("location",), **limits)).hits
    assert hit.facets["location"] == ()


def test_snippets_end_with_their_deadline(engine: WhooshEngine) -> None:
    fill_by_and_by(engine, DOCUMENTS, CLUSTERS)
    add(engine, document("long", "wheat", "wheat harvest " * 35_000))
    snapshot = engine._shelf.current().snapshot
    search = Search(snapshot, asked("wheat harvest"), Deadline.after(60))
    search.deadline = Deadline(0.0, 1.0)
    with pytest.raises(DeadlineExceeded):
        search._maker.page([(snapshot.row("long") or 0, None)])
    assert engine.search(asked("wheat harvest"), deadline=Deadline.after(60)).total > 1
