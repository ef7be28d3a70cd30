"""What the tests of seeds share: reading a folder into a dictionary, and writing web archives byte by byte."""

from __future__ import annotations

import uuid
from pathlib import Path

from searchapp.errors import IngestError
from searchapp.ingest.seeds import PathPattern, Root, iter_raw
from searchapp.model import RawFile


def read(path: Path, pattern: str | None = None) -> dict[str, RawFile | IngestError]:
    """What is found under the path, by key; no key is found twice."""
    compiled = PathPattern.compile(pattern) if pattern else None
    found = [raw for raw, _ in iter_raw(Root("root", path), compiled)]
    by_key = {raw.key: raw for raw in found}
    assert len(by_key) == len(found)
    return by_key


def notes(path: Path) -> list[str]:
    """What was refused of what is declared, in order."""
    return [note for _, refused in iter_raw(Root("root", path)) for note in refused]


def raw(found: RawFile | IngestError) -> RawFile:
    assert isinstance(found, RawFile), found
    return found


def claims(found: RawFile | IngestError) -> dict[str, tuple[str | None, str]]:
    return {name: (claim.value, claim.origin) for name, claim in raw(found).declared.items()}


def problem(found: RawFile | IngestError) -> str:
    assert isinstance(found, IngestError)
    return f"{'skipped' if found.skipped else 'failed'}: {found.reason}"


def warc_record(
    body: bytes, kind: str = "response", *, url: str = "https://news.example/a", name: str | None = None,
    media: str = "application/http;msgtype=response", more: str = "",
) -> bytes:  # fmt: skip
    """One record of a web archive, as it stands in an uncompressed file."""
    name = name or str(uuid.uuid5(uuid.NAMESPACE_URL, f"{url} {len(body)}"))
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{name}>\r\nWARC-Date: 2020-06-08T12:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def http_answer(body: bytes, media: str = "text/html", *, status: str = "200 OK", more: str = "") -> bytes:
    """An HTTP answer as servers send it."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body
