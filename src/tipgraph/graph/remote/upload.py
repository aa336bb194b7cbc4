"""A graph laid onto a server by the SPARQL 1.1 Graph Store Protocol, named graph by named graph.

What is there already and the same is not sent again, so that a push that was broken off is simply run again.

Decision: docs/decisions/0072-a-push-reads-back-what-may-be-the-same.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from tipgraph.errors import CallError, GraphError, RemoteError, RemoteTimeout
from tipgraph.graph.graph import Graph
from tipgraph.graph.remote.credentials import credentials_for
from tipgraph.graph.remote.endpoint import Remote, limits
from tipgraph.graph.remote.responses import triples_of
from tipgraph.graph.remote.transport import Caller, Reply, Request, address_of, said
from tipgraph.model import DATA

_QUERIES = {  # where servers that are known answer queries, by where they keep graphs
    "/store": "/query",  # Oxigraph
    "/data": "/sparql",  # Fuseki
    "/sparql-graph-crud": "/sparql",  # Virtuoso; its /sparql-graph-crud-auth asks for digests, which we do not send
    "/rdf-graphs/service": "",  # GraphDB, RDF4J
}
_SENT = ("new", "changed")


class Pushed(NamedTuple):
    """What became of a named graph, and why.

    The state is `new`, `changed`, `unchanged`, `failed`, `left over`, `deleted` or `not ours`; `before` is how many
    statements the server held of it, where that is known.
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
    """Replace each named graph of a server that is not the same as ours; return what became of each.

    `address` is that of the graph store, `queries` that of its queries, where it is not known from the other. A graph
    of ours that is there but no longer in the graph is named as left over, and deleted with `prune` where all else was
    done; graphs of others are named and not touched. A graph of which the server holds more than twice as much is
    replaced only with `fewer`, since what is pushed may be a part. Afterwards the statements of each graph that was
    sent are counted there. Raises BadValue for an address that is not asked, CallError where it is not known what to
    prune, GraphError for statements in no named graph; what the server does is in what is returned.
    """
    store = _Store(address_of(address), caller or Caller(credentials_for(address_of(address)), limits()))
    ours = _by_graph(graph)
    before = _counts(queries, store.address, caller)
    if prune and before is None:
        raise CallError(f"{said(address)}: what to prune there is not known; say where it answers queries: --query-url")
    done = list(_sent(store, ours, before, fewer=fewer))
    changed = any(one.state in _SENT for one in done)
    try:
        after = _counts(queries, store.address, caller) if changed else before
    except RemoteError:  # then graphs are counted by reading them
        after = None
    checked = [_checked(store, one, after) if one.state in _SENT else one for one in done]
    whole = all(one.state != "failed" for one in checked)
    return sorted([*checked, *_left_over(store, set(before or ()) - set(ours), before or {}, prune=prune and whole)])


class _Store:
    """A graph store: what one named graph holds, put and deleted."""

    def __init__(self, address: str, caller: Caller) -> None:
        self.address, self._caller = address, caller

    def get(self, name: str) -> frozenset[Triple]:
        """Return the statements of a named graph; none where there is no such graph."""
        reply = self._call(name, "GET", {"Accept": "application/n-triples, text/turtle;q=0.5"})
        return frozenset() if reply.status == 404 else frozenset(triples_of(reply))

    def put(self, name: str, triples: Iterable[Triple]) -> None:
        """Replace a named graph by statements."""
        content = serialize(triples, format=RdfFormat.N_TRIPLES)
        self._call(name, "PUT", {"Content-Type": "application/n-triples"}, content)

    def delete(self, name: str) -> None:
        """Delete a named graph."""
        self._call(name, "DELETE", {})

    def _call(self, name: str, method: str, headers: Mapping[str, str], content: bytes | None = None) -> Reply:
        joint = "&" if "?" in self.address else "?"
        asked = Request(f"{self.address}{joint}graph={quote(name, safe='')}", content, method, headers)
        reply = self._caller.call(asked, self._caller.deadline(), follow=method == "GET")
        if reply.status not in (200, 201, 202, 204) and not (reply.status == 404 and method != "PUT"):
            raise self._caller.complaint(reply)
        return reply


def _counts(named: str, store: str, caller: Caller | None) -> dict[str, int] | None:
    """Count the statements of each named graph of a server; None where its queries cannot be found."""
    if named:
        return Remote(named, caller).counts()
    try:
        return Remote(_queries_of(store), caller).counts() if _queries_of(store) else None
    except RemoteError:  # a guess that was wrong: then graphs are counted by reading them
        return None


def _by_graph(graph: Graph) -> dict[str, frozenset[Triple]]:
    found: dict[str, list[Triple]] = {}
    for quad in graph.quads():
        if not isinstance(quad.graph_name, NamedNode):
            raise GraphError(f"{quad} stands in no named graph, and is not pushed; give it one")
        found.setdefault(quad.graph_name.value, []).append(quad.triple)
    return {name: frozenset(triples) for name, triples in sorted(found.items())}


def _sent(
    store: _Store, ours: Mapping[str, frozenset[Triple]], before: Mapping[str, int] | None, *, fewer: bool
) -> Iterator[Pushed]:
    """Send each graph that is not the same there; a server that refuses the first, or is late, is asked no more."""
    given_up, done = False, 0
    for name, triples in ours.items():
        held = None if before is None else before.get(name, 0)
        row = Pushed(name, len(triples), held, "failed")
        if given_up:
            yield row._replace(why="not tried")
            continue
        if held and len(triples) < held / 2 and not fewer:
            yield row._replace(why="the server holds more than twice as much: is this a part? --fewer pushes it")
            continue
        try:
            there = store.get(name) if before is None or held == len(triples) else None
            if there != triples:
                store.put(name, sorted(triples, key=str))
            known = held if there is None else len(there)
            state = "unchanged" if there == triples else "changed" if known else "new"
            yield row._replace(before=known, state=state)
            done += 1
        except RemoteError as error:
            given_up = not done or isinstance(error, RemoteTimeout)
            yield row._replace(why=str(error))


def _checked(store: _Store, sent: Pushed, after: Mapping[str, int] | None) -> Pushed:
    """Count what the server holds of a graph that was sent."""
    try:
        found = after.get(sent.graph, 0) if after is not None else len(store.get(sent.graph))
    except RemoteError as error:
        return sent._replace(state="failed", why=f"sent, but not counted: {error}")
    if found != sent.statements:
        return sent._replace(state="failed", why=f"sent, but {found} statements are there; push again")
    return sent


def _left_over(store: _Store, names: Iterable[str], before: Mapping[str, int], *, prune: bool) -> Iterator[Pushed]:
    for name in sorted(names):
        row = Pushed(name, 0, before[name], "left over", "--prune deletes it, once all else is done")
        if not name.startswith(DATA):
            row = row._replace(state="not ours", why="left alone; it is part of the answers there")
        elif prune:
            try:
                store.delete(name)
                row = row._replace(state="deleted", why="")
            except RemoteError as error:
                row = row._replace(state="failed", why=f"not deleted: {error}")
        yield row


def _queries_of(store: str) -> str:
    """Return where a server answers queries, by where it keeps graphs; an empty string where that is not known."""
    fitting = [end for end in _QUERIES if store.endswith(end)]
    return store.removesuffix(fitting[0]) + _QUERIES[fitting[0]] if fitting else ""
