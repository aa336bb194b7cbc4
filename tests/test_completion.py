"""What a person gets who types a part of a command and presses the tabulator, in real shells on a terminal."""

import os
import pty
import re
import select
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from tipgraph.analysis import network, question_parameters
from tipgraph.cli import main
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query

MOST = 60  # seconds: a machine may be busy
LOADED = "loaded-by-the-shell"
SHELLS: Mapping[str, list[str]] = {
    "bash": ["bash", "--noprofile", "--norc", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
LOAD: Mapping[str, str] = {
    "bash": "source <(tipgraph --completion bash)",
    "zsh": "autoload -U compinit; compinit -u -D; source <(tipgraph --completion zsh)",
    "fish": "tipgraph --completion fish | source",
}
Typing = Callable[[str, str], str]


def completed(line: str, shell: str = "bash") -> list[str]:
    """Return what click tells a shell of a line whose last word is begun, without a shell."""
    words = line.split(" ")
    told = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TIPGRAPH_COMPLETE": f"{shell}_complete"}
    said = CliRunner().invoke(main, [], prog_name="tipgraph", env=told)
    return [one.partition(",")[2] for one in said.output.split()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tipgraph st", ["status", "store"]),
        ("tipgraph review ", ["drafts", "score", "identity", "conflicts", "personal"]),
        ("tipgraph store pu", ["push"]),
        ("tipgraph query gaps --without-", ["--without-each-source"]),
        ("tipgraph query rou", ["routes"]),
        ("tipgraph query routes dest", ["destination="]),
        ("tipgraph query routes destination = JP or", ["origin="]),  # as bash divides the words
        ("tipgraph query routes destination=JP dest", []),
        ("tipgraph query routes destination ", []),  # behind the `=` of bash stands a value
        ("tipgraph query routes destination = J", []),
        ("tipgraph query no-such-question dest", []),
        ("tipgraph export usaid.xlsx --question routes dest", ["destination="]),
        ("tipgraph query --format ", ["table", "csv", "json"]),
        ("tipgraph query --lang ", ["en", "es"]),
        ("tipgraph network par", ["participation", "partnership"]),
        ("tipgraph network all", ["all"]),
        ("tipgraph network partnership --measure betw", ["betweenness"]),
        ("tipgraph network partnership --without oas-cim-", ["oas-cim-2004", "oas-cim-2005"]),
        ("tipgraph pages --recipe ", ["partner-funding"]),
        ("tipgraph source import ia", ["iati", "iati-datastore"]),
        ("tipgraph source locate oas-a", ["oas-atip-2007"]),
        ("tipgraph release OUT --export .x", [".xlsx"]),
        ("tipgraph check -g bu", ["bu"]),  # the shell completes the file
        ("tipgraph --completion z", ["zsh"]),
    ],
)
def test_a_word_is_completed(line: str, expected: list[str]) -> None:
    assert completed(line) == expected


def test_networks_and_questions_are_those_that_there_are(graph: Graph) -> None:
    assert completed("tipgraph network ") == sorted({*network.networks(graph), network.EVERY})
    assert completed("tipgraph query ") == [one.name for one in Query.all()]
    for one in Query.all():
        assert completed(f"tipgraph query {one.name} ") == [f"{name}=" for name in question_parameters(one)]


def test_no_graph_and_no_heavy_library_is_asked() -> None:
    import subprocess

    program = (
        "import sys; from tipgraph.cli import main\n"
        "try: main([], prog_name='tipgraph')\n"
        "except SystemExit: pass\n"
        "print([one for one in ('rdflib', 'pyarrow', 'numpy', 'networkx', 'lxml') if one in sys.modules])"
    )
    for line in (
        "tipgraph query rou",
        "tipgraph query routes dest",
        "tipgraph network par",
    ):
        told = {"COMP_WORDS": line, "COMP_CWORD": str(line.count(" ")), "_TIPGRAPH_COMPLETE": "bash_complete"}
        command = [sys.executable, "-c", program]
        said = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=True)
        assert said.stdout.splitlines()[-1] == "[]"
        assert len(said.stdout.splitlines()) > 1


@pytest.fixture(params=SHELLS)
def typing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Typing]:
    """Type into a shell that has loaded the completion, and return what stands on its terminal once a text does."""
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed: its completion is not tried")
    programs = Path(sys.executable).parent
    if not (programs / "tipgraph").exists():
        pytest.skip(f"no tipgraph in {programs}: install the project first")
    child, terminal = pty.fork()
    if child == 0:
        kept = {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}
        told = {"PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "xterm", "LANG": "C.UTF-8"}
        os.execvpe(SHELLS[shell][0], SHELLS[shell], {**kept, **told, "PS1": "> "})  # noqa: S606
    shown = _Terminal(terminal)
    try:
        shown.type(f"{LOAD[shell]}; echo {LOADED[:7]}''{LOADED[7:]}\n")
        shown.until(LOADED)
        yield shown.typed
    finally:
        os.close(terminal)  # hangs up, which ends the shell
        os.waitpid(child, 0)


class _Terminal:
    """What a shell writes onto its terminal, without what moves the cursor and colours."""

    def __init__(self, handle: int) -> None:
        self._handle, self._raw = handle, ""

    def type(self, keys: str) -> None:
        self._raw = ""
        os.write(self._handle, keys.encode())

    def typed(self, keys: str, text: str) -> str:
        self.type(keys)
        return self.until(text)

    def until(self, text: str) -> str:
        end = time.monotonic() + MOST
        while text not in (seen := re.sub(r"\x1b[\[(][0-9;?]*[A-Za-z]|\x1b[=>]|[\r\n\x07]", "", self._raw)):
            ready, _, _ = select.select([self._handle], [], [], max(0.0, end - time.monotonic()))
            assert ready, f"{text!r} is not on the terminal, but {seen!r}"
            self._raw += os.read(self._handle, 65536).decode("utf-8", "replace")
        return seen


def test_a_shell_completes(typing: Typing) -> None:
    typing("tipgraph query rout\t", "tipgraph query routes")
    assert "destination= " not in typing("dest\tJP ori\t", "origin=")
    typing("HN --form\t", "--format")
