"""Sentences made to mislead: each says whom it names, and nobody else may be found in it."""

from __future__ import annotations

import pytest

from searchapp.ingest.actors import find_actors
from searchapp.ingest.places import find_places
from tests.ingest.shipped import shipped

ACTORS = {
    "Comedian Sam Tripoli performed on Friday.": "",
    "Actress Paris Hilton arrived late.": "",
    "Manchester United beat Chelsea.": "",
    "The US$2000 salary was paid in Libya.": "",
    "He moved from Al Wasl in Dubai to Albany, New York.": "",
    "Zaman Al Wasl reported it from Damascus.": "",
    "The National Security Council met, said John Poindexter.": "",
    "The New York State Department of Health closed the school.": "",
    "The State Department closed the school.": "us-department-of-state",
    "Donald Trump Jr. spoke in Ohio.": "",
    "Donald Trump spoke in Ohio.": "donald-trump",
    "Melania Trump wore white.": "",
    "When Trump left, Ivanka Trump stayed.": "donald-trump",
    "They landed at Imam Khomeini International Airport.": "",
    "Wagner's Ring was performed in Bayreuth.": "",
    "Richard Wagner composed it.": "",
    "The Wagner Group recruited them; Wagner paid late.": "wagner-group wagner-group",
    "His Haftar-backed rival left.": "khalifa-haftar",
    "Saddam Haftar met his brother.": "saddam-haftar",
    "STC shares rose after STC named a chairman.": "",
    "The Southern Transitional Council (STC) objected.": "southern-transitional-council southern-transitional-council",
    "WHO SAID THAT, ASKED THE TEACHER": "",
    "Who said that?": "",
    "The FACT is that it rained.": "",
    "The MIT professor explained it.": "",
    "She studied at MIT, and IS a fine engineer.": "",
    "Unilever Plc and NV <UN.AS> issued a prospectus.": "",
    "The UN issued a report.": "united-nations",
    "un homme et une femme": "",
    "The National Coffee Policy Council (CNPC) met.": "",
    "The First Federal Savings Bank (FSB) paid a dividend.": "",
    "Al-Quds Brigade fought in Syria.": "liwa-al-quds",
    "Al-Quds Brigades fired from Gaza.": "al-quds-brigades",
    "The Islamic Jihad fired rockets.": "",
    "An Islamic state is what they wanted.": "",
    "The Islamic State claimed it.": "islamic-state",
    "Fatah al-Islam fought in Lebanon.": "fatah-al-islam",
    "Fatah and Hamas talked.": "fatah hamas",
    "Kerry grass grows green in County Kerry.": "",
    "Trump Tower stands in New York, the trump card of the Trump Organization.": "",
    "West German government sources and the German government disagreed.": "government-of-germany",
    "The Syrian Air Force trained pilots of the Libyan National Army.": "syrian-arab-air-force libyan-national-army",
    "Security Council members wrote to Fridays for Future movement.": "un-security-council",
    "Hunter Biden was charged. Biden denied it.": "",
    "Hunter Biden was charged. Joe Biden pardoned him; Biden is his father.": "joe-biden joe-biden",
    "Hafez al-Assad died in 2000. Assad had ruled for thirty years.": "hafez-al-assad",
    "Michelle Obama wrote it. President Obama read it.": "barack-obama",
    "Finance Minister Gerhard Stoltenberg resigned; Stoltenberg was tired.": "",
    "The Las Vegas Metropolitan Police and D.C. Metropolitan Police came.": "",
    "London's Metropolitan Police came.": "metropolitan-police",
    "Turkmenistan's Security Council met.": "",
    "On Monday Security Council members met, the U.N. Security Council said.": "un-security-council un-security-council",
    "The Global Coalition on Aging met.": "",
    "They bought shops in Pentagon City and tickets for the Kremlin Cup.": "",
    "Al-Azhar Park is near Al-Azhar University.": "al-azhar",
    "Syrian state media and Russian state-owned firms said nothing.": "",
    "The Syrian state denied it.": "government-of-syria",
    "Israeli Army Radio told it, and the Israeli army.": "idf",
    "بايع مسلحون داعش في سرت": "islamic-state",
    "قال وزير الخارجية الروسي سيرغي لافروف لحفتر": "sergei-lavrov khalifa-haftar",
}

PLACES = {
    "Comedian Sam Tripoli performed on Friday.": "",
    "Actress Paris Hilton arrived late.": "",
    "Manchester United beat Chelsea.": "",
    "The US$2000 salary was paid in Libya.": "Libya",
    "Mr Chad Smith said he would resign.": "",
    "Clashes in Tripoli, Lebanon, killed two.": "Tripoli Lebanon",
}


@pytest.mark.parametrize(("sentence", "named"), ACTORS.items())
def test_a_misleading_sentence_names_its_actors_and_no_others(sentence: str, named: str) -> None:
    assert [one.value for one in find_actors("", sentence, shipped())] == named.split()


@pytest.mark.parametrize(("sentence", "named"), PLACES.items())
def test_a_misleading_sentence_names_its_places_and_no_others(sentence: str, named: str) -> None:
    actors = find_actors("", sentence, shipped())
    assert [one.surface for one in find_places("", sentence, shipped(), masked=actors).mentions] == named.split()
