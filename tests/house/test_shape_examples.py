"""Each shape lets a good example pass and finds a bad one."""

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from tests.conftest import column
from tipgraph.graph.graph import Graph as TipGraph
from tipgraph.model import kit, tip
from tipgraph.model.vocabulary import ontology

SHAPES = Graph().parse(kit.folder("ontology") / "shapes.ttl")
CLASSES = sorted(
    str(target).removeprefix(tip.NAMESPACE) for target in SHAPES.objects(None, SH.targetClass) if target is not None
)


def violated(cls: str, *wrong: tuple[str, Node]) -> set[str]:
    """Return the properties of which a bad node of a class is told."""
    data = Graph()
    for above in ontology().classes[cls]:
        data.add((URIRef("x:bad"), RDF.type, URIRef(tip.NAMESPACE + above)))
    for iri, value in wrong:
        data.add((URIRef("x:bad"), URIRef(iri), value))
    _, results, _ = validate(data, shacl_graph=SHAPES, inference="none", advanced=False)
    assert isinstance(results, Graph)
    return {str(path) for path in results.objects(None, SH.resultPath)}


@pytest.mark.parametrize("cls", CLASSES)
def test_a_node_without_what_its_class_needs_and_every_value_of_a_wrong_sort_are_found(cls: str) -> None:
    """A literal where a node is due, and a node where a literal is due."""
    columns = ontology().columns(cls).values()
    assert {column.iri for column in columns if column.required} <= violated(cls)
    sorts = [column for column in columns if column.refers or column.scheme or column.datatype]
    text = Literal("text", lang="xx")
    wrong = [(column.iri, URIRef("x:node") if column.datatype else text) for column in sorts]
    assert {column.iri for column in sorts} <= violated(cls, *wrong)


def test_good_examples_of_every_class_pass(kit_graph: TipGraph) -> None:
    """The project's own data hold an example of each class that has a shape, save those with a later use."""
    used = set(column(kit_graph, "SELECT DISTINCT ?c { ?s a ?c FILTER(STRSTARTS(STR(?c), STR(tip:))) }"))
    later = set(map(str, ontology().graph.subjects(URIRef(tip.NAMESPACE + "laterUse"))))
    assert {tip.NAMESPACE + cls for cls in CLASSES} <= used | later
