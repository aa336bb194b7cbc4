"""`--without-each-source`: an answer or a measure again, when each source is left out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipgraph.cli import options as shared
from tipgraph.cli import suggestions
from tipgraph.cli.terminal import patience
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.pipeline import Gathered

_OPTIONS = (
    click.option(
        "--without-each-source",
        "each",
        is_flag=True,
        help="Show what changes when each source is left out (a knock-out). This builds the graph once for each.",
    ),
    click.option(
        "--of",
        "omitted",
        multiple=True,
        metavar="SOURCE",
        shell_complete=suggestions.by(suggestions.sources),
        help="With --without-each-source: leave out only this source (repeatable).",
    ),
    click.option(
        "--data",
        metavar="FOLDER",
        type=shared.LocalPath(path_type=Path),
        help="With --without-each-source: the folder of the sources (else the data of the project).",
    ),
    click.option(
        "--add",
        "added",
        multiple=True,
        metavar="FILE",
        type=shared.LocalPath(path_type=Path),
        help="With --without-each-source: add a graph file of `tipgraph source import --into` (repeatable).",
    ),
)


options = shared.together(*_OPTIONS)


def check(omitted: tuple[str, ...], data: Path | None, added: tuple[Path, ...], *, each: bool) -> None:
    """Raise CallError for options of a knock-out where none is asked for."""
    if not each and (omitted or data or added):
        raise CallError("--of, --data and --add belong to --without-each-source")


@contextmanager
def sources(data: Path | None, added: tuple[Path, ...], graph: str | None) -> "Iterator[Gathered]":
    """Give the sources that a graph is built of; raise CallError for a graph that is built already."""
    from tipgraph.pipeline import gather

    if graph is not None:
        raise CallError("what a built graph has joined cannot be told apart; name the folder of sources by --data")
    if os.environ.get("TIPGRAPH_GRAPH"):
        click.echo("tipgraph: not of TIPGRAPH_GRAPH, but of the folders that a graph is built of", err=True)
    with patience("reading the sources, and building the graph once whole and once without each"):
        yield gather(data, added)
