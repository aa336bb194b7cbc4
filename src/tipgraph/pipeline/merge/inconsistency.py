"""Judgements that cannot all be right: each is shown with every judgement that it contradicts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tipgraph.errors import Fault
from tipgraph.pipeline.merge.clusters import path, standing
from tipgraph.pipeline.merge.judgements import Judgement
from tipgraph.sources import Source

FILE = "data/reference/identity.csv"


def faults(judgements: Sequence[Judgement], roots: Mapping[str, str]) -> list[Fault]:
    """Return what is wrong with judgements; the column of a fault is the id of its judgement.

    `roots` has the kind of thing that each node is, such as Actor or Place, where that is known.
    """
    found = [*_unlike(judgements, roots), *_twice(judgements), *_joined_all_the_same(judgements)]
    return [Fault(message, FILE, None, one.id) for one, message in found]


def placed(found: Iterable[Fault], sources: Iterable[Source]) -> list[Fault]:
    """Return faults with the file and the row of the judgement that their column names."""
    rows = {
        f"{source.name}/{table.name}/{row.cells.get('id', '')}": (table.at(row), row.line)
        for source in sources
        for table in source.tables.values()
        if table.name == "identity"
        for row in table.rows
    }
    return [_at(fault, *rows[fault.column]) if fault.column in rows else fault for fault in found]


def parted(judgements: Sequence[Judgement], left: str, right: str) -> list[Judgement]:
    """Return the judgements by which two nodes are different: one of *different*, and those that lead to its nodes.

    >>> one, two = Judgement("j1", "a", "b", "same"), Judgement("j2", "b", "c", "different")
    >>> [one.id for one in parted([one, two], "a", "c")]
    ['j1', 'j2']
    """
    stands = standing(judgements)
    sides = {stands.get(left, left), stands.get(right, right)}
    for one in judgements:
        if one.verdict == "different" and {stands.get(node, node) for node in one.pair} == sides:
            first, last = (one.left, one.right)
            if stands.get(first, first) != stands.get(left, left):
                first, last = last, first
            return [*path(judgements, left, first), one, *path(judgements, last, right)]
    return []


def _unlike(judgements: Iterable[Judgement], roots: Mapping[str, str]) -> Iterator[tuple[Judgement, str]]:
    for one in judgements:
        left, right = (roots.get(node, "") for node in (one.left, one.right))
        if one.left == one.right:
            yield one, f"{one.left} is judged beside itself; name two nodes, or remove the row"
        elif left and right and left != right and one.verdict != "different":
            yield one, f"{one.left} ({left}) and {one.right} ({right}) are unlike things; correct or remove the row"


def _twice(judgements: Iterable[Judgement]) -> Iterator[tuple[Judgement, str]]:
    """Yield what is judged again: otherwise by anybody, or alike by the same judge."""
    said: dict[frozenset[str], list[Judgement]] = {}
    for one in judgements:
        for before in said.get(one.pair, ()):
            if before.verdict != one.verdict:
                yield one, f"judged {one.verdict}, but {before}; remove one of the two rows"
            elif before.judge == one.judge:
                yield one, f"says again what {before.number} says: {before}; remove one of the two rows"
        said.setdefault(one.pair, []).append(one)


def _joined_all_the_same(judgements: Sequence[Judgement]) -> Iterator[tuple[Judgement, str]]:
    stands = standing(judgements)
    for one in judgements:
        left, right = one.left, one.right
        if one.verdict == "different" and left != right and stands.get(left, left) == stands.get(right, right):
            way = "; ".join(map(str, path(judgements, left, right)))
            yield (
                one,
                f"judged different, but other judgements join {left} and {right}; change one of them: {one}; {way}",
            )


def _at(fault: Fault, file: str, row: int) -> Fault:
    return fault._replace(file=file, row=row)
