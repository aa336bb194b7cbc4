import pytest

from tipgraph.sources.importers.countries import Countries
from tipgraph.sources.importers.factbook.place_phrases import PlaceWords
from tipgraph.sources.place_vocabulary import place_words
from tipgraph.sources.reference import reference_of

KNOWN = Countries.of(reference_of())


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Madagaskar", "madagascar"),
        ("Republic Of South Africa", "south-africa"),
        ("Serbia And Montenegro", "serbia-and-montenegro"),
        ("Netherlands Antilles", "netherlands-antilles"),
        ("Cote D'Ivoire", "ivory-coast"),
        ("CÃ´te d'Ivoire", "ivory-coast"),
        ("St. Vincent & The Grenadines", "saint-vincent-and-the-grenadines"),
        ("ALEMANHA", "germany"),
        ("États-Unis d'Amérique", "united-states"),
        ("Guinea Bissau", "guinea-bissau"),
        ("Niger", "niger"),
        ("Congo", "republic-of-the-congo"),
        ("República Democrática do Congo", "democratic-republic-of-the-congo"),
        ("Micronesia", "federated-states-of-micronesia"),
        ("Caribbean", "caribbean"),
    ],
)
def test_names_as_people_write_them_are_known(written: str, place: str) -> None:
    assert KNOWN.by_name(written) == place


@pytest.mark.parametrize(
    "written", ["Tibet", "Former Yugoslavia", "Nigerr", "Abroad", "Nationals", "", "Saint", "NO", "São Martinho"]
)
def test_what_is_no_name_of_one_place_is_none(written: str) -> None:
    assert KNOWN.by_name(written) == ""


def test_codes_are_codes_and_names_are_names() -> None:
    assert (KNOWN.by_code("NO"), KNOWN.by_code("NOR"), KNOWN.by_code("578")) == ("norway", "norway", "norway")
    assert KNOWN.by_code("no") == KNOWN.by_code("XX") == KNOWN.by_name("NOR") == ""


def test_dissolved_countries_stay_countries_of_their_own() -> None:
    assert KNOWN.by_code("SCG") == "serbia-and-montenegro"
    assert KNOWN.by_code("ANT") == "netherlands-antilles"


def test_a_text_names_the_longest_country() -> None:
    text = "from Papua New Guinea, Guinea-Bissau and Nigeria through South Sudan and Benin City; Nigerien men"
    clause = PlaceWords(KNOWN).marked(text, "")
    assert clause.text == "from <n5> through <n3> and Benin City; <a4> men"
    assert clause.places("5") == ("papua-new-guinea", "guinea-bissau", "nigeria")
    assert clause.places("4") == ("niger",)


def test_words_of_places_are_of_places_of_the_reference() -> None:
    places = {row.cells["id"] for row in reference_of().tables["places"].rows}
    assert {place for place, _, _ in place_words()} <= places
