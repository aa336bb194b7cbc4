"""All that the sources say, together, in Oxigraph: built once, then only read.

The only module that holds a store. The default graph of every query is the union of the named graphs.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from tipgraph import kit, sparql, tip
from tipgraph.errors import Fault, GraphError, InputError, QuerySyntaxError
from tipgraph.files import whole
from tipgraph.statements import DATA, DERIVED, ONTOLOGY, Statement

if TYPE_CHECKING:
    from rdflib import Dataset

FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
PREFIXES = {
    "tip": tip.NAMESPACE,
    "code": "https://w3id.org/tipgraph/code#",
    "id": DATA,
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Terms: TypeAlias = Mapping[str, Sequence[NamedNode | Literal]]


class Citation(NamedTuple):
    """Where a claim is said: source, paragraph, sentence, the span in code points, its digest, and its text file."""

    source: str
    paragraph: int
    sentence: int
    start: int
    end: int
    digest: str
    file: str

    def __str__(self) -> str:
        """Say it shortly, as `oas-cim-2005 ¶13 s2`."""
        return f"{self.source} ¶{self.paragraph} s{self.sentence}"


class Remark(NamedTuple):
    """What must be known beside a claim: whether it is only implied, and what the editor notes on it."""

    implied: bool
    notes: tuple[str, ...]


class Graph:
    """A graph that is only read.

    >>> graph = Graph([Statement(NamedNode("a:b"), NamedNode("a:c"), Literal("d"), NamedNode("a:e"))])
    >>> len(graph)
    1
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        """Hold statements in memory."""
        self._store = Store()
        self._store.bulk_extend(Quad(*statement) for statement in statements)

    @classmethod
    def load(cls, path: Path) -> "Graph":
        """Open a graph file, `.trig` or `.nq`; raise GraphError where that cannot be done."""
        graph = cls()
        try:
            graph._store.load(
                path=str(path), format=_format(path)
            )  # bulk_load is a sixth quicker, and takes half as much again
        except FileNotFoundError as error:
            raise GraphError(f"{path}: there is no such file; build it with `tipgraph build -o {path}`") from error
        except SyntaxError as error:
            raise GraphError(f"{path}:{error.lineno}: cannot be read: {error.msg}; build it again") from error
        except OSError as error:
            raise GraphError(f"{path}: cannot be read: {error}") from error
        return graph

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self._store)

    def query(self, text: str, values: Terms | None = None) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Run a query that only reads, with terms in its slots.

        Raises QueryRefused, or QuerySyntaxError with line and column. A query that names its own dataset with FROM gets
        it; any other reads all named graphs together.
        """
        names_dataset = sparql.guard(text, self.sources)
        return self._run(sparql.bind(text, values) if values is not None else text, union=not names_dataset)

    def named(self, name: str, values: Terms | None = None) -> QuerySolutions:
        """Run one of the graph's own queries, `queries/graph/NAME.rq`, with terms in its slots.

        They are part of the kit and may hold many terms, so that the limits on queries of others do not apply.
        """
        solutions = self._run(sparql.bind(_own_query(name), values or {}))
        if not isinstance(solutions, QuerySolutions):
            raise GraphError(f"queries/graph/{name}.rq is no SELECT query; restore it")
        return solutions

    def _run(self, text: str, *, union: bool = True) -> QuerySolutions | QueryTriples | QueryBoolean:
        try:
            return self._store.query(text, prefixes=PREFIXES, use_default_graph_as_union=union)
        except SyntaxError as error:
            message = error.msg.removeprefix("error at ")
            raise QuerySyntaxError(f"the query does not parse, at line:column {message}") from None

    @cached_property
    def sources(self) -> frozenset[str]:
        """The names of the named graphs."""
        return frozenset(name.value for name in self._store.named_graphs())

    @cached_property
    def dataset(self) -> "Dataset":
        """The graph as an rdflib Dataset, a view that refuses to be written to and runs the text of queries guarded."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        reader = _Reader(self._store, self.sources)

        class _ReadOnlyStore(OxigraphStore):
            @property
            def _inner(self) -> Any:
                return reader

            def remove(self, *_: Any, **__: Any) -> None:
                raise GraphError("a graph is only read; change data/ and build again")

            update = remove  # before rdflib's own evaluator sees it, which would fetch what LOAD names

            def query(self, query: Any, *words: Any, **options: Any) -> Any:
                if not isinstance(query, str):
                    raise GraphError("hand over the text of a query; a prepared one would bypass Oxigraph")
                try:
                    return super().query(query, *words, **options)
                except NotImplementedError as error:  # rdflib would go on with its own evaluator, which is not guarded
                    raise GraphError("this query is not run over the whole dataset; ask the dataset itself") from error

        return Dataset(store=_ReadOnlyStore(), default_union=True)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the sorted N-Quads."""
        lines = sorted(f"{quad} .\n" for quad in self._store)
        return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()

    def about(self, nodes: Iterable[NamedNode]) -> Iterable[Statement]:
        """Return all statements whose subject is one of some nodes."""
        for node in dict.fromkeys(nodes):
            for quad in self._store.quads_for_pattern(node, None, None):
                if isinstance(quad.object, NamedNode | Literal) and isinstance(quad.graph_name, NamedNode):
                    yield Statement(node, quad.predicate, quad.object, quad.graph_name)

    def labels(self, nodes: Iterable[NamedNode], language: str = "en") -> dict[NamedNode, str]:
        """Return the label of each node that has one, in a language or else in English."""
        wanted = list(dict.fromkeys(nodes))
        found: dict[NamedNode, dict[str, str]] = {}
        for row in self.named("labels", {"node": wanted}):
            node, label = row["node"], row["label"]
            if isinstance(node, NamedNode) and isinstance(label, Literal) and label.value.strip():
                found.setdefault(node, {})[label.language or ""] = label.value
        return {node: by.get(language) or by.get("en") or min(by.values()) for node, by in found.items()}

    def cite(self, claims: Iterable[NamedNode]) -> dict[NamedNode, list[Citation]]:
        """Return where each claim is said, in the order of the text."""
        wanted = list(dict.fromkeys(claims))
        cited: dict[NamedNode, set[Citation]] = {claim: set() for claim in wanted}
        for row in self.named("cite", {"claim": wanted}):
            words = [_text(row[name]) for name in Citation._fields]
            paragraph, sentence, start, end = map(int, words[1:5])
            citation = Citation(words[0], paragraph, sentence, start, end, words[5], words[6])
            claim = row["claim"]
            if isinstance(claim, NamedNode):
                cited[claim].add(citation)
        return {claim: sorted(found) for claim, found in cited.items()}

    def remarks(self, claims: Iterable[NamedNode]) -> dict[NamedNode, Remark]:
        """Return how each claim is said, and the editor's notes on it."""
        found: dict[NamedNode, Remark] = {}
        for row in self.named("remarks", {"claim": list(dict.fromkeys(claims))}):
            notes = found.get(row["claim"], Remark(implied=False, notes=())).notes
            added = (row["note"].value,) if row["note"] is not None else ()
            found[row["claim"]] = Remark(implied=row["modality"].value == "implied", notes=notes + added)
        return found


class _Reader:
    """The part of a store that reads; anything else of it is refused."""

    _READS = frozenset({"quads_for_pattern", "named_graphs", "contains_named_graph", "dump"})

    def __init__(self, store: Store, graphs: frozenset[str]) -> None:
        self._store, self._graphs = store, graphs

    def query(self, text: str, **options: Any) -> QuerySolutions | QueryTriples | QueryBoolean:
        sparql.guard(text, self._graphs)
        return self._store.query(text, **options)

    def __getattr__(self, name: str) -> Any:
        if name in self._READS:
            return getattr(self._store, name)
        raise GraphError("a graph is only read; change data/ and build again")


def derive(graph: Graph, rules: Sequence[Path]) -> Graph:
    """Add what the CONSTRUCT rules derive, in their order, to the graph `derived`; return the graph.

    Part of building, before anybody reads.
    """
    for rule in rules:
        triples = graph.query(rule.read_text("utf-8"))
        if not isinstance(triples, QueryTriples):
            raise InputError([Fault("is no CONSTRUCT query", str(rule))])
        graph._store.extend([Quad(triple.subject, triple.predicate, triple.object, DERIVED) for triple in triples])
    return graph


def ontology_statements(files: Sequence[Path]) -> list[Statement]:
    """Return the terms and code lists as statements of the graph `ontology`."""
    return [
        Statement(quad.subject, quad.predicate, quad.object, ONTOLOGY)
        for file in files
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
    ]


def write(graph: Graph, path: Path) -> None:
    """Write a graph to a `.trig` or `.nq` file: beside it first, flushed to disk, then moved into place.

    The same graph gives the same bytes. A crash leaves the old file as it was.
    """
    form = _format(path)
    quads = sorted(graph._store, key=lambda quad: (str(quad.graph_name), str(quad)))
    try:
        with whole(path) as (beside,), beside.open("wb") as file:
            serialize(quads, file, form, prefixes=PREFIXES if form is RdfFormat.TRIG else None)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error}") from error


def _format(path: Path) -> RdfFormat:
    if path.suffix not in FORMATS:
        raise GraphError(f"{path}: a graph file ends in {' or '.join(FORMATS)}")
    return FORMATS[path.suffix]


@cache
def _own_query(name: str) -> str:
    return (kit.folder("queries") / "graph" / f"{name}.rq").read_text("utf-8")


def _text(term: Term | None) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
