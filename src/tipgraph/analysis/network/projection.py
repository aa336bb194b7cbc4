"""Project a graph to a network: nodes that act or are acted on, and edges with their claims."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

import networkx as nx
from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.filter import Filter as Filter
from tipgraph.analysis.network.declarations import EVERY, Declaration, declarations, label_in
from tipgraph.analysis.network.edges import claims_as_edges, counted_within
from tipgraph.analysis.network.filters import claim_test, fitting
from tipgraph.analysis.network.ties import Attributes, Edge, Network, independent, joined, who_share
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve
from tipgraph.model import terms

_MANY = 20_000  # nodes from which all things of the graph are read instead
_OWN = {"iso": str, "latitude": float, "longitude": float}
_BEGIN = ""  # a node before all edges that do not continue others


def projected(graph: Graph, name: str, asked: Filter | None = None) -> Network:
    """Return the network of a name; an edge without a direction stands once."""
    asked = asked or Filter()
    declared = declarations(graph, name)
    edges = claims_as_edges(graph, declared, claim_test(graph, asked))
    if asked.stated:
        edges = [edge for edge in edges if edge[3]["modality"] == "stated"]  # no tie that is only implied
    if name != EVERY:
        edges = _reached(edges, declared)  # before the rest of the filter: an undated edge may lead to a dated event
    edges = fitting(graph, edges, asked)
    if asked.focus:
        edges = around(edges, [resolve(graph, word).value for word in asked.focus], asked.steps or 1)
    return assemble(graph, edges, name, asked)


def assemble(graph: Graph, edges: list[Edge], name: str, asked: Filter, alone: Iterable[str] = ()) -> Network:
    """Return a network of edges and of nodes `alone`, with what is known of the nodes."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(None, name=name, **asked.words())  # type: ignore[arg-type]  # of the attributes
    network.add_nodes_from(nodes_of(graph, {*alone, *(end for edge in edges for end in edge[:2])}).items())
    network.add_edges_from(counted_within(edges), weight=1)  # type: ignore[arg-type]  # the stubs do not know keys
    return network


def nodes_of(graph: Graph, iris: Collection[str]) -> dict[str, Attributes]:
    """Return the attributes of nodes, in the order of their IRIs."""
    said: dict[str, dict[str, set[str]]] = {iri: {} for iri in sorted(iris)}
    slots = {"node": [NamedNode(iri) for iri in said]} if len(said) < _MANY else {}
    for node, term, value in graph.named("node-values", slots):
        if node.value in said:
            name = label_in(value.language) if term.value == "label" else term.value
            said[node.value].setdefault(name, set()).add(value.value)
    actor_kinds = _actor_kinds(graph)
    nodes: dict[str, Attributes] = {}
    for iri, values in said.items():
        first = {name: min(each) for name, each in values.items()}
        nodes[iri] = data = {"iri": iri, **_labels(iri, first)}
        if kind := first.get("kind"):
            data |= {"kind": terms.short(kind), "type": terms.short(first.get("type", kind))}
        data |= actor_kinds.get(first.get("actor_kind", ""), {})
        data |= {name: of(first[name]) for name, of in _OWN.items() if name in first}
        if within := sorted((values.get("within", set()) & said.keys()) - {iri}):
            data["within"] = " ".join(within)
    return nodes


def _labels(iri: str, values: Mapping[str, str]) -> Attributes:
    label = values.get("label") or values.get("label_es", iri)
    labels = {name: label for name, label in values.items() if name.startswith("label_")}
    return {"label": label, "label_es": label, **labels}


def _actor_kinds(graph: Graph) -> dict[str, Attributes]:
    """Return the notation and the labels of each code of kinds of actors, as attributes of a node."""
    words: dict[str, Attributes] = {}
    for notation, code, label in graph.named("codes", {"name": [Literal("actor-kind")]}):
        words.setdefault(code.value, {"actor_kind": notation.value})[f"actor_kind_{label_in(label.language)}"] = (
            label.value
        )
    return words


def kinds_of(graph: Graph, things: Collection[str]) -> dict[str, tuple[str, str]]:
    """Return the lowest class of each thing, and the class below Thing that holds it."""
    nodes = nodes_of(graph, things).items()
    return {iri: (data["kind"], data["type"]) for iri, data in nodes if "kind" in data}


def edges_of(network: Network) -> list[Edge]:
    """Return the edges of a network in order."""
    return list(network.edges(keys=True, data=True))


def undated(network: Network) -> int:
    """Count the edges of a network that have no date."""
    return sum("earliest" not in data and "latest" not in data for _, _, data in network.edges(data=True))


def around(edges: list[Edge], focus: Collection[str], steps: int) -> list[Edge]:
    """Return the edges within some steps of a focus, in any direction."""
    graph = nx.Graph([edge[:2] for edge in edges])
    reached = (nx.single_source_shortest_path_length(graph, node, steps - 1) for node in focus if node in graph)
    near = set().union(*reached)
    return [edge for edge in edges if not near.isdisjoint(edge[:2])]


def fold(network: Network, onto: str = "starts") -> Network:
    """Fold a network of two modes onto one: tie nodes that share a neighbour.

    `onto` is `starts` (the actors of a participation network) or `ends` (its undertakings). A pair has one undirected
    edge with `shared` (the number of shared neighbours), `via` and `via_label` (these), `weight` (independent sayings)
    and the claims; the largest `shared` first. Raises CallError for a network with undirected edges.
    """
    edges = edges_of(network)
    if any(edge[3]["undirected"] for edge in edges):
        raise CallError(f"{network.name} has edges without a direction and cannot be folded")
    side = int(onto != "starts")
    about = {**network.graph, "name": f"{network.name} folded on {onto}", "fold": onto}
    folded: nx.MultiDiGraph[str] = nx.MultiDiGraph(**about)
    mode = {edge[side] for edge in edges}
    folded.add_nodes_from((node, dict(data)) for node, data in network.nodes(data=True) if node in mode)
    _keep_within(folded)
    for (one, other), shared in sorted(who_share(edges, side).items(), key=lambda pair: (-len(pair[1]), pair[0])):
        data = {
            **joined(chain.from_iterable(shared.values())),
            "edge": "shared",
            "label": "shares",
            "label_es": "comparte",
            "via": " ".join(shared),
            "via_label": "; ".join(str(network.nodes[hub]["label"]) for hub in shared),
            "shared": len(shared),
            "weight": independent(map(joined, shared.values())),
        }
        folded.add_edge(one, other, f"{one} {other}", **data)
    return folded


def _keep_within(network: Network) -> None:
    """Remove places from `within` that are not in the network."""
    for _, data in network.nodes(data=True):
        within = [iri for iri in data.pop("within", "").split() if iri in network]
        if within:
            data["within"] = " ".join(within)


def _reached(edges: list[Edge], declared: Sequence[Declaration]) -> list[Edge]:
    """Leave out edges that continue others if no other edge leads to their start."""
    continuing = {each.name for each in declared if each.term("edgeContinues") == "true"}
    if not continuing or len(continuing) == len(declared):
        return edges  # a network of such edges alone begins anywhere
    onward: nx.DiGraph[str] = nx.DiGraph()
    onward.add_node(_BEGIN)
    onward.add_edges_from((start if data["edge"] in continuing else _BEGIN, end) for start, end, _, data in edges)
    reached = nx.descendants(onward, _BEGIN)
    return [edge for edge in edges if edge[3]["edge"] not in continuing or edge[0] in reached]
