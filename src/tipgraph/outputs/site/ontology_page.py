"""The page of the ontology: the classes, properties, code lists and edges of a graph, with examples and files."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from tipgraph.display import marked
from tipgraph.graph import Graph
from tipgraph.model import DERIVED, PREFIXES, Column, Statement, data_name, kit, namespaces, ontology, prefixes, tip
from tipgraph.model import short as local
from tipgraph.outputs.site.claims import Claims, grouped
from tipgraph.outputs.site.labels import text_in

CODE = PREFIXES["code"]
_FILES = (
    "terms.ttl", "codes.ttl", "iati-codes.ttl", "shapes.ttl", "edges.ttl", "sentences.ttl", "alignments.ttl",
    "context.jsonld",
)  # fmt: skip
_EXAMPLES = 6  # things that are named for a class of things
_MATCHES = {
    "rdfs:subClassOf": marked("is a kind of"),
    "rdfs:subPropertyOf": marked("is a kind of"),
    "owl:equivalentClass": marked("the same as"),
    "owl:equivalentProperty": marked("the same as"),
    "skos:exactMatch": marked("the same as"),
    "skos:closeMatch": marked("close to"),
    "skos:broadMatch": marked("narrower than"),
    "skos:narrowMatch": marked("broader than"),
    "rdfs:seeAlso": marked("see also"),
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


@dataclass(frozen=True)
class Term:
    """A class, property, code list, code or edge; `number` is the number of nodes in the graph that use it.

    `values` has what the ontology says about it, by the short names of properties, such as `skos:definition`.
    """

    iri: str
    values: Mapping[str, Sequence[NamedNode | Literal]]
    language: str
    number: int

    @property
    def name(self) -> str:
        """The name within the namespace, as `Funding`."""
        return self.iri.rpartition("#")[2]

    @property
    def anchor(self) -> str:
        """Its anchor on the page, as `Funding` or `code-status-held`."""
        is_code = {"skos:Concept", "skos:ConceptScheme"} & self.kinds
        return f"code-{self.name}" if is_code else self.name

    @cached_property
    def kinds(self) -> set[str]:
        """The short names of the classes of the term, such as `owl:Class`."""
        return set(map(short, self.nodes("rdf:type")))

    @property
    def label(self) -> str:
        """Its label for people."""
        return self.text("rdfs:label") or self.text("skos:prefLabel") or self.name

    @property
    def definition(self) -> str:
        """Its definition in a sentence."""
        return self.text("skos:definition")

    @property
    def matches(self) -> list[tuple[str, str]]:
        """The matching terms of other vocabularies: the relation of ours to each, and its address."""
        found = ((relation, node.value) for name, relation in _MATCHES.items() for node in self.values.get(name, ()))
        return [(relation, address) for relation, address in found if not address.startswith((*namespaces(), CODE))]

    def text(self, name: str) -> str:
        """Return a text in the language, else in English, else any one."""
        return text_in(self.language, self.values.get(name, ()))

    def nodes(self, name: str) -> list[str]:
        """Return the nodes of a property as IRIs, in order."""
        return sorted(value.value for value in self.values.get(name, ()) if isinstance(value, NamedNode))


class OntologyPage(dict[str, Term]):
    """All terms of the ontology in a graph by IRI, and those of each kind by name.

    `codes` has the codes of each code list, `edges` the edges of the claims of each class, by their names; `above` and
    `below` have the names of our classes directly above and below a class.
    """

    def __init__(self, graph: Graph, language: str) -> None:
        """Read the terms, and count their uses in the graph."""
        values: dict[str, dict[str, list[NamedNode | Literal]]] = {}
        for term, name, value in graph.named("terms"):
            values.setdefault(term.value, {}).setdefault(short(name.value), []).append(value)
        uses = usage(graph)
        for iri in [iri for iri, own in values.items() if own.keys() == {"rdf:type"}]:
            del values[iri]  # a term of others, only declared
        super().__init__((iri, Term(iri, own, language, uses.get(iri, 0))) for iri, own in values.items())
        self.version = self[PREFIXES["tip"].rstrip("#")].text("owl:versionInfo")
        self.classes = self._of("owl:Class")
        self.properties = self._of("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
        self.schemes = self._of("skos:ConceptScheme")
        codes, edges = self._of("skos:Concept").values(), self._of("tip:Edge").values()
        self.codes: dict[str, list[Term]] = {name: [] for name in self.schemes}
        self.codes |= grouped(codes, lambda code: [iri.rpartition("#")[2] for iri in code.nodes("skos:inScheme")])
        self.edges = grouped(edges, self._drawn_for)
        above = {name: cls.nodes("rdfs:subClassOf") for name, cls in self.classes.items()}
        self.above = {name: [local(iri) for iri in own if iri.startswith(namespaces())] for name, own in above.items()}
        self.below = grouped(self.classes, self.above.__getitem__)
        self._having = grouped(self.classes, columns)

    def _of(self, *kinds: str) -> dict[str, Term]:
        found = (term for term in self.values() if term.kinds.intersection(kinds))
        return {term.name: term for term in sorted(found, key=lambda term: term.name.casefold())}

    def _drawn_for(self, edge: Term) -> list[str]:
        """Return the classes of claims for which an edge is drawn, also as one that joins the ends of another."""
        first = next((self[iri] for iri in edge.nodes("tip:edgeProjects")), edge)
        return list(map(local, first.nodes("tip:edgeClass")))

    def tree(self, name: str) -> list[str]:
        """Return a class and those below it, each after the one above it."""
        return list(dict.fromkeys([name, *(lower for below in self.below.get(name, []) for lower in self.tree(below))]))

    def root(self, name: str) -> str:
        """Return the class directly below Thing, else the highest one: it gives a class its colour."""
        while self.above[name] and self.above[name] != ["Thing"]:
            name = self.above[name][0]
        return name

    def domains(self, name: str) -> list[str]:
        """Return the classes that have a property: its domain, else those in whose tables it is a column."""
        domain = [local(iri) for iri in self.properties[name].nodes("rdfs:domain")]
        having = self._having.get(name, [])
        return domain or [cls for cls in having if not any(upper in having for upper in self.above[cls])]

    def starts(self, name: str) -> set[str]:
        """Return the columns of the claims of a class in which their edges start."""
        return {local(iri) for edge in self.edges.get(name, ()) for iri in edge.nodes("tip:edgeFrom")}

    def own_columns(self, name: str) -> list[Column]:
        """Return the columns of a class that no class above it has."""
        inherited = {column for upper in self.above[name] for column in columns(upper)}
        return [column for column in columns(name).values() if column.name not in inherited]


@lru_cache(maxsize=1)  # the languages of a site share it
def usage(graph: Graph) -> Mapping[str, int]:
    """Return the number of nodes that use each term of a graph, by its IRI."""
    return {row["term"].value: int(row["number"].value) for row in graph.named("usage")}


@lru_cache(maxsize=1)
def examples(graph: Graph) -> Mapping[str, Sequence[NamedNode]]:
    """Return the richest nodes of each class, by its name."""
    rows = grouped(graph.named("examples"), lambda row: [local(row["class"].value)])
    return {name: [row["node"] for row in found[:_EXAMPLES]] for name, found in rows.items()}


def columns(name: str) -> Mapping[str, Column]:
    """Return the columns of a class; none for a class that only the ontology of the graph has."""
    return ontology().columns(name) if name in ontology().classes else {}


def short(iri: str) -> str:
    """Return the short form of an address.

    >>> short("http://www.w3.org/ns/org#Post"), short("https://iatistandard.org/en/iati-standard/203/codelists/x/#2")
    ('org:Post', 'IATI x 2')
    """
    for address, prefix in ({address: f"{prefix}:" for prefix, address in prefixes().items()} | _SHORT).items():
        if iri.startswith(address):
            return prefix + iri.removeprefix(address).replace("/#", " ")
    return iri


def write(claims: Claims, terms: OntologyPage) -> None:
    """Write `ontology.html` in a language, and the files of the ontology beside the English page."""
    site, graph = claims.site, claims.graph
    files = [*(kit.folder("ontology") / name for name in _FILES), *kit.own_files("ontology", "*.ttl")]
    nodes = examples(graph)
    site.write(
        "ontology.html",
        "ontology.html",
        terms=terms,
        tabled=ontology().classes,
        example=lambda name: next(iter(claims.of(data_name(node.value) for node in nodes.get(name, [])[:1])), None),
        statements=lambda view: _statements(graph.about([view.claim])),
        things=nodes,
        names=graph.labels((node for found in nodes.values() for node in found), site.language),
        own_namespace=tip.NAMESPACE,
        code_namespace=CODE,
        project=kit.project(),
        ours=tuple(f"{prefix}:" for prefix, address in prefixes().items() if address in namespaces()),
        files=[path.name for path in files],
        short=short,
        local=lambda iri: local(iri).removeprefix(CODE),
    )
    if site.is_first:
        target = site.folder / "ontology"
        target.mkdir(parents=True, exist_ok=True)
        for path in files:
            shutil.copyfile(path, target / path.name)


def _statements(statements: Iterable[Statement]) -> list[tuple[bool, str, list[tuple[str, str]]]]:
    """Return the statements about a node by property, its class first, those that the graph concludes last.

    Each is: whether it is concluded, the property, and its values: their texts, each with its IRI if it is a node.
    """
    rows = sorted(((one.source == DERIVED, short(one.predicate.value)), _value(one.object)) for one in statements)
    found = [(*key, [value for _, value in run]) for key, run in groupby(rows, lambda row: row[0])]
    return sorted(found, key=lambda row: (row[0], row[1] != "rdf:type"))


def _value(term: NamedNode | Literal) -> tuple[str, str]:
    if isinstance(term, NamedNode):
        return short(term.value), term.value
    kind = f"@{term.language}" if term.language else f"^^{short(term.datatype.value)}".replace("^^xsd:string", "")
    return f'"{term.value}"{kind}', ""
