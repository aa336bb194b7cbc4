"""`tipgraph store`: where the graph lies. Upload it to a server, compare two builds."""

import sys

import click

from tipgraph.cli import options
from tipgraph.cli.group import Group
from tipgraph.cli.options import example
from tipgraph.cli.paths import open_graph, say_if_older
from tipgraph.cli.terminal import progress


@click.group(cls=Group)
def store() -> None:
    """Upload the graph to a server, compare two builds."""


@store.command(epilog=example("tipgraph store push http://127.0.0.1:3030/tipgraph/data"))
@click.argument("url")
@options.graph
@options.option("--query-url queries", "URL", "The address of the server for queries.", default="")
@options.flag("--prune", "Delete named graphs of ours that are no longer in the graph.")
@options.flag("--fewer", "Replace a graph, even if the server has more than twice as many statements in it.")
@options.form
def push(url: str, graph: str | None, queries: str, *, prune: bool, fewer: bool, form: str) -> None:
    """Upload the graph to a SPARQL 1.1 Graph Store at URL.

    The command replaces each named graph on the server, then counts its statements there. It does not touch the
    graphs of others. After an interruption, run it again. If a graph could not be replaced, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import remote

    with progress("sending the graphs to the server"):
        pushed = remote.push(open_graph(graph), url, queries=queries, prune=prune, fewer=fewer)
    rows = [[str(cell) for cell in row] for row in pushed]
    click.echo(text.rows_text(["graph", "statements", "state", "why"], rows, form))
    sys.exit(1 if any(row.state == "failed" for row in pushed) else 0)


@store.command(epilog=example("tipgraph store diff build/before.trig build/graph.trig"))
@click.argument("before")
@click.argument("after")
@options.option(
    "--format form",
    click.Choice(["table", "csv", "json", "patch"]),
    "The format of the output; patch is an RDF patch of all statements.",
    default="table",
)
def diff(before: str, after: str, form: str) -> None:
    """List the claims that were added, removed or changed between two builds, and the ids that are gone.

    BEFORE and AFTER are files or stores. An id is lost if it is gone and no row of retirements.csv retires it. It has
    moved if the same claim is there under another id. If an id is lost or has moved, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import load
    from tipgraph.pipeline import changes

    say_if_older(after)  # the data changed since the build before: that is what is compared
    with progress("comparing the two builds"):
        old, new = load(before), load(after)
        found = changes.diff(old, new)
    if form == "patch":
        for line in changes.patch(old, new):
            click.echo(line, nl=False)
    else:
        click.echo(text.difference_text(found, form))
    for lost in found.lost:
        click.echo(f"lost: {lost}: {changes.remedy(lost)}", err=True)
    for moved, now in found.moved.items():
        click.echo(f"moved: {moved}: {changes.remedy(moved, now)}", err=True)
    sys.exit(1 if found.lost or found.moved else 0)
