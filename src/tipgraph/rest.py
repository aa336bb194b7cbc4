"""What is left of statements without some of their sources, as if the folders of these had never been there."""

from collections.abc import Collection, Iterable, Sequence

from pyoxigraph import NamedNode

from tipgraph import tip
from tipgraph.statements import DATA, Statement, data_iri

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def rest(statements: Sequence[Statement], sources: Collection[str]) -> list[Statement]:
    """Return what is left of statements, before identity joins them, without the sources of some names.

    A claim, a judgement or evidence of another source that names a row of these goes with it, whole, and so does what
    names that: a claim is never altered. A thing stays, and loses what names them.
    """
    graphs = {data_iri(name) for name in sources}
    tables = tuple(f"{DATA}{name}/" for name in sources)
    theirs = {one.subject for one in statements if one.subject.value.startswith(tables)} | graphs
    others = [one for one in statements if one.subject not in theirs and one.source not in graphs]
    gone = theirs | _naming(others, theirs)
    return [one for one in others if one.subject not in gone and one.object not in gone]


def _naming(statements: Iterable[Statement], nodes: Iterable[NamedNode]) -> set[NamedNode]:
    """Return what names some nodes, at any remove, and is no thing."""
    every = list(statements)
    things = _things(every)
    by: dict[NamedNode, set[NamedNode]] = {}
    for subject, _, value, _ in every:
        if isinstance(value, NamedNode) and value.value.startswith(DATA) and subject not in things:
            by.setdefault(value, set()).add(subject)
    found: set[NamedNode] = set()
    waiting = list(nodes)
    while waiting:
        added = by.get(waiting.pop(), set()) - found
        found |= added
        waiting += added
    return found


def _things(statements: Iterable[Statement]) -> set[NamedNode]:
    from tipgraph.ontology import ontology

    classes = {NamedNode(tip.NAMESPACE + name) for name in ontology().below("Thing")}
    return {one.subject for one in statements if one.predicate == _TYPE and one.object in classes}
