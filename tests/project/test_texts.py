"""The folder of the texts: an option, a variable, a setting; never quoted in output for others without --texts."""

from pathlib import Path

import pytest

from tests.project.conftest import Edit, done
from tipgraph.cli.paths import named_texts, texts_folder

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
    done("build")
    assert QUOTE in done("query", "trainings", "in=PE")
    for options, is_quoted in (([], False), (["--texts", "texts"], True)):
        done("pages", *options)
        site = acme / "build" / "site"
        assert any(QUOTE in path.read_text("utf-8") for path in site.rglob("*.html")) == is_quoted
