"""What tests of the ingest may ask for: annotated pages from outside."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def development(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of annotated pages on which cleaning was developed."""
    folder = tmp_path_factory.mktemp("development")
    with tarfile.open(data / "cleaning/dev.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "dev_export"
