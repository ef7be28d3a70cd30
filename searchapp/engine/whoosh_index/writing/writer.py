"""The writer: collects changes by document id and publishes them as the next generation."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp

from searchapp.engine.base import NOTHING_SHARED, Writer
from searchapp.engine.sharing import after
from searchapp.engine.storage import FORMAT, Staging, Store
from searchapp.engine.storage.durable import disk_errors, remove_folder
from searchapp.engine.storage.staging import GENERATIONS, STAGING_PREFIX
from searchapp.engine.whoosh_index.files.clusters import FILE as CLUSTERS
from searchapp.engine.whoosh_index.files.clusters import (
    SHARING_FILE,
    read_clusters,
    read_sharing,
    write_clusters,
    write_sharing,
)
from searchapp.engine.whoosh_index.files.schema import fingerprint
from searchapp.engine.whoosh_index.writing.merging import bytes_needed, is_settled
from searchapp.engine.whoosh_index.writing.parts import Part, read_part
from searchapp.engine.whoosh_index.writing.segments import stored_documents, update
from searchapp.facets import FacetSet
from searchapp.model import Document

logger = logging.getLogger(__name__)

PART_PREFIX = f"{STAGING_PREFIX}part-"
"""How the folders of parts begin, so that they are cleared with all that an interrupted writer left."""

REBUILT_AT_ONCE = 2000
"""Documents that are indexed again at a time when an index of another schema is rewritten."""


class WhooshWriter(Writer):
    """Holds the lock of the index folder until it is closed; a document given twice counts as given last."""

    def __init__(self, store: Store, facets: FacetSet, *, run: str, lock_timeout: float, memory: int | None = None) -> None:
        self._store = store
        self._facets = facets
        self._run = run
        self._memory = memory
        self._changes: dict[str, Document | Part | None] = {}
        self._parts: dict[Path, Part | None] = {}
        self._clusters: dict[str, str | None] = {}
        self._sharing: dict[str, Collection[str]] = {}
        self._resources = ExitStack()
        self._lock = self._resources.enter_context(store.writer(timeout=lock_timeout))
        try:
            self._renew()
        except BaseException:
            self.close()
            raise

    def add(self, document: Document) -> None:
        self._changes[document.id] = document

    def delete(self, document: str) -> None:
        self._changes[document] = None

    def assign(self, clusters: Mapping[str, str | None], *, sharing: Mapping[str, Collection[str]] = NOTHING_SHARED) -> None:
        self._clusters.update(clusters)
        self._sharing.update(sharing)

    def part(self) -> Path:
        with disk_errors(self._store.root):
            folder = Path(mkdtemp(prefix=PART_PREFIX, dir=self._store.root / GENERATIONS))
        self._parts[folder] = None
        return folder

    def adopt(self, part: Path) -> None:
        if self._parts.get(part, part) is not None:
            raise ValueError(f"{part} is not a part of this writer, or has been adopted before")
        adopted = self._parts[part] = read_part(part)
        self._changes.update(dict.fromkeys(adopted.ids, adopted))

    def commit(self, *, settled: bool = False, quick: bool = False) -> int:
        published, orderly = self._store.generations(), settled and not quick
        need = bytes_needed(published[-1] if published else None, self._changes.values(), settled=orderly)
        with self._store.stage(self._lock, need=need) as staging:
            documents = self._apply(staging, settled=orderly)
            number = self._publish(staging, documents, run=self._run, settled=settled)
        self._forget([folder for folder, part in self._parts.items() if part is not None])
        self._store.prune()
        return number

    def close(self) -> None:
        try:
            self._forget(list(self._parts))
        finally:
            self._resources.close()

    def _forget(self, parts: Sequence[Path]) -> None:
        """Let go of all changes, and of these parts."""
        self._changes.clear()
        self._clusters.clear()
        self._sharing.clear()
        with disk_errors(self._store.root):
            for folder in parts:
                del self._parts[folder]
                remove_folder(folder)

    def _apply(self, staging: Staging, *, settled: bool) -> int:
        """Change the files of the staging folder, and give how many documents they hold."""
        known = read_clusters(staging.folder)
        deleted = dict.fromkeys(document for document, content in self._changes.items() if content is None)
        merged = {**known, **self._clusters, **deleted}
        clusters = {document: cluster for document, cluster in merged.items() if cluster is not None}
        if clusters != known:
            write_clusters(staging.folder, clusters)
        shared = read_sharing(staging.folder)
        sharing = after(shared, self._sharing, deleted)
        if sharing != shared:
            write_sharing(staging.folder, sharing)
        base = staging.base.manifest if staging.base else None
        if base is not None and not self._changes and (is_settled(base) or not settled):
            return base.documents
        return update(staging.folder, self._changes, self._facets, settled=settled, memory=self._memory)

    def _publish(self, staging: Staging, documents: int, *, run: str, settled: bool) -> int:
        schema, names = fingerprint(self._facets), configuration(self._facets)
        return staging.publish(schema=schema, configuration=names, documents=documents, run=run, settled=settled)

    def _renew(self) -> None:
        """Rewrite an index of another schema out of the documents that it stores, and publish that."""
        published = self._store.generations()
        if not published or (published[-1].schema, published[-1].format) == (fingerprint(self._facets), FORMAT):
            return
        with self._store.stage(self._lock, need=published[-1].size) as staging:
            logger.warning("the index is rewritten for other facets or another version of the program")
            documents = rebuilt(staging, self._facets)
            self._publish(staging, documents, run=published[-1].run, settled=False)


def configuration(facets: FacetSet) -> str:
    """What a manifest says of the facets."""
    return ",".join(sorted(spec.name for spec in facets))


def rebuilt(staging: Staging, facets: FacetSet) -> int:
    """Index the documents of the base again, and give how many they are; what they share stays as it is."""
    for path in staging.folder.iterdir():
        if path.name not in (CLUSTERS, SHARING_FILE):
            path.unlink()
    waiting = iter(stored_documents(staging.base.folder)) if staging.base else iter(())
    documents = 0
    while batch := {document.id: document for document in islice(waiting, REBUILT_AT_ONCE)}:
        documents = update(staging.folder, batch, facets)
    return documents
