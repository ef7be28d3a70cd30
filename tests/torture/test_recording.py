"""How system calls are read back, and what happens where nobody can record them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.calls import calls
from tests.torture.recording import record

LOG = r"""
7 openat(AT_FDCWD</work>, "/top/a \"b\", c", O_WRONLY|O_CREAT, 0666) = 3</top/a "b", c>
7 write(3</top/a "b", c>, "one\0\377\n", 6 <unfinished ...>
8 unlink("/top/gone") = -1 ENOENT (No such file or directory)
7 <... write resumed>) = 6
8 exit_group(0) = ?
"""


def test_calls_are_read_in_the_order_of_their_ends_and_failed_ones_are_left_out() -> None:
    opened, written = calls(LOG.strip().splitlines())
    assert (opened.name, opened.path(0, 1), opened.result) == ("openat", '/top/a "b", c', 3)
    assert (written.process, written.descriptor(0)[0], written.data(1), written.number(2)) == (7, 3, b"one\0\xff\n", 6)


def test_a_buffer_that_strace_cut_short_is_no_buffer() -> None:
    (call,) = calls(['7 write(3</top/a>, "one"..., 600) = 600'])
    with pytest.raises(AssertionError, match="cut short"):
        call.data(1)


@pytest.mark.parametrize(("environment", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_strace_power_cuts_are_skipped_and_fail_where_ci_is_set(
    environment: str, outcome: type[BaseException], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CI", environment)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(outcome, match="no strace"):
        record(tmp_path)
