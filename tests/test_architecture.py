"""The walls of the house stand, and each of them would be missed."""

from __future__ import annotations

import configparser
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bench import lengths
from tests.walls import DOORS, EVASIONS, LATE, ROOMS, foreign, trespasses

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "searchapp"
SOURCES = {
    path.relative_to(PROJECT).as_posix(): path.read_text(encoding="utf-8")
    for path in (*PACKAGE.rglob("*.py"), PROJECT / "wsgi.py")
}

WORDS = ("model", "errors", "facets", "grammar", "analysis", "authority", "config", "withheld", "left_out")
WINGS = ("ingest", "engine", "reports", "web", "cli", "wsgi")
CONCRETE = ("engine.memory", "engine.whoosh_index", "engine.opensearch")
SHARED = (
    "engine.completing", "engine.histogram", "engine.keeping", "engine.leading", "engine.listing", "engine.marks", "engine.names",
    "engine.reading", "engine.resolve", "engine.rows", "engine.sharing", "engine.similar", "engine.snippets", "engine.suggesting",
    "engine.vocabulary",
)  # fmt: skip

INSIDE = (
    "engine.whoosh_index.files", "engine.whoosh_index.words", "engine.whoosh_index.facets",
    "engine.whoosh_index.generation", "engine.whoosh_index.asking", "engine.whoosh_index.writing",
)  # fmt: skip

STAGES = (
    "ingest.seeds", "ingest.parse", "ingest.clean", "ingest.headline", "ingest.language", "ingest.dates",
    "ingest.outlets", "ingest.actors", "ingest.places", "ingest.duplicates", "ingest.journal", "ingest.workers",
)  # fmt: skip

NEVER = {
    "model": ("errors", "facets", "grammar", "analysis", "authority", "config", "withheld", "left_out", *WINGS),
    "errors": ("model", "facets", "grammar", "analysis", "authority", "config", "withheld", "left_out", *WINGS),
    "facets": ("grammar", "analysis", "authority", "config", "withheld", "left_out", *WINGS),
    "grammar": ("facets", "analysis", "authority", "config", "withheld", "left_out", *WINGS),
    "analysis": ("facets", "grammar", "authority", "config", "withheld", "left_out", *WINGS),
    "authority": ("facets", "grammar", "analysis", "config", "withheld", "left_out", *WINGS),
    "config": ("facets", "grammar", "analysis", "authority", "withheld", "left_out", *WINGS),
    "withheld": ("facets", "grammar", "analysis", "authority", "config", "left_out", *WINGS),
    "left_out": ("facets", "grammar", "analysis", "authority", "config", "withheld", *WINGS),
    "ingest.data": ("facets", "grammar", "analysis", "authority", "config", "withheld", "left_out", *WINGS),
    "ingest": (*WORDS, *WINGS),
    **dict.fromkeys(STAGES, WINGS),
    "ingest.pipeline": ("engine", "reports", "web", "cli", "wsgi"),
    "engine.base": WINGS,
    **dict.fromkeys((*SHARED, *CONCRETE, *INSIDE), WINGS),
    "engine.storage": ("model", "facets", "grammar", "analysis", "authority", "config", "withheld", "left_out", *WINGS),
    "engine": ("ingest", "reports", "web", "cli", "wsgi"),
    "reports": ("ingest", "engine", "web", "cli", "wsgi"),
    "web": ("ingest", "engine", "cli", "wsgi"),
    "cli": ("wsgi", "engine.storage", *CONCRETE, *STAGES),
    "wsgi": ("model", "errors", "facets", "grammar", "analysis", "authority", "ingest", "engine.storage", *CONCRETE, "reports", "cli"),
}  # fmt: skip
"""Room -> what it may on no account import: each name with all that lies inside, but for what is OPEN."""

OPEN = {
    "ingest.data": STAGES,
    "engine.base": ("ingest.pipeline", *SHARED, *CONCRETE, *INSIDE, "reports", "web"),
    **dict.fromkeys(SHARED, (*SHARED, *CONCRETE, *INSIDE)),
    "engine.marks": (*SHARED, *CONCRETE, *INSIDE, "reports"),
    "engine.keeping": (*SHARED, *CONCRETE, *INSIDE, "engine.storage"),
    "engine.storage": ("engine.whoosh_index", "engine.whoosh_index.generation", "engine.whoosh_index.writing"),
    "engine.whoosh_index.files": ("engine.whoosh_index", *INSIDE),
    "engine.whoosh_index.words": ("engine.whoosh_index", "engine.whoosh_index.generation", "engine.whoosh_index.asking"),
    "engine.whoosh_index.facets": ("engine.whoosh_index", "engine.whoosh_index.generation", "engine.whoosh_index.asking"),
    "engine.whoosh_index.generation": ("engine.whoosh_index", "engine.whoosh_index.asking"),
    "engine.whoosh_index.asking": ("engine.whoosh_index",),
    "engine.whoosh_index.writing": ("engine.whoosh_index",),
}
"""What lies inside a forbidden wing and may be imported all the same, and in which rooms."""

FORBIDDEN = [
    ("__init__.py", "from searchapp.model import Document"),
    ("helpers.py", ""),
    ("ingest/guess.py", ""),
    ("engine/tantivy/reader.py", ""),
    ("ingest/parse.py", "from . import seeds"),
    ("engine/storage/store.py", "from whoosh.index import open_dir"),
    ("engine/storage/store.py", "from searchapp.engine.whoosh_index.writing.segments import update"),
    ("ingest/clean/passes.py", "from ..parse import parse"),
    ("web/views.py", "if TYPE_CHECKING:\n    from searchapp.engine.memory import MemoryEngine"),
    ("engine/__init__.py", "def close() -> None:\n    import json"),
    ("engine/memory/reader.py", "class Reader:\n    def open_engine(self) -> None:\n        import json"),
    ("engine/memory/reader.py", "import whoosh"),
    ("engine/whoosh_index/files/schema.py", "from opensearchpy import OpenSearch"),
    ("engine/whoosh_index/files/tables.py", "from searchapp.engine.whoosh_index.words.postings import PostingReader"),
    ("engine/whoosh_index/asking/hits.py", "from searchapp.engine.whoosh_index.writing.segments import update"),
    ("reports/present.py", "from flask import url_for"),
    ("reports/present.py", "from werkzeug.urls import url_quote"),
    ("reports/present.py", "from jinja2 import Template"),
    ("engine/memory/reader.py", "import Stemmer"),
    ("reports/present.py", "import yaml"),
    ("web/views.py", "import bs4"),
    ("analysis/tokens.py", "from lxml import etree"),
    ("engine/base.py", "import warcio"),
    ("analysis/tokens.py", "import langdetect"),
    ("ingest/parse.py", "import py3langid.langid"),
    ("web/__init__.py", "import click"),
    ("reports/present.py", "import gunicorn.app.base"),
    ("ingest/pipeline/passes.py", "from tqdm import tqdm"),
    ("web/views.py", "import os\nkey = os.environ['KEY']"),
    ("web/views.py", "import os\nkey = os.environb[b'KEY']"),
    ("web/views.py", "import os\nkey = os.getenv('KEY')"),
    ("web/views.py", "import os\nkey = os.getenvb(b'KEY')"),
    ("ingest/workers.py", "import os\nos.putenv('KEY', '1')"),
    ("cli/ingest.py", "from os import environ"),
    ("engine/__init__.py", "import importlib\nimportlib.import_module('searchapp.web')"),
    ("engine/__init__.py", "from importlib import import_module"),
    ("engine/__init__.py", "web = __import__('searchapp.web')"),
]

ALLOWED = [
    ("model/documents.py", "from searchapp.model.days import Days"),
    ("facets.py", "import yaml\nfrom searchapp.errors import ConfigError"),
    ("config.py", "import os\nfound = os.environ"),
    ("ingest/parse.py", "import bs4\nfrom importlib import resources\nfrom searchapp import __version__, model"),
    ("ingest/clean/passes.py", "from .rules import RULES\nfrom searchapp.analysis import fold"),
    ("ingest/pipeline/passes.py", "from searchapp.ingest import parse\nfrom searchapp.engine.base import Writer"),
    ("engine/__init__.py", "def open_engine() -> None:\n    from searchapp.engine.memory import MemoryEngine"),
    ("engine/whoosh_index/writing/writer.py", "import whoosh.fields\nfrom searchapp.engine.whoosh_index import files"),
    ("reports/watch.py", "import yaml"),
    ("web/views.py", "from flask import request\nfrom searchapp.reports import urls\nuser = request.environ"),
    ("cli/ingest.py", "import click\ndef run() -> None:\n    from searchapp.ingest.pipeline import ingest"),
    ("wsgi.py", "from searchapp.engine import open_engine\nfrom searchapp.web import create_app"),
]


def found_in(path: str, source: str) -> list[str]:
    return trespasses({path if path == "wsgi.py" else f"searchapp/{path}": source})


def path_of(room: str) -> str:
    return "wsgi.py" if room == "wsgi" else f"{room.replace('.', '/')}/__init__.py"


def statement_for(room: str) -> str:
    return "import wsgi" if room == "wsgi" else f"from searchapp.{room} import name"


def test_nobody_goes_through_a_wall() -> None:
    assert not trespasses(SOURCES)


@pytest.mark.parametrize("room", NEVER)
def test_a_room_sees_nothing_beyond_its_walls(room: str) -> None:
    inside = [other for other in NEVER if other != room and room not in OPEN.get(other, ())]
    beyond = [other for other in inside if any(f"{other}.".startswith(f"{name}.") for name in NEVER[room])]
    assert beyond
    assert [other for other in beyond if not found_in(path_of(room), statement_for(other))] == []


@pytest.mark.parametrize(("path", "source"), FORBIDDEN)
def test_what_goes_past_a_door_is_caught(path: str, source: str) -> None:
    assert len(found_in(path, source)) == 1


@pytest.mark.parametrize(("path", "source"), ALLOWED)
def test_what_goes_through_a_door_is_not(path: str, source: str) -> None:
    assert not found_in(path, source)


def test_modules_that_import_each_other_are_caught() -> None:
    first, second = "from searchapp.reports.second import b", "from searchapp.reports import first"
    found = trespasses({"searchapp/reports/first.py": first, "searchapp/reports/second.py": second})
    assert found == [
        "reports.first imports itself by way of reports.second",
        "reports.second imports itself by way of reports.first",
    ]


def test_a_room_that_imports_its_own_front_door_is_caught() -> None:
    sources = {"searchapp/web/__init__.py": "from searchapp.web import views",
               "searchapp/web/views.py": "from searchapp.web import create_app"}  # fmt: skip
    assert len(trespasses(sources)) == 2


def test_every_room_and_every_door_of_the_table_has_its_example() -> None:
    assert set(NEVER) == set(ROOMS) - {""}
    assert all(any(door in source for _, source in FORBIDDEN) for door in DOORS)
    assert all(any(name in source for _, source in FORBIDDEN) for _, name in EVASIONS)


def test_imports_inside_functions_stand_only_where_start_up_is_put_off() -> None:
    assert LATE == ("engine.open_engine", "cli")


def test_every_foreign_package_that_is_imported_is_declared() -> None:
    settings = configparser.ConfigParser()
    settings.read(PROJECT / "setup.cfg")
    extras = settings["options.extras_require"]
    options = settings["options"]["install_requires"] + extras["opensearch"] + extras["votes"]
    declared = {_plain(re.split(r"[ <>=]", line)[0]) for line in options.split("\n") if line}
    providers = packages_distributions()
    wanted = foreign(SOURCES) - set(sys.stdlib_module_names)
    assert {name for name in wanted if not declared & {_plain(each) for each in providers.get(name, [name])}} == set()


def test_no_file_is_past_the_limit() -> None:
    assert not [length for length in lengths.files(PACKAGE) if length.lines > lengths.LONGEST_FILE]


def test_functions_are_short() -> None:
    functions = lengths.functions(PACKAGE)
    assert lengths.median(functions) < 12
    assert lengths.nine_in_ten(functions) < 35


def test_lengths_are_counted_from_the_first_line_to_the_last(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("@cache\ndef outer():\n    def inner():\n        pass\n\n    return inner\n")
    assert [length.lines for length in lengths.functions(tmp_path)] == [5, 2]
    assert [length.lines for length in lengths.files(tmp_path)] == [6]
    assert lengths.nine_in_ten([lengths.Length(lines, "") for lines in range(1, 21)]) == 18


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
