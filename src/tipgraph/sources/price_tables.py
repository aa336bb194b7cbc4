"""The exchange rates and price indices of the reference, each with its source; they become no statements.

A row of a project's reference replaces that of the kit for its currency and year.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import Fault, InputError
from tipgraph.model import REFERENCE_NAME, kit
from tipgraph.sources.folder import PRICE_BOOKS, cell_faults, read_table

EURO: Final = "EUR"
_RATES, _INDICES, _SOURCES = PRICE_BOOKS


class RateSource(NamedTuple):
    """Who publishes figures, where and on which terms; `until` is their last day, `taken` the day of our copy."""

    label: str
    title: str
    publisher: str
    address: str
    licence: str
    until: str
    taken: str


class YearFigure(NamedTuple):
    """The figure of a currency for a year, and the id of its source."""

    figure: Decimal
    source: str


Figures = dict[tuple[str, int], YearFigure]


@dataclass
class PriceTables:
    """Units of a currency for one euro, and price indices, by currency and year; `sources` by their ids.

    >>> price_tables().rates["SEK", 2015]
    YearFigure(figure=Decimal('9.35346'), source='ecb')
    """

    rates: Figures = field(default_factory=dict)
    indices: Figures = field(default_factory=dict)
    sources: dict[str, RateSource] = field(default_factory=dict)


def price_tables() -> PriceTables:
    """Return the tables of the kit and the project; raise InputError with every fault of theirs.

    A process reads them once, since a sandbox may forbid to read files later.
    """
    found, faults = _read(tuple(kit.folders(f"data/{REFERENCE_NAME}")))
    if faults:
        raise InputError(faults)
    return found


def price_faults() -> list[Fault]:
    """Return the faults of the tables, so that a build reports them."""
    return _read.__wrapped__(kit.folders(f"data/{REFERENCE_NAME}"))[1]


@cache
def _read(folders: Iterable[Path]) -> tuple[PriceTables, list[Fault]]:
    found, faults = PriceTables(), list[Fault]()
    for folder in folders:
        for row in _rows(folder / f"{_SOURCES}.csv", ("id",), faults):
            found.sources[row["id"]] = RateSource(*(row[name] for name in RateSource._fields))
        for book, figures, column in ((_RATES, found.rates, "perEuro"), (_INDICES, found.indices, "index")):
            rows = _rows(folder / f"{book}.csv", ("currency", "year"), faults, found.sources)
            figures |= {
                (row["currency"], int(row["year"])): YearFigure(Decimal(row[column]), row["source"]) for row in rows
            }
    return found, faults


def _rows(
    path: Path, key: Sequence[str], faults: list[Fault], sources: Collection[str] | None = None
) -> Iterator[Mapping[str, str]]:
    """Yield the rows without a fault of a book, if it is there; add the faults of the others."""
    if not path.is_file() or not (table := read_table(path, faults)):
        return
    seen = set[str]()
    for row in table.rows:
        wrong, own = cell_faults(table, row), " ".join(row.cells.get(name, "") for name in key)
        if sources is not None and (source := row.cells.get("source", "")) not in sources:
            message = f"{source!r} is no id of {_SOURCES}.csv; add its row there"
            wrong.append(Fault(message, table.at(row), row.line, "source"))
        if own in seen:
            wrong.append(Fault(f"{own} stands here twice; keep one row", table.at(row), row.line, key[-1]))
        seen.add(own)
        faults += wrong
        if not wrong:
            yield row.cells
