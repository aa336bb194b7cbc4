"""The journey from `data/` to a graph: sources, statements, identity, graph, derived statements."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pyoxigraph import NamedNode

from tipgraph import corrections, identity, kit, readers, tip
from tipgraph.errors import Fault, InputError
from tipgraph.graph import Graph, derive, ontology_statements
from tipgraph.identity.contradictions import placed
from tipgraph.ontology import ontology
from tipgraph.personal import masked
from tipgraph.sources import SOURCE_FILE, Source, read_sources, reference_of, shown
from tipgraph.statements import DATA, REFERENCE_NAME, Statement, data_iri

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def build(
    data: Path | None = None, added: Sequence[Path] = (), tell: Callable[[readers.Screened], None] | None = None
) -> Graph:
    """Build the graph of a folder of sources, by default that of the kit, with graph files that an import wrote.

    A folder without a reference of its own has the places and actors of the kit's. Raises InputError with every fault
    of every table at once, cells among them that hold what is personal. What of that is only flagged is told to `tell`.
    """
    sources = with_reference(data)
    asked, unread = corrections.read_corrections(sources)
    unread += corrections.correct(sources, asked)
    reading = readers.read(sources, ontology())
    streams = {path: list(readers.statements_of(path)) for path in added}
    screened = readers.screen(sources, ontology(), streams)
    streamed = [statement for statements in streams.values() for statement in statements]
    twice = {data_iri(source.name) for source in sources} & {statement.source for statement in streamed}
    reading.faults += [Fault("is a folder too, and a file that is added; keep one", str(one.value)) for one in twice]
    reading.statements += streamed
    statements, faults = identity.apply(reading.statements)
    statements, unknown = corrections.remove(statements, asked, ontology())
    faults = [*placed(faults, sources), *reading.faults, *_missing(sources, reading.statements), *screened.stopping]
    faults += [*unread, *unknown]
    if faults:
        raise InputError(fault._replace(message=masked(fault.message), column=masked(fault.column)) for fault in faults)
    if tell:
        tell(screened)
    terms = [path for path in sorted(kit.folder("ontology").glob("*.ttl")) if path.stem != "shapes"]
    return whole([*statements, *ontology_statements(terms)])


def whole(statements: Iterable[Statement]) -> Graph:
    """Return the graph of statements, with all that the rules of the kit derive from them."""
    return derive(Graph(statements), sorted((kit.folder("queries") / "derive").glob("*.rq")))


def with_reference(data: Path | None = None) -> list[Source]:
    """Read every source of a folder, by default those of the kit, and a reference: their own, or what the kit lends."""
    sources = read_sources(data or kit.folder("data"))
    if not any(source.name == REFERENCE_NAME for source in sources):
        sources.append(reference_of(data))
    return sources


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
