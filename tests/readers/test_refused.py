"""Files and mappings of which nothing is taken: each says what is wrong with it."""

from pathlib import Path

import pytest

from tipgraph.errors import InputError, TipgraphError, UnknownName

from .conftest import Taking, take
from .test_iati_organisations import FILE as ORGANIZATIONS

PERSONS = (
    "yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation", "First name,origin,destination",
    "Victim name,DOB,origin,destination", "given name,family name,origin,destination",
    "origin,destination,age,sex,amount", "edad,sexo,nombre,origin,destination",
    "age (years),sex (m/f),origin,destination", "isSexExploit,meansThreats,origin,destination",
)  # fmt: skip
FILES = [
    ("routes", "<iati-activities/>", "is XML and no CSV"),
    ("routes", '{"a": 1}', "is JSON and no CSV"),
    ("routes", "origin,count\nPeru,1\n", "the header has no column destination or to or target"),
    ("routes", "origin,origin,destination\nPeru,Peru,Japan\n", "the column origin is there twice"),
    ("factbook", "a,b\nc,d\n", "made.data: holds nothing that the kind factbook imports; "),
    ("mapped", "a,b\nc,d\n", "name a mapping with --mapping"),
    (
        "iati",
        "<iati-organisations><iati-organisation/></iati-organisations>",
        "this organization has no organisation-id",
    ),
    ("iati", "<iati-activities/>", "has neither an iati-activity nor an iati-organisation; name a file of IATI"),
    (
        "iati",
        "<iati-activities><iati-activity></iati-activity></iati-activities>",
        "holds nothing that the kind iati",
    ),
]
A = '\n[columns]\na = "giver"'
MAPPINGS = [
    ("", "class: '' is no class"),
    ('class = "Evidence"', "'Evidence' is no class of rows"),
    ('class = "Funding"', "there are no columns"),
    ('class = "Funding"\ncolumns = 1', "columns is no table"),
    ('class = "Funding"\n[columns]\na = "victim"', "Funding has no property 'victim'"),
    ('class = "Organization"\n[columns]\na = "note"', "no column is the label"),
    (f'class = "Funding"\nsecret = 1{A}', "'secret' is no part of a mapping"),
    (f'class = "Funding"\ndecimal = "x"{A}', "decimal: 'x' is no mark"),
    (f'class = "Funding"{A}\n[fixed]\nmoneyKind = "granted"', "'granted' is no code of money-kind"),
    (f'class = "Funding"{A}\n[fixed]\ncurrency = "usd"', "currency: 'usd' is no currency; a currency is a code of ISO"),
    ("class = ", "is no TOML"),
    ("rows = 1", "rows: is no list of tables; write [[rows]] before each class"),
    (f'class = "Funding"\nvalues = 1{A}', "values is no table"),
    (f'class = "Funding"{A}\nz = "receiver"', "the header has no column z"),
]


def refusal(taking: Taking, tmp_path: Path, kind: str, text: str, **options: object) -> str:
    with pytest.raises(TipgraphError) as refused:
        taking(kind, text, **options)
    assert isinstance(refused.value, InputError | UnknownName)
    assert not (tmp_path / "data" / "made").exists()
    return str(refused.value)


@pytest.mark.parametrize(("kind", "text", "told"), FILES)
def test_a_file_that_is_none_of_its_kind_is_refused(
    taking: Taking, tmp_path: Path, kind: str, text: str, told: str
) -> None:
    assert told in refusal(taking, tmp_path, kind, text)


@pytest.mark.parametrize("header", PERSONS)
def test_a_list_of_persons_is_refused_and_the_way_round_is_shown(taking: Taking, tmp_path: Path, header: str) -> None:
    told = refusal(taking, tmp_path, "routes", f"\ufeff\n{header}\n2015,Female,18--20,Peru,Japan\n")
    assert "a row for each person" in told
    assert "count the rows" in told


@pytest.mark.parametrize(("mapping", "told"), MAPPINGS)
def test_a_mapping_that_does_not_fit_is_refused(taking: Taking, tmp_path: Path, mapping: str, told: str) -> None:
    (tmp_path / "mapping.toml").write_text(mapping, "utf-8")
    assert told in refusal(taking, tmp_path, "mapped", "a,b\nc,d\n", mapping=str(tmp_path / "mapping.toml"))


def test_the_mappings_are_listed_at_a_wrong_name(taking: Taking, tmp_path: Path) -> None:
    told = refusal(taking, tmp_path, "mapped", "a,b\nc,d\n", mapping="hdx")
    assert "'hdx' is no mapping; name a file, or one of ctdc, d-portal, ftm, " in told


def test_a_file_of_organizations_has_no_activities_on_a_topic(taking: Taking, tmp_path: Path) -> None:
    told = refusal(taking, tmp_path, "iati", ORGANIZATIONS, about=True)
    assert "is a file of organizations, and --about keeps activities" in told


@pytest.mark.parametrize("name", ["r\udce9utes.csv", "two\nlines.csv"])
def test_a_file_whose_name_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("Peru,Japan\n")
    with pytest.raises(InputError, match="rename the file"):
        take("routes", tmp_path / name, tmp_path / "made")
    assert [path.name for path in tmp_path.iterdir()] == [name]
