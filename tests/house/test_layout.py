"""A wing is entered by its door; import-linter holds the wings in their order."""

import ast
from collections.abc import Iterator
from pathlib import Path

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


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what a file imports of tipgraph, from where and which name: also lazily, for types, and at a door."""
    for file in (path, path.with_suffix(".pyi")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))) if file.exists() else ():
            if isinstance(node, ast.ImportFrom):
                home = node.module or ""
                if node.level:
                    home = ".".join(filter(None, (module(path), home)))
                if home.partition(".")[0] == "tipgraph":
                    yield from ((home, one.name) for one in node.names)


def test_a_wing_is_entered_by_its_door() -> None:
    for name, path in MODULES.items():
        for home, imported in imports(path):
            if wing(home) in WINGS and wing(home) != wing(name):
                assert home == f"tipgraph.{wing(home)}" or not wing(name), f"{name} imports {imported} of {home}"
