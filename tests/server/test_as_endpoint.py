"""The server as the endpoint of another tipgraph: a question, an entry and a network print the same over it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.server.serving import Server
from tipgraph.cli import main

pytestmark = pytest.mark.engines

COMMANDS = (
    ("query", "funding", "in=caribbean", "--format", "json"),
    ("show", "caribbean-seminars"),
    ("network", "funding", "--measure", "reach", "--focus", "usaid"),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_the_same(server: Server, store: Path, words: tuple[str, ...]) -> None:
    near, far = (CliRunner().invoke(main, ["-g", place, *words]) for place in (str(store), f"{server.address}/sparql"))
    assert (near.exit_code, far.exit_code) == (0, 0), far.output
    assert far.stdout == near.stdout
