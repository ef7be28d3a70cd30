"""Small generations to publish, damage and look into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from searchapp.engine.storage import Generation, Store
from searchapp.engine.storage.verification import read_manifest

OLD = {"segment.1": b"one two three", "table": b"first"}
NEW = {"segment.1": b"one two three", "segment.2": b"four five six", "table": b"second"}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make the folder hold these files, leaving alone those that are the same already."""
    for path in folder.iterdir():
        if files.get(path.name) != path.read_bytes():
            path.unlink()
    for name, content in files.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(content)


def publish(store: Store, files: Mapping[str, bytes], *, base: int | None = None, settled: bool = True) -> int:
    with store.writer(timeout=0) as lock, store.stage(lock, base=base) as staging:
        write(staging.folder, files)
        return staging.publish(schema="s", configuration="c", documents=len(files), run="r", settled=settled)


def point(store: Store, number: int) -> None:
    """Make CURRENT name a generation, as its publication would have."""
    manifest = next(each for each in map(read_manifest, store.root.glob("generations/*")) if each.generation == number)
    (store.root / "CURRENT").write_text(f"{number} {manifest.seal}\n")


def content(generation: Generation) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in generation.folder.iterdir() if path.name != "MANIFEST"}


def leftovers(store: Store) -> list[str]:
    """What is in the index folder beside the published generations, the lock, CURRENT and KEPT."""
    found = {str(path.relative_to(store.root)) for path in store.root.rglob("*")}
    known = {"LOCK", "CURRENT", "KEPT", "generations"}
    known |= {f"generations/{each.generation}" for each in store.generations()}
    return sorted(path for path in found - known if str(Path(path).parent) not in known - {"generations"})


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
