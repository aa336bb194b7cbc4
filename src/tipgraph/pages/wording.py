"""What a network speaks of in the words of a language: classes, kinds, statuses, sources, other names of things."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.graph import Graph
from tipgraph.statements import DATA

if TYPE_CHECKING:
    import networkx as nx

PLANNED = frozenset({"planned", "proposed"})  # the statuses of what is not there yet


@dataclass(frozen=True)
class Vocabulary:
    """What a network's classes, codes and sources are called in a language, and what its nodes are called besides.

    `planned` are the undertakings whose every report calls them planned or proposed.
    """

    language: str
    classes: dict[str, str]
    kinds: dict[str, str]
    statuses: dict[str, str]
    sources: dict[str, str]
    aliases: dict[str, list[str]]
    planned: frozenset[str]


def vocabulary(graph: Graph, network: "nx.MultiDiGraph[str]", language: str) -> Vocabulary:
    """Ask a graph for the words of a network in a language."""
    local = {name for _, data in network.nodes(data=True) for name in (data["kind"], data["type"])}
    classes = graph.labels([NamedNode(tip.NAMESPACE + name) for name in sorted(local)], language)
    statuses = [tuple(row) for row in graph.named("codes", {"name": [Literal("status")]})]
    called = graph.labels([code for _, code in statuses], language)
    aliases: dict[str, list[str]] = {}
    for thing, name in graph.named("other-names", {"thing": [NamedNode(iri) for iri in network]}):
        aliases.setdefault(thing.value, []).append(name.value)
    return Vocabulary(
        language,
        {node.value.removeprefix(tip.NAMESPACE): label for node, label in classes.items()},
        _kinds(graph, {data["edge"] for _, _, data in network.edges(data=True)}, language),
        {notation.value: called[code] for notation, code in statuses},
        {row["source"].value.removeprefix(DATA): row["title"].value for row in graph.named("sources")},
        aliases,
        _planned(graph),
    )


def _kinds(graph: Graph, relations: Collection[str], language: str) -> dict[str, str]:
    """Return what the kinds of some relations are called, in a language or else in English.

    Two relations may name one notation by different words; the first one's are taken.
    """
    found: dict[str, dict[str, str]] = {}
    for edge, notation, label in graph.named("edge-codes"):
        if edge.value.rpartition("#edge-")[2] in relations:
            found.setdefault(notation.value, {}).setdefault(label.language, label.value)
    return {notation: called.get(language, called["en"]) for notation, called in found.items()}


def _planned(graph: Graph) -> frozenset[str]:
    statuses: dict[str, set[str]] = {}
    notations = {row["code"]: row["notation"].value for row in graph.named("notations")}
    for row in graph.named("undertaking-reports"):
        if row["status"] is not None:
            statuses.setdefault(row["undertaking"].value, set()).add(notations[row["status"]])
    return frozenset(undertaking for undertaking, said in statuses.items() if said <= PLANNED)
