"""What does the head of a page say of it? Values by name, in the order in which the page gives them."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from searchapp.ingest.data.scrubbing import scrubbed_line

# Hint name: the names of <meta name= / property= / itemprop=> elements that say it.
_METAS: Mapping[str, tuple[str, ...]] = {
    "og:title": ("og:title",),
    "twitter:title": ("twitter:title",),
    "meta:title": ("headline", "title", "dc.title", "citation_title", "parsely-title", "sailthru.title"),
    "og:site_name": ("og:site_name",),
    "meta:site": ("application-name", "publisher", "dc.publisher", "article:publisher", "twitter:site"),
    "og:url": ("og:url",),
    "meta:author": ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author", "citation_author"),
    "meta:date": (
        "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "published_time",
        "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date", "article.published",
        "originalpublicationdate", "cxenseparse:recs:publishtime", "release_date", "published-date", "publication_date",
        "publication-date", "dc:date", "dc:created", "dcterms.issued", "date.issued", "bt:pubdate",
    ),
    "modified": (
        "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
        "dc.date.modified", "last-modified", "modified-date",
    ),
    "meta:language": ("og:locale", "content-language", "dc.language", "language"),
}  # fmt: skip
_NAMES = {name: hint for hint, names in _METAS.items() for name in names}
_SIGNED = ("a", "span", "div", "p")
"""Elements that may hold the name of an author."""
_SAYING = frozenset(("html", "title", "h1", "link", "time", "meta", "script"))
_SAYS = frozenset(("rel", "itemprop", "property"))
"""Elements that say something of the page, and attributes with which others do."""
_ARTICLES = ("article", "posting", "report")
_WHOLE_PAGES = ("webpage", "itempage", "recipe", "howto")
"""Kinds of things that are a page as well; those of its parts and of what it tells of have days of their own."""
_MAX_VALUES = 5
_MAX_LENGTH = 500
_MAX_JSON = 1_000_000
_MAX_NODES = 5_000


def hints_of(tree: BeautifulSoup) -> dict[str, tuple[str, ...]]:
    """What the page says by hint name: at most five values each, none longer than 500 characters.

    Names: title, h1, canonical, lang, time, byline, og:title, twitter:title, meta:title, og:site_name, meta:site,
    og:url, meta:author, meta:date, meta:language, json-ld:headline, json-ld:date, json-ld:author, json-ld:publisher,
    json-ld:page (the day of the page that the article stands on), itemprop:date, modified.
    """
    found: dict[str, list[str]] = {}
    elements = (node for node in tree.descendants if isinstance(node, Tag))
    tags = [tag for tag in elements if tag.name in _SAYING or not _SAYS.isdisjoint(tag.attrs)]
    for name, value in (*_elements(tags), *_metas(tags), *_linked_data(tags)):
        # Many pages escape twice, in JSON-LD above all.
        text = scrubbed_line(html.unescape(value))
        values = found.setdefault(name, [])
        if text and len(text) <= _MAX_LENGTH and len(values) < _MAX_VALUES and text not in values:
            values.append(text)
    return {name: tuple(values) for name, values in found.items() if values}


def _elements(tags: Iterable[Tag]) -> Iterator[tuple[str, str]]:
    for tag in tags:
        name = tag.name
        if name == "html":
            yield "lang", _attribute(tag, "lang") or _attribute(tag, "xml:lang")
        elif name == "title" and tag.find_parent("svg") is None:
            yield "title", tag.get_text(" ")
        elif name == "h1":
            yield "h1", tag.get_text(" ")
        elif name == "link" and "canonical" in _attribute(tag, "rel").lower().split():
            yield "canonical", _attribute(tag, "href")
        elif name == "time":
            yield "time", _attribute(tag, "datetime") or _attribute(tag, "content")
            yield from _dated(tag)
        elif name in _SIGNED and "author" in (tag.attrs.get("rel"), tag.attrs.get("itemprop")):
            yield "byline", tag.get_text(" ")
        elif name != "meta":
            yield from _dated(tag)


def _dated(tag: Tag) -> Iterator[tuple[str, str]]:
    """The day that an attribute says an element to hold."""
    for name in ("itemprop", "property"):
        for word in _attribute(tag, name).lower().split() if name in tag.attrs else ():
            hint = _NAMES.get(word)
            if hint == "meta:date" or hint == "modified":
                said = _attribute(tag, "content") or _attribute(tag, "datetime") or tag.get_text(" ")
                yield "itemprop:date" if hint == "meta:date" else hint, said


def _metas(tags: Iterable[Tag]) -> Iterator[tuple[str, str]]:
    for tag in tags:
        for attribute in ("property", "name", "itemprop", "http-equiv") if tag.name == "meta" else ():
            for word in _attribute(tag, attribute).lower().split():
                if word in _NAMES:
                    yield _NAMES[word], _attribute(tag, "content")


def _attribute(tag: Tag, name: str) -> str:
    return str(tag.attrs.get(name, ""))


def _linked_data(tags: Iterable[Tag]) -> Iterator[tuple[str, str]]:
    for script in (tag for tag in tags if tag.name == "script" and _attribute(tag, "type") == "application/ld+json"):
        for node in _nodes(str(script.string or "")[:_MAX_JSON]):
            kinds = " ".join(_texts(node.get("@type"))).lower()
            if any(kind in kinds for kind in _ARTICLES):
                yield from (("json-ld:headline", text) for text in _texts(node.get("headline")))
                yield from (("json-ld:date", text) for text in _texts(node.get("datePublished")))
                yield from (("json-ld:author", text) for text in _texts(node.get("author")))
                yield from (("json-ld:publisher", text) for text in _texts(node.get("publisher")))
                yield from (("modified", text) for text in _texts(node.get("dateModified")))
            elif any(kind in kinds for kind in _WHOLE_PAGES):
                yield from (("json-ld:page", text) for text in _texts(node.get("datePublished")))
                yield from (("modified", text) for text in _texts(node.get("dateModified")))


def _nodes(source: str) -> Iterator[Mapping[str, Any]]:
    """Every object of a JSON-LD script, outermost first; none where it is no JSON, as on many real pages."""
    try:
        queue: list[Any] = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    for node in queue:
        if isinstance(node, dict):
            yield node
            inner: Iterable[Any] = node.values()
        else:
            inner = node if isinstance(node, list) else ()
        if len(queue) < _MAX_NODES:
            queue.extend(inner)


def _texts(value: Any) -> list[str]:
    """The texts of a value that may be a text, an object with a name, or a list of such."""
    listed = value if isinstance(value, list) else [value]
    named = (one.get("name") if isinstance(one, dict) else one for one in listed)
    return [one for one in named if isinstance(one, str)]
