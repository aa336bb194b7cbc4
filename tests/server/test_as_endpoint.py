"""The server as the endpoint of another tipgraph: the same answers, networks and exports."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.server.serving import Server
from tipgraph.cli import main

pytestmark = pytest.mark.engines

COMMANDS = (
    ("query", "funding", "in=caribbean", "--format", "json"),
    ("show", "caribbean-seminars"),
    ("network", "funding", "--measure", "dependence", "--focus", "usaid"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_the_same(server: Server, store: Path, words: tuple[str, ...]) -> None:
    near, far = (CliRunner().invoke(main, ["-g", place, *words]) for place in (str(store), f"{server.address}/sparql"))
    assert (near.exit_code, far.exit_code) == (0, 0), far.output
    assert far.stdout == near.stdout


def test_an_export_is_the_same(server: Server, store: Path, tmp_path: Path) -> None:
    for name, place in (("near", str(store)), ("far", f"{server.address}/sparql")):
        part = ("--recipe", "partner-funding", "--focus", "usaid")
        done = CliRunner().invoke(main, ["-g", place, "export", str(tmp_path / f"{name}.graphml"), *part])
        assert done.exit_code == 0, done.output
    assert (tmp_path / "near.graphml").read_bytes() == (tmp_path / "far.graphml").read_bytes()
