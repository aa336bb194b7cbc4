"""A graph seen as a network: nodes that act or are acted on, and edges that tie them, each with its claim."""

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.declarations import EVERY, Declaration, declarations
from tipgraph.analysis.network.edges import claims_as_edges
from tipgraph.analysis.network.filters import fitting, holders_of, said_by
from tipgraph.analysis.network.folds import Edge, Shared, independent, joined, who_share
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve
from tipgraph.model import terms, tip

if TYPE_CHECKING:
    import networkx as nx


def project(graph: Graph, name: str = EVERY, asked: Filter | None = None) -> "nx.MultiDiGraph[str]":
    """Return a network of a graph as a `networkx.MultiDiGraph`, in a fixed order.

    `name` is one that the ontology's edge declarations name (partnership, funding, participation, routes, affiliation
    …) or `all`. Nodes are IRIs, with `iri`, `label`, `label_es`, `kind` (their class), `type` (Actor, Place,
    Undertaking, Document or Route) and, for places, `within` (the IRIs of the places of this network that hold them).
    Edges carry `claim` (its IRI; several parted by spaces), `class`, `edge` (the declaration), `label`, `label_es`,
    `kind`, `status`, `date`, `earliest`, `latest`, `amount`, `currency`, `source`, `said_at` (source, paragraph,
    sentence), `modality`, `caveats` and `caveats_es` (what makes it weaker than its label, in words), `review` (who
    has compared its claim with the sentence), `corrected`, `doubts` (what audits found), `directed`, `restates` (the
    claim that it says again), `contradicts` (claims) and `via` (the undertaking that it is about), as far as they are
    known: what a source does not say is absent. `inherited` names what is the undertaking's and not the claim's own,
    `concluded` what of that is only implied. An amount that covers several edges stands on each as `shared_amount`,
    with their number `shared_by`, and is the `amount` of none. Raises UnknownName, AmbiguousName or BadValue.

    >>> from tipgraph import build
    >>> project(build(), "routes", Filter(focus=("JP",))).number_of_nodes()
    5
    """
    wanted = asked or Filter()
    declared = declarations(graph, name)
    edges = claims_as_edges(graph, declared, said_by(graph, wanted))
    if wanted.stated:
        edges = [edge for edge in edges if edge[3]["modality"] == "stated"]  # no tie that is only concluded
    if name != EVERY:
        edges = _reached(edges, declared)  # before the rest of the filter: an undated hop may lead to a dated event
    edges = fitting(graph, edges, wanted)
    if wanted.focus:
        edges = around(edges, [resolve(graph, word).value for word in wanted.focus], wanted.steps or 1)
    network = assemble(graph, edges, name)
    network.graph["asked"] = wanted.words()
    return network


def assemble(graph: Graph, edges: Collection[Edge], name: str, alone: Iterable[str] = ()) -> "nx.MultiDiGraph[str]":
    """Return edges, and nodes that may have none, as a network, with the labels and classes of the nodes."""
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
    """Return the class of each thing that no other of its classes is below, and the one directly below Thing."""
    above: dict[str, set[str]] = {}
    for cls, other in graph.named("class-tree"):
        above.setdefault(cls.value, set()).add(other.value)
    classes: dict[str, set[str]] = {}
    for node, cls in graph.named("nodes", {"node": [NamedNode(iri) for iri in things]}):
        classes.setdefault(node.value, set()).add(cls.value)
    chosen: dict[frozenset[str], tuple[str, str]] = {}
    for found in set(map(frozenset, classes.values())):
        lowest = found - {higher for cls in found for higher in above.get(cls, ())}
        top = [cls for cls in found if tip.Thing in above.get(cls, ())]
        chosen[found] = _local(min(lowest)), _local(min(top, default=min(lowest)))
    return {node: chosen[frozenset(found)] for node, found in classes.items()}


def _local(iri: str) -> str:
    return terms.short(iri)


def edges_of(network: "nx.MultiDiGraph[str]") -> list[Edge]:
    """Return the edges of a network, in their order."""
    return list(network.edges(keys=True, data=True))


def undated(network: "nx.MultiDiGraph[str]") -> int:
    """Count the edges of a network that have no date."""
    return sum("earliest" not in data and "latest" not in data for _, _, data in network.edges(data=True))


def around(edges: Iterable[Edge], focus: Collection[str], steps: int) -> list[Edge]:
    """Return the edges that are at most some steps from a focus, whatever their direction."""
    every = list(edges)
    touching: dict[str, list[Edge]] = {}
    for edge in every:
        for end in set(edge[:2]):
            touching.setdefault(end, []).append(edge)
    distance = dict.fromkeys(focus, 0)
    waiting, kept = deque(focus), set()
    while waiting:
        node = waiting.popleft()
        for start, end, key, _ in touching.get(node, ()) if distance[node] < steps else ():
            kept.add(key)
            other = end if start == node else start
            if other not in distance:
                distance[other] = distance[node] + 1
                waiting.append(other)
    return [edge for edge in every if edge[2] in kept]


def fold(network: "nx.MultiDiGraph[str]", onto: str = "starts") -> "nx.MultiDiGraph[str]":
    """Fold a network of two modes onto one: nodes that share a neighbour are tied.

    `onto` is `starts` (the actors of a participation network) or `ends` (its undertakings). There is one undirected
    edge for each pair, with `shared` (how many they share), `via` and `via_label` (which), `weight` (the independent
    sayings of what they share) and the claims behind it; those who share most first. Raises CallError for a network
    with edges that have no direction, and so no two modes.
    """
    import networkx as nx

    edges = edges_of(network)
    if not all(edge[3]["directed"] for edge in edges):
        raise CallError(f"{network.name} has edges without a direction; only what runs from some to others is folded")
    behind: dict[tuple[str, str], list[Shared]] = {}
    for shared in who_share(edges, onto_starts=onto == "starts"):
        behind.setdefault((shared.one, shared.other), []).append(shared)
    folded: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=f"{network.name} folded on {onto}")
    folded.graph["asked"] = {**network.graph.get("asked", {}), "fold": onto}
    mode = {edge[0] if onto == "starts" else edge[1] for edge in edges}
    folded.add_nodes_from((node, dict(data)) for node, data in network.nodes(data=True) if node in mode)
    _keep_within(folded)
    for (one, other), pairs in sorted(behind.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        hubs = [shared.hub for shared in pairs]
        data = joined(data for shared in pairs for data in shared.behind)
        about = {
            "edge": "shared",
            "label": "shares",
            "label_es": "comparte",
            "via": " ".join(hubs),
            "via_label": "; ".join(str(network.nodes[hub]["label"]) for hub in hubs),
            "shared": len(hubs),
            "weight": independent(joined(shared.behind) for shared in pairs),
        }
        folded.add_edge(one, other, f"{one} {other}", **data, **about)
    return folded


def without_edges(network: "nx.MultiDiGraph[str]", unwanted: Collection[Edge]) -> None:
    """Take edges out of a network, and the nodes that then have none."""
    for start, end, key, _ in unwanted:
        network.remove_edge(start, end, key)
    network.remove_nodes_from([node for node in list(network) if network.degree(node) == 0])
    _keep_within(network)


def _keep_within(network: "nx.MultiDiGraph[str]") -> None:
    """Name in `within` only places that are still there."""
    for _, data in network.nodes(data=True):
        within = [iri for iri in data.pop("within", "").split() if iri in network]
        if within:
            data["within"] = " ".join(within)


def _reached(edges: Iterable[Edge], declared: Sequence[Declaration]) -> list[Edge]:
    """Leave out the edges that continue others where no other leads to their start."""
    continuing = {one.name for one in declared if one.continues}
    every = list(edges)
    if not continuing or len(continuing) == len(declared):
        return every  # a network of such edges alone begins anywhere
    after: dict[str, list[Edge]] = {}
    for edge in every:
        if edge[3]["edge"] in continuing:
            after.setdefault(edge[0], []).append(edge)
    waiting = [edge for edge in every if edge[3]["edge"] not in continuing]
    kept = {edge[2] for edge in waiting}
    while waiting:
        for follower in after.get(waiting.pop()[1], ()):
            if follower[2] not in kept:
                kept.add(follower[2])
                waiting.append(follower)
    return [edge for edge in every if edge[2] in kept]
