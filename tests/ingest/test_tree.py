"""The tree of a page is the one that BeautifulSoup itself makes."""

from __future__ import annotations

import gc
import warnings

import pytest
from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from searchapp.ingest.parse.tree import tree_of

_PAGES = (
    "",
    "words alone",
    "<!doctype html><title>One</title><body class='a  b'><p>Two<!-- three -->four<p>five",
    "<?xml version='1.0'?><p>one</b></i>two</p></p><table><tr><td>three<div>four</table>five",
    "<h1>a<script>b</script><style>c</style><ruby>d<rt>e</rt></ruby><template>f<p>g</template>h</h1>",
    "<pre>one\n\n  two</pre> \n <textarea> three </textarea><svg><title>four</title><path d='M0'/></svg>",
    "<div hidden style=display:none>one<br>two<br/>three<input value=4><a rel='author x' href=/?a=1&amp;b=2>five</a></div>",
    "<p id=1 id=2 CLASS=x>&eacute;&#8238;&nbsp;&copy<fb:like data-x='&lt;'>six</fb:like><![CDATA[seven]]>",
    "<body><p>one</body></html>two<frameset><frame></frameset><form><form>three",
    "<div>" * 600 + "deep" + "</div>" * 300 + "less",
)


def nodes(tree: Tag) -> list[tuple[object, ...]]:
    """Every node in reading order with its kind, what it holds, its surroundings, and blanks made single."""
    return [
        (node.name, node.attrs, *around(node), node.get_text(" ").split()) if isinstance(node, Tag)
        else (type(node), *around(node), *str(node).split())
        for node in tree.descendants
    ]  # fmt: skip


def around(node: PageElement) -> tuple[object, ...]:
    before, after = node.previous_sibling, node.next_sibling
    return node.parent.name if node.parent else None, before and before.name, after and after.name


@pytest.mark.parametrize("source", _PAGES)
def test_the_tree_holds_what_the_library_itself_would_make_of_the_source(source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = BeautifulSoup(source, "lxml", multi_valued_attributes=None)
    with tree_of(source) as tree:
        assert nodes(tree) == nodes(expected)


def test_a_tree_leaves_no_garbage() -> None:
    with tree_of(_PAGES[2]):
        pass
    gc.collect()
    with tree_of(_PAGES[-1]) as tree:
        assert not gc.isenabled() and tree.find("div") is not None
    assert gc.isenabled()
    assert gc.collect() < 100
