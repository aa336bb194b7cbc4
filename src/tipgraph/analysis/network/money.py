"""The funding network as money: where it goes, through whom, how concentrated it is; and the partner-funding recipe.

Unknown amounts are never 0: they are left out and counted. An amount that covers several givers or receivers belongs to
none of them, currencies are never added up, and what is only proposed, pledged or guaranteed, pays for somebody's
attendance, or only restates another claim is not counted as money.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.declarations import carrying_roles, declarations, tie_words
from tipgraph.analysis.network.edges import claims_as_edges
from tipgraph.analysis.network.filters import fitting, said_by
from tipgraph.analysis.network.folds import Attributes, Edge
from tipgraph.analysis.network.projection import assemble, edges_of, project
from tipgraph.analysis.network.table import MeasureRow, MeasureTable, Value, ranked
from tipgraph.analysis.network.ties import behind
from tipgraph.graph import Graph, resolve

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

FUNDING = "Funding"
FUNDING_NETWORK = "funding"
GIVES = frozenset({"fundingReceiver", "fundingPurpose", "fundingPlace"})  # what the money of a giver first comes to
ATTENDS = "fundingAttendee"  # from a giver to those whose attendance it pays


@dataclass
class Grant:
    """One claim of money: who gives, what it first comes to, and how much of what, where it belongs to one.

    `given` is the amount where there is one giver, `received` where there is one receiver too.
    """

    claim: str
    givers: set[str]
    receivers: set[str]
    given: float | None
    received: float | None
    currency: str
    edges: list[Edge]


def is_money(data: Attributes) -> bool:
    """Tell whether an edge is money given: not what is proposed, pledged or guaranteed, nor what is said again."""
    return data["edge"] in GIVES and _is_given(data) and "restates" not in data


def _is_given(data: Attributes) -> bool:
    return data.get("kind") not in ("pledged", "proposed") and "guarantee" not in data.get("caveats", "").split(", ")


def grants(network: "Network") -> list[Grant]:
    """Return the claims of money in a network, each once; not what somebody gives to itself."""
    found: dict[str, Grant] = {}
    for edge in edges_of(network):
        start, end, _, data = edge
        if is_money(data) and start != end:
            shared = data.get("shared_amount") if data.get("givers") == 1 else None
            amount = data.get("amount")
            given = shared if amount is None else amount
            grant = found.setdefault(
                data["claim"], Grant(data["claim"], set(), set(), given, amount, data.get("currency", ""), [])
            )
            grant.givers.add(start)
            grant.receivers.add(end)
            grant.edges.append(edge)
    return [found[claim] for claim in sorted(found)]


def concentration(network: "Network") -> MeasureTable:
    """Measure how concentrated giving and receiving are: Herfindahl-Hirschman index and Gini coefficient.

    By claims and, for each currency, by amount. An index of 1 means one party, 1/n that n share alike; a Gini of 0 that
    all have alike.
    """
    known = grants(network)
    rows = []
    for side in ("givers", "receivers"):
        for unit in ["claims", *sorted({grant.currency for grant in known if grant.given is not None})]:
            shares, used, left_out = _shares(known, side, unit)
            if shares:
                total = sum(shares.values())
                index = sum((value / total) ** 2 for value in shares.values())
                values = (side, unit, len(shares), round(total, 2), round(index, 4), round(gini(shares.values()), 4))
                claims, said = behind(edge[3] for grant in used for edge in grant.edges)
                rows.append(MeasureRow((), (*values, left_out), claims, said, key=(side, "by", unit)))
    columns = ("of", "by", "parties", "total", "HHI", "Gini", "claims left out")
    return MeasureTable((), columns, rows, _NOTES, ranked=False, value=columns.index("HHI"))


_NOTES = (
    "left out: claims without an amount in that currency, or with one for several parties",
    "by claims, each party of a joint claim counts",
    "what is only proposed, pledged or guaranteed, pays for attendance, or says another claim again is no money here",
    "what is lent counts as given",
)


def dependence(network: "Network") -> MeasureTable:
    """Measure how far each receiver depends on its largest funder: that one's share of what it is given, 0 to 1."""
    known = grants(network)
    rows = []
    for receiver in sorted({receiver for grant in known for receiver in grant.receivers}):
        given = [grant for grant in known if receiver in grant.receivers]
        for unit in ["claims", *sorted({grant.currency for grant in given if grant.received is not None})]:
            shares, used, left_out = _shares(given, "givers", unit, receiver)
            if shares:
                most = min(shares, key=lambda giver: (-shares[giver], giver))
                share = round(shares[most] / sum(shares.values()), 4)
                values: tuple[Value, ...] = (share, unit, len(shares), left_out)
                claims, said = behind(edge[3] for grant in used for edge in grant.edges)
                rows.append(MeasureRow((receiver, most), values, claims, said, key=(unit,)))
    columns = ("share", "by", "funders", "claims left out")
    return MeasureTable(("receiver", "largest funder"), columns, ranked(rows), _NOTES)


def reach(graph: Graph, network: "Network", asked: Filter) -> MeasureTable:
    """Find the places that the money of each funder may reach, by the least number of steps, and over what.

    Hops are followed as the claims continue each other, so that a way never jumps from one grant to an unrelated one.
    A focus is taken as the funder, and steps as the longest way.
    """
    rows = []
    wanted = [resolve(graph, name).value for name in asked.focus]
    if asked.focus and network.name == FUNDING_NETWORK:
        network = project(graph, FUNDING_NETWORK, replace(asked, focus=(), steps=None))
    streams = _Streams(edges_of(network))
    givers = {giver for grant in grants(network) for giver in grant.givers}
    for funder in sorted(givers & set(wanted) if wanted else givers):
        for place, way in _ways(network, funder, streams).items():
            over = " > ".join(str(network.nodes[edge[0]]["label"]) for edge in way[1:])
            if asked.steps and len(way) > asked.steps:
                continue
            modality = "implied" if any(edge[3]["modality"] == "implied" for edge in way) else "stated"
            values = len(way), tie_words(way[-1][3]), over, modality
            rows.append(MeasureRow((funder, place), values, *behind(edge[3] for edge in way)))
    rows.sort(key=lambda row: (row.things[0], not _takes_place(row), row.values[0], row.things[1]))
    notes = (
        "a step leads from a giver to a receiver, to what is paid for, to a part of it, to its place",
        "a way is implied where one of its steps is; `is about` reaches what is studied or discussed, not who is there",
    )
    return MeasureTable(("funder", "place"), ("steps", "by", "over", "modality"), rows, notes, ranked=False)


def _takes_place(row: MeasureRow) -> bool:
    return str(row.values[1]).startswith("takes place in")


def reached(network: "Network") -> dict[str, list[list[Edge]]]:
    """Return the ways that money takes to each node of a network, from those who are given none on that way.

    The shortest way from each funder, as the claims continue each other; longer ways first.
    """
    streams = _Streams(edges_of(network))
    ways: dict[str, list[list[Edge]]] = {}
    for funder in sorted({giver for grant in grants(network) for giver in grant.givers}):
        for end, way in _ends(funder, streams).items():
            ways.setdefault(end, []).append(way)
    return {end: _whole(found) for end, found in ways.items()}


def stated_end(way: list[Edge]) -> list[Edge]:
    """Return the last steps of a way that are each money of which a source states that it is given."""
    kept = list(takewhile(lambda edge: edge[3]["class"] == FUNDING and edge[3]["modality"] == "stated", way[::-1]))
    return kept[::-1]


def _whole(ways: Iterable[list[Edge]]) -> list[list[Edge]]:
    """Leave out the ways that are the rest of another one; longest first."""
    kept: list[list[Edge]] = []
    rests: set[tuple[str, ...]] = set()
    for way in sorted(ways, key=lambda way: (-len(way), way[0][2])):
        keys = tuple(edge[2] for edge in way)
        if keys not in rests:
            kept.append(way)
            rests |= {keys[first:] for first in range(len(keys))}
    return kept


def follow(edges: Iterable[Edge], funders: Collection[str]) -> list[Edge]:
    """Return the edges along which the money of some funders goes, and those that say it again, in their order."""
    every = list(edges)
    kept = set(_Streams(every).walk(funders))
    kept |= {edge[2] for edge in every if edge[0] in funders and edge[3]["edge"] in GIVES and "restates" in edge[3]}
    return [edge for edge in every if edge[2] in kept]


def partner_funding(graph: Graph, asked: Filter) -> "Network":
    """Gather around a funder its money, through whom it goes, what and where it may reach, and the partners there.

    Its money (not what is only proposed or pledged), directly and through whom, to undertakings and places (`part` is
    `money`); those who carry these undertakings out (`carrying out`); and the partnerships on them or of those who
    receive it (`partners`). Raises CallError without a focus.
    """
    from tipgraph.errors import CallError

    if not asked.focus:
        raise CallError("partner-funding needs a funder; write --focus usaid")
    if asked.steps:
        raise CallError("partner-funding follows the money to its end; leave the steps out")
    funders = [resolve(graph, name, "actor").value for name in asked.focus]
    wanted = replace(asked, focus=(), steps=None)

    said = said_by(graph, wanted)

    def edges(name: str) -> list[Edge]:
        return claims_as_edges(graph, declarations(graph, name), said)

    money = follow(edges(FUNDING_NETWORK), funders)
    reached = {end for edge in money for end in edge[:2]}
    receivers = {edge[1] for edge in money if edge[3]["edge"] == "fundingReceiver"}
    carries = carrying_roles(graph)
    carrying = [
        edge
        for edge in edges("participation")
        if edge[1] in reached and (edge[3]["edge"] == "partnerUndertaking" or edge[3].get("kind") in carries)
    ]
    partners = [
        edge
        for edge in edges("partnership")
        if edge[3]["edge"] == "partners"
        and (receivers & set(edge[:2]) or reached & set(edge[3].get("via", "").split()))
    ]
    parts = {"money": money, "carrying out": carrying, "partners": partners}
    marked = [
        (*edge[:3], {**edge[3], "part": part})
        for part, found in parts.items()
        for edge in fitting(graph, found, wanted)
    ]
    network = assemble(graph, marked, "partner-funding", funders)
    network.graph["asked"] = asked.words()
    return network


def gini(values: Iterable[float]) -> float:
    """Return the Gini coefficient of some amounts: 0 where all are alike, towards 1 where one has all.

    >>> gini([1, 1, 1]), round(gini([0, 0, 3]), 3)
    (0.0, 0.667)
    """
    ordered = sorted(values)
    total, n = sum(ordered), len(ordered)
    if not total:
        return 0.0
    return 2 * sum(rank * value for rank, value in enumerate(ordered, 1)) / (n * total) - (n + 1) / n


def _shares(
    known: Iterable[Grant], side: str, unit: str, receiver: str = ""
) -> tuple[dict[str, float], list[Grant], int]:
    """Add up what each party of one side gave or got; return also the claims that count and how many do not."""
    shares: dict[str, float] = {}
    used: list[Grant] = []
    left_out = 0
    for grant in known:
        parties = grant.givers if side == "givers" else grant.receivers
        amount = grant.given if side == "givers" and not receiver else grant.received
        if unit == "claims":
            for party in parties:
                shares[party] = shares.get(party, 0) + 1
        elif amount is not None and grant.currency == unit:
            party = next(iter(parties))
            shares[party] = shares.get(party, 0) + amount
        else:
            left_out += 1
            continue
        used.append(grant)
    return shares, used, left_out


class _Streams:
    """How money flows over edges: within a claim, on by one that continues it, from undertakings to their places."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.starting: dict[str, list[Edge]] = {}
        for edge in edges:
            self.starting.setdefault(edge[0], []).append(edge)

    def _onward(self, edge: Edge) -> list[Edge]:
        claim = edge[3]["claim"]
        return [
            other
            for other in self.starting.get(edge[1], ())
            if other[3]["class"] != FUNDING
            or (_is_given(other[3]) and claim in (other[3]["claim"], *other[3].get("continues", "").split()))
        ]

    def walk(self, funders: Collection[str]) -> dict[str, tuple[Edge, Edge | None]]:
        """Return the edges along which money goes, nearest first: by key, each with the one that leads to it."""
        begun = [edge for funder in funders for edge in self.starting.get(funder, ()) if is_money(edge[3])]
        walked: dict[str, tuple[Edge, Edge | None]] = {edge[2]: (edge, None) for edge in begun}
        waiting = deque(begun)
        while waiting:
            edge = waiting.popleft()
            for follower in self._onward(edge):
                if follower[2] not in walked:
                    walked[follower[2]] = follower, edge
                    waiting.append(follower)
        return walked


def _ways(network: "Network", funder: str, streams: _Streams) -> dict[str, list[Edge]]:
    """Return the shortest way of edges from a funder to each place that its money reaches."""
    ends = _ends(funder, streams)
    return {end: way for end, way in ends.items() if network.nodes[end].get("type") == "Place"}


def _ends(funder: str, streams: _Streams) -> dict[str, list[Edge]]:
    """Return the shortest way of edges from a funder to each node that its money reaches, nearest first."""
    walked = streams.walk([funder])
    found: dict[str, list[Edge]] = {}
    for edge, _ in walked.values():
        if edge[1] not in found:
            found[edge[1]] = _way(edge, walked)
    return found


def _way(last: Edge, walked: Mapping[str, tuple[Edge, Edge | None]]) -> list[Edge]:
    way = [last]
    while (earlier := walked[way[-1][2]][1]) is not None:
        way.append(earlier)
    return way[::-1]
