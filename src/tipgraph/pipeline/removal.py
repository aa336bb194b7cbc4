"""Cascade deletion: removing a node also removes the claims that depend on it, never a part of a claim.

`Removal` removes nodes, for corrections (when a graph is built) and for releases (by their policy). `without_sources`
removes sources, as if their folders did not exist.

Decision: docs/decisions/0095-a-claim-is-removed-whole.md.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.model import DATA, RDF_TYPE, REFERENCE, Ontology, Statement, data_iri, ontology, short, tip

RESTS = "depends on something withheld"
UNSPOKEN = "no claim is about it any more"
_CANONICAL = NamedNode(tip.canonical)
_EVIDENCE = NamedNode(tip.evidence)


class StatementIndex:
    """Statements by their subjects and by the nodes that they name, and the classes of nodes."""

    def __init__(self, statements: Iterable[Statement], terms: Ontology) -> None:
        """Index statements that are not derived."""
        self.statements = list(statements)
        self.terms = terms
        self.about: dict[NamedNode, list[Statement]] = {}
        self.naming: dict[NamedNode, list[Statement]] = {}
        self._classes: dict[NamedNode, frozenset[str]] = {}
        for statement in self.statements:
            self.about.setdefault(statement.subject, []).append(statement)
            if isinstance(statement.object, NamedNode) and statement.predicate != RDF_TYPE:
                self.naming.setdefault(statement.object, []).append(statement)

    @cached_property
    def claims(self) -> list[NamedNode]:
        """The claims, in the order of the statements."""
        return [node for node in self.about if "Claim" in self.classes(node)]

    def spoken(self, claims: Iterable[NamedNode]) -> set[NamedNode]:
        """Return the things that claims name, and the things of which these are parts."""
        things: set[NamedNode] = set()
        queue = deque(
            statement.object
            for claim in claims
            for statement in self.about.get(claim, ())
            if isinstance(statement.object, NamedNode) and statement.predicate.value not in (RDF_TYPE.value, tip.source)
        )
        while queue:
            node = queue.popleft()
            if node not in things and "Thing" in self.classes(node):
                things.add(node)
                queue += self.values(node, tip.partOf)
        return things

    def classes(self, node: NamedNode) -> frozenset[str]:
        """Return the classes of a node in our ontology, with those above them."""
        if node not in self._classes:
            above = (self.terms.classes.get(name, frozenset()) for name in self._types(node))
            self._classes[node] = frozenset().union(*above)
        return self._classes[node]

    def _types(self, node: NamedNode) -> list[str]:
        return [short(part.object.value) for part in self.about.get(node, ()) if part.predicate == RDF_TYPE]

    def needs(self, statement: Statement) -> bool:
        """Return whether a statement is required by its subject: a row needs that column."""
        name = short(statement.predicate.value)
        types = [cls for cls in self._types(statement.subject) if cls in self.terms.classes]
        columns = [self.terms.columns(cls).get(name) for cls in types]
        return any(column is not None and column.required for column in columns)

    def values(self, node: NamedNode, name: str) -> Iterator[NamedNode]:
        """Yield the nodes that a property of a node names."""
        for statement in self.about.get(node, ()):
            if statement.predicate.value == name and isinstance(statement.object, NamedNode):
                yield statement.object

    def aliases(self, node: NamedNode) -> list[NamedNode]:
        """Return the nodes of sources that were merged into a node."""
        return [statement.subject for statement in self.naming.get(node, ()) if statement.predicate == _CANONICAL]


class Removal:
    """The nodes that are removed, each with its reason, and the statements removed from nodes that stay."""

    def __init__(self, index: StatementIndex) -> None:
        self.index = index
        self.nodes: dict[NamedNode, str] = {}
        self.statements: dict[Statement, str] = {}

    def take(self, nodes: Mapping[NamedNode, str]) -> None:
        """Remove nodes and all that depends on them.

        With a thing go the claims that name it. With a claim go the claims that require it. With a node goes the
        judgement that joins it, with a stop its report, so that no route looks shorter than it was. Of all other nodes
        only the statement that names the removed node goes.
        """
        queue = deque(node for node in nodes if node not in self.nodes)
        self.nodes.update({node: nodes[node] for node in queue})
        while queue:
            node = queue.popleft()
            for other, reason in [*self._parts(node), *self._dependents(node)]:
                if other not in self.nodes:
                    self.nodes[other] = reason
                    queue.append(other)

    def drop(self, statement: Statement, reason: str) -> None:
        """Remove a statement, or its subject if that requires it."""
        if self.index.needs(statement):
            self.take({statement.subject: reason})
        else:
            self.statements.setdefault(statement, reason)

    def take_unspoken(self) -> None:
        """Remove the things of sources that claims named, and of which only names are left.

        Things of the reference stay.
        """
        claims = [claim for claim in self.index.claims if "Naming" not in self.index.classes(claim)]
        before = self.index.spoken(claims)
        after = self.index.spoken(claim for claim in claims if claim not in self.nodes)
        idle = (thing for thing in before - after if not thing.value.startswith(f"{REFERENCE.value}/"))
        self.take(dict.fromkeys(sorted(idle, key=str), UNSPOKEN))

    def left(self) -> list[Statement]:
        """Return the statements that are left, without evidence that no claim names any more."""
        kept = [
            statement
            for statement in self.index.statements
            if not {statement.subject, statement.object} & self.nodes.keys() and statement not in self.statements
        ]
        used = {statement.object for statement in kept if statement.predicate == _EVIDENCE}
        unused = self.spans(kept) - used
        return [statement for statement in kept if statement.subject not in unused]

    @staticmethod
    def spans(statements: Iterable[Statement]) -> set[NamedNode]:
        """Return the nodes of evidence among statements."""
        evidence = NamedNode(tip.Evidence)
        return {part.subject for part in statements if part.predicate == RDF_TYPE and part.object == evidence}

    def _parts(self, node: NamedNode) -> Iterator[tuple[NamedNode, str]]:
        """Yield the nodes that were merged into a node, and the report of a stop."""
        reason = self.nodes[node]
        yield from ((alias, reason) for alias in self.index.aliases(node))
        yield from ((report, RESTS) for report in self.index.values(node, tip.routeReport))

    def _dependents(self, node: NamedNode) -> Iterator[tuple[NamedNode, str]]:
        """Yield the nodes that cannot stay without a node; remove only the statement from the others that name it."""
        is_thing = "Thing" in self.index.classes(node)
        for statement in self.index.naming.get(node, ()):
            if statement.predicate == _CANONICAL or statement.subject in self.nodes:
                continue
            is_claim = is_thing and self.speaks(statement)
            if is_claim or (self.index.needs(statement) and not self._has_other_evidence(statement)):
                yield statement.subject, RESTS
            else:
                self.statements.setdefault(statement, RESTS)

    def speaks(self, statement: Statement) -> bool:
        """Return whether a statement is a claim's, and does not only name the claim's source."""
        return "Claim" in self.index.classes(statement.subject) and statement.predicate.value != tip.source

    def _has_other_evidence(self, statement: Statement) -> bool:
        """Return whether a statement names evidence of a claim that has other evidence, which stays."""
        evidence = set(self.index.values(statement.subject, tip.evidence))
        return statement.predicate == _EVIDENCE and not evidence <= self.nodes.keys()


def without_sources(statements: Sequence[Statement], sources: Collection[str]) -> list[Statement]:
    """Return the statements that are left without some sources, before nodes are merged.

    A claim, a judgement or evidence of another source that names a row of these is removed whole, and so are those that
    name it: a claim is never altered. A thing stays, and loses the statements that name them.
    """
    graphs = {data_iri(name) for name in sources}
    tables = tuple(f"{DATA}{name}/" for name in sources)
    gone = {part.subject for part in statements if part.subject.value.startswith(tables)} | graphs
    others = [part for part in statements if part.subject not in gone and part.source not in graphs]
    gone = with_dependents(gone, StatementIndex(others, ontology()))
    return [part for part in others if part.subject not in gone and part.object not in gone]


def with_dependents(nodes: set[NamedNode], index: StatementIndex) -> set[NamedNode]:
    """Return nodes, the claims, judgements and evidence that name them, and so on."""
    gone, waiting = set(nodes), list(nodes)
    while waiting:
        naming = {statement.subject for statement in index.naming.get(waiting.pop(), ())} - gone
        dependents = {node for node in naming if "Thing" not in index.classes(node)}
        gone |= dependents
        waiting += dependents
    return gone
