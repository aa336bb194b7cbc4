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
from tipgraph.graph.remote.credentials import credentials_for
from tipgraph.graph.remote.endpoint import Remote, limits
from tipgraph.graph.remote.responses import ACCEPT, triples_of
from tipgraph.graph.remote.transport import Caller, Reply, Request, address_of, shown_address
from tipgraph.model import DATA, XSD

_QUERY_PATHS = {  # of known servers, by the path of their graph store
    "/store": "/query",  # Oxigraph
    "/data": "/sparql",  # Fuseki
    "/sparql-graph-crud": "/sparql",  # Virtuoso; its /sparql-graph-crud-auth asks for digests, which we do not send
    "/rdf-graphs/service": "",  # GraphDB, RDF4J
}
_SENT = ("new", "changed")
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
    `fewer`, since ours may be a part. Each graph that was sent is counted on the server afterwards. Raises BadValue for
    a wrong address, CallError if it is unknown which graphs to prune, GraphError for statements in no named graph;
    errors of the server are in the outcomes.
    """
    store = _GraphStore(address_of(address), caller or Caller(credentials_for(address_of(address)), limits()))
    ours = _by_graph(graph)
    before = _counts(queries, store.address, caller)
    if prune and before is None:
        raise CallError(
            f"{shown_address(address)}: the graphs to prune are not known; give the address of its queries: --query-url"
        )
    outcomes = list(_send(store, ours, before, fewer=fewer))
    sent = any(outcome.state in _SENT for outcome in outcomes)
    try:
        after = _counts(queries, store.address, caller) if sent else before
    except RemoteError:  # then graphs are counted by reading them
        after = None
    outcomes = [_verified(store, outcome, after) if outcome.state in _SENT else outcome for outcome in outcomes]
    prune = prune and all(outcome.state != "failed" for outcome in outcomes)
    return sorted([*outcomes, *_left_over(store, set(before or ()) - set(ours), before or {}, prune=prune)])


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
        request = Request(f"{self.address}{separator}graph={quote(name, safe='')}", content, method, headers)
        reply = self._caller.call(request, self._caller.deadline(), follow=method == "GET")
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
    """Replace a graph on the server if it differs; raise RemoteError."""
    count = outcome.before
    theirs = store.get(outcome.graph) if count in (None, len(triples)) else None
    is_same = theirs is not None and _values(theirs) == _values(triples)
    if not is_same:
        store.put(outcome.graph, sorted(triples, key=str))
    count = count if theirs is None else len(theirs)
    state = "unchanged" if is_same else "changed" if count else "new"
    return outcome._replace(before=count, state=state)


def _values(triples: Iterable[Triple]) -> set[Triple]:
    """Write decimals without zeros at their end: Fuseki gives 1700 back as 1700.0."""
    return {
        Triple(triple.subject, triple.predicate, Literal(term.value.rstrip("0").rstrip("."), datatype=_DECIMAL))
        if isinstance(term := triple.object, Literal) and term.datatype == _DECIMAL and "." in term.value
        else triple
        for triple in triples
    }


def _verified(store: _GraphStore, sent: Pushed, after: Mapping[str, int] | None) -> Pushed:
    """Count the statements that the server has of a graph that was sent."""
    try:
        count = after.get(sent.graph, 0) if after is not None else len(store.get(sent.graph))
    except RemoteError as error:
        return sent._replace(state="failed", why=f"sent, but not counted: {error}")
    if count != sent.statements:
        return sent._replace(state="failed", why=f"sent, but {count} statements are there; push again")
    return sent


def _left_over(store: _GraphStore, names: Iterable[str], before: Mapping[str, int], *, prune: bool) -> Iterator[Pushed]:
    for name in sorted(names):
        outcome = Pushed(name, 0, before[name], "left over", "--prune deletes it, once all else is done")
        if not name.startswith(DATA):
            outcome = outcome._replace(state="not ours", why="left alone; it is part of the answers there")
        elif prune:
            try:
                store.delete(name)
                outcome = outcome._replace(state="deleted", why="")
            except RemoteError as error:
                outcome = outcome._replace(state="failed", why=f"not deleted: {error}")
        yield outcome
