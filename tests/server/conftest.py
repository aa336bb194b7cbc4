"""What the tests of the server share: one that serves the graph of the project's data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.serving import Server, serving
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write


@pytest.fixture(scope="session")
def store(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("served") / "store"
    write(graph, place)
    return place


@pytest.fixture(scope="session")
def server(store: Path) -> Iterator[Server]:
    with serving(store) as one:
        yield one
