"""What an index must be at any moment: it opens, every document is there once, and every file has a reason."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from searchapp import left_out
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.engine.storage import Store
from searchapp.model import SearchQuery
from tests.torture.newsroom import Holding, Newsroom

ALWAYS = frozenset({"CURRENT", "LOCK", "KEPT", "journal.sqlite", left_out.FILE})
"""Files of an index that no manifest names; KEPT, the journal and the account of files left out need not be there."""


def held(index: Path, generation: int | None = None) -> tuple[int, Holding]:
    """The current generation (or that one) and the sources in it, after reading every document of it."""
    engine = open_engine(Settings(index=index))
    try:
        # An ingester that lives may publish between two questions: all are put to one generation.
        generation = engine.info().generation if generation is None else generation
        asked = engine.at(generation)
        sources = {key: stamp.sha256 for key, stamp in asked.sources().items()}
        hits = list(asked.iterate(SearchQuery(dupes="show")))
        stored = {hit.id: asked.get(hit.id) for hit in hits}
        assert len(stored) == len(hits) == len(sources), f"{len(hits)} documents of {len(sources)} sources"
        assert Counter(one.sha256 for one in stored.values() if one) == Counter(sources.values())
        return generation, sources
    finally:
        engine.close()


def versions(index: Path, newsrooms: Iterable[Newsroom]) -> dict[str, int]:
    """Which version of each newsroom the current generation holds, all of it."""
    sources = held(index)[1] if (index / "CURRENT").exists() else {}
    return {
        room.path.name: room.version_of({key: sha for key, sha in sources.items() if key.startswith(f"{room.path.name}/")})
        for room in newsrooms
    }


def unexplained(index: Path, *allowed: str) -> list[str]:
    """The files and folders under the index for which there is no reason; after a run there is none.

    Names that begin with one of `allowed` need none.
    """
    files = set(ALWAYS)
    for manifest in Store(index).generations():
        files |= {f"generations/{manifest.generation}/{name}" for name in (*manifest.files, "MANIFEST")}
    folders = {parent.as_posix() for file in files for parent in Path(file).parents} | {"generations", "watch"}
    found = {path.relative_to(index).as_posix(): path for path in index.rglob("*")}
    return sorted(
        name for name, path in found.items()
        if name not in (folders if path.is_dir() else files) and not name.startswith(allowed)
    )  # fmt: skip


def searchapp(*arguments: object) -> list[str]:
    """The command line of `searchapp` with these arguments."""
    return [sys.executable, "-m", "searchapp.cli", *map(str, arguments)]
