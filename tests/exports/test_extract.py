"""What is taken along: a network, a recipe, a question, a neighbourhood, all; and the manifest that says so."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exports.conftest import SUFFIXES
from tests.pages.conftest import small_site
from tipgraph.analysis.network import Filter
from tipgraph.errors import BadValue, CallError, GraphError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.outputs.files import FORMATS, export, extract, format_of, table_rows
from tipgraph.outputs.files.extract import Extract

__all__ = ["small_site"]  # a fixture


def test_what_answers_a_question(graph: Graph) -> None:
    taken = extract(graph, question="partners", values={"of": "IIN"})
    answer = Query.find("partners").run(graph, {"of": "IIN"})
    drawn = {claim for claim in taken.claims if "/namings/" not in claim.value}
    assert drawn == {claim for row in answer.rows for claim in answer.claims(row)}
    assert taken.asked == {"question": "partners", "partners of": "IIN"}


def test_what_answers_a_question_without_edges_with_the_sources_that_say_it(graph: Graph) -> None:
    taken = extract(graph, question="numbers")
    answer = Query.find("numbers").run(graph)
    cited = [answer.columns.index(name) for name in ("claim", "claimAgain")]
    assert {row[at] for row in answer.rows for at in cited if row[at]} == set(taken.claims)
    assert (len(taken.claims), taken.network.number_of_edges()) == (7, 0)
    assert set(taken.cited) == {claim.value.removeprefix(DATA).partition("/")[0] for claim in taken.claims}
    assert taken.voices == len(taken.cited)


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
    ("asked", "fault"),
    [
        ({"network": "funding", "recipe": "partner-funding"}, CallError),
        ({"network": "funding", "values": {"of": "IOM"}}, CallError),
        ({"question": "partners", "fold": "starts"}, CallError),
        ({"question": "who"}, UnknownName),
        ({"network": "friends"}, UnknownName),
        ({"recipe": "soup"}, UnknownName),
    ],
)
def test_what_cannot_be_asked_together_or_is_unknown(
    small: Graph, asked: dict[str, object], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        extract(small, **asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_manifest_is_inside_or_beside(
    graph: Graph, usaid: Extract, written: Callable[[str], Path], suffix: str
) -> None:
    path = written(suffix)
    beside = path.with_name(f"{path.name}.manifest.json")
    assert path.exists()
    assert beside.exists() != FORMATS[suffix].inside
    if beside.exists():
        manifest = json.loads(beside.read_text("utf-8"))
        assert manifest["asked"] == {"recipe": "partner-funding", "focus": "usaid"}
        assert manifest["graph"]["digest"] == graph.digest
        assert manifest["counts"]["claims"] == len(usaid.claims) == sum(manifest["counts"]["claims by class"].values())
        assert manifest["sources"].keys() >= {"oas-cim-2004", "oas-cim-2005", "reference"}
        assert all(source["licence"] and source["title"] for source in manifest["sources"].values())
        withheld = {(one["what"], one["why"]): one["count"] for one in manifest["withheld"]}
        assert withheld == dict(usaid.withheld)
    weights = [row["weight"] for row in table_rows.edges(usaid)]
    assert (len(weights), min(weights)) == (usaid.network.number_of_edges(), 1)


def test_the_same_graph_gives_the_same_bytes(
    graph: Graph, graph_file: Path, written: Callable[[str], Path], tmp_path: Path
) -> None:
    """In processes with different hash seeds, so that no order of a set shows."""
    program = (
        "import sys, pathlib, tipgraph\n"
        "graph = tipgraph.load(sys.argv[1])\n"
        "tipgraph.export(graph, f'{sys.argv[2]}/folder/', network='partnership')\n"
        "tipgraph.export(graph, f'{sys.argv[2]}/tables/')\n"
        "for suffix in sys.argv[3:]:\n"
        "    tipgraph.export(graph, pathlib.Path(sys.argv[2]) / f'usaid{suffix}', recipe='partner-funding',\n"
        "                    asked=tipgraph.Filter(focus=('usaid',)))\n"
    )
    command = [sys.executable, "-c", program, str(graph_file), str(tmp_path), *SUFFIXES]
    with subprocess.Popen(command, env={**os.environ, "PYTHONHASHSEED": "1"}) as other:
        here = written(SUFFIXES[0]).parent
        for suffix in SUFFIXES:
            written(suffix)
        export(graph, f"{here}/folder/", network="partnership")
        export(graph, f"{here}/tables/")
    assert other.returncode == 0
    paths = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(paths) > len(SUFFIXES) + 50
    for path in paths:
        assert path.read_bytes() == (here / path.relative_to(tmp_path)).read_bytes(), path


@pytest.mark.parametrize("name", ["usaid.pdf", "usaid", ".graphml", "usaid.graphml.bak"])
def test_a_suffix_that_is_none_lists_those_that_there_are(name: str) -> None:
    with pytest.raises(CallError, match="FollowTheMoney"):
        format_of(Path(name))


def test_what_cannot_be_written_leaves_nothing_and_an_old_file_as_it_was(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "x.ttl").mkdir()
    (tmp_path / "x.ttl" / "inside").write_text("mine")
    (tmp_path / "routes.graphml").write_text("old")
    monkeypatch.setitem(FORMATS, ".graphml", FORMATS[".graphml"]._replace(write=broken))
    for path, said in (
        ("nosuch/x.ttl", "no such folder"),
        ("x.ttl", "cannot be written"),
        ("routes.graphml", "No space left"),
    ):
        with pytest.raises(GraphError, match=said):
            export(small, tmp_path / path, network="routes")
    assert (tmp_path / "routes.graphml").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["routes.graphml", "x.ttl"]


@pytest.mark.parametrize("network", ["funding", "participation"])
def test_the_sources_of_a_network_are_as_many_at_every_door(small: Graph, small_site: Path, network: str) -> None:
    """Whoever says it; neither the reference that holds its places nor who but names them."""
    taken = extract(small, network=network)
    assert "Sources of these links: 1." in (small_site / "network" / f"{network}.html").read_text("utf-8")
    assert taken.summary.endswith(", 1 source")
    assert taken.manifest(".csv")["counts"]["sources"] == 1
