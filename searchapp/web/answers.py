"""How is an answer sent to a script? JSON with the tag, the links and the times that belong to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from flask import Response, request

from searchapp.model import Results

PRIVATE = "private, no-cache"
"""Only the reader's own browser may keep an answer, and it asks whether it still holds."""


def json(plain: dict[str, Any], *, status: int = 200) -> Response:
    """The object as JSON, without blanks."""
    response = Response(msgspec.json.encode(plain), status=status, content_type="application/json")
    response.headers["Cache-Control"] = PRIVATE
    return response


def tagged(response: Response, etag: str) -> Response:
    """The response with the tag by which a client can ask whether it still holds."""
    response.set_etag(etag)
    response.headers["Cache-Control"] = PRIVATE
    return response


def once(etag: str, answer: Callable[[], Response]) -> Response:
    """The answer, which is not made for a client that has the one with this tag already."""
    return tagged(Response(status=304) if request.if_none_match.contains(etag) else answer(), etag)


def timings(results: Results) -> str:
    """The value of the Server-Timing header: milliseconds by step."""
    return ", ".join(f"{name};dur={seconds * 1000:.1f}" for name, seconds in results.timings.items())


def link(response: Response, links: Iterable[tuple[str, str | None]]) -> None:
    """Name what else there is (RFC 8288): relation and URL, of which some may not be there."""
    for relation, url in links:
        if url is not None:
            response.headers.add("Link", f'<{url}>; rel="{relation}"')
