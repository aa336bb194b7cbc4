"""Counts, amounts, currencies and days as people write them; ValueError for an ambiguous value."""

import re
from collections.abc import Collection
from decimal import Decimal

from tipgraph.model import LAST_YEAR, Ontology, first_year, is_day, plausible, today

_WHOLE = re.compile(r"(?a)-?(?:\d{1,15}|\d{1,3}(?:([,. '\u00a0\u202f])\d{3})(?:\1\d{3})*)")
_AMOUNT = re.compile(r"(?a)([-+]?)(\d[\d,. '\u00a0\u202f]*)")
_POWER = re.compile(r"(?a)[-+]?\d{1,18}(?:\.\d{1,18})?[eE][-+]?\d{1,2}")  # 3e-10
_SUPPRESSED = re.compile(r"(?a)<\s*\d+|[*†]|-|supp(?:ressed)?\.?", re.IGNORECASE)
_DAY = re.compile(r"(?a)(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:\d{2})?")


def count(text: str) -> str:
    """Return a whole number without marks between its digits.

    >>> count("10,928"), count("12")
    ('10928', '12')
    """
    plain = text.strip()
    if not _WHOLE.fullmatch(plain):
        raise ValueError(f"{text!r} is no whole number")
    return str(int(re.sub(r"[^\d-]", "", plain)))


def suppressed(text: str) -> bool:
    """Tell whether a count is suppressed, as "<5", and not 0 or missing."""
    return bool(_SUPPRESSED.fullmatch(text.strip()))


def counted(printed: str) -> dict[str, str]:
    """Return the cells of an estimate of persons for a count as printed.

    >>> counted("<5")["hedge"], counted("1,700")["value"]
    ('suppressed', '1700')
    """
    value = "" if suppressed(printed) else count(printed)
    if value.startswith("-"):
        raise ValueError(f"{printed!r} is below 0, and counts nobody")
    return {"value": value, "valueAsPrinted": printed, "hedge": "exact" if value else "suppressed", "unit": "persons"}


def amount(text: str, decimal: str = "") -> str:
    """Return an amount with a point before its decimals.

    `decimal` is the mark before the decimals; the other mark separates thousands. If it is not given, the last of two
    kinds of marks is. A comma before groups of three digits separates thousands; a point before three is ambiguous, and
    so is a comma before more digits, which may stand between two amounts.

    >>> amount("1,234,567.50"), amount("1.234,5"), amount("-806.9"), amount("200,000"), amount("1.000", ".")
    ('1234567.50', '1234.5', '-806.9', '200000', '1.000')
    """
    is_power = _POWER.fullmatch(text.strip())
    match = _AMOUNT.fullmatch(format(Decimal(text.strip()), "f") if is_power else text.strip())
    digits = re.sub(r"[ '\u00a0\u202f]", "", match[2]) if match else ""
    if match is None or not digits.isascii():
        raise ValueError(f"{text!r} is no amount")
    unclear = {"": r"\d{1,3}\.\d{3}", ",": r"\d{1,3},\d{3}"}.get(decimal)
    if unclear and re.fullmatch(unclear, digits):
        raise ValueError(f"{text!r} may have a thousand or three decimals; write it without marks")
    if not decimal and re.search(r",\d{3,}$", digits) and _decimal(digits) == ",":
        raise ValueError(f"{text!r} may be two amounts, or one with decimals; write one amount, with a decimal point")
    decimal = decimal or _decimal(digits)
    thousands = "." if decimal == "," else ","
    if not re.fullmatch(rf"(?:\d{{1,18}}|\d{{1,3}}(?:\{thousands}\d{{3}}){{1,5}})(?:\{decimal}\d{{1,18}})?", digits):
        raise ValueError(f"{text!r} can be read in two ways, or in none; write {decimal!r} before the decimals only")
    return match[1].replace("+", "") + digits.replace(thousands, "").replace(decimal, ".")


def currencies(terms: Ontology) -> frozenset[str]:
    """Return the codes of ISO 4217, past ones too, and those of the project.

    >>> from tipgraph.model import ontology
    >>> known = currencies(ontology())
    >>> "USD" in known, "ESP" in known, "ZZZ" in known
    (True, True, False)
    """
    return terms.columns("Funding")["currency"].among


class CurrencyError(ValueError):
    """An amount without a currency, or with an unknown one."""


def money(printed: str, currency: str, known: Collection[str]) -> str:
    """Return an amount in a known currency, with a point before its decimals; raise CurrencyError for its currency.

    >>> money("1,200.50", "EUR", {"EUR"})
    '1200.50'
    """
    value = amount(printed, ".")
    if not currency:
        raise CurrencyError(f"an amount of {printed} without a currency; add its code, as EUR")
    if currency not in known:
        raise CurrencyError(f"{currency!r} is no currency; write its code, as EUR")
    return value


def interval(first: str, last: str, *, goes_on: bool = False) -> str:
    """Return two days, or empty strings for days that are not known, as an EDTF interval.

    If it goes on, it has no end yet.

    >>> interval("2004-11-11", "2004-11-12"), interval("2004-11-11", "2004-11-11")
    ('2004-11-11/2004-11-12', '2004-11-11')
    >>> interval("2004-11-11", ""), interval("", "2004-11-12"), interval("2004-11-11", "", goes_on=True)
    ('2004-11-11/', '/2004-11-12', '2004-11-11/..')
    """
    return first if first == last else f"{first}/{last or '..' * goes_on}"


def _decimal(digits: str) -> str:
    """Return the likely mark before the decimals."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if point < 0 and not re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits):
        return ","
    return "," if comma > point >= 0 else "."


def day(text: str) -> str:
    """Return a day as 2004-11-11, also from a date with a time."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r} is no day; it should be written as 2004-11-11")
    if not is_day(match[1]):
        raise ValueError(f"{text!r} is no day of the calendar")
    plausible(match[1])
    return match[1]


def is_future(day_: str) -> bool:
    """Tell whether a day is in the future."""
    return day_ > today()


def year(text: str) -> str:
    """Return a year."""
    plain, first = text.strip(), first_year()
    if not re.fullmatch("[0-9]{4}", plain) or not first <= int(plain) <= LAST_YEAR:
        raise ValueError(f"{text!r} is no year between {first} and {LAST_YEAR}")
    return plain
