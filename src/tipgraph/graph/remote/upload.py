"""Upload of a graph by the SPARQL 1.1 Graph Store Protocol, one named graph after the other.

A graph that is the same on the server is not sent again: an upload that broke off is simply run again.

Decision: docs/decisions/0072-a-push-reads-back-what-may-be-the-same.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from tipgraph.errors import CallError, GraphError, RemoteError, RemoteTimeout
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote.endpoint import ACCEPT, Remote, caller_for, decimal, triples_of
from tipgraph.graph.remote.http import Caller, Reply, address_of, shown_address
from tipgraph.model import DATA, XSD

_QUERY_PATHS = {  # of known servers, by the path of their graph store
    "/store": "/query",  # Oxigraph
    "/data": "/sparql",  # Fuseki
    "/sparql-graph-crud": "/sparql",  # Virtuoso; its /sparql-graph-crud-auth asks for digests, which we do not send
    "/rdf-graphs/service": "",  # GraphDB, RDF4J
}
_DECIMAL = NamedNode(f"{XSD}decimal")


class Pushed(NamedTuple):
    """The outcome for a named graph, and the reason.

    The state is `new`, `changed`, `unchanged`, `failed`, `left over`, `deleted` or `not ours`; `before` is the number
    of its statements that the server had, if known.
    """

    graph: str
    statements: int
    before: int | None
    state: str
    why: str = ""


def push(
    graph: Graph,
    address: str,
    *,
    queries: str = "",
    prune: bool = False,
    fewer: bool = False,
    caller: Caller | None = None,
) -> list[Pushed]:
    """Replace each named graph on a server that differs from ours; return the outcome for each.

    `address` is that of the graph store, `queries` that of its queries, if it does not follow from the other. A graph
    of ours that only the server has is listed as left over; `prune` deletes it, once all else is done. Graphs of others
    are listed and not touched. A graph of which the server has more than twice as many statements is replaced only with
    `fewer`, since ours may be a part. Each graph that was sent is counted on the server. Raises BadValue for a wrong
    address, CallError if it is unknown which graphs to prune, GraphError for statements in no named graph; errors of
    the server are in the outcomes.
    """
    store = _GraphStore(address_of(address), caller or caller_for(address_of(address)))
    ours = _by_graph(graph)
    before = _counts(queries, store.address, caller)
    if prune and before is None:
        raise CallError(
            f"{shown_address(address)}: the graphs to prune are not known; give the address of its queries: --query-url"
        )
    outcomes = list(_send(store, ours, before, fewer=fewer))
    prune = prune and all(outcome.state != "failed" for outcome in outcomes)
    left_over = [
        _left_over(store, name, count, prune=prune) for name, count in (before or {}).items() if name not in ours
    ]
    return sorted([*outcomes, *left_over])


class _GraphStore:
    """A server's graph store: get, put and delete a named graph."""

    def __init__(self, address: str, caller: Caller) -> None:
        self.address, self._caller = address, caller

    def get(self, name: str) -> frozenset[Triple]:
        reply = self._call(name, "GET", {"Accept": ACCEPT["triples"]})
        return frozenset() if reply.status == 404 else frozenset(triples_of(reply))

    def put(self, name: str, triples: Iterable[Triple]) -> None:
        content = serialize(triples, format=RdfFormat.N_TRIPLES)
        self._call(name, "PUT", {"Content-Type": "application/n-triples"}, content)

    def delete(self, name: str) -> None:
        self._call(name, "DELETE", {})

    def _call(self, name: str, method: str, headers: Mapping[str, str], content: bytes | None = None) -> Reply:
        separator = "&" if "?" in self.address else "?"
        address = f"{self.address}{separator}graph={quote(name, safe='')}"
        reply = self._caller.call(address, content, method, headers)
        if reply.status not in (200, 201, 202, 204) and not (reply.status == 404 and method != "PUT"):
            raise reply.status_error()
        return reply


def _counts(queries: str, store: str, caller: Caller | None) -> dict[str, int] | None:
    """Count the statements of each named graph of a server; return None if its queries cannot be found."""
    if queries:
        return Remote(queries, caller).counts()
    for path, query_path in _QUERY_PATHS.items():
        if store.endswith(path):
            try:
                return Remote(store.removesuffix(path) + query_path, caller).counts()
            except RemoteError:  # a wrong guess
                return None
    return None


def _by_graph(graph: Graph) -> dict[str, frozenset[Triple]]:
    triples: dict[str, list[Triple]] = {}
    for quad in graph.quads():
        if not isinstance(quad.graph_name, NamedNode):
            raise GraphError(f"{quad} is in no named graph, and is not pushed; give it one")
        triples.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: frozenset(triples[name]) for name in sorted(triples)}


def _send(
    store: _GraphStore, ours: Mapping[str, frozenset[Triple]], before: Mapping[str, int] | None, *, fewer: bool
) -> Iterator[Pushed]:
    """Send each graph that differs; stop if the server refuses the first, or is late."""
    given_up, done = False, 0
    for name, triples in ours.items():
        count = None if before is None else before.get(name, 0)
        outcome = Pushed(name, len(triples), count, "failed")
        if given_up:
            yield outcome._replace(why="not tried")
        elif count and len(triples) < count / 2 and not fewer:
            yield outcome._replace(why="the server holds more than twice as much: is this a part? --fewer pushes it")
        else:
            try:
                yield _replaced(store, outcome, triples)
                done += 1
            except RemoteError as error:
                given_up = not done or isinstance(error, RemoteTimeout)
                yield outcome._replace(why=str(error))


def _replaced(store: _GraphStore, outcome: Pushed, triples: frozenset[Triple]) -> Pushed:
    """Replace a graph on the server if it differs, and count it there; raise RemoteError."""
    count = outcome.before
    if count in (None, len(triples)):
        theirs = store.get(outcome.graph)
        count = len(theirs)
        if _values(theirs) == _values(triples):
            return outcome._replace(before=count, state="unchanged")
    store.put(outcome.graph, sorted(triples, key=str))
    there = len(store.get(outcome.graph))
    if there != len(triples):
        return outcome._replace(before=count, why=f"sent, but {there} statements are there; push again")
    return outcome._replace(before=count, state="changed" if count else "new")


def _values(triples: Iterable[Triple]) -> set[Triple]:
    """Write decimals without zeros at their end: Fuseki gives 1700 back as 1700.0."""
    return {
        Triple(triple.subject, triple.predicate, Literal(decimal(term.value), datatype=_DECIMAL))
        if isinstance(term := triple.object, Literal) and term.datatype == _DECIMAL
        else triple
        for triple in triples
    }


def _left_over(store: _GraphStore, name: str, count: int, *, prune: bool) -> Pushed:
    outcome = Pushed(name, 0, count, "left over", "--prune deletes it, once all else is done")
    if not name.startswith(DATA):
        return outcome._replace(state="not ours", why="left alone; it is part of the answers there")
    if not prune:
        return outcome
    try:
        store.delete(name)
        return outcome._replace(state="deleted", why="")
    except RemoteError as error:
        return outcome._replace(state="failed", why=f"not deleted: {error}")
