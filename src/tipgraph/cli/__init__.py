"""The command line: one command per public verb.

    options · paths · terminal · suggestions  →  one module for each group of commands  →  group (errors as exit codes)

`tipgraph --help` imports every module here. So a command imports the other wings only when it runs.
"""

import signal
import threading

import click

from tipgraph.cli import options
from tipgraph.cli.completion import completion
from tipgraph.cli.conflict_review import conflicts
from tipgraph.cli.group import Group
from tipgraph.cli.identity_review import match
from tipgraph.cli.imports import import_
from tipgraph.cli.lifecycle import build, check, diff, verify
from tipgraph.cli.networks import export, network
from tipgraph.cli.privacy_review import personal
from tipgraph.cli.publication import pages, push, release, serve
from tipgraph.cli.questions import locate, numbers, query, show, view
from tipgraph.cli.sensitivity import knock_out
from tipgraph.cli.start import init

__all__ = ["main"]

_COMMANDS = [
    init, build, import_, personal, check, verify, diff, view, locate, query, show, numbers, knock_out, network, export,
    pages, release, push, serve, match, conflicts, completion,
]  # fmt: skip


def _say_versions(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # as click calls it
    if asked and not ctx.resilient_parsing:
        from tipgraph.model import versions

        click.echo(versions.said())
        ctx.exit()


@click.group(cls=Group, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_say_versions,
    help="Say which program, ontology and data this is, and exit.",
)
@options.graph
@click.pass_context
def main(ctx: click.Context, graph: str | None) -> None:
    """A knowledge graph of who works against human trafficking, with the source sentence for every claim.

    Start with `tipgraph build`, then `tipgraph query` for the questions it answers.
    """  # noqa: D401 - the description of the tool, not of the function
    if graph is not None:
        ctx.default_map = {name: {"graph": graph} for name in main.commands}  # -g of a command itself goes first
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a query inside the engine must end on Ctrl-C too
