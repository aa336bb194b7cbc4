"""Fold edges: tie nodes that share a neighbour, and weigh a tie by its independent sayings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from tipgraph.model import data_name

if TYPE_CHECKING:
    import networkx as nx

Network: TypeAlias = "nx.MultiDiGraph[str]"
Attributes = dict[str, Any]
Edge = tuple[str, str, str, Attributes]
ClaimTest: TypeAlias = Callable[[str, str, str], bool]  # whether a claim counts, by its IRI, source and modality


def is_reviewed(data: Mapping[str, Any]) -> bool:
    """Tell whether somebody has compared a claim of an edge with its sentence.

    >>> is_reviewed({"review": "ai-agent unreviewed"}), is_reviewed({"review": "unreviewed"})
    (True, False)
    """
    return bool(data.get("review", "unreviewed") != "unreviewed")


def by_first(rows: Iterable[Any]) -> dict[str, list[str]]:
    """Return the second terms of rows of two by the first."""
    found: dict[str, list[str]] = {}
    for first, second in rows:
        found.setdefault(first.value, []).append(second.value)
    return found


class Shared(NamedTuple):
    """Two nodes that share a neighbour (`hub`), and the edges of each to it."""

    first: str
    second: str
    hub: str
    first_edges: list[Edge]
    second_edges: list[Edge]

    @property
    def behind(self) -> list[Attributes]:
        """The attributes of the edges of both, in a fixed order."""
        return [data for *_, data in sorted(self.first_edges + self.second_edges, key=lambda edge: edge[2])]

    @property
    def key(self) -> str:
        """A distinct name of the pair and its neighbour."""
        return " ".join(data_name(iri) for iri in (self.first, self.second, self.hub))


def who_share(edges: Iterable[Edge], *, onto_starts: bool = True) -> Iterator[Shared]:
    """Yield each pair of starts that share an end (or of ends that share a start), in a fixed order."""
    hubs: dict[str, dict[str, list[Edge]]] = {}
    for edge in edges:
        end, hub = (edge[0], edge[1]) if onto_starts else (edge[1], edge[0])
        hubs.setdefault(hub, {}).setdefault(end, []).append(edge)
    for hub, ends in sorted(hubs.items()):
        for end, other in combinations(sorted(ends), 2):
            yield Shared(end, other, hub, ends[end], ends[other])


def in_one_sentence(shared: Shared) -> Shared:
    """Return a pair with only the edges from sentences that name both nodes."""

    def named(edges: list[Edge]) -> set[str]:
        return {place for edge in edges for place in _sentences(edge[3].get("said_at", ""))}

    both = named(shared.first_edges) & named(shared.second_edges)
    first, second = ([e for e in edges if both & named([e])] for edges in (shared.first_edges, shared.second_edges))
    return shared._replace(first_edges=first, second_edges=second)


_MARKS = {
    **dict.fromkeys(
        ("claim", "class", "document", "status", "inherited", "concluded", "review", "roots", "stops"), " "
    ),
    **dict.fromkeys(("said_at", "sayings", "corrected", "doubts"), "; "),
    **dict.fromkeys(("caveats", "caveats_es"), ", "),
}
"""What lies between the values of an attribute."""


def joined(behind: Iterable[Attributes]) -> Attributes:
    """Return the attributes of several edges as those of one implied edge without a direction.

    A date or bound is kept only if all have the same.
    """
    edges = [{**data, "roots": data.get("roots") or data["claim"]} for data in behind]
    together: Attributes = {name: several(edges, name) for name in _MARKS if name != "stops"}
    together |= {"undirected": True, "modality": "implied"}
    for name in ("date", "earliest", "latest"):
        if len({data.get(name) for data in edges}) == 1:
            together[name] = edges[0].get(name, "")
    return {name: value for name, value in together.items() if value != ""}


def several(edges: Iterable[Mapping[str, Any]], name: str) -> str:
    """Return the distinct values of an attribute of several edges."""
    mark = _MARKS[name]
    return mark.join(dict.fromkeys(part for data in edges for part in data.get(name, "").split(mark) if part))


def independent(edges: Iterable[Attributes]) -> int:
    """Return the number of independent sayings behind edges: the weight of their tie.

    A saying is a sentence of a source; sources with the same text are one. Several claims from one sentence are one
    saying, and so is a claim that repeats another. A folded edge has its weight already, which counts the neighbours.
    """
    weights = number = 0
    marked: list[set[str]] = []
    for data in edges:
        if "shared" in data:
            weights += data["weight"]
        else:
            marked.append({*(data.get("roots") or data["claim"]).split(), *sayings(data)})
    seen: set[str] = set()
    for marks in sorted(marked, key=lambda marks: (len(marks), sorted(marks))):  # edges that repeat several others last
        number += seen.isdisjoint(marks)
        seen |= marks
    return weights + number


def claims_of(attributes: Mapping[str, Any]) -> list[str]:
    """Return the claims behind an edge and its stops."""
    stops = attributes.get("stops")
    return f"{attributes['claim']} {stops}".split() if stops else attributes["claim"].split()


def sayings(data: Attributes) -> list[str]:
    """Return the sentences of an edge; sources with the same text are one."""
    return _sentences(data.get("sayings") or data.get("said_at") or "")


def _sentences(places: str) -> list[str]:
    """Return the sentences of some citations, each without its page: two spans of one sentence may lie on two pages."""
    return [place.partition(",")[0] for place in places.split("; ") if place]


def voices(edges: Iterable[Attributes]) -> set[str]:
    """Return the sources of edges; sources with the same text are one."""
    return {place.partition(" ")[0] for data in edges for place in sayings(data) or data["document"].split()}
