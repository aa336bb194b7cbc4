"""Words of a text as a value of a column: only if all of them are that one value, and nothing of them is lost.

The amounts in a row of a table are read with its header.

Decision: docs/decisions/0154-drafts-are-decided-on-a-page-of-this-machine.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from tipgraph.curation.drafts.words.day_words import days
from tipgraph.curation.drafts.words.figures import money, number
from tipgraph.curation.drafts.words.lexicon import codes_of
from tipgraph.model import plausible

_ALREADY: Final = re.compile(r"\d{4}(?:-\d\d-\d\d)?")  # 2004-05 may be a month or two years
_BEFORE: Final = re.compile(r"(?:(?:in|on|during|the) )+", re.IGNORECASE)
_INEXACT: Final = re.compile(r"\b(?:by|early|late|between|about|around|and)\b", re.IGNORECASE)
_SPANISH: Final = codes_of("Spanish")  # the months and prepositions of dates in English


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


_FIGURE: Final = re.compile(
    r"(?<![\w.,])(?:[A-Z]{0,3}[$€£¥]\s?|[A-Z]{3}\s)?\d[\d.,]*\d(?:\s?(?:million|thousand)\b)?|\d"
)
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD: Final = re.compile(r"[^\s()\[\],;:]+")
_COLUMNS: Final = [{"name": name, "kind": "number" if name == "amount" else "text"}
                   for name in ("amount", "currency", "amountAsPrinted")]  # fmt: skip


def table_amounts(row: str, above: Sequence[str]) -> list[dict[str, Any]]:
    """Return the amounts of a row in its order: each with its words, and the cells of a claim of funding.

    `above` are the headings and the header. They give the currency and the scale if they have exactly one, and the
    years if there is one for each amount. The words before the first amount name the giver or the receiver.

    >>> table_amounts("Lantern Fund 12,500 9,000", ["Income (EUR thousands)", "Donor 2019 2020"])[1]["cells"]["date"]
    '2020'
    >>> one, _ = table_amounts("Lantern Fund 12,500 9,000", ["Income (EUR thousands)", "Donor 2019 2020"])
    >>> one["name"], one["cells"]["amount"], one["cells"]["currency"], one["cells"]["amountAsPrinted"]
    ('Lantern Fund', '12500000', 'EUR', '12,500')
    """
    found = [match for match in _FIGURE.finditer(row) if not _YEAR.fullmatch(match[0])]
    told, years = " ".join(above), _YEAR.findall(above[-1]) if above else []
    name = row[: found[0].start()].strip(" :–-.|") if found else ""
    scale, currency = _only(_scales(told)), _only(_currencies(told))
    rest = {"currency": currency, "note": f'the table says "{scale}"' if scale else "", "moneyKind": "disbursed"}
    every = []
    for at, match in enumerate(found):
        cells = value_cells(_COLUMNS, "amount", f"{match[0]} {scale}".strip()) | {"amountAsPrinted": match[0]}
        date = years[at] if len(years) == len(found) else ""
        cells = {key: cell for key, cell in (rest | {"date": date} | cells).items() if cell}
        every += [{"words": match[0], "name": name, "cells": cells}] if "amount" in cells else []
    return every


def _only(found: Iterator[str]) -> str:
    """Return what is found if all is the same; else an empty string."""
    every = set(found)
    return every.pop() if len(every) == 1 else ""


def _scales(words: str) -> Iterator[str]:
    return (one for word in _WORD.findall(words) if not number(one := word.lower().rstrip("s")) and number(f"1 {one}"))


def _currencies(words: str) -> Iterator[str]:
    for word in _WORD.findall(words):
        yield from (one.currency for one in (*money(f"{word} 1"), *money(f"1 {word}")) if one.currency)
