"""What `tipgraph status` shows of a project: before a build, after it, with newer data, of a store."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from tipgraph.cli import main

from .conftest import Edit, done


def record(*words: str) -> dict[str, object]:
    found = json.loads(done("status", "--format", "json", *words))
    assert isinstance(found, dict)
    return found


def test_without_a_graph_it_says_to_build_one_and_builds_none(acme: Path) -> None:
    assert "none has been built: run `tipgraph build`" in done("status")
    assert record()["graph"] is None
    assert not (acme / "build").exists()


def test_it_counts_what_the_graph_has_and_what_waits(acme: Path) -> None:
    done("build")
    shown = done("status")
    assert f"{acme}\n" in shown
    assert "not newer than the graph" in shown
    assert "claims     6\n" in shown
    assert "texts      1 of 1 found\n" in shown
    graph = record()["graph"]
    assert isinstance(graph, dict)
    assert graph["built"].endswith("+00:00")
    del graph["built"], graph["statements"]
    assert graph == {
        "place": str(Path("build") / "graph.trig"), "newer_files": [], "sources": 2, "claims": 6,
        "open_contradictions": 0, "identity_candidates": 0, "texts": 1, "texts_at_hand": 1,
    }  # fmt: skip


def test_it_names_the_next_step_for_each_source(acme: Path, edit: Edit) -> None:
    def step() -> tuple[object, ...]:
        sources = record()["sources"]
        assert isinstance(sources, list)
        assert f"example-2026   {sources[0]['paragraphs'] or ''}" in done("status")
        return tuple(sources[0][name] for name in ("paragraphs", "unread", "text", "next_step"))

    text, folder = acme / "texts" / "example-2026.txt", acme / "data" / "example-2026"
    assert step() == (3, [], "found", "build the graph: `tipgraph build`")
    done("build")
    assert step() == (3, [], "found", "")
    edit("data/example-2026/paragraphs.csv", ",not-about", ",")
    assert step() == (3, [2], "found", "read ¶2: `tipgraph review drafts example-2026`, or fill a workbook")
    text.write_text(f"{text.read_text('utf-8')}\n", "utf-8")
    assert step()[2:] == ("changed", "locate all evidence again: `tipgraph source locate example-2026 --again`")
    text.unlink()
    assert step()[2:] == ("missing", "put example-2026.txt into the folder of the texts")
    edit("data/example-2026/namings.csv", "id,", "quote,id,")
    assert step()[3] == "`tipgraph build` lists its faults", "rows are a cell short"
    (folder / "namings.csv").unlink()
    (folder / "paragraphs.csv").unlink()
    text.write_text("x", "utf-8")
    assert step()[:3] == (None, None, "changed")


def test_it_names_data_that_are_newer(acme: Path) -> None:
    done("build")
    table = acme / "data" / "example-2026" / "funding.csv"
    later = (acme / "build" / "graph.trig").stat().st_mtime_ns + 10**15
    os.utime(table, ns=(later, later))
    shown = done("status")
    assert f"{table.relative_to(acme)} changed after build/graph.trig was built; run `tipgraph build`\n" in shown


@pytest.mark.usefixtures("acme")
def test_a_graph_elsewhere_is_not_compared_with_the_data() -> None:
    done("build", "-o", "STORE/")
    assert "not compared: the graph lies outside the build folder" in done("status", "-g", "STORE")
    graph = record("-g", "STORE")["graph"]
    assert isinstance(graph, dict)
    assert graph["newer_files"] is None


def test_a_graph_that_is_not_there_is_an_error(acme: Path) -> None:
    wrong = CliRunner().invoke(main, ["status", "-g", str(acme / "nowhere.trig")])
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "there is no such file" in wrong.stderr


@pytest.mark.usefixtures("acme")
def test_findings_of_a_large_graph_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    done("build")
    monkeypatch.setattr(sys.modules["tipgraph.cli.status"], "_SMALL", 1)
    assert "to review  not counted; " in done("status")
    graph = record()["graph"]
    assert isinstance(graph, dict)
    assert graph["open_contradictions"] is graph["identity_candidates"] is None
