"""Whole bodies of articles as outlets write them: whose they are, and that nobody's are given to those they speak of."""

from __future__ import annotations

import pytest

from searchapp.ingest.outlets import find_outlet
from searchapp.model import Page
from tests.ingest.outlet_bodies import ONLY_CREDITED, SPEAKING
from tests.ingest.shipped import shipped

_SHORT = (
    ("HuffPost", "Omar Hadi edits the law page for HuffPost. He told HuffPost so."),
    ("Slate", "Omar Hadi, a reporter at Slate. Follow him on Twitter."),
    ("Slate", "She told Slate so.\nMore from Slate"),
    ("Slate", "Troops advanced. Click here for more from Slate."),
    ("Newsweek", "She told Newsweek so. Newsweek contributed to this report."),
    ("Fox News", "ANN LEE, FOX NEWS HOST: Good evening, and thanks to all of you who stayed with us."),
    ("CNBC", "She told CNBC so. Disclosure: A bank is the parent company of CNBC."),
    ("The Daily Beast", "Photo Illustration by Ann Lee/The Daily Beast"),
    ("Newsweek", "Follow Newsweek reporter Ann Lee, and all of her colleagues in Rome, on Twitter."),
    ("Newsweek", "Ann Lee serves as a senior analyst at Newsweek. She told Newsweek so."),
    ("Newsweek", "He told Newsweek so, in a letter he shared this week with Newsweek."),
    ("Newsweek", "He told Newsweek so.\nAnn Lee, reporting from Rome for Newsweek"),
    ("CNN", "A line that is longer than fifty letters and goes on for a while. Rome (CNN) -- The president said so."),
    ("Slate", "This piece is part of Slate's long look at rivers. An official told Slate so."),
    ("Slate", "An analysis by Slate shows it, he told Slate."),
)
_TWICE_TOLD = "He told Slate so, and she told Slate more. "


def told(body: str) -> str | None:
    return find_outlet(body, Page("root/a.txt", ()), (), None, shipped()).value


@pytest.mark.parametrize(("outlet", "body"), SPEAKING)
def test_a_body_that_speaks_of_its_publisher_is_given_to_it(outlet: str, body: str) -> None:
    assert told(body) == outlet


@pytest.mark.parametrize(("outlet", "body"), SPEAKING)
def test_a_body_whose_lines_were_joined_is_given_to_nobody_else(outlet: str, body: str) -> None:
    assert told(body.replace("\n", " ")) in (outlet, None)


@pytest.mark.parametrize("body", ONLY_CREDITED)
@pytest.mark.parametrize("joint", ["\n", " "])
def test_a_body_that_only_speaks_of_others_is_given_to_nobody(body: str, joint: str) -> None:
    assert told(body.replace("\n", joint)) is None


@pytest.mark.parametrize(("outlet", "text"), _SHORT)
def test_a_little_is_enough_together(outlet: str, text: str) -> None:
    assert told(text) == outlet


@pytest.mark.parametrize(
    "other",
    [
        "This piece was republished from Slate.",
        "It was first obtained by Slate.",
        "Read the full story at Slate.",
        "It is all in a report by Slate.",
        "He told Slate last year that it was so.",
    ],
)
def test_what_is_told_counts_less_where_the_name_is_credited_too(other: str) -> None:
    assert told(_TWICE_TOLD) == "Slate"
    assert told(_TWICE_TOLD + other) is None
