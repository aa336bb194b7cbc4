"""A fresh project for each test, in the working directory of which the commands run."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tipgraph.cli import main
from tipgraph.model import kit
from tipgraph.pipeline.scaffold import init

TITLE = 'ACME\'s "graph" <b>& more</b>'
NAMESPACE = "https://acme.example/ns#"
Edit = Callable[[str, str, str], None]


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TIPGRAPH_TEXTS", "TIPGRAPH_GRAPH", "TIPGRAPH_PROJECT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was just made, as the working directory."""
    folder = tmp_path / "acme"
    init(folder, title=TITLE, namespace=NAMESPACE)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def edit(acme: Path) -> Edit:
    """Replace a piece of one file of the project, which must be there; the settings are read anew."""

    def replace(file: str, old: str, new: str) -> None:
        path = acme / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new, 1), "utf-8")
        kit.forget()

    return replace


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, words)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(*words: str) -> str:
    """Run a command that has to succeed, and return what it prints."""
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout
