"""With each Python it builds, checks and answers, offline; with the newest every verb works from the kit it brings."""

import json
from pathlib import Path

import pytest

from tests.house.test_licences import unnamed
from tests.wheel.conftest import ROOT, Installed
from tipgraph.model import versions
from tipgraph.outputs.files import FOLDER, FORMATS
from tipgraph.runtime import extras

pytestmark = pytest.mark.wheel
POLICY = """\

[sources]
default = "locators"

[[withhold]]
what = "casa-clara"
reason = "request"
because = "a test"
review = 2099-01-01
"""


@pytest.fixture(scope="module", params=["plain", "newest"])
def installed(request: pytest.FixtureRequest) -> Installed:
    """The newest Python, without extras and with all."""
    found: Installed = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def graph(installed: Installed) -> str:
    """The graph of the kit in the wheel, as it is built there."""
    path = installed.out / "graph.trig"
    assert installed.tipgraph("build", "-o", str(path)).startswith(str(path))
    return str(path)


def test_the_fence_holds(whole: Installed) -> None:
    """The control: what the other tests forbid would be noticed."""
    program = (
        "import pathlib, socket, sys, tipgraph.model.kit\n"
        "assert '_kit' in str(tipgraph.model.kit.home()), tipgraph.model.kit.home()\n"
        f"assert not list(pathlib.Path({str(ROOT)!r}).iterdir())\n"
        "for folder in (pathlib.Path(tipgraph.__file__).parent, pathlib.Path()):\n"
        "    try: (folder / 'new').touch()\n"
        "    except OSError as error: print(error.strerror)\n"
        "try: socket.create_connection(('192.0.2.1', 80), 5)\n"
        "except OSError as error: print(error.strerror)\n"
        "print('%d.%d' % sys.version_info[:2])"
    )
    said = whole.run("python", "-c", program).splitlines()
    assert said == ["Read-only file system", "Read-only file system", "Network is unreachable", whole.version]


def test_what_is_installed_fits_together(whole: Installed) -> None:
    assert whole.unfit() == ""


def test_it_says_its_versions_which_are_those_of_the_checkout(whole: Installed) -> None:
    assert whole.tipgraph("--version").strip() == versions.summary()


def test_without_a_place_to_write_a_build_says_so_in_a_line(newest: Installed) -> None:
    said = newest.tipgraph("build", code=1)
    assert "Read-only file system" in said
    assert len(said.splitlines()) == 1


def test_it_builds_checks_and_answers(whole: Installed) -> None:
    commands = (("check",), ("query", "funding", "--format", "csv"), ("show", "lantern-fund"))
    checked, answered, shown = whole.commands(*commands, TIPGRAPH_GRAPH=whole.small_graph())
    assert "no findings" in checked
    assert "harbour-2020 ¶2 s1" in answered
    assert "12,500 USD" in shown


def test_every_verb_works(installed: Installed, graph: str) -> None:
    expected = {
        ("check",): "no findings",
        ("query", "funding", "in=caribbean"): "oas-cim-2005 ¶13 s2",
        ("show", "IOM"): "99 claims: ",
        ("show", "--numbers", "route:lac-japan"): "6 mentions",
        ("review", "conflicts"): "contradictions",
        ("review", "identity"): "proposals",
        ("review", "personal"): "without an answer",
        ("store", "diff", graph, graph): "no claim differs",
        ("network", "partnership", "--measure", "betweenness"): "oas-cim-2005 ¶",
        ("network", "partnership", "--measure", "louvain"): "oas-cim-2005 ¶",
    }
    for output, text in zip(installed.commands(*expected, TIPGRAPH_GRAPH=graph), expected.values(), strict=True):
        assert text in output
    assert "1,700" in installed.tipgraph("query", "numbers")  # without a graph: built in memory


def test_it_keeps_a_store(installed: Installed, graph: str) -> None:
    installed.tipgraph("build", graph, "-o", f"{installed.out / 'store'}/")
    assert json.loads((installed.out / "store" / "manifest.json").read_text())["ontology"]


def test_it_writes_pages_with_their_licences(installed: Installed) -> None:
    site, recipe = installed.out / "site", ("--recipe", "partner-funding", "--focus", "lantern-fund")
    installed.tipgraph("pages", str(site), *recipe, "-g", installed.small_graph())
    assert (site / "es" / "network" / "funding.html").exists()
    assert (site / "tipgraph.html").exists()
    assert not unnamed(site)


def test_it_exports(installed: Installed, request: pytest.FixtureRequest) -> None:
    plain = "plain" in request.node.callspec.params.values()
    files = [
        f"{installed.out}/all{suffix}" if suffix != FOLDER else f"{installed.out}/tables/"
        for suffix, form in FORMATS.items()
        if not (plain and form.extra)
    ]
    outputs = installed.commands(*(("export", path) for path in files), TIPGRAPH_GRAPH=installed.small_graph())
    assert all("claims" in output for output in outputs)
    assert all(Path(path).exists() for path in files)


def test_it_releases(newest: Installed) -> None:
    policy = newest.out / "policy.toml"
    policy.write_text(POLICY, "utf-8")
    words = ("release", str(newest.out / "release"), "--policy", str(policy), "-g", newest.small_graph())
    said = newest.tipgraph(*words)
    assert "withheld names" in said


def test_it_serves_and_stops(newest: Installed) -> None:
    driver = newest.out / "served.py"
    driver.write_text((Path(__file__).parent / "served.py").read_text("utf-8"), "utf-8")
    graph = str(newest.out / "served.trig")
    newest.tipgraph("build", "-o", graph)
    assert "asked 4 times" in newest.run("python", str(driver), newest.program("tipgraph"), graph)


def test_it_completes(newest: Installed) -> None:
    assert "_TIPGRAPH_COMPLETE=bash_complete" in newest.run("tipgraph", _TIPGRAPH_COMPLETE="bash_source")
    said = newest.run("tipgraph", COMP_WORDS="tipgraph query rou", COMP_CWORD="2", _TIPGRAPH_COMPLETE="bash_complete")
    assert said.split() == ["plain,routes"]


def test_every_library_of_the_extras_is_there(whole: Installed) -> None:
    # `drafts` is no part of `all`; the tests of drafts import its libraries.
    names = [name for extra, names in extras.EXTRAS.items() if extra != "drafts" for name in names]
    whole.run("python", "-c", f"import {', '.join(names)}")
