"""`python -m bench.cleaning.together DATA`: is a folder of pages cleaned better than each page by itself?

The pages of every site that has two or more of them are put into one folder, whose metadata.csv names the sites, and
`searchapp clean FOLDER --to OUT` cleans them once with that table and once with each page declared as a site of its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from click.testing import CliRunner

from bench.cleaning.packed import ANNOTATIONS, DATA_HELP, unpacked
from bench.cleaning.pages import SUFFIXES
from bench.cleaning.scoring import precision_and_recall, summed
from searchapp.cli import main as searchapp


def cleaned(folder: Path, outlets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The name of each file of the folder and what the command writes for it, when the files are of these outlets."""
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([("path", "outlet"), *sorted(outlets.items())])
    with tempfile.TemporaryDirectory() as target:
        answer = CliRunner().invoke(searchapp, ["clean", str(folder), "--to", target])
        if answer.exit_code:
            raise SystemExit(f"searchapp clean {folder} ended with {answer.exit_code}: {answer.stderr}")
        for name in outlets:
            written = Path(target) / (name if name.endswith(".txt") else f"{name}.txt")
            yield name, written.read_text(encoding="utf-8")


def measured(data: Path, name: str, kind: str) -> None:
    """Print how well pages of one set and kind are cleaned by themselves and beside each other."""
    annotated = {page: said for page, said in json.loads((data / ANNOTATIONS).read_text(encoding="utf-8"))[name].items() if said["site"]}
    pages = Counter(said["site"] for said in annotated.values())
    sites = {page: said["site"] for page, said in annotated.items() if pages[said["site"]] > 1}
    with tempfile.TemporaryDirectory() as folder:
        for page in sites:
            shutil.copy(data / name / f"{page}{SUFFIXES[kind]}", folder)
        files = {f"{page}{SUFFIXES[kind]}": page for page in sites}
        for said, outlets in (
            ("by themselves", {file: f"{page}.example" for file, page in files.items()}),
            ("beside each other", {file: sites[page] for file, page in files.items()}),
        ):
            pairs = [
                precision_and_recall(annotated[files[file]]["text"], text)
                for file, text in cleaned(Path(folder), outlets)
            ]
            print(f"{kind:5} {name:5} {said:18} {summed(pairs)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning.together", description=__doc__)
    parser.add_argument("data", type=Path, help=DATA_HELP)
    parser.add_argument("--sets", default="atf", help="which sets, joined by commas (atf)")
    parser.add_argument("--kinds", default="ins", help=f"which of {', '.join(SUFFIXES)}, joined by commas (ins)")
    asked = parser.parse_args()
    with unpacked(asked.data) as data:
        for name in asked.sets.split(","):
            for kind in asked.kinds.split(","):
                measured(data, name, kind)


if __name__ == "__main__":
    main()
