"""The models of cleaning: walked as they are written, small, and no bar to any language."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import numpy as np
import pytest

from searchapp.ingest.clean import clean
from searchapp.ingest.clean.judging import placed
from searchapp.ingest.clean.trees import LEAF, Trees
from searchapp.ingest.data import data_folder
from searchapp.model import Block, Page
from tests import floors

NAMES = ("text", "markup", "voted")
LARGEST = 150_000
STUMP = [0, 1.5, LEAF, -1.0, 1, 0.0, LEAF, 0.25, LEAF, 2.0]


def written(name: str) -> dict[str, object]:
    return json.loads((data_folder() / f"cleaning_{name}.json").read_text(encoding="utf-8"))


def walked(tree: Sequence[float], row: Sequence[float]) -> float:
    """What a tree says of a row, read word for word."""

    def below(place: int) -> tuple[float, int]:
        column, number = tree[place], tree[place + 1]
        if column == LEAF:
            return number, place + 2
        left, after = below(place + 2)
        right, end = below(after)
        return (left if row[int(column)] <= number else right), end

    return below(0)[0]


@pytest.mark.parametrize(
    ("row", "value"), [((1.0, 9.0), -1.0), ((1.5, 9.0), -1.0), ((2.0, -1.0), 0.25), ((2.0, 0.5), 2.0)]
)
def test_a_tree_is_asked_column_by_column(row: tuple[float, float], value: float) -> None:
    found = Trees.read(0.5, [STUMP]).verdicts(np.array([row], np.float32))
    assert found[0] == pytest.approx(1 / (1 + math.exp(-(value + 0.5))))


@pytest.mark.parametrize("name", NAMES)
def test_the_trees_of_a_model_are_walked_as_they_are_written(name: str) -> None:
    model = written(name)
    part = model["rounds"][0]  # type: ignore[index]
    columns = 1 + max(int(column) for tree in part["trees"] for column in tree[::2])
    rows = np.random.default_rng(1).normal(1, 5, (40, columns)).astype(np.float32)
    found = Trees.read(part["base"], part["trees"]).verdicts(rows)
    expected = [part["base"] + sum(walked(tree, row) for tree in part["trees"]) for row in rows.tolist()]
    assert found.tolist() == pytest.approx([1 / (1 + math.exp(-one)) for one in expected], abs=1e-5)


@pytest.mark.parametrize("name", NAMES)
def test_a_model_is_small_and_says_where_it_is_from_and_how_good_it_is(name: str) -> None:
    model = written(name)
    assert (data_folder() / f"cleaning_{name}.json").stat().st_size < LARGEST
    assert {"data", "features", "scores out of fold", "threshold", "rounds"} <= model.keys()


@pytest.mark.parametrize(("name", "kind", "data"), floors.OUT_OF_FOLD_F1)
def test_sites_never_met_are_cleaned_as_well_as_they_were(name: str, kind: str, data: str) -> None:
    said = written(name)["scores out of fold"][f"{kind} {data}"]  # type: ignore[index]
    assert said["f1"] >= floors.OUT_OF_FOLD_F1[name, kind, data]
    assert said["lost"] <= floors.OUT_OF_FOLD_LOST[kind]


def test_pages_of_sites_never_met_are_cleaned_better_beside_each_other_than_by_themselves() -> None:
    said = written("text")["scores out of fold"]
    alone, beside = (said[f"ins atf, {which}"]["f1"] for which in ("of those with others of their site", "these beside each other"))  # type: ignore[index]
    assert beside - alone >= floors.BESIDE_EACH_OTHER


def numbers(*values: float) -> np.ndarray:
    return np.array(values, np.float32)


def kept(verdicts: np.ndarray, words: np.ndarray) -> list[bool]:
    return (placed(verdicts, words, 0.5) > 0.5).tolist()


def test_what_is_unsure_goes_where_something_is_sure_and_stays_where_nothing_is() -> None:
    assert kept(numbers(0.98, 0.95, 0.4, 0.02), numbers(50, 50, 30, 5)) == [True, True, False, False]
    assert kept(numbers(0.45, 0.42, 0.4, 0.02), numbers(50, 50, 30, 5)) == [True, True, True, False]


def test_where_everything_is_furniture_nothing_stays_for_being_the_best_of_it() -> None:
    assert kept(numbers(0.2, 0.1, 0.02, 0.01), numbers(5, 4, 3, 2)) == [False] * 4


def test_no_rows_have_no_verdicts() -> None:
    found = Trees.read(0.0, [STUMP]).verdicts(np.zeros((0, 2), np.float32))
    assert len(placed(found, numbers(), 0.5)) == 0


ARTICLES = {
    "Arabic": (
        "قال رئيس البلدية يوم الثلاثاء إن المياه التي نزلت من الجبل منذ الصباح غمرت الحقول القريبة من القرية كلها.",
        "وأضاف أن السكان الذين تركوا بيوتهم في الليل عادوا إليها بعد أن فتحت الطريق التي تصل إلى المدينة.",
        "ولم يعرف بعد متى يمكن أن تعود المدرسة إلى العمل، لأن الطين ما زال في غرفها منذ ثلاثة أيام.",
    ),
    "Hebrew": (
        "ראש העיר אמר ביום שלישי כי המים שירדו מן ההר מאז הבוקר הציפו את השדות שליד הכפר כולו.",
        "הוא הוסיף כי התושבים אשר עזבו את בתיהם בלילה חזרו אליהם אחרי שהכביש אל העיר נפתח מחדש.",
        "עדיין לא ידוע מתי יוכל בית הספר לחזור לעבוד, כי הבוץ עוד נמצא בחדרים שלו כבר שלושה ימים.",
    ),
    "Chinese": (
        "镇长星期二表示，从早上开始自山上流下来的水已经淹没了村庄附近的所有农田，居民只能暂时离开家园。",
        "他补充说，昨天夜里离开家的居民在通往城市的道路重新开放以后，已经陆续回到了自己的房子里。",
        "目前还不知道学校什么时候可以恢复上课，因为三天以来教室里仍然堆满了从山上冲下来的泥土。",
    ),
    "Japanese": (
        "町長は火曜日、朝から山を流れ下った水が村の近くの畑をすべて覆い、住民が家を離れていると述べた。",
        "さらに、夜の間に家を出た人々は、市へ通じる道路が再び開いたあとで自宅に戻り始めたと付け加えた。",
        "学校がいつ再開できるかはまだ分かっていない。教室には三日前から山の泥が残っているためだという。",
    ),
    "Greek": (
        "Ο δήμαρχος είπε την Τρίτη ότι τα νερά που κατέβηκαν από το βουνό σκέπασαν όλα τα χωράφια κοντά στο χωριό.",
        "Πρόσθεσε ότι οι κάτοικοι που άφησαν τα σπίτια τους τη νύχτα γύρισαν όταν άνοιξε πάλι ο δρόμος για την πόλη.",
        "Δεν είναι ακόμη γνωστό πότε θα ανοίξει το σχολείο, γιατί η λάσπη μένει στις τάξεις του εδώ και τρεις μέρες.",
    ),
}
"""Of two languages there are no lists of small words: Greek, and Chinese or Japanese, which part no words."""


@pytest.mark.parametrize("language", ARTICLES)
@pytest.mark.parametrize("tag", ["", "p"])
def test_running_text_stays_in_any_script_and_numbers_beside_it_go(language: str, tag: str) -> None:
    lines = ("1 | 2 | 3 | 4", *ARTICLES[language], *ARTICLES[language][::-1], "(12) (3)")
    found = clean(Page("r/a", tuple(Block(line, 0, 1, tag=tag) for line in lines)))
    assert [block.kept for block in found] == [False, *([True] * 6), False]
