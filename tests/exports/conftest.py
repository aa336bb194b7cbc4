"""Exports of the real graph and of a hostile one."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tipgraph.analysis.network import Filter
from tipgraph.graph.graph import Graph
from tipgraph.outputs.files import FOLDER, FORMATS, Extract, export
from tipgraph.pipeline.builder import build

USAID = Filter(focus=("usaid",))
HOSTILE = {
    "quotes": "“Quotes” \"and\" 'more' & <b>tags</b> ]]>",
    "emoji": "Lighthouse 🕯️ 人身売買",
    "rtl": "مكافحة الاتجار \u202eevil\u202c",
    "control": "bell\x07 escape\x1b[2J null-ish\x01 \ufffe",
    "long": "long " + "x" * 10_000,
    "formula": "a=HYPERLINK(1)",
    "marks": "a \\ b; c, d ¶ \u00a0 e",
}


@pytest.fixture(scope="session")
def written(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The partner-funding subgraph of USAID as a file of some format, written once."""
    folder = tmp_path_factory.mktemp("usaid")
    done: dict[str, Extract] = {}

    def file(suffix: str) -> Path:
        path = folder / f"usaid{suffix}"
        if suffix not in done:
            done[suffix] = export(graph, path, recipe="partner-funding", asked=USAID)
        return path

    return file


@pytest.fixture(scope="session")
def usaid(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Extract:
    """What those files hold."""
    return export(graph, tmp_path_factory.mktemp("usaid") / "usaid.nq", recipe="partner-funding", asked=USAID)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph whose labels try everything, with parallel edges and one who gives to itself."""
    import shutil

    data = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("hostile") / "data"))
    source = data / "harbour-2020"
    rows = [[name, "Organization", label, "ngo"] for name, label in HOSTILE.items()]
    money = [[f"h{n}", "quotes", "disbursed", name, "lima-seminars", "5", "USD", "5", "2020", "p2s1.2"]
             for n, name in enumerate([*HOSTILE, "emoji"])]  # fmt: skip
    for table, added in (("actors.csv", rows), ("funding.csv", money)):
        out = io.StringIO()
        csv.writer(out).writerows(added)
        with (source / table).open("a", encoding="utf-8") as file:
            file.write(out.getvalue())
    return build(data)


SUFFIXES = sorted(FORMATS.keys() - {FOLDER})  # of files; a folder has tests of its own
