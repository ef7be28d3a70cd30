"""An ingest leaves an account of all files that no article was made of, not only of those it met itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchapp.config import Settings
from searchapp.engine.memory import MemoryEngine
from searchapp.facets import FacetSet
from searchapp.ingest.pipeline import Knowledge, Options, ingest, roots_of
from searchapp.left_out import FILE, LeftOut

ARTICLE = "Forty lorries crossed\n\nThe ministry said on Monday that forty lorries had crossed the river in spring.\n"


@pytest.fixture
def account(tmp_path: Path) -> dict[str, tuple[str, ...]]:
    """What is left out by reason, after a run over two folders and one over the first alone."""
    for name, text in (("east/one.txt", ARTICLE), ("east/empty.txt", ""), ("west/lines.jsonl", '{broken\n{"text": "Rain."}\n')):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    engine = MemoryEngine(FacetSet())
    knowledge = Knowledge.load(Settings(engine="memory"), engine.facets)
    index = tmp_path / "index"
    index.mkdir()

    def run(*names: str, dry: bool = False) -> None:
        roots = roots_of([tmp_path / name for name in names])
        ingest(roots, engine, knowledge, Options(dry_run=dry), journal=index / "journal.sqlite")

    run("east", "west", dry=True)
    assert not (index / FILE).exists()
    run("east", "west")
    (tmp_path / "east" / "empty.txt").unlink()
    (tmp_path / "east" / "new.txt").write_text("")
    run("east")
    found = LeftOut.read(index)
    assert found is not None
    return {f"{one.failed} {one.reason}": one.files for one in found.reasons}


def test_the_account_is_of_all_roots_as_they_are_now(account: dict[str, tuple[str, ...]]) -> None:
    failed, skipped = account.items()
    assert failed[0].startswith("True ") and failed[1] == ("west/lines.jsonl#line 1",)
    assert skipped == ("False is empty", ("east/new.txt",))
