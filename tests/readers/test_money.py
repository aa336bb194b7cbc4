"""Money of several IATI files: it is followed from file to file, and nothing is added up twice."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.payments import by_giver, payments, sums
from tipgraph.display.claims import claims_about
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check

from .conftest import take
from .test_iati import activity, file, period, transaction

AID, FUND, HAND = "XX-7", "XX-1", "XX-8"


def ends(giver: str, receiver: str, came_from: str = "", goes_to: str = "") -> str:
    provider = f'<provider-org ref="{giver}" provider-activity-id="{came_from}"/>'
    return f'{provider}<receiver-org ref="{receiver}" receiver-activity-id="{goes_to}"/>'


def rows(graph: Graph, name: str, columns: Iterable[str], **values: str) -> list[tuple[str, ...]]:
    """Return some columns of an answer: codes by their last word, entries by the end of their IRIs."""
    answer = Query.find(name).run(graph, values)

    def word(row: tuple[object, ...], column: str) -> str:
        term = row[answer.columns.index(column)]
        if isinstance(term, NamedNode):
            return term.value.rpartition("/")[2].rpartition("#")[2].removeprefix("money-kind-")
        return term.value if isinstance(term, Literal) else ""

    return sorted({tuple(word(row, column) for column in columns) for row in answer.rows})


def test_money_is_followed_across_publishers_and_added_up_once(tmp_path: Path) -> None:
    """The aid office pays the fund for its activity A, the fund pays the hand from B, and the hand spends in C."""
    half = '<period-end iso-date="2021-06-30"/>'
    files: dict[str, list[tuple[str, ...]]] = {
        "aid": [("XX-7-A", transaction("2", "900"), transaction("3", "800", ends=ends(AID, FUND, goes_to="XX-1-B")))],
        "fund": [
            (
                "XX-1-B",
                transaction("1", "800", ends=ends(AID, FUND, came_from="XX-7-A")),
                transaction("3", "500", ends=ends(FUND, HAND, goes_to="XX-8-C") + '<sector code="15160"/>'),
                transaction("3", "30", ends='<receiver-org ref="XX-5"/><sector code="16063"/>'),
                f'<budget type="1">{period("700")}</budget><budget type="2" status="2">{period("650")}</budget>',
                f'<budget type="2">{period("90", end=half)}</budget>',
            )
        ],
        "hand": [("XX-8-C", transaction("4", "400", ends=ends(HAND, "XX-6")), "<title>Against forced labour</title>")],
    }  # fmt: skip
    for name, activities in files.items():
        texts = [activity("".join(more)).replace("XX-1-A", own) for own, *more in activities]
        reporter = {"aid": AID, "hand": HAND}.get(name, FUND)
        made = file(*texts).replace('<reporting-org ref="XX-1"', f'<reporting-org ref="{reporter}"')
        (tmp_path / f"{name}.xml").write_text(made, "utf-8")
        take("iati", tmp_path / f"{name}.xml", tmp_path / "data" / name)
    graph = build(tmp_path / "data")
    reached = rows(graph, "funding-chains", ("hop", "link", "giver"), funder="aid/xx-7", topic="Trafficking in Persons")
    assert reached == [
        ("1", "modality-stated", "xx-7"), ("2", "modality-implied", "xx-1"), ("3", "modality-implied", "xx-8")
    ]  # fmt: skip
    # 800 are paid and received, 500 of them are paid on, and 400 of these are spent: no total has them twice
    columns = ("giver", "kind", "passed_on", "total")
    summed = rows(graph, "funding-sums", columns)
    assert summed == [
        ("", "budgeted", "", "740"), ("xx-1", "disbursed", "yes", "530"), ("xx-7", "awarded", "", "900"),
        ("xx-7", "disbursed", "", "800"), ("xx-7", "received", "", "800"), ("xx-8", "spent", "yes", "400"),
        ("xx-9", "unknown", "", ""),
    ]  # fmt: skip
    added = {
        (key.kind, key.passed_on, *map(str, row.totals.values()))
        for key, row in sums(by_giver(payments(graph))).items()
    }
    assert added == {(kind, bool(passed), *[total] * bool(total)) for _, kind, passed, total in summed}
    assert [finding.rule for finding in check(graph).findings] == ["budgets-overlap"]
    assert rows(graph, "funding", ("amount",), sector="16063") == [("30",)]
    assert rows(graph, "funding-sums", ("total",), sector="16063", year="2021") == []
    claims = claims_about(graph, NamedNode(f"{DATA}fund/undertakings/xx-1-b"))
    (sector,) = [claim for claim in claims if "for sector 16063" in claim.sentence]
    assert sector.sentence.startswith("Payment fund/funding/p1-")
    (payment,) = [claim for claim in claims if ": 30 USD" in claim.sentence]
    assert sector.places == payment.places[1:]  # the payment cites its reporter too, who gives it
    assert rows(graph, "funding", ("purpose", "amount"), topic="trafficking", kind="spent") == [("xx-8-c", "400")]
    assert rows(graph, "who-does-what-where", ("undertaking",), topic="trafficking", year="2020") == [("xx-8-c",)]
