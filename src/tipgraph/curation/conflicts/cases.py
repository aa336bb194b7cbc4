"""One contradiction: its claims on their sides, why, who found it, and what was answered.

Decision: docs/decisions/0018-a-verdict-names-the-claims-it-upholds.md.
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
_WORDS: Final = {"both-stand": "both may stand"}  # the label of its code, which says less than its name
Side: TypeAlias = tuple[NamedNode, ...]


class ConflictAnswer(NamedTuple):
    """An answer: the code of the judgement, the claims that are upheld, and the signature of the judge."""

    judgement: str
    upheld: Side
    judge: str
    judge_kind: str
    judged: str
    grounds: str

    @property
    def signed(self) -> Signature:
        """Who answered, of which kind, when and why."""
        return Signature(*self[2:])


@dataclass(frozen=True)
class Case:
    """A contradiction, called as its source and its row: `oas-cim-2005/p31-1`; `answer` is None while it is open.

    A side is what one source says, or where only one speaks, each claim of it. `found_by` is the kind of its finder
    (person, ai-agent or rule), `rule` the rule that found it, if one did.
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
        """Every claim, side by side."""
        return tuple(claim for side in self.sides for claim in side)

    @property
    def iri(self) -> NamedNode:
        """The node that it is in a graph, or will be."""
        return data_iri(self.source, TABLE, self.row)

    @property
    def source(self) -> str:
        """The source whose table it stands in, or is to stand in."""
        return self.id.partition("/")[0]

    @property
    def row(self) -> str:
        """The id of its row."""
        return self.id.partition("/")[2]

    @property
    def is_proposed(self) -> bool:
        """Tell whether only a rule finds it, and nobody has answered."""
        return bool(self.rule) and self.answer is None

    @property
    def is_held(self) -> bool:
        """Tell whether it is a contradiction: found by a reader, or confirmed, and not judged to be none."""
        return not self.is_proposed and not (self.answer and self.answer.judgement == NO_CONFLICT)

    @property
    def within(self) -> str:
        """The source that contradicts itself; empty where sources contradict each other."""
        return "" if len(set(map(source_of, self.claims))) > 1 else source_of(self.claims[0])

    @property
    def verdict(self) -> str:
        """What was answered, in words: which side is right, by its place, or `both may stand`; or else `open`."""
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
    """How many contradictions there are, how many of them are open, and how many more a rule only proposes."""

    held: int
    opened: int
    proposed: int


def tally(cases: Iterable[Case]) -> Tally:
    """Count contradictions: what a reader found or a person confirmed.

    What only a rule finds is none until somebody answers, and what was judged to be none is not counted.
    """
    every = list(cases)
    held = [one for one in every if one.is_held]
    return Tally(len(held), sum(one.answer is None for one in held), sum(one.is_proposed for one in every))


def sides_of(claims: Iterable[NamedNode]) -> tuple[Side, ...]:
    """Return claims as the sides of a contradiction, in the order of their IRIs.

    >>> claims = [data_iri("a", "funding", "1"), data_iri("b", "funding", "1"), data_iri("b", "funding", "2")]
    >>> [len(side) for side in sides_of(claims)], [len(side) for side in sides_of(claims[1:])]
    ([1, 2], [1, 1])
    """
    by: dict[str, list[NamedNode]] = {}
    for claim in sorted(set(claims), key=str):
        by.setdefault(source_of(claim), []).append(claim)
    return tuple(map(tuple, by.values())) if len(by) > 1 else tuple((claim,) for some in by.values() for claim in some)


def source_of(claim: NamedNode) -> str:
    """Return the name of the source that says a claim."""
    return data_name(claim.value).partition("/")[0]


def home_of(claims: Iterable[NamedNode]) -> str:
    """Return in whose table a contradiction belongs: that of the source of all its claims, else the reference's."""
    sources = {source_of(claim) for claim in claims}
    return sources.pop() if len(sources) == 1 else REFERENCE_NAME


def kept(graph: Graph) -> list[Case]:
    """Return the contradictions that a graph holds, in the order of their ids."""
    rows: dict[NamedNode, list[dict[str, str]]] = {}
    for row in graph.named("conflicts-kept"):
        cells = {name: row[name].value if row[name] is not None else "" for name in _VALUES}
        rows.setdefault(row["conflict"], []).append(cells)
    return sorted((_case(node, found) for node, found in rows.items()), key=lambda one: one.id)


_VALUES: Final = (
    "claim", "reason", "foundBy", "judgement", "judge", "judgeKind", "judged", "grounds", "upheld", "note",
)  # fmt: skip


def _case(node: NamedNode, rows: Sequence[dict[str, str]]) -> Case:
    first = rows[0]
    name = data_name(node.value).replace(f"/{TABLE}/", "/", 1)
    upheld = _nodes(row["upheld"] for row in rows)
    said = (first[name] for name in ("judge", "judgeKind", "judged", "grounds"))
    return Case(
        name,
        sides_of(_nodes(row["claim"] for row in rows)),
        first["reason"],
        first["foundBy"],
        name.partition("/")[2].rpartition("-")[0] if first["foundBy"] == RULE else "",
        None if first["judgement"] == OPEN else ConflictAnswer(first["judgement"], upheld, *said),
        "; ".join(dict.fromkeys(row["note"] for row in rows if row["note"])),
    )


def _nodes(iris: Iterable[str]) -> Side:
    return tuple(NamedNode(iri) for iri in dict.fromkeys(iris) if iri)
