"""Where memory is short, segments stay apart; what is found and counted is the same."""

from __future__ import annotations

from pathlib import Path

from searchapp.engine.whoosh_index import WhooshEngine
from searchapp.model import SearchQuery
from tests.engine.corpus import FACETS, FIRST_RUN
from tests.engine.parts import adopt
from tests.engine.whoosh_folder import newest, random_documents

COMMITS, EACH = 9, 20


def filled(root: Path, memory: int | None) -> WhooshEngine:
    engine = WhooshEngine(root / "index", FACETS)
    documents = random_documents(COMMITS * EACH)
    with engine.writer(run=FIRST_RUN, memory=memory) as writer:
        for start in range(0, len(documents), EACH):
            adopt(engine, writer, *documents[start : start + EACH])
            writer.commit(settled=start + EACH == len(documents))
    return engine


def segments(root: Path) -> list[int]:
    return sorted(path.stat().st_size for path in newest(root).glob("*.seg"))


def test_only_what_fits_into_the_memory_is_merged(tmp_path: Path) -> None:
    roots = [tmp_path / name for name in ("none", "little", "unlimited")]
    for root in roots:
        root.mkdir()
    one = sum(path.stat().st_size for path in newest_of_one(tmp_path).iterdir() if path.suffix in (".seg", ".tables"))
    engines = [filled(root, memory) for root, memory in zip(roots, (one, 7 * one, None), strict=True)]
    alone, few, fewest = (len(segments(root)) for root in roots)
    assert alone == COMMITS > few > fewest
    assert fewest <= 4
    query = SearchQuery("word1 OR word7", per_page=100, sort="title")
    found = [(answer.total, answer.hits, answer.facets) for answer in (engine.search(query) for engine in engines)]
    assert found[0] == found[1] == found[2]
    for engine in engines:
        engine.close()


def newest_of_one(tmp_path: Path) -> Path:
    """The generation of a single commit."""
    (tmp_path / "one").mkdir()
    engine = WhooshEngine(tmp_path / "one" / "index", FACETS)
    with engine.writer(run=FIRST_RUN) as writer:
        adopt(engine, writer, *random_documents(EACH))
        writer.commit()
    engine.close()
    return newest(tmp_path / "one")
