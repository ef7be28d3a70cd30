"""What does OpenAPI say of the JSON endpoints? Made of their rules, their docstrings, their readers and their types."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from types import GenericAlias
from typing import Annotated, Any, Literal

import msgspec
from flask import Flask
from msgspec import Meta
from spectree import Response, SpecTree
from spectree.model_adapter import get_msgspec_model_adapter

from searchapp import __version__
from searchapp.facets import FacetSet
from searchapp.reports import archive_shapes, document_shapes, shapes, urls
from searchapp.reports.meanings import MEANINGS, of_choosing, of_excluding
from searchapp.reports.own_parameters import Readers
from searchapp.reports.parameter_values import Reader, as_given
from searchapp.web.api import ENDPOINTS, Api, Endpoint

Plain = dict[str, Any]

ANSWERS: dict[str, type] = {
    "search": shapes.SearchAnswer,
    "by_address": document_shapes.DocumentsAnswer,
    "document": document_shapes.WholeDocument,
    "similar": shapes.SearchAnswer,
    "copies": document_shapes.CopiesAnswer,
    "facet": shapes.PageOfValues,
    "evidence": document_shapes.EvidenceAnswer,
    "complete": document_shapes.Completed,
    "about": archive_shapes.AboutAnswer,
}
_PATHS = {"identifier": "The id of a document", "name": "The name of a facet"}
_NARROW = {"enum", "pattern", "minimum"}
"""What forbids a blank text."""
_BLANK = {"type": "string", "pattern": r"^[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*$"}
"""What asks nothing: white space alone, each character that `str.isspace` counts as such."""
_NOTHING_ASKED = {"$ref": "#/components/schemas/Blank"}

_OF_EVERY_FACET = {"Facets": "CountedFacet", "Filters": "ChosenInFacet"}


@lru_cache(maxsize=4)
def described(facets: FacetSet) -> Plain:
    """The OpenAPI 3.1 description of the API of an archive with these facets."""
    spec = SpecTree(
        "flask", model_adapter=get_msgspec_model_adapter(), title="searchapp", version=__version__, mode="strict",
        description="Search an archive of news: the same questions as the pages ask, answered in JSON.",
        annotations=False, page_templates={}, naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda parent, child: child, validation_error_model=shapes.Problem,
    )  # fmt: skip
    # Described are functions of the same names: the real ones answer without a layer around them.
    app = Flask("description")
    for endpoint in ENDPOINTS:
        parameters = _parameters(endpoint, facets)
        describe = spec.validate(
            query=_model(endpoint.name, parameters), resp=_responses(endpoint.name), skip_validation=True,
            path_parameter_descriptions=_PATHS, operation_id=endpoint.name,
        )  # fmt: skip
        app.add_url_rule(endpoint.rule, endpoint.name, describe(getattr(Api, endpoint.name)), methods=["GET"])
    spec.app = app
    with app.app_context():
        return _finished(msgspec.json.decode(msgspec.json.encode(spec.spec)), facets)


def written(facets: FacetSet) -> str:
    """The description as a file, the same for the same facets."""
    text = msgspec.json.format(msgspec.json.encode(described(facets), order="deterministic"), indent=1)
    return f"{text.decode()}\n"


Parameter = tuple[str, Any, str]
"""Its name, the type of its values, what it means."""


def _parameters(endpoint: Endpoint, facets: FacetSet) -> Iterable[Parameter]:
    asked = [*_of_search(facets), *_filters(facets)] if endpoint.asks else []
    once: Readers = {"ui": urls.ONCE["ui"], **endpoint.own}
    own = [(name, reader.kind, MEANINGS[name]) for name, reader in once.items()]
    taken = {*endpoint.leaves_out, *(name for name, _, _ in own)}
    return [*(one for one in asked if one[0] not in taken), *own]


def _of_search(facets: FacetSet) -> Iterable[Parameter]:
    names = {
        "missing": [spec.name for spec in facets.shown],
        "-missing": [spec.name for spec in facets.shown],
        "any": [spec.name for spec in facets.shown if spec.combine == "and"],
        "facets": list(facets.names),
    }
    once: dict[str, Reader] = {**urls.ONCE, "cursor": as_given}
    yield from ((name, reader.kind, MEANINGS[name]) for name, reader in once.items())
    many = {name: reader.kind for name, reader in urls.REPEATED.items()}
    many |= {name: Literal[tuple(allowed)] for name, allowed in names.items()}
    yield from ((name, GenericAlias(list, kind), MEANINGS[name]) for name, kind in many.items())


def _filters(facets: FacetSet) -> Iterable[Parameter]:
    for spec in facets.shown:
        if spec.name != "date":
            yield spec.name, list[str], of_choosing(spec)
            yield f"-{spec.name}", list[str], of_excluding(spec)


def _model(name: str, parameters: Iterable[Parameter]) -> type:
    """A structure of these parameters, none of which must be given."""
    fields: list[tuple[str, Any, Any]] = []
    written_as: dict[str, str] = {}
    for place, (parameter, kind, meaning) in enumerate(parameters):
        told = Annotated[kind, Meta(description=meaning)] | msgspec.UnsetType  # type: ignore[valid-type]
        fields.append((f"parameter_{place}", told, msgspec.UNSET))
        written_as[f"parameter_{place}"] = parameter
    return msgspec.defstruct(f"{name}_parameters", fields, rename=written_as)


def _responses(name: str) -> Response:
    return Response(
        "HTTP_304", HTTP_200=ANSWERS[name], HTTP_404=shapes.Problem, HTTP_410=shapes.Problem,
        HTTP_422=shapes.Problem, HTTP_503=shapes.Problem,
    )  # fmt: skip


def _finished(plain: Plain, facets: FacetSet) -> Plain:
    """With what types cannot say: how problems are sent, which parameters must be given, an archive's own facets."""
    schemas = plain["components"]["schemas"]
    for name in [name for name in schemas if name.endswith("_parameters")]:
        del schemas[name]
    schemas["Blank"] = _BLANK
    for name, kind in _OF_EVERY_FACET.items():
        for spec in facets.own:
            schemas[name]["properties"][spec.name] = {"$ref": f"#/components/schemas/{kind}"}
    for spec in facets.own:
        entries = {"type": "array", "items": {"$ref": "#/components/schemas/Entry"}}
        schemas["Result"]["properties"][spec.name] = entries
    needed = {endpoint.name: endpoint.needs for endpoint in ENDPOINTS}
    for operations in plain["paths"].values():
        _finish(operations["get"], needed[operations["get"]["operationId"]])
    del plain["security"], plain["tags"]
    return plain


def _finish(operation: Plain, needed: tuple[str, ...]) -> None:
    for parameter in operation["parameters"]:
        parameter["schema"].pop("description", None)
        parameter["required"] = parameter["in"] == "path" or parameter["name"] in needed
        schema = parameter["schema"].get("items", parameter["schema"])
        if _NARROW & schema.keys() and not parameter["required"]:
            # Forms send every field they have, and a blank one asks nothing.
            told = schema.copy()
            schema.clear()
            schema["anyOf"] = [told, _NOTHING_ASKED]
    for status, response in operation["responses"].items():
        if status >= "400":
            response["content"] = {"application/problem+json": response["content"].pop("application/json")}
