"""What does a page show? Read from its HTML the way a person reads it: total, rows, cards, chips."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


@dataclass(frozen=True)
class Row:
    """A row of a facet: its label, the number it shows with its sign, and where its links lead."""

    label: str
    number: str
    url: str
    exclude_url: str | None
    name: str
    """What a screen reader says of the link."""

    chosen: bool
    excluded: bool


def page_of(client: FlaskClient, url: str, *, status: int = 200) -> BeautifulSoup:
    """The page behind the URL, parsed."""
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code, answer.text[:500])
    assert answer.mimetype == "text/html"
    return BeautifulSoup(answer.data, "lxml")


def envelope_of(client: FlaskClient, url: str) -> dict[str, Any]:
    """The JSON behind the URL."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code, answer.text[:500])
    found: dict[str, Any] = answer.get_json()
    return found


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """The first element that the selector finds."""
    found = page.select_one(selector)
    assert found is not None, f"nothing is {selector}"
    return found


def words(element: Tag) -> str:
    """The text of an element as one line."""
    return " ".join(element.get_text().split())


def total_of(page: BeautifulSoup) -> int:
    """The number in the heading."""
    found = re.match(r"[\d,]+", words(one(page, "h1")))
    assert found, words(one(page, "h1"))
    return int(found[0].replace(",", ""))


def rows_of(page: BeautifulSoup, facet: str) -> list[Row]:
    """The rows of the facet's panel, its none row last."""
    section = page.select_one(f"#facet-{facet}")
    if section is None:
        return []
    panel = section.find_parent("section")
    assert panel is not None
    return [row_of(row) for row in panel.select(".row")]


def labels_of(element: Tag) -> list[str]:
    """The labels of the rows within an element."""
    return [words(label) for label in element.select(".label")]


def row_of(row: Tag) -> Row:
    link, out = one(row, "a.value"), row.select_one("a.not")
    number = one(link, ".n")
    digits = re.search(r"[+-]?\d[\d,]*", number.get_text())
    assert digits is not None
    classes = list(row.get("class") or [])
    return Row(
        words(one(link, ".label")),
        digits[0].replace(",", ""),
        str(link["href"]),
        str(out["href"]) if out else None,
        spoken(link),
        "is-chosen" in classes,
        "is-out" in classes,
    )


def spoken(element: Tag) -> str:
    """The accessible name of a link: its label, else its text without what is hidden from a screen reader."""
    if element.get("aria-label"):
        return " ".join(str(element["aria-label"]).split())
    copy = BeautifulSoup(str(element), "lxml")
    for hidden in copy.select("[aria-hidden=true]"):
        hidden.decompose()
    return words(copy)


def bars_of(page: BeautifulSoup) -> list[str]:
    """Where the bars of the histogram lead."""
    return [str(link["href"]) for link in page.select(".bars a")]


def titles_of(page: BeautifulSoup) -> list[str]:
    """The headings of the results, in order."""
    return [words(heading) for heading in page.select(".hit h3")]


def hidden(form: Tag) -> list[tuple[str, str]]:
    """What a form carries along."""
    return [(str(field["name"]), str(field["value"])) for field in form.select("input[type=hidden]")]


def link(page: Tag, text: str) -> str:
    """Where the link with this text leads."""
    found = [str(element["href"]) for element in page.select("a") if words(element) == text]
    assert found, f"no link is {text!r}"
    return found[0]
