"""Suppress small counts, and the other counts of their tables, so that no subtraction gives one back.

A person in a count from 1 to k - 1 could be recognized. Such a count is withheld, and only the total of its table
stays: no sum has a part that is shown, and there is nothing to subtract.

Decision: docs/decisions/0098-a-small-count-leaves-only-the-total.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

import networkx as nx
from pyoxigraph import NamedNode

from tipgraph.analysis import FIELDS, Mention, Places, lie_within, mentions, places_within
from tipgraph.graph import Graph
from tipgraph.model import CODE, bounds, tip

SMALL: Final = "a small count, or part of a table with one"
_PARTED: Final = ("sex", "age", "form")  # the columns of a table of counts; a count without one of them is of all
_ALIKE: Final = tuple(name for name in FIELDS if name not in (*_PARTED, "basis", "date"))
_UNSAID: Final = ("-unspecified", "-not-stated")
_BASIS: Final = CODE + "estimate-basis-"

Part: TypeAlias = tuple[NamedNode, NamedNode]  # a count, and the count that it is a part of


class Counts:
    """The counts of a graph: which are small, and which are parts of others.

    Counts that repeat each other, or give the same number of the same thing, are withheld together. A small count stays
    if its basis (estimated, detected, not-stated) is one of `exempt`.
    """

    def __init__(self, graph: Graph, exempt: Collection[str] = ()) -> None:
        """Read the counts of a graph."""
        self._graph = graph
        self._bases = {f"{_BASIS}{basis}" for basis in exempt}
        claims = (row["claim"] for row in graph.named("claim-list") if row["class"].value == tip.Estimate)
        self.estimates = mentions(graph, claims)
        self._twins = _twins(self.estimates.values())
        self._values = {claim: self.estimates[claim].value or Decimal(0) for claim in self._twins}
        firsts = [self.estimates[claim] for claim in self._twins]
        self._tables: nx.DiGraph[NamedNode] = nx.DiGraph(list(_parts(firsts, places_within(graph, firsts))))

    def withheld(self, k: int, hidden: Collection[NamedNode] = ()) -> dict[NamedNode, str]:
        """Return the counts that a graph must not show, each with the reason.

        `hidden` are claims that are withheld anyway: nobody may work these out either, whatever k is.
        """
        guarded = {claim for claim, twins in self._twins.items() if self._is_guarded(twins, k, hidden)}
        # A small rest is guarded too: a total minus its part.
        guarded |= {part for part, total in self._tables.edges if 0 < self._values[total] - self._values[part] < k}
        claims = sorted((twin for claim in self._with_tables(guarded) for twin in self._twins[claim]), key=str)
        repeated = dict.fromkeys([*claims, *_repeating(self._graph, self.estimates, claims)])
        return {claim: SMALL for claim in repeated if claim not in hidden and self.estimates[claim].value is not None}

    def _with_tables(self, guarded: set[NamedNode]) -> set[NamedNode]:
        """Return guarded counts, and the others of their tables; the greatest total of each stays unless guarded."""
        suppressed = set(guarded)
        for table in nx.weakly_connected_components(self._tables):
            if guarded & table:
                # Equal counts of one area are parts of each other; a table of such counts has no total.
                totals = [claim for claim in table if not self._tables.out_degree(claim)]
                greatest = max(totals or table, key=lambda claim: (self._values[claim], str(claim)))
                suppressed |= table - {greatest}
        return suppressed

    def spared(self, k: int) -> list[Mention]:
        """Return the small counts that are shown because the policy exempts their basis."""
        return [count for count in self.estimates.values() if self._is_exempt(count) and is_small(count, k)]

    def _is_guarded(self, twins: Iterable[NamedNode], k: int, hidden: Collection[NamedNode]) -> bool:
        """Tell whether one of some twins is small, withheld anyway, or withheld by its source."""
        counts = [self.estimates[claim] for claim in twins]
        small = any(is_small(count, k) and not self._is_exempt(count) for count in counts)
        return small or any(count.claim in hidden or (count.value is None and k > 1) for count in counts)

    def _is_exempt(self, count: Mention) -> bool:
        return bool(self._bases & count.fields["basis"])


def is_small(count: Mention, k: int) -> bool:
    """Tell whether a count, or its upper bound, is from 1 to k - 1."""
    return any(0 < number < k for number in (count.value, count.upper) if number is not None)


def _twins(counts: Iterable[Mention]) -> dict[NamedNode, list[NamedNode]]:
    """Return the counts of one thing and kind with the same value, of any source, by the first of them."""
    by_key: dict[str, list[NamedNode]] = {}
    for count in counts:
        value = str(count.value) if count.value is not None else count.claim.value
        ends = sorted((end, sorted(map(str, places))) for end, places in count.ends.items())
        key = repr((_alike(count), [sorted(kind) for kind in _kinds(count).values()], ends, value))
        by_key.setdefault(key, []).append(count.claim)
    return {claims[0]: claims for claims in by_key.values()}


def _repeating(graph: Graph, counts: Mapping[NamedNode, Mention], claims: Iterable[NamedNode]) -> Iterator[NamedNode]:
    """Yield the counts that repeat some others with the same figure, directly or not, in either direction."""
    again: nx.Graph[NamedNode] = nx.Graph([(row["restating"], row["restated"]) for row in graph.named("says-again")])
    for claim in (claim for claim in claims if claim in again):
        for other in nx.node_connected_component(again, claim):
            if other in counts and counts[other].value == counts[claim].value:
                yield other


def _parts(counts: Iterable[Mention], lying: Places) -> Iterator[Part]:
    """Yield the counts that are parts of others: alike, and of a part of the places, or of one sex, age or form."""
    tables: dict[str, list[Mention]] = {}
    for count in counts:
        tables.setdefault(repr((_alike(count), sorted(count.ends))), []).append(count)
    for table in tables.values():
        yield from ((part.claim, total.claim) for part in table for total in table if _is_part(part, total, lying))


def _is_part(part: Mention, total: Mention, lying: Places) -> bool:
    """Tell whether a count is a part of another, which is at least as large."""
    kinds, wider = _kinds(part), _kinds(total)
    if (kinds, part.ends) == (wider, total.ends) or (total.value is not None and (part.value or 0) > total.value):
        return False
    if any(wider[name] and not (kind and kind <= wider[name]) for name, kind in kinds.items()):
        return False
    return all(lie_within(places, total.ends[end], lying) for end, places in part.ends.items())


def _alike(count: Mention) -> list[object]:
    """Return the fields that the counts of a table share: dates by their bounds, and without the basis."""
    dates = sorted(str(bounds(date)) for date in count.fields["date"])
    return [dates, *(sorted(count.fields[name]) for name in _ALIKE)]


def _kinds(count: Mention) -> dict[str, set[str]]:
    """Return the sex, age and form of a count, without unspecified and not stated ones."""
    return {name: {kind for kind in count.fields[name] if not kind.endswith(_UNSAID)} for name in _PARTED}
