"""Which documents are copies of each other, and which share text: two small files in each generation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from searchapp.engine.sharing import Sharing

FILE = "clusters.json"
SHARING_FILE = "sharing.json"


def read_clusters(folder: Path) -> dict[str, str]:
    """The cluster of each document that has copies, by document id."""
    path = folder / FILE
    return msgspec.json.decode(path.read_bytes(), type=dict[str, str]) if path.exists() else {}


def write_clusters(folder: Path, clusters: Mapping[str, str]) -> None:
    """Put a new file in place of the old one, which other generations share."""
    _replace(folder / FILE, dict(sorted(clusters.items())))


def read_sharing(folder: Path) -> dict[str, tuple[str, ...]]:
    """The documents that share text with each that does, by document id."""
    path = folder / SHARING_FILE
    return msgspec.json.decode(path.read_bytes(), type=dict[str, tuple[str, ...]]) if path.exists() else {}


def write_sharing(folder: Path, sharing: Sharing) -> None:
    """Put a new file in place of the old one, which other generations share."""
    _replace(folder / SHARING_FILE, dict(sorted(sharing.items())))


def _replace(path: Path, content: object) -> None:
    path.unlink(missing_ok=True)
    path.write_bytes(msgspec.json.encode(content))


def remaining(clusters: Mapping[str, str], gone: Collection[str]) -> dict[str, str]:
    """The clusters without the documents that are gone: each is named after its smallest document, and has two."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for document in sorted(clusters.keys() - set(gone)):
        members[clusters[document]].append(document)
    return {document: held[0] for held in members.values() if len(held) > 1 for document in held}
