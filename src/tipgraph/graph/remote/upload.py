"""Upload of a graph by the SPARQL 1.1 Graph Store Protocol, one named graph after the other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from tipgraph.errors import CallError, GraphError, RemoteError
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote.endpoint import Remote, caller_for
from tipgraph.graph.remote.http import Caller, address_of
from tipgraph.model import DATA


class Pushed(NamedTuple):
    """The outcome for a named graph, and the reason: `sent`, `failed`, `left over` or `deleted`."""

    graph: str
    statements: int
    state: str
    why: str = ""


def push(
    graph: Graph, address: str, *, queries: str = "", prune: bool = False, caller: Caller | None = None
) -> list[Pushed]:
    """Replace each named graph on a server by ours, and count its statements there; return the outcome for each.

    `address` is that of the graph store, `queries` that of its queries, without which nothing is counted. A graph of
    ours that only the server has is listed as left over; `prune` deletes it, once all else is done. Graphs of others
    are not touched. Raises BadValue for a wrong address, CallError if it is unknown which graphs to prune, GraphError
    for statements in no named graph; errors of the server are in the outcomes.
    """
    address = address_of(address)
    caller = caller or caller_for(address)
    ours = _by_graph(graph)
    if prune and not queries:
        raise CallError("the graphs to prune are not known; give the address of the server's queries: --query-url")
    outcomes = list(_sent(caller, address, ours))
    counts = Remote(queries, caller).counts() if queries else {}
    if queries:
        outcomes = [_counted(outcome, counts.get(outcome.graph, 0)) for outcome in outcomes]
    prune = prune and all(outcome.state == "sent" for outcome in outcomes)
    for name, count in counts.items():
        if name not in ours and name.startswith(DATA):
            outcome = Pushed(name, count, "left over", "--prune deletes it, once all else is done")
            outcomes.append(_deleted(caller, address, outcome) if prune else outcome)
    return sorted(outcomes)


def _by_graph(graph: Graph) -> dict[str, list[Triple]]:
    triples: dict[str, list[Triple]] = {}
    for quad in graph.quads():
        if not isinstance(quad.graph_name, NamedNode):
            raise GraphError(f"{quad} is in no named graph, and is not pushed; give it one")
        triples.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: triples[name] for name in sorted(triples)}


def _sent(caller: Caller, address: str, ours: Mapping[str, Sequence[Triple]]) -> Iterator[Pushed]:
    """Send each graph; none after one that the server refused."""
    refused = False
    for name, triples in ours.items():
        why = "not tried"
        if not refused:
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
