"""What pages of networks and of things speak of in the words of a language: classes, kinds, statuses, other names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal

from tipgraph.graph import Graph
from tipgraph.model import data_name

PLANNED = frozenset({"planned", "proposed"})  # the statuses of what is not there yet


@dataclass(frozen=True)
class Wording:
    """What the classes, codes and sources of a graph are called in a language, and what its things are called besides.

    `kinds` are those of each edge declaration, by its name; `planned` are the undertakings and documents
    that every report calls planned, proposed, asked for, being drafted or forthcoming.
    """

    language: str
    classes: Mapping[str, str]
    kinds: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, str]
    sources: Mapping[str, str]
    licences: Mapping[str, str]
    aliases: Mapping[str, list[str]]
    planned: frozenset[str]

    def kinds_of(self, relations: Collection[str]) -> dict[str, str]:
        """Return what the kinds of some relations are called.

        Two relations may name one notation by different words; the first one's are taken.
        """
        found: dict[str, str] = {}
        for relation, kinds in self.kinds.items():
            if relation in relations:
                found = {**kinds, **found}
        return found


def wording(graph: Graph, language: str) -> Wording:
    """Ask a graph for its words in a language."""
    classes = {row["class"]: row["name"].value for row in graph.named("classes")}
    labels = graph.labels(classes, language)
    aliases: dict[str, list[str]] = {}
    sources = {data_name(row["source"].value): row for row in graph.named("sources")}
    for thing, name in graph.named("other-names"):
        aliases.setdefault(thing.value, []).append(name.value)
    return Wording(
        language,
        {name: labels.get(node, name) for node, name in classes.items()},
        _kinds(graph, language),
        codes_of(graph, "status", language),
        {name: row["title"].value for name, row in sources.items()},
        {name: row["licence"].value for name, row in sources.items() if row["licence"] is not None},
        aliases,
        frozenset(row["thing"].value for row in graph.named("planned")),
    )


def _kinds(graph: Graph, language: str) -> dict[str, dict[str, str]]:
    """Return what the kinds of each relation are called, in a language or else in English."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for edge, notation, label in graph.named("edge-codes"):
        kinds = found.setdefault(edge.value.rpartition("#edge-")[2], {})
        kinds.setdefault(notation.value, {})[label.language] = label.value

    def chosen(called: dict[str, str]) -> str:
        return called.get(language) or called.get("en") or min(called.values())

    return {
        relation: {notation: chosen(called) for notation, called in kinds.items()} for relation, kinds in found.items()
    }


def codes_of(graph: Graph, scheme: str, language: str) -> dict[str, str]:
    """Return what the codes of a list are called in a language, by their notations, in order."""
    codes = {row["notation"].value: row["code"] for row in graph.named("codes", {"name": [Literal(scheme)]})}
    labels = graph.labels(codes.values(), language)
    return {notation: labels[code] for notation, code in sorted(codes.items())}
