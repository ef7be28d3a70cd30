"""Is what the bench measures comparable? Its corpora, its questions, its sums, and that engines must agree."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from bench import corpora, goals
from bench.__main__ import main
from bench.agreement import Disagreement, check
from bench.cache import Corpus, peers
from bench.clocks import percentile
from bench.corpora import Source, Splicer, split
from bench.documents import TokenBook, document_of
from bench.names import MEASURED_ACTORS, MEASURED_DOCUMENTS, actor_spread
from bench.peers.base import Answer
from bench.peers.ours import OurPeer, index
from bench.questions import Chooser, Question
from bench.searching import measure_search
from searchapp.analysis import analyze
from tests.bench.source import write_source

DOCUMENTS = 200


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_source(tmp_path_factory.mktemp("bench") / "source.jsonl.gz")


@pytest.fixture(scope="module")
def splicer(source: Path) -> Splicer:
    return Splicer(Source.read(source), DOCUMENTS, words=60, seed=3)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scratch")


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(source: Path, tmp_path: Path) -> None:
    def written(name: str, seed: int) -> bytes:
        corpora.write(Splicer(Source.read(source), DOCUMENTS, words=60, seed=seed), tmp_path / name, first=20)
        return (tmp_path / name).read_bytes()

    assert written("a", 3) == written("b", 3) != written("c", 4)
    assert len(gzip.decompress(written("a", 3)).splitlines()) == 20


def test_a_document_is_made_of_sentences_of_the_source_and_about_as_long_as_asked(splicer: Splicer) -> None:
    known = {sentence for sentences in splicer.source.sentences for sentence in sentences}
    made = list(splicer)
    assert all(sentence in known for one in made for sentence in one.sentences)
    assert 50 < sum(len(one.text.split()) for one in made) / len(made) < 80
    assert all(document_of(one).text == one.text for one in made[:5])


def test_sentences_end_at_marks_and_lines() -> None:
    assert list(split('He said "no." Then?\nالسلام؟ نعم')) == ['He said "no."', "Then?", "السلام؟", "نعم"]


def test_actors_are_as_many_as_in_a_real_archive_and_all_are_used(splicer: Splicer) -> None:
    assert actor_spread(MEASURED_DOCUMENTS) == MEASURED_ACTORS
    assert actor_spread(MEASURED_DOCUMENTS) < actor_spread(10 * MEASURED_DOCUMENTS) < 10 * MEASURED_ACTORS
    made = list(splicer)
    assert len({name for one in made for name in one.actors}) == actor_spread(DOCUMENTS)
    assert 5 < sum(len(one.actors) for one in made) / len(made) < 12
    assert 2 < sum(len(one.locations) for one in made) / len(made) < 4


def test_dates_and_outlets_are_those_of_the_source(splicer: Splicer) -> None:
    made = list(islice(splicer, 40))
    assert [one.date is None for one in made] == [number % 5 == 0 for number in range(40)]
    assert max(one.date for one in made if one.date) <= "2020-09-11"
    assert all(one.outlet.startswith("Paper ") for one in made)


def test_the_tokens_of_sentences_joined_are_those_of_the_text(splicer: Splicer) -> None:
    made = list(islice(splicer, 10))
    for one, ready in zip(made, TokenBook().ready(made), strict=True):
        title, text = ready.forms.split(" | ")
        assert text.split(" ") == list(analyze(one.text, one.language).forms)
        assert title.split(" ") == list(analyze(one.title, one.language).forms)


def test_there_are_questions_of_every_kind_and_the_seed_chooses_them(splicer: Splicer) -> None:
    chooser = Chooser(TokenBook().ready(splicer), DOCUMENTS)
    chosen = chooser.choose(["en"], seed=1)
    assert {one.kind for one in chosen} >= {"rare", "common", "two words", "phrase", "prefix"}
    assert chooser.choose(["en"], seed=1) == chosen != chooser.choose(["en"], seed=2)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, 0), ([7], 0.95, 7), ([3, 1, 2], 0.5, 2), (range(1, 101), 0.95, 95), (range(1, 61), 0.5, 30)],
)
def test_a_percentile_is_the_value_that_such_a_share_does_not_pass(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


def test_a_row_says_which_of_both_goals_is_reached() -> None:
    found = goals.rows({"warm p50": 0.3, "warm p95": 0.7, "first p50": 1.0, "grouped": 500.0})
    assert [row["reached"] for row in found] == ["aim", "least", "MISSED", "least"]
    assert "<= 0.6 x" in goals.goal_table(found) and ">= 400 x" in goals.goal_table(found)


def test_engines_find_and_count_the_same(source: Path, scratch: Path) -> None:
    corpus = Corpus(source, DOCUMENTS, words=60, seed=3, scratch=scratch)
    found = measure_search(corpus, ["fts5", "whoosh"], rounds=1)
    assert {"ours", "fts5", "whoosh"} == found["cpu ms"]["plain"].keys()  # type: ignore[index]
    assert [row["goal"] for row in found["goals"]] == ["grouped", "snippets"]  # type: ignore[attr-defined]
    assert min(found["matches"].values()) > 0  # type: ignore[attr-defined]


def test_days_of_one_month_are_summed(source: Path, tmp_path: Path) -> None:
    made = next(iter(Splicer(Source.read(source), 2, words=30)))
    days = ("2020-01-01", "2020-01-02", None)
    index(tmp_path, (document_of(replace(made, number=at, date=day)) for at, day in enumerate(days)))
    word = made.text.split()[1]
    assert OurPeer(tmp_path).full(Question("rare", word, ((word,),))).months == {2020 * 12: 2}


def test_what_is_built_is_kept_and_built_again_for_another_seed(source: Path, scratch: Path) -> None:
    corpus = Corpus(source, 20, words=30, seed=1, scratch=scratch)
    first = corpus.index_of(OurPeer)
    changed = first.stat().st_mtime_ns
    assert corpus.index_of(OurPeer) == first and first.stat().st_mtime_ns == changed
    assert replace(corpus, seed=2).folder != corpus.folder


def test_a_peer_that_cannot_be_had_is_named_and_left_out() -> None:
    chosen, missing = peers(["fts5", "elastic"])
    assert [peer.name for peer in chosen] == ["ours", "fts5"]
    assert missing == ["elastic is left out: there is no such peer"]


def test_a_corpus_is_written_as_lines_and_what_is_missing_is_said(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "made.jsonl.gz"
    arguments = ["--documents", "5", "--words", "30", "--to", str(to), "--json"]
    assert main(["corpus", "--corpus", str(source), *arguments]) == 0
    assert json.loads(capsys.readouterr().out) == {"corpus": {"written": 5, "to": str(to)}}
    assert len(gzip.decompress(to.read_bytes()).splitlines()) == 5
    assert main(["corpus", "--corpus", str(tmp_path / "none.jsonl"), *arguments]) == 2
    assert "none.jsonl is not here" in capsys.readouterr().err


ODD = {
    "only texts": ['{"text": "One sentence only here. And another one."}'],
    "blank lines": ["", '{"text": "Many words of one kind."}', "  "],
    "byte order mark": ["\ufeff" + '{"text": "Many words of one kind.", "lang": "xx"}'],
    "odd values": ['{"text": "Many words.", "date": "2020-13-45", "title": 7, "outlet": ["A"], "language": null}'],
    "names of others": ['{"maintext": "Many words.", "date_publish": "2020-05-11 10:00:00"}'],
}  # fmt: skip


@pytest.mark.parametrize("lines", ODD.values(), ids=ODD)
def test_any_lines_with_a_text_are_spliced(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "odd.jsonl").write_text("\n".join(lines), encoding="utf-8")
    made = list(Splicer(Source.read(tmp_path / "odd.jsonl"), 30, words=20))
    assert len({name for one in made for name in one.actors}) == actor_spread(30)
    assert all(one.text and one.title and one.language for one in made)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"text": "whole"}\n{"text": "cut', "at line 2"), (b'["text"]', "a record is an object"), (b"", "no line with a text"),
        (b'{"body": "x"}', "no line with a text"), (b'{"text": "\xff"}', "at line 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_spliced_is_said_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    (tmp_path / "bad.jsonl").write_bytes(content)
    assert main(["corpus", "--corpus", str(tmp_path / "bad.jsonl"), "--to", str(tmp_path / "to")]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("what", ["corpus", "search"])
def test_a_folder_is_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str) -> None:
    assert main([what, "--corpus", str(tmp_path), "--to", str(tmp_path / "to"), "--scratch", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_a_corpus_with_nothing_to_ask_for_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "few.jsonl").write_text('{"text": "One."}')
    given = ["--corpus", str(tmp_path / "few.jsonl"), "--documents", "5", "--scratch", str(tmp_path)]
    assert main(["search", *given]) == 2
    assert "too few different words" in capsys.readouterr().err


class _Wrong:
    """Answers what it was given."""

    def __init__(self, name: str, answer: Answer) -> None:
        self.name = name
        self._answer = answer

    def full(self, question: Question) -> Answer:
        return self._answer

    plain = full


@pytest.mark.parametrize(
    "wrong",
    [
        Answer(4, (), {"outlet": {"a": 3}, "actor": {}, "location": {}}),
        Answer(3, (), {"outlet": {"a": 2}, "actor": {}, "location": {}}),
        Answer(3, (), {"outlet": {"a": 3}, "actor": {"b": 1}, "location": {}}),
        Answer(3, (), {"outlet": {"a": 3}, "actor": {}, "location": {}}, {24000: 1, 24002: 1}),
    ],
)
def test_a_difference_ends_the_run(wrong: Answer) -> None:
    right = Answer(3, (), {"outlet": {"a": 3}, "actor": {}, "location": {}}, {24000: 3})
    question = Question("rare", "word", (("word",),))
    assert check([_Wrong("ours", right), _Wrong("other", right)], question) == 3  # type: ignore[list-item]
    with pytest.raises(Disagreement):
        check([_Wrong("ours", right), _Wrong("other", wrong)], question)  # type: ignore[list-item]
