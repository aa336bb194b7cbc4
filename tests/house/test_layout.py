"""The house as a stranger sees it: few entries, no circles, doors that are used."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from tipgraph.model import kit

HOME = kit.home() / "src" / "tipgraph"
WINGS = (
    "cli", "server", "outputs", "display", "curation", "analysis", "pipeline", "graph", "sources", "model", "runtime",
)  # fmt: skip


def module(path: Path) -> str:
    return ".".join(("tipgraph", *path.relative_to(HOME).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {module(path): path for path in HOME.rglob("*.py")}


def wing(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@cache
def imports(path: Path) -> list[tuple[str, str]]:
    """Return what a file imports of tipgraph, from where and which name: also lazily, for types, and at a door."""
    return list(_imports(path))


def _imports(path: Path) -> Iterator[tuple[str, str]]:
    for file in (path, path.with_suffix(".pyi")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))) if file.exists() else ():
            if isinstance(node, ast.ImportFrom):
                home = (
                    f"{module(path)}{'.' * bool(node.module)}{node.module or ''}" if node.level else node.module or ""
                )
                if home.partition(".")[0] == "tipgraph":
                    yield from ((home, one.name) for one in node.names)


@cache
def house() -> "nx.DiGraph[str]":
    found: nx.DiGraph[str] = nx.DiGraph()
    for name, path in MODULES.items():
        for home, imported in imports(path):
            target = f"{home}.{imported}"
            found.add_edge(name, target if target in MODULES else home)
    return found


def test_there_are_eleven_wings_and_little_else() -> None:
    entries = {path.name for path in HOME.iterdir() if path.name != "__pycache__"}
    assert entries == {*WINGS, "__init__.py", "errors.py", "py.typed"}


def test_no_file_imports_itself_by_a_circle_but_a_graph_that_is_asked_by_name() -> None:
    arrows = house().copy()
    arrows.remove_edge("tipgraph.graph.graph", "tipgraph.graph.query")  # `Graph.ask`, which imports when it is called
    assert [sorted(circle) for circle in nx.strongly_connected_components(arrows) if len(circle) > 1] == []


def test_a_wing_is_entered_by_its_door() -> None:
    for name, path in MODULES.items():
        for home, imported in imports(path):
            if wing(home) in WINGS and wing(home) != wing(name):
                assert home == f"tipgraph.{wing(home)}" or not wing(name), f"{name} imports {imported} of {home}"


@pytest.mark.parametrize("name", [one for one in WINGS if one != "cli"])
def test_a_door_opens_to_what_others_need(name: str) -> None:
    door = HOME / name / "__init__.pyi"
    given = {imported for _, imported in imports(door.with_suffix(".py"))}
    asked = {
        imported
        for other, path in MODULES.items()
        for home, imported in imports(path)
        if home == f"tipgraph.{name}" and wing(other) != name
    }
    assert given == asked
