"""What does a JSON answer through gunicorn take beyond the engine? Both asked in turns, the least of several rounds."""

from __future__ import annotations

import http.client
import statistics
import time
import urllib.parse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import goals
from bench.cache import Corpus
from bench.clocks import circumstances, spread
from bench.peers.ours import OurPeer
from bench.serving import serving
from searchapp.model import SearchQuery

CONFIG = Path(__file__).resolve().parent.parent / "deploy" / "gunicorn.conf.py"


def measure_http(corpus: Corpus, *, rounds: int = 5) -> dict[str, object]:
    """Wall milliseconds of `/api/search` and of the same query to the engine in this process."""
    questions = corpus.questions()
    index = corpus.index_of(OurPeer)
    engine = OurPeer(index).engine
    with serving(index, "--config", str(CONFIG)) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        served, asked = [], []
        for question in questions:
            path = f"/api/search?{urllib.parse.urlencode({'q': question.text})}"
            over, alone = partial(_get, connection, path), partial(engine.search, SearchQuery(text=question.text))
            pairs = [(_wall(over), _wall(alone)) for _ in range(rounds + 1)]
            served.append(min(pair[0] for pair in pairs[1:]))
            asked.append(min(pair[1] for pair in pairs[1:]))
        connection.close()
    engine.close()
    beyond = [over - alone for over, alone in zip(served, asked, strict=True)]
    return {
        "what": f"{corpus.documents} documents of about {corpus.words} words from {corpus.path.name}",
        **circumstances(), "served ms": spread(served), "engine ms": spread(asked), "beyond ms": spread(beyond),
        "goals": goals.rows({"http": statistics.median(beyond)}),
    }  # fmt: skip


def report(found: dict[str, object]) -> str:
    """The measurements as text and a table."""
    shown = (f"{name}: {found[name]}" for name in ("served ms", "engine ms", "beyond ms"))
    head = (f"http: {found['what']}", f"{found['machine']}, load {found['load']}, {found['date']}")
    return "\n".join((*head, *shown, "", goals.goal_table(found["goals"])))  # type: ignore[arg-type]


def _get(connection: http.client.HTTPConnection, path: str) -> None:
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise AssertionError(f"{path} is answered with {answer.status}")


def _wall(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return (time.perf_counter() - before) * 1000
