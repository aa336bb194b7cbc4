"""Small counts: which go, and which go with them so that no subtraction gives one back.

A count from 1 to k - 1 could be recognized. It goes, and of the table that it belongs to only the total stays: every
other count of the table goes too, small or not. So no sum has a part that is shown, and there is nothing to subtract.

Decision: docs/decisions/0098-a-small-count-leaves-only-the-total.md.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

import networkx as nx
from pyoxigraph import NamedNode

from tipgraph.analysis import FIELDS, Mention, Places, mentions
from tipgraph.graph import Graph
from tipgraph.model import bounds, tip

SMALL: Final = "a small count, or part of a table with one"
_PARTED: Final = ("sex", "age", "form")  # a count is parted by these; without one, all are meant
_ALIKE: Final = tuple(name for name in FIELDS if name not in (*_PARTED, "basis", "date"))
_UNSAID: Final = ("-unspecified", "-not-stated")
_BASIS: Final = "https://w3id.org/tipgraph/code#estimate-basis-"

Part: TypeAlias = tuple[NamedNode, NamedNode]  # a count, and one that it is a part of


class Counts:
    """The counts of a graph, read once: which are small, and which are parts of others.

    A count that says another one again, or is the same number of the same thing by another source, goes with it.
    `exempt` are the bases (estimated, detected, not-stated) of which a small count stays.
    """

    def __init__(self, graph: Graph, exempt: Collection[str] = ()) -> None:
        """Read the counts of a graph."""
        self._graph = graph
        self._bases = {f"{_BASIS}{basis}" for basis in exempt}
        claims = (row["claim"] for row in graph.named("claim-list") if row["class"].value == tip.Estimate)
        self.found = mentions(graph, claims)
        self._twins = _twins(self.found.values())
        first = {claim: self.found[claim] for claim in self._twins}
        places = sorted({place for one in first.values() for some in one.ends.values() for place in some}, key=str)
        lying: Places = frozenset(
            (row["part"], row["whole"]) for row in graph.named("lying", {"part": places, "whole": places})
        )
        self._tied: nx.DiGraph[NamedNode] = nx.DiGraph(list(_parts(first.values(), lying)))

    def withheld(self, k: int, hidden: Collection[NamedNode] = ()) -> dict[NamedNode, str]:
        """Return the counts that a graph must not show, each with the reason.

        `hidden` are claims that go anyway: nobody may work these out either, whatever k is.
        """
        guarded = {one for one, twins in self._twins.items() if self._is_guarded(twins, k, hidden)}
        guarded |= {part for part, one in self._tied.edges if 0 < self._rest(part, one) < k}
        gone = set(guarded)
        for table in nx.weakly_connected_components(self._tied):
            if guarded & table:
                totals = [one for one in table if not self._tied.out_degree(one)]
                greatest = max(totals, key=lambda one: (_value(self.found[one]), str(one)))
                gone |= table - ({greatest} - guarded)
        away = dict.fromkeys(sorted((claim for one in gone for claim in self._twins[one]), key=str), SMALL)
        away |= dict(_echoes(self._graph, self.found, away))
        return {
            claim: why for claim, why in away.items() if claim not in hidden and self.found[claim].value is not None
        }

    def spared(self, k: int) -> list[Mention]:
        """Return the small counts that are shown, since the policy exempts their basis."""
        return [one for one in self.found.values() if self._is_exempt(one) and is_small(one, k)]

    def _is_guarded(self, twins: Iterable[NamedNode], k: int, hidden: Collection[NamedNode]) -> bool:
        """Tell whether a count is small, goes anyway, or was withheld by its source."""
        known = [self.found[claim] for claim in twins]
        small = any(is_small(one, k) and not self._is_exempt(one) for one in known)
        return small or any(one.claim in hidden or (one.value is None and k > 1) for one in known)

    def _rest(self, part: NamedNode, one: NamedNode) -> Decimal:
        """Return what is left of a count without one of its parts: people too, though nobody counts them."""
        return _value(self.found[one]) - _value(self.found[part])

    def _is_exempt(self, one: Mention) -> bool:
        return bool(self._bases & one.fields["basis"])


def is_small(one: Mention, k: int) -> bool:
    """Tell whether a count, or a bound of it, tells of fewer people than k; a zero tells of nobody."""
    return any(0 < number < k for number in (one.value, one.upper) if number is not None)


def _value(one: Mention) -> Decimal:
    return one.value or Decimal(0)


def _twins(cells: Iterable[Mention]) -> dict[NamedNode, list[NamedNode]]:
    """Return counts of one thing and kind with the same value, whoever says them, by the first of them."""
    alike: dict[str, list[NamedNode]] = {}
    for one in cells:
        value = str(one.value) if one.value is not None else one.claim.value
        alike.setdefault(
            repr((_alike(one), [sorted(kind) for kind in _kinds(one).values()], _ends(one), value)), []
        ).append(one.claim)
    return {some[0]: some for some in alike.values()}


def _echoes(
    graph: Graph, found: Mapping[NamedNode, Mention], gone: Mapping[NamedNode, str]
) -> Iterator[tuple[NamedNode, str]]:
    """Yield the counts that say withheld ones again, at any remove and in either direction, with the same figure."""
    again: nx.Graph[NamedNode] = nx.Graph([(row["restating"], row["restated"]) for row in graph.named("says-again")])
    for one in (one for one in gone if one in again):
        for other in nx.node_connected_component(again, one) - gone.keys():
            if other in found and found[other].value == found[one].value:
                yield other, gone[one]


def _parts(cells: Iterable[Mention], lying: Places) -> Iterator[Part]:
    """Yield which counts are parts of which others: alike, and of a part of the places or of one sex, age or form."""
    tables: dict[str, list[Mention]] = {}
    for one in cells:
        tables.setdefault(repr((_alike(one), sorted(one.ends))), []).append(one)
    for table in tables.values():
        yield from ((part.claim, one.claim) for part in table for one in table if _is_part(part, one, lying))


def _is_part(part: Mention, one: Mention, lying: Places) -> bool:
    """Tell whether a count is a part of another one, which is no smaller."""
    kinds, wider = _kinds(part), _kinds(one)
    if part is one or (part.value or 0) > (one.value if one.value is not None else part.value or 0):
        return False
    if any(wider[name] and not (kind and kind <= wider[name]) for name, kind in kinds.items()):
        return False
    within = all(places == one.ends[end] or _lies(places, one.ends[end], lying) for end, places in part.ends.items())
    return within and (kinds != wider or part.ends != one.ends)


def _alike(one: Mention) -> list[object]:
    """Return what a count has in common with the others of its table: dates by their bounds, the basis left out."""
    dates = sorted(str(bounds(date)) for date in one.fields["date"])
    return [dates, *(sorted(one.fields[name]) for name in _ALIKE)]


def _kinds(one: Mention) -> dict[str, set[str]]:
    """Return by what a count is parted; what is not specified, or not stated, parts nothing."""
    return {name: {kind for kind in one.fields[name] if not kind.endswith(_UNSAID)} for name in _PARTED}


def _ends(one: Mention) -> list[tuple[str, list[str]]]:
    return sorted((end, sorted(map(str, places))) for end, places in one.ends.items())


def _lies(parts: Collection[NamedNode], wholes: Collection[NamedNode], lying: Places) -> bool:
    """Tell whether every place lies within one of others."""
    return all(any((part, whole) in lying for whole in wholes) for part in parts)
