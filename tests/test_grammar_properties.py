"""What holds for every query, checked on drawn ones: texts, trees, and sets of words as documents."""

from __future__ import annotations

from itertools import chain, combinations
from typing import Literal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchapp.analysis import analyze
from searchapp.errors import LimitExceeded
from searchapp.grammar import (
    MAX_CHARACTERS,
    And,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Parsed,
    Phrase,
    Prefix,
    Range,
    Wildcard,
    Word,
    parse,
    to_text,
    walk,
)
from searchapp.grammar.tree import conjunction, disjunction, negation, within

Match = Literal["all", "any"]

FRAGMENTS = (
    "a", "Haftar", "al-Hasakah", "l’homme", "حفتر", "e\u0301", "AND", "OR", "NOT", "TO", " ", " ", "\u00a0", "\u200f",
    '"', "“", "”", "(", ")", "[", "]", ":", "-", "\u2212", "~", "~2", "*", "?", "hafta*", ".", "'", "&", "…", "_",
    "title:", "date:", "date:2020", "date:[2019 TO *]", "qqq:", "//", "\x00", "\ud800", "5", "\u200c",
)  # fmt: skip
WELL_FORMED = (
    "a", "'Haftar',", "-al-Hasakah", "NOT", "a AND b", "a OR -b", "(a b)", "-(a OR b)", '"x y"', '-"x. y"~5', "title:a",
    "-actor:(a -b)", "title:(-a)", "date:2020", "date:[2019 TO *]", "hafta*", "ha?t~", "x.y*z", "fuzy~2", "()", "& …",
)  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(WELL_FORMED), max_size=12).map(" ".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=24).map(" ".join),
    st.text(st.characters(), max_size=60),
)
matches = st.sampled_from(("all", "any"))
letters = st.sampled_from(("abc", "al-Hasakah", "حفتر", "l’homme", "2020", "利比亚"))
leaves = st.one_of(
    letters.map(Word),
    st.lists(letters, min_size=1, max_size=3).map(" ".join).map(Phrase),
    st.builds(Near, letters, st.integers(1, 1000)),
    letters.map(Prefix),
    letters.map(lambda text: Wildcard(f"{text}*x")),
    letters.map(lambda text: Wildcard(f"?{text}?")),
    st.builds(Fuzzy, letters, st.integers(1, 2)),
)
ranges = st.tuples(st.sampled_from((None, "2019", "2020-02")), st.sampled_from((None, "2020", "2020-02-29"))).map(
    lambda ends: Field("date", Range(*ends))
)


def combined(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    lists = st.lists(nodes, min_size=2, max_size=4)
    return st.one_of(nodes.map(negation), lists.map(conjunction), lists.map(disjunction))


fieldless = st.recursive(leaves, combined, max_leaves=6)
fields = st.builds(within, st.sampled_from(("title", "actor", "url")), fieldless)
trees = st.recursive(st.one_of(leaves, fields, ranges), combined, max_leaves=12)


def read(text: str, match: Match = "all") -> Parsed | None:
    """The parsed query, None where a limit refuses it; any other exception is a failure."""
    try:
        return parse(text, match=match)
    except LimitExceeded:
        return None


@settings(max_examples=500)
@given(texts, matches)
@example('NOT:"', "all")
@example("a.*~", "any")
def test_any_text_parses_and_prints_as_a_query_for_the_same_tree(text: str, match: Match) -> None:
    parsed = read(text, match)
    if parsed is None:
        return
    again = parse(to_text(parsed.tree))
    assert (again.tree, again.escaped) == (parsed.tree, False)


@settings(max_examples=300)
@given(trees)
def test_every_tree_prints_as_a_query_for_itself(tree: Node) -> None:
    text = to_text(tree)
    if len(text) <= MAX_CHARACTERS:
        assert parse(text) == Parsed(tree, False, parse(text).warnings)


@settings(max_examples=300)
@given(texts, matches)
def test_every_tree_is_in_canonical_shape(text: str, match: Match) -> None:
    parsed = read(text, match)
    for node in walk(parsed.tree) if parsed else ():
        match node:
            case And(nodes) | Or(nodes):
                assert len(nodes) > 1 and not any(isinstance(one, type(node)) for one in nodes)
            case Not(inner):
                assert not isinstance(inner, Not)
            case Field(name, inner):
                assert not any(isinstance(one, Field) for one in walk(inner)) and not isinstance(inner, Not)
                assert isinstance(inner, Range) == (name == "date")


@settings(max_examples=300)
@given(texts, matches)
def test_a_broken_query_holds_nothing_but_words(text: str, match: Match) -> None:
    parsed = read(text, match)
    if parsed is None or not parsed.escaped:
        return
    tree = parsed.tree
    joined = (And if match == "all" else Or, Word)
    assert tree is None or isinstance(tree, joined)
    words = [node for node in walk(tree) if node is not tree or isinstance(node, Word)]
    assert all(isinstance(word, Word) and word.text not in ("AND", "OR", "NOT") for word in words)
    assert len(parsed.warnings) == 1


@given(letters, st.text(".,;:!…—؟،[]{}/&#@'’_%", max_size=3), st.text(".,;:!…—؟،[]{}/&#@'’_%", max_size=3))
def test_words_never_differ_by_outer_punctuation_alone(word: str, before: str, after: str) -> None:
    assert parse(before + word + after).tree == Word(word)


def test_what_analysis_finds_no_word_in_is_no_word_here() -> None:
    letters_and_more = map(chr, chain(range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0x10000)))
    spoken = [character for character in letters_and_more if parse(f'"{character}"').tree]
    assert [character for character in spoken if not analyze(character, None).forms] == []


def test_what_analysis_takes_for_a_hyphen_or_an_apostrophe_may_stand_in_a_pattern() -> None:
    inside = [one for one in map(chr, range(0x10000)) if analyze(f"abc{one}d", None).wholes[:1] not in ((), ("",))]
    refused = [one for one in inside if not isinstance(parse(f"abc{one}d*").tree, Prefix)]
    assert len(inside) > 20
    assert refused == []


SOME_WORDS = ("a", "b", "c", "d")
DOCUMENTS = [set(some) for some in chain.from_iterable(combinations(SOME_WORDS, size) for size in range(5))]


def holds(node: Node | None, document: set[str]) -> bool:
    match node:
        case None:
            return True
        case Word(text):
            return text in document
        case Not(inner):
            return not holds(inner, document)
        case And(nodes):
            return all(holds(one, document) for one in nodes)
        case Or(nodes):
            return any(holds(one, document) for one in nodes)
    raise AssertionError(node)


words = st.tuples(st.sampled_from(("", "-")), st.sampled_from(SOME_WORDS))
flat_queries = st.lists(
    st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=3), min_size=1, max_size=3
)


def has(word: tuple[str, str], document: set[str]) -> bool:
    sign, text = word
    return (text in document) is not (sign == "-")


def expected(query: list[list[list[tuple[str, str]]]], match: Match, document: set[str]) -> bool:
    """The rule in its own words: some alternative, in which all negative chunks and all (or any) positive ones hold."""
    for alternative in query:
        positive: list[bool] = []
        negative: list[bool] = []
        for chunk in alternative:
            side = positive if any(sign == "" for sign, _ in chunk) else negative
            side.append(all(has(word, document) for word in chunk))
        enough = all(positive) if match == "all" else any(positive) or not positive
        if all(negative) and enough:
            return True
    return False


@settings(max_examples=300)
@given(flat_queries, matches)
def test_written_and_unwritten_operators_bind_by_the_rule(
    query: list[list[list[tuple[str, str]]]], match: Match
) -> None:
    written = " OR ".join(
        " ".join(" AND ".join(sign + text for sign, text in chunk) for chunk in alternative) for alternative in query
    )
    tree = parse(written, match=match).tree
    assert [holds(tree, one) for one in DOCUMENTS] == [expected(query, match, one) for one in DOCUMENTS]


def grouped(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joints = st.sampled_from((" ", " ", " AND ", " OR "))
    several = st.lists(st.tuples(parts, joints), min_size=2, max_size=4)
    return several.map(lambda drawn: "".join(chain.from_iterable(drawn)).rstrip("ANDOR ")).flatmap(
        lambda text: st.sampled_from((f"({text})", f"-({text})"))
    )


grouped_queries = st.recursive(st.sampled_from(("a", "b", "-c", "d", "NOT a")), grouped, max_leaves=10)


@settings(max_examples=300)
@given(grouped_queries)
def test_any_never_finds_less_than_all(text: str) -> None:
    narrow, wide = parse(text), parse(text, match="any")
    assert not narrow.escaped
    assert all(holds(wide.tree, one) for one in DOCUMENTS if holds(narrow.tree, one))
