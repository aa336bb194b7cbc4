"""The claims that count for a filter, and the edges of a network that it keeps.

Decision: docs/decisions/0039-how-claims-become-links.md.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.ties import Attributes, ClaimTest, Edge, claims_of, grouped
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph import Graph, day, resolve, sparql
from tipgraph.model import data_name

SELF_REPORTED = "self-reported"
_NEVER: Final = "9999-12-31"


def claim_test(graph: Graph, asked: Filter) -> ClaimTest:
    """Return the test of a filter on a claim: by source, modality, review, topic and sector.

    Raises UnknownName or AmbiguousName.
    """
    sources = {source for name in asked.sources for source in sources_of(graph, name)}
    left_out = {source for name in asked.without if name != SELF_REPORTED for source in sources_of(graph, name)}
    apart = ["self-reported"] * (SELF_REPORTED in asked.without) + ["unreviewed"] * asked.reviewed
    without = {row["claim"].value for query in apart for row in graph.named(query)}
    queries = ("claims-on-topic", "topic", asked.topic), ("claims-in-sector", "sector", asked.sector)
    asked_for = [
        {row["claim"].value for row in graph.named(query, {slot: [sparql.literal(words)]})}
        for query, slot, words in queries
        if words
    ]

    def counts(claim: str, source: str, modality: str) -> bool:
        return (
            (not asked.sources or source in sources)
            and source not in left_out
            and claim not in without
            and all(claim in claims for claims in asked_for)
            and not (asked.stated and modality == "implied")
        )

    return counts


def fitting(graph: Graph, edges: list[Edge], asked: Filter) -> list[Edge]:
    """Return the edges with the statuses, kinds, time and place of a filter.

    Raises UnknownName or AmbiguousName for a place, BadValue for a date or a code.
    """
    for name, asked_codes in (("status", asked.statuses), ("kind", asked.kinds)):
        if asked_codes:
            codes = _codes(graph, name, asked_codes, edges)
            edges = [edge for edge in edges if not codes.isdisjoint(edge[3].get(name, "").split())]
    if asked.start or asked.end:
        edges = _in_time(edges, asked)
    return _in_place(graph, edges, asked.place) if asked.place else edges


def sources_of(graph: Graph, name: str) -> set[str]:
    """Return the sources of a name: one source, or all of a publisher."""
    try:
        return {data_name(resolve(graph, name, "source").value)}
    except UnknownName:
        published = grouped((publisher.value, source.value) for source, publisher in graph.named("published"))
        with suppress(UnknownName, KeyError):
            return set(map(data_name, published[resolve(graph, name, "actor").value]))
        known = ", ".join(data_name(row["source"].value) for row in graph.named("sources"))
        publishers = ", ".join(sorted(iri.rpartition("/")[2] for iri in published)) or "none"
        raise UnknownName(
            f"{name!r} is not a source or a publisher; the sources are {known}; the publishers are "
            f"{publishers}; or write {SELF_REPORTED}"
        ) from None


def _codes(graph: Graph, name: str, asked_codes: Sequence[str], edges: Iterable[Edge]) -> set[str]:
    rows = graph.named("kinds") if name == "kind" else graph.named("codes", {"name": [Literal(name)]})
    known = {row["notation"].value for row in rows}
    unknown = [word for word in asked_codes if word not in known]
    if unknown:
        present = sorted({code for *_, data in edges for code in data.get(name, "").split()})
        listed = ", ".join(map(repr, unknown))
        raise BadValue(f"{name} {listed}: no such code; there are {', '.join(present) or 'none'}")
    return set(asked_codes)


def _in_time(edges: Iterable[Edge], asked: Filter) -> list[Edge]:
    first = day("from", "from", asked.start).value if asked.start else ""
    last = day("to", "to", asked.end).value if asked.end else _NEVER
    if first > last:
        raise BadValue(f"from ({first}) is later than to ({last})")

    def fits(data: Attributes) -> bool:
        if asked.certainly:  # an open end is within no time
            begins = not asked.start or first <= data.get("earliest", "")
            return begins and (not asked.end or bool(data.get("latest", _NEVER + "+") <= last))
        return bool(first <= data.get("latest", _NEVER) and data.get("earliest", "") <= last)

    return [edge for edge in edges if fits(edge[3])]


def _in_place(graph: Graph, edges: Iterable[Edge], name: str) -> list[Edge]:
    """Keep edges that end in the place or, if no end is a place, whose claim concerns it."""
    edges = list(edges)
    place = resolve(graph, name, "place")
    concerned = {row["claim"].value for row in graph.named("claims-in", {"in": [place]})}
    holders = holders_of(graph, {end for edge in edges for end in edge[:2]})

    def fits(edge: Edge) -> bool:
        places = [holders[end] for end in edge[:2] if end in holders]
        return any(place.value in of for of in places) if places else not concerned.isdisjoint(claims_of(edge[3]))

    return [edge for edge in edges if fits(edge)]


def holders_of(graph: Graph, things: Iterable[str]) -> dict[str, set[str]]:
    """Return, for each place among some things, the places that hold it, itself included."""
    rows = graph.named("holders", {"place": [NamedNode(iri) for iri in sorted(things)]})
    found = grouped((place.value, holder.value) for place, holder in rows)
    return {place: set(holders) for place, holders in found.items()}
