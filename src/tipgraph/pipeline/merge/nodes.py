"""What judgements call nodes: `source/id`, or `source/table/id` where a source has two things of that id."""

from collections.abc import Iterable

from tipgraph.errors import AmbiguousName, UnknownName
from tipgraph.graph import Graph
from tipgraph.model import data_name


class Nodes:
    """All nodes that judgements can name, those that others stand for included.

    >>> nodes = Nodes([("a/actors/lima", "a/actors/lima", "Actor"), ("a/places/peru", "b/places/peru", "Place")])
    >>> nodes.find("a/peru"), nodes.stands("a/places/peru"), nodes.short("a/actors/lima")
    ('a/places/peru', 'b/places/peru', 'a/lima')
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take in rows of a node, the node that stands for it, and the kind of thing that it is."""
        self._stands: dict[str, str] = {}
        self._roots: dict[str, str] = {}
        self._called: dict[str, list[str]] = {}
        for node, stands, root in rows:
            if node not in self._stands:
                self._called.setdefault(_shortest(node), []).append(node)
            self._stands[node], self._roots[node] = stands, root

    @classmethod
    def of(cls, graph: Graph) -> "Nodes":
        """Return the nodes of a graph."""
        columns = ("node", "thing", "root")
        rows = ([row[column].value for column in columns] for row in graph.named("match-nodes"))
        return cls((_cut(node), _cut(thing), root.rpartition("#")[2]) for node, thing, root in rows)

    def find(self, name: str) -> str:
        """Return the node of a name; raise UnknownName or AmbiguousName."""
        name = _cut(name.strip().strip("<>"))
        found = [name] if name in self._stands else self._called.get(name, [])
        if len(found) > 1:
            raise AmbiguousName(f"{name!r} means several things; write one of {', '.join(found)}")
        if not found:
            raise UnknownName(
                f"{name!r} is no thing here; write `source/id` as `tipgraph review identity` shows it, and build the "
                "graph anew where the source is new"
            )
        return found[0]

    def known(self, name: str) -> str:
        """Return the node of a name as the tables of the reference write it; the name itself where nobody knows it."""
        for one in (name, f"reference/{name}"):
            found = [one] if one in self._stands else self._called.get(one, [])
            if len(found) == 1:
                return found[0]
        return name

    def short(self, node: str) -> str:
        """Return how judgements name a node."""
        short = _shortest(node)
        return short if len(self._called.get(short, ())) == 1 else node

    def stands(self, node: str) -> str:
        """Return the node that stands for a node in the graph."""
        return self._stands.get(node, node)

    def root(self, node: str) -> str:
        """Return the kind of thing that a node is, such as Actor; nothing where it is not known."""
        return self._roots.get(node, "")


def _shortest(node: str) -> str:
    source, _, rest = node.partition("/")
    return f"{source}/{rest.rpartition('/')[2]}" if rest else source


def _cut(iri: str) -> str:
    return data_name(iri)
