"""Which rows of an answer stand in another one too, which have changed, which are gone and which are new."""

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
    """A row, by its index in the whole answer, that is another one now."""

    row: int
    after: Row


@dataclass(frozen=True)
class Matched:
    """The rows of an answer, by their indices, as they stand among others; `new` are those others that none is."""

    kept: Sequence[int]
    gone: Sequence[int]
    changes: Sequence[RowChange]
    new: Sequence[Row]


def matched(whole: Answer, rows: Sequence[Row]) -> Matched:
    """Compare the rows of an answer with others, each of which is taken once.

    A row has changed where another one is about the same things, or else by the same claim, with other values.
    """
    kept, gone = _alike(whole.rows, rows)
    new = [rows[index] for index in _alike(rows, whole.rows)[1]]
    changes: list[RowChange] = []
    for name in (_things, lambda row: next(iter(whole.claims(row)), None)):
        gone, new, found = _paired(whole.rows, gone, new, name)
        changes += found
    return Matched(kept, gone, sorted(changes, key=lambda one: one.row), new)


def borne_out(whole: Answer, found: Matched) -> list[int]:
    """Return which of the rows that are gone say what a kept row says by claims of other sources."""
    left: dict[Row, list[list[NamedNode]]] = {}
    for index in found.kept:
        left.setdefault(_about(whole, index), []).append(whole.claims(whole.rows[index]))

    def carried(index: int) -> bool:
        claims = whole.claims(whole.rows[index])
        return any(_carry(whole, claims, others) for others in left.get(_about(whole, index), ())) if claims else False

    return [index for index in found.gone if carried(index)]


def _alike(rows: Sequence[Row], others: Sequence[Row]) -> tuple[list[int], list[int]]:
    """Divide the indices of rows: those that stand among others, and the rest."""
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
    """Pair what is gone with what is new by a name that both have; return what is left of both, and the pairs."""
    waiting: dict[Hashable, list[int]] = {}
    for at, row in enumerate(new):
        waiting.setdefault(name(row), []).append(at)
    left: list[int] = []
    changes: list[RowChange] = []
    taken: set[int] = set()
    for index in gone:
        called = name(rows[index])
        if called is not None and waiting.get(called):
            taken.add(at := waiting[called].pop(0))
            changes.append(RowChange(index, new[at]))
        else:
            left.append(index)
    return left, [row for at, row in enumerate(new) if at not in taken], changes


def _things(row: Row) -> Row:
    """Return the things and the claims of a row."""
    return tuple(term if isinstance(term, NamedNode) and term.value.startswith(DATA) else None for term in row)


def _about(whole: Answer, index: int) -> Row:
    row = whole.rows[index]
    claims = whole.claims(row)
    return tuple(None if term in claims else term for term in _things(row))


def _carry(whole: Answer, claims: Sequence[NamedNode], others: Sequence[NamedNode]) -> bool:
    return len(claims) == len(others) and all(
        one == other or other in whole.supports[one].others for one, other in zip(claims, others, strict=True)
    )
