"""What does a fresh process need to open an index, and to hold it? `python -m bench.opening INDEX QUESTIONS`."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.peers.ours import generation_of
from bench.questions import read
from searchapp.engine.storage.verification import sha256
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.facets import FacetSet
from searchapp.model import SearchQuery


def private_megabytes() -> float:
    """The memory that this process shares with no other; mapped pages of files that it alone has read do not count."""
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


def steps_of(index: Path, questions: Path) -> dict[str, float]:
    """CPU seconds of opening and of hashing alone, and megabytes before and after whole pages of all questions."""
    files = [path for path in generation_of(index).iterdir() if path.is_file()]
    hashing = _seconds(lambda: [sha256(path) for path in files])
    asked = [SearchQuery(text=question.text) for question in read(questions)]
    before = private_megabytes()
    engine = WhooshEngine(index, FacetSet())
    opening = _seconds(engine.info)
    opened = private_megabytes()
    for query in asked:
        engine.search(query)
    held = private_megabytes()
    return {
        "opening cpu seconds": round(opening, 3),
        "hashing cpu seconds": round(min(hashing, opening), 3),
        "private megabytes when opened": round(opened - before, 1),
        "private megabytes of the index": round(held - before, 1),
        "private megabytes of the process": round(held, 1),
    }


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    print(json.dumps(steps_of(Path(sys.argv[1]), Path(sys.argv[2]))))
