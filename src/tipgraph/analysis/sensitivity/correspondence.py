"""What a node of the whole graph is called where a source was left out, and the other way round."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from tipgraph.graph import Graph
from tipgraph.model import IDENTITY, data_iri, tip

_CANONICAL = NamedNode(tip.canonical)


class Crossing:
    """The way between a graph and the same graph built without a source.

    Where that source had the node that stood for others, another one stands for them now; and things that only its
    nodes held together come apart.
    """

    def __init__(self, whole: Graph, rest: Graph, without: str) -> None:
        """Compare what judgements join in both graphs."""
        self._in_whole, self._in_rest = _standing(whole), _standing(rest)
        self._gone = data_iri(without).value
        self._members: dict[NamedNode, list[NamedNode]] = {}
        for node, stands in self._in_whole.items():
            self._members.setdefault(stands, [stands]).append(node)

    def to_whole(self, node: NamedNode) -> NamedNode:
        """Return the node of the whole graph that a node of the rest is."""
        return self._in_whole.get(node, node)

    def to_rest(self, node: NamedNode) -> list[NamedNode]:
        """Return the nodes of the rest that a node of the whole graph is: none where it is gone, or several."""
        left = (one for one in self._members.get(node, [node]) if not self._is_gone(one))
        return sorted({self._in_rest.get(one, one) for one in left}, key=lambda one: (one != node, one.value))

    def _is_gone(self, node: NamedNode) -> bool:
        return node.value == self._gone or node.value.startswith(f"{self._gone}/")

    @property
    def apart(self) -> list[NamedNode]:
        """The things that come apart, as the nodes that stand for them in the whole graph."""
        return sorted((node for node in self._members if len(self.to_rest(node)) > 1), key=str)

    def names(self, nodes: Iterable[str]) -> dict[str, str]:
        """Return what nodes of the rest are called in the whole graph, no two alike.

        Of those that come apart, one keeps the name: the node itself, or the first.
        """
        named: dict[str, str] = {}
        for node in nodes:
            whole = self.to_whole(NamedNode(node))
            first = next(iter(self.to_rest(whole)), None)
            named[node] = whole.value if first is not None and first.value == node else node
        return named


def _standing(graph: Graph) -> dict[NamedNode, NamedNode]:
    """Return for each node that judgements join to another one the node that stands for it."""
    return {
        quad.subject: quad.object
        for quad in graph.quads(IDENTITY.value)
        if quad.predicate == _CANONICAL and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
    }
