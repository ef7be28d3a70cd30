"""Snippets that are made of postings and stored offsets, beside those of texts that are analysed again."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchapp.analysis import analyze
from searchapp.engine.memory.highlighting import Highlighter
from searchapp.engine.reading import Together, places
from searchapp.engine.resolve import understand
from searchapp.engine.snippets import MOST, WIDTH, Parts
from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.errors import QueryError
from searchapp.grammar import Node, to_text
from searchapp.model import Document, Hit, SearchQuery, Snippet
from tests.engine.corpus import FACETS, document
from tests.engine.drawing import WORDS, trees
from tests.engine.whoosh_folder import add

SCOPES = ("clean", "raw", "removed")
STOPS = (" ", " ", " ", " ", ", ", ". ", ".\n\n", "-", "’")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """Long texts of few words in several languages, in three segments, with removed blocks."""
    dice = random.Random(11)
    engine = WhooshEngine(tmp_path_factory.mktemp("made"), FACETS)
    for _ in range(3):
        add(engine, *(_made(dice, dice.randrange(1 << 32)) for _ in range(12)))
    yield engine
    engine.close()


def _made(dice: random.Random, number: int) -> Document:
    def text(length: int) -> str:
        return "".join(dice.choice((*WORDS, "filler", "🏴‍☠️")) + dice.choice(STOPS) for _ in range(length))

    removed = tuple(text(dice.randrange(30)) for _ in range(dice.randrange(4)))
    language = dice.choice(("en", "ar", "fr", "zh", ""))
    return document(f"{number:08x}", text(6), text(dice.randrange(250)), language=language, removed=removed)


@pytest.fixture(scope="module")
def news(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WhooshEngine]:
    """A thousand articles in two segments; of every third all but the beginning counts as removed."""
    with gzip.open(data / "corpus" / "news-1000.jsonl.gz", "rt") as lines:
        records = [json.loads(line) for line in lines]
    documents = [_article(record, cut=number % 3 == 0) for number, record in enumerate(records)]
    engine = WhooshEngine(tmp_path_factory.mktemp("news"), FACETS)
    add(engine, *documents[:700])
    add(engine, *documents[700:])
    yield engine
    engine.close()


def _article(record: dict[str, str], *, cut: bool) -> Document:
    paragraphs = record["text"].split("\n\n")
    kept = "\n\n".join(paragraphs[:2] if cut else paragraphs)
    removed = tuple(paragraphs[2:]) if cut else ()
    return document(record["id"], record["title"], kept, language=record["lang"], removed=removed)


def tree_of(query: SearchQuery) -> Node | None:
    return understand(query, FACETS).tree


def passages(engine: WhooshEngine, hit: Hit, scope: str) -> tuple[str, ...]:
    whole = engine.get(hit.id)
    assert whole is not None
    return {"clean": (whole.text,), "removed": whole.removed, "raw": (whole.text, *whole.removed)}[scope]


def hits_of(engine: WhooshEngine, query: SearchQuery) -> tuple[Hit, ...]:
    """The hits of a query, none where it asks for too much."""
    try:
        return engine.search(query).hits
    except QueryError:
        return ()


def compare(engine: WhooshEngine, query: SearchQuery) -> int:
    """How many hits there are; fail where one is marked otherwise than by an analysis of its texts."""
    highlighter = Highlighter(tree_of(query), query.scope, engine.info().languages)
    hits = hits_of(engine, query)
    for hit in hits:
        assert hit.snippets == highlighter.snippets(passages(engine, hit, query.scope), hit.language.value)
        assert hit.title_pieces == highlighter.title(hit.title.value or "", hit.language.value)
    return len(hits)


@settings(max_examples=60)
@given(tree=trees(), scope=st.sampled_from(SCOPES))
def test_postings_mark_what_an_analysis_of_the_text_marks(made: WhooshEngine, tree: Node, scope: str) -> None:
    compare(made, SearchQuery(text=to_text(tree), scope=scope, dupes="show", facets=()))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [
    "haftar", "recruit", "recruiting", '"al-Hasakah wheat"', '"wheat the"~4', "state-o*", "al-?asakah", "al-hasaka~1", "مقاتل",
    "利比亚", "recruit* OR title:wheat", "text:art -cookie", "3.5", "state-of-the-art",
])  # fmt: skip
@pytest.mark.parametrize("scope", SCOPES)
def test_each_kind_of_leaf_is_marked_alike(made: WhooshEngine, text: str, scope: str) -> None:
    assert compare(made, SearchQuery(text=text, scope=scope, dupes="show", facets=()))  # type: ignore[arg-type]


def test_two_hundred_questions_to_news_have_snippets_that_are_right(news: WhooshEngine) -> None:
    dice = random.Random(5)
    texts = [hit.text for hit in news.iterate(SearchQuery(fields=("text",))) if hit.text and len(hit.text) > 500]
    kinds = cycle(("one", "two", "three", "phrase", "near", "prefix", "wildcard", "fuzzy"))
    seen = 0
    for kind, scope in islice(zip(kinds, cycle(("clean", "clean", "raw")), strict=False), 200):
        query = SearchQuery(text=question(kind, dice.choice(texts), dice), scope=scope, facets=(), per_page=10)  # type: ignore[arg-type]
        seen += compare(news, query)
        check(news, query)
    assert seen > 1000


def question(kind: str, text: str, dice: random.Random) -> str:
    """A question of this kind that some words of the text answer."""
    forms = [form for form in analyze(text, None).forms if form.isalpha() and form.isascii()]
    at = dice.randrange(len(forms) - 4)
    word = dice.choice([form for form in forms if len(form) > 5] or ["government"])
    match kind:
        case "phrase":
            return f'"{" ".join(forms[at : at + dice.choice((2, 3))])}"'
        case "near":
            return f'"{forms[at]} {forms[at + 3]}"~5'
        case "prefix":
            return f"{word[:5]}*"
        case "wildcard":
            return f"{word[:3]}?{word[4:]}"
        case "fuzzy":
            return f"{word[:-2]}{word[-1]}~1"
    return " ".join(dice.sample(forms, {"one": 1, "two": 2, "three": 3}[kind]))


def check(engine: WhooshEngine, query: SearchQuery) -> None:
    """Fail where a snippet is no piece of its text, too long, without a match, or marks what is none."""
    parts = Parts.of(tree_of(query), query.scope, engine.info().languages)
    for hit in hits_of(engine, query):
        language = hit.language.value
        texts = [" ".join(one.split()) for one in passages(engine, hit, query.scope)]
        readings = [part.reading for part in parts.text]
        matches = any(next(places(one, analyze(text, language)), None) for one in readings for text in texts)
        assert len(hit.snippets) <= MOST
        for snippet in hit.snippets:
            marked = [piece for piece, matched in snippet if matched]
            shown = shown_text(snippet)
            assert any(shown.strip() in text for text in texts)
            assert len(shown) <= WIDTH or marked == [shown]
            assert bool(marked) == matches
            assert all(is_match(piece, parts, language) for piece in marked)


def shown_text(snippet: Snippet) -> str:
    """The snippet without the signs of what was cut."""
    return "".join(text for text, _ in snippet).removeprefix("… ").removesuffix(" …")


def is_match(piece: str, parts: Parts, language: str | None) -> bool:
    """Whether a marked piece holds what a part looks for; of words that stand close together each is marked."""
    tokens = analyze(piece, language)
    readings: Sequence[object] = [part.reading for part in parts.text]
    close = {form for one in readings if isinstance(one, Together) for form in one.forms}
    return any(form in close for form in tokens.forms) or any(
        next(places(part.reading, tokens), None) is not None for part in parts.text
    )
