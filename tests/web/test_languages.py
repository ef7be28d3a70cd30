"""The interface speaks English and Arabic: every text is in the catalogue, and the compiled catalogue is that one."""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from searchapp.facets import BUILT_IN
from searchapp.reports.urls import LANGUAGES
from searchapp.web.languages import CATALOGUES
from tests.web.reading import one, page_of, words

PROJECT = Path(__file__).resolve().parent.parent.parent
KEYWORDS = {"_": None, "say": None, "N_": None, "n_": (1, 2), "count": (1, 2)}
SOURCES = [("searchapp/reports/**.py", "python"), ("searchapp/web/**.py", "python"), ("templates/**.html", "jinja2")]


def catalogue(language: str) -> Catalog:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def texts() -> set[str]:
    """Every text that templates and reports say, the singular where it is counted."""
    found = extract_from_dir(
        PROJECT, SOURCES, {path: {"trim_blocks": "true", "lstrip_blocks": "true"} for path, _ in SOURCES}, KEYWORDS,
        directory_filter=lambda path: not Path(path).name.startswith("."),
    )  # fmt: skip
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_left_over(texts: set[str], language: str) -> None:
    listed = {message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue(language)}
    del listed[""]
    assert set(listed) == texts
    said = {text: (message.string,) if isinstance(message.string, str) else message.string for text, message in listed.items()}
    assert [text for text, forms in said.items() if not all(forms)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_what_the_text_fills_in(language: str) -> None:
    for message in catalogue(language):
        assert [str(error) for error in message.check()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_texts(language: str) -> None:
    with (CATALOGUES / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for message in catalogue(language):
        if not isinstance(message.id, str):
            said = {compiled.ngettext(message.id[0], message.id[1], number) for number in range(200)}
            assert said == set(message.string)
        elif message.id:
            assert compiled.gettext(message.id) == message.string


def test_what_the_built_in_facets_say_is_translated() -> None:
    known = {message.id for message in catalogue("ar")}
    for spec in BUILT_IN:
        said = {spec.label, spec.plural, spec.description, spec.none_label} - {""}
        assert said <= known, spec.name


def test_the_address_or_the_browser_chooses_the_language(client: FlaskClient) -> None:
    assert one(page_of(client, "/search?ui=ar"), "html")["dir"] == "rtl"
    answer = client.get("/search", headers={"Accept-Language": "ar-SY,en;q=0.5"})
    assert '<html lang="ar" dir="rtl">' in answer.text
    assert answer.headers["ETag"] != client.get("/search").headers["ETag"]
    assert one(page_of(client, "/search"), "html")["lang"] == "en"


def test_a_chosen_language_stays_with_every_link(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=haftar&ui=ar")
    for link in page.select("main a[href^='/'], aside a[href^='/'], .ways-in a"):
        assert "ui=" in str(link["href"]) or str(link["href"]).startswith("/api/"), link
    assert [str(field["value"]) for field in page.select("search input[name=ui]")] == ["ar"]


def test_arabic_counts_as_arabic_does(client: FlaskClient) -> None:
    assert words(one(page_of(client, "/search?q=haftar&outlet=Reuters&ui=ar"), "h1")) == "مقال واحد"
    assert words(one(page_of(client, "/search?ui=ar"), "h1")) == "21 قصة"


@pytest.mark.parametrize(
    "url", ["/", "/search?q=haftar", "/document/d01", "/facets/outlet", "/facets/actor/evidence?value=nobody", "/about",
            "/advanced", "/help", "/api", "/document/none", "/nowhere", "/search?page=x"]
)  # fmt: skip
def test_caches_are_told_that_a_page_depends_on_the_language(client: FlaskClient, url: str) -> None:
    answer = client.get(url)
    assert answer.mimetype == "text/html"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_page_that_holds_still_tells_it_too_and_json_does_not(client: FlaskClient) -> None:
    known = {"If-None-Match": client.get("/search").headers["ETag"]}
    again = client.get("/search", headers=known)
    assert again.status_code == 304
    assert "Accept-Language" in again.headers["Vary"]
    for url in ("/api/search", "/api/about", "/api/nowhere", "/opensearch.xml", "/document/d01.ris"):
        assert "Accept-Language" not in client.get(url).headers.get("Vary", ""), url
