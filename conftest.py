"""What the examples of docstrings find: a small graph, so that none builds the whole kit to write pages of it."""

from pathlib import Path
from typing import Any

import pytest

from tipgraph import Graph, build

SMALL = Path(__file__).parent / "tests" / "kit" / "data"


@pytest.fixture(scope="session")
def graph_of_examples() -> Graph:
    """Build the graph of one small source of our own."""
    return build(SMALL)


@pytest.fixture(autouse=True)
def in_docstrings(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> None:
    """Give examples the small graph under the name `graph`."""
    if isinstance(request.node, pytest.DoctestItem):
        doctest_namespace["graph"] = request.getfixturevalue("graph_of_examples")
