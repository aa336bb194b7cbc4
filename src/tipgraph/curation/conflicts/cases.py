"""A contradiction: its claims by side, the reason, its finder and its answer.

Decision: docs/decisions/0016-a-rule-proposes-and-somebody-judges.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.curation.ledger import Signature
from tipgraph.errors import CallError
from tipgraph.graph import Graph
from tipgraph.model import REFERENCE_NAME, data_iri, data_name

TABLE: Final = "conflicts"
RULE: Final = "rule"
OPEN, ONE_RIGHT, NO_CONFLICT = "open", "one-right", "no-conflict"
_WORDS: Final = {"both-stand": "both may stand"}  # the label of its code
Side: TypeAlias = tuple[NamedNode, ...]


class ConflictAnswer(NamedTuple):
    """An answer: the code of the judgement, the claims that are upheld, and the signature of the judge."""

    judgement: str
    upheld: Side
    judge: str
    judge_kind: str
    judged: str
    grounds: str


@dataclass(frozen=True)
class Case:
    """A contradiction. Its id is the source and the row: `oas-cim-2005/p31-1`. Its answer is None while it is open.

    A side holds the claims of one source; within one source, each claim is a side. `found_by` is the kind of finder
    (person, ai-agent or rule), `rule` the name of that rule.
    """

    id: str
    sides: tuple[Side, ...]
    reason: str
    found_by: str
    rule: str = ""
    answer: ConflictAnswer | None = None
    note: str = ""

    @property
    def claims(self) -> Side:
        """The claims of all sides."""
        return tuple(claim for side in self.sides for claim in side)

    @property
    def iri(self) -> NamedNode:
        """Its node in a graph, now or after the next build."""
        return data_iri(self.source, TABLE, self.row)

    @property
    def source(self) -> str:
        """The source whose table has its row."""
        return self.id.partition("/")[0]

    @property
    def row(self) -> str:
        """The id of its row."""
        return self.id.partition("/")[2]

    @property
    def is_proposed(self) -> bool:
        """Tell whether a rule found it and nobody has answered."""
        return bool(self.rule) and self.answer is None

    @property
    def is_held(self) -> bool:
        """Tell whether it counts as a contradiction: a reader found it or a person confirmed it, and none denied it."""
        return not self.is_proposed and not (self.answer and self.answer.judgement == NO_CONFLICT)

    @property
    def within(self) -> str:
        """The source that contradicts itself; empty between sources."""
        return "" if len(set(map(source_of, self.claims))) > 1 else source_of(self.claims[0])

    @property
    def verdict(self) -> str:
        """The answer in words, such as `the first is right` or `both may stand`; else `open`."""
        if self.answer is None:
            return OPEN
        for place, side in zip(("first", "second"), self.sides, strict=False):
            if set(side) == set(self.answer.upheld):
                return f"the {place} is right"
        return _WORDS.get(self.answer.judgement, self.answer.judgement.replace("-", " "))

    def answered(self, verdict: str, signed: Signature) -> ConflictAnswer:
        """Return the answer of a verdict; raise CallError for one that a person has to write into the table."""
        if not verdict.endswith("-right"):
            return ConflictAnswer(verdict, (), *signed)
        if len(self.sides) != 2:
            raise CallError(
                f"{self.id} has {len(self.sides)} claims of one source; write those that are right into the column "
                f"upheld of its table, and judgement {ONE_RIGHT}"
            )
        return ConflictAnswer(ONE_RIGHT, self.sides[verdict != "first-right"], *signed)


class Tally(NamedTuple):
    """The numbers of contradictions, of open ones among them, and of further proposals of rules."""

    held: int
    opened: int
    proposed: int


def tally(cases: Iterable[Case]) -> Tally:
    """Count contradictions. A finding of a rule is only a proposal until somebody answers."""
    every = list(cases)
    held = [case for case in every if case.is_held]
    return Tally(len(held), sum(case.answer is None for case in held), sum(case.is_proposed for case in every))


def sides_of(claims: Iterable[NamedNode]) -> tuple[Side, ...]:
    """Return claims as the sides of a contradiction, in the order of their IRIs.

    >>> claims = [data_iri("a", "funding", "1"), data_iri("b", "funding", "1"), data_iri("b", "funding", "2")]
    >>> [len(side) for side in sides_of(claims)], [len(side) for side in sides_of(claims[1:])]
    ([1, 2], [1, 1])
    """
    ordered = sorted(set(claims), key=str)
    sides: dict[str, Side] = {}
    for claim in ordered:
        sides[source_of(claim)] = (*sides.get(source_of(claim), ()), claim)
    return tuple(sides.values()) if len(sides) > 1 else tuple((claim,) for claim in ordered)


def source_of(claim: NamedNode) -> str:
    """Return the name of the source of a claim."""
    return data_name(claim.value).partition("/")[0]


def home_of(claims: Iterable[NamedNode]) -> str:
    """Return the source whose table has a contradiction: that of all its claims, else the reference."""
    sources = {source_of(claim) for claim in claims}
    return sources.pop() if len(sources) == 1 else REFERENCE_NAME


def kept(graph: Graph) -> list[Case]:
    """Return the contradictions of a graph, in the order of their ids."""
    rows: dict[NamedNode, list[dict[str, str]]] = {}
    for row in graph.named("conflicts-kept"):
        values = {name: row[name].value if row[name] is not None else "" for name in _VALUES}
        rows.setdefault(row["conflict"], []).append(values)
    return sorted((_case(node, found) for node, found in rows.items()), key=lambda case: case.id)


_VALUES: Final = (
    "claim", "reason", "foundBy", "judgement", "judge", "judgeKind", "judged", "grounds", "upheld", "note",
)  # fmt: skip


def _case(node: NamedNode, rows: Sequence[dict[str, str]]) -> Case:
    first = rows[0]
    case_id = data_name(node.value).replace(f"/{TABLE}/", "/", 1)
    answer = None
    if first["judgement"] != OPEN:
        signed = (first[name] for name in ("judge", "judgeKind", "judged", "grounds"))
        answer = ConflictAnswer(first["judgement"], _nodes(row["upheld"] for row in rows), *signed)
    return Case(
        case_id,
        sides_of(_nodes(row["claim"] for row in rows)),
        first["reason"],
        first["foundBy"],
        case_id.partition("/")[2].rpartition("-")[0] if first["foundBy"] == RULE else "",
        answer,
        "; ".join(dict.fromkeys(row["note"] for row in rows if row["note"])),
    )


def _nodes(iris: Iterable[str]) -> Side:
    return tuple(NamedNode(iri) for iri in dict.fromkeys(iris) if iri)
