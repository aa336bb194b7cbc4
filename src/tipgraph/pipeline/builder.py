"""The journey from `data/` to a graph: sources, statements, identity, graph, derived statements."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from tipgraph.errors import Fault, InputError, UnknownName, shown
from tipgraph.graph import Graph, construct, deadline, derive, ontology_statements, query
from tipgraph.model import REFERENCE_NAME, Statement, data_iri, data_name, kit, ontology, terms, tip
from tipgraph.pipeline import audits, corrections, merge
from tipgraph.pipeline.merge.inconsistency import placed
from tipgraph.pipeline.removal import rest
from tipgraph.sources import SOURCE_FILE, Screened, Source, masked, read, screen, statements_of, with_reference

_TYPE, _SOURCE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(tip.Source)


def build(
    data: Path | None = None,
    added: Sequence[Path] = (),
    without: Collection[str] = (),
    tell: Callable[[Screened], None] | None = None,
) -> Graph:
    """Build the graph of a folder of sources, with graph files that an import wrote.

    By default that of the project, else that of the kit. A folder without a reference of its own has the places and
    actors of the kit's; the project's own reference is added to these. `without` names sources to build
    without, as if their folders were not there. Raises InputError with every fault of every table at once, cells among
    them that hold what is personal, UnknownName for a source that is not there or that is the reference. What may be
    personal and is only flagged is told to `tell`.

    >>> whole, rest = build(), build(without=["oas-cim-2005"])
    >>> len(rest) < len(whole)
    True
    """
    gathered = gather(data, added)
    graph = gathered.graph(without)
    if tell:
        tell(gathered.screened)
    return graph


@dataclass(frozen=True)
class Gathered:
    """What sources say, before identity joins it: to be made a graph, of all of it or without some sources.

    `folders` are the sources that were read from folders, `faults` what is wrong with their tables, `screened` what in
    them is personal, `asked` the corrections that were granted.
    """

    statements: list[Statement]
    folders: Sequence[Source]
    faults: Sequence[Fault]
    screened: Screened
    asked: Sequence[corrections.Correction] = ()

    @cached_property
    def sources(self) -> list[str]:
        """The names of the sources that can be left out: all but the reference."""
        found = (one.subject for one in self.statements if one.predicate == _TYPE and one.object == _SOURCE)
        return sorted({data_name(node.value) for node in found} - {REFERENCE_NAME})

    def graph(self, without: Collection[str] = ()) -> Graph:
        """Build the graph; raise InputError with every fault, UnknownName for a source that cannot be left out."""
        if unknown := sorted(set(without).difference(self.sources)):
            raise UnknownName(f"{unknown[0]!r} is no source to do without; the sources are {', '.join(self.sources)}")
        statements, faults = merge.apply(rest(self.statements, without) if without else self.statements)
        asked, known = self.asked, {one.subject for one in statements} if without else set()
        if without:  # a request on what went with a source is none here
            asked = [one for one in self.asked if one.node in known]
        statements, unknown_rows = corrections.remove(statements, asked, ontology())
        faults = [*placed(faults, self.folders), *self.faults, *unknown_rows, *self.screened.stopping]
        if faults:
            raise InputError(one._replace(message=masked(one.message), column=masked(one.column)) for one in faults)
        files = [path for path in sorted(kit.folder("ontology").glob("*.ttl")) if path.stem != "shapes"]
        return whole([*statements, *ontology_statements([*files, *kit.own_files("ontology", "*.ttl")])])


def gather(data: Path | None = None, added: Sequence[Path] = ()) -> Gathered:
    """Read what a graph is built of, once for all graphs that are built of it; takes what `build` takes."""
    sources = with_reference(data)
    asked, faults = corrections.read_corrections(sources)
    traces, unknown = corrections.correct(sources, asked, ontology())
    faults += unknown
    reading = read(sources, ontology())
    reading.statements += traces
    stale, wrong = audits.weigh(sources, reading.statements)
    reading.statements += stale
    faults += wrong
    streams = {path: list(statements_of(path)) for path in added}
    screened = screen(sources, ontology(), streams)
    streamed = [statement for statements in streams.values() for statement in statements]
    twice = {data_iri(source.name) for source in sources} & {statement.source for statement in streamed}
    faults += [Fault("is a folder too, and a file that is added; keep one", str(one.value)) for one in twice]
    reading.statements += streamed
    faults += [*reading.faults, *_missing(sources, reading.statements)]
    faults += query.own_faults(reading.statements)
    return Gathered(reading.statements, sources, faults, screened, asked)


def whole(statements: Iterable[Statement]) -> Graph:
    """Return the graph of statements, with all that the rules of the kit and of the project derive from them."""
    return derive(Graph(statements), kit.files("queries/derive", "*.rq"), _run)


def _run(graph: Graph, rule: Path) -> Iterable[Triple | Quad]:
    """Run a rule, one of the project until its deadline."""
    return deadline.construct(graph, rule) if kit.is_own(rule) else construct(graph, rule)


def _missing(sources: Iterable[Source], statements: Iterable[Statement]) -> Iterable[Fault]:
    """Compare the number of rows per source and class with what `source.toml` expects at least."""
    types = (statement for statement in statements if statement.predicate == _TYPE)
    counts = Counter((data_name(one.subject.value).partition("/")[0], one.object.value) for one in types)
    for source in sources:
        for name, least in source.expected.items():
            found = counts[source.name, terms.iri(name)]
            if found < least and not source.unread:
                message = (
                    f"expected at least {least} {name}, found {found}; "
                    "restore the rows, or lower the number if they were meant to go"
                )
                yield Fault(message, shown(source.path / SOURCE_FILE), None, "expected")
