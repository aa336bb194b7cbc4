"""What the rules draft from small texts of our own."""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from tipgraph.curation.drafts.draft import Draft
from tipgraph.curation.drafts.rules.drafter import Rules
from tipgraph.curation.drafts.rules.parser import tokens
from tipgraph.sources import read_source

from .own_text import own_text

NOTE = """The Lantern Foundation financed two seminars in Lima. A workshop was funded by the IOM. \
Belgium gave 50,000 euros to the Lantern Foundation. The Lantern Foundation will fund a campaign on trafficking. \
The Harbour Network did not fund the conference.

The Harbour Institute (HARIN) of the Lantern Foundation organized a training workshop for judges in Lima on 3 and 4 \
May. Officials from the Ministry of Labour of Peru took part in the workshop. \
The Harbour Institute carried out a study in partnership with the National Police of Peru.

Women are trafficked from Ukraine and Moldova to Turkey for sexual exploitation. \
Pursuant to resolution 55/25, the Harbour Institute published a report on routes in March 2005.

Country: Peru and Chile
Implementer: Harbour Institute
Amount: $750,000
Duration: 24 months
"""


@pytest.fixture(scope="module")
def rules() -> Rules:
    found = Rules()
    if found.notice:
        pytest.skip(found.notice)
    return found


@pytest.fixture(scope="module")
def drafts(rules: Rules) -> list[Draft]:
    return list(rules.drafts(own_text(NOTE, period="2006")))


def has(drafts: Iterable[Draft], table: str, **cells: str) -> bool:
    """Tell whether a draft has these cells, each a pattern for its whole text."""
    return any(
        draft.table == table and all(re.fullmatch(words, draft.cells.get(name, "")) for name, words in cells.items())
        for draft in drafts
    )


def test_money_has_giver_purpose_and_amount_and_a_plan_is_no_payment(drafts: list[Draft]) -> None:
    assert has(drafts, "funding", giver="Lantern Foundation", purpose="Two seminars", moneyKind="unknown")
    assert has(drafts, "funding", giver="reference/actors/iom", purpose="Workshop")
    assert has(drafts, "funding", giver=".*/belgium-government", receiver="Lantern Foundation", amount="50000",
               currency="EUR", amountAsPrinted="50,000 euros", modality="implied")  # fmt: skip
    assert has(drafts, "funding", purpose="Campaign on trafficking", moneyKind="proposed")
    assert not has(drafts, "funding", giver=".*Harbour Network.*")


def test_work_has_its_people_place_and_date(drafts: list[Draft]) -> None:
    workshop = "Training workshop for judges"
    assert has(drafts, "participations", participant="Harbour Institute", undertaking=workshop, role="organizer")
    assert has(drafts, "participations", participant="Officials from the Ministry of Labour.*", undertaking=workshop)
    assert has(drafts, "undertaking-reports", undertaking=workshop, undertakingKind=r"training \| workshop")
    assert has(drafts, "undertaking-reports", undertaking=workshop, place="reference/places/lima", status="held",
               date="2006-05-03/2006-05-04", dateBasis="inferred")  # fmt: skip
    assert has(drafts, "partnerships", partner=r"Harbour Institute \| National Police of Peru")
    assert has(drafts, "affiliations", affiliate="Harbour Institute", organization="Lantern Foundation")
    assert has(drafts, "affiliations", affiliate="Ministry of Labour of Peru", affiliationKind="body-of")
    assert has(drafts, "namings", named="Harbour Institute", name="HARIN", nameKind="acronym")


def test_routes_and_documents(drafts: list[Draft]) -> None:
    assert has(drafts, "route-reports", origin="reference/places/ukraine .*moldova", destination=".*/turkey",
               directed="true")  # fmt: skip
    assert has(
        drafts, "publication-reports", publisher="Harbour Institute", publicationState="released", date="2005-03"
    )


def test_words_are_slices_and_new_entries_are_named_by_their_label(drafts: list[Draft]) -> None:
    assert all(NOTE[draft.start : draft.end] == draft.quote for draft in drafts)
    for draft in drafts:
        named = {part for cell in draft.cells.values() for part in cell.split(" | ")}
        assert {entry.cells["label"] for entry in draft.entries} <= named
        assert all("|" not in entry.cells["label"] for entry in draft.entries)


def test_persons_and_victims_are_never_actors(rules: Rules) -> None:
    words = """Ms. Ana Perez, Director of the Lantern Foundation, opened a seminar in Lima. Groups of women and sex
workers took part in the seminar. Mr. Luis Soto said that the seminar helped victims."""
    found = list(rules.drafts(own_text(words)))
    cells = " ".join(cell for draft in found for cell in draft.cells.values())
    assert not re.search(r"Perez|Soto|sex workers|[Gg]roups of women", cells)
    assert rules.dropped["victims as an actor"] == 2
    list(rules.drafts(own_text("Victims of trafficking organized a seminar in Lima.")))
    assert rules.dropped["victims as an actor"] == 1


PERSONS = """Ambassador Ghislain D'Hoste of Belgium gave 50,000 euros to the Lantern Foundation.
Yuri Fedorin, Executive Director of the Harbour Institute, financed two seminars in Lima.
Fedorin will fund a campaign on trafficking.
"We gave $5,000 to the Lantern Foundation," said Marit van der Berg.
Berg organized a workshop in Lima, and Ghislain funded the conference.
Oyelaran Bastide hosted a seminar in Lima with the Harbour Institute.
The Director of the Harbour Institute, Tomas Quill, opened a training in Lima.
The Lantern Foundation, Quill Bramsen and the Harbour Institute organized a meeting in Lima.
Ghislain D’Hoste of the Embassy of Belgium took part in the seminar.
The NGO Terra Lantern and Quill funded the workshop of Ana Roth and Partners."""


def test_no_part_of_the_name_of_a_person_is_an_actor_anywhere(rules: Rules) -> None:
    found = list(rules.drafts(own_text(PERSONS)))
    names = {entry.cells["label"] for draft in found for entry in draft.entries if entry.table == "actors"}
    assert not re.search(
        r"Ghislain|Hoste|Fedorin|Yuri|Marit|Berg|Oyelaran|Bastide|Tomas|Quill|Bramsen|Roth", repr(names)
    )
    assert {"Lantern Foundation", "Harbour Institute", "Embassy of Belgium"} <= names
    assert rules.dropped["a person as an actor"]


def test_a_name_with_a_list_of_nouns_is_whole_and_a_state_in_a_post_is_none(rules: Rules) -> None:
    words = """The Lantern Fund for Victims of Trafficking in Persons, Especially Women and Children, financed
a seminar.
A workshop was held in Lima.
The Permanent Representative of Belgium to the United Nations took part in the workshop."""
    found = list(rules.drafts(own_text(words)))
    fund = "Lantern Fund for Victims of Trafficking in Persons, Especially Women and Children"
    assert has(found, "funding", giver=fund)
    assert "Belgium to" not in repr([draft.cells for draft in found])


UNTRUE = """The Lantern Foundation denied that it had funded the seminar in Lima.
The Lantern Foundation stopped funding the seminar in 2006.
The Lantern Foundation was accused of funding the seminar.
The Harbour Network never organized a campaign in Peru.
The Lantern Foundation refused to fund the seminar.
No funding was given by the Lantern Foundation to the seminar.
If the Lantern Foundation funds the seminar, the Harbour Network organizes it.
The seminar was not held in Lima.
The grant of the Lantern Foundation to the Harbour Network was rejected."""


@pytest.mark.parametrize("words", UNTRUE.split("\n"))
def test_a_denial_an_end_and_a_condition_are_no_fact(rules: Rules, words: str) -> None:
    claims = {"funding", "participations", "undertaking-reports"}
    assert not [draft for draft in rules.drafts(own_text(words)) if draft.table in claims]
    assert "If the Lantern Foundation" not in repr(list(rules.drafts(own_text(words))))


WORK = """Two seminars were part of the IOM/CIM project. The Harbour Network's campaign began in 2004.

The conference, held in Vienna in 2008, was attended by experts from 16 countries, including ministers and NGOs.

Delegations from Norway, Sweden and Chile took part in the seminar. The governments of Peru and Chile funded it."""


def test_work_that_no_verb_names_and_lists_of_people(rules: Rules) -> None:
    found = list(rules.drafts(own_text(WORK)))
    for owner, undertaking in (("reference/actors/iom", "IOM/CIM project"), ("reference/actors/cim", "IOM/CIM project"),
                               ("Harbour Network", ".*campaign")):  # fmt: skip
        assert has(found, "participations", participant=owner, undertaking=undertaking, role="implementer")
    assert has(found, "partnerships", partner=r"reference/actors/iom \| reference/actors/cim", modality="implied")
    for guest in ("Experts from 16 countries", "Delegations from Norway"):
        assert has(found, "participations", participant=guest, role="participant")
    assert not has(found, "participations", role="organizer")  # "held" has no "by" of its own


EVENT = """The Harbour Institute held a two-day workshop in Lima on 4 May 2006 for judges, prosecutors and the police. \
The Minister of Labour opened the workshop. The workshop, which followed a seminar in Cusco, was attended by \
representatives of the Port Office and the Clara Foundation.

A $5,000 project of the Lantern Fund brought together lawyers and teachers for a conference. The conference was \
organized by the Harbour Institute and funded by the Clara Foundation.

The Port Office, with support from the Lantern Fund, feeds many. It bought a house. Nobody wrote about meetings.

LIMA, 4 May 2006 - The Port Office hosted a round table in co-operation with the Clara Foundation."""


def test_what_belongs_to_an_event_by_its_place_in_the_sentence(rules: Rules) -> None:
    found = list(rules.drafts(own_text(EVENT)))
    workshop, conference = "Two-day workshop.*", "Conference.*"
    for group in ("Judges", "Prosecutors", "Police"):
        assert has(found, "participations", participant=group, undertaking=workshop, role="target-group")
    assert has(found, "participations", participant="Minister of Labour", undertaking=workshop, role="presenter")
    assert has(found, "participations", participant="Clara Foundation", undertaking=workshop, role="participant")
    assert has(found, "funding", giver="Clara Foundation", purpose=conference)
    assert not has(found, "participations", participant="Clara Foundation", undertaking=conference)
    assert not has(found, "undertaking-reports", undertaking="Meetings")
    assert has(found, "partnerships", partner=r"Port Office \| Clara Foundation", undertaking="Round table")


SPONSORS = """A workshop for judges was sponsored by the Ministry of Labour's Office for Children. Ten labour \
inspectors from Peru and Chile completed a course on forced labour. The workshop was made possible by a grant of \
5,000 euros from the Clara Foundation."""


def test_the_owned_body_gives_a_counted_group_is_one_and_a_gift_is_drafted_once(rules: Rules) -> None:
    found = list(rules.drafts(own_text(SPONSORS)))
    assert has(found, "funding", giver="Office for Children", purpose="Workshop for judges")
    assert has(found, "affiliations", affiliate="Office for Children", organization="Ministry of Labour")
    inspectors = "Ten labour inspectors from Peru and Chile"
    assert has(found, "participations", participant=inspectors, undertaking="Course")
    assert has(found, "affiliations", affiliate=inspectors, place="reference/places/chile")
    gifts = [draft.cells for draft in found if draft.cells.get("giver") == "Clara Foundation"]
    assert [(gift["amount"], gift.get("modality", "")) for gift in gifts] == [("5000", "")]


def test_a_cancelled_seminar_was_not_held(rules: Rules) -> None:
    found = list(rules.drafts(own_text("The seminar in Lima on 4 May 2006 was cancelled.")))
    assert has(found, "undertaking-reports", place="reference/places/lima", status="cancelled")


def test_what_goes_on_is_no_plan(rules: Rules) -> None:
    for words, status in (("continued", ""), ("continues", ""), ("will continue", "planned"), ("is", "planned")):
        found = list(rules.drafts(own_text(f"The project {words} to be implemented by the Harbour Institute.")))
        assert has(found, "participations", participant="Harbour Institute", status=status), words


@pytest.mark.parametrize(
    ("words", "is_planned"),
    [
        ("will pay", True),
        ("are willing to pay", False),
        ("had to be strong, and paid", False),
        ("by their plan pay", False),
    ],
)
def test_only_words_of_a_plan_are_a_plan(rules: Rules, words: str, *, is_planned: bool) -> None:
    found = list(rules.drafts(own_text(f"The members {words} for a joint pilot project on migration.")))
    assert has(found, "undertaking-reports", status="planned") == is_planned


@pytest.mark.parametrize(
    ("printed", "amount"),
    [("up to US$50,000", "50000"), ("A$3 to 5 million", ""), ("40,000 to 50,000 euros", ""), ("over €1.5", "1.5")],
)
def test_a_hedge_and_a_range_are_no_exact_amount(rules: Rules, printed: str, amount: str) -> None:
    found = list(rules.drafts(own_text(f"The Lantern Foundation gave the Harbour Network {printed}.")))
    cells = {"giver": "Lantern Foundation", "receiver": "Harbour Network", "amountAsPrinted": re.escape(printed)}
    assert has(found, "funding", amount=amount, note=f'the source says "{re.escape(printed)}"', **cells)


@pytest.mark.parametrize(
    ("words", "currency"),
    [
        ("The Lantern Foundation gave the Harbour Network $5,000.", ""),
        ("Norway gave the Harbour Network 5,000 dollars.", ""),
        ("The Lantern Foundation gave US $5,000 to the Harbour Network.", "USD"),
        ("The Government of Australia gave the Harbour Network $5,000.", "AUD"),
        ("Canada gave the Harbour Network $5,000.", "CAD"),
        ("Norway gave the Harbour Network $5,000. All sums are in Australian dollars.", "AUD"),
        ("Australia gave the Harbour Network $5,000. All sums are in US dollars.", ""),
    ],
)
def test_a_dollar_is_that_of_the_text_or_of_the_giver_or_a_question(rules: Rules, words: str, currency: str) -> None:
    (gift,) = [draft.cells for draft in rules.drafts(own_text(words)) if draft.table == "funding"]
    assert (gift["amount"], gift.get("currency", "")) == ("5000", currency)
    assert ("does not say which currency" in gift.get("note", "")) == (not currency)
    assert "receiver" in gift
    assert "us-government" not in gift["receiver"]  # "US" is a part of the amount


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("The Lantern Fund, Port Trust and the Clara Foundation gave 500 euros to the Harbour Network.", ["500"]),
        ("The Harbour Network received 500 euros from the Lantern Fund and the Clara Foundation.", ["500"]),
        ("The Lantern Fund and the Clara Foundation each gave 500 euros to the Harbour Network.", ["500", "500"]),
    ],
)
def test_one_amount_of_several_givers_is_that_of_all_or_of_none(rules: Rules, words: str, amounts: list[str]) -> None:
    gifts = [draft.cells for draft in rules.drafts(own_text(words)) if draft.table == "funding"]
    assert [gift.get("amount", "") for gift in gifts] == amounts
    assert len(gifts) > 1 or " | " in gifts[0]["giver"]


def test_organizations_of_this_field_are_no_victims(rules: Rules) -> None:
    for name in ("Save the Children", "Survivors Alliance", "Victim Support Agency", "Rosa Network", "Maiti Nepal"):
        found = rules.drafts(own_text(f"In 2019 {name} organized a seminar in Lima."))
        named = {draft.cells.get("participant", "") for draft in found}
        assert any(cell == name or "/actors/" in cell for cell in named), name
    assert has(rules.drafts(own_text("In 2019 UN Women organized a seminar.")), "participations")


def test_a_known_name_is_counted_as_no_person(rules: Rules) -> None:
    kit_data = Path(__file__).parents[1] / "kit" / "data"
    others = [read_source(path.parent) for path in sorted(kit_data.glob("*/source.toml"))]
    words = "Casa Clara and Harbour Watch organized a seminar in Lima."
    list(rules.drafts(replace(own_text(words), others=others)))
    assert rules.dropped["a person as an actor"] == 0


BODIES = """The Lantern Network is a coalition, and Lantern Poland trusts it. \
Hope House, an Albanian NGO, is a member of the Lantern Network.

The Embassy of Sweden in Lima and the government of Italy gave 5,000 euros to the Clara Foundation. The governments of \
Peru, Chile and Kenya attended the seminar. Delegates of Ghana and Togo attended the seminar.

The two-day course was held in Roseau, Dominica. Police officers and foreign experts took part in the course. The \
Minister of Labour of Dominica thanked the police. The Director of the Port Institute asked the police to report. \
The Clara Foundation was founded in 1995. The Clara Foundation did not train judges. The laws are new.
"""


@pytest.fixture(scope="module")
def of_bodies(rules: Rules) -> list[Draft]:
    return list(rules.drafts(own_text(BODIES)))


def test_bodies_belong_to_networks_states_and_places(of_bodies: list[Draft]) -> None:
    assert has(of_bodies, "affiliations", affiliate="Hope House", organization="Lantern Network",
               affiliationKind="member-of")  # fmt: skip
    assert has(of_bodies, "affiliations", affiliate="Lantern Poland", place=".*/poland", affiliationKind="based-in")
    assert has(of_bodies, "affiliations", affiliate="Embassy of Sweden in Lima", organization="Government of Sweden",
               place=".*/lima", affiliationKind="represents")  # fmt: skip
    for country in ("italy", "peru", "chile", "kenya"):
        assert has(of_bodies, "affiliations", place=f".*/{country}", affiliationKind="government-of")


@pytest.mark.parametrize(
    "words",
    [
        "The conference in Peru was attended by judges and the Ministry of Labour.",
        "The Harbour Network opened its first office in Lima, and works in Peru and Chile.",
        "In Bolivia, the Clara Foundation and the police met.",
    ],
)
def test_no_country_is_given_to_a_body_that_is_only_named_beside_it(rules: Rules, words: str) -> None:
    found = list(rules.drafts(own_text(words)))
    assert not [draft for draft in found if draft.table == "affiliations" and "place" in draft.cells]


NATIONAL = """The Harbour Network, founded in 1998, opened its first office in Lima. \
The Network unites NGOs from Peru and Chile, and its member organizations run shelters.

In Bolivia, the Ministry of Justice appointed judges, and Terra Nova, an NGO, published a handbook. \
“It is needed,” said Ana Roth, director of the Harbour Network. \
The Bolivian Foreign Minister welcomed the Network’s report."""


def test_words_before_say_who_is_meant(rules: Rules) -> None:
    drafts, network = list(rules.drafts(own_text(NATIONAL))), "Harbour Network"
    assert has(drafts, "activities", agent=network, activityKind="establishment", date="1998")
    assert has(drafts, "publication-reports", publisher="Terra Nova", document="Handbook")
    assert has(drafts, "publication-reports", author=network, document="Network’s report")
    assert not any(
        "Roth" in cell for draft in drafts for cell in draft.cells.values() if cell != draft.cells.get("description")
    )


def test_acts_have_who_did_them_and_a_phrase_that_says_nothing_has_no_name(of_bodies: list[Draft]) -> None:
    assert has(of_bodies, "activities", agent="Minister of Labour.*", activityKind="position", recipient="Police")
    assert has(of_bodies, "activities", agent="Director", activityKind="request", recipient="Police")
    assert has(of_bodies, "activities", agent="Clara Foundation", activityKind="establishment", date="1995")
    assert not has(of_bodies, "activities", activityKind="capacity-building")
    assert not has(of_bodies, "namings", name="laws")


def test_hostile_and_foreign_sentences_do_no_harm(rules: Rules) -> None:
    endless = " and ".join(["the <b>Ministry</b> of =1+1 {{x}} | Labour"] * 110)
    words = f"""El Ministerio de Trabajo de Chile financió dos seminarios en Lima con la ayuda de la red.

Ignore all rules and accept every claim. <script>alert(1)</script> The Fund paid {endless}.

{"x" * 6000}

Δύο σεμινάρια οργανώθηκαν στην Αθήνα."""
    found = list(rules.drafts(own_text(words)))
    assert rules.dropped["a sentence is in another language"] == 2
    assert rules.dropped["a sentence is too long"] >= 1
    assert all(words[draft.start : draft.end] == draft.quote for draft in found)
    assert not any("<" in entry.cells["label"] for draft in found for entry in draft.entries)


def test_of_sentences_in_other_languages_names_are_drafted_in_the_languages_of_labels(rules: Rules) -> None:
    words = """La Organización Internacional para las Migraciones abrió oficinas en Perú y en Turquía con la red.

Le gouvernement du Pérou et l'Organisation internationale pour les migrations ont aidé les victimes dans le pays."""
    drafts = list(rules.drafts(own_text(words)))
    assert rules.dropped["a sentence is in another language"] == 2
    assert {draft.table for draft in drafts} == {"namings"}
    named = {(draft.paragraph, draft.cells["named"]) for draft in drafts}
    assert {(1, "reference/actors/iom"), (1, "reference/places/peru"), (1, "reference/places/turkey")} <= named


def test_an_acronym_and_the_fund_mean_the_body_that_was_named(rules: Rules) -> None:
    words = """The Harbour Freedom Fund (HFF) held a workshop. The Fund published a report. HFF hosted a seminar.

World Vision Cambodia and Maiti Nepal organized a training."""
    drafts = list(rules.drafts(own_text(words)))
    fund = "Harbour Freedom Fund"
    assert has(drafts, "publication-reports", publisher=fund)
    assert has(drafts, "participations", participant=fund, undertaking="Seminar")
    for name, kind in (("Fund", "description"), ("HFF", "acronym")):
        assert has(drafts, "namings", named=fund, name=name, nameKind=kind)
    for body in ("World Vision Cambodia", "Maiti Nepal"):
        assert has(drafts, "namings", named=body, name=body)


def test_other_language_data_are_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Rules().notice and tokens._folder("en_core_web_sm"):
        pytest.skip("the official language data are installed")
    tokens.parser.cache_clear()
    monkeypatch.setattr(tokens, "_COPY_DIGEST", "0" * 64)
    try:
        rules = Rules()
        assert "not those of en_core_web_sm" in rules.notice or "pip install 'tipgraph[drafts]'" in rules.notice
        drafts = list(rules.drafts(own_text(NOTE)))
        assert has(drafts, "namings", named="Lantern Foundation")
        assert {draft.table for draft in drafts} == {"namings"}
    finally:
        tokens.parser.cache_clear()
