"""What is alike and not one: each trap is proposed weakly or not at all, and says why."""

from collections.abc import Iterable

import pytest

from tipgraph.curation.identity.blocks import TermWeights
from tipgraph.curation.identity.candidates import among
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile, profile
from tipgraph.curation.identity.scores import Comparer, Proposal

NAMES = ("Belize", "Bolivia", "Chile", "Dominica", "Dominican Republic", "Guinea", "Guinea-Bissau", "Mexico", "Niger",
         "Nigeria", "Uruguay")  # fmt: skip
PLACES = [
    profile(f"reference/places/{name.lower().replace(' ', '-')}", name, root="Place", identifiers=[("isoAlpha2", name)])
    for name in NAMES
]
CROWD = [
    profile(f"x/actors/a{number}", name)
    for number, name in enumerate([
        "Ministry of Labour of Chile", "Ministry of Health of Chile", "Government of Uruguay", "Government of Chile",
        "International Committee of the Red Cross", "World Health Organization", "National Police of Chile",
        "International Federation", "International Labour Office", "US Embassy in Chile", "Organization of Women",
    ])
]  # fmt: skip


def compare(left: Profile, right: Profile, *others: Profile) -> Proposal | None:
    everything = [left, right, *CROWD, *others]
    vocabulary = TermWeights(everything)
    places = [*PLACES, *(one for one in (left, right) if one.root == "Place")]
    return Comparer(vocabulary, Gazetteer(places, {}), everything).compare(left, right)


def score(left: Profile, right: Profile, *others: Profile) -> float:
    found = compare(left, right, *others)
    return found.score if found else 0.0


def words(left: Profile, right: Profile) -> str:
    found = compare(left, right)
    return "; ".join(reason.words for reason in found.reasons) if found else ""


def actor(
    source: str,
    name: str,
    *classes: str,
    identifiers: Iterable[tuple[str, str]] = (),
    ties: Iterable[tuple[str, str]] = (),
) -> Profile:
    return profile(f"{source}/actors/x", name, classes=classes, identifiers=identifiers, ties=ties)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Government of Mexico", "Government of Belize"),
        ("US Embassy in Uruguay", "US Embassy in Bolivia"),
        ("Ministry of Labour of Chile", "Ministry of Labour of Mexico"),
        ("Ministry of Labour and Social Affairs of Niger", "Ministry of Labour and Social Affairs of Nigeria"),
        ("Government of Guinea", "Government of Guinea-Bissau"),
        ("International Organization for Migration", "International Labour Organization"),
        ("International Organization for Migration (IOM)", "International Labour Organization (ILO)"),
        ("Counter-trafficking project, phase I", "Counter-trafficking project, phase II"),
        ("Resolution 1948", "Resolution 2019"),
    ],
)
def test_names_that_are_alike_and_name_two(one: str, other: str) -> None:
    assert score(actor("a", one), actor("b", other)) < 0.7


@pytest.mark.parametrize(
    ("one", "other"),
    [("Niger", "Nigeria"), ("Dominica", "Dominican Republic"), ("Guinea", "Guinea-Bissau"), ("Nigeria", "Niger")],
)
def test_places_that_are_alike_and_are_two(one: str, other: str) -> None:
    left, right = (profile(f"{s}/places/x", name, root="Place") for s, name in (("a", one), ("b", other)))
    assert score(left, right) <= 0.5


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("International Organization for Migration", "International Organization for Migration (IOM)", 0.95),
        ("International Organization for Migration", "International Organisation for Migration", 0.9),
        ("International Organization for Migration", "the international organization for Migrations", 0.85),
        ("US Embassy in Chile", "Embassy in Chile, US", 0.9),
        ("Fundación Casa Clara", "FUNDACION CASA CLARA A.C.", 0.95),
        ("UN Office on Drugs and Crime", "United Nations Office on Drugs and Crime", 0.9),
    ],
)
def test_names_that_are_written_otherwise_and_name_one(one: str, other: str, least: float) -> None:
    assert score(actor("a", one), actor("b", other)) >= least


def among_names(*names: str) -> set[frozenset[str]]:
    """Return the pairs of names that are proposed."""
    entries = [profile(f"s{number}/actors/x", name, classes=["Organization"]) for number, name in enumerate(names)]
    proposed = among([*entries, *CROWD], Gazetteer(PLACES, {}))
    return {frozenset(names[int(node[1 : node.index("/")])] for node in (one.left, one.right)) for one in proposed}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chile - Harbour Inspection Office", "Harbour Inspection Office"),
        ("Chile - Harbour Inspection Office (HIO)", "Chile Harbour Inspection Office"),
        ("Belize", "Government of Belize"),
        ("Ministry of Ports of Chile, Safe Quays Programme", "Ministry of Ports Chile (SQP)"),
        ("Clara Films Ltd T/A Blue Lantern", "Blue Lantern"),
        ("HWL - Harbour Watch of Lima", "Harbour Watch of Lima HWL"),
        ("Harbour Watch (USD)TZ", "Harbour Watch Headquarters"),
    ],
)
def test_one_body_under_two_names_of_open_data(one: str, other: str) -> None:
    assert among_names(one, other) == {frozenset((one, other))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chile - Ministry of Ports", "Ministry of Ports"),
        ("Harbour Watch International", "Harbour Watch International Chile"),
        ("Harbour Watch International of Lima", "Harbour Watch International of Lima - BHA"),
        ("Harbour Commonwealth Office (HCO)", "Harbour Commonwealth Development Office (HCDO)"),
        ("Lantern Fund / Harbour Watch of Lima", "Lantern Fund"),
        ("USA for HWL", "Harbour Watch of Lima (HWL)"),
    ],
)
def test_an_office_a_part_a_successor_and_a_ministry_of_any_country_are_not_proposed(one: str, other: str) -> None:
    assert among_names(one, other) == set()


def test_an_office_of_two_countries_is_of_neither() -> None:
    names = "Chile - Harbour Office", "Mexico - Harbour Office", "Harbour Office"
    assert among_names(*names) == set()
    assert among_names(*names[1:]) == {frozenset(names[1:])}


def test_a_ministry_whose_country_nobody_says_is_no_strong_proposal() -> None:
    left, right = (actor(source, "Ministry of Labour", "GovernmentBody", "Organization") for source in "ab")
    assert score(left, right) == 0.8
    assert "nothing names one country for both" in words(left, right)
    chile, mexico = [("reference/places/chile", "place")], [("reference/places/mexico", "place")]
    left.ties, right.ties = frozenset(chile), frozenset(mexico)
    assert score(left, right) == 0.5
    right.ties = frozenset(chile)
    assert score(left, right) == 0.97


def test_ministries_of_two_countries_that_one_donor_pays_are_two() -> None:
    paid = [("x/actors/bank", "funder")]
    left, right = (actor(source, "Ministry of Finance", "GovernmentBody", ties=paid) for source in "ab")
    assert score(left, right) == 0.8
    left.identifiers = frozenset({("iatiIdentifier", "chile-mof")})
    right.identifiers = frozenset({("iatiIdentifier", "mexico-mof")})
    assert score(left, right) <= 0.8


def test_one_identifier_makes_one_thing_and_two_of_a_scheme_make_two() -> None:
    wikidata, iati = ("Wikidata", "Q1"), ("iatiIdentifier", "xm-1")
    one = actor("a", "Harbour Watch", identifiers=[wikidata, iati])
    assert score(one, actor("b", "Hafenwacht", identifiers=[wikidata])) == 0.99
    assert "the same Wikidata identifier: Q1" in words(one, actor("b", "Hafenwacht", identifiers=[wikidata]))
    other = actor("b", "Harbour Watch", identifiers=[("Wikidata", "Q2")])
    assert score(one, other) == 0.4
    assert "different Wikidata identifiers: Q1 / Q2" in words(one, other)
    of_charities = actor("c", "Harbour Watch", identifiers=[("iatiIdentifier", "gb-chc-1")])
    for number, most in (("gb-chc-2", 0.8), ("us-ein-1", 0.8), ("gb-coh-1", 0.97), ("xm-dac-1", 0.97)):
        assert score(of_charities, actor("b", "Harbour Watch", identifiers=[("iatiIdentifier", number)])) == most
    assert score(one, actor("b", "Harbour Watch", identifiers=[("http://ror.org/", "x")])) == 0.97


@pytest.mark.parametrize(
    ("mine", "yours", "most"),
    [
        (["Post"], ["Organization"], 0.5),
        (["Group"], ["Organization"], 0.5),
        (["Organization"], ["Organization", "OrganizationalUnit"], 0.97),
    ],
)
def test_a_post_is_no_organization_and_a_unit_may_be_one(mine: list[str], yours: list[str], most: float) -> None:
    assert (
        score(actor("a", "Coordinator on Trafficking", *mine), actor("b", "Coordinator on Trafficking", *yours)) <= most
    )


def test_a_body_of_a_country_is_no_strong_proposal_and_an_equal_identifier_overrules_that() -> None:
    left, right = (
        profile(f"{s}/actors/x", "Harbour Watch", kinds=[kind]) for s, kind in (("a", "ngo"), ("b", "ministry"))
    )
    assert score(left, right) == 0.86
    left.identifiers = right.identifiers = frozenset({("iatiIdentifier", "xm-1")})
    assert score(left, right) == 0.99


def test_what_was_dissolved_is_not_what_followed() -> None:
    old = profile("reference/places/old", "Antilles", root="Place", identifiers=[("isoAlpha2", "an")])
    new = profile("x/places/new", "Antilles", root="Place", identifiers=[("isoAlpha2", "an")])
    assert score(old, new) == 0.99
    old.dissolved = True
    assert score(old, new) == 0.5


def test_who_is_partner_of_the_other_is_another() -> None:
    left = profile("a/actors/x", "Harbour Watch", ties=[("b/actors/x", "partner")])
    assert score(left, actor("b", "Harbour Watch")) == 0.8


def test_an_acronym_tells_less_where_several_have_it() -> None:
    left, right = actor("a", "Fundación Casa Clara (FCC)"), actor("b", "FCC")
    assert score(left, right) == 0.87
    assert score(left, right, profile("c/actors/x", "Federal Crime Commission (FCC)")) == 0.78
    assert score(actor("a", "Fundación Casa Clara"), right) == 0.0


def test_the_reference_holds_a_thing_once() -> None:
    one, two = (profile(f"reference/actors/{name}", "Harbour Watch") for name in "ab")
    assert score(one, two) == 0.5


@pytest.mark.parametrize("name", ["", "‮evil", "=cmd|' /C calc'!A0", "\x1b[2J", "x" * 10_000, "0", "（）"])
def test_hostile_names_break_nothing(name: str) -> None:
    compare(actor("a", name), actor("b", name))
    compare(actor("a", name), actor("b", "Harbour Watch"))
