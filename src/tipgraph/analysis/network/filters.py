"""The claims that count for a filter, and the edges of a network that it keeps.

Decision: docs/decisions/0040-claims-are-filtered-before-ties-are-made.md.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.filter import Filter
from tipgraph.analysis.network.folds import ClaimTest
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph import Graph, day, resolve, sparql
from tipgraph.model import data_name

if TYPE_CHECKING:
    from tipgraph.analysis.network.columns import EdgeColumns, Mask

SELF_REPORTED = "self-reported"


def claim_test(graph: Graph, asked: Filter) -> ClaimTest:
    """Return a function that tells whether a claim counts for a filter: by source, modality, review, topic and sector.

    Raises UnknownName or AmbiguousName.
    """
    sources = {source for name in asked.sources for source in sources_of(graph, name)}
    left_out = {source for name in asked.without if name != SELF_REPORTED for source in sources_of(graph, name)}
    apart = ["self-reported"] * (SELF_REPORTED in asked.without) + ["unreviewed"] * asked.reviewed
    without = {row["claim"].value for query in apart for row in graph.named(query)}
    asked_for = [
        {row["claim"].value for row in graph.named(query, {slot: [sparql.literal(words)]})}
        for query, slot, words in (
            ("claims-on-topic", "topic", asked.topic),
            ("claims-in-sector", "sector", asked.sector),
        )
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


def fitting(graph: Graph, edges: "EdgeColumns", asked: Filter) -> "EdgeColumns":
    """Return the edges with the statuses, kinds, time and place of a filter.

    Raises UnknownName or AmbiguousName for a place, BadValue for a date or a code.
    """
    for name, asked_codes in (("status", asked.statuses), ("kind", asked.kinds)):
        if asked_codes:
            codes = _codes(graph, name, asked_codes, edges)
            edges = edges.take(edges[name].where(_any_of(codes)))
    if asked.start or asked.end:
        edges = _in_time(edges, asked)
    return _in_place(graph, edges, asked.place) if asked.place else edges


def sources_of(graph: Graph, name: str) -> set[str]:
    """Return the sources of a name: one source, or all of a publisher."""
    try:
        return {data_name(resolve(graph, name, "source").value)}
    except UnknownName:
        published: dict[str, set[str]] = {}
        for source, publisher in graph.named("published"):
            published.setdefault(publisher.value, set()).add(data_name(source.value))
        try:
            sources = published.get(resolve(graph, name, "actor").value)
        except UnknownName:
            sources = None
        if not sources:
            known = ", ".join(data_name(row["source"].value) for row in graph.named("sources"))
            publishers = ", ".join(sorted(iri.rpartition("/")[2] for iri in published)) or "none"
            raise UnknownName(
                f"{name!r} is not a source or a publisher; the sources are {known}; the publishers are "
                f"{publishers}; or write {SELF_REPORTED}"
            ) from None
        return sources


def _codes(graph: Graph, name: str, asked_codes: Sequence[str], edges: "EdgeColumns") -> set[str]:
    if name == "status":
        known = {row["notation"].value for row in graph.named("codes", {"name": [Literal("status")]})}
    else:
        known = {row["notation"].value for row in graph.named("kinds")}
    unknown = [word for word in asked_codes if word not in known]
    if unknown:
        present = sorted({code for value in set(edges[name].objects()) - {None} for code in value.split()})
        listed = ", ".join(map(repr, unknown))
        raise BadValue(f"{name} {listed}: no such code; there are {', '.join(present) or 'none'}")
    return set(asked_codes)


def _any_of(words: Collection[str]) -> Callable[[str], bool]:
    """Return the test whether a text has one of some words."""
    known = frozenset(words)
    return lambda text: not known.isdisjoint(text.split())


def _in_time(edges: "EdgeColumns", asked: Filter) -> "EdgeColumns":
    first = day("from", "from", asked.start).value if asked.start else ""
    last = day("to", "to", asked.end).value if asked.end else "9999-12-31"
    if first > last:
        raise BadValue(f"from ({first}) is later than to ({last})")
    earliest, latest = edges["earliest"], edges["latest"]
    if asked.certainly:
        begins = earliest.where(first.__le__) | (not asked.start)
        return edges.take(begins & (latest.where(last.__ge__) | (not asked.end)))
    return edges.take(~latest.where(first.__gt__) & ~earliest.where(last.__lt__))


def _in_place(graph: Graph, edges: "EdgeColumns", name: str) -> "EdgeColumns":
    """Keep edges that end in the place or, if no end is a place, whose claim concerns it."""
    place = resolve(graph, name, "place")
    concerned = {row["claim"].value for row in graph.named("claims-in", {"in": [place]})}
    holders = holders_of(graph, {*edges.start.objects(), *edges.end.objects()})
    held = {iri for iri, others in holders.items() if place.value in others}

    def end_in(places: Collection[str]) -> "Mask":
        return edges.start.where(places.__contains__) | edges.end.where(places.__contains__)

    about = edges["claim"].where(_any_of(concerned)) | edges["stops"].where(_any_of(concerned))
    return edges.take(end_in(held) | ~end_in(holders) & about)


def holders_of(graph: Graph, things: Iterable[str]) -> dict[str, set[str]]:
    """Return, for each place among some things, the places that hold it, itself included."""
    holders: dict[str, set[str]] = {}
    for place, holder in graph.named("holders", {"place": [NamedNode(iri) for iri in sorted(things)]}):
        holders.setdefault(place.value, set()).add(holder.value)
    return holders
