"""Where does one read what the API is? As a page at /api, and as OpenAPI beside it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from searchapp.web.answers import json, once
from searchapp.web.api import NOTHING
from searchapp.web.archive import Archive
from searchapp.web.description import described
from searchapp.web.templating import render

Plain = dict[str, Any]

EXAMPLES = {
    "search": "/api/search?q=libya&facets=outlet&per_page=5",
    "by_address": "/api/documents?url=https://example.org/",
    "facet": "/api/facets/outlet?order=label",
    "complete": "/api/complete?prefix=li",
    "about": "/api/about",
}
"""An address for each endpoint that can be tried in any archive."""

_NO_BOX: Plain = {"typed": "", "kept": [], "within": "", "cleared": None, "chips": []}


def blueprint(archive: Archive) -> Blueprint:
    """The page and the file."""
    rules = Blueprint("reference", __name__)

    @rules.get("/api")
    def page() -> Response:
        endpoints = [endpoint_of(path, one["get"]) for path, one in described(archive.engine.facets)["paths"].items()]
        return Response(render("api.html", endpoints=endpoints, **_NO_BOX))

    @rules.get("/api/openapi.json")
    def openapi() -> Response:
        servers = [{"url": archive.base_url()}]
        return once(archive.etag(NOTHING), lambda: json({**described(archive.engine.facets), "servers": servers}))

    return rules


def endpoint_of(path: str, operation: Plain) -> Plain:
    """What the page says of one endpoint."""
    return {
        "name": operation["operationId"],
        "path": path,
        "summary": operation["summary"],
        "example": EXAMPLES.get(operation["operationId"]),
        "parameters": [
            {
                "name": one["name"],
                "place": one["in"],
                "required": one["required"],
                "values": values_of(one["schema"]),
                "meaning": one["description"],
            }
            for one in operation["parameters"]
        ],
        "statuses": sorted(operation["responses"]),
    }


def values_of(schema: Plain) -> str:
    """In words, what the value of a parameter may be."""
    if schema.get("type") == "array":
        return f"{values_of(schema['items'])}; may be repeated"
    if "anyOf" in schema:
        # The other one is a blank, which asks nothing.
        return values_of(schema["anyOf"][0])
    if "enum" in schema:
        return " · ".join(schema["enum"])
    if schema.get("type") == "integer":
        return f"{schema['minimum']:,} to {schema['maximum']:,}"
    if "pattern" in schema:
        return "2020, 2020-06 or 2020-06-08"
    longest = schema.get("maxLength")
    return f"text of at most {longest:,} characters" if longest else "text"
