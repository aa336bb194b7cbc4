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
from collections import Counter
from decimal import Context, Decimal
from itertools import groupby
from pathlib import Path

_SERIES, _MEAN = "CUUR0000SA0", "M13"  # all items, US city average, all urban consumers; the mean of a year
_LAST_DAY = "12-28"  # the year of a file that ends before it has not ended


def rate_rows(days: list[dict[str, str]]) -> list[list[object]]:
    """Return a row for each currency and each year that has all its days."""
    days, rows = sorted(days, key=lambda day: day["Date"]), list[list[object]]()
    for year, group in groupby(days, key=lambda day: day["Date"][:4]):
        own = list(group)
        for currency in (name for name in days[0] if len(name) == 3 and own[-1]["Date"][5:] >= _LAST_DAY):
            rates = [Decimal(day[currency]) for day in own if day[currency] not in ("", "N/A")]
            if len(rates) == len(own):
                mean = Context(prec=6).divide(sum(rates, Decimal()), Decimal(len(rates)))
                rows.append([f"{currency.lower()}-{year}", currency, year, f"{mean:f}", len(rates), "ecb"])
    return sorted(rows, key=lambda row: (row[1], row[2]))


def main() -> None:
    """Write the two tables, and say until when they reach."""
    parser = ArgumentParser(description="Make the tables of exchange rates and price indices of the reference.")
    parser.add_argument("rates", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[4] / "data" / "reference")
    given = parser.parse_args()
    days = list(csv.DictReader(given.rates.read_text("utf-8").splitlines()))
    lines = (line.split()[:4] for line in given.index.read_text("utf-8").splitlines())
    readings = sorted((year, month, index) for series, year, month, index in filter(None, lines) if series == _SERIES)
    months = Counter(year for year, month, _ in readings if month != _MEAN)
    means = [
        [f"usd-{year}", "USD", year, index, months[year], "bls"] for year, month, index in readings if month == _MEAN
    ]
    for name, header, rows in (
        ("exchange-rates", "id,currency,year,perEuro,days,source", rate_rows(days)),
        ("price-indices", "id,currency,year,index,months,source", means),
    ):
        with (given.into / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])
    year, month, _ = max(reading for reading in readings if reading[1] < _MEAN)
    sys.stdout.write(f"rates until {max(day['Date'] for day in days)}, indices until {year}-{month[1:]}\n")


if __name__ == "__main__":
    main()
