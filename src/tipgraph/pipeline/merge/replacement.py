"""One node in place of those that judgements join: a layer over the sources, which stay as they are."""

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import NamedNode

from tipgraph.errors import Fault
from tipgraph.model import DATA, IDENTITY, REFERENCE, Statement, data_name, terms, tip
from tipgraph.pipeline.merge import inconsistency
from tipgraph.pipeline.merge.clusters import standing
from tipgraph.pipeline.merge.judgements import Judgement, of_statements

_CANONICAL = NamedNode(tip.canonical)
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def apply(statements: list[Statement]) -> tuple[list[Statement], list[Fault]]:
    """Rewrite the nodes that judgements join to the one that stands for them, and say which stands for which.

    What several sources say alike of one node (its class, its kind) is kept once, with the reference or else with the
    first source: in the union of the named graphs Oxigraph gives a triple as often as graphs hold it, which would
    multiply rows and counts. Returns the statements and the faults: judgements that contradict each other.
    """
    judgements = of_statements(statements)
    canonical = {_node(node): _node(stands) for node, stands in standing(judgements).items()}
    rewritten = [_rewritten(statement, canonical) for statement in statements]
    links = [Statement(node, _CANONICAL, target, IDENTITY) for node, target in sorted(canonical.items(), key=str)]
    faults = inconsistency.faults(judgements, _roots(judgements, statements))
    return [*_said_once(rewritten), *links], faults


def _roots(judgements: Sequence[Judgement], statements: Iterable[Statement]) -> dict[str, str]:
    """Return what kind of thing each judged node is: the class below Thing that its own class is of."""
    judged = {_node(node) for one in judgements for node in one.pair}
    typed = {one.subject: one.object.value for one in statements if one.predicate == _TYPE and one.subject in judged}
    if not typed:
        return {}
    from tipgraph.model import ontology

    above = ontology().classes
    roots = [name for name, classes in above.items() if name != "Thing" and classes == {name, "Thing"}]
    found = {node: above.get(terms.short(cls), frozenset()) for node, cls in typed.items()}
    return {_short(node): root for node, classes in found.items() for root in roots if root in classes}


def _said_once(statements: Iterable[Statement]) -> list[Statement]:
    once: dict[tuple[object, ...], Statement] = {}
    for statement in sorted(statements, key=lambda one: (one.source != REFERENCE, one.source.value)):
        once.setdefault(statement[:3], statement)
    return list(once.values())


def _rewritten(statement: Statement, canonical: Mapping[NamedNode, NamedNode]) -> Statement:
    if statement.source == IDENTITY:
        return statement
    subject = canonical.get(statement.subject, statement.subject)
    obj = statement.object
    return Statement(
        subject,
        statement.predicate,
        canonical.get(obj, obj) if isinstance(obj, NamedNode) else obj,
        statement.source,
    )


def _node(short: str) -> NamedNode:
    return NamedNode(DATA + short)


def _short(node: NamedNode) -> str:
    return data_name(node.value)
