"""The site on a free port, for a real browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from werkzeug.serving import make_server

from searchapp.engine.base import Engine
from searchapp.web import create_app
from tests.web.conftest import SETTINGS

IN_A_BROWSER = [
    pytest.mark.browser,
    # A browser that leaves a page hangs up, and the server of these tests leaves the file to be collected.
    pytest.mark.filterwarnings("ignore:Exception ignored in. <_io.FileIO name=.*/static/:pytest.PytestUnraisableExceptionWarning"),
]


def served(open_engine: Callable[[], Engine]) -> Iterator[str]:
    """The address of the site while it is served."""
    server = make_server("127.0.0.1", 0, create_app(SETTINGS, open_engine), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
