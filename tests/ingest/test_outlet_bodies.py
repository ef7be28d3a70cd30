"""Whole bodies of articles as outlets write them: whose they are, and that nobody's are given to those they speak of."""

from __future__ import annotations

import pytest

from searchapp.ingest.outlets import find_outlet
from searchapp.model import Page
from tests.ingest.outlet_bodies import ONLY_CREDITED, SPEAKING
from tests.ingest.shipped import shipped


def told(body: str) -> str | None:
    return find_outlet(body, Page("root/a.txt", ()), (), None, shipped()).value


@pytest.mark.parametrize(("outlet", "body"), SPEAKING)
def test_a_body_that_speaks_of_its_publisher_is_given_to_it(outlet: str, body: str) -> None:
    assert told(body) == outlet


@pytest.mark.parametrize(("outlet", "body"), SPEAKING)
def test_a_body_whose_lines_were_joined_is_given_to_nobody_else(outlet: str, body: str) -> None:
    assert told(body.replace("\n", " ")) in (outlet, None)


@pytest.mark.parametrize("body", ONLY_CREDITED)
@pytest.mark.parametrize("joint", ["\n", " "])
def test_a_body_that_only_speaks_of_others_is_given_to_nobody(body: str, joint: str) -> None:
    assert told(body.replace("\n", joint)) is None
