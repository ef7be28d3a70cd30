"""How does a script read on where it stopped, at any depth and of one generation? By a signed cursor."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from itsdangerous import BadSignature, URLSafeSerializer

from searchapp.engine.base import Engine
from searchapp.errors import Gone, NotFound, QueryError
from searchapp.facets import FacetSet
from searchapp.model import SearchQuery
from searchapp.reports import urls


def write_cursor(query: SearchQuery, engine: Engine, secret: str | None) -> str:
    """The cursor of `query` from its offset on, bound to the generation that `engine` answers from."""
    generation = query.generation or engine.info().generation
    plain = replace(query, page=1, start=None, generation=None)
    asked = urlencode(urls.parameters(plain, engine.facets))
    return _signer(engine, generation, secret).dumps([generation, query.offset, asked])


def read_cursor(text: str, engine: Engine, secret: str | None) -> SearchQuery:
    """The query that the cursor goes on with; Gone when its generation is, QueryError when it was not given by us."""
    loaded = URLSafeSerializer("").loads_unsafe(text)[1]
    wrong = QueryError("This cursor was not given by this archive.", param="cursor")
    if not isinstance(loaded, list) or len(loaded) != 3 or not isinstance(loaded[0], int):
        raise wrong
    try:
        generation, start, asked = _signer(engine, loaded[0], secret).loads(text)
    except BadSignature:
        raise wrong from None
    if type(start) is not int or start < 0 or not isinstance(asked, str):
        raise wrong
    _published(engine, generation)
    query = _parsed(asked, engine.facets)
    return replace(query, start=start, generation=generation)


def _parsed(asked: str, facets: FacetSet) -> SearchQuery:
    return urls.parse(parse_qsl(asked), facets).query


def _signer(engine: Engine, generation: int, secret: str | None) -> URLSafeSerializer:
    if secret is None:
        # Derived from what was published, every worker knows the same key without being told one.
        secret = hashlib.sha256(_published(engine, generation).encode()).hexdigest()
    return URLSafeSerializer(secret, salt="cursor")


def _published(engine: Engine, generation: int) -> str:
    try:
        info = engine.at(generation).info()
    except NotFound:
        raise Gone(
            "The state of the index that this cursor belongs to is no longer kept. Start the search again."
        ) from None
    return f"{info.generation} {info.built_at} {info.documents}"
