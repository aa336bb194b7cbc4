"""The journey from `data/` to a graph: sources, statements, identity, graph, derived statements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode

from tipgraph import identity, kit, readers, tip
from tipgraph.errors import Fault, InputError
from tipgraph.graph import Graph, derive, ontology_statements
from tipgraph.identity.contradictions import placed
from tipgraph.ontology import ontology
from tipgraph.sources import SOURCE_FILE, Source, read_sources, reference_of, shown
from tipgraph.statements import DATA, REFERENCE_NAME, Statement, data_iri

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def build(data: Path | None = None, added: Sequence[Path] = ()) -> Graph:
    """Build the graph of a folder of sources, by default that of the kit, with graph files that an import wrote.

    A folder without a reference of its own has the places and actors of the kit's. Raises InputError with every fault
    of every table at once.
    """
    sources = read_sources(data or kit.folder("data"))
    if not any(source.name == REFERENCE_NAME for source in sources):
        sources.append(reference_of(data))
    reading = readers.read(sources, ontology())
    streamed = list(chain.from_iterable(map(readers.statements_of, added)))
    twice = {data_iri(source.name) for source in sources} & {statement.source for statement in streamed}
    reading.faults += [Fault("is a folder too, and a file that is added; keep one", str(one.value)) for one in twice]
    reading.statements += streamed
    statements, faults = identity.apply(reading.statements)
    faults = [*placed(faults, sources), *reading.faults, *_missing(sources, reading.statements)]
    if faults:
        raise InputError(faults)
    terms = [path for path in sorted(kit.folder("ontology").glob("*.ttl")) if path.stem != "shapes"]
    graph = Graph([*statements, *ontology_statements(terms)])
    return derive(graph, sorted((kit.folder("queries") / "derive").glob("*.rq")))


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
