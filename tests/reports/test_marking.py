"""Texts are cut where they match and where they name somebody; the pieces are the text again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchapp.model import Mention, SearchQuery
from searchapp.reports.marking import Hits, Span, mentions, pieces
from tests.engine.corpus import document

TEXT = "Wagner sent men to Libya and Wagner came back."


def test_a_hit_within_a_mention_is_both() -> None:
    found = pieces("General Khalifa Haftar", 0, 22, named=[Span(8, 22, "actor")], hits=[Span(16, 22, 1)])
    assert found == [
        ("General ", None, None, False), ("Khalifa ", "actor", None, False), ("Haftar", "actor", 1, True)
    ]  # fmt: skip


def test_a_hit_that_crosses_the_end_of_a_mention_begins_once() -> None:
    found = pieces("Wagner Group men", 0, 16, named=[Span(0, 12, "actor")], hits=[Span(7, 16, 1)])
    assert [(one.text, one.hit, one.begins) for one in found] == [
        ("Wagner ", None, False), ("Group", 1, True), (" men", 1, False)
    ]  # fmt: skip


@st.composite
def spans(draw: st.DrawFn, what: st.SearchStrategy[str | int]) -> list[Span]:
    places = sorted(set(draw(st.lists(st.integers(0, len(TEXT)), max_size=12))))
    return [Span(first, last, draw(what)) for first, last in zip(places[::2], places[1::2], strict=False)]


@given(spans(st.just("actor")), spans(st.integers(1, 9)), st.integers(0, 20), st.integers(20, len(TEXT)))
def test_the_pieces_are_the_text_and_nothing_is_marked_twice(
    named: list[Span], hits: list[Span], start: int, end: int
) -> None:
    found = pieces(TEXT, start, end, named=named, hits=hits)
    assert "".join(one.text for one in found) == TEXT[start:end]
    place = start
    for one in found:
        inside = [span.what for span in hits if span.start <= place and place + len(one.text) <= span.end]
        assert one.hit == (inside[0] if inside else None)
        place += len(one.text)


def test_mentions_that_overlap_are_marked_once_the_longer_one_first() -> None:
    found = [
        Mention("location", "ly", 0, 5, "Libya", "name", "curated"),
        Mention("actor", "lna", 0, 10, "Libya Army", "name", "curated"),
        Mention("cites", "AFP", 12, 15, "AFP", "name", "curated"),
        Mention("actor", "x", 2, 4, "by", "name", "curated", field="title"),
    ]
    assert mentions(found) == [Span(0, 10, "actor")]


def test_hits_are_numbered_on_from_title_to_text() -> None:
    found = document("m1", "Wagner", TEXT, language="en")
    hits = Hits.of(SearchQuery(text="wagner -syria"), found, ("en",))
    assert [span.what for span in hits.in_title("Wagner")] == [1]
    assert [(span.start, span.what) for span in hits.in_text(TEXT)] == [(0, 2), (29, 3)]
    assert hits.found == 3
    assert Hits.of(SearchQuery(text="wagner", highlight=False), found, ("en",)).in_text(TEXT) == []
    assert Hits.of(SearchQuery(), found, ("en",)).in_text(TEXT) == []
