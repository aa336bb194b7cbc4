"""The edge declarations of the ontology.

Decision: docs/decisions/0038-the-ontology-declares-edges-and-exceptions.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tipgraph.errors import UnknownName
from tipgraph.graph import Graph
from tipgraph.model import RDFS_LABEL, tip

EVERY = "all"  # the network of every declared edge


@dataclass(frozen=True)
class Declaration:
    """How a class of claims draws an edge; classes, properties and codes are IRIs.

    - `unless`, `needs`, `where`: properties and codes; a claim must have none, all, or any of them
    - `through`: the class of stops that divide the edge into legs
    - `continues`: the edge is drawn only from a node that another edge leads to
    - `projects`: another declaration; the edge ties the starts of its edges that share an end
    """

    name: str
    label: str
    label_es: str
    networks: frozenset[str]
    symmetric: bool
    continues: bool
    cls: str = ""
    start: str = ""
    end: str = ""
    kind: str = ""
    unless: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()
    through: str = ""
    projects: str = ""


def label_in(language: str) -> str:
    """Return the attribute for the label of a declaration, a node or an edge in a language.

    >>> label_in("es"), label_in("en")
    ('label_es', 'label')
    """
    return "label_es" if language == "es" else "label"


def tie_words(data: Mapping[str, Any], language: str = "en") -> str:
    """Return the label of an edge with the caveats of its claims; `data` are its attributes.

    >>> tie_words({"label": "has a role in", "caveats": "implied, planned"})
    'has a role in (implied, planned)'
    """
    label, caveats = data[label_in(language)], data.get("caveats_es" if language == "es" else "caveats")
    return f"{label} ({caveats})" if caveats else str(label)


def declarations(graph: Graph, network: str) -> list[Declaration]:
    """Return the declarations of a network, sorted by name; `all` has every edge that a claim draws itself.

    Raises UnknownName for an unknown network.
    """
    declared = list(every_declaration(graph).values())
    known = {name for each in declared for name in each.networks}
    if network != EVERY and network not in known:
        raise UnknownName(f"{network!r} is not a network; the networks are {', '.join(sorted(known | {EVERY}))}")
    return [each for each in declared if network in each.networks or (network == EVERY and not each.projects)]


def networks(graph: Graph) -> dict[str, list[Declaration]]:
    """Return the declarations of each network by name."""
    names = {name for each in every_declaration(graph).values() for name in each.networks}
    return {name: declarations(graph, name) for name in sorted(names)}


def carrying_roles(graph: Graph) -> set[str]:
    """Return the roles of actors who carry out an undertaking together, which `jointUndertaking` ties."""
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    return {notations[code] for each in every_declaration(graph).values() if each.projects for code in each.where}


def every_declaration(graph: Graph) -> dict[str, Declaration]:
    """Return all declarations by name."""
    values_by_edge: dict[str, dict[str, list[Any]]] = {}
    for edge, name, value in graph.named("edges"):
        values_by_edge.setdefault(_short(edge.value), {}).setdefault(name.value, []).append(value)
    return {name: _declaration(name, values) for name, values in sorted(values_by_edge.items())}


def _declaration(name: str, values: Mapping[str, list[Any]]) -> Declaration:
    def first(term: str) -> str:
        return values[term][0].value if term in values else ""

    def many(term: str) -> frozenset[str]:
        return frozenset(value.value for value in values.get(term, ()))

    labels = {value.language: value.value for value in values.get(RDFS_LABEL, ())}
    return Declaration(
        name,
        labels.get("en", name),
        labels.get("es", labels.get("en", name)),
        networks=many(tip.network),
        symmetric=first(tip.symmetric) == "true",
        continues=first(tip.edgeContinues) == "true",
        cls=first(tip.edgeClass),
        start=first(tip.edgeFrom),
        end=first(tip.edgeTo),
        kind=first(tip.edgeKind),
        unless=many(tip.edgeUnless),
        needs=many(tip.edgeIf),
        where=many(tip.edgeWhere),
        through=first(tip.edgeThrough),
        projects=_short(first(tip.edgeProjects)),
    )


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].removeprefix("edge-")
