"""Small counts, and the counts from which these could be computed.

A person in a count from 1 to k - 1 could be recognized. Such a count is emptied, and only the total of its table stays:
no sum has a part that is shown, and there is nothing to subtract.
"""

import re
from collections.abc import Collection, Iterable
from itertools import chain, permutations
from typing import Final

import networkx as nx
from pyoxigraph import NamedNode

from tipgraph.analysis import FIELDS, Mention, lie_within, mentions, places_within
from tipgraph.graph import Graph
from tipgraph.model import CODE, bounds, tip
from tipgraph.pipeline import StatementIndex

_PARTED: Final = ("sex", "age", "form")  # the columns of a table of counts; a count without one of them is of all
_ALIKE: Final = tuple(name for name in FIELDS if name not in (*_PARTED, "basis", "date"))
_SHARES: Final = f"{CODE}indicator-measure-percentage"
_COUNT: Final = re.compile(r"(?a)0*(\d{1,9})(?:[.,]0*)?")


class SmallCounts:
    """The counts of a graph, and their tables: alike, of one place or of places that lie within one another."""

    def __init__(self, graph: Graph, k: int) -> None:
        """Read the counts of a graph."""
        self._k = k
        claims = (row["claim"] for row in graph.named("claim-list") if row["class"].value == tip.Estimate)
        self.counts = mentions(graph, claims)
        lying = places_within(graph, self.counts.values())
        pairs = chain.from_iterable(permutations(counts, 2) for counts in self._alike())
        within = [(one, other) for one, other in pairs
                  if all(lie_within(places, other.ends[end], lying) for end, places in one.ends.items())]  # fmt: skip
        self._tables: nx.Graph[NamedNode] = nx.Graph([(one.claim, other.claim) for one, other in within])
        self._tables.add_nodes_from(self.counts)
        self._rests = {one.claim for one, other in within if _is_part(one, other)
                       and 0 < (other.value or 0) - (one.value or 0) < self._k}  # fmt: skip

    def _alike(self) -> Iterable[list[Mention]]:
        """Return the groups of counts that differ in their places, sex, age or form only."""
        groups = dict[str, list[Mention]]()
        for count in self.counts.values():
            dates = sorted(str(bounds(date)) for date in count.fields["date"])
            key = [dates, sorted(count.ends), *(sorted(count.fields[name]) for name in _ALIKE)]
            groups.setdefault(repr(key), []).append(count)
        return groups.values()

    def emptied(self, hidden: Collection[NamedNode]) -> set[NamedNode]:
        """Return the counts whose figure a release must not show; nobody may compute the `hidden` claims either."""
        guarded = {claim for claim, count in self.counts.items() if claim in hidden or self._is_guarded(count)}
        emptied = set[NamedNode]()
        for table in nx.connected_components(self._tables):
            if unsafe := (guarded | self._rests) & table:
                most = max(self.counts[claim].value or 0 for claim in table)
                has_total = all(self.counts[claim].value != most for claim in unsafe)
                emptied |= {claim for claim in table if not (has_total and self.counts[claim].value == most)}
        return {claim for claim in emptied if self.counts[claim].value is not None and claim not in hidden}

    def _is_guarded(self, count: Mention) -> bool:
        """Tell whether a count or its upper bound is small, or its source suppressed it."""
        known = [number for number in (count.value, count.upper) if number is not None]
        return any(0 < number < self._k for number in known) or (not known and self._k > 1)


def small_results(index: StatementIndex, k: int) -> set[NamedNode]:
    """Return all results of each indicator of a project that has a count from 1 to k - 1."""
    results = {claim: [(quad.predicate.value, quad.object.value.strip()) for quad in index.about[claim]]
               for claim in index.claims if "Result" in index.classes(claim)}  # fmt: skip
    named = (tip.undertaking, tip.title, tip.indicator)
    indicators = {claim: frozenset(cell for cell in cells if cell[0] in named) for claim, cells in results.items()}
    small = {indicators[claim] for claim, cells in results.items() if _has_small(cells, k)}
    return {claim for claim, indicator in indicators.items() if indicator in small}


def _has_small(cells: Iterable[tuple[str, str]], k: int) -> bool:
    """Tell whether a value of an indicator is a small count, and no share."""
    counts = [_COUNT.fullmatch(value) for name, value in cells if name in (tip.baseline, tip.target, tip.actual)]
    return any(count and 0 < int(count[1]) < k for count in counts) and all(value != _SHARES for _, value in cells)


def _is_part(part: Mention, total: Mention) -> bool:
    """Tell whether a count is of one sex, age or form, or of a part of the places, and the other one of all."""
    unsaid = ("-unspecified", "-not-stated")
    kinds = [{name: {kind for kind in count.fields[name] if not kind.endswith(unsaid)} for name in _PARTED}
             for count in (part, total)]  # fmt: skip
    is_wider = all(not wide or wide == kinds[0][name] for name, wide in kinds[1].items())
    return is_wider and (kinds[0], part.ends) != (kinds[1], total.ends)
