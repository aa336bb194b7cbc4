"""The command line: one command per public verb.

    group · options · paths · terminal  →  one module for each group of commands  →  main

`tipgraph --help` imports every module here. So a command imports the other wings only when it runs.

Decision: docs/decisions/0107-the-command-line-has-at-most-15-entries.md.
"""

import signal
import threading
from typing import Any

import click

from tipgraph.cli import options
from tipgraph.cli.group import Group
from tipgraph.cli.lifecycle import build, check, init, status, store
from tipgraph.cli.publication import pages, release, serve
from tipgraph.cli.questions import export, find, network, query, show
from tipgraph.cli.review import review
from tipgraph.cli.source import source

__all__ = ["main"]

_COMMANDS = [
    init, build, check, status, find, query, show, network, export, pages, serve, source, review, store, release,
]  # fmt: skip


def _say_versions(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # as click calls it
    if asked and not ctx.resilient_parsing:
        from tipgraph.model import versions

        click.echo(versions.summary())
        ctx.exit()


def _each(command: click.Command, graph: str) -> dict[str, Any]:
    """Return the defaults of a command, or of all commands of a group, that name a graph."""
    commands = command.commands if isinstance(command, click.Group) else {}
    return {name: _each(below, graph) for name, below in commands.items()} or {"graph": graph}


@click.group(
    cls=Group,
    commands=_COMMANDS,
    params=[options.graph("graph", str | None)],
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=options.example("tipgraph query routes destination=JP"),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_versions,
    help="Print the versions of the program, the ontology and the data, and exit.",
)
@click.pass_context
def main(ctx: click.Context, graph: str | None) -> None:
    """A knowledge graph of who works against human trafficking, with the source sentence for every claim.

    Start with `tipgraph build`. Then `tipgraph find WORDS` finds entries and claims, and `tipgraph query` lists the
    questions that the graph answers.
    """  # noqa: D401 - the description of the tool, not of the function
    if graph is not None:
        ctx.default_map = _each(main, graph)  # -g of a command itself goes first
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a query inside the engine must end on Ctrl-C too
