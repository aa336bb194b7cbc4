"""The page of the ontology: its classes, properties and code lists, with examples from the graph, and its files."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.display import LANGUAGES, ClaimView, marked
from tipgraph.graph import Graph
from tipgraph.model import (
    DERIVED,
    PREFIXES,
    Column,
    Statement,
    data_name,
    kit,
    namespaces,
    ontology,
    prefixes,
    tip,
)
from tipgraph.model import short as local
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.diagram import Diagram, star, tree
from tipgraph.outputs.site.ontology_page import OntologyPage, Term, short
from tipgraph.outputs.site.site_tree import Site

_FILES = ("terms.ttl", "codes.ttl", "shapes.ttl", "edges.ttl", "sentences.ttl", "alignments.ttl", "context.jsonld")
_EXAMPLES = 6  # things that are named for a class of things


class TermValue(NamedTuple):
    """A value in an example: its text, and its IRI if it is a node."""

    text: str
    iri: str


class TermText(NamedTuple):
    """A property of an example with its values; `derived` if the graph concludes it."""

    predicate: str
    values: list[TermValue]
    derived: bool


@dataclass(frozen=True)
class ReferenceSection:
    """A class on the page.

    `columns` are those of its own table; `inherits` has the classes with the others. A claim class has a `diagram`, and
    an `example` with its `statements` if the graph has one. Any other class has some `things` of the graph.
    """

    term: Term
    above: Sequence[str]
    below: Sequence[str]
    columns: Sequence[Column]
    inherits: Sequence[str]
    edges: Sequence[Term]
    diagram: Diagram | None
    example: ClaimView | None = None
    statements: Sequence[TermText] = ()
    things: Sequence[NamedNode] = ()


def write(site: Site, graph: Graph, claims: Claims, terms: OntologyPage) -> None:
    """Write `ontology.html` in a language, and the files of the ontology beside the English page."""
    trees = [tree(root, terms.below) for root in ("Thing", "Claim")]
    sections = _sections(terms, trees, graph, claims)
    site.write(
        "ontology.html",
        "ontology.html",
        terms=terms,
        trees=trees,
        groups=_groups(terms, sections),
        domains={name: _domains(terms, name) for name in terms.properties},
        own_namespace=tip.NAMESPACE,
        code_namespace=PREFIXES["code"],
        project=kit.project(),
        ours=tuple(f"{prefix}:" for prefix, address in prefixes().items() if address in namespaces()),
        files=[path.name for path in _files()],
        names=graph.labels((node for section in sections for node in section.things), site.language),
        short=short,
        local=lambda iri: local(iri).removeprefix(PREFIXES["code"]),
    )
    if site.language == LANGUAGES[0]:
        _copy_files(site)


def _groups(terms: OntologyPage, sections: Sequence[ReferenceSection]) -> list[tuple[str, list[ReferenceSection]]]:
    """Return the sections of the classes of things, of claims, and of others."""
    groups: dict[str, list[ReferenceSection]] = {"Thing": [], "Claim": [], "": []}
    for section in sections:
        above = _all_above(terms, section.term.name)
        groups["Thing" if "Thing" in above else "Claim" if "Claim" in above else ""].append(section)
    return [
        (marked("Entries"), groups["Thing"]),
        (marked("Claims"), groups["Claim"]),
        (marked("Other classes"), groups[""]),
    ]


def _sections(terms: OntologyPage, trees: Iterable[Diagram], graph: Graph, claims: Claims) -> list[ReferenceSection]:
    """Return the sections of classes with examples from the graph, those of some trees first."""
    examples = _examples(graph)
    in_trees = [box.name for drawn in trees for box in drawn.boxes]
    sections = []
    for name in dict.fromkeys([*in_trees, *terms.classes]):
        section, nodes = _section(terms, name), examples.get(name, [])
        if "Claim" not in _all_above(terms, name):
            section = replace(section, things=nodes[:_EXAMPLES])
        elif views := claims.of(data_name(node.value) for node in nodes[:1]):
            section = replace(section, example=views[0], statements=_statements(graph.about(nodes[:1])))
        sections.append(section)
    return sections


def _section(terms: OntologyPage, name: str) -> ReferenceSection:
    """Return the section of a class without examples."""
    above, edges = terms.above(name), terms.edges.get(name, [])
    inherited = {column for upper in above for column in _columns(upper)}
    own = [column for column in _columns(name).values() if column.name not in inherited]
    return ReferenceSection(
        term=terms.classes[name],
        above=above,
        below=terms.below(name),
        columns=own,
        inherits=[upper for upper in above if _columns(upper)],
        edges=edges,
        diagram=_star(name, own, edges) if name != "Claim" and "Claim" in _all_above(terms, name) else None,
    )


def _star(name: str, columns: Sequence[Column], edges: Sequence[Term]) -> Diagram:
    """Return the diagram of a claim class: the starts of its edges on the left, all other nodes on the right."""
    starts = {local(iri) for edge in edges for iri in edge.nodes(tip.edgeFrom)}
    spokes = [(column.name, column.refers) for column in columns if column.refers]
    left = [spoke for spoke in spokes if spoke[0] in starts]
    return star(name, left, [spoke for spoke in spokes if spoke not in left])


def _columns(name: str) -> Mapping[str, Column]:
    """Return the columns of a class; none for a class that only the ontology of the graph has."""
    return ontology().columns(name) if name in ontology().classes else {}


def _all_above(terms: OntologyPage, name: str) -> set[str]:
    return {name}.union(*(_all_above(terms, upper) for upper in terms.above(name)))


def _domains(terms: OntologyPage, name: str) -> list[str]:
    """Return the classes that have a property: its domain, else those in whose tables it is a column."""
    domain = [local(iri) for iri in terms.properties[name].nodes(f"{PREFIXES['rdfs']}domain")]
    if domain:
        return domain
    having = [cls for cls in terms.classes if name in _columns(cls)]
    return [cls for cls in having if not any(upper in having for upper in terms.above(cls))]


def _examples(graph: Graph) -> dict[str, list[NamedNode]]:
    """Return the nodes of each class by its name, first those with most properties."""
    nodes: dict[str, list[NamedNode]] = {}
    for row in graph.named("examples"):
        nodes.setdefault(local(row["class"].value), []).append(row["node"])
    return nodes


def _statements(statements: Iterable[Statement]) -> list[TermText]:
    """Return the statements of an example, its class first, derived ones last."""
    values: dict[tuple[bool, str], list[TermValue]] = {}
    for statement in statements:
        key = statement.source == DERIVED, short(statement.predicate.value)
        values.setdefault(key, []).append(_value(statement.object))
    order = sorted(values, key=lambda key: (key[0], key[1] != "rdf:type", key[1]))
    return [TermText(predicate, sorted(values[derived, predicate]), derived) for derived, predicate in order]


def _value(term: NamedNode | Literal) -> TermValue:
    if isinstance(term, NamedNode):
        return TermValue(short(term.value), term.value)
    if term.language:
        return TermValue(f'"{term.value}"@{term.language}', "")
    kind = short(term.datatype.value)
    return TermValue(f'"{term.value}"' + ("" if kind == "xsd:string" else f"^^{kind}"), "")


def _copy_files(site: Site) -> None:
    target = site.folder / "ontology"
    target.mkdir(parents=True, exist_ok=True)
    for path in _files():
        shutil.copyfile(path, target / path.name)


def _files() -> list[Path]:
    """Return the files of the ontology: those of the kit, then those of the project."""
    return [*(kit.folder("ontology") / name for name in _FILES), *kit.own_files("ontology", "*.ttl")]
