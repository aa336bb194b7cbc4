"""What the commands print, typed as a person does: each block of `transcripts/` shows commands and what stands below.

The name of a file says before which data its commands stand.
"""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conflicts.conftest import write
from tests.documents.console import Block, blocks, fits
from tests.test_conflicts import data as conflicts
from tests.test_match import parted as identity
from tipgraph.cli import main

__all__ = ["conflicts", "identity", "write"]  # fixtures
PAGES = sorted((Path(__file__).parent / "transcripts").glob("*.md"))


@pytest.fixture
def kit(graph_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand before the graph of the kit."""
    monkeypatch.setenv("TIPGRAPH_GRAPH", str(graph_file))


@pytest.mark.parametrize("block", [one for page in PAGES for one in blocks(page)], ids=lambda one: one.path.stem)
def test_commands_print_what_stands_below_them(
    block: Block, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue(block.path.stem)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    before = sorted(tmp_path.rglob("*"))
    for step in block.steps:
        done = CliRunner().invoke(main, shlex.split(step.command, comments=True)[1:])
        assert (done.exit_code, step.code != 0 and done.stdout) in ((step.code, False), (step.code, "")), done.output
        assert fits(step.expected or "", done.output), f"{block.path}:{step.line}: {done.output}"
    assert sorted(tmp_path.rglob("*")) == before
