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

from tipgraph.errors import Fault
from tipgraph.model import (
    CODE,
    DATA,
    EDTF,
    RDF_TYPE,
    RDFS_LABEL,
    REFERENCE,
    Object,
    Statement,
    data_iri,
    data_name,
    kit,
    tip,
)
from tipgraph.outputs.release.plan import FIGURES, LARGE, Plan, source_of
from tipgraph.outputs.release.search import numbers, tells_day, without_days, years
from tipgraph.pipeline import StatementIndex, derived_graph
from tipgraph.sources import CHANGED, Texts, bounds_of, find_personal, graph_gate, unanswered_names

_LABEL, _EVIDENCE = NamedNode(RDFS_LABEL), NamedNode(tip.evidence)
_RELEASED: Final = "released"  # replaces the source in the IRI of a thing whose source is not shown
_NEVER: Final = frozenset({
    tip.digest, tip.documentFile, tip.documentSha256, tip.end, tip.fingerprint, tip.page, tip.sha256, tip.start,
    tip.textFile,
})  # fmt: skip
_NEVER_CLASSES: Final = frozenset({"Paragraph", "Retirement"})  # the latter has former ids
_VERBATIM: Final = frozenset({tip.description, tip.objective, tip.targetGroup})  # if a reader copied them from a file
_SUPPRESSED: Final = NamedNode(f"{CODE}hedge-suppressed")
_REPLACED: Final[Mapping[str, Object]] = {
    tip.judge: Literal("the editors"),  # a judge may be a person
    tip.correction: Literal("a cell, before this release", language="en"),  # the former value may be withheld
    tip.textFormat: NamedNode(f"{CODE}text-format-plain"),  # of the quotes
}
_ROW: Final = f"{DATA}[^/]+/[^/]+/[^/]+"  # source, table, id


class Compiled:
    """A graph under a policy: the released graph, and the quoted words of each source by the name of their file.

    `names` and `ids` are withheld; `counts` counts what is, by its reason. `unanswered` lists probable names of persons
    that nobody has answered in `reference/allowed.csv`.
    """

    def __init__(self, plan: Plan, texts: Texts) -> None:
        """Correct a copy by a plan, each time with other ids."""
        self.plan, self.index, self._texts = plan, plan.index, texts
        self.names, self.ids, self.counts = plan.names, plan.ids, plan.reasons()
        self.excerpts: dict[str, str] = {}
        self._ids: dict[NamedNode, str] = defaultdict(lambda: f"r-{token_hex(6)}")
        self._left, self._touched = plan.gone.left(), plan.touched
        self._figures = plan.figures()
        self._in_years = plan.in_years
        self._gate = graph_gate(self.index.statements, self.index.terms, kit.data())
        self.graph = derived_graph(self._statements())

    def _statements(self) -> list[Statement]:
        """Return the statements of the release, with the ontology and without derived ones."""
        rewritten = [new for quad in self._left for new in self._rewritten(quad)]
        plan = self.plan
        places = [(part, span) for span in plan.gone.spans(self._left) - plan.lost if (part := plan.part(span))]
        ordered = sorted(places, key=lambda place: (place[0], str(place[1])))  # as in the text
        quoted = [new for (_, start, end), span in ordered for new in self._quoted(span, start, end)]
        unused = self._unused(told := dict.fromkeys([*rewritten, *quoted]))
        kept = [quad for quad in told if not {quad.subject, quad.object} & unused]
        persons = unanswered_names([*kept, *plan.terms], self.index.terms, kit.data())
        self.unanswered = [Fault(concern.named, data_name(node.value)) for node, concern in persons]
        return [*map(self._with_new_ids, kept), *plan.terms]

    @cached_property
    def _changed(self) -> set[NamedNode]:
        """The graphs that lose or change a statement. Their rows get new ids, so that no gap shows."""
        nodes = self._touched | self.plan.lost
        quads = set(self.index.statements).difference(self._left)
        return {quad.source for quad in quads.union(*(self.index.about.get(node, ()) for node in nodes))}

    def _quoted(self, span: NamedNode, start: int, end: int) -> Iterator[Statement]:
        """Add the words of a place to the excerpts of its source, and yield where they are; nothing for unsafe ones."""
        value, source = self.plan.value, NamedNode(self.plan.value(span, tip.source))
        file, form = value(source, tip.textFile), value(source, tip.textFormat).rpartition("-")[2]
        words = self._texts.quote(file, start, end, value(span, tip.digest), form)
        if not words or words == CHANGED or not self._is_safe(words, source):
            return
        name = f"{data_name(source.value)}.txt"
        before = self.excerpts.get(name, "")
        self.excerpts[name] = f"{before}{words}\n"
        for predicate, number in ((tip.start, len(before)), (tip.end, len(before) + len(words))):
            yield Statement(span, NamedNode(predicate), Literal(number), source)
        yield Statement(source, NamedNode(tip.textFile), Literal(name), source)
        yield from (quad for quad in self.index.about[span] if quad.predicate.value == tip.page)

    def _is_safe(self, words: str, source: NamedNode) -> bool:
        """Tell whether words may be quoted: without a withheld name, small count or day, or personal data."""
        if self.plan.policy.shown(data_name(source.value)) != "words":
            return False
        if self.names.within(words) or find_personal(words) or self._gate.names(words):
            return False
        if source in self._in_years and tells_day(words):
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
        elif isinstance(term, Literal) and plan.is_masked(quad):
            term = Literal(without_days(term.value), language=term.language)
        return _REPLACED.get(quad.predicate.value, term)

    def _is_left_out(self, quad: Statement) -> bool:
        """Tell whether a release never has a statement, such as a digest, or not this one."""
        plan, subject, name = self.plan, quad.subject, quad.predicate.value
        classes = self.index.classes(subject)
        if name in _NEVER or subject in plan.larger or classes & _NEVER_CLASSES:
            return True
        if name == tip.reason and "Assessment" in classes:  # it may quote the words
            return any(source_of(claim) in self._changed for claim in self.index.values(subject, tip.claim))
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
            yield Statement(span, NamedNode(tip.placeWithheld), Literal(value=True), source)

    def _unused(self, quads: Collection[Statement]) -> set[NamedNode]:
        """Return the evidence that no claim names, and the things of the reference that no row names."""
        after = StatementIndex(quads, self.index.terms)
        spoken = after.spoken(node for node in after.about if "Thing" not in after.classes(node))
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
        if node not in self.plan.renamed and (is_shared or graphs.isdisjoint(self._changed)):
            return node
        if data_iri(source) in self.plan.hidden or node in self.plan.renamed:
            source = _RELEASED
        return data_iri(source, table, self._ids[node])


def _in_years(quad: Statement, date: Literal) -> Iterator[Statement]:
    """Yield a date as years, with its bounds."""
    whole = years(date.value)
    yield quad._replace(object=Literal(whole, datatype=date.datatype))
    yield from (quad._replace(predicate=name, object=day) for name, day in bounds_of(whole))
