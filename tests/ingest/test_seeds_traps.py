"""What lies in wait in a folder: nothing hangs, no byte outside of the root is read, and every trap is named."""

from __future__ import annotations

import gzip
import os
import socket
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchapp.ingest.seeds import Root, SeedFile, list_files, read_file, roots_of
from searchapp.ingest.seeds.opening import opened
from tests.ingest.seeding import problem, raw, read, warc_record

TERABYTE = 2**40
AS_ROOT = os.geteuid() == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "root").mkdir()
    return tmp_path / "root"


def test_what_is_no_regular_file_is_skipped_without_being_opened(root: Path) -> None:
    os.mkfifo(root / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(root / "socket.txt"))
    (root / "link.txt").symlink_to("pipe.txt")
    found = read(root)
    assert {problem(one) for one in found.values()} == {"skipped: is no regular file"}
    assert len(found) == 3


def test_a_link_leads_to_a_file_inside_of_the_root_or_nowhere(root: Path) -> None:
    (root / "one.txt").write_text("one")
    (root / "below").mkdir()
    for name, target in {
        "inside": "../one.txt", "device": "/dev/zero", "beside": "../../secret.txt", "loop": "loop.txt",
        "nothing": "gone.txt", "full": str(root.parent / "secret.txt"),
    }.items():  # fmt: skip
        (root / "below" / f"{name}.txt").symlink_to(target)
    found = read(root)
    assert raw(found.pop("root/below/inside.txt")).data == raw(found.pop("root/one.txt")).data == b"one"
    outside = "skipped: is a link to a place outside of its root"
    assert {key.split("/")[-1]: problem(one) for key, one in found.items()} == {
        "device.txt": outside, "beside.txt": outside, "full.txt": outside,
        "loop.txt": "skipped: is a link that leads in a circle", "nothing.txt": "skipped: is a link to nothing",
    }  # fmt: skip


def test_a_linked_folder_is_named_once_and_not_followed(root: Path) -> None:
    (root / "up").symlink_to(root.parent)
    (root / "inside").mkdir()
    (root / "inside" / "one.txt").write_text("one")
    (root / "again").symlink_to("inside")
    found = read(root)
    assert raw(found.pop("root/inside/one.txt"))
    assert {key: problem(one) for key, one in found.items()} == dict.fromkeys(
        ("root/up", "root/again"), "skipped: is a link to a folder, which is not followed"
    )


def test_sidecars_and_tables_outside_of_the_root_are_not_read(root: Path) -> None:
    (root.parent / "secret.json").write_text('{"title": "secret"}')
    (root / "one.txt").write_text("one")
    (root / "one.json").symlink_to("../secret.json")
    (root.parent / "table.csv").write_text("path,title\ntwo.txt,secret\n")
    (root / "metadata.csv").symlink_to("../table.csv")
    (root / "two.txt").write_text("two")
    found = read(root)
    assert problem(found["root/metadata.csv"]) == "skipped: is a link to a place outside of its root"
    reason = "failed: its sidecar one.json cannot be read: is a link to a place outside of its root. Correct or remove it"
    assert problem(found["root/one.txt"]) == reason
    assert raw(found["root/two.txt"]).declared == {}


def test_a_sidecar_that_is_a_pipe_holds_nobody_up(root: Path) -> None:
    (root / "one.txt").write_text("one")
    os.mkfifo(root / "one.yaml")
    os.mkfifo(root / "metadata.csv")
    found = read(root)
    assert problem(found["root/one.txt"]) == "failed: its sidecar one.yaml cannot be read: is no regular file. Correct or remove it"
    assert problem(found["root/metadata.csv"]) == "skipped: is no regular file"


def test_a_root_may_be_a_link_and_what_it_leads_to_is_the_root(root: Path) -> None:
    (root / "one.txt").write_text("one")
    (root.parent / "link").symlink_to(root)
    (root / "up.txt").symlink_to(root.parent / "secret.txt")
    found = read(root.parent / "link")
    assert raw(found["root/one.txt"]).data == b"one"
    assert "outside" in problem(found["root/up.txt"])
    os.mkfifo(root.parent / "pipe.txt")
    assert problem(read(root.parent / "pipe.txt")["root"]) == "skipped: is no regular file"


def test_a_file_that_is_replaced_by_a_link_after_it_was_listed_is_not_read(root: Path) -> None:
    (root / "one.txt").write_text("one")
    (root / "sub").mkdir()
    (root / "sub" / "secret.txt").write_text("two")
    listed = [file for file in list_files(Root("root", root)) if isinstance(file, SeedFile)]
    (root / "one.txt").unlink()
    (root / "one.txt").symlink_to("../secret.txt")
    (root / "sub" / "secret.txt").unlink()
    (root / "sub").rmdir()
    (root / "sub").symlink_to(root.parent)
    assert [problem(found) for file in listed for found, _ in read_file(file)] == [
        "skipped: is a link to a place outside of its root"
    ] * 2


def test_without_proc_the_path_decides(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exists = os.path.lexists
    monkeypatch.setattr(os.path, "lexists", lambda path: not str(path).startswith("/proc") and exists(path))
    (root / "one.txt").write_text("one")
    assert raw(read(root)["root/one.txt"]).data == b"one"
    (root / "sub").symlink_to(root.parent)
    with pytest.raises(OSError, match="outside of its root"), opened(str(root / "sub" / "secret.txt"), root):
        pass


@pytest.mark.skipif(AS_ROOT, reason="root may read everything")
def test_what_may_not_be_read_is_named(root: Path) -> None:
    (root / "closed.txt").write_text("x")
    (root / "closed.txt").chmod(0)
    (root / "folder").mkdir(mode=0)
    found = read(root)
    (root / "folder").chmod(stat.S_IRWXU)
    assert problem(found["root/closed.txt"]) == "failed: cannot be read: Permission denied"
    assert problem(found["root/folder"]) == "failed: is a folder that cannot be listed: Permission denied"


def test_a_folder_that_cannot_be_listed_is_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "closed").mkdir()
    (root / "one.txt").write_text("one")
    listed = os.scandir

    def scan(path: Path) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scan)
    found = read(root)
    assert problem(found["root/closed"]) == "failed: is a folder that cannot be listed: Permission denied"
    assert raw(found["root/one.txt"])


def test_names_come_out_as_text_that_harms_no_terminal(root: Path) -> None:
    for name in (b"a\nb.txt", b"a\x1b[31mb.txt", "a\u202eb.txt".encode(), b"a\xffb.txt", b"n" * 251 + b".txt",
                 "Zażółć \u0645\u06cc\u200c\u0631\u0648\u062f.txt".encode()):  # fmt: skip
        Path(os.fsdecode(os.fsencode(root) + b"/" + name)).write_text("x")
    found = read(root)
    assert all(raw(one).data == b"x" for one in found.values())
    assert {key.removeprefix("root/") for key in found} == {
        r"a\x0ab.txt", r"a\x1b[31mb.txt", r"a\u202eb.txt", r"a\xffb.txt", "n" * 251 + ".txt",
        "Zażółć \u0645\u06cc\u200c\u0631\u0648\u062f.txt",
    }  # fmt: skip


def test_a_root_is_named_by_clean_text_too(tmp_path: Path) -> None:
    (tmp_path / "a\x1bb").mkdir()
    assert [root.name for root in roots_of([tmp_path / "a\x1bb"], [f"x\u202ey={tmp_path}"])] == [r"a\x1bb", r"x\u202ey"]


def test_of_two_files_whose_names_come_out_alike_the_second_fails(root: Path) -> None:
    (root / "a\nb.txt").write_text("first")
    (root / r"a\x0ab.txt").write_text("second")
    found = list(list_files(Root("root", root)))
    assert [(one.key, isinstance(one, SeedFile)) for one in found] == [
        (r"root/a\x0ab.txt", True), (r"root/a\\x0ab.txt", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.jsonl", "a.jsonl.gz", "a.txt.gz", "a.warc", "a.warc.gz", "a.json", "metadata.csv"]
)
def test_a_sparse_terabyte_costs_no_time(root: Path, name: str) -> None:
    begin = warc_record(b"", "warcinfo") if ".warc" in name else b'{"id": "a"}\n'
    begin = gzip.compress(begin) if name.endswith(".gz") else begin
    (root / "a.txt").write_text("text")
    with (root / name).open("wb") as file:
        file.write(begin)
        file.truncate(TERABYTE)
    started = time.monotonic()
    found = read(root)
    assert time.monotonic() - started < 5
    reasons = {"a.warc": "cannot be read behind its record 1 ", "metadata.csv": "is larger than 256 MB"}
    reason = reasons.get(name, "is a sparse file that holds nothing from byte")
    assert reason in problem(found["root/a.txt" if name == "a.json" else f"root/{name}"])


def test_a_file_that_grows_while_it_is_read_is_read_as_long_as_it_was(root: Path) -> None:
    path = root / "a.jsonl"
    path.write_text('{"id": "a"}\n')
    with path.open("a") as growing:
        numbers = iter(range(1000))
        (file,) = list_files(Root("root", root))
        assert isinstance(file, SeedFile)
        with opened(file.path, file.root) as stream:
            lines = []
            for line in iter(stream.readline, b""):
                lines.append(line)
                growing.write(f'{{"id": {next(numbers)}}}\n')
                growing.flush()
    assert lines == [b'{"id": "a"}\n']


def test_a_file_that_shrinks_or_vanishes_fails_with_that_reason(root: Path) -> None:
    path = root / "a.jsonl"
    path.write_text('{"id": "a", "text": "%s"}\n' % ("x" * 2**19))
    with pytest.raises(OSError, match="became shorter while it was read"), opened(str(path), root) as stream:
        stream.read(10)
        path.write_text("")
        stream.read()
    (file,) = list_files(Root("root", root))
    path.unlink()
    assert isinstance(file, SeedFile)
    assert [problem(found) for found, _ in read_file(file)] == ["failed: cannot be read: No such file or directory"]


def test_the_state_of_a_file_changes_with_it_and_with_its_sidecar(root: Path) -> None:
    (root / "a.txt").write_text("one")
    states = []
    for change in (lambda: None, lambda: (root / "a.txt").write_text("two"), lambda: (root / "a.json").write_text("{}"),
                   lambda: (root / "a.json").write_text('{"title": "T"}')):  # fmt: skip
        change()
        (file,) = list_files(Root("root", root))
        assert isinstance(file, SeedFile)
        states.append(file.states)
    assert len(set(states)) == 4
    assert [len(one) for one in states] == [1, 1, 2, 2]
    assert list(list_files(Root("root", root))) == [file]
