"""Upload of a graph by the SPARQL 1.1 Graph Store Protocol, one named graph after the other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from tipgraph.errors import CallError, GraphError, RemoteError
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote.endpoint import Remote, caller_for
from tipgraph.graph.remote.http import Caller, address_of, shown_address
from tipgraph.model import DATA

_QUERY_PATHS = {  # of known servers, by the path of their graph store
    "/store": "/query",  # Oxigraph
    "/data": "/sparql",  # Fuseki
    "/sparql-graph-crud": "/sparql",  # Virtuoso; its /sparql-graph-crud-auth asks for digests, which we do not send
    "/rdf-graphs/service": "",  # GraphDB, RDF4J
}
_PART = "the server holds more than twice as much: is this a part? --fewer pushes it"


class Pushed(NamedTuple):
    """The outcome for a named graph, and the reason: `sent`, `failed`, `left over` or `deleted`."""

    graph: str
    statements: int
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
    """Replace each named graph on a server by ours, and count its statements there; return the outcome for each.

    `address` is that of the graph store, `queries` that of its queries, if it does not follow from the other. A graph
    of ours that only the server has is listed as left over; `prune` deletes it, once all else is done. Graphs of others
    are not touched. A graph of which the server has more than twice as many statements is replaced only with `fewer`,
    since ours may be a part. Raises BadValue for a wrong address, CallError if it is unknown which graphs to prune,
    GraphError for statements in no named graph; errors of the server are in the outcomes.
    """
    address = address_of(address)
    caller = caller or caller_for(address)
    ours = _by_graph(graph)
    before = _counts(queries, address, caller)
    if prune and before is None:
        raise CallError(
            f"{shown_address(address)}: the graphs to prune are not known; give the address of its queries: --query-url"
        )
    outcomes = list(_sent(caller, address, ours, {} if fewer or not before else before))
    counts = _counts(queries, address, caller)
    if counts is not None:
        outcomes = [_counted(outcome, counts.get(outcome.graph, 0)) for outcome in outcomes]
    prune = prune and all(outcome.state == "sent" for outcome in outcomes)
    for name, count in (counts or {}).items():
        if name not in ours and name.startswith(DATA):
            outcome = Pushed(name, count, "left over", "--prune deletes it, once all else is done")
            outcomes.append(_deleted(caller, address, outcome) if prune else outcome)
    return sorted(outcomes)


def _counts(queries: str, store: str, caller: Caller) -> dict[str, int] | None:
    """Count the statements of each named graph of a server; return None if its queries cannot be found."""
    if queries:
        return Remote(queries, caller).counts()
    path = next((path for path in _QUERY_PATHS if store.endswith(path)), None)
    if path is None:
        return None
    try:
        return Remote(store.removesuffix(path) + _QUERY_PATHS[path], caller).counts()
    except RemoteError:  # a wrong guess
        return None


def _by_graph(graph: Graph) -> dict[str, list[Triple]]:
    triples: dict[str, list[Triple]] = {}
    for quad in graph.quads():
        if not isinstance(quad.graph_name, NamedNode):
            raise GraphError(f"{quad} is in no named graph, and is not pushed; give it one")
        triples.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: triples[name] for name in sorted(triples)}


def _sent(
    caller: Caller, address: str, ours: Mapping[str, Sequence[Triple]], before: Mapping[str, int]
) -> Iterator[Pushed]:
    """Send each graph, but what may be a part of what the server has; none after one that the server refused."""
    refused = False
    for name, triples in ours.items():
        why = "not tried" if refused else ""
        if before.get(name, 0) > 2 * len(triples):
            why = _PART
        elif not refused:
            why = str(_error(caller, address, name, "PUT", serialize(triples, format=RdfFormat.N_TRIPLES)) or "")
            refused = bool(why)
        yield Pushed(name, len(triples), "failed" if why else "sent", why)


def _error(caller: Caller, address: str, name: str, method: str, content: bytes | None = None) -> RemoteError | None:
    """Put or delete a named graph; return the error of the server, if it refuses."""
    separator = "&" if "?" in address else "?"
    headers = {"Content-Type": "application/n-triples"} if content is not None else {}
    try:
        reply = caller.call(f"{address}{separator}graph={quote(name, safe='')}", content, method, headers)
    except RemoteError as error:
        return error
    return None if reply.status in (200, 201, 202, 204) else reply.status_error()


def _counted(outcome: Pushed, there: int) -> Pushed:
    if outcome.state != "sent" or there == outcome.statements:
        return outcome
    return outcome._replace(state="failed", why=f"sent, but {there} statements are there; push again")


def _deleted(caller: Caller, address: str, outcome: Pushed) -> Pushed:
    error = _error(caller, address, outcome.graph, "DELETE")
    return outcome._replace(state="failed" if error else "deleted", why=f"not deleted: {error}" if error else "")
