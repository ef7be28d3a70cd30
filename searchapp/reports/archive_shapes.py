"""What is in the JSON about the archive as a whole?"""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from searchapp.reports.shapes import Count

Share = Annotated[float, Meta(ge=0, le=100)]


class Cell(TypedDict):
    """The articles of an outlet in a month or year."""

    count: Count
    url: str
    share: Annotated[Share, Meta(description="Percent of the fullest cell, rounded up")]


class CoveredOutlet(TypedDict):
    """An outlet with its articles in each column."""

    label: str
    count: Count
    undated: Count
    url: str
    cells: list[Cell]


class Without(TypedDict):
    """How many articles lack a value of a facet."""

    name: str
    label: str
    count: Count
    share: Annotated[Share, Meta(description="Percent of all articles")]
    url: str


class ReasonLeftOut(TypedDict):
    """Why no article was made of files or records."""

    reason: str
    failed: Annotated[bool, Meta(description="False: it never was an article, as an empty file")]
    count: Count
    files: Annotated[list[str], Meta(description="The first of them; none in a public archive")]


class FilesLeftOut(TypedDict):
    """Of which files no article was made, as of the last ingest."""

    run: str
    failed: Count
    skipped: Count
    reasons: list[ReasonLeftOut]
    more: Annotated[int, Meta(ge=0, description="How many more there are, of reasons that are not listed")]


class TakenDown(TypedDict):
    """When and why a document was taken down."""

    named: Annotated[str | None, Meta(description="Its id, hash or address; null in a public archive")]
    date: str | None
    reason: str | None


class AboutAnswer(TypedDict):
    """What the archive holds, which files are left out, and what was taken down; copies are counted one by one."""

    documents: Count
    stories: Count
    outlets: Count
    columns: Annotated[list[str], Meta(description="Months or years")]
    rows: list[CoveredOutlet]
    more_outlets: Count
    outlets_url: str
    without: list[Without]
    left_out: FilesLeftOut | None
    taken_down: list[TakenDown]
