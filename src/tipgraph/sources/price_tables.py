"""The exchange rates and price indices of the reference, each with its source; they become no statements.

A row of a project's reference replaces that of the kit for its currency and year.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tipgraph.errors import Fault, InputError, shown
from tipgraph.model import LAST_YEAR, REFERENCE_NAME, kit
from tipgraph.sources.folder import PRICE_BOOKS, Table, read_table

EURO: Final = "EUR"
_RATES, _INDICES, _SOURCES = PRICE_BOOKS
_COLUMNS: Final = {
    _RATES: ("currency", "year", "perEuro", "source"),
    _INDICES: ("currency", "year", "index", "source"),
    _SOURCES: ("id", "label", "title", "publisher", "address", "licence", "until", "taken"),
}
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


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
    return _read(tuple(_folders()))


def price_faults() -> Iterator[Fault]:
    """Yield the faults of the tables, so that a build reports them."""
    yield from _with_faults(_folders())[1]


def _folders() -> list[Path]:
    return kit.folders(f"data/{REFERENCE_NAME}")


@cache
def _read(folders: tuple[Path, ...]) -> PriceTables:
    found, faults = _with_faults(folders)
    if faults:
        raise InputError(faults)
    return found


def _with_faults(folders: Sequence[Path]) -> tuple[PriceTables, list[Fault]]:
    found, faults = PriceTables(), list[Fault]()
    for folder in folders:
        tables = {name: _table(folder / f"{name}.csv", faults) for name in PRICE_BOOKS}
        if table := tables[_SOURCES]:
            found.sources |= {row.cells.get("id", ""): _source(row.cells) for row in table.rows}
        if table := tables[_RATES]:
            found.rates |= _figures(table, "perEuro", found.sources, faults)
        if table := tables[_INDICES]:
            found.indices |= _figures(table, "index", found.sources, faults)
    return found, faults


def _table(path: Path, faults: list[Fault]) -> Table | None:
    """Return a table that has its columns; None without the file, or with a fault."""
    table = read_table(path, faults) if path.is_file() else None
    missing = [name for name in _COLUMNS[path.stem] if table and name not in table.columns]
    faults += [Fault("this column is missing; add it", shown(path), 1, name) for name in missing]
    return None if missing else table


def _source(cells: Mapping[str, str]) -> RateSource:
    return RateSource(*(cells.get(name, "") for name in RateSource._fields))


def _figures(table: Table, column: str, sources: Mapping[str, RateSource], faults: list[Fault]) -> Figures:
    """Return the figures of a table; add a fault for each cell that is wrong, and for each second figure of a year."""
    checks: dict[str, tuple[Callable[[str], bool], str]] = {
        "currency": (
            lambda cell: bool(_CURRENCY.fullmatch(cell)) and not (cell == EURO and column == "perEuro"),
            "is no other currency; write a code of three capital letters, and no rate of the euro",
        ),
        "year": (lambda cell: cell.isdecimal() and 0 < int(cell) <= LAST_YEAR, "is no year; write it as 2015"),
        column: (_is_figure, "is no figure above 0; write it with a point, as 9.3535"),
        "source": (lambda cell: cell in sources, f"is no id of {_SOURCES}.csv; add its row there"),
    }
    found: Figures = {}
    for row in table.rows:
        wrong = [
            Fault(f"{row.cells.get(name, '')!r} {message}", table.at(row), row.line, name)
            for name, (is_right, message) in checks.items()
            if not is_right(row.cells.get(name, ""))
        ]
        faults += wrong
        if wrong:
            continue
        key = row.cells["currency"], int(row.cells["year"])
        if key in found:
            faults.append(Fault(f"{key[0]} has two figures for {key[1]}; keep one", table.at(row), row.line, "year"))
        found[key] = YearFigure(Decimal(row.cells[column]), row.cells["source"])
    return found


def _is_figure(cell: str) -> bool:
    try:
        return Decimal("1e-9") < Decimal(cell) < Decimal("1e12")
    except InvalidOperation:
        return False
