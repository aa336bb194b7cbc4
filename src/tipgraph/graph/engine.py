"""What a graph asks its questions of: an engine that reads SPARQL. Here Oxigraph, within the process.

A store within the process is reached through `Embedded` alone; `remote` has somebody else's endpoint as an engine.

Decision: docs/decisions/0004-a-graph-asks-an-engine.md.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

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
)

from tipgraph.errors import BadValue, GraphError, QuerySyntaxError
from tipgraph.graph import sparql
from tipgraph.model import terms

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib.term import Identifier

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Result: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples | Sequence[Triple]


class Beside(NamedTuple):
    """What a request says beside its query: graphs, in place of those of its FROM, and what IRIs are relative to.

    `default` are the names of its default graph, `named` of those that GRAPH may ask; where both are None, the query
    itself says.
    """

    default: Sequence[str] | None = None
    named: Sequence[str] | None = None
    base: str | None = None

    @property
    def names_graphs(self) -> bool:
        """Tell whether it says of which graphs is asked."""
        return self.default is not None or self.named is not None


NOTHING = Beside()


class Engine(Protocol):
    """What answers queries that only read; nothing of it can write."""

    digest: str | None
    """The digest of all statements, where it is known already."""
    tables: Path | None
    """The folder of its claim tables, where they stand beside it."""
    most_terms: int | None
    """How many terms of one slot a query may hold; None for any number."""

    def __len__(self) -> int:
        """Return the number of statements."""

    def query(self, text: str, *, union: bool, beside: Beside = NOTHING) -> Result:
        """Run a query; `union` makes all named graphs together its default graph, unless `beside` names graphs.

        Raises QueryError or GraphError.
        """

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterable[Quad]:
        """Return all statements, those with one of some subjects, subject by subject, or those of one graph."""

    def dump(self, path: Path) -> None:
        """Write all statements to a file as N-Quads, a line each, in no order; raise OSError."""

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""

    def dataset(self) -> "Dataset":
        """Return the statements as an rdflib Dataset that refuses to be written to."""


class Embedded:
    """Oxigraph within the process, in memory or in a folder."""

    most_terms: int | None = None

    def __init__(
        self, store: Store, digest: str | None = None, tables: Path | None = None, hold: object = None
    ) -> None:
        """Ask a store that nobody writes to any more.

        `digest` is that of its statements, `tables` the folder of its claim tables, where they are known; `hold` is
        kept as long as the store.
        """
        self._store, self.digest, self.tables, self._hold = store, digest, tables, hold

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self._store)

    def query(self, text: str, *, union: bool, beside: Beside = NOTHING) -> Result:
        """Run a query; raise QuerySyntaxError with line and column where it does not parse, BadValue for no IRI."""
        of: dict[str, Any] = {"use_default_graph_as_union": union}
        if beside.names_graphs:
            of = {"default_graph": _nodes(beside.default), "named_graphs": _nodes(beside.named)}
        try:
            return self._store.query(text, base_iri=beside.base, prefixes=terms.prefixes(), **of)
        except SyntaxError as error:
            message = error.msg.removeprefix("error at ")
            if "Prefix not found" in message:
                place = message.partition(": ")[0]
                message = f"{place}: a prefix that is not declared; the known ones are {', '.join(terms.prefixes())}"
            raise QuerySyntaxError(f"the query does not parse, at line:column {message}") from None
        except RuntimeError as error:
            raise damaged(error) from error

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Return all statements, those with one of some subjects, subject by subject, or those of one graph."""
        for subject in (None,) if subjects is None else subjects:
            yield from self._store.quads_for_pattern(subject, None, None, graph)

    def dump(self, path: Path) -> None:
        """Write all statements to a file as N-Quads, a line each, in no order; raise OSError."""
        self._store.dump(str(path), format=RdfFormat.N_QUADS)

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""
        return frozenset(name.value for name in self._store.named_graphs())

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add statements: part of building, before anybody reads."""
        self._store.extend(quads)

    def dataset(self) -> "Dataset":
        """Return a view of the store by rdflib, which runs the text of queries guarded and writes nothing."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        reader = _Reader(self._store, self.named_graphs())

        class _ReadOnlyStore(OxigraphStore):
            @property
            def _inner(self) -> Any:
                return reader

            def remove(self, *_: Any, **__: Any) -> None:
                raise GraphError("a graph is only read; change data/ and build again")

            def add_graph(self, *_: Any) -> None:
                """Write nothing: rdflib names graphs to the store when it only lists them."""

            update = remove  # before rdflib's own evaluator sees it, which would fetch what LOAD names

            def query(self, query: Any, *words: Any, **options: Any) -> Any:
                if not isinstance(query, str):
                    raise GraphError("hand over the text of a query; a prepared one would bypass Oxigraph")
                try:
                    return super().query(query, *words, **options)
                except NotImplementedError as error:  # rdflib would go on with its own evaluator, which is not guarded
                    raise GraphError("this query is not run over the whole dataset; ask the dataset itself") from error

        dataset = Dataset(store=_ReadOnlyStore(), default_union=True)
        for prefix, namespace in terms.prefixes().items():
            dataset.bind(prefix, namespace)
        return dataset


def _nodes(names: Iterable[str] | None) -> list[NamedNode]:
    try:
        return [NamedNode(name) for name in names or ()]
    except ValueError as error:
        raise BadValue(f"a graph is named by an IRI: {error}") from error


def in_rdflib(rows: Iterable[Sequence[Term | None]]) -> list[tuple["Identifier | None", ...]]:
    """Return rows in rdflib's terms, each term made once; IRIs unchecked, since Oxigraph has parsed them."""
    from rdflib import URIRef

    class Made(dict[Term | None, "Identifier | None"]):
        def __missing__(self, term: Term) -> "Identifier":
            made = str.__new__(URIRef, term.value) if isinstance(term, NamedNode) else _other_in_rdflib(term)
            self[term] = made
            return made

    made = Made({None: None})
    return [tuple(map(made.__getitem__, row)) for row in rows]


def _other_in_rdflib(term: BlankNode | Literal | Triple) -> "Identifier":
    from rdflib import BNode, URIRef
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, Triple):
        raise GraphError("rdflib has no triple terms; ask for their parts")
    if isinstance(term, BlankNode):
        return BNode(term.value)
    if term.language:
        return RdflibLiteral(term.value, lang=term.language)
    return RdflibLiteral(term.value, datatype=URIRef(term.datatype.value))  # xsd:string too, as in `dataset`


def damaged(error: RuntimeError) -> GraphError:
    """Return what to tell of a store whose files Oxigraph finds damaged, now or while rows are read."""
    return GraphError(f"the store cannot be read: {error}; `tipgraph store verify` names the file; build it again")


class _Reader:
    """The part of a store that reads; anything else of it is refused."""

    _READS = frozenset({"quads_for_pattern", "named_graphs", "contains_named_graph", "dump"})

    def __init__(self, store: Store, graphs: frozenset[str]) -> None:
        self._store, self._graphs = store, graphs

    def query(self, text: str, **options: Any) -> QuerySolutions | QueryTriples | QueryBoolean:
        sparql.guard(text, lambda: self._graphs)
        return self._store.query(text, **options)

    def __getattr__(self, name: str) -> Any:
        if name in self._READS:
            return getattr(self._store, name)
        raise GraphError("a graph is only read; change data/ and build again")
