"""The house as a stranger sees it: few entries, no circles, doors that are used, modules named by nouns."""

import ast
from collections import Counter
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
VOCABULARIES = ("http://www.w3.org/", "http://rdfs.org/", "https://w3id.org/tipgraph/")
SPELLED = {"outputs/site/ontology_page.py"}  # it shows short forms of other vocabularies
REGISTRIES = {  # they import by name
    "runtime/processes.py", "sources/importers/registry.py",
    "sources/make/name_words.py",  # the languages of Faker
}  # fmt: skip


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


def test_arrows_between_wings_are_few_and_none_leads_up() -> None:
    arrows = {(wing(one), wing(other)) for one, other in house().edges if wing(one) != wing(other)}
    assert len(arrows) <= 100
    inside = [pair for pair in arrows if all(name in WINGS for name in pair)]
    assert [(one, other) for one, other in inside if WINGS.index(one) > WINGS.index(other)] == []


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


def test_modules_are_named_by_nouns() -> None:
    assert [name for name in MODULES if name.endswith("ing") and not name.endswith(".thing")] == []


def test_modules_are_looked_up_by_name_in_registries_alone() -> None:
    naming = {path for path in MODULES.values() if "import_module" in path.read_text("utf-8")}
    assert {path.relative_to(HOME).as_posix() for path in naming} <= REGISTRIES


def test_no_class_is_named_twice() -> None:
    names = Counter(
        node.name
        for path in MODULES.values()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef)
    )
    assert {name: number for name, number in names.items() if number > 1} == {}


def test_the_namespace_of_the_data_is_cut_off_in_the_model_alone() -> None:
    cutting = [path for path in MODULES.values() if "removeprefix(DATA)" in path.read_text("utf-8")]
    assert [path.relative_to(HOME).as_posix() for path in cutting] == ["model/statements.py"]


def spelled_iris(tree: ast.AST) -> list[str]:
    """Return the IRIs of vocabularies in the strings of a module; docstrings are no such strings."""
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [text for text in strings if text.startswith(VOCABULARIES)]


def test_iris_are_spelled_in_the_model_only() -> None:
    spelling = {
        str(path.relative_to(HOME))
        for name, path in MODULES.items()
        if wing(name) != "model" and spelled_iris(ast.parse(path.read_text("utf-8")))
    }
    assert spelling == SPELLED


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
BRANCHES = (ast.If, ast.IfExp, ast.Assert, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a function without those of the functions inside it."""
    for node in ast.iter_child_nodes(function):
        if not isinstance(node, FUNCTIONS):
            yield node
            yield from own_nodes(node)


def complexity(function: ast.AST) -> int:
    """Return the cyclomatic complexity of a function: branches, loops, comprehensions, handlers, `and` and `or`."""
    nodes = list(own_nodes(function))
    comprehensions = sum(1 + len(node.ifs) for node in nodes if isinstance(node, ast.comprehension))
    operators = sum(len(node.values) - 1 for node in nodes if isinstance(node, ast.BoolOp))
    return 1 + sum(isinstance(node, BRANCHES) for node in nodes) + comprehensions + operators


def test_no_function_is_complex() -> None:
    trees = {name: ast.parse(path.read_text("utf-8")) for name, path in MODULES.items()}
    functions = {
        f"{name} line {node.lineno}": complexity(node)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    }
    assert {place: number for place, number in functions.items() if number > 15} == {}
    assert max(functions.values()) > 10  # it counts
