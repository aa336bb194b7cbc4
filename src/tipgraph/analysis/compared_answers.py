"""Answers about money with more columns: each amount in one currency and in the prices of one year, and why not.

A question is about money if it selects `amount` or `total`, `currency`, and a column that dates the amount:
`valueDate`, `valued`, `date` or `years`. If it also counts payments, its rows are added up over years and currencies.

Decisions: docs/decisions/0210-money-is-compared-beside-the-original.md, 0211-compared-sums-are-of-one-kind.md.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.prices import GAPS, PRICES, ComparedAmount, Prices, prices_of, rounded, years_of
from tipgraph.errors import BadValue
from tipgraph.graph import Answer, Columns, Graph, Parameter, Query, Rows, Term
from tipgraph.model import PREFIXES, XSD, bounds
from tipgraph.sources import RateSource, price_tables

COMPARED, RATES, NOT_COMPARED = "compared", "rates", "not_compared"  # columns that are added, with `PRICES`
BETWEEN_RATES: Final = " | "  # of several amounts
_FOLD, _OVER_YEARS = "fold", "years"  # a parameter and its value
_PARAMETERS: Final = {
    "en": {
        PRICES: "compare amounts in USD-2023 (prices of 2023), EUR (of each year) or original (do not)",
        _FOLD: "years: add up the compared amounts of all years and currencies",
    },
    "es": {
        PRICES: "comparar los montos en USD-2023 (precios de 2023), EUR (de cada año) u original (no)",
        _FOLD: "years: sumar los montos comparados de todos los años y monedas",
    },
}
_SELECT, _VARIABLE = re.compile(r"^SELECT\b[^{]*", re.MULTILINE), re.compile(r"[?$](\w+)")
_LABELS: Final = re.compile(r"\(([^()]+)\)")  # of sources, in rates in words
_AMOUNTS, _CURRENCY = ("amount", "total"), "currency"  # columns of money
_YEARS: Final = ("valueDate", "valued", "date", "years")  # columns that date it, the first with a value counts
_PAYMENTS, _OTHERS = "payments", ("unknown", "shared")  # all payments of a row, and those that are not in its total
_COUNTS: Final = (_PAYMENTS, *_OTHERS, "implied_payments")
_FOLDED: Final = frozenset({*_AMOUNTS, *_YEARS, *_COUNTS, _CURRENCY})


def question_parameters(question: Query, language: str = "en") -> dict[str, Parameter]:
    """Return the parameters of a question by name, with `prices` and `fold` if it takes them.

    >>> list(question_parameters(Query.find("funding-sums")))[-2:]
    ['prices', 'fold']
    """
    words = _PARAMETERS.get(language, _PARAMETERS["en"])
    more = [name for name, takes in ((PRICES, _is_about_money), (_FOLD, _has_sums)) if takes(_columns(question))]
    return question.header_in(language).parameters | {name: Parameter(name, words[name]) for name in more}


def answered(question: Query, graph: Graph, values: Mapping[str, str] | None = None, language: str = "en") -> Answer:
    """Ask a question; an answer about money has four more columns, which compare its amounts.

    They are the amount in the prices, the prices, the rates, and the code of the reason why it is not compared.
    `values` may have `prices`, as `prices_of` reads them, and `fold`: with the value `years`, the rows of all years and
    currencies are one. It has the originals, the compared sum, the number of payments in it, and that of others by the
    reason. Kinds of money and types of finance stay apart. Raises what `Query.run` raises.
    """
    rest, columns = dict(values or {}), _columns(question)
    prices = prices_of(rest.pop(PRICES, "")) if _is_about_money(columns) else None
    fold = rest.pop(_FOLD, "") if _has_sums(columns) else ""
    if fold not in ("", _OVER_YEARS):
        raise BadValue(f"{_FOLD}={fold!r} is no way to add up; write {_FOLD}={_OVER_YEARS}")
    if prices is None:
        if fold:
            raise BadValue(f"{_FOLD}={fold} adds up compared amounts; write {PRICES}=USD-2023 too")
        return question.run(graph, rest, language)
    answer = question.run(graph, rest, language)
    columns_of, rows_of = (_folded if fold else _widened)(prices, answer.columns, answer.rows)
    return replace(answer, columns=columns_of, rows=rows_of)


def rate_sources(rates: Iterable[str]) -> list[RateSource]:
    """Return the sources that rates in words name, each once."""
    named = {label for text in rates for part in _LABELS.findall(text) for label in part.split(", ")}
    return [source for source in price_tables().sources.values() if source.label in named]


def _columns(question: Query) -> set[str]:
    select = _SELECT.search(question.text)
    return set(_VARIABLE.findall(select[0])) if select else set()


def _is_about_money(columns: set[str]) -> bool:
    """Tell whether columns have amounts with their currencies and years."""
    return _CURRENCY in columns and not columns.isdisjoint(_AMOUNTS) and not columns.isdisjoint(_YEARS)


def _has_sums(columns: set[str]) -> bool:
    """Tell whether columns have sums of money with the number of payments in each."""
    return _is_about_money(columns) and columns >= {_AMOUNTS[1], _PAYMENTS, *_OTHERS}


def _widened(prices: Prices, columns: Columns, rows: Rows) -> tuple[Columns, Rows]:
    """Return rows with the four columns."""
    compared = (_compared(_values(columns, row), prices) for row in rows)
    wider: Rows = [(*row, *_cells(found, prices)) for row, found in zip(rows, compared, strict=True)]
    return (*columns, COMPARED, PRICES, RATES, NOT_COMPARED), wider


def _cells(found: ComparedAmount | None, prices: Prices) -> tuple[Term | None, ...]:
    """Return the cells of the four columns for an amount, or for none."""
    if found is None:
        return None, None, None, None
    if found.amount is None:
        return None, None, None, NamedNode(f"{PREFIXES['code']}not-compared-{found.gap}")
    return _decimal(rounded(found.amount)), Literal(str(prices)), _text(found.rates), None


def _compared(values: Mapping[str, str], prices: Prices) -> ComparedAmount | None:
    """Return the amount of a row in other prices; None if it has none."""
    amount = next((number for name in _AMOUNTS if (number := _number(values.get(name, ""))) is not None), None)
    if amount is None or _CURRENCY not in values:
        return None
    return prices.compare(amount, values[_CURRENCY], _years_in(values))


@dataclass
class _FoldedSum:
    """Rows of sums that are added up: their counts, their totals by currency, and their compared total."""

    counts: Counter[str] = field(default_factory=Counter)
    totals: dict[str, Decimal] = field(default_factory=dict)
    compared: Decimal | None = None
    rates: dict[str, None] = field(default_factory=dict)

    def add(self, values: Mapping[str, str], prices: Prices) -> None:
        """Add a row."""
        counts = {name: int(values.get(name, 0)) for name in _COUNTS}
        self.counts.update(counts)
        found = _compared(values, prices)
        if found is None:
            return
        known = counts[_PAYMENTS] - sum(counts[name] for name in _OTHERS)
        currency = values[_CURRENCY]
        self.totals[currency] = self.totals.get(currency, Decimal()) + (_number(values[_AMOUNTS[1]]) or 0)
        self.counts[found.gap or COMPARED] += known
        if found.amount is not None:
            self.compared = (self.compared or Decimal()) + found.amount
            self.rates |= dict.fromkeys(filter(None, [found.rates]))

    def cells(self, gaps: Iterable[str], prices: Prices) -> Iterator[Term | None]:
        """Yield the counts, those of some gaps too, the originals, the compared total, the prices and the rates."""
        yield from (Literal(self.counts[name]) for name in (*_COUNTS, COMPARED, *gaps))
        yield _text("; ".join(f"{currency} {total:f}" for currency, total in sorted(self.totals.items())))
        yield None if self.compared is None else _decimal(rounded(self.compared))
        yield _text("" if self.compared is None else str(prices))
        yield _text(BETWEEN_RATES.join(self.rates))


def _folded(prices: Prices, columns: Columns, rows: Rows) -> tuple[Columns, Rows]:
    """Return the sums of rows that differ in years and currency alone."""
    kept = [at for at, name in enumerate(columns) if name not in _FOLDED]
    sums: dict[tuple[Term | None, ...], _FoldedSum] = {}
    for row in rows:
        sums.setdefault(tuple(row[at] for at in kept), _FoldedSum()).add(_values(columns, row), prices)
    gaps = [gap for gap in GAPS if any(found.counts[gap] for found in sums.values())]
    counted = (*_COUNTS, f"{COMPARED}_{_PAYMENTS}", *(gap.replace("-", "_") for gap in gaps))
    added = (*counted, "original", COMPARED, PRICES, RATES)
    return (*(columns[at] for at in kept), *added), [(*key, *found.cells(gaps, prices)) for key, found in sums.items()]


def _values(columns: Columns, row: tuple[Term | None, ...]) -> dict[str, str]:
    """Return the literals of a row by their columns."""
    return {name: term.value for name, term in zip(columns, row, strict=True) if isinstance(term, Literal)}


def _years_in(values: Mapping[str, str]) -> str:
    """Return the years of a row, from the first column that has some."""
    text = next((values[name] for name in _YEARS if values.get(name)), "")
    if not text:
        return ""
    try:
        earliest, latest = bounds(text)
    except ValueError:
        return ""
    return years_of(*("" if day is None else day.isoformat() for day in (earliest, latest)))


def _text(words: str) -> Literal | None:
    return Literal(words) if words else None


def _decimal(number: Decimal) -> Literal:
    return Literal(f"{number:f}", datatype=NamedNode(f"{XSD}decimal"))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
