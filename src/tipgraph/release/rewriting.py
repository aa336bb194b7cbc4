"""The statements of a release: what is left, under other names where a name would tell."""

import hmac
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.namespaces import PREFIXES
from tipgraph.release.coarsening import coarser, elsewhere
from tipgraph.release.deciding import Decided
from tipgraph.release.settling import FIGURES
from tipgraph.statements import DATA, Object, Statement, data_iri

RELEASED: Final = "released"  # stands for the source in the IRI of a thing whose own source is not shown
_TYPE = NamedNode(f"{PREFIXES['rdf']}type")
_LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
_EVIDENCE, _CLAIM_SOURCE = NamedNode(tip.evidence), NamedNode(tip.source)
_HEDGE, _SUPPRESSED = NamedNode(tip.hedge), NamedNode(f"{PREFIXES['code']}hedge-suppressed")
_TRUE = Literal("true", datatype=NamedNode(f"{PREFIXES['xsd']}boolean"))
_EDITORS: Final = Literal("the editors")  # whoever judges is a person
_ROW: Final = 3  # parts of the IRI of a row: source, table, id
_LETTERS: Final = 12  # of a digest, in a name that tells nothing


class Rewriting:
    """Rewrites the statements of a graph as was decided."""

    def __init__(self, decided: Decided) -> None:
        """Rewrite what is left."""
        self.decided = decided
        self.web = decided.web
        self.touched = decided.touched
        self._names: dict[NamedNode, NamedNode] = {}

    def statements(self) -> list[Statement]:
        """Return the statements of the release, the ontology with them, and nothing that is derived."""
        kept = [each for one in self.decided.left for each in self._moved(one)]
        said = [each for one in kept for each in self._said(one)]
        placeless = {self._source_of(claim) for claim in self.touched}
        said += [each for source in sorted(placeless, key=str) for each in self._withheld_place(source)]
        done = dict.fromkeys(self._renamed(one) for one in said)
        used = {one.object for one in done if one.predicate == _EVIDENCE}
        idle = self._uncovered(done) | (self.decided.taken.spans(done) - used)
        return [*(one for one in done if one.subject not in idle), *self.decided.terms]

    def _moved(self, one: Statement) -> Iterator[Statement]:
        """Yield a statement; what a source that is not shown says of a thing that stays, is said by one that is."""
        if one.source not in self.decided.sources:
            yield one
        elif one.predicate in (_TYPE, _LABEL) and one.subject in self._speaking:
            yield one._replace(source=self._speaking[one.subject])

    @cached_property
    def _speaking(self) -> dict[NamedNode, NamedNode]:
        """The first source that is shown and says something of a thing, by the thing."""
        found: dict[NamedNode, NamedNode] = {}
        for one in sorted(self.decided.left, key=lambda one: one.source.value):
            if one.source not in self.decided.sources and isinstance(one.object, NamedNode):
                found.setdefault(one.object, one.source)
        return found

    def _said(self, one: Statement) -> Iterator[Statement]:
        """Yield what becomes of a statement: as it was, or less."""
        decided, subject, name = self.decided, one.subject, one.predicate.value
        if subject in decided.renamed:
            if one.predicate == _TYPE:
                yield one
                yield from self._called(subject, one.source)
            return
        if subject in decided.larger:
            return
        if isinstance(one.object, NamedNode) and one.object in decided.larger:
            if not decided.taken.speaks(one):
                return
            one = one._replace(object=decided.larger[one.object])
        if decided.larger and isinstance(one.object, Literal) and one.object.language:
            said = elsewhere(one.object.value, decided.elsewhere.get(one.object.language, {}))
            one = one._replace(object=Literal(said, language=one.object.language))
        if subject in self.touched and one.predicate == _EVIDENCE:
            yield one._replace(object=_placeless(self._source_of(subject)))
        elif subject in decided.small and name in FIGURES:
            return
        elif subject in decided.small and one.predicate == _HEDGE:
            yield one._replace(object=_SUPPRESSED)
        elif name == tip.judge:
            yield one._replace(object=_EDITORS)
        elif subject in decided.told_coarser:
            yield from coarser(one, decided.told_coarser[subject])
        else:
            yield one

    def _called(self, thing: NamedNode, source: NamedNode) -> Iterator[Statement]:
        for language, label in self.decided.renamed[thing].label.items():
            yield Statement(thing, _LABEL, Literal(label, language=language), source)

    def _source_of(self, claim: NamedNode) -> NamedNode:
        return next(self.web.values(claim, tip.source), self.web.about[claim][0].source)

    def _withheld_place(self, source: NamedNode) -> Iterator[Statement]:
        node = _placeless(source)
        yield Statement(node, _TYPE, NamedNode(tip.Evidence), source)
        yield Statement(node, _CLAIM_SOURCE, source, source)
        yield Statement(node, NamedNode(tip.placeWithheld), _TRUE, source)

    @cached_property
    def _hiding(self) -> frozenset[NamedNode]:
        """The sources of which something is withheld: a gap among their ids or paragraphs would tell where."""
        less = (claim for claim in self.web.claims if claim in self.touched or claim in self.decided.taken.nodes)
        return frozenset(map(self._source_of, less))

    def _uncovered(self, done: Iterable[Statement]) -> set[NamedNode]:
        """Return the paragraphs of sources of which something is withheld."""
        paragraphs = {one.subject for one in done if one.predicate == _TYPE and one.object == NamedNode(tip.Paragraph)}
        return {one.subject for one in done if one.subject in paragraphs and one.source in self._hiding}

    def _renamed(self, one: Statement) -> Statement:
        return Statement(self.name(one.subject), one.predicate, self._object(one.object), one.source)

    def _object(self, term: Object) -> Object:
        return self.name(term) if isinstance(term, NamedNode) else term

    def name(self, node: NamedNode) -> NamedNode:
        """Return the name of a node in the release: its own, unless that tells what is withheld."""
        if node not in self._names:
            self._names[node] = self._new(node) if self._telling(node) else node
        return self._names[node]

    def _telling(self, node: NamedNode) -> bool:
        parts = node.value.removeprefix(DATA).split("/")
        if not node.value.startswith(DATA) or len(parts) < _ROW:
            return False
        source = data_iri(parts[0])
        if node in self.decided.renamed or source in self.decided.sources or self.decided.names.in_id(parts[-1]):
            return True
        return source in self._hiding and node in self.web.about and "Thing" not in self.web.classes(node)

    def _new(self, node: NamedNode) -> NamedNode:
        """Return a name that only who has the policy could make again."""
        source, table = node.value.removeprefix(DATA).split("/")[:2]
        hidden = data_iri(source) in self.decided.sources or node in self.decided.renamed
        digest = hmac.new(self.decided.policy.key, node.value.encode(), "sha256").hexdigest()[:_LETTERS]
        return data_iri(RELEASED if hidden else source, table, f"r-{digest}")


def _placeless(source: NamedNode) -> NamedNode:
    return NamedNode(f"{source.value}/evidence/withheld")
