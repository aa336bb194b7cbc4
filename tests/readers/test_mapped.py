from pathlib import Path

import pytest

from tipgraph.errors import InputError

from .conftest import Taking

FUNDING = """class = "Funding"
[columns]
"Donor" = "giver"
"Grantee" = "receiver"
"Amount (USD)" = "amount"
"Country" = "place"
"When" = "date"
"Kind" = "moneyKind"
[fixed]
currency = "USD"
"""
HEAD = "Donor,Grantee,Amount (USD),Country,When,Kind,Notes\n"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(FUNDING, "utf-8")
    return path


def test_a_list_of_people_is_refused(taking: Taking, mapping: Path) -> None:
    mapping.write_text('class = "Affiliation"\n[columns]\nName = "affiliate"\n', "utf-8")
    with pytest.raises(InputError, match="a row for each person"):
        taking("mapped", "Name,Age,Sex,Nationality,Case worker\nA,1,f,x,y\n", mapping=str(mapping))


def test_cells_that_a_spreadsheet_would_run_are_text(taking: Taking, mapping: Path) -> None:
    found = taking("mapped", HEAD + '"=HYPERLINK(""http://x"")",@Hand,5,Peru,2019,awarded,\n', mapping=str(mapping))
    raw = (found.taken.target / "actors.csv").read_text("utf-8")
    assert "\"'=HYPERLINK" in raw
    assert ",'@Hand" in raw
    assert {row["label"] for row in found.rows["actors"]} == {'=HYPERLINK("http://x")', "@Hand"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "class: '' is no class"),
        ('class = "Evidence"', "'Evidence' is no class of rows"),
        ('class = "Funding"', "there are no columns"),
        ('class = "Funding"\ncolumns = 1', "columns is no table"),
        ('class = "Funding"\n[columns]\na = "victim"', "Funding has no property 'victim'"),
        ('class = "Organization"\n[columns]\na = "note"', "no column is the label"),
        ('class = "Funding"\nsecret = 1\n[columns]\na = "giver"', "'secret' is no part of a mapping"),
        ('class = "Funding"\ndecimal = "x"\n[columns]\na = "giver"', "decimal: 'x' is no mark"),
        (
            'class = "Funding"\n[columns]\na = "giver"\n[fixed]\nmoneyKind = "granted"',
            "'granted' is no code of money-kind",
        ),
        (
            'class = "Funding"\n[columns]\na = "giver"\n[fixed]\ncurrency = "usd"',
            "currency: 'usd' is no currency; a currency is a code of ISO 4217",
        ),
        ("class = ", "is no TOML"),
        ("rows = 1", "rows: is no list of tables; write [[rows]] before each class"),
        ('class = "Funding"\nvalues = 1\n[columns]\na = "giver"', "values is no table"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(taking: Taking, mapping: Path, text: str, told: str) -> None:
    mapping.write_text(text, "utf-8")
    with pytest.raises(InputError) as refused:
        taking("mapped", HEAD, mapping=str(mapping))
    assert told in str(refused.value)


def test_a_column_that_is_not_there_is_said(taking: Taking, mapping: Path) -> None:
    with pytest.raises(InputError) as refused:
        taking("mapped", "Donor,Grantee\na,b\n", mapping=str(mapping))
    assert str(refused.value).count("the header has no column") == 4


def test_there_must_be_a_mapping(taking: Taking) -> None:
    with pytest.raises(InputError, match="name a mapping with --mapping"):
        taking("mapped", HEAD)
