"""What the archive's clean.yaml says of a line overrules models and rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchapp.errors import ConfigError
from searchapp.ingest.clean import Orders, clean
from searchapp.model import Block, Page

PROSE = (
    "The council of the valley met on Tuesday to decide who may draw water from the river in a dry year.",
    "Its members heard the farmers first, who said that the pears of the valley could not wait for the rain.",
    "Then the miller spoke for the town, and nobody left the hall before the river itself had been discussed.",
)
WRITTEN = """
Valley Post:
  keep: [Breadcrumb, "5 min read"]
  drop: ["Then the miller spoke for the town, and nobody left the hall before the river itself had been discussed!"]
"*":
  drop: [Breadcrumb, "Pear prices"]
"""


def orders(folder: Path, text: str) -> Orders:
    (folder / "clean.yaml").write_text(text, encoding="utf-8")
    return Orders.read(folder)


def kept(lines: tuple[str, ...], site: str | None, said: Orders) -> list[str]:
    page = Page("r/a.txt", tuple(Block(line, 0, len(line)) for line in lines), site)
    return [block.text for block in clean(page, orders=said) if block.kept]


def test_a_line_stays_or_goes_as_the_archive_says_on_its_own_site_before_all_sites(tmp_path: Path) -> None:
    said = orders(tmp_path, WRITTEN)
    lines = ("Breadcrumb", "9 min read", *PROSE, "Pear prices", PROSE[0])
    assert kept(lines, "valley post", said) == ["Breadcrumb", "9 min read", *PROSE[:2], PROSE[0]]
    assert kept(lines, "other.example", said) == [*PROSE, PROSE[0]]


def test_a_line_that_was_ordered_away_says_so(tmp_path: Path) -> None:
    page = Page("r/a.txt", tuple(Block(line, 0, 1) for line in (*PROSE, "Pear prices", *PROSE)))
    assert clean(page, orders=orders(tmp_path, WRITTEN))[3].reason == "dropped by clean.yaml"


def test_no_file_orders_nothing(tmp_path: Path) -> None:
    assert (Orders.read(tmp_path), Orders.read(None), orders(tmp_path, "")) == (Orders(), Orders(), Orders())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a", "must name sites"), ("a: [b]", "keep"), ("a: {kept: [b]}", "keep"), ("a: {keep: b}", "list of lines"),
        ("a: {keep: ['...']}", "without a word"), ("a: {keep: [B], drop: [b]}", "both kept and dropped"), ("a: {", "line 1, column "),
    ],
)  # fmt: skip
def test_a_file_that_is_not_understood_is_refused_with_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        orders(tmp_path, text)
