"""The statements of a release: what is left, under other names where a name would tell."""

import hmac
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph import tip
from tipgraph.dates import EDTF, bounds
from tipgraph.engines import PREFIXES
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
_DAYS: Final = frozenset({tip.earliest, tip.latest, tip.valueDate})  # made from a date, or a day by its datatype
_CUT: Final = {"year": r"\d{4}", "month": r"\d{4}(?:-\d{2})?"}
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
        subject, name = one.subject, one.predicate.value
        if subject in self.decided.renamed:
            if one.predicate == _TYPE:
                yield one
                yield from self._called(subject, one.source)
        elif subject in self.decided.larger:
            return
        elif subject in self.touched and one.predicate == _EVIDENCE:
            yield one._replace(object=_placeless(self._source_of(subject)))
        elif subject in self.decided.small and (name in FIGURES or one.predicate == _HEDGE):
            if one.predicate == _HEDGE:
                yield one._replace(object=_SUPPRESSED)
        elif subject in self.decided.dates:
            yield from _coarser(one, self.decided.dates[subject])
        elif isinstance(one.object, NamedNode) and one.object in self.decided.larger:
            if self.decided.taken.speaks(one):
                yield one._replace(object=self.decided.larger[one.object])
        elif name == tip.judge:
            yield one._replace(object=_EDITORS)
        else:
            yield one

    def _called(self, thing: NamedNode, source: NamedNode) -> Iterator[Statement]:
        for language, label in self.decided.renamed[thing].label.items():
            yield Statement(thing, _LABEL, Literal(label, language=language), source)

    def _source_of(self, claim: NamedNode) -> NamedNode:
        return next(self.web.values(claim, tip.source))

    def _withheld_place(self, source: NamedNode) -> Iterator[Statement]:
        node = _placeless(source)
        yield Statement(node, _TYPE, NamedNode(tip.Evidence), source)
        yield Statement(node, _CLAIM_SOURCE, source, source)
        yield Statement(node, NamedNode(tip.placeWithheld), _TRUE, source)

    def _uncovered(self, done: Iterable[Statement]) -> set[NamedNode]:
        """Return the paragraphs of sources of which something is withheld: a gap between them would tell where."""
        gone = {self._source_of(claim) for claim in (*self.touched, *self.decided.taken.nodes)
                if claim in self.web.about and "Claim" in self.web.classes(claim)}  # fmt: skip
        paragraphs = {one.subject for one in done if one.predicate == _TYPE and one.object == NamedNode(tip.Paragraph)}
        return {one.subject for one in done if one.subject in paragraphs and one.source in gone}

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
        if not node.value.startswith(DATA) or node.value.count("/") < DATA.count("/") + 2:
            return False
        of_gone = any(node.value.startswith(f"{source.value}/") for source in self.decided.sources)
        named = node in self.decided.renamed or node in self.touched
        return named or of_gone or self.decided.names.in_id(node.value.rpartition("/")[2])

    def _new(self, node: NamedNode) -> NamedNode:
        """Return a name that only who has the policy could make again."""
        source, table = node.value.removeprefix(DATA).split("/")[:2]
        hidden = data_iri(source) in self.decided.sources or node in self.decided.renamed
        digest = hmac.new(self.decided.policy.key, node.value.encode(), "sha256").hexdigest()[:_LETTERS]
        return data_iri(RELEASED if hidden else source, table, f"r-{digest}")


def _placeless(source: NamedNode) -> NamedNode:
    return NamedNode(f"{source.value}/evidence/withheld")


def _coarser(one: Statement, sharp: str) -> Iterator[Statement]:
    """Yield a statement with its date cut to a year or a month and its bounds made anew; a mere day is left out."""
    if one.predicate.value in _DAYS:
        return
    if one.predicate.value != tip.date or not isinstance(one.object, Literal):
        yield one
        return
    cut = "/".join(found[0] if (found := re.match(_CUT[sharp], part)) else part for part in one.object.value.split("/"))
    first, _, last = cut.partition("/")
    cut = first if first == last else cut
    yield one._replace(object=Literal(cut, datatype=NamedNode(EDTF)))
    for predicate, day in zip((tip.earliest, tip.latest), bounds(cut), strict=True):
        if day:
            yield one._replace(
                predicate=NamedNode(predicate),
                object=Literal(day.isoformat(), datatype=NamedNode(f"{PREFIXES['xsd']}date")),
            )
