"""Cascade deletion: removing a node also removes the claims that depend on it, never a part of a claim.

`Taken` removes nodes, for corrections (when a graph is built) and for releases (by their policy). `rest` removes whole
sources, as if their folders had never been there.

Decisions: docs/decisions/0095-a-claim-is-removed-with-what-it-names.md, docs/decisions/0044-a-knock-out-is-a-build.md.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pyoxigraph import NamedNode

from tipgraph.model import DATA, REFERENCE, Ontology, Statement, data_iri, ontology, tip
from tipgraph.model import short as named

RESTS = "rests on what is withheld"
UNSPOKEN = "nothing is said of it any more"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CANONICAL = NamedNode(tip.canonical)
_EVIDENCE = NamedNode(tip.evidence)
_BESIDE = frozenset({tip.source})  # a claim's source is said again by its graph


class Web:
    """Statements, by the node that they are about and by the node that they name; and of which class nodes are."""

    def __init__(self, statements: Iterable[Statement], terms: Ontology) -> None:
        """Read statements that nobody derived."""
        self.statements = list(statements)
        self.terms = terms
        self.about: dict[NamedNode, list[Statement]] = {}
        self.naming: dict[NamedNode, list[Statement]] = {}
        self._classes: dict[NamedNode, frozenset[str]] = {}
        for one in self.statements:
            self.about.setdefault(one.subject, []).append(one)
            if isinstance(one.object, NamedNode) and one.predicate != _TYPE:
                self.naming.setdefault(one.object, []).append(one)

    @cached_property
    def claims(self) -> list[NamedNode]:
        """The claims, in the order of the statements."""
        return [node for node in self.about if "Claim" in self.classes(node)]

    def spoken(self, claims: Iterable[NamedNode]) -> set[NamedNode]:
        """Return the things that claims speak of, and those of which these are parts."""
        found: set[NamedNode] = set()
        queue = deque(
            one.object for claim in claims for one in self.about.get(claim, ())
            if isinstance(one.object, NamedNode) and one.predicate != _TYPE and one.predicate.value not in _BESIDE
        )  # fmt: skip
        while queue:
            node = queue.popleft()
            if node not in found and "Thing" in self.classes(node):
                found.add(node)
                queue += self.values(node, tip.partOf)
        return found

    def classes(self, node: NamedNode) -> frozenset[str]:
        """Return the classes of a node, those above its own too; none where it has none of ours."""
        if node not in self._classes:
            self._classes[node] = self._classes_of(node)
        return self._classes[node]

    def _classes_of(self, node: NamedNode) -> frozenset[str]:
        own = (one.object.value for one in self.about.get(node, ()) if one.predicate == _TYPE)
        return frozenset().union(*(self.terms.classes.get(named(name), frozenset()) for name in own))

    def needs(self, one: Statement) -> bool:
        """Tell whether the node that a statement is about cannot be without it: a row needs that column."""
        own = (named(each.object.value) for each in self.about[one.subject]
               if each.predicate == _TYPE)  # fmt: skip
        short = named(one.predicate.value)
        columns = [self.terms.columns(name).get(short) for name in own if name in self.terms.classes]
        return any(column is not None and column.required for column in columns)

    def values(self, node: NamedNode, name: str) -> Iterator[NamedNode]:
        """Yield the nodes that a property of a node names."""
        for one in self.about.get(node, ()):
            if one.predicate.value == name and isinstance(one.object, NamedNode):
                yield one.object

    def aliases(self, node: NamedNode) -> list[NamedNode]:
        """Return the nodes of sources that a node stands for."""
        return [one.subject for one in self.naming.get(node, ()) if one.predicate == _CANONICAL]


class Taken:
    """What is taken out of a web: nodes, each with the reason; and statements of nodes that stay."""

    def __init__(self, web: Web) -> None:
        """Begin with nothing."""
        self.web = web
        self.nodes: dict[NamedNode, str] = {}
        self.statements: dict[Statement, str] = {}

    def take(self, nodes: Mapping[NamedNode, str]) -> None:
        """Take out nodes, and whatever rests on them.

        A claim goes with a thing that it speaks of, and with a claim that it cannot be without; a judgement with a node
        that it joins; a report with a stop that goes, so that no route looks shorter than it was. Else only the
        statement goes that names what is gone.
        """
        queue = deque(node for node in nodes if node not in self.nodes)
        self.nodes.update({node: nodes[node] for node in queue})
        while queue:
            node = queue.popleft()
            for other, reason in [*self._beside(node), *self._resting(node)]:
                if other not in self.nodes:
                    self.nodes[other] = reason
                    queue.append(other)

    def drop(self, statement: Statement, reason: str) -> None:
        """Take out one statement, or what it is about where that needs it."""
        if self.web.needs(statement):
            self.take({statement.subject: reason})
        else:
            self.statements.setdefault(statement, reason)

    def take_unspoken(self) -> None:
        """Take out the things of sources of which something was said, and nothing but a name is any more.

        Those of the reference stay, which are known to all.
        """
        saying = [claim for claim in self.web.claims if "Naming" not in self.web.classes(claim)]
        before = self.web.spoken(saying)
        spoken = self.web.spoken(claim for claim in saying if claim not in self.nodes)
        idle = (thing for thing in before - spoken if not thing.value.startswith(f"{REFERENCE.value}/"))
        self.take(dict.fromkeys(sorted(idle, key=str), UNSPOKEN))

    def left(self) -> list[Statement]:
        """Return the statements that are left, without evidence that no claim names any more."""
        kept = [
            one for one in self.web.statements
            if not {one.subject, one.object} & self.nodes.keys() and one not in self.statements
        ]  # fmt: skip
        used = {one.object for one in kept if one.predicate == _EVIDENCE}
        unused = self.spans(kept) - used
        return [one for one in kept if one.subject not in unused]

    @staticmethod
    def spans(statements: Iterable[Statement]) -> set[NamedNode]:
        """Return the nodes of evidence among statements."""
        return {one.subject for one in statements if one.predicate == _TYPE and one.object == NamedNode(tip.Evidence)}

    def _beside(self, node: NamedNode) -> Iterator[tuple[NamedNode, str]]:
        """Yield what goes with a node itself: the nodes that it stands for, and the report of a stop."""
        reason = self.nodes[node]
        yield from ((alias, reason) for alias in self.web.aliases(node))
        yield from ((report, RESTS) for report in self.web.values(node, tip.routeReport))

    def _resting(self, node: NamedNode) -> Iterator[tuple[NamedNode, str]]:
        is_thing = "Thing" in self.web.classes(node)
        for one in self.web.naming.get(node, ()):
            if one.predicate == _CANONICAL or one.subject in self.nodes:
                continue
            speaks = is_thing and self.speaks(one)
            if speaks or (self.web.needs(one) and not self._has_other(one)):
                yield one.subject, RESTS
            else:
                self.statements.setdefault(one, RESTS)

    def speaks(self, one: Statement) -> bool:
        """Tell whether a statement is a claim's, and no mere mark of its source."""
        return "Claim" in self.web.classes(one.subject) and one.predicate.value not in _BESIDE

    def _has_other(self, one: Statement) -> bool:
        """Tell whether a statement names evidence of a claim that has other evidence, which stays."""
        return one.predicate == _EVIDENCE and not set(self.web.values(one.subject, tip.evidence)) <= self.nodes.keys()


def rest(statements: Sequence[Statement], sources: Collection[str]) -> list[Statement]:
    """Return what is left of statements, before identity joins them, without the sources of some names.

    A claim, a judgement or evidence of another source that names a row of these goes with it, whole, and so does what
    names that: a claim is never altered. A thing stays, and loses what names them.
    """
    graphs = {data_iri(name) for name in sources}
    tables = tuple(f"{DATA}{name}/" for name in sources)
    gone = {one.subject for one in statements if one.subject.value.startswith(tables)} | graphs
    others = [one for one in statements if one.subject not in gone and one.source not in graphs]
    web = Web(others, ontology())
    waiting = list(gone)
    while waiting:
        naming = {one.subject for one in web.naming.get(waiting.pop(), ())} - gone
        found = {node for node in naming if "Thing" not in web.classes(node)}
        gone |= found
        waiting += found
    return [one for one in others if one.subject not in gone and one.object not in gone]
