"""The plan of a release: which statements go, which become coarser, and which words may be quoted.

The texts are searched too: a source is closed if its text has a withheld name, a withheld month or a large withheld
figure. A digest is shown only beside its words.

Decision: docs/decisions/0094-a-release-is-compiled-before-derivation.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import EDTF, Statement, data_iri, data_name, kit, tip
from tipgraph.outputs.release.cell_suppression import Counts
from tipgraph.outputs.release.entry_names import called, figures_of, labels_of, names_of
from tipgraph.outputs.release.generalize import coarser, months, replace_places, tells_day
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.outputs.release.withheld_names import LARGE, Names, figures
from tipgraph.pipeline import Removal, StatementIndex
from tipgraph.sources import Gate, Texts, digest, find_personal, graph_gate

_ON_CLAIMS: Final = frozenset({"Conflict", "Restatement", "Continuation"})
_VERBATIM: Final = frozenset({tip.description, tip.objective, tip.targetGroup})  # if a reader wrote them
TEXT_NAMES: Final = frozenset({tip.documentFile, tip.documentSha256, tip.sha256, tip.textFile})  # settings of a text


class Quotes:
    """The texts of sources that the policy shows with words, if they are unchanged since they were read.

    Texts that a reader copied from a file into claims are words of the source too; those that a person wrote are not.
    """

    def __init__(self, plan: "ReleasePlan", texts: Texts) -> None:
        """Read no text yet."""
        self._plan, self._texts = plan, texts
        self._read: dict[NamedNode, str | None] = {}

    def text(self, source: NamedNode) -> str | None:
        """Return the text of a source; None if it is missing, has changed, or may not be quoted."""
        if source not in self._read:
            text = self._texts.text(self._value(source, tip.textFile)) if self._is_worded(source) else None
            self._read[source] = text if text and digest(text) == self._value(source, tip.sha256) else None
        return self._read[source]

    def revealing(self) -> Iterator[NamedNode]:
        """Yield the sources whose text has a withheld name, month or large figure."""
        plan = self._plan
        for source in sorted({quad.source for quad in plan.index.statements}, key=str):
            text = self.text(source) or ""
            if text and (plan.names.within(text) or months(text) & self._months or plan.large_figures & figures(text)):
                yield source

    def shows(self, span: NamedNode) -> bool:
        """Tell whether the words of a span are shown: its source is open, and they hold no address of a person."""
        quads = {quad.predicate.value: quad for quad in self._plan.index.about[span]}
        end = quads.get(tip.end)
        if end is None or end.source in self._plan.closed or (text := self.text(end.source)) is None:
            return False
        return self.may(text[int(quads[tip.start].object.value) : int(end.object.value)])

    def may(self, words: str) -> bool:
        """Tell whether words may be quoted: they hold no withheld name, no address and no person's name."""
        return not (self._plan.names.within(words) or find_personal(words) or self._gate.names(words))

    def leaves_out(self, quad: Statement) -> bool:
        """Tell whether a statement is a text that a reader copied from a source that is not shown with words."""
        if quad.predicate.value not in _VERBATIM or self._is_worded(quad.source):
            return False
        return self._value(quad.source, tip.reader) != ""

    def _is_worded(self, source: NamedNode) -> bool:
        return self._plan.policy.shown(data_name(source.value)) == "words"

    def _value(self, source: NamedNode, name: str) -> str:
        quads = self._plan.index.about.get(source, ())
        return next((quad.object.value for quad in quads if quad.predicate.value == name), "")

    @cached_property
    def _gate(self) -> Gate:
        return graph_gate(self._plan.index.statements, self._plan.index.terms, kit.data())

    @cached_property
    def _months(self) -> set[tuple[int, int]]:
        """The withheld months: of claims that go, and of those whose dates become coarser."""
        index, nodes = self._plan.index, [*self._plan.taken.nodes, *self._plan.dates]
        dates = (quad.object for node in nodes for quad in index.about.get(node, ()))
        return {month for date in dates if isinstance(date, Literal) and date.datatype.value == EDTF
                for month in months(date.value)}  # fmt: skip


@dataclass
class ReleasePlan:
    """The plan for the statements of a graph.

    - `taken`: the statements that go; `small`: the counts that go; `sources`: those that are not shown
    - `renamed`: things that keep their ties under another name; `unnamed`: things that get the label of their class
    - `larger`: for each place that becomes coarser, the country that replaces it
    - `dates`: how precise the dates of claims stay
    - `entries`: the things and claims that entries of the policy are about
    """

    index: StatementIndex
    terms: list[Statement]
    taken: Removal
    policy: Policy
    counts: Counts
    renamed: dict[NamedNode, PolicyEntry] = field(default_factory=dict)
    larger: dict[NamedNode, NamedNode] = field(default_factory=dict)
    dates: dict[NamedNode, str] = field(default_factory=dict)
    small: dict[NamedNode, str] = field(default_factory=dict)
    sources: frozenset[NamedNode] = frozenset()
    unnamed: set[NamedNode] = field(default_factory=set)
    entries: dict[NamedNode, PolicyEntry] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)

    @cached_property
    def left(self) -> list[Statement]:
        """The statements that are left, before any is rewritten."""
        return self.taken.left()

    @property
    def unnameable(self) -> frozenset[NamedNode]:
        """The nodes that stay or are replaced, and must not be named."""
        return frozenset({*self.renamed, *self.larger})

    @property
    def reduced(self) -> frozenset[NamedNode]:
        """The claims that lose a name, a date or a count, and the claims on them."""
        naming = (quad for node in self.unnameable for quad in self.index.naming.get(node, ()))
        claims = {*(quad.subject for quad in naming if self.taken.speaks(quad)), *self.dates, *self.small}
        beside = (quad.subject for claim in claims for quad in self.index.naming.get(claim, ()))
        return frozenset({*claims, *(claim for claim in beside if self.index.classes(claim) & _ON_CLAIMS)})

    @cached_property
    def closed(self) -> frozenset[NamedNode]:
        """The sources of which anything is withheld or changed. A release shows no place in their text, and no id.

        A source is closed too if one of its ids has a withheld name, if it has the same text as a closed source, or if
        its text reveals a withheld secret.
        """
        revealing = {node for node in {quad.subject for quad in self.left} if self._is_revealing(node)}
        sources = self._changed_sources().union(map(node_source, revealing), self.quotes.revealing())
        return frozenset(node for node in self._with_same_text(sources) if "Source" in self.index.classes(node))

    def _with_same_text(self, sources: set[NamedNode]) -> set[NamedNode]:
        """Return some sources, and those with the same text as one of them."""
        of_texts = [quad for quad in self.index.statements if quad.predicate.value in TEXT_NAMES]
        texts = {quad.object for quad in of_texts if quad.source in sources}
        return sources | {quad.source for quad in of_texts if quad.object in texts}

    def _changed_sources(self) -> set[NamedNode]:
        """Return the sources of statements that go or change, and of the evidence of claims that do."""
        index, reduced = self.index, self.reduced
        changed = reduced | self.unnamed | self.unnameable
        spans = {span for claim in reduced | self.taken.nodes.keys() for span in index.values(claim, tip.evidence)}
        sources = {quad.source for quad in set(index.statements).difference(self.left)}
        sources |= {quad.source for span in spans for quad in index.about.get(span, ())}
        return sources | {quad.source for quad in self.left if quad.subject in changed or self._is_cut(quad)}

    @cached_property
    def quotes(self) -> Quotes:
        """The words that may be quoted."""
        return Quotes(self, self.texts)

    def _is_revealing(self, node: NamedNode) -> bool:
        """Tell whether an id has a withheld name, a day that becomes coarser, or a large withheld figure."""
        local = data_name(node.value).replace("/", " ")
        if self.names.in_address(local) or (node in self.precision and tells_day(local.replace("-", " "))):
            return True
        return not {f"{figure:f}" for figure in self.large_figures}.isdisjoint(local.replace("-", " ").split())

    @cached_property
    def large_figures(self) -> frozenset[Decimal]:
        """The withheld figures that are so large that each reveals its claim."""
        return frozenset(figure for _, figure in self.withheld_figures() if figure >= LARGE)

    def _is_cut(self, statement: Statement) -> bool:
        """Tell whether a statement has a day, or the name of a place, that becomes coarser."""
        precision = self.precision.get(statement.subject)
        is_dated = precision is not None and list(coarser(statement, precision)) != [statement]
        return is_dated or self.with_larger_places(statement) != statement

    def with_larger_places(self, statement: Statement) -> Statement:
        """Return a statement with the names of larger places for those of places that become coarser."""
        if not self.larger or not isinstance(statement.object, Literal) or not statement.object.language:
            return statement
        words = replace_places(statement.object.value, self.larger_names.get(statement.object.language, {}))
        return statement._replace(object=Literal(words, language=statement.object.language))

    @cached_property
    def larger_names(self) -> dict[str, dict[str, str]]:
        """For each language, the names of places that become coarser, each with the name that replaces it."""
        names: dict[str, dict[str, str]] = {}
        for place, larger in self.larger.items():
            labels = labels_of(self.index, larger)
            for language in ("en", "es"):
                label = labels.get(language) or labels.get("en") or next(iter(labels.values()), "")
                names.setdefault(language, {}).update(dict.fromkeys(called(self.index, place), label))
        return names

    @cached_property
    def precision(self) -> dict[NamedNode, str]:
        """How precise the dates of nodes stay: of claims, of the things in these, and of claims about either."""
        precisions: dict[NamedNode, str] = {}
        for claim, precision in self.dates.items():
            for node in self._dated_with(claim):
                precisions[node] = "year" if "year" in (precision, precisions.get(node)) else precision
        return precisions

    def _dated_with(self, claim: NamedNode) -> set[NamedNode]:
        """Return a claim, the things in it, and the claims and judgements about either."""
        things = self.index.spoken([claim])
        beside = {quad.subject for quad in self.index.naming.get(claim, ())
                  if self.taken.speaks(quad) or quad.predicate.value == tip.claim}  # fmt: skip
        names = [node for thing in things for node in (thing, *self.index.aliases(thing))]
        judged = {quad.subject for node in names for quad in self.index.naming.get(node, ())
                  if "Judgement" in self.index.classes(quad.subject)}  # fmt: skip
        return {claim, *things, *beside, *judged}

    @cached_property
    def names(self) -> Names:
        """The names that no released text may have."""
        return names_of(self.index, self.withheld_nodes, self.terms)

    def withheld_figures(self) -> Iterator[tuple[NamedNode, Decimal]]:
        """Yield the withheld figures, each with its claim."""
        for claim in self.index.claims:
            if claim in self.taken.nodes or claim in self.small:
                yield from ((claim, figure) for figure in sorted(figures_of(self.index, claim)))

    @cached_property
    def withheld_nodes(self) -> frozenset[NamedNode]:
        """The nodes whose names and ids are withheld: they go, are renamed, or are replaced by a larger place."""
        return frozenset({*self.taken.nodes, *self.unnameable})


def node_source(node: NamedNode) -> NamedNode:
    """Return the source that has a node as a row in a table."""
    return data_iri(data_name(node.value).partition("/")[0])
