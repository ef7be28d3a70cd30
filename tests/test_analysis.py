"""What the analysis makes of words, rule by rule; examples, in all scripts that have a rule of their own."""

from __future__ import annotations

import hashlib
import time
import unicodedata

import pytest

from searchapp.analysis import (
    VERSION,
    Lookup,
    Pattern,
    Tokens,
    analyze,
    fold,
    look_up,
    look_up_pattern,
    stemmed_languages,
)

HYPHENS = "-\u2010\u2011\u058a\u05be\ufe63\uff0d"
APOSTROPHES = "'`´\u2018\u2019\u201b\u02bb\u02bc\u02bd\u02be\u02bf\u2032\u05f3\u05f4\uff07"
IGNORED = "\u00ad\u061c\u200c\u200d\u200e\u200f\u202a\u202c\u2066\u2069\u2060\ufeff\u0640"


def forms(text: str) -> list[str]:
    return list(analyze(text, None).forms)


def wholes(text: str) -> list[str]:
    return list(analyze(text, None).wholes)


def stem(form: str, language: str) -> str:
    (found,) = analyze(form, language).stems
    assert look_up(form, [language]).stems == ((found,) if found else ())
    return found


def surfaces(text: str) -> list[str]:
    tokens = analyze(text, None)
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def test_a_text_becomes_parallel_streams():
    assert analyze("The al-Hasakah raids (2,000 men)", "en") == Tokens(
        forms=("the", "al", "hasakah", "raids", "2", "000", "men"),
        stems=("en:the", "en:al", "en:hasakah", "en:raid", "", "", "en:men"),
        wholes=("", "al-hasakah", "", "", "2,000", "", ""),
        starts=(0, 4, 7, 15, 22, 24, 28),
        ends=(3, 6, 14, 20, 23, 27, 31),
    )


@pytest.mark.parametrize("text", ["", " \n", "– … !", "\u0301", "\u200f\u200f", "ـ", "½ ™ ☺", "-", "'", "_"])
def test_a_text_without_letters_and_digits_has_no_tokens(text):
    assert analyze(text, "en") == Tokens((), (), (), (), ())
    assert look_up(text, ["en"]) == Lookup((), "", ())


def test_letters_of_all_scripts_are_words():
    assert forms("Σίσυφος, Дамаск דמשק دمشق दमिश्क 다마스쿠스 ደማስቆ Դամասկոս") == [
        "σισυφοσ", "дамаск", "דמשק", "دمشق", "दमिश्क", "다마스쿠스", "ደማስቆ", "դամասկոս",
    ]  # fmt: skip


def test_underscores_and_punctuation_separate():
    assert forms("snake_case a/b c.d e,f g@h i–j k—l m·n o\u200bp") == ["snake", "case", *"abcdefghijklmnop"]
    assert set(wholes("snake_case a/b c.d e,f g@h i–j k—l m·n o\u200bp")) == {""}


def test_a_currency_sign_separates_letters_and_digits():
    assert forms("US$2000") == ["us", "2000"]
    assert wholes("US$2000") == ["", ""]


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_an_inner_hyphen_of_any_kind_makes_a_compound(hyphen):
    assert forms(f"al{hyphen}Hasakah") == ["al", "hasakah"]
    assert wholes(f"al{hyphen}Hasakah") == ["al-hasakah", ""]


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_an_inner_apostrophe_of_any_kind_makes_a_compound(apostrophe):
    assert forms(f"Haftar{apostrophe}s men") == ["haftar", "s", "men"]
    assert wholes(f"Haftar{apostrophe}s men") == ["haftar's", "", ""]


@pytest.mark.parametrize(
    "text", ["-flag", "flag-", "'flag'", "a -flag", "ʿAbd", "Rifaʿ", "a--b", "a–b", "a — b", "a'-b"]
)
def test_outer_hyphens_double_ones_and_dashes_make_no_compound(text):
    assert set(wholes(text)) == {""}


def test_a_compound_of_many_parts_has_one_whole_at_its_first():
    assert forms("Deir-ez-Zor’s Mi-25") == ["deir", "ez", "zor", "s", "mi", "25"]
    assert wholes("Deir-ez-Zor’s Mi-25") == ["deir-ez-zor's", "", "", "", "mi-25", ""]


def test_digits_with_inner_points_and_commas_are_a_whole():
    assert wholes("2,000 3.5 1.234,5 ٣٫٥ ٢٬٠٠٠ ３．５") == [
        "2,000", "", "3.5", "", "1.234,5", "", "", "3.5", "", "2,000", "", "3.5", "",
    ]  # fmt: skip
    assert wholes("in 2019, 3. 5 .5 a.5 5.a") == [""] * 9


def test_a_list_that_goes_on_is_no_whole_but_found_in_parts():
    listed = ",".join(map(str, range(100)))
    assert forms(listed) == [str(number) for number in range(100)]
    assert set(wholes(listed)) == {""}


def test_scripts_without_spaces_have_a_form_for_each_character():
    assert forms("日本のニュース 大马士革 ไทย ລາວ ខ្មែរ မြန်မာ") == [
        *"日本のニュース大马士革ไทยລາວ", "ខ្", "មែ", "រ", "မြ", "န်", "မာ",
    ]  # fmt: skip
    assert set(wholes("日本のニュース-ไทย")) == set(analyze("日本", "en").stems) == {""}


def test_runs_are_cut_where_the_script_changes():
    assert forms("G7サミットin東京2020年 二〇〇年") == ["g7", *"サミット", "in", *"東京", "2020", *"年二〇〇年"]


def test_marks_belong_to_their_character_also_where_there_are_no_spaces():
    assert forms("ｶﾞ か\u3099 葛\U000e0100 น้ำ กํา") == ["ガ", "が", "葛", "น้ำ", "กำ"]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ünïcödé", "unicode"), ("E\u0301tat", "etat"), ("İstanbul ISPARTA ısı", "istanbul isparta isi"),
        ("Straße STRASSE ẞ", "strasse strasse ss"), ("Łódź Ørsted Đorđe Ísafjörður", "lodz orsted dorde isafjordur"),
        ("Þór Æsir Œuvre ĸ ŋ", "thor aesir oeuvre q n"), ("ﬁn ĳs ŉ Ǆ", "fin ijs n dz"), ("Əliyev ɗan", "aliyev dan"),
        ("Йод ещё Київ", "иод еще киів"), ("Ἀθῆναι ΌΣΟΣ", "αθηναι οσοσ"), ("שָׁלוֹם", "שלום"), ("Ｆｕｌｌ", "full"),
        ("km² CO₂ Ⅳ", "km2 co2 iv"), ("ᾳ t\u0361s", "α ts"), ("1\ufe0f\u20e3 h\u0336i\u0336", "1 hi"),
    ],
)  # fmt: skip
def test_case_accents_and_ligatures_fold_to_the_base_letter(written, folded):
    assert fold(written) == folded
    assert forms(written) == folded.split()


@pytest.mark.parametrize("word", ["हिन्दी", "क़लम", "বাংলা", "தமிழ்", "ไทย", "မြန်မာ", "ខ្មែរ", "ガギグ", "ぱ", "한글", "ދިވެހި"])
def test_signs_that_are_part_of_a_letter_stay(word):
    assert "".join(forms(word)) == fold(word) == unicodedata.normalize("NFC", word)


@pytest.mark.parametrize("digits", ["٢٠٢٠", "۲۰۲۰", "२०२०", "２０２０", "๒๐๒๐", "၂၀၂၀", "²⁰²⁰", "𝟐𝟎𝟐𝟎"])
def test_decimal_digits_of_all_scripts_are_the_same(digits):
    assert forms(digits) == ["2020"]


@pytest.mark.parametrize(
    "variants",
    [
        "أحمد إحمد آحمد ٱحمد احمد اَحْمَد احـــمد", "مؤتمر موتمر", "هيئة هيية هييه", "مدينة مدينه", "مستشفى مستشفي مستشفی",
        "كتاب کتاب", "خامنه‌ای خامنهای خامنه\u200dاي", "ﻛﺘﺎﺏ كتاب كِتَابٌ", "۱۲٫۵ ١٢٫٥ 12.5",
    ],
)  # fmt: skip
def test_arabic_spellings_of_a_word_are_one_form(variants):
    assert len({tuple(forms(word)) for word in variants.split(" ")}) == 1


@pytest.mark.parametrize("ignored", IGNORED)
def test_what_is_unseen_inside_a_word_is_ignored_and_spanned(ignored):
    assert forms(f"x{ignored}y") == ["xy"]
    assert surfaces(f"{ignored}x{ignored}y{ignored} z") == [f"x{ignored}y", "z"]
    assert wholes(f"x{ignored}-{ignored}y") == ["x-y", ""]


def test_offsets_are_those_of_the_text_as_it_was():
    text = "İİ ﬁn\u0301e, «Ẽ\u0330tat» ﷺ قَالَ\u200f (straße) \U0001f600 日か\u3099本 al‑Hasakah’s"
    assert surfaces(text) == [
        "İİ", "ﬁn\u0301e", "Ẽ\u0330tat", "ﷺ", "قَالَ", "straße", "日", "か\u3099", "本", "al", "Hasakah", "s",
    ]  # fmt: skip


def test_a_label_folds_with_its_spaces_and_punctuation():
    assert fold("  Jabhat\u00a0an‑Nuṣra\n(“Nusra\u200bFront”), Ka‘bah™ ") == "jabhat an-nusra (“nusra front”), ka'bah™"


def test_stems_carry_their_language():
    assert analyze("Recruited fighters", "en").stems == ("en:recruit", "en:fighter")
    assert analyze("Recruited fighters", "fr").stems == ("fr:recruited", "fr:fighter")


@pytest.mark.parametrize("language", [None, "", "zh", "so", "xx"])
def test_without_a_language_or_a_stemmer_there_are_no_stems(language):
    assert analyze("running men", language).stems == ("", "")


def test_a_number_has_no_stem():
    assert analyze("2020 ٢٠٢٠ 25th", "en").stems == ("", "", "en:25th")


def test_every_language_that_is_said_to_have_a_stemmer_has_one():
    assert {"ar", "de", "en", "es", "fa", "fr", "ru", "tr"} <= stemmed_languages()
    assert all(look_up("abc", [language]).stems[0].startswith(f"{language}:") for language in stemmed_languages())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", "المدينة مدينة المدينه"), ("fr", "utilisée utilisés utilisees"), ("fr", "première premier premieres"),
        ("pt", "acusação acusações acusacao"), ("ru", "новый новая новые новыи"), ("ru", "используйте использую"),
        ("tr", "pazar pazarı pazarının pazarinin"), ("fa", "کتاب کتاب\u200cهای كتابهاي"), ("de", "Häuser Hauser"),
        ("en", "recruits RECRUITED"),
    ],
)  # fmt: skip
def test_words_with_and_without_accents_share_a_stem(language, words):
    assert len({stem(word, language) for word in words.split()}) == 1


def test_a_word_reads_its_form_and_its_stem_in_each_language():
    assert look_up("Running!", ["fr", "en", "zh", "en"]) == Lookup(("running",), "", ("en:run", "fr:running"))
    found = look_up("running", stemmed_languages()).stems
    assert len(found) == len(stemmed_languages()) and list(found) == sorted(found)


def test_a_compound_reads_its_forms_in_order_and_its_whole_but_no_stems():
    assert look_up("(al-Hasakah)", ["en"]) == Lookup(("al", "hasakah"), "al-hasakah", ())


def test_a_word_of_several_words_has_no_whole():
    assert look_up("US$2000", ["en"]) == Lookup(("us", "2000"), "", ())
    assert look_up("a-b/c-d", ["en"]) == Lookup(("a", "b", "c", "d"), "", ())
    assert look_up("東京", ["en"]) == Lookup(("東", "京"), "", ())


@pytest.mark.parametrize(
    ("pattern", "stream", "text"),
    [
        ("Recruit*", "forms", "recruit*"), ("*Stán", "forms", "*stan"), ("w?ld*", "forms", "w?ld*"),
        ("أ?مد*", "forms", "ا?مد*"), ("٢*", "forms", "2*"),
        ("'Haf*',", "forms", "haf*"), ("al‑Has*", "wholes", "al-has*"), ("al-*", "wholes", "al-*"),
        ("*-Qa?im", "wholes", "*-qa?im"),
        ("Haftar’*", "wholes", "haftar'*"), ("2,0*", "wholes", "2,0*"), ("2.*", "wholes", "2.*"),
        ("*.5", "wholes", "*.5"),
    ],
)  # fmt: skip
def test_a_pattern_reads_forms_or_wholes_where_it_has_an_inner_joiner(pattern, stream, text):
    assert look_up_pattern(pattern) == Pattern(stream, text)


@pytest.mark.parametrize(
    "pattern", ["*", "?*", "*-*", "日*", "日本*", "a日*", "foo.ba*", "US$2*", "foo *bar", "foo*.*", "", "!*"]
)
def test_a_pattern_that_is_no_single_word_is_none(pattern):
    assert look_up_pattern(pattern) is None


def test_words_of_several_parts_are_read_in_time_that_grows_with_the_text():
    def seconds(times):
        start = time.thread_time()
        tokens = analyze("al-A bin " * times, None)
        taken = time.thread_time() - start
        assert tokens.forms == ("al", "a", "bin") * times
        assert (tokens.starts[-2], tokens.ends[-1]) == (9 * times - 6, 9 * times - 1)
        return taken

    # Sixteen times the text takes 256 times as long where each word is compared with all before it.
    assert min(seconds(64_000) for _ in range(3)) < 40 * min(seconds(4_000) for _ in range(3))


def test_the_version_is_counted_up_when_tokens_change():
    text = "The al-Hasakah’s US$2,000 İstanbul ﬁn Straße أحمدُ می‌خواهم 東京ﾃﾞｽ กำ km² शक्ति Ёлка Đà ŉ 3٫5 x\u00ady"
    digest = hashlib.sha256(repr(analyze(text, None)).encode()).hexdigest()[:12]
    assert {VERSION.partition(",")[0]: digest} == {"1": "c343899b5d1f"}
