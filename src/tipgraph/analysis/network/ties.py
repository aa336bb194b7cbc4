"""Edges and the ties that they make: shared neighbours, independent sayings, simple graphs, and tables of measures.

The weight of a tie is the number of its independent sayings. Edges from a node to itself tie nothing. The rows of a
table name things or ties, their values, and their claims.

Decision: docs/decisions/0039-how-claims-become-links.md.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    import networkx as nx

Network: TypeAlias = "nx.MultiDiGraph[str]"
Attributes = dict[str, Any]
Edge = tuple[str, str, str, Attributes]
ClaimTest: TypeAlias = Callable[[str, str, str], bool]  # whether a claim counts, by its IRI, source and modality
Value: TypeAlias = str | int | float
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_Simple = TypeVar("_Simple", bound="nx.Graph[str]")

MARKS = {
    **dict.fromkeys(("said_at", "sayings", "corrected", "doubts"), "; "),
    **dict.fromkeys(("caveats", "caveats_es"), ", "),
}
"""What lies between the values of an attribute; a space between those of all others."""
_JOINED = (
    "claim", "class", "document", "status", "inherited", "concluded", "review", "roots", "said_at", "sayings",
    "corrected", "doubts", "caveats", "caveats_es",
)  # fmt: skip
"""The attributes that an edge has from the edges behind it."""


def is_reviewed(data: Mapping[str, Any]) -> bool:
    """Tell whether somebody has compared a claim of an edge with its sentence.

    >>> is_reviewed({"review": "ai-agent unreviewed"}), is_reviewed({"review": "unreviewed"})
    (True, False)
    """
    return bool(data.get("review", "unreviewed") != "unreviewed")


def grouped(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, list[_Value]]:
    """Return the second of some pairs by the first, in order.

    >>> grouped([("a", 1), ("b", 2), ("a", 3)])
    {'a': [1, 3], 'b': [2]}
    """
    found: dict[_Key, list[_Value]] = {}
    for first, second in pairs:
        found.setdefault(first, []).append(second)
    return found


def who_share(edges: Iterable[Edge], side: int = 0) -> dict[tuple[str, str], dict[str, list[Edge]]]:
    """Return the neighbours of each pair of starts that share an end (or with side 1, of ends that share a start).

    Each neighbour has the edges of both to it, in order.
    """
    hubs: dict[str, dict[str, list[Edge]]] = {}
    for edge in edges:
        node, hub = edge[:2] if side == 0 else (edge[1], edge[0])
        hubs.setdefault(hub, {}).setdefault(node, []).append(edge)
    found: dict[tuple[str, str], dict[str, list[Edge]]] = {}
    for hub, sharing in sorted(hubs.items()):
        for pair in combinations(sorted(sharing), 2):
            both = [edge for node in pair for edge in sharing[node]]
            found.setdefault(pair, {})[hub] = sorted(both, key=lambda edge: edge[2])
    return found


def in_one_sentence(edges: list[Edge]) -> list[Edge]:
    """Return the edges of two starts from the sentences that name both."""
    said: dict[str, set[str]] = {}
    for start, _, _, data in edges:
        said.setdefault(start, set()).update(_sentences(data.get("said_at", "")))
    both = set.intersection(*said.values())
    return [edge for edge in edges if not both.isdisjoint(_sentences(edge[3].get("said_at", "")))]


def joined(edges: Iterable[Edge]) -> Attributes:
    """Return the attributes of several edges as those of one implied edge without a direction.

    A date or bound is kept only if all have the same.
    """
    behind = [{**data, "roots": data.get("roots") or data["claim"]} for *_, data in edges]
    together: Attributes = {name: several(behind, name) for name in _JOINED}
    together |= {"undirected": True, "modality": "implied"}
    for name in ("date", "earliest", "latest"):
        if len({data.get(name) for data in behind}) == 1:
            together[name] = behind[0].get(name, "")
    return {name: value for name, value in together.items() if value != ""}


def several(edges: Iterable[Mapping[str, Any]], name: str) -> str:
    """Return the distinct values of an attribute of several edges."""
    mark = MARKS.get(name, " ")
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


@dataclass(frozen=True)
class MeasureRow:
    """A row: the IRIs of a thing or of the ends of a tie, values, claims and their places.

    `key` distinguishes rows about the same things.
    """

    things: tuple[str, ...]
    values: tuple[Value, ...]
    claims: tuple[str, ...] = ()
    said_at: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, ...]:
        """The name of the row; rows of two tables with one name are compared."""
        return self.things + self.key


@dataclass(frozen=True)
class MeasureTable:
    """The result of a measure.

    `names` are the columns of things, `columns` those of values; `notes` explain them. `value` is the index of the
    column with the measure itself; if `ranked`, rows are in its order.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    rows: list[MeasureRow]
    notes: tuple[str, ...] = ()
    ranked: bool = True
    value: int = 0

    def measured(self) -> dict[tuple[str, ...], Value]:
        """Return the value of the measure for each row, by name."""
        return {row.name: row.values[self.value] for row in self.rows}

    def ranks(self) -> dict[tuple[str, ...], int]:
        """Return the rank of each row by name, from 1; equal values share a rank. Empty if not `ranked`."""
        first: dict[Value, int] = {}
        rows = self.rows if self.ranked else ()
        return {row.name: first.setdefault(row.values[self.value], place) for place, row in enumerate(rows, 1)}


def ranked(rows: Sequence[MeasureRow], *, ascending: bool = False) -> list[MeasureRow]:
    """Return rows sorted by their first value, then by their things."""
    by_things = sorted(rows, key=lambda row: row.things)
    return sorted(by_things, key=lambda row: row.values[0], reverse=not ascending)


def ties(network: Network) -> "nx.Graph[str]":
    """Return the ties of a network without direction; each has `weight` and `edges` (their attributes)."""
    import networkx as nx  # slow to import

    return _tied(nx.Graph(), network)


def arcs(network: Network) -> "nx.DiGraph[str]":
    """Return the ties of a network with direction; an edge without one runs both ways."""
    import networkx as nx  # slow to import

    return _tied(nx.DiGraph(), network)


def _tied(simple: _Simple, network: Network) -> _Simple:
    simple.add_nodes_from(network.nodes(data=True))
    for start, end, data in network.edges(data=True):
        ways = [(start, end), (end, start)] if data["undirected"] and simple.is_directed() else [(start, end)]
        for way in ways if start != end else ():
            simple.add_edge(*way)
            simple.edges[way].setdefault("edges", []).append(data)
    for _, _, tie in simple.edges(data=True):
        tie["weight"] = independent(tie["edges"])
    return simple


def behind(edges: Iterable[Attributes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the claims of edges and their places, sorted and distinct."""
    every = list(edges)
    claims = dict.fromkeys(chain.from_iterable(claims_of(data) for data in every))
    places = dict.fromkeys(chain.from_iterable(filter(None, data.get("said_at", "").split("; ")) for data in every))
    return tuple(sorted(claims)), tuple(sorted(places, key=_place))


def _place(place: str) -> tuple[str, list[int]]:
    source, _, rest = place.partition(" ¶")
    return source, [int(number) for number in re.findall("[0-9]+", rest)]
