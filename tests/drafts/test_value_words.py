"""Words that a person selects become a value only if they are exactly that value."""

from functools import cache
from typing import Any

import pytest

from tipgraph.curation.drafts.rows.row_words import row_forms
from tipgraph.curation.drafts.words.value_words import value_cells
from tipgraph.model import kit, ontology
from tipgraph.sources import read_source


@cache
def columns() -> list[dict[str, Any]]:
    source = read_source(next(kit.data().glob("*/source.toml")).parent)
    return list(row_forms(source, ontology(), "en")[0]["funding"]["columns"])


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("US$ 2 million", "2000000", "USD"),
        ("US$\n1,250.50", "1250.5", "USD"),
        ("1.5 million euros", "1500000", "EUR"),
        ("1.250.000 euros", "1250000", "EUR"),
        ("$750", "750", None),  # of many countries
        ("40,000", "40000", None),
    ],
)
def test_an_amount_fills_what_belongs_to_it(words: str, amount: str, currency: str | None) -> None:
    cells = {"amount": amount, "currency": currency, "amountAsPrinted": " ".join(words.split())}
    assert value_cells(columns(), "amount", words) == {name: cell for name, cell in cells.items() if cell}


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("from 2019 to 2021", "2019/2021"),
        ("3 to 5 May 2021", "2021-05-03/2021-05-05"),
        ("2021-05-04", "2021-05-04"),
        ("in the summer of 2004", "2004-22"),
        ("since 2003", "2003/.."),
        ("del 3 al 5 de mayo de 2021", "2021-05-03/2021-05-05"),
        ("marzo de 2025", "2025-03"),
    ],
)
def test_a_date_is_read_in_words_and_digits(words: str, date: str) -> None:
    assert value_cells(columns(), "date", words) == {"date": date}


@pytest.mark.parametrize(
    ("column", "words"),
    [
        *(("amount", words) for words in ("40,000 to 50,000", "up to 40,000 euros", "US$ 2 trillion", "1.250 euros",
                                          "1.250 million euros", "US$ 40,000 a year", "almost nothing")),
        *(("date", words) for words in ("by 2019", "late 2019", "2004-05", "between 2019 and 2021", "2019 and 2021",
                                        "4 May", "12/05/2007", "hasta 2019", "2021-13-40", "May 2021 at the latest")),
    ],
)  # fmt: skip
def test_what_would_lose_something_is_left_to_a_person(column: str, words: str) -> None:
    assert value_cells(columns(), column, words) == {}
