from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipgraph.sources.importers.cell_values import amount, count, day, suppressed, year


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,234,567.50", "", "1234567.50"),
        ("1.234.567,50", "", "1234567.50"),
        ("200,000", "", "200000"),
        ("12,5", "", "12.5"),
        ("-806.9", "", "-806.9"),
        ("1 000 000", "", "1000000"),
        ("1'000.25", "", "1000.25"),
        ("1.000", ".", "1.000"),
        ("1.000", ",", "1000"),
        ("1,5", ",", "1.5"),
        ("+5", "", "5"),
        ("1e5", "", "100000"),
        ("3e-10", ".", "0.0000000003"),
        ("1234567890123456.12", ".", "1234567890123456.12"),
    ],
)
def test_amounts_are_read_as_they_are_meant(text: str, decimal: str, value: str) -> None:
    assert amount(text, decimal) == value


@pytest.mark.parametrize(
    "text", ["1.000", "1,2,3", "1.2.3", "12,34,567", "1.234,5.6", "abc", "", "$5", "٣", "e5", "--5", "100000,60000"]
)
def test_amounts_that_may_be_read_in_two_ways_or_in_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"amount|two ways|three decimals|two amounts"):
        amount(text)


def test_a_comma_that_may_part_thousands_is_unclear_where_it_stands_before_decimals() -> None:
    with pytest.raises(ValueError, match="may have a thousand or three decimals"):
        amount("1,000", ",")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_plain_number_stays_what_it_is(number: object) -> None:
    assert amount(f"{number:f}", ".") == f"{number:f}"
    assert amount(f"{number:,f}", ".") == f"{number:f}"


def test_counts_years_and_days() -> None:
    assert (count("10,928"), count("10 928"), count("7")) == ("10928", "10928", "7")
    assert (day("2020-08-01T00:00:00Z"), year(" 2005 ")) == ("2020-08-01", "2005")
    assert all(map(suppressed, ("<5", "< 11", "*", "suppressed", "-")))
    assert not any(map(suppressed, ("5", "0", "")))


BAD = [
    (count, "1.5"),
    (count, "10,92"),
    (day, "2020-02-30"),
    (day, "01/02/2020"),
    (day, "9999-01-01"),
    (year, "20"),
    (year, "3020"),
]


@pytest.mark.parametrize(("read", "text"), BAD)
def test_what_is_no_count_day_or_year_is_refused(read: Callable[[str], str], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        read(text)
