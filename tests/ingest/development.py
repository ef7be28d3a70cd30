"""Annotated pages from outside the project, and what is made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchapp.ingest.clean import clean
from searchapp.ingest.headline import Headline, find_headline
from searchapp.ingest.parse import parse
from searchapp.model import Page, RawFile


def annotated_pages(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every fourth page of the development set: its path without suffix, and what is annotated about it."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for name, annotated in gold.items():
        for number, (page, said) in enumerate(sorted(annotated.items())):
            if number % 4 == 0:
                yield folder / name / page, said


def read(path: Path, suffix: str = "") -> tuple[Page, Headline]:
    """A file as the first stages read it."""
    page = parse(RawFile(f"r/{path.name}{suffix}", Path(f"{path}{suffix}").read_bytes()))
    return page, find_headline(page, clean(page), {})


def body(headline: Headline) -> str:
    """The article as it is indexed."""
    return "\n\n".join(block.text for block in headline.blocks if block.kept)
