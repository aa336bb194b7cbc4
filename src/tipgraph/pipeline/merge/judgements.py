"""One judgement: which two nodes, what was said of them, by whom and what kind of judge, when and why."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from tipgraph.model import IDENTITY, Statement, data_name, tip
from tipgraph.sources import JUDGES

VERDICTS = ("same", "different", "unsure")
_VERDICT = "https://w3id.org/tipgraph/code#verdict-"
_JUDGE = "https://w3id.org/tipgraph/code#judge-kind-"


class Judgement(NamedTuple):
    """A judgement; it and its nodes are named as their IRIs end: `reference/identity/j005`, `reference/actors/iom`.

    >>> said = "same", "editors", "person", "2026-11-24", "a name"
    >>> print(Judgement("reference/identity/j1", "a/actors/x", "b/actors/y", *said))
    j1: a/actors/x and b/actors/y are the same (editors, a person, 2026-11-24: a name)
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
        """Say who judged what, when and why."""
        by = ", ".join(part for part in (self.judge, JUDGES.get(self.judge_kind), self.judged) if part)
        said = {"same": "are the same", "different": "are different"}.get(self.verdict, "are perhaps the same")
        why = f" ({by}: {self.reason})" if self.reason else f" ({by})" if by else ""
        return f"{self.number}: {self.left} and {self.right} {said}{why}"

    @property
    def number(self) -> str:
        """The id of its row, such as `j005`."""
        return self.id.rpartition("/")[2]

    @property
    def pair(self) -> frozenset[str]:
        """The nodes, in no order."""
        return frozenset((self.left, self.right))


def of_statements(statements: Iterable[Statement]) -> list[Judgement]:
    """Return the judgements that statements hold, in their order; what is not whole is left out."""
    parts: dict[NamedNode, dict[str, str]] = {}
    for subject, predicate, obj, source in statements:
        if source == IDENTITY and isinstance(obj, NamedNode | Literal):
            parts.setdefault(subject, {})[predicate.value] = obj.value
    return list(_whole(parts))


def _whole(parts: Mapping[NamedNode, Mapping[str, str]]) -> Iterator[Judgement]:
    for node, found in parts.items():
        verdict = found.get(tip.verdict, "").removeprefix(_VERDICT)
        if {tip.left, tip.right} <= found.keys() and verdict in VERDICTS:
            left, right = (data_name(found[side]) for side in (tip.left, tip.right))
            said = (
                found.get(name, "").removeprefix(_JUDGE) for name in (tip.judge, tip.judgeKind, tip.judged, tip.reason)
            )
            yield Judgement(data_name(node.value), left, right, verdict, *said)
