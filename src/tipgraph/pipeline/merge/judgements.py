"""A judgement on two nodes: the verdict, the judge and the kind of judge, the day and the reason."""

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode

from tipgraph.model import CODE, IDENTITY, Statement, data_name, tip
from tipgraph.sources import JUDGES

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
