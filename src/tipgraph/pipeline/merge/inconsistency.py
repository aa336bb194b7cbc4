"""Judgements that contradict each other, each shown with those that it contradicts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tipgraph.errors import Fault
from tipgraph.pipeline.merge.clusters import representatives, same_chain
from tipgraph.pipeline.merge.judgements import DIRECTED, Judgement
from tipgraph.sources import Source

FILE = "data/reference/identity.csv"


def faults(judgements: Sequence[Judgement], roots: Mapping[str, str]) -> list[Fault]:
    """Return the faults of judgements; the column of a fault is the id of its judgement.

    `roots` gives the kind of thing of each node, such as Actor or Place, if known.
    """
    found = [*_unlike_things(judgements, roots), *_judged_twice(judgements), *_joined_anyway(judgements)]
    return [Fault(message, FILE, None, judgement.id) for judgement, message in found]


def placed(faults: Iterable[Fault], sources: Iterable[Source]) -> list[Fault]:
    """Return faults with the file and the row of the judgement that their column names."""
    places = {
        f"{source.name}/{table.name}/{row.cells.get('id', '')}": (table.at(row), row.line)
        for source in sources
        for table in source.tables.values()
        if table.name == "identity"
        for row in table.rows
    }
    at = ((fault, *places.get(fault.column, (fault.file, fault.row))) for fault in faults)
    return [fault._replace(file=file, row=row) for fault, file, row in at]


def different_chain(judgements: Sequence[Judgement], left: str, right: str) -> list[Judgement]:
    """Return the judgements that make two nodes different: one of *different*, and the chains to its nodes.

    >>> same, different = Judgement("j1", "a", "b", "same"), Judgement("j2", "b", "c", "different")
    >>> [judgement.id for judgement in different_chain([same, different], "a", "c")]
    ['j1', 'j2']
    """
    first_of = representatives(judgements)
    sides = {first_of.get(left, left), first_of.get(right, right)}
    for judgement in judgements:
        if judgement.keeps_apart and {first_of.get(node, node) for node in judgement.pair} == sides:
            first, last = judgement.left, judgement.right
            if first_of.get(first, first) != first_of.get(left, left):
                first, last = last, first
            return [*same_chain(judgements, left, first), judgement, *same_chain(judgements, last, right)]
    return []


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
