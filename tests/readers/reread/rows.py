"""Rows of what a file says and of what the graph claims, and the differences between them, each with its reason."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

Values = tuple[tuple[str, str], ...]
File = TypeVar("File")
SUMS = (("giver",), ("receiver",), ("year",), ("finance",), ("kind",), ("giver", "receiver", "year", "finance", "kind"))
ONCE = {"name", "organization"}  # topics of which a file says one thing many times


@dataclass(frozen=True)
class Row:
    """One thing that is said: its topic, its values by name, and where it stands in the file (and on which side)."""

    topic: str
    values: Values
    place: tuple[int, int] = field(default=(0, 0), compare=False)
    side: str = field(default="", compare=False)

    def __getitem__(self, name: str) -> str:
        return dict(self.values).get(name, "")

    def but(self, **values: str) -> "Row":
        """Return the row with other values; an empty one is left out."""
        return replace(self, values=_values({**dict(self.values), **values}))


def row(topic: str, place: tuple[int, int] = (0, 0), /, **values: str) -> Row:
    """Make a row; a value that is empty is none."""
    return Row(topic, _values(values), place)


def _values(values: dict[str, str]) -> Values:
    return tuple(sorted((name, value) for name, value in values.items() if value))


@dataclass(frozen=True)
class Difference:
    """A row that the graph has otherwise, or not at all. A difference without a reason is a fault of one of the two."""

    reason: str
    said: Row | None
    claimed: Row | None

    def __str__(self) -> str:
        at = self.said or self.claimed
        assert at is not None
        record, element = at.place
        where = f" (record {record}{f', element {element}' * bool(element)})" if record else ""
        return f"{at.topic}{where}: {'; '.join(self._values())}"

    def _values(self) -> Iterator[str]:
        if self.said is None or self.claimed is None:
            yield "only in the " + ("graph" if self.said is None else "file")
        for name, value in (self.said or self.claimed or Row("", ())).values:
            if self.said is None or self.claimed is None or self.said[name] == self.claimed[name]:
                yield f"{name} {value}"
        if self.said is not None and self.claimed is not None:
            for name in sorted({name for name, _ in set(self.said.values) ^ set(self.claimed.values)}):
                yield f"{name}: file {self.said[name] or 'none'}, graph {self.claimed[name] or 'none'}"


@dataclass
class Comparison:
    """How many rows and sums agree, by topic, and the differences; `expected` is what a file says, by the reasons."""

    expected: list[Row] = field(default_factory=list)
    agreed: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)

    @property
    def unexplained(self) -> list[Difference]:
        """The differences that no reason explains."""
        return [difference for difference in self.differences if not difference.reason]

    def by_reason(self) -> dict[str, list[Difference]]:
        """Group the differences by their reason, unexplained ones first."""
        groups: defaultdict[str, list[Difference]] = defaultdict(list)
        for difference in self.differences:
            groups[difference.reason].append(difference)
        return dict(sorted(groups.items()))


Reason = Callable[[Row, File], Row | None]


def compare(said: Iterable[Row], claimed: Iterable[Row], file: File, reasons: Sequence[Reason[File]]) -> Comparison:
    """Compare what a file says with what is claimed.

    A reason is a function that looks at one row and at the file, and nothing else. If the file proves that the reason
    holds, the function returns the row that is to be expected then, or None if no claim is. The rest has to agree.
    """
    comparison, plain, found = Comparison(), list(said), list(claimed)
    expected = [_expected(one, file, reasons, comparison.differences) for one in plain]
    wanted = comparison.expected = _once([one for one in expected if one])
    same = Counter(wanted) & Counter(found)
    for one, number in same.items():
        comparison.agreed[one.topic] += number
    only_said, only_found = ((Counter(rows) - same).elements() for rows in (wanted, found))
    comparison.differences += _pairs(list(only_said), list(only_found))
    _compare_sums(comparison, plain, wanted, found)
    return comparison


def _expected(said: Row, file: File, reasons: Iterable[Reason[File]], noted: list[Difference]) -> Row | None:
    """Return what the graph should claim instead of a row, and note each reason that holds."""
    row: Row | None = said
    for reason in reasons:
        if row is None:
            break
        if (changed := reason(row, file)) != row:
            noted.append(Difference(reason.__name__.replace("_", " "), row, changed))
        row = changed
    return row


def _once(rows: list[Row]) -> list[Row]:
    repeated = dict.fromkeys(one for one in rows if one.topic in ONCE)
    return [*repeated, *(one for one in rows if one.topic not in ONCE)]


def _pairs(said: list[Row], claimed: list[Row]) -> list[Difference]:
    """Pair rows of one topic that stand at one place, and list the rest alone."""
    by_place: defaultdict[tuple[str, tuple[int, int]], list[Row]] = defaultdict(list)
    for one in claimed:
        by_place[one.topic, one.place].append(one)
    pairs = [Difference("", one, others.pop() if (others := by_place[one.topic, one.place]) else None) for one in said]
    return pairs + [Difference("", None, one) for others in by_place.values() for one in others]


def _compare_sums(comparison: Comparison, plain: list[Row], wanted: list[Row], found: list[Row]) -> None:
    for names in SUMS:
        by_standard, expected, claimed = (sums(rows, names) for rows in (plain, wanted, found))
        for group in sorted(expected.keys() | claimed.keys()):
            if expected[group] != claimed[group]:
                said, has = (row("sum", **dict(group), amount=str(total[group])) for total in (expected, claimed))
                comparison.differences.append(Difference("", said, has))
            else:
                same = by_standard[group] == claimed[group]
                comparison.agreed["sum" if same else "sum, by the reasons below"] += 1


def sums(rows: Iterable[Row], names: Iterable[str]) -> defaultdict[Values, Decimal]:
    """Add up amounts by currency and some values; the year is that of the date."""
    totals: defaultdict[Values, Decimal] = defaultdict(Decimal)
    for one in rows:
        if one["amount"]:
            values = {name: one[name] if name != "year" else one["date"][:4] for name in names}
            totals[_values({**values, "currency": one["currency"]})] += Decimal(one["amount"])
    return totals
