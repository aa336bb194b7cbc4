"""`tipgraph store`: where the graph lies. Upload it to a server, verify a store, compare two builds."""

import sys
from pathlib import Path

import click

from tipgraph.cli import options
from tipgraph.cli.group import Group
from tipgraph.cli.options import example
from tipgraph.cli.paths import open_graph, say_if_older
from tipgraph.cli.terminal import patience


@click.group(cls=Group)
def store() -> None:
    """Upload the graph to a server, verify a store, compare two builds."""


@store.command(epilog=example("tipgraph store push http://127.0.0.1:3030/tipgraph/data"))
@click.argument("url")
@options.graph
@click.option("--query-url", "queries", default="", metavar="URL", help="The address of the server for queries.")
@click.option("--prune", is_flag=True, help="Delete named graphs of ours that are no longer in the graph.")
@click.option(
    "--fewer", is_flag=True, help="Also replace named graphs that are more than twice as large on the server."
)
@options.form
def push(url: str, graph: str | None, queries: str, *, prune: bool, fewer: bool, form: str) -> None:
    """Upload the graph to a SPARQL 1.1 Graph Store at URL.

    The command replaces each named graph that differs on the server, then counts its statements. It does not send
    equal graphs again: after an interruption, run it again. It does not touch the graphs of others. A graph that is
    more than twice as large on the server stays, because yours may be a part: --fewer replaces it. If a graph could not
    be replaced, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import remote

    with patience("comparing with what is there, and sending what is not the same"):
        pushed = remote.push(open_graph(graph), url, queries=queries, prune=prune, fewer=fewer)
    rows = [["" if cell is None else str(cell) for cell in one] for one in pushed]
    click.echo(text.rows_text(["graph", "statements", "before", "state", "why"], rows, form))
    sys.exit(1 if any(one.state == "failed" for one in pushed) else 0)


@store.command(epilog=example("tipgraph store verify build/store"))
@click.argument("folder", metavar="STORE", type=options.LocalPath(path_type=Path))
def verify(folder: Path) -> None:
    """Compare every file of a STORE with its manifest, and report each changed byte.

    STORE is a folder that `tipgraph build -o STORE/` wrote. The command reads all generations in it. If a file has
    changed, the exit code is 1.
    """
    from tipgraph.graph import generations

    with patience(f"reading every file of {folder}"):
        found, faults = generations.verify(folder)
    for fault in faults:
        click.echo(fault)
    for one in found:
        state = f"{one.manifest['statements']:,} statements, as they were written" if one.manifest else "is damaged"
        click.echo(f"{one.folder}: {state}", err=bool(faults))
    sys.exit(1 if faults else 0)


@store.command(epilog=example("tipgraph store diff build/before.trig build/graph.trig"))
@click.argument("before")
@click.argument("after")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "patch"]),
    default="table",
    show_default=True,
    help="The format of the output; patch is an RDF patch of all statements.",
)
def diff(before: str, after: str, form: str) -> None:
    """List the claims that were added, removed or changed between two builds, and the lost ids.

    BEFORE and AFTER are files or stores. An id is lost if it is gone and no row of retirements.csv retires it. If an id
    is lost, the exit code is 1.
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
