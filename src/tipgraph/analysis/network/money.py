"""Money in the funding network: where it goes, through whom, its concentration; and the partner-funding recipe.

Unknown amounts are never 0: they are left out and counted. An amount for several givers or receivers belongs to none of
them. Amounts of two currencies, kinds or types of finance are never added up, nor reviewed amounts and others. Money
passed on is added to no other. Money that is only proposed, pledged or guaranteed, pays for attendance, or is in a
claim for which another one of the network counts (`tip:countsAs`), does not count.

Decisions: docs/decisions/0132-a-payment-counts-once.md, 0254-measures-add-up-one-kind-of-money.md.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.declarations import carrying_roles, declarations, tie_words
from tipgraph.analysis.network.edges import claims_as_edges
from tipgraph.analysis.network.filters import claim_test, fitting
from tipgraph.analysis.network.folds import Attributes, Edge, is_reviewed
from tipgraph.analysis.network.projection import assemble, edges_of, project
from tipgraph.analysis.network.ties import MeasureRow, MeasureTable, Value, behind, ranked
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.MultiDiGraph[str]

FUNDING = "Funding"
FUNDING_NETWORK = "funding"
GIVES = frozenset({"fundingReceiver", "fundingPurpose", "fundingPlace"})  # edges from a giver


class MoneySort(NamedTuple):
    """The claims of money that may be added up, but for their currency; in the order of tables."""

    unreviewed: bool
    kind: str
    finance: str
    passed_on: bool

    @classmethod
    def of(cls, data: Attributes) -> "MoneySort":
        """Return the sort of an edge."""
        return cls(not is_reviewed(data), data.get("kind", ""), data.get("finance", ""), "passed_on" in data)

    def __str__(self) -> str:
        """Return it in words."""
        words = (self.kind, self.finance, "passed on" * self.passed_on, "not reviewed" * self.unreviewed)
        return ", ".join(filter(None, words))


@dataclass
class Grant:
    """A claim of money: its sort, givers, receivers (actors, undertakings or places), and the amount.

    `given` is the amount of a single giver, `received` that of a single giver and receiver.
    """

    claim: str
    sort: MoneySort
    givers: set[str]
    receivers: set[str]
    given: float | None
    received: float | None
    currency: str
    edges: list[Edge]


def not_given() -> frozenset[str]:
    """Return the caveats of money that is only planned, proposed, pledged or guaranteed, as the ontology says.

    >>> "guarantee" in not_given(), "implied" in not_given()
    (True, False)
    """
    from tipgraph.model import ontology

    return ontology().tying_nobody("money-kind") | ontology().tying_nobody("finance-type")


def is_money(data: Attributes, weak: Collection[str]) -> bool:
    """Tell whether an edge is money given: without a caveat of `not_given`, and no other claim counts instead."""
    return data["edge"] in GIVES and _is_given(data, weak) and not _is_repeated(data)


def _is_repeated(data: Attributes) -> bool:
    return "counts_as" in data


def _is_given(data: Attributes, weak: Collection[str]) -> bool:
    return not any(caveat in weak for caveat in data.get("caveats", "").split(", "))


def grants(network: "Network") -> list[Grant]:
    """Return the claims of money in a network, without those from an actor to itself."""
    by_claim: dict[str, Grant] = {}
    weak = not_given()
    for edge in edges_of(network):
        start, end, _, data = edge
        if is_money(data, weak) and start != end:
            shared = data.get("shared_amount") if data.get("givers") == 1 else None
            amount = data.get("amount")
            given = shared if amount is None else amount
            claim, sort, currency = data["claim"], MoneySort.of(data), data.get("currency", "")
            grant = by_claim.setdefault(claim, Grant(claim, sort, set(), set(), given, amount, currency, []))
            grant.givers.add(start)
            grant.receivers.add(end)
            grant.edges.append(edge)
    return [by_claim[claim] for claim in sorted(by_claim)]


_Shares: TypeAlias = dict[str, float]
_Evidence: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]


def concentration(network: "Network") -> MeasureTable:
    """Measure how concentrated giving and receiving are: Herfindahl-Hirschman index and Gini coefficient.

    For each kind of money by claims and, for each currency, by amount. An index of 1 means one party, 1/n that n share
    alike; a Gini of 0 that all have alike.
    """
    rows, known = [], grants(network)
    for side in ("givers", "receivers"):
        for sort, unit, shares, evidence, left_out in _shared_out(known, side):
            total = sum(shares.values())
            index = sum((value / total) ** 2 for value in shares.values())
            measured = (len(shares), round(total, 2), round(index, 4), round(gini(shares.values()), 4))
            values = (side, sort, unit, *measured, left_out)
            rows.append(MeasureRow((), values, *evidence, key=(side, sort, unit)))
    columns = ("of", "kind", "by", "parties", "total", "HHI", "Gini", "claims left out")
    return MeasureTable((), columns, rows, _NOTES, ranked=False, value=columns.index("HHI"))


_NOTES = (
    "one kind, type of finance and currency a row: a commitment and its disbursement are the same money",
    "left out: claims of that kind without an amount in that currency, or with one for several parties",
    "by claims, each party of a joint claim counts; where more is paid back than given, there is no row",
    "what is only proposed, pledged or guaranteed, pays for attendance, or says another claim again is no money here",
)


def dependence(network: "Network") -> MeasureTable:
    """Measure how far each receiver depends on its largest funder: that one's share of what it is given, 0 to 1."""
    by_receiver: dict[str, list[Grant]] = {}
    for grant in grants(network):
        for receiver in grant.receivers:
            by_receiver.setdefault(receiver, []).append(grant)
    rows = []
    for receiver, known in sorted(by_receiver.items()):
        for sort, unit, shares, evidence, left_out in _shared_out(known, "givers", receiver):
            most = min(shares, key=lambda giver: (-shares[giver], giver))
            share = round(shares[most] / sum(shares.values()), 4)
            values: tuple[Value, ...] = (share, sort, unit, len(shares), left_out)
            rows.append(MeasureRow((receiver, most), values, *evidence, key=(sort, unit)))
    columns = ("share", "kind", "by", "funders", "claims left out")
    return MeasureTable(("receiver", "largest funder"), columns, ranked(rows), _NOTES)


def _shared_out(
    known: Iterable[Grant], side: str, receiver: str = ""
) -> Iterator[tuple[str, str, _Shares, _Evidence, int]]:
    """Yield what the parties on one side have of each sort of money, by claims and in each currency.

    The sort and the unit, the share of each party, the claims that count with their places, and the number of others.
    """
    for sort, alike in groupby(sorted(known, key=lambda grant: grant.sort), key=lambda grant: grant.sort):
        every = list(alike)
        currencies = {each.currency for each in every if (each.received if receiver else each.given) is not None}
        for unit in ("claims", *sorted(currencies)):
            shares, used, left_out = _shares(every, side, unit, receiver)
            if sum(shares.values()) > 0:
                yield str(sort), unit, shares, behind(edge[3] for grant in used for edge in grant.edges), left_out


def reach(graph: Graph, network: "Network", asked: Filter) -> MeasureTable:
    """Find the places that the money of each funder may reach, by the least number of steps, and over what.

    Hops are followed as the claims continue each other, so that a way never jumps from one grant to an unrelated one.
    A focus is taken as the funder, and steps as the longest way.
    """
    rows = []
    focus = [resolve(graph, name).value for name in asked.focus]
    if asked.focus and network.name == FUNDING_NETWORK:
        network = project(graph, FUNDING_NETWORK, replace(asked, focus=(), steps=None))
    streams, givers = _Streams(edges_of(network)), _givers(network)
    for funder in sorted(givers & set(focus) if focus else givers):
        for end, way in streams.ways(funder).items():
            if network.nodes[end].get("type") == "Place" and len(way) <= (asked.steps or len(way)):
                rows.append(_reach_row(network, funder, end, way))
    rows.sort(key=lambda row: (
        row.things[0], not str(row.values[1]).startswith("takes place in"), row.values[0], row.things[1],
    ))  # fmt: skip
    notes = (
        "a step leads from a giver to a receiver, to what is paid for, to a part of it, to its place",
        "a way is implied where one of its steps is; `is about` reaches what is studied or discussed, not who is there",
    )
    return MeasureTable(("funder", "place"), ("steps", "by", "over", "modality"), rows, notes, ranked=False)


def _reach_row(network: "Network", funder: str, place: str, way: list[Edge]) -> MeasureRow:
    over = " > ".join(str(network.nodes[edge[0]]["label"]) for edge in way[1:])
    modality = "implied" if any(edge[3]["modality"] == "implied" for edge in way) else "stated"
    values = len(way), tie_words(way[-1][3]), over, modality
    return MeasureRow((funder, place), values, *behind(edge[3] for edge in way))


def _givers(network: "Network") -> set[str]:
    return {giver for grant in grants(network) for giver in grant.givers}


def reached(network: "Network") -> dict[str, list[list[Edge]]]:
    """Return the ways of money to each node: the shortest from each funder, longer ways first.

    A way that is the end of another is left out.
    """
    streams = _Streams(edges_of(network))
    ways: dict[str, list[list[Edge]]] = {}
    for funder in sorted(_givers(network)):
        for end, way in streams.ways(funder).items():
            ways.setdefault(end, []).append(way)
    return {end: _whole(ways_to) for end, ways_to in ways.items()}


def stated_end(way: list[Edge]) -> list[Edge]:
    """Return the last steps of a way that a source states as money given."""
    kept = list(takewhile(lambda edge: edge[3]["class"] == FUNDING and edge[3]["modality"] == "stated", way[::-1]))
    return kept[::-1]


def _whole(ways: Iterable[list[Edge]]) -> list[list[Edge]]:
    """Leave out ways that are the end of another; longest first."""
    kept: list[list[Edge]] = []
    rests: set[tuple[str, ...]] = set()
    for way in sorted(ways, key=lambda way: (-len(way), way[0][2])):
        keys = tuple(edge[2] for edge in way)
        if keys not in rests:
            kept.append(way)
            rests |= {keys[first:] for first in range(len(keys))}
    return kept


def follow(edges: Iterable[Edge], funders: Collection[str]) -> list[Edge]:
    """Return the edges on which the money of some funders flows, and those that repeat them, in order."""
    every = list(edges)
    kept = set(_Streams(every).walk(funders))
    kept |= {edge[2] for edge in every if edge[0] in funders and edge[3]["edge"] in GIVES and _is_repeated(edge[3])}
    return [edge for edge in every if edge[2] in kept]


def partner_funding(graph: Graph, asked: Filter) -> "Network":
    """Gather around a funder its money, through whom it goes, what and where it may reach, and the partners there.

    `part` of an edge is `money` (given, directly or through others, to undertakings and places), `carrying out` (actors
    of these undertakings) or `partners` (partnerships on these, or of receivers). Raises CallError without a focus.
    """
    if not asked.focus:
        raise CallError("partner-funding needs a funder; write --focus usaid")
    if asked.steps:
        raise CallError("partner-funding follows the money to its end; leave out the steps")
    funders = [resolve(graph, name, "actor").value for name in asked.focus]
    unfocused = replace(asked, focus=(), steps=None)

    counts = claim_test(graph, unfocused)

    def edges(name: str) -> list[Edge]:
        return claims_as_edges(graph, declarations(graph, name), counts)

    money = follow(edges(FUNDING_NETWORK), funders)
    funded = {end for edge in money for end in edge[:2]}
    receivers = {edge[1] for edge in money if edge[3]["edge"] == "fundingReceiver"}
    parts = {
        "money": money,
        "carrying out": _carrying_out(edges("participation"), funded, carrying_roles(graph)),
        "partners": _partnerships(edges("partnership"), funded, receivers),
    }
    marked = [(*edge[:3], {**edge[3], "part": part}) for part, found in parts.items() for edge in found]
    edges_left = fitting(graph, marked, unfocused)
    return assemble(graph, edges_left, "partner-funding", asked, funders)


def _carrying_out(participations: Iterable[Edge], funded: set[str], roles: Collection[str]) -> list[Edge]:
    """Return the participations of actors who carry out funded undertakings."""
    return [
        edge
        for edge in participations
        if edge[1] in funded and (edge[3]["edge"] == "partnerUndertaking" or edge[3].get("kind") in roles)
    ]


def _partnerships(partnerships: Iterable[Edge], funded: set[str], receivers: set[str]) -> list[Edge]:
    """Return the partnerships of receivers, or on funded undertakings."""
    return [
        edge
        for edge in partnerships
        if edge[3]["edge"] == "partners" and (receivers & set(edge[:2]) or funded & set(edge[3].get("via", "").split()))
    ]


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
    """Add up the amounts of each party on one side; return them, the claims that count, and the number of others."""
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
    """The flow of money over edges: within a claim, to a claim that continues it, from undertakings to places."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self.starting: dict[str, list[Edge]] = {}
        self._weak = not_given()
        for edge in edges:
            self.starting.setdefault(edge[0], []).append(edge)

    def _onward(self, edge: Edge) -> list[Edge]:
        claim = edge[3]["claim"]
        return [
            other
            for other in self.starting.get(edge[1], ())
            if other[3]["class"] != FUNDING
            or (
                _is_given(other[3], self._weak) and claim in (other[3]["claim"], *other[3].get("continues", "").split())
            )
        ]

    def walk(self, funders: Collection[str]) -> dict[str, tuple[Edge, Edge | None]]:
        """Return the edges on which money flows, nearest first: by key, each with the edge before it."""
        begun = [edge for funder in funders for edge in self.starting.get(funder, ()) if is_money(edge[3], self._weak)]
        walked: dict[str, tuple[Edge, Edge | None]] = {edge[2]: (edge, None) for edge in begun}
        waiting = deque(begun)
        while waiting:
            edge = waiting.popleft()
            for follower in self._onward(edge):
                if follower[2] not in walked:
                    walked[follower[2]] = follower, edge
                    waiting.append(follower)
        return walked

    def ways(self, funder: str) -> dict[str, list[Edge]]:
        """Return the shortest way from a funder to each node that its money reaches, nearest first."""
        ways: dict[str, list[Edge]] = {}  # by the key of the last edge
        by_end: dict[str, list[Edge]] = {}
        for key, (edge, before) in self.walk([funder]).items():
            ways[key] = [*(ways[before[2]] if before else ()), edge]
            by_end.setdefault(edge[1], ways[key])
        return by_end
