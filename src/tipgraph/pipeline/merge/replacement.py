"""Replacement of the nodes that judgements join by one node; the sources stay as they are."""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from tipgraph.errors import Fault
from tipgraph.model import DATA, IDENTITY, RDF_TYPE, REFERENCE, Statement, data_name, ontology, terms, tip
from tipgraph.pipeline.merge.judgements import Judgement, contradictions, of_statements, representatives

_CANONICAL = NamedNode(tip.canonical)


def merge_nodes(statements: list[Statement]) -> tuple[list[Statement], list[Fault]]:
    """Replace the nodes that judgements join by their representative, and link them to it.

    A triple that several sources state of one node (its class, its kind) is kept once, in the reference or else in the
    first source: in the union of the named graphs Oxigraph returns a triple once for each graph, which would multiply
    rows and counts. Returns the statements, and the faults of judgements that contradict each other.
    """
    judgements = of_statements(statements)
    canonical = {_node(node): _node(first) for node, first in representatives(judgements).items()}
    replaced = [_replaced(statement, canonical) for statement in statements]
    links = [Statement(node, _CANONICAL, target, IDENTITY) for node, target in sorted(canonical.items(), key=str)]
    faults = contradictions(judgements, _roots(judgements, statements))
    return [*_without_repeats(replaced), *links], faults


def _roots(judgements: Sequence[Judgement], statements: Iterable[Statement]) -> dict[str, str]:
    """Return the kind of thing of each judged node: the class below Thing that is its own or above it."""
    judged = {_node(node) for judgement in judgements for node in judgement.pair}
    types = {
        part.subject: part.object.value for part in statements if part.predicate == RDF_TYPE and part.subject in judged
    }
    if not types:
        return {}
    above = ontology().classes
    roots = [name for name, classes in above.items() if name != "Thing" and classes == {name, "Thing"}]
    classes = {data_name(node.value): above.get(terms.short(cls), frozenset()) for node, cls in types.items()}
    return {node: root for node, names in classes.items() for root in roots if root in names}


def _without_repeats(statements: Sequence[Statement]) -> list[Statement]:
    """Return statements without the triples that an earlier source states too; only shared subjects can have any."""
    first: dict[NamedNode, NamedNode] = {}
    shared = {part.subject for part in statements if first.setdefault(part.subject, part.source) != part.source}
    kept = [part for part in statements if part.subject not in shared]
    by_source = sorted(
        (part for part in statements if part.subject in shared),
        key=lambda part: (part.source != REFERENCE, part.source.value),
    )
    triples: dict[tuple[object, ...], Statement] = {}
    for statement in by_source:
        triples.setdefault(statement[:3], statement)
    return [*kept, *triples.values()]


def _replaced(statement: Statement, canonical: Mapping[NamedNode, NamedNode]) -> Statement:
    subject, predicate, value, source = statement
    if source == IDENTITY:
        return statement
    node = canonical.get(value, value) if isinstance(value, NamedNode) else value
    first = canonical.get(subject, subject)
    return statement if first is subject and node is value else Statement(first, predicate, node, source)


def _node(name: str) -> NamedNode:
    return NamedNode(DATA + name)
