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
from .test_ftm import LINES

FILE = """<iati-activities version="2.03">
<iati-activity default-currency="USD"><iati-identifier>XX-1-A</iati-identifier>
<reporting-org ref="XX-1" type="22"><narrative>Light Fund</narrative></reporting-org>
<title><narrative>Lamps</narrative></title>
<participating-org ref="XX-9" role="1"><narrative>State of Norland</narrative></participating-org>
<participating-org ref="22000" role="4"><narrative>Local partners</narrative></participating-org>
<activity-status code="3"/><activity-date type="2" iso-date="2020-02-01"/>
<recipient-country code="NO" percentage="40"/><sector code="15160"/><contact-info/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-03-01"/>
<value value-date="2020-03-01">100.50</value>
<receiver-org ref="N/A"><narrative>Open Hand</narrative></receiver-org><finance-type code="421"/></transaction>
<transaction><transaction-type code="4"/><transaction-date iso-date="2020-04-01"/>
<value value-date="2020-04-01">0</value>
<receiver-org><narrative>Supplier Name Withheld</narrative></receiver-org></transaction>
<transaction><transaction-type code="5"/><transaction-date iso-date="2020-05-01"/>
<value value-date="2020-05-01">7</value></transaction>
</iati-activity></iati-activities>"""  # fmt: skip
REASONS = {
    "a code for a type identifies nobody", "a name for many is a group", "a placeholder is no identifier",
    "a type of transaction that gives no money", "a withheld name is nobody", "an amount of 0 is no payment",
    "not read, and the import says so",
}  # fmt: skip


@pytest.fixture
def found(taking: Taking) -> Import:
    return taking("iati", FILE)


def test_entities_and_payments_agree_with_a_second_reading(taking: Taking, tmp_path: Path) -> None:
    found = taking("ftm", "\n".join(LINES))
    graph: Graph = build(found.taken.target.parent)
    comparison = compare_file("ftm", tmp_path / "made.data", graph.quads(), "made", {})
    assert (comparison.unexplained, comparison.agreed["payment"], comparison.agreed["entity"]) == ([], 1, 4)


def reread(found: Import, tmp_path: Path, quads: Iterable[Quad]) -> Comparison:
    return compare_file("iati", tmp_path / "made.data", quads, "made", found.taken.report.unread)


def test_each_difference_has_a_reason_and_a_changed_graph_has_none(found: Import, tmp_path: Path) -> None:
    graph: Graph = build(found.taken.target.parent)
    comparison = reread(found, tmp_path, graph.quads())
    assert (comparison.unexplained, set(comparison.by_reason())) == ([], REASONS)
    assert comparison.agreed["payment"] == 2
    amount, name, place, day = ("100.5", "105"), ("Open Hand", "Open Hands"), ("NO", "SE"), ("2020-02-01/", "2020")
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
