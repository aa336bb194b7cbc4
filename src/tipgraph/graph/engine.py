"""The engine of a graph answers SPARQL queries. This one is Oxigraph, within the process.

`Embedded` alone reads a store within the process; in `remote` the engine is an endpoint of others.

Decision: docs/decisions/0001-pyoxigraph-holds-the-graph.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from tipgraph.errors import BadValue, GraphError, QuerySyntaxError
from tipgraph.graph import sparql
from tipgraph.model import DATA, terms

if TYPE_CHECKING:
    from rdflib import Dataset

_WITH_SLASH = re.compile(r"(?<!\w)id:(\w[\w-]*/[\w/.~-]*)")  # a name that SPARQL takes for a path
_READS = ("query", "quads_for_pattern", "named_graphs", "contains_named_graph", "dump")  # of a store
_WRITES = ("add", "extend", "remove_graph", "load", "bulk_load")
Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Result: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples | Sequence[Triple]


class RequestDataset(NamedTuple):
    """The dataset that a request names beside its query, in place of FROM, and the base of relative IRIs.

    `default` are the names of the graphs in its default graph, `named` of those that GRAPH may ask. If both are None,
    the query's own FROM counts.
    """

    default: Sequence[str] | None = None
    named: Sequence[str] | None = None
    base: str | None = None

    @property
    def names_graphs(self) -> bool:
        """Whether the request names graphs."""
        return self.default is not None or self.named is not None


UNNAMED = RequestDataset()
MOST_TERMS = 200  # in one slot of a query to an endpoint


class Engine(Protocol):
    """Answers queries that only read; it cannot write."""

    digest: str | None
    """The digest of all statements, if known."""

    def __len__(self) -> int:
        """Return the number of statements."""

    def query(self, text: str, *, union: bool, dataset: RequestDataset = UNNAMED) -> Result:
        """Run a query; `union` makes all named graphs its default graph, unless `dataset` names graphs.

        Raises QueryError or GraphError.
        """

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterable[Quad]:
        """Return all statements, those of some subjects in their order, or those of one graph."""

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""

    def dataset(self) -> "Dataset":
        """Return the statements as a read-only rdflib Dataset."""


class Embedded:
    """Oxigraph within the process, in memory or in a folder."""

    def __init__(
        self,
        store: Store,
        digest: str | None = None,
        hold: object = None,
        *,
        in_memory: bool = True,
    ) -> None:
        """Read a store that nobody writes to any more, with its digest, if known.

        `hold` is kept as long as the store.
        """
        self._store, self.digest, self._hold = store, digest, hold
        self.in_memory = in_memory

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self._store)

    def query(self, text: str, *, union: bool, dataset: RequestDataset = UNNAMED) -> Result:
        """Run a query; raise QuerySyntaxError with line and column, or BadValue for a graph name that is no IRI."""
        graphs: dict[str, Any] = {"use_default_graph_as_union": union}
        if dataset.names_graphs:
            graphs = {"default_graph": _nodes(dataset.default), "named_graphs": _nodes(dataset.named)}
        try:
            return self._store.query(text, base_iri=dataset.base, prefixes=terms.prefixes(), **graphs)
        except SyntaxError as error:
            message = error.msg.removeprefix("error at ")
            if "Prefix not found" in message:
                place = message.partition(": ")[0]
                message = f"{place}: a prefix that is not declared; the known ones are {', '.join(terms.prefixes())}"
            elif name := _WITH_SLASH.search(text):
                message = (
                    f"{message.partition(': ')[0]}: {name[0]} has a slash; write <{DATA}{name[1]}>, or place: or actor:"
                )
            raise QuerySyntaxError(f"the query does not parse, at line:column {message}") from None
        except RuntimeError as error:
            raise damaged(error) from error

    def quads(self, subjects: Iterable[NamedNode] | None = None, graph: NamedNode | None = None) -> Iterator[Quad]:
        """Return all statements, those of some subjects in their order, or those of one graph."""
        for subject in (None,) if subjects is None else subjects:
            yield from self._store.quads_for_pattern(subject, None, None, graph)

    def named_graphs(self) -> frozenset[str]:
        """Return the names of the named graphs."""
        return frozenset(name.value for name in self._store.named_graphs())

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add statements while a graph is built, before anybody reads it."""
        self._store.extend(quads)

    def dataset(self) -> "Dataset":
        """Return the store as an rdflib Dataset, which guards the text of queries and writes nothing."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        store, graphs = self._store, self.named_graphs()
        allowed = {name: getattr(store, name) for name in _READS}
        reader = SimpleNamespace(**allowed, **dict.fromkeys(_WRITES, _refuse))

        class _ReadOnlyStore(OxigraphStore):
            _inner: Any = property(lambda _: reader)
            remove = update = staticmethod(
                _refuse
            )  # before rdflib's own evaluator, which would fetch the files of LOAD

            def add_graph(self, *_: Any) -> None:
                """Write nothing: rdflib calls this when it only lists graphs."""

            def query(self, query: Any, *words: Any, **options: Any) -> Any:
                if not isinstance(query, str):
                    raise GraphError("hand over the text of a query; a prepared one would bypass Oxigraph")
                sparql.guard(query, lambda: graphs)
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
        raise BadValue(f"the name of a graph is an IRI: {error}; write one") from error


def in_rdflib(rows: Iterable[Sequence[Term | None]]) -> list[tuple[Any, ...]]:
    """Return rows of rdflib terms, each term made once."""
    from oxrdflib._converter import from_ox

    term_of = cache(from_ox)
    return [tuple(map(term_of, row)) for row in rows]


def damaged(error: RuntimeError) -> GraphError:
    """Return the error for a store whose files Oxigraph finds damaged, in a query or while rows are read."""
    return GraphError(f"the store cannot be read: {error}; build it again")


def _refuse(*_: object, **__: object) -> NoReturn:
    raise GraphError("a graph is only read; change data/ and build again")
