"""Places: which names are places, which place is meant, and what the tree holds then."""

from __future__ import annotations

import pytest
from hypothesis import given

from searchapp.ingest.places import Places, find_places
from searchapp.model import Mention
from tests.ingest.shipped import shipped, texts

SYRIA, LIBYA, LEBANON, IRAQ = "geo:163843", "geo:2215636", "geo:272103", "geo:99237"
TRIPOLI_LIBYA, TRIPOLI_LEBANON = "geo:2210247", "geo:266826"
HOMS_CITY, HOMS_PROVINCE = "geo:169577", "geo:169575"


def places(text: str, *, title: str = "", masked: tuple[Mention, ...] = (), home: str | None = None) -> Places:
    return find_places(title, text, shipped(), masked=masked, home=home)


def named(text: str) -> list[tuple[str, str]]:
    """The surfaces, each with the English name of the place it means."""
    found = places(text).mentions
    return [(one.surface, shipped().places[one.value].name if one.value in shipped().places else "?") for one in found]


def values(text: str) -> list[str]:
    return [mention.value for mention in places(text).mentions]


def test_a_mention_quotes_its_text_and_names_its_rule() -> None:
    (mention,) = places("Fighters left Libya.").mentions
    assert (mention.facet, mention.value, mention.surface, mention.start, mention.end) == ("location", LIBYA, "Libya", 14, 19)
    assert (mention.rule, mention.status, mention.field) == ("name", "curated", "text")


def test_a_place_brings_everything_it_lies_in() -> None:
    entries = {entry.value.id: entry.value for entry in places("The town of Qamishli in Syria").entries}
    assert set(entries) == {"geo:173377", "geo:173813", SYRIA}
    assert entries["geo:173377"].parent == "geo:173813"
    assert entries["geo:173813"].parent == SYRIA
    assert entries[SYRIA].parent is None
    assert (entries["geo:173377"].latitude, entries["geo:173377"].longitude) == (37.0521, 41.2314)
    assert "القامشلي" in entries["geo:173377"].labels


def test_a_word_for_the_people_counts_for_the_country() -> None:
    (mention,) = places("Hundreds of Syrians were hired.").mentions
    assert (mention.value, mention.rule) == (SYRIA, "demonym")


@pytest.mark.parametrize(
    "text",
    [
        "Comedian Sam Tripoli performed on Friday.", "Actress Paris Hilton arrived late.", "Mr Chad Smith resigned.",
        "Michael Jordan scored 30 points.", "George Washington was the first president.", "Mobile phones were banned.",
        "Reading is fun.", "In March the army withdrew.", "Most rebels fled.", "Manchester United beat Chelsea FC.",
        "New York Times reporters wrote it.", "He studied at the University of Oklahoma.", "The US$2000 salary was paid.",
        "Turkey sandwiches were served.", "Guinea pigs are popular.", "It is up to us.", "THEY TOLD US TO LEAVE", "turkey",
        "Duke of Edinburgh", "Split the bill, Nice work", "Real Madrid won.",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_place_is_none(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("He drove to Mobile, Alabama, on Monday.", "Mobile", "Mobile"),
        ("A nice day in Nice, France.", "Nice", "Nice"),
        ("Police in Reading, England, arrested two men.", "Reading", "Reading"),
        ("Talks in Chad resumed.", "Chad", "Chad"),
        ("Turkey sent troops.", "Turkey", "Turkey"),
        ("The U.S. said", "U.S.", "United States"),
        ("the UAE and others", "UAE", "United Arab Emirates"),
        ("He flew to Paris.", "Paris", "Paris"),
        ("Rif Dimashq governorate", "Rif Dimashq", "Rif Dimashq"),
        ("Protests in Georgia over the Tbilisi vote.", "Georgia", "Georgia"),
        ("in Deir el-Zour province in Syria", "Deir el-Zour", "Deir ez-Zor"),
        ("Hmeimim airbase was shelled", "Hmeimim airbase", "Hmeimim Air Base"),
        ("fighting in Suweida, Syria", "Suweida", "Suwayda"),
        ("Tadmur, Syria", "Tadmur", "Palmyra"),
        ("Kyiv said on Tuesday", "Kyiv", "Kyiv"),
        ("ALEPPO, Syria", "ALEPPO", "Aleppo"),
    ],
)
def test_what_is_used_as_a_place_is_found(text: str, surface: str, place: str) -> None:
    assert (surface, place) in named(text)


def test_a_village_counts_only_where_its_country_is_spoken_of_and_it_is_called_a_place() -> None:
    assert named("He sang Nawa for hours.") == []
    assert ("Nawa", "Nawa") in named("Shells fell on the town of Nawa in Syria.")


def test_a_list_of_towns_says_of_each_that_it_is_one() -> None:
    found = named("In Syria they came from the towns of Mashara, Um Batna and Kafr Nasij.")
    assert [surface for surface, _ in found] == ["Syria", "Mashara", "Um Batna", "Kafr Nasij"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Fighters left Tripoli. Libya is at war.", TRIPOLI_LIBYA),
        ("Clashes in Tripoli, Lebanon, killed two.", TRIPOLI_LEBANON),
        ("Lebanon deployed troops in Beirut and Tripoli.", TRIPOLI_LEBANON),
        ("Fighters went from Tripoli to Misrata.", TRIPOLI_LIBYA),
        ("The Libyan capital, Tripoli, is calm. Lebanon is not.", TRIPOLI_LIBYA),
    ],
)
def test_the_country_spoken_of_tells_namesakes_apart(text: str, place: str) -> None:
    assert place in values(text)


@pytest.mark.parametrize(
    ("text", "surface", "country", "kind"),
    [
        ("The United States signed it in Paris, said Shultz.", "Paris", "fr", "city"),
        ("The U.S. Secretary of State went to Moscow.", "Moscow", "ru", "city"),
        ("In the Philippines they spoke of loans to Mexico.", "Mexico", "mx", "country"),
        ("In the United States a Delaware-based company closed.", "Delaware", "us", "province"),
    ],
)
def test_a_country_spoken_of_makes_no_small_town_of_a_well_known_place(
    text: str, surface: str, country: str, kind: str
) -> None:
    (mention,) = (one for one in places(text).mentions if one.surface == surface)
    place = shipped().places[mention.value]
    assert (place.country, place.kind) == (country, kind)


def test_what_was_told_apart_once_stays_so() -> None:
    text = "Clashes in Tripoli, Lebanon. Later the army came. Tripoli was calm."
    assert values(text).count(TRIPOLI_LEBANON) == 2


def test_the_outlets_country_is_where_its_readers_look() -> None:
    (mention,) = places("Clashes in Tripoli.", home="lb").mentions
    assert mention.value == TRIPOLI_LEBANON


def test_a_name_that_nothing_tells_apart_names_all_it_may_mean() -> None:
    found = places("Clashes in Tripoli.")
    (mention,), (entry,) = found.mentions, found.entries
    assert (mention.value, mention.rule, mention.status) == ("ambiguous:tripoli", "ambiguous name", "inferred")
    assert entry.value.ambiguous
    assert {TRIPOLI_LIBYA, TRIPOLI_LEBANON} <= set(entry.value.candidates)


@pytest.mark.parametrize(("city", "country"), [("London", "gb"), ("Madrid", "es"), ("Moscow", "ru")])
def test_a_city_that_towers_over_its_namesakes_is_taken_for_meant(city: str, country: str) -> None:
    (mention,) = places(f"Talks in {city} failed.").mentions
    place = shipped().places[mention.value]
    assert (place.name, place.kind, place.country) == (city, "city", country)


def test_a_sea_is_none_of_the_countries_in_its_name() -> None:
    assert values("The Indian Ocean and the Gulf of Mexico") == ["place:indian-ocean", "place:gulf-of-mexico"]


@pytest.mark.parametrize(
    ("text", "surface", "above"),
    [
        ("Syria: recruits from the towns of Qarnafil and Zurbatan met.", "Qarnafil", SYRIA),
        ("Shells hit a house in Qarnafil, Syria.", "Qarnafil", SYRIA),
        ("Fire broke out near Kelleyfield, La., on Monday.", "Kelleyfield", "geo:4331987"),
    ],
)
def test_a_town_that_nobody_knows_is_a_place_without_coordinates(text: str, surface: str, above: str) -> None:
    found = places(text)
    (mention,) = (one for one in found.mentions if one.surface == surface)
    (entry,) = (entry for entry in found.entries if entry.value.id == mention.value)
    assert (mention.rule, mention.status, entry.status) == ("unresolved name", "inferred", "inferred")
    assert (entry.value.parent, entry.value.latitude, entry.value.label) == (above, None, surface)


@pytest.mark.parametrize(
    ("text", "surface", "place"),
    [
        ("Syria: they left Deir al-Zoor for the coast.", "Deir al-Zoor", "Deir ez-Zor"),
        ("In Libya, fighting around Misratha went on.", "Misratha", "Misrata"),
        ("Syria: recruits from the towns of Sanameeen and Kuneitraa met.", "Kuneitraa", "Quneitra"),
        ("Syria: protests in Hassakeeh Governorate.", "Hassakeeh", "Al-Hasakah"),
    ],
)
def test_another_spelling_is_recognised_where_a_place_would_stand(text: str, surface: str, place: str) -> None:
    (mention,) = (one for one in places(text).mentions if one.surface == surface)
    assert (shipped().places[mention.value].name, mention.rule, mention.status) == (place, "variant", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "They left Deir al-Zoor for the coast.", "Syria: Misratha went on.", "Libya: Kuneitraa, he said.",
        "Syria: he believes in Islam and in Hafez.", "In Iraq, a letter to Saddam.",
    ],
)  # fmt: skip
def test_another_spelling_is_nothing_without_its_country_and_a_word_that_leads_to_places(text: str) -> None:
    assert {one.rule for one in places(text).mentions} <= {"name"}


def test_a_county_is_no_town_and_lies_in_the_country_that_has_them() -> None:
    found = places("Deputies of Jackson County searched a house.")
    assert [(one.surface, one.rule) for one in found.mentions] == [("Jackson County", "unresolved name")]
    assert "geo:6252001" in {entry.value.id for entry in found.entries}
    assert [one.surface for one in places("Ohio: the Butler County Auditor spoke.").mentions] == ["Ohio", "Butler County"]


def test_a_word_that_the_text_also_writes_small_is_a_word() -> None:
    assert named("Split decisions split the court.") == named("Bergen bergen") == []


def test_the_province_spoken_of_tells_namesakes_apart() -> None:
    assert ("Springfield", "Springfield") in named("Fires in Illinois: Springfield and Chicago, Illinois, sent help.")


def test_a_text_of_nothing_but_hyphens_costs_no_more_than_others() -> None:
    assert places("in " + "A-A'A-" * 50_000).mentions == ()


def test_a_name_said_to_lie_where_no_such_place_is_known_is_not_the_known_one() -> None:
    (city, _) = places("A fire in Qamishli, Maine, killed two.").mentions
    assert city.value == "unresolved:geo:4971068:qamishli"


@pytest.mark.parametrize("text", ["Ask me, Miss Jones.", "Republicans, R-La., voted", "He is an MD in Ohio", "HI there"])
def test_an_abbreviated_state_counts_behind_a_town_alone(text: str) -> None:
    assert not {"La.", "MD", "Miss", "HI"} & {surface for surface, _ in named(text)}


def test_a_state_may_be_abbreviated_behind_its_town() -> None:
    assert named("Police in Jackson, Miss., and Jacksonville, FL said") == [
        ("Jackson", "Jackson"), ("Miss.", "Mississippi"), ("Jacksonville", "Jacksonville"), ("FL", "Florida"),
    ]  # fmt: skip


def test_a_name_that_a_person_bears_in_the_text_is_that_persons() -> None:
    assert named("Director Neil Jordan spoke. Jordan said the film was shot in Dublin.") == [("Dublin", "Dublin")]
    assert ("Jordan", "Jordan") in named("Neil Jordan flew to Amman in Jordan.")


def test_what_only_its_size_tells_is_marked() -> None:
    (mention,) = places("Talks in London failed.").mentions
    assert mention.status == "inferred"
    assert mention.confidence < 1


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Syria: they left Homs province.", HOMS_PROVINCE),
        ("Syria: they left the Homs Governorate.", HOMS_PROVINCE),
        ("Syria: they left the province of Homs.", HOMS_PROVINCE),
        ("Syria: they left the city of Homs.", HOMS_CITY),
        ("Syria: they left Homs.", HOMS_CITY),
        ("Syria: Homs and Hama provinces fell.", HOMS_PROVINCE),
        ("في محافظة حمص السورية سوريا", HOMS_PROVINCE),
        ("في مدينة حمص في سوريا", HOMS_CITY),
    ],
)
def test_province_and_city_of_one_name_are_told_apart(text: str, place: str) -> None:
    assert place in values(text)


def test_a_name_is_read_as_the_province_where_the_text_calls_it_one() -> None:
    assert values("Syria: recruits from Quneitra met. Quneitra province is poor.").count("geo:173336") == 2


def test_within_the_name_of_an_actor_only_countries_count() -> None:
    text = "Iran's Guards and the Damascus Brigade"
    actors = (
        Mention("actor", "a", 0, 13, "Iran's Guards", "name", "curated"),
        Mention("actor", "b", 22, 38, "Damascus Brigade", "name", "curated"),
    )
    assert [mention.surface for mention in places(text, masked=actors).mentions] == ["Iran"]


def test_a_document_is_mainly_about_what_comes_early_or_often() -> None:
    text = "Libya is at war. " + "Nothing happened for a long time. " * 10 + "Syria, Syria, Syria and Egypt."
    salient = {entry.value.label: entry.salient for entry in places(text).entries}
    assert salient == {"Libya": True, "Syria": True, "Egypt": False}


def test_what_the_title_names_is_what_the_document_is_about() -> None:
    found = places("x " * 200 + "Egypt, Chad, Mali, Niger and Libya", title="Libya")
    assert {entry.value.label for entry in found.entries if entry.salient} == {"Libya"}
    assert found.mentions[0].field == "title"


def test_arabic_names_are_found_behind_prefixes() -> None:
    assert named("قالت روسيا إن قوات وصلت إلى دمشق وبحلب وفي ليبيا") == [
        ("روسيا", "Russia"), ("دمشق", "Damascus"), ("حلب", "Aleppo"), ("ليبيا", "Libya"),
    ]  # fmt: skip


def test_arabic_words_are_no_villages() -> None:
    assert [surface for surface, _ in named("خرج المدنيون في سوريا من الحي إلى المدينة بعد الثورة")] == ["سوريا"]


def test_nothing_is_found_in_nothing() -> None:
    assert places("") == Places((), ())


@given(texts, texts)
def test_every_mention_quotes_its_field_exactly(title: str, text: str) -> None:
    for mention in places(text, title=title).mentions:
        source = title if mention.field == "title" else text
        assert source[mention.start : mention.end] == mention.surface != ""


@given(texts)
def test_every_value_has_its_parent_beside_it(text: str) -> None:
    found = places(text)
    ids = {entry.value.id for entry in found.entries}
    assert {mention.value for mention in found.mentions} <= ids
    assert {entry.value.parent for entry in found.entries} - {None} <= ids
