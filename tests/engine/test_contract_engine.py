"""Documents, copies, suggestions, streams and generations, as every engine must give them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from searchapp.engine.base import Engine
from searchapp.errors import IndexLocked, LimitExceeded, NotFound
from searchapp.grammar import MAX_CHARACTERS
from searchapp.model import Completion, SearchQuery, SourceStamp
from tests.engine.asking import asked, facet, found
from tests.engine.conftest import Build
from tests.engine.corpus import CLUSTERS, DOCUMENTS, SHARING, THIRD_RUN, document


def test_a_document_comes_back_as_it_was_stored(engine: Engine) -> None:
    for one in DOCUMENTS:
        assert engine.get(one.id) == one
    assert engine.get("no such document") is None
    assert engine.get("gone-1") is None


def test_copies_are_all_of_a_cluster(engine: Engine) -> None:
    assert engine.copies("d02") == ("d01", "d02", "d03")
    assert engine.copies("d04") == engine.copies("no such document") == ()


def test_a_document_whose_copies_are_gone_has_none(build: Build) -> None:
    engine = build([document("a", "T", "x"), document("b", "T", "x")], {"a": "a", "b": "a"})
    with engine.writer(run=THIRD_RUN) as writer:
        writer.delete("a")
        writer.commit()
    assert engine.copies("b") == ()
    hit = engine.search(asked()).hits[0]
    assert (hit.id, hit.copies) == ("b", 1)


def test_documents_are_found_by_address_hash_and_file(engine: Engine) -> None:
    d04 = engine.get("d04")
    assert d04 is not None
    assert engine.find(url=d04.url) == engine.find(sha256=d04.sha256) == ("d04",)
    assert engine.find(file="root/press/d04.txt") == engine.find(file="d04.txt") == ("d04",)
    assert engine.find(file="press/d04.txt") == engine.find(url="https://example.org/") == engine.find() == ()


def test_records_of_one_file_are_found_by_their_key(build: Build) -> None:
    records = [replace(document(name, "T", "x"), source=f"root/a.jsonl#{name}/1") for name in "ab"]
    engine = build(records, {})
    assert engine.find(file="a.jsonl#b/1") == engine.find(file="root/a.jsonl#b/1") == ("b",)


def test_sources_say_which_state_is_indexed(engine: Engine) -> None:
    expected = {one.source: SourceStamp(one.id, one.sha256, one.first_indexed, one.last_changed) for one in DOCUMENTS}
    assert dict(engine.sources()) == expected


def test_the_index_describes_itself(engine: Engine) -> None:
    info = engine.info()
    assert (info.documents, info.settled, info.notice) == (26, True, None)
    assert info.languages == ("ar", "en", "fr", "ru", "zh")
    assert info.generation == engine.generations()[-1].number
    assert engine.search(SearchQuery()).index == info


def test_all_results_are_streamed_in_order(engine: Engine) -> None:
    for query in (asked(sort="date"), asked("wheat"), asked(dupes="show", sort="outlet", fields=("text",))):
        hits = list(engine.iterate(query))
        page = engine.search(query).hits
        assert [replace(hit, snippets=(), title_pieces=()) for hit in page] == [
            replace(hit, title_pieces=()) for hit in hits
        ]
        assert list(engine.iterate(replace(query, per_page=2, page=2), after=3)) == hits[3:]


def test_a_snippet_marks_what_matched(engine: Engine) -> None:
    hit = engine.search(asked("farmer")).hits[0]
    assert ("farmers", True) in hit.snippets[0]
    assert "".join(text for text, _ in hit.snippets[0]).startswith("Wheat fields burned")
    hit = engine.search(asked('"harvest festival"')).hits[0]
    assert ("harvest festival", True) in hit.snippets[0]
    assert hit.title_pieces == (("Harvest festival", True),)


def test_what_is_left_out_is_not_marked(engine: Engine) -> None:
    hit = engine.search(asked("wheat -prices", sort="date")).hits[0]
    assert not any(matched and "harvest" in text for text, matched in hit.snippets[0])


def test_without_a_match_a_snippet_is_the_beginning(engine: Engine) -> None:
    hit = engine.search(asked(outlet="Медуза")).hits[0]
    assert hit.snippets == ((("Наёмники ЧВК Вагнера прибыли в Триполи.", False),),)


def test_a_hit_in_removed_text_shows_that(engine: Engine) -> None:
    hit = engine.search(asked("tickets", scope="removed")).hits[0]
    assert hit.snippets == ((("harvest festival ", False), ("tickets", True)),)


def test_names_in_a_query_are_offered(engine: Engine) -> None:
    for text in ("Khalifa Haftar", '"khalifa haftar"', "خليفة حفتر"):
        names = engine.search(asked(text)).suggestions.names
        assert [(one.facet, one.value.id, one.count) for one in names] == [("actor", "haftar", 4)]
        assert engine.search(names[0].query).total == 4
        assert (names[0].query.text, names[0].query.filter("actor").chosen) == ("", ("haftar",))


def test_a_name_keeps_the_filters_and_the_other_words(engine: Engine) -> None:
    name = engine.search(asked("khalifa haftar recruits", outlet="Blog")).suggestions.names[0]
    assert (name.count, name.query.text, name.query.filter("outlet").chosen) == (1, "recruits", ("Blog",))


def test_names_are_offered_on_the_first_page_and_only_known_ones(engine: Engine) -> None:
    assert engine.search(asked("Omar Nasser")).suggestions.names == ()
    assert engine.search(asked("khalifa haftar", page=2, per_page=1)).suggestions.names == ()
    assert engine.search(asked("khalifa OR haftar")).suggestions.names == ()


def test_other_forms_of_a_word_are_named(engine: Engine) -> None:
    forms = engine.search(asked("recruits")).suggestions.forms
    assert set(forms) == {"recruited", "recruiter", "recruiting", "recruitment"}
    assert engine.search(asked('"recruits"')).suggestions.forms == ()


def test_a_form_that_only_another_language_keeps_is_not_named(build: Build) -> None:
    removed = document("a", "T", "x", removed=("they recruited men",))
    elsewhere = document("b", "recruited", "", language="ar")
    gone = document("c", "T", "recruited")
    engine = build([removed, elsewhere, gone, document("d", "T", "recruiting")], {})
    assert engine.search(asked("recruit")).suggestions.forms == ("recruited", "recruiting")
    with engine.writer(run=THIRD_RUN) as writer:
        writer.delete("c")
        writer.commit()
    assert engine.search(asked("recruit")).suggestions.forms == ("recruiting",)


def test_a_word_that_nothing_holds_is_corrected(engine: Engine) -> None:
    assert engine.search(asked("havrest festival")).suggestions.did_you_mean == "harvest festival"
    assert engine.search(asked("havrest haftar")).suggestions.did_you_mean is None
    assert engine.search(asked("xqzwv")).suggestions.did_you_mean is None


def test_an_empty_answer_says_what_each_word_finds(engine: Engine) -> None:
    suggestions = engine.search(asked("wheat festival")).suggestions
    assert (suggestions.words, suggestions.any_total) == ((("wheat", 4), ("festival", 1)), 5)
    suggestions = engine.search(asked("wheat")).suggestions
    assert (suggestions.words, suggestions.any_total, suggestions.did_you_mean) == ((), None, None)


def test_what_each_word_finds_is_counted_with_the_filters(engine: Engine) -> None:
    outlets = [one.value.id for one in facet(engine, "outlet", asked("wheat")).values]
    lacking = next(one for one in outlets if not engine.search(asked("festival", outlet=one)).total)
    suggestions = engine.search(asked("wheat festival", outlet=lacking)).suggestions
    wheat = engine.search(asked("wheat", outlet=lacking)).total
    assert wheat > 0
    assert (suggestions.words, suggestions.any_total) == ((("wheat", wheat), ("festival", 0)), wheat)
    # The word is found elsewhere, so that it is no misspelling.
    assert suggestions.did_you_mean is None
    assert engine.search(asked("havrest", outlet=lacking)).suggestions.words == (("havrest", 0),)


def test_suggestions_can_be_asked_for_alone(engine: Engine) -> None:
    suggestions = engine.suggest(asked("wheat festival"))
    assert suggestions.words == (("wheat", 4), ("festival", 1))
    assert engine.suggest(asked("khalifa haftar")).names[0].value.id == "haftar"


def test_the_beginning_of_a_word_is_completed_with_words_and_values(engine: Engine) -> None:
    completed = engine.complete("Recruit")
    assert dict(completed.words) == {form: found(engine, f'"{form}"').count(" ") + 1 for form, _ in completed.words}
    assert {"recruits", "recruited", "recruiter", "recruiting", "recruitment"} <= dict(completed.words).keys()
    assert [count for _, count in completed.words] == sorted((count for _, count in completed.words), reverse=True)
    assert engine.complete("recruit", limit=2).words == completed.words[:2]
    for prefix in ("khalifa h", "HAFT", "حفت"):
        assert [(one.facet, one.value.id) for one in engine.complete(prefix).values] == [("actor", "haftar")]
    assert engine.complete("khalifa h").words == ()


def test_completed_values_are_known_ones_counted_in_documents(engine: Engine) -> None:
    values = engine.complete("r").values
    reuters = next(one for one in values if one.value.id == "Reuters")
    assert (reuters.facet, reuters.count) == ("outlet", len(found(engine, outlet="Reuters").split()))
    assert engine.complete("omar nas").values == ()
    counted = [(-one.count, one.value.label.lower()) for one in values]
    assert counted == sorted(counted)


@pytest.mark.parametrize("prefix", ["", " ", "!", "zzz"])
def test_nothing_begins_like_this(engine: Engine, prefix: str) -> None:
    assert engine.complete(prefix) == Completion()


def test_what_is_to_be_completed_may_be_too_long(engine: Engine) -> None:
    with pytest.raises(LimitExceeded):
        engine.complete("a" * (MAX_CHARACTERS + 1))


def test_what_is_deleted_is_not_completed(build: Build) -> None:
    engine = build([document("a", "", "wheats whey"), document("b", "", "wheat whey")], {})
    assert engine.complete("whe").words == (("whey", 2), ("wheat", 1), ("wheats", 1))
    with engine.writer(run=THIRD_RUN) as writer:
        writer.delete("a")
        writer.commit()
    assert engine.complete("whe").words == (("wheat", 1), ("whey", 1))
    assert engine.search(asked("wheats")).suggestions.did_you_mean is None
    assert engine.search(asked("wheatz")).suggestions.did_you_mean == "wheat"


def test_pairs_of_values_are_counted(engine: Engine) -> None:
    table = engine.crosstab(asked(), "outlet", "actor")
    pairs = {
        (one.id, other.id): table.counts[i][j]
        for i, one in enumerate(table.rows)
        for j, other in enumerate(table.columns)
    }
    assert [one.id for one in table.rows[:2]] == ["Reuters", "Blog"]
    assert (pairs["Reuters", "un"], pairs["IranWire", "wagner"], pairs["Blog", "wagner"]) == (3, 2, 0)
    # No single copy by that outlet names the group as somebody said it, but one names it as it was guessed.
    assert pairs["Zaman al-Wasl", "wagner"] == 1
    small = engine.crosstab(asked(), "outlet", "actor", top=2)
    assert (small.rows, small.columns) == (table.rows[:2], table.columns[:2])
    assert small.counts == tuple(line[:2] for line in table.counts[:2])


def test_pairs_are_counted_in_the_result_with_every_choice(engine: Engine) -> None:
    table = engine.crosstab(asked(outlet="Reuters", date_from="2020"), "outlet", "cites")
    assert ([one.id for one in table.rows], [one.id for one in table.columns]) == (["Reuters"], ["AFP"])
    assert table.counts == ((2,),)


def test_similar_documents_share_telling_words(build: Build) -> None:
    numbers = [f"f{number:02}" for number in range(30)]
    fillers = [document(number, f"Other {number}", f"quite another story {number}") for number in numbers]
    texts = {
        "a": "smugglers of antiquities at the museum of palmyra", "b": "antiquities stolen in palmyra by smugglers",
        "c": "a museum opens", "copy": "smugglers of antiquities at the museum of palmyra",
    }  # fmt: skip
    told = [document(name, "News", text, outlet=f"Paper {name}") for name, text in texts.items()]
    engine = build([*told, *fillers], {"a": "a", "copy": "a"})
    similar = engine.similar("a", SearchQuery())
    assert [hit.id for hit in similar.hits] == ["b", "c"]
    assert [hit.id for hit in engine.similar("a", asked(outlet="Paper c")).hits] == ["c"]
    assert facet(engine, "outlet", asked()).distinct == 4
    with pytest.raises(NotFound):
        engine.similar("no such document", SearchQuery())


def test_an_abandoned_writer_changes_nothing(build: Build) -> None:
    engine = build(DOCUMENTS[:3], {})
    before = engine.info()
    with engine.writer(run=THIRD_RUN) as writer:
        writer.add(DOCUMENTS[5])
        writer.delete(DOCUMENTS[0].id)
    assert engine.info() == before
    assert found(engine) == "01 02 03"


def test_a_writer_replaces_deletes_and_publishes_many_times(build: Build) -> None:
    engine = build(DOCUMENTS[:3], {})
    first = engine.info().generation
    with engine.writer(run=THIRD_RUN) as writer:
        writer.add(replace(DOCUMENTS[0], text="about nothing else"))
        writer.delete("d02")
        writer.delete("no such document")
        assert writer.commit() == first + 1
        assert (engine.info().generation, engine.info().settled) == (first + 1, False)
        writer.add(DOCUMENTS[3])
        writer.add(DOCUMENTS[4])
        writer.delete("d05")
        assert writer.commit(settled=True) == first + 2
    assert found(engine) == "01 03 04"
    assert found(engine, "nothing else") == "01"
    assert (found(engine, '"hundreds"'), engine.info().settled) == ("03", True)


def test_clusters_are_said_and_taken_back(build: Build) -> None:
    engine = build(DOCUMENTS[:3], {key: CLUSTERS[key] for key in ("d01", "d02", "d03")})
    assert engine.search(asked()).total == 1
    with engine.writer(run=THIRD_RUN) as writer:
        writer.assign({"d03": None})
        writer.commit()
    assert (engine.copies("d01"), engine.copies("d03"), engine.search(asked()).total) == (("d01", "d02"), (), 2)


def test_what_shares_text_is_listed_apart_from_copies_and_counts_for_itself(build: Build) -> None:
    engine = build(DOCUMENTS[:6], {})
    total = engine.search(asked()).total
    with engine.writer(run=THIRD_RUN) as writer:
        writer.assign({}, sharing=SHARING)
        assert engine.sharing("d04") == ()
        writer.commit()
    assert {one.id: engine.sharing(one.id) for one in DOCUMENTS[:6]} == {
        "d01": (), "d02": (), "d03": (), "d04": ("d05", "d06"), "d05": ("d04",), "d06": ("d04",),
    }  # fmt: skip
    assert (engine.copies("d04"), engine.search(asked()).total, engine.sharing("no such document")) == ((), total, ())


def test_what_shares_text_is_said_anew_and_taken_back(build: Build) -> None:
    engine = build(DOCUMENTS[:6], {})
    for said in (SHARING, {}, {"d04": ("d05",), "d06": ()}):
        with engine.writer(run=THIRD_RUN) as writer:
            writer.assign({}, sharing=said)
            writer.commit()
    assert [engine.sharing(one) for one in ("d04", "d05", "d06")] == [("d05",), ("d04",), ()]
    first = engine.info().generation - 1
    assert engine.at(first).sharing("d04") == ("d05", "d06")


@pytest.mark.parametrize("how", ["deleted", "forgotten"])
def test_who_is_gone_shares_text_with_nobody_not_even_when_it_comes_back(build: Build, how: str) -> None:
    engine = build(DOCUMENTS[:6], {})
    with engine.writer(run=THIRD_RUN) as writer:
        writer.assign({}, sharing=SHARING)
        writer.commit(settled=True)
    if how == "forgotten":
        engine.forget(["d05"])
    else:
        with engine.writer(run=THIRD_RUN) as writer:
            writer.delete("d05")
            writer.commit()
    assert [engine.sharing(one) for one in ("d04", "d05", "d06")] == [("d06",), (), ("d04",)]
    with engine.writer(run=THIRD_RUN) as writer:
        writer.add(DOCUMENTS[4])
        writer.commit()
    assert engine.sharing("d05") == ()


def test_a_document_that_changes_shares_text_until_it_is_compared_again(build: Build) -> None:
    engine = build(DOCUMENTS[:6], {})
    with engine.writer(run=THIRD_RUN) as writer:
        writer.assign({}, sharing=SHARING)
        writer.commit()
        writer.add(replace(DOCUMENTS[4], text="other words"))
        writer.commit()
    assert engine.sharing("d05") == ("d04",)


def test_there_is_one_writer_at_a_time(build: Build) -> None:
    engine = build(DOCUMENTS[:1], {})
    with engine.writer(run=THIRD_RUN), pytest.raises(IndexLocked):
        engine.writer(run=THIRD_RUN, lock_timeout=0.05)
    with engine.writer(run=THIRD_RUN, lock_timeout=0.05) as writer:
        writer.commit()


def test_an_old_generation_can_be_asked(build: Build) -> None:
    engine = build(DOCUMENTS[:3], {})
    old = engine.info().generation
    with engine.writer(run=THIRD_RUN) as writer:
        writer.delete("d01")
        new = writer.commit()
    assert [one.number for one in engine.generations()][-2:] == [old, new]
    assert [one.documents for one in engine.generations()][-2:] == [3, 2]
    assert (found(engine.at(old)), found(engine)) == ("01 02 03", "02 03")
    assert engine.at(old).info().generation == old
    with pytest.raises(NotFound):
        engine.at(new + 1)


def test_a_sound_index_has_no_damages(engine: Engine) -> None:
    assert engine.check() == engine.check(deep=True) == ()
