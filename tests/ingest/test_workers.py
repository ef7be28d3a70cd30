"""What becomes of a batch when an item of it ends, stops or swells its process."""

from __future__ import annotations

import errno
import faulthandler
import gc
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from searchapp.errors import ConfigError, IndexDamaged, IngestError, Interrupted, SearchappError, StorageFailure
from searchapp.ingest.workers import Culprit, Done, Limits, Workers

MEGABYTE = 2**20
# Wall time is not short, since other work on the machine takes its part of it.
QUICK = Limits(cpu_seconds=0.3, wall_seconds=5)

Batches = list[tuple[str, list[bytes]]]


def roomy(megabytes: int) -> int:
    """The limit that leaves a process so much beside what this one holds, and each of its children with it."""
    status = Path("/proc/self/status").read_text()
    held = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
    return (held // 1024 + 65 + megabytes) * MEGABYTE


def spin() -> None:
    while True:
        pass


def swallow_memory() -> None:
    bytearray(3 * 2**30)


def crash() -> None:
    faulthandler.disable()
    os.kill(os.getpid(), signal.SIGSEGV)


def refuse_to_end() -> None:
    raise SystemExit("this must not leave the process")


def nest(depth: int = 0) -> None:
    nest(depth + 1)


def raise_error(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


DEEDS: dict[bytes, Callable[[], None]] = {
    b"spin": spin,
    b"sleep": lambda: time.sleep(60),
    b"swell": swallow_memory,
    b"leave": lambda: os._exit(7),
    b"crash": crash,
    b"nest": nest,
    b"stop": refuse_to_end,
    b"bug": raise_error(ZeroDivisionError(f"{'a long message ' * 50}\nin two lines")),
    b"odd file": raise_error(IngestError("key", "parse", "is odd")),
    b"disk full": raise_error(OSError(errno.ENOSPC, "No space left on device")),
    b"storage": raise_error(StorageFailure("the disk of the index is full")),
    b"setting": raise_error(ConfigError("a setting is wrong")),
    b"damage": raise_error(IndexDamaged("a file is damaged", file="x")),
    b"terminate": lambda: os.kill(os.getpid(), signal.SIGTERM),
    b"interrupt": lambda: os.kill(os.getpid(), signal.SIGINT),
}


def work(items: Sequence[bytes], begin: Callable[[int], None]) -> bytes:
    """Do what an item names, if it names anything; the answer is the items, joined."""
    for position, item in enumerate(items):
        begin(position)
        DEEDS.get(item, lambda: None)()
    return b"|".join(items)


def done(batches: Batches, *, jobs: int = 1, limits: Limits = QUICK) -> list[Done[str]]:
    with Workers(work, jobs=jobs, limits=limits) as workers:
        return list(workers.run(batches))


def only(*items: bytes) -> Done[str]:
    (one,) = done([("the batch", list(items))])
    return one


def children() -> set[int]:
    """All processes that were started from here and are running or not yet waited for."""
    return {int(one) for thread in Path("/proc/self/task").iterdir() for one in (thread / "children").read_text().split()}


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_answers_come_in_the_order_of_the_batches(jobs: int) -> None:
    batches = [(str(number), [b"%d" % number] * (number % 5)) for number in range(40)]
    answers = done(batches, jobs=jobs)
    assert [(one.batch, one.answer) for one in answers] == [(key, b"|".join(items)) for key, items in batches]
    assert not any(one.culprits for one in answers)


def test_a_slow_batch_does_not_let_later_ones_go_first() -> None:
    def slow_first(items: Sequence[bytes], begin: Callable[[int], None]) -> bytes:
        time.sleep(0.2 if items == [b"slow"] else 0)
        return items[0]

    with Workers(slow_first, jobs=2) as workers:
        batches = [(name, [name.encode()]) for name in ("slow", "b", "c", "d", "e", "f")]
        assert [one.answer for one in workers.run(batches)] == [b"slow", b"b", b"c", b"d", b"e", b"f"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_who_waits_is_told_how_many_items_were_begun_also_within_a_batch(jobs: int) -> None:
    def slow(items: Sequence[bytes], begin: Callable[[int], None]) -> bytes:
        for position, _ in enumerate(items):
            begin(position)
            time.sleep(0.3)
        begin(len(items) - 1)
        return b""

    told: list[int] = []
    with Workers(slow, jobs=jobs, watch=told.append) as workers:
        list(workers.run([("only", [b""] * 6)]))
    assert (told == sorted(told), told[-1]) == (True, 6)
    assert any(0 < begun < 6 for begun in told)


@pytest.mark.parametrize(
    ("deed", "reason"),
    [
        (b"spin", "took more than 0.3 s of processor time"),
        (b"swell", "needed more than 1 GB of memory"),
        (b"leave", "ended its process (exit code 7)"),
        (b"crash", "ended its process (signal 11)"),
        (b"nest", "is nested too deeply"),
        (b"stop", "failed: SystemExit: this must not leave the process"),
        (b"odd file", "failed: IngestError: key: is odd (parse)"),
    ],
)
def test_an_item_that_ends_its_process_is_named_with_the_reason(deed: bytes, reason: str) -> None:
    started = time.monotonic()
    one = only(b"before", deed, b"after")
    assert (one.answer, one.culprits) == (b"before|after", (Culprit(1, reason),))
    assert time.monotonic() - started < 5


def test_an_item_that_waits_for_ever_is_ended_too() -> None:
    started = time.monotonic()
    (one,) = done([("", [b"x", b"sleep"])], limits=Limits(wall_seconds=0.5))
    assert (one.answer, one.culprits) == (b"x", (Culprit(1, "took longer than 0.5 s"),))
    assert 0.5 <= time.monotonic() - started < 5


def test_the_limit_of_memory_counts_in_gigabytes_where_it_is_as_large() -> None:
    (one,) = done([("", [b"swell"])], limits=Limits())
    assert one.culprits == (Culprit(0, "needed more than 1 GB of memory"),)


def test_a_bug_is_told_in_one_line_and_its_trace_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        (culprit,) = only(b"bug").culprits
    assert culprit.reason.startswith("failed: ZeroDivisionError: a long message a long message")
    assert len(culprit.reason) <= 200
    assert "\n" not in culprit.reason
    assert "in fail" in caplog.text


@pytest.mark.parametrize(
    ("items", "positions"),
    [
        ([b"leave", b"x", b"y"], [0]),
        ([b"x", b"y", b"crash"], [2]),
        ([b"leave", b"crash", b"x", b"leave", b"y", b"nest", b"leave"], [0, 1, 3, 5, 6]),
        ([b"leave"], [0]),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_every_culprit_of_a_batch_is_found_at_its_place(items: list[bytes], positions: list[int], jobs: int) -> None:
    around = [("before", [b"1"]), ("the batch", items), ("after", [b"2", b"3"])]
    before, one, after = done(around, jobs=jobs)
    assert [culprit.position for culprit in one.culprits] == positions
    assert one.answer == b"|".join(item for item in items if item not in DEEDS)
    assert (before.answer, after.answer) == (b"1", b"2|3")


def test_jobs_make_no_difference_to_the_answers() -> None:
    batches = [(str(number), [b"%d" % number, b"leave", b"x", b"nest"][: number % 5]) for number in range(12)]
    assert done(batches, jobs=1) == done(batches, jobs=2) == done(batches, jobs=3)


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_items_and_large_answers_pass_each_other(jobs: int) -> None:
    batches = [(str(number), [bytes([65 + number]) * (5 * MEGABYTE)] * 2) for number in range(6)]
    answers = done(batches, jobs=jobs)
    assert [one.answer for one in answers] == [b"|".join(items) for _, items in batches]


@pytest.mark.parametrize(("jobs", "most"), [(1, 1), (2, 4)])
def test_no_more_batches_are_taken_than_are_worked_on_or_waited_for(jobs: int, most: int) -> None:
    taken = 0

    def batches() -> Iterator[tuple[int, list[bytes]]]:
        nonlocal taken
        for number in range(20):
            taken += 1
            yield number, [b"x"]

    with Workers(work, jobs=jobs) as workers:
        for answered, _ in enumerate(workers.run(batches())):
            assert taken - answered <= most


def test_two_processes_work_while_their_caller_is_busy(tmp_path: Path) -> None:
    def leave_a_trace(items: Sequence[bytes], begin: Callable[[int], None]) -> bytes:
        (tmp_path / items[0].decode()).touch()
        return b"x" * MEGABYTE

    with Workers(leave_a_trace, jobs=2) as workers:
        answers = workers.run((str(number), [b"%d" % number]) for number in range(8))
        next(answers)
        deadline = time.monotonic() + 5
        while len(list(tmp_path.iterdir())) < 4 and time.monotonic() < deadline:
            time.sleep(0.01)
        assert len(list(tmp_path.iterdir())) == 4
        assert len(list(answers)) == 7


@pytest.mark.parametrize(
    ("deed", "kind", "message"),
    [
        (b"storage", StorageFailure, "the disk of the index is full"),
        (b"disk full", StorageFailure, "No space left on device"),
        (b"setting", ConfigError, "a setting is wrong"),
        (b"damage", SearchappError, "a file is damaged"),
    ],
)
def test_an_error_that_is_no_items_doing_is_raised_in_the_caller(
    deed: bytes, kind: type[SearchappError], message: str
) -> None:
    with pytest.raises(kind, match=message) as caught:
        only(b"x", deed)
    assert caught.type is kind


def test_a_process_that_was_asked_to_stop_interrupts_its_caller() -> None:
    with pytest.raises(Interrupted):
        only(b"x", b"terminate")


def test_processes_ignore_the_interrupt_that_a_terminal_sends_to_all() -> None:
    assert only(b"x", b"interrupt").answer == b"x|interrupt"


def test_a_process_that_dies_before_its_first_item_is_an_error_and_no_endless_loop() -> None:
    with Workers(lambda items, begin: os._exit(3), jobs=1) as workers, pytest.raises(SearchappError, match="exit code 3"):
        list(workers.run([("", [b"x"])]))


def test_an_item_is_not_blamed_for_the_memory_that_earlier_batches_left() -> None:
    left: list[bytearray] = []

    def hoard(items: Sequence[bytes], begin: Callable[[int], None]) -> bytes:
        begin(0)
        left.append(bytearray(200 * MEGABYTE))
        return b"%d" % len(left)

    with Workers(hoard, jobs=1, limits=Limits(memory_bytes=roomy(500))) as workers:
        answers = list(workers.run((number, [b"x"]) for number in range(6)))
    assert not any(one.culprits for one in answers)
    assert {one.answer for one in answers} <= {b"1", b"2"}


def test_the_time_between_batches_is_nobodys() -> None:
    with Workers(work, jobs=2, limits=Limits(wall_seconds=1)) as workers:
        for one in workers.run((number, [b"x"]) for number in range(8)):
            time.sleep(1.2 if one.batch == 0 else 0)
            assert not one.culprits


def test_nothing_is_left_of_fifty_pools() -> None:
    gc.collect()
    before = (len(os.listdir("/proc/self/fd")), children())
    for number in range(50):
        with Workers(work, jobs=1 + number % 2, limits=QUICK) as workers:
            answers = workers.run([("a", [b"x", b"leave"]), ("b", [b"y"]), ("c", [b"z"])])
            next(answers)
            if number % 3:
                list(answers)
    assert (len(os.listdir("/proc/self/fd")), children()) == before


def test_leaving_ends_processes_that_are_at_work() -> None:
    started = time.monotonic()
    with Workers(work, jobs=2, limits=Limits()) as workers:
        answers = workers.run([("a", [b"x"]), ("b", [b"sleep"]), ("c", [b"sleep"])])
        assert next(answers).answer == b"x"
        assert len(children()) == 2
    assert not children()
    assert time.monotonic() - started < 2


def test_an_error_in_the_callers_batches_ends_the_processes() -> None:
    def batches() -> Iterator[tuple[str, list[bytes]]]:
        yield "a", [b"sleep"]
        raise StorageFailure("the journal cannot be read")

    with Workers(work, jobs=2) as workers, pytest.raises(StorageFailure):
        list(workers.run(batches()))
    assert not children()


def test_a_pool_can_be_used_again_after_its_answers_were_not_all_read() -> None:
    with Workers(work, jobs=2) as workers:
        answers = workers.run([("a", [b"1"]), ("b", [b"sleep"]), ("c", [b"sleep"])])
        next(answers)
        answers.close()  # type: ignore[attr-defined]
        assert not children()
        assert [one.answer for one in workers.run([("d", [b"4"])])] == [b"4"]


ORPHANS = """
import os, sys, time
from searchapp.ingest.workers import Limits, Workers

def work(items, begin):
    begin(0)
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)

with Workers(work, jobs=2, limits=Limits(wall_seconds=50)) as workers:
    list(workers.run([("a", [b"x"]), ("b", [b"y"])]))
"""


def test_killing_the_caller_ends_its_processes() -> None:
    caller = subprocess.Popen([sys.executable, "-c", ORPHANS], stdout=subprocess.PIPE, text=True)
    assert caller.stdout
    with caller.stdout:
        workers = [int(caller.stdout.readline()) for _ in range(2)]
        assert all(Path(f"/proc/{one}").exists() for one in workers)
        caller.kill()
        caller.wait()
    deadline = time.monotonic() + 5
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(is_alive, workers))


def is_alive(process: int) -> bool:
    """Whether it runs: one that nobody has waited for yet is dead."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


QUIET = """
import atexit, os, signal, sys
from searchapp.ingest.workers import Workers

signal.signal(signal.SIGTERM, lambda number, frame: print("the caller's handler"))
atexit.register(lambda: print("at exit"))
sys.stdout.write("once ")

def work(items, begin):
    begin(0)
    if items[0] == b"handler":
        os.kill(os.getpid(), signal.SIGHUP)
    return sys.stdin.buffer.raw.readall() + b"read"

try:
    with Workers(work, jobs=1) as workers:
        print([one.answer for one in workers.run([("a", [b"x"]), ("b", [b"y"])])])
finally:
    print("finally")
"""


def test_a_process_runs_nothing_of_its_callers_and_reads_none_of_its_input() -> None:
    ran = subprocess.run([sys.executable, "-c", QUIET], input="words", capture_output=True, text=True, check=True)
    assert ran.stdout == "once [b'read', b'read']\nfinally\nat exit\n"
    assert not ran.stderr
