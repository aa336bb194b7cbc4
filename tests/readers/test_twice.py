"""One activity in two IATI files: found, and its money added up once."""

import csv
import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal

from tests.conftest import SMALL, column
from tipgraph.analysis.network import project
from tipgraph.analysis.network.money import amount_given, grants
from tipgraph.analysis.payments import by_giver, payments, sums
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check

from .conftest import take
from .test_iati import activity, file, transaction

PAID = transaction("3", "100") + transaction("3", "7")


def two(folder: Path, first: str, second: str) -> Path:
    """Take two files into the sources `a` and `b` of a folder, and return it."""
    for name, text in (("a", first), ("b", second)):
        (folder / f"{name}.xml").write_text(re.sub("<recipient-.*>", "", file(text)), "utf-8")
        take("iati", folder / f"{name}.xml", folder / "data" / name)
    return folder / "data"


def judge(data: Path, *kinds: str) -> None:
    """Judge that things of the two sources are one."""
    shutil.copytree(SMALL / "reference", data / "reference")
    with (data / "reference" / "identity.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["id", "left", "right", "verdict", "judge", "judgeKind", "judged", "reason"])
        for number, pair in enumerate(kinds):
            left, right = pair.split()
            writer.writerow([f"j{number}", left, right, "same", "a test", "rule", "2026-11-25", "the test says so"])


def given(graph: Graph) -> list[float]:
    """Return what the Lantern Fund paid out in all, by the question of sums and by the network."""
    answer = Query.find("funding-sums").run(graph, {"kind": "disbursed"})
    total = answer.columns.index("total")
    network = project(graph, "funding")
    return [
        sum(float(cell.value) for cell in (row[total] for row in answer.rows) if isinstance(cell, Literal)),
        sum(amount_given(grant) or 0 for grant in grants(network).values()),
    ]


def findings(graph: Graph, data: Path) -> list[str]:
    return [str(one) for one in check(graph, data=data).findings if "same-activity" in str(one)]


def test_money_of_one_identifier_in_two_files_is_added_up_once_and_found(tmp_path: Path) -> None:
    data = two(tmp_path, activity(PAID), activity(PAID + transaction("3", "20")))
    graph = build(data)
    assert given(graph) == [127, 127]
    found = findings(graph, data)
    assert len(found) == 1, "one finding for the nodes of both files"
    assert "two IATI files report the money of one activity" in found[0]


def test_money_of_two_identifiers_that_were_judged_one_too(tmp_path: Path) -> None:
    data = two(tmp_path, activity(PAID), activity(PAID).replace("XX-1-A", "XX-1-B"))
    judge(data, "a/undertakings/xx-1-a b/undertakings/xx-1-b", "a/actors/xx-1 b/actors/xx-1")
    graph = build(data)
    assert given(graph) == [107, 107]
    assert len(findings(graph, data)) == 1


def issue(data: Path, **days: str) -> Graph:
    """Say when the sources were issued, and build the graph."""
    for name, day in days.items():
        settings = data / name / "source.toml"
        settings.write_text(re.sub("(?m)^issued = .*", f'issued = "{day}"', settings.read_text("utf-8")), "utf-8")
    return build(data)


CORRECTED = PAID.replace(">7<", ">9<")


@pytest.mark.parametrize(
    ("days", "first", "second", "sum_"),
    [
        ({"a": "2019", "b": "2020"}, PAID, CORRECTED, 109),
        ({"a": "2020-05-01", "b": "2019"}, PAID, CORRECTED, 107),  # not the name: the day of issue
        ({"a": "2020-05-01", "b": "2020-05-02"}, PAID, transaction("3", "100"), 100),  # taken back
        ({"a": "2019", "b": "2020"}, transaction("3", "7"), transaction("3", "7") * 2, 14),
        ({"a": "2019", "b": "2020"}, transaction("3", "7") * 2, transaction("3", "7"), 7),
    ],
)
def test_the_money_of_an_activity_is_that_of_the_file_issued_last(
    tmp_path: Path, days: dict[str, str], first: str, second: str, sum_: int
) -> None:
    data = two(tmp_path, activity(first), activity(second))
    graph = issue(data, **days)
    assert given(graph) == [sum_, sum_]
    answer = Query.find("funding-sums").run(graph, {"kind": "disbursed"})
    total = answer.columns.index("total")
    totals = [float(row[total].value) for row in answer.rows]  # type: ignore[union-attr]
    assert sum(totals) == sum_
    paid = [row for key, row in sums(by_giver(payments(graph))).items() if key.kind == "disbursed"]
    assert sum(amount for row in paid for amount in row.totals.values()) == sum_
    assert findings(graph, data) == []
    claims = {row.claim for row in payments(graph) if row.kind == "disbursed"}
    assert len(claims) == first.count("<value") + second.count("<value"), "what was revised stays a claim"


@pytest.mark.parametrize("days", [{"a": "2020", "b": "2020-05-01"}, {"a": "2020-05-01", "b": "2020-05-01"}])
def test_files_of_perhaps_one_day_revise_nothing(tmp_path: Path, days: dict[str, str]) -> None:
    data = two(tmp_path, activity(PAID), activity(CORRECTED))
    graph = issue(data, **days)
    assert given(graph) == [116, 116]
    assert len(findings(graph, data)) == 1


def test_a_file_of_another_publisher_revises_nothing(tmp_path: Path) -> None:
    other = activity(CORRECTED).replace('"XX-1"', '"XX-2"')
    assert other != activity(CORRECTED)
    data = two(tmp_path, activity(PAID), other)
    graph = issue(data, a="2019", b="2020")
    assert len(findings(graph, data)) == 1
    assert not column(graph, "SELECT ?claim { ?claim tip:revisedBy ?other }")


@pytest.mark.parametrize(("old", "new"), [("XX-1-A", "XX-1-B"), ("2020-03-01", "2020-03-02")])
def test_other_activities_and_other_payments_are_not_one(tmp_path: Path, old: str, new: str) -> None:
    data = two(tmp_path, activity(PAID), activity(PAID).replace(old, new))
    assert given(build(data)) == [214, 214]


def test_the_question_about_money_marks_the_payment_that_is_told_again(tmp_path: Path) -> None:
    graph = build(two(tmp_path, activity(PAID), activity(transaction("3", "100"))))
    answer = Query.find("funding").run(graph, {"kind": "disbursed"})
    again = answer.columns.index("restates")
    marked = [(str(row[again]), answer.said_at(row)) for row in answer.rows if row[again]]
    assert [(first[:5], said[:4]) for first, said in marked] == [('"a ¶1', "b ¶1")]


def summed(graph: Graph, **values: str) -> list[tuple[str, ...]]:
    """Return level, payments, unknown ones and total of each row of sums of what was disbursed."""
    answer = Query.find("funding-sums").run(graph, {"kind": "disbursed", **values})
    columns = [answer.columns.index(name) for name in ("level", "payments", "unknown", "total")]
    return sorted(tuple(getattr(row[at], "value", "") for at in columns) for row in answer.rows)


def test_money_of_an_activity_and_of_a_part_of_it_is_never_one_sum_and_both_are_named(tmp_path: Path) -> None:
    whole = activity(transaction("3", "100"))
    part = activity(transaction("3", "70") + '<related-activity type="1" ref="XX-1-A"/>')
    other = activity(transaction("3", "5"))
    (tmp_path / "a.xml").write_text(
        file(whole, part.replace("-identifier>XX-1-A", "-identifier>XX-1-B"), other.replace("XX-1-A", "XX-2")), "utf-8"
    )
    take("iati", tmp_path / "a.xml", tmp_path / "data" / "a")
    graph = build(tmp_path / "data")
    assert summed(graph) == [("", "1", "0", "5"), ("part", "1", "0", "70"), ("whole", "1", "0", "100")]
    rows = {key: row.totals for key, row in sums(by_giver(payments(graph))).items() if key.kind == "disbursed"}
    assert sorted((key.level, *map(str, totals.values())) for key, totals in rows.items()) == [
        ("", "5"), ("part", "70"), ("whole", "100"),
    ]  # fmt: skip
    found = [str(one) for one in check(graph, data=tmp_path / "data").findings if "paid-at-two-levels" in str(one)]
    assert len(found) == 1
    assert "undertakings.csv:3: " in found[0]
    assert "a/undertakings/xx-1-a" in found[0]


PLACES = '<recipient-country code="UG" percentage="{}"/><recipient-country code="KE" percentage="{}"/>'


@pytest.mark.parametrize(
    ("places", "more", "whole", "shared"),
    [
        (PLACES.format(40, 60), "", "100", "40"),
        (PLACES.replace(' percentage="{}"', ""), "", "100", ""),  # nobody says how much
        ('<recipient-country code="UG"/>', "", "100", "100"),
        (PLACES.format(40, 60), '<recipient-country code="UG"/>', "100", "100"),  # the payment has a place of its own
    ],
)
def test_an_amount_for_several_countries_counts_by_its_percentage(
    tmp_path: Path, places: str, more: str, whole: str, shared: str
) -> None:
    paid = transaction("3", "100", ends=more)
    text = re.sub("<recipient-.*?>", "", activity()).replace("</iati-activity>", f"{places}{paid}</iati-activity>")
    (tmp_path / "a.xml").write_text(file(text), "utf-8")
    take("iati", tmp_path / "a.xml", tmp_path / "data" / "a")
    graph = build(tmp_path / "data")
    totals = [[str(float(row[-1] or 0)) for row in summed(graph, **{"in": "uganda", **more_})]
              for more_ in ({}, {"share": "true"})]  # fmt: skip
    assert totals == [[str(float(whole))], [str(float(shared or 0))]]
