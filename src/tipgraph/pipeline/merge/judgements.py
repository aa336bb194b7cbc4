"""Judgements on which nodes are the same: the clusters that they join, and those that contradict each other.

Decision: docs/decisions/0016-a-rule-proposes-and-somebody-judges.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.errors import Fault
from tipgraph.model import CODE, IDENTITY, Statement, data_name, tip
from tipgraph.sources import JUDGES, Source, rows_of

DIRECTED = ("successor", "predecessor")  # what the second is to the first
VERDICTS = ("same", "different", "unsure", *DIRECTED)
_WORDS = {
    "same": "{0} and {1} are the same",
    "different": "{0} and {1} are different",
    "unsure": "{0} and {1} are perhaps the same",
    "successor": "{1} succeeded {0}",
    "predecessor": "{0} succeeded {1}",
}
_VERDICT = CODE + "verdict-"
_JUDGE = CODE + "judge-kind-"


class Judgement(NamedTuple):
    """A judgement; its id and its nodes are the ends of IRIs: `reference/identity/j005`, `reference/actors/iom`.

    >>> print(Judgement("reference/identity/j1", "a/actors/x", "b/actors/y", "same", "editors", "person", "2026-11-24"))
    j1: a/actors/x and b/actors/y are the same (editors, a person, 2026-11-24)
    """

    id: str
    left: str
    right: str
    verdict: str
    judge: str = ""
    judge_kind: str = ""
    judged: str = ""
    reason: str = ""

    def __str__(self) -> str:
        """Return the judgement as a sentence, with judge, day and reason."""
        by = ", ".join(part for part in (self.judge, JUDGES.get(self.judge_kind), self.judged) if part)
        why = f" ({by}: {self.reason})" if self.reason else f" ({by})" if by else ""
        words = _WORDS.get(self.verdict, _WORDS["unsure"]).format(self.left, self.right)
        return f"{self.number}: {words}{why}"

    @property
    def number(self) -> str:
        """The id of its row, such as `j005`."""
        return self.id.rpartition("/")[2]

    @property
    def keeps_apart(self) -> bool:
        """Tell whether the nodes mean different entries, one of them perhaps the successor of the other."""
        return self.verdict not in ("same", "unsure")

    @property
    def pair(self) -> frozenset[str]:
        """The nodes, in no order."""
        return frozenset((self.left, self.right))


def of_statements(statements: Iterable[Statement]) -> list[Judgement]:
    """Return the complete judgements in statements, in their order."""
    rows: dict[NamedNode, dict[str, str]] = {}
    for subject, predicate, value, source in statements:
        if source == IDENTITY:
            rows.setdefault(subject, {})[predicate.value] = value.value
    judgements = []
    for node, cells in rows.items():
        verdict = cells.get(tip.verdict, "").removeprefix(_VERDICT)
        if {tip.left, tip.right} <= cells.keys() and verdict in VERDICTS:
            left, right = data_name(cells[tip.left]), data_name(cells[tip.right])
            names = (tip.judge, tip.judgeKind, tip.judged, tip.reason)
            details = (cells.get(name, "").removeprefix(_JUDGE) for name in names)
            judgements.append(Judgement(data_name(node.value), left, right, verdict, *details))
    return judgements


_Neighbours: TypeAlias = Mapping[str, Mapping[str, Judgement]]  # of each node, with the first judgement on each pair


class Clusters:
    """The nodes as judgements join them, and the judgements between clusters.

    >>> clusters = Clusters([Judgement("j1", "a", "b", "same"), Judgement("j2", "b", "c", "unsure")])
    >>> clusters.are_one("b", "a"), [judgement.id for judgement in clusters.between("c", "a")]
    (True, ['j2'])
    """

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self.judgements = list(judgements)
        self._representatives = representatives(self.judgements)
        self._between: dict[frozenset[str], list[Judgement]] = {}
        for judgement in self.judgements:
            self._between.setdefault(self._sides(judgement.left, judgement.right), []).append(judgement)

    def are_one(self, left: str, right: str) -> bool:
        """Return whether one node represents both."""
        return len(self._sides(left, right)) == 1

    def between(self, left: str, right: str) -> list[Judgement]:
        """Return the judgements on two nodes of different clusters, or on others of these clusters."""
        return [] if self.are_one(left, right) else self._between.get(self._sides(left, right), [])

    def _sides(self, left: str, right: str) -> frozenset[str]:
        return frozenset((self._representatives.get(left, left), self._representatives.get(right, right)))


def representatives(judgements: Iterable[Judgement]) -> dict[str, str]:
    """Return the representative of each node that has another one than itself.

    A node of the reference comes before a source, a source before the nodes of sources, and of those the one comes
    first that the judgements name first, so that a later judgement does not change the representative.

    >>> representatives([Judgement("j1", "a/actors/x", "b/actors/x", "same")])
    {'b/actors/x': 'a/actors/x'}
    """
    neighbours = _same(judgements)
    first_of: dict[str, str] = {}
    for node in sorted(neighbours, key=_rank):  # nodes of one rank stay in the order of the judgements
        if node not in first_of:
            first_of |= dict.fromkeys(_reached(neighbours, node), node)
    return {node: first for node, first in first_of.items() if node != first}


def same_chain(judgements: Iterable[Judgement], start: str, end: str) -> list[Judgement]:
    """Return the shortest chain of judgements of *same* from one node to another; an empty list if there is none.

    >>> pairs = (("j1", "a", "b"), ("j2", "c", "b"), ("j3", "a", "d"))
    >>> [judgement.id for judgement in same_chain([Judgement(*pair, "same") for pair in pairs], "a", "c")]
    ['j1', 'j2']
    """
    before = _reached(_same(judgements), start)
    chain: list[Judgement] = []
    while step := before.get(end):
        end, judgement = step
        chain.append(judgement)
    return chain[::-1]


def _same(judgements: Iterable[Judgement]) -> _Neighbours:
    """Return the nodes that judgements of *same* join, in the order in which these name them."""
    neighbours: dict[str, dict[str, Judgement]] = {}
    for judgement in judgements:
        if judgement.verdict == "same":
            neighbours.setdefault(judgement.left, {}).setdefault(judgement.right, judgement)
            neighbours.setdefault(judgement.right, {}).setdefault(judgement.left, judgement)
    return neighbours


def _reached(neighbours: _Neighbours, start: str) -> dict[str, tuple[str, Judgement] | None]:
    """Return the nodes of a cluster, the nearest to `start` first, each with the step before it."""
    before: dict[str, tuple[str, Judgement] | None] = {start: None}
    waiting = [start]
    for node in waiting:
        for other, judgement in neighbours.get(node, {}).items():
            if other not in before:
                before[other] = (node, judgement)
                waiting.append(other)
    return before


def _rank(node: str) -> int:
    if node.startswith("reference/"):
        return 0
    return 2 if "/" in node else 1


FILE = "data/reference/identity.csv"


def contradictions(judgements: Sequence[Judgement], roots: Mapping[str, str]) -> list[Fault]:
    """Return the faults of judgements; the column of a fault is the id of its judgement.

    `roots` gives the kind of thing of each node, such as Actor or Place, if known.
    """
    found = [*_unlike_things(judgements, roots), *_judged_twice(judgements), *_joined_anyway(judgements)]
    return [Fault(message, FILE, None, judgement.id) for judgement, message in found]


def placed(faults: Iterable[Fault], sources: Iterable[Source]) -> list[Fault]:
    """Return faults with the file and the row of the judgement that their column names."""
    rows, found = rows_of(sources), []
    for fault in faults:
        table, row = rows.get(fault.column, (None, None))
        found.append(fault._replace(file=table.at(row), row=row.line) if table and row else fault)
    return found


def _unlike_things(judgements: Iterable[Judgement], roots: Mapping[str, str]) -> Iterator[tuple[Judgement, str]]:
    for judgement in judgements:
        left, right = judgement.left, judgement.right
        kinds = roots.get(left, ""), roots.get(right, "")
        if left == right:
            yield judgement, f"{left} is judged beside itself; name two nodes, or remove the row"
        elif all(kinds) and kinds[0] != kinds[1] and judgement.verdict != "different":
            message = f"{left} ({kinds[0]}) and {right} ({kinds[1]}) are unlike things; correct or remove the row"
            yield judgement, message


def _judged_twice(judgements: Iterable[Judgement]) -> Iterator[tuple[Judgement, str]]:
    """Yield pairs with another verdict by anybody, or with the same one by the same judge."""
    earlier: dict[frozenset[str], list[Judgement]] = {}
    for judgement in judgements:
        for before in earlier.get(judgement.pair, ()):
            is_turned = judgement.left != before.left and judgement.verdict in DIRECTED
            if before.verdict != judgement.verdict or is_turned:
                yield judgement, f"judged {judgement.verdict}, but {before}; remove one of the two rows"
            elif before.judge == judgement.judge:
                yield judgement, f"repeats {before}; remove one of the two rows"
        earlier.setdefault(judgement.pair, []).append(judgement)


def _joined_anyway(judgements: Sequence[Judgement]) -> Iterator[tuple[Judgement, str]]:
    """Yield pairs that a judgement keeps apart, and others join."""
    first_of = representatives(judgements)
    for judgement in judgements:
        left, right = judgement.left, judgement.right
        is_joined = left != right and first_of.get(left, left) == first_of.get(right, right)
        if judgement.keeps_apart and is_joined:
            chain = "; ".join(map(str, same_chain(judgements, left, right)))
            message = f"judged {judgement.verdict}, but other judgements join {left} and {right}; change one of them"
            yield judgement, f"{message}: {judgement}; {chain}"
