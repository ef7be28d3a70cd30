"""Which blocks are the article, with a reason for each of the others; how well that goes on annotated pages."""

from __future__ import annotations

import json
import re
import statistics
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from searchapp.ingest.clean import clean, quality_of
from searchapp.ingest.clean.paragraph import paragraphs_of
from searchapp.ingest.clean.passes import reasons_of
from searchapp.ingest.clean.repetition import Learned, learn, lines_of
from searchapp.model import Block, Layout, Page
from tests import floors
from tests.ingest.development import annotated_pages, body, read

SEEDS = Path(__file__).parents[2] / "seeds"
PROSE = (
    "The council of the valley met on Tuesday to decide who may draw water from the river in a dry year.",
    "Its members heard the farmers first, who said that the pears of the valley could not wait for the rain.",
    "Then the miller spoke for the town, and nobody left the hall before the river itself had been discussed.",
)


def reasons(*lines: str, clean_already: bool = False) -> dict[str, str | None]:
    page = Page("r/a.txt", tuple(Block(line, 0, len(line)) for line in lines), clean=not clean_already)
    return {block.text: block.reason for block in clean(page)}


def around(line: str) -> str | None:
    """What is said of a line in the middle of an article."""
    return reasons(*PROSE, line, *PROSE)[line]


def test_the_blocks_of_a_clean_text_are_all_kept() -> None:
    assert set(reasons("Menu", "Comments (0)", clean_already=True).values()) == {None}


def test_a_page_of_one_finished_sentence_is_its_text() -> None:
    assert reasons(PROSE[0]) == {PROSE[0]: None}
    assert None not in reasons("Menu", "We keep cookies on your device so that this site works for you as it should.").values()


def test_of_a_page_without_an_article_nothing_is_kept() -> None:
    assert None not in reasons("Menu", "Fog over the bay", "No boats today", "Pears are late", "Contact").values()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Breadcrumb", "navigation"),
        ("Tags: " + ", ".join(f"pears of the {valley}" for valley in ("north", "south", "east", "west", "coast", "hills", "islands")), "tags"),
        ("Search For Keyword.", "search box"),
        ("Total Comments (0)", "comment form"),
        ("تعليقات (3)", "comment form"),
        ("Beitrag teilen", "share or vote counter"),
        ("(65)   (63)", "share or vote counter"),
        ("1.2k", "share or vote counter"),
        ("5 min read", "reading time"),
        ("٥ دقائق للقراءة", "reading time"),
        ("Читайте также: как всё началось", "teaser of another article"),
        ("3 hours ago", "teaser of another article"),
        ("This site uses cookies. Read our cookie policy", "cookie notice"),
        ("Haberi paylaş", "share or vote counter"),
        ("تبلیغات", "advertisement"),
        ("Copyright 2020 The Valley Post", "copyright notice"),
        ("A ferry in the fog last week. (AFP File Photo)", "caption"),
        ("News | Sport | Weather | Video", "link list"),
    ],
)
def test_furniture_goes_with_a_reason_that_a_reader_understands(line: str, reason: str) -> None:
    assert around(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "Russian Endeavors: Between Success and Failure",
        "“We are tired,” he said.",
        "Watch out, they told each other on the road home, because the wolves have come back to the hills.",
        "The recipe asks for butter, eggs and a cookie cutter, and the baker shares it with whoever comments on his page.",
        "It worked.",
        "“Listen to the river,” she said.",
        "The post office stayed shut.",
        "“I will not sign in at any gate,” said the miller.",
        "- one gate for each town",
    ],
)
def test_what_only_looks_like_furniture_stays(line: str) -> None:
    assert around(line) is None


def test_an_article_ends_at_a_heading_of_others() -> None:
    found = reasons(*PROSE, *PROSE[:1], "Special Features", "A Well Dug by Hand", "April 29, 2020", "Jo Fields")
    assert [found[line] for line in ("A Well Dug by Hand", "April 29, 2020", "Jo Fields")] == [
        "teaser of another article"
    ] * 3


def test_an_article_goes_on_below_a_teaser_in_its_middle() -> None:
    found = reasons(*PROSE[:2], "Read also: The well", "Who was there", PROSE[2])
    assert (found["Read also: The well"], found["Who was there"], found[PROSE[2]]) == (
        "teaser of another article", None, None,
    )  # fmt: skip


def test_a_date_glued_to_a_paragraph_is_cut_off_and_the_paragraph_stays() -> None:
    line = f"date 2020-06-08 {PROSE[0]}"
    page = Page("r/a.txt", (Block(line, 5, 5 + len(line)), *(Block(text, 200, 300) for text in PROSE[1:])))
    prefix, paragraph = clean(page)[:2]
    assert (prefix.text, prefix.reason, paragraph.text, paragraph.reason) == (
        "date 2020-06-08", "metadata prefix", PROSE[0], None,
    )  # fmt: skip
    assert (prefix.start, prefix.end, paragraph.start, paragraph.end) == (5, 21, 21, 5 + len(line))


def test_a_word_of_the_markup_is_not_believed_where_it_covers_the_article() -> None:
    def of(hint: str) -> set[str | None]:
        blocks = [Block(text, 0, 1, tag="p", hint=hint) for text in PROSE]
        return {block.reason for block in clean(Page("r/a.html", (*blocks, Block("Menu", 0, 1, hint="nav"))))[:3]}

    assert of("has sidebar comments") == {None}


def test_a_part_that_its_markup_calls_comments_goes() -> None:
    story = [Block(text, 0, 1, tag="p", hint="story") for text in PROSE * 2]
    said = Block("I was there too, and I can say that the miller never spoke a word in the whole night.", 0, 1, hint="comments")
    assert clean(Page("r/a.html", (*story, said)))[-1].reason == "comment form"


def test_comments_below_an_article_go_even_where_they_are_longer_than_it() -> None:
    story = [Block(text, 0, 1, tag="p", hint="story") for text in PROSE * 2]
    said = [Block(text, 0, 1, tag="p", hint="comments") for text in PROSE * 6]
    found = [block.reason for block in clean(Page("r/a.html", (*story, *said)))]
    assert found == [None] * len(story) + ["comment form"] * len(said)


def test_a_caption_between_two_paragraphs_is_no_part_of_the_article() -> None:
    story = [Block(text, 0, 1, tag="p", hint="story") for text in PROSE * 2]
    shown = Block("The old mill stands at the river, and the miller's daughter looks out of its window.", 0, 1, tag="p", hint="figcaption")
    assert clean(Page("r/a.html", (*story[:2], shown, *story[2:])))[2].reason == "caption"


def judged(
    lines: list[str], verdicts: list[float], link_density: float = 0.0, learned: Learned | None = None
) -> list[str | None]:
    """What is said of each line where the model is so sure of them; of the last one so much is a link."""
    blocks = [Block(line, 0, len(line)) for line in lines]
    blocks[-1] = replace(blocks[-1], link_density=link_density)
    paragraphs = paragraphs_of((block, Layout()) for block in blocks)
    return reasons_of(paragraphs, np.array(verdicts, np.float32), learned=learned)


def test_a_line_that_is_a_link_and_no_sentence_goes_unless_it_is_sure_to_belong_to_the_article() -> None:
    lines = [*PROSE, "MILLER OF THE VALLEY RETURNS TO HIS RIVER"]
    assert judged(lines, [0.9, 0.9, 0.9, 0.8], 1.0)[-1] == "link list"
    assert judged(lines, [0.9, 0.9, 0.9, 0.8], 0.5)[-1] is None
    assert judged(lines, [0.9, 0.9, 0.9, 0.95], 1.0)[-1] is None
    assert judged([*PROSE, "The miller of the valley returned to his river."], [0.9, 0.9, 0.9, 0.8], 1.0)[-1] is None


def test_a_paragraph_that_two_articles_of_few_share_goes_however_long_unless_it_is_sure_to_belong_to_this_one() -> None:
    note = "The valley desk keeps what its readers write, and shows it to those who ask. " * 6
    few = {"a": lines_of((*PROSE, note)), "b": lines_of(("Pears are late this year in all of the valley.", note))}
    many = few | {f"{number}": lines_of((f"Story of {'a' * number} pears",)) for number in range(1, 12)}
    assert judged([*PROSE, note], [0.95] * 3 + [0.8], learned=learn(few)[1])[-1] == "repeats in at least 2 documents of this outlet"
    assert judged([*PROSE, note], [0.95] * 4, learned=learn(few)[1])[-1] is None
    assert judged([*PROSE, note], [0.95] * 3 + [0.8], learned=learn(many)[1])[-1] is None


def test_a_few_unsure_lines_far_from_the_article_go_and_sure_ones_stay() -> None:
    lines, far = [*PROSE, *["Menu"] * 15, "Pears are early this year, as the miller said."], [0.9] * 3 + [0.1] * 15
    assert judged(lines, [*far, 0.6])[-1] == "below the article"
    assert judged(lines, [*far, 0.8])[-1] is None
    assert judged([*lines[:8], lines[-1]], [*far[:8], 0.6])[-1] is None


def test_cleaning_never_loses_or_reorders_a_block() -> None:
    lines = ("Menu", *PROSE, "Related", "A Well Dug by Hand", *PROSE)
    blocks = clean(Page("r/a.txt", tuple(Block(line, 0, 1) for line in lines)))
    assert tuple(block.text for block in blocks) == lines


@pytest.mark.parametrize(
    ("furniture", "quality"),
    [
        (("Sign up for our newsletter",), None),
        (("Share", "Subscribe now", "Log in"), "only a teaser"),
        (("Déjà abonné ? Connectez-vous", "Abonnez-vous"), "only a teaser"),
        (("Related", "A Well Dug by Hand", "Subscribe now"), None),
    ],
)
def test_a_short_text_is_a_teaser_where_the_page_goes_on_by_selling_the_rest(
    furniture: tuple[str, ...], quality: str | None
) -> None:
    blocks = [Block(line, 0, 1) for line in ("Log in", "Subscribe now", *PROSE[:2])]
    sold = [Block(line, 0, 1) for line in furniture]
    assert quality_of(clean(Page("r/a.txt", (*blocks, *sold)))) == quality


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_annotated_lines_of_the_seeds_stay_and_their_furniture_goes(data: Path) -> None:
    gold = json.loads((data / "cleaning/seeds_gold.json").read_text(encoding="utf-8"))["seeds"]
    content = left = 0
    for name, seed in gold.items():
        lines = [plain(line) for line in body(read(SEEDS / name)[1]).split("\n\n")]
        content += sum(plain(line) in " ".join(lines) for line in seed["content_lines"])
        left += sum(plain(line) in lines for line in seed["boilerplate_lines"])
        left += sum(any(fragment in line for line in lines) for fragment in seed["boilerplate_fragments"])
    assert (content, left) == (floors.SEED_CONTENT_KEPT, floors.SEED_BOILERPLATE_LEFT)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(1, len(words) - 3)))


def score(expected: str, found: str) -> float:
    left, right = shingles(expected), shingles(found)
    return 2 * (left & right).total() / (left.total() + right.total())


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "suffix"), [("ins", ".ins.txt"), ("bs4", ".bs4.txt"), ("box", ".box.txt"), ("html", ".html")]
)
def test_annotated_pages_are_cleaned_as_well_as_they_were(development: Path, kind: str, suffix: str) -> None:
    scores = [score(said["text"], body(read(path, suffix)[1])) for path, said in annotated_pages(development)]
    assert statistics.fmean(scores) >= floors.CLEAN_F1[kind]
