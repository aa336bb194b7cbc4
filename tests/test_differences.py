"""What two builds say differently, and ids that are gone."""

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner, Result
from pyoxigraph import NamedNode

from tests.conftest import statements_of
from tests.readers.conftest import take
from tipgraph.cli import main
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.model import DATA, DERIVED, tip
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.changes import diff

FUND = Path(__file__).parent.parent / "docs/how-to/harbour/fund-2025.xml"
RETIREMENTS = "id,retiredId,replacedBy,retiredOn,reason\n"


def changed(graph: Graph) -> tuple[Graph, NamedNode]:
    """Return a graph without one claim, and that claim."""
    claim = NamedNode(f"{DATA}harbour-2020/funding/p2-1")
    statements = [one for one in statements_of(graph) if one.subject != claim]
    assert len(statements) < len(graph)
    return Graph(statements), claim


def test_a_graph_does_not_differ_from_itself(small: Graph) -> None:
    found = diff(small, Graph(statements_of(small)))
    assert (found.changes, found.lost, found.counts()) == ([], [], [])


def test_claims_that_came_and_went_are_listed_and_the_lost_id(small: Graph) -> None:
    less, claim = changed(small)
    found = diff(small, less)
    assert [(one.change, one.source, one.cls, one.claim) for one in found.changes] == [
        ("removed", "harbour-2020", "Funding", claim.value)
    ]
    assert found.lost == [claim.value]
    assert found.counts() == [("harbour-2020", "Funding", 0, 1, 0)]
    back = diff(less, small)
    assert [one.change for one in back.changes] == ["added"]
    assert back.lost == []


def test_derived_statements_count_nowhere_wherever_they_stand(small: Graph) -> None:
    elsewhere = NamedNode(f"{DATA}harbour-2020")
    moved = Graph(one._replace(source=elsewhere) if one.source == DERIVED else one for one in statements_of(small))
    bare = Graph(one for one in statements_of(small) if one.source != DERIVED)
    assert diff(small, moved).changes == diff(bare, small).changes == []
    assert (diff(small, moved).same, diff(small, small).same) == (False, True)
    claims = diff(bare, bare).claims
    assert claims[0] > 10
    without = Graph(one for one in statements_of(bare) if one.predicate.value != tip.amount)
    assert {one.change for one in diff(bare, without).changes} == {"changed"}


def test_claims_of_a_file_in_another_order_are_the_same(tmp_path: Path) -> None:
    head, *activities = FUND.read_text("utf-8").removesuffix("</iati-activities>\n").split("  <iati-activity ")
    assert len(activities) == 4
    graphs = {}
    for name, order in {"published": activities, "turned": activities[::-1], "less": activities[:0:-1]}.items():
        made = tmp_path / f"{name}.xml"
        made.write_text("  <iati-activity ".join([head, *order]) + "</iati-activities>\n", "utf-8")
        take("iati", made, tmp_path / name / "fund")
        graphs[name] = build(tmp_path / name)
    published, turned, less = graphs.values()
    found = diff(published, turned)
    assert (found.changes, found.claims[0]) == ([], found.claims[1])
    assert found.renumbered > 40
    gone = diff(turned, less)
    assert {change.change for change in gone.changes} == {"removed"}
    found = diff(published, less)  # without the first one, and the others in another order
    there = {quad.subject.value for quad in less.quads() if isinstance(quad.subject, NamedNode)}
    assert len(found.moved) > 10
    assert found.moved.keys() & (there | set(found.lost)) == set()
    assert set(found.moved.values()) <= there


def test_a_changed_claim_says_what_differs(spoil: Callable[[str, str, str], Path], small: Graph) -> None:
    data = spoil("harbour-2020/funding.csv", "disbursed", "pledged")
    found = diff(small, build(data))
    assert len(found.changes) == 1
    change = found.changes[0]
    assert (change.change, change.cls) == ("changed", "Funding")
    assert (change.before, change.after) == ("moneyKind: money-kind-disbursed", "moneyKind: money-kind-pledged")
    assert found.lost == []


def test_an_id_that_is_retired_is_not_lost_and_says_what_replaces_it(
    spoil: Callable[[str, str, str], Path], small: Graph, tmp_path: Path
) -> None:
    data = spoil("harbour-2020/funding.csv", "p2-1,", "p2-2,")
    rows = "r1,harbour-2020/funding/p2-1,harbour-2020/funding/p2-2,2026-11-25,a wrong number of the row\n"
    old = f"{DATA}harbour-2020/funding/p2-1"
    renamed = diff(small, build(data))
    assert (renamed.lost, renamed.moved) == ([], {old: f"{DATA}harbour-2020/funding/p2-2"})
    (data / "reference" / "retirements.csv").write_text(RETIREMENTS + rows, "utf-8")
    after = build(data)
    assert diff(small, after).lost == []
    write(after, tmp_path / "after.trig")
    done = tipgraph("show", old, "-g", str(tmp_path / "after.trig"))
    assert done.exit_code == 2
    assert f"was retired; it is {DATA}harbour-2020/funding/p2-2 now" in done.stderr


def test_a_retired_id_that_is_still_used_is_a_finding(copy: Path) -> None:
    from tipgraph.pipeline.shacl import check

    rows = "r1,harbour-2020/funding/p2-1,harbour-2020/funding/none,2026-11-25,by mistake\n"
    (copy / "reference" / "retirements.csv").write_text(RETIREMENTS + rows, "utf-8")
    said = [str(finding) for finding in check(build(copy)).findings]
    assert any("yet it is there" in one for one in said)
    assert any("is not there; correct retirements.csv" in one for one in said)


def test_the_command_prints_each_format_and_fails_where_ids_are_lost(small: Graph, tmp_path: Path) -> None:
    before, after = tmp_path / "before.nq", tmp_path / "after"
    write(small, before)
    write(changed(small)[0], after)
    table = tipgraph("store", "diff", str(before), str(after))
    assert table.exit_code == 1
    assert "lost: https://w3id.org/tipgraph/id/harbour-2020/funding/p2-1" in table.stderr
    assert "removed" in table.stdout
    listed = json.loads(tipgraph("store", "diff", str(before), str(after), "--format", "json").stdout)
    assert [one["change"] for one in listed] == ["removed"]
    assert tipgraph("store", "diff", str(before), str(after), "--format", "csv").stdout.startswith(
        "change,source,class,claim,"
    )
    back = tipgraph("store", "diff", str(after), str(before))
    assert (back.exit_code, back.stderr) == (0, "")
    assert tipgraph("store", "diff", str(before), str(before)).stdout == "no claim differs\n"


def tipgraph(*words: str) -> Result:
    return CliRunner().invoke(main, words)
