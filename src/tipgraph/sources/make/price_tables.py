"""Make the tables of exchange rates and price indices of the reference from newer files.

    python src/tipgraph/sources/make/price_tables.py RATES INDEX [--into data/reference]

RATES is `eurofxref-hist.csv` of the European Central Bank, unpacked. INDEX is `cu.data.1.AllItems` of the US Bureau of
Labor Statistics. It says until when both reach: write that, and the day, into `rate-sources.csv`.

A rate is the mean of a year's days, to six digits. A currency has none for a year in which a day is missing, and a year
that has not ended has none. An index is the mean of a year as the Bureau publishes it.

Decision: docs/decisions/0210-money-is-compared-beside-the-original.md.
"""

import csv
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from pathlib import Path

_HOME = Path(__file__).parents[4]
_SERIES, _MEAN = "CUUR0000SA0", "M13"  # all items, US city average, all urban consumers; the mean of a year
_DIGITS = Context(prec=6)
_LAST_DAY = "12-28"  # the year of a file that ends before it has not ended

Day = Mapping[str, str]  # a rate by currency, and the day as `Date`
Reading = tuple[int, str, Decimal]  # the year, the month or `_MEAN`, and the index


def index_readings(path: Path) -> list[Reading]:
    """Return the readings of the series in the file of the Bureau."""
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return [(int(cells[1]), cells[2], Decimal(cells[3])) for cells in lines if cells and cells[0] == _SERIES]


def rate_rows(days: Sequence[Day]) -> Iterator[list[object]]:
    """Yield a row for each currency and each year that has all its days."""
    by_year: dict[int, list[Day]] = defaultdict(list)
    for day in days:
        by_year[int(day["Date"][:4])].append(day)
    ended = {year: own for year, own in by_year.items() if max(day["Date"][5:] for day in own) >= _LAST_DAY}
    for currency in sorted(name for name in days[0] if len(name) == 3):
        for year, own in sorted(ended.items()):
            rates = [Decimal(day[currency]) for day in own if day[currency] not in ("", "N/A")]
            if len(rates) == len(own):
                mean = _DIGITS.divide(sum(rates, Decimal()), Decimal(len(rates)))
                yield [f"{currency.lower()}-{year}", currency, year, f"{mean:f}", len(rates), "ecb"]


def index_rows(readings: Iterable[Reading]) -> Iterator[list[object]]:
    """Yield a row for each year that has a mean."""
    found = sorted(readings)
    months = Counter(year for year, period, _ in found if period != _MEAN)
    for year, period, index in found:
        if period == _MEAN:
            yield [f"usd-{year}", "USD", year, f"{index:f}", months[year], "bls"]


def main(words: Sequence[str]) -> None:
    """Write the two tables, and say until when they reach."""
    parser = ArgumentParser(description="Make the tables of exchange rates and price indices of the reference.")
    parser.add_argument("rates", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--into", type=Path, default=_HOME / "data" / "reference")
    given = parser.parse_args(words)
    days = list(csv.DictReader(given.rates.read_text("utf-8").splitlines()))
    readings = index_readings(given.index)
    year, month, _ = max(reading for reading in readings if reading[1] < _MEAN)
    tables: dict[str, tuple[str, Iterable[list[object]]]] = {
        "exchange-rates": ("id,currency,year,perEuro,days,source", rate_rows(days)),
        "price-indices": ("id,currency,year,index,months,source", index_rows(readings)),
    }
    for name, (header, rows) in tables.items():
        with (given.into / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])
    sys.stdout.write(f"rates until {max(day['Date'] for day in days)}, indices until {year}-{month[1:]}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
