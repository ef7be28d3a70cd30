"""What a Whoosh engine makes of its generations: never changed, few segments, damage found, other facets noticed."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh import index as plain_whoosh

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.errors import IndexDamaged, IndexNotReady, IndexOutdated
from searchapp.facets import FacetSet, FacetSpec
from searchapp.model import SearchQuery
from tests.engine.asking import asked
from tests.engine.conftest import fill_at_once, fill_by_and_by
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, FIRST_RUN, SECOND_RUN, SHARING, document
from tests.engine.whoosh_folder import add, engine, newest, random_documents

__all__ = ["engine"]


def answers(engine: WhooshEngine) -> list[object]:
    """Totals, hits and facets of some questions, and what is similar to a document."""
    asked_for = (asked(), asked("haftar"), asked('"wheat harvest"', scope="raw"), asked("recru*", dupes="show"))
    found = [*(engine.search(query) for query in asked_for), engine.similar("d04", asked())]
    return [(one.total, [hit.id for hit in one.hits], one.facets, one.histogram) for one in found]


def test_published_files_never_change(engine: WhooshEngine, tmp_path: Path) -> None:
    states: dict[Path, dict[str, bytes]] = {}
    documents = random_documents(60)
    for number in range(6):
        changed = replace(documents[number], text=f"changed {number}")
        add(engine, *documents[number * 10 : number * 10 + 10], changed, run=SECOND_RUN)
        folder = newest(tmp_path)
        states[folder] = {path.name: path.read_bytes() for path in folder.iterdir()}
    kept = {folder: held for folder, held in states.items() if folder.exists()}
    assert len(kept) > 1
    for folder, held in kept.items():
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == held


def test_many_commits_answer_like_one_and_leave_few_segments(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_at_once(engine, DOCUMENTS, CLUSTERS)
    expected = answers(engine)
    other = WhooshEngine(tmp_path / "other", FACETS)
    with other.writer(run=FIRST_RUN) as writer:
        for number, one in enumerate(DOCUMENTS):
            writer.add(replace(one, text="wheat harvest haftar recruits"))
            writer.add(DOCUMENTS[number // 2])
            writer.commit()
            writer.add(one)
            writer.commit()
            assert len(list(newest(tmp_path, "other").glob("*.seg"))) <= 8
        writer.assign(CLUSTERS)
        writer.commit(settled=True)
    assert len(list(newest(tmp_path, "other").glob("*.seg"))) <= 4
    assert answers(other) == expected
    assert other.check(deep=True) == ()
    other.close()


def test_a_document_given_twice_in_a_batch_counts_as_given_last(engine: WhooshEngine) -> None:
    first = document("a", "First", "one")
    add(engine, first, replace(first, text="two"))
    add(engine, replace(first, text="three"), replace(first, text="four"))
    assert engine.info().documents == engine.search(asked()).total == 1
    assert engine.search(asked("four")).total == 1
    assert engine.search(asked("one OR two OR three")).total == 0


def test_what_is_mostly_deleted_is_written_anew(engine: WhooshEngine, tmp_path: Path) -> None:
    add(engine, *random_documents(40))
    with engine.writer(run=SECOND_RUN) as writer:
        for number in range(30):
            writer.delete(f"r{number:03}")
        writer.commit()
    reader = plain_whoosh.open_dir(str(newest(tmp_path))).reader()
    assert reader.doc_count_all() == reader.doc_count() == engine.search(asked()).total == 10
    assert engine.check(deep=True) == ()


def test_an_index_can_be_emptied_and_filled_again(engine: WhooshEngine) -> None:
    add(engine, document("a", "First", "one"))
    with engine.writer(run=SECOND_RUN) as writer:
        writer.delete("a")
        writer.commit()
        assert engine.search(asked()).total == engine.info().documents == 0
        assert engine.search(asked("one")).histogram is not None
        writer.add(document("b", "Second", "one"))
        writer.commit()
    assert [hit.id for hit in engine.search(asked("one")).hits] == ["b"]


def test_the_next_question_sees_what_was_published_meanwhile(engine: WhooshEngine, tmp_path: Path) -> None:
    add(engine, document("a", "First", "one"))
    reader = WhooshEngine(tmp_path / "index", FACETS)
    assert reader.search(asked("one")).total == 1
    before = reader.at(reader.info().generation)
    add(engine, document("b", "Second", "one"))
    assert reader.search(asked("one")).total == 2
    assert before.search(asked("one")).total == 1
    reader.close()


def test_every_answer_beside_a_writer_is_of_one_whole_generation(engine: WhooshEngine, tmp_path: Path) -> None:
    add(engine, *random_documents(5))
    seen: list[tuple[int, int, int]] = []
    published = threading.Event()

    def ask() -> None:
        reader = WhooshEngine(tmp_path / "index", FACETS)
        while not published.is_set() or not seen or seen[-1][2] < 45:
            results = reader.search(asked("word1* OR word2* OR word3* OR word*", dupes="show", per_page=0))
            outlets = next(one for one in results.facets if one.name == "outlet")
            seen.append((results.total, sum(row.count for row in outlets.values), results.index.documents))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
    for number in range(1, 9):
        add(engine, *random_documents(5 + number * 5)[-5:])
    published.set()
    for thread in asking:
        thread.join(timeout=60)
    assert {len(set(each)) for each in seen} == {1}
    assert max(seen)[0] == 45


def test_without_an_index_the_error_says_what_to_run(engine: WhooshEngine) -> None:
    for ask in (engine.info, lambda: engine.search(SearchQuery()), lambda: engine.get("a"), engine.sources):
        with pytest.raises(IndexNotReady, match="searchapp ingest"):
            ask()
    assert engine.generations() == ()


@pytest.mark.parametrize("suffix", [".seg", ".tables", ".toc", "MANIFEST"])
def test_a_damaged_generation_is_not_served_and_the_one_before_says_so(
    engine: WhooshEngine, tmp_path: Path, suffix: str
) -> None:
    good = add(engine, document("a", "First", "one"))
    add(engine, document("b", "Second", "one"))
    own = (one for one in sorted(newest(tmp_path).iterdir()) if one.stat().st_nlink == 1)
    path = next(one for one in own if one.name.endswith(suffix))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    reader = WhooshEngine(tmp_path / "index", FACETS)
    info = reader.info()
    assert info.generation == good
    assert info.notice is not None and path.name in info.notice
    assert [hit.id for hit in reader.search(asked("one")).hits] == ["a"]
    damages = reader.check(deep=True)
    assert [Path(damage.file).name for damage in damages] == [path.name]
    reader.close()


@pytest.mark.parametrize(
    ("held", "other", "named"),
    [
        (b"\nthree", b"\nthrew", "text.words"), (b"two three", b"two threw", "records and texts"),
        (b"https://a.org/", b"https://b.org/", "address"),
    ],
)  # fmt: skip
def test_a_table_that_is_not_of_its_documents_is_found(
    engine: WhooshEngine, tmp_path: Path, held: bytes, other: bytes, named: str
) -> None:
    add(engine, document("a", "First", "one two"), document("b", "Second", "two three", url="https://a.org/"))
    with engine._shelf.store.writer() as lock, engine._shelf.store.stage(lock) as staging:
        path = next(staging.folder.glob("*.tables"))
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content.replace(held, other))
        assert staging.base is not None
        made = staging.base.manifest
        staging.publish(schema=made.schema, configuration="", documents=2, run=FIRST_RUN, settled=True)
    assert engine.check() == ()
    damages = engine.check(deep=True)
    assert damages and all(isinstance(damage, IndexDamaged) for damage in damages)
    assert any(named in str(damage) for damage in damages)


def share(engine: WhooshEngine) -> None:
    with engine.writer(run=SECOND_RUN) as writer:
        writer.assign({}, sharing=SHARING)
        writer.commit(settled=True)


def test_other_facets_make_an_index_outdated_until_it_is_written_again(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_by_and_by(engine, DOCUMENTS, CLUSTERS)
    share(engine)
    expected = engine.search(asked("haftar")).total
    more = FacetSet((*FACETS.own, FacetSpec("people", "People", "People", archive=True)))
    changed = WhooshEngine(tmp_path / "index", more)
    for ask in (changed.info, lambda: changed.search(asked("haftar"))):
        with pytest.raises(IndexOutdated, match="searchapp ingest"):
            ask()
    with changed.writer(run=SECOND_RUN):
        assert changed.info().documents == len(DOCUMENTS)
    assert changed.search(asked("haftar")).total == expected
    assert (changed.copies("d02"), changed.sharing("d04")) == (("d01", "d02", "d03"), SHARING["d04"])
    assert not changed.info().settled
    assert changed.check(deep=True) == ()
    with pytest.raises(IndexOutdated):
        engine.search(asked("haftar"))
    changed.close()


def test_an_index_of_an_older_format_is_rewritten_by_the_next_writer(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_by_and_by(engine, DOCUMENTS, CLUSTERS)
    expected, older = answers(engine), newest(tmp_path)
    manifest = engine._shelf.store.open().manifest
    (older / "MANIFEST").write_text(replace(manifest, format=1).dumps())
    (tmp_path / "index/CURRENT").write_text(f"{manifest.generation}\n")
    reader = WhooshEngine(tmp_path / "index", FACETS)
    with pytest.raises(IndexOutdated, match="searchapp upgrade"):
        reader.info()
    with reader.writer(run=SECOND_RUN):
        pass
    assert answers(reader) == expected
    assert older.is_dir()
    assert reader.check(deep=True) == ()
    reader.close()


def test_documents_are_taken_out_of_kept_generations_of_other_facets_too(engine: WhooshEngine, tmp_path: Path) -> None:
    fill_at_once(engine, DOCUMENTS, CLUSTERS)
    share(engine)
    engine.keep(engine.info().generation, "before")
    more = FacetSet((*FACETS.own, FacetSpec("people", "People", "People", archive=True)))
    changed = WhooshEngine(tmp_path / "index", more)
    number = changed.forget(["d01", "d05"])
    assert changed.info().generation == number
    assert changed.get("d01") is None and changed.copies("d02") == ("d02", "d03")
    assert changed.at(changed.kept()["before"]).info().documents == len(DOCUMENTS) - 2
    assert changed.sharing("d04") == changed.at(changed.kept()["before"]).sharing("d04") == ("d06",)
    assert not any(b'"d05"' in path.read_bytes() for path in (tmp_path / "index").rglob("*.json"))
    assert changed.check(deep=True) == ()
    changed.close()
