"""What the examples of docstrings find: a small graph, and the graph of the whole kit, which is built once."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tipgraph import Graph, build

SMALL = Path(__file__).parent / "tests" / "kit" / "data"


@pytest.fixture(scope="session")
def graph_of_examples() -> Graph:
    """Build the graph of one small source of our own."""
    return build(SMALL)


@cache
def _kit() -> Graph:
    return build()


@pytest.fixture(autouse=True)
def in_docstrings(request: pytest.FixtureRequest, doctest_namespace: dict[str, Any]) -> Iterator[None]:
    """Give examples the small graph under the name `graph`, and the same graph of the kit from each `build()`."""
    with pytest.MonkeyPatch.context() as patch:
        if isinstance(request.node, pytest.DoctestItem):
            doctest_namespace["graph"] = request.getfixturevalue("graph_of_examples")
            patch.setattr("tipgraph.build", lambda **options: build(**options) if options else _kit())
        yield
