"""The corrected copy of a graph, from which a release is built: its statements by a plan, and the words that it quotes.

No release has a digest, the table of paragraphs, or a position in a text of others: a digest confirms a guess, and a
gap between positions tells a length. A claim keeps paragraph and sentence, unless something removed or changed cites a
place that overlaps. Quotes are the lines of a text of their own, in which the release gives their positions.
"""

import hmac
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from secrets import token_bytes
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
from tipgraph.outputs.release.plan import FIGURES, LABELS, LARGE, Plan, is_worded
from tipgraph.outputs.release.words import cut, numbers, tells_day
from tipgraph.sources import CHANGED, Texts, find_personal, graph_gate

_LABEL, _EVIDENCE = NamedNode(RDFS_LABEL), NamedNode(tip.evidence)
_RELEASED: Final = "released"  # replaces the source in the IRI of a thing whose source is not shown
_NEVER: Final = frozenset({
    tip.digest, tip.documentFile, tip.documentSha256, tip.end, tip.fingerprint, tip.page, tip.sha256, tip.start,
    tip.textFile,
})  # fmt: skip
_VERBATIM: Final = frozenset({tip.description, tip.objective, tip.targetGroup})  # if a reader copied them from a file
_SUPPRESSED: Final = NamedNode(f"{PREFIXES['code']}hedge-suppressed")
_WITHHELD: Final = {"en": "The reason is withheld.", "es": "La razón está retenida."}
_UNNAMED: Final = {"en": "name withheld", "es": "nombre retenido"}
_REPLACED: Final[Mapping[str, Object]] = {
    tip.judge: Literal("the editors"),  # a judge may be a person
    tip.correction: Literal("a cell, before this release", language="en"),  # the former value may be withheld
    tip.textFormat: NamedNode(f"{PREFIXES['code']}text-format-plain"),  # of the quotes
}
_PLACE: Final = re.compile(r"¶ ?(\d+)")
_ROW: Final = 3  # parts of the IRI of a row: source, table, id


class CorrectedCopy:
    """The statements of a release, each time with other ids, and `excerpts`: the quoted words of each source."""

    def __init__(self, plan: Plan, texts: Texts) -> None:
        """Make the key of the new ids, which is never written."""
        self.plan, self.index, self._texts = plan, plan.index, texts
        self.excerpts: dict[str, str] = {}
        self._key = token_bytes()
        self._names: dict[NamedNode, NamedNode] = {}
        self._left, self._touched = plan.gone.left(), plan.touched
        self._withheld, self._figures = plan.names, plan.figures()
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
        """The sources of which anything is removed or changed: their rows get new ids, so that no gap shows."""
        plan = self.plan
        gone = {quad.source for quad in set(self.index.statements).difference(self._left)}
        nodes = self._touched | plan.unnamed | self._lost
        about = {quad.source for node in nodes for quad in self.index.about.get(node, ())}
        return {source for source in gone | about if "Source" in self.index.classes(source)}

    @cached_property
    def _lost(self) -> set[NamedNode]:
        """The places that no claim may cite: those of claims that go or change, and those that overlap with them."""
        index = self.index
        lost = {span for claim in (*self.plan.gone.nodes, *self._touched) for span in index.values(claim, tip.evidence)}
        parts: dict[str, list[tuple[int, int]]] = {}
        for text, start, end in filter(None, map(self._part, lost)):
            parts.setdefault(text, []).append((start, end))
        for span in self.plan.gone.spans(index.statements) - lost:
            if part := self._part(span):
                text, start, end = part
                if any(start < last and first < end for first, last in parts.get(text, ())):
                    lost.add(span)
        return lost

    def _part(self, span: NamedNode) -> tuple[str, int, int] | None:
        """Return the part of a text that evidence cites, by the text, which several sources may have."""
        start, end, source = (self._value(span, name) for name in (tip.start, tip.end, tip.source))
        text = self._value(NamedNode(source), tip.sha256) or source if source else ""
        return (text, int(start), int(end)) if start and end else None

    def _quotable(self) -> Iterator[NamedNode]:
        """Yield the places whose words may be shown, by source and in the order of the text."""
        used = {quad.object for quad in self._left if quad.predicate == _EVIDENCE} - self._lost
        spans = [(part, span) for span in used if isinstance(span, NamedNode) and (part := self._part(span))]
        for _, span in sorted(spans, key=lambda pair: (pair[0], str(pair[1]))):
            if self.plan.policy.shown(data_name(self._value(span, tip.source))) == "words":
                yield span

    def _quoted(self, span: NamedNode) -> Iterator[Statement]:
        """Add the words of a place to the excerpts of its source, and yield where they are; nothing for unsafe ones."""
        source = NamedNode(self._value(span, tip.source))
        file, form = self._value(source, tip.textFile), self._value(source, tip.textFormat).rpartition("-")[2]
        start, end = int(self._value(span, tip.start)), int(self._value(span, tip.end))
        words = self._texts.quote(file, start, end, self._value(span, tip.digest), form)
        if not words or words == CHANGED or not self._is_safe(words, source):
            return
        name = f"{data_name(source.value)}.txt"
        before = self.excerpts.get(name, "")
        self.excerpts[name] = f"{before}{words}\n"
        for predicate, number in ((tip.start, len(before)), (tip.end, len(before) + len(words))):
            literal = Literal(str(number), datatype=NamedNode(f"{XSD}integer"))
            yield Statement(span, NamedNode(predicate), literal, source)
        yield Statement(source, NamedNode(tip.textFile), Literal(name), source)
        yield from (quad for quad in self.index.about[span] if quad.predicate.value == tip.page)

    def _is_safe(self, words: str, source: NamedNode) -> bool:
        """Tell whether words may be quoted: without a withheld name, small count or day, or personal data."""
        if self._withheld.within(words) or find_personal(words) or self._gate.names(words):
            return False
        if any(tells_day(words, precision) for precision in self._precisions.get(source, ())):
            return False
        return not any(figure >= LARGE or of == source for of, figure in self._figures if figure in numbers(words))

    @cached_property
    def _precisions(self) -> dict[NamedNode, set[str]]:
        """How precise dates stay in the sources of claims whose date becomes coarser."""
        precisions: dict[NamedNode, set[str]] = {}
        for claim, precision in self.plan.dates.items():
            precisions.setdefault(self.index.about[claim][0].source, set()).add(precision)
        return precisions

    def _value(self, node: NamedNode, name: str) -> str:
        quads = self.index.about.get(node, ())
        return next((quad.object.value for quad in quads if quad.predicate.value == name), "")

    def _rewritten(self, quad: Statement) -> Iterator[Statement]:
        """Yield a statement as it was, reduced, or not at all."""
        plan, subject, term = self.plan, quad.subject, quad.object
        if quad.source in plan.sources:  # of a thing that another source names
            yield from [quad._replace(source=REFERENCE)] * (quad.predicate in (RDF_TYPE, _LABEL))
        elif subject in plan.renamed:
            labels = plan.renamed[subject].label.items() if quad.predicate == RDF_TYPE else ()
            yield from (quad._replace(predicate=_LABEL, object=Literal(text, language=code)) for code, text in labels)
            yield from [quad] * (quad.predicate == RDF_TYPE)
        elif self._is_left_out(quad):
            return
        elif quad.predicate == _EVIDENCE and isinstance(term, NamedNode):
            yield from self._cited(quad, term)
        elif subject in plan.dates and isinstance(term, Literal) and term.datatype.value == EDTF:
            yield from _coarser(quad, term, plan.dates[subject])
        else:
            yield quad._replace(object=self._term(quad))

    def _term(self, quad: Statement) -> Object:
        """Return the object of a statement, or what replaces it."""
        plan, term = self.plan, quad.object
        if isinstance(term, NamedNode):
            is_emptied = quad.predicate.value == tip.hedge and quad.subject in plan.emptied
            term = _SUPPRESSED if is_emptied else plan.larger.get(term, term)
        elif quad.subject in plan.unnamed and quad.predicate.value in LABELS:
            return Literal(_UNNAMED.get(term.language or "", _UNNAMED["en"]), language=term.language or "en")
        elif quad.predicate.value == tip.reason and self._names_a_lost_place(quad):
            return Literal(_WITHHELD.get(term.language or "", _WITHHELD["en"]), language=term.language or "en")
        return _REPLACED.get(quad.predicate.value, term)

    def _is_left_out(self, quad: Statement) -> bool:
        """Tell whether a release never has a statement, such as a digest, or not this one."""
        plan, subject, name = self.plan, quad.subject, quad.predicate.value
        classes = self.index.classes(subject)
        if name in _NEVER or subject in plan.larger or "Paragraph" in classes:
            return True
        if "Retirement" in classes:  # it has former ids
            return bool(self.changed)
        if name in _VERBATIM and plan.policy.shown(data_name(quad.source.value)) != "words":
            return self._value(quad.source, tip.reader) != ""
        if name == tip.reason and "Assessment" in classes:  # it may quote the words
            return any(_source(claim) in self.changed for claim in self.index.values(subject, tip.claim))
        if self._names_a_lost_place(quad):
            return name not in LABELS and name != tip.reason
        if subject in plan.dates and name in (tip.earliest, tip.latest, tip.valueDate):
            return True
        return subject in plan.emptied and name in FIGURES

    def _names_a_lost_place(self, quad: Statement) -> bool:
        lost = self._lost_paragraphs.get(quad.source, set())
        return is_worded(quad) and not lost.isdisjoint(_PLACE.findall(quad.object.value))

    @cached_property
    def _lost_paragraphs(self) -> dict[NamedNode, set[str]]:
        """The numbers of the paragraphs, by source, in which a place is withheld."""
        numbers: dict[NamedNode, set[str]] = {}
        for span in self._lost:
            if number := self._value(span, tip.paragraph):
                numbers.setdefault(_source(span), set()).add(number)
        return numbers

    def _cited(self, quad: Statement, span: NamedNode) -> Iterator[Statement]:
        """Yield the evidence of a claim; a node without any place, if the place is withheld."""
        source = NamedNode(self._value(span, tip.source))
        if quad.subject in self._touched or span in self._lost:
            span = NamedNode(f"{source.value}/evidence/withheld")
            yield Statement(span, RDF_TYPE, NamedNode(tip.Evidence), source)
            yield Statement(span, NamedNode(tip.source), source, source)
        yield quad._replace(object=span)
        if not self._value(span, tip.knownThrough):
            withheld = Literal("true", datatype=NamedNode(f"{XSD}boolean"))
            yield Statement(span, NamedNode(tip.placeWithheld), withheld, source)

    def _unused(self, quads: Collection[Statement]) -> set[NamedNode]:
        """Return the evidence that no claim names, and the things of the reference that no claim names."""
        classes = self.index.classes
        used = {
            quad.object for quad in quads if isinstance(quad.object, NamedNode) and "Thing" not in classes(quad.subject)
        }
        for node in (queue := list(used)):
            queue += set(self.index.values(node, tip.partOf)) - used
            used.update(self.index.values(node, tip.partOf))
        things = {quad.subject for quad in quads if quad.source == REFERENCE and "Thing" in classes(quad.subject)}
        return (things | self.plan.gone.spans(quads)) - used

    def _with_new_ids(self, quad: Statement) -> Statement:
        term = self.name(quad.object) if isinstance(quad.object, NamedNode) else quad.object
        return quad._replace(subject=self.name(quad.subject), object=term)

    def name(self, node: NamedNode) -> NamedNode:
        """Return the id of a node in the release: its own, or a new one if its own would reveal something."""
        if node not in self._names:
            self._names[node] = self._new(node) if self._is_revealing(node) else node
        return self._names[node]

    def _is_revealing(self, node: NamedNode) -> bool:
        """Tell whether the id of a row gets a new one: it may show a gap, a name or a day, if its source has changed.

        Judgements are numbered across sources: all get new ids if any source is changed. Things of the reference keep
        their ids.
        """
        row = data_name(node.value) if node.value.startswith(DATA) else ""
        if row.count("/") + 1 < _ROW or row.endswith("/evidence/withheld"):
            return False
        if self.index.classes(node) & {"Judgement", "Assessment"}:
            return bool(self.changed)
        is_shared = _source(node) == REFERENCE and "Thing" in self.index.classes(node)
        return node in self.plan.renamed or (_source(node) in self.changed and not is_shared)

    def _new(self, node: NamedNode) -> NamedNode:
        source, table = data_name(node.value).split("/")[:2]
        hidden = data_iri(source) in self.plan.sources or node in self.plan.renamed
        digest = hmac.new(self._key, node.value.encode(), "sha256").hexdigest()[:12]
        return data_iri(_RELEASED if hidden else source, table, f"r-{digest}")


def _coarser(quad: Statement, date: Literal, precision: str) -> Iterator[Statement]:
    """Yield a date as a year or a month, with its bounds."""
    cut_date = cut(date.value, precision)
    yield quad._replace(object=Literal(cut_date, datatype=date.datatype))
    for name, day in zip((tip.earliest, tip.latest), bounds(cut_date), strict=True):
        if day:
            made = Literal(day.isoformat(), datatype=NamedNode(f"{XSD}date"))
            yield quad._replace(predicate=NamedNode(name), object=made)


def _source(node: NamedNode) -> NamedNode:
    """Return the source that has a node as a row in a table."""
    return data_iri(data_name(node.value).partition("/")[0])
