"""Documents made ready in another process and adopted by the writer, as every engine must take them in."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from searchapp.engine.base import Engine
from tests.engine.asking import asked
from tests.engine.conftest import Build
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FIRST_RUN, SECOND_RUN, document
from tests.engine.parts import adopt, make_part


def answers(engine: Engine) -> list[object]:
    """What does not depend on runs and generations: totals, hits and facets of some questions, likeness, documents."""
    asked_for = (
        asked(), asked("haftar", sort="date"), asked('"wheat harvest"', scope="raw"), asked("recru*", dupes="show"),
        asked("حفتر"), asked("actor:haftar -wheat", facet_size=100), asked("farmer OR wagner", sort="outlet"),
    )  # fmt: skip
    found = [*(engine.search(query) for query in asked_for), engine.similar("d04", asked())]
    return [
        *((one.total, one.hits, one.facets, one.histogram) for one in found),
        [(engine.get(one.id), engine.copies(one.id)) for one in DOCUMENTS],
        engine.suggest(asked("haftr wheet")),
        dict(engine.sources()),
    ]


def text_of(engine: Engine, identifier: str) -> str | None:
    held = engine.get(identifier)
    return held and held.text


def test_what_is_adopted_answers_like_what_is_added(build: Build) -> None:
    expected = answers(build(DOCUMENTS, CLUSTERS))
    engine = build([], {})
    with engine.writer(run=FIRST_RUN) as writer:
        adopt(engine, writer, *DOCUMENTS[:7])
        adopt(engine, writer, *DOCUMENTS[7:9])
        for one in DOCUMENTS[9:12]:
            writer.add(one)
        writer.commit()
        for start in range(12, len(DOCUMENTS), 2):
            adopt(engine, writer, *DOCUMENTS[start : start + 2])
        writer.assign(CLUSTERS)
        writer.commit(settled=True)
    assert answers(engine) == expected
    assert engine.info().documents == len(DOCUMENTS)
    assert engine.check(deep=True) == ()


def test_many_parts_over_many_commits_answer_like_one(build: Build) -> None:
    expected = answers(build(DOCUMENTS, CLUSTERS))
    engine = build([], {})
    with engine.writer(run=FIRST_RUN) as writer:
        for number, one in enumerate(DOCUMENTS):
            adopt(engine, writer, replace(one, text="passing words"), *DOCUMENTS[number // 2 : number])
            adopt(engine, writer, one)
            writer.commit()
        writer.assign(CLUSTERS)
        writer.commit(settled=True)
    assert answers(engine) == expected
    assert engine.check(deep=True) == ()


def test_a_part_replaces_what_was_published(build: Build) -> None:
    one = document("a", "T", "older")
    engine = build([one, document("b", "T", "other")], {})
    with engine.writer(run=SECOND_RUN) as writer:
        adopt(engine, writer, replace(one, text="newer"))
        writer.commit()
    assert text_of(engine, "a") == "newer"
    assert (engine.search(asked("older")).total, engine.search(asked("newer")).total) == (0, 1)
    assert engine.info().documents == 2


def test_of_all_changes_in_a_commit_the_last_one_counts(build: Build) -> None:
    one = document("a", "T", "published")
    engine = build([one], {})
    first, second, third = (replace(one, text=text) for text in ("first", "second", "third"))
    kept = document("k", "T", "kept")
    with engine.writer(run=SECOND_RUN) as writer:
        writer.add(first)
        adopt(engine, writer, second, kept)
        writer.commit()
        assert text_of(engine, "a") == "second"
        adopt(engine, writer, first)
        writer.add(second)
        writer.commit()
        assert text_of(engine, "a") == "second"
        adopt(engine, writer, second)
        adopt(engine, writer, third)
        writer.commit()
        assert text_of(engine, "a") == "third"
        adopt(engine, writer, first)
        writer.delete("a")
        writer.commit()
        assert text_of(engine, "a") is None
        writer.delete("a")
        adopt(engine, writer, first)
        writer.delete("k")
        writer.commit()
    assert [hit.id for hit in engine.search(asked("first OR second OR third OR kept OR published")).hits] == ["a"]
    assert engine.info().documents == 1
    assert engine.check(deep=True) == ()


def test_a_part_can_be_empty(build: Build) -> None:
    engine = build([document("a", "T", "x")], {})
    with engine.writer(run=SECOND_RUN) as writer:
        adopt(engine, writer)
        writer.commit()
        adopt(engine, writer)
        adopt(engine, writer, document("b", "T", "x"))
        writer.commit()
    assert engine.search(asked("x")).total == engine.info().documents == 2


def test_only_a_finished_part_of_this_writer_is_adopted_and_only_once(build: Build, tmp_path: Path) -> None:
    engine = build([], {})
    with engine.writer(run=FIRST_RUN) as writer:
        part = writer.part()
        for _ in range(2):
            with pytest.raises(ValueError, match="has not been finished"):
                writer.adopt(part)
        builder = engine.builder(part)
        builder.add(document("a", "T", "x"))
        with pytest.raises(ValueError, match="has not been finished"):
            writer.adopt(part)
        builder.finish()
        writer.adopt(part)
        for other in (part, tmp_path):
            with pytest.raises(ValueError, match="not a part of this writer"):
                writer.adopt(other)
        writer.commit()
        with pytest.raises(ValueError, match="not a part of this writer"):
            writer.adopt(part)
    assert engine.info().documents == 1


def test_parts_are_gone_with_the_writer_adopted_or_not(build: Build) -> None:
    engine = build([document("a", "T", "x")], {})
    with engine.writer(run=SECOND_RUN) as writer:
        published = make_part(engine, writer, [document("b", "T", "x")])
        writer.adopt(published)
        writer.commit()
        dropped = make_part(engine, writer, [document("c", "T", "x")])
        writer.adopt(dropped)
        unfinished, waiting = writer.part(), make_part(engine, writer, [document("d", "T", "x")])
        assert waiting.is_dir()
        assert not published.exists()
    assert not any(part.exists() for part in (dropped, unfinished, waiting))
    assert engine.info().documents == 2
    assert engine.get("c") is None


def test_a_forked_process_builds_while_the_writer_is_open(build: Build) -> None:
    engine = build([document("a", "T", "published")], {})
    engine.info()
    with engine.writer(run=SECOND_RUN) as writer:
        parts = [writer.part() for _ in range(3)]
        children = [_fork_builder(engine, part, number) for number, part in enumerate(parts)]
        for child in children:
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        for part in parts:
            writer.adopt(part)
        writer.commit(settled=True)
    assert engine.info().documents == 1 + 3 * 20
    assert engine.search(asked("forked", dupes="show")).total == 3 * 20
    assert text_of(engine, "p2-07") == "forked words 2 7"
    assert engine.check(deep=True) == ()


def _fork_builder(engine: Engine, part: Path, number: int) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        builder = engine.builder(part)
        for row in range(20):
            builder.add(document(f"p{number}-{row:02}", "T", f"forked words {number} {row}"))
        builder.finish()
        status = 0
    finally:
        os._exit(status)
