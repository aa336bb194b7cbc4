"""Match the rows of two answers: kept, changed, gone and new ones."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from pyoxigraph import NamedNode

from tipgraph.graph import Answer, Term
from tipgraph.model import DATA

Row: TypeAlias = tuple[Term | None, ...]
_Name: TypeAlias = Callable[[Row], Hashable]


class RowChange(NamedTuple):
    """A changed row: its index in the whole answer, and the new row."""

    row: int
    after: Row


@dataclass(frozen=True)
class Matched:
    """The rows of an answer that are kept, gone or changed in other rows, by index; `new` are the rest of these."""

    kept: Sequence[int]
    gone: Sequence[int]
    changes: Sequence[RowChange]
    new: Sequence[Row]


def matched(whole: Answer, rows: Sequence[Row]) -> Matched:
    """Match the rows of an answer with other rows, each at most once.

    A row has changed if another is about the same things, or else by the same claim, with other values.
    """
    kept, gone = _alike(whole.rows, rows)
    new = [rows[index] for index in _alike(rows, whole.rows)[1]]
    changes: list[RowChange] = []
    for name in (_things, lambda row: next(iter(whole.claims(row)), None)):
        gone, new, pairs = _paired(whole.rows, gone, new, name)
        changes += pairs
    return Matched(kept, gone, sorted(changes, key=lambda change: change.row), new)


def borne_out(whole: Answer, matches: Matched) -> list[int]:
    """Return the rows that are gone while a kept row says the same by claims of other sources."""
    left: dict[Row, list[list[NamedNode]]] = {}
    for index in matches.kept:
        left.setdefault(_about(whole, index), []).append(whole.claims(whole.rows[index]))

    def carried(index: int) -> bool:
        claims = whole.claims(whole.rows[index])
        return any(_carry(whole, claims, others) for others in left.get(_about(whole, index), ())) if claims else False

    return [index for index in matches.gone if carried(index)]


def _alike(rows: Sequence[Row], others: Sequence[Row]) -> tuple[list[int], list[int]]:
    """Divide the indices of rows: those that are among others, and the rest."""
    left = Counter(others)
    there: list[int] = []
    absent: list[int] = []
    for index, row in enumerate(rows):
        (there if left[row] > 0 else absent).append(index)
        left[row] -= 1
    return there, absent


def _paired(
    rows: Sequence[Row], gone: Sequence[int], new: Sequence[Row], name: _Name
) -> tuple[list[int], list[Row], list[RowChange]]:
    """Pair gone rows with new ones of the same name; return the unpaired gone and new rows, and the pairs."""
    waiting: dict[Hashable, list[int]] = {}
    for at, row in enumerate(new):
        waiting.setdefault(name(row), []).append(at)
    left: list[int] = []
    changes: list[RowChange] = []
    taken: set[int] = set()
    for index in gone:
        key = name(rows[index])
        if key is not None and waiting.get(key):
            taken.add(at := waiting[key].pop(0))
            changes.append(RowChange(index, new[at]))
        else:
            left.append(index)
    return left, [row for at, row in enumerate(new) if at not in taken], changes


def _things(row: Row) -> Row:
    """Return a row with its things and claims only."""
    return tuple(term if isinstance(term, NamedNode) and term.value.startswith(DATA) else None for term in row)


def _about(whole: Answer, index: int) -> Row:
    row = whole.rows[index]
    claims = whole.claims(row)
    return tuple(None if term in claims else term for term in _things(row))


def _carry(whole: Answer, claims: Sequence[NamedNode], others: Sequence[NamedNode]) -> bool:
    return len(claims) == len(others) and all(
        claim == other or other in whole.supports[claim].others for claim, other in zip(claims, others, strict=True)
    )
