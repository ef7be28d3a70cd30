"""Which fields does the Whoosh index have? Made from the declared facets, with a fingerprint of all that shapes it."""

from __future__ import annotations

import hashlib

import msgspec
from whoosh.analysis import KeywordAnalyzer
from whoosh.fields import ID, KEYWORD, TEXT, Schema

from searchapp.analysis import VERSION
from searchapp.facets import FacetSet

FORMAT = 6
"""Changes when documents are stored or indexed in another way."""

STREAMS = ("title", "text", "removed")
"""What full text is made of; each has a field of forms, with positions, and fields of stems and of wholes without."""

WORDS = {"author": "author", "url": "url", "file": "file", "id": "id_words"}
"""The fields of a query that are read by forms alone, and the fields of the index that hold them."""

STEM_FORMS = "stem_forms"
KEPT = "kept"
"""No fields of Whoosh: the words of the tables list every form under its stem, and every form of titles and texts."""

KEYS = ("id", "source", "name", "sha256", "address")
"""The fields that hold a value as it is: document id, source key and its last part, hash of the source, web address."""


def stems_of(stream: str) -> str:
    """The field that holds the stems of a stream."""
    return f"{stream}_stems"


def wholes_of(stream: str) -> str:
    """The field that holds the wholes of a stream."""
    return f"{stream}_wholes"


def values_of(facet: str) -> str:
    """The field that holds the value ids of a facet; no other begins like it, whatever an archive calls its own."""
    return f"facet_{facet}"


def make_schema(facets: FacetSet) -> Schema:
    """The schema, all of Whoosh's own classes, so that Whoosh alone can open the index and nothing of ours is pickled.

    Tokens are made by `searchapp.analysis`; the analyzer only says how a plain Whoosh query is split.
    """
    words = KeywordAnalyzer(lowercase=True)
    schema = Schema()
    for key in KEYS:
        schema.add(key, ID(stored=key == "id", unique=key == "id"))
    for stream in STREAMS:
        schema.add(stream, TEXT(analyzer=words))
        schema.add(stems_of(stream), TEXT(analyzer=words, phrase=False))
        schema.add(wholes_of(stream), TEXT(analyzer=words, phrase=False))
    for field in WORDS.values():
        schema.add(field, TEXT(analyzer=words))
    for spec in facets.counted:
        schema.add(values_of(spec.name), KEYWORD())
    return schema


def fingerprint(facets: FacetSet) -> str:
    """What shapes the index, hashed: its format, the analysis, the names of the facets."""
    shape = (FORMAT, VERSION, sorted(spec.name for spec in facets))
    return hashlib.sha256(msgspec.json.encode(shape)).hexdigest()[:16]
