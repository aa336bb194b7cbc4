"""The documents name files, options and words that exist. `tests/documents` types their commands."""

import re
from pathlib import Path

import pytest

from tipgraph.cli import main
from tipgraph.cli.group import places
from tipgraph.curation.conflicts import Rule
from tipgraph.curation.verdicts import CONFLICT
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve
from tipgraph.model import kit
from tipgraph.outputs.release import read_policy
from tipgraph.outputs.release.policy import REASONS
from tipgraph.sources.folder import cell_rules

ROOT = kit.home()
COMMANDS = dict(places(main))
OF_READERS = ("data/reference/retirements.csv",)  # files that a reader makes, and that the project has not yet
OF_ENGINES = {"--mem"}  # options of other programs
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *(ROOT / name / "README.md" for name in ("data", "ontology", "queries", "tests")),
    *sorted((ROOT / "docs").rglob("*.md")),
]


OPTIONS = {name for command in COMMANDS.values() for parameter in command.params for name in parameter.opts}
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
FILES = r"`((?:data|docs|examples|ontology|queries|src|tests)/[\w./-]+\.\w+)`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_options_and_targets_that_a_document_names_are_there(document: Path) -> None:
    text = document.read_text("utf-8")
    for name in re.findall(FILES, text):
        assert "NAME" in name or name in OF_READERS or (ROOT / name).exists(), name
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", text)) <= OPTIONS | OF_ENGINES
    targets = re.findall(r"`make ([a-z-]+)`|^\$ make ([a-z-]+)", text, re.MULTILINE)
    assert {one or other for one, other in targets} <= TARGETS


@pytest.mark.parametrize(
    ("name", "pattern", "places"),
    [
        ("judge-identity", r"`(--[a-z]+|-g)\b", ["review identity"]),
        ("release-safely", r"(--[a-z]+)\b", ["review personal", "build", "source import", "release"]),
        ("answer-contradictions", r"`(--[a-z]+|-g)\b", ["review conflicts"]),
    ],
)
def test_a_page_on_a_command_names_its_options(name: str, pattern: str, places: list[str]) -> None:
    known = {flag for place in places for parameter in COMMANDS[place].params for flag in parameter.opts}
    assert set(re.findall(pattern, (ROOT / f"docs/how-to/{name}.md").read_text("utf-8"))) <= known


def test_the_page_on_doing_no_harm_lists_the_decisions_and_columns_and_its_policy_is_one(
    graph: Graph, tmp_path: Path
) -> None:
    page = (ROOT / "docs/how-to/release-safely.md").read_text("utf-8")
    rules, allowed = cell_rules()["corrections"], cell_rules()["allowed"]
    decisions = {word for table in (rules, allowed) for word in table["decision"]["pattern"].split("|")}
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) == decisions
    assert all(f"\n{','.join(table)}\n" in page for table in (rules, allowed))
    policy = page.partition("```toml\n")[2].partition("```")[0].replace("…", "3f9a1c77de20b4a8", 1)
    (tmp_path / "policy.toml").write_text(policy, "utf-8")
    read = read_policy(tmp_path / "policy.toml")
    assert {entry.kind for entry in read.entries} == {"withhold", "rename", "coarsen"}
    assert [word for word in REASONS if word not in page] == []
    assert all(resolve(graph, entry.what) for entry in read.entries)


def test_the_page_on_contradictions_lists_the_rules_and_verdicts() -> None:
    page = (ROOT / "docs/how-to/answer-contradictions.md").read_text("utf-8")
    rules = set(re.findall(r"^\| `([a-z-]+)` \| .* \| .*\|$", page, re.MULTILINE)) - {"b", "c", "n"}
    assert rules == {rule.name for rule in Rule.all()}
    rows = re.findall(r"^\| `.*?`(?:, `2`)? \| `([a-z-]+)`(?:, `([a-z-]+)`)? \|", page, re.MULTILINE)
    assert {verdict for row in rows for verdict in row if verdict} == set(CONFLICT.values())
