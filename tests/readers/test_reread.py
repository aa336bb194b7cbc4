"""The reading that knows nothing of our readers: it finds a graph that says something else than the file."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build

from .conftest import Import, Taking
from .reread import Comparison, compare_file
from .reread.nodes import TIP

MADE = Path(__file__).parent / "reread"
FILE = (MADE / "made.xml").read_text("utf-8")
REASONS = {
    "a code for a type identifies nobody", "a day that no calendar has is unknown",
    "a name for many is a group", "a placeholder is no identifier", "a position finer than a town is no place",
    "another version of an activity is left out", "a type of transaction that gives no money",
    "a withheld name is nobody", "an activity that goes on has no end yet",
    "not read, and the import says so",
}  # fmt: skip


@pytest.fixture
def found(taking: Taking) -> Import:
    return taking("iati", FILE)


def test_budgets_of_organisations_agree_with_a_second_reading(taking: Taking, tmp_path: Path) -> None:
    found = taking("iati", (MADE / "made-organisations.xml").read_text("utf-8"))
    graph: Graph = build(found.taken.target.parent)
    comparison = reread(found, tmp_path, graph.quads())
    assert (comparison.unexplained, comparison.agreed["budget"]) == ([], 6)


def reread(found: Import, tmp_path: Path, quads: Iterable[Quad]) -> Comparison:
    return compare_file(tmp_path / "made.data", quads, "made", found.taken.report.unread)


def test_each_difference_has_a_reason_and_a_changed_graph_has_none(found: Import, tmp_path: Path) -> None:
    graph: Graph = build(found.taken.target.parent)
    comparison = reread(found, tmp_path, graph.quads())
    assert (comparison.unexplained, set(comparison.by_reason())) == ([], REASONS)
    assert (comparison.agreed["payment"], comparison.agreed["budget"]) == (9, 5)
    amount, name, place, day = ("100.5", "105"), ("Open Hand", "Open Hands"), ("NO", "SE"), ("2020-01-01/..", "2020")
    for old, new in (amount, ("100.50", "1,005"), ("USD", "EUR"), name, place, day):
        changed = [_changed(quad, old, new) for quad in graph.quads()]
        assert changed != list(graph.quads()), old
        assert reread(found, tmp_path, changed).unexplained != [], old
    fewer = [quad for quad in graph.quads() if quad.object != NamedNode(TIP + "Funding")]
    assert reread(found, tmp_path, fewer).unexplained != []


def _changed(quad: Quad, old: str, new: str) -> Quad:
    if not isinstance(quad.object, Literal) or quad.object.value != old:
        return quad
    value = Literal(new) if quad.object.language else Literal(new, datatype=quad.object.datatype)
    return Quad(quad.subject, quad.predicate, value, quad.graph_name)
