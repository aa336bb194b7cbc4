"""Nodes as judgements name them: `source/id`, or `source/table/id` if a source has two things with that id."""

from collections.abc import Iterable

from tipgraph.errors import AmbiguousName, UnknownName
from tipgraph.graph import Graph
from tipgraph.model import data_name


class Nodes:
    """All nodes that judgements can name, also those that were merged into others.

    >>> nodes = Nodes([("a/actors/lima", "Actor"), ("a/places/peru", "Place")])
    >>> nodes.find("a/peru"), nodes.short("a/actors/lima"), nodes.root("a/actors/lima")
    ('a/places/peru', 'a/lima', 'Actor')
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        """Take rows of a node and its kind of thing."""
        self._roots = dict(rows)
        self._by_name: dict[str, list[str]] = {}
        for node in self._roots:
            self._by_name.setdefault(_short_name(node), []).append(node)

    @classmethod
    def of(cls, graph: Graph) -> "Nodes":
        """Return the nodes of a graph."""
        rows = graph.named("match-nodes")
        return cls((data_name(row["node"].value), row["root"].value.rpartition("#")[2]) for row in rows)

    def find(self, name: str) -> str:
        """Return the node of a name; raise UnknownName or AmbiguousName."""
        name = data_name(name.strip().strip("<>"))
        nodes = self._named(name)
        if len(nodes) > 1:
            raise AmbiguousName(f"{name!r} is the name of several entries; write one of {', '.join(nodes)}")
        if not nodes:
            raise UnknownName(
                f"{name!r} is no thing here; write `source/id` as `tipgraph review identity` shows it, and build the "
                "graph anew if the source is new"
            )
        return nodes[0]

    def known(self, name: str) -> str:
        """Return the node of a name as the tables of the reference write it; the name itself if it is unknown."""
        for nodes in (self._named(name), self._named(f"reference/{name}")):
            if len(nodes) == 1:
                return nodes[0]
        return name

    def short(self, node: str) -> str:
        """Return the name of a node in judgements."""
        name = _short_name(node)
        return name if len(self._by_name.get(name, ())) == 1 else node

    def root(self, node: str) -> str:
        """Return the kind of thing of a node, such as Actor; an empty string if it is unknown."""
        return self._roots.get(node, "")

    def _named(self, name: str) -> list[str]:
        return [name] if name in self._roots else self._by_name.get(name, [])


def _short_name(node: str) -> str:
    source, _, rest = node.partition("/")
    return f"{source}/{rest.rpartition('/')[2]}" if rest else source
