"""Whatever is sent, in whichever parameter: an answer or a refusal, never a fault, and nothing of it becomes markup."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from searchapp.reports import urls
from searchapp.web import create_app
from searchapp.web.api import ENDPOINTS
from tests.engine.corpus import CLUSTERS, DOCUMENTS, FACETS
from tests.web import hostile
from tests.web.conftest import SETTINGS, filled
from tests.web.nasty import BYTES, TEXTS, address, written

OWN = {"search": ("cursor",), "facet": ("prefix", "order", "offset", "limit"), "evidence": ("value", "limit"),
       "complete": ("prefix", "limit"), "by_address": ("url",), "document": ("identifier",), "name": ("name",)}  # fmt: skip
PLACES = {
    "search": "/api/search?per_page=1&facets=language&{}",
    "facet": "/api/facets/actor?{}",
    "evidence": "/api/facets/actor/evidence?value=haftar&{}",
    "complete": "/api/complete?prefix=ha&{}",
    "by_address": "/api/documents?{}",
}
RARELY = pytest.mark.parametrize("step", [41, pytest.param(1, marks=pytest.mark.long)])


@pytest.fixture(scope="module")
def site() -> FlaskClient:
    engine = filled(DOCUMENTS[:6], {key: one for key, one in CLUSTERS.items() if key in ("d01", "d02")}, FACETS)
    return create_app(replace(SETTINGS, deadline=5), lambda: engine).test_client()


def sound(answer: TestResponse, url: str) -> None:
    """The answer is no fault, is what it says it is, and no header holds what another one begins with."""
    assert answer.status_code < 500, (url, answer.text[:300])
    assert not any("\n" in value or "\r" in value for _, value in answer.headers)
    assert "Set-Cookie" not in answer.headers
    if "json" in answer.content_type:
        plain = json.loads(answer.data.decode("utf-8"))
        assert answer.status_code < 400 or plain["status"] == answer.status_code
    elif answer.mimetype == "text/html" and not 300 <= answer.status_code < 400:
        assert hostile.breakouts(answer.data.decode("utf-8")) == [], url


def rotated(step: int) -> Iterator[tuple[str, str, str]]:
    """Endpoint, parameter and text: all texts in every parameter, or every `step`th, beginning elsewhere each time."""
    texts = [*map(written, TEXTS), *BYTES]
    searching = sorted(urls.known_parameters(FACETS))
    asked = [(name, parameter) for name in PLACES for parameter in (*OWN[name], *(searching if name == "search" else ()))]
    for place, (name, parameter) in enumerate(asked):
        for text in texts[place % step :: step]:
            yield name, parameter, text


@RARELY
def test_nasty_texts_in_every_parameter_are_answered_or_refused(site: FlaskClient, step: int) -> None:
    for name, parameter, text in rotated(step):
        url = PLACES[name].format(f"{written(parameter)}={text}")
        answer = site.get(url)
        sound(answer, url)
        assert answer.status_code in (200, 410, 422), url


@RARELY
def test_nasty_texts_in_the_parameters_of_a_page_are_kept_out_of_its_markup(site: FlaskClient, step: int) -> None:
    for name, parameter, text in rotated(step * 2):
        if name == "search" and parameter != "cursor":
            url = f"/search?per_page=1&facets=language&{written(parameter)}={text}"
            sound(site.get(url), url)


@RARELY
def test_nasty_texts_in_a_path_are_not_found(site: FlaskClient, step: int) -> None:
    for text in [*map(written, TEXTS), *BYTES][::step]:
        for path in ("/api/documents/{}", "/api/documents/{}/similar", "/api/facets/{}", "/api/facets/{}/evidence?value=x", "/api/{}"):
            url = path.format(text)
            answer = site.get(url)
            sound(answer, url)
            assert answer.status_code in (200, 302, 308, 404, 422), url


@pytest.mark.parametrize("number", [150, pytest.param(10_000, marks=pytest.mark.long)])
def test_random_addresses_are_answered_or_refused(site: FlaskClient, number: int) -> None:
    draw = random.Random(number)
    paths = [endpoint.rule for endpoint in ENDPOINTS] * 2
    paths += ["/", "/search", "/document/<identifier>", "/facets/<name>", "/api", "/about", "/advanced", "/opensearch.xml"]
    names = [*sorted(urls.known_parameters(FACETS)), *sorted({name for own in OWN.values() for name in own}), "q", "q", "page"]
    statuses = set()
    for _ in range(number):
        url = address(draw, paths, names)
        answer = site.get(url)
        sound(answer, url)
        statuses.add(answer.status_code)
    assert {200, 404, 422} <= statuses
