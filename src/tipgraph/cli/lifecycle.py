"""Build a graph, and check it."""

import sys
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.options import example
from tipgraph.cli.paths import default_graph, open_graph, texts_at
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import InputError
from tipgraph.runtime import sanitize


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
