import pytest

from tipgraph.errors import InputError

from .conftest import Taking


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
