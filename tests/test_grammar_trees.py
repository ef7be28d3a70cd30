"""What becomes of a tree: how `match=any` joins it, how it is printed and walked through."""

from __future__ import annotations

from searchapp.grammar import And, Field, Node, Not, Or, Phrase, Range, Word, parse, positive_leaves, to_text, walk

A, B, C, D = (Word(letter) for letter in "abcd")


def tree(text: str) -> Node | None:
    return parse(text).tree


def any_tree(text: str) -> Node | None:
    return parse(text, match="any").tree


def test_any_turns_unwritten_ands_between_positive_parts_into_or() -> None:
    assert any_tree("a b c") == Or((A, B, C))
    assert any_tree("a b -c") == any_tree("-c a b") == And((Or((A, B)), Not(C)))
    assert any_tree("a b title:(-c)") == And((Or((A, B)), Not(Field("title", C))))
    assert any_tree("a b title:(-c -d)") == And((Or((A, B)), Field("title", And((Not(C), Not(D))))))


def test_any_leaves_what_is_written() -> None:
    assert any_tree("a AND b") == And((A, B))
    assert any_tree("a AND b c") == Or((And((A, B)), C))
    assert any_tree("a OR b c") == Or((A, B, C))
    assert any_tree("-a -b") == And((Not(A), Not(B)))
    assert any_tree("a NOT b") == And((A, Not(B)))


def test_any_reaches_into_groups_but_not_into_negated_ones() -> None:
    assert any_tree("title:(a b) (c d)") == Or((Field("title", Or((A, B))), C, D))
    assert any_tree("a -(b c)") == And((A, Not(And((B, C)))))


def test_the_printed_query_spells_out_every_and() -> None:
    text = "a (b OR “x y” ) -(c OR d) title:(a b) date:2020 date:[2019 to *] fuzy~1 fuzy~2 rec* “p q”~4"
    assert to_text(tree(text)) == (
        'a AND (b OR "x y") AND -(c OR d) AND title:(a AND b) AND date:2020 AND date:[2019 TO *]'
        ' AND fuzy~ AND fuzy~2 AND rec* AND "p q"~4'
    )


def test_a_printed_query_fits_where_the_typed_one_did() -> None:
    pasted = " ".join(f"sevenW{number}" for number in range(100))
    assert tree(to_text(tree(pasted))) == tree(pasted)


def test_walk_gives_every_node_before_what_it_holds() -> None:
    inner = Or((A, Not(B)))
    assert list(walk(And((Field("title", inner), C)))) == [
        And((Field("title", inner), C)), Field("title", inner), inner, A, Not(B), B, C,
    ]  # fmt: skip
    assert list(walk(None)) == []


def test_positive_leaves_name_their_field_and_leave_out_what_is_negated() -> None:
    found = positive_leaves(tree('a -b title:("x y" OR c -d) -(a -c) date:2020'))
    assert list(found) == [
        (None, A), ("title", Phrase("x y")), ("title", C), ("date", Range("2020", "2020")),
    ]  # fmt: skip
    assert list(positive_leaves(None)) == []


def test_trees_can_be_kept_in_sets() -> None:
    assert len({tree('a b title:"c d"'), tree('a  AND b title:"c d"'), tree("a b")}) == 2
