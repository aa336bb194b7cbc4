"""What a process of its own does, which it may crash or never end: parse a file of others, run a rule of a project.

`sandbox` starts it, and reads its standard output. A file to parse is standard input and comes out as N-Quads, the
triples of a rule as N-Triples.

Decision: docs/decisions/0053-a-statement-without-a-named-graph-gets-one.md.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from tipgraph.errors import GraphError
from tipgraph.graph.engine import Embedded
from tipgraph.graph.graph import Graph
from tipgraph.model import CODE, CONTEXT, DATA, ONTOLOGY, kit, terms, tip
from tipgraph.runtime import read_text

FORMATS = {
    ".jsonld": RdfFormat.JSON_LD,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".owl": RdfFormat.RDF_XML,
    ".rdf": RdfFormat.RDF_XML,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".xml": RdfFormat.RDF_XML,
}
BOM = b"\xef\xbb\xbf"
_SOURCE = NamedNode(tip.source)
_TRIPLE_TERMS = "it holds triple terms (RDF 1.2, RDF-star), which a graph of claims does not"


def main(words: Sequence[str]) -> None:
    """Parse a file with a suffix (`.ttl`), or run a rule on the statements of an N-Quads file (`graph.nq rule.rq`).

    Raises GraphError, QueryError, SyntaxError, ValueError.
    """
    if len(words) == 1:
        serialize(statements(sys.stdin.buffer, *words), sys.stdout.buffer, RdfFormat.N_QUADS)
        return
    held, rule = words
    store = Store()
    store.load(path=held, format=RdfFormat.N_QUADS)
    triples = Graph.over(Embedded(store)).query(read_text(Path(rule)))
    if not isinstance(triples, QueryTriples):
        raise GraphError("is no CONSTRUCT query; write one")
    serialize(triples, sys.stdout.buffer, RdfFormat.N_TRIPLES)


def statements(file: IO[bytes], suffix: str) -> Iterator[Quad]:
    """Yield the statements of a file, each in a named graph and without blank nodes.

    A statement in no named graph goes to the graph of the source that its subject names by `tip:source`, a term of the
    kit to the graph `ontology`, and any other to a graph named by the digest of the file. Raises ValueError for triple
    terms, SyntaxError for a file that is no RDF, or whose context is neither in it nor in the kit.
    """
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # a stream of a file has `readinto`
    graph_of_file = NamedNode(f"{DATA}file/{digest[:16]}")
    read = _parser(file, FORMATS[suffix], f"{graph_of_file.value}/")
    sources: dict[NamedNode, NamedNode] = {}
    for subject, predicate, value, graph in _named(read(), graph_of_file):
        if predicate == _SOURCE and graph is None and isinstance(value, NamedNode):
            sources[subject] = min(value, sources.get(subject, value), key=str)
    kit_terms = (*terms.namespaces(), CODE)
    for subject, predicate, value, graph in _named(read(), graph_of_file):
        own = ONTOLOGY if subject.value.startswith(kit_terms) else sources.get(subject, graph_of_file)
        yield Quad(subject, predicate, value, graph or own)


def _named(quads: Iterable[Quad], base: NamedNode) -> Iterator[tuple[NamedNode, NamedNode, Any, NamedNode | None]]:
    """Yield the parts of statements; blank nodes get IRIs, numbered in the order of the file.

    They begin with the digest of the file, so that the same file is the same graph each time. The graph is None for
    the default graph.
    """
    nodes: dict[BlankNode, NamedNode] = {}

    def named(term: Any) -> Any:
        if not isinstance(term, BlankNode):
            return term
        return nodes.setdefault(term, NamedNode(f"{base.value}/node-{len(nodes) + 1}"))

    for subject, predicate, value, graph in quads:
        if isinstance(value, Triple) or isinstance(subject, Triple):
            raise ValueError(_TRIPLE_TERMS)  # noqa: TRY004  # the file is wrong, not the program
        named_graph = None if isinstance(graph, DefaultGraph) else named(graph)
        yield named(subject), predicate, named(value), named_graph


def _parser(file: IO[bytes], form: RdfFormat, base: str) -> Callable[[], Iterable[Quad]]:
    """Return a function that parses a file from its beginning."""
    if form == RdfFormat.JSON_LD:
        file.seek(0)
        data = with_context(file.read())
        return lambda: parse(data, form, base_iri=base)
    return lambda: parse(after_mark(file), form, base_iri=base)


def after_mark(file: IO[bytes]) -> IO[bytes]:
    """Return an open file at its beginning, or after the mark with which some editors begin a text."""
    file.seek(0)
    file.seek(len(BOM) if file.read(len(BOM)) == BOM else 0)
    return file


def with_context(data: bytes) -> bytes:
    """Replace the name of the kit's context in JSON-LD by the context; Oxigraph reads no other from elsewhere.

    >>> with_context(b'{"@context": {"name": "https://example.org/name"}, "name": "x"}')
    b'{"@context": {"name": "https://example.org/name"}, "name": "x"}'
    """
    tree = json.loads(data.decode("utf-8-sig"))
    for node in tree if isinstance(tree, list) else [tree]:
        if isinstance(node, dict) and "@context" in node:
            given = node["@context"]
            node["@context"] = list(map(_context, given)) if isinstance(given, list) else _context(given)
    return json.dumps(tree).encode()


def _context(context: Any) -> Any:
    if not isinstance(context, str):
        return context
    if context not in (CONTEXT, CONTEXT.rpartition("/")[2]):
        raise ValueError(f"its context is elsewhere, at {context[:200]}")
    return json.loads((kit.folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
