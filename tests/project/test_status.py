"""What `tipgraph status` shows of a project: before a build, after it, with newer data, of a store."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tipgraph.cli import main

from .conftest import Edit, done


def test_without_a_graph_it_says_to_build_one_and_builds_none(acme: Path) -> None:
    assert "none has been built: run `tipgraph build`" in done("status")
    assert not (acme / "build").exists()


def test_it_counts_what_the_graph_has_and_what_waits(acme: Path) -> None:
    done("build")
    shown = done("status")
    assert f"{acme}\n" in shown
    assert "claims     6\n" in shown
    assert "texts      1 of 1 found\n" in shown
    assert "to review  open contradictions: 0 (" in shown
    assert "entries that may be the same: 0 (" in shown


def test_it_names_the_next_step_for_each_source(acme: Path, edit: Edit) -> None:
    def step() -> tuple[object, ...]:
        (source,) = json.loads(done("status", "--format", "json"))
        return tuple(source[name] for name in ("paragraphs", "unread", "text", "next step"))

    text, folder = acme / "texts" / "example-2026.txt", acme / "data" / "example-2026"
    assert step() == (3, 0, "found", "build the graph: `tipgraph build`")
    done("build")
    assert step() == (3, 0, "found", "nothing to do")
    edit("data/example-2026/paragraphs.csv", ",not-about", ",")
    assert step() == (3, 1, "found", "read ¶2: `tipgraph review drafts example-2026`, or fill a workbook")
    text.write_text(f"{text.read_text('utf-8')}\n", "utf-8")
    assert step()[2:] == ("changed", "locate all evidence again: `tipgraph source locate example-2026 --again`")
    text.unlink()
    assert step()[2:] == ("missing", "put example-2026.txt into the folder of the texts")
    edit("data/example-2026/namings.csv", "id,", "quote,id,")
    assert step()[3] == "`tipgraph build` lists its faults", "rows are a cell short"
    (folder / "namings.csv").unlink()
    (folder / "paragraphs.csv").unlink()
    text.write_text("x", "utf-8")
    assert step()[:3] == ("", "", "changed")


def test_a_graph_that_is_not_there_is_an_error(acme: Path) -> None:
    wrong = CliRunner().invoke(main, ["status", "-g", str(acme / "nowhere.trig")])
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "there is no such file" in wrong.stderr


@pytest.mark.usefixtures("acme")
def test_findings_of_a_large_graph_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    done("build")
    monkeypatch.setattr(sys.modules["tipgraph.cli.lifecycle"], "_SMALL", 1)
    assert "to review  not counted; " in done("status")
