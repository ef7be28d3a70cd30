"""What is broken and what is too much: a broken query is read as words and says why, a limit is named."""

from __future__ import annotations

import pytest

from searchapp.errors import LimitExceeded
from searchapp.grammar import (
    MAX_CHARACTERS,
    MAX_CLAUSES,
    MAX_DEPTH,
    MAX_EXPANSIONS,
    MAX_WORDS,
    MIN_PREFIX,
    And,
    Or,
    Parsed,
    Prefix,
    Wildcard,
    Word,
    parse,
)

UNREADABLE = "cannot be read: write 2020, 2020-04, 2020-04-29 or [2020-01-01 TO 2020-06-30] after “date:”."


def words(*texts: str) -> And:
    return And(tuple(Word(text) for text in texts))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('Libya oil "a b', "The quotation mark opened at character 11 is never closed."),
        ('a" b', "The quotation mark opened at character 2 is never closed."),
        ("a (b", "The parenthesis opened at character 3 is never closed."),
        ("title:(a b", "The parenthesis opened at character 1 is never closed."),
        ("a (b)) (", "The parenthesis closed at character 6 was never opened."),
        ("a b AND", "The AND at character 5 has nothing after it."),
        ("a OR AND b", "The OR at character 3 has nothing after it."),
        ("a (b OR)", "The OR at character 6 has nothing after it."),
        ("a b NOT ...", "The NOT or minus sign at character 5 has nothing after it."),
        ("OR a b", "The OR at character 1 has nothing before it."),
        ("a (AND b)", "The AND at character 4 has nothing before it."),
        ("a date:[2020 b", "The bracket opened at character 8 is never closed."),
        ("outlt:a b", "There is no field “outlt” (character 1). Is “outlet” meant?"),
        ('a -qqq:"b"', "There is no field “qqq” (character 4)."),
        ("qqq:(a b)", "There is no field “qqq” (character 1)."),
        ("a title: b", "The field “title” at character 3 has no value; it stands right after the colon."),
        ('title:"…" b', "The field “title” at character 1 has no value; it stands right after the colon."),
        ("title:() b", "The field “title” at character 1 has no value; it stands right after the colon."),
        ("a title:OR b", "The field “title” at character 3 has no value; it stands right after the colon."),
        ("a title:-b", "The minus sign after “title:” at character 3 belongs before the field’s name."),
        ("title:[a TO b]", "The field “title” at character 1 has no ranges; only “date” has."),
        ("title:(a text:b)", "The field at character 10 stands inside the field “title”."),
        ("title:(a text:(b))", "The field at character 10 stands inside the field “title”."),
        ("a date:b", f"The date at character 8 {UNREADABLE}"),
        ("a date:2020-02-30", f"The date at character 8 {UNREADABLE}"),
        ("a date:[2020]", f"The date at character 8 {UNREADABLE}"),
        ("a date:[2020 TO 2020-13]", f"The date at character 8 {UNREADABLE}"),
        ('date:"2020"', f"The date at character 6 {UNREADABLE}"),
        ("date:[2021 TO 2020]", "The range of dates at character 6 ends before it begins."),
        ("fuzy~3", "The distance after the ~ of “fuzy” at character 1 must be 1 or 2."),
        ("a fuzy~0", "The distance after the ~ of “fuzy” at character 3 must be 1 or 2."),
        ('"a b"~', "After the ~ at character 6 there must be a number from 1 to 1,000."),
        ('"a b"~0', "After the ~ at character 6 there must be a number from 1 to 1,000."),
        ('"a b"~1001', "After the ~ at character 6 there must be a number from 1 to 1,000."),
        ('"a b"~5x', "After the ~ at character 6 there must be a number from 1 to 1,000."),
    ],
)
def test_a_broken_query_says_what_is_wrong_and_where(text: str, reason: str) -> None:
    parsed = parse(text)
    assert (parsed.escaped, parsed.warnings) == (True, (reason,))


def test_a_broken_query_is_read_as_its_words() -> None:
    assert parse('al-Hasakah title:(b AND -Haf* "x.y').tree == words("al-Hasakah", "title", "b", "Haf", "x.y")
    assert parse("date:[2020-13 TO *] https://a.example/b").tree == words(
        "date", "2020-13", "TO", "https", "a.example/b"
    )


def test_a_broken_query_takes_no_operator_for_a_word() -> None:
    assert parse("a AND b OR NOT c OR").tree == words("a", "b", "c")
    assert parse("AND") == Parsed(None, True, ("The AND at character 1 has nothing before it.",))


def test_a_broken_query_is_joined_by_or_with_any() -> None:
    assert parse("(a -b", match="any").tree == Or((Word("a"), Word("b")))


def test_long_things_are_not_repeated_whole_in_a_warning() -> None:
    (warning,) = parse("f" * 900 + "~9").warnings
    assert len(warning) < 120


@pytest.mark.parametrize(
    ("allowed", "refused", "limit", "what"),
    [
        (" " * 1024, " " * 1025, MAX_CHARACTERS, "1,024 characters"),
        ("a " * 128, "a " * 129, MAX_WORDS, "128 words"),
        ('"' + "a " * 128 + '"', '"' + "a " * 100 + '"' + " b" * 29, MAX_WORDS, "128 words"),
        ("a " * 128 + '"', "a " * 129 + '"', MAX_WORDS, "128 words"),
        ('"' + "a - " * 128 + '"', '"' + "a - " * 129 + '"', MAX_WORDS, "128 words"),
        ("(a) " * 64, "(a) " * 65, MAX_CLAUSES, "128 clauses"),
        ("(" * 20 + "a" + ")" * 20, "(" * 21 + "a" + ")" * 21, MAX_DEPTH, "20 levels of parentheses"),
        ('"' + "(" * 500 + '"', "text:(" * 21, MAX_DEPTH, "20 levels of parentheses"),
    ],
)
def test_each_limit_holds_exactly_and_is_named(allowed: str, refused: str, limit: int, what: str) -> None:
    parse(allowed)
    with pytest.raises(LimitExceeded, match=f"at most {what}") as refusal:
        parse(refused)
    assert (refusal.value.param, refusal.value.limit) == ("q", limit)


@pytest.mark.parametrize("text", ["re*", "wi*ld", "*aft", "al-*", "title:ha*", "a h?a*b", "-ab**", "٣٣*"])
def test_a_star_needs_three_letters_or_digits_before_it(text: str) -> None:
    with pytest.raises(LimitExceeded, match="at least 3 letters or digits before the") as refusal:
        parse(text)
    assert (refusal.value.param, refusal.value.limit) == ("q", MIN_PREFIX)


def test_a_question_mark_needs_one_letter_anywhere() -> None:
    assert parse("??a?b").tree == Wildcard("??a?b")
    assert parse("???").tree is None


def test_three_letters_of_any_script_are_enough_before_a_star() -> None:
    assert parse("حفت*").tree == Prefix("حفت")
    assert parse("٢٠٢*").tree == Prefix("٢٠٢")


def test_expansions_have_a_limit_for_engines_to_keep() -> None:
    assert MAX_EXPANSIONS == 256


@pytest.mark.parametrize(
    "text",
    ["(" * 1024, ")" * 1024, "-(" * 512, "title:(" * 146, "(-" * 512, "((a) " * 200, "a:(" * 300, "a~" * 512],
)
def test_towers_of_syntax_end_at_a_limit_or_as_words(text: str) -> None:
    try:
        assert parse(text).escaped
    except LimitExceeded as refusal:
        assert refusal.limit in (MAX_DEPTH, MAX_WORDS)


@pytest.mark.parametrize("text", ["-" * 1000, "- " * 500, '"' * 1024, "~" * 1024, "*" * 1024, "& " * 512])
def test_towers_of_punctuation_ask_for_nothing(text: str) -> None:
    assert parse(text) == Parsed(None, False, ())


def test_a_tower_of_negations_is_counted_not_climbed() -> None:
    assert parse("NOT " * 254 + "a").tree == Word("a")
    assert parse("-" * 1000 + "a").tree == Word("a")
