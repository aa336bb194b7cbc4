"""The edge declarations of the ontology.

Decision: docs/decisions/0003-the-ontology-declares-columns-and-edges.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tipgraph.analysis.network.ties import grouped
from tipgraph.errors import UnknownName
from tipgraph.graph import Graph
from tipgraph.model import RDFS_LABEL

EVERY = "all"  # the network of every declared edge
ROUTES = "routes"


@dataclass(frozen=True)
class Declaration:
    """How a class of claims draws an edge.

    `terms` are the sorted IRIs and texts of the ontology about it, by `label`, `label_es`, `network`,
    `symmetric` and the names of `tip:edgeClass`, `tip:edgeFrom`, `tip:edgeContinues` …
    """

    name: str
    terms: Mapping[str, Sequence[str]]

    def term(self, name: str) -> str:
        """Return the only term of a name, empty if there is none."""
        return next(iter(self.terms.get(name, ())), "")

    def label(self, language: str = "en") -> str:
        """Return the label in a language, else in English."""
        return self.term(label_in(language)) or self.term("label") or self.name

    @property
    def projects(self) -> str:
        """The declaration of edges whose starts this edge ties if they share an end; empty for others."""
        return _short(self.term("edgeProjects"))


def label_in(language: str) -> str:
    """Return the attribute that has the label of a node or edge in a language.

    >>> label_in("es"), label_in("en")
    ('label_es', 'label')
    """
    return "label" if language == "en" else f"label_{language}"


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
    pairs = [(name, each) for each in every_declaration(graph).values() for name in each.terms.get("network", ())]
    return dict(sorted(grouped(pairs).items()))


def every_declaration(graph: Graph) -> dict[str, Declaration]:
    """Return all declarations by name."""
    terms: dict[str, dict[str, list[str]]] = {}
    for edge, term, value in graph.named("edges"):
        name = label_in(value.language) if term.value == RDFS_LABEL else _short(term.value)
        terms.setdefault(_short(edge.value), {}).setdefault(name, []).append(value.value)
    return {
        name: Declaration(name, {term: sorted(values) for term, values in known.items()})
        for name, known in sorted(terms.items())
    }


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].removeprefix("edge-")
