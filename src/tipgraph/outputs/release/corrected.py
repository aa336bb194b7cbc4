"""The corrected copy of a graph, from which a release is built: its statements by a plan, and the words that it quotes.

No release has a digest, the table of paragraphs, or a position in a text of others: a digest confirms a guess, and a
gap between positions tells a length. A claim keeps paragraph and sentence, unless something removed or changed cites a
place that overlaps. Quotes are the lines of a text of their own, in which the release gives their positions.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from secrets import token_hex
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import (
    DATA,
    EDTF,
    PREFIXES,
    RDF_TYPE,
    RDFS_LABEL,
    REFERENCE,
    XSD,
    Object,
    Statement,
    bounds,
    data_iri,
    data_name,
    kit,
    tip,
)
from tipgraph.outputs.release.plan import FIGURES, LARGE, Plan
from tipgraph.outputs.release.search import numbers, tells_day, years
from tipgraph.pipeline import StatementIndex
from tipgraph.sources import CHANGED, Texts, find_personal, graph_gate

_LABEL, _EVIDENCE = NamedNode(RDFS_LABEL), NamedNode(tip.evidence)
_RELEASED: Final = "released"  # replaces the source in the IRI of a thing whose source is not shown
_NEVER: Final = frozenset({
    tip.digest, tip.documentFile, tip.documentSha256, tip.end, tip.fingerprint, tip.page, tip.sha256, tip.start,
    tip.textFile,
})  # fmt: skip
_VERBATIM: Final = frozenset({tip.description, tip.objective, tip.targetGroup})  # if a reader copied them from a file
_SUPPRESSED: Final = NamedNode(f"{PREFIXES['code']}hedge-suppressed")
_REPLACED: Final[Mapping[str, Object]] = {
    tip.judge: Literal("the editors"),  # a judge may be a person
    tip.correction: Literal("a cell, before this release", language="en"),  # the former value may be withheld
    tip.textFormat: NamedNode(f"{PREFIXES['code']}text-format-plain"),  # of the quotes
}
_ROW: Final = f"{DATA}[^/]+/[^/]+/[^/]+"  # source, table, id


class CorrectedCopy:
    """The statements of a release, each time with other ids, and `excerpts`: the quoted words of each source."""

    def __init__(self, plan: Plan, texts: Texts) -> None:
        """Settle what must not be quoted."""
        self.plan, self.index, self._texts = plan, plan.index, texts
        self.excerpts: dict[str, str] = {}
        self._ids: dict[NamedNode, str] = defaultdict(lambda: f"r-{token_hex(6)}")
        self._left, self._touched = plan.gone.left(), plan.touched
        self._withheld, self._figures = plan.names, plan.figures()
        self._with_years = {_source(claim) for claim in plan.dated}
        self._gate = graph_gate(self.index.statements, self.index.terms, kit.data())

    def statements(self) -> list[Statement]:
        """Return the statements of the release, with the ontology and without derived ones."""
        rewritten = [new for quad in self._left for new in self._rewritten(quad)]
        quoted = [new for span in self._quotable() for new in self._quoted(span)]
        unused = self._unused(told := dict.fromkeys([*rewritten, *quoted]))
        kept = (quad for quad in told if not {quad.subject, quad.object} & unused)
        return [*map(self._with_new_ids, kept), *self.plan.terms]

    @cached_property
    def changed(self) -> set[NamedNode]:
        """The graphs that lose or change a statement. Their rows get new ids, so that no gap shows."""
        nodes = self._touched | self.plan.lost
        quads = set(self.index.statements).difference(self._left)
        return {quad.source for quad in quads.union(*(self.index.about.get(node, ()) for node in nodes))}

    def _quotable(self) -> Iterator[NamedNode]:
        """Yield the places whose words may be shown, by source and in the order of the text."""
        plan = self.plan
        used = {quad.object for quad in self._left if quad.predicate == _EVIDENCE} - plan.lost
        spans = [(part, span) for span in used if isinstance(span, NamedNode) and (part := plan.part(span))]
        for _, span in sorted(spans, key=lambda pair: (pair[0], str(pair[1]))):
            if plan.policy.shown(data_name(plan.value(span, tip.source))) == "words":
                yield span

    def _quoted(self, span: NamedNode) -> Iterator[Statement]:
        """Add the words of a place to the excerpts of its source, and yield where they are; nothing for unsafe ones."""
        value, source = self.plan.value, NamedNode(self.plan.value(span, tip.source))
        file, form = value(source, tip.textFile), value(source, tip.textFormat).rpartition("-")[2]
        start, end = int(value(span, tip.start)), int(value(span, tip.end))
        words = self._texts.quote(file, start, end, value(span, tip.digest), form)
        if not words or words == CHANGED or not self._is_safe(words, source):
            return
        name = f"{data_name(source.value)}.txt"
        before = self.excerpts.get(name, "")
        self.excerpts[name] = f"{before}{words}\n"
        for predicate, number in ((tip.start, len(before)), (tip.end, len(before) + len(words))):
            yield Statement(span, NamedNode(predicate), _literal(number, "integer"), source)
        yield Statement(source, NamedNode(tip.textFile), Literal(name), source)
        yield from (quad for quad in self.index.about[span] if quad.predicate.value == tip.page)

    def _is_safe(self, words: str, source: NamedNode) -> bool:
        """Tell whether words may be quoted: without a withheld name, small count or day, or personal data."""
        if self._withheld.within(words) or find_personal(words) or self._gate.names(words):
            return False
        if source in self._with_years and tells_day(words):
            return False
        return not any(figure >= LARGE or of == source for of, figure in self._figures if figure in numbers(words))

    def _rewritten(self, quad: Statement) -> Iterator[Statement]:
        """Yield a statement as it was, reduced, or not at all."""
        plan, subject, term = self.plan, quad.subject, quad.object
        if quad.source in plan.hidden:  # of a thing that another source names
            yield from [quad._replace(source=REFERENCE)] * (quad.predicate in (RDF_TYPE, _LABEL))
        elif subject in plan.renamed:
            if quad.predicate == RDF_TYPE:
                labels = (Literal(text, language=code) for code, text in plan.renamed[subject].items())
                yield from [quad, *(quad._replace(predicate=_LABEL, object=label) for label in labels)]
        elif self._is_left_out(quad):
            return
        elif quad.predicate == _EVIDENCE and isinstance(term, NamedNode):
            yield from self._cited(quad, term)
        elif subject in plan.dated and isinstance(term, Literal) and term.datatype.value == EDTF:
            yield from _in_years(quad, term)
        else:
            yield quad._replace(object=self._term(quad))

    def _term(self, quad: Statement) -> Object:
        """Return the object of a statement, or what replaces it."""
        plan, term = self.plan, quad.object
        if isinstance(term, NamedNode):
            is_emptied = quad.predicate.value == tip.hedge and quad.subject in plan.emptied
            term = _SUPPRESSED if is_emptied else plan.larger.get(term, term)
        return _REPLACED.get(quad.predicate.value, term)

    def _is_left_out(self, quad: Statement) -> bool:
        """Tell whether a release never has a statement, such as a digest, or not this one."""
        plan, subject, name = self.plan, quad.subject, quad.predicate.value
        classes = self.index.classes(subject)
        if name in _NEVER or subject in plan.larger or "Paragraph" in classes:
            return True
        if "Retirement" in classes:  # it has former ids
            return bool(self.changed)
        if name == tip.reason and "Assessment" in classes:  # it may quote the words
            return any(_source(claim) in self.changed for claim in self.index.values(subject, tip.claim))
        if name in _VERBATIM and plan.policy.shown(data_name(quad.source.value)) != "words":
            return plan.value(quad.source, tip.reader) != ""
        if subject in plan.dated and name in (tip.earliest, tip.latest, tip.valueDate):
            return True
        return subject in plan.emptied and name in FIGURES

    def _cited(self, quad: Statement, span: NamedNode) -> Iterator[Statement]:
        """Yield the evidence of a claim; a node without any place, if the place is withheld."""
        source = NamedNode(self.plan.value(span, tip.source))
        if quad.subject in self._touched or span in self.plan.lost:
            span = NamedNode(f"{source.value}/evidence/withheld")
            yield Statement(span, RDF_TYPE, NamedNode(tip.Evidence), source)
            yield Statement(span, NamedNode(tip.source), source, source)
        yield quad._replace(object=span)
        if not self.plan.value(span, tip.knownThrough):
            yield Statement(span, NamedNode(tip.placeWithheld), _literal("true", "boolean"), source)

    def _unused(self, quads: Collection[Statement]) -> set[NamedNode]:
        """Return the evidence that no claim names, and the things of the reference that no row names."""
        after = StatementIndex(quads, self.index.terms)
        rows = (node for node in after.about if "Thing" not in after.classes(node))
        spoken = after.spoken(rows)
        things = {quad.subject for quad in quads if quad.source == REFERENCE and "Thing" in after.classes(quad.subject)}
        return (things - spoken - {REFERENCE}) | (self.plan.gone.spans(quads) - after.naming.keys())

    def _with_new_ids(self, quad: Statement) -> Statement:
        term = self._name(quad.object) if isinstance(quad.object, NamedNode) else quad.object
        return quad._replace(subject=self._name(quad.subject), object=term)

    def _name(self, node: NamedNode) -> NamedNode:
        """Return the id of a row in the release: a new one if its graph has changed, since its own may show a gap.

        It may also show a name or a day. Things of the reference keep their ids.
        """
        if not re.fullmatch(_ROW, node.value) or node not in self.index.about:
            return node
        source, table, _ = data_name(node.value).split("/")
        graphs = {data_iri(source), *(quad.source for quad in self.index.about[node] if quad.predicate == RDF_TYPE)}
        is_shared = data_iri(source) == REFERENCE and "Thing" in self.index.classes(node)
        if node not in self.plan.renamed and (is_shared or graphs.isdisjoint(self.changed)):
            return node
        if data_iri(source) in self.plan.hidden or node in self.plan.renamed:
            source = _RELEASED
        return data_iri(source, table, self._ids[node])


def _in_years(quad: Statement, date: Literal) -> Iterator[Statement]:
    """Yield a date as years, with its bounds."""
    yield quad._replace(object=Literal(years(date.value), datatype=date.datatype))
    for name, day in zip((tip.earliest, tip.latest), bounds(years(date.value)), strict=True):
        if day:
            yield quad._replace(predicate=NamedNode(name), object=_literal(day.isoformat(), "date"))


def _literal(value: object, datatype: str) -> Literal:
    return Literal(str(value), datatype=NamedNode(f"{XSD}{datatype}"))


def _source(node: NamedNode) -> NamedNode:
    """Return the source that has a node as a row in a table."""
    return data_iri(data_name(node.value).partition("/")[0])
