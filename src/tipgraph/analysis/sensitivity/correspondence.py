"""Translate nodes between a graph and the same graph without one source."""

from pyoxigraph import NamedNode

from tipgraph.graph import Graph
from tipgraph.model import IDENTITY, data_iri, tip

_CANONICAL = NamedNode(tip.canonical)


class Crossing:
    """The nodes of a graph, and of the same graph built without a source.

    If the canonical node of a thing was from that source, another node is canonical now. A thing that only the source
    joined comes apart.
    """

    def __init__(self, whole: Graph, rest: Graph, without: str) -> None:
        """Read the canonical nodes of both graphs."""
        self._in_whole, self._in_rest = _canonical_nodes(whole), _canonical_nodes(rest)
        self._gone = data_iri(without).value
        self._members: dict[NamedNode, list[NamedNode]] = {}
        for node, canonical in self._in_whole.items():
            self._members.setdefault(canonical, [canonical]).append(node)

    def to_whole(self, node: NamedNode) -> NamedNode:
        """Return the node of the whole graph for a node of the rest."""
        return self._in_whole.get(node, node)

    def to_rest(self, node: NamedNode) -> list[NamedNode]:
        """Return the nodes of the rest for a node of the whole graph: none if it is gone, several if it comes apart."""
        members = (member for member in self._members.get(node, [node]) if not self._is_gone(member))
        nodes = {self._in_rest.get(member, member) for member in members}
        return sorted(nodes, key=lambda other: (other != node, other.value))

    def _is_gone(self, node: NamedNode) -> bool:
        return node.value == self._gone or node.value.startswith(f"{self._gone}/")

    @property
    def apart(self) -> list[NamedNode]:
        """The things that come apart, by their canonical nodes in the whole graph."""
        return sorted((node for node in self._members if len(self.to_rest(node)) > 1), key=str)


def _canonical_nodes(graph: Graph) -> dict[NamedNode, NamedNode]:
    """Return the canonical node of each node that judgements join to another."""
    return {
        quad.subject: quad.object
        for quad in graph.quads(IDENTITY.value)
        if quad.predicate == _CANONICAL and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
