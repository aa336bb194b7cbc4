"""The journey from `data/` to a graph: sources, statements, identity, graph, derived statements."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode

from tipgraph import identity, kit, readers, tip
from tipgraph.errors import Fault, InputError, UnknownName
from tipgraph.graph import Graph, derive, ontology_statements
from tipgraph.identity.contradictions import placed
from tipgraph.ontology import ontology
from tipgraph.rest import rest
from tipgraph.sources import SOURCE_FILE, Source, read_sources, reference_of, shown
from tipgraph.statements import DATA, REFERENCE_NAME, Statement, data_iri

_TYPE, _SOURCE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(tip.Source)


def build(data: Path | None = None, added: Sequence[Path] = (), without: Collection[str] = ()) -> Graph:
    """Build the graph of a folder of sources, by default that of the kit, with graph files that an import wrote.

    A folder without a reference of its own has the places and actors of the kit's. `without` names sources to build
    without, as if their folders were not there. Raises InputError with every fault of every table at once, UnknownName
    for a source that is not there or that is the reference.
    """
    return gather(data, added).graph(without)


@dataclass(frozen=True)
class Gathered:
    """What sources say, before identity joins it: to be made a graph, of all of it or without some sources.

    `folders` are the sources that were read from folders, `faults` what is wrong with their tables.
    """

    statements: list[Statement]
    folders: Sequence[Source]
    faults: Sequence[Fault]

    @cached_property
    def sources(self) -> list[str]:
        """The names of the sources that can be left out: all but the reference."""
        found = (one.subject for one in self.statements if one.predicate == _TYPE and one.object == _SOURCE)
        return sorted({node.value.removeprefix(DATA) for node in found} - {REFERENCE_NAME})

    def graph(self, without: Collection[str] = ()) -> Graph:
        """Build the graph; raise InputError with every fault, UnknownName for a source that cannot be left out."""
        if unknown := sorted(set(without).difference(self.sources)):
            raise UnknownName(f"{unknown[0]!r} is no source to do without; the sources are {', '.join(self.sources)}")
        statements, faults = identity.apply(rest(self.statements, without) if without else self.statements)
        faults = [*placed(faults, self.folders), *self.faults]
        if faults:
            raise InputError(faults)
        terms = [path for path in sorted(kit.folder("ontology").glob("*.ttl")) if path.stem != "shapes"]
        graph = Graph([*statements, *ontology_statements(terms)])
        return derive(graph, sorted((kit.folder("queries") / "derive").glob("*.rq")))


def gather(data: Path | None = None, added: Sequence[Path] = ()) -> Gathered:
    """Read what a graph is built of, once for all graphs that are built of it; takes what `build` takes."""
    sources = read_sources(data or kit.folder("data"))
    if not any(source.name == REFERENCE_NAME for source in sources):
        sources.append(reference_of(data))
    reading = readers.read(sources, ontology())
    streamed = list(chain.from_iterable(map(readers.statements_of, added)))
    twice = {data_iri(source.name) for source in sources} & {statement.source for statement in streamed}
    reading.faults += [Fault("is a folder too, and a file that is added; keep one", str(one.value)) for one in twice]
    reading.statements += streamed
    return Gathered(reading.statements, sources, [*reading.faults, *_missing(sources, reading.statements)])


def _missing(sources: Iterable[Source], statements: Iterable[Statement]) -> Iterable[Fault]:
    """Compare the number of rows per source and class with what `source.toml` expects at least."""
    types = (statement for statement in statements if statement.predicate == _TYPE)
    counts = Counter((one.subject.value.removeprefix(DATA).partition("/")[0], one.object.value) for one in types)
    for source in sources:
        for name, least in source.expected.items():
            found = counts[source.name, tip.NAMESPACE + name]
            if found < least and not source.unread:
                message = (
                    f"expected at least {least} {name}, found {found}; "
                    "restore the rows, or lower the number if they were meant to go"
                )
                yield Fault(message, shown(source.path / SOURCE_FILE), None, "expected")
