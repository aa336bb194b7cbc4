"""The open data of the kit: it builds and checks clean with the rest, and nothing of it passes for reviewed."""

from tests.conftest import OPEN_DATA, column
from tipgraph.analysis import headlines
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.pipeline import check


def test_open_data_is_in_the_kit_and_nowhere_passes_for_reviewed(kit_graph: Graph) -> None:
    graph = kit_graph
    report = check(graph)
    assert report.findings == []
    assert report.evidence.keys() == {"not verified", "cited"}
    values = " ".join(f"<{DATA}{name}>" for name in OPEN_DATA)
    of_them = f"VALUES ?source {{ {values} }} ?claim tip:source ?source ; a tip:Claim"
    assert set(column(graph, f"SELECT ?source {{ {of_them} }}")) == {f"{DATA}{name}" for name in OPEN_DATA}
    assert set(column(graph, f"SELECT ?review {{ {of_them} ; tip:review/skos:notation ?review }}")) == {"unreviewed"}
    assert column(graph, f"SELECT ?words {{ {of_them} ; tip:description|tip:objective|tip:targetGroup ?words }}") == []
    first = [claim.value for headline in headlines(graph) if headline.counts != "all" for claim in headline.claims]
    assert first
    assert not [claim for claim in first if claim.removeprefix(DATA).startswith(OPEN_DATA)]
    sums = Query.find("funding-sums").run(graph)
    marks = [bool(row[sums.columns.index("not_reviewed")]) for row in sums.rows]
    givers = [str(row[sums.columns.index("giver")]) for row in sums.rows]
    assert marks == sorted(marks)
    assert {mark for mark, giver in zip(marks, givers, strict=True) if "iom-iati-2021" in giver} == {True}
