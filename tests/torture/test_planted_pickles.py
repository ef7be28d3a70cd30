"""Pickles planted in the index, which would betray themselves when loaded: nobody loads them."""

from __future__ import annotations

import os
import pickle
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from searchapp.engine.storage import Store
from searchapp.errors import IndexDamaged
from tests.torture.conftest import Prove
from tests.torture.ingesters import Ingesters
from tests.torture.newsroom import Newsroom

PLAIN_WHOOSH = "import sys; from whoosh.index import open_dir; open_dir(sys.argv[1]).searcher()"


class Betrayal:
    """Makes a folder when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self._marker = marker

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._marker),)


def plant_in_contents(path: Path, marker: Path) -> bytes:
    """A table of contents whose list of segments is the pickle; it comes after the pickled schema."""
    data = path.read_bytes()
    return data[: data.rindex(b"\x80", 0, data.index(b"whoosh.codec"))] + pickle.dumps(Betrayal(marker), 2)


def plant_in_segment(path: Path, marker: Path) -> bytes:
    """A segment whose directory is the pickle; where that stands is told by the first bytes."""
    data = path.read_bytes()
    return data[: struct.unpack_from("!q", data)[0]] + pickle.dumps(Betrayal(marker), 2)


PLANTS = {"_MAIN_*.toc": plant_in_contents, "*.seg": plant_in_segment}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, ingesters: Ingesters) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    newsroom = Newsroom(folder / "press")
    newsroom.rewrite()
    assert ingesters.start("ingest", newsroom.path, "--index", folder / "index").wait() == 0
    return folder


@pytest.mark.parametrize("pattern", PLANTS)
@pytest.mark.parametrize("padded", [False, True], ids=["another size", "the same size"])
def test_a_planted_pickle_is_never_loaded(
    pattern: str, padded: bool, whole: Path, tmp_path: Path, ingesters: Ingesters, prove: Prove
) -> None:
    index, marker = Path(shutil.copytree(whole / "index", tmp_path / "index")), tmp_path / "betrayed"
    path = next(Path(Store(index).open().folder).glob(pattern))
    planted = PLANTS[pattern](path, marker)
    size = path.stat().st_size
    path.write_bytes(planted.ljust(size, b"\0")[:size] if padded else planted)
    assert len(planted) < size and (path.stat().st_size == size) is padded

    for command in (["check"], ["check", "--deep"], ["info"], ["search", "council"], ["ingest", whole / "press"], ["rollback"]):
        running = ingesters.start(*command, "--index", index)
        code = running.wait()
        assert not marker.exists(), f"{command} has loaded it"
        # There is no earlier generation to go back to.
        assert code == IndexDamaged.exit_code or command == ["rollback"], (command, code, running.said())

    # The proof that it would have betrayed itself.
    subprocess.run([sys.executable, "-c", PLAIN_WHOOSH, path.parent], capture_output=True)
    assert marker.exists()
    prove("damage", f"a pickle in the place of {pattern}, of {'the same' if padded else 'another'} size", "never loaded")
