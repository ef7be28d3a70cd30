"""Is the index what it says it is? Files against their manifests; deeply, everything derived against the documents."""

from __future__ import annotations

from collections.abc import Iterator

from searchapp.engine.whoosh_index.storage import Store
from searchapp.errors import IndexDamaged
from searchapp.facets import FacetSet


def check_all(store: Store, facets: FacetSet, *, deep: bool) -> Iterator[IndexDamaged]:
    """The damages of all generations on disk."""
    for manifest in store.generations():
        yield from store.verify(manifest.generation, every_hash=deep)
