"""What a measure answers: a table whose rows name things or ties, their values, and the claims behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | float


@dataclass(frozen=True)
class MeasureRow:
    """One row: the IRIs that it is about (one thing, or the ends of a tie), its values, and where that is said.

    `key` tells the row from others of its table that are about the same things.
    """

    things: tuple[str, ...]
    values: tuple[Value, ...]
    claims: tuple[str, ...] = ()
    said_at: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, ...]:
        """What the row is called when two tables of one measure are compared."""
        return self.things + self.key


@dataclass(frozen=True)
class MeasureTable:
    """The answer of a measure.

    `names` are the columns of the things of a row, `columns` those of its values; `notes` say how to read them. `value`
    is the index of the column that is the measure itself; where `ranked`, the rows stand in its order.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    rows: list[MeasureRow]
    notes: tuple[str, ...] = ()
    ranked: bool = True
    value: int = 0

    def measured(self) -> dict[tuple[str, ...], Value]:
        """Return the measure itself by the name of the row."""
        return {row.name: row.values[self.value] for row in self.rows}

    def ranks(self) -> dict[tuple[str, ...], int]:
        """Return the rank of each row by its name, from 1; equal values share a rank. Without ranks it is empty."""
        if not self.ranked:
            return {}
        found: dict[tuple[str, ...], int] = {}
        last: Value | None = None
        rank = 0
        for place, row in enumerate(self.rows, 1):
            if row.values[self.value] != last:
                rank, last = place, row.values[self.value]
            found[row.name] = rank
        return found


def ranked(rows: Sequence[MeasureRow], *, ascending: bool = False) -> list[MeasureRow]:
    """Return rows in the order of their first value, then of the IRIs of their things."""
    by_things = sorted(rows, key=lambda row: row.things)
    return sorted(by_things, key=lambda row: row.values[0], reverse=not ascending)
