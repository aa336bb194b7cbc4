"""Words of a text as a value of a column: only if all of them are that one value, and nothing of them is lost.

Decision: docs/decisions/0164-selected-words-become-a-value-only-if-nothing-is-lost.md.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import money, number
from tipgraph.model import plausible

_ALREADY: Final = re.compile(r"\d{4}(?:-\d\d-\d\d)?")  # 2004-05 may be a month or two years
_BEFORE: Final = re.compile(r"(?:(?:in|on|during|the) )+", re.IGNORECASE)
_INEXACT: Final = re.compile(r"\b(?:by|early|late|between|about|around|and)\b", re.IGNORECASE)
_SPANISH: Final = {
    "enero": "January", "febrero": "February", "marzo": "March", "abril": "April", "mayo": "May", "junio": "June",
    "julio": "July", "agosto": "August", "septiembre": "September", "setiembre": "September", "octubre": "October",
    "noviembre": "November", "diciembre": "December",
    "a": "to", "al": "to", "hasta": "to", "de": "", "del": "", "desde": "", "el": "", "en": "",
}  # fmt: skip


def value_cells(columns: Sequence[Mapping[str, Any]], name: str, words: str) -> dict[str, str]:
    """Return the cells of a form that some words fill: of the column, and of those that belong to it.

    Empty if the words are more or less than one value, such as a range or "up to 40,000 euros": a person writes it.

    >>> columns = [{"name": name, "kind": kind} for name, kind in (("amount", "number"), ("currency", "text"))]
    >>> value_cells(columns, "amount", "US$ 2 million"), value_cells(columns, "amount", "40,000 to 50,000")
    ({'amount': '2000000', 'currency': 'USD'}, {})
    """
    plain = " ".join(words.split())
    kinds = {column["name"]: column["kind"] for column in columns}
    found = _cells(kinds[name], name, plain)
    return {column: value for column, value in found.items() if column in kinds}


def _cells(kind: str, name: str, words: str) -> dict[str, str]:
    if kind in ("date", "day"):
        value = _date(words)
        return {name: value} if value and (kind == "date" or _is_day(value)) else {}
    if kind != "number":
        return {name: words}
    found = _amount(words) if name == "amount" else {}
    found = found or ({name: value} if (value := number(words)) else {})
    return {**found, f"{name}AsPrinted": words} if found else {}


def _amount(words: str) -> dict[str, str]:
    """Return an amount with its currency, which "$" alone does not name."""
    for one in money(words):
        if (one.start, one.end, one.hedge) == (0, len(words), "exact") and one.amount:
            return {"amount": one.amount, **({"currency": one.currency} if one.currency else {})}
    return {}


def _date(words: str) -> str:
    """Return a date in EDTF; an empty string if the words are not one date in English, Spanish or digits."""
    plain = _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words
    if _ALREADY.fullmatch(plain):
        return _plausible(plain)
    return "" if _INEXACT.search(plain) else _day(plain) or _day(_from_spanish(plain))


def _day(words: str) -> str:
    found = [day for day in days(words) if (day.start, day.end) == (0, len(words)) and not day.is_inferred]
    return found[0].edtf if found else ""


def _from_spanish(words: str) -> str:
    """Return words with the months and prepositions of Spanish dates in English."""
    english = [_SPANISH.get(word.lower(), word) for word in words.split()]
    return " ".join(filter(None, english))


def _plausible(date: str) -> str:
    try:
        plausible(date)
    except ValueError:
        return ""
    return date


def _is_day(date: str) -> bool:
    return len(date) == len("2025-03-01")
