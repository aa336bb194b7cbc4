"""Two people work on one project with git, add sources and rows to the same tables, and merge nothing by hand."""

import subprocess
from pathlib import Path
from shutil import copytree

import pytest

from tests.project.conftest import NAMESPACE, TITLE, done, run
from tipgraph.curation import DraftSession
from tipgraph.errors import InputError
from tipgraph.graph import load
from tipgraph.model import data_iri, kit, tip
from tipgraph.pipeline import init
from tipgraph.sources import Texts, read_source

DAY = ("--judge-kind", "person")


def git(folder: Path, *words: str, fails: bool = False) -> str:
    names = ("user.name=A person", "user.email=person@example.org", "core.autocrlf=false", "init.defaultBranch=main")
    settings = [part for name in names for part in ("-c", name)]
    result = subprocess.run(["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert (result.returncode != 0) == fails, result.stdout + result.stderr
    return result.stdout


def into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    kit.forget()


@pytest.fixture
def clones(tmp_path: Path) -> tuple[Path, Path]:
    """Two clones of one new project, with a remote between them."""
    first, second, remote = (tmp_path / name for name in ("ana", "ben", "remote.git"))
    init(first, title=TITLE, namespace=NAMESPACE, prefix="acme")
    actors = first / "data" / "example-2026" / "actors.csv"
    actors.write_text(
        actors.read_text("utf-8") + "us-aid,Organization,U.S. Agency for International Development,,\n"
        "iom-office,Organization,International Organization for Migration,,\n",
        "utf-8",
    )
    git(tmp_path, "init", "-q", "--bare", str(remote))
    git(first, "init", "-q")
    git(first, "add", "-A")
    git(first, "commit", "-qm", "Begin")
    git(first, "push", "-q", str(remote), "main")
    git(tmp_path, "clone", "-q", "-b", "main", str(remote), str(second))
    git(first, "remote", "add", "origin", str(remote))
    git(first, "fetch", "-q")
    return first, second


def add_source(folder: Path, name: str) -> None:
    """Copy the example into a source of another name."""
    copytree(folder / "data" / "example-2026", folder / "data" / name)
    settings = folder / "data" / name / "source.toml"
    settings.write_text(settings.read_text("utf-8").replace("example-2026.txt", f"{name}.txt"), "utf-8")


def add_conflict(folder: Path, name: str) -> None:
    """Add a row to the contradictions, as an editor without a last line end would."""
    path = folder / "data" / "reference" / "conflicts.csv"
    header = "id,claim,reason,foundBy,judgement,evidence"
    row = f"acme-{name},example-2026/trainings/p3-1 | {name}/trainings/p3-1,two reports,person,open,{name}/p3s1.1"
    path.write_text(f"{header}\n{row}", "utf-8")


def work(folder: Path, name: str, pair: tuple[str, str], person: str) -> None:
    add_source(folder, name)
    signed = ("--judge", person, "--reason", f"{person} compared them", *DAY)
    done("build")
    done("review", "identity", "--answer", "same", *pair, *signed)
    done("review", "personal", "--answer", "not-personal", f"Rosa {name}", *signed)
    add_conflict(folder, name)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", f"Add {name}")


def test_two_people_merge_their_work_without_hand_work(
    clones: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = clones
    for folder, name, pair in (
        (first, "ana-2026", ("example-2026/us-aid", "reference/usaid")),
        (second, "ben-2026", ("example-2026/iom-office", "reference/iom")),
    ):
        into(folder, monkeypatch)
        work(folder, name, pair, name[:3])
    git(first, "push", "-q", "origin", "main")
    git(second, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    assert "from 7 graphs" in done("build")
    reference = read_source(second / "data" / "reference")
    judged = [row.cells for row in reference.tables["identity"].rows]
    assert {(row["left"], row["judge"]) for row in judged} == {
        ("example-2026/iom-office", "ben"),
        ("example-2026/us-aid", "ana"),
    }
    assert len({row["id"] for row in judged}) == 2
    assert [len(table.rows) for table in (reference.books["allowed"], reference.tables["conflicts"])] == [2, 2]
    graph = load("build/graph.trig")
    for entry, merged in (("us-aid", "usaid"), ("iom-office", "iom")):
        node = data_iri("example-2026", "actors", entry)
        canonical = [part.object for part in graph.about([node]) if part.predicate.value == tip.canonical]
        assert canonical == [data_iri("reference", "actors", merged)]


def test_one_row_that_two_people_changed_is_named(clones: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, place in zip(clones, ("Lima", "Cusco"), strict=True):
        table = folder / "data" / "example-2026" / "actors.csv"
        table.write_text(table.read_text("utf-8").replace("U.S. Agency", f"{place} Agency"), "utf-8")
        git(folder, "commit", "-qam", f"Change to {place}")
    git(clones[0], "push", "-q", "origin", "main")
    git(clones[1], "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    into(clones[1], monkeypatch)
    told = run("build").stderr
    assert "actors.csv:6: id: 'us-aid' is the id of row 5 too; if two people changed it, keep one" in told


def test_a_merge_that_nobody_finished_is_named_with_its_place(
    clones: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, place in zip(clones, ("Lima", "Cusco"), strict=True):
        (folder / ".gitattributes").unlink()
        for path in (folder / "tipgraph.toml", folder / "data" / "example-2026" / "actors.csv"):
            text = path.read_text("utf-8").replace("# This file", f"# In {place} this file")
            path.write_text(text.replace("U.S. Agency", f"{place} Agency"), "utf-8")
        git(folder, "commit", "-qam", f"Change to {place}")
    git(clones[0], "push", "-q", "origin", "main")
    git(clones[1], "pull", "-q", "--no-rebase", "--no-edit", "origin", "main", fails=True)
    into(clones[1], monkeypatch)
    assert "tipgraph.toml:1: git could not merge this; keep the rows that hold" in run("status").stderr
    git(clones[1], "checkout", "-q", "--ours", "tipgraph.toml")
    kit.forget()
    told = run("build").stderr
    assert "actors.csv:5: git could not merge this; keep the rows that hold" in told
    assert "and remove the lines that begin with <<<<<<<, ======= and >>>>>>>\n1 fault" in told


def test_lines_that_both_wrote_alike_count_once_and_two_headers_are_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "source.toml").write_text('title = "x"\n', "utf-8")
    table = folder / "actors.csv"
    table.write_text('id,label\na,x\n\ufeffid,label\n"a",x\nb,y', "utf-8")
    source = read_source(folder)
    assert ([row.cells["id"] for row in source.tables["actors"].rows], source.faults) == (["a", "b"], [])
    table.write_text("id,label\na,x\nid,label,kind\nb,y,z\n", "utf-8")
    assert "actors.csv:3: is a second header: two people gave" in str(InputError(read_source(folder).faults))


@pytest.mark.parametrize("table", ["partnerships", "funding"])
def test_two_people_fill_one_source_and_git_joins_their_rows(
    clones: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    """Each fills other columns: of a table that neither of them had, and of one with fewer columns."""
    core = {
        "funding": ("giver", "lantern-fund", "moneyKind", "pledged"),
        "partnerships": ("partner", "lantern-fund | riverside-office", "partnershipKind", "cooperation"),
    }[table]
    for folder, own, words in (
        (clones[0], {"date": "2026"}, "The Lantern Fund paid"),
        (clones[1], {"note": "by hand"}, "in person"),
    ):
        into(folder, monkeypatch)
        session = DraftSession("example-2026", Texts(folder / "texts"), folder / "data")
        state = session.state()
        start = "".join(paragraph["text"] for paragraph in state["paragraphs"][2:]).index(words)
        start += state["paragraphs"][2]["start"]
        form = {
            "cells": {core[0]: core[1], core[2]: core[3], **own},
            "entries": [],
            "quotes": [[start, start + len(words)]],
        }
        assert not session.miss(state["version"], table, form, 3, 1).get("faults")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", "Add a claim")
    git(clones[0], "push", "-q", "origin", "main")
    git(clones[1], "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    source = read_source(clones[1] / "data" / "example-2026")
    assert not source.faults
    added = [row.cells for row in source.tables[table].rows if row.cells[core[2]] == core[3]]
    assert sorted((row["date"], row["note"]) for row in added) == [("", "by hand"), ("2026", "")]
    assert len(source.books["draft-decisions"].rows) == 2
    assert "from 4 graphs" in done("build")
