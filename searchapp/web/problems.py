"""How does an error look? Problem details (RFC 9457) to a script, a page that says what to do to a person."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException

from searchapp.errors import LimitExceeded, QueryError, SearchappError
from searchapp.web.archive import Archive

logger = logging.getLogger(__name__)


def register(app: Flask, archive: Archive) -> None:
    """Answer every error of ours, of HTTP and of the program with the right status and nothing private."""

    @app.errorhandler(SearchappError)
    def ours(error: SearchappError) -> Response:
        if error.status >= 500:
            logger.error("%s: %s", type(error).__name__, error)
        return _answer(archive, _details(error))

    @app.errorhandler(HTTPException)
    def of_http(error: HTTPException) -> Response:
        details = {"title": error.name, "status": error.code or 500, "detail": error.description or error.name}
        return _answer(archive, details)

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        logger.exception("unforeseen error", exc_info=error)
        detail = "The program failed. The log says where; nothing in the archive was changed."
        return _answer(archive, {"title": "Something went wrong", "status": 500, "detail": detail})


def _details(error: SearchappError) -> dict[str, Any]:
    details: dict[str, Any] = {"title": error.title, "status": error.status, "detail": str(error)}
    if isinstance(error, QueryError):
        details["param"] = error.param
        if error.nearest:
            details["nearest"] = error.nearest
    if isinstance(error, LimitExceeded):
        details["limit"] = error.limit
    return details


def _answer(archive: Archive, details: dict[str, Any]) -> Response:
    if request.path.startswith("/api/") or request.path in ("/healthz", "/readyz"):
        body = json.dumps({"type": "about:blank", **details})
        return Response(body, status=details["status"], content_type="application/problem+json")
    page = render_template("error.html", problem=details, typed=request.args.get("q", ""))
    return Response(page, status=details["status"])
