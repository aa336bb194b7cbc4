"""`tipgraph init`: what a new project holds, what is refused, and that nothing half-written stays."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rdflib import Graph

import tipgraph
from tipgraph.cli import main
from tipgraph.errors import BadValue, InputError
from tipgraph.model import kit, project
from tipgraph.pipeline.scaffold import init

NAMESPACE = "https://acme.example/ns#"
HARD = "ACME \"\\\" ''' & <b>’s\u202f{{ 7 * 7 }} {% raw %}"


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_project_is_whole_and_says_what_is_in_it(tmp_path: Path) -> None:
    target = tmp_path / "acme"
    words = ["init", str(target), "--title", "ACME's graph", "--namespace", NAMESPACE]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "README.md explains them" in result.stdout
    assert "next: cd " in result.stdout
    assert {
        "tipgraph.toml", "README.md", ".gitignore", "ontology/acme.ttl", "queries/trainings.rq",
        "queries/check/self-trained.rq", "data/example-2026/source.toml", "data/reference/source.toml",
        "texts/example-2026.txt",
    } <= tree(target)  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["acme"], "nothing stands beside it"
    assert "gitignore" not in tree(target)


def test_the_function_returns_what_it_wrote(tmp_path: Path) -> None:
    target = tmp_path / "new" / "acme"
    written = tipgraph.init(target, title="A", namespace=NAMESPACE, prefix="own")
    assert {path.relative_to(target).as_posix() for path in written} == tree(target)
    assert (target / "ontology" / "own.ttl").is_file()


def test_any_title_stands_in_every_file_as_it_is(tmp_path: Path) -> None:
    target = tmp_path / "a-b"
    title = HARD.replace("\u202f", "")
    init(target, title=title, namespace=NAMESPACE)
    assert project.read(target) == project.Project(target, title, NAMESPACE, "a-b", (), kit.VERSION, texts="texts")
    assert title in tomllib.loads((target / "data/reference/source.toml").read_text("utf-8"))["title"]
    Graph().parse(target / "ontology/a-b.ttl")
    assert not [path for path in target.rglob("*") if path.is_file() and "{{ prefix" in path.read_text("utf-8")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": HARD}, "is empty, or holds"),  # it has a character that is not seen
        ({"title": "  "}, "is empty"),
        ({"namespace": "acme"}, "is no namespace; write an address that ends in #"),
        ({"namespace": "https://acme.example/ns/"}, "is no namespace"),
        ({"namespace": "https://acme.example/<ns>#"}, "is no namespace"),
        ({"namespace": "https://w3id.org/tipgraph/ns#"}, "is not yours"),
        ({"namespace": "http://w3id.org/tipgraph/mine#"}, "is not yours"),
        ({"namespace": "https://w3id.org/#"}, "is not yours"),
        ({"namespace": "https://acme.example/%zz#"}, "is no address (Invalid IRI percent encoding"),
        ({"prefix": "tip"}, "is the prefix of https://w3id.org/tipgraph/ns#"),
        ({"prefix": "Ac me"}, "is no prefix"),
    ],
)
def test_a_setting_that_cannot_stand_is_refused_and_nothing_is_written(
    tmp_path: Path, words: dict[str, str], why: str
) -> None:
    with pytest.raises(BadValue, match=re.escape(why)):
        init(tmp_path / "acme", **{"title": "A", "namespace": NAMESPACE, "prefix": "", **words})
    assert list(tmp_path.iterdir()) == []


def test_missing_settings_are_named_with_a_command_that_runs(tmp_path: Path) -> None:
    target = tmp_path / "it's"
    words = ["init", str(target), "--prefix", "own"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "a project needs --title and --namespace; for example:" in result.stderr
    _, *example = shlex.split(result.stderr.splitlines()[-1])
    assert CliRunner().invoke(main, [*example, "--prefix", "own"]).exit_code == 0
    shutil.rmtree(target)
    assert "needs --title and --namespace" in CliRunner().invoke(main, [*words, "--title", "A"]).stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_name_gives_no_prefix_asks_for_one(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="is no prefix"):
        init(tmp_path / "2026", title="A", namespace=NAMESPACE)
    init(tmp_path / "2026", title="A", namespace=NAMESPACE, prefix="acme")
    assert project.read(tmp_path / "2026").prefix == "acme"


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds notes\.txt; a project begins in a folder that"):
        init(tmp_path, title="A", namespace=NAMESPACE, prefix="acme")
    with pytest.raises(InputError, match="is no folder"):
        init(tmp_path / "notes.txt", title="A", namespace=NAMESPACE, prefix="acme")
    assert tree(tmp_path) == {"notes.txt"}


def test_what_version_control_and_hosts_begin_with_stays(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main")
    (tmp_path / "README.md").write_text("ours")
    (tmp_path / "LICENSE").write_text("ours")
    words = ["init", str(tmp_path), "--title", "A", "--namespace", NAMESPACE, "--prefix", "acme"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    assert "README.md: as before" in result.stdout
    assert (tmp_path / "README.md").read_text() == "ours"
    assert (tmp_path / ".git" / "HEAD").read_text() == "ref: refs/heads/main"
    assert (tmp_path / "tipgraph.toml").is_file()
    again = CliRunner().invoke(main, words)
    assert again.exit_code == 1
    assert "holds data" in again.stderr


def test_what_fails_in_the_middle_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text = Path.write_text
    there = tmp_path / "there"
    (there / ".git").mkdir(parents=True)

    def break_off(self: Path, *words: Any, **named: Any) -> int:
        if self.suffix == ".rq":
            raise OSError(28, "No space left on device")
        return write_text(self, *words, **named)

    monkeypatch.setattr(Path, "write_text", break_off)
    with pytest.raises(InputError, match="there: cannot be written: No space left on device; name another place"):
        init(there, title="A", namespace=NAMESPACE, prefix="acme")
    assert [path.name for path in there.iterdir()] == [".git"]
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_no_project_begins_within_another(tmp_path: Path) -> None:
    init(tmp_path / "acme", title="A", namespace=NAMESPACE)
    with pytest.raises(InputError, match="is inside a project"):
        init(tmp_path / "acme" / "data" / "more", title="B", namespace=NAMESPACE)
    assert not (tmp_path / "acme" / "data" / "more").exists()


def test_it_works_from_a_program_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied can be written, whatever the rights of the program's own files."""
    import shutil

    scaffold = Path(shutil.copytree(kit.code("pipeline/starter"), tmp_path / "program"))
    for path in (scaffold, *scaffold.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setattr(kit, "code", lambda _: scaffold)
    written = init(tmp_path / "acme", title="A", namespace=NAMESPACE)
    assert all(path.stat().st_mode & 0o200 for path in (*written, tmp_path / "acme", tmp_path / "acme" / "data"))
    for path in (scaffold, *scaffold.rglob("*")):
        path.chmod(0o755)


def test_a_process_of_its_own_finds_the_project_from_a_folder_within(tmp_path: Path) -> None:
    init(tmp_path / "acme", title="A", namespace=NAMESPACE)
    within = tmp_path / "acme" / "notes" / "deep"
    within.mkdir(parents=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TIPGRAPH_")}
    program = [sys.executable, "-m", "tipgraph.cli", "query", "trainings", "--format", "json"]
    asked = subprocess.run(program, cwd=within, env=clean, capture_output=True, text=True, check=True)
    assert "Riverside Office" in json.dumps(json.loads(asked.stdout))
    elsewhere = subprocess.run(
        program, cwd=tmp_path, env={**clean, "TIPGRAPH_PROJECT": str(tmp_path / "acme")}, capture_output=True, text=True
    )
    assert elsewhere.stdout == asked.stdout, elsewhere.stderr


def test_finding_no_project_or_one_is_light(tmp_path: Path) -> None:
    init(tmp_path / "acme", title="A", namespace=NAMESPACE)
    program = (
        "import sys, tipgraph.model.kit as kit; found = kit.project()\n"
        "print(found and found.prefix, *(name in sys.modules for name in ('rdflib', 'tomllib')))"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TIPGRAPH_")}
    said = []
    for folder in (tmp_path, tmp_path / "acme"):
        command = [sys.executable, "-c", program]
        said += [subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=True).stdout]
    assert said == ["None False False\n", "acme False True\n"]
