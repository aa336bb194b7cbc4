"""Answers are kept in the right table, whole, and can be taken back without a trace; what cannot stand is refused."""

import csv
from pathlib import Path
from typing import TypedDict

import pytest
from pyoxigraph import NamedNode

from tests.conflicts.conftest import Write
from tests.conflicts.test_rules import money, reports
from tipgraph.curation import Judge
from tipgraph.curation.conflicts import Case, ConflictDesk
from tipgraph.errors import CallError
from tipgraph.graph.query import ask
from tipgraph.model import DATA
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check


class Who(TypedDict):
    judge: Judge
    reason: str


WHO: Who = {"judge": Judge("the desk", "person"), "reason": "the later list is the later state"}
FIRST = (
    reports("event,,,,held,2020-06,", "event,,,,,2020-08,")
    | money("giver,taker,project,awarded,1000,USD,2020")
    | {"conflicts": 'claim,reason,foundBy\nfunding/r1 | undertaking-reports/r1,"so, it seems",person'}
)
SECOND = money("giver,taker,project,awarded,1500,USD,2020")


@pytest.fixture
def data(write: Write) -> Path:
    return write(FIRST, SECOND)


@pytest.fixture
def desk(data: Path) -> ConflictDesk:
    return ConflictDesk(build(data), data)


def of_rule(desk: ConflictDesk, rule: str) -> Case:
    (one,) = (case for case in desk.cases() if case.rule == rule)
    return one


def rows(data: Path, source: str) -> list[dict[str, str]]:
    with (data / source / "conflicts.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tables(data: Path) -> dict[str, bytes]:
    return {str(path.relative_to(data)): path.read_bytes() for path in sorted(data.rglob("*.csv"))}


def test_between_sources_it_is_kept_in_the_reference_with_evidence_and_builds(desk: ConflictDesk, data: Path) -> None:
    one = of_rule(desk, "money")
    desk.decide(one, "second-right", **WHO, day="2026-11-26")
    assert rows(data, "reference") == [
        {
            "id": one.row,
            "claim": "a-2020/funding/r1 | b-2021/funding/r1",
            "reason": "The giver is named for 1,000 USD according to a-2020, 1,500 USD according to b-2021",
            "foundBy": "rule",
            "judgement": "one-right",
            "upheld": "b-2021/funding/r1",
            "judge": "the desk",
            "judgeKind": "person",
            "judged": "2026-11-26",
            "grounds": "the later list is the later state",
            "evidence": "a-2020/e1 | b-2021/e1",
            "note": "",
        }
    ]
    built = build(data)
    assert not [one for one in check(built).findings if one.rule in ("shapes", "answered")]
    (again,) = (case for case in ConflictDesk(built).cases() if case.rule == "money")
    assert (again.id, again.sides, again.reason) == (one.id, one.sides, one.reason)
    assert again.verdict == "the second is right"


def test_within_one_source_it_is_kept_in_that_source(desk: ConflictDesk, data: Path) -> None:
    before = tables(data)
    one = of_rule(desk, "event-dates")
    given = desk.decide(one, "no-conflict", **WHO)
    head, reader, own = (data / "a-2020" / "conflicts.csv").read_text("utf-8").splitlines()
    assert head == "id,claim,reason,foundBy,evidence,judgement,judge,judgeKind,judged,grounds"
    assert reader == 'r1,funding/r1 | undertaking-reports/r1,"so, it seems",person,e1,,,,,'
    assert own.startswith(f"{one.row},undertaking-reports/r1 | undertaking-reports/r2,")
    assert ",rule,e1,no-conflict,the desk," in own
    changed = {name for name, raw in tables(data).items() if before.get(name) != raw}
    assert changed == {"a-2020/conflicts.csv"}
    assert str(given).startswith(f"{one.id}: no conflict (the desk, ")
    conflicting = build(data).query(
        "ASK { ?a tip:conflictsWith ?b . ?a tip:date ?d . ?a a tip:UndertakingReport . ?b a tip:UndertakingReport }"
    )
    assert not conflicting


def test_an_answer_of_a_question_calls_contradicted_what_was_not_judged_to_be_no_conflict(
    desk: ConflictDesk, data: Path
) -> None:
    def contradicted() -> dict[str, tuple[str, ...]]:
        answer = ask(build(data), "SELECT ?claim { ?claim a tip:Claim }")
        return {claim.value.removeprefix(DATA): reasons for claim, reasons in answer.contradicted.items()}

    so = {f"a-2020/{row}": ("so, it seems",) for row in ("funding/r1", "undertaking-reports/r1")}
    one = of_rule(desk, "")
    assert contradicted() == so
    desk.decide(one, "both-stand", **WHO)
    assert contradicted() == so
    desk.decide(one, "no-conflict", **WHO, replace=True)
    assert contradicted() == {}


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ("funding/r1 | undertaking-reports/r1", {("a funding/r1", "a undertaking-reports/r1")}),
        (
            "funding/r1 | undertaking-reports/r1 | b-2021/funding/r1",
            {("a funding/r1", "b funding/r1"), ("a undertaking-reports/r1", "b funding/r1")},
        ),
    ],
)
def test_claims_of_one_source_contradict_each_other_only_where_no_other_speaks(
    write: Write, claims: str, expected: set[tuple[str, str]]
) -> None:
    data = write(FIRST | {"conflicts": f'claim,reason,foundBy\n{claims},"so, it seems",person'}, SECOND)
    graph = build(data)

    def called(claim: NamedNode) -> str:
        source, _, row = claim.value.removeprefix(DATA).partition("/")
        return f"{source[0]} {row}"

    nodes = [row["claim"] for row in graph.named("claim-list")]
    rows = list(graph.named("against", {"claim": nodes}))
    assert {(called(row["claim"]), called(row["other"])) for row in rows} == {
        *expected, *((other, one) for one, other in expected)
    }  # fmt: skip


def test_what_a_reader_found_is_answered_in_its_row_and_taken_back_without_a_trace(
    desk: ConflictDesk, data: Path
) -> None:
    desk.decide(desk.case("a-2020/r1"), "both-stand", **WHO)
    desk.decide(desk.case("a-2020/r1"), "first-right", **WHO, replace=True)
    assert rows(data, "a-2020")[0]["upheld"] == "funding/r1"
    desk.undo("a-2020/r1")
    assert rows(data, "a-2020")[0]["judgement"] == "open"
    assert rows(data, "a-2020")[0]["judge"] == rows(data, "a-2020")[0]["grounds"] == ""
    with pytest.raises(CallError, match="nobody has answered a-2020/r1"):
        desk.undo("a-2020/r1")


def test_an_answer_to_what_a_rule_found_is_given_once_and_can_be_taken_back(desk: ConflictDesk, data: Path) -> None:
    one = of_rule(desk, "money")
    desk.decide(desk.case(one.id), "both-stand", **WHO)
    assert of_rule(desk, "money").verdict == "both may stand", "known before the next build"
    with pytest.raises(CallError, match=rf"answered before: {one.id}: both may stand .*--reopen replaces it, --undo"):
        desk.decide(desk.case(one.id), "cannot-tell", **WHO)
    desk.decide(desk.case(one.id), "cannot-tell", **WHO, replace=True)
    assert of_rule(desk, "money").verdict == "cannot tell"
    answered = ConflictDesk(build(data), data)
    assert of_rule(answered, "money").answer
    answered.undo(one.id)
    assert rows(data, "reference") == []
    assert of_rule(answered, "money").answer is None  # though the graph has not been built again
    assert of_rule(ConflictDesk(build(data), data), "money") == one


def test_hostile_names_in_a_reason_run_in_no_spreadsheet(write: Write) -> None:
    data = write(FIRST, SECOND)
    for source in ("a-2020", "b-2021"):
        path = data / source / "actors.csv"
        path.write_text(path.read_text("utf-8").replace("The giver", "'=HYPERLINK(1)"), "utf-8")
    desk = ConflictDesk(build(data), data)
    one = of_rule(desk, "money")
    assert one.reason.startswith("=HYPERLINK(1) is named for")
    desk.decide(desk.case(one.id), "both-stand", **WHO)
    assert rows(data, "reference")[0]["reason"].startswith("'=HYPERLINK(1)")
    assert of_rule(ConflictDesk(build(data)), "money").reason == one.reason


def test_what_cannot_be_answered_is_refused_and_nothing_is_written(desk: ConflictDesk, data: Path) -> None:
    one, before = of_rule(desk, "money"), tables(data)
    with pytest.raises(CallError, match="'perhaps' is no verdict; say one of first-right"):
        desk.decide(one, "perhaps", **WHO)
    with pytest.raises(CallError, match="no folder to write answers in"):
        ConflictDesk(build(data)).decide(one, "both-stand", **WHO)
    (data / "b-2021").rename(data.parent / "away")
    with pytest.raises(CallError, match=r"b-2021: no such folder .* name the folder of your sources with --data"):
        desk.decide(one, "both-stand", **WHO)
    (data.parent / "away").rename(data / "b-2021")
    assert tables(data) == before
    path, claims = data / "a-2020" / "conflicts.csv", "funding/r1 | undertaking-reports/r1"
    path.write_text(path.read_text("utf-8").replace(claims, f"{claims} | undertaking-reports/r2"), "utf-8")
    desk = ConflictDesk(build(data), data)
    with pytest.raises(
        CallError, match="has 3 claims of one source; write those that are right into the column upheld"
    ):
        desk.decide(desk.case("a-2020/r1"), "first-right", **WHO)
    desk.decide(desk.case("a-2020/r1"), "both-stand", **WHO)
