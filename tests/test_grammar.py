"""What the query language means: one test for each thing it lets a reader write."""

from __future__ import annotations

import pytest

from searchapp.grammar import (
    FIELDS,
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
)

A, B, C, D = (Word(letter) for letter in "abcd")
HAFTAR = Word("Haftar")


def tree(text: str) -> Node | None:
    parsed = parse(text)
    assert parsed.escaped is False
    return parsed.tree


def day(start: str | None, end: str | None) -> Field:
    return Field("date", Range(start, end))


def test_words_are_joined_by_and() -> None:
    assert tree("a b c") == And((A, B, C))


def test_quotation_marks_hold_an_exact_phrase() -> None:
    assert tree('"Wagner Group" a') == And((Phrase("Wagner Group"), A))


@pytest.mark.parametrize("text", ["“x y”", "„x y“", "«x y»", "»x y«", "‹x y›", "「x y」", '“x y"', "＂x y＂"])
def test_typographic_quotes_are_quotes(text: str) -> None:
    assert tree(text) == Phrase("x y")


def test_a_quote_needs_no_space_before_or_after_it() -> None:
    assert tree('a"x y"b') == And((A, Phrase("x y"), B))


def test_syntax_inside_quotes_is_text() -> None:
    assert tree('"a OR (b) -c: d*"') == Phrase("a OR (b) -c: d")


def test_a_number_after_a_phrase_makes_it_near() -> None:
    assert tree('"oil port"~5') == Near("oil port", 5)
    assert tree('"oil port"~٥, a') == And((Near("oil port", 5), A))


def test_or_gives_alternatives() -> None:
    assert tree("a OR b OR c") == Or((A, B, C))


@pytest.mark.parametrize("text", ["NOT a", "-a", "\u2212a", "NOT -NOT a", "-(a)", "- NOT a"])
def test_not_and_the_minus_sign_negate(text: str) -> None:
    assert tree(text) == Not(A)


def test_two_negations_are_none() -> None:
    assert tree("NOT NOT a") == tree("-(-a)") == A


@pytest.mark.parametrize("text", ["--a", "---a", "- a", "—a", "-- a", "a -", "+a", "!a"])
def test_a_dash_and_a_lone_minus_sign_negate_nothing(text: str) -> None:
    assert tree(text) == A


def test_a_hyphen_inside_a_word_negates_nothing() -> None:
    assert tree("al-Hasakah a-b") == And((Word("al-Hasakah"), Word("a-b")))


@pytest.mark.parametrize("text", ["a and b", "a or b", "a not b", "a And b"])
def test_only_upper_case_operators_are_operators(text: str) -> None:
    assert tree(text) == And((A, Word(text.split()[1]), B))


def test_not_binds_tightest_then_and_then_or() -> None:
    assert tree("NOT a b OR c AND d") == Or((And((Not(A), B)), And((C, D))))
    assert tree("a OR b c") == Or((A, And((B, C))))


def test_and_binds_the_same_written_or_not() -> None:
    assert tree("a AND b OR c") == tree("a b OR c")


def test_parentheses_group() -> None:
    assert tree("(a OR b) c -(d a)") == And((Or((A, B)), C, Not(And((D, A)))))


def test_negatives_alone_stay_negatives() -> None:
    assert tree("-a") == Not(A)
    assert tree("-a -b") == And((Not(A), Not(B)))


def test_nested_groups_of_one_kind_are_flat_and_single_ones_are_unwrapped() -> None:
    assert tree("(a (b AND (c))) ((d))") == And((A, B, C, D))
    assert tree("(a OR (b OR c)) OR d") == Or((A, B, C, D))


def test_a_star_at_the_end_makes_a_prefix() -> None:
    assert tree("recruit*") == tree("recruit**.") == tree("~'recruit*") == Prefix("recruit")
    assert tree("cafe\u0301*") == Prefix("cafe\u0301")
    assert tree("abu-*") == Prefix("abu-")


@pytest.mark.parametrize("text", ["wild?ard", "wil*ard", "?aftar", "haf*?", "h?ft*r", "l’hom*e"])
def test_other_stars_and_question_marks_make_a_wildcard(text: str) -> None:
    assert tree(text) == Wildcard(text)


def test_a_question_mark_at_the_end_is_a_wildcard_and_says_so() -> None:
    parsed = parse("where is Haftar?")
    assert parsed.tree == And((Word("where"), Word("is"), Wildcard("Haftar?")))
    assert parsed.warnings == (
        "“Haftar?” at character 10 finds words with one more character; to find “Haftar” leave out the question mark.",
    )


def test_a_tilde_makes_a_word_fuzzy() -> None:
    assert tree("fuzy~") == tree("fuzy~1") == tree("(fuzy~)") == Fuzzy("fuzy", 1)
    assert tree("fuzy~2") == tree("'fuzy'~٢.") == Fuzzy("fuzy", 2)
    assert tree("~fuzy") == Word("fuzy")
    assert tree("~.~2") == Word("2")


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "date"])
def test_every_built_in_field_takes_a_word(name: str) -> None:
    assert tree(f"{name}:Haftar") == tree(f"{name.upper()}:Haftar") == Field(name, HAFTAR)


@pytest.mark.parametrize(
    ("value", "node"),
    [
        ('"x y"', Phrase("x y")),
        ('"x y"~3', Near("x y", 3)),
        ("Haf*", Prefix("Haf")),
        ("Haf?ar", Wildcard("Haf?ar")),
        ("Haftar~2", Fuzzy("Haftar", 2)),
        ("(Haftar)", HAFTAR),
        ("(a b -c)", And((A, B, Not(C)))),
        ("(a OR (b c))", Or((A, And((B, C))))),
        ("12:30", Word("12:30")),
        ("[Haftar", None),
    ],
)
def test_a_field_takes_phrases_patterns_and_groups(value: str, node: Node | None) -> None:
    parsed = parse(f"title:{value} a")
    if node is None:
        assert parsed.escaped
    else:
        assert parsed == Parsed(And((Field("title", node), A)), False, ())


def test_a_negated_group_in_a_field_is_a_negated_field() -> None:
    assert tree("title:(-a)") == tree("-title:a") == Not(Field("title", A))


def test_a_facet_of_the_archive_is_a_field_once_it_is_named() -> None:
    assert parse("topics:grain", fields=("title", "topics")).tree == Field("topics", Word("grain"))
    assert parse("topics:grain").escaped


@pytest.mark.parametrize("date", ["2020", "2020-04", "2020-04-29", "2020-02-29"])
def test_a_date_is_a_range_from_and_to_itself(date: str) -> None:
    assert tree(f"date:{date}") == tree(f"date:{date},") == day(date, date)


def test_a_date_may_be_written_in_arabic_digits() -> None:
    assert tree("date:٢٠٢٠-٠٤") == day("2020-04", "2020-04")


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("[2020-01-01 TO 2020-06-30]", "2020-01-01", "2020-06-30"),
        ("[2020 TO 2020-06]", "2020", "2020-06"),
        ("[2020-06 TO 2020]", "2020-06", "2020"),
        ("[ * to 2020 ]", None, "2020"),
        ("[2020-06 TO *]", "2020-06", None),
        ("[٢٠١٩ TO ٢٠٢٠]", "2019", "2020"),
        ("[* TO *]", None, None),
    ],
)
def test_a_range_of_dates_may_be_partial_and_open(written: str, start: str | None, end: str | None) -> None:
    assert tree(f"-date:{written}a") == And((Not(day(start, end)), A))


def test_whitespace_of_every_kind_separates() -> None:
    assert tree("\ta\u00a0b\u3000c\u2028d\r\n") == And((A, B, C, D))
    assert tree("a\u200bb\x00c\ud800d") == And((A, B, C, D))


def test_a_phrase_has_single_spaces_whatever_was_typed() -> None:
    assert tree('"  x \n y\u00a0"') == Phrase("x y")


def test_what_nobody_sees_is_no_part_of_a_query() -> None:
    assert tree("\ufeffHaf\u00adtar\u200f \u200e-a") == And((HAFTAR, Not(A)))


@pytest.mark.parametrize(
    "text", ["al-Hasakah", "O'Neill", "l’homme", "3.5", "U.S", "AT&T", "مُحَمَّدٌ", "cafe\u0301", "a~b", "12:30"]
)
def test_words_keep_what_is_inside_them(text: str) -> None:
    assert tree(text) == tree(f"({text}).") == Word(text)


def test_words_lose_punctuation_around_them() -> None:
    assert tree("'Haftar', [a]… #b؟ _c_") == And((HAFTAR, A, B, C))


def test_a_word_before_a_lone_colon_and_an_address_are_words() -> None:
    assert tree("Libya: https://example.com/a") == And((Word("Libya"), Word("https://example.com/a")))


@pytest.mark.parametrize("text", ["a & b", "a - b", "a ... b", "a * b", "a () b", 'a "" b', 'a ("…") b', "a ~ b ?"])
def test_what_holds_no_word_is_ignored(text: str) -> None:
    assert parse(text) == Parsed(And((A, B)), False, ())


@pytest.mark.parametrize("text", ["", "  ", "*", "...", "()", '"?!"'])
def test_a_query_without_words_asks_for_everything(text: str) -> None:
    assert parse(text) == Parsed(None, False, ())
    assert to_text(None) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("exam.ple*", Word("exam.ple")),
        ("-a/b?c", Not(And((Word("a/b"), C)))),
        ("title:C++*", Field("title", Word("C"))),
        ("title:a%b*c", Field("title", And((Word("a%b"), C)))),
        ("a*b~", And((A, B))),
        ("b*~", B),
        ("?~2", Word("2")),
    ],
)
def test_a_pattern_of_other_characters_is_read_as_plain_words(text: str, words: Node) -> None:
    parsed = parse(text)
    assert (parsed.tree, parsed.escaped) == (words, False)
    assert "is read as plain words" in parsed.warnings[0]
