"""The first page, in both languages: every verb, the same numbers, and how it is cited as the package says."""

import re
from pathlib import Path

import pytest

from tipgraph.cli import main
from tipgraph.model import kit

READMES = [kit.home() / "README.md", kit.home() / "README.es.md"]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_verb_has_a_line_that_leads_on(readme: Path) -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)` \| .+ \| \[.+\]\((docs/[\w/.-]+)\) \|$", readme.read_text("utf-8"), re.MULTILINE
    )
    assert sorted(main.commands) == sorted(verb for verb, _ in rows)
    assert [path for _, path in rows if not (kit.home() / path).exists()] == []


def test_both_languages_show_the_same() -> None:
    english, spanish = (path.read_text("utf-8") for path in READMES)
    for shown in (
        r"^#+ ",
        r"^\$ tipgraph [\w-]+ ",
        r"\]\(docs/(?!es/|tutorial)[^)]+\)",
        r"^\| `[a-z-]+`",
        r"\b\d{2,}\b(?= \||,| \()",
    ):
        assert len(re.findall(shown, english, re.MULTILINE)) == len(re.findall(shown, spanish, re.MULTILINE)), shown


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_a_person_finishes_it_in_five_minutes(readme: Path) -> None:
    """At 240 words a minute, tables and what a console shows left aside."""
    text = re.sub(r"```.*?```|!\[.*?\]\(.*?\)|\]\(.*?\)", "", readme.read_text("utf-8"), flags=re.DOTALL)
    assert len([word for line in text.splitlines() if not line.startswith("|") for word in line.split()]) <= 1_200


def test_the_citation_is_of_this_version() -> None:
    cited = (kit.home() / "CITATION.cff").read_text("utf-8")
    assert re.search(rf"^version: {re.escape(kit.VERSION)}$", cited, re.MULTILINE)
    assert all(f"{kit.VERSION}, 2026" in path.read_text("utf-8") for path in READMES)
    for needed in ("cff-version: 1.2.0", "message: ", "title: ", "authors:"):
        assert re.search(f"^{needed}", cited, re.MULTILINE), needed


def test_files_that_the_page_on_security_names_are_there() -> None:
    named = re.findall(r"`((?:src|docs|tests)/[\w./-]+)`", (kit.home() / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 10
    assert [name for name in named if not (kit.home() / name).exists()] == []
