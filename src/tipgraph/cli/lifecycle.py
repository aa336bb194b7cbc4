"""Build a graph, and check it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.options import example
from tipgraph.cli.paths import default_graph, open_graph, texts_at
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import InputError
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    from tipgraph.pipeline import Report


@click.command(epilog=example("tipgraph build"))
@click.argument("data", required=False, type=options.LocalPath(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=options.LocalPath(),
    metavar="PLACE",
    help="A file (.trig or .nq, also with .gz), or a FOLDER/ for a store (else build/graph.trig).",
)
@options.added
@click.option(
    "--without",
    multiple=True,
    metavar="SOURCE",
    shell_complete=suggestions.by(suggestions.sources),
    help="Leave out a source (repeatable).",
)
def build(data: Path | None, output: str | None, added: tuple[Path, ...], without: tuple[str, ...]) -> None:
    """Build the graph from the sources.

    DATA is a folder of sources or a graph file (else the data of the project). With -o FOLDER/ the command writes a
    store: it adds a new generation with claim tables, and keeps older generations.
    """
    from tipgraph.graph import storage
    from tipgraph.pipeline import builder

    target = output or str(default_graph())
    storage.prepare(target)
    with patience("reading the sources and building the graph"):
        if data is not None and data.exists() and not data.is_dir():
            built = storage.convert(data, target)
        else:
            try:
                built = builder.build(data, added, without, lambda screened: say_told(screened.told))
            except InputError as error:
                raise error.adding("nothing was written") from None
            storage.write(built, target)
    click.echo(f"{target}: {len(built):,} statements from {len(built.sources)} graphs, digest {built.digest[:12]}…")


@click.command(epilog=example("tipgraph check"))
@options.graph
@options.texts
@options.form
def check(graph: str | None, texts: str | None, form: str) -> None:
    """Check the graph: its shapes, its rules and its evidence.

    With --texts, the command compares each piece of evidence with its text. If there is a finding, the exit code is 1.
    """
    from tipgraph.pipeline import shacl

    with patience("checking shapes, rules and evidence"):
        report = shacl.check(open_graph(graph), texts_at(texts))
    _say_report(report, form)
    sys.exit(0 if report.ok else 1)


def _say_report(report: "Report", form: str) -> None:
    from tipgraph.display import text

    if form != "table":
        rows = [list(finding) for finding in report.findings]
        click.echo(text.rows_text(["rule", "node", "where", "message"], rows, form))
        click.echo(report.summary, err=True)
        return
    for finding in report.findings:
        click.echo(sanitize.visible(str(finding)))
    click.echo(report.summary)
