"""Money in the funding network: where it goes, through whom, its concentration; and the partner-funding recipe.

Unknown amounts are never 0: they are left out and counted. An amount for several givers or receivers belongs to none of
them. Amounts of two currencies, kinds or types of finance are never added up, nor reviewed amounts and others. Money
passed on is added to no other. Money that is only proposed, pledged or guaranteed, pays for attendance, or is in a
claim for which another one of the network counts (`tip:countsAs`), does not count.

Decision: docs/decisions/0132-a-payment-counts-once.md.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from operator import itemgetter
from typing import TypeAlias

import networkx as nx

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.declarations import declarations, every_declaration
from tipgraph.analysis.network.edges import claims_as_edges, notations
from tipgraph.analysis.network.filters import claim_test, fitting
from tipgraph.analysis.network.projection import assemble, edges_of
from tipgraph.analysis.network.ties import (
    Attributes,
    Edge,
    MeasureRow,
    MeasureTable,
    Network,
    behind,
    grouped,
    is_reviewed,
    ranked,
)
from tipgraph.errors import CallError
from tipgraph.graph import Graph, resolve

FUNDING = "Funding"
FUNDING_NETWORK = "funding"
GIVES = frozenset({"fundingReceiver", "fundingPurpose", "fundingPlace"})  # edges from a giver
Grant: TypeAlias = Sequence[Edge]  # the edges from the givers of a claim of money
_Sort: TypeAlias = tuple[bool, str]


def not_given() -> frozenset[str]:
    """Return the caveats of money that is only planned, proposed, pledged or guaranteed, as the ontology says.

    >>> "guarantee" in not_given(), "implied" in not_given()
    (True, False)
    """
    from tipgraph.model import ontology

    return ontology().tying_nobody("money-kind") | ontology().tying_nobody("finance-type")


def is_money(data: Attributes, weak: Collection[str]) -> bool:
    """Tell whether an edge is money given: without a caveat of `not_given`, and no other claim counts instead."""
    return data["edge"] in GIVES and _is_given(data, weak) and "counts_as" not in data


def _is_given(data: Attributes, weak: Collection[str]) -> bool:
    return not any(caveat in weak for caveat in data.get("caveats", "").split(", "))


def grants(network: Network) -> dict[str, list[Edge]]:
    """Return the claims of money in a network with their edges, without those from an actor to itself."""
    weak = not_given()
    given = (edge for edge in edges_of(network) if is_money(edge[3], weak) and edge[0] != edge[1])
    return dict(sorted(grouped((edge[3]["claim"], edge) for edge in given).items()))


def concentration(network: Network) -> MeasureTable:
    """Measure how concentrated giving and receiving are: Herfindahl-Hirschman index and Gini coefficient.

    For each kind of money by claims and, for each currency, by amount. An index of 1 means one party, 1/n that n share
    alike; a Gini of 0 that all have alike.
    """
    rows, known = [], grants(network).values()
    for end, (side, amount) in enumerate((("givers", amount_given), ("receivers", amount_received))):
        for (sort, unit), shares, used, left_out in _shared_out(known, end, amount):
            total = sum(shares.values())
            index = sum((value / total) ** 2 for value in shares.values())
            measured = (len(shares), round(total, 2), round(index, 4), round(gini(shares.values()), 4))
            rows.append(MeasureRow((), (side, sort, unit, *measured, left_out), *behind(used), key=(side, sort, unit)))
    columns = ("of", "kind", "by", "parties", "total", "HHI", "Gini", "claims left out")
    return MeasureTable((), columns, rows, _NOTES, ranked=False, value=columns.index("HHI"))


_NOTES = (
    "one kind, type of finance and currency a row: a commitment and its disbursement are the same money",
    "left out: claims of that kind without an amount in that currency, or with one for several parties",
    "by claims, each party of a joint claim counts; where more is paid back than given, there is no row",
    "what is only proposed, pledged or guaranteed, pays for attendance, or says another claim again is no money here",
)


def dependence(network: Network) -> MeasureTable:
    """Measure how far each receiver depends on its largest funder: that one's share of what it is given, 0 to 1."""
    given = ((receiver, grant) for grant in grants(network).values() for receiver in {edge[1] for edge in grant})
    rows = []
    for receiver, known in sorted(grouped(given).items()):
        for key, shares, used, left_out in _shared_out(known, 0, amount_received):
            most = min(shares, key=lambda giver: (-shares[giver], giver))
            values = (round(shares[most] / sum(shares.values()), 4), *key, len(shares), left_out)
            rows.append(MeasureRow((receiver, most), values, *behind(used), key=key))
    columns = ("share", "kind", "by", "funders", "claims left out")
    return MeasureTable(("receiver", "largest funder"), columns, ranked(rows), _NOTES)


def _shared_out(
    known: Iterable[Grant], end: int, amount_of: Callable[[Grant], float | None]
) -> Iterator[tuple[tuple[str, str], dict[str, float], list[Attributes], int]]:
    """Yield what the parties at one end have of each sort of money, by claims and in each currency.

    The sort and the unit, the share of each party, the edges of the claims that count, and the number of others.
    """
    counted: dict[tuple[_Sort, str], list[tuple[Grant, float]]] = {}
    for grant in known:
        counted.setdefault((_sort(grant), ""), []).append((grant, 1))
        if (amount := amount_of(grant)) is not None:
            counted.setdefault((_sort(grant), grant[0][3]["currency"]), []).append((grant, amount))
    for (sort, currency), counting in sorted(counted.items(), key=itemgetter(0)):
        shares: dict[str, float] = {}
        for grant, share in counting:
            for party in {edge[:2][end] for edge in grant}:
                shares[party] = shares.get(party, 0) + share
        if sum(shares.values()) > 0:
            used = [edge[3] for grant, _ in counting for edge in grant]
            yield (sort[1], currency or "claims"), shares, used, len(counted[sort, ""]) - len(counting)


def _sort(grant: Grant) -> _Sort:
    """Return what money may be added up with this: whether nobody has reviewed it, and its sort in words."""
    data = grant[0][3]
    unreviewed = not is_reviewed(data)
    words = data.get("kind"), data.get("finance"), "passed on" * ("passed_on" in data), "not reviewed" * unreviewed
    return unreviewed, ", ".join(filter(None, words))


def amount_given(grant: Grant) -> float | None:
    """Return the amount of a claim with a single giver."""
    data = grant[0][3]
    return data.get("amount", data.get("shared_amount") if data.get("givers") == 1 else None)


def amount_received(grant: Grant) -> float | None:
    """Return the amount of a claim with a single giver and a single receiver."""
    return grant[0][3].get("amount")


def gini(values: Iterable[float]) -> float:
    """Return the Gini coefficient of some amounts: 0 where all are alike, towards 1 where one has all.

    >>> gini([1, 1, 1]), round(gini([0, 0, 3]), 3)
    (0.0, 0.667)
    """
    ordered = sorted(values)
    total, n = sum(ordered), len(ordered)
    return 2 * sum(rank * value for rank, value in enumerate(ordered, 1)) / (n * total) - (n + 1) / n if total else 0.0


def reached(network: Network) -> dict[str, list[list[Edge]]]:
    """Return the ways of money to each node: the shortest from each funder, longer ways first.

    Hops are followed as the claims continue each other, so that a way never jumps from one grant to an unrelated one. A
    way that is the end of another is left out.
    """
    edges = {edge[2]: edge for edge in edges_of(network)}
    stream = _stream(edges.values())
    found: dict[str, set[tuple[str, ...]]] = {}
    for funder in sorted({edge[0] for grant in grants(network).values() for edge in grant}):
        for last, path in nx.single_source_shortest_path(stream, (_GIVER, funder)).items():
            if last[0] == _END and len(last) == 2:
                found.setdefault(last[1], set()).add(tuple(path[1::2]))
    reached = {}
    for end, ways in found.items():
        rests = {way[first:] for way in ways for first in range(1, len(way))}
        whole = ([edges[key] for key in way] for way in ways - rests)
        reached[end] = sorted(whole, key=lambda way: (-len(way), way[0][2]))
    return reached


def stated_end(way: list[Edge]) -> list[Edge]:
    """Return the last steps of a way that a source states as money given."""
    kept = list(takewhile(lambda edge: edge[3]["class"] == FUNDING and edge[3]["modality"] == "stated", way[::-1]))
    return kept[::-1]


_GIVER, _END = "giver", "end"


def _stream(edges: Iterable[Edge]) -> "nx.DiGraph[str | tuple[str, ...]]":
    """Return how money flows: from a giver to edges, from these to their ends, and on to other edges.

    It goes on to the edges of its claim, and of claims that continue it; from undertakings to their parts and places.
    """
    stream: nx.DiGraph[str | tuple[str, ...]] = nx.DiGraph()
    weak = not_given()
    for start, end, key, data in edges:
        stream.add_edges_from([(key, (_END, end, data["claim"])), (key, (_END, end))])
        if data["class"] != FUNDING and data.get("part", "money") == "money":
            stream.add_edge((_END, start), key)
        elif data["class"] == FUNDING and _is_given(data, weak):
            before = [data["claim"], *data.get("continues", "").split()]
            stream.add_edges_from(((_END, start, claim), key) for claim in before)
        if is_money(data, weak):
            stream.add_edge((_GIVER, start), key)
    return stream


def follow(edges: Iterable[Edge], funders: Collection[str]) -> list[Edge]:
    """Return the edges on which the money of some funders flows, and those that repeat them, in order."""
    every = list(edges)
    stream = _stream(every)
    stream.add_edges_from(((_GIVER,), (_GIVER, funder)) for funder in funders)
    kept = nx.descendants(stream, (_GIVER,))
    return [
        edge
        for edge in every
        if edge[2] in kept or (edge[0] in funders and edge[3]["edge"] in GIVES and "counts_as" in edge[3])
    ]


def partner_funding(graph: Graph, asked: Filter) -> Network:
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

    roles, money = _carrying_roles(graph), follow(edges(FUNDING_NETWORK), funders)
    funded = {end for edge in money for end in edge[:2]}
    receivers = {edge[1] for edge in money if edge[3]["edge"] == "fundingReceiver"}
    parts = {
        "money": money,
        "carrying out": [edge for edge in edges("participation") if edge[1] in funded and _carries_out(edge[3], roles)],
        "partners": [edge for edge in edges("partnership") if _is_partnership(edge, funded, receivers)],
    }
    marked = [(*edge[:3], {**edge[3], "part": part}) for part, found in parts.items() for edge in found]
    return assemble(graph, fitting(graph, marked, unfocused), "partner-funding", asked, funders)


def _carrying_roles(graph: Graph) -> set[str]:
    """Return the roles of actors who carry out an undertaking together, which `jointUndertaking` ties."""
    codes = notations(graph)
    declared = every_declaration(graph).values()
    return {codes[code] for each in declared if each.projects for code in each.terms["edgeWhere"]}


def _carries_out(data: Attributes, roles: Collection[str]) -> bool:
    return data["edge"] == "partnerUndertaking" or data.get("kind") in roles


def _is_partnership(edge: Edge, funded: Collection[str], receivers: Collection[str]) -> bool:
    """Tell whether an edge is a partnership of receivers, or on funded undertakings."""
    among = not {*edge[:2]}.isdisjoint(receivers) or not {*edge[3].get("via", "").split()}.isdisjoint(funded)
    return edge[3]["edge"] == "partners" and among
