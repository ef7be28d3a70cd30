"""Files of the index that are not what was written: found before they are given a meaning, said, and not served."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.errors import IndexDamaged
from tests.torture.conftest import Prove
from tests.torture.damages import CURRENT, KINDS, Victim, damage
from tests.torture.ingesters import Ingesters
from tests.torture.newsroom import Holding, Newsroom
from tests.torture.server import Server
from tests.torture.standing import held

SEED = 1933
GENERATIONS = 3
CURES = ("searchapp rollback", "searchapp ingest", "from a backup")


@dataclass(frozen=True, slots=True)
class Whole:
    """An undamaged index of several generations, and what each of them holds."""

    index: Path
    newsroom: Newsroom
    holdings: dict[int, Holding]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, ingesters: Ingesters) -> Whole:
    folder = tmp_path_factory.mktemp("whole")
    newsroom = Newsroom(folder / "press")
    for _ in range(GENERATIONS):
        newsroom.rewrite()
        running = ingesters.start("ingest", newsroom.path, "--index", folder / "index")
        assert running.wait() == 0, running.said()
    return Whole(folder / "index", newsroom, dict(enumerate(newsroom.versions)))


def linked(whole: Whole, folder: Path) -> Path:
    """An index of its own that shares every file with the whole one until that is damaged."""
    return Path(shutil.copytree(whole.index, folder, copy_function=os.link))


def checked(index: Path, ingesters: Ingesters, *, deep: bool) -> tuple[int, list[dict[str, str]]]:
    """The exit code of `searchapp check`, and the damages that it names."""
    running = ingesters.start("check", "--json", *(["--deep"] if deep else []), "--index", index)
    code = running.wait()
    said = running.said()
    assert "{\n" in said, said
    return code, json.loads(said[said.index("{\n") :])["damages"]


def served(index: Path) -> tuple[int, str | None]:
    """The generation that an engine opens there, and its notice."""
    engine = open_engine(Settings(index=index))
    try:
        return engine.info().generation, engine.info().notice
    finally:
        engine.close()


@pytest.mark.parametrize("damages", [200, pytest.param(2_000, marks=pytest.mark.long)])
def test_every_damage_is_found_named_and_not_served(
    damages: int, whole: Whole, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    dice, kinds = random.Random(SEED), Counter[str]()
    for number in range(damages):
        index = linked(whole, tmp_path / "index")
        done = damage(Victim(index, dice), number)
        kinds[done.kind] += 1

        code, named = checked(index, ingesters, deep=True)
        assert code == IndexDamaged.exit_code, (done, named)
        assert {one["file"] for one in named} & set(done.files), (done, named)
        assert all(any(cure in one["message"] for cure in CURES) for one in named), (done, named)
        assert checked(index, ingesters, deep=False)[0] == IndexDamaged.exit_code, done

        generation, notice = served(index)
        assert notice and any(file in notice for file in done.files), (done, notice)
        assert generation == GENERATIONS - 1 or done.files == (CURRENT,), done
        assert held(index) == (generation, whole.holdings[generation]), done
        shutil.rmtree(index)
    assert len(kinds) == len(KINDS)
    prove(
        "damage",
        f"{damages:,} damages: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items()),
        "all found, named with a cure, and not served",
    )


def test_a_running_server_goes_on_with_the_generation_before(
    whole: Whole, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    index = Path(shutil.copytree(whole.index, tmp_path / "index"))
    newsroom = Newsroom(tmp_path / "press")
    for _ in range(GENERATIONS):
        newsroom.rewrite()
    good, dice = GENERATIONS, random.Random(SEED)
    with Server(index, tmp_path / "server.log") as server:
        assert server.readiness()["generation"] == str(good)
        for number in range(len(KINDS)):
            aside = Path(shutil.copytree(index, tmp_path / "aside"))
            newsroom.rewrite()
            assert ingesters.start("ingest", newsroom.path, "--index", aside).wait() == 0
            done = damage(Victim(aside, dice), number)
            shutil.copytree(aside / "generations", index / "generations", dirs_exist_ok=True)
            if (aside / CURRENT).exists():
                shutil.copyfile(aside / CURRENT, index / "CURRENT.new")
                os.rename(index / "CURRENT.new", index / CURRENT)
            else:
                (index / CURRENT).unlink()
            server.wait_for(lambda: server.readiness()["notice"], done)
            found = server.readiness()
            assert found["ready"] and any(file in found["notice"] for file in done.files)
            status, page = server.get("/search?q=council")
            assert status == 200 and "An older state of the archive is served" in page
            shutil.rmtree(aside)
            restore(whole, index)
            server.wait_for(lambda: server.readiness()["notice"] is None, "whole again")
    prove("damage", f"{len(KINDS)} new generations damaged under a running server", "it goes on and says so")


def restore(whole: Whole, index: Path) -> None:
    """Back to the whole index, as from a backup."""
    for folder in (index / "generations").iterdir():
        if int(folder.name) > GENERATIONS:
            shutil.rmtree(folder)
    shutil.copyfile(whole.index / CURRENT, index / "CURRENT.new")
    os.rename(index / "CURRENT.new", index / CURRENT)
