"""Every error has a place in the drawn tree, a status, an exit code and a title."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from searchapp import errors
from searchapp.errors import SearchappError

EXIT_CODES = {1, 2, 65, 69, 73, 74, 75, 78}


def below(kind: type[SearchappError]) -> Iterator[type[SearchappError]]:
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child
            yield from below(child)


def test_the_drawn_tree_is_the_tree() -> None:
    drawn = re.findall(r"^[│ ]*[├└]── (\w+)", inspect.getdoc(errors) or "", re.MULTILINE)
    assert drawn == [kind.__name__ for kind in below(SearchappError)]


def test_every_error_ends_with_a_status_of_http_and_an_exit_code_of_ours() -> None:
    for kind in below(SearchappError):
        assert 400 <= kind.status <= 599 and kind.exit_code in EXIT_CODES and kind.title
