"""How good drafts are: they are compared with the claims that a reader made of the same text without them.

Each pair of a draft and a claim is made once, so that a second draft of one claim counts as wrong. A draft is right if
a claim has its table, its sentence and its main parts. After an edit it is right if a claim has its table and half of
the shorter words, whatever the cells say.

Decision: docs/decisions/0157-drafts-are-measured-as-a-third-reader.md.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple, TypeAlias

import networkx as nx

from tipgraph.curation.drafts.score.scored_claims import ScoredClaim, equal_cells, have_common, jaccard, overlap
from tipgraph.errors import BadValue

Pair: TypeAlias = tuple[ScoredClaim, ScoredClaim]
ALL: Final = "all"  # the drafts of all kinds of producers
OTHERS, NAMINGS = "all but namings", "namings"


class Figure(NamedTuple):
    """A row of a score: whose drafts, of which table, and how many claims, drafts, and right drafts there are.

    `by` is a kind of producers, `all` of them, or one rule or model, which has no claims of its own. `after_edit` are
    the drafts that are right after an edit.

    >>> Figure("rule", "funding", claims=10, drafts=5, right=3, after_edit=4).record()["precision"]
    0.6
    """

    by: str
    table: str
    claims: int
    drafts: int
    right: int
    after_edit: int

    def record(self) -> dict[str, str | float | None]:
        """Return it as a row of a table: precision and recall, and the share of drafts that are wrong after an edit.

        A share of no drafts or of no claims is None.
        """
        of = [(self.right, self.drafts), (self.right, self.claims), (self.drafts - self.after_edit, self.drafts)]
        shares = [round(part / whole, 2) if whole else None for part, whole in of]
        names = ("precision", "recall", "wrong after an edit")
        counts: dict[str, str | float | None] = {**self._asdict(), "claims": self.claims or None}
        del counts["after_edit"]
        return counts | dict(zip(names, shares, strict=True))


@dataclass(frozen=True)
class ScoredText:
    """The drafts of a text beside the claims of its reader; `is_tuned` if rules were written with it in sight."""

    name: str
    drafts: Sequence[ScoredClaim]
    claims: Sequence[ScoredClaim]
    is_tuned: bool = False


def figures(texts: Sequence[ScoredText], *, unseen: bool = True) -> Iterator[Figure]:
    """Yield the figures of each kind of producers: of all tables but namings, of namings, and of each table.

    Namings are counted apart: they are many, and easier than the others. Those of each rule and model follow. Raises
    BadValue without texts, and if `unseen` ones are wanted and the rules were tuned on one of them.
    """
    if not texts:
        raise BadValue("there is no text to score; name one")
    if unseen and (tuned := [text.name for text in texts if text.is_tuned]):
        raise BadValue(f"the rules were tuned on {', '.join(tuned)}: no figure of unseen texts can be made of them")
    kinds = sorted({_kind(name) for text in texts for draft in text.drafts for name in draft.producers})
    counts: list[Counter[tuple[str, str]]] = []
    for kind in kinds if len(kinds) == 1 else [*kinds, ALL]:
        counts = _counts(texts, kind)
        yield from _of_kind(kind, counts)
    for key in sorted(key for key in counts[1] if ":" in key[0]):
        yield Figure(*key, *(count[key] for count in counts))


def _of_kind(kind: str, counts: Sequence[Counter[tuple[str, str]]]) -> Iterator[Figure]:
    tables = sorted({table for count in counts for by, table in count if by == kind} - {OTHERS, NAMINGS})
    for table in (OTHERS, NAMINGS, *tables):
        yield Figure(kind, table, *(count[kind, table] for count in counts))


def pairs(
    drafts: Sequence[ScoredClaim], claims: Sequence[ScoredClaim], fits: Callable[[ScoredClaim, ScoredClaim], bool]
) -> list[Pair]:
    """Return as many fitting pairs of a draft and a claim as there can be, each in one pair, the most similar first."""
    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    for at, draft in enumerate(drafts):
        for to, claim in enumerate(claims):
            if draft.table == claim.table and fits(draft, claim):
                likeness = len(equal_cells(draft, claim)) + jaccard(draft.spans, claim.spans)
                graph.add_edge((0, at), (1, to), weight=1 + likeness)
    found = dict(map(sorted, nx.max_weight_matching(graph, maxcardinality=True)))
    return [(drafts[at], claims[found[0, at][1]]) for at in range(len(drafts)) if (0, at) in found]


def is_right(one: ScoredClaim, other: ScoredClaim) -> bool:
    """Tell whether all main parts of the one are those of the other: at least two, if either has two."""
    if one.sentences.isdisjoint(other.sentences):
        return False
    own, others = ([name for name in claim.main if name in claim.values] for claim in (one, other))
    shared = [name for name in own if name in others and have_common(one.values[name], other.values[name])]
    least, most = sorted((len(own), len(others)))
    return len(shared) == least >= min(2, most) > 0


def has_words(one: ScoredClaim, other: ScoredClaim) -> bool:
    """Tell whether half of the shorter words are the same."""
    return any(overlap(*pair) for pair in product(one.spans, other.spans))


def _counts(texts: Sequence[ScoredText], kind: str) -> list[Counter[tuple[str, str]]]:
    """Return the numbers of claims, drafts, right drafts and those after an edit, by a kind or producer and a table."""
    counts = [Counter[tuple[str, str]]() for _ in range(4)]
    for text in texts:
        drafts = [draft for draft in text.drafts if kind in (ALL, *map(_kind, draft.producers))]
        found = [[draft for draft, _ in pairs(drafts, text.claims, fits)] for fits in (is_right, has_words)]
        for count, every in zip(counts, (text.claims, drafts, *found), strict=True):
            for claim in every:
                count.update((by, claim.table) for by in (kind, *claim.producers))
                count[kind, OTHERS] += claim.table != NAMINGS
    return counts


def _kind(producer: str) -> str:
    return producer.partition(":")[0]
