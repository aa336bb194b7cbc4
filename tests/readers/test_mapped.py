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
UNCLEAR = "'1.000' may have a thousand or three decimals; write it without marks"
MAY_BE_TWO = "may be two amounts, or one with decimals; write one amount, with a decimal point"
HEAD = "Donor,Grantee,Amount (USD),Country,When,Kind,Notes\n"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(FUNDING, "utf-8")
    return path


def test_a_row_is_a_claim_of_the_class(taking: Taking, mapping: Path) -> None:
    found = taking(
        "mapped",
        HEAD + 'Lantern Fund,Open Hand (OH),"12,500.50",Ukraine | MX,2019-05-01,Awarded,x\n',
        mapping=str(mapping),
    )
    (money,) = found.rows["funding"]
    assert (money["giver"], money["receiver"]) == ("actors/lantern-fund", "actors/open-hand")
    assert (money["amount"], money["currency"], money["moneyKind"], money["date"]) == (
        "12500.50",
        "USD",
        "awarded",
        "2019-05-01",
    )
    assert money["place"] == "reference/places/ukraine | reference/places/mexico"
    assert found.faults == []


def test_what_cannot_be_read_is_listed_by_row_and_column(taking: Taking, mapping: Path) -> None:
    text = HEAD + "Fund,Hand,1.000,Atlantis,soon,gift,\n,Hand,5,Peru,2019,,\nFund,Hand,5,Peru,2019,,\n"
    found = taking("mapped", text, mapping=str(mapping))
    assert [fault.split("; the codes")[0] for fault in found.faults] == [
        f"made.data:2: Amount (USD): {UNCLEAR}",
        "made.data:2: Country: 'Atlantis' is no country or region of the reference",
        "made.data:2: When: 'soon' is no year between 1800 and 2100",
        "made.data:2: Kind: 'gift' is no code of money-kind",
        "made.data:2: this row has no moneyKind that can be read; it was left out",
        "made.data:3: this row has no moneyKind that can be read; it was left out",
        "made.data:4: this row has no moneyKind that can be read; it was left out",
    ]
    assert "funding" not in found.rows


def test_what_money_is_for_is_a_project_or_a_place(taking: Taking, mapping: Path) -> None:
    mapping.write_text(FUNDING.replace('"Country" = "place"', '"Country" = "purpose"'), "utf-8")
    found = taking("mapped", HEAD + "A,B,$5,Shelter,2019,awarded,\nA,B,5,Peru,2019,awarded,\n", mapping=str(mapping))
    assert [row["purpose"] for row in found.rows["funding"]] == ["undertakings/shelter", "reference/places/peru"]
    assert found.rows["undertakings"][0]["type"] == "Project"


def test_a_list_of_people_is_refused(taking: Taking, mapping: Path) -> None:
    mapping.write_text('class = "Affiliation"\n[columns]\nName = "affiliate"\n', "utf-8")
    with pytest.raises(InputError, match="a row for each person"):
        taking("mapped", "Name,Age,Sex,Nationality,Case worker\nA,1,f,x,y\n", mapping=str(mapping))


def test_the_mark_before_decimals_may_be_said(taking: Taking, mapping: Path) -> None:
    mapping.write_text('decimal = ","\n' + FUNDING, "utf-8")
    found = taking("mapped", HEAD + 'A,B,"1.000,5",Peru,2019,awarded,\n', mapping=str(mapping))
    assert found.rows["funding"][0]["amount"] == "1000.5"


def test_cells_that_a_spreadsheet_would_run_are_text(taking: Taking, mapping: Path) -> None:
    found = taking("mapped", HEAD + '"=HYPERLINK(""http://x"")",@Hand,5,Peru,2019,awarded,\n', mapping=str(mapping))
    raw = (found.taken.target / "actors.csv").read_text("utf-8")
    assert "\"'=HYPERLINK" in raw
    assert ",'@Hand" in raw
    assert {row["label"] for row in found.rows["actors"]} == {'=HYPERLINK("http://x")', "@Hand"}


def test_things_come_in_by_their_names(taking: Taking, mapping: Path) -> None:
    mapping.write_text(
        'class = "Organization"\n[columns]\nName = "label"\nId = "iatiIdentifier"\nType = "actorKind"\n', "utf-8"
    )
    found = taking("mapped", "Name,Id,Type\nOpen Hand,XX-1,Shop\n,XX-2,ngo\n", mapping=str(mapping))
    (actor,) = found.rows["actors"]
    assert (actor["label"], actor["iatiIdentifier"], actor.get("actorKind", "")) == ("Open Hand", "XX-1", "")
    assert [fault.partition(";")[0] for fault in found.faults] == [
        "made.data:2: Type: 'Shop' is no code of actor-kind",
        "made.data:3: this row has no label that can be read",
    ]


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


def test_an_amount_that_may_be_two_is_listed_and_dates_of_every_precision_are_taken(
    taking: Taking, mapping: Path
) -> None:
    """A sheet of 1 December: `100000,60000` became 100000.60, and `2020-01` was refused."""
    text = HEAD + 'A,B,"100000,60000",Peru,2020-01,awarded,\nA,B,1e3,Peru,2020-01-02/2020-03-01,awarded,\n'
    found = taking("mapped", text, mapping=str(mapping))
    assert [(row.get("amount", ""), row["date"]) for row in found.rows["funding"]] == [
        ("", "2020-01"), ("1000", "2020-01-02/2020-03-01"),
    ]  # fmt: skip
    assert found.faults == [f"made.data:2: Amount (USD): '100000,60000' {MAY_BE_TWO}"]


def test_the_tags_of_hxl_are_no_row(taking: Taking, mapping: Path) -> None:
    tags = "#org+funder,#org+impl,#value,#country,#date,#type,\n"
    found = taking("mapped", HEAD + tags + "A,B,5,Peru,2020,awarded,#tag\n", mapping=str(mapping))
    assert (len(found.rows["funding"]), found.faults) == (1, [])
    assert found.taken.report.left["the tags of HXL"] == 1


WHO_DOES_WHAT = """[[rows]]
class = "Participation"
columns = { Org = "participant", Project = "undertaking" }
fixed = { role = "implementer" }
[[rows]]
class = "UndertakingReport"
columns = { Project = "undertaking", Country = "place", Status = "status" }
values = { Status = { "Under way" = "ongoing" } }
"""


def test_a_sheet_may_have_rows_of_several_classes_and_words_of_its_own(taking: Taking, mapping: Path) -> None:
    mapping.write_text(WHO_DOES_WHAT, "utf-8")
    text = "Org,Project,Country,Status\n#org,#activity,#country,#status\nHand,Shelter,Peru,Under way\n"
    found = taking("mapped", text, mapping=str(mapping))
    (part,), (report,) = found.rows["participations"], found.rows["undertaking-reports"]
    assert (part["participant"], part["undertaking"]) == ("actors/hand", "undertakings/shelter")
    assert (report["undertaking"], report["place"], report["status"]) == (
        "undertakings/shelter", "reference/places/peru", "ongoing",
    )  # fmt: skip
    assert found.faults == []
