"""The graph that a reader of the documents has: that of all data of the kit, also the open data."""

import pytest

from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The graph of all data of the kit."""
    return build()
