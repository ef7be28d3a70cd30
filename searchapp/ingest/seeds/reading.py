"""What does a file hold: the bytes of a page, or of many records, with all that is declared about each?"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from typing import Literal

from searchapp.errors import IngestError
from searchapp.ingest.data.scrubbing import escaped
from searchapp.ingest.seeds.archives import read_archive
from searchapp.ingest.seeds.declared import Declaration, declaration_of
from searchapp.ingest.seeds.files import MAX_FILE_BYTES, SeedFile, cut_off, refused
from searchapp.ingest.seeds.front_matter import parted
from searchapp.ingest.seeds.listing import list_files
from searchapp.ingest.seeds.mappings import json_value, yaml_mapping
from searchapp.ingest.seeds.opening import Unreadable, opened
from searchapp.ingest.seeds.patterns import PathPattern
from searchapp.ingest.seeds.records import read_records
from searchapp.ingest.seeds.roots import Root
from searchapp.model import RawFile

MAX_SIDECAR_BYTES = 2**20

Found = tuple[RawFile | IngestError, tuple[str, ...]]
"""A raw file, or why a file is none; with what was refused of what is declared about it."""


def iter_raw(root: Root, pattern: PathPattern | None = None) -> Iterator[Found]:
    """Every file and record under the root; what cannot be read comes as the IngestError that says why."""
    for file in list_files(root, pattern):
        if isinstance(file, SeedFile):
            yield from read_file(file)
        else:
            yield file, ()


def read_file(file: SeedFile) -> Iterator[Found]:
    """The page or the records of the file, or why it has none; a damaged archive gives what could be read, then why."""
    try:
        if file.kind == "text" or file.kind == "html":
            yield _page(file, file.kind)
            return
        with opened(file.path, file.root, compressed=file.compressed) as stream:
            found = read_records(stream, file) if file.kind == "records" else read_archive(stream, file)
            first = next(found, None)
            if first is not None:
                # What is said of the whole file is refused once, not with every record.
                yield first[0], (*file.said.refused, *first[1])
                yield from found
    except IngestError as error:
        yield error, file.said.refused
    except Unreadable as error:
        yield refused(file.key, str(error.strerror), skipped=error.skipped), file.said.refused
    except (OSError, zlib.error) as error:
        yield refused(file.key, f"cannot be read: {getattr(error, 'strerror', None) or error}"), file.said.refused


def _page(file: SeedFile, kind: Literal["text", "html"]) -> Found:
    with opened(file.path, file.root, compressed=file.compressed) as stream:
        content, truncated = cut_off(stream.read(MAX_FILE_BYTES + 1))
    said = file.said
    sha256 = hashlib.sha256(content).hexdigest()
    if kind == "text":
        front, content = parted(content)
        said = front.over(said)
    if file.sidecar is not None:
        said = read_sidecar(file.sidecar, file).over(said)
    raw = RawFile(
        file.key, content, said.claims, said.values, None, sha256, kind,
        retrieved=said.retrieved, truncated=truncated,
    )  # fmt: skip
    return raw, said.refused


def read_sidecar(path: str, file: SeedFile) -> Declaration:
    """What the sidecar of the file declares."""
    name = escaped(os.path.basename(path))
    try:
        with opened(path, file.root) as stream:
            data = stream.read(MAX_SIDECAR_BYTES + 1)
        if len(data) > MAX_SIDECAR_BYTES:
            raise ValueError(f"it is larger than {MAX_SIDECAR_BYTES // 2**20} MB")
        text = data.decode("utf-8-sig")
        fields = json_value(text) if path.endswith(".json") else yaml_mapping(text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise refused(file.key, f"its sidecar {name} cannot be read: {reason}. Correct or remove it") from error
    if not isinstance(fields, dict):
        raise refused(file.key, f"its sidecar {name} must hold names and values, as in title: …")
    return declaration_of(fields, "sidecar")
