"""The first page, in both languages: short, the same content, and the description and citation of the package."""

import re
import tomllib

import click

import tipgraph
from tipgraph.cli import main
from tipgraph.cli.group import places
from tipgraph.model import kit

README = kit.home() / "README.md"
READMES = [README, kit.home() / "README.es.md"]
COMMANDS = kit.home() / "docs/how-to/find-a-command.md"
DESCRIPTION = "A knowledge graph of who works against human trafficking, with the source sentence for every claim."


def test_both_languages_have_the_same_content() -> None:
    english, spanish = (path.read_text("utf-8").replace("docs/es/", "docs/") for path in READMES)
    for part in (r"^#+ ", r"^\$ \w+ [\w.-]+", r"^[-*] ", r"\]\((?!README)[^)]+\)", r"\b\d+\b"):
        first, second = (re.findall(part, text, re.MULTILINE) for text in (english, spanish))
        assert sorted(first) == sorted(second), part


def test_every_link_leads_to_a_file() -> None:
    for readme in READMES:
        for path in re.findall(r"\]\(([^)#:]+)\)", readme.read_text("utf-8")):
            assert (kit.home() / path).is_file(), f"{readme.name}: {path}"


def test_every_command_has_a_row_with_its_guide() -> None:
    rows = re.findall(r"^\| `([a-z -]+)` \| .+ \| \[.+\]\(([\w/.-]+)\) \|$", COMMANDS.read_text("utf-8"), re.MULTILINE)
    leaves = [place for place, command in places(main) if not isinstance(command, click.Group)]
    assert sorted(leaves) == sorted(command for command, _ in rows if " --" not in command)
    assert [path for _, path in rows if not (COMMANDS.parent / path).is_file()] == []


def test_the_description_is_the_same_everywhere() -> None:
    project = tomllib.loads((kit.home() / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["description"] == DESCRIPTION
    assert (main.help or "").startswith(DESCRIPTION)
    lower = DESCRIPTION[0].lower() + DESCRIPTION[1:].rstrip(".")
    assert (tipgraph.__doc__ or "").startswith(f"tipgraph: {lower}.\n")
    assert f'title: "tipgraph: {lower}"\n' in (kit.home() / "CITATION.cff").read_text("utf-8")
    assert f"**{DESCRIPTION}**" in README.read_text("utf-8")
    assert f"\n{DESCRIPTION}\n" in (kit.home() / "docs/index.md").read_text("utf-8")


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
