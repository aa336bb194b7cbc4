"""Money compared: an amount in one currency, and in the prices of one year, beside the original.

    amount × units of the target for one euro ÷ units of its currency × index of the target's year ÷ index of its year

Rates and indices are annual means of the year of the payment: of its value date if it has one, else of its date.
Without a single year, a rate or an index, an amount is not compared, and the reason is given. Figures have 28 digits
until they are rounded to hundredths, and sums are rounded once.

Decision: docs/decisions/0210-money-is-compared-beside-the-original.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from tipgraph.errors import BadValue
from tipgraph.model import ORIGINAL, kit
from tipgraph.runtime import kept
from tipgraph.sources import EURO, PriceTables, YearFigure, price_tables

PRICES: Final = "prices"  # the parameter and the setting that name them
_TARGET: Final = re.compile(r"([A-Z]{3})(?:-([0-9]{4}))?")
_DOLLAR: Final = "USD"
_CENT: Final = Decimal("0.01")
UNDATED, SEVERAL_YEARS, NO_RATE, NO_INDEX = ("undated", "several-years", "no-rate", "no-index")  # `not-compared`


class ComparedAmount(NamedTuple):
    """An amount in other prices, not rounded, and the rates in words; else the code of the reason why there is none."""

    amount: Decimal | None
    rates: str = ""
    gap: str = ""


class _Factor(NamedTuple):
    """By what an amount of a currency and a year is multiplied and divided, with the rates in words, or the reason."""

    times: Decimal = Decimal(1)
    over: Decimal = Decimal(1)
    rates: str = ""
    gap: str = ""


@dataclass(frozen=True)
class Prices:
    """A currency and the year of its prices; without a year, the prices of the year of each payment.

    >>> prices = Prices.of("USD-2023")
    >>> found = prices.compare(Decimal(1000), "SEK", "2015")
    >>> str(prices), str(rounded(found.amount))
    ('USD-2023', '152.49')
    >>> found.rates
    '2015: 1 EUR = 9.35346 SEK = 1.10951 USD (ECB); 2015 → 2023: 237.017 → 304.702 (BLS CPI-U)'
    >>> prices.compare(Decimal(1000), "SEK", "2014/2015")
    ComparedAmount(amount=None, rates='', gap='several-years')
    """

    currency: str
    year: int | None
    tables: PriceTables

    @classmethod
    def of(cls, text: str) -> "Prices":
        """Return the prices of a text such as `USD-2023` or `EUR`.

        Raises BadValue for a currency without rates, and for a year without an index of that currency.
        """
        tables = price_tables()
        target = _TARGET.fullmatch(text)
        if target is None:
            raise BadValue(f"{PRICES}={text!r} are no prices; write USD-2023, EUR or {ORIGINAL}")
        currency, year = target[1], int(target[2]) if target[2] else None
        if currency != EURO and currency not in {known for known, _ in tables.rates}:
            raise BadValue(f"{PRICES}={text!r}: there is no exchange rate of {currency}; write USD-2023 or EUR")
        if year is not None and (currency, year) not in tables.indices:
            known = sorted(year for indexed, year in tables.indices if indexed == currency)
            span = f"of {known[0]} to {known[-1]}" if known else f"of no year: write {currency}, or USD-2023"
            raise BadValue(f"{PRICES}={text!r}: the price indices of {currency} are those {span}")
        return cls(currency, year, tables)

    def __str__(self) -> str:
        """Return the prices as `of` reads them."""
        return self.currency if self.year is None else f"{self.currency}-{self.year}"

    def compare(self, amount: Decimal, currency: str, years: str) -> ComparedAmount:
        """Return an amount of a currency and of years, as `2015`, `2014/2015` or empty, in these prices."""
        found = self._factor(currency, years)
        return ComparedAmount(None if found.gap else amount * found.times / found.over, found.rates, found.gap)

    @kept
    def _factor(self, currency: str, years: str) -> _Factor:
        if currency == self.currency and self.year is None:
            return _Factor()
        if len(years) != len("2015"):
            return _Factor(gap=SEVERAL_YEARS if years else UNDATED)
        exchanged, revalued = self._exchange(currency, int(years)), self._revaluation(int(years))
        rates = "; ".join(filter(None, (exchanged.rates, revalued.rates)))
        gap = exchanged.gap or revalued.gap
        return _Factor(exchanged.times * revalued.times, exchanged.over * revalued.over, rates, gap)

    def _exchange(self, currency: str, year: int) -> _Factor:
        """Return the factor from a currency to that of these prices, in a year."""
        if currency == self.currency:
            return _Factor()
        ends = [name for name in (currency, self.currency) if name != EURO]
        found = [self.tables.rates.get((name, year)) for name in ends]
        figures = [figure for figure in found if figure]
        if len(figures) < len(ends):
            return _Factor(gap=NO_RATE)
        units = {EURO: Decimal(1), **{name: figure.figure for name, figure in zip(ends, figures, strict=True)}}
        equal = "".join(f" = {units[name]:f} {name}" for name in ends)
        return _Factor(units[self.currency], units[currency], f"{year}: 1 {EURO}{equal} ({self._labels(figures)})")

    def _revaluation(self, year: int) -> _Factor:
        """Return the factor from the prices of a year to these."""
        if self.year is None or self.year == year:
            return _Factor()
        then, now = (self.tables.indices.get((self.currency, at)) for at in (year, self.year))
        if then is None or now is None:
            return _Factor(gap=NO_INDEX)
        rates = f"{year} → {self.year}: {then.figure:f} → {now.figure:f} ({self._labels((then, now))})"
        return _Factor(now.figure, then.figure, rates)

    def _labels(self, figures: Iterable[YearFigure]) -> str:
        return ", ".join(dict.fromkeys(self.tables.sources[figure.source].label for figure in figures))


def prices_of(text: str = "") -> Prices | None:
    """Return the prices of a text, and None for `original`; by default, those of the project.

    Without such a setting they are dollars of the last year that has an index. Raises what `Prices.of` raises.
    """
    project = kit.project()
    asked = text or (project.prices if project else "")
    if not asked:
        last = max(year for currency, year in price_tables().indices if currency == _DOLLAR)
        asked = f"{_DOLLAR}-{last}"
    return None if asked == ORIGINAL else Prices.of(asked)


def rounded(amount: Decimal) -> Decimal:
    """Return an amount rounded to hundredths, halves to the even digit."""
    return amount.quantize(_CENT)


def years_of(earliest: str, latest: str) -> str:
    """Return the years of two days as an EDTF interval, or the only one; an end that is not known is left out.

    >>> years_of("2008-10-01", "2009-09-30"), years_of("2008-10-01", "2008-10-31"), years_of("2008-10-01", "")
    ('2008/2009', '2008', '2008/')
    """
    first, last = earliest[:4], latest[:4]
    return first if first == last else f"{first}/{last}"
