"""The network of routes: reports from and to each place, their sources, and places without undertakings.

Places are as the sources name them: a route from a region is not a route from each of its countries. An undertaking in
a part of a place counts for the place, but not the other way round.
"""

from typing import TYPE_CHECKING, Any

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.filters import holders_of
from tipgraph.analysis.network.folds import Edge, independent, voices
from tipgraph.analysis.network.projection import edges_of, project
from tipgraph.analysis.network.table import MeasureRow, MeasureTable, Value, ranked
from tipgraph.analysis.network.ties import behind
from tipgraph.graph import Graph

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

ROUTES = "routes"
ORIGIN, DESTINATION, TRANSIT, END = "origin", "destination", "transit", "end of a route"
STUDIED = "subject of research"
_IN = "undertakingPlace"
_ABOUT = "undertakingSubjectPlace"
_DOCUMENT_ABOUT = "documentSubjectPlace"
_NOT_DONE = frozenset({"planned", "proposed"})


def route_strength(network: "Network") -> MeasureTable:
    """Count the independent sayings that name each place as origin, destination, transit or undirected end."""
    roles: dict[str, dict[str, list[dict[str, Any]]]] = {place: {} for place in network}
    for edge in edges_of(network):
        for place, role in _roles(edge):
            roles[place].setdefault(role, []).append(edge[3])
    rows = []
    for place, by_role in roles.items():
        every = [data for found in by_role.values() for data in found]
        counts = [independent(by_role.get(role, ())) for role in (ORIGIN, DESTINATION, TRANSIT, END)]
        within = ", ".join(str(network.nodes[iri]["label"]) for iri in network.nodes[place].get("within", "").split())
        rows.append(MeasureRow((place,), (independent(every), *counts, len(voices(every)), within), *behind(every)))
    columns = ("sayings", "as origin", "as destination", "in transit", "direction not stated", "sources", "lies within")
    notes = ("a region and the countries within it are counted apart, as the sources name them",)
    return MeasureTable(("place",), columns, ranked(rows), notes)


def route_sources(network: "Network") -> MeasureTable:
    """List the sources that report each route: how many, which, and by how many independent sayings."""
    rows = []
    for edges in _by_ends(network):
        ends, direction = _ends(edges[0])
        sources = sorted({source for edge in edges for source in edge[3]["document"].split()})
        data = [edge[3] for edge in edges]
        values = len(voices(data)), independent(data), direction, ", ".join(sources)
        rows.append(MeasureRow(ends, values, *behind(data), (direction,)))
    columns = ("sources", "independent sayings", "direction", "named")
    return MeasureTable(("from", "to"), columns, ranked(rows))


def route_gaps(graph: Graph, network: "Network", asked: Filter) -> MeasureTable:
    """Find the routes on which nobody is reported to work: undertakings held or under way at each end, least first.

    An undertaking counts where it takes place in an end of the route, or is about it, or about a part of it.
    """
    same = Filter(sources=asked.sources, start=asked.start, end=asked.end, certainly=asked.certainly,
                  stated=asked.stated, without=asked.without)  # fmt: skip
    undertakings = project(graph, "undertakings", same)
    done = _done_by_place(graph, undertakings)
    rows = []
    for edges in _by_ends(network):
        ends, direction = _ends(edges[0])
        there = [{edge[0] for edge in done.get(end, ())} for end in ends]
        events = [{edge[0] for edge in done.get(end, ()) if _is_held(undertakings, edge)} for end in ends]
        nobody = " and ".join(
            str(network.nodes[end]["label"]) for end, found in zip(ends, there, strict=True) if not found
        )
        values: tuple[Value, ...] = (
            min(map(len, there)), direction, len(there[0]), len(there[1]), len(events[0]), len(events[1]), nobody,
        )  # fmt: skip
        rows.append(MeasureRow(ends, values, *behind(edge[3] for edge in edges), (direction,)))
    columns = ("least", "direction", "at start", "at end", "events at start", "events at end", "nobody in or about")
    notes = (
        "`least` is the smaller of the two ends; what is only planned or proposed does not count",
        "what is done in, or is about, a place that this graph puts within an end counts for it",
        "nothing is put within a place of unsure extent, such as a hemisphere",
        "0 means that these sources report none, not that there is none",
    )
    return MeasureTable(("from", "to"), columns, ranked(rows, ascending=True), notes)


def _done_by_place(graph: Graph, undertakings: "Network") -> dict[str, list[Edge]]:
    """Return the edges of undertakings held or under way, by the places in which they are or which they are about."""
    every = [
        edge
        for edge in edges_of(undertakings)
        if edge[3]["edge"] in (_IN, _ABOUT) and _is_done(edge[3].get("status", "").split())
    ]
    holders = holders_of(graph, {edge[1] for edge in every})
    done: dict[str, list[Edge]] = {}
    for edge in every:
        for holder in holders.get(edge[1], ()):
            done.setdefault(holder, []).append(edge)
    return done


def gaps(graph: Graph, network: "Network", _asked: Filter) -> MeasureTable:
    """Count the events held in each country that is named as an end of a route or studied, least first.

    A country is named where a part of it is, and not where only a region that holds it is.
    """
    from tipgraph.analysis.network.values import kinds_of

    holders = holders_of(graph, set(network))
    kinds = kinds_of(graph, set[str]().union(*holders.values()))
    countries = {iri for iri, (kind, _) in kinds.items() if kind == "Country"}
    named: dict[str, dict[str, list[Edge]]] = {}
    held: dict[str, set[str]] = {}
    for edge in edges_of(network):
        for place, role in _roles(edge):
            for country in countries & holders.get(place, set()):
                named.setdefault(country, {}).setdefault(role, []).append(edge)
        if _is_held(network, edge):
            for country in countries & holders.get(edge[1], set()):
                held.setdefault(country, set()).add(edge[0])
    rows = []
    for country, roles in named.items():
        data = [edge[3] for edges in roles.values() for edge in edges]
        values = len(held.get(country, ())), ", ".join(sorted(roles)), independent(data)
        rows.append(MeasureRow((country,), values, *behind(data)))
    notes = ("0 means that these sources report no event there, not that there is none",)
    return MeasureTable(("country",), ("events held", "named as", "claims"), ranked(rows, ascending=True), notes)


def _is_done(statuses: list[str]) -> bool:
    """Tell whether an undertaking has a status other than planned or proposed, or no status."""
    return not statuses or not _NOT_DONE.issuperset(statuses)


def _roles(edge: Edge) -> list[tuple[str, str]]:
    """Return the places of an edge with their roles: end of a route, transit, or subject of research."""
    start, end, _, data = edge
    if data["class"] != "RouteReport":
        is_study = {"research", "study-report"} & set(data.get("kind", "").split())
        return [(end, STUDIED)] if is_study and data["edge"] in (_ABOUT, _DOCUMENT_ABOUT) else []
    if not data["directed"]:
        return [(start, END), (end, END)]
    first, last = data.get("leg", 1) == 1, data.get("leg") == data.get("legs")
    return [(start, ORIGIN if first else TRANSIT), (end, DESTINATION if last else TRANSIT)]


def _is_held(undertakings: "Network", edge: Edge) -> bool:
    """Tell whether an edge says that an event was held in a place."""
    is_event = undertakings.nodes[edge[0]]["kind"] == "Event"
    return is_event and edge[3]["edge"] == _IN and "held" in edge[3].get("status", "").split()


def _by_ends(network: "Network") -> list[list[Edge]]:
    """Return the edges of routes between the same ends together; those without a direction apart."""
    found: dict[tuple[str, str, bool], list[Edge]] = {}
    for edge in edges_of(network):
        (start, end), _ = _ends(edge)
        found.setdefault((start, end, edge[3]["directed"]), []).append(edge)
    return [edges for _, edges in sorted(found.items())]


def _ends(edge: Edge) -> tuple[tuple[str, str], str]:
    """Return the ends of the route of an edge, and its direction in words."""
    start, end, _, data = edge
    ends = data.get("origin", start), data.get("destination", end)
    return ends, "not stated" if not data["directed"] else "within" if ends[0] == ends[1] else "to"
