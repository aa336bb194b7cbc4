"""The statements of a release, without the places and ids that would reveal what is withheld.

A source of which anything is withheld is *closed*: the release has no place in its text, no digest and no former id of
its rows. So no gap shows, and no guess can be confirmed. Another source keeps places and digests if it is shown with
words, and else paragraphs and sentences only: a digest confirms a guess.

Decision: docs/decisions/0099-release-keys-are-used-once.md.
"""

import hmac
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from secrets import token_bytes
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import DATA, PREFIXES, RDF_TYPE, REFERENCE, Statement, data_iri, data_name, tip
from tipgraph.outputs.release.entry_names import FIGURES
from tipgraph.outputs.release.generalize import coarser, without_paragraphs
from tipgraph.outputs.release.plan import TEXT_NAMES, ReleasePlan, node_source

RELEASED: Final = "released"  # replaces the source in the IRI of a thing whose source is not shown
_LABEL = NamedNode(f"{PREFIXES['rdfs']}label")
_EVIDENCE, _SOURCE = NamedNode(tip.evidence), NamedNode(tip.source)
_HEDGE, _SUPPRESSED = NamedNode(tip.hedge), NamedNode(f"{PREFIXES['code']}hedge-suppressed")
_TRUE = Literal("true", datatype=NamedNode(f"{PREFIXES['xsd']}boolean"))
_REPLACED: Final = {
    tip.judge: Literal("the editors"),  # a judge may be a person
    tip.correction: Literal("a cell, before this release", language="en"),  # the former value may be withheld
}
_EXACT: Final = TEXT_NAMES | {tip.page, tip.start, tip.end, tip.digest}  # lead to the words
_JUDGED: Final = frozenset({"Judgement", "Assessment"})
_NAMES: Final = frozenset({_LABEL.value, f"{PREFIXES['skos']}altLabel", tip.title, tip.note})
_ROW: Final = 3  # parts of the IRI of a row: source, table, id
_LETTERS: Final = 12  # of a digest, in a new id


class Pseudonymizer:
    """Rewrites the statements of a graph by a plan, each time with other ids."""

    def __init__(self, plan: ReleasePlan) -> None:
        """Make the key of the new ids, which is never written."""
        self.plan = plan
        self.index = plan.index
        self._key = token_bytes()
        self._names: dict[NamedNode, NamedNode] = {}

    def statements(self) -> list[Statement]:
        """Return the statements of the release, with the ontology and without derived ones."""
        told = [quad for quad in self.plan.left if not self.plan.quotes.leaves_out(quad)]
        left = [new for quad in told for moved in self._moved(quad) for new in self._rewritten(moved)]
        left += [new for source in sorted(self.plan.closed, key=str) for new in _withheld_place(source)]
        quads = dict.fromkeys(self._with_new_ids(quad) for quad in left)
        unused = self._unused(quads)
        return [*(quad for quad in quads if quad.subject not in unused and quad.object not in unused), *self.plan.terms]

    def _moved(self, quad: Statement) -> Iterator[Statement]:
        """Yield a statement; the class and label of a thing move from a source that is not shown to one that is."""
        if quad.source not in self.plan.sources:
            yield quad
        elif quad.predicate in (RDF_TYPE, _LABEL) and quad.subject in self._shown_source:
            yield quad._replace(source=self._shown_source[quad.subject])

    @cached_property
    def _shown_source(self) -> dict[NamedNode, NamedNode]:
        """For each thing, the first source that is shown and names it."""
        sources: dict[NamedNode, NamedNode] = {}
        for quad in sorted(self.plan.left, key=lambda quad: quad.source.value):
            if quad.source not in self.plan.sources and isinstance(quad.object, NamedNode):
                sources.setdefault(quad.object, quad.source)
        return sources

    def _rewritten(self, quad: Statement) -> Iterator[Statement]:
        """Yield a statement as it was, reduced, or not at all."""
        plan, subject = self.plan, quad.subject
        if subject in plan.renamed:
            yield from self._renamed(quad)
        elif subject in plan.larger or (plan.closed and "Retirement" in self.index.classes(subject)):
            return  # a retirement has former ids
        elif self._is_place(quad):
            yield from self._placed(quad)
        elif isinstance(quad.object, NamedNode) and quad.object in plan.larger:
            if plan.taken.speaks(quad):
                yield quad._replace(object=plan.larger[quad.object])
        elif subject in plan.unnamed and quad.predicate.value in _NAMES:
            yield from self._with_label_of_class(quad)
        else:
            yield from self._reduced(quad)

    def _renamed(self, quad: Statement) -> Iterator[Statement]:
        """Yield the class of a renamed thing and its new labels."""
        if quad.predicate == RDF_TYPE:
            yield quad
            for language, label in self.plan.renamed[quad.subject].label.items():
                yield quad._replace(predicate=_LABEL, object=Literal(label, language=language))

    def _is_place(self, quad: Statement) -> bool:
        """Tell whether a statement is about a text or a place in it."""
        is_span = not self.index.classes(quad.subject).isdisjoint({"Evidence", "Paragraph"})
        return is_span or quad.predicate == _EVIDENCE or quad.predicate.value in _EXACT

    def _placed(self, quad: Statement) -> Iterator[Statement]:
        """Yield a statement about a place in a text, as far as its source is shown."""
        if quad.predicate == _EVIDENCE and isinstance(quad.object, NamedNode):
            source = node_source(quad.object)
            yield quad._replace(object=_placeless(source)) if source in self.plan.closed else quad
        elif quad.source in self.plan.closed:
            return
        elif self.plan.quotes.shows(quad.subject) or self.plan.quotes.text(quad.subject):
            yield quad
        elif quad.predicate.value not in _EXACT and "Paragraph" not in self.index.classes(quad.subject):
            yield quad
            predicates = {about.predicate.value for about in self.index.about[quad.subject]}
            if quad.predicate == RDF_TYPE and tip.start in predicates:
                yield Statement(quad.subject, NamedNode(tip.placeWithheld), _TRUE, quad.source)

    def _with_label_of_class(self, quad: Statement) -> Iterator[Statement]:
        """Yield the label of its class for a thing whose own label is withheld."""
        if quad.predicate != _LABEL or not isinstance(quad.object, Literal):
            return
        kinds = set(self.index.values(quad.subject, RDF_TYPE.value))
        labels = {term.object.value for term in self.plan.terms if term.subject in kinds and term.predicate == _LABEL
                  and isinstance(term.object, Literal) and term.object.language == quad.object.language}  # fmt: skip
        for label in sorted(labels)[:1]:
            yield quad._replace(object=Literal(label, language=quad.object.language))

    def _reduced(self, quad: Statement) -> Iterator[Statement]:
        """Yield a statement without withheld names, figures and days."""
        plan, subject, name = self.plan, quad.subject, quad.predicate.value
        quad = self._without_paragraphs(plan.with_larger_places(quad))
        if subject in plan.small and (name in FIGURES or quad.predicate == _HEDGE):
            if quad.predicate == _HEDGE:
                yield quad._replace(object=_SUPPRESSED)
        elif name in _REPLACED:
            yield quad._replace(object=_REPLACED[name])
        elif name == tip.fingerprint or (name == tip.reason and self._assesses_closed(subject)):
            return  # a digest confirms a guess, and a reason may quote the words
        elif subject in plan.precision:
            yield from coarser(quad, plan.precision[subject])
        else:
            yield quad

    def _without_paragraphs(self, quad: Statement) -> Statement:
        """Return a statement; words about a closed source name no paragraph."""
        if not isinstance(quad.object, Literal) or not quad.object.language or quad.source not in self.plan.closed:
            return quad
        text = without_paragraphs(quad.object.value, quad.object.language)
        return quad._replace(object=Literal(text, language=quad.object.language))

    def _assesses_closed(self, node: NamedNode) -> bool:
        """Tell whether a node is an assessment of a claim of a closed source."""
        claims = self.index.values(node, tip.claim) if "Assessment" in self.index.classes(node) else ()
        return any(node_source(claim) in self.plan.closed for claim in claims)

    def _unused(self, quads: Collection[Statement]) -> set[NamedNode]:
        """Return the evidence that no claim names, and the things of the reference that no claim names."""
        of_reference = {quad.subject for quad in quads if quad.source == REFERENCE}
        things = {node for node in of_reference if "Thing" in self.index.classes(node)}
        return (things | self.plan.taken.spans(list(quads))) - self._used(quads)

    def _used(self, quads: Iterable[Statement]) -> set[NamedNode]:
        """Return the nodes that claims name, and the larger places that have these."""
        claims = {self.name(node) for node in self.index.about if "Thing" not in self.index.classes(node)}
        used = {quad.object for quad in quads if isinstance(quad.object, NamedNode) and quad.subject in claims}
        for node in (queue := list(used)):
            queue += [place for place in self.index.values(node, tip.partOf) if place not in used]
            used.update(queue)
        return used

    def _with_new_ids(self, quad: Statement) -> Statement:
        term = self.name(quad.object) if isinstance(quad.object, NamedNode) else quad.object
        return quad._replace(subject=self.name(quad.subject), object=term)

    def name(self, node: NamedNode) -> NamedNode:
        """Return the id of a node in the release: its own, or a new one if its own would reveal something."""
        if node not in self._names:
            self._names[node] = self._new(node) if self._is_revealing(node) else node
        return self._names[node]

    def _is_revealing(self, node: NamedNode) -> bool:
        """Tell whether the id of a node reveals something: that of a row of a closed source.

        Judgements are numbered across sources: all get new ids if any source is closed. Things of the reference keep
        their ids.
        """
        if not node.value.startswith(DATA) or node.value.count("/") - DATA.count("/") + 1 < _ROW:
            return False
        source = node_source(node)
        if _JUDGED & self.index.classes(node):
            return bool(self.plan.closed)
        shared = source == REFERENCE and "Thing" in self.index.classes(node)
        return node in self.plan.renamed or (source in self.plan.closed | self.plan.sources and not shared)

    def _new(self, node: NamedNode) -> NamedNode:
        source, table = data_name(node.value).split("/")[:2]
        hidden = data_iri(source) in self.plan.sources or node in self.plan.renamed
        digest = hmac.new(self._key, node.value.encode(), "sha256").hexdigest()[:_LETTERS]
        return data_iri(RELEASED if hidden else source, table, f"r-{digest}")


def _withheld_place(source: NamedNode) -> Iterator[Statement]:
    node = _placeless(source)
    yield Statement(node, RDF_TYPE, NamedNode(tip.Evidence), source)
    yield Statement(node, _SOURCE, source, source)
    yield Statement(node, NamedNode(tip.placeWithheld), _TRUE, source)


def _placeless(source: NamedNode) -> NamedNode:
    return NamedNode(f"{source.value}/evidence/withheld")
