"""Every facet link leads to as many results as it announced, and a page shows what the JSON of its URL says."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.engine.brute_force import Archive
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS
from tests.web.crawling import counted_by_hand, crawl, crawl_all

counts_are_right = counted_by_hand(Archive(DOCUMENTS, CLUSTERS), FACETS)


@pytest.mark.parametrize(
    "start",
    [
        "/api/search",
        "/api/search?q=haftar",
        "/api/search?dupes=show&any=actor&actor=wagner&actor=haftar",
        "/api/search?actor=un&-outlet=Blog&-missing=language",
        "/api/search?missing=outlet&outlet=Reuters&date_from=2020",
        "/api/search?location=geo:sy&sort=date",
        "/api/search?folder=root/press&any=location&missing=location",
    ],
)
def test_links_lead_to_what_they_announce(client: FlaskClient, start: str) -> None:
    assert crawl(client, start, pages=1, check=counts_are_right) > 50


@pytest.mark.long
def test_links_of_forty_pages_lead_to_what_they_announce(client: FlaskClient) -> None:
    assert crawl(client, pages=40, check=counts_are_right) > 2_000


@pytest.mark.long
def test_all_links_within_two_clicks_lead_to_what_they_announce(client: FlaskClient) -> None:
    assert crawl_all(client, clicks=1, check=counts_are_right) > 100
