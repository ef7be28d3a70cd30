"""Starts ingests that are as good as `python -m searchapp.cli …` and cost no imports: the forks of a warm process.

Reads one JSON object a line: {"start": [arguments], "output": file} is answered by the process id, {"poll": id} by its
exit code (128 and the signal's number more when a signal ended it, as shells say) or null while it runs.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import redirect_stdout, suppress
from pathlib import Path

from searchapp.cli import main
from tests.torture.newsroom import Newsroom


def serve() -> None:
    warm_up()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = start(asked["start"], asked["output"]) if "start" in asked else poll(asked["poll"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def warm_up() -> None:
    """Load in a first ingest whatever an ingest loads once a process."""
    with tempfile.TemporaryDirectory() as folder:
        newsroom = Newsroom(Path(folder) / "warm")
        newsroom.rewrite()
        with Path(folder, "output").open("w") as output, redirect_stdout(output), suppress(SystemExit):
            main(["ingest", str(newsroom.path), "--index", f"{folder}/index"], prog_name="searchapp")


def start(arguments: list[str], output: str) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        redirect(output)
        main(arguments, prog_name="searchapp")
    except SystemExit as end:
        code = int(end.code or 0)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def redirect(output: str) -> None:
    """Let standard output and error go to the file, and standard input be empty."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o666)
    os.dup2(file, 1)
    os.dup2(file, 2)


def poll(child: int) -> int | None:
    found, status = os.waitpid(child, os.WNOHANG)
    if not found:
        return None
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


if __name__ == "__main__":
    serve()
