"""The result of a measure: a table whose rows name things or ties, their values, and their claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = str | int | float


@dataclass(frozen=True)
class MeasureRow:
    """A row: the IRIs of a thing or of the ends of a tie, values, claims and their places.

    `key` distinguishes rows about the same things.
    """

    things: tuple[str, ...]
    values: tuple[Value, ...]
    claims: tuple[str, ...] = ()
    said_at: tuple[str, ...] = ()
    key: tuple[str, ...] = ()

    @property
    def name(self) -> tuple[str, ...]:
        """The name by which rows of two tables are compared."""
        return self.things + self.key


@dataclass(frozen=True)
class MeasureTable:
    """The result of a measure.

    `names` are the columns of things, `columns` those of values; `notes` explain them. `value` is the index of the
    column with the measure itself; if `ranked`, rows are in its order.
    """

    names: tuple[str, ...]
    columns: tuple[str, ...]
    rows: list[MeasureRow]
    notes: tuple[str, ...] = ()
    ranked: bool = True
    value: int = 0

    def measured(self) -> dict[tuple[str, ...], Value]:
        """Return the value of the measure for each row, by name."""
        return {row.name: row.values[self.value] for row in self.rows}

    def ranks(self) -> dict[tuple[str, ...], int]:
        """Return the rank of each row by name, from 1; equal values share a rank. Empty if not `ranked`."""
        if not self.ranked:
            return {}
        ranks: dict[tuple[str, ...], int] = {}
        last: Value | None = None
        rank = 0
        for place, row in enumerate(self.rows, 1):
            if row.values[self.value] != last:
                rank, last = place, row.values[self.value]
            ranks[row.name] = rank
        return ranks


def ranked(rows: Sequence[MeasureRow], *, ascending: bool = False) -> list[MeasureRow]:
    """Return rows sorted by their first value, then by their things."""
    by_things = sorted(rows, key=lambda row: row.things)
    return sorted(by_things, key=lambda row: row.values[0], reverse=not ascending)
