"""What does a raw file show? Its blocks in reading order, and what its markup says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from msgspec import structs

from searchapp.errors import IngestError
from searchapp.ingest.data.scrubbing import scrubbed
from searchapp.ingest.parse import markup, plain
from searchapp.ingest.parse.decode import Decoded, Undecodable, decode, is_binary
from searchapp.ingest.parse.metadata import hints_of
from searchapp.ingest.parse.searching import searched_day
from searchapp.ingest.parse.tree import tree_of
from searchapp.ingest.parse.voting import require_libraries, voted
from searchapp.model import Block, Layout, Page, RawFile

__all__ = ["MAX_BLOCKS", "MAX_CHARACTERS", "MAX_MARKUP", "parse", "require_libraries"]

MAX_CHARACTERS = 500_000
"""Of a page's text; what comes after is left out and the page says so."""

MAX_MARKUP = 4_000_000
"""Characters of a page's source; news pages measured stay under 3,000,000."""

MAX_BLOCKS = 50_000
"""Of a page; the largest of the 778 development pages has 3,000."""

_MARKUP = (".html", ".htm")


def parse(raw: RawFile, *, dated: bool = True, votes: bool = False) -> Page:
    """The page of a file or record, not yet cleaned; `hints["encoding"]` names how its bytes were read.

    Pages whose markup names no date are searched for one where it is `dated`: nothing of cleaning asks for it.
    With `votes` two libraries say of each block of markup how much of it they would keep.
    `site` is the declared outlet, else the host of the page's address, else None. IngestError where there is no
    text: skipped for empty and binary files, failed for undecodable ones.
    """
    if raw.record is not None:
        return _record(raw, raw.record, dated=dated, votes=votes)
    if not raw.data.strip():
        raise IngestError(raw.key, "parse", "is empty", skipped=True)
    is_markup = _is_markup(raw)
    decoded = _decoded(raw, is_markup)
    hints = {"encoding": (decoded.encoding,)}
    page = _markup(raw, decoded.text, hints, dated=dated, votes=votes) if is_markup else _plain(raw, decoded.text, hints)
    if not page.blocks and page.truncated:
        raise IngestError(raw.key, "parse", "holds no text before the place where it is cut off")
    if not page.blocks:
        raise IngestError(raw.key, "parse", "holds no text", skipped=True)
    return page


def _is_markup(raw: RawFile) -> bool:
    if raw.kind is None:
        return PurePosixPath(raw.key.lower().removesuffix(".gz")).suffix in _MARKUP
    return raw.kind == "html"


def _decoded(raw: RawFile, is_markup: bool) -> Decoded:
    if is_binary(raw.data):
        raise IngestError(raw.key, "parse", "is binary, not text", skipped=True)
    try:
        return decode(raw.data, markup=is_markup, charset=raw.charset)
    except Undecodable as error:
        raise IngestError(raw.key, "parse", str(error)) from error


def _record(raw: RawFile, record: Mapping[str, object], *, dated: bool, votes: bool) -> Page:
    """A record's page: of its text, taken as clean; else of its raw text or its markup; else one without blocks."""
    for name in ("text", "raw", "html"):
        value = record.get(name)
        if value is None:
            continue
        if not isinstance(value, str):
            raise IngestError(raw.key, "parse", f"its {name} is no text")
        if name == "html":
            return _markup(raw, value, {}, dated=dated, votes=votes)
        return _plain(raw, value, {}, clean=name == "raw")
    if not raw.declared and not record.get("id"):
        raise IngestError(raw.key, "parse", "has neither id, title nor text", skipped=True)
    return _page(raw, Page(raw.key, ()))


def _plain(raw: RawFile, text: str, hints: Mapping[str, tuple[str, ...]], *, clean: bool = True) -> Page:
    readable = scrubbed(text[:MAX_CHARACTERS])
    blocks, layout, more = _first(plain.blocks_of(readable, rejoin=clean))
    truncated = raw.truncated or more or len(readable) < len(text)
    return _page(raw, Page(raw.key, blocks, hints=hints, clean=clean, truncated=truncated, layout=layout))


def _markup(
    raw: RawFile, source: str, hints: Mapping[str, tuple[str, ...]], *, dated: bool, votes: bool
) -> Page:
    readable = markup.readable(scrubbed(source[:MAX_MARKUP]))
    with tree_of(readable) as tree:
        blocks, layout, more = _first(markup.blocks_of(tree, readable))
        said = {**hints, **hints_of(tree)}
    truncated = raw.truncated or more or len(readable) < len(source)
    if dated and not any(name in said for name in ("json-ld:date", "meta:date")):
        said["search"] = searched_day(readable, blocks) or ()
    if votes:
        layout = voted(readable, blocks, layout)
    return _page(raw, Page(raw.key, blocks, hints=said, truncated=truncated, layout=layout))


def _first(blocks: Iterator[tuple[Block, Layout]]) -> tuple[tuple[Block, ...], tuple[Layout, ...], bool]:
    """As many blocks and characters as allowed, how they stand, and whether there are more."""
    first: list[Block] = []
    layout: list[Layout] = []
    left = MAX_CHARACTERS
    for block, stands in blocks:
        if len(first) == MAX_BLOCKS:
            return tuple(first), tuple(layout), True
        left -= len(block.text)
        if left < 0:
            kept = block.text[:left].rstrip()
            if kept:
                first.append(structs.replace(block, text=kept))
                layout.append(stands)
            return tuple(first), tuple(layout), True
        first.append(block)
        layout.append(stands)
    return tuple(first), tuple(layout), False


def _page(raw: RawFile, page: Page) -> Page:
    """The page with its address and its site, which are declared or said by its markup."""
    declared = raw.declared.get("url")
    said = (declared.value or "" if declared else "", *page.hints.get("canonical", ()), *page.hints.get("og:url", ()))
    url = next((one for one in said if _host(one)), None)
    outlet = raw.declared.get("outlet")
    site = (outlet.value if outlet else None) or _host(url or "")
    return replace(page, site=site, url=url)


def _host(url: str) -> str | None:
    """The host of a web address without `www.`; None for anything else."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host and parts.scheme in ("http", "https") else None
