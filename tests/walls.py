"""Who may import whom: the walls as data, and a reader of imports that names whatever goes through one."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

WORDS = ("model", "errors", "facets", "grammar", "analysis", "authority", "config", "withheld", "left_out")
"""What every wing may use."""

STAGES = (
    "ingest.seeds", "ingest.parse", "ingest.clean", "ingest.headline", "ingest.language", "ingest.dates",
    "ingest.outlets", "ingest.actors", "ingest.places", "ingest.duplicates", "ingest.journal", "ingest.workers",
)  # fmt: skip

SHARED = (
    "engine.base", "engine.completing", "engine.histogram", "engine.keeping", "engine.leading", "engine.listing",
    "engine.marks", "engine.names", "engine.reading", "engine.resolve", "engine.rows", "engine.sharing", "engine.similar",
    "engine.snippets", "engine.suggesting", "engine.vocabulary",
)  # fmt: skip
"""What engines have in common: none of it knows a concrete engine."""

INSIDE = tuple(
    f"engine.whoosh_index.{room}" for room in ("files", "words", "facets", "generation", "asking", "writing")
)  # fmt: skip
"""The rooms of the engine on disk, each of which knows some of those before it."""

ROOMS: dict[str, tuple[str, ...]] = {
    "model": (),
    "errors": (),
    "facets": ("model", "errors"),
    "grammar": ("model", "errors"),
    "analysis": ("model", "errors"),
    "authority": ("model", "errors"),
    "config": ("model", "errors"),
    "withheld": ("model", "errors"),
    "left_out": ("model", "errors"),
    "ingest": (),
    "ingest.data": ("model", "errors"),
    **dict.fromkeys(STAGES, (*WORDS, "ingest.data")),
    "ingest.pipeline": (*WORDS, "ingest.data", *STAGES, "engine.base"),
    "engine": (*WORDS, "engine.base", "engine.memory", "engine.whoosh_index", "engine.opensearch"),
    **dict.fromkeys(SHARED, (*WORDS, *SHARED)),
    "engine.base": WORDS,
    "engine.storage": ("errors", "engine.keeping"),
    "engine.memory": (*WORDS, *SHARED),
    "engine.whoosh_index": (*WORDS, *SHARED, "engine.storage", *INSIDE),
    "engine.whoosh_index.files": (*WORDS, *SHARED),
    "engine.whoosh_index.words": (*WORDS, *SHARED, *INSIDE[:1]),
    "engine.whoosh_index.facets": (*WORDS, *SHARED, *INSIDE[:1]),
    "engine.whoosh_index.writing": (*WORDS, *SHARED, "engine.storage", *INSIDE[:1]),
    "engine.whoosh_index.generation": (*WORDS, *SHARED, "engine.storage", *INSIDE[:3]),
    "engine.whoosh_index.asking": (*WORDS, *SHARED, *INSIDE[:4]),
    "engine.opensearch": (*WORDS, *SHARED),
    "reports": (*WORDS, "engine.base", "engine.marks"),
    "web": (*WORDS, "engine.base", "reports"),
    "cli": (*WORDS, "ingest.pipeline", "engine", "engine.base", "reports", "web"),
    "wsgi": ("config", "engine", "web"),
    "": (),
}
"""Room -> the rooms it may import, beside itself and the package's own `__init__`, which is the room ""."""

DOORS: dict[str, tuple[str, ...]] = {
    "whoosh": ("engine.whoosh_index",),
    "opensearchpy": ("engine.opensearch",),
    "flask": ("web", "wsgi"),
    "werkzeug": ("web", "wsgi"),
    "jinja2": ("web",),
    "Stemmer": ("analysis",),
    "yaml": ("config", "facets", "authority", "reports.watch", "ingest"),
    "bs4": ("ingest",),
    "lxml": ("ingest",),
    "warcio": ("ingest.seeds",),
    "langdetect": ("ingest.language",),
    "py3langid": ("ingest.language",),
    "click": ("cli",),
    "gunicorn": ("cli", "web"),
    "tqdm": ("cli",),
}
"""Foreign package -> the rooms it may be imported in; what is not listed may be imported anywhere."""

EVASIONS: dict[tuple[str, str], tuple[str, ...]] = {
    ("os", "environ"): ("config",),
    ("os", "environb"): ("config",),
    ("os", "getenv"): ("config",),
    ("os", "getenvb"): ("config",),
    ("os", "putenv"): ("config",),
    ("importlib", "import_module"): (),
    ("builtins", "__import__"): (),
}
"""(module, name) -> the rooms that may use it: the environment has one reader, and no import hides from this test."""

LATE = ("engine.open_engine", "cli")
"""The functions, and the rooms, in which an import may stand inside a function."""


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name in full (`from a import b` is `a.b`); `within` is the function it stands in, "" at the top."""

    name: str
    line: int
    within: str


@dataclass(frozen=True, slots=True)
class Module:
    """A module: its path below the project, its dotted name without `searchapp.`, its syntax tree."""

    path: str
    name: str
    tree: ast.Module

    @classmethod
    def read(cls, path: str, source: str) -> Module:
        parts = PurePosixPath(path).with_suffix("").parts
        kept = parts[parts[0] == "searchapp" : len(parts) - (parts[-1] == "__init__")]
        return cls(path, ".".join(kept), ast.parse(source, path))

    def imports(self) -> Iterator[Import]:
        yield from self._imports_below(self.tree, "")

    def _imports_below(self, node: ast.AST, within: str) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                yield from (Import(alias.name, child.lineno, within) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                start = self._start(child)
                yield from (Import(f"{start}.{alias.name}", child.lineno, within) for alias in child.names)
            else:
                name = child.name if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef) else ""
                yield from self._imports_below(child, within or name)

    def _start(self, node: ast.ImportFrom) -> str:
        """What stands after `from`, its dots resolved."""
        if not node.level:
            return node.module or ""
        package = PurePosixPath(self.path).parts[: -node.level]
        return ".".join((*package, *filter(None, [node.module])))


def trespasses(sources: Mapping[str, str]) -> list[str]:
    """A sentence for everything in these modules (source by path below the project) that goes through a wall."""
    modules = [Module.read(path, sources[path]) for path in sorted(sources)]
    return [*(sentence for module in modules for sentence in _trespasses_of(module)), *_cycles(modules)]


def foreign(sources: Mapping[str, str]) -> set[str]:
    """The top-level packages that these modules import and that are not ours."""
    modules = [Module.read(path, source) for path, source in sources.items()]
    tops = {each.name.partition(".")[0] for module in modules for each in module.imports()}
    return tops - {"searchapp", "wsgi"}


def _trespasses_of(module: Module) -> Iterator[str]:
    room = _room(module.name)
    if room in ("", "ingest", "engine") and module.name != room:
        yield f"{module.path} lies in no room of the table"
    for each in module.imports():
        for wrong in (_through_a_wall(room, each), _past_a_door(module, each), _too_late(module, each)):
            if wrong:
                yield f"{module.path}:{each.line} imports {each.name}, {wrong}"
    for line, used in _uses(module):
        if not any(_is_within(module.name, allowed) for allowed in EVASIONS[used]):
            yield f"{module.path}:{line} uses {'.'.join(used)}"


def _through_a_wall(room: str, each: Import) -> str:
    if each.name.partition(".")[0] not in ("searchapp", "wsgi"):
        return ""
    other = _room(each.name.removeprefix("searchapp").removeprefix("."))
    return "" if other in (room, "", *ROOMS[room]) else f"but {room or 'searchapp'} may not import {other}"


def _past_a_door(module: Module, each: Import) -> str:
    doors = DOORS.get(each.name.partition(".")[0])
    if doors is None or any(_is_within(module.name, door) for door in doors):
        return ""
    return f"whose door is {' or '.join(doors)}"


def _too_late(module: Module, each: Import) -> str:
    place = f"{module.name}.{each.within}"
    return "" if not each.within or any(_is_within(place, late) for late in LATE) else f"inside of {each.within}"


def _uses(module: Module) -> Iterator[tuple[int, tuple[str, str]]]:
    """Where a name of EVASIONS is used: as an attribute of its module, imported from it, or bare."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used = [(node.lineno, (node.value.id, node.attr))]
        elif isinstance(node, ast.ImportFrom):
            used = [(node.lineno, (node.module or "", alias.name)) for alias in node.names]
        elif isinstance(node, ast.Name):
            used = [(node.lineno, ("builtins", node.id))]
        else:
            used = []
        yield from ((line, name) for line, name in used if name in EVASIONS)


def _cycles(modules: list[Module]) -> Iterator[str]:
    graph = _graph(modules)
    for name in sorted(graph):
        reached: set[str] = set()
        waiting = list(graph[name])
        while waiting:
            other = waiting.pop()
            if other not in reached:
                reached.add(other)
                waiting.extend(graph[other])
        if name in reached:
            yield f"{name} imports itself by way of {', '.join(sorted(graph[name] & reached))}"


def _graph(modules: list[Module]) -> dict[str, set[str]]:
    """Module name -> the names of the modules among these that it imports."""
    names = {module.name for module in modules}
    graph: dict[str, set[str]] = {}
    for module in modules:
        wanted = (each.name.removeprefix("searchapp.") for each in module.imports())
        found = (max((name for name in names if _is_within(one, name)), key=len, default="") for one in wanted)
        graph[module.name] = {name for name in found if name} - {module.name}
    return graph


def _room(name: str) -> str:
    """The room that a module, or a name in it, lies in: the longest one of the table that fits."""
    return max((room for room in ROOMS if _is_within(name, room)), key=len)


def _is_within(name: str, outer: str) -> bool:
    return outer == "" or name == outer or name.startswith(f"{outer}.")
