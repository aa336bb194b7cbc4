"""What a policy does to the statements of a graph: what goes, what becomes coarser, which words may be quoted.

A text is read for what goes: a source whose text has a withheld name, a month that becomes coarser or a large figure is
closed. A digest stands only beside words that are shown.

Decision: docs/decisions/0094-a-release-is-compiled-before-derivation.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.model import EDTF, Statement, data_iri, data_name, tip
from tipgraph.outputs.release.cell_suppression import Counts
from tipgraph.outputs.release.entry_names import called, figures_of, labels_of, names_of
from tipgraph.outputs.release.generalize import coarser, elsewhere, months, tells_day
from tipgraph.outputs.release.policy import Policy, PolicyEntry
from tipgraph.outputs.release.withheld_names import LARGE, Names, figures
from tipgraph.pipeline import Taken, Web
from tipgraph.sources import Texts, digest, find_personal

_ON_CLAIMS: Final = frozenset({"Conflict", "Restatement", "Continuation"})
_TEXT: Final = frozenset({tip.sha256, tip.textFile})


class Quotes:
    """The texts at hand of sources that a policy shows with words, and are as they were when they were read."""

    def __init__(self, decided: "Decided", texts: Texts) -> None:
        """Look for the texts."""
        self._decided, self._texts = decided, texts
        self._read: dict[NamedNode, str | None] = {}

    def text(self, source: NamedNode) -> str | None:
        """Return the text of a source; None where it is not at hand, has changed, or may not be quoted."""
        if source not in self._read:
            shown = self._decided.policy.shown(data_name(source.value)) == "words"
            text = self._texts.text(self._said(source, tip.textFile)) if shown else None
            self._read[source] = text if text and digest(text) == self._said(source, tip.sha256) else None
        return self._read[source]

    def telling(self) -> Iterator[NamedNode]:
        """Yield the sources whose text tells what goes."""
        for source in sorted({one.source for one in self._decided.web.statements}, key=str):
            text = self.text(source) or ""
            if text and (
                self._decided.names.within(text) or months(text) & self._months or self._decided.large & figures(text)
            ):
                yield source

    def shows(self, span: NamedNode) -> bool:
        """Tell whether the words of a span are shown: of an open source, and without an address of a person."""
        said = {one.predicate.value: one for one in self._decided.web.about[span]}
        place = said.get(tip.end)
        if place is None or place.source in self._decided.closed or (text := self.text(place.source)) is None:
            return False
        return self.may(text[int(said[tip.start].object.value) : int(place.object.value)])

    def may(self, words: str) -> bool:
        """Tell whether words may be quoted: without a withheld name, and without an address of a person."""
        return not self._decided.names.within(words) and not find_personal(words)

    def _said(self, source: NamedNode, name: str) -> str:
        return next(
            (one.object.value for one in self._decided.web.about.get(source, ()) if one.predicate.value == name), ""
        )

    @cached_property
    def _months(self) -> set[tuple[int, int]]:
        """The months that are told no longer: of claims that go, and of those whose dates become coarser."""
        web, gone = self._decided.web, [*self._decided.taken.nodes, *self._decided.dates]
        dates = (one.object for node in gone for one in web.about.get(node, ()))
        return {month for date in dates if isinstance(date, Literal) and date.datatype.value == EDTF
                for month in months(date.value)}  # fmt: skip


@dataclass
class Decided:
    """What is done to the statements of a graph.

    `taken` goes; `renamed` things keep their ties under another name; `larger` says which place stands for one that is
    withheld; `dates` how sharp the dates of claims stay; `small` which counts go; `sources` are not shown; `unnamed`
    things are called by their class; and `chosen` is what entries of the policy are about.
    """

    web: Web
    terms: list[Statement]
    taken: Taken
    policy: Policy
    counts: Counts
    renamed: dict[NamedNode, PolicyEntry] = field(default_factory=dict)
    larger: dict[NamedNode, NamedNode] = field(default_factory=dict)
    dates: dict[NamedNode, str] = field(default_factory=dict)
    small: dict[NamedNode, str] = field(default_factory=dict)
    sources: frozenset[NamedNode] = frozenset()
    unnamed: set[NamedNode] = field(default_factory=set)
    chosen: dict[NamedNode, PolicyEntry] = field(default_factory=dict)
    texts: Texts = field(default_factory=Texts)

    @cached_property
    def left(self) -> list[Statement]:
        """The statements that are left, before any is rewritten."""
        return self.taken.left()

    @property
    def hidden(self) -> frozenset[NamedNode]:
        """The nodes that stay, or in whose place another stands, and that must not be named."""
        return frozenset({*self.renamed, *self.larger})

    @property
    def less(self) -> frozenset[NamedNode]:
        """The claims that say less than they did, where they stay, and the claims on these."""
        naming = (one for node in self.hidden for one in self.web.naming.get(node, ()))
        less = {*(one.subject for one in naming if self.taken.speaks(one)), *self.dates, *self.small}
        beside = (one.subject for claim in less for one in self.web.naming.get(claim, ()))
        return frozenset({*less, *(claim for claim in beside if self.web.classes(claim) & _ON_CLAIMS)})

    @cached_property
    def closed(self) -> frozenset[NamedNode]:
        """The sources of which anything is withheld or changed, or in which an id has a withheld name.

        A source with the text of such a one is closed too, and one whose text at hand tells what goes. Nothing of them
        tells a place in a text, or an id.
        """
        web, less = self.web, self.less
        changed = less | self.unnamed | self.hidden
        spans = {span for claim in less | self.taken.nodes.keys() for span in web.values(claim, tip.evidence)}
        found = {one.source for one in set(web.statements).difference(self.left)}
        found |= {one.source for span in spans for one in web.about.get(span, ())}
        found |= {one.source for one in self.left if one.subject in changed or self._is_cut(one)}
        telling = (node for node in {one.subject for one in self.left} if self._is_telling(node))
        found |= set(map(node_source, telling))
        found |= set(self.quotes.telling())
        texts = {one.object for one in web.statements if one.source in found and one.predicate.value in _TEXT}
        found |= {one.source for one in web.statements if one.predicate.value in _TEXT and one.object in texts}
        return frozenset(node for node in found if "Source" in web.classes(node))

    @cached_property
    def quotes(self) -> Quotes:
        """Which words of the texts at hand may be quoted."""
        return Quotes(self, self.texts)

    def _is_telling(self, node: NamedNode) -> bool:
        """Tell whether an id has a withheld name, a day that becomes coarser, or a figure that goes."""
        local = _local(node)
        if self.names.in_address(local) or (node in self.told_coarser and tells_day(local.replace("-", " "))):
            return True
        return not {f"{figure:f}" for figure in self.large}.isdisjoint(local.replace("-", " ").split())

    @cached_property
    def large(self) -> frozenset[Decimal]:
        """The figures that go and are so large that they tell by themselves."""
        return frozenset(figure for _, figure in self.figures_gone() if figure >= LARGE)

    def _is_cut(self, one: Statement) -> bool:
        """Tell whether a statement has a day that becomes coarser, or the name of a place that does."""
        sharp = self.told_coarser.get(one.subject)
        return (sharp is not None and list(coarser(one, sharp)) != [one]) or self.lifted(one) != one

    def lifted(self, one: Statement) -> Statement:
        """Return a statement whose words name larger places where they named those that become coarser."""
        if not self.larger or not isinstance(one.object, Literal) or not one.object.language:
            return one
        said = elsewhere(one.object.value, self.elsewhere.get(one.object.language, {}))
        return one._replace(object=Literal(said, language=one.object.language))

    @cached_property
    def elsewhere(self) -> dict[str, dict[str, str]]:
        """By language, the names of places that must not be named, with that of the place that stands for each."""
        found: dict[str, dict[str, str]] = {}
        for place, larger in self.larger.items():
            labels = labels_of(self.web, larger)
            for language in ("en", "es"):
                label = labels.get(language) or labels.get("en") or next(iter(labels.values()), "")
                found.setdefault(language, {}).update(dict.fromkeys(called(self.web, place), label))
        return found

    @cached_property
    def told_coarser(self) -> dict[NamedNode, str]:
        """How sharp the dates of nodes stay: of claims, of what these speak of, and of what speaks of either."""
        found: dict[NamedNode, str] = {}
        for claim, sharp in self.dates.items():
            spoken = self.web.spoken([claim])
            beside = {one.subject for one in self.web.naming.get(claim, ())
                      if self.taken.speaks(one) or one.predicate.value == tip.claim}  # fmt: skip
            names = [node for thing in spoken for node in (thing, *self.web.aliases(thing))]
            judged = {one.subject for node in names for one in self.web.naming.get(node, ())
                      if "Judgement" in self.web.classes(one.subject)}  # fmt: skip
            for node in {claim, *spoken, *beside, *judged}:
                found[node] = "year" if "year" in (sharp, found.get(node)) else sharp
        return found

    @cached_property
    def names(self) -> Names:
        """The names that no released text may have."""
        return names_of(self.web, self.gone, self.terms)

    def figures_gone(self) -> Iterator[tuple[NamedNode, Decimal]]:
        """Yield the claims whose figures are told no longer, with each."""
        for claim in self.web.claims:
            if claim in self.taken.nodes or claim in self.small:
                yield from ((claim, figure) for figure in sorted(figures_of(self.web, claim)))

    @cached_property
    def gone(self) -> frozenset[NamedNode]:
        """The nodes whose names and ids must not be told: those that went, are renamed, or lie in another place."""
        return frozenset({*self.taken.nodes, *self.hidden})


def node_source(node: NamedNode) -> NamedNode:
    """Return the source in whose table a node is a row."""
    return data_iri(data_name(node.value).partition("/")[0])


def _local(node: NamedNode) -> str:
    return data_name(node.value).replace("/", " ")
