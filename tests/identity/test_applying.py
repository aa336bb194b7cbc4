from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from tests.conftest import column
from tipgraph.graph.graph import Graph
from tipgraph.model import IDENTITY, Statement, data_iri, tip
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.merge import merge_nodes

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


def judged(number: int, left: NamedNode, right: NamedNode, verdict: str) -> list[Statement]:
    node = data_iri("reference", "identity", f"j{number}")
    code = NamedNode(f"https://w3id.org/tipgraph/code#verdict-{verdict}")
    parts = ((tip.left, left), (tip.right, right), (tip.verdict, code))
    return [Statement(node, NamedNode(predicate), value, IDENTITY) for predicate, value in parts]


def thing(source: str, name: str) -> NamedNode:
    return data_iri(source, "actors", name)


def labelled(*nodes: NamedNode) -> list[Statement]:
    return [Statement(node, LABEL, Literal(node.value, language="en"), data_iri("x")) for node in nodes]


def stands_for(statements: list[Statement]) -> dict[str, str]:
    return {s.subject.value: s.object.value for s in statements if s.predicate.value == tip.canonical}


def test_the_reference_stands_for_the_others_and_every_name_stays_with_its_source() -> None:
    mine, yours, known = thing("b", "iom"), thing("a", "oim"), thing("reference", "iom")
    statements, faults = merge_nodes(
        labelled(mine, yours) + judged(1, mine, yours, "same") + judged(2, yours, known, "same")
    )
    assert faults == []
    assert stands_for(statements) == {mine.value: known.value, yours.value: known.value}
    named = [s for s in statements if s.predicate == LABEL]
    assert {s.subject for s in named} == {known}
    assert {s.object.value for s in named} == {mine.value, yours.value}


def test_a_later_judgement_does_not_change_which_node_stands() -> None:
    first, second, third = thing("m", "x"), thing("z", "x"), thing("a", "x")
    early, _ = merge_nodes(judged(1, first, second, "same"))
    late, _ = merge_nodes(judged(1, first, second, "same") + judged(2, third, first, "same"))
    assert stands_for(early) == {second.value: first.value}
    assert stands_for(late) == {second.value: first.value, third.value: first.value}


def test_different_and_unsure_join_nothing() -> None:
    one, two = thing("a", "x"), thing("b", "x")
    for verdict in ("different", "unsure"):
        statements, faults = merge_nodes(labelled(one, two) + judged(1, one, two, verdict))
        assert stands_for(statements) == {}
        assert faults == []


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_joining_gives_the_components_whatever_the_order(pairs: list[tuple[int, int]]) -> None:
    nodes = [thing(f"s{n}", "x") for n in range(8)]
    statements: list[Statement] = []
    for number, (left, right) in enumerate(pairs):
        statements += judged(number, nodes[left], nodes[right], "same")
    canonical = stands_for(merge_nodes(statements)[0])
    groups = [{n} for n in range(8)]
    for left, right in pairs:
        merged = groups[left] | groups[right]
        for member in merged:
            groups[member] = merged
    for left in range(8):
        for right in range(8):
            together = canonical.get(nodes[left].value, nodes[left].value) == canonical.get(
                nodes[right].value, nodes[right].value
            )
            assert together == (groups[left] is groups[right] or left == right)


def test_removing_a_judgement_parts_what_it_joined(copy: Path) -> None:
    identity = copy / "reference" / "identity.csv"
    joined = build(copy)
    identity.write_text(identity.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    parted = build(copy)
    assert names(joined, "reference/places/lima") == {"Lima"}
    assert names(parted, "reference/places/lima") == set()
    assert names(parted, "harbour-2020/places/lima") == {"Lima"}


def names(graph: Graph, path: str) -> set[str]:
    return set(
        column(graph, f"SELECT ?name {{ ?claim tip:named <https://w3id.org/tipgraph/id/{path}> ; tip:name ?name }}")
    )
