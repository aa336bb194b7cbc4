"""Networks drawn inline: in a real browser, in a sandbox, with no request; and what cannot be drawn."""

import json
import re
from html import unescape
from pathlib import Path

import networkx as nx
import pytest
from playwright.sync_api import Frame, Page, expect
from pyvis.network import Network

import tipgraph
from tests.pages.conftest import ACTOR
from tipgraph.analysis import Filter
from tipgraph.errors import CallError, GraphError, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site.embed import Drawing, draw
from tipgraph.outputs.site.maps import drawing_scripts

READY = "() => document.documentElement.dataset.ready === 'yes'"


def opened(page: Page, folder: Path, drawing: object) -> Frame:
    """Open a page of somebody else that holds a drawing as a notebook does."""
    path = folder / "notebook.html"
    html = drawing._repr_html_()  # type: ignore[attr-defined]
    path.write_text(f"<!doctype html><meta charset=utf-8><title>a notebook</title>{html}", "utf-8")
    page.goto(path.as_uri())
    (frame,) = page.frames[1:]
    return frame


def data_of(drawing: Drawing) -> dict[str, list[dict[str, object]]]:
    """Return what the script of a drawing reads."""
    found = re.search(r'<script type="application/json" id="network">(.*?)</script>', drawing.document, re.DOTALL)
    assert found
    held: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return held


def test_a_drawing_shows_its_nodes_and_tells_its_sentences(page: Page, graph: Graph, tmp_path: Path) -> None:
    drawing = tipgraph.draw(graph, recipe="partner-funding", asked=tipgraph.Filter(focus=("usaid",)))
    frame = opened(page, tmp_path, drawing)
    frame.wait_for_function(READY)
    painted = """() => {
      const canvas = document.querySelector('#picture canvas'), { width, height } = canvas;
      return new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, width, height).data.buffer)).size;
    }"""
    assert frame.evaluate(painted) > 50
    expect(frame.locator("#legend")).to_contain_text("funding for")
    frame.get_by_text("As a table").click()
    rows = frame.locator(".more tbody tr")
    assert rows.count() == len(data_of(drawing)["edges"]) > 100
    expect(rows.filter(has_text="funding for").first).to_contain_text("oas-cim-2005 ¶")


def test_a_click_tells_what_is_said_and_where(page: Page, small: Graph, tmp_path: Path) -> None:
    frame = opened(page, tmp_path, tipgraph.draw(small, "routes"))
    frame.wait_for_function(READY)
    page.keyboard.press("Tab")
    box = frame.locator("#picture").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the middle of the only tie
    said = frame.locator("#said")
    expect(said).to_contain_text("Port Able → Lima: is reported as origin of a route to")
    expect(said).to_contain_text("harbour-2020 ¶3 s1")


def test_the_sandbox_keeps_a_drawing_from_the_page_around_it(page: Page, small: Graph, tmp_path: Path) -> None:
    frame = opened(page, tmp_path, tipgraph.draw(small, "funding"))
    frame.wait_for_function(READY)
    assert frame.evaluate("() => { try { return parent.document.title; } catch (error) { return error.name; } }") == (
        "SecurityError"
    )


def test_names_that_mean_harm_stay_text(page: Page, harmful: Graph, tmp_path: Path) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    for drawing in (tipgraph.draw(harmful, "funding"), tipgraph.draw(harmful, asked=tipgraph.Filter(focus=(ACTOR,)))):
        frame = opened(page, tmp_path, drawing)
        frame.wait_for_function(READY)
        frame.get_by_text("As a table").click()
        expect(frame.locator(".more tbody")).to_contain_text("<img src=x onerror=alert(1)>")
        assert frame.locator("img, [onerror]").count() == 0
        assert "\u202e" not in drawing.document
    assert alerts == []


@pytest.mark.skipif(not drawing_scripts(), reason="nothing draws a map: `make web` takes it from npm")
def test_a_map_is_drawn_and_tells_the_sentences_of_a_line(page: Page, graph: Graph, tmp_path: Path) -> None:
    drawing = tipgraph.draw(graph, "map", asked=tipgraph.Filter(focus=("JP",)))
    frame = opened(page, tmp_path, drawing)
    expect(frame.locator("#picture .mark:visible").first).to_be_visible()
    assert frame.locator("#picture .mark:visible").count() >= 4
    assert "Filter: focus JP." in frame.locator("figcaption").inner_text()
    frame.locator('#picture a[data-at="reference/places/japan"]').click()
    expect(frame.locator("#panel h2")).to_have_text("Japan")
    expect(frame.locator("#panel li").first).to_contain_text("[")
    frame.get_by_text("As a table").click()
    expect(frame.locator("tbody tr").first).to_be_visible()
    with pytest.raises(CallError, match=r"ends in \.html"):
        drawing.save(tmp_path / "routes.svg")


def test_a_network_is_drawn_without_its_graph(graph: Graph) -> None:
    network = tipgraph.project(graph, "partnership")
    data = data_of(tipgraph.draw(network))
    assert len(data["nodes"]) == network.number_of_nodes()
    places = [edge["said_at"] for *_, edge in network.edges(data=True)]
    assert [told for (told,) in data["told"].values()] == places  # type: ignore[attr-defined]
    part = network.subgraph(list(network)[:12])
    assert len(data_of(tipgraph.draw(part))["nodes"]) == 12


def test_of_a_graph_each_tie_tells_the_sentences_of_its_claims(graph: Graph) -> None:
    data = data_of(tipgraph.draw(graph, "participation", fold="starts"))
    network = tipgraph.project(graph, "participation")
    assert network.number_of_edges() > 0
    told = list(data["told"].values())  # type: ignore[attr-defined]
    assert all(told)
    assert any(len(lines) > 1 for lines in told)
    assert all("[" in line for lines in told for line in lines)


def test_it_speaks_spanish(small: Graph) -> None:
    document = tipgraph.draw(small, "funding", language="es").document
    assert '<html lang="es">' in document
    assert "Como tabla" in document
    assert "As a table" not in document


def test_the_frame_holds_the_document_as_it_is(small: Graph) -> None:
    drawing = tipgraph.draw(small, "funding", height=333)
    html = drawing._repr_html_()
    found = re.search(r'srcdoc="([^"]*)"', html)
    assert found
    assert unescape(found[1]) == drawing.document
    assert 'sandbox="allow-scripts"' in html
    assert "height: 333px" in html


def test_a_saved_drawing_opens_by_itself(page: Page, small: Graph, tmp_path: Path) -> None:
    path = tipgraph.draw(small, "funding").save(tmp_path / "money.html")
    page.goto(path.as_uri())
    page.wait_for_function(READY)
    expect(page.locator("#legend")).to_contain_text("recipient of funding for")


def test_what_cannot_be_drawn_is_told(small: Graph, tmp_path: Path) -> None:
    network, taken = tipgraph.project(small, "funding"), tmp_path / "a-file"
    taken.write_text("")
    with pytest.raises(CallError, match="this is a network already"):
        tipgraph.draw(network, "funding")
    with pytest.raises(CallError, match="no network of tipgraph"):
        tipgraph.draw(nx.Graph(network))  # type: ignore[arg-type]
    with pytest.raises(CallError, match="no network of tipgraph"):
        tipgraph.draw(nx.MultiDiGraph([("a", "b")]))
    with pytest.raises(CallError, match="too many to be drawn inline"):
        tipgraph.draw(crowd(network))
    with pytest.raises(CallError, match="a map shows the routes"):
        tipgraph.draw(small, "map", recipe="partner-funding")
    with pytest.raises(UnknownName):
        tipgraph.draw(small, "friends")
    with pytest.raises(CallError, match=r"ends in \.html$"):
        tipgraph.draw(small, "funding").save(tmp_path / "money.png")
    with pytest.raises(GraphError, match="cannot be written"):
        tipgraph.draw(small, "funding").save(taken / "money.html")
    assert list(tmp_path.iterdir()) == [taken]


def crowd(network: "nx.MultiDiGraph[str]") -> "nx.MultiDiGraph[str]":
    """Return a network with more nodes than are drawn inline."""
    many = network.copy()
    data = next(data for _, data in network.nodes(data=True))
    many.add_nodes_from((f"a:{number}", data) for number in range(2_001))
    return many


def test_a_network_is_taken_as_one_of_pyvis_changed_and_saved(graph: Graph, tmp_path: Path) -> None:
    drawn = draw(graph, recipe="partner-funding", asked=Filter(focus=("usaid",)))
    network = drawn.to_pyvis()
    assert isinstance(network, Network)
    assert len(network.nodes) == len(drawn.data["nodes"])
    lines = {edge["id"]: edge for edge in drawn.data["edges"] if edge.get("bundle", edge["id"]) == edge["id"]}
    assert len(network.edges) == len(lines)
    (usaid,) = [node for node in network.nodes if node["iri"].endswith("/usaid")]
    assert usaid["title"] == "United States Agency for International Development\ngovernment body"
    for edge, data in zip(network.edges, lines.values(), strict=True):
        assert bool(edge["arrows"]) is (" → " in edge["title"]) is data["directed"]
        assert edge["color"]["color"] in {"#664a00", "#1f4f8a", "#0a5c5c", "#6d2f80"}, "no line is without its family"
    assert network.options["groups"]["Actor"]["color"]["background"] == "#0072b2"
    network.add_node("mine", label="my own note", shape="star")
    network.add_edge("mine", usaid["id"])
    network.save_graph(str(tmp_path / "mine.html"))
    assert "my own note" in (tmp_path / "mine.html").read_text("utf-8")


def test_in_pyvis_no_line_without_a_direction_has_an_arrow_and_no_name_is_taken_for_html(graph: Graph) -> None:
    partners = tipgraph.project(graph, "partnership")
    for _, data in partners.nodes(data=True):
        data["label"] = f"<b href=x>{data['label']}"
    network = draw(partners).to_pyvis()
    assert {edge["arrows"] for edge in network.edges} == {""}
    titles = [part["title"] for part in (*network.nodes, *network.edges)]
    assert all(title.startswith("‹b href=x›") and "<" not in title for title in titles)


def test_a_map_is_no_network_of_pyvis(graph: Graph) -> None:
    with pytest.raises(CallError, match="draw a network"):
        draw(graph, "map").to_pyvis()
