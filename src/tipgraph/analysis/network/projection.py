"""Project a graph to a network: nodes that act or are acted on, and edges with their claims."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network import backend
from tipgraph.analysis.network.declarations import EVERY, Declaration, declarations
from tipgraph.analysis.network.filters import claim_test, fitting
from tipgraph.analysis.network.folds import Edge, Shared, independent, joined, who_share
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve

if TYPE_CHECKING:
    import networkx as nx

    from tipgraph.analysis.network.columns import EdgeColumns, ValueColumn

_BEGIN = ""  # a node before all edges that do not continue others


@dataclass(frozen=True, eq=False)
class NetworkColumns:
    """A network as columns: its nodes (IRIs in order) with their attributes, and its edges.

    `asked` is its filter in words.
    """

    name: str
    nodes: list[str]
    attributes: "dict[str, ValueColumn]"
    edges: "EdgeColumns"
    asked: dict[str, str] = field(default_factory=dict)

    def networkx(self) -> "nx.MultiDiGraph[str]":
        """Return the network as a `networkx.MultiDiGraph`."""
        import networkx as nx

        from tipgraph.analysis.network.columns import records

        network: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=self.name, asked=self.asked)
        network.add_nodes_from(zip(self.nodes, records(self.attributes, len(self.nodes)), strict=True))
        network.add_edges_from(self.edges.rows())  # type: ignore[arg-type]  # the stubs do not know keys
        return network

    def igraph(self) -> Any:
        """Return the network as a directed `igraph.Graph`; a value that is not known is None.

        `name` of a vertex is its IRI, `key` of an edge is distinct. Raises MissingExtra if igraph is not installed.
        """
        from tipgraph.analysis.network.columns import ValueColumn

        number = {iri: at for at, iri in enumerate(self.nodes)}
        start, end = (column.mapped(number.get).objects() for column in (self.edges.start, self.edges.end))
        columns = (
            {"name": ValueColumn.of(self.nodes), **self.attributes},
            {"key": self.edges.key, **self.edges.attributes},
        )
        vertices, edges = ({name: column.objects() for name, column in each.items()} for each in columns)
        return backend.igraph_of(list(zip(start, end, strict=True)), vertices, edges)


def project(graph: Graph, name: str = EVERY, asked: Filter | None = None) -> "nx.MultiDiGraph[str]":
    """Return a network of a graph as a `networkx.MultiDiGraph`, in a fixed order.

    `name` is a network of the ontology (partnership, funding, participation, routes, affiliation …) or `all`. Nodes are
    IRIs, with `iri`, `label`, `label_es`, `kind` (their class), `type` (Actor, Place, Undertaking, Document or Route)
    and, for places, `within` (places of this network that hold them).

    Edges have, as far as sources state them: `claim` (IRIs with spaces between), `class`, `edge` (the declaration),
    `label`, `label_es`, `kind`, `status`, `date`, `earliest`, `latest`, `amount`, `currency`, `document` (the source),
    `said_at` (source, paragraph, sentence), `modality`, `caveats` and `caveats_es` (what makes the edge weaker than its label),
    `review` (who compared the claim with its sentence), `corrected`, `doubts` (of audits), `directed`, `restates` (the
    claim that it repeats), `contradicts` (claims) and `via` (the undertaking). Edges of money also have `finance` (its
    type), `passed_on` (the giver has it, or may have it, from an earlier payment) and `counts_as` (claims of the
    network that count instead). `inherited` names the values that are the undertaking's, `concluded` those of them
    that are only implied. An amount for several edges is `shared_amount` on each, with their number `shared_by`.

    Where `directed` is false, start and end are in no order. Raises
    UnknownName, AmbiguousName or BadValue.

    >>> from tipgraph import build
    >>> project(build(), "routes", Filter(focus=("JP",))).number_of_nodes()
    7
    """
    return project_columns(graph, name, asked).networkx()


def project_columns(graph: Graph, name: str = EVERY, asked: Filter | None = None) -> NetworkColumns:
    """Return a network as columns, for igraph or networkx, with the attributes that `project` describes.

    >>> from tipgraph import build
    >>> network = project_columns(build(), "routes", Filter(focus=("JP",)))
    >>> len(network.nodes), len(network.edges), network.edges["edge"].values
    (7, 10, ['routeDirected', 'routeUndirected'])
    """
    from tipgraph.analysis.network.edges import claims_as_edges

    asked = asked or Filter()
    declared = declarations(graph, name)
    edges = claims_as_edges(graph, declared, claim_test(graph, asked))
    if asked.stated:
        edges = edges.take(edges["modality"].where("stated".__eq__))  # no tie that is only implied
    if name != EVERY:
        edges = _reached(edges, declared)  # before the rest of the filter: an undated edge may lead to a dated event
    edges = fitting(graph, edges, asked)
    if asked.focus:
        edges = around(edges, [resolve(graph, word).value for word in asked.focus], asked.steps or 1)
    return assemble(graph, edges, name, asked)


def assemble(graph: Graph, edges: "EdgeColumns", name: str, asked: Filter, alone: Iterable[str] = ()) -> NetworkColumns:
    """Return a network of edges and of nodes `alone`, with the labels and classes of the nodes."""
    import numpy as np

    from tipgraph.analysis.network.columns import ValueColumn
    from tipgraph.analysis.network.edges import counted_within
    from tipgraph.analysis.network.values import things_of, tops_of

    nodes = sorted({*alone, *edges.start.objects(), *edges.end.objects()})
    things = things_of(graph, nodes)
    row = {iri: at for at, iri in enumerate(things.iris)}
    rows = np.array([row.get(iri, -1) for iri in nodes], np.int64)

    def first(attribute: str) -> "ValueColumn":
        column = things[attribute].first
        return ValueColumn(np.append(column.codes, -1)[rows], column.values)

    iris, kind = ValueColumn(np.arange(len(nodes)), nodes), first("kind")
    tops = tops_of(graph)
    attributes = {"iri": iris, "kind": kind, "type": kind.mapped(lambda name: tops.get(name, name))}
    attributes |= {attribute: first(attribute) for attribute in things.cells if attribute.startswith("label")}
    attributes["label"] = first("label").otherwise(first("label_es")).otherwise(iris)
    attributes["label_es"] = first("label_es").otherwise(attributes["label"])
    there = set(nodes)
    within = dict(zip(things.iris, things["within"].lists(), strict=True))
    attributes["within"] = iris.mapped(
        lambda place: " ".join(sorted(there & {*within.get(place, ())} - {place})) or None
    )
    return NetworkColumns(name, nodes, attributes, counted_within(edges), asked.words())


def edges_of(network: "nx.MultiDiGraph[str]") -> list[Edge]:
    """Return the edges of a network in order."""
    return list(network.edges(keys=True, data=True))


def undated(network: "nx.MultiDiGraph[str]") -> int:
    """Count the edges of a network that have no date."""
    return sum("earliest" not in data and "latest" not in data for _, _, data in network.edges(data=True))


def around(edges: "EdgeColumns", focus: Collection[str], steps: int) -> "EdgeColumns":
    """Return the edges within some steps of a focus, in any direction."""
    import networkx as nx

    graph = nx.Graph(list(zip(edges.start.objects(), edges.end.objects(), strict=True)))
    reached = (nx.single_source_shortest_path_length(graph, node, steps - 1) for node in focus if node in graph)
    near = set().union(*reached)
    return edges.take(edges.start.where(near.__contains__) | edges.end.where(near.__contains__))


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


def _reached(edges: "EdgeColumns", declared: Sequence[Declaration]) -> "EdgeColumns":
    """Leave out edges that continue others if no other edge leads to their start."""
    import networkx as nx

    continuing = {declaration.name for declaration in declared if declaration.continues}
    if not continuing or len(continuing) == len(declared):
        return edges  # a network of such edges alone begins anywhere
    continues = edges["edge"].where(continuing.__contains__)
    onward: nx.DiGraph[str] = nx.DiGraph()
    onward.add_edges_from(zip(*(end.take(continues).objects() for end in (edges.start, edges.end)), strict=True))
    onward.add_edges_from((_BEGIN, end) for end in edges.end.take(~continues).objects())
    onward.add_node(_BEGIN)
    reached = nx.descendants(onward, _BEGIN)
    return edges.take(~continues | edges.start.where(reached.__contains__))
