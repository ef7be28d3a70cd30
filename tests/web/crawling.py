"""A walk over a site: does every facet link lead where it says, and do page and JSON of one URL agree?"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient

from searchapp.facets import FacetSet
from searchapp.reports import urls
from tests.engine.brute_force import Archive
from tests.web.reading import bars_of, envelope_of, page_of, rows_of, total_of

Envelope = dict[str, Any]
Check = Callable[[str, Envelope], None]
"""Something more to assert of each visited page: its URL within the API, and its envelope."""


def no_check(url: str, envelope: Envelope) -> None:
    """Nothing more is asserted."""


def counted_by_hand(archive: Archive, facets: FacetSet) -> Check:
    """A check that each count is what a few loops over the documents give."""

    def check(url: str, envelope: Envelope) -> None:
        query = facets.complete(urls.parse(parse_qsl(urlsplit(url).query), facets).query)
        assert envelope["total"] == archive.total(query), url
        for name, facet in envelope["facets"].items():
            for row in facet["values"] if name != "date" else ():
                assert row["count"] == archive.count(name, row["value"], query), f"{url}: {name} {row}"
            assert facet["none"]["count"] == archive.count(name, "", query), f"{url}: {name}, none"

    return check


def crawl(
    client: FlaskClient, start: str = "/api/search", *, pages: int = 40, seed: int = 1, check: Check = no_check
) -> int:
    """Follow every facet link of `start` and of pages drawn behind it; the number of links followed."""
    draw = random.Random(seed)
    frontier, followed = [local(start)], 0
    visited: set[str] = set()
    while frontier and len(visited) <= pages:
        url = frontier.pop(draw.randrange(len(frontier)))
        if url in visited:
            continue
        visited.add(url)
        envelope = visit(client, url, check)
        behind = follow(client, envelope)
        followed += len(behind)
        frontier.extend(behind)
    return followed


def crawl_all(client: FlaskClient, start: str = "/api/search", *, clicks: int = 2, check: Check = no_check) -> int:
    """Follow every facet link of every page within so many clicks of `start`; the number of pages."""
    level = {local(start)}
    visited: set[str] = set()
    for _ in range(clicks + 1):
        behind: set[str] = set()
        for url in sorted(level - visited):
            visited.add(url)
            behind.update(follow(client, visit(client, url, check)))
        level = behind
    return len(visited)


def visit(client: FlaskClient, url: str, check: Check = no_check) -> Envelope:
    """The envelope of a page, after comparing it with what the HTML of the same URL shows."""
    envelope = envelope_of(client, url)
    same_on_the_page(client, url, envelope)
    check(url, envelope)
    return envelope


def follow(client: FlaskClient, envelope: Envelope) -> list[str]:
    """Follow every link of the facets and compare what lies behind it with what was announced."""
    found = []
    for name, row in rows(envelope):
        behind = total_behind(client, row["url"])
        assert behind == row["after"], f"{row['url']} has {behind} results, announced were {row['after']}: {row}"
        found.append(local(row["url"]))
        if row.get("exclude_url"):
            excluded_row(client, name, row, envelope["total"])
            found.append(local(row["exclude_url"]))
    return found


def rows(envelope: Envelope) -> Iterator[tuple[str, Envelope]]:
    """Every row with links: values, bars that are not empty, none rows."""
    for name, facet in envelope["facets"].items():
        for row in facet["values"]:
            if "selected" in row or row["count"]:
                yield name, row
        yield name, facet["none"]


def excluded_row(client: FlaskClient, name: str, row: Envelope, total: int) -> None:
    """Behind "not" the row stands as excluded, its `count` is what it leaves out, and its link leads back."""
    envelope = envelope_of(client, narrowed(row["exclude_url"], name))
    facet = envelope["facets"][name]
    same = [one for one in (*facet["values"], facet["none"]) if one.get("value") == row.get("value")][0]
    assert same["excluded"] and same["exclude_url"] is None, same
    if not row["selected"]:
        assert same["after"] == total, f"{row['exclude_url']}: taken back it leaves {same['after']}, not {total}"


def total_behind(client: FlaskClient, url: str) -> int:
    """The total of the page behind a link."""
    total: int = envelope_of(client, narrowed(url, "language"))["total"]
    return total


def narrowed(url: str, facet: str) -> str:
    """The same question with one facet and no results, which is quicker to answer."""
    sign = "&" if "?" in url else "?"
    return f"{local(url)}{sign}facets={facet}&per_page=0"


def same_on_the_page(client: FlaskClient, url: str, envelope: Envelope) -> None:
    """The HTML of the same URL shows the total, the rows with their links and numbers, and the results."""
    page = page_of(client, as_page(url))
    assert total_of(page) == envelope["total"], url
    for name, facet in envelope["facets"].items():
        shown = {(row.url, row.exclude_url, row.number) for row in rows_of(page, name)}
        if name == "date":
            drawn = [as_page(bar["url"]) for bar in facet["values"] if bar["count"]] if envelope["total"] else []
            assert bars_of(page) == drawn, url
            continue
        for row in facet["values"]:
            out = as_page(row["exclude_url"]) if row["exclude_url"] else None
            numbers = {str(row["count"]), f"+{row['after'] - envelope['total']}"}
            assert shown & {(as_page(row["url"]), out, number) for number in numbers}, f"{url}: {name} lacks {row}"
    ids = [urlsplit(str(link["href"])).path.rpartition("/")[2] for link in page.select(".hit h3 a")]
    assert ids == [hit["id"] for hit in envelope["results"]], url


def local(url: str) -> str:
    """The URL without scheme and host."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def as_page(url: str) -> str:
    """The URL of the page that shows what the API answers."""
    return local(url).replace("/api/search", "/search", 1)
