"""The folder of the texts: an option, a variable, a setting; never quoted in output for others without --texts."""

from pathlib import Path

import pytest

from tests.project.conftest import Edit, done, run
from tipgraph.cli.paths import keep_uncommitted, named_texts, texts_folder
from tipgraph.errors import CallError
from tipgraph.sources import Texts

QUOTE = "trained border officers"


def test_the_option_goes_before_the_variable_and_this_before_the_setting(
    acme: Path, edit: Edit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert texts_folder(None) == acme / "texts"
    edit("tipgraph.toml", 'texts = "texts"', 'texts = "nowhere"')
    assert texts_folder(None) is None
    shared, other = tmp_path / "shared", tmp_path / "other"
    shared.mkdir()
    other.mkdir()
    edit("tipgraph.toml", 'texts = "nowhere"', f"texts = '{shared}'")
    assert texts_folder(None) == shared
    monkeypatch.setenv("TIPGRAPH_TEXTS", str(other))
    assert texts_folder(None) == other
    assert texts_folder(str(shared)) == shared
    assert named_texts(None) is None


def test_pages_quote_only_the_texts_that_are_named(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIPGRAPH_TEXTS", str(acme / "texts"))
    given: list[bool] = []

    def render(_: object, target: Path, *, texts: Texts, **__: object) -> Path:
        given.append(texts.text("example-2026.txt") is not None)
        return target

    monkeypatch.setattr("tipgraph.outputs.render", render)
    done("build")
    assert QUOTE in done("query", "trainings", "in=PE", "--format", "csv")
    for options in ([], ["--texts", "texts"]):
        done("pages", *options)
    assert given == [False, True]


REPORT = "A house opened in Lima in May 2025.\n"
ADD = ("--publisher", "P", "--issued", "2025")


@pytest.mark.parametrize("place", ["data", "data/harbour", ".", "ontology", "ontology/new"])
def test_no_text_goes_where_git_commits_it(acme: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    before = sorted(acme.rglob("*"))
    written = [("source", "locate", "example-2026"), ("source", "take", "x.xlsx")] * (acme / place).is_dir()
    for words in (
        *((*command, "--texts", place) for command in written),
        ("release", place, "--policy", "tipgraph.toml", "--texts", "texts"),
        ("source", "add", str(tmp_path / "report.txt"), *ADD, "--texts", place),
        ("source", "sheet", "example-2026", "-o", f"{place}/x.xlsx"),
        ("pages", "--texts", "texts", place),
        ("pages", "--in-house", "--texts", "texts", place),
    ):
        result = run(*words)
        assert (result.exit_code, "name a place in texts/, or outside of the project" in result.stderr) == (2, True)
    assert sorted(acme.rglob("*")) == before


def test_a_link_to_the_sources_is_refused_and_a_folder_of_sources_elsewhere(acme: Path, tmp_path: Path) -> None:
    (acme / "link").symlink_to(acme / "data", target_is_directory=True)
    for file, data in ((acme / "link" / "x.xlsx", None), (tmp_path / "own" / "t" / "x.txt", tmp_path / "own")):
        with pytest.raises(CallError, match="git commits"):
            keep_uncommitted(file, data)


def test_an_imported_file_is_kept_with_the_texts_so_that_answers_quote_its_records(acme: Path, tmp_path: Path) -> None:
    (tmp_path / "routes.csv").write_text("origin,destination\nPeru,Japan\n", "utf-8")
    about = ("--title", "T", "--issued", "2025", "--licence", "CC0", *ADD[:2])
    done("source", "import", "routes", str(tmp_path / "routes.csv"), "-o", "data/list", *about)
    assert (acme / "texts" / "list" / "routes.csv").is_file()
    done("build")
    assert "Peru,Japan" in done("query", "routes", "origin=PE")
