"""One activity in two IATI files: found, and its money added up once."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tipgraph.analysis.network import project
from tipgraph.analysis.network.money import grants
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.tables import Tables
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
    """Return what the Lantern Fund paid out in all, by the view of funders and by the network."""
    rows = Tables.of(graph).view("funders").to_pylist()
    network = project(graph, "funding")
    return [
        float(sum(row["amount"] for row in rows if row["kind"] == "disbursed")),
        sum(grant.given or 0 for grant in grants(network)),
    ]


def findings(graph: Graph, data: Path) -> list[str]:
    return [str(one) for one in check(graph, data=data).findings if "same-activity" in str(one)]


def test_money_of_one_identifier_in_two_files_is_added_up_once_and_found(tmp_path: Path) -> None:
    data = two(tmp_path, activity(PAID), activity(PAID + transaction("3", "20")))
    graph = build(data)
    assert given(graph) == [127, 127]
    found = findings(graph, data)
    assert len(found) == 2, "there is a node for the activity in each file"
    assert "two IATI files report the money of one activity" in found[0]


def test_money_of_two_identifiers_that_were_judged_one_too(tmp_path: Path) -> None:
    data = two(tmp_path, activity(PAID), activity(PAID).replace("XX-1-A", "XX-1-B"))
    judge(data, "a/undertakings/xx-1-a b/undertakings/xx-1-b", "a/actors/xx-1 b/actors/xx-1")
    graph = build(data)
    assert given(graph) == [107, 107]
    assert len(findings(graph, data)) == 1


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
