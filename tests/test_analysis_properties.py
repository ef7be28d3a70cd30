"""What holds of the tokens of any text at all."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from searchapp.analysis import Tokens, analyze, fold, look_up, look_up_pattern

TRICKY = st.sampled_from(
    "aAzİıßéŉĳﬁǅ²½Ⅳ①™012٢۲๒-‐\u00ad‑–'’ʾʿ`´.,٫٬_ \n"
    "\u1fef\u200b\u200c\u200d\u200e\u200f\u202b\u0301\u0327\u0336\u20e3\ufe0f"
    "أإآٱةىیکہئؤءـًّﷺﹰﻻדשׁ״йёЇ日本かガー\u3099ｶﾞゟ々〇ไำ\u0e4dา้ໜខ្មမြ한가ㅎक्षि़নো*?$"
)
TEXTS = st.text() | st.text(TRICKY) | st.lists(st.text(TRICKY, max_size=6), max_size=8).map(" ".join)
LANGUAGES = st.sampled_from([None, "en", "ar", "tr", "ru", "fr", "zh"])


def surface(text: str, tokens: Tokens, position: int) -> str:
    return text[tokens.starts[position] : tokens.ends[position]]


@given(TEXTS, LANGUAGES)
def test_the_streams_of_any_text_are_of_equal_length(text, language):
    tokens = analyze(text, language)
    streams = (tokens.forms, tokens.stems, tokens.wholes, tokens.starts, tokens.ends)
    assert len({len(stream) for stream in streams}) == 1
    assert all(tokens.forms)


@given(TEXTS, LANGUAGES)
def test_offsets_increase_within_the_text_and_never_overlap(text, language):
    tokens = analyze(text, language)
    offsets = [offset for span in zip(tokens.starts, tokens.ends, strict=True) for offset in span]
    assert offsets == sorted(offsets)
    assert all(0 <= start < end <= len(text) for start, end in zip(tokens.starts, tokens.ends, strict=True))


@given(TEXTS)
def test_a_form_is_what_stands_between_its_offsets_folded(text):
    tokens = analyze(text, None)
    assert [fold(surface(text, tokens, position)) for position in range(len(tokens.forms))] == list(tokens.forms)


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_token(text):
    tokens = analyze(text, None)
    spanned = {offset for span in zip(tokens.starts, tokens.ends, strict=True) for offset in range(*span)}
    plain = {"Lu", "Ll", "Nd"}
    assert all(offset in spanned for offset, each in enumerate(text) if unicodedata.category(each) in plain)


@given(TEXTS)
def test_a_text_and_the_same_text_looked_up_have_the_same_forms(text):
    assert look_up(text, []).forms == analyze(text, None).forms


@given(TEXTS, LANGUAGES)
def test_every_word_of_a_text_looked_up_reads_the_token_it_came_from(text, language):
    tokens = analyze(text, language)
    for position, (form, stem) in enumerate(zip(tokens.forms, tokens.stems, strict=True)):
        found = look_up(surface(text, tokens, position), [language or "en"])
        assert found.forms == (form,)
        assert not stem or found.stems == (stem,)


@given(TEXTS)
def test_every_compound_of_a_text_looked_up_reads_its_whole_and_its_forms(text):
    tokens = analyze(text, None)
    for position, whole in enumerate(tokens.wholes):
        if whole:
            found = look_up(whole, [])
            following = tokens.wholes[position + 1 : position + len(found.forms)]
            assert found.whole == whole
            assert found.forms == tokens.forms[position : position + len(found.forms)]
            assert len(found.forms) > 1 and not any(following)


@given(TEXTS)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_a_form_looked_up_is_itself(text):
    assert all(look_up(form, []).forms == (form,) for form in analyze(text, None).forms)


@given(TEXTS)
def test_composed_and_decomposed_text_have_the_same_forms(text):
    composed = analyze(unicodedata.normalize("NFC", text), None)
    decomposed = analyze(unicodedata.normalize("NFD", text), None)
    assert (composed.forms, composed.wholes) == (decomposed.forms, decomposed.wholes)


@given(TEXTS, TEXTS, LANGUAGES)
def test_a_text_is_analysed_as_its_words_are_alone(before, after, language):
    joined, first, second = (analyze(text, language) for text in (f"{before}\n{after}", before, after))
    assert joined.forms == first.forms + second.forms
    assert joined.wholes == first.wholes + second.wholes
    assert joined.stems == first.stems + second.stems
    assert joined.starts == first.starts + tuple(len(before) + 1 + start for start in second.starts)


@given(TEXTS)
def test_a_pattern_without_wildcards_reads_the_token_of_the_word(text):
    literal = text.replace("*", "").replace("?", "")
    found, pattern = look_up(literal, []), look_up_pattern(literal)
    if pattern is not None:
        assert pattern.text == (found.whole if pattern.stream == "wholes" else found.forms[0])


@given(TEXTS)
def test_any_pattern_has_an_answer(text):
    pattern = look_up_pattern(text)
    assert pattern is None or pattern.text == fold(pattern.text)
