"""A citation has what is known of a document, and nothing in it breaks out of its field."""

from __future__ import annotations

from dataclasses import replace

from searchapp.model import ABSENT, Claim
from searchapp.reports.citing import bibtex, citation, ris
from searchapp.reports.wording import ENGLISH
from tests.engine.corpus import document

FOUND = document("c1", "Men & money: 100 % {sic}", "Text.", outlet="IranWire", date="2020-04-29", url="https://example.org/a{b}")


def test_the_plain_line_has_what_is_known() -> None:
    parts = citation(FOUND, ENGLISH)
    assert (parts["title"], parts["outlet"], parts["date"]) == ("Men & money: 100 % {sic}", "IranWire", "29 April 2020")
    assert citation(replace(FOUND, date=ABSENT), ENGLISH)["date"] == "undated"


def test_a_ris_record_has_a_tag_a_line() -> None:
    lines = ris(FOUND).split("\r\n")
    assert lines[0] == "TY  - NEWS" and lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2020/04/29/" in lines and "PY  - 2020" in lines and "T2  - IranWire" in lines
    month = replace(FOUND, date=Claim("2020-04", "declared", precision="month"))
    assert "DA  - 2020/04//" in ris(month)
    assert "DA" not in ris(replace(FOUND, date=Claim("2020", "declared", precision="year")))


def test_a_line_break_begins_no_other_field() -> None:
    forged = replace(FOUND, title=Claim("A\nER  - \nTY  - BOOK", "declared"))
    assert ris(forged).count("\r\nER  -") == 1 and "\nTY" not in ris(forged)


def test_what_means_something_to_bibtex_is_escaped() -> None:
    written = bibtex(FOUND)
    assert r"title = {Men \& money: 100 \% \{sic\}}," in written
    assert "url = {https://example.org/a%7Bb%7D}," in written
    assert "date = {2020-04-29}," in written
    assert written.count("{") - written.count(r"\{") == written.count("}") - written.count(r"\}")
    assert "journal" not in bibtex(replace(FOUND, outlet=ABSENT))
