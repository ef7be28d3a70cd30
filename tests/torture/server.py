"""The real server over an index, as it is deployed: gunicorn with its own processes, asked over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.torture.ingesters import PROJECT

LONGEST = 30.0


class Server:
    """Runs from entering to leaving."""

    def __init__(self, index: Path, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self._log = log
        with log.open("w") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "1",
                 "--bind", f"127.0.0.1:{self.port}", "wsgi:app"],
                cwd=PROJECT, env={**os.environ, "SEARCHAPP_INDEX": str(index)}, stdout=output, stderr=output,
            )  # fmt: skip

    def __enter__(self) -> Self:
        self.wait_for(lambda: self.get("/readyz")[0] == 200, "ready")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(LONGEST)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body; 0 where nobody answers yet."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except ConnectionError:
            return 0, ""
        finally:
            connection.close()

    def readiness(self) -> dict[str, Any]:
        """What /readyz says."""
        answer: dict[str, Any] = json.loads(self.get("/readyz")[1])
        return answer

    def wait_for(self, condition: Callable[[], object], what: object) -> None:
        """Return once the condition holds; AssertionError with `what` was waited for when it does not come to hold."""
        deadline = time.monotonic() + LONGEST
        while not condition():
            assert self._process.poll() is None and time.monotonic() < deadline, (what, self._log.read_text()[-2000:])
            time.sleep(0.2)
