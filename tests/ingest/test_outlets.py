"""Who published a text, whom it credits, and that the one is not taken for the other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given

from bench.cleaning.metadata import fits_host
from searchapp.authority import Authority
from searchapp.ingest.outlets import cited_entries, find_cited, find_outlet, home_of
from searchapp.model import ABSENT, Block, Claim, Page
from tests import floors
from tests.ingest.development import annotated_pages, body, read
from tests.ingest.shipped import shipped, texts


def outlet(text: str = "", *, page: Page | None = None, removed: tuple[str, ...] = (), declared: Claim | None = None) -> Claim:
    blocks = tuple(Block(line, 0, len(line), reason="navigation") for line in removed)
    return find_outlet(text, page or Page("root/a.txt", blocks), blocks, declared, shipped())


def page(url: str | None = None, **hints: str) -> Page:
    """A page with this address and one value for each hint, `og_site_name` being og:site_name."""
    names: Mapping[str, str] = {"og_site_name": "og:site_name", "og_url": "og:url", "publisher": "json-ld:publisher"}
    return Page("root/a.html", (), url=url, hints={names.get(name, name): (value,) for name, value in hints.items()})


def cited(text: str, own: Claim = ABSENT) -> list[tuple[str, str]]:
    return [(mention.value, mention.rule) for mention in find_cited(text, own, shipped())]


def test_a_declared_outlet_wins_under_the_name_that_the_archive_gives_it() -> None:
    claim = outlet("(Reuters) - News", page=page("https://www.reuters.com/a"), declared=Claim("زمان الوصل", "declared", "sidecar"))
    assert claim == Claim("Zaman al-Wasl", "declared", "sidecar", "زمان الوصل")


def test_a_declared_outlet_that_nobody_knows_keeps_its_name() -> None:
    assert outlet(declared=Claim("The Hilltop Courier", "declared", "sidecar")).value == "The Hilltop Courier"


def test_a_declared_host_is_the_outlet_that_lives_there() -> None:
    assert outlet(declared=Claim("www.enabbaladi.net", "declared", "sidecar")).value == "Enab Baladi"


def test_a_declared_outlet_may_be_named_as_briefly_as_only_one_is() -> None:
    assert outlet(declared=Claim("FT", "declared", "sidecar")).value == "Financial Times"
    assert outlet(declared=Claim("The Post", "declared", "sidecar")).value == "The Post"


def test_the_address_tells_the_outlet() -> None:
    claim = outlet(page=page("https://en.zamanalwsl.net/news/article/1"))
    assert claim == Claim("Zaman al-Wasl", "curated", "url", "https://en.zamanalwsl.net/news/article/1")


def test_a_reprint_is_not_its_origin() -> None:
    assert outlet(page=page("https://msn.example/a", og_url="https://edition.cnn.com/a")).value == "msn.example"


def test_an_address_is_better_than_a_site_name() -> None:
    assert outlet(page=page(og_site_name="U.S.", og_url="https://www.reuters.com/a")).value == "Reuters"


def test_a_site_name_that_the_host_bears_out_is_believed() -> None:
    claim = outlet(page=page("https://www.hilltopcourier.example/a", og_site_name="The Hilltop Courier"))
    assert claim == Claim("The Hilltop Courier", "declared", "og:site_name", "The Hilltop Courier")


def test_the_agency_whose_report_a_page_prints_is_not_its_outlet() -> None:
    assert outlet(page=page("https://www.hilltop.example/a", publisher="Associated Press")).value == "hilltop.example"
    assert outlet(page=page(publisher="AP")) == ABSENT


def test_an_unknown_host_stands_for_itself_and_is_called_inferred() -> None:
    assert outlet(page=page("https://www.hilltop.example/a")) == Claim(
        "hilltop.example", "inferred", "url", "https://www.hilltop.example/a"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("(Enab Baladi) - Troops advanced on Sunday.", "Enab Baladi"),
        ("Troops advanced, a source told Enab Baladi. Another source told Enab Baladi so.\n\nEnab Baladi", "Enab Baladi"),
        ("Sources told Rudaw’s English-language service that talks failed.", "Rudaw"),
        ("Troops advanced, Syria Direct has learned. He told Syria Direct of it.", "Syria Direct"),
        ("قال مصدر خاص لـ\"عنب بلدي\" إن القوات وصلت. وعلمت عنب بلدي أن المفاوضات فشلت.", "Enab Baladi"),
        ("(Hilltop Courier) - The mayor resigned, he told the Hilltop Courier.", "Hilltop Courier"),
        ("Washington (CNN)The president said so on Sunday.", "CNN"),
        ("Troops advanced.\nCNN's Ann Lee, Omar Hadi and Petra Lind contributed to this report.", "CNN"),
        ("He did not respond to The Hill's request for comment, and told The Hill nothing.", "The Hill"),
        ("Officials did not answer a request for comment from Newsweek. Newsweek contacted them twice.", "Newsweek"),
        ("Troops advanced.\nCLICK HERE TO GET THE FOX NEWS APP", "Fox News"),
        ("By Slate Staff\nTroops advanced.", "Slate"),
        ("Troops advanced.\n© 2023 Press TV. All rights reserved.", "Press TV"),
        ("He told the Guardian so. She told the Guardian more.", "The Guardian"),
        ("He told FoxNews.com so. She told Fox News more.", "Fox News"),
        ("Troops advanced.\nReach her at ann.lee@breitbart.com.", "Breitbart News"),
        ("Troops advanced.\nRead or Share this story: http://usat.ly/1Xh2", "USA Today"),
        ("Troops advanced.\nAnn Lee, NPR News, Washington.", "NPR"),
        ("Troops advanced.\nBy Ann Lee | Fox Business", "Fox Business"),
        ("Troops advanced.\nNovember 20, 2019 / 1:07 AM / CBS News", "CBS News"),
        ("Below, POLITICO interviewed twenty of them. A POLITICO analysis shows more.", "Politico"),
        ("As published in the International New York Times.\nTroops advanced.", "The New York Times"),
        ("The New York Times obtained them. He told The Times so, and she told The Times more.", "The New York Times"),
        ("Troops advanced.\nFor more, watch at our Fox News Digital hub.", "Fox News"),
        ("Troops advanced.\nNewsmax wires contributed to this report.", "Newsmax"),
        ("Troops advanced.\nGet the FREE CBN News app!", "CBN News"),
        ("Troops advanced.\nFollow The New York Times Opinion section on Facebook and Twitter.", "The New York Times"),
        ("Troops advanced.\nContent created by The Daily Caller News Foundation is free for publishers.", "The Daily Caller"),
        ("Al Jazeera's Ann Lee, reporting from Sanaa, said so. He told Al Jazeera more.", "Al Jazeera"),
        ("NBC News has not independently verified that. An official told NBC News so.", "NBC News"),
        ("Omar Hadi is Senior Editor-at-Large at Breitbart News. Breitbart News Sunday airs on Sirius.", "Breitbart News"),
        ("Troops advanced.\nSOURCE: AL JAZEERA AND NEWS AGENCIES", "Al Jazeera"),
        ("Troops advanced.\nImage copyright Getty Images", "BBC"),
        ("The Western Journal has reached out to the mayor for comment.", "The Western Journal"),
        ("Officials who spoke to HuffPost said so. They told HuffPost that HuffPost, too, has learned of it.", "HuffPost"),
    ],
)  # fmt: skip
def test_a_text_tells_its_outlet_by_speaking_of_itself(text: str, name: str) -> None:
    claim = outlet(text)
    assert (claim.value, claim.status, claim.origin) == (name, "inferred", "text")
    assert claim.evidence in text or " · " in claim.evidence


def test_several_lines_of_a_menu_that_bear_one_name_tell_the_outlet() -> None:
    menu = ("The Guardian view", "Guardian Weekly", "Guardian Licensing", "Guardian Puzzles app", "+ The Guardian app", "Guardian jobs")
    assert outlet("Troops advanced.", removed=(*menu, "About The Guardian")).value == "The Guardian"
    rivals = tuple(line.replace("The Guardian", "Guardian").replace("Guardian", "Slate") for line in menu)
    assert outlet("Troops advanced.", removed=(*menu, *rivals)) == ABSENT


def test_what_was_cleaned_away_tells_the_outlet_too() -> None:
    assert outlet("Troops advanced.", removed=("Subscribe to Middle East Eye", "Menu")).value == "Middle East Eye"


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported five sources as saying so, in a report seen by Reuters. Questions from Reuters went unanswered.",
        "BEIRUT (Reuters) - Troops advanced, sources told Reuters.",
        "Troops advanced. (AFP File Photo)",
        "a report by Enab Baladi said, and Enab Baladi said again",
        "state-run news agency SANA said",
        "He wrote about CNN, talked about CNN, and told CNN once.",
        "The senator told Fox News on Sunday that he would go, as CNN's Ann Lee reported.",
        "Ann Lee is a correspondent for NBC News who covered the war.",
        "(Damascus) - Troops advanced.",
        "A picture © Ann Lee\nAnn Lee",
        "©2024 BuzzFeed, Inc.",
        "© 2004-2023 CBS Interactive.",
        "* Fox News\n* Fox News\n* Fox News",
        "Subscribe to BBC Top Gear Magazine",
        "More from NBC News\nMore from NBC News",
        "BEIRUT (Reuters) - Troops advanced. He told Reuters so, Reuters has learned. (c) 2020 Reuters. All rights reserved.",
        "She skirted the opening question from CBS moderator John Dickerson, and another one from CBS.",
        "(Hilltop Courier) - The mayor resigned.",
        "He told Fox News and CNN, who told Fox News and CNN.",
        "He told CNN's Ann Lee so. He told CNN host Omar Hadi more.",
        "He told The Times so, and she told The Times more.",
        "He told the Guardian Council so, and she told the Guardian Council more.",
        "Write to ann.lee@reuters.com. Share this story: https://reut.rs/1",
        "See https://www.foxnews.com/politics and https://www.foxnews.com/world, he told them.",
        "By Christy Dawn\nShop Christy Dawn",
        "Troops advanced. CNN, Slate, Vox and NPR were there, and she told Slate.",
        "",
    ],
)
def test_whom_a_text_only_credits_is_not_its_outlet(text: str) -> None:
    assert outlet(text) == ABSENT


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Troops advanced, Reuters reported.", ("Reuters", "said")),
        ("Troops advanced, state-run news agency SANA said.", ("SANA", "said")),
        ("he told Enab Baladi", ("Enab Baladi", "told")),
        ("according to the Associated Press, AP", ("Associated Press", "according to")),
        ("a report by local news outlet Naher Media", ("Naher Media", "a report by")),
        ("a document seen by Reuters", ("Reuters", "seen by")),
        ("a picture (AFP File Photo)", ("AFP", "photo")),
        ("BEIRUT (Reuters) - Troops", ("Reuters", "dateline")),
        ("The Telegraph said last Thursday, citing a report", ("The Telegraph", "said")),
        ("Demirören News Agency (DHA) reported Saturday", ("Demirören News Agency", "said")),
        ("Horan Free Media quoted a source", ("Horan Free Media", "said")),
        ("in an interview with Al Jazeera", ("Al Jazeera", "spoke to")),
        ("ونقلت وكالة رويترز عن مصدر", ("Reuters", "said")),
        ("told FoxNews.com", ("Fox News", "told")),
        ("officials who spoke to Politico said", ("Politico", "spoke to")),
        ("The Sunday Times reported, he told The Times", ("The Times (London)", "told")),
        ("قال لموقع \"عنب بلدي\"", ("Enab Baladi", "told")),
    ],
)  # fmt: skip
def test_a_credit_is_read(text: str, credit: tuple[str, str]) -> None:
    assert credit in cited(text)


@pytest.mark.parametrize(
    "text", ["He bought Reuters shares.", "The Independent Commission said", "sana in corpore", "Bloomberg ran for mayor",
     "Slate and others, see www.slate.com/said", "The Times said so", "he told The Post"],
)
def test_what_is_no_credit_is_not_read_as_one(text: str) -> None:
    assert cited(text) == []


def test_nobody_is_said_to_cite_himself() -> None:
    own = Claim("Enab Baladi", "declared", "sidecar")
    assert cited("He told Enab Baladi that Reuters said so.", own) == [("Reuters", "said")]


def test_a_credit_carries_its_sentence_and_quotes_the_name() -> None:
    text = "It rained. Troops advanced, Reuters reported on Sunday. It rained again."
    (mention,) = find_cited(text, ABSENT, shipped())
    assert (text[mention.start : mention.end], mention.evidence) == ("Reuters", "Troops advanced, Reuters reported on Sunday.")
    assert (mention.facet, mention.status) == ("cites", "curated")


def test_entries_name_each_credited_outlet_once() -> None:
    mentions = find_cited("Reuters said. AFP said. Reuters said.", ABSENT, shipped())
    assert [entry.value.id for entry in cited_entries(mentions, shipped())] == ["Reuters", "AFP"]


def test_an_outlet_has_a_home_and_an_agency_has_none() -> None:
    assert home_of(Claim("Enab Baladi", "declared"), shipped()) == "sy"
    assert home_of(Claim("Reuters", "declared"), shipped()) is None
    assert home_of(ABSENT, shipped()) is None


def test_without_records_nothing_is_inferred() -> None:
    assert find_outlet("he told Reuters", Page("a", ()), (), None, Authority()) == ABSENT


@given(texts)
def test_every_credit_quotes_its_text_exactly(text: str) -> None:
    for mention in find_cited(text, ABSENT, shipped()):
        assert text[mention.start : mention.end] == mention.surface != ""


@pytest.mark.long
@pytest.mark.parametrize(("kind", "suffix"), [("html", ".html"), ("ins", ".ins.txt")])
def test_outlets_of_annotated_pages_fit_their_hosts_as_often_as_they_did(development: Path, kind: str, suffix: str) -> None:
    given = right = asked = 0
    for path, said in annotated_pages(development):
        page, headline = read(path, suffix)
        value = find_outlet(body(headline), page, headline.blocks, None, shipped()).value
        asked, given, right = asked + 1, given + bool(value), right + (value is not None and fits_host(value, said["site"], shipped()))
    assert right / given >= floors.OUTLETS_RIGHT[kind]
    assert given / asked >= floors.OUTLETS_GIVEN[kind]
