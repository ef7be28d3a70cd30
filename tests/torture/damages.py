"""What can happen to a file that lies for years: one damage after another, drawn at random, none without effect."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from searchapp.engine.storage import Store
from searchapp.engine.storage.manifest import FORMAT, MANIFEST, Manifest

CURRENT = "CURRENT"
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to which files of the index (relative to it); any of them may be named as damaged."""

    kind: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Victim:
    """An index whose files may be hard links to those of another one: a damaged one is written anew."""

    index: Path
    dice: random.Random

    @property
    def folder(self) -> Path:
        """The current generation; CURRENT must still be whole."""
        return self.index / f"generations/{Store(self.index).current()}"

    def files(self) -> list[Path]:
        """Every file by which the current generation is known."""
        return [*sorted(self.folder.iterdir()), self.index / CURRENT]

    def name(self, path: Path) -> str:
        return path.relative_to(self.index).as_posix()

    def rewrite(self, path: Path, data: bytes) -> None:
        path.unlink()
        path.write_bytes(data)


def bit_flip(victim: Victim) -> list[Path]:
    path = victim.dice.choice(victim.files())
    data = bytearray(path.read_bytes())
    data[victim.dice.randrange(len(data))] ^= 1 << victim.dice.randrange(8)
    victim.rewrite(path, bytes(data))
    return [path]


def zeroed_block(victim: Victim) -> list[Path]:
    path = victim.dice.choice(victim.files())
    data = path.read_bytes()
    start = victim.dice.randrange(-(-len(data) // BLOCK)) * BLOCK
    zeroed = data[:start] + bytes(len(data[start : start + BLOCK])) + data[start + BLOCK :]
    if zeroed == data:
        return zeroed_block(victim)
    victim.rewrite(path, zeroed)
    return [path]


def truncation(victim: Victim) -> list[Path]:
    path = victim.dice.choice(victim.files())
    data = path.read_bytes()
    victim.rewrite(path, data[: victim.dice.randrange(len(data))])
    return [path]


def deletion(victim: Victim) -> list[Path]:
    path = victim.dice.choice(victim.files())
    path.unlink()
    return [path]


def swapped(victim: Victim) -> list[Path]:
    one, other = victim.dice.sample(victim.files(), 2)
    aside = victim.index / "aside"
    os.rename(one, aside)
    os.rename(other, one)
    os.rename(aside, other)
    return [one, other]


def stale_manifest(victim: Victim) -> list[Path]:
    path = victim.folder / MANIFEST
    before = Store(victim.index).generations()[-2]
    victim.rewrite(path, (victim.index / f"generations/{before.generation}/{MANIFEST}").read_bytes())
    return [path]


def wrong_version(victim: Victim) -> list[Path]:
    path = victim.folder / MANIFEST
    known = Manifest.loads(path.read_text())
    victim.rewrite(path, replace(known, format=victim.dice.choice([FORMAT + 1, FORMAT + 97, 0])).dumps().encode())
    return [path]


KINDS: tuple[tuple[str, Callable[[Victim], list[Path]]], ...] = (
    ("bit flip", bit_flip),
    ("zeroed block", zeroed_block),
    ("truncation", truncation),
    ("deletion", deletion),
    ("two files swapped", swapped),
    ("stale manifest", stale_manifest),
    ("wrong version", wrong_version),
)


def damage(victim: Victim, number: int) -> Damage:
    """Do the damage whose turn it is."""
    kind, do = KINDS[number % len(KINDS)]
    return Damage(kind, tuple(sorted(victim.name(path) for path in do(victim))))
