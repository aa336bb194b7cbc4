"""PageRank, components and communities on Apache Spark are those of networkx on the same exported folder."""

import csv
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import reference
from cluster import WORKERS, Cluster, Installation

from conftest import PROGRAM, SOURCE
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import load
from tipgraph.model import kit
from tipgraph.outputs.files import export

ROUNDS = 20  # of label propagation, in the program
ACCURACY = 1e-4  # of PageRank, in parts of what an average node has
FORMULA = '=HYPERLINK("http://example.org", "a\nb")'


@pytest.fixture(scope="session")
def partnership(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The partnership network of the project's own data: no direction, parallel edges, several pieces."""
    folder = tmp_path_factory.mktemp("partnership") / "network"
    export(graph, f"{folder}/", network="partnership")
    return folder


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All networks of a made graph in one: some thousand edges with and without direction, ends without a way on."""
    folder = tmp_path_factory.mktemp("made")
    made = [sys.executable, str(kit.home() / "benchmarks" / "generate.py"), "60000", str(folder / "made.nq")]
    subprocess.run(made, check=True, capture_output=True)
    taken = export(load(folder / "made.nq"), f"{folder / 'network'}/", network="all")
    assert taken.network.number_of_edges() > 3000
    assert {data["undirected"] for _, _, data in taken.network.edges(data=True)} == {True, False}
    return folder / "network"


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five groups in a ring, all tied within, each to the next by one tie; a heavy tie, a loop and one who is alone."""
    folder = tmp_path_factory.mktemp("planted")
    groups = [[f"urn:{group}{member}" for member in range(6)] for group in "abcde"]
    rows: list[tuple[str, str, bool, int | None]]
    rows = [(one, other, False, None) for group in groups for one in group for other in group if one < other]
    rows += [(group[0], after[1], True, None) for group, after in zip(groups, [*groups[1:], groups[0]], strict=True)]
    rows += [("urn:a2", "urn:a3", True, 2), ("urn:b2", "urn:b2", False, 9)]
    edges = pd.DataFrame(rows, columns=["from", "to", "directed", "weight"]).astype({"weight": "Int32"})
    nodes = pd.DataFrame({"iri": [*(one for group in groups for one in group), "urn:alone"]}).assign(label=FORMULA)
    for name, table in (("nodes", nodes), ("edges", edges)):
        (folder / name).mkdir()
        table.to_parquet(folder / name / "part-00000.parquet")
    return folder


def agrees(folder: Path, out: Path) -> None:
    """Hold what Spark wrote to what networkx measures on the same folder."""
    found, network = pd.read_parquet(out / "parquet").set_index("iri"), reference.network(folder)
    assert list(found.index.sort_values()) == sorted(network)
    shares = reference.pagerank(network)
    worst = max(abs(found["pagerank"][node] - share) for node, share in shares.items())
    assert worst <= ACCURACY / len(network)
    assert found["pagerank"].sum() == pytest.approx(1)
    assert found["pagerank"].is_monotonic_decreasing
    pieces = {node: min(piece) for piece in reference.components(network) for node in piece}
    assert found["component"].to_dict() == pieces
    assert found["community"].to_dict() == reference.communities(reference.ties(network), ROUNDS)


@pytest.mark.parametrize("name", ["partnership", "made"])
def test_a_cluster_measures_what_networkx_measures(
    name: str, spark: Installation, running: Cluster, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder: Path = request.getfixturevalue(name)
    before = running.worked()
    spark.submit(running.master, PROGRAM, str(folder), str(tmp_path / "out"))
    assert running.worked() == [programs + 1 for programs in before]
    assert len(before) == WORKERS
    agrees(folder, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["csv", "parquet"]


def test_the_same_program_on_one_machine_finds_planted_groups(
    spark: Installation, planted: Path, tmp_path: Path
) -> None:
    spark.submit("local[2]", PROGRAM, str(planted), str(tmp_path / "out"))
    agrees(planted, tmp_path / "out")
    found = pd.read_parquet(tmp_path / "out" / "parquet")
    groups = {frozenset(group) for _, group in found.groupby("community")["iri"]}
    ties = reference.ties(reference.network(planted))
    assert groups == {frozenset(group) for group in nx.community.asyn_lpa_communities(ties, weight="weight", seed=1)}
    assert groups == {frozenset(group) for group in nx.community.louvain_communities(ties, weight="weight", seed=1)}
    assert len(groups) == 6  # the five, and who is alone
    rows = []
    for part in sorted((tmp_path / "out" / "csv").glob("*.csv")):
        with part.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    assert {row["label"] for row in rows} == {f"'{FORMULA}"}
    assert [row["iri"] for row in rows] == list(found["iri"])


def test_the_program_is_as_the_document_says() -> None:
    source, document = SOURCE.read_text("utf-8"), (kit.home() / "examples/spark/README.md").read_text("utf-8")
    assert f"Rounds = {ROUNDS} " in source
    assert f"{ROUNDS} rounds" in document
