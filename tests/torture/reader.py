"""A reader as a process of its own: asks one question after another, and writes down how it went.

    python -m tests.torture.reader INDEX|URL OUTPUT

It says "ready" when the first answer is there and stops at the end of its standard input. OUTPUT is JSON: `reads` are
[moment of the answer (time.monotonic), seconds it took, generation], `states` are [moment, open files, bytes of memory].
An answer that cannot be right ends it with a traceback.
"""

from __future__ import annotations

import http.client
import itertools
import json
import os
import random
import select
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.model import SearchQuery

QUESTIONS = ("council", "plan expected", '"the end of the year"', "decision members")
LONGEST_PAUSE = 0.02
PAGE = os.sysconf("SC_PAGE_SIZE")

Ask = Callable[[str], tuple[int, int, int]]
"""Gives generation, results and documents of the index for words that stand in every document."""


def engine_asker(index: Path) -> Ask:
    """Asks one engine that is held open, as the server does."""
    engine = open_engine(Settings(index=index), background=True)

    def ask(words: str) -> tuple[int, int, int]:
        results = engine.search(SearchQuery(words, dupes="show"))
        return results.index.generation, results.total, results.index.documents

    return ask


def http_asker(url: str) -> Ask:
    """Asks a server."""
    host = urlsplit(url).netloc

    def ask(words: str) -> tuple[int, int, int]:
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("GET", f"/api/search?dupes=show&q={quote(words)}")
        response = connection.getresponse()
        body = response.read()
        connection.close()
        assert response.status == 200, body
        plain = json.loads(body)
        return int(plain["index"]["generation"]), plain["total"], plain["index"]["documents"]

    return ask


def main(place: str, output: str) -> None:
    ask = http_asker(place) if place.startswith("http") else engine_asker(Path(place))
    reads: list[tuple[float, float, int]] = []
    states: list[tuple[float, int, int]] = []
    newest = 0
    for words in itertools.cycle(QUESTIONS):
        started = time.monotonic()
        generation, total, documents = ask(words)
        ended = time.monotonic()
        assert generation >= newest, f"generation {generation} after {newest}"
        assert total == documents, f"{total} of {documents} documents have {words}"
        newest = generation
        reads.append((ended, ended - started, generation))
        if not states:
            sys.stdout.write("ready\n")
            sys.stdout.flush()
        if not states or ended - states[-1][0] > 0.25:
            states.append((ended, len(os.listdir("/proc/self/fd")), memory()))
        if select.select([sys.stdin], [], [], random.uniform(0.0, LONGEST_PAUSE))[0]:
            break
    Path(output).write_text(json.dumps({"reads": reads, "states": states}))


def memory() -> int:
    """Bytes that are this process's own; pages of files that it shares are not."""
    resident, shared = Path("/proc/self/statm").read_text().split()[1:3]
    return (int(resident) - int(shared)) * PAGE


if __name__ == "__main__":
    main(*sys.argv[1:])
