"""ClaimColumns and edges as columns: numbers into lists of distinct values, so that each value is read once.

Decision: docs/decisions/0177-networks-are-columns.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tipgraph.analysis.network.folds import Attributes, Edge

Numbers: TypeAlias = NDArray[np.int64]
Mask: TypeAlias = NDArray[np.bool_]


class ValueColumn(NamedTuple):
    """One value, or none, for each row: `values[codes[row]]`, or none if the code is -1. The values are distinct.

    >>> ValueColumn.of(["a", None, "b", "a"]).codes.tolist()
    [0, -1, 1, 0]
    """

    codes: Numbers
    values: Sequence[Any]

    @classmethod
    def of(cls, objects: Iterable[Any]) -> "ValueColumn":
        """Return the column of some objects; None is no value."""
        rows = list(objects)
        values = [value for value in dict.fromkeys(rows) if value is not None]
        known = {**dict(zip(values, range(len(values)), strict=True)), None: -1}
        return cls(np.fromiter(map(known.__getitem__, rows), np.int64, len(rows)), values)

    @classmethod
    def joined(cls, parts: Sequence["ValueColumn"]) -> "ValueColumn":
        """Return the rows of several columns as one."""
        first, codes = parts[0].values, [part.codes for part in parts]
        if all(part.values is first for part in parts):
            return cls(np.concatenate(codes), first)
        known = dict(zip(first, range(len(first)), strict=True))
        for at, part in enumerate(parts[1:], 1):
            if part.values is not first:
                numbers = [known.setdefault(value, len(known)) for value in part.values]
                codes[at] = np.array([*numbers, -1], np.int64)[part.codes]
        return cls(np.concatenate(codes), list(known))

    @property
    def given(self) -> Mask:
        """The rows with a value."""
        return self.codes >= 0

    def objects(self) -> list[Any]:
        """Return the value of each row; None for none."""
        values = np.empty(len(self.values) + 1, object)
        values[:-1] = self.values
        objects: list[Any] = values[self.codes].tolist()
        return objects

    def take(self, rows: Numbers | Mask) -> "ValueColumn":
        """Return some rows."""
        return ValueColumn(self.codes[rows], self.values)

    def only(self, rows: Mask) -> "ValueColumn":
        """Return the column with no value but in some rows."""
        return ValueColumn(np.where(rows, self.codes, -1), self.values)

    def otherwise(self, other: "ValueColumn") -> "ValueColumn":
        """Return the column with the value of another in rows without one."""
        both = ValueColumn.joined([self, other])
        own, rest = np.split(both.codes, 2)
        return ValueColumn(np.where(own >= 0, own, rest), both.values)

    def where(self, test: Callable[[Any], bool]) -> Mask:
        """Return the rows whose value passes a test."""
        return np.array([*(test(value) for value in self.values), False], bool)[self.codes]

    def mapped(self, function: Callable[[Any], Any]) -> "ValueColumn":
        """Return what a function makes of each value; None is no value."""
        made = ValueColumn.of(function(value) for value in self.values)
        return ValueColumn(np.append(made.codes, -1)[self.codes], made.values)


class Cells(NamedTuple):
    """Any number of values for each row: those of `codes[ends[row]:ends[row + 1]]`."""

    ends: Numbers
    codes: Numbers
    values: Sequence[str]

    @classmethod
    def none(cls, size: int) -> "Cells":
        """Return cells without a value."""
        return cls(np.zeros(size + 1, np.int64), np.empty(0, np.int64), [])

    @classmethod
    def of(cls, lists: Sequence[Sequence[str]]) -> "Cells":
        """Return the cells of some lists."""
        return cls.counted([len(values) for values in lists], ValueColumn.of(chain.from_iterable(lists)))

    @classmethod
    def counted(cls, counts: Sequence[int] | Numbers, column: ValueColumn) -> "Cells":
        """Return the values of a column as cells of as many values each."""
        return cls(np.concatenate(([0], np.cumsum(counts, dtype=np.int64))), column.codes, column.values)

    @classmethod
    def beside(cls, parts: Sequence["Cells"]) -> "Cells":
        """Return the cells of several properties as one."""
        order = np.argsort(np.concatenate([part.rows for part in parts]), kind="stable")
        counts = np.sum([part.counts for part in parts], axis=0)
        return cls.counted(
            counts, ValueColumn.joined([ValueColumn(part.codes, part.values) for part in parts]).take(order)
        )

    @property
    def counts(self) -> Numbers:
        """The number of values of each row."""
        return np.diff(self.ends)

    @property
    def rows(self) -> Numbers:
        """The row of each value."""
        return np.repeat(np.arange(len(self.ends) - 1), self.counts)

    @property
    def first(self) -> ValueColumn:
        """The first value of each row."""
        codes = np.append(self.codes, -1)[self.ends[:-1]]
        return ValueColumn(np.where(self.counts > 0, codes, -1), self.values)

    def has(self, value: str) -> Mask:
        """Return the rows that have a value."""
        hits = self.rows[ValueColumn(self.codes, self.values).where(value.__eq__)]
        return np.bincount(hits, minlength=len(self.ends) - 1) > 0

    def take(self, rows: Numbers) -> "Cells":
        """Return some rows."""
        counts = self.counts[rows]
        return Cells.counted(counts, ValueColumn(self.codes[spread(self.ends[rows], counts)], self.values))

    def mapped(self, function: Callable[[str], str]) -> "Cells":
        """Return what a function makes of each value."""
        return Cells(self.ends, *ValueColumn(self.codes, self.values).mapped(function))

    def texts(self, mark: str) -> ValueColumn:
        """Return the values of each row as one text."""
        column = self.first
        several = np.flatnonzero(self.counts > 1)
        if not several.size:
            return column
        texts = ValueColumn.of(mark.join(values) for values in self.take(several).lists())
        codes = np.full(len(column.codes), -1)
        codes[several] = texts.codes
        return ValueColumn(codes, texts.values).otherwise(column)

    def lists(self) -> Iterator[list[str]]:
        """Yield the values of each row."""
        flat, ends = ValueColumn(self.codes, self.values).objects(), self.ends.tolist()
        yield from (flat[start:end] for start, end in pairwise(ends))


@dataclass(eq=False)
class ClaimColumns:
    """The members of a class in the order of their IRIs, with the cells of some properties by IRI.

    Codes are notations, things IRIs, and all else is text. Properties without any value are absent.
    """

    iris: list[str]
    cells: Mapping[str, Cells]

    def __getitem__(self, name: str) -> Cells:
        """Return the cells of a property."""
        return self.cells.get(name) or Cells.none(len(self.iris))

    def rows(self) -> dict[str, dict[str, list[str]]]:
        """Return the values of each member by property; members without any are left out."""
        names = list(self.cells)
        rows = zip(self.iris, *(cells.lists() for cells in self.cells.values()), strict=True)
        members = ((iri, {name: cell for name, cell in zip(names, row, strict=True) if cell}) for iri, *row in rows)
        return {iri: values for iri, values in members if values}


@dataclass(eq=False)
class EdgeColumns:
    """Edges as columns: start and end (IRIs), a distinct key, and attributes by name."""

    start: ValueColumn
    end: ValueColumn
    key: ValueColumn
    attributes: dict[str, ValueColumn]

    def __len__(self) -> int:
        """Return the number of edges."""
        return len(self.key.codes)

    @classmethod
    def of(cls, rows: Sequence[Edge]) -> "EdgeColumns":
        """Return edges as columns."""
        names = dict.fromkeys(name for *_, data in rows for name in data)
        start, end, key = (ValueColumn.of(row[at] for row in rows) for at in range(3))
        return cls(start, end, key, {name: ValueColumn.of(row[3].get(name) for row in rows) for name in names})

    @classmethod
    def joined(cls, parts: Sequence["EdgeColumns"]) -> "EdgeColumns":
        """Return the edges of several parts."""
        parts = [part for part in parts if len(part)] or [cls.of([])]
        if len(parts) == 1:
            return parts[0]
        names = dict.fromkeys(name for part in parts for name in part.attributes)
        return cls(
            ValueColumn.joined([part.start for part in parts]),
            ValueColumn.joined([part.end for part in parts]),
            ValueColumn.joined([part.key for part in parts]),
            {name: ValueColumn.joined([part[name] for part in parts]) for name in names},
        )

    def __getitem__(self, name: str) -> ValueColumn:
        """Return an attribute; without a value if no edge has it."""
        return self.attributes.get(name) or ValueColumn(np.full(len(self), -1), [])

    def take(self, rows: Numbers | Mask) -> "EdgeColumns":
        """Return some edges, with the attributes that any of them has."""
        taken = {name: column.take(rows) for name, column in self.attributes.items()}
        attributes = {name: column for name, column in taken.items() if column.given.any()}
        return EdgeColumns(self.start.take(rows), self.end.take(rows), self.key.take(rows), attributes)

    def rows(self) -> list[Edge]:
        """Return each edge as `(start, end, key, attributes)`, with only the attributes that it has."""
        ends = self.start.objects(), self.end.objects(), self.key.objects()
        return list(zip(*ends, records(self.attributes, len(self)), strict=True))


def records(columns: Mapping[str, ValueColumn], size: int) -> list[Attributes]:
    """Return the values of each row by name, without those that it has not."""
    rows: list[Attributes] = [{} for _ in range(size)]
    pattern = np.zeros(size, np.int64)  # of the columns that have a value, as bits
    for bit, column in enumerate(columns.values()):
        pattern |= column.given.astype(np.int64) << bit
    for bits in np.unique(pattern).tolist():
        chosen = np.flatnonzero(pattern == bits)
        own = {name: column.take(chosen) for bit, (name, column) in enumerate(columns.items()) if bits >> bit & 1}
        cells = zip(*(column.objects() for column in own.values()), strict=True)
        for row, values in zip(chosen.tolist(), cells, strict=False):
            rows[row] = dict(zip(own, values, strict=True))
    return rows


def pairs(starts: Cells, ends: Cells, rows: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return each start with each end within some rows: the row, and the positions of both among the codes."""
    counts = starts.counts[rows] * ends.counts[rows]
    row = np.repeat(rows, counts)
    number = spread(np.zeros(len(rows), np.int64), counts)
    width = ends.counts[row]
    return row, starts.ends[row] + number // np.maximum(width, 1), ends.ends[row] + number % np.maximum(width, 1)


def spread(starts: Numbers, counts: Numbers) -> Numbers:
    """Return `counts` numbers from each start on."""
    before = np.cumsum(counts) - counts
    places: Numbers = np.arange(counts.sum()) + np.repeat(starts - before, counts)
    return places
