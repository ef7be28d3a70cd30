"""`python -m bench.cleaning.cost DATA`: what does it cost to clean a page? CPU milliseconds by kind and set.

Each round has a process of its own, which remembers no line of the others, and reads the first page and a date before the
clock is started, so that nothing is loaded while it runs; like the processes of an ingest it looks seldom for objects that
hold each other, and never among those of the program. Of the times of a page the least counts: other programs disturbed it
least.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from bench.cleaning.packed import DATA_HELP, unpacked
from bench.cleaning.pages import SUFFIXES
from bench.clocks import circumstances, milliseconds, spread
from searchapp.ingest.pipeline import clean_text
from searchapp.ingest.workers.child import COLLECTED_AFTER

_DATED = "Bridge opened again\n3 May 2020\nForty lorries crossed the river on the first day, said the ministry of transport."


def measured(pages: list[Path], rounds: int) -> str:
    """Mean, median and the 95th of a hundred, of pages of one set and kind."""
    contents = [(path.read_bytes(), path.name) for path in pages]
    taken = []
    for _ in range(rounds):
        with ProcessPoolExecutor(1) as process:
            taken.append(process.submit(_times, contents).result())
    times = [min(page) for page in zip(*taken, strict=True)]
    return f"mean {statistics.fmean(times):5.1f}  p50 {spread(times)['p50']:5.1f}  p95 {spread(times)['p95']:6.1f}"


def _times(contents: list[tuple[bytes, str]]) -> list[float]:
    clean_text(*contents[0])
    clean_text(_DATED, "dated.txt")
    gc.freeze()
    gc.set_threshold(COLLECTED_AFTER)
    return [milliseconds(time.thread_time, partial(clean_text, *page)) for page in contents]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning.cost", description=__doc__)
    parser.add_argument("data", type=Path, help=DATA_HELP)
    parser.add_argument("--step", type=int, default=1, help="clean one page of so many (1)")
    parser.add_argument("--rounds", type=int, default=3, help="clean each page so many times (3)")
    asked = parser.parse_args()
    print(circumstances())
    with unpacked(asked.data) as data:
        for kind, suffix in SUFFIXES.items():
            for folder in sorted(path for path in data.iterdir() if path.is_dir()):
                pages = sorted(folder.glob(f"*{suffix}"))[:: asked.step]
                print(f"{kind:5} {folder.name:5} {len(pages):4} pages  {measured(pages, asked.rounds)}", flush=True)


if __name__ == "__main__":
    main()
