"""Where are the annotated pages, packed or not?"""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ANNOTATIONS, PACKED = "gold.json", "dev.tar.xz"
DATA_HELP = f"folder with {ANNOTATIONS} and a folder of pages for each of its sets, {PACKED} with them, or a folder that has it"


@contextmanager
def unpacked(data: Path) -> Iterator[Path]:
    """The folder that holds the annotations and the pages; of a packed file one that is gone at the end."""
    if (data / ANNOTATIONS).is_file():
        yield data
        return
    packed = data / PACKED if data.is_dir() else data
    if not packed.is_file():
        raise SystemExit(f"{data}: no annotated pages. Give a {DATA_HELP}.")
    with tempfile.TemporaryDirectory(prefix="annotated-") as folder:
        try:
            with tarfile.open(packed) as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as error:
            raise SystemExit(f"{packed} cannot be unpacked. Give a {DATA_HELP}.") from error
        found = sorted(Path(folder).rglob(ANNOTATIONS), key=lambda path: len(path.parts))
        if not found:
            raise SystemExit(f"{packed}: no {ANNOTATIONS} is packed in it.")
        yield found[0].parent
