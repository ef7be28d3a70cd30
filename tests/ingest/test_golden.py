"""What is made of whole pages: what stays, what goes and why, title, author and date, trap by trap."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from searchapp.ingest.clean import clean
from searchapp.ingest.dates import find_date
from searchapp.ingest.headline import find_headline
from searchapp.ingest.parse import parse
from searchapp.model import RawFile

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".txt", ".html"))
TODAY = datetime.date(2026, 1, 1)


def described(path: Path) -> str:
    """The page as its golden file writes it: the claims, then each block with `+` or with the reason why it goes."""
    page = parse(RawFile(f"golden/{path.name}", path.read_bytes()))
    headline = find_headline(page, clean(page), {})
    date = find_date(page, headline.date, None, TODAY)
    claims = [("title", headline.title), ("author", headline.author), ("date", date)]
    lines = [f"{name}: {claim.value} ({claim.status}, {claim.origin})" for name, claim in claims]
    lines += [f"{'+' if block.kept else f'[{block.reason}]'} {block.text}" for block in headline.blocks]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_made_into_what_its_golden_file_says(path: Path) -> None:
    assert described(path) == path.with_suffix(".gold").read_text(encoding="utf-8")
