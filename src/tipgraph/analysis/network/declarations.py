"""The edge declarations of the ontology.

Decision: docs/decisions/0038-the-ontology-declares-edges-and-exceptions.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tipgraph.errors import UnknownName
from tipgraph.graph import Graph
from tipgraph.model import RDFS_LABEL

EVERY = "all"  # the network of every declared edge


@dataclass(frozen=True)
class Declaration:
    """How a class of claims draws an edge.

    - `continues`: the edge is drawn only from a node that another edge leads to
    - `projects`: another declaration; the edge ties the starts of its edges that share an end
    - `terms`: the sorted IRIs of classes, properties and codes, by the names of `tip:edgeClass`, `tip:edgeFrom` …
    """

    name: str
    label: str
    label_es: str
    networks: frozenset[str]
    symmetric: bool
    continues: bool
    projects: str
    terms: Mapping[str, Sequence[str]]

    def term(self, name: str) -> str:
        """Return the only term of a name, empty if there is none."""
        return next(iter(self.terms.get(name, ())), "")


def label_in(language: str) -> str:
    """Return the attribute that has the label of a node or edge in a language.

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
    if network == EVERY:
        return [each for each in every_declaration(graph).values() if not each.projects]
    known = networks(graph)
    if network not in known:
        raise UnknownName(f"{network!r} is not a network; the networks are {', '.join(sorted([*known, EVERY]))}")
    return known[network]


def networks(graph: Graph) -> dict[str, list[Declaration]]:
    """Return the declarations of each network by name."""
    declared = every_declaration(graph).values()
    names = sorted({name for each in declared for name in each.networks})
    return {name: [each for each in declared if name in each.networks] for name in names}


def every_declaration(graph: Graph) -> dict[str, Declaration]:
    """Return all declarations by name."""
    values_by_edge: dict[str, dict[str, list[Any]]] = {}
    for edge, name, value in graph.named("edges"):
        values_by_edge.setdefault(_short(edge.value), {}).setdefault(name.value, []).append(value)
    return {name: _declaration(name, values) for name, values in sorted(values_by_edge.items())}


def _declaration(name: str, values: Mapping[str, list[Any]]) -> Declaration:
    labels = {value.language: value.value for value in values.get(RDFS_LABEL, ())}
    terms = {_short(term): sorted(value.value for value in each) for term, each in values.items()}
    return Declaration(
        name,
        labels.get("en", name),
        labels.get("es", labels.get("en", name)),
        networks=frozenset(terms.get("network", ())),
        symmetric=terms.get("symmetric") == ["true"],
        continues=terms.get("edgeContinues") == ["true"],
        projects=_short(next(iter(terms.get("edgeProjects", ())), "")),
        terms=terms,
    )


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].removeprefix("edge-")
