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
    ("Slate", "This piece is part of Slate's long look at rivers. A farmer told Slate so."),
    ("Slate", "An analysis by Slate shows it, he told Slate."),
    ("Slate", "The court was full. Ann Lee edits the law page at Slate. Her views are her own."),
    ("Slate", "The court was full. Ann Lee is Slate's senior editor."),
    ("Slate", "So it was. Also on Slate: A court in Rome"),
    ("Slate", "First on Slate: The court will hear it."),
    ("Slate", "The court will hear it. View more opinion on Slate."),
    ("Slate", "He told Slate so, in an exclusive Slate interview."),
    ("Slate", "Stay with Slate for more of this."),
    ("Slate", "He told Slate so.\nAnn Lee for Slate"),
    ("Slate", "He told Slate's reporters so."),
    ("Slate", "He told Slate so, and asked that Slate use his first name."),
    ("Slate", "She asked Slate not to use her name."),
    ("Slate", "She spoke to Slate on the condition of anonymity. Her letter was seen by Slate."),
    ("Slate", "Slate will update this story."),
    ("Slate", "He told Slate so. Asked on Monday by Slate, she would not say."),
    ("Slate", "He told Slate so in an interview with reporters from Slate."),
    ("Slate", "He told Slate's Future Tense podcast so."),
    ("Slate", "She tells Slate so."),
    ("Politico", "She told Politico Magazine so."),
    ("Slate", "Two officials told Slate so."),
    ("Slate", "By Ann Lee\nSlate staff writer\nThe court is full."),
    ("Slate", "By Ann Lee\nSpecial to Slate\nThe court is full."),
    ("Slate", "Contributing: Omar Hadi, Slate"),
    ("Slate", "So it was. Subscribe to Slate's weekly podcast on the courts and prisons of the world."),
    ("Slate", "Click here to see more Slate stories."),
    ("Slate", "Get Slate on the go."),
    ("Slate", "Check out this story on Slate."),
    ("Slate", "Popular on Slate: A court in Rome"),
    ("Slate", "Source: Slate and agencies"),
    ("Slate", "Slate Talks airs every week."),
    ("Slate", "Help keep Slate free."),
    ("Slate", "It was created by a Slate community member."),
    ("Slate", "For Slate, this is Ann Lee."),
    ("Slate", "A Court in Rome, Slate (May 3, 2018)"),
    ("Slate", "© Slate 2018"),
    ("Slate", "The views expressed here are not those of Slate."),
    ("Slate", "Slate has updated this piece."),
    ("Slate", "Slate has long covered the court."),
    ("Slate", "It is an old court, as Slate has noted."),
    ("USA Today", "A new USA TODAY/Hilltop College poll has him ahead."),
    ("Slate", "Slate has learned it, as Slate reported in May."),
    ("Slate", "Slate has learned it, and he told Vox so."),
    ("BBC", "Image\xa0caption The bridge is closed."),
)
_TWICE_TOLD = "He told Slate so, and she told Slate more. "


_TOLD_TO_OTHERS = "The bank will pay, its head told CNBC. \"We are glad,\" he told CNBC."
_REPORTS_OF_AGENCIES = (
    f"ROME (AP) — {_TOLD_TO_OTHERS}",
    f"ROME, May 3 (Reuters) - {_TOLD_TO_OTHERS}",
    f"Bank Will Pay ROME (Reuters) - {_TOLD_TO_OTHERS}",
    f"(AFP) Rome is full. {_TOLD_TO_OTHERS}",
    f"By Ann Lee, Associated Press\n{_TOLD_TO_OTHERS}",
    f"By The Associated Press\n{_TOLD_TO_OTHERS}",
    f"{_TOLD_TO_OTHERS} (Reporting by Ann Lee; Writing by Omar Hadi; Editing by Ann Lee)",
)


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


@pytest.mark.parametrize("report", _REPORTS_OF_AGENCIES)
def test_whom_an_agency_quotes_has_not_published_its_report(report: str) -> None:
    assert told(_TOLD_TO_OTHERS) == "CNBC"
    assert told(report) is None


def test_who_prints_the_report_of_an_agency_may_say_so() -> None:
    assert told(f"{_REPORTS_OF_AGENCIES[0]} CNBC's Ann Lee contributed to this report.") == "CNBC"
