"""`--without-each-source`: an answer again, when each source is left out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tipgraph.cli import options as shared
from tipgraph.cli.terminal import note, progress
from tipgraph.errors import CallError

if TYPE_CHECKING:
    from tipgraph.pipeline import Gathered


@dataclass(frozen=True)
class KnockOut:
    """The options of a knock-out: whether one is wanted, of which sources, and the data to build the graph from."""

    each: bool
    omitted: tuple[str, ...]
    data: Path | None

    def __post_init__(self) -> None:
        """Raise CallError for options of a knock-out without one."""
        if not self.each and (self.omitted or self.data):
            raise CallError("--of and --data belong to --without-each-source")

    @contextmanager
    def gathered(self, graph: str | None) -> "Iterator[Gathered]":
        """Give the sources to build the graph from; raise CallError for a graph that is built already."""
        from tipgraph.pipeline import gather

        if graph is not None:
            raise CallError("the sources of a built graph are already merged; name their folder with --data")
        if os.environ.get("TIPGRAPH_GRAPH"):
            note("TIPGRAPH_GRAPH is not used: the graph is built from the sources")
        with progress("reading the sources, and building the graph once whole and once without each"):
            yield gather(self.data)


options = shared.gathered(
    "knock_out",
    KnockOut,
    shared.flag(
        "--without-each-source each",
        "Show the changes when each source is left out (a knock-out). This builds the graph once for each source.",
    ),
    shared.option(
        "--of omitted", "SOURCE", "With --without-each-source: leave out only this source (repeatable).", multiple=True
    ),
    shared.option(
        "--data", "FOLDER", "With --without-each-source: the folder of the sources (else the data of the project)."
    ),
)
