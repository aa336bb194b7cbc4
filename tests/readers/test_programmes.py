import pytest

from tipgraph.errors import InputError

from .conftest import Taking

TWO_WAYS = "'1,2,3' can be read in two ways, or in none; write '.' before the decimals only"
HEAD = "Released by the Office to Monitor and Combat Trafficking in Persons (G/TIP)\n\nAFRICA\n\n"
BLOCK = """Country: {country}
Implementer: {implementer}
Amount: {amount}
Duration: {duration}
Description: Words about it, which are not taken.
"""

WITHOUT = "the programme was imported without an amount"


def block(
    country: str = "Mali", implementer: str = "Open Hand (OH)", amount: str = "$200,000", duration: str = "12 Months"
) -> str:
    return BLOCK.format(country=country, implementer=implementer, amount=amount, duration=duration)


def test_a_block_is_a_project_with_its_money(taking: Taking) -> None:
    found = taking("programmes", HEAD + block())
    (money,) = found.rows["funding"]
    assert (money["giver"], money["receiver"], money["purpose"]) == (
        "actors/tip-office",
        "actors/open-hand",
        "undertakings/open-hand-p3",
    )
    assert (money["amount"], money["currency"], money["amountAsPrinted"], money["duration"]) == (
        "200000",
        "USD",
        "$200,000",
        "P12M",
    )
    assert (money["moneyKind"], money["modality"]) == ("unknown", "implied")
    assert {row["name"]: row["nameKind"] for row in found.only("namings", named="actors/open-hand")} == {
        "Open Hand": "name", "OH": "acronym",
    }  # fmt: skip
    assert found.only("paragraphs", number="7")[0]["scope"] == "unread"
    assert found.faults == []


def test_labels_on_lines_of_their_own_are_read_too(taking: Taking) -> None:
    spread = block("Mali").replace(": ", ":\n\n").replace("\n", "\n\n")
    found = taking("programmes", HEAD + spread)
    assert found.rows["funding"][0]["place"] == "reference/places/mali"
    assert found.rows["funding"][0]["amount"] == "200000"


@pytest.mark.parametrize(("between", "cited"), [(" ", ["Implementer: Open Hand (OH)"]),
                                                ("\n", ["Implementer:", "Open Hand (OH)"])])  # fmt: skip
def test_who_implements_is_cited_with_the_label_that_says_so(between: str, cited: list[str], taking: Taking) -> None:
    text = HEAD + block().replace("Implementer: ", f"Implementer:{between}")
    found = taking("programmes", text)
    (row,) = found.rows["participations"]
    spans = {span["id"]: text[int(span["start"]) : int(span["end"])] for span in found.rows["evidence"]}
    assert [spans[name] for name in row["evidence"].split(" | ")] == cited
    assert [spans[name["evidence"]] for name in found.only("namings", name="OH")] == ["Open Hand (OH)"]


def test_one_amount_for_several_countries_stays_unallocated(taking: Taking) -> None:
    many = block("Global (Fiji, Trinidad and Tobago, and Bosnia and Herzegovina)", duration="8/1/20217/31/2024")
    found = taking("programmes", HEAD + many + block("Global") + block("Select Countries and Libya"))
    assert [row["place"] for row in found.rows["funding"]] == [
        "reference/places/fiji | reference/places/trinidad-and-tobago | reference/places/bosnia-and-herzegovina",
        "reference/places/world",
        "reference/places/libya",
    ]
    assert found.rows["funding"][0]["date"] == "2021-08-01/2024-07-31"
    assert found.taken.report.unresolved == {"Select Countries": 1}


def test_what_does_not_parse_is_listed_with_its_lines(taking: Taking) -> None:
    broken = "Country: Chad\nAmount: $5\n"
    found = taking("programmes", HEAD + broken + block(amount="a lot", duration="soon") + block(amount="$1,2,3"))
    assert found.faults == [
        "made.data:5: a programme without Implementer (lines 5 to 6); it was left out",
        f"made.data:7: Amount: 'a lot' is no amount in dollars (lines 7 to 11); {WITHOUT}",
        "made.data:7: Duration: 'soon' is no length and no two days (lines 7 to 11); imported without it",
        f"made.data:12: Amount: {TWO_WAYS} (lines 12 to 16); {WITHOUT}",
    ]
    assert [row.get("amount", "") for row in found.rows["funding"]] == ["", ""]


def test_who_pays_must_be_said_in_the_list(taking: Taking) -> None:
    with pytest.raises(InputError, match="does not name the Office to Monitor"):
        taking("programmes", block())
