import pytest

from tipgraph.errors import InputError

from .conftest import Taking


def test_each_row_is_a_mention_of_its_route(taking: Taking) -> None:
    found = taking("routes", "Madagaskar,Kuwait\nPeru,Japan\nPeru,Japan\n", date="2005")
    assert [row["label"] for row in found.rows["routes"]] == ["Madagascar to Kuwait", "Peru to Japan"]
    assert [row["label@es"] for row in found.rows["routes"]] == ["Madagascar a Kuwait", "Perú a Japón"]
    reports = found.only("route-reports", route="routes/peru-japan")
    assert [row["evidence"] for row in reports] == ["p2", "p3"]
    assert {(row["origin"], row["destination"], row["date"], row["review"]) for row in reports} == {
        ("reference/places/peru", "reference/places/japan", "2005", "unreviewed")
    }
    assert found.only("namings", named="reference/places/madagascar")[0]["name"] == "Madagaskar"
    assert found.faults == []


def test_a_header_is_known_under_several_names_and_holds_count_year_form_and_transit(taking: Taking) -> None:
    head = "Country of origin,VIA,To,Victims,Year,Exploitation\n"
    text = head + 'Mali,Libya|Chad,Italy,"1,700",2004,Forced labour\nMali,,Italy,<5,,'
    found = taking("routes", text)
    assert [row["place"] for row in found.rows["route-stops"]] == ["reference/places/libya", "reference/places/chad"]
    assert [row["position"] for row in found.rows["route-stops"]] == ["1", "2"]
    first, second = found.rows["estimates"]
    assert (first["value"], first["valueAsPrinted"], first["hedge"], first["per"], first["form"], first["date"]) == (
        "1700", "1,700", "exact", "year", "labour", "2004",
    )  # fmt: skip
    assert (second.get("value", ""), second["valueAsPrinted"], second["hedge"]) == ("", "<5", "suppressed")
    assert found.only("paragraphs", scope="heading")[0]["number"] == "1"


def test_what_cannot_be_read_is_listed_and_the_rest_is_taken(taking: Taking) -> None:
    head = "origin,destination,count,year,form\n"
    text = head + 'Tibet,Nepal\nTibet,Nepal,1,2001,\nPeru,Japan,1.5,20x,piracy\n"Peru,Japan,1,2001,\n'
    found = taking("routes", text)
    assert found.taken.report.unresolved == {"Tibet": 1}
    assert found.taken.report.left == {
        "the header": 1, "rows without a number, or without a route between two places": 1,
        "rows without the properties that their class needs": 1,
        "is no CSV": 1, "has another number of values than the header": 1,
    }  # fmt: skip
    assert len(found.rows["route-reports"]) == 1
    assert [fault.partition("; the codes")[0] for fault in found.faults] == [
        "made.data:2: has 2 values where there are 5 columns",
        "made.data:3: origin: 'Tibet' is no country or region of the reference",
        "made.data:3: this row has no route that can be read; it was left out",
        "made.data:4: year: '20x' is no day; it should be written as 2004-11-11",
        "made.data:4: form: 'piracy' is no code of form",
        "made.data:4: count: '1.5' is no whole number; write it without marks, or as <5 if it is suppressed",
        "made.data:5: is no CSV: unexpected end of data; look for an unpaired quote",
    ]


@pytest.mark.parametrize(
    "header", ["yearOfRegistration,gender,ageBroad,citizenship,CountryOfExploitation", "First name,origin,destination"]
)
def test_a_list_of_persons_is_refused_and_the_way_round_is_shown(taking: Taking, header: str) -> None:
    with pytest.raises(InputError, match="a row for each person") as refused:
        taking("routes", f"{header}\n2015,Female,18--20,Peru,Japan\n")
    assert "count the rows" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [("<iati-activities/>", "is XML and no CSV"), ('{"a": 1}', "is JSON and no CSV")],
)
def test_what_is_no_csv_is_refused(taking: Taking, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        taking("routes", text)


def test_a_file_of_another_kind_is_not_taken_for_a_good_one(taking: Taking) -> None:
    with pytest.raises(InputError, match=r"made\.data: nothing was imported: is it a file of the kind factbook\?"):
        taking("factbook", "a,b\nc,d\n")


def test_a_header_without_a_destination_or_with_two_is_refused(taking: Taking) -> None:
    with pytest.raises(InputError, match="the header has no column destination or to or target"):
        taking("routes", "origin,count\nPeru,1\n")
    with pytest.raises(InputError, match="the column origin is there twice"):
        taking("routes", "origin,origin,destination\nPeru,Peru,Japan\n")
