"""What a wheel holds, and that it works where the checkout is not."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).resolve().parent.parent

RENDER = """
import re
from functools import partial
from searchapp.config import Settings
from searchapp.engine import open_engine
from searchapp.web import create_app

settings = Settings.from_env()
client = create_app(settings, partial(open_engine, settings)).test_client()
page = client.get("/search?q=Haftar")
assert page.status_code == 200, page.text
styles = re.findall(r'href="([^"]+[.]css[^"]*)"', page.text)
assert styles and all(client.get(style).status_code == 200 for style in styles), styles
print(page.text)
"""


def run(*command: str | Path, folder: Path, environment: dict[str, str] | None = None) -> str:
    """What the command prints; an error with all it said where it fails."""
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the project, built from a copy so that nothing is left behind in the checkout."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for folder in ("searchapp", "templates"):
        shutil.copytree(PROJECT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / file, source)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--no-deps", "--no-build-isolation")
    run(*pip, "--wheel-dir", built, ".", folder=source)
    return next(built.glob("searchapp-*.whl"))


def test_the_wheel_holds_every_module_template_static_file_and_data_file(wheel: Path) -> None:
    package = PROJECT / "searchapp"
    data = [file for folder in ("ingest/data", "web/static") for file in (package / folder).rglob("*")]
    files = [file for file in (*package.rglob("*.py"), *data, *PROJECT.glob("templates/**/*")) if file.is_file()]
    expected = {file.relative_to(PROJECT).as_posix() for file in files if "__pycache__" not in file.parts}
    expected = {re.sub("^templates/", "searchapp/templates/", file) for file in expected}
    assert {Path(file).suffix for file in expected} >= {".py", ".html", ".css", ".yaml"}
    with ZipFile(wheel) as archive:
        assert expected - set(archive.namelist()) == set()


def test_the_wheel_holds_nothing_of_the_top_level(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"searchapp"}


@pytest.mark.long
def test_a_page_is_rendered_where_only_the_wheel_is_installed(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", "clean", folder=tmp_path)
    python = tmp_path / "clean" / "bin" / "python"
    pip = (python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install")
    for lock in ("requirements-build.lock", "requirements.lock"):
        run(*pip, "--require-hashes", "--no-build-isolation", "--use-pep517", "-r", PROJECT / lock, folder=tmp_path)
    run(*pip, "--no-deps", wheel, folder=tmp_path)
    environment = {"SEARCHAPP_INDEX": str(tmp_path / "index"), "PATH": "/usr/bin:/bin"}
    run(python.with_name("searchapp"), "ingest", PROJECT / "seeds", folder=tmp_path, environment=environment)
    page = run(python, "-c", RENDER, folder=tmp_path, environment=environment)
    assert "Haftar" in page
