"""Engines store documents and answer queries; which one is a setting."""

from __future__ import annotations

from searchapp.config import Settings
from searchapp.engine.base import Engine


def open_engine(settings: Settings, *, background: bool = False) -> Engine:
    """The engine that the settings ask for, with the facets of the archive.

    With `background` a newer state is opened behind the questions, none of which waits; else the next one sees it.
    """
    from searchapp.facets import FacetSet

    facets = FacetSet.read(settings.archive)
    if settings.engine == "memory":
        from searchapp.engine.memory import MemoryEngine

        return MemoryEngine(facets)
    from searchapp.engine.whoosh_index import WhooshEngine

    return WhooshEngine(settings.index, facets, retention=settings.retention, background=background)
