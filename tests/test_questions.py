"""The questions of the first document, with golden answers that a person read from the text."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

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
ANSWERS = Path(__file__).with_name("answers.toml")
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


@pytest.mark.parametrize("read", tomllib.loads(ANSWERS.read_text("utf-8"))["answer"], ids=lambda read: read["about"])
def test_a_question_answers_what_a_person_read_from_the_text(graph: Graph, read: dict[str, Any]) -> None:
    answer = ask(graph, read["question"], **read.get("values", {}))
    found = {row for row in rows(answer, *read["columns"].split()) if read.get("said", "") in row[-1]}
    exact, has, lacks = (
        {tuple(cell.replace("ONE", ONE) for cell in row) for row in read.get(how, ())} for how in ("is", "has", "lacks")
    )
    assert "is" not in read or found == exact
    assert has <= found
    assert not lacks & found


def test_who_is_only_named_or_only_pays_for_attendance_is_tied_to_no_event(graph: Graph) -> None:
    caracas, la_paz, paid = (
        data_iri(ONE, "undertakings", name) for name in ("caracas-seminar", "la-paz-training", "buenos-aires-seminar")
    )
    for event, named in ((caracas, "peru-government"), (la_paz, "bolivia-police")):
        tied = column(graph, f"SELECT ?who {{ ?who tip:participatesIn {event} }}")
        assert tied
        assert named not in {who.rpartition("/")[2] for who in tied}
    assert not select(graph, f"SELECT ?giver WHERE {{ ?giver tip:funds {paid} }}")


def test_a_chain_cites_the_part_by_which_it_reaches_a_place_and_says_where_that_is_implied(graph: Graph) -> None:
    answer = ask(graph, "funding-chains")
    part, purpose, reached = map(answer.columns.index, ("claimPart", "purpose", "may_reach"))
    for row in answer.rows:
        assert bool(row[part]) == bool(row[reached] and row[reached] != row[purpose]), answer.said_at(row)
    ends = zip(rows(answer, "purpose", "place"), answer.rows, strict=True)
    (tuxtla,) = (answer.said_at(row) for end, row in ends if end == ("phase-2", "tuxtla"))
    assert tuxtla == f"{ONE} ¶13 s1; {ONE} ¶14 s1 (implied); {ONE} ¶14 s4"


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


def test_a_plan_may_have_its_day_in_another_claim(graph: Graph) -> None:
    later = ask(graph, "promises", **{"source": "commit-phnom-penh-2006", "from": "2006-05"})
    assert rows_of(later, "what", "date")
    assert all(row[later.columns.index("claimDate")] for row in later.rows)
    assert not ask(graph, "promises", **{"source": "commit-phnom-penh-2006", "from": "2006-06"}).rows


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


@pytest.mark.parametrize("question", ["numbers", "routes"])
def test_a_number_without_a_hedge_is_not_called_exact(graph: Graph, question: str) -> None:
    hedges = {hedge for (hedge,) in rows(ask(graph, question), "hedge")}
    assert "none" in hedges
    assert not any("exact" in hedge for hedge in hedges)


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


NARROWED = """
funding: giver=usaid to=iom for=phase-2 in=caribbean kind=awarded
funding-chains: funder=usaid in=bolivia
funding-sums: giver=usaid to=iom kind=awarded
partners: of=iin with=iom on=phase-2 in=belize
events: in=mexico status=planned
promises: source=oas-cim-2005 in=peru from=2005-06
participants: participant=iom role=presenter
routes: origin=colombia destination=europe endpoint=asia
who-does-what-where: actor=iom kind=training in=bolivia
gaps: source=oas-cim-2005
mandates: instrument=ag-res-1948 to=cim by=oas-general-assembly
publications: document=rome-report
actors: kind=embassy
conflicts: about=belize-trainings source=oas-cim-2004
single-source: class=Funding about=iom
coverage: source=oas-cim-2005
things: class=Route
"""


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (name, one)
        for line in NARROWED.split("\n")[1:-1]
        for name, _, given in [line.partition(": ")]
        for one in given.split()
    ],
)
def test_a_parameter_narrows_the_answer(graph: Graph, name: str, given: str) -> None:
    parameter, _, value = given.partition("=")
    whole = Query.find(name).run(graph).rows
    narrowed = Query.find(name).run(graph, {parameter: value}).rows
    assert 0 < len(narrowed) < len(whole)
    # Pairs turn round, fewer events leave more gaps, `in` adds what is only about the place, `to` sums a part of a row.
    if name not in ("partners", "gaps") and (name, parameter) not in (("funding-chains", "in"), ("funding-sums", "to")):
        assert {tuple(map(str, row)) for row in narrowed} <= {tuple(map(str, row)) for row in whole}


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
        ("events", {"status": "suspended"}, "status=planned (8 rows)"),
        ("events", {"from": "2050"}, "without parameters (39 rows)"),
        ("funding-chains", {"funder": "eu"}, "funder=cim (2 rows)"),
        ("partners", {"of": "eu", "in": "JP"}, "of=eu (1 row)"),
        ("funding", {"for": "iom-belize-research"}, "for=iom-belize-report (1 row)"),
        ("funding", {"giver": "usaid", "kind": "pledged"}, "giver=usaid (4 rows)"),
        ("events", {"in": "JP"}, "in=latin-america-and-the-caribbean (27 rows)"),
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
