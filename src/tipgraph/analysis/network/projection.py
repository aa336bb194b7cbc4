"""Project a graph to a network: nodes that act or are acted on, and edges with their claims."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.declarations import EVERY, Declaration, declarations
from tipgraph.analysis.network.edges import claims_as_edges
from tipgraph.analysis.network.filters import claim_test, fitting, holders_of
from tipgraph.analysis.network.folds import Edge, Shared, independent, joined, who_share
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve
from tipgraph.model import terms, tip

if TYPE_CHECKING:
    import networkx as nx

_BEGIN = ""  # a node before all edges that do not continue others


def project(graph: Graph, name: str = EVERY, asked: Filter | None = None) -> "nx.MultiDiGraph[str]":
    """Return a network of a graph as a `networkx.MultiDiGraph`, in a fixed order.

    `name` is a network of the ontology (partnership, funding, participation, routes, affiliation …) or `all`. Nodes are
    IRIs, with `iri`, `label`, `label_es`, `kind` (their class), `type` (Actor, Place, Undertaking, Document or Route)
    and, for places, `within` (places of this network that hold them).

    Edges have, as far as sources state them: `claim` (IRIs with spaces between), `class`, `edge` (the declaration),
    `label`, `label_es`, `kind`, `status`, `date`, `earliest`, `latest`, `amount`, `currency`, `source`, `said_at`
    (source, paragraph, sentence), `modality`, `caveats` and `caveats_es` (what makes the edge weaker than its label),
    `review` (who compared the claim with its sentence), `corrected`, `doubts` (of audits), `directed`, `restates` (the
    claim that it repeats), `contradicts` (claims) and `via` (the undertaking). `inherited` names the values that are
    the undertaking's, `concluded` those of them that are only implied. An amount for several edges is `shared_amount`
    on each, with their number `shared_by`. Raises UnknownName, AmbiguousName or BadValue.

    >>> from tipgraph import build
    >>> project(build(), "routes", Filter(focus=("JP",))).number_of_nodes()
    5
    """
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
    network = assemble(graph, edges, name)
    network.graph["asked"] = asked.words()
    return network


def assemble(graph: Graph, edges: Collection[Edge], name: str, alone: Iterable[str] = ()) -> "nx.MultiDiGraph[str]":
    """Return a network of edges and of nodes `alone`, with the labels and classes of the nodes."""
    import networkx as nx

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=name)
    ends = sorted({*alone, *(iri for edge in edges for iri in edge[:2])})
    network.add_nodes_from((iri, {"iri": iri}) for iri in ends)
    for iri, (kind, top) in kinds_of(graph, ends).items():
        network.nodes[iri]["kind"], network.nodes[iri]["type"] = kind, top
    for node, label in graph.named("node-labels", {"node": [NamedNode(iri) for iri in ends]}):
        network.nodes[node.value]["label" if label.language == "en" else f"label_{label.language}"] = label.value
    for iri, data in network.nodes(data=True):
        data.setdefault("label", data.get("label_es", iri))
        data.setdefault("label_es", data["label"])
    for place, holders in holders_of(graph, ends).items():
        within = sorted((holders - {place}) & network.nodes.keys())
        if within:
            network.nodes[place]["within"] = " ".join(within)
    network.add_edges_from(edges)  # type: ignore[arg-type]  # the stubs do not know keys
    return network


def kinds_of(graph: Graph, things: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the most specific class of each thing, and its class directly below Thing."""
    above: dict[str, set[str]] = {}
    for cls, other in graph.named("class-tree"):
        above.setdefault(cls.value, set()).add(other.value)
    classes: dict[str, set[str]] = {}
    for node, cls in graph.named("nodes", {"node": [NamedNode(iri) for iri in things]}):
        classes.setdefault(node.value, set()).add(cls.value)
    chosen: dict[frozenset[str], tuple[str, str]] = {}
    for own in set(map(frozenset, classes.values())):
        lowest = own - {higher for cls in own for higher in above.get(cls, ())}
        top = [cls for cls in own if tip.Thing in above.get(cls, ())]
        chosen[own] = terms.short(min(lowest)), terms.short(min(top, default=min(lowest)))
    return {node: chosen[frozenset(own)] for node, own in classes.items()}


def edges_of(network: "nx.MultiDiGraph[str]") -> list[Edge]:
    """Return the edges of a network in order."""
    return list(network.edges(keys=True, data=True))


def undated(network: "nx.MultiDiGraph[str]") -> int:
    """Count the edges of a network that have no date."""
    return sum("earliest" not in data and "latest" not in data for _, _, data in network.edges(data=True))


def around(edges: Iterable[Edge], focus: Collection[str], steps: int) -> list[Edge]:
    """Return the edges within some steps of a focus, in any direction."""
    import networkx as nx

    every = list(edges)
    graph = nx.Graph([edge[:2] for edge in every])
    reached = (nx.single_source_shortest_path_length(graph, node, steps - 1) for node in focus if node in graph)
    near = set().union(*reached)
    return [edge for edge in every if not near.isdisjoint(edge[:2])]


def fold(network: "nx.MultiDiGraph[str]", onto: str = "starts") -> "nx.MultiDiGraph[str]":
    """Fold a network of two modes onto one: tie nodes that share a neighbour.

    `onto` is `starts` (the actors of a participation network) or `ends` (its undertakings). A pair has one undirected
    edge with `shared` (the number of shared neighbours), `via` and `via_label` (these), `weight` (independent sayings)
    and the claims; the largest `shared` first. Raises CallError for a network with undirected edges.
    """
    import networkx as nx

    edges = edges_of(network)
    if not all(edge[3]["directed"] for edge in edges):
        raise CallError(f"{network.name} has edges without a direction and cannot be folded")
    behind: dict[tuple[str, str], list[Shared]] = {}
    for shared in who_share(edges, onto_starts=onto == "starts"):
        behind.setdefault((shared.first, shared.second), []).append(shared)
    folded: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=f"{network.name} folded on {onto}")
    folded.graph["asked"] = {**network.graph.get("asked", {}), "fold": onto}
    mode = {edge[0] if onto == "starts" else edge[1] for edge in edges}
    folded.add_nodes_from((node, dict(data)) for node, data in network.nodes(data=True) if node in mode)
    _keep_within(folded)
    for (one, other), pairs in sorted(behind.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        data = joined(data for shared in pairs for data in shared.behind)
        folded.add_edge(one, other, f"{one} {other}", **data, **_about_shared(network, pairs))
    return folded


def _about_shared(network: "nx.MultiDiGraph[str]", pairs: Sequence[Shared]) -> dict[str, object]:
    """Return the attributes of the edge between two nodes that share neighbours."""
    hubs = [shared.hub for shared in pairs]
    return {
        "edge": "shared",
        "label": "shares",
        "label_es": "comparte",
        "via": " ".join(hubs),
        "via_label": "; ".join(str(network.nodes[hub]["label"]) for hub in hubs),
        "shared": len(hubs),
        "weight": independent(joined(shared.behind) for shared in pairs),
    }


def without_edges(network: "nx.MultiDiGraph[str]", unwanted: Collection[Edge]) -> None:
    """Remove edges from a network, and nodes that then have no edge."""
    for start, end, key, _ in unwanted:
        network.remove_edge(start, end, key)
    network.remove_nodes_from([node for node in list(network) if network.degree(node) == 0])
    _keep_within(network)


def _keep_within(network: "nx.MultiDiGraph[str]") -> None:
    """Remove places from `within` that are not in the network."""
    for _, data in network.nodes(data=True):
        within = [iri for iri in data.pop("within", "").split() if iri in network]
        if within:
            data["within"] = " ".join(within)


def _reached(edges: Iterable[Edge], declared: Sequence[Declaration]) -> list[Edge]:
    """Leave out edges that continue others if no other edge leads to their start."""
    import networkx as nx

    continuing = {declaration.name for declaration in declared if declaration.continues}
    every = list(edges)
    if not continuing or len(continuing) == len(declared):
        return every  # a network of such edges alone begins anywhere
    onward: nx.DiGraph[str] = nx.DiGraph([edge[:2] for edge in every if edge[3]["edge"] in continuing])
    onward.add_edges_from((_BEGIN, edge[1]) for edge in every if edge[3]["edge"] not in continuing)
    onward.add_node(_BEGIN)
    reached = nx.descendants(onward, _BEGIN)
    return [edge for edge in every if edge[3]["edge"] not in continuing or edge[0] in reached]
