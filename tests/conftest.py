"""What the tests share: the graph of the kit, the small kit of our own, browsers, and what the end of a run says."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from pyoxigraph import QuerySolutions

from tests.browsers import browser, firefox, firefox_page, page, phone, playwright, whole_browser
from tests.shared import shared, shared_texts
from tipgraph.errors import InputError
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.model import Statement, kit
from tipgraph.pipeline.builder import build

__all__ = [
    "browser",
    "firefox",
    "firefox_page",
    "page",
    "phone",
    "playwright",
    "shared",
    "shared_texts",
    "whole_browser",
]  # fixtures, so that there is one of each

HERE = Path(__file__).parent
ENGINES = pytest.StashKey[tuple[dict[str, str], dict[str, str]]]()  # those of others that were asked, and why not
SMALL = HERE / "kit" / "data"
SMALL_TEXTS = HERE / "kit" / "texts"
OPEN_DATA = ("cia-factbook-2017", "cia-factbook-2023", "iom-iati-2021")  # that `make open-data` writes into data/


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("quick", deadline=None, max_examples=30)  # no deadline: a machine may be busy
    settings.register_profile("thorough", deadline=None, max_examples=300)  # for `make storms`
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("quick")
    os.environ["TIPGRAPH_TRACEBACK"] = "1"  # a fault of ours is to be seen
    os.environ["TIPGRAPH_JUDGE_KIND"] = "person"  # where tests answer
    os.environ.pop("TIPGRAPH_PROJECT", None)  # the tests are of the kit
    os.environ.pop("TIPGRAPH_TEXTS", None)  # on texts of its own, whatever lies beside it
    config.stash[ENGINES] = {}, {}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests that ask for third-party files, and those that open a browser."""
    asked = getattr(item, "fixturenames", ())
    if "shared" in asked:
        item.add_marker("shared")
    if "playwright" in asked and item.get_closest_marker("smoke") is None:
        item.add_marker("browsers")


def pytest_collection_finish() -> None:
    """Look for circular garbage less often, and not in modules: a quarter of the time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand over what one of several processes knows; fail a run of CI that had no engine but Oxigraph's server."""
    ran, absent = session.config.stash[ENGINES]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["engines"] = ran, absent
    elif os.environ.get("CI") and absent and not ran:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Gather what one of several processes knows."""
    for known, found in zip(
        node.config.stash[ENGINES], getattr(node, "workeroutput", {}).get("engines", ()), strict=False
    ):
        known.update(found)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which engines were asked, and why others were not."""
    ran, absent = config.stash[ENGINES]
    if ran or absent:
        parts = [", ".join(ran.values()) or "none", *(f"missing: {name} ({why})" for name, why in absent.items())]
        terminalreporter.write_line(f"engines: {'; '.join(parts)}")
        if os.environ.get("CI") and not ran:
            terminalreporter.write_line("engines: CI has to have Fuseki or Virtuoso; run make system engines", red=True)


@pytest.fixture(scope="session")
def kit_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's data without the open data, which would cost each test more than it tells."""
    folder = tmp_path_factory.mktemp("kit") / "data"
    shutil.copytree(kit.folder("data"), folder, ignore=shutil.ignore_patterns(*OPEN_DATA))
    for table in (folder / "reference" / "identity.csv", *(folder / "audits").glob("*.csv")):
        rows = table.read_text("utf-8").splitlines(keepends=True)
        table.write_text("".join(row for row in rows if not any(name in row for name in OPEN_DATA)), "utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(kit_data: Path) -> Graph:
    """The graph of the project's data without the open data."""
    return build(kit_data)


@pytest.fixture(scope="session")
def kit_graph() -> Graph:
    """The graph of all of the project's data, the open data among it."""
    return build()


@pytest.fixture(scope="session")
def graph_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("built") / "graph.trig"
    write(graph, path)
    return path


@pytest.fixture(scope="session")
def small() -> Graph:
    """The graph of one small source that the tests made themselves."""
    return build(SMALL)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the small kit's data to spoil."""
    return Path(shutil.copytree(SMALL, tmp_path / "data"))


@pytest.fixture
def spoil(copy: Path) -> Callable[[str, str, str], Path]:
    """Replace a piece of one file of the copy, which must be there once."""

    def replace(file: str, old: str, new: str) -> Path:
        path = copy / file
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        return copy

    return replace


def statements_of(graph: Graph) -> list[Statement]:
    """Read what the engine holds now, past every cache."""
    return [Statement(*quad) for quad in graph.quads()]


def column(graph: Graph, text: str) -> list[str]:
    """Return the values of the first variable of a SELECT query, in order."""
    solutions = graph.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [row[0].value for row in solutions]


def faults_of(data: Path) -> list[str]:
    """Build spoilt data, which must fail, and return its faults as lines relative to the data folder."""
    with pytest.raises(InputError) as caught:
        build(data)
    return [str(fault).replace(f"{data}/", "") for fault in caught.value.faults]
