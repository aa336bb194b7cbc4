"""The questions of the first document, with golden answers that a person read from the text."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, QuerySolution, QuerySolutions

from tests.conftest import column
from tests.findings.made import Tables, actor, made, same
from tipgraph.display.text import answer_text
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Answer, Query
from tipgraph.model import data_iri
from tipgraph.sources.folder import Texts

ONE = "oas-cim-2005"
SEVEN = ("bahamas", "barbados", "guyana", "jamaica", "netherlands-antilles", "saint-lucia", "suriname")


OF_OPEN_DATA = ("ratings", "results")  # nothing of the kit answers these: tests/readers and tests/engines ask them


def ask(graph: Graph, name: str, **values: str) -> Answer:
    return Query.find(name).run(graph, values)


def select(graph: Graph, text: str) -> list[QuerySolution]:
    found = graph.query(text)
    assert isinstance(found, QuerySolutions)
    return list(found)


def rows(answer: Answer, *columns: str) -> list[tuple[str, ...]]:
    """Rows as ids of things, labels of codes and plain values, with `said` for where the claims are said."""
    return [
        tuple(
            " ".join(sorted({str(c) for c in answer.cited(row)}))
            if name == "said"
            else _short(answer, row[answer.columns.index(name)])
            for name in columns
        )
        for row in answer.rows
    ]


def _short(answer: Answer, term: object) -> str:
    value = getattr(term, "value", "")
    if "/code#" in value:
        return answer.labels[term]  # type: ignore[index]
    return value.rpartition("/")[2] if value.startswith("https://w3id.org/") else value


def test_funding_of_the_first_document(graph: Graph) -> None:
    said = {
        row for row in rows(ask(graph, "funding"), "giver", "receiver", "purpose", "kind", "said") if ONE in row[-1]
    }
    assert said == {
        ("usaid", "", "research-project-1999", "unknown", f"{ONE} ¶9 s3"),
        ("us-mission-oas", "", "research-project-1999", "unknown", f"{ONE} ¶9 s3"),
        ("us-government", "", "oas-tip-coordinator", "unknown", f"{ONE} ¶11 s1"),
        ("usaid", "", "phase-2", "unknown", f"{ONE} ¶13 s1"),
        ("iom", "", "caribbean-project", "unknown", f"{ONE} ¶13 s2"),
        ("usaid", "", "mexico-project", "unknown", f"{ONE} ¶14 s2"),
        ("mexico-womens-institute", "", "mexico-project", "unknown", f"{ONE} ¶14 s2"),
        ("oas-tip-coordinator", "la-paz-visitor", "", "spent", f"{ONE} ¶15 s5"),
        ("cim", "cim-specialist", "", "spent", f"{ONE} ¶17 s1"),
        ("cim", "spain-police-expert", "", "spent", f"{ONE} ¶17 s1"),
        ("oas-tip-coordinator", "cim-specialist", "", "spent", f"{ONE} ¶17 s1"),
        ("oas-tip-coordinator", "spain-police-expert", "", "spent", f"{ONE} ¶17 s1"),
        ("us-state-department", "", "iom-belize-report", "unknown", f"{ONE} ¶19 s2"),
        ("", "", "europe-collaboration", "proposed", f"{ONE} ¶24 s2"),
        ("iom", "cim-specialist", "", "spent", f"{ONE} ¶25 s1"),
        ("italy-government", "cim-specialist", "", "spent", f"{ONE} ¶25 s1"),
        ("usaid", "", "phase-2", "unknown", f"{ONE} ¶30 s1"),
        ("mexico-government", "", "phase-2", "unknown", f"{ONE} ¶30 s1"),
    }


def test_who_pays_for_attendance_funds_no_event(graph: Graph) -> None:
    answer = ask(graph, "funding", attending="buenos-aires-seminar")
    assert set(rows(answer, "giver", "receiver", "attendance")) == {
        (giver, receiver, "buenos-aires-seminar")
        for giver in ("cim", "oas-tip-coordinator") for receiver in ("cim-specialist", "spain-police-expert")
    }  # fmt: skip
    assert not ask(graph, "funding", **{"for": "buenos-aires-seminar"}).rows
    assert not ask(graph, "funding-chains", **{"in": "rome"}).rows
    event = data_iri(ONE, "undertakings", "buenos-aires-seminar")
    assert not select(graph, f"SELECT ?giver WHERE {{ ?giver tip:funds {event} }}")


def test_who_is_only_named_on_an_agenda_or_in_an_outcome_is_found_and_tied_to_nobody(graph: Graph) -> None:
    bodies = {"oas", "iom", "us-government"} | {
        f"{country}-government" for country in ("chile", "colombia", "dominican-republic", "peru")
    }
    for event, named in (("caracas-seminar", bodies), ("la-paz-training", {"bolivia-police"})):
        answer = ask(graph, "participants", event=event, role="named")
        assert set(rows(answer, "participant", "modality")) == {(body, "implied") for body in named}
        node = data_iri(ONE, "undertakings", event)
        tied = column(graph, f"SELECT ?who {{ ?who tip:participatesIn {node} }}")
        assert not named & {who.rpartition("/")[2] for who in tied}


def test_groups_of_bodies_of_several_countries_are_no_body_of_one(graph: Graph) -> None:
    group = data_iri("oas-atip-2007", "actors", "judiciaries")
    kinds = column(
        graph, f"SELECT DISTINCT ?kind {{ [] tip:affiliate {group} ; tip:affiliationKind/skos:notation ?kind }}"
    )
    assert kinds == ["includes-bodies-of"]


def test_a_channel_neither_gives_nor_receives(graph: Graph) -> None:
    answer = ask(graph, "funding", **{"for": "caribbean-project"})
    assert ("iom", "prm", "", "stated") in rows(answer, "giver", "channel", "receiver", "modality")


def test_money_with_an_amount_and_unknown_money(graph: Graph) -> None:
    known = {row for row in rows(ask(graph, "funding"), "receiver", "amount", "currency", "kind") if row[1]}
    assert known == {
        (receiver, amount, "USD", kind)
        for receiver, amount, kind in [
            ("catw-ap", "500000", "awarded"),
            ("iom", "168000", "awarded"),
            ("iom", "750000", "unknown"),
            ("iom", "1900000", "unknown"),
            ("commission-for-international-justice-and-accountability", "750000", "unknown"),
            ("commission-for-international-justice-and-accountability", "825000", "unknown"),
            ("united-nations-office-on-drugs-and-crime", "1000000", "unknown"),
            ("united-nations-office-on-drugs-and-crime", "1500000", "unknown"),
        ]
    }


def test_who_pays_in_the_caribbean(graph: Graph) -> None:
    assert rows(ask(graph, "funding", **{"in": "caribbean"}), "giver", "receiver", "purpose", "modality") == [
        ("us-government", "", "research-project-1999", "implied"),
        ("iom", "", "caribbean-project", "stated"),
        ("usaid", "", "research-project-1999", "stated"),
        ("us-mission-oas", "", "research-project-1999", "implied"),
    ]


def test_funding_chains_reach_the_places(graph: Graph) -> None:
    usaid = ask(graph, "funding-chains", funder="usaid")
    phase = [row for row in rows(usaid, "purpose", "may_reach", "place") if row[:2] == ("phase-2", "phase-2")]
    assert {row[2] for row in phase} == {"mexico", "belize", "bolivia"}
    iom = rows(ask(graph, "funding-chains", funder="iom"), "purpose", "place")
    assert {*SEVEN} <= {place for purpose, place in iom if purpose == "caribbean-project"}
    state = rows(ask(graph, "funding-chains", funder="us-state-department"), "place")
    assert {place for (place,) in state} == {"santiago", ""}


def test_a_chain_reaches_no_place_that_research_is_only_about(graph: Graph) -> None:
    places = set(rows(ask(graph, "funding-chains"), "funder", "place"))
    assert not places & {("usaid", "brazil"), ("mexico-womens-institute", "guatemala"), ("save-the-children", "asia")}
    assert "united-states" not in {place for _, place in places}


def test_a_chain_cites_the_part_by_which_it_reaches_a_place_and_says_where_that_is_implied(graph: Graph) -> None:
    answer = ask(graph, "funding-chains")
    part, purpose, reached = map(answer.columns.index, ("claimPart", "purpose", "may_reach"))
    for row in answer.rows:
        assert bool(row[part]) == bool(row[reached] and row[reached] != row[purpose]), answer.said_at(row)
    ends = zip(rows(answer, "purpose", "place"), answer.rows, strict=True)
    (tuxtla,) = (answer.said_at(row) for end, row in ends if end == ("phase-2", "tuxtla"))
    assert tuxtla == f"{ONE} ¶13 s1; {ONE} ¶14 s1 (implied); {ONE} ¶14 s4"


def test_a_chain_never_jumps_to_an_unrelated_grant(graph: Graph) -> None:
    state = rows(ask(graph, "funding-chains", funder="us-state-department"), "claim", "purpose")
    assert {purpose for _, purpose in state} == {"iom-belize-report", "southern-cone-seminar"}


def test_partners(graph: Graph) -> None:
    answer = ask(graph, "partners", of="cim")
    with_iom = {undertaking for other, undertaking in rows(answer, "other", "undertaking") if other == "iom"}
    assert with_iom >= {
        "phase-2",
        "caribbean-project",
        "mexico-project",
        "caribbean-seminars",
        "caribbean-regional-meeting",
    }
    pairs = {frozenset(pair) for pair in rows(ask(graph, "partners"), "partner", "other")}
    for pair in [
        ("iin", "us-embassy-uruguay"),
        ("depaul-university", "cim"),
        ("depaul-university", "iin"),
        ("oas-tip-coordinator", "belize-government"),
        ("oas-tip-coordinator", "belize-task-force"),
        ("oas-tip-coordinator", "iom-regional-office"),
    ]:
        assert frozenset(pair) in pairs, pair
    governments = {
        place for partner, place in rows(answer, "other", "place") if partner.endswith("-government-counterparts")
    }
    assert governments >= {*SEVEN}
    assert frozenset(("bahamas-government-counterparts", "suriname-government-counterparts")) not in pairs


def test_events_on_the_same_days(graph: Graph) -> None:
    answer = ask(graph, "events", **{"from": "2004-11-11", "to": "2004-11-12", "status": "held"})
    exact = {row[0] for row in rows(answer, "event", "earliest") if row[1] == "2004-11-11"}
    assert exact == {"la-paz-training", "buenos-aires-seminar"}


def test_an_event_says_where_its_place_and_its_status_are_only_implied(graph: Graph) -> None:
    answer = ask(graph, "events")
    place, placed, status, stood = map(answer.columns.index, ("place", "claimPlace", "status", "claimStatus"))
    for row in answer.rows:
        assert bool(row[place]) == bool(row[placed])
        assert not row[place] or select(graph, f"SELECT * {{ {row[placed]} tip:place {row[place]} }}")
        assert not row[status] or select(graph, f"SELECT * {{ {row[stood]} tip:status {row[status]} }}")
    said = {at for (event,), at in zip(rows(answer, "event"), map(answer.said_at, answer.rows), strict=True)
            if event in ("videoconference", "biennial-assembly")}  # fmt: skip
    assert said == {f"{ONE} ¶36 s1; {ONE} ¶36 s1 (implied)", "oas-cim-2004 ¶13 s1; oas-cim-2004 ¶13 s1 (implied)"}


def test_seven_seminars_in_summer_2004(graph: Graph) -> None:
    """The place says which summer: of the north, but near the equator, where nobody knows."""
    near_the_equator = {"guyana", "suriname"}
    seminars = {row for row in rows(ask(graph, "events"), "event", "date", "place", "kinds", "status")
                if row[1] in ("2004-22", "2004-26")}  # fmt: skip
    assert seminars == {
        (f"seminar-{place}", "2004-22" if place in near_the_equator else "2004-26", place, "seminar", "held")
        for place in SEVEN
    }
    north = next(iter(rows(ask(graph, "events", **{"in": "bahamas"}), "earliest", "latest")))
    assert north == ("2004-06-01", "2004-08-31")


def test_the_regional_meeting_has_its_dates_from_another_document(graph: Graph) -> None:
    answer = ask(graph, "events", **{"in": "washington-dc", "from": "2005", "to": "2005"})
    assert rows(answer, "event", "earliest", "latest", "said") == [
        (
            "caribbean-regional-meeting",
            "2005-03-14",
            "2005-03-16",
            "cim-iom-caribbean-2005 ¶4 s1 cim-iom-caribbean-2005 ¶6 s1",
        )
    ]


def test_promises(graph: Graph) -> None:
    said = set(rows(ask(graph, "promises", source=ONE), "what", "state", "date", "place"))
    assert said >= {
        ("lima-seminar", "planned", "2005-04-28/2005-04-29", "lima"),
        ("la-paz-seminar-2005", "planned", "2005-05", "la-paz"),
        ("belize-seminar-2005", "planned", "2005-25", "belize"),
        ("port-au-prince-seminar", "planned", "2005-25", "port-au-prince"),
        ("ecuador-seminar", "planned", "2005-22", "ecuador"),
        ("guatemala-seminar", "planned", "2005-27", "guatemala"),
        ("iin-research-2", "planned", "2005/", ""),
        ("south-border-report", "forthcoming", "", ""),
        ("north-border-report", "forthcoming", "", ""),
        ("rome-report", "forthcoming", "", ""),
        ("europe-collaboration", "proposed", "", ""),
    }
    held = {what for what, *_ in rows(ask(graph, "events", status="held"), "event")}
    planned_events = {what for what, state, *_ in said if state == "planned"}
    assert not held & planned_events
    reached = set(rows(ask(graph, "promises", source=ONE), "what", "reached", "other_sources"))
    assert reached >= {("belize-trainings", "ongoing", "0"), ("south-border-report", "under review", "0")}
    assert ("lima-seminar", "", "0") in reached
    assert {what for what, *_ in rows(ask(graph, "promises", funder="gtip"), "what")} == {"catw-ap-project"}


def test_a_promise_has_the_steps_that_any_source_reports(tmp_path: Path) -> None:
    course = {"undertakings": [{"id": "course", "type": "Event", "label": "course"}]}
    reports = [
        {"id": "1", "undertaking": "course", "status": "held"},
        {"id": "2", "undertaking": "course", "outcome": "x"},
    ]
    money = {"giver": "house", "purpose": "course"}
    house = {"actors": [actor("house")]}
    sources: dict[str, Tables] = {
        "a": {**course, "undertaking-reports": [{"id": "1", "undertaking": "course", "status": "planned"}]},
        "b": {**course, "undertaking-reports": reports},
        "c": {**course, **house, "funding": [{"id": "1", **money, "moneyKind": "pledged"}]},
        "d": {**course, **house, "funding": [{"id": "1", **money, "moneyKind": "disbursed"}]},
        "reference": {
            "identity": [
                *(same(f"u-{name}", "a/undertakings/course", f"{name}/undertakings/course") for name in "bcd"),
                same("h", "c/actors/house", "d/actors/house"),
            ]
        },
    }
    answer = Query.find("promises").run(made(tmp_path, sources))
    assert {*rows(answer, "state", "reached", "giver", "other_sources")} == {
        ("planned", "held", "house", "3"),
        ("planned", "ns#outcome", "house", "3"),
        ("pledged", "disbursed", "house", "3"),
    }


def test_participants_of_la_paz(graph: Graph) -> None:
    answer = ask(graph, "participants", event="event:la-paz-training", role="presenter")
    stated = {who for who, modality in rows(answer, "participant", "modality") if modality == "stated"}
    assert stated == {
        "interpol-colombia", "iin", "chile-police", "us-embassy-bolivia", "colombia-family-prosecutor",
        "colombia-trafficking-police",
    }  # fmt: skip
    everybody = {who for who, role in rows(ask(graph, "participants", event="la-paz-training"), "participant", "role")}
    assert {"oas-tip-coordinator", "bolivia-migration-service", "bolivia-government-officials"} <= everybody


def test_unnamed_groups_took_part(graph: Graph) -> None:
    who = {row[0] for row in rows(ask(graph, "participants", event="buenos-aires-seminar"), "participant")}
    assert {"argentina-ngos", "argentina-legislators", "argentina-media", "argentina-social-workers"} <= who


def test_routes(graph: Graph) -> None:
    said = set(rows(ask(graph, "routes"), "route", "from", "to", "figure", "modality"))
    assert said >= {
        ("lac-japan", "latin-america-and-the-caribbean", "japan", "1,700", "stated"),
        ("colombia-japan", "colombia", "japan", "", "implied"),
        ("latin-america-japan", "latin-america", "japan", "700,000", "implied"),
        ("lac-europe", "latin-america-and-the-caribbean", "europe", "", "implied"),
    }
    undirected = {row for row in rows(ask(graph, "routes"), "route", "from", "to", "between") if row[3]}
    assert {route for route, *_ in undirected} == {"lac-europe-link", "lac-asia-link", "western-hemisphere-japan-link"}
    assert all(row[1:3] == ("", "") for row in undirected)


@pytest.mark.parametrize("query", Query.all(), ids=lambda query: query.name)
def test_rows_that_nobody_reviewed_come_last_in_every_question(graph: Graph, query: Query) -> None:
    answer = query.run(graph)
    unreviewed = [any(one.unreviewed for one in answer.remarked(row)[:1]) for row in answer.rows]
    assert unreviewed == sorted(unreviewed)
    if "reviewed" in query.parameters:
        rest = query.run(graph, {"reviewed": "true"}).rows
        assert not answer.citations or len(rest) == unreviewed.count(False)


def test_reviewed_sums_are_those_of_reviewed_payments(graph: Graph) -> None:
    every, reviewed = (rows(ask(graph, "funding-sums", **values), "giver", "total", "not_reviewed")
                       for values in ({}, {"reviewed": "true"}))  # fmt: skip
    assert reviewed == [row for row in every if not row[-1]]
    assert 0 < len(reviewed) < len(every)


def test_a_question_that_reads_all_claims_refuses_to_leave_some_out(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="reads all claims"):
        ask(graph, "coverage", reviewed="true")
    with pytest.raises(BadValue, match="write reviewed=true"):
        ask(graph, "funding", reviewed="no")


def test_routes_by_an_end_at_any_remove(graph: Graph) -> None:
    to_japan = {row[0] for row in rows(ask(graph, "routes", destination="JP"), "route")}
    assert to_japan == {"lac-japan", "colombia-japan", "latin-america-japan", "western-hemisphere-japan"}
    from_lac = {row[0] for row in rows(ask(graph, "routes", origin="latin-america-and-the-caribbean"), "route")}
    assert from_lac == {"lac-japan", "colombia-japan", "lac-eu-osce", "lac-europe", "latin-america-japan"}


def test_the_estimate(graph: Graph) -> None:
    columns = ("hedge", "figure", "value", "unit", "per", "population", "basis", "measure", "issuer", "said")
    asked = rows(ask(graph, "numbers", of="route:lac-japan"), "subject", *columns)
    assert [tuple(row) for subject, *row in asked if subject == "lac-japan"] == [
        (
            "about",
            "1,700",
            "1700",
            "persons",
            "per year",
            "victims",
            "estimated",
            "flow",
            "cim",
            f"{ONE} ¶23 s1 {ONE} ¶23 s2",
        ),
        (
            "at least",
            "1,700",
            "1700",
            "persons",
            "per year",
            "women",
            "estimated",
            "flow",
            "",
            f"ap-2005 (cited) {ONE} ¶23 s1 {ONE} ¶23 s2",
        ),
    ]


def test_who_does_what_where(graph: Graph) -> None:
    said = set(rows(ask(graph, "who-does-what-where"), "actor", "kind", "where"))
    assert said >= {
        ("cim", "seminar", "jamaica"),
        ("iom", "seminar", "netherlands-antilles"),
        ("iom-regional-office", "training", "belize"),
        ("dps", "seminar", "chile"),
    }
    assert ("argentina-ngos", "seminar", "argentina") not in said


def test_who_does_what_where_names_no_place_that_an_undertaking_is_only_about(graph: Graph) -> None:
    said = set(rows(ask(graph, "who-does-what-where"), "actor", "kind", "where"))
    assert not said & {("dps", "seminar", "asia"), ("ihrli", "research", "brazil"), ("iin", "research", "paraguay")}


def test_who_does_what_where_rests_on_what_it_cites(graph: Graph) -> None:
    answer = ask(graph, "who-does-what-where")
    kind, where, kinded, placed = map(answer.columns.index, ("kind", "where", "claimKind", "claimPlace"))
    for row in answer.rows:
        assert len({citation.source for citation in answer.cited(row)}) == 1
        assert select(graph, f"SELECT * {{ {row[placed]} tip:place/tip:within? {row[where]} }}"), answer.said_at(row)
        assert not row[kind] or select(graph, f"SELECT * {{ {row[kinded]} tip:undertakingKind {row[kind]} }}")


def test_who_does_what_where_marks_a_place_that_is_only_implied_or_planned(graph: Graph) -> None:
    def said(where: str, undertaking: str) -> list[str]:
        answer = ask(graph, "who-does-what-where", **{"in": where})
        at = answer.columns.index("undertaking")
        return [answer.said_at(row) for row in answer.rows if row[at] == data_iri(ONE, "undertakings", undertaking)]

    meeting, trainings = said("US", "caribbean-regional-meeting"), said("BZ", "belize-trainings")
    assert meeting
    assert all("cim-iom-caribbean-2005 ¶4 s1 (implied)" in one for one in meeting)
    assert trainings
    assert all("planned" in one for one in trainings)


def test_gaps_of_the_first_document(graph: Graph) -> None:
    answer = ask(graph, "gaps", source=ONE)
    assert {row[0] for row in rows(answer, "country")} == {
        "brazil", "chile", "colombia", "guatemala", "japan", "paraguay", "united-states",
    }  # fmt: skip
    assert "chile" not in {row[0] for row in rows(ask(graph, "gaps"), "country")}


def test_a_figure_stands_once_beside_the_report_of_its_own_source(graph: Graph) -> None:
    said = [row for row in rows(ask(graph, "routes"), "route", "hedge", "figure", "said") if row[2]]
    assert said == [
        ("lac-japan", "about", "1,700", f"{ONE} ¶23 s1 {ONE} ¶23 s2"),
        ("latin-america-japan", "about", "700,000", "law-forum (cited)"),
        ("latin-america-japan", "none", "1,700", "mcclatchy-2005 (cited)"),
        ("lac-japan", "at least", "1,700", "ap-2005 (cited)"),
    ]


@pytest.mark.parametrize("question", ["numbers", "routes"])
def test_a_number_without_a_hedge_is_not_called_exact(graph: Graph, question: str) -> None:
    hedges = {hedge for (hedge,) in rows(ask(graph, question), "hedge")}
    assert "none" in hedges
    assert not any("exact" in hedge for hedge in hedges)


def test_estimates_of_a_place_are_those_of_its_routes(graph: Graph) -> None:
    assert len(ask(graph, "numbers", of="JP").rows) == 6
    assert ask(graph, "numbers", of="peru").rows == []


def test_no_question_repeats_a_row(graph: Graph) -> None:
    for query in Query.all():
        answer = query.run(graph)
        assert len({tuple(map(str, row)) for row in answer.rows}) == len(answer.rows), query.name


def test_a_chain_begins_with_its_funder(graph: Graph) -> None:
    for hop, funder, giver in rows(ask(graph, "funding-chains"), "hop", "funder", "giver"):
        assert hop != "1" or funder == giver


@pytest.mark.parametrize("kit", ["graph", "small"])
def test_the_chains_of_a_place_begin_with_the_money_that_may_reach_it(kit: str, request: pytest.FixtureRequest) -> None:
    graph: Graph = request.getfixturevalue(kit)
    begins_none = set(column(graph, """
        SELECT ?claim {
          ?claim a tip:Funding
          { ?claim tip:restates|tip:mayContinue|tip:revisedBy ?other } UNION { ?claim tip:tiesNobody true }
        }
    """))  # fmt: skip
    places = set(column(graph, """
        SELECT ?place {
          ?claim a tip:Funding
          { ?claim tip:place ?in } UNION {
            ?claim tip:purpose/(^tip:partOf/tip:undertaking)* ?for .
            ?report tip:undertaking ?for ; tip:place|tip:subjectPlace ?in
          }
          ?in tip:within ?place
        }
    """))  # fmt: skip
    told = 0
    for place in places:
        given = rows_of(ask(graph, "funding", **{"in": place}), "giver", "claim")
        chains = rows_of(ask(graph, "funding-chains", **{"in": place}), "funder", "claim", "hop")
        expected = {row for row in given if row[0] and row[1] not in begins_none}
        assert {(funder, claim) for funder, claim, hop in chains if hop == "1"} == expected, place
        told += len(expected)
    assert told > 0


def rows_of(answer: Answer, *columns: str) -> set[tuple[str, ...]]:
    """Rows as plain values."""
    at = [answer.columns.index(name) for name in columns]
    return {tuple(getattr(row[column], "value", "") for column in at) for row in answer.rows}


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("funding", "giver", "usaid"),
        ("funding", "to", "iom"),
        ("funding", "for", "phase-2"),
        ("funding", "in", "caribbean"),
        ("funding", "kind", "awarded"),
        ("funding-chains", "funder", "usaid"),
        ("funding-chains", "in", "bolivia"),
        ("funding-sums", "giver", "usaid"),
        ("funding-sums", "kind", "awarded"),
        ("partners", "of", "iin"),
        ("partners", "on", "phase-2"),
        ("partners", "in", "belize"),
        ("events", "in", "mexico"),
        ("events", "status", "planned"),
        ("promises", "source", ONE),
        ("promises", "in", "peru"),
        ("promises", "from", "2005-06"),
        ("participants", "participant", "iom"),
        ("participants", "role", "presenter"),
        ("routes", "origin", "colombia"),
        ("routes", "destination", "europe"),
        ("routes", "endpoint", "asia"),
        ("who-does-what-where", "actor", "iom"),
        ("who-does-what-where", "kind", "training"),
        ("who-does-what-where", "in", "bolivia"),
        ("gaps", "source", ONE),
        ("mandates", "instrument", "ag-res-1948"),
        ("publications", "document", "rome-report"),
        ("actors", "kind", "embassy"),
        ("conflicts", "about", "belize-trainings"),
        ("conflicts", "source", "oas-cim-2004"),
        ("single-source", "class", "Funding"),
        ("single-source", "about", "iom"),
        ("coverage", "source", ONE),
        ("things", "class", "Route"),
    ],
)
def test_a_parameter_narrows_the_answer(graph: Graph, name: str, parameter: str, value: str) -> None:
    whole = Query.find(name).run(graph).rows
    narrowed = Query.find(name).run(graph, {parameter: value}).rows
    assert 0 < len(narrowed) < len(whole)
    # Pairs turn round, a narrower view of events leaves more gaps, and `in` adds what is only about the place.
    if name not in ("partners", "gaps") and (name, parameter) != ("funding-chains", "in"):
        assert {tuple(map(str, row)) for row in narrowed} <= {tuple(map(str, row)) for row in whole}


def test_what_only_says_it_again_begins_no_chain(graph: Graph) -> None:
    begun = {claim for claim, hop in rows(ask(graph, "funding-chains", funder="usaid"), "claim", "hop") if hop == "1"}
    assert begun == {"p9-1", "p13-1"}


def test_what_is_proposed_funds_nothing_yet(graph: Graph) -> None:
    assert (
        column(graph, "SELECT ?given { <https://w3id.org/tipgraph/id/oas-cim-2005/actors/eu> tip:funds ?given }") == []
    )
    assert column(
        graph, "SELECT ?whole { <https://w3id.org/tipgraph/id/oas-cim-2005/actors/prm> org:unitOf ?whole }"
    ) == ["https://w3id.org/tipgraph/id/reference/actors/us-state-department"]


def test_mandates(graph: Graph) -> None:
    said = set(
        rows(ask(graph, "mandates", instrument="AG/RES 2019 (XXXIV-O/04)"), "asked_or_done", "who", "provision", "said")
    )
    assert said >= {
        ("ns#task", "secretary-general", "operative paragraph 9", f"{ONE} ¶40 s1 {ONE} ¶41 s1"),
        ("ns#mandatedBy", "cim", "", f"{ONE} ¶1 s1 {ONE} ¶2 s1 {ONE} ¶5 s1"),
        ("ns#mandatedBy", "iin", "", f"{ONE} ¶45 s1"),
    }


def test_publications_under_review(graph: Graph) -> None:
    said = set(rows(ask(graph, "publications", state="under-review"), "document", "reviewer"))
    assert said == {
        (document, reviewer)
        for document in ("south-border-report", "north-border-report")
        for reviewer in ("mexico-womens-institute", "mexico-migration-institute")
    }


def test_the_names_of_the_coordinator(graph: Graph) -> None:
    said = rows(ask(graph, "actors", actor="oas-tip-coordinator"), "name", "nameKind")
    names = {name for name, kind in said if kind != "description"}
    assert len(names) >= 7
    assert [name for name, kind in said if kind == "misspelling"] == ["the office of the anti-TIP Coordinatior"]


def test_conflicts(graph: Graph) -> None:
    said = set(rows(ask(graph, "conflicts"), "said"))
    for places in [
        f"{ONE} ¶16 s1 {ONE} ¶31 s1",
        f"{ONE} ¶13 s1 {ONE} ¶30 s1",
        f"{ONE} ¶14 s1 {ONE} ¶14 s2 {ONE} ¶30 s1",
        f"{ONE} ¶20 s1 {ONE} ¶27 s3",
        f"oas-cim-2004 ¶11 s1 {ONE} ¶9 s2",
        f"cim-iom-caribbean-2005 ¶6 s3 {ONE} ¶31 s1",
    ]:
        assert (places,) in said, places


def test_single_source(graph: Graph) -> None:
    said = {row[0] for row in rows(ask(graph, "single-source", **{"class": "Funding"}), "said")}
    assert f"{ONE} ¶15 s5" in said
    assert f"{ONE} ¶30 s1" not in said
    assert f"{ONE} ¶13 s1" not in said
    assert rows(ask(graph, "single-source", about="route:lac-japan"), "type", "said") == [
        ("ns#Estimate", "ap-2005 (cited)"),
        ("ns#RouteReport", "ap-2005 (cited)"),
    ]


def test_coverage(graph: Graph) -> None:
    said = rows(ask(graph, "coverage", source=ONE), "paragraph", "claims", "reason")
    assert [int(number) for number, *_ in said] == list(range(1, 47))
    without = {int(number): reason for number, claims, reason in said if claims == "0"}
    assert without == {3: "formality", 12: "heading", 22: "heading", 26: "heading", 29: "heading"}
    assert all((claims == "0") == bool(reason) for _, claims, reason in said)


def test_neighbourhood_grows_with_its_steps(graph: Graph) -> None:
    sizes = [len(ask(graph, "neighbourhood", of="route:lac-japan", **steps).rows) for steps in _steps((None, "2", "3"))]
    assert 0 < sizes[0] < sizes[1] < sizes[2]
    assert len(ask(graph, "neighbourhood", of="route:lac-japan", steps="1").rows) == sizes[0]


def _steps(values: Iterable[str | None]) -> list[dict[str, str]]:
    return [{"steps": value} if value else {} for value in values]


def test_a_note_on_several_claims_of_a_row_is_said_once(graph: Graph) -> None:
    answer = ask(graph, "funding-chains")
    noted = [(answer.notes(row), answer.remarked(row)) for row in answer.rows]
    assert any(len(notes) < sum(len(remark.notes) for remark in remarks) for notes, remarks in noted)
    assert all(len(notes) == len(set(notes)) for notes, _ in noted)


def test_things_help_to_find_names(graph: Graph) -> None:
    said = rows(ask(graph, "things", **{"class": "Route", "like": "japan"}), "thing")
    assert {row[0] for row in said} == {
        "lac-japan", "colombia-japan", "latin-america-japan", "western-hemisphere-japan",
        "western-hemisphere-japan-link",
    }  # fmt: skip


@pytest.mark.parametrize("query", Query.all(), ids=lambda query: query.name)
def test_every_row_of_a_question_about_claims_is_cited(graph: Graph, query: Query) -> None:
    answer = query.run(graph)
    assert bool(answer.rows) == (query.name not in OF_OPEN_DATA)
    if "claim" in answer.columns:
        index = answer.columns.index("claim")
        assert all(answer.cited(row) for row in answer.rows if row[index] is not None)


@pytest.mark.parametrize("query", Query.all(), ids=lambda query: query.name)
def test_the_file_pastes_into_any_client(graph: Graph, query: Query) -> None:
    """With its slots left as they stand, a question answers as it does without values."""
    from tipgraph.graph.query import ask as ask_text

    pasted = ask_text(graph, query.text)
    assert sorted(map(str, pasted.rows)) == sorted(map(str, query.run(graph).rows))


TIED = """SELECT DISTINCT ?actor ?country WHERE {
    ?actor a tip:Actor ; (^tip:affiliate/tip:organization)* ?holder .
    ?claim tip:affiliate ?holder ; tip:place/tip:within ?country . ?country a tip:Country
}"""
LABELLED = """SELECT ?actor ?label ?country WHERE {
    ?actor a tip:Actor ; rdfs:label ?label . ?country a tip:Country ; rdfs:label ?name
    FILTER(LANG(?label) = "en" && LANG(?name) = "en" && REGEX(?label, CONCAT("(^|[^a-zA-Z])", ?name, "($|[^a-zA-Z])")))
    FILTER(!CONTAINS(?label, "Netherlands Antilles") || ?name = "Netherlands Antilles")
}"""


def test_the_label_of_an_actor_names_no_country_to_which_no_claim_ties_it(graph: Graph) -> None:
    tied = {(row["actor"], row["country"]) for row in select(graph, TIED)}
    said = {(row["actor"], row["country"]): row["label"].value for row in select(graph, LABELLED)}
    assert len(said) > 30
    assert not {said[pair] for pair in said.keys() - tied}


@pytest.mark.parametrize(
    ("question", "given", "told"),
    [
        ("funding", {"for": "depaul"}, "for=research-project-1999 (3 rows)"),
        ("events", {"status": "suspended"}, "status=planned (6 rows)"),
        ("events", {"from": "2050"}, "without parameters (34 rows)"),
        ("funding-chains", {"funder": "eu"}, "funder=cim (2 rows)"),
        ("partners", {"of": "eu", "in": "JP"}, "of=eu (1 row)"),
        ("funding", {"for": "iom-belize-research"}, "for=iom-belize-report (1 row)"),
        ("funding", {"giver": "usaid", "kind": "pledged"}, "giver=usaid (4 rows)"),
        ("events", {"in": "JP"}, "in=latin-america-and-the-caribbean (26 rows)"),
    ],
)
def test_a_question_that_nothing_answers_says_what_stands_one_step_away(
    graph: Graph, question: str, given: dict[str, str], told: str
) -> None:
    asked = Query.find(question)
    answer = asked.run(graph, given)
    assert not answer.rows
    assert told in map(str, answer.nearby)
    for one in answer.nearby:
        assert len(asked.run(graph, one.values).rows) == one.rows, one
        assert f"one step away: {one}" in answer_text(answer, "table", Texts())


OTHERWISE = {"from": "2050", "to": "1900", "text": "zzqx", "number": "1"}  # a word for each kind that is no thing


def words_for(graph: Graph, kind: str) -> list[str]:
    """Return words for a parameter of a kind, of which some give no row; of classes and things a sample."""
    sort, _, more = kind.partition(" ")
    if sort == "code":
        return [row["notation"].value for row in graph.named("codes", {"name": [Literal(more)]})]
    if sort == "class":
        return [row["name"].value for row in graph.named("classes")][::4]
    if sort in OTHERWISE:
        return [OTHERWISE[sort]]
    of_kind = f"?t a tip:Thing , ?c FILTER(LCASE(STRAFTER(STR(?c), '#')) = '{sort}')"
    return [row["t"].value for row in select(graph, f"SELECT DISTINCT ?t {{ {of_kind} }} ORDER BY ?t")][::97]


@pytest.mark.parametrize("query", [query for query in Query.all() if query.parameters], ids=lambda query: query.name)
def test_every_question_with_parameters_looks_around(graph: Graph, query: Query) -> None:
    if not query.run(graph).rows:
        return  # nothing is near where nothing is at all
    for name, parameter in query.parameters.items():
        for word in words_for(graph, parameter.kind):
            answer = query.run(graph, {name: word})
            assert answer.rows or answer.nearby, (name, word)
            assert all(one.rows for one in answer.nearby)


def test_an_answer_with_rows_does_not_look_around(graph: Graph) -> None:
    assert Query.find("funding").run(graph, {"giver": "usaid"}).nearby == []
