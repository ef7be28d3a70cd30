"""Forty sentences that mislead: what they name, and what they only seem to name, actors and places together."""

from __future__ import annotations

import pytest

from searchapp.ingest.actors import find_actors
from searchapp.ingest.places import find_places
from tests.ingest.shipped import shipped

SENTENCES: list[tuple[str, dict[str, str]]] = [
    # Persons who are called as places are.
    ("Comedian Sam Tripoli joked about it on Friday.", {}),
    ("Paris Hilton opened a shop in Dubai.", {"Dubai": "ae"}),
    ("Jack London never lived in London.", {"London": "gb"}),
    ("Mr Chad Smith met Ms Sydney Sweeney.", {}),
    ("Denzel Washington said Washington was too hot for him.", {}),
    ("Michael Jordan flew to Jordan.", {"Jordan": "jo"}),
    ("Sheikh Hassan and Imam Ali spoke.", {}),
    ("Abu Omar al-Homsi was killed in Homs, Syria.", {"Homs": "sy", "Syria": "sy"}),
    ("Irving Berlin wrote songs; Berlin was in New York then.", {"New York": "us"}),
    ("Madison, 12, and Austin, 9, were found safe.", {}),
    # Organisations, teams, papers and treaties.
    ("Manchester United beat Real Madrid.", {}),
    ("The New York Times and the Jerusalem Post wrote it.", {}),
    ("He studied at the University of Damascus.", {}),
    ("Bank of Baghdad shares fell.", {}),
    ("The Geneva Conventions and the Minsk agreements were broken.", {}),
    ("Turkish Airlines cancelled flights.", {}),
    ("The Taif Agreement ended the war in Lebanon.", {"Lebanon": "lb"}),
    ("The Duke of Edinburgh and the Prince of Wales came.", {}),
    # Words.
    ("Reading is nice, most of March it was fun.", {}),
    ("Mobile phones, turkey sandwiches and guinea pigs were sold.", {}),
    ("Turkey sandwiches and china plates; Guinea pigs too.", {}),
    ("They were paid US$2000 a month.", {}),
    ("Tell us why it matters to us.", {}),
    ("Split the bill, said the Central Bank.", {}),
    ("Sale! Bath towels, Orange juice, Nice price.", {}),
    # Names of outlets that hold names of places.
    ("The source told Zaman Al Wasl on Tuesday.", {}),
    ("Al Wasl won the derby.", {}),
    ("SANA reported calm.", {}),
    # Namesakes.
    ("Protests in Albany went on.", {"Albany": "?"}),
    ("Lawmakers in Albany, New York, voted.", {"Albany": "us", "New York": "us"}),
    ("Clashes in Tripoli.", {"Tripoli": "?"}),
    ("Clashes in Tripoli, Lebanon.", {"Tripoli": "lb", "Lebanon": "lb"}),
    ("Libya: the port of Tripoli was shelled.", {"Libya": "ly", "Tripoli": "ly"}),
    ("Police in London, Ontario, arrested him.", {"London": "ca", "Ontario": "ca"}),
    ("Paris, Texas, is a small town.", {"Paris": "us", "Texas": "us"}),
    ("Voters in Georgia, Florida and Ohio went to the polls in the United States.",
     {"Georgia": "us", "Florida": "us", "Ohio": "us", "United States": "us"}),
    ("Georgia and its capital Tbilisi protested.", {"Georgia": "ge", "Tbilisi": "ge"}),
    # What stands around a name.
    ("MOSCOW (Reuters) - Russia denied it.", {"MOSCOW": "ru", "Russia": "ru"}),
    ("The India-Pakistan border near Srinagar", {"India": "in", "Pakistan": "pk", "Srinagar": "in"}),
    ("Dr. Kinshasa Brown, of Mobile, Alabama, agreed.", {"Mobile": "us", "Alabama": "us"}),
    ("وصل المقاتلون من دمشق إلى ليبيا", {"دمشق": "sy", "ليبيا": "ly"}),
    ("The Iranian Embassy in Baghdad, Iraq", {"Baghdad": "iq", "Iraq": "iq"}),
    # Sentences in which nearly every word has a capital.
    ("Brooklyn Beckham married Nicola Peltz in Florida.", {"Florida": "us"}),
    ("Florence Pugh and Vienna Teng performed in Cardiff.", {"Cardiff": "gb"}),
    ("Melbourne Victory lost to Perth Glory; Newcastle Jets won.", {}),
    ("Manchester City beat Ajax Amsterdam; Bayern Munich won.", {}),
    # Names that need no country beside them, and those of oblasts as they stand before that word.
    ("She painted flowers in New Mexico.", {"New Mexico": "us"}),
    ("Deutsche Bank moved to Frankfurt.", {"Frankfurt": "de"}),
    ("Fighting raged in Donetska oblast and in Sumskoi oblasti.", {"Donetska": "ua", "Sumskoi": "ua"}),
    ("The fire began in Lebanon, Pennsylvania, on Friday.", {"Lebanon": "us", "Pennsylvania": "us"}),
    ("Amman said Jordan would not take part.", {"Amman": "jo", "Jordan": "jo"}),
    ("Washington said it would send weapons to Kyiv.", {"Washington": "us", "Kyiv": "ua"}),
    ("قال صالح إن القوات وصلت إلى صنعاء", {"صنعاء": "ye"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[one[:30] for one, _ in SENTENCES])
def test_a_misleading_sentence_names_what_it_names(sentence: str, expected: dict[str, str]) -> None:
    found = find_places("", sentence, shipped(), masked=find_actors("", sentence, shipped()))
    named = {
        one.surface: shipped().places[one.value].country if one.value in shipped().places else "?"
        for one in found.mentions
        if "demonym" not in one.rule
    }
    assert named == expected


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("The Wagner opera opened in Bayreuth.", set()),
        ("The Wagner Group, or Wagner, left.", {"Wagner Group"}),
        ("He is an islamic scholar; is it so?", set()),
        ("The source told Zaman Al Wasl that ISIS fled.", {"Islamic State"}),
    ],
)
def test_a_misleading_sentence_names_the_actors_that_it_names(sentence: str, actors: set[str]) -> None:
    assert {shipped().actors[one.value].name for one in find_actors("", sentence, shipped())} == actors
