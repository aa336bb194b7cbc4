"""The amounts in a row of a table, from which a person makes claims of funding; the header says the other cells."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tipgraph.curation.drafts.words.figures import money, number
from tipgraph.curation.drafts.words.value_words import value_cells

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
