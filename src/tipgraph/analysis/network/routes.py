"""Routes without reported work.

Places are as the sources name them: a route from a region is not a route from each of its countries. An undertaking in
a part of a place counts for the place, but not the other way round.
"""

from dataclasses import replace

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.filters import holders_of
from tipgraph.analysis.network.projection import edges_of, project
from tipgraph.analysis.network.ties import Attributes, MeasureRow, MeasureTable, Network, Value, behind, ranked
from tipgraph.graph import Graph

ROUTES = "routes"
_IN = "undertakingPlace"
_ABOUT = "undertakingSubjectPlace"
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
    done, held = _done_by_place(graph, project(graph, "undertakings", same))
    by_ends: dict[tuple[str, str, bool], list[Attributes]] = {}
    for start, end, _, data in edges_of(network):
        ends = data.get("origin", start), data.get("destination", end)
        by_ends.setdefault((*ends, data["undirected"]), []).append(data)
    rows = []
    for (start, end, undirected), edges in sorted(by_ends.items()):
        ends = start, end
        direction = "not stated" if undirected else "within" if start == end else "to"
        there = [len(done.get(end, ())) for end in ends]
        events = [len(held.get(end, ())) for end in ends]
        nobody = " and ".join(str(network.nodes[end]["label"]) for end in ends if end not in done)
        values: tuple[Value, ...] = (min(there), direction, *there, *events, nobody)
        rows.append(MeasureRow(ends, values, *behind(edges), (direction,)))
    columns = ("least", "direction", "at start", "at end", "events at start", "events at end", "nobody in or about")
    return MeasureTable(("from", "to"), columns, ranked(rows, ascending=True), _NOTES)


def _done_by_place(graph: Graph, undertakings: Network) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the undertakings held or under way, by the places that they are in or about; and the events held there."""
    edges = [edge for edge in edges_of(undertakings) if edge[3]["edge"] in (_IN, _ABOUT)]
    holders = holders_of(graph, {edge[1] for edge in edges})
    done: dict[str, set[str]] = {}
    held: dict[str, set[str]] = {}
    for start, end, _, data in edges:
        statuses = data.get("status", "").split()
        is_event = data["edge"] == _IN and undertakings.nodes[start]["kind"] == "Event"
        for holder in holders.get(end, ()):
            if _is_done(statuses):
                done.setdefault(holder, set()).add(start)
            if is_event and "held" in statuses:
                held.setdefault(holder, set()).add(start)
    return done, held


def _is_done(statuses: list[str]) -> bool:
    """Tell whether an undertaking has a status other than planned or proposed, or no status."""
    return not statuses or not _NOT_DONE.issuperset(statuses)
