"""Which nodes mean one thing, as people judged in `data/reference/identity.csv`.

Sources keep their own nodes; a judgement joins them, and can be undone by editing it. No rule joins anything by itself.
"""

from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode

from tipgraph import tip
from tipgraph.errors import Fault
from tipgraph.statements import DATA, IDENTITY, REFERENCE, Statement

_CANONICAL = NamedNode(tip.canonical)
_LEFT, _RIGHT, _VERDICT = NamedNode(tip.left), NamedNode(tip.right), NamedNode(tip.verdict)
_SAME, _DIFFERENT = (
    NamedNode(f"https://w3id.org/tipgraph/code#verdict-{verdict}") for verdict in ("same", "different")
)


def apply(statements: list[Statement]) -> tuple[list[Statement], list[Fault]]:
    """Rewrite the nodes that judgements join to the one that stands for them, and say which stands for which.

    A reference node stands before a source, a source before the nodes of sources, and among those the one that the
    judgements name first, so that a later judgement does not change which node stands. What several sources say alike
    of one node (its class, its kind) is kept once, with the reference or else with the first source: in the union of
    the named graphs Oxigraph gives a triple as often as graphs hold it, which would multiply rows and counts.
    Returns the statements and the faults: nodes judged *different* that judgements of *same* join all the same.
    """
    judgements = _judgements(statements)
    canonical = _canonical((left, right) for left, right, verdict in judgements.values() if verdict == _SAME)
    faults = [
        Fault(
            f"judged different, but other judgements join {_short(left)} and {_short(right)}; change one of them",
            "data/reference/identity.csv",
            None,
            _short(node),
        )
        for node, (left, right, verdict) in judgements.items()
        if verdict == _DIFFERENT and canonical.get(left, left) == canonical.get(right, right)
    ]
    rewritten = [_rewritten(statement, canonical) for statement in statements]
    links = [Statement(node, _CANONICAL, target, IDENTITY) for node, target in sorted(canonical.items(), key=str)]
    return [*_said_once(rewritten), *links], faults


def _said_once(statements: Iterable[Statement]) -> list[Statement]:
    once: dict[tuple[object, ...], Statement] = {}
    for statement in sorted(statements, key=lambda one: (one.source != REFERENCE, one.source.value)):
        once.setdefault(statement[:3], statement)
    return list(once.values())


def _judgements(statements: Iterable[Statement]) -> dict[NamedNode, tuple[NamedNode, NamedNode, NamedNode]]:
    parts: dict[NamedNode, dict[NamedNode, NamedNode]] = {}
    for subject, predicate, obj, source in statements:
        if source == IDENTITY and isinstance(obj, NamedNode):
            parts.setdefault(subject, {})[predicate] = obj
    return {
        node: (found[_LEFT], found[_RIGHT], found[_VERDICT])
        for node, found in parts.items()
        if found.keys() >= {_LEFT, _RIGHT, _VERDICT}
    }


def _canonical(same: Iterable[tuple[NamedNode, NamedNode]]) -> dict[NamedNode, NamedNode]:
    clusters: dict[NamedNode, set[NamedNode]] = {}
    for left, right in same:
        joined = clusters.setdefault(left, {left}) | clusters.setdefault(right, {right})
        clusters.update(dict.fromkeys(joined, joined))
    order = {node: position for position, node in enumerate(clusters)}
    return {
        node: stands
        for node, cluster in clusters.items()
        for stands in [min(cluster, key=lambda one: (_rank(one), order[one]))]
        if node != stands
    }


def _rank(node: NamedNode) -> int:
    if node.value.startswith(REFERENCE.value + "/"):
        return 0
    return 2 if "/" in node.value.removeprefix(DATA) else 1


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


def _short(node: NamedNode) -> str:
    return node.value.removeprefix(DATA)
