"""Which headers keep a page to itself? A policy without inline code, no sniffing, no framing, no crawling."""

from __future__ import annotations

from flask import Flask, Response, request

from searchapp.config import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def register(app: Flask, settings: Settings) -> None:
    """Put the headers on every answer, and say in robots.txt what may be crawled."""

    @app.get("/robots.txt")
    def robots() -> Response:
        return Response(f"User-agent: *\nDisallow: {'' if settings.public else '/'}\n", mimetype="text/plain")

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        if not settings.public:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if settings.cors and request.path.startswith("/api/"):
            _share(response, settings.cors)
        return response


def _share(response: Response, origin: str) -> None:
    """Let scripts of this origin read the answer; before one that sends a tag, a browser asks whether it may."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Server-Timing"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
