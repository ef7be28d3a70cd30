"""What gunicorn is told: no log holds what people searched for, and long queries get through."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchapp.grammar import MAX_CHARACTERS

CONFIGURATION = Path(__file__).resolve().parent.parent / "deploy" / "gunicorn.conf.py"

SITE = """
def app(environ, start_response):
    if environ["PATH_INFO"] == "/failing":
        raise RuntimeError
    start_response("200 OK", [("Content-Length", "0")])
    return []
"""


class Server:
    """Gunicorn with our configuration and a site of two pages, on a free port; it logs to a file."""

    def __init__(self, folder: Path) -> None:
        (folder / "two_pages.py").write_text(SITE)
        self.log = folder / "log"
        command = [sys.executable, "-m", "gunicorn", "--config", str(CONFIGURATION), "--bind", "127.0.0.1:0"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen([*command, "two_pages:app"], cwd=folder, stdout=log, stderr=log)
        self.port = int(self.wait_for(r"Listening at: http://127\.0\.0\.1:(\d+) "))

    def wait_for(self, pattern: str) -> str:
        """The first group of the first place in the log that fits, within ten seconds."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if found := re.search(pattern, self.log.read_text()):
                return found[1]
            time.sleep(0.02)
        raise AssertionError(f"{pattern} is not in\n{self.log.read_text()}")

    def ask(self, line: str) -> str:
        """The status line of the answer to a request with this first line."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(f"{line}\r\nHost: localhost\r\nReferer: /search?q=secret\r\n\r\n".encode())
            return connection.recv(4096).decode().partition("\r\n")[0]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("site"))
    yield running
    running.stop()


@pytest.mark.parametrize(("line", "status", "logged"), [
    ("GET /search?q=secret HTTP/1.1", "200", r'("GET /search" 200)'),
    ("GET /failing?q=secret HTTP/1.1", "500", r"(Error handling request GET /failing\?…)"),
    ("GET /search?q=a secret HTTP/1.1", "400", r"(Invalid request…)"),
])  # fmt: skip
def test_no_log_holds_what_was_searched_for(server: Server, line: str, status: str, logged: str) -> None:
    assert server.ask(line).split()[1] == status
    server.wait_for(logged)
    assert "secret" not in server.log.read_text()


def test_the_longest_query_fits_into_a_request_line_in_arabic_too(server: Server) -> None:
    query = "%D8%A7" * MAX_CHARACTERS
    assert server.ask(f"GET /search?q={query} HTTP/1.1").split()[1] == "200"
