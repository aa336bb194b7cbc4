"""The engines that are at hand, each holding the project's graph; the run ends by saying which these were."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.conftest import ENGINES
from tests.engines.servers import STARTS, NotAtHandError, Server
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote import push

Engine = Callable[[], Server]


@pytest.fixture(scope="session")
def _running(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Start an engine when it is first asked for, and push the graph to it; all are stopped in the end."""
    started = dict[str, Server]()
    with ExitStack() as stack:

        def running(name: str) -> Server:
            if name not in started:
                server = stack.enter_context(STARTS[name](tmp_path_factory.mktemp(name)))
                pushed = push(graph, server.graphs)
                assert {one.state for one in pushed} == {"sent"}, pushed
                started[name] = server
            return started[name]

        yield running


@pytest.fixture(scope="session", params=STARTS)
def engine(request: pytest.FixtureRequest, _running: Callable[[str], Server], pytestconfig: pytest.Config) -> Server:
    """Each engine; skips where it is missing."""
    name, (ran, absent) = request.param, pytestconfig.stash[ENGINES]
    if name not in absent:
        try:
            server = _running(name)
        except NotAtHandError as error:
            absent[name] = str(error)
        else:
            ran[name] = str(server)
            return server
    pytest.skip(f"{name} is missing: {absent[name]}")
