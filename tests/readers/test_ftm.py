import json
from pathlib import Path
from typing import Any

import pytest

from tipgraph.analysis.network import Filter
from tipgraph.graph.graph import Graph
from tipgraph.outputs.files import export

from .conftest import Taking, take


def entity(identifier: str, schema: str, **properties: Any) -> str:
    lists = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return json.dumps({"id": identifier, "schema": schema, "properties": lists})


LINES = [
    entity(
        "pay",
        "Payment",
        payer="fund",
        beneficiary="aid",
        project="light",
        amount="1234.50",
        currency="EUR",
        date="2020-05-01",
    ),
    entity("fund", "Organization", name="Lantern Fund", alias=["Fondo «Lantern»"], abbreviation="LF", country="no"),
    entity("aid", "PublicBody", name="Aid Office"),
    entity(
        "light", "Project", name="Project Light", startDate="2020-01-01", endDate="2021-01-01", country=["pe", "xx"]
    ),
    entity("part", "ProjectParticipant", participant="aid", project="light", role="implementer"),
    entity("meet", "Event", name="Meeting", date="2020-06-01", organizer="fund", involved="jane"),
    entity("member", "Membership", member="aid", organization="fund", role="unit of"),
    entity("jane", "Person", name="Jane Doe"),
    entity("jane-member", "Membership", member="jane", organization="fund"),
    entity("someone", "LegalEntity", name="J. Doe"),
    entity("file", "Document", fileName="a.pdf"),
]


def test_natural_persons_are_refused_and_counted(taking: Taking) -> None:
    found = taking("ftm", "\n".join(LINES))
    assert found.taken.report.left["natural persons, possible persons, and their links"] == 3
    assert len(found.only("paragraphs", scope="refused")) == 3
    assert "Doe" not in "".join(path.read_text("utf-8") for path in found.taken.target.iterdir())


NO_ENTITIES = [
    "[1]",
    "{",
    '{"id": "a"}',
    '{"id": "", "schema": "Event", "properties": {}}',
    '{"id": "a", "schema": "Event", "properties": {"name": "no list"}}',
    "[" * 9_999,
]


@pytest.mark.parametrize("line", NO_ENTITIES)
def test_what_is_no_entity_is_listed(taking: Taking, line: str) -> None:
    found = taking("ftm", f"{LINES[1]}\n{line}")
    assert found.faults == ["made.data:2: is no entity: a JSON object with id, schema and properties; it was left out"]


@pytest.mark.parametrize(
    ("figures", "amount", "currency", "note"),
    [
        ({"amountEur": "90"}, "90", "EUR", ""),
        ({"amountUsd": "100"}, "100", "USD", ""),
        ({"amountEur": "90", "amountUsd": "100"}, "90", "EUR", "the file also says USD 100"),
        ({"amount": "800", "currency": "NOK", "amountEur": "90"}, "800", "NOK", "the file also says EUR 90"),
    ],
)
def test_amounts_in_euros_and_dollars_are_taken(
    taking: Taking, figures: dict[str, str], amount: str, currency: str, note: str
) -> None:
    found = taking("ftm", f"{LINES[1]}\n{entity('p', 'Payment', payer='fund', beneficiary='fund', **figures)}")
    (money,) = found.rows["funding"]
    assert (money["amount"], money["currency"], money.get("note", "")) == (amount, currency, note)
    assert found.faults == []


def test_an_amount_without_a_currency_is_noted_or_listed(taking: Taking) -> None:
    found = taking("ftm", f"{LINES[1]}\n{entity('p', 'Payment', beneficiary='fund', amount='800', amountUsd='100')}")
    (money,) = found.rows["funding"]
    assert (money.get("giver", ""), money["amount"], money["currency"]) == ("", "100", "USD")
    assert money["note"] == "the file also says 800 without a currency"
    found = taking("ftm", f"{LINES[1]}\n{entity('p', 'Payment', beneficiary='fund', amount='800')}", replace=True)
    assert "amount" not in found.rows["funding"][0]
    assert found.faults[0].startswith("made.data:2: currency: an amount of 800 without a currency;")


def test_what_we_export_comes_in_again(graph: Graph, tmp_path: Path) -> None:
    path = tmp_path / "taken.ftm.json"
    export(graph, path, recipe="partner-funding", asked=Filter(focus=("iom",)))
    found = take("ftm", path, tmp_path / "data" / "again")
    assert found.faults == []
    assert any(row["label"] == "International Organization for Migration" for row in found.rows["actors"])
    assert found.rows["participations"]
