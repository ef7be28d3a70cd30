"""Whatever a description allows is answered as it says, and what it does not allow is refused: tried by schemathesis."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case, Config
from schemathesis.schemas import BaseSchema

from searchapp.web import create_app
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS
from tests.web.conftest import SETTINGS, filled

ENGINE = filled(DOCUMENTS, CLUSTERS, FACETS)
REAL: dict[str, Any] = {"identifier": "d18", "name": "actor"}


def application() -> Flask:
    return create_app(SETTINGS, lambda: ENGINE)


def described(**generation: object) -> BaseSchema:
    """The API as its own description tells it; a page far behind others, or a day of no month, is refused all the same."""
    accepted = {"expected-statuses": ["2xx", "404", "410", "422"]}
    config = Config.from_dict({"checks": {"positive_data_acceptance": accepted}, "generation": generation})
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application(), config=config)


def trying(examples: int) -> settings:
    return settings(
        max_examples=examples, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )


@described().parametrize()
@trying(12)
def test_the_api_keeps_to_its_description(case: Case) -> None:
    case.call_and_validate()


@described(mode="positive").include(path_regex="{").parametrize()
@trying(15)
def test_documents_and_facets_that_are_there_are_told_as_described(case: Case) -> None:
    case.path_parameters = {name: REAL[name] for name in case.path_parameters}
    case.call_and_validate()


@pytest.mark.long
@described().parametrize()
@trying(400)
def test_the_api_keeps_to_its_description_at_length(case: Case) -> None:
    case.call_and_validate()
