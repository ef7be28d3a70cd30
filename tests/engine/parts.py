"""Parts of an index, as another process would build them, and their adoption."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from searchapp.engine.base import Engine, Writer
from searchapp.model import Document


def make_part(engine: Engine, writer: Writer, documents: Sequence[Document]) -> Path:
    part = writer.part()
    builder = engine.builder(part)
    for one in documents:
        builder.add(one)
    builder.finish()
    return part


def adopt(engine: Engine, writer: Writer, *documents: Document) -> None:
    writer.adopt(make_part(engine, writer, documents))
