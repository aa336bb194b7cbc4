"""How claims draw edges, as the ontology declares it.

Decision: docs/decisions/0038-the-ontology-declares-edges-and-exceptions.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tipgraph.errors import UnknownName
from tipgraph.graph import Graph
from tipgraph.model import tip

EVERY = "all"  # the network of every declared edge
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True)
class Declaration:
    """How a claim class draws an edge; classes, properties and codes are IRIs.

    `unless` are properties and codes that keep a claim from drawing it, `needs` those without which it draws none,
    `where` those one of which it must have. `through` is the class of stops that divide the edge into
    legs. An edge that `continues` is drawn only from a node that another edge leads to. One that `projects` ties the
    starts of another declared edge that share an end.
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
    """Return the attribute that holds the label of a declaration, a node or an edge in a language.

    >>> label_in("es"), label_in("en")
    ('label_es', 'label')
    """
    return "label_es" if language == "es" else "label"


def tie_words(data: Mapping[str, Any], language: str = "en") -> str:
    """Return what an edge says in a language, with the caveats of its claims; `data` are its attributes.

    >>> tie_words({"label": "has a role in", "caveats": "implied, planned"})
    'has a role in (implied, planned)'
    """
    label, caveats = data[label_in(language)], data.get("caveats_es" if language == "es" else "caveats")
    return f"{label} ({caveats})" if caveats else str(label)


def declarations(graph: Graph, network: str) -> list[Declaration]:
    """Return the edge declarations of a network, in the order of their names; raise UnknownName for no network.

    The network `all` has every edge that a claim draws itself.
    """
    declared = list(every_declaration(graph).values())
    known = {name for one in declared for name in one.networks}
    if network != EVERY and network not in known:
        raise UnknownName(f"{network!r} is no network; the networks are {', '.join(sorted(known | {EVERY}))}")
    return [one for one in declared if network in one.networks or (network == EVERY and not one.projects)]


def networks(graph: Graph) -> dict[str, list[Declaration]]:
    """Return the declarations of every network by its name."""
    declared = every_declaration(graph).values()
    return {name: declarations(graph, name) for name in sorted({n for one in declared for n in one.networks})}


def carrying_roles(graph: Graph) -> set[str]:
    """Return the roles of those who carry an undertaking out together, by which `jointUndertaking` ties them."""
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    return {notations[code] for one in every_declaration(graph).values() if one.projects for code in one.where}


def every_declaration(graph: Graph) -> dict[str, Declaration]:
    """Return all edge declarations by their names."""
    said: dict[str, dict[str, list[Any]]] = {}
    for edge, name, value in graph.named("edges"):
        said.setdefault(_short(edge.value), {}).setdefault(name.value, []).append(value)
    return {name: _declaration(name, values) for name, values in sorted(said.items())}


def _declaration(name: str, values: Mapping[str, list[Any]]) -> Declaration:
    def one(term: str) -> str:
        return values[term][0].value if term in values else ""

    def many(term: str) -> frozenset[str]:
        return frozenset(value.value for value in values.get(term, ()))

    labels = {value.language: value.value for value in values.get(_LABEL, ())}
    return Declaration(
        name,
        labels.get("en", name),
        labels.get("es", labels.get("en", name)),
        networks=many(tip.network),
        symmetric=one(tip.symmetric) == "true",
        continues=one(tip.edgeContinues) == "true",
        cls=one(tip.edgeClass),
        start=one(tip.edgeFrom),
        end=one(tip.edgeTo),
        kind=one(tip.edgeKind),
        unless=many(tip.edgeUnless),
        needs=many(tip.edgeIf),
        where=many(tip.edgeWhere),
        through=one(tip.edgeThrough),
        projects=_short(one(tip.edgeProjects)),
    )


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].removeprefix("edge-")
