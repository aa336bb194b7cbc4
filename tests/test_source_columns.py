"""`tipgraph source columns`: every table and column is explained, and the examples are cells of real rows."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from tipgraph.cli import main
from tipgraph.model import kit, ontology
from tipgraph.sources import describe_table, list_tables


def columns(*words: str) -> str:
    done = CliRunner().invoke(main, ["source", "columns", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_every_table_is_listed_and_every_column_explained() -> None:
    listed = [row["table"] for row in json.loads(columns("--format", "json"))]
    assert "source.toml" in listed
    assert listed == [name for name, _, _ in list_tables(ontology())]
    for table in listed:
        for column in describe_table(ontology(), table, [kit.folder("data")]).columns:
            assert column.values
            assert column.meaning, column


@pytest.mark.parametrize("table", ["funding", "actors", "source.toml", "identity.csv"])
def test_an_example_is_a_cell_of_an_existing_row(table: str) -> None:
    name = table if table == "source.toml" else f"{table.removesuffix('.csv')}.csv"
    texts = [path.read_text("utf-8") for path in kit.folder("data").glob(f"*/{name}")]
    for row in json.loads(columns(table, "--format", "json")):
        assert any(row["example"] in text for text in texts), row


def test_codes_needs_defaults_and_classes_are_given() -> None:
    rows = {row["column"]: row for row in csv.DictReader(io.StringIO(columns("actors", "--format", "csv")))}
    assert "GovernmentBody, Group, Organization" in rows["type"]["values"]
    assert "intergovernmental-unit" in rows["actorKind"]["values"]
    rows = {row["column"]: row for row in csv.DictReader(io.StringIO(columns("funding", "--format", "csv")))}
    assert rows["moneyKind"]["needed"] == rows["evidence"]["needed"] == "yes"
    assert rows["modality"]["needed"] == "no, else stated"
    assert rows["giver"]["values"] == "a row of actors; several with |"


def test_no_code_is_cut_and_a_column_explains_its_codes_and_a_table_its_rules() -> None:
    done = CliRunner().invoke(main, ["source", "columns", "funding"], env={"COLUMNS": "120"})
    assert "a payment needs a receiver or a purpose, and a currency beside its amount" in done.stderr
    for table, column in (("activities", "activityKind"), ("actors.csv", "actorKind"), ("source.toml", "textKind")):
        codes = json.loads(columns(table, column, "--format", "json"))
        assert all(code["words"] and code["meaning"] for code in codes)
        listed = columns(table).replace(" ", "").replace("\n", "")
        assert all(code["code"].split("-")[0] in listed for code in codes)
        assert "…" not in listed
    wrong = CliRunner().invoke(main, ["source", "columns", "funding", "giver"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "'giver' has no codes; the columns with codes are moneyKind" in wrong.stderr


def test_an_unknown_table_gets_the_nearest_one() -> None:
    wrong = CliRunner().invoke(main, ["source", "columns", "fundin"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "'fundin' is no table (perhaps 'funding')" in wrong.stderr
