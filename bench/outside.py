"""Where is the data for measuring? Outside the project, in the folder that SEARCHAPP_DATA names."""

from __future__ import annotations

import os
from pathlib import Path

DATA = Path(os.environ.get("SEARCHAPP_DATA", "../shared/data"))


def corpus(name: str) -> Path:
    """The path of one of the corpora."""
    return DATA / "corpus" / name
