"""How networks are drawn: what pyvis holds of what is known, and where nodes stand."""

import sys
from collections import defaultdict
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from tests.findings import made as findings
from tests.pages.conftest import packed_in
from tipgraph.analysis.network import EVERY, edges_of, networks, project
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA
from tipgraph.outputs.site import networks as network_pages
from tipgraph.outputs.site import render
from tipgraph.outputs.site.labels import wording
from tipgraph.outputs.site.layout import _name, arrange
from tipgraph.outputs.site.networks import SHAPES, claims_in, drawing

LONG, DOTS, BOTH = 2, 0.4, 4  # the first dash by its gap, and how many dashes and gaps there are


def held(graph: Graph, name: str, language: str = "en") -> dict[str, Any]:
    network = project(graph, name)
    return drawing(network, arrange(network), wording(graph, language))


@pytest.fixture(scope="module")
def funding(graph: Graph) -> dict[str, Any]:
    return held(graph, "funding")


@pytest.fixture(scope="module")
def everything(graph: Graph) -> list[dict[str, Any]]:
    return [held(graph, name) for name in networks(graph)]


def style(edge: dict[str, Any]) -> str:
    """Tell how an edge is dashed: not at all, long, by dots, or both in turn."""
    dashes = edge.get("dashes", [])
    if len(dashes) == BOTH:
        return "both"
    return {LONG: "long", DOTS: "dots"}[round(dashes[0] / dashes[1], 1)] if dashes else "solid"


MONEY = {
    "fundingReceiver", "fundingChannel", "fundingPurpose", "fundingReceiverPurpose", "fundingPurposePlace",
    "fundingAttendee", "fundingAttendance",
}  # fmt: skip


def test_dashes_say_that_an_amount_is_unknown_dots_that_something_is_only_planned_and_width_how_much_it_is(
    graph: Graph, funding: dict[str, Any], tmp_path: Path
) -> None:
    amounts = {
        data["claim"] for *_, data in edges_of(project(graph, "funding")) if {"amount", "shared_amount"} & {*data}
    }
    styles = {}
    for edge in funding["edges"]:
        unknown = edge["relation"] in MONEY and DATA + claims_in(edge)[0] not in amounts
        planned = bool(edge.get("status")) and set(edge["status"].split()) <= {"planned", "proposed"}
        expected = {(1, 1): "both", (1, 0): "long", (0, 1): "dots", (0, 0): "solid"}[unknown, planned]
        assert style(edge) == expected, edge["key"]
        styles[claims_in(edge)[0]] = expected
    assert styles["oas-cim-2005/funding/p25-1"] == "long"  # Italy paid, how much is not said
    assert styles["oas-cim-2005/undertaking-reports/p19-2"] == "dots"  # a training planned in Belize
    assert styles["oas-cim-2005/undertaking-reports/p20-1"] == "solid"  # a training that was held
    known, usual = [edge for edge in funding["edges"] if "amount" in edge], funding["options"]["edges"]["width"]
    assert all(edge["width"] > usual for edge in known)
    for unreviewed in (True, False):
        alike = [edge for edge in known if (edge["review"] == "unreviewed") == unreviewed]
        widths = [edge["width"] for edge in sorted(alike, key=lambda edge: float(edge["amount"]))]
        assert widths == sorted(widths) != []
    unread = [edge for edge in funding["edges"] if edge["review"] == "unreviewed" and "amount" not in edge]
    plain = {(edge["width"], edge["color"]["opacity"]) for edge in unread if edge.get("weight", 1) == 1}
    assert plain == {(round(usual / 2, 1), 0.62)}, "half as wide and pale: not reviewed"
    tables = {
        "actors": [{"id": "giver", "type": "Organization", "label": "Giver", "actorKind": "ngo"}],
        "undertakings": [{"id": "plan", "type": "Project", "label": "Plan"}],
        "funding": [{"id": "f", "giver": "giver", "purpose": "plan", "moneyKind": "proposed"}],
        "undertaking-reports": [{"id": "r", "undertaking": "plan", "status": "proposed"}],
    }
    drawn = held(findings.made(tmp_path / "data", {"a": tables}), "funding")
    assert {style(edge) for edge in drawn["edges"] if "a/funding/f" in claims_in(edge)} == {"both"}


def test_only_what_is_implied_or_not_reviewed_is_pale_what_has_a_direction_has_an_arrow_and_each_type_its_shape(
    everything: list[dict[str, Any]],
) -> None:
    seen = set()
    assert len(set(SHAPES.values())) == len(SHAPES)
    for drawn in everything:
        for edge in drawn["edges"]:
            weak = edge["modality"] == "implied", edge["review"] == "unreviewed"
            seen.add(weak)
            assert (edge.get("color", {}).get("opacity", 1) < 1) == any(weak), edge["key"]
            assert (edge.get("arrows") == "to middle") == edge["directed"]
        assert {node["group"] for node in drawn["nodes"]} == set(drawn["groups"]) <= set(SHAPES)
        assert {name: group["shape"] for name, group in drawn["options"]["groups"].items()} == SHAPES
        assert drawn["options"]["physics"]["enabled"] is False, "nothing moves"
        assert not [node for node in drawn["nodes"] if "title" in node]  # a title of pyvis may be taken for HTML
    assert len(seen) == 4


def test_things_that_are_only_planned_are_marked_and_others_are_not(graph: Graph) -> None:
    nodes = {node["iri"].removeprefix(DATA): node for node in held(graph, "participation")["nodes"]}
    assert nodes["oas-cim-2005/undertakings/future-seminars"]["planned"] is True
    assert "planned" not in nodes["oas-cim-2005/undertakings/caribbean-seminars"]
    assert all(node["group"] == "Undertaking" for node in nodes.values() if "planned" in node)
    documents = {node["iri"].removeprefix(DATA): node for node in held(graph, "publication")["nodes"]}
    assert documents["oas-cim-2005/documents/organs-report"]["planned"] is True  # asked for, and not seen
    assert "planned" not in documents["oas-cim-2005/documents/south-border-report"]


def test_claims_with_the_same_ends_and_relation_are_one_line_and_other_lines_bend_apart(
    everything: list[dict[str, Any]],
) -> None:
    met = bundled = 0
    for drawn in everything:
        between = defaultdict(list)
        for edge in drawn["edges"]:
            first = drawn["edges"][edge.get("bundle", edge["id"])]
            bundled += first is not edge
            assert "bundle" not in first
            assert first["relation"] == edge["relation"]
            assert bend(edge) == bend(first) or {edge["from"], edge["to"]} == {first["from"], first["to"]}
            if first is edge:
                between[frozenset((edge["from"], edge["to"]))].append(edge)
        for ends, edges in between.items():
            if len(ends) == 1:
                assert len({edge["selfReference"]["size"] for edge in edges}) == len(edges)
                continue
            bends = [bend(edge) for edge in edges]
            assert all(abs(one - other) > 0.05 for one, other in combinations(bends, 2))
            met += len(edges) > 1
    assert met > 10
    assert bundled > 100


def bend(edge: dict[str, Any]) -> float:
    """Return how far an edge is bent to one side, seen from the end with the lower number."""
    smooth = edge.get("smooth")
    if not smooth:
        return 0.0
    seen = 1 if edge["from"] < edge["to"] else -1
    return float(smooth["roundness"]) * (1 if smooth["type"] == "curvedCW" else -1) * seen


def test_the_page_holds_every_tie_of_the_network_with_its_claims_in_each_language(
    graph: Graph, funding: dict[str, Any]
) -> None:
    network = project(graph, "funding")
    assert [node["iri"] for node in funding["nodes"]] == list(network)
    assert [edge["id"] for edge in funding["edges"]] == list(range(network.number_of_edges()))
    for edge, (start, end, key, data) in zip(funding["edges"], edges_of(network), strict=True):
        assert (edge["from"], edge["to"]) == (list(network).index(start), list(network).index(end))
        assert edge["key"] == key.removeprefix(DATA)
        assert claims_in(edge)[0] == data["claim"].removeprefix(DATA)
        assert edge["said_at"] == data["said_at"]
        assert (edge.get("earliest"), edge.get("latest")) == (data.get("earliest"), data.get("latest"))
    spanish = held(graph, "funding", "es")
    assert spanish["relations"] != funding["relations"]
    for name in ("key", "from", "to", "width", "dashes", "smooth", "color", "earliest", "latest", "amount"):
        assert [edge.get(name) for edge in spanish["edges"]] == [edge.get(name) for edge in funding["edges"]], name
    for name in ("x", "y"):
        assert [node[name] for node in spanish["nodes"]] == [node[name] for node in funding["nodes"]]


def test_a_network_too_large_for_a_page_is_named_with_the_command_that_exports_it(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_pages, "MOST_NODES", 3)
    start = render(small, tmp_path / "site", recipes=[("partner-funding", "lantern-fund")])
    large = [name for name in networks(small) if len(project(small, name)) > 3 and name != EVERY]
    assert large
    text = start.read_text("utf-8")
    for name in large:
        assert f"tipgraph export {name}.graphml --network {name}" in text
        assert not (start.parent / "network" / f"{name}.html").exists()


def test_places_are_the_same_from_build_to_build_and_pieces_that_nothing_ties_lie_beside_each_other(
    graph: Graph, site: Path
) -> None:
    network = project(graph, "participation")
    places = arrange(network)
    assert places == arrange(network)
    nodes = packed_in(site / "network" / "participation.html", "network")["nodes"]
    assert {node["iri"]: (node["x"], node["y"]) for node in nodes} == places
    planes = [np.array([places[node] for node in piece]) for piece in nx.connected_components(nx.Graph(network))]
    assert len(planes) > 1
    for one, other in combinations(planes, 2):
        assert (one.max(axis=0) < other.min(axis=0)).any() or (other.max(axis=0) < one.min(axis=0)).any()


@pytest.mark.parametrize("name", ["partnership", "participation"])
def test_labels_do_not_lie_over_each_other(graph: Graph, name: str) -> None:
    network = project(graph, name)
    places = arrange(network)
    sizes = {node: _name(data) for node, data in network.nodes(data=True)}
    over = [
        (one, other)
        for one, other in combinations(network, 2)
        if all(
            abs(places[one][axis] - places[other][axis]) < 0.8 * (sizes[one][axis] + sizes[other][axis]) / 2
            for axis in (0, 1)
        )
    ]
    assert len(over) <= len(network) // 20


def test_all_nodes_have_places_alone_and_without_scipy_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    for number, ties in ((0, 0), (4, 2), (510, 509)):
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for at in range(number):
            label = f"Organization {at}"
            network.add_node(label, iri=label, label=label, label_es=label, type="Actor", kind="Organization")
        network.add_edges_from(list(pairwise(network))[:ties])
        places = arrange(network)
        assert list(places) == list(network)
        assert len(set(places.values())) == number
        assert np.isfinite(list(places.values())).all()
