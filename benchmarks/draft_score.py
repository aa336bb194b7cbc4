"""How good drafts are: they are compared with the claims that a reader made of the same text.

A draft is right if a claim has its table, its sentence and its main parts. After an edit it is right if a claim has its
table and half of the shorter words, whatever the cells say. A second draft of one claim counts as wrong.

Decision: docs/decisions/0158-drafts-are-measured-on-frozen-gold.md.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from tipgraph.curation.drafts.rows.claim_rows import Span
from tipgraph.errors import BadValue
from tipgraph.model import kit
from tipgraph.runtime import read_bytes

ALL: Final = "all"  # the drafts of all kinds of producers
OTHERS, NAMINGS = "all but namings", "namings"
_TUNED_ON: Final = "tuned-on.csv"


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
    """The drafts of a text beside the claims of its reader; each has a table and producers, and claims have none.

    `ways` return those of some drafts that are right, and those that are right after an edit. It `is_tuned` if rules
    were written with the text in sight.
    """

    name: str
    drafts: Sequence[Any]
    claims: Sequence[Any]
    ways: Sequence[Callable[[Sequence[Any]], Iterable[Any]]]
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
    yield from _figures(
        texts, sorted({_kind(one) for text in texts for draft in text.drafts for one in draft.producers})
    )


def _figures(texts: Sequence[ScoredText], kinds: Sequence[str]) -> Iterator[Figure]:
    """Yield the figures of some kinds of producers, then those of each rule and model."""
    counts: list[Counter[tuple[str, str]]] = []
    for kind in kinds if len(kinds) == 1 else [*kinds, ALL]:
        counts = _counts(texts, kind)
        tables = sorted({table for count in counts for by, table in count if by == kind} - {OTHERS, NAMINGS})
        yield from (
            Figure(kind, table, *(count[kind, table] for count in counts)) for table in (OTHERS, NAMINGS, *tables)
        )
    for key in sorted(key for key in counts[1] if ":" in key[0]):
        yield Figure(*key, *(count[key] for count in counts))


def _counts(texts: Sequence[ScoredText], kind: str) -> list[Counter[tuple[str, str]]]:
    """Return the numbers of claims, drafts, right drafts and those after an edit, by a kind or producer and a table."""
    counts = [Counter[tuple[str, str]]() for _ in range(4)]
    for text in texts:
        drafts = [draft for draft in text.drafts if kind in (ALL, *map(_kind, draft.producers))]
        for count, every in zip(counts, (text.claims, drafts, *(way(drafts) for way in text.ways)), strict=True):
            for claim in every:
                count.update((by, claim.table) for by in (kind, *claim.producers))
                count[kind, OTHERS] += claim.table != NAMINGS
    return counts


def _kind(producer: str) -> str:
    return producer.partition(":")[0]


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans share half of the shorter one.

    >>> overlap((0, 10), (5, 40)), overlap((0, 10), (6, 40))
    (True, False)
    """
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= min(one[1] - one[0], other[1] - other[0])


def tuned_digests() -> set[str]:
    """Return the digests of the texts with which the rules were written, in the lists of the kit and of the project."""
    paths = [path for folder in kit.folders("ontology") if (path := folder / _TUNED_ON).is_file()]
    return {row["sha256"] for path in paths for row in csv.DictReader(read_bytes(path).decode("utf-8").splitlines())}
