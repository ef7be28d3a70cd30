"""Stems are counted alike, whether a text is read word by word or its words are compared as numbers."""

from __future__ import annotations

from collections import Counter

import pytest

from searchapp.ingest.headline.lines import words_of
from searchapp.ingest.headline.stems import Sought, stems_of

TEXTS = (
    "Recruiters met recruits; the recruiting ended at noon. Noon-time, NOON!",
    "door doors Door_door (door)\ndoors",
    "four4 5five 2020 20205 the end",
    "Der Müller sagte, Müllers Mühle mahle “sehr” langsam – Mühle für Mühle.\nPlain mill words, mill by mill",
    "北京市长说北京的天气\nBeijing weather in 北京 and Beijing",
    "وكالة الأنباء قالت\nNews agency said, agency",
    "short of it is no",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_each_sought_stem_is_counted_as_often_as_the_words_say_it(text: str) -> None:
    said = Counter(stems_of(words_of(text)))
    sought = {*stems_of(words_of(" ".join(TEXTS))), "never", "said"}
    counted = Sought(sought).counted(text)
    assert {stem: counted.get(stem, 0) for stem in sought} == {stem: said[stem] for stem in sought}


def test_a_word_of_four_letters_is_not_the_beginning_of_a_longer_one() -> None:
    assert Sought(["door", "doors"]).counted("doors doorstep door") == {"door": 1, "doors": 2}


def test_nothing_is_counted_where_nothing_is_sought() -> None:
    assert Sought([]).counted("Forty lorries crossed the river") == {}
