"""How much memory does one web worker hold after a few searches, and how long does an answer take over HTTP?"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUERIES = ("", "bank", "said", "market shares", '"prime minister"', "econom*", "oil OR gas OR coal")


def measure_worker(index: Path) -> dict[str, float]:
    """One gunicorn worker over `index`: private and resident megabytes, milliseconds an API answer."""
    with _served(index, "--workers", "1") as (port, server):
        times = [_ask(port, text) for _ in range(3) for text in QUERIES]
        worker = next(iter(_children(server.pid)))
        private = _memory(worker, "Private_Clean") + _memory(worker, "Private_Dirty")
        return {
            "resident_megabytes": round(_memory(worker, "Rss") / 1024),
            "private_megabytes": round(private / 1024),
            "median_answer_ms": round(statistics.median(times) * 1000, 1),
        }


@contextmanager
def serving(index: Path, *options: str) -> Iterator[int]:
    """The port on which gunicorn, with these options, serves the index."""
    with _served(index, *options) as (port, _):
        yield port


@contextmanager
def _served(index: Path, *options: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    environment = {**os.environ, "SEARCHAPP_INDEX": str(index.absolute())}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            _wait(port)
            yield port, server
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=60).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the server did not get ready")


def _ask(port: int, text: str) -> float:
    start = time.monotonic()
    url = f"http://127.0.0.1:{port}/api/search?{urllib.parse.urlencode({'q': text})}"
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
    return time.monotonic() - start


def _children(parent: int) -> list[int]:
    text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(pid) for pid in text.split()]


def _memory(pid: int, name: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))
