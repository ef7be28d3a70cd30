"""Facets are declared once; an archive may declare further ones, and a wrong declaration says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchapp.errors import ConfigError
from searchapp.facets import FacetSet, FacetSpec
from searchapp.model import Claim, Document, FacetEntry, FacetValue, Filter, SearchQuery


def declared(tmp_path: Path, text: str) -> FacetSet:
    (tmp_path / "facets.yaml").write_text(text, encoding="utf-8")
    return FacetSet.read(tmp_path)


def values(facets: FacetSet, document: Document, name: str) -> list[tuple[str, str, str | None]]:
    return [(one.value.id, one.value.label, one.value.parent) for one in facets.entries(document, name)]


def test_the_built_in_facets_stand_in_display_order() -> None:
    shown = [spec.name for spec in FacetSet().shown]
    assert shown == ["outlet", "actor", "location", "cites", "language", "date", "folder"]


def test_an_archive_without_a_file_has_the_built_in_facets_alone(tmp_path: Path) -> None:
    assert FacetSet.read(tmp_path).names == FacetSet.read(None).names == FacetSet().names


def test_an_archive_adds_facets_behind_the_built_in_ones(tmp_path: Path) -> None:
    facets = declared(tmp_path, "- {name: topics, label: Topic, plural: Topics, combine: or, hierarchy: true}\n")
    assert facets.shown[-1] == FacetSpec("topics", "Topic", "Topics", "or", hierarchy=True, archive=True)


def test_a_declared_facet_is_all_of_unless_it_says_otherwise(tmp_path: Path) -> None:
    spec = declared(tmp_path, "- name: case_number").get("case_number")
    assert spec is not None and (spec.combine, spec.label) == ("and", "Case number")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("topics", "must hold a list"), ("- topics", "needs a name"), ("- {name: outlet}", "is taken"),
        ("- {name: page}", "is taken"), ("- {name: Topics}", "lower-case"), ("- {name: a, combine: xor}", "combine"),
        ("- {name: a, size: 3}", "unknown key 'size'"),
        ("- name: a\n- name: a", "line 2: the facet 'a' is declared twice"), ("- name: a\n- {", "line 2, column 4: .+ Correct the YAML"),
        ("- name: a\n\n- {name: b, x: 1}", "facets.yaml, line 3: "),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_refused_with_its_reason(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        declared(tmp_path, text)


def test_a_completed_query_has_one_filter_a_facet_that_says_how_it_combines() -> None:
    query = FacetSet().complete(SearchQuery(filters=(Filter("actor", ("a",), combine="or"),)))
    assert [(one.facet, one.chosen, one.combine) for one in query.filters][:3] == [
        ("outlet", (), "or"), ("actor", ("a",), "or"), ("location", (), "and"),
    ]  # fmt: skip


def test_completing_a_completed_query_changes_nothing() -> None:
    query = FacetSet().complete(SearchQuery())
    assert FacetSet().complete(query) is query


def test_folders_are_a_tree_from_the_root_down() -> None:
    document = Document("1", "news/2020/06/one.jsonl#7", "", "")
    assert values(FacetSet(), document, "folder") == [
        ("news", "news", None), ("news/2020", "2020", "news"), ("news/2020/06", "06", "news/2020"),
    ]  # fmt: skip


def test_a_document_without_an_outlet_carries_none() -> None:
    assert values(FacetSet(), Document("1", "a", "", ""), "outlet") == []


def test_single_claims_become_entries_with_their_status() -> None:
    document = Document("1", "a", "", "", outlet=Claim("X", "inferred"), language=Claim("ar", "declared"))
    assert [entry.status for entry in FacetSet().entries(document, "outlet")] == ["inferred"]
    assert values(FacetSet(), document, "language") == [("ar", "العربية", None)]
    assert values(FacetSet(), document, "outlet_status") == [("inferred", "inferred", None)]


def test_many_valued_facets_come_from_the_document() -> None:
    entry = FacetEntry(FacetValue("w", "Wagner Group"), "curated")
    document = Document("1", "a", "", "", facets={"actor": (entry,)})
    assert FacetSet().entries(document, "actor") == (entry,)
    assert FacetSet().entries(document, "cites") == ()
