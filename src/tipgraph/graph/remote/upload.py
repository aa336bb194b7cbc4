"""Upload of a graph by the SPARQL 1.1 Graph Store Protocol, one named graph after the other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from tipgraph.errors import CallError, GraphError, RemoteError, RemoteTimeout
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
    parts = _parts(ours, None if fewer else before)
    outcomes = [*parts.values(), *_send(caller, address, {name: ours[name] for name in ours if name not in parts})]
    counts = _counts(queries, address, caller)
    if counts is not None:
        outcomes = [_counted(outcome, counts.get(outcome.graph, 0)) for outcome in outcomes]
    prune = prune and all(outcome.state == "sent" for outcome in outcomes)
    for name, count in (counts or {}).items():
        if name not in ours and name.startswith(DATA):
            outcomes.append(_left_over(caller, address, Pushed(name, count, "left over"), prune=prune))
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


def _parts(ours: Mapping[str, Sequence[Triple]], before: Mapping[str, int] | None) -> dict[str, Pushed]:
    """Return the outcome for each graph that may be a part of what the server has, which is not sent."""
    return {
        name: Pushed(name, len(triples), "failed", _PART)
        for name, triples in ours.items()
        if before and before.get(name, 0) > 2 * len(triples)
    }


def _send(caller: Caller, address: str, ours: Mapping[str, Sequence[Triple]]) -> Iterator[Pushed]:
    """Send each graph; stop if the server refuses the first, or is late."""
    given_up = ""
    for at, (name, triples) in enumerate(ours.items()):
        why = given_up
        if not why:
            try:
                _call(caller, address, name, "PUT", serialize(triples, format=RdfFormat.N_TRIPLES))
            except RemoteError as error:
                why = str(error)
                given_up = "not tried" if at == 0 or isinstance(error, RemoteTimeout) else ""
        yield Pushed(name, len(triples), "failed" if why else "sent", why)


def _call(caller: Caller, address: str, name: str, method: str, content: bytes | None = None) -> None:
    """Put or delete a named graph; raise RemoteError."""
    separator = "&" if "?" in address else "?"
    headers = {"Content-Type": "application/n-triples"} if content is not None else {}
    reply = caller.call(f"{address}{separator}graph={quote(name, safe='')}", content, method, headers)
    if reply.status not in (200, 201, 202, 204):
        raise reply.status_error()


def _counted(outcome: Pushed, there: int) -> Pushed:
    if outcome.state != "sent" or there == outcome.statements:
        return outcome
    return outcome._replace(state="failed", why=f"sent, but {there} statements are there; push again")


def _left_over(caller: Caller, address: str, outcome: Pushed, *, prune: bool) -> Pushed:
    if not prune:
        return outcome._replace(why="--prune deletes it, once all else is done")
    try:
        _call(caller, address, outcome.graph, "DELETE")
    except RemoteError as error:
        return outcome._replace(state="failed", why=f"not deleted: {error}")
    return outcome._replace(state="deleted")
