"""A site over a small archive in memory, and a way to make others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import pytest
from flask.testing import FlaskClient

from searchapp.config import Settings
from searchapp.engine.base import NOTHING_SHARED
from searchapp.engine.memory import MemoryEngine
from searchapp.facets import FacetSet
from searchapp.model import Document
from searchapp.web import create_app
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS, SHARING, THIRD_RUN

SETTINGS = Settings(engine="memory", deadline=30)


def filled(
    documents: Iterable[Document], clusters: Mapping[str, str], facets: FacetSet, *,
    kind: type[MemoryEngine] = MemoryEngine, sharing: Mapping[str, Collection[str]] = NOTHING_SHARED,
) -> MemoryEngine:  # fmt: skip
    """An engine that holds the documents."""
    engine = kind(facets)
    with engine.writer(run=THIRD_RUN) as writer:
        for one in documents:
            writer.add(one)
        writer.assign(clusters, sharing=sharing)
        writer.commit(settled=True)
    return engine


def site_of(
    documents: Iterable[Document], clusters: Mapping[str, str] | None = None, *, facets: FacetSet | None = None,
    settings: Settings = SETTINGS, sharing: Mapping[str, Collection[str]] = NOTHING_SHARED,
) -> FlaskClient:  # fmt: skip
    """A client of a site over the documents."""
    engine = filled(documents, clusters or {}, facets or FacetSet(), sharing=sharing)
    return create_app(settings, lambda: engine).test_client()


@pytest.fixture(scope="session")
def engine() -> MemoryEngine:
    return filled(DOCUMENTS, CLUSTERS, FACETS, sharing=SHARING)


@pytest.fixture
def client(engine: MemoryEngine) -> FlaskClient:
    return create_app(SETTINGS, lambda: engine).test_client()
