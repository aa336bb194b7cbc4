"""Create a project: a folder in which an organization keeps its graph under its own version control."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.errors import CallError
from tipgraph.runtime import sanitize


@click.command(epilog=example('tipgraph init ngo --title "Our graph" --namespace https://example.org/ngo#'))
@click.argument("folder", type=options.LocalPath())
@options.option("--title", click.STRING, "The title of the graph (needed).")
@options.option("--namespace", "IRI", "The address of your own terms; it ends in # (needed).")
@options.option("--prefix", click.STRING, "The short name of the namespace (else the name of the folder).", default="")
def init(folder: Path, prefix: str, **needed: str | None) -> None:
    """Create a project in FOLDER: your own data, ontology and queries on top of the kit.

    The project starts with an example that you can build and query. Each command in the folder or below it uses the
    project. FOLDER is new, or holds only .git, a README and a licence; the command changes no other folder.
    """
    from tipgraph.model import project
    from tipgraph.pipeline import init as begin

    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    written = begin(folder, **_settings(folder, needed), prefix=prefix)
    made = project.read(folder)
    click.echo(sanitize.visible(f"{folder}: a project of its own, “{made.title}”, of {len(written)} files"))
    for name, words in _PARTS.items():
        click.echo(f"  {name:<14} {words.format(prefix=made.prefix)}")
    if kept := sorted(there & {"README.md", ".gitignore", ".gitattributes"}):
        click.echo(f"  {', '.join(kept)}: as before; git should ignore build/ and the texts of others")
    first = "git init && tipgraph build && tipgraph check && tipgraph query trainings"
    click.echo(f"next: cd {shlex.quote(str(folder))} && {first}")


def _settings(folder: Path, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the needed settings; raise CallError for all that are missing, with a command that runs."""
    missing = [name for name, value in given.items() if value is None]
    settings = _EXAMPLES | {name: value for name, value in given.items() if value is not None}
    if missing:
        options = " ".join(f"--{name} {shlex.quote(value)}" for name, value in settings.items())
        needed = " and ".join(f"--{name}" for name in missing)
        raise CallError(f"a project needs {needed}; for example:\n  tipgraph init {shlex.quote(str(folder))} {options}")
    return settings


_EXAMPLES = {"title": "Our graph", "namespace": "https://example.org/ngo#"}
_PARTS = {
    "tipgraph.toml": "title, namespace ({prefix}:), and which sources of the kit are built in: none yet",
    "data/": "example-2026, an invented source; reference/, which is added to what the kit lends",
    "ontology/": "{prefix}.ttl: a class of your own, worked out, with its code list, shape, edge and sentence",
    "queries/": "trainings.rq, a question of your own; check/self-trained.rq, a rule",
    "README.md": "a day's work: add a source, check, judge, ask, compare, publish",
}
