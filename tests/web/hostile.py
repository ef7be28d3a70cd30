"""An archive in which every field that reaches a page tries to break out of it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from urllib.parse import quote

from bs4 import BeautifulSoup

from searchapp.facets import FacetSet, FacetSpec
from searchapp.model import Block, Claim, Document, FacetEntry, FacetValue, Mention

EVIL = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{7*7}}</textarea></title>"
"""Closes attributes, elements and comments, then opens what a page must never have."""

FACETS = FacetSet(
    (
        FacetSpec("topics", f"Topic {EVIL}", f"Topics {EVIL}", "and", archive=True, description=f"About {EVIL}",
                  none_label=f"no topic {EVIL}"),
    )
)  # fmt: skip


def evil(name: str) -> str:
    """A hostile value that can be told from others."""
    return f"{name} {EVIL}"


def _claim(name: str) -> Claim:
    return Claim(evil(name), "inferred", evil(f"{name} origin"), evil(f"{name} evidence"))


def _entries(facet: str, number: int) -> tuple[FacetEntry, ...]:
    values = [
        FacetValue(evil(f"{facet}-{number}"), evil(f"{facet} {number}"), (evil("alias"), "Hostile Name")),
        FacetValue(evil(f"{facet}-both"), evil(f"{facet} both")),
    ]
    inner = FacetValue(evil(f"{facet}-inner"), evil(f"{facet} inner"), parent=values[1].id)
    return tuple(FacetEntry(value, "curated") for value in (*values, inner))


def document(number: int) -> Document:
    """A document that is hostile in every field."""
    text = f"Recruits {EVIL} left for Libya {number}."
    blocks = (
        Block(evil("navigation"), 0, 10, reason=evil("reason")),
        Block(evil("share"), 10, 20, reason=evil("second reason")),
        Block(text, 20, 20 + len(text)),
        Block(evil("teaser"), 200, 220, reason=evil("reason")),
    )
    mentions = [
        Mention(facet, evil(f"{facet}-{number}"), start, start + 8, text[start : start + 8], "name", "curated")
        for facet, start in (("actor", 9), ("location", 30))
    ]
    cited = Mention("cites", evil(f"cites-{number}"), 0, 8, text[:8], "said", "inferred", evidence=evil("sentence"))
    return Document(
        id=sha256(str(number).encode()).hexdigest()[:16],
        source=f"{evil('root').replace('/', '|')}/{evil('folder').replace('/', '|')}/{evil('file').replace('/', '|')}",
        sha256=sha256(text.encode()).hexdigest(),
        text=text,
        title=_claim("Title recruits"),
        author=_claim("Author"),
        outlet=_claim(f"Outlet {number % 2}"),
        date=Claim(f"2020-06-{number:02}", "inferred", evil("date origin"), evil("date evidence"), "day"),
        language=Claim(evil("language"), "inferred", evil("language origin"), evil("language evidence")),
        url=f"https://example.org/{EVIL}",
        blocks=blocks,
        mentions=(*mentions, cited),
        facets={name: _entries(name, number) for name in ("actor", "location", "cites", "topics")},
        first_indexed="2020-06-10T08:00:00Z",
        last_changed="2020-06-10T08:00:00Z",
    )


def documents() -> tuple[Document, ...]:
    """Copies of one another, an untitled one, an undated one, one with an address that is a script."""
    first = document(1)
    untitled = replace(document(2), title=Claim(None, "absent"), text=f"{EVIL} recruits and more of it")
    wordless = replace(document(3), title=Claim(None, "absent"), text="", blocks=(), mentions=())
    script = replace(document(4), url="javascript:alert(3)", date=Claim(None, "absent"), truncated=True)
    declared = document(5)
    sure = {name: replace(getattr(declared, name), status="declared") for name in ("title", "author", "outlet", "date")}
    return first, untitled, wordless, script, replace(declared, **sure)


def clusters() -> dict[str, str]:
    """Which of the documents are copies."""
    ids = sorted((document(1).id, document(5).id))
    return dict.fromkeys(ids, ids[0])


def pages() -> list[str]:
    """URLs of every kind of page, in every state that shows more of what is hostile."""
    word, first = quote(EVIL), document(1).id
    actor, outlet, topic = (quote(evil(name)) for name in ("actor-both", "Outlet 1", "topics-both"))
    return [
        "/",
        "/search?q=recruits",
        f"/search?q={word}",
        f"/search?q=recruits+{word}&match=any",
        f"/search?q=zzzz+recruits&outlet={outlet}&-actor={actor}",
        f"/search?q=%22{word}&sort=date",
        f"/search?actor={actor}&actor={quote(evil('actor-1'))}&-topics={topic}",
        f"/search?actor={actor}&actor={quote(evil('actor-inner'))}&any=actor&outlet={outlet}&sort=date",
        f"/search?-outlet={outlet}&missing=topics&since=2020&added_from=2020",
        f"/search?outlet={word}&date_origin={word}&outlet_status=inferred",
        "/search?q=hostile+name",
        "/search?q=recruitz",
        f"/search?q=zzzz+{word}",
        f"/search?q={quote('zzzz zz<img/src=x/onerror=alert(1)>x')}",
        "/search?q=recruitz+%22recruits+%3Cimg+src=x%3E%22",
        "/search?q=%22recruits+img+src+x%22",
        "/search?q=recruits&facet_size=1",
        f"/search?q=zzzz+recruits&outlet={outlet}&sort=title",
        f"/search?cluster={word}",
        f"/search?q=recruits&page=7&dupes=show&date_from=2020&folder={word}",
        f"/search?{word}=1",
        f"/search?q={word}&page=0",
        f"/search?q={word}&sort={word}&{word}=1",
        f"/search?q={word}&date_from={word}",
        f"/search?q={word}&missing={word}&outlet={word}",
        f"/search?q={word}&since={word}",
        *(f"/document/{one.id}?q={word}&outlet={outlet}" for one in documents()),
        f"/document/{first}",
        f"/document/{word}",
        *(f"/facets/{name}?q=recruits" for name in ("outlet", "actor", "location", "cites", "language", "topics")),
        f"/facets/topics?topics={topic}&topics={quote(evil('topics-1'))}&outlet={outlet}&order=label&{word}=1",
        f"/facets/actor?prefix={word}&q={word}",
        "/facets/actor?prefix=actor&limit=1&offset=1&order=label",
        f"/facets/folder?-folder={quote(documents()[0].source.partition('/')[0])}",
        f"/facets/{word}",
        f"/facets/actor?order={word}",
        f"/nowhere/{word}",
    ]


FOREIGN_SCRIPT = "script:not([src^='/static/app.js']:empty)"


def breakouts(html: str) -> list[str]:
    """What a page has that can only come from data taken for markup, or that its policy forbids."""
    page = BeautifulSoup(html, "html.parser")
    found = [str(element) for element in page.select(f"img, {FOREIGN_SCRIPT}, style, iframe, object, embed, textarea, [style]")]
    found += [
        f"{element.name} {name}" for element in page.find_all(True) for name in element.attrs if name.startswith("on")
    ]
    links = [str(element["href"]) for element in page.select("[href]:not([rel=canonical])")]
    found += [link for link in links if not link.startswith(("/", "https://example.org", "#"))]
    return found
