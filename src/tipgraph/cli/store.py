"""`tipgraph store`: where the graph lies. Upload it to a server, compare two builds."""

import sys

import click

from tipgraph.cli.group import Group
from tipgraph.cli.options import Call, argument, command, common, option
from tipgraph.cli.paths import say_if_older
from tipgraph.cli.terminal import progress


@click.group(cls=Group)
def store() -> None:
    """Upload the graph to a server, compare two builds."""


@command("tipgraph store push http://127.0.0.1:3030/tipgraph/data", store)
def push(
    url: str = argument(),
    call: Call = common("graph form"),
    query_url: str = option("The address of the server for queries.", "URL"),
    prune: bool = option("Delete named graphs of ours that are no longer in the graph."),
) -> None:
    """Upload the graph to a SPARQL 1.1 Graph Store at URL.

    The command replaces each named graph on the server. With --query-url it counts the statements there, and names
    graphs of ours that are left over. It does not touch the graphs of others. After an interruption, run it again.
    If a graph could not be replaced, the exit code is 1.
    """
    from tipgraph.graph import remote

    with progress("sending the graphs to the server"):
        pushed = remote.push(call.open(), url, queries=query_url, prune=prune)
    call.print_rows(["graph", "statements", "state", "why"], [[str(cell) for cell in row] for row in pushed])
    sys.exit(1 if any(row.state == "failed" for row in pushed) else 0)


@command("tipgraph store diff build/before.trig build/graph.trig", store)
def diff(
    before: str = argument(),
    after: str = argument(),
    form: str = option(
        "The format of the output.", click.Choice(["table", "csv", "json"]), "--format", default="table"
    ),
) -> None:
    """List the claims that were added, removed or changed between two builds, and the ids that are gone.

    BEFORE and AFTER are files or stores. An id is lost if it is gone and no row of retirements.csv retires it. It has
    moved if the same claim is there under another id. If an id is lost or has moved, the exit code is 1.
    """
    from tipgraph.display import text
    from tipgraph.graph import load
    from tipgraph.pipeline import changes

    say_if_older(after)  # the data changed since the build before: that is what is compared
    with progress("comparing the two builds"):
        found = changes.diff(load(before), load(after))
    click.echo(text.difference_text(found, form))
    for lost in found.lost:
        click.echo(f"lost: {lost}: {changes.remedy(lost)}", err=True)
    for moved, now in found.moved.items():
        click.echo(f"moved: {moved}: {changes.remedy(moved, now)}", err=True)
    sys.exit(1 if found.lost or found.moved else 0)
