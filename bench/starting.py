"""How soon does a fresh process have its first document, and how soon is a changed file searchable?"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

TEXT = (
    "The army entered Aleppo on Monday, 3 May 2021, Reuters reported from Damascus.\n\n"
    "Fighting went on near Idlib, a spokesman for the government said, while talks were held in Geneva and in Moscow.\n"
)
REPEATED = 3


def measure_start(index: Path) -> dict[str, object]:
    """CPU milliseconds of the steps of a fresh process, and the seconds of ingesting one changed file into `index`.

    The fewest of three runs each, since what else the machine does can only add to them. A copy of the index is used.
    """
    steps = [json.loads(_python("-m", "bench.starting", str(index))) for _ in range(REPEATED)]
    changes = _changes(index)
    return {
        "cpu_ms": {step: min(one[step] for one in steps) for step in steps[0]},
        "one_changed_file_cpu_seconds": round(min(cpu for cpu, _ in changes), 2),
        "one_changed_file_seconds": round(min(wall for _, wall in changes), 2),
    }


def _changes(index: Path) -> list[tuple[float, float]]:
    """CPU and wall seconds of each run that indexes one changed file into a copy of the index."""
    with tempfile.TemporaryDirectory(dir=index.parent) as scratch:
        copy, folder = Path(scratch, "index"), Path(scratch, "files")
        shutil.copytree(index, copy, symlinks=True)
        folder.mkdir()
        return [_changed(folder, copy, number) for number in range(REPEATED + 1)][1:]


def _changed(folder: Path, index: Path, number: int) -> tuple[float, float]:
    (folder / "one.txt").write_text(f"{TEXT}\nReport number {number}.\n", encoding="utf-8")
    before, started = _children_cpu(), time.monotonic()
    _python("-m", "searchapp.cli", "ingest", str(folder), "--index", str(index))
    return _children_cpu() - before, time.monotonic() - started


def _children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _python(*arguments: str) -> str:
    return subprocess.run([sys.executable, *arguments], capture_output=True, check=True, text=True).stdout


def steps_of(index: Path) -> dict[str, float]:
    """CPU milliseconds of each step, measured in this process, which must have imported nothing yet."""
    found: dict[str, float] = {}

    def timed(step: str, run: Callable[[], object]) -> None:
        before = time.process_time()
        run()
        found[step] = round(1000 * (time.process_time() - before), 1)

    timed("import", _import)
    from searchapp.config import Settings
    from searchapp.engine import open_engine
    from searchapp.ingest.parse import parse
    from searchapp.ingest.pipeline.assemble import Knowledge, document_of
    from searchapp.model import RawFile

    engine = open_engine(Settings(index=index))
    timed("open the index", engine.info)
    timed("what is indexed", engine.sources)
    held: list[Knowledge] = []
    timed("load what is known", lambda: held.append(Knowledge.load(Settings(index=index), engine.facets)))
    raw = RawFile("one.txt", TEXT.encode())
    timed("first document", lambda: document_of(raw, parse(raw), held[0], Counter()))
    timed("second document", lambda: document_of(raw, parse(raw), held[0], Counter()))
    timed("load the rest", held[0].warm)
    return found


def _import() -> None:
    import searchapp.cli
    import searchapp.engine.whoosh_index.engine  # noqa: F401


if __name__ == "__main__":
    print(json.dumps(steps_of(Path(sys.argv[1]))))
