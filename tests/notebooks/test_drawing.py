"""Networks drawn inline: in a real browser, in a sandbox, with no request; and what cannot be drawn."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Frame, Page, expect
from pyvis.network import Network

import tipgraph
from tests.pages.conftest import ACTOR, box_of
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


def test_a_click_tells_what_is_said_and_where_within_a_sandbox_and_a_saved_drawing_opens_by_itself(
    page: Page, small: Graph, tmp_path: Path
) -> None:
    frame = opened(page, tmp_path, tipgraph.draw(small, "routes"))
    frame.wait_for_function(READY)
    around = frame.evaluate("() => { try { return parent.document.title; } catch (error) { return error.name; } }")
    assert around == "SecurityError"
    page.keyboard.press("Tab")
    box = box_of(frame.locator("#picture"))
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the middle of the only tie
    said = frame.locator("#said")
    expect(said).to_contain_text("Port Able → Lima: is reported as origin of a route to")
    expect(said).to_contain_text("harbour-2020 ¶3 s1")
    page.goto(tipgraph.draw(small, "funding").save(tmp_path / "money.html").as_uri())
    page.wait_for_function(READY)
    expect(page.locator("#legend")).to_contain_text("recipient of funding for")


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


def test_each_tie_tells_its_sentences_or_without_a_graph_its_places(graph: Graph) -> None:
    network = tipgraph.project(graph, "partnership")
    data = data_of(tipgraph.draw(network))
    assert len(data["nodes"]) == network.number_of_nodes()
    places = [edge["said_at"] for *_, edge in network.edges(data=True)]
    assert [told for (told,) in data["told"].values()] == places  # type: ignore[attr-defined]
    part = network.subgraph(list(network)[:12])
    assert len(data_of(tipgraph.draw(part))["nodes"]) == 12
    told = list(data_of(tipgraph.draw(graph, "participation", fold="starts"))["told"].values())  # type: ignore[attr-defined]
    assert all(told)
    assert any(len(lines) > 1 for lines in told)
    assert all("[" in line for lines in told for line in lines)


def test_the_frame_holds_the_document_as_it_is_in_spanish_too(small: Graph) -> None:
    drawing = tipgraph.draw(small, "funding", height=333, language="es")
    html = drawing._repr_html_()
    found = re.search(r'srcdoc="([^"]*)"', html)
    assert found
    assert unescape(found[1]) == drawing.document
    for words in ('sandbox="allow-scripts"', "height: 333px"):
        assert words in html
    assert '<html lang="es">' in drawing.document
    assert ("Como tabla" in drawing.document, "As a table" in drawing.document) == (True, False)


def test_what_cannot_be_drawn_is_told(small: Graph, tmp_path: Path) -> None:
    network, taken = tipgraph.project(small, "funding"), tmp_path / "a-file"
    taken.write_text("")
    many = network.copy()
    data = next(data for _, data in network.nodes(data=True))
    many.add_nodes_from((f"a:{number}", data) for number in range(2_001))
    draw_any: Any = tipgraph.draw
    cases: list[tuple[Callable[[], object], str]] = [
        (lambda: draw_any(network, "funding"), "this is a network already"),
        (lambda: draw_any(nx.Graph(network)), "no network of tipgraph"),
        (lambda: draw_any(nx.MultiDiGraph([("a", "b")])), "no network of tipgraph"),
        (lambda: draw_any(many), "too many to be drawn inline"),
        (lambda: draw_any(small, "map", recipe="partner-funding"), "a map shows the routes"),
        (lambda: draw_any(small, "map").to_pyvis(), "draw a network"),
        (lambda: draw_any(small, "friends"), "friends"),
        (lambda: draw_any(small, "funding").save(tmp_path / "money.png"), r"ends in \.html$"),
        (lambda: draw_any(small, "funding").save(taken / "money.html"), "cannot be written"),
    ]
    for act, said in cases:
        with pytest.raises((CallError, GraphError, UnknownName), match=said):
            act()
    assert list(tmp_path.iterdir()) == [taken]


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
    partners = tipgraph.project(graph, "partnership")
    for _, node in partners.nodes(data=True):
        node["label"] = f"<b href=x>{node['label']}"
    network = draw(partners).to_pyvis()
    titles = [part["title"] for part in (*network.nodes, *network.edges)]
    assert all(title.startswith("‹b href=x›") and "<" not in title for title in titles), "no name is taken for HTML"
