"""The estimates around routes and places: their own, those of places and routes around them, and of the same lineage.

The rows are joined here, since a query that joins them for all entries of a large graph takes many minutes.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import NamedTuple, TypeVar

from pyoxigraph import NamedNode

from tipgraph.graph import Graph

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
_NONE: frozenset[NamedNode] = frozenset()


class _Report(NamedTuple):
    """A report of a route: its places by end."""

    origins: set[NamedNode]
    destinations: set[NamedNode]
    others: set[NamedNode]


def belonging(graph: Graph, things: Iterable[NamedNode]) -> dict[NamedNode, list[NamedNode]]:
    """Return the estimates of each of some routes and places, in the order of their IRIs."""
    vicinity = _Vicinity(graph)
    lineages: dict[NamedNode, set[str]] = {}
    claims: dict[str, set[NamedNode]] = {}
    for row in graph.named("lineages"):
        lineages.setdefault(row["subject"], set()).add(row["lineage"].value)
        claims.setdefault(row["lineage"].value, set()).add(row["claim"])
    found = {}
    for thing in things:
        near = {lineage for about in vicinity.around(thing) for lineage in lineages.get(about, ())}
        found[thing] = sorted({claim for lineage in near for claim in claims[lineage]}, key=str)
    return found


class _Vicinity:
    """The places within others, and the routes between them."""

    def __init__(self, graph: Graph) -> None:
        pairs = [(row["place"], row["holder"]) for row in graph.named("holders")]
        self._holders = _sets(pairs)
        self._parts = _sets((holder, place) for place, holder in pairs)
        self._reports: dict[NamedNode, dict[NamedNode, _Report]] = {}
        for row in graph.named("route-reports"):
            report = self._reports.setdefault(row["route"], {}).setdefault(row["report"], _Report(set(), set(), set()))
            for places, name in zip(report, ("origin", "destination", "endpoint"), strict=True):
                places.update(filter(None, [row[name]]))
        reports = [(route, report) for route, own in self._reports.items() for report in own.values()]
        self._touching = _sets((place, route) for route, report in reports for place in chain(*report))
        self._between = _sets(
            (ends, route) for route, report in reports for ends in product(report.origins, report.destinations)
        )

    def around(self, thing: NamedNode) -> set[NamedNode]:
        """Return a thing, the places within it, the routes that touch these, and what is around its own ends."""
        within, own = self._parts.get(thing, _NONE), self._reports.get(thing, {}).values()
        routes = chain.from_iterable(self._touching.get(place, _NONE) for place in within)
        return {thing, *within, *routes, *(place for report in own for place in chain(*report)), *self._beside(own)}

    def _beside(self, reports: Iterable[_Report]) -> Iterator[NamedNode]:
        """Yield the routes whose ends lie within the ends of some reports, or hold them."""
        for report in reports:
            starts, ends = (self._near(places) for places in (report.origins, report.destinations))
            for pair in product(starts, ends):
                yield from self._between.get(pair, _NONE)

    def _near(self, places: Iterable[NamedNode]) -> set[NamedNode]:
        return {near for place in places for side in (self._holders, self._parts) for near in side.get(place, _NONE)}


def _sets(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, set[_Value]]:
    found: dict[_Key, set[_Value]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
