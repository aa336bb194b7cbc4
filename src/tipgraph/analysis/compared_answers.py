"""Answers about money with more columns: each amount in one currency and in the prices of one year, and why not.

A question is about money if it selects `amount` or `total`, `currency`, and a column that dates the amount:
`valueDate`, `valued`, `date` or `years`.

Decision: docs/decisions/0210-money-is-compared-beside-the-original.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.prices import PRICES, Prices, prices_of, rounded, years_of
from tipgraph.graph import Answer, Graph, Parameter, Query, Rows, Term
from tipgraph.model import PREFIXES, XSD, bounds
from tipgraph.sources import RateSource, price_tables

COMPARED, RATES, NOT_COMPARED = "compared", "rates", "not_compared"  # columns that are added, with `PRICES`
_PARAMETERS: Final = {
    "en": "compare amounts in USD-2023 (prices of 2023), EUR (of each year) or original (do not)",
    "es": "comparar los montos en USD-2023 (precios de 2023), EUR (de cada año) u original (no)",
}
_SELECT, _VARIABLE = re.compile(r"^SELECT\b[^{]*", re.MULTILINE), re.compile(r"[?$](\w+)")
_LABELS: Final = re.compile(r"\(([^()]+)\)")  # of sources, in rates in words
_AMOUNTS, _CURRENCY = ("amount", "total"), "currency"  # columns of money
_YEARS: Final = ("valueDate", "valued", "date", "years")  # columns that date it, the first with a value counts


def question_parameters(question: Query, language: str = "en") -> dict[str, Parameter]:
    """Return the parameters of a question by name, with `prices` if it is about money.

    >>> list(question_parameters(Query.find("funding-sums")))[-1]
    'prices'
    """
    prices = Parameter(PRICES, _PARAMETERS.get(language, _PARAMETERS["en"]))
    return question.header_in(language).parameters | ({PRICES: prices} if _is_about_money(question) else {})


def answered(question: Query, graph: Graph, values: Mapping[str, str] | None = None, language: str = "en") -> Answer:
    """Ask a question; an answer about money has four more columns, which compare its amounts.

    They are the amount in the prices, the prices, the rates, and the code of the reason why it is not compared.
    `values` may have `prices`, as `prices_of` reads them. Raises what `Query.run` raises.
    """
    rest = dict(values or {})
    prices = prices_of(rest.pop(PRICES, "")) if _is_about_money(question) else None
    answer = question.run(graph, rest, language)
    if prices is None:
        return answer
    rows: Rows = []
    for row in answer.rows:
        said = {name: term.value for name, term in zip(answer.columns, row, strict=True) if isinstance(term, Literal)}
        rows.append((*row, *_compared(said, prices)))
    return replace(answer, columns=(*answer.columns, COMPARED, PRICES, RATES, NOT_COMPARED), rows=rows)


def rate_sources(rates: Iterable[str]) -> list[RateSource]:
    """Return the sources that rates in words name, each once."""
    named = {label for text in rates for part in _LABELS.findall(text) for label in part.split(", ")}
    return [source for source in price_tables().sources.values() if source.label in named]


def _is_about_money(question: Query) -> bool:
    """Tell whether the columns of a question have amounts with their currencies and years."""
    select = _SELECT.search(question.text)
    columns = set(_VARIABLE.findall(select[0])) if select else set()
    return _CURRENCY in columns and not columns.isdisjoint(_AMOUNTS) and not columns.isdisjoint(_YEARS)


def _compared(values: Mapping[str, str], prices: Prices) -> tuple[Term | None, ...]:
    """Return the cells of the four columns for the values of a row: empty if it has no amount."""
    amount = next((number for name in _AMOUNTS if (number := _number(values.get(name, ""))) is not None), None)
    if amount is None or _CURRENCY not in values:
        return None, None, None, None
    dated = next((values[name] for name in _YEARS if values.get(name)), "")
    try:
        years = years_of(*("" if day is None else day.isoformat() for day in bounds(dated))) if dated else ""
    except ValueError:  # no date
        years = ""
    found = prices.compare(amount, values[_CURRENCY], years)
    if found.amount is None:
        return None, None, None, NamedNode(f"{PREFIXES['code']}not-compared-{found.gap}")
    decimal = Literal(f"{rounded(found.amount):f}", datatype=NamedNode(f"{XSD}decimal"))
    return decimal, Literal(str(prices)), Literal(found.rates) if found.rates else None, None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
