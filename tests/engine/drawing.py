"""Small archives and questions to them, drawn by hypothesis: few words and values, so that they often meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from hypothesis import strategies as st

from searchapp.grammar import Field, Fuzzy, Near, Node, Phrase, Prefix, Range, Wildcard, Word, to_text
from searchapp.grammar.tree import conjunction, disjunction, negation, within
from searchapp.model import SORTS, Block, Claim, Document, FacetEntry, Filter, SearchQuery, Status
from tests.engine.corpus import FIRST_RUN, SECOND_RUN, THIRD_RUN, VALUES

WORDS = (
    "haftar", "Haftar", "recruit", "recruits", "recruited", "al-Hasakah", "Hasakah", "wheat", "Énergie", "state",
    "state-of-the-art", "the", "of", "art", "3.5", "2,000", "حفتر", "المقاتلون", "مقاتلين", "利比亚", "亚", "cookie",
)  # fmt: skip
DATES = ("2020-06-08", "2020-06-09", "2020-06", "2020-05", "2020", "2019", "2019-12-31", "2018-01-31", "2016-02-29")
ENDS = (*DATES, "2020-06-30", "2021", None, None)
ORIGINS = ("sidecar", "json-ld")
STATUSES: tuple[Status, ...] = ("declared", "curated", "inferred", "discovered")
CLAIMED: tuple[Status, ...] = ("declared", "inferred")
MISSING: tuple[Literal["chosen", "excluded"] | None, ...] = (None, None, None, "chosen", "excluded")
RUNS = (FIRST_RUN, SECOND_RUN, THIRD_RUN)
OUTLETS = ("Reuters", "AFP", "The Daily Star", "الجزيرة")
LANGUAGES = ("en", "en", "ar", "fr", "zh", None)
FOLDERS = ("press", "press/2019", "arabic", "")
MANY_VALUED = ("actor", "location", "cites", "topics", "desk")
CHOSEN = {
    "outlet": (*OUTLETS, "reuters", "nobody"),
    "language": ("en", "ar", "fr", "English"),
    "folder": ("root", "root/press", "root/press/2019", "root/arabic"),
    **{name: (*VALUES[name], "nobody") for name in MANY_VALUED},
}
"""What may be chosen in each facet: ids, labels, and what is neither."""


@dataclass(frozen=True, slots=True)
class Archive:
    """Documents and the cluster of each one that has copies."""

    documents: tuple[Document, ...]
    clusters: Mapping[str, str]


def texts(most: int = 8) -> st.SearchStrategy[str]:
    separators = st.sampled_from((" ", " ", " ", ", ", ". "))
    pairs = st.lists(st.tuples(st.sampled_from(WORDS), separators), max_size=most)
    return pairs.map(lambda drawn: "".join(word + separator for word, separator in drawn).strip())


@st.composite
def _entries(draw: st.DrawFn, facet: str) -> tuple[FacetEntry, ...]:
    """Entries of some values with all that is above them, each value once."""
    found: dict[str, FacetEntry] = {}
    for name in draw(st.lists(st.sampled_from(sorted(VALUES[facet])), max_size=2)):
        status: Status = draw(st.sampled_from(STATUSES))
        salient = draw(st.booleans())
        above: str | None = name
        while above is not None:
            value = VALUES[facet][above]
            found.setdefault(above, FacetEntry(value, status, salient))
            above = value.parent
    return tuple(found.values())


@st.composite
def documents(draw: st.DrawFn, number: int) -> Document:
    """The document with this number; at most four have the same text."""
    identifier = f"{number:04x}"
    date = draw(st.sampled_from((*DATES, None)))
    outlet = draw(st.sampled_from((*OUTLETS, None)))
    statuses = st.sampled_from(CLAIMED)
    folder = draw(st.sampled_from(FOLDERS))
    text = draw(texts())
    removed = draw(st.lists(texts(4), max_size=2))
    first, last = sorted(draw(st.tuples(st.sampled_from(RUNS), st.sampled_from(RUNS))))
    return Document(
        id=identifier,
        source=f"root/{folder}/{identifier}.txt".replace("//", "/"),
        sha256=identifier * 16,
        text=text,
        title=_claim(draw(texts(4)) or None),
        author=_claim(draw(st.sampled_from(("Lina Haddad", "the State", None)))),
        outlet=_claim(outlet, draw(statuses)),
        date=_claim(date, draw(statuses), draw(st.sampled_from(ORIGINS))),
        language=_claim(draw(st.sampled_from(LANGUAGES)), "inferred"),
        url=draw(st.sampled_from(("https://example.org/haftar-recruits", None))),
        blocks=(Block(text, 0, len(text)), *(Block(one, 0, len(one), reason="navigation") for one in removed)),
        facets={name: draw(_entries(name)) for name in MANY_VALUED},
        first_indexed=first,
        last_changed=last,
    )


def _claim(value: str | None, status: Status = "declared", origin: str = "") -> Claim:
    return Claim(value, status, origin) if value is not None else Claim(None, "absent")


@st.composite
def archives(draw: st.DrawFn) -> Archive:
    """Up to nine documents, some of them copies of each other."""
    drawn = tuple(draw(documents(number)) for number in range(draw(st.integers(2, 9))))
    stories: dict[int, list[str]] = {}
    for one in drawn:
        story = draw(st.integers(0, 6))
        if story < 3:
            stories.setdefault(story, []).append(one.id)
    clusters = {identifier: min(held) for held in stories.values() if len(held) > 1 for identifier in held}
    return Archive(drawn, clusters)


def _phrases() -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


def leaves() -> st.SearchStrategy[Node]:
    return st.one_of(
        st.sampled_from(WORDS).map(Word),
        _phrases().map(Phrase),
        st.builds(Near, _phrases(), st.integers(1, 4)),
        st.sampled_from(("rec", "haf", "al-has", "state-o", "recruite")).map(Prefix),
        st.sampled_from(("recru*s", "h?ftar", "whea?", "al-?asakah", "2?000")).map(Wildcard),
        st.builds(Fuzzy, st.sampled_from(("hafter", "recruts", "wheta", "al-hasaka", "cokie")), st.integers(1, 2)),
    )


def _fields() -> st.SearchStrategy[Node]:
    names = ("title", "text", "outlet", "actor", "location", "topics", "language", "author", "folder", "url", "file")
    words = st.sampled_from((*WORDS, "reuters", "khalifa", "libya", "english", "lina", "press", "grain"))
    ranges = st.sampled_from(((None, "2020-05"), ("2020-06", "2020-06"), ("2019", None))).map(lambda ends: Range(*ends))
    return st.one_of(
        st.builds(within, st.sampled_from(names), st.one_of(words.map(Word), leaves())),
        ranges.map(lambda asked: Field("date", asked)),
    )


def _all_of(nodes: list[Node]) -> Node:
    return conjunction(nodes) or nodes[0]


def _any_of(nodes: list[Node]) -> Node:
    return disjunction(nodes) or nodes[0]


def trees() -> st.SearchStrategy[Node]:
    """Trees of words, patterns and fields, joined and negated."""
    return st.recursive(
        st.one_of(leaves(), leaves(), _fields()),
        lambda inner: st.one_of(
            inner.map(negation),
            st.lists(inner, min_size=2, max_size=3).map(_all_of),
            st.lists(inner, min_size=2, max_size=3).map(_any_of),
        ),
        max_leaves=5,
    )


@st.composite
def _filters(draw: st.DrawFn, facet: str) -> Filter:
    picked = draw(st.lists(st.sampled_from(CHOSEN[facet]), max_size=3, unique=True))
    split = draw(st.integers(0, len(picked)))
    missing = draw(st.sampled_from(MISSING))
    return Filter(facet, tuple(picked[:split]), tuple(picked[split:]), missing, draw(st.sampled_from(("or", "and"))))


NARROWED: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "dates": st.fixed_dictionaries({"date_from": st.sampled_from(ENDS), "date_to": st.sampled_from(ENDS)}),
    "added": st.fixed_dictionaries({"added_from": st.sampled_from(("2020-07", "2021-01-05"))}),
    "since": st.fixed_dictionaries({"since": st.sampled_from(("2020-07", SECOND_RUN, "0"))}),
    "outlet_status": st.fixed_dictionaries({"outlet_status": st.sampled_from((("declared",), ("absent", "inferred")))}),
    "date_origin": st.fixed_dictionaries({"date_origin": st.sampled_from((("sidecar",), ORIGINS))}),
    "cluster": st.fixed_dictionaries({"cluster": st.sampled_from(("0000", "0001"))}),
}
"""What else may narrow a query: changes of it, by what they are about."""


@st.composite
def queries(draw: st.DrawFn) -> SearchQuery:
    """A query in all its parts, narrowed by few of them at once; never by relevance, for scores are no promise."""
    query = SearchQuery(
        text=draw(st.one_of(st.just(""), trees().map(to_text))),
        match=draw(st.sampled_from(("all", "any", "any"))),
        scope=draw(st.sampled_from(("clean", "clean", "clean", "raw", "raw", "removed"))),
        sort=draw(st.sampled_from([one for one in SORTS if one != "relevance"])),
        dupes=draw(st.sampled_from(("fold", "fold", "show"))),
        discovered=draw(st.booleans()),
        salient=draw(st.sampled_from(((), (), ("location",), ("actor", "location")))),
        facet_size=draw(st.sampled_from((1, 2, 10))),
        page=draw(st.sampled_from((1, 1, 1, 2))),
        per_page=draw(st.sampled_from((0, 2, 20, 20))),
    )
    narrowed = st.sampled_from((*NARROWED, *CHOSEN, *CHOSEN, "dates", "dates", "date"))
    for name in draw(st.lists(narrowed, max_size=2, unique=True)):
        if name == "date":
            query = query.with_filter(Filter(name, missing=draw(st.sampled_from(MISSING))))
        elif name in CHOSEN:
            query = query.with_filter(draw(_filters(name)))
        else:
            query = replace(query, **draw(NARROWED[name]))  # type: ignore[arg-type]
    return query
