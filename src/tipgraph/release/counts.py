"""Small counts of persons, and which other counts must go with them so that nobody can work them out.

A count below k could be recognized. It goes, and so do other counts of its tables until no total gives it back: with
all that is shown, and with all that is known of a withheld count (it is no zero), each small one may still be any
number from 1 to k - 1. That is audited exactly, by the least and the greatest whole number that it can be.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Final, NamedTuple

from pyoxigraph import NamedNode

from tipgraph import tip
from tipgraph.dates import bounds
from tipgraph.graph import Graph
from tipgraph.numbers.comparing import Places
from tipgraph.numbers.mentions import FIELDS, Mention, mentions

SMALL: Final = "small count"
BESIDE: Final = "would give a small count away"
_PARTED: Final = ("sex", "age", "form")  # by these a count is parted; without one, all are meant
_ALIKE: Final = tuple(name for name in FIELDS if name not in (*_PARTED, "basis", "date"))


class Sum(NamedTuple):
    """A count and those that together make it, or at most make it where `exact` is not set."""

    total: NamedNode
    parts: tuple[NamedNode, ...]
    exact: bool


@dataclass
class Cells:
    """Counts as the cells of tables: what each is (None where it was withheld before), and which sums tie them.

    `detected` are those of persons who were detected, all where it is None.
    """

    values: dict[NamedNode, int | None]
    sums: list[Sum]
    detected: Collection[NamedNode] | None = None

    def small(self, k: int) -> set[NamedNode]:
        """Return the cells of detected persons below k; a zero tells of nobody."""
        known = self.values if self.detected is None else self.detected
        return {cell for cell, value in self.values.items() if cell in known and value is not None and 0 < value < k}

    def withheld(self, k: int, hidden: Collection[NamedNode] = ()) -> dict[NamedNode, str]:
        """Return the cells to withhold, each with the reason; `hidden` ones go for another, and must not be told."""
        small = self.small(k)
        gone = dict.fromkeys(sorted(small.difference(hidden), key=str), SMALL)
        for part in self._connected():
            guarded = [cell for cell, value in part.values.items() if value is None or cell in small or cell in hidden]
            while (told := next((cell for cell in guarded if part.tells(cell, {*gone, *hidden}, k)), None)) is not None:
                other = part.next_to(told, {*gone, *hidden})
                if other is None:
                    break  # a sum that is withheld tells no more than that its parts are no zeros
                gone[other] = BESIDE
        return gone

    def tells(self, cell: NamedNode, gone: Collection[NamedNode], k: int) -> bool:
        """Tell whether what is shown says more of a withheld cell than that it is small.

        Of one that is not small, or that its source withheld, only whether it gives the very number.
        """
        least, most = self.bounds(cell, gone)
        value = self.values[cell]
        if value is None or value >= k:
            return least == most and (value is not None or least < k)
        return least > 1 or (most is not None and most < k - 1)

    def bounds(self, cell: NamedNode, gone: Collection[NamedNode]) -> tuple[int, int | None]:
        """Return the least and the greatest that a withheld cell can be; None where nothing bounds it."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        hidden = [one for one, value in self.values.items() if one in gone or value is None]
        column = {one: number for number, one in enumerate(hidden)}
        rows, low, high = [], [], []
        for total, parts, exact in self.sums:
            row, known = np.zeros(len(hidden)), 0
            for one, sign in [(total, -1), *((part, 1) for part in parts)]:
                value = self.values[one]
                if one in column:
                    row[column[one]] += sign
                elif value is not None:
                    known += sign * value
            if row.any():
                rows.append(row)
                high.append(-known)
                low.append(-known if exact else -np.inf)
        if not rows:
            return 0, None
        limits = [LinearConstraint(np.array(rows), low, high)]
        lowest = [float(bool(self.values[one])) for one in hidden]  # what is withheld here is no zero
        aim = np.zeros(len(hidden))
        aim[column[cell]] = 1
        least = milp(aim, constraints=limits, bounds=Bounds(lowest, np.inf), integrality=np.ones(len(hidden)))
        if not least.success:  # the sums contradict each other, and hide nothing for sure
            return 0, 0
        most = milp(-aim, constraints=limits, bounds=Bounds(lowest, np.inf), integrality=np.ones(len(hidden)))
        return round(least.fun), round(-most.fun) if most.success else None

    def next_to(self, cell: NamedNode, gone: Collection[NamedNode]) -> NamedNode | None:
        """Return which cell goes next: the smallest that is shown in a sum with the cell, or further along."""
        reached, seen = [cell], {cell}
        for one in reached:
            for total, parts, _ in (each for each in self.sums if one in (each.total, *each.parts)):
                shown = [(part == total, value, str(part), part) for part in (*parts, total)
                         if (value := self.values[part]) and part not in gone]  # fmt: skip
                if shown:
                    return min(shown)[-1]
                reached += [part for part in (*parts, total) if part not in seen]
                seen |= {*parts, total}
        return None

    def _connected(self) -> Iterator["Cells"]:
        """Yield the cells that sums tie to each other, apart from all others."""
        import networkx as nx

        tied: nx.Graph[NamedNode] = nx.Graph()
        for total, parts, _ in self.sums:
            tied.add_edges_from((total, part) for part in parts)
        for nodes in nx.connected_components(tied):
            yield Cells(
                {node: self.values[node] for node in sorted(nodes, key=str)},
                [one for one in self.sums if one.total in nodes],
                self.detected,
            )


class Counts:
    """The counts of persons of a graph, read once: which are small, and which sums tie them.

    A count that says another one again, or is the same number of the same thing by another source, goes with it.
    """

    def __init__(self, graph: Graph) -> None:
        """Read the counts of a graph."""
        self._graph = graph
        rows = list(graph.named("detected-counts"))
        self._found = mentions(graph, (row["claim"] for row in rows))
        self._detected = {row["claim"] for row in rows if row["detected"] is not None}
        cells = {claim: one for claim, one in self._found.items() if one.hedge in ("exact", "suppressed")}
        self._loose = self._detected - cells.keys()
        self._twins = _twins(cells)
        places = _places(cells.values())
        lying: Places = frozenset(
            (row["part"], row["whole"]) for row in graph.named("lying", {"part": places, "whole": places})
        )
        first = {claim: cells[claim] for claim in self._twins}
        values = {claim: _whole(one) for claim, one in first.items()}
        detected = {one for one, twins in self._twins.items() if self._detected.intersection(twins)}
        self._cells = Cells(values, list(_sums(first, values, lying)), detected)

    def withheld(self, k: int, hidden: Collection[NamedNode] = ()) -> dict[NamedNode, str]:
        """Return the counts of detected persons that a graph must not show, each with the reason.

        `hidden` are claims that go anyway: nobody must work these out either, whatever k is.
        """
        away = {one for one, twins in self._twins.items() if any(twin in hidden for twin in twins)}
        gone = {claim: why for one, why in self._cells.withheld(k, away).items() for claim in self._twins[one]}
        gone |= {claim: SMALL for claim in self._loose if 0 < (self._found[claim].value or 0) < k}
        return gone | _echoes(self._graph, gone)


def _twins(cells: Mapping[NamedNode, Mention]) -> dict[NamedNode, list[NamedNode]]:
    """Return counts of one thing and kind with the same value, whoever says them, by the first of them."""
    alike: dict[str, list[NamedNode]] = {}
    for claim, one in cells.items():
        key = repr((_alike(one), _kinds(one), _ends(one), _whole(one) if one.value is not None else claim.value))
        alike.setdefault(key, []).append(claim)
    return {some[0]: some for some in alike.values()}


def _echoes(graph: Graph, gone: Mapping[NamedNode, str]) -> dict[NamedNode, str]:
    """Return the numbers that say withheld ones again, at any remove and in either direction, with the same figure."""
    import networkx as nx

    arcs = [(row["restating"], row["restated"]) for row in graph.named("says-again")]
    again: nx.Graph[NamedNode] = nx.Graph(arcs)
    kin = {one: nx.node_connected_component(again, one) for one in gone if one in again}
    claims = graph.named("claim-list", {"claim": sorted({other for found in kin.values() for other in found}, key=str)})
    known = mentions(graph, [row["claim"] for row in claims if row["class"].value == tip.Estimate])
    return {
        other: gone[one]
        for one, found in kin.items()
        for other in found
        if other not in gone and other in known and known[other].value == known[one].value
    }


def _places(cells: Iterable[Mention]) -> list[NamedNode]:
    return sorted({place for one in cells for places in one.ends.values() for place in places}, key=str)


def _whole(one: Mention) -> int | None:
    return None if one.value is None or one.hedge == "suppressed" else int(one.value)


def _sums(cells: Mapping[NamedNode, Mention], values: Mapping[NamedNode, int | None], lying: Places) -> Iterator[Sum]:
    """Yield which counts make up which other one: by sex, age and form, or by places."""
    for total, parts in (*_by_kind(cells.values()), *_by_place(cells.values(), lying)):
        yield from _sum(total, parts, values)


def _by_kind(cells: Iterable[Mention]) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield counts with those of the same ends that are parted by sex, age or form where the count is not."""
    for table in _tables(cells, _ends):
        kinds = {one.claim: _kinds(one) for one in table}
        for total in table:
            free = [name for name, kind in kinds[total.claim].items() if not kind]
            for names in (names for number in range(1, len(free) + 1) for names in combinations(free, number)):
                yield total, [
                    one for one in table
                    if all(bool(kind) if name in names else kind == kinds[total.claim][name]
                           for name, kind in kinds[one.claim].items())
                ]  # fmt: skip


def _by_place(cells: Iterable[Mention], lying: Places) -> Iterator[tuple[Mention, list[Mention]]]:
    """Yield counts with those of places within their place, none of which lies within another of them."""
    known = list(cells)
    for end in sorted({end for one in known for end in one.ends}):
        having = [one for one in known if end in one.ends]
        for table in _tables(having, partial(_apart, end=end)):
            for total in table:
                within = [one for one in table if _lies(one, total, end, lying)]
                yield total, [one for one in within if not any(_lies(one, other, end, lying) for other in within)]


def _apart(one: Mention, end: str) -> object:
    """Return all by which a count is told from others but one of its ends."""
    return _ends(one, end), _kinds(one)


def _tables(cells: Iterable[Mention], key: Callable[[Mention], object]) -> Iterable[list[Mention]]:
    """Return counts that count alike but for sex, age and form, whoever says them, and have a key in common."""
    tables: dict[str, list[Mention]] = {}
    for one in cells:
        tables.setdefault(repr((_alike(one), key(one))), []).append(one)
    return tables.values()


def _alike(one: Mention) -> list[object]:
    """Return what a count has in common with the others of its table: dates by their bounds, the basis left out."""
    dates = sorted(str(bounds(date)) for date in one.fields["date"])
    return [dates, *(sorted(one.fields[name]) for name in _ALIKE)]


def _kinds(one: Mention) -> dict[str, list[str]]:
    """Return by what a count is parted; a form that is not specified parts nothing."""
    return {name: sorted(kind for kind in one.fields[name] if not kind.endswith("-unspecified")) for name in _PARTED}


def _ends(one: Mention, but: str = "") -> list[tuple[str, list[str]]]:
    return sorted((end, sorted(map(str, places))) for end, places in one.ends.items() if end != but)


def _lies(one: Mention, other: Mention, end: str, lying: Places) -> bool:
    """Tell whether every place of a count lies within one of those of another, and is none of them."""
    parts, wholes = one.ends[end], other.ends[end]
    return parts != wholes and all(any((part, whole) in lying for whole in wholes) for part in parts)


def _sum(total: Mention, parts: Sequence[Mention], values: Mapping[NamedNode, int | None]) -> Iterator[Sum]:
    """Yield that parts make a total, unless they are more than it: then they overlap, and tell nothing of it."""
    whole, known = values[total.claim], [values[one.claim] for one in parts]
    if not parts:
        return
    said = sum(value or 0 for value in known)
    open_ = whole is None or None in known
    if whole is None or said <= whole:
        yield Sum(total.claim, tuple(one.claim for one in parts), exact=open_ or said == whole)
