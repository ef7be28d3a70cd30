"""Whole pieces of news that mislead: where each place is that they name, and what only bears the name of one."""

from __future__ import annotations

import pytest

from searchapp.ingest.actors import find_actors
from searchapp.ingest.places import find_places
from tests.ingest.shipped import shipped

Named = set[tuple[str, str]]

TEXTS: list[tuple[str, Named]] = [
    # Datelines in capitals, however short.
    ("CAIRO (AP) — Egypt said on Monday that it would vote.", {("CAIRO", "Cairo"), ("Egypt", "Egypt")}),
    ("PARIS, May 2 (Reuters) - The minister resigned on Monday.", {("PARIS", "Paris")}),
    ("Storm ahead.\nRENO, Nev. — Snow fell.", {("RENO", "Reno"), ("Nev.", "Nevada")}),
    ("The doctor wrote NICE to see you. MAN (25) found.", set()),
    # Illnesses are called after places.
    ("West Nile virus and Japanese encephalitis spread in Texas.", {("Texas", "Texas")}),
    ("Sudan ebolavirus, Reston virus and Marburg virus are related.", set()),
    ("Middle East respiratory syndrome came to South Korea.", {("South Korea", "South Korea")}),
    ("Hong Kong flu and Spanish flu killed millions; in Hong Kong, schools closed.", {("Hong Kong", "Hong Kong")}),
    ("Cases were found in North Kivu and in Équateur province, Democratic Republic of the Congo.",
     {("North Kivu", "Nord Kivu"), ("Équateur", "Équateur"), ("Democratic Republic of the Congo", "DR Congo")}),
    # A name that is given to a person stays that person's, unless it stands where only a place can.
    ("Jordan Henley scored. Jordan thanked his team.", set()),
    ("Chad Rowntree resigned. On Friday Chad was not to be found.", set()),
    ("Jordan Henley visited Amman. The Jordanian king praised Jordan.",
     {("Amman", "Amman"), ("Jordan", "Jordan")}),
    ("Georgia Harper sang well. Georgia's mother wept.", set()),
    ("Sydney Carver smiled. Sydney had never been so happy.", set()),
    ("Ms. Carson went home. Advisers to Carson said that in Carson's view the United States was strong.",
     {("United States", "United States")}),
    ("Mr. Lincoln lives in the United States. A shop opened in Lincoln, Nebraska.",
     {("United States", "United States"), ("Lincoln", "Lincoln"), ("Nebraska", "Nebraska")}),
    ("Senator Kellyann Conway of the United States left. The Conway team said that Conway was ill.",
     {("United States", "United States")}),
    ("In Ohio, the United States, Hillary Clinton spoke. The Clinton camp was glad. In Toledo, Clinton thanked all.",
     {("Ohio", "Ohio"), ("United States", "United States"), ("Toledo", "Toledo")}),
    ("Denver flew from Denver to Austin, Texas; the United States won.",
     {("Denver", "Denver"), ("Austin", "Austin"), ("Texas", "Texas"), ("United States", "United States")}),
    # Who says Geneva means no town in Illinois.
    ("The World Health Organization in Geneva told the United States so.",
     {("Geneva", "Geneva"), ("United States", "United States")}),
    ("After the attacks in Paris the governor of Texas spoke, as did those of Utah, Iowa and Ohio.",
     {("Paris", "Paris"), ("Texas", "Texas"), ("Utah", "Utah"), ("Iowa", "Iowa"), ("Ohio", "Ohio")}),
    ("Senators of Oregon and Ohio voted in Washington.", {("Oregon", "Oregon"), ("Ohio", "Ohio"), ("Washington", "Washington")}),
    ("An inquest in Croydon: a man was arrested in London, a friend of his in Norfolk.",
     {("Croydon", "Croydon"), ("London", "London"), ("Norfolk", "Norfolk")}),
    ("A firm of Bellevue, Washington, was sold.", {("Bellevue", "Bellevue"), ("Washington", "Washington")}),
    # Counties of the British Isles, and what lies in them.
    ("He was arrested in Burnley, Lancashire, and taken to Cornwall.",
     {("Burnley", "Burnley"), ("Lancashire", "Lancashire"), ("Cornwall", "Cornwall")}),
    ("Staff of Essex County Council met pupils in Hampshire.", {("Essex", "Essex"), ("Hampshire", "Hampshire")}),
    ("Police in Reading, Berkshire, asked for help.", {("Reading", "Reading"), ("Berkshire", "Berkshire")}),
    ("The Senator from Vermont Peter Gray met the ambassador to Germany Richard Kline.",
     {("Vermont", "Vermont"), ("Germany", "Germany")}),
    ("He lives in Ledbury, Herefordshire, and she in Marburg, Germany, and in the Bronx.",
     {("Ledbury", "?"), ("Herefordshire", "Herefordshire"), ("Marburg", "Marburg an der Lahn"), ("Germany", "Germany"),
      ("Bronx", "The Bronx")}),
    # Older and more usual names.
    ("Nipah virus killed two in Calicut and one in Mysore, India.",
     {("Calicut", "Kozhikode"), ("Mysore", "Mysuru"), ("India", "India")}),
    ("Refugees on the Greek islands of Lesbos and Samos, and on Lampedusa, Italy, waited.",
     {("Lesbos", "Lesbos"), ("Samos", "Samos"), ("Lampedusa", "Lampedusa"), ("Italy", "Italy")}),
    ("The diplomat Yukiya Amano met the king of Jordan in Amman.", {("Jordan", "Jordan"), ("Amman", "Amman")}),
    ("Ebola came to Congo, doctors in Kinshasa said.", {("Congo", "DR Congo"), ("Kinshasa", "Kinshasa")}),
    ("Congo exports oil, said a minister in Brazzaville.", {("Congo", "Republic of the Congo"), ("Brazzaville", "Brazzaville")}),
    ("West Germany signed it with the Soviet Union in St. Paul, Minnesota.",
     {("West Germany", "Germany"), ("Soviet Union", "Soviet Union"), ("St. Paul", "Saint Paul"), ("Minnesota", "Minnesota")}),
    ("Students of Columbia University and of Saint Louis University flew to France.", {("France", "France")}),
    # Seas that companies are called after.
    ("Union Pacific, Bell Atlantic and Atlantic Richfield sold ships that crossed the Pacific.", {("Pacific", "Pacific Ocean")}),
    ("The Asia Pacific region grew.", {("Asia", "Asia"), ("Pacific", "Pacific Ocean")}),
    ("The United States spoke of other republics, notably Ukraine and Georgia, and of votes in Texas and Georgia.",
     {("United States", "United States"), ("Ukraine", "Ukraine"), ("Georgia", "Georgia"), ("Texas", "Texas")}),
    ("They voted in the states of Idaho, Missouri and Washington, said a minister in Washington.",
     {("Idaho", "Idaho"), ("Missouri", "Missouri"), ("Washington", "Washington")}),
    # A point of the compass makes another town of a small one, and is none of a large one.
    ("The mayor of South Charleston, West Virginia, flew to South London.",
     {("South Charleston", "?"), ("West Virginia", "West Virginia"), ("London", "London")}),
    # What says nothing by itself.
    ("The prosecutor for the Southern District of New York and voters in the North West of England agreed.",
     {("New York", "New York"), ("England", "England")}),
    ("Meanwhile, Russia waits. Nokia and Honda sell in Russia; Sim City was played.", {("Russia", "Russia")}),
    ("He sang La Boheme, La Traviata and more in Italy.", {("Italy", "Italy")}),
    ("The US army told us nothing. US officials were silent.", {("US", "United States")}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS, ids=[text[:30] for text, _ in TEXTS])
def test_a_misleading_piece_of_news_names_what_it_names(text: str, expected: Named) -> None:
    found = find_places("", text, shipped(), masked=find_actors("", text, shipped()))
    named = {
        (one.surface, shipped().places[one.value].name if one.value in shipped().places else "?")
        for one in found.mentions
        if "demonym" not in one.rule
    }
    assert named == expected


@pytest.mark.parametrize(
    ("text", "home", "country"),
    [
        ("A new bridge for Birmingham. American engineers praised Birmingham.", "gb", "gb"),
        ("A race in Boston was won by a runner from Leeds.", "gb", "us"),
        ("The council of Perth met.", "gb", "au"),
    ],
)
def test_the_outlets_country_moves_no_well_known_city(text: str, home: str, country: str) -> None:
    first = next(one for one in find_places("", text, shipped(), home=home).mentions if "demonym" not in one.rule)
    assert shipped().places[first.value].country == country


def test_a_word_for_a_people_is_a_surname_where_a_given_name_stands_before_it() -> None:
    text = "The officer, Monica French, called. In Paris a minister left. French said no more."
    named = [one.surface for one in find_places("", text, shipped()).mentions]
    assert named == ["Paris"]


def test_a_town_that_is_called_like_a_country_is_meant_in_a_text_of_counties() -> None:
    found = find_places("", "The Boone County sheriff lives in Lebanon. A Lebanon man was arrested in Lebanon.", shipped())
    towns = [one for one in found.mentions if one.surface == "Lebanon"]
    assert not any(one.value in shipped().places and shipped().places[one.value].kind == "country" for one in towns)


def test_a_county_makes_a_text_one_of_its_neighbourhood() -> None:
    found = find_places("", "The Lamar County sheriff lives in Paris, and Texas pays him.", shipped())
    paris = next(one for one in found.mentions if one.surface == "Paris")
    assert shipped().branch(paris.value)[1].name == "Texas"
