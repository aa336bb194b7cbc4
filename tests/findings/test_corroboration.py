"""Claims of two sources that say the same of the same things, and how many sources carry a claim."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryTriples

from tests.conftest import column
from tests.findings.made import Row, actor, made, same
from tipgraph.analysis.network import project
from tipgraph.analysis.network.ties import ties
from tipgraph.display.claims import StoredClaims, claims_about
from tipgraph.graph.corroboration import Standing, Support, supports
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve
from tipgraph.graph.query import Query
from tipgraph.model import DATA, data_iri, kit
from tipgraph.pipeline.shacl import check

THINGS: Mapping[str, Sequence[Row]] = {
    "actors": [actor("fund"), actor("watch"), actor("house")],
    "undertakings": [{"id": "course", "type": "Event", "label": "course"}],
    "places": [{"id": "port", "type": "City", "label": "port"}, {"id": "land", "type": "Country", "label": "land"}],
}
JOINED = [
    same(f"{one}-{row['id']}", f"{one}/{table}/{row['id']}", f"a/{table}/{row['id']}")
    for table, rows in THINGS.items()
    for row in rows
    for one in "bcd"
]


def claims(
    table: str,
    said: Mapping[str, Row],
    tmp_path: Path,
    settings: Mapping[str, Mapping[str, str]] | None = None,
    **reference: Sequence[Row],
) -> Graph:
    """Return the graph of sources that each make one claim of a table, of things that are judged the same."""
    shared = {**THINGS, "places": [{**THINGS["places"][0], "partOf": "land"}, THINGS["places"][1]]}
    sources = {name: {**shared, table: [{"id": "1", **row}]} for name, row in said.items()}
    judged = [row for row in JOINED if row["left"][0] in said]
    return made(tmp_path, {**sources, "reference": {"identity": judged, **reference}}, **(settings or {}))


def pairs(graph: Graph, how: str = "agreesWith") -> set[tuple[str, str]]:
    found = column(graph, f"SELECT ?pair {{ ?a tip:{how} ?b BIND(CONCAT(STR(?a), ' ', STR(?b)) AS ?pair) }}")
    return {(one.removeprefix(DATA), other.removeprefix(DATA)) for one, other in map(str.split, found)}


def support(graph: Graph, source: str, table: str) -> Support:
    claim = data_iri(source, table, "1")
    return supports(graph, [claim])[claim]


TAKES_PART = {"participant": "watch", "undertaking": "course", "role": "organizer"}
GIVES = {"giver": "fund", "receiver": "watch", "moneyKind": "awarded"}
PAYS = {**GIVES, "amount": "100", "currency": "USD"}
IS = {"undertaking": "course"}
KINDS = {**IS, "undertakingKind": "seminar | training"}


@pytest.mark.parametrize(
    ("table", "one", "other", "alike"),
    [
        ("participations", TAKES_PART, TAKES_PART, True),
        ("participations", TAKES_PART, {**TAKES_PART, "role": "presenter"}, False),
        ("participations", TAKES_PART, {**TAKES_PART, "participant": "house"}, False),
        ("participations", {**TAKES_PART, "date": "2004"}, {**TAKES_PART, "date": "2004-11-11"}, True),
        ("participations", {**TAKES_PART, "date": "2004"}, TAKES_PART, True),
        ("participations", {**TAKES_PART, "date": "2004"}, {**TAKES_PART, "date": "2005"}, False),
        ("participations", {**TAKES_PART, "status": "planned"}, {**TAKES_PART, "status": "held"}, False),
        ("funding", GIVES, PAYS, True),
        ("funding", PAYS, {**PAYS, "amount": "100.0"}, True),
        ("funding", PAYS, {**PAYS, "amount": "200"}, False),
        ("funding", PAYS, {**PAYS, "currency": "EUR"}, False),
        ("funding", GIVES, {**GIVES, "moneyKind": "unknown"}, True),
        ("funding", GIVES, {**GIVES, "moneyKind": "pledged"}, False),
        ("funding", GIVES, {**GIVES, "purpose": "course"}, False),
        ("funding", GIVES, {**GIVES, "giver": "fund | house"}, False),
        ("undertaking-reports", {**IS, "place": "port"}, {**IS, "place": "port"}, True),
        ("undertaking-reports", {**KINDS, "place": "port"}, {**KINDS, "place": "land"}, True),
        ("undertaking-reports", {**IS, "place": "port | land", "date": "2004"}, {**IS, "place": "port"}, True),
        ("undertaking-reports", {**IS, "place": "port"}, {**IS, "status": "held"}, False),  # nothing in common
        ("undertaking-reports", KINDS, {**IS, "undertakingKind": "seminar"}, True),
        ("undertaking-reports", KINDS, {**IS, "undertakingKind": "seminar | meeting"}, False),
    ],
)  # fmt: skip
def test_what_is_said_of_the_same_things_is_alike_or_at_odds(
    table: str, one: Row, other: Row, alike: bool, tmp_path: Path
) -> None:
    found = pairs(claims(table, {"a": one, "b": other}, tmp_path))
    pair = (f"a/{table}/1", f"b/{table}/1")
    assert found == ({pair, pair[::-1]} if alike else set())


@pytest.mark.parametrize(
    ("table", "one", "other", "whole"),
    [
        ("participations", TAKES_PART, TAKES_PART, {"a", "b"}),
        ("participations", {**TAKES_PART, "date": "2004-11"}, TAKES_PART, {"b"}),
        ("participations", {**TAKES_PART, "date": "2004-22"}, {**TAKES_PART, "date": "2004"}, set()),
        ("participations", {**TAKES_PART, "topic": "ports"}, TAKES_PART, {"b"}),
        ("funding", PAYS, {**PAYS, "amount": "100.0"}, {"a", "b"}),
        ("funding", PAYS, GIVES, {"b"}),
        ("funding", GIVES, {**GIVES, "moneyKind": "unknown"}, {"b"}),
        ("undertaking-reports", {**KINDS, "place": "port"}, {**KINDS, "place": "land"}, {"b"}),
        ("undertaking-reports", {**KINDS, "partCount": "15"}, KINDS, {"b"}),
    ],
)
def test_only_who_says_all_of_a_claim_is_counted_for_it(
    table: str, one: Row, other: Row, whole: set[str], tmp_path: Path
) -> None:
    graph = claims(table, {"a": one, "b": other}, tmp_path)
    assert {name for name in "ab" if support(graph, name, table).standing.sources == 2} == whole


def test_what_is_implied_bears_nobody_out(tmp_path: Path) -> None:
    found = pairs(claims("participations", {"a": TAKES_PART, "b": {**TAKES_PART, "modality": "implied"}}, tmp_path))
    assert found == {("a/participations/1", "b/participations/1")}


@pytest.mark.parametrize(
    ("told", "issued", "knows"),
    [
        ({"date": "2004-06"}, "2004-04-05", False),
        ({"date": "2004-06"}, "2004", True),  # of December, perhaps
        ({"date": "2004-06"}, "2003-07/2004-05", False),
        ({"date": "2004-06"}, "2004-06-01", True),
        ({"date": "2004-06", "status": "planned"}, "2004-04-05", True),
        ({}, "2004-04-05", True),
    ],
)
def test_a_source_knows_nothing_of_what_was_later(told: Row, issued: str, knows: bool, tmp_path: Path) -> None:
    said = {"a": {**KINDS, **told}, "b": KINDS}
    found = pairs(claims("undertaking-reports", said, tmp_path, {"issued": {"b": issued}}))
    assert (("b/undertaking-reports/1", "a/undertaking-reports/1") in found) == knows


def again(name: str, restating: str, restated: str) -> Row:
    where = f"{restating}/evidence/e | {restated}/evidence/e"
    claim = "participations/1"
    return {"id": name, "restating": f"{restating}/{claim}", "restated": f"{restated}/{claim}", "evidence": where}


AGAINST = {
    "id": "x", "claim": "a/participations/1 | b/participations/1", "reason": "made up", "foundBy": "person",
    "evidence": "a/evidence/e | b/evidence/e",
}  # fmt: skip


@pytest.mark.parametrize(
    ("sources", "reference"),
    [
        ("ab", {"restatements": [again("r", "b", "a")]}),  # an echo
        ("abc", {"restatements": [again("r1", "b", "a"), again("r2", "c", "a")]}),  # two echoes of a third
        ("ab", {"conflicts": [AGAINST]}),  # they contradict each other
        ("a", {}),
    ],
)
def test_an_echo_and_what_contradicts_bear_nothing_out(
    sources: str, reference: dict[str, Sequence[Row]], tmp_path: Path
) -> None:
    graph = claims("participations", dict.fromkeys(sources, TAKES_PART), tmp_path, None, **reference)
    assert pairs(graph, "corroborates") == set()
    assert support(graph, "a", "participations").standing == Standing(1, 1, self_reported=False)


def test_a_name_makes_nothing_the_same_and_a_source_does_not_bear_itself_out(tmp_path: Path) -> None:
    twice = [{"id": "1", **TAKES_PART}, {"id": "2", **TAKES_PART}]
    assert pairs(made(tmp_path, {name: {**THINGS, "participations": twice} for name in "ab"}), "corroborates") == set()


def test_those_that_bear_out_are_counted_by_their_roots(tmp_path: Path) -> None:
    graph = claims("participations", dict.fromkeys("abcd", TAKES_PART), tmp_path, restatements=[again("r", "c", "b")])
    found = support(graph, "a", "participations")
    assert found.sources == ("a", "b", "c", "d")
    assert found.standing.sources == 3  # c has it from b


def test_the_same_text_in_two_folders_is_one_voice_and_a_finding(tmp_path: Path) -> None:
    twins = {"sha256": dict.fromkeys("bc", "c0" * 32)}
    graph = claims("participations", dict.fromkeys("abc", TAKES_PART), tmp_path, twins)
    assert not {("b/participations/1", "c/participations/1")} & pairs(graph)
    assert [support(graph, name, "participations").standing[:2] for name in "abc"] == [(2, 2)] * 3
    assert [data["weight"] for _, _, data in ties(project(graph, "participation")).edges(data=True)] == [2]
    (finding,) = [one for one in check(graph).findings if one.rule == "same-text"]
    assert (finding.node, "one document" in finding.message, "(b)" in finding.message) == (f"{DATA}c", True, True)


@pytest.mark.parametrize(
    ("publishers", "sources", "number"),
    [
        ({}, 2, 2),
        ({"a": "watch", "b": "house"}, 2, 2),
        ({"a": "watch", "b": "watch"}, 2, 1),
        ({"a": "watch | fund", "b": "fund | house"}, 2, 1),
    ],
)
def test_sources_of_one_publisher_are_counted_apart(
    publishers: Mapping[str, str], sources: int, number: int, tmp_path: Path
) -> None:
    said = {name: {**THINGS, "participations": [{"id": "1", **TAKES_PART}]} for name in "ab"}
    judged = {"identity": [row for row in JOINED if row["left"][0] == "b"]}
    standing = support(made(tmp_path, {**said, "reference": judged}, publishers), "a", "participations").standing
    assert standing[:2] == (sources, number)
    assert standing.self_reported == (publishers == {"a": "watch", "b": "watch"})


def test_in_the_kit_what_bears_out_is_stated_by_another_source_and_no_echo(graph: Graph) -> None:
    found = pairs(graph)
    assert len(found) == 16
    assert pairs(graph, "corroborates") < found
    assert all(one.split("/")[0] != other.split("/")[0] for one, other in found)
    assert column(graph, "SELECT ?b { ?a tip:agreesWith ?b ; tip:restates+ ?b }") == []
    assert column(graph, "SELECT ?b { ?a tip:agreesWith ?b ; tip:modality code:modality-implied }") == []
    claim = data_iri("cim-iom-caribbean-2005", "participations", "p6-7")
    own = supports(graph, [claim])[claim]
    assert own.others == (data_iri("oas-cim-2005", "participations", "p16-9"),)
    assert str(own.standing) == "2 sources, 1 publisher"


def test_what_another_source_says_too_is_told_and_nothing_else(graph: Graph) -> None:
    views = StoredClaims.of_graph(graph).views()

    def also(claim: str) -> list[str]:
        return [f"{'; '.join(one.places)}: {one.sentence}" for one in views[NamedNode(DATA + claim)].agreeing]

    assert also("oas-cim-2005/publication-reports/p10-2") == []  # presented in June, and the other is of April
    assert also("oas-cim-2005/participations/p16-9") == []  # the other names no convenor
    meeting = "Caribbean regional meeting on counter-trafficking"
    assert also("oas-cim-2005/undertaking-reports/p31-3") == [f"cim-iom-caribbean-2005 ¶6 s1: {meeting} — held"]
    assert also("cim-iom-caribbean-2005/undertaking-reports/p6-1") == []  # the other is implied
    assert not any("15" in told for told in also("cim-iom-caribbean-2005/undertaking-reports/p6-7"))


def test_it_is_said_of_a_thing_and_in_answers(graph: Graph) -> None:
    said = {view.key: view for view in claims_about(graph, resolve(graph, "caribbean-seminars"))}
    (also,) = said["cim-iom-caribbean-2005/participations/p6-7"].agreeing
    assert [str(place) for place in also.citations] == ["oas-cim-2005 ¶16 s1"]
    assert not said["oas-cim-2005/participations/p16-9"].agreeing
    answer = Query.find("participants").run(graph, {"event": "caribbean-seminars", "participant": "iom"})
    standing = {answer.said_at(row).split()[0]: answer.standing(row) for row in answer.rows}
    assert standing["cim-iom-caribbean-2005"] == Standing(2, 1, self_reported=False)
    assert standing["oas-cim-2005"] == Standing(1, 1, self_reported=False)
    things = Query.find("things").run(graph)
    assert all(things.standing(row) is None for row in things.rows)
    answer = Query.find("single-source").run(graph, {"about": "caribbean-seminars"})
    alone = {claim.value.removeprefix(DATA) for row in answer.rows for claim in answer.claims(row)}
    assert "cim-iom-caribbean-2005/undertaking-reports/p6-10" in alone
    assert "cim-iom-caribbean-2005/participations/p6-8" not in alone  # it cites two sentences
    assert "cim-iom-caribbean-2005/participations/p6-7" not in alone


def test_thousands_of_payments_for_one_project_are_not_compared_each_with_each(tmp_path: Path) -> None:
    """A minute for six hundred where the time grows with their square."""
    paid = {"giver": "fund", "purpose": "course", "moneyKind": "disbursed", "currency": "USD", "date": "2004"}
    rows = {
        name: [{**paid, "id": str(n), "amount": str(n * 10 + k)} for n in range(300)] for k, name in enumerate("ab")
    }
    sources = {name: {**THINGS, "funding": [*rows[name], {**paid, "id": "alike", "amount": "7"}]} for name in rows}
    graph = made(tmp_path, {**sources, "reference": {"identity": [row for row in JOINED if row["left"][0] == "b"]}})
    begun = time.process_time()
    found = graph.query((kit.folder("queries") / "derive" / "75-agrees.rq").read_text("utf-8"))
    assert isinstance(found, QueryTriples)
    both = {(pair.subject, pair.object) for pair in found}
    assert time.process_time() - begun < 1
    one, other = (data_iri(name, "funding", "alike") for name in "ab")
    assert both == {(one, other), (other, one)}
