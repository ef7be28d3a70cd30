"""Whatever happened before, a settled ingest of all roots answers as one fresh ingest of the files as they are now."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from searchapp.config import Settings
from searchapp.engine.base import Engine
from searchapp.engine.memory import MemoryEngine
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.errors import Interrupted, NotFound
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import IngestReport, Knowledge, Options, Progress, Root, ingest, reading
from searchapp.model import SearchQuery

ARTICLE = """{title}

{place} (Reuters) - The ministry said on {date} that {count} lorries of wheat had crossed the river into Libya.
Workers of the Wagner Group who spoke to Enab Baladi had not been paid for months, and Haftar said nothing of that.
"""
TWIN = ARTICLE.format(title="The bridge at night", place="TRIPOLI", date="8 June 2020", count="forty")
TEXTS = (
    TWIN,
    TWIN.replace("night", "noon"),
    ARTICLE.format(title="Wheat for the coast", place="DAMASCUS", date="May 2020", count="ninety"),
    ARTICLE.format(title="Wheat for the coast", place="ANKARA", date="Monday", count="twelve"),
    "short\n",
    "",
)
FURNITURE = ("Weather of the coast", "Prices of the day", "Write to the coast desk", "Letters of the week", "A delta page")
DUMP = "\n\n".join((*FURNITURE[:3], "{0}", *FURNITURE[3:], "{1}"))
STORIES = [
    f"The {who} of the coast said that nobody would be asked to leave the {what} before the rain came in the autumn.\n\n"
    f"After that the {who} went to the {what} with four others, and they stayed there until the lamps had gone out."
    for who, what in (("miller", "bridge"), ("baker", "market"), ("smith", "harbour"), ("teacher", "orchard"))
]
DUMPS = tuple(DUMP.format(story, note) for story in STORIES for note in ("The coast is open to all.", "Lamps are lit at six."))
PAGE = "<html><head><title>{0}</title></head><body><nav>Home | News</nav><p>{1}</p></body></html>"
CONTENTS = {
    "one.txt": TEXTS,
    "two.txt": TEXTS,
    "three.txt": DUMPS,
    "four.txt": DUMPS[2:],
    "five.txt": (DUMPS[0], DUMPS[3], DUMPS[7], "short\n"),
    "page.html": tuple(PAGE.format(*text.split("\n", 1)) for text in TEXTS[:4]),
    "lines.jsonl": (
        '{"id": "a", "title": "The bridge at night", "text": "Forty lorries crossed the river into Libya."}\n'
        '{"id": "b", "text": "Ninety lorries waited in Ankara.", "outlet": "IranWire"}\n',
        '{"id": "b", "text": "Ninety lorries waited in Ankara.", "outlet": "Zaman"}\n',
        '{"id": "c", "text": "Nobody waited."}\n{broken\n',
    ),
    "one.json": ('{"outlet": "IranWire", "date": "2020-06-09"}', '{"facets": {"cites": ["AFP"]}}', "{broken"),
    "metadata.csv": ("path,outlet\ntwo.txt,Zaman\n", "path,language\none.txt,ar\ntwo.txt,en\n"),
}
ROOTS = ("east", "west")
QUESTIONS = ("", "lorries", '"crossed the river"', "outlet:zaman", "wheat NOT libya", "wait*")

roots = st.sampled_from(ROOTS)
names = st.sampled_from(sorted(CONTENTS))
files = st.sampled_from([(name, text) for name, texts in CONTENTS.items() for text in texts])
moments = st.integers(1, 9)


HISTORIES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "a change rolled back": (("ingest_all", False), ("change", "east", ("one.txt", TEXTS[2])), ("roll_back",)),
    "a new file rolled back": (("ingest_all", False), ("change", "west", ("two.txt", TWIN)), ("roll_back",)),
    "a removal rolled back": (
        ("change", "east", ("two.txt", TEXTS[3])), ("remove", "east", "two.txt"), ("ingest_all", False), ("roll_back",),
    ),
    "rolled back without a journal": (
        ("ingest_all", False), ("change", "east", ("one.txt", TEXTS[2])), ("roll_back",), ("lose_the_journal",),
    ),
    "one root after a lost journal": (
        ("change", "west", ("two.txt", TWIN)), ("lose_the_journal",), ("write", "east", ("two.txt", TWIN)),
        ("ingest_one", "east", False), ("agree",),
    ),
    "a site that grows and shrinks": (
        ("write", "east", ("three.txt", DUMPS[0])), ("ingest_all", False), ("write", "east", ("four.txt", DUMPS[2])),
        ("ingest_all", False), ("agree",), ("write", "east", ("five.txt", DUMPS[7])), ("ingest_one", "east", False),
        ("agree",), ("remove", "east", "four.txt"), ("ingest_all", False), ("agree",), ("remove", "east", "five.txt"),
    ),
    "a site that gets a copy and a name": (
        ("write", "east", ("three.txt", DUMPS[0])), ("write", "east", ("four.txt", DUMPS[2])), ("ingest_all", False),
        ("write", "east", ("five.txt", DUMPS[3])), ("ingest_all", False), ("agree",),
        ("write", "east", ("metadata.csv", "path,outlet\nthree.txt,Zaman\nfive.txt,Zaman\n")),
    ),
    "a site cut short": (
        ("write", "east", ("three.txt", DUMPS[0])), ("ingest_all", False), ("write", "east", ("four.txt", DUMPS[2])),
        ("interrupt", 3, ROOTS, False), ("write", "east", ("five.txt", DUMPS[7])), ("kill", 4, False),
    ),
    "copies that part": (
        ("write", "east", ("two.txt", TWIN)), ("change", "west", ("two.txt", TWIN)), ("remove", "west", "two.txt"),
        ("ingest_one", "west", False), ("change", "east", ("two.txt", TEXTS[1])),
    ),
    "a sidecar that comes and goes": (
        ("change", "east", ("one.json", '{"outlet": "IranWire"}')), ("ingest_all", False),
        ("remove", "east", "one.json"),
    ),
    "a table that changes": (
        ("change", "east", ("metadata.csv", "path,outlet\none.txt,Zaman\n")), ("ingest_all", False),
        ("write", "east", ("metadata.csv", "path,outlet\none.txt,SANA!\n")),
    ),
    "records that go and fail": (
        ("change", "east", ("lines.jsonl", CONTENTS["lines.jsonl"][0])),
        ("change", "east", ("lines.jsonl", CONTENTS["lines.jsonl"][1])),
        ("change", "east", ("lines.jsonl", CONTENTS["lines.jsonl"][2])),
    ),
    **{
        f"{ending} at moment {moment}": (
            ("ingest_all", False), ("write", "east", ("one.txt", TEXTS[2])), ("write", "west", ("two.txt", TWIN)),
            (ending, moment, *rest), ("remove", "east", "two.txt"), ("write", "east", ("one.txt", TEXTS[3])),
        )
        for ending, rest in (("kill", (False,)), ("interrupt", (ROOTS, False)))
        for moment in (1, 5)
    },
}  # fmt: skip
"""What each part of an ingest is there for, as names of rules with what they are given."""


class Dead(BaseException):
    """Leaves an ingest as nothing else does."""


def answers(engine: Engine) -> dict[str, Any]:
    """Everything that the index says, but for the runs that brought it."""
    every = SearchQuery(dupes="show", sort="title", per_page=100)
    ids = sorted(hit.id for hit in engine.iterate(every))
    documents = {one: engine.get(one) for one in ids}
    return {
        "documents": {one: replace(held, first_indexed="", last_changed="") for one, held in documents.items() if held},
        "sources": {key: (stamp.id, stamp.sha256) for key, stamp in engine.sources().items()},
        "copies": {one: engine.copies(one) for one in ids},
        "sharing": {one: engine.sharing(one) for one in ids},
        "facets": {
            (spec.name, query.dupes): _counts(engine, spec.name, query)
            for spec in engine.facets.counted
            if spec.name != "first_indexed"
            for query in (every, replace(every, dupes="fold"))
        },
        "found": {text: _found(engine, replace(every, text=text)) for text in QUESTIONS},
        "languages": engine.info().languages,
    }


def _counts(engine: Engine, name: str, query: SearchQuery) -> Any:
    facet = engine.facet(name, query, limit=100)
    return facet.none.count, [(row.value, row.count, row.inferred) for row in facet.values]


def _found(engine: Engine, query: SearchQuery) -> Any:
    shown = engine.search(query)
    stories = engine.search(replace(query, dupes="fold"))
    bars = shown.histogram.bars if shown.histogram else ()
    return [hit.id for hit in shown.hits], stories.total, [(bar.label, bar.count) for bar in bars]


class History(RuleBasedStateMachine):
    """Files come, change and go; ingests of all or some of them are run, cut short, rolled back and forgotten."""

    knowledge: ClassVar[Knowledge]

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="history-"))
        self.engine = self.opened(self.place / "index")

    @staticmethod
    def opened(index: Path) -> Engine:
        return MemoryEngine(FacetSet())

    def teardown(self) -> None:
        try:
            self.ingest_all(force=False)
            self.agree()
        finally:
            self.engine.close()
            shutil.rmtree(self.place)

    def root(self, name: str) -> Root:
        return Root(name, self.place / name)

    @initialize(first=files, second=files)
    def begin(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        for root, file in zip(ROOTS, (first, second), strict=True):
            (self.place / root).mkdir()
            self.write(root, file)

    @rule(root=roots, file=files)
    def write(self, root: str, file: tuple[str, str]) -> None:
        """A file comes, or changes."""
        (self.place / root / file[0]).write_text(file[1])

    @rule(root=roots, name=names)
    def remove(self, root: str, name: str) -> None:
        (self.place / root / name).unlink(missing_ok=True)

    @rule(root=roots, name=names)
    def touch(self, root: str, name: str) -> None:
        with suppress(FileNotFoundError):
            os.utime(self.place / root / name)

    @rule(root=roots, name=st.sampled_from(["one.txt", "two.txt"]), to=roots)
    def rename(self, root: str, name: str, to: str) -> None:
        """A file moves to another root or takes the name of another one."""
        with suppress(FileNotFoundError):
            other = "two.txt" if name == "one.txt" else "one.txt"
            (self.place / root / name).rename(self.place / to / other)

    @rule(root=roots, force=st.booleans())
    def ingest_one(self, root: str, force: bool) -> None:
        self.ingest([root], force=force)

    @rule(moment=moments, some=st.sampled_from([ROOTS, ROOTS[:1], ROOTS[1:]]), force=st.booleans())
    def interrupt(self, moment: int, some: tuple[str, ...], force: bool) -> None:
        """An ingest that is asked to stop while it works."""
        with suppress(Interrupted):
            self.ingest(some, force=force, progress=_until(moment, Interrupted(15)))

    @rule(moment=moments, force=st.booleans())
    def kill(self, moment: int, force: bool) -> None:
        """An ingest that dies; what it had not kept is lost, and the index is opened again."""
        with suppress(Dead):
            self.ingest(ROOTS, force=force, progress=_until(moment, Dead()))
        self.reopen()

    @rule()
    def roll_back(self) -> None:
        with suppress(NotFound):
            self.engine.rollback()

    @rule()
    def lose_the_journal(self) -> None:
        for path in self.journal.parent.glob(f"{self.journal.name}*"):
            path.unlink()

    @rule(root=roots, file=files)
    def change(self, root: str, file: tuple[str, str]) -> None:
        """A file changes, and is ingested with all others."""
        self.write(root, file)
        self.ingest_all(force=False)

    @rule(force=st.booleans())
    def ingest_all(self, force: bool) -> None:
        report = self.ingest(ROOTS, force=force)
        assert report.seen == report.indexed + report.unchanged + report.skipped + report.failed
        assert self.engine.info().settled

    def agree(self) -> None:
        """The answers are those of a fresh ingest."""
        fresh = MemoryEngine(FacetSet())
        ingest(map(self.root, ROOTS), fresh, self.knowledge, Options(), journal=None)
        assert answers(self.engine) == answers(fresh)

    def reopen(self) -> None:
        """What is in memory survives; an index on disk is opened anew."""

    @property
    def journal(self) -> Path:
        return self.place / "journal.sqlite"

    def ingest(self, some: Iterable[str], *, force: bool, progress: Progress | None = None) -> IngestReport:
        options = Options(force=force, replace_root=True)
        follow = progress or _until(0, Dead())
        return ingest(
            map(self.root, some), self.engine, self.knowledge, options, journal=self.journal, progress=follow
        )


class HistoryOnDisk(History):
    """The same with an index on disk."""

    @staticmethod
    def opened(index: Path) -> Engine:
        return WhooshEngine(index, FacetSet())

    def reopen(self) -> None:
        self.engine.close()
        self.engine = self.opened(self.place / "index")


def _until(moment: int, ending: BaseException) -> Progress:
    """Raise `ending` when progress is told for the `moment`th time; 0 is never."""
    told = 0

    def follow(*said: object) -> None:
        nonlocal told
        told += 1
        if told == moment:
            raise ending

    return follow


@pytest.fixture(scope="module", autouse=True)
def knowledge() -> Iterator[None]:
    History.knowledge = Knowledge.load(Settings(engine="memory"), FacetSet())
    with pytest.MonkeyPatch.context() as patch:
        # No file is so old here that its times would be believed; the clock of this machine is finer than any.
        patch.setattr(reading, "CLOCK_TICK", 20_000_000)
        yield


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("machine", [History, HistoryOnDisk])
def test_a_settled_ingest_is_a_fresh_one_after(machine: type[History], history: str) -> None:
    state = machine()
    state.begin(("one.txt", TEXTS[0]), ("one.txt", TEXTS[1]))
    for name, *given in HISTORIES[history]:
        getattr(state, name)(*given)
    state.teardown()


def check(machine: Callable[[], History], *, examples: int, steps: int) -> None:
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, derandomize=True, database=None,
        phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=chosen)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("machine", [History, HistoryOnDisk])
def test_whatever_happened_before_a_settled_ingest_is_a_fresh_one(machine: type[History]) -> None:
    check(machine, examples=3, steps=10)


@pytest.mark.long
@pytest.mark.parametrize("machine", [History, HistoryOnDisk])
def test_whatever_happened_before_for_long_a_settled_ingest_is_a_fresh_one(machine: type[History]) -> None:
    check(machine, examples=200, steps=30)
