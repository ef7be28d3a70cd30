"""The client of the README reads all results, page after page, over HTTP."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from searchapp.engine.memory import MemoryEngine
from searchapp.web import create_app
from tests.web.conftest import SETTINGS

README = Path(__file__).resolve().parents[2] / "README.md"
EXAMPLE = "http://127.0.0.1:8000"


@pytest.fixture
def address(engine: MemoryEngine) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(SETTINGS, lambda: engine))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def client_of_the_readme() -> str:
    (source,) = re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(source)


@pytest.mark.parametrize("per_page", [100, 2])
def test_the_client_of_the_readme_reads_all_results(
    address: str, engine: MemoryEngine, capsys: pytest.CaptureFixture[str], per_page: int
) -> None:
    source = client_of_the_readme()
    assert EXAMPLE in source and "per_page=100" in source
    exec(source.replace(EXAMPLE, address).replace("per_page=100", f"per_page={per_page}"), {})
    lines = capsys.readouterr().out.splitlines()
    client = create_app(SETTINGS, lambda: engine).test_client()
    found = client.get("/api/search?q=recruit*&date_from=2020&per_page=100").get_json()
    assert len(lines) == found["total"] > 2
    assert [line.split("\t")[-1].rpartition("/")[2] for line in lines] == [hit["id"] for hit in found["results"]]


def test_the_client_is_as_short_as_it_is_said_to_be() -> None:
    assert len(client_of_the_readme().splitlines()) <= 15
