"""The real files: each comes in, and each span, name and figure that was taken stands in its file."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pyoxigraph import NamedNode

from tipgraph.errors import InputError
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.words_check import Words, ungrounded
from tipgraph.sources.folder import read_source, read_text

from .conftest import Import, take, verify

ROOT = Path(__file__).parents[2]
MONEY = {
    "1": "received", "2": "awarded", "3": "disbursed", "4": "spent", "7": "disbursed", "11": "incoming-commitment",
    "12": "pledged", "C": "awarded", "D": "disbursed", "E": "spent", "IF": "received", "R": "disbursed",
}  # fmt: skip

# Probable names of persons for somebody to judge, which are none: the gate rather asks.
ASKED = {"iom_257_activities_v203.xml": 128, "dqt_sample.xml": 16}
TAKEN = [
    # kind, file, rows of a class, rows of a class, faults
    (
        "iati",
        "iati/iom_257_activities_v203.xml",
        {"undertakings": 257, "funding": 514, "participations": 771, "classifications": 456},
        8,
    ),
    ("iati", "iati/freedom_fund_v203.xml", {"undertakings": 4, "funding": 55, "allocations": 55}, 1),
    ("iati", "iati/us_state_narcotics_negatives_v203.xml", {"undertakings": 12, "funding": 24}, 4),
    ("iati", "iati/v1/dqt_sample.xml", {"funding": 2214, "undertakings": 289}, 55),
    ("routes", "routes/tip-edgelists/edgelist2001.txt", {"route-reports": 461, "routes": 390}, 0),
    ("routes", "routes/tip-edgelists/edgelist2005.txt", {"route-reports": 773, "routes": 622}, 0),
    ("routes", "routes/tip-edgelists/edgelist2010.txt", {"route-reports": 1691, "routes": 1085}, 0),
    ("routes", "routes/tip-edgelists/edgelist2015.txt", {"route-reports": 1549, "routes": 1035}, 4),
    ("ctdc", "routes/ctdc_corridors_routes.csv", {"route-reports": 1332, "estimates": 5328}, 0),
    ("glotip", "routes/glotip_flows_subset.csv", {"estimates": 8939}, 270),
    ("factbook", "routes/tip_2017-03.json", {"ratings": 67, "route-reports": 556}, 0),
    ("factbook", "routes/tip_2023-12.json", {"ratings": 50, "route-reports": 521}, 0),
]


@pytest.fixture(scope="module")
def taken(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Import]:
    """What comes of a real file, which is taken once."""

    @cache
    def once(kind: str, file: str) -> Import:
        target = tmp_path_factory.mktemp("real") / "data" / "made"
        return take(kind, shared / "data" / file, target, date="2005" if kind == "routes" else "")

    return once


@pytest.mark.parametrize(("kind", "file", "rows", "faults"), TAKEN, ids=[Path(one[1]).name for one in TAKEN])
def test_a_real_file_comes_in(
    shared: Path, taken: Callable[[str, str], Import], kind: str, file: str, rows: dict[str, int], faults: int
) -> None:
    path, found = shared / "data" / file, taken(kind, file)
    assert {table: len(found.rows.get(table, [])) for table in rows} == rows
    assert len(found.faults) == faults
    assert len(found.taken.flagged) <= ASKED.get(path.name, 5), found.taken.flagged
    verify(found, path)
    graph = build(found.taken.target.parent)
    ground(found, graph, path)
    if kind == "iati":
        agree(found, graph, path)


def ground(found: Import, graph: Graph, path: Path) -> None:
    """Look for all that the claims give in the elements or records that they cite."""
    about = read_source(found.taken.target).about
    words = Words(read_text(path), about["paragraphRule"], about["textFormat"])
    assert next(ungrounded(graph, NamedNode(DATA + found.taken.target.name), words), None) is None


def agree(found: Import, graph: Graph, path: Path) -> None:
    """Compare activities, roles and sums of money with what lxml reads in the file, which knows none of our readers."""
    activities = {
        node.findtext("iati-identifier", "").strip(): node for node in etree.parse(path).iter("iati-activity")
    }
    assert {row["iatiIdentifier"] for row in found.rows["undertakings"]} >= activities.keys()
    roles = sum(len(node.findall("participating-org")) + 1 for node in activities.values())
    assert len(found.rows["participations"]) == pytest.approx(roles, rel=0.03)
    expected, answered = (defaultdict[tuple[str, str], Decimal](Decimal) for _ in range(2))
    for node in activities.values():
        for paid in node.iter("transaction"):
            kind, value = MONEY.get(attribute(paid, "transaction-type", "code"), ""), paid.findtext("value", "")
            currency = attribute(paid, "value", "currency") or node.get("default-currency", "")
            if kind and currency:
                expected[kind, currency] += Decimal(value.strip().replace(",", ""))
    answer = Query.find("funding-sums").run(graph)
    for terms in answer.rows:
        row = dict(zip(answer.columns, (str(getattr(term, "value", "")) for term in terms), strict=True))
        kind = row["kind"].rpartition("money-kind-")[2]
        if row["total"] and kind in MONEY.values():
            answered[kind, row["currency"]] += Decimal(row["total"])
    assert answered == expected != {}


def attribute(node: Any, child: str, name: str) -> str:
    """Return an attribute of a child, or nothing."""
    return next((one.get(name, "") for one in node.iter(child)), "")


def test_activities_about_trafficking_are_kept_and_those_on_narcotics_are_not(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "iati"
    iom = take("iati", folder / "iom_257_activities_v203.xml", tmp_path / "data" / "iom", about=True)
    assert len(iom.rows["undertakings"]) == 17
    negatives = take("iati", folder / "us_state_narcotics_negatives_v203.xml", tmp_path / "data" / "us", about=True)
    assert negatives.rows.keys() == {"paragraphs"}
    assert len(negatives.only("paragraphs", scope="not-about")) == 12


def test_the_persons_of_the_sample_are_counted_and_not_taken(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds nothing that the kind.* 3 natural persons, possible persons"):
        take("ftm", shared / "data" / "ftm" / "aleph_samples.ijson", tmp_path / "data" / "made")
    assert not (tmp_path / "data" / "made").exists()


def test_names_that_no_place_has_are_listed_and_not_guessed(taken: Callable[[str, str], Import]) -> None:
    found = taken("routes", "routes/tip-edgelists/edgelist2015.txt")
    assert found.taken.report.unresolved == {"Tibet": 2}
    found = taken("routes", "routes/tip-edgelists/edgelist2001.txt")
    named = {row["name"]: row["named"].rpartition("/")[2] for row in found.rows["namings"]}
    assert (named["Niger"], named["Nigeria"]) == ("niger", "nigeria")
    found = taken("glotip", "routes/glotip_flows_subset.csv")
    unresolved = found.taken.report.unresolved
    assert {"Indian", "Rohingya", "Former Yugoslavia", "NO REGISTRA", "PERO"} <= unresolved.keys()
    assert not {"Abroad", "Nationals", "Unknown", ""} & unresolved.keys()
    assert {row["hedge"] for row in found.rows["estimates"] if row["valueAsPrinted"] == "<5"} == {"suppressed"}


@pytest.mark.parametrize(
    ("source", "kind", "file", "options"),
    [
        ("iom-iati-2021", "iati", "iati/iom_257_activities_v203.xml", {"about": True, "descriptions": False}),
        ("cia-factbook-2017", "factbook", "routes/tip_2017-03.json", {}),
        ("cia-factbook-2023", "factbook", "routes/tip_2023-12.json", {}),
    ],
)
def test_an_import_of_today_gives_the_claims_of_the_kit(
    shared: Path, tmp_path: Path, source: str, kind: str, file: str, options: dict[str, bool]
) -> None:
    """Equal by value: ids, evidence and the order of rows may differ.

    The kit cites the reporting organization for what an activity lends its payments; an import of today the record.
    """
    found = take(kind, shared / "data" / file, tmp_path / "data" / source, **options)
    kept = {
        name: [row.cells for row in table.rows] for name, table in read_source(ROOT / "data" / source).tables.items()
    }
    assert {name: values(rows) for name, rows in found.rows.items() if name != "evidence"} == {
        name: values(rows) for name, rows in kept.items() if name != "evidence"
    }


def values(rows: Iterable[dict[str, str]]) -> list[list[tuple[str, str]]]:
    """Return the cells of rows without their ids and evidence, in order."""
    return sorted(sorted((k, cell) for k, cell in row.items() if cell and k not in ("id", "evidence")) for row in rows)
