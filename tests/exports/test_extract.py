"""What is taken along: a network, a recipe, a question, a neighbourhood, all; and the manifest that says so."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exports.conftest import SUFFIXES, USAID
from tipgraph.analysis.network import Filter
from tipgraph.errors import BadValue, CallError, GraphError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.outputs.files import FORMATS, export, extract, format_of, table_rows
from tipgraph.outputs.files.extract import Extract
from tipgraph.outputs.site import render


def test_what_answers_a_question(graph: Graph) -> None:
    taken = extract(graph, question="partners", values={"of": "IIN"})
    answer = Query.find("partners").run(graph, {"of": "IIN"})
    drawn = {claim for claim in taken.claims if "/namings/" not in claim.value}
    assert drawn == {claim for row in answer.rows for claim in answer.claims(row)}
    assert taken.asked == {"question": "partners", "partners of": "IIN"}


def test_what_answers_a_question_without_edges(graph: Graph) -> None:
    taken = extract(graph, question="numbers")
    answer = Query.find("numbers").run(graph)
    cited = [answer.columns.index(name) for name in ("claim", "claimAgain")]
    assert {row[at] for row in answer.rows for at in cited if row[at]} == set(taken.claims)
    assert len(taken.claims) == 7
    assert taken.network.number_of_edges() == 0


def test_what_surrounds_a_thing(graph: Graph) -> None:
    taken = extract(graph, asked=Filter(focus=("la-paz-training",), steps=2))
    answer = Query.find("neighbourhood").run(graph, {"of": "la-paz-training", "steps": "2"})
    claims = {row["claim"] for row in graph.named("claim-list")}
    around = {row[0] for row in answer.rows} & claims
    assert around <= set(taken.claims)
    assert all("/namings/" in claim.value for claim in set(taken.claims) - around)  # what names what is around
    assert any("/namings/" in claim.value for claim in taken.claims)
    with pytest.raises(BadValue, match="from 1 to 3"):
        extract(graph, asked=Filter(focus=("iom",), steps=4))


def test_filters_leave_out_claims_without_edges_and_say_so(graph: Graph) -> None:
    whole = extract(graph)
    held = extract(graph, asked=Filter(statuses=("held",)))
    assert set(held.claims) < set(whole.claims)
    alone = extract(graph, asked=Filter(sources=("oas-cim-2004",)))
    assert {claim.value.split("/")[-3] for claim in alone.claims} == {"oas-cim-2004"}
    rest = extract(graph, asked=Filter(without=("oas-cim-2004",)))
    assert not set(alone.claims) & set(rest.claims)
    stated = extract(graph, asked=Filter(stated=True))
    implied = {row["claim"] for row in graph.named("claim-list") if row["modality"].value == "implied"}
    assert implied
    assert not implied & set(stated.claims)
    unreviewed = {row["claim"] for row in graph.named("unreviewed")}
    assert set(extract(graph, asked=Filter(reviewed=True)).claims) == set(whole.claims) - unreviewed < set(whole.claims)


@pytest.mark.parametrize(
    "asked",
    [
        {"network": "funding", "recipe": "partner-funding"},
        {"network": "funding", "values": {"of": "IOM"}},
        {"question": "partners", "fold": "starts"},
    ],
)
def test_what_cannot_be_asked_together(graph: Graph, asked: dict[str, object]) -> None:
    with pytest.raises(CallError):
        extract(graph, **asked)  # type: ignore[arg-type]


def test_an_unknown_question_network_or_recipe(graph: Graph) -> None:
    for asked in ({"question": "who"}, {"network": "friends"}, {"recipe": "soup"}):
        with pytest.raises(UnknownName):
            extract(graph, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_manifest_is_inside_or_beside(graph: Graph, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"usaid{suffix}"
    taken = export(graph, path, recipe="partner-funding", asked=USAID)
    assert path in taken.files
    assert all(file.exists() for file in taken.files)
    assert sorted(tmp_path.iterdir()) == sorted(taken.files)
    beside = path.with_name(f"{path.name}.manifest.json")
    assert beside.exists() != FORMATS[suffix].inside
    if beside.exists():
        manifest = json.loads(beside.read_text("utf-8"))
        assert manifest["asked"] == {"recipe": "partner-funding", "focus": "usaid"}
        assert manifest["graph"]["digest"] == graph.digest
        assert manifest["counts"]["claims"] == len(taken.claims) == sum(manifest["counts"]["claims by class"].values())
        assert manifest["sources"].keys() >= {"oas-cim-2004", "oas-cim-2005", "reference"}
        assert all(source["licence"] and source["title"] for source in manifest["sources"].values())
        withheld = {(one["what"], one["why"]): one["count"] for one in manifest["withheld"]}
        assert withheld == dict(taken.withheld)


def test_the_same_graph_gives_the_same_bytes(graph_file: Path, tmp_path: Path) -> None:
    """In processes with different hash seeds, so that no order of a set shows."""
    program = (
        "import sys, pathlib, tipgraph\n"
        "graph = tipgraph.load(sys.argv[1])\n"
        "tipgraph.export(graph, f'{sys.argv[2]}/folder/', network='partnership')\n"
        "tipgraph.export(graph, f'{sys.argv[2]}/tables/')\n"
        "for suffix in sys.argv[3:]:\n"
        "    tipgraph.export(graph, pathlib.Path(sys.argv[2]) / f'x{suffix}', recipe='partner-funding',\n"
        "                    asked=tipgraph.Filter(focus=('usaid',)))\n"
    )
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        command = [sys.executable, "-c", program, str(graph_file), str(folder), *SUFFIXES]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    paths = sorted(path for path in (tmp_path / "1").rglob("*") if path.is_file())
    assert len(paths) > len(SUFFIXES) + 50
    for path in paths:
        assert path.read_bytes() == (tmp_path / "2" / path.relative_to(tmp_path / "1")).read_bytes(), path


@pytest.mark.parametrize("name", ["usaid.pdf", "usaid", ".graphml", "usaid.graphml.bak"])
def test_a_suffix_that_is_none_lists_those_that_there_are(name: str) -> None:
    with pytest.raises(CallError, match="FollowTheMoney"):
        format_of(Path(name))


def test_a_file_that_cannot_be_written_leaves_nothing(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such folder"):
        export(graph, tmp_path / "nosuch" / "x.ttl", network="routes")
    (tmp_path / "x.ttl").mkdir()
    (tmp_path / "x.ttl" / "inside").write_text("mine")
    with pytest.raises(GraphError, match="cannot be written"):
        export(graph, tmp_path / "x.ttl", network="routes")
    assert [path.name for path in tmp_path.iterdir()] == ["x.ttl"]


def test_an_old_file_stays_where_writing_fails(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tipgraph.outputs import files

    path = tmp_path / "routes.graphml"
    path.write_text("old")

    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(files.FORMATS, ".graphml", files.FORMATS[".graphml"]._replace(write=broken))
    with pytest.raises(GraphError, match="No space left"):
        export(graph, path, network="routes")
    assert path.read_text() == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["routes.graphml"]


def test_every_edge_of_an_export_has_the_weight_that_the_documents_promise(usaid: Extract) -> None:
    weights = [row["weight"] for row in table_rows.edges(usaid)]
    assert len(weights) == usaid.network.number_of_edges()
    assert min(weights) == 1


@pytest.mark.parametrize("network", ["funding", "participation"])
def test_the_sources_of_a_network_are_as_many_at_every_door(small: Graph, tmp_path: Path, network: str) -> None:
    """Whoever says it; neither the reference that holds its places nor who but names them."""
    render(small, tmp_path / "site")
    taken = extract(small, network=network)
    page = (tmp_path / "site" / "network" / f"{network}.html").read_text("utf-8")
    assert "Sources of these links: 1." in page
    assert taken.summary.endswith(", 1 source")
    assert taken.manifest(".csv")["counts"]["sources"] == 1


def test_the_sources_of_a_question_are_those_that_say_its_claims(graph: Graph) -> None:
    taken = extract(graph, question="numbers")
    assert set(taken.cited) == {claim.value.removeprefix(DATA).partition("/")[0] for claim in taken.claims}
    assert taken.voices == len(taken.cited)
