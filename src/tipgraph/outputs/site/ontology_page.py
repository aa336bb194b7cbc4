"""The page of the ontology: the classes, properties, code lists and edges of a graph, with examples and files."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.display import LANGUAGES, marked
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
from tipgraph.outputs.site.claim_groups import grouped
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.site_tree import Site

CODE = PREFIXES["code"]
_FILES = ("terms.ttl", "codes.ttl", "shapes.ttl", "edges.ttl", "sentences.ttl", "alignments.ttl", "context.jsonld")
_EXAMPLES = 6  # things that are named for a class of things
_ABOUT = PREFIXES["tip"].rstrip("#")
_OWL, _RDF, _RDFS, _SKOS = (PREFIXES[name] for name in ("owl", "rdf", "rdfs", "skos"))
_MATCHES = {
    f"{_RDFS}subClassOf": marked("is a kind of"),
    f"{_RDFS}subPropertyOf": marked("is a kind of"),
    f"{_SKOS}exactMatch": marked("the same as"),
    f"{_SKOS}closeMatch": marked("close to"),
    f"{_SKOS}broadMatch": marked("narrower than"),
    f"{_SKOS}narrowMatch": marked("broader than"),
    f"{_SKOS}relatedMatch": marked("related to"),
}
# Short forms of addresses, beside the prefixes of the graph.
_SHORT = {
    "http://purl.org/ontology/bibo/": "bibo:",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo:",
    "http://purl.org/linked-data/cube#": "qb:",
    "https://schema.org/": "schema:",
    "http://id.loc.gov/datatypes/edtf/": "edtf:",
    "https://github.com/UNMigration/HTCDS#": "HTCDS ",
    "https://iatistandard.org/en/iati-standard/203/codelists/": "IATI ",
}


class Match(NamedTuple):
    """A term of another vocabulary: the relation of our term to it, its address, and its short name."""

    relation: str
    address: str
    short: str


@dataclass(frozen=True)
class Term:
    """A class, property, code list, code or edge; `number` is the number of nodes in the graph that use it."""

    iri: str
    values: Mapping[str, tuple[NamedNode | Literal, ...]]
    language: str
    number: int

    @property
    def name(self) -> str:
        """The name within the namespace, as `Funding`."""
        return self.iri.rpartition("#")[2]

    @property
    def anchor(self) -> str:
        """Its anchor on the page, as `Funding` or `code-status-held`."""
        return f"code-{self.name}" if self.is_a("skos:Concept") or self.is_a("skos:ConceptScheme") else self.name

    @property
    def label(self) -> str:
        """Its label for people."""
        return self.text(f"{_RDFS}label") or self.text(f"{_SKOS}prefLabel") or self.name

    @property
    def definition(self) -> str:
        """Its definition in a sentence."""
        return self.text(f"{_SKOS}definition")

    @property
    def notation(self) -> str:
        """The notation of a code in a table, as `held`."""
        return self.text(f"{_SKOS}notation")

    @property
    def later(self) -> str:
        """The future use of a term without data."""
        return self.text(tip.laterUse)

    @property
    def retired(self) -> bool:
        """Tell whether it is only kept for old data."""
        return any(value.value == "true" for value in self.values.get(f"{_OWL}deprecated", ()))

    @property
    def successors(self) -> list[str]:
        """The terms that replace a retired term."""
        return self.nodes(f"{PREFIXES['dcterms']}isReplacedBy")

    @property
    def matches(self) -> list[Match]:
        """The matching terms of other vocabularies."""
        return [
            Match(relation, value.value, short(value.value))
            for predicate, relation in _MATCHES.items()
            for value in self.values.get(predicate, ())
            if not value.value.startswith((*namespaces(), CODE))
        ]

    def text(self, predicate: str) -> str:
        """Return a text in the language, else in English, else without a language."""
        texts = {value.language: value.value for value in self.values.get(predicate, ()) if isinstance(value, Literal)}
        return texts.get(self.language) or texts.get("en") or texts.get(None) or ""

    def nodes(self, predicate: str) -> list[str]:
        """Return the nodes of a predicate as IRIs, in order."""
        return sorted(value.value for value in self.values.get(predicate, ()) if isinstance(value, NamedNode))

    def is_a(self, kind: str) -> bool:
        """Tell whether it is of a kind, such as `owl:Class`."""
        prefix, _, name = kind.partition(":")
        return PREFIXES[prefix] + name in self.nodes(f"{_RDF}type")


class OntologyPage:
    """All terms of the ontology in a graph."""

    def __init__(self, graph: Graph, language: str) -> None:
        """Read the terms, and count their uses in the graph."""
        terms: dict[str, dict[str, tuple[NamedNode | Literal, ...]]] = {}
        for row in graph.named("terms"):
            values = terms.setdefault(row["term"].value, {})
            values[row["property"].value] = (*values.get(row["property"].value, ()), row["value"])
        usage = {row["term"].value: int(row["number"].value) for row in graph.named("usage")}
        self._terms = {iri: Term(iri, values, language, usage.get(iri, 0)) for iri, values in terms.items()}

    def __getitem__(self, iri: str) -> Term:
        """Return a term by its IRI."""
        return self._terms[iri]

    def get(self, iri: str) -> Term | None:
        """Return a term by its IRI; None for a term of another vocabulary."""
        return self._terms.get(iri)

    @property
    def version(self) -> str:
        """The version of the ontology."""
        return self._terms[_ABOUT].text(f"{_OWL}versionInfo")

    @cached_property
    def classes(self) -> dict[str, Term]:
        """The classes by name."""
        return {term.name: term for term in self._of("owl:Class")}

    @cached_property
    def properties(self) -> dict[str, Term]:
        """The properties by name, also those that describe the ontology."""
        kinds = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
        return {term.name: term for term in self._of(*kinds)}

    @cached_property
    def schemes(self) -> dict[str, Term]:
        """The code lists by name."""
        return {term.name: term for term in self._of("skos:ConceptScheme")}

    @cached_property
    def codes(self) -> dict[str, list[Term]]:
        """The codes of each code list, by the name of the list."""
        found: dict[str, list[Term]] = {name: [] for name in self.schemes}
        for code in self._of("skos:Concept"):
            for scheme in code.nodes(f"{_SKOS}inScheme"):
                found[scheme.rpartition("#")[2]].append(code)
        return found

    @cached_property
    def edges(self) -> dict[str, list[Term]]:
        """The edges of the claims of each class, by the name of the class."""
        found: dict[str, list[Term]] = {}
        for edge in self._of("tip:Edge"):
            drawn = [self[iri] for iri in edge.nodes(tip.edgeProjects)] or [edge]
            for cls in drawn[0].nodes(tip.edgeClass):
                found.setdefault(local(cls), []).append(edge)
        return found

    def above(self, name: str) -> list[str]:
        """Return the names of our classes directly above a class."""
        upper = self.classes[name].nodes(f"{_RDFS}subClassOf")
        return [local(iri) for iri in upper if iri.startswith(namespaces())]

    def all_above(self, name: str) -> set[str]:
        """Return the names of a class and of all above it."""
        return {name}.union(*map(self.all_above, self.above(name)))

    def with_below(self, name: str) -> list[str]:
        """Return a class and those below it, each after the one above it."""
        return [name, *(lower for below in self.below(name) for lower in self.with_below(below))]

    def below(self, name: str) -> list[str]:
        """Return the names of the classes directly below a class."""
        return [other for other in self.classes if name in self.above(other)]

    def root(self, name: str) -> str:
        """Return the class directly below Thing, else the highest one: it gives a class its colour."""
        while self.above(name) and self.above(name) != ["Thing"]:
            name = self.above(name)[0]
        return name

    def _of(self, *kinds: str) -> list[Term]:
        found = [term for term in self._terms.values() if any(map(term.is_a, kinds))]
        return sorted(found, key=lambda term: term.name.casefold())


def short(iri: str) -> str:
    """Return the short form of an address.

    >>> short("http://www.w3.org/ns/org#Post"), short("https://iatistandard.org/en/iati-standard/203/codelists/x/#2")
    ('org:Post', 'IATI x 2')
    """
    known = {address: f"{prefix}:" for prefix, address in prefixes().items()}
    for address, prefix in (known | _SHORT).items():
        if iri.startswith(address):
            return prefix + iri.removeprefix(address).replace("/#", " ")
    return iri


def write(site: Site, graph: Graph, claims: Claims, terms: OntologyPage) -> None:
    """Write `ontology.html` in a language, and the files of the ontology beside the English page."""
    sections = _sections(terms, graph, claims)
    groups = grouped(
        sections, lambda section: [next((top for top in ("Thing", "Claim") if top in section["all_above"]), "")]
    )
    titles = {"Thing": marked("Entries"), "Claim": marked("Claims"), "": marked("Other classes")}
    files = [*(kit.folder("ontology") / name for name in _FILES), *kit.own_files("ontology", "*.ttl")]
    site.write(
        "ontology.html",
        "ontology.html",
        terms=terms,
        groups=[(title, groups.get(top, [])) for top, title in titles.items()],
        domains={name: _domains(terms, name) for name in terms.properties},
        own_namespace=tip.NAMESPACE,
        code_namespace=PREFIXES["code"],
        project=kit.project(),
        ours=tuple(f"{prefix}:" for prefix, address in prefixes().items() if address in namespaces()),
        files=[path.name for path in files],
        names=graph.labels((node for section in sections for node in section["things"]), site.language),
        short=short,
        local=lambda iri: local(iri).removeprefix(PREFIXES["code"]),
    )
    if site.language == LANGUAGES[0]:
        target = site.folder / "ontology"
        target.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copyfile(path, target / path.name)


def _sections(terms: OntologyPage, graph: Graph, claims: Claims) -> list[dict[str, Any]]:
    """Return the sections of classes with examples from the graph, those of entries and claims first, as in trees.

    `columns` are those of its own table; `inherits` has the classes with the others. A claim class has `spokes`, and an
    `example` with its `statements` if the graph has one. Any other class has some `things` of the graph.
    """
    examples = grouped(graph.named("examples"), lambda row: [local(row["class"].value)])
    sections = []
    for name in dict.fromkeys([*terms.with_below("Thing"), *terms.with_below("Claim"), *terms.classes]):
        above, edges, nodes = (
            terms.above(name),
            terms.edges.get(name, []),
            [row["node"] for row in examples.get(name, [])],
        )
        columns = _own_columns(name, above)
        is_claim = "Claim" in terms.all_above(name)
        views = claims.of(data_name(node.value) for node in nodes[:1]) if is_claim else []
        sections.append(
            {
                "term": terms.classes[name],
                "above": above,
                "all_above": terms.all_above(name),
                "below": terms.below(name),
                "columns": columns,
                "inherits": [upper for upper in above if _columns(upper)],
                "edges": edges,
                "spokes": _spokes(columns, edges) if is_claim and name != "Claim" else [],
                "example": views[0] if views else None,
                "statements": _statements(graph.about(nodes[:1])) if views else [],
                "things": [] if is_claim else nodes[:_EXAMPLES],
            }
        )
    return sections


def _own_columns(name: str, above: Iterable[str]) -> list[Column]:
    """Return the columns of a class that no class above it has."""
    inherited = {column for upper in above for column in _columns(upper)}
    return [column for column in _columns(name).values() if column.name not in inherited]


def _spokes(columns: Sequence[Column], edges: Sequence[Term]) -> list[list[tuple[str, str]]]:
    """Return the properties of a claim with the classes that they lead to: starts of its edges, and all others."""
    starts = {local(iri) for edge in edges for iri in edge.nodes(tip.edgeFrom)}
    spokes = [(column.name, column.refers) for column in columns if column.refers]
    return [[spoke for spoke in spokes if (spoke[0] in starts) is first] for first in (True, False)]


def _columns(name: str) -> Mapping[str, Column]:
    """Return the columns of a class; none for a class that only the ontology of the graph has."""
    return ontology().columns(name) if name in ontology().classes else {}


def _domains(terms: OntologyPage, name: str) -> list[str]:
    """Return the classes that have a property: its domain, else those in whose tables it is a column."""
    domain = [local(iri) for iri in terms.properties[name].nodes(f"{PREFIXES['rdfs']}domain")]
    if domain:
        return domain
    having = [cls for cls in terms.classes if name in _columns(cls)]
    return [cls for cls in having if not any(upper in having for upper in terms.above(cls))]


def _statements(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Return the statements of an example by property, its class first, those that the graph concludes last.

    A value is its text, and its IRI if it is a node.
    """
    values: dict[tuple[bool, str], list[tuple[str, str]]] = {}
    for statement in statements:
        key = statement.source == DERIVED, short(statement.predicate.value)
        values.setdefault(key, []).append(_value(statement.object))
    order = sorted(values, key=lambda key: (key[0], key[1] != "rdf:type", key[1]))
    return [
        {"predicate": predicate, "found": sorted(values[derived, predicate]), "derived": derived}
        for derived, predicate in order
    ]


def _value(term: NamedNode | Literal) -> tuple[str, str]:
    if isinstance(term, NamedNode):
        return short(term.value), term.value
    kind = f"@{term.language}" if term.language else f"^^{short(term.datatype.value)}".replace("^^xsd:string", "")
    return f'"{term.value}"{kind}', ""
