"""The build: from the folders of `data/` to a graph.

    `gather`          with_reference  →  corrections.correct_rows  →  sources.read  →  audits.apply  →  screen
    `Gathered.graph`  without_sources  →  merge.merge_nodes  →  corrections.remove_rows  →  every fault raised at once
    `derived_graph`   statements of sources and of the ontology  →  rules of `queries/derive/`  →  graph

A row of a table becomes statements when it is read; its claim passes through all steps, and every fault is collected.
"""

import gc
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode

from tipgraph.errors import Fault, InputError, UnknownName, shown
from tipgraph.graph import Graph, derive, ontology_statements, query
from tipgraph.model import RDF_TYPE, REFERENCE_NAME, Statement, data_name, kit, ontology, terms, tip
from tipgraph.pipeline import audits, corrections, merge
from tipgraph.pipeline.merge.judgements import placed
from tipgraph.pipeline.removal import without_sources
from tipgraph.sources import (
    SOURCE_FILE,
    Screened,
    Source,
    masked,
    price_faults,
    read,
    screen,
    unlocated,
    with_reference,
)

_SOURCE = NamedNode(tip.Source)


def build(
    data: Path | None = None,
    without: Collection[str] = (),
    tell: Callable[[list[str]], None] | None = None,
) -> Graph:
    """Build the graph of a folder of sources.

    The default folder is that of the project, else that of the kit. A folder without a reference takes the places and
    actors of the kit's; a project's reference is added to these. The sources `without` are left out, as if their
    folders did not exist. `tell` gets notices about findings that may be personal. Raises
    InputError with every fault of every table at once, also for personal data, UnknownName for a source to leave out
    that is unknown or the reference.

    >>> graph, smaller = build(), build(without=["oas-cim-2005"])
    >>> len(smaller) < len(graph)
    True
    """
    collects = gc.isenabled()
    gc.disable()  # statements hold no circles, and the search for such takes a sixth of a build
    try:
        gathered = gather(data)
        graph = gathered.graph(without)
    finally:
        if collects:
            gc.enable()
    if tell:
        tell(gathered.screened.remarks)
    return graph


@dataclass(frozen=True)
class Gathered:
    """The statements of all sources before nodes are merged, of which graphs are built with or without some sources.

    `folders` are the sources that were read from folders, `faults` those of their tables, `screened` the personal data
    found, `granted` the corrections that were granted.
    """

    statements: list[Statement]
    folders: Sequence[Source]
    faults: Sequence[Fault]
    screened: Screened
    granted: Sequence[corrections.Correction] = ()

    @cached_property
    def sources(self) -> list[str]:
        """The names of the sources that can be left out: all but the reference."""
        nodes = (part.subject for part in self.statements if part.predicate == RDF_TYPE and part.object == _SOURCE)
        return sorted({data_name(node.value) for node in nodes} - {REFERENCE_NAME})

    def graph(self, without: Collection[str] = ()) -> Graph:
        """Build the graph; raise InputError with every fault, UnknownName for a source that cannot be left out."""
        if unknown := sorted(set(without).difference(self.sources)):
            raise UnknownName(f"{unknown[0]!r} is no source to leave out; the sources are {', '.join(self.sources)}")
        statements, faults = merge.merge_nodes(
            without_sources(self.statements, without) if without else self.statements
        )
        granted = self.granted
        if without:  # a correction of a row that is left out is no fault here
            subjects = {statement.subject for statement in statements}
            granted = [correction for correction in granted if correction.node in subjects]
        statements, unknown_rows = corrections.remove_rows(statements, granted, ontology())
        faults = [*placed(faults, self.folders), *self.faults, *unknown_rows, *self.screened.stopping]
        if faults:
            raise InputError(
                fault._replace(message=masked(fault.message), column=masked(fault.column)) for fault in faults
            )
        files = [path for path in sorted(kit.folder("ontology").glob("*.ttl")) if path.stem != "shapes"]
        return derived_graph([*statements, *ontology_statements([*files, *kit.own_files("ontology", "*.ttl")])])


def gather(data: Path | None = None) -> Gathered:
    """Read the sources once for all graphs that are built of them; takes the folder of `build`."""
    return stated(with_reference(data))


def stated(sources: Sequence[Source]) -> Gathered:
    """Return the statements of sources with their faults; corrections change the rows of the sources."""
    granted, faults = corrections.read_corrections(sources)
    traces, correction_faults = corrections.correct_rows(sources, granted, ontology())
    rows = read(sources, ontology())
    statements, audit_faults = audits.apply(sources, [*rows.statements, *traces])
    screened = screen(sources, ontology(), rows.index)
    faults += [*correction_faults, *audit_faults, *rows.faults]
    faults += [*_missing_claims(sources, statements), *query.project_faults(statements)]
    faults += [fault for fault in price_faults() if fault not in faults]
    return Gathered(statements, sources, faults, screened, granted)


def derived_graph(statements: Iterable[Statement]) -> Graph:
    """Return the graph of statements and of those that the rules of the kit and the project derive from them."""
    return derive(Graph(statements), kit.files("queries/derive", "*.rq"))


def _missing_claims(sources: Iterable[Source], statements: Iterable[Statement]) -> Iterator[Fault]:
    """Compare the number of rows of each class with the least number that `source.toml` expects."""
    types = (statement for statement in statements if statement.predicate == RDF_TYPE)
    counts = Counter((data_name(part.subject.value).partition("/")[0], part.object.value) for part in types)
    for source in sources:
        for name, least in source.expected.items():
            count = counts[source.name, terms.iri(name)]
            if count < least and not source.unread and not unlocated(source):
                message = (
                    f"expected at least {least} {name}, found {count}; "
                    "restore the rows, or lower the number if they were meant to go"
                )
                yield Fault(message, shown(source.path / SOURCE_FILE), None, "expected")
