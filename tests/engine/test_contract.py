"""The query language, as every engine must answer it: one test for each sentence of the contract."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import pytest

from searchapp.engine.base import Deadline, Engine
from searchapp.errors import DeadlineExceeded, LimitExceeded
from searchapp.model import SearchQuery
from tests.engine.asking import asked, found, listed
from tests.engine.conftest import Build
from tests.engine.corpus import DOCUMENTS, document

EVERYTHING = " ".join(one.id.removeprefix("d") for one in DOCUMENTS)
WHEAT = "06 07 08 22"
HAFTAR = "14 15 18"
RECRUITS = "01 02 03 04 05 15"


def without(*left_out: str) -> str:
    return " ".join(one for one in EVERYTHING.split() if one not in left_out)


FINDS = {
    "words are joined by and": ("wheat harvest", "06"),
    "no words find everything": ("", EVERYTHING),
    "a phrase is exact": ('"harvest festival"', "16 17"),
    "a phrase has an order": ('"festival harvest"', ""),
    "a phrase does not reach from the title into the text": ('"burns wheat"', ""),
    "words may lie in title and text": ("burns fields", "06"),
    "near words lie in a window": ('"talks united"~3', "18"),
    "near words are not further apart": ('"talks united"~2', ""),
    "near words do not reach from the title into the text": ('"burns lost"~20', ""),
    "a word near itself is one word": ('"wheat wheat"~1', WHEAT),
    "or finds either": ("corn OR festival", "07 16 17 22"),
    "not leaves out": ("wheat NOT corn", "06 08"),
    "a minus leaves out": ("wheat -corn", "06 08"),
    "a minus leaves out a phrase": ('wheat -"corn prices"', "06 08 22"),
    "a minus leaves out a group": ("harvest -(wheat OR music)", ""),
    "lower-case or is a word": ("wheat or corn", ""),
    "lower-case and is a word": ("wheat and corn", "22"),
    "upper-case and is none": ("wheat AND corn", "07 22"),
    "and binds before or": ("festival OR wheat corn", "07 16 17 22"),
    "parentheses bind first": ("(festival OR wheat) corn", "07 22"),
    "not binds before and": ("-corn wheat", "06 08"),
    "negatives alone start from everything": ("-haftar", without(*HAFTAR.split())),
    "negatives alone may be several": ("-haftar -wheat", without(*HAFTAR.split(), *WHEAT.split())),
    "a prefix": ("recruit*", RECRUITS),
    "a prefix is folded": ("RÉCRUIT*", RECRUITS),
    "a prefix with a hyphen reads compounds": ("state-of*", "20"),
    "a question mark is one character": ("wh?at", WHEAT),
    "a question mark is not none": ("whe?at", ""),
    "a star inside is any number of characters": ("har*st", "06 16 17"),
    "a fuzzy word is one edit away": ("weat~", WHEAT),
    "two letters changed about are one edit": ("haftra~", HAFTAR),
    "two edits are found with two": ("hfatra~2", HAFTAR),
    "two edits are not found with one": ("hfatra~", ""),
    "a fuzzy word is not stemmed": ("farmerz~", "06"),
    "a fuzzy compound reads compounds": ("state-of-the-arts~", "20"),
    "the title": ("title:wheat", "06 08"),
    "the title alone": ("title:fields", ""),
    "the text": ("text:wheat", WHEAT),
    "the text alone": ("text:notes", ""),
    "a field before a group": ("title:(wheat OR corn)", "06 07 08"),
    "a phrase in a field": ('title:"wheat harvest"', "06"),
    "an outlet": ("outlet:iranwire", "04 05 24"),
    "a phrase in an outlet": ('outlet:"zaman al"', "01 03"),
    "a compound in an outlet": ("outlet:al-wasl", "01 03"),
    "a prefix in an outlet": ("outlet:iranw*", "04 05 24"),
    "an actor": ("actor:haftar", "01 02 03 09 15 18"),
    "an actor by an alias": ("actor:hifter", "01 02 03 09 15 18"),
    "an actor in another script": ("actor:حفتر", "01 02 03 09 15 18"),
    "the words of one alias, not of two": ('actor:"group pmc"', ""),
    "a discovered name does not count": ("actor:omar", ""),
    "a place": ("location:tripoli", "01 02 08 09 13"),
    "a place by what lies around it": ("location:syria", "04 05 06 10 11 12 16 17 26"),
    "a field reads forms only": ("actor:groups", ""),
    "who is cited": ("cites:reuters", "01 02"),
    "a language by its code": ("language:ar", "09 10"),
    "a language by its name": ("language:العربية", "09 10"),
    "an author": ("author:haddad", "04"),
    "a folder": ("folder:scraped", "03 15 20 21 23 24"),
    "a folder by what lies around it": ("folder:press folder:2019", "06 07"),
    "an address": ("url:iranwire.com", "04"),
    "a file": ("file:d04", "04"),
    "an id": ("id:d04", "04"),
    "a facet of the archive": ("desk:énergie", "07 08 12"),
    "a tree of the archive": ("topics:grain", WHEAT),
    "a field that is left out": ("wheat -outlet:reuters", ""),
    "a year": ("date:2019", "06 07"),
    "a month": ("date:2020-06", "01 02 08 09 11"),
    "a day": ("date:2020-06-08", "01 08"),
    "a range of days": ("date:[2020-01-01 TO 2020-06-30]", "01 02 04 05 08 09 11 13 18 19 26"),
    "a range without an end": ("date:[2020-12-31 TO *]", "21 22"),
    "a range that is left out keeps the undated": ("-date:[* TO 2021]", "03 14 23 24"),
    "a word is stemmed by the language of the document": ("recruiting", RECRUITS),
    "a French word is stemmed as French": ("élève", "12"),
    "a document without a language has no stems": ("drafts", ""),
    "a quoted word is not stemmed": ('"recruiting"', "05"),
    "case and accents are folded in the query": ("ÉCOLE", "12"),
    "case and accents are folded in the text": ("ecole", "12"),
    "a number with a point": ("3.5", "07"),
    "a number with a comma": ("2,000", "05 20"),
    "Arabic digits are digits": ("2020", "09"),
    "digits are Arabic digits": ("٢٠٢٠", "09"),
    "a part of a compound": ("hasakah", "04 05"),
    "a compound finds its parts side by side": ("al-hasakah", "04 05"),
    "a compound of many parts": ("state-of-the-art", "20 21"),
    "a word with an apostrophe": ("l'école", "12"),
    "a word without its genitive": ("baker", "20"),
    "Arabic with vowel signs is found without": ('"المقاتلين"', "09"),
    "Arabic without vowel signs is found with": ('"المُقاتلُون"', "10"),
    "Chinese words are found within a line": ("雇佣兵", "11"),
    "Cyrillic": ("вагнера", "13"),
    "punctuation finds nothing by itself": ("wheat !!!", WHEAT),
}


@pytest.mark.parametrize(("text", "expected"), FINDS.values(), ids=FINDS.keys())
def test_the_query_language(engine: Engine, text: str, expected: str) -> None:
    results = engine.search(asked(text, dupes="show"))
    assert not results.escaped
    assert found(engine, text) == expected
    assert results.total == len(expected.split())


REMOVED = {
    "removed text is not searched": ("clean", "cookie", ""),
    "removed text alone": ("removed", "cookie", "01 06 16"),
    "kept text is not searched": ("removed", "wheat", ""),
    "both": ("raw", "harvest", "06 16 17"),
    "a document may match by both": ("raw", "wheat cookie", "06"),
    "what is left out may be removed": ("raw", "harvest -cookie", "17"),
    "what is left out is only kept": ("clean", "harvest -cookie", "06 16 17"),
    "a phrase lies within one block": ("removed", '"cookies read"', ""),
    "a phrase does not reach from what was kept into what was removed": ("raw", '"said more"', ""),
    "a phrase in a block": ("raw", '"harvest guide"', "06"),
    "near words lie within one block": ("removed", '"cookies read"~9', ""),
    "a prefix in removed text": ("removed", "ticke*", "16"),
    "the title is not read": ("removed", "title:harvest", ""),
    "the title is read": ("raw", "title:harvest", "06 16 17"),
    "the text of what was removed": ("removed", "text:harvest", "06 16"),
    "the text of both": ("raw", "text:cookie", "01 06 16"),
    "other fields are not read": ("removed", "outlet:reuters", ""),
    "other fields are read": ("raw", "outlet:iranwire", "04 05 24"),
    "a date is not read": ("removed", "date:2020", ""),
    "negatives start from everything": ("removed", "-cookie", without("01", "06", "16")),
    "no words find everything": ("removed", "", EVERYTHING),
}


@pytest.mark.parametrize(("scope", "text", "expected"), REMOVED.values(), ids=REMOVED.keys())
def test_what_was_removed(engine: Engine, scope: str, text: str, expected: str) -> None:
    assert found(engine, text, scope=scope) == expected


@pytest.mark.parametrize(
    ("scope", "text", "expected"),
    [("raw", "haftar", "d16"), ("raw", "wheat cookie", "d06"), ("removed", "harvest", ""),
     ("removed", "tickets", "d16"), ("clean", "harvest", ""), ("raw", "harvest -cookie", "")],
)  # fmt: skip
def test_a_hit_says_whether_only_removed_text_matched(engine: Engine, scope: str, text: str, expected: str) -> None:
    hits = engine.search(asked(text, scope=scope)).hits
    assert hits
    assert {hit.id for hit in hits if hit.only_removed} == set(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [("wheat corn", WHEAT), ("festival wheat -corn", "06 08 16 17"), ("festival AND wheat", ""),
     ("-haftar -wheat", None), ('"corn prices" festival', "07 16 17")],
)  # fmt: skip
def test_match_any_joins_what_is_not_joined(engine: Engine, text: str, expected: str | None) -> None:
    assert found(engine, text, match="any") == (found(engine, text) if expected is None else expected)


def test_match_any_ranks_what_has_more_of_the_words_first(build: Build) -> None:
    texts = {"a": "wheat", "b": "wheat corn", "c": "corn", "d": "nothing"}
    engine = build([document(name, "News", f"{text} and so on") for name, text in texts.items()], {})
    assert listed(engine, "wheat corn", match="any").split()[0] == "b"


def test_forms_as_typed_rank_above_stemmed_ones(build: Build) -> None:
    engine = build([document(name, "News", f"Men {form} there") for name, form in
                    (("a", "recruiting"), ("b", "recruited"), ("c", "recruits"))], {})  # fmt: skip
    for typed, first in (("recruiting", "a"), ("recruited", "b"), ("recruits", "c")):
        assert listed(engine, typed).split()[0] == first


def test_a_compound_as_typed_ranks_above_its_parts(build: Build) -> None:
    engine = build([document("a", "News", "in al Hasakah now"), document("b", "News", "in al-Hasakah now")], {})
    assert listed(engine, "al-hasakah") == "b a"


def test_the_title_counts_more_than_the_text(build: Build) -> None:
    engine = build([document("a", "On rain", "All of wheat"), document("b", "On wheat", "All of rain")], {})
    assert listed(engine, "wheat") == "b a"
    assert listed(engine, "rain") == "a b"


def test_rare_words_and_short_documents_rank_higher(build: Build) -> None:
    long = "wheat " + "and many other words that say nothing at all " * 9
    documents = [document("a", "One", long), document("b", "Two", "wheat there"), document("c", "Three", "corn there"),
                 document("d", "Four", "corn here")]  # fmt: skip
    engine = build(documents, {})
    assert listed(engine, "wheat").split()[0] == "b"
    assert listed(engine, "wheat corn", match="any").split()[0] == "b"


def test_a_score_says_how_well_a_hit_fits(engine: Engine) -> None:
    scores = [hit.score for hit in engine.search(asked("recruited")).hits]
    assert None not in scores
    assert scores == sorted(scores, key=lambda score: -(score or 0))
    assert scores[0] != scores[-1]


@pytest.mark.parametrize("text", ["(wheat", 'wheat "', "wheat AND", "nofield:wheat"])
def test_a_broken_query_is_read_as_words_and_says_so(engine: Engine, text: str) -> None:
    results = engine.search(asked(text))
    assert results.escaped
    assert [notice.param for notice in results.warnings] == ["q"]


def test_a_query_that_is_read_as_words_finds_them(engine: Engine) -> None:
    assert found(engine, "(wheat") == WHEAT


def test_an_answer_says_how_the_query_was_read(engine: Engine) -> None:
    assert engine.search(asked("wheat corn")).parsed == "wheat AND corn"
    assert engine.search(asked("wheat corn", match="any")).parsed == "wheat OR corn"
    assert engine.search(asked("")).parsed == ""


def test_a_pattern_may_stand_for_256_words_and_no_more(build: Build) -> None:
    words = [f"abc{one}{two}" for one, two in product(ascii_lowercase, repeat=2)][:257]
    one, two = document("a", "One", " ".join(words[:256])), document("b", "Two", "nothing", removed=(words[256],))
    engine = build([one, two], {})
    assert engine.search(asked("abc*")).total == 1
    assert engine.search(asked("abc*", scope="removed")).hits[0].only_removed
    with pytest.raises(LimitExceeded) as raised:
        engine.search(asked("wheat OR -abc*", scope="raw"))
    assert (raised.value.param, raised.value.limit) == ("q", 256)


def test_words_of_deleted_documents_do_not_count_as_words(build: Build) -> None:
    words = [f"abc{one}{two}" for one, two in product(ascii_lowercase, repeat=2)][:300]
    engine = build([document("a", "One", " ".join(words[:150])), document("b", "Two", " ".join(words[150:]))], {})
    with engine.writer(run="2021-02-01T00:00:00Z") as writer:
        writer.delete("b")
        writer.commit()
    assert found(engine, "abc*") == "a"


def test_no_query_may_run_past_its_deadline(engine: Engine) -> None:
    past = Deadline(at=0.0, allowed=1.0)
    with pytest.raises(DeadlineExceeded):
        engine.search(asked("wheat"), deadline=past)
    with pytest.raises(DeadlineExceeded):
        engine.facet("outlet", SearchQuery(), deadline=past)
