"""Create a project, build its graph, and check it."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.paths import default_graph, open_graph, texts_at
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError, InputError
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


@click.command(epilog=example("tipgraph build"))
@click.argument("data", required=False, type=options.LocalPath())
@options.option(
    "-o --output",
    "PLACE",
    "A file (.trig or .nq, also with .gz), or a FOLDER/ for a store (else build/graph.trig).",
    type=options.LocalPath(path_type=str),
)
@options.option("--without", "SOURCE", "Leave out a source (repeatable).", multiple=True)
def build(data: Path | None, output: str | None, without: tuple[str, ...]) -> None:
    """Build the graph from the sources.

    DATA is a folder of sources or a graph file (else the data of the project). With -o FOLDER/ the command writes a
    store, in place of an older one.
    """
    from tipgraph.graph import storage
    from tipgraph.pipeline import builder

    target = output or str(default_graph())
    storage.prepare(target)
    with progress("reading the sources and building the graph"):
        if data is not None and data.exists() and not data.is_dir():
            built = storage.convert(data, target)
        else:
            try:
                built = builder.build(data, without, lambda notices: note(*notices))
            except InputError as error:
                raise error.adding("nothing was written") from None
            storage.write(built, target)
    digest = f", digest {built.digest[:12]}…" if built.in_memory else ""  # to find that of a large store takes long
    click.echo(f"{target}: {len(built):,} statements from {len(built.sources)} graphs{digest}")


@click.command(epilog=example("tipgraph check"))
@options.graph
@options.texts
@options.form
def check(graph: str | None, texts: str | None, form: str) -> None:
    """Check the graph: its shapes, its rules and its evidence.

    If you have the texts, the command compares each piece of evidence with them.
    With a finding, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.pipeline import shacl

    with progress("checking shapes, rules and evidence"):
        report = shacl.check(open_graph(graph), texts_at(texts))
    if form == "table":
        for line in report.lines:
            click.echo(sanitize.visible(line))
    else:
        rows = [list(finding) for finding in [*report.findings, *report.notices]]
        click.echo(text.rows_text(["rule", "node", "where", "message", "level"], rows, form))
    click.echo(report.summary, err=form != "table")
    sys.exit(0 if report.ok else 1)
