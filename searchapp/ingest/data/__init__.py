"""What the stages know besides the page: word lists, the gazetteer, record files. `README.md` says where each is from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml


def data_folder() -> Path:
    """The folder of the files that come with the program."""
    return Path(__file__).resolve().parent


@cache
def word_sets(file: str) -> Mapping[str, frozenset[str]]:
    """The named sets of words of a YAML file of this folder, each written there as one text with spaces between."""
    listed = yaml.load((data_folder() / file).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {name: frozenset(words.split()) for name, words in listed.items()}
