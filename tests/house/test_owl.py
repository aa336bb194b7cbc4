"""The ontology is OWL 2 DL, as far as it uses OWL: no tool guesses what a term is.

The profile check of the OWL API, which ROBOT and Protégé use, finds no fault either. It needs Java, so these are its
rules for the axioms that the ontology has: no class expressions, so that the rules on these have nothing to judge.
"""

from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from tipgraph.model import kit, tip, vocabulary

TIP = Namespace(tip.NAMESPACE)
TERMS = vocabulary.ontology().graph
OBJECT, DATA, NOTES = OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
RESERVED = tuple(map(str, (RDF, RDFS, OWL, XSD)))
DATATYPES_OF_OWL = {RDF.langString, XSD.anyURI, XSD.boolean, XSD.decimal, XSD.integer, XSD.language, XSD.string}
NOTES_OF_OWL = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated}


def faults(graph: Graph) -> Iterator[str]:
    """Yield what keeps a graph from being OWL 2 DL."""
    kinds = {kind: set(graph.subjects(RDF.type, kind)) for kind in (OBJECT, DATA, NOTES, OWL.Class, RDFS.Datatype)}
    for one, other in ((OBJECT, DATA), (OBJECT, NOTES), (DATA, NOTES), (OWL.Class, RDFS.Datatype)):
        yield from (f"{term} is of two kinds" for term in kinds[one] & kinds[other])
    for subject, predicate, value in graph:
        if isinstance(subject, BNode) or isinstance(value, BNode):
            yield f"a node without a name, at {predicate}"
        elif str(subject).startswith(RESERVED) and (subject, predicate, value) not in _DECLARED:
            yield f"{subject} is a term of OWL itself"
        elif predicate == RDF.type:
            if value not in kinds[OWL.Class] and not str(value).startswith(RESERVED):
                yield f"{value} is no class"
        elif predicate in _AXIOMS:
            yield from _of_axiom(kinds, (subject, predicate, value))
        elif predicate in kinds[OBJECT] | kinds[DATA]:
            if isinstance(value, Literal) != (predicate in kinds[DATA]):
                yield f"{predicate} of {subject} has a value of the other kind"
        elif predicate not in kinds[NOTES] | NOTES_OF_OWL | {OWL.versionIRI}:
            yield f"{predicate} is no property"


# XML Schema defines them, but OWL 2 does not name them.
_DECLARED = {(datatype, RDF.type, RDFS.Datatype) for datatype in (XSD.date, XSD.duration)}
_CLASSES, _PROPERTIES = {OWL.Class}, {OBJECT, DATA, NOTES}
# Of which kinds both sides are; the range is judged by its property.
_AXIOMS = {
    RDFS.subClassOf: _CLASSES,
    OWL.equivalentClass: _CLASSES,
    OWL.disjointWith: _CLASSES,
    RDFS.subPropertyOf: _PROPERTIES,
    OWL.equivalentProperty: _PROPERTIES,
    OWL.inverseOf: {OBJECT},
    RDFS.domain: None,
    RDFS.range: None,
}


def _of_axiom(kinds: dict[URIRef, set[Node]], axiom: tuple[Node, Node, Node]) -> Iterator[str]:
    subject, predicate, value = axiom
    both = _AXIOMS[URIRef(str(predicate))]
    if both is not None:
        if not any({subject, value} <= kinds[kind] for kind in both):
            yield f"{subject} and {value} are not both declared, as of one kind ({predicate})"
    elif subject not in kinds[OBJECT] | kinds[DATA]:
        yield f"{subject} has a domain or a range and is no property of data"
    elif predicate == RDFS.range and subject in kinds[DATA]:
        if value not in kinds[RDFS.Datatype] | DATATYPES_OF_OWL:
            yield f"{value} is no datatype"
    elif value not in kinds[OWL.Class]:
        yield f"{value} is no class"


@pytest.mark.parametrize("name", ["terms", "all files"])
def test_the_ontology_is_owl_2_dl(name: str) -> None:
    """The file that a person opens in Protégé, and the whole that a graph holds."""
    graph = Graph().parse(kit.folder("ontology") / "terms.ttl") if name == "terms" else TERMS
    assert sorted(faults(graph)) == []


@pytest.mark.parametrize(
    ("triple", "fault"),
    [
        ((TIP.date, RDF.type, OBJECT), "two kinds"),
        ((TIP.Actor, RDF.type, RDFS.Datatype), "two kinds"),
        ((TIP.date, RDFS.range, URIRef("x:calendar")), "no datatype"),
        ((TIP.giver, RDFS.range, URIRef("x:Payer")), "no class"),
        ((TIP.Actor, RDFS.subClassOf, URIRef("x:Agent")), "not both declared"),
        ((TIP.Actor, RDFS.subClassOf, BNode()), "without a name"),
        ((TIP.giver, RDFS.subPropertyOf, TIP.date), "not both declared"),
        ((TIP.table, RDFS.domain, TIP.Actor), "no property of data"),
        ((TIP.Actor, URIRef("x:note"), Literal("words")), "no property"),
        ((URIRef("x:held"), RDF.type, URIRef("x:Code")), "no class"),
        ((URIRef("x:held"), TIP.giver, Literal("words")), "other kind"),
        ((RDFS.label, RDFS.label, Literal("words")), "of OWL itself"),
    ],
)
def test_a_fault_is_found(triple: tuple[Node, Node, Node], fault: str) -> None:
    """The check above can fail."""
    assert any(fault in one for one in faults(TERMS + Graph().add(triple)))
