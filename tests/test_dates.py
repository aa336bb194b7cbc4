from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tipgraph.model.dates import bounds, duration_words, spoken, words


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2004", "2004-01-01", "2004-12-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2004-11-11", "2004-11-11", "2004-11-11"),
        ("2004-11-11/2004-11-12", "2004-11-11", "2004-11-12"),
        ("2004-06?", "2004-06-01", "2004-06-30"),
        ("2003-36/2005-04", "2003-10-01", "2005-04-30"),
        ("2004-21", "2004-03-01", "2004-11-30"),
        ("2004-22", "2003-12-01", "2005-02-28"),
        ("2004-23", "2004-03-01", "2004-11-30"),
        ("2003-24", "2002-12-01", "2004-02-29"),
        ("2004-26", "2004-06-01", "2004-08-31"),
        ("2004-22/2004-23", "2003-12-01", "2004-11-30"),
    ],
)
def test_bounds_are_those_of_the_table(edtf: str, earliest: str, latest: str) -> None:
    assert bounds(edtf) == (date.fromisoformat(earliest), date.fromisoformat(latest))


def test_an_open_interval_has_no_bound_on_its_open_side() -> None:
    assert bounds("1999/..") == (date(1999, 1, 1), None)
    assert bounds("../2005-04") == (None, date(2005, 4, 30))


@pytest.mark.parametrize(
    "wrong", ["", "soon", "2004-13", "2004-06-31", "2004-22?", "Jun-04", "../..", "2005/2004", "/"]
)
def test_what_does_not_parse_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"EDTF|interval"):
        bounds(wrong)


@settings(deadline=None)  # a date is parsed once and then remembered: the first takes long
@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)), st.dates(date(1800, 1, 1), date(2200, 12, 31)))
def test_an_interval_of_days_is_its_own_bounds(one: date, two: date) -> None:
    first, last = sorted((one, two))
    assert bounds(f"{first}/{last}") == (first, last)


def test_words_keep_the_precision() -> None:
    assert words("2004-22/2004-23") == "summer 2004 to autumn 2004"
    assert words("2004-22", "es") == "verano de 2004"
    assert words("1999/..") == "from 1999 on"


def test_durations_in_words() -> None:
    assert duration_words("P24M") == "24 months"
    assert duration_words("P1D", "es") == "1 día"


@pytest.mark.parametrize(
    ("edtf", "english", "spanish"),
    [
        ("2004", "2004", "2004"),
        ("2004-06", "June 2004", "junio de 2004"),
        ("2004-06-05", "5 June 2004", "5 de junio de 2004"),
        ("2004-22/2004-23", "from summer 2004 to autumn 2004", "desde el verano de 2004 hasta el otoño de 2004"),
        (
            "2003-36/2005-04",
            "from the fourth quarter of 2003 to April 2005",
            "desde el cuarto trimestre de 2003 hasta abril de 2005",
        ),
        ("2005-03-14/2005-03-16", "14–16 March 2005", "del 14 al 16 de marzo de 2005"),
        ("2004-11-11/2004-11-12", "11–12 November 2004", "11 y 12 de noviembre de 2004"),
        ("2004-06-30/..", "from 30 June 2004 on", "desde el 30 de junio de 2004"),
        ("2004-06~", "about June 2004", "hacia junio de 2004"),
        ("../2004-06?", "by June 2004 (uncertain)", "a más tardar junio de 2004 (incierto)"),
        ("2004-XX", "2004-XX", "2004-XX"),
    ],
)
def test_a_sentence_names_months(edtf: str, english: str, spanish: str) -> None:
    assert (spoken(edtf), spoken(edtf, "es")) == (english, spanish)
