"""What measures take and give: a simple graph with one tie for each pair of nodes, and a table.

The weight of a tie is the number of its independent sayings. Edges from a node to itself are left out. The rows of a
table name things or ties, their values, and their claims.

Decision: docs/decisions/0042-weights-count-roots.md.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from tipgraph.analysis.network.folds import Attributes, Network, claims_of, independent

if TYPE_CHECKING:
    import networkx as nx

_Simple = TypeVar("_Simple", bound="nx.Graph[str]")
Value: TypeAlias = str | int | float


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
    import networkx as nx

    return _tied(nx.Graph(), network)


def arcs(network: Network) -> "nx.DiGraph[str]":
    """Return the ties of a network with direction; an edge without one runs both ways."""
    import networkx as nx

    return _tied(nx.DiGraph(), network)


def _tied(simple: _Simple, network: Network) -> _Simple:
    simple.add_nodes_from(network)
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
