"""How does an error look? Problem details (RFC 9457) to a script, a page that says what to do to a person."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

from searchapp.errors import Gone, IndexNotReady, LimitExceeded, QueryError, SearchappError
from searchapp.reports import urls
from searchapp.web.answers import PRIVATE
from searchapp.web.templating import render

logger = logging.getLogger(__name__)

RETRY = 10
"""Seconds after which it is worth asking again what could not be answered."""


def register(app: Flask) -> None:
    """Answer every error of ours, of HTTP and of the program with the right status and nothing private."""

    @app.errorhandler(SearchappError)
    def ours(error: SearchappError) -> Response:
        if error.status >= 500:
            logger.error("%s: %s", type(error).__name__, error)
        return _answer(_details(error), ingest=isinstance(error, IndexNotReady))

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        details = {"title": error.name, "status": error.code or 500, "detail": error.description or error.name}
        answer = _answer(details)
        answer.headers.extend({name: value for name, value in error.get_headers() if name == "Allow"})
        return answer

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        logger.exception("unforeseen error", exc_info=error)
        detail = "The program failed. The log says where; nothing in the archive was changed."
        return _answer({"title": "Something went wrong", "status": 500, "detail": detail})


def _details(error: SearchappError) -> dict[str, Any]:
    details: dict[str, Any] = {"title": error.title, "status": error.status, "detail": str(error)}
    if isinstance(error, QueryError):
        details["param"] = error.param
        if error.nearest:
            details["nearest"] = error.nearest
    if isinstance(error, LimitExceeded):
        details["limit"] = error.limit
    if isinstance(error, Gone):
        details.update({name: said for name in ("date", "reason") if (said := getattr(error, name))})
    return details


def _answer(details: dict[str, Any], *, ingest: bool = False) -> Response:
    if request.path.startswith("/api/") or request.path in ("/healthz", "/readyz"):
        body = json.dumps({"type": "about:blank", **details})
        answer = Response(body, status=details["status"], content_type="application/problem+json")
    else:
        answer = Response(_page(details, ingest=ingest), status=details["status"])
    answer.headers["Cache-Control"] = PRIVATE
    if details["status"] == 503:
        answer.headers["Retry-After"] = str(RETRY)
    return answer


def _page(details: dict[str, Any], *, ingest: bool) -> str:
    """The error as a page; the words stay in the box, and with them the rest of the question that is not at fault."""
    param = details.get("param")
    rest = [(name, value) for name, value in request.args.items(multi=True) if name not in ("q", "page", param)]
    typed = request.args.get("q", "")
    without = urls.join([("q", typed), *rest] if typed else rest, request.path) if param and param != "q" else None
    return render(
        "error.html", problem={"param": None, **details, "ingest": ingest, "without": without},
        typed=typed, kept=rest, within=None, cleared=None,
    )  # fmt: skip
