"""Engines store documents and answer queries; which one is a setting."""

from __future__ import annotations

from searchapp.config import Settings
from searchapp.engine.base import Engine


def open_engine(settings: Settings) -> Engine:
    """The engine that the settings ask for, with the facets of the archive."""
    from searchapp.facets import FacetSet

    facets = FacetSet.read(settings.archive)
    if settings.engine == "memory":
        from searchapp.engine.memory import MemoryEngine

        return MemoryEngine(facets)
    from searchapp.engine.whoosh_index import WhooshEngine

    return WhooshEngine(settings.index, facets)
