"""The signs and the words of many texts, looked up at once, are those of each text by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchapp.ingest.clean.cues import fold, folds
from searchapp.ingest.clean.signs import BEYOND_ASCII, BLANK, CAPITAL, END, LETTER, NUMERIC, SMALL, signs_of

SIGNS = st.one_of(st.sampled_from("aB1 .,|…。“Éß ǅⅫ½٣\u3000\n中𝐁😀\U00020001\ud800’é"), st.characters())
TEXTS = st.lists(st.text(SIGNS, max_size=20), max_size=6)


@given(TEXTS)
def test_each_text_has_the_kinds_of_its_own_signs(texts: list[str]) -> None:
    asked = {
        BLANK: str.isspace, CAPITAL: str.isupper, LETTER: str.isalpha, BEYOND_ASCII: lambda sign: not sign.isascii(),
        END: ".!?…。！？؟۔।".__contains__,
    }  # fmt: skip
    for text, known in zip(texts, signs_of(texts)[0], strict=True):
        plain = [sign for sign in f"{text}\n" if ord(sign) < 0x20000]
        assert [kind for kind, test in asked.items() if known & kind] == [
            kind for kind, test in asked.items() if any(map(test, plain)) or (kind == BEYOND_ASCII and not text.isascii())
        ]


@given(TEXTS)
def test_a_text_is_written_in_capitals_where_it_has_these_and_no_small_letters(texts: list[str]) -> None:
    written = [known & (CAPITAL | SMALL) == CAPITAL for known in signs_of(texts)[0]]
    assert written == [text.isupper() for text in texts]


@given(TEXTS)
def test_no_number_in_a_text_is_missed(texts: list[str]) -> None:
    for text, known in zip(texts, signs_of(texts)[0], strict=True):
        assert known & NUMERIC or not any(map(str.isnumeric, text))


@given(TEXTS)
def test_capitals_are_counted_among_the_words_of_each_text(texts: list[str]) -> None:
    words = [text.split() for text in texts]
    shares = [sum(word[0].isupper() for word in each) / (len(each) or 1) for each in words]
    assert signs_of(texts)[1] == shares


@given(TEXTS)
def test_words_of_texts_are_folded_as_those_of_each(texts: list[str]) -> None:
    assert folds(texts) == [fold(text) for text in texts]
