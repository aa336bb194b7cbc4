"""Routes without reported work.

Places are as the sources name them: a route from a region is not a route from each of its countries. An undertaking in
a part of a place counts for the place, but not the other way round.
"""

from dataclasses import replace

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.filters import holders_of
from tipgraph.analysis.network.projection import edges_of, project
from tipgraph.analysis.network.ties import Attributes, MeasureRow, MeasureTable, Network, behind, ranked
from tipgraph.graph import Graph

ROUTES = "routes"
_AT = ("undertakingPlace", "undertakingSubjectPlace")
_NOT_DONE = frozenset({"planned", "proposed"})
_NOTES = (
    "`least` is the smaller of the two ends; what is only planned or proposed does not count",
    "what is done in, or is about, a place that this graph puts within an end counts for it",
    "nothing is put within a place of unsure extent, such as a hemisphere",
    "0 means that these sources report none, not that there is none",
)


def route_gaps(graph: Graph, network: Network, asked: Filter) -> MeasureTable:
    """Find the routes on which nobody is reported to work: undertakings held or under way at each end, least first.

    An undertaking counts where it takes place in an end of the route, or is about it, or about a part of it.
    """
    same = replace(asked, statuses=(), kinds=(), place="", topic="", sector="", focus=(), steps=None)
    done = _done_by_place(graph, project(graph, "undertakings", same))
    routes: dict[tuple[str, str, str], list[Attributes]] = {}
    for start, end, _, data in edges_of(network):
        ends = data.get("origin", start), data.get("destination", end)
        direction = "not stated" if data["undirected"] else "within" if ends[0] == ends[1] else "to"
        routes.setdefault((*ends, direction), []).append(data)
    rows = []
    for (start, end, direction), edges in sorted(routes.items()):
        there = [len(done.get(place, ())) for place in (start, end)]
        rows.append(MeasureRow((start, end), (min(there), direction, *there), *behind(edges), (direction,)))
    columns = ("least", "direction", "at start", "at end")
    return MeasureTable(("from", "to"), columns, ranked(rows, ascending=True), _NOTES)


def _done_by_place(graph: Graph, undertakings: Network) -> dict[str, set[str]]:
    """Return the undertakings held or under way, by the places that they are in or about."""
    edges = [edge for edge in edges_of(undertakings) if edge[3]["edge"] in _AT and _is_done(edge[3])]
    holders = holders_of(graph, {edge[1] for edge in edges})
    done: dict[str, set[str]] = {}
    for start, end, _, _ in edges:
        for holder in holders.get(end, ()):
            done.setdefault(holder, set()).add(start)
    return done


def _is_done(data: Attributes) -> bool:
    """Tell whether an undertaking has a status other than planned or proposed, or no status."""
    return "status" not in data or not _NOT_DONE.issuperset(data["status"].split())
