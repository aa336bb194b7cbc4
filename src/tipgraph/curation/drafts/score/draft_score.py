"""How good drafts are: they are compared with the claims that readers made of the same text without them.

Each pair of a draft and a claim is made once, so that a second draft of one claim counts as wrong. The units:

- `strict`: the table, the sentence and every compared cell are the same;
- `lenient`: the table and the sentence are the same, and all main parts of the one are those of the other;
- `words`: the table is the same, and half of the shorter words overlap, whatever the cells say.

Decision: docs/decisions/0157-drafts-are-measured-as-a-third-reader.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple, TypeAlias

import networkx as nx
import numpy as np

from tipgraph.curation.drafts.score.scored_claims import ScoredClaim, Value
from tipgraph.curation.drafts.score.scored_entries import jaccard, overlap
from tipgraph.errors import BadValue

Pair: TypeAlias = tuple[ScoredClaim, ScoredClaim]
STRICT, LENIENT, WORDS = "strict", "lenient", "words"
UNION, AGREEMENT = "union", "agreement"
OTHERS, NAMINGS, CELLS = "all but namings", "namings", "cells of pairs"
_DRAWS: Final = 10_000
_SEED: Final = 24


@dataclass(frozen=True)
class PairCounts:
    """Numbers of drafts, of the claims that a reader made, and of pairs of both.

    >>> counts = PairCounts(4, 5, 2) + PairCounts(1, 1, 1)
    >>> counts.precision, counts.recall
    (0.6, 0.5)
    """

    proposed: int = 0
    claims: int = 0
    right: int = 0

    def __add__(self, other: "PairCounts") -> "PairCounts":
        """Return the sums."""
        return PairCounts(self.proposed + other.proposed, self.claims + other.claims, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of drafts that are right; 0 without drafts."""
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """The share of claims that were drafted; 0 without claims."""
        return self.right / self.claims if self.claims else 0.0

    @property
    def f1(self) -> float:
        """Twice the pairs by the sum of drafts and claims: the same from both sides."""
        both = self.proposed + self.claims
        return 2 * self.right / both if both else 0.0


class Interval(NamedTuple):
    """The middle 95 % of what other choices of the same texts would give."""

    low: float
    high: float


class Figure(NamedTuple):
    """A row of a score: whose drafts, of which table, in which unit, the counts, and the intervals of both shares.

    `by` is a kind of producers, all (`union`), those on which two kinds agree (`agreement`), or one rule or model. One
    text has no interval. `readers` has the counts of the two readers in the same unit, the second against the first.
    """

    by: str
    table: str
    unit: str
    counts: PairCounts
    precision: Interval | None = None
    recall: Interval | None = None
    readers: PairCounts | None = None


@dataclass(frozen=True)
class ScoredText:
    """The drafts of a text beside the claims of its gold, and those of the two readers from whom the gold is.

    `readers` is empty if nobody else read the text. `is_tuned` if the rules were written with the text in sight.
    """

    name: str
    drafts: Sequence[ScoredClaim]
    claims: Sequence[ScoredClaim]
    readers: Sequence[Sequence[ScoredClaim]] = ()
    is_tuned: bool = False

    def counts(self, by: str, table: str, unit: str) -> PairCounts:
        """Return the counts of the drafts of a kind of producers."""
        return counted(_of(self.by_kind.get(by, ()), table), _of(self.claims, table), unit)

    def readers_counts(self, table: str, unit: str) -> PairCounts:
        """Return the counts of the second reader against the first."""
        first, second = (_of(claims, table) for claims in self.readers)
        return counted(second, first, unit)

    @cached_property
    def by_kind(self) -> Mapping[str, list[ScoredClaim]]:
        """The drafts of each kind of producers, of all, and those on which two kinds agree."""
        kinds = sorted({_kind(name) for draft in self.drafts for name in draft.producers})
        drafts = {kind: [draft for draft in self.drafts if kind in map(_kind, draft.producers)] for kind in kinds}
        if len(kinds) == 2:
            drafts[AGREEMENT] = [one for one, _ in pairs(drafts[kinds[1]], drafts[kinds[0]], LENIENT)]
        return {**drafts, UNION: list(self.drafts)}

    @cached_property
    def matched(self) -> list[Pair]:
        """The lenient pairs of drafts and claims."""
        return pairs(self.drafts, self.claims, LENIENT)

    @cached_property
    def right(self) -> set[ScoredClaim]:
        """The drafts that are in a pair."""
        return {draft for draft, _ in self.matched}

    def cell_counts(self) -> PairCounts:
        """Return the counts of cells in the pairs: filled by drafts, filled by claims, the same in both."""
        return PairCounts(
            sum(len(draft.values) for draft, _ in self.matched),
            sum(len(claim.values) for _, claim in self.matched),
            sum(len(_equal_cells(*pair)) for pair in self.matched),
        )


class DraftScore:
    """The score of the drafts of some texts.

    Raises BadValue without texts, and if `unseen` ones are wanted and the rules were tuned on one of them.
    """

    def __init__(self, texts: Sequence[ScoredText], *, unseen: bool = True) -> None:
        if not texts:
            raise BadValue("there is no text to score; name one")
        if unseen and (tuned := [text.name for text in texts if text.is_tuned]):
            raise BadValue(f"the rules were tuned on {', '.join(tuned)}: no figure of unseen texts can be made of them")
        self.texts, self.unseen = texts, unseen

    @property
    def verbatim(self) -> float | None:
        """The share of drafts whose words are a slice of the text; None without drafts."""
        drafts = [draft for text in self.texts for draft in text.drafts]
        return sum(draft.is_verbatim for draft in drafts) / len(drafts) if drafts else None

    @property
    def overlap(self) -> float:
        """The mean share of words (Jaccard, in characters) that a right draft has in common with its claim; else 0."""
        matched = [pair for text in self.texts for pair in text.matched]
        return sum(jaccard(draft.spans, claim.spans) for draft, claim in matched) / len(matched) if matched else 0.0

    def figures(self) -> Iterator[Figure]:
        """Yield the figures of all tables by producers and unit, then of each table, then of each rule and model.

        Namings are counted apart: they are many, and easier than the others.
        """
        kinds = self._kinds()
        for by in kinds:
            yield from (self._figure(by, table, unit) for table in (OTHERS, NAMINGS) for unit in UNITS)
        of_all = kinds[0] if len(kinds) == 1 else UNION
        yield Figure(of_all, CELLS, LENIENT, self._sum(ScoredText.cell_counts))
        tables = {claim.table for text in self.texts for claim in (*text.drafts, *text.claims)} - {NAMINGS}
        for table in sorted(tables):
            yield from (self._figure(of_all, table, unit) for unit in (STRICT, LENIENT))
        yield from self._of_producers()

    def _of_producers(self) -> Iterator[Figure]:
        """Yield the counts of each rule and model: what it proposed, and how much of it is right."""
        counts: dict[tuple[str, str], PairCounts] = {}
        for text in self.texts:
            for draft in text.drafts:
                for key in ((name, draft.table) for name in draft.producers):
                    counts[key] = counts.get(key, PairCounts()) + PairCounts(1, 0, draft in text.right)
        yield from (Figure(*key, LENIENT, counts[key]) for key in sorted(counts))

    def _figure(self, by: str, table: str, unit: str) -> Figure:
        each = [text.counts(by, table, unit) for text in self.texts]
        are_two = all(text.readers for text in self.texts)
        readers = self._sum(lambda text: text.readers_counts(table, unit)) if are_two else None
        figure = Figure(by, table, unit, sum(each, PairCounts()), readers=readers)
        return figure._replace(precision=_precisions(each), recall=_recalls(each)) if len(each) > 1 else figure

    def _kinds(self) -> list[str]:
        """Return the kinds of producers; then, if there are two, all of them, and those on which they agree."""
        kinds = sorted({kind for text in self.texts for kind in text.by_kind} - {UNION, AGREEMENT})
        return [*kinds, UNION, AGREEMENT] if len(kinds) > 1 else kinds or [UNION]

    def _sum(self, count: Callable[[ScoredText], PairCounts]) -> PairCounts:
        return sum(map(count, self.texts), PairCounts())


def pairs(drafts: Sequence[ScoredClaim], claims: Sequence[ScoredClaim], unit: str) -> list[Pair]:
    """Return as many pairs of a draft and a claim as a unit allows, each in one pair, the most similar ones first."""
    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    fits = UNITS[unit]
    for at, draft in enumerate(drafts):
        for to, claim in enumerate(claims):
            if draft.table == claim.table and fits(draft, claim):
                graph.add_edge((0, at), (1, to), weight=1 + _likeness(draft, claim))
    found = dict(map(sorted, nx.max_weight_matching(graph, maxcardinality=True)))
    return [(drafts[at], claims[found[0, at][1]]) for at in range(len(drafts)) if (0, at) in found]


def counted(drafts: Sequence[ScoredClaim], claims: Sequence[ScoredClaim], unit: str) -> PairCounts:
    """Return the counts of drafts against the claims of one reader."""
    return PairCounts(len(drafts), len(claims), len(pairs(drafts, claims, unit)))


def interval(counts: Sequence[PairCounts], share: Callable[[PairCounts], float]) -> Interval:
    """Return the bootstrap interval of a share over texts: the same texts give the same one.

    >>> interval([PairCounts(4, 4, 1), PairCounts(4, 4, 3)], lambda counts: counts.precision)
    Interval(low=0.25, high=0.75)
    """
    draws = np.random.default_rng(_SEED).integers(len(counts), size=(_DRAWS, len(counts)))
    sums = np.array(list(map(astuple, counts)))[draws].sum(axis=1)
    shares = [share(PairCounts(*map(int, each))) for each in sums]
    low, high = np.percentile(shares, (2.5, 97.5))
    return Interval(float(low), float(high))


def _of(claims: Sequence[ScoredClaim], table: str) -> list[ScoredClaim]:
    return [claim for claim in claims if claim.table == table or (table == OTHERS and claim.table != NAMINGS)]


def _precisions(counts: Sequence[PairCounts]) -> Interval:
    return interval(counts, lambda each: each.precision)


def _recalls(counts: Sequence[PairCounts]) -> Interval:
    return interval(counts, lambda each: each.recall)


def _kind(producer: str) -> str:
    return producer.partition(":")[0]


def _is_strict(one: ScoredClaim, other: ScoredClaim) -> bool:
    names = {*one.values, *other.values}
    return not one.sentences.isdisjoint(other.sentences) and len(_equal_cells(one, other)) == len(names)


def _is_lenient(one: ScoredClaim, other: ScoredClaim) -> bool:
    """Tell whether all main parts of the one are those of the other: at least two, if either has two."""
    if one.sentences.isdisjoint(other.sentences):
        return False
    own, others = ([name for name in claim.main if name in claim.values] for claim in (one, other))
    shared = [name for name in own if name in others and _have_common(one.values[name], other.values[name])]
    least, most = sorted((len(own), len(others)))
    return len(shared) == least >= min(2, most) > 0


def _has_words(one: ScoredClaim, other: ScoredClaim) -> bool:
    return any(overlap(*pair) for pair in product(one.spans, other.spans))


UNITS: Final[Mapping[str, Callable[[ScoredClaim, ScoredClaim], bool]]] = {
    STRICT: _is_strict,
    LENIENT: _is_lenient,
    WORDS: _has_words,
}


def _equal_cells(one: ScoredClaim, other: ScoredClaim) -> list[str]:
    return [name for name, values in one.values.items() if _are_equal(values, other.values.get(name, frozenset()))]


def _are_equal(values: frozenset[Value], others: frozenset[Value]) -> bool:
    return all(any(_is_same(one, other) for other in others) for one in values) and all(
        any(_is_same(one, other) for one in values) for other in others
    )


def _have_common(values: frozenset[Value], others: frozenset[Value]) -> bool:
    return any(_is_same(one, other) for one in values for other in others)


def _is_same(one: Value, other: Value) -> bool:
    return one == other if isinstance(one, str) or isinstance(other, str) else one.is_same(other)


def _likeness(one: ScoredClaim, other: ScoredClaim) -> float:
    """Return how similar two claims are, so that of several pairs the best is made: cells in common, then words."""
    return len(_equal_cells(one, other)) + jaccard(one.spans, other.spans)
