"""Notebooks are kept without what they print, speak to tipgraph by its public door alone, and say their limits."""

import ast
import json
import re
from pathlib import Path

import pytest
from IPython.core.inputtransformer2 import TransformerManager

import tipgraph
from tests.notebooks.conftest import NOTEBOOKS, cells_of
from tipgraph.model import kit

PAGE = (kit.home() / "docs" / "how-to" / "work-in-notebooks.md").read_text("utf-8")
named = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


@named
def test_a_notebook_holds_no_output_and_nothing_of_who_ran_it_and_ends_with_limits_and_a_citation(path: Path) -> None:
    notebook = json.loads(path.read_text("utf-8"))
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook["cells"]:
        assert cell["metadata"] == {}
        assert (cell.get("outputs", []), cell.get("execution_count")) == ([], None)
    text, code = "\n".join(cells_of(path, "markdown")), cells_of(path, "code")
    title = text.partition("\n")[0]
    assert title.startswith("# ")
    assert text.index("## Limits") < text.index("## How to cite")
    assert sum("assert " in cell for cell in code) >= 2
    assert f"`notebooks/{path.name}`" in PAGE
    assert title.removeprefix("# ") in PAGE


def trespasses(code: str) -> list[str]:
    """Return what in a cell is none of the public door: submodules, names that are not in it, what begins with _."""
    found = []
    plain = TransformerManager().transform_cell(code)  # type: ignore[no-untyped-call]
    for node in ast.walk(ast.parse(plain)):
        if isinstance(node, ast.Import):
            found += [one.name for one in node.names if one.name.startswith("tipgraph.")]
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "tipgraph":
            found.append(f"from {node.module}")
        if isinstance(node, ast.Attribute):
            of_door = isinstance(node.value, ast.Name) and node.value.id == "tipgraph"
            if of_door and node.attr not in {*tipgraph.__all__, "__version__"}:
                found.append(f"tipgraph.{node.attr}")
            if node.attr.startswith("_") and not of_door:
                found.append(node.attr)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += re.findall(
                r"\btipgraph\.(?:analysis|cli|curation|display|graph|model|outputs|pipeline|runtime|server|sources)\b",
                node.value,
            )
    return found


@named
def test_a_notebook_goes_by_the_public_door(path: Path) -> None:
    for code in cells_of(path, "code"):
        assert trespasses(code) == [], code
    code = "import tipgraph.graph.graph\nfrom tipgraph import cli\ntipgraph.model.kit.home()\ngraph._engine\n"
    found = ["_engine", "from tipgraph", "tipgraph.graph.graph", "tipgraph.model"]
    assert sorted(set(trespasses(code))) == found, "the control"
