"""How fast are documents indexed beside Whoosh's own writer, how big is the index, how soon open, and in what memory?"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import goals, plain_writer
from bench.cache import Corpus
from bench.clocks import circumstances
from bench.documents import document_of
from bench.peers import ours

OPENED = 3


def measure_index(corpus: Corpus) -> dict[str, object]:
    """Documents per CPU second, megabytes, opening and memory; both writers have the same documents, made before.

    Ours writes before and after Whoosh, so that neither has the quieter machine.
    """
    made = list(map(document_of, corpus.splicer))
    with TemporaryDirectory(dir=_made(corpus.scratch)) as scratch:
        ours_at, plain_at = Path(scratch, "ours"), Path(scratch, "whoosh")
        first = _seconds(lambda: ours.index(ours_at, made))
        plain_seconds = _seconds(lambda: plain_writer.write(plain_at, made))
        second = _seconds(lambda: ours.index(Path(scratch, "again"), made))
        sizes = {"ours": _megabytes(ours.generation_of(ours_at)), "whoosh": _megabytes(plain_at)}
        opening = [_opening(ours_at, corpus.questions_file()) for _ in range(OPENED)]
    seconds = (first + second) / 2
    best = {step: min(one[step] for one in opening) for step in opening[0]}
    return {
        "what": f"{corpus.documents} documents of about {corpus.words} words from {corpus.path.name}",
        **circumstances(),
        "whoosh is given": "tokens of our analysis joined by blanks (its KeywordAnalyzer splits them); analysis counted",
        "documents per cpu second": {
            "ours": round(len(made) / seconds, 1), "whoosh": round(len(made) / plain_seconds, 1)
        },
        "megabytes": sizes,
        "opening": best,
        "goals": goals.rows(
            {
                "indexing": plain_seconds / seconds,
                "size": sizes["ours"] / sizes["whoosh"],
                "opening": best["opening cpu seconds"] - best["hashing cpu seconds"],
                "private": best["private megabytes of the index"],
            }
        ),
    }  # fmt: skip


def report(found: dict[str, object]) -> str:
    """The measurements as text and a table."""
    shown = (f"{name}: {found[name]}" for name in ("documents per cpu second", "megabytes", "opening"))
    return "\n".join(
        (f"index: {found['what']}", f"{found['machine']}, load {found['load']}, {found['date']}",
         f"Whoosh is given {found['whoosh is given']}", *shown, "", goals.goal_table(found["goals"]))  # type: ignore[arg-type]
    )  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _megabytes(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def _opening(folder: Path, questions: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.opening", str(folder), str(questions)]
    found: dict[str, float] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)
    return found
