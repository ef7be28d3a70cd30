"""What does a page of twenty results with all facets take beyond the engine and its snippets? CPU milliseconds."""

from __future__ import annotations

import argparse
import gzip
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask

from bench.clocks import circumstances, milliseconds, typical
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.base import Engine
from searchapp.reports import urls
from searchapp.web import create_app

ASKED = ("q=oil", "q=bank+shares", "q=econom*", "q=trade&outlet=Reuters", "q=president&sort=-date", "")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rendering", description=__doc__)
    parser.add_argument("index", type=Path, help="folder of the index to ask")
    parser.add_argument("--rounds", type=int, default=15, help="how often each page is asked for (default: 15)")
    asked = parser.parse_args()
    settings = Settings(index=asked.index, deadline=30)
    engine = open_engine(settings)
    app = create_app(settings, lambda: engine)
    told = circumstances()
    print(f"{told['machine']}, load {told['load']}, {told['date']}")
    print(f"{'asked':26}{'page ms':>9}{'engine ms':>11}{'client ms':>11}{'beyond ms':>11}{'304 ms':>8}{'kB gzip':>9}")
    beyond = [_measure(app, engine, one, asked.rounds) for one in ASKED]
    print(f"beyond the engine, median of all: {statistics.median(beyond):.2f} ms")


def _measure(app: Flask, engine: Engine, asked: str, rounds: int) -> float:
    """One line of the table; the milliseconds that the page takes beyond the engine and the client that asks for it.

    What the client and the least answer of the site take is known from asking whether the site lives.
    """
    client, path = app.test_client(), f"/search?{asked}"
    answer = client.get(path)
    known = {"If-None-Match": answer.headers["ETag"]}
    pairs = [name_value.split("=") for name_value in asked.replace("+", " ").split("&") if name_value]
    query = urls.parse([(name, value) for name, value in pairs], engine.facets).query
    ways: tuple[Callable[[], object], ...] = (
        partial(client.get, path), partial(engine.search, engine.facets.complete(query)), partial(client.get, "/healthz"),
        partial(client.get, path, headers=known),
    )  # fmt: skip
    page, alone, least, unchanged = typical([[milliseconds(time.thread_time, way) for way in ways] for _ in range(rounds)])
    size = len(gzip.compress(answer.data)) / 1000
    beyond = page - alone - least
    print(f"{path.removeprefix('/'):26}{page:9.2f}{alone:11.2f}{least:11.2f}{beyond:11.2f}{unchanged:8.2f}{size:9.1f}")
    return beyond


if __name__ == "__main__":
    main()
