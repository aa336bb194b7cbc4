"""Making a graph, and what is asked of one that was made: is it sound, is it whole, what has changed."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options, suggestions
from tipgraph.cli.paths import default_graph, open_graph, say_if_older, texts_at
from tipgraph.cli.terminal import patience, say_told
from tipgraph.errors import InputError
from tipgraph.runtime import sanitize

if TYPE_CHECKING:
    from tipgraph.pipeline import Report


@click.command()
@click.argument("data", required=False, type=options.LocalPath(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=options.LocalPath(),
    help="A file (.trig or .nq, gzipped with .gz), or a folder/ for a store (else build/graph.trig).",
)
@options.added
@click.option(
    "--without",
    multiple=True,
    metavar="S",
    shell_complete=suggestions.by(suggestions.sources),
    help="Leave out a source, as if its folder were not there.",
)
def build(data: Path | None, output: str | None, added: tuple[Path, ...], without: tuple[str, ...]) -> None:
    """Build the graph of DATA, a folder of sources or a graph file (else the data of the project).

    With -o FOLDER/ it is written as a store that lasts: a new generation beside the older ones, with claim tables.
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


@click.command()
@options.graph
@options.texts
@options.form
def check(graph: str | None, texts: str | None, form: str) -> None:
    """Check the graph: shapes, rules, and with --texts every piece of evidence against its text.

    Where there is a finding, the exit code is 1.
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


@click.command()
@click.argument("store", type=options.LocalPath(path_type=Path))
def verify(store: Path) -> None:
    """Compare every file of a STORE, of all its generations, with what was written: any byte that changed is found.

    Where one has changed, the exit code is 1.
    """
    from tipgraph.graph import generations

    with patience(f"reading every file of {store}"):
        found, faults = generations.verify(store)
    for fault in faults:
        click.echo(fault)
    for one in found:
        state = f"{one.manifest['statements']:,} statements, as they were written" if one.manifest else "is damaged"
        click.echo(f"{one.folder}: {state}", err=bool(faults))
    sys.exit(1 if faults else 0)


@click.command()
@click.argument("before")
@click.argument("after")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "patch"]), default="table", show_default=True
)
def diff(before: str, after: str, form: str) -> None:
    """Say which claims were added, removed and changed from one build to another, and which ids are lost.

    BEFORE and AFTER are files or stores. With --format patch, all that differs is printed as an RDF patch. An id that
    is gone and not retired by a row of retirements.csv is lost: then the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import load
    from tipgraph.pipeline import changes

    say_if_older(before)
    say_if_older(after)
    with patience("comparing the two builds"):
        old, new = load(before), load(after)
        found = changes.diff(old, new)
    if form == "patch":
        for line in changes.patch(old, new):
            click.echo(line, nl=False)
    else:
        click.echo(text.difference_text(found, form))
    for one in found.lost:
        click.echo(f"lost: {one}: {changes.remedy(one)}", err=True)
    sys.exit(1 if found.lost else 0)
