"""The notebooks as they are kept, and a graph whose names mean harm."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.pages.conftest import HOSTILE, called
from tipgraph.graph.graph import Graph
from tipgraph.model import kit

NOTEBOOKS = sorted((kit.home() / "notebooks").glob("*.ipynb"))
NAMES = ("Lantern Fund", "the Lantern Fund", "Harbour Watch: a note on the year 2020")


def cells_of(path: Path, kind: str) -> list[str]:
    """Return the texts of the cells of a kind."""
    notebook: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == kind]


@pytest.fixture(scope="session")
def harmful(small: Graph) -> Graph:
    """The small graph with a name and a title that mean harm."""
    return Graph(called(small, dict.fromkeys(NAMES, HOSTILE)))
