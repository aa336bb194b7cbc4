"""The engines that are at hand, each holding the project's graph; the run ends by saying which these were."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.engines.servers import STARTS, NotAtHandError, Server
from tipgraph.graph import Graph

RAN = pytest.StashKey[dict[str, str]]()
ABSENT = pytest.StashKey[dict[str, str]]()
Engine = Callable[[], Server]


def pytest_configure(config: pytest.Config) -> None:
    config.stash[RAN], config.stash[ABSENT] = {}, {}


@pytest.fixture(scope="session")
def _running(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Start an engine when it is first asked for, and put the graph into it; all are stopped in the end."""
    quads, started = list(graph.quads()), dict[str, Server]()
    with ExitStack() as stack:

        def running(name: str) -> Server:
            if name not in started:
                server = stack.enter_context(STARTS[name](tmp_path_factory.mktemp(name)))
                server.put(quads)
                started[name] = server
            return started[name]

        yield running


@pytest.fixture(scope="session", params=STARTS)
def engine(request: pytest.FixtureRequest, _running: Callable[[str], Server], pytestconfig: pytest.Config) -> Server:
    """Each engine; skips where it is not at hand."""
    name, absent = request.param, pytestconfig.stash[ABSENT]
    if name not in absent:
        try:
            server = _running(name)
        except NotAtHandError as error:
            absent[name] = str(error)
        else:
            pytestconfig.stash[RAN][name] = str(server)
            return server
    pytest.skip(f"{name} is not at hand: {absent[name]}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of CI that had none of the engines of others than Oxigraph, which is asked in every test anyway."""
    ran, absent = session.config.stash[RAN], session.config.stash[ABSENT]
    if os.environ.get("CI") and absent and not set(ran) - {"oxigraph"}:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which engines were asked, and why others were not."""
    ran, absent = config.stash[RAN], config.stash[ABSENT]
    if ran or absent:
        parts = [", ".join(ran.values()) or "none", *(f"not at hand: {name} ({why})" for name, why in absent.items())]
        terminalreporter.write_line(f"engines: {'; '.join(parts)}")
        if os.environ.get("CI") and not set(ran) - {"oxigraph"}:
            terminalreporter.write_line("engines: CI has to have Fuseki or Virtuoso; run make engines", red=True)
