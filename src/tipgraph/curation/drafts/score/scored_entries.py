"""Entries for comparison: two are the same if they share a name, or if the text names both at one place.

Decision: docs/decisions/0157-drafts-are-measured-as-a-third-reader.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final, TypeAlias

from rapidfuzz import fuzz

from tipgraph.model import parted, spelling

DESCRIBED: Final = frozenset({"undertakings", "documents"})  # often without a name: "the seminar", "this plan"
_LIKE: Final = 93  # of 100, by rapidfuzz: two spellings of one name
_SAME_PLACE: Final = 2 / 3  # of the characters: an article or a bracket more, but not the office of a ministry

Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class ScoredEntry:
    """An entry by its node, its table, its folded names and the places of its names in the text.

    A name that no row has gives neither node nor table. `around` are the words of claims about it that name no other
    entry of the table.
    """

    node: str
    table: str
    names: frozenset[str]
    places: frozenset[Span] = frozenset()
    around: frozenset[Span] = frozenset()

    def is_same(self, other: "ScoredEntry") -> bool:
        """Tell whether two entries are one row, have a name in common, or are named or described at one place.

        >>> unodc = ScoredEntry("", "actors", names_of(["United Nations Office on Drugs and Crime (UNODC)"]))
        >>> unodc.is_same(ScoredEntry("", "actors", names_of(["the UN Office", "UNODC"])))
        True
        """
        if self.node and self.node == other.node:
            return True
        if self.table and other.table and self.table != other.table:
            return False
        return _share_a_name(self.names, other.names) or _is_at(self, other) or _is_at(other, self)


def names_of(words: Iterable[str]) -> frozenset[str]:
    """Return names as they are compared: folded, without articles, each acronym in brackets as a name of its own.

    >>> sorted(names_of(["The Organization of American States (OAS)"]))
    ['oas', 'organization american states']
    """
    parts = (part for name in words for part in parted(name.strip()) if part.strip())
    return frozenset(filter(None, (" ".join(spelling(part).words) for part in parts)))


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans share half of the shorter one.

    >>> overlap((0, 10), (5, 40)), overlap((0, 10), (6, 40))
    (True, False)
    """
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= min(one[1] - one[0], other[1] - other[0])


def jaccard(spans: Iterable[Span], others: Iterable[Span]) -> float:
    """Return the share of characters that two lists of spans have in common.

    >>> jaccard([(0, 10)], [(5, 10), (10, 20)])
    0.25
    """
    own, other = ({at for span in each for at in range(*span)} for each in (spans, others))
    return len(own & other) / len(own | other) if own | other else 0.0


def _is_at(one: ScoredEntry, other: ScoredEntry) -> bool:
    """Tell whether the text names two entries at one place, or describes one in words that are about the other."""
    if one.table not in DESCRIBED:
        return any(
            jaccard([place], [elsewhere]) >= _SAME_PLACE for place, elsewhere in product(one.places, other.places)
        )
    return any(overlap(*pair) for pair in product(one.places, other.places)) or any(
        start <= place[0] and place[1] <= end for place, (start, end) in product(one.places, other.around)
    )


@lru_cache(maxsize=65_536)
def _share_a_name(names: frozenset[str], others: frozenset[str]) -> bool:
    return not names.isdisjoint(others) or any(_is_like(name, other) for name in names for other in others)


def _is_like(name: str, other: str) -> bool:
    alike = fuzz.ratio(name, other, score_cutoff=_LIKE) > 0
    return alike and spelling(name).numbers == spelling(other).numbers
