"""Actors: which names of the authority stand in a text, written as names, and nothing else."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given

from searchapp.authority import Authority
from searchapp.ingest.actors import actor_entries, find_actors
from tests.ingest.shipped import shipped, texts

RECORDS = """
- {id: gna, schema: PublicBody, name: Government of National Accord, alias: [GNA], weakAlias: [Libyan government]}
- {id: is, schema: Organization, name: Islamic State, alias: [ISIS, داعش], weakAlias: [IS]}
- {id: syrian-army, schema: PublicBody, name: Syrian Army, alias: [SAA]}
- {id: un, schema: PublicBody, name: United Nations, alias: [UN, U.N.]}
- {id: unsc, schema: PublicBody, name: UN Security Council}
- {id: trump, schema: Person, name: Donald Trump, alias: [Trump]}
- {id: haftar, schema: Person, name: Khalifa Haftar, alias: [Haftar, خليفة حفتر, حفتر]}
- {id: jihad-gaza, schema: Organization, name: Palestinian Islamic Jihad, alias: [Islamic Jihad], ambiguous: [Islamic Jihad]}
- {id: jihad-egypt, schema: Organization, name: Egyptian Islamic Jihad, alias: [Islamic Jihad], ambiguous: [Islamic Jihad]}
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    folder: Path = tmp_path_factory.mktemp("records")
    (folder / "actors.yaml").write_text(RECORDS, encoding="utf-8")
    return Authority.read(None, folder)


def named(text: str, authority: Authority) -> list[str]:
    return [mention.value for mention in find_actors("", text, authority)]


def test_a_mention_quotes_its_text_and_names_its_rule(authority: Authority) -> None:
    (mention,) = find_actors("", "Forces of Gen. Haftar retreated.", authority)
    assert (mention.facet, mention.value, mention.surface, mention.start, mention.end) == ("actor", "haftar", "Haftar", 15, 21)
    assert (mention.rule, mention.status, mention.field) == ("alias", "curated", "text")


def test_mentions_of_the_title_come_first_and_say_so(authority: Authority) -> None:
    title, text = find_actors("Khalifa Haftar in Moscow", "The GNA objected.", authority)
    assert (title.field, title.rule, text.field) == ("title", "name", "text")


def test_the_longest_name_wins(authority: Authority) -> None:
    assert named("The UN Security Council met.", authority) == ["unsc"]


def test_names_end_where_words_end(authority: Authority) -> None:
    assert named("The GNAT and the UNHCR, Haftarists", authority) == []
    assert named("Haftar's men; Haftar-backed; Haftar’s", authority) == ["haftar"] * 3


@pytest.mark.parametrize("text", ["The UN said", "U.N. experts", "the U.N. said"])
def test_an_acronym_is_found_as_it_is_written(authority: Authority, text: str) -> None:
    assert named(text, authority) == ["un"]


@pytest.mark.parametrize("text", ["un homme et une femme", "Un homme", "gna", "isis", "Isis, the goddess", "TELL THE UN AGAIN"])
def test_an_acronym_is_not_found_as_a_word(authority: Authority, text: str) -> None:
    assert named(text, authority) == []


def test_a_name_needs_its_capital_but_not_that_of_a_common_word_in_it(authority: Authority) -> None:
    assert named("The Syrian army attacked", authority) == ["syrian-army"]
    assert named("an islamic state, haftar", authority) == []
    assert named("an Islamic state", authority) == []


def test_a_headline_in_capitals_is_read(authority: Authority) -> None:
    assert named("HAFTAR MEETS DONALD TRUMP", authority) == ["haftar", "trump"]


def test_a_weak_alias_counts_only_beside_a_stronger_name(authority: Authority) -> None:
    assert named("IS fighters and the Libyan government", authority) == []
    assert named("IS fighters. ISIS said so.", authority) == ["is", "is"]


def test_an_ambiguous_name_counts_only_beside_a_name_of_one_of_its_bearers(authority: Authority) -> None:
    assert named("Islamic Jihad fired rockets.", authority) == []
    assert named("Egyptian Islamic Jihad, or Islamic Jihad", authority) == ["jihad-egypt", "jihad-egypt"]
    both = "Palestinian Islamic Jihad is not Egyptian Islamic Jihad. Islamic Jihad denied it."
    assert named(both, authority) == ["jihad-gaza", "jihad-egypt"]


@pytest.mark.parametrize(
    "text", ["He saw Melania Trump there", "in the Trump Tower", "met with Eric Trump", "the Trump Organization"]
)
def test_a_surname_of_somebody_else_is_not_found(authority: Authority, text: str) -> None:
    assert named(text, authority) == []


@pytest.mark.parametrize("text", ["President Trump", "When Trump came", "Mr. Trump", "Washington's Trump", "trump card, Trump"])
def test_a_surname_behind_a_title_or_a_word_is_found(authority: Authority, text: str) -> None:
    assert named(text, authority) == ["trump"]


def test_arabic_names_are_found_behind_prefixes_and_with_vowel_signs(authority: Authority) -> None:
    found = find_actors("", "التقى وخَلِيفَة حفتر بداعش", authority)
    assert [(mention.value, mention.surface) for mention in found] == [("haftar", "خَلِيفَة حفتر"), ("is", "داعش")]


def test_entries_name_each_actor_once_in_order(authority: Authority) -> None:
    mentions = find_actors("", "The GNA, Haftar and the GNA", authority)
    entries = actor_entries(mentions, authority)
    assert [(entry.value.id, entry.status) for entry in entries] == [("gna", "curated"), ("haftar", "curated")]
    assert entries[0].value.labels == ("GNA",)


def test_an_archive_without_records_finds_nobody() -> None:
    assert find_actors("Haftar", "Haftar", Authority()) == ()


def test_the_shipped_records_know_the_spellings_of_the_region() -> None:
    text = "Moammar Gadhafi, Jabhat al-Nusra, Tayyip Recep Erdogan, Сергей Лавров, وحزب الله, PKK/YPG-held land, Daesh"
    assert named(text, shipped()) == [
        "muammar-gaddafi", "hayat-tahrir-al-sham", "recep-tayyip-erdogan", "sergei-lavrov", "hezbollah", "pkk", "ypg",
        "islamic-state",
    ]  # fmt: skip


@given(texts, texts)
def test_every_mention_quotes_its_field_exactly(title: str, text: str) -> None:
    for mention in find_actors(title, text, shipped()):
        source = title if mention.field == "title" else text
        assert source[mention.start : mention.end] == mention.surface != ""


@pytest.mark.parametrize("name", [
    "Khalifa Haftar", "Recep Tayyip Erdog\u0306an", "Recep Tayyip Erdo\u011fan", "Recep Tayyip ERDO\u011eAN",
    "Kha\u200dlifa\u00a0Haftar", "Kh\u00adalifa\nHaftar", "خَلِيفة حفتر",
])  # fmt: skip
def test_a_name_is_quoted_from_its_first_letter_to_its_last(name: str) -> None:
    befores = ("", "İİİ ", "ŉŉ ﬁﬁ ", "\u200f", "\u202b", "e\u0301e\u0301 ", "ǆ. ", "ﷺ ", "🏴 ")
    for before, after in product(befores, (" said.", "\u200f said.", "\u202c", "'s men", "، قال")):
        (mention,) = find_actors("", f"{before}{name}{after}", shipped())
        assert (mention.start, mention.surface) == (len(before), name)
