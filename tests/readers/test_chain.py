"""Money that is followed across two sources: from an IATI activity into a report, through an actor that people join."""

import csv
import json
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from tests.conftest import SMALL, column
from tipgraph.analysis.network import measure, project
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.outputs.files import export
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check

from .conftest import take
from .test_iati import activity, file, transaction


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add(path: Path, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows behind those of a table."""
    known = [*(rows_of(path) if path.exists() else []), *rows]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(known[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(known)


def judge(data: Path, left: str, right: str) -> None:
    """Judge that two nodes are one."""
    why = {"judge": "a test", "judgeKind": "rule", "judged": "2026-11-25", "reason": "the test says so"}
    add(data / "reference" / "identity.csv", [{"id": "j901", "left": left, "right": right, "verdict": "same", **why}])


def goes_on(data: Path, earlier: dict[str, str], later: tuple[str, dict[str, str]]) -> None:
    """Judge that the money of an imported hop goes on in a hop of a report."""
    source, hop = later
    ways = (("made", earlier), (source, hop))
    spans = [f"{name}/evidence/{row['evidence'].split(' | ')[0]}" for name, row in ways]
    row = {"id": "c1", "earlier": f"made/funding/{earlier['id']}", "later": f"{source}/funding/{hop['id']}"}
    add(data / "reference" / "continuations.csv", [row | {"reason": "the test says so", "evidence": " | ".join(spans)}])


def chain(graph: Graph, funder: str) -> list[tuple[int, str, str]]:
    """Return hop, giver and the place where it is said, of the chains of a funder."""
    answer = Query.find("funding-chains").run(graph, {"funder": funder})
    hop, giver, claim = (answer.columns.index(name) for name in ("hop", "giver", "claim"))
    found = set()
    for row in answer.rows:
        number, who, said = row[hop], row[giver], row[claim]
        assert isinstance(number, Literal)
        assert isinstance(who, NamedNode)
        assert isinstance(said, NamedNode)
        found.add((int(number.value), answer.labels[who], "; ".join(map(str, answer.citations[said]))))
    return sorted(found)


def test_a_chain_goes_from_an_activity_into_a_report(tmp_path: Path) -> None:
    data = Path(shutil.copytree(SMALL, tmp_path / "data"))
    ends = '<provider-org ref="XX-9"/><receiver-org><narrative>The Lantern Fund</narrative></receiver-org>'
    (tmp_path / "made.xml").write_text(file(activity(transaction("3", ends=ends))), "utf-8")
    found = take("iati", tmp_path / "made.xml", data / "made")
    (money,) = found.only("funding", moneyKind="disbursed")
    (sentence,) = [row["sentence"] for row in found.rows["evidence"] if row["id"] == money["evidence"]]
    first = (1, "Ministry of Light", f"made ¶1 s{sentence}")
    assert chain(build(data), "made/actors/xx-9") == [first]
    goes_on(data, money, ("harbour-2020", rows_of(data / "harbour-2020" / "funding.csv")[0]))
    assert [finding.rule for finding in check(build(data), data=data).findings] == ["broken-chain"]  # nobody is one yet
    judge(data, "harbour-2020/lantern-fund", f"made/{money['receiver']}")
    graph = build(data)
    assert check(graph, data=data).findings == []
    assert chain(graph, "made/actors/xx-9") == [first, (2, "Lantern Fund", "harbour-2020 ¶2 s1")]


def test_a_real_activity_and_the_report_meet_in_one_actor(shared: Path, kit_data: Path, tmp_path: Path) -> None:
    """That the one hop goes on in the other is the test's own word, to see that it is followed; no source says it."""
    data = Path(shutil.copytree(kit_data, tmp_path / "data"))
    found = take("iati", shared / "data" / "iati" / "iom_257_activities_v203.xml", data / "made", about=True)
    (iom,) = found.only("actors", iatiIdentifier="XM-DAC-47066")
    money = found.only("funding", receiver=f"actors/{iom['id']}")[0]
    report = next(row for row in rows_of(data / "oas-cim-2005" / "funding.csv") if row["id"] == "p25-1")
    judge(data, f"made/actors/{iom['id']}", "reference/iom")
    goes_on(data, money, ("oas-cim-2005", report))
    hops = chain(build(data), f"made/{money['giver']}")
    assert any(where.startswith("made ¶") for hop, _, where in hops if hop == 1)
    assert [who for hop, who, where in hops if hop == 2 and where == "oas-cim-2005 ¶25 s1"] == [
        "Government of Italy",
        "International Organization for Migration",
    ]


def test_money_of_an_import_is_found_by_the_countries_of_its_transactions(tmp_path: Path) -> None:
    ends = '<provider-org ref="{}"/><recipient-country code="{}"/><finance-type code="421"/>'
    more = [transaction("3", ends=ends.format(who, code)) for who, code in (("XX-7", "PE"), ("XX-8", "CL"))]
    text = file(activity("".join(more))).replace('<recipient-country code="NO" percentage="40"/>', "")
    (tmp_path / "made.xml").write_text(text, "utf-8")
    take("iati", tmp_path / "made.xml", tmp_path / "data" / "made")
    graph = build(tmp_path / "data")

    def asked(name: str, column: str) -> set[str]:
        answer = Query.find(name).run(graph, {"in": "peru"})
        return {
            answer.labels[node]
            for row in answer.rows
            if isinstance(node := row[answer.columns.index(column)], NamedNode)
        }

    assert asked("funding", "giver") == asked("funding-chains", "giver") == {"XX-7", "Ministry of Light"}
    assert asked("who-does-what-where", "actor") == {"Fondation Main Ouverte"}
    assert asked("funding", "finance") == {"loan"}


@pytest.mark.parametrize(("code", "word"), [("110", ""), ("421", "loan"), ("510", "equity"), ("1100", "guarantee")])
def test_what_is_lent_or_promised_looks_like_no_grant_at_any_door(code: str, word: str, tmp_path: Path) -> None:
    ends = f'<provider-org ref="XX-7"/><receiver-org ref="XX-8"/><finance-type code="{code}"/>'
    (tmp_path / "made.xml").write_text(file(activity(transaction("3", ends=ends))), "utf-8")
    take("iati", tmp_path / "made.xml", tmp_path / "data" / "made")
    graph = build(tmp_path / "data")
    export(graph, tmp_path / "made.ftm.json", network="funding")
    entities = [json.loads(line) for line in (tmp_path / "made.ftm.json").read_text("utf-8").splitlines()]
    summaries = [summary for one in entities for summary in one["properties"].get("summary", [])]
    edges = [edge for *_, edge in project(graph, "funding").edges(data=True)]
    answer = Query.find("funding").run(graph, {"kind": "disbursed"})
    doors = {
        "edge": [edge["caveats"] for edge in edges if edge.get("kind") == "disbursed"],
        "FollowTheMoney": [summary for summary in summaries if "disbursed" in summary],
        "question": [answer.said_at(row) for row in answer.rows],
    }
    sums = Query.find("funding-sums").run(graph, {"kind": "disbursed"})
    finance = sums.columns.index("finance")
    doors["sums"] = [str(getattr(row[finance], "value", "")) for row in sums.rows]
    kinds = {"loan", "equity", "guarantee"}
    for door, said in doors.items():
        assert said, door
        for words in said:
            assert kinds & set(re.findall(r"\w+", words)) == {word} - {""}, door
    funders = column(graph, "SELECT DISTINCT ?funder { ?funder tip:funds ?given }")
    assert any(funder.endswith("/xx-7") for funder in funders) == (word != "guarantee")
    measured = measure(project(graph, "funding"), "concentration").rows
    assert any("USD" in row.key for row in measured) == (word != "guarantee")
