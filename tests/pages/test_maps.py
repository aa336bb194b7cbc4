"""The map of routes: the projection, what is a point and what is not, arrows, and what the page and the picture say."""

import json
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from tests.findings.made import made
from tests.network.conftest import short
from tests.pages.conftest import address
from tipgraph.analysis.network import project
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site import maps
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.map_figures import figures
from tipgraph.outputs.site.map_labels import POINT, REGION, VAGUE, Atlas, Mark, _box, labels
from tipgraph.outputs.site.map_projection import OUTLINES, Earth, Point, middle
from tipgraph.outputs.site.maps import MapLine
from tipgraph.outputs.site.route_lines import Arc, arcs, reports, width_of
from tipgraph.outputs.site.site_tree import Site
from tipgraph.pipeline.shacl import check
from tipgraph.sources.folder import Texts

SVG = "{http://www.w3.org/2000/svg}"
with_outlines = pytest.mark.skipif(not OUTLINES.is_file(), reason="no outlines at hand: `make web` writes them")


@pytest.fixture(scope="module")
def marks(graph: Graph) -> dict[str, Mark]:
    atlas = Atlas(graph, Earth.read())
    found = (atlas.mark(iri, str(data["label"])) for iri, data in project(graph, "routes").nodes(data=True))
    return {short(mark.iri): mark for mark in found if mark is not None}


@pytest.fixture(scope="module")
def drawn(graph: Graph, marks: dict[str, Mark]) -> list[Arc]:
    return arcs(reports(project(graph, "routes")), {mark.iri: mark for mark in marks.values()}, Earth.read())


def written(graph: Graph, folder: Path, language: str = "en") -> tuple[str, Any]:
    site = Site(folder, language)
    maps.write(site, graph, Claims(graph, site, Texts()), project(graph, "routes"))
    page = (site.folder / "map.html").read_text("utf-8")
    return page, etree.parse(site.folder / "map.svg").getroot()


def test_a_text_that_is_only_cited_has_no_sentence(graph: Graph, tmp_path: Path) -> None:
    site = Site(tmp_path, "en")
    found = {one.claim.key: one.support for one in figures(site, graph, Claims(graph, site, Texts()))}
    assert found["ap-2005/estimates/1"] == "one source, no sentence given"
    assert found["oas-cim-2005/estimates/p23-1"] == "one source, 2 sentences"


# What d3-geo says of some points: longitude, latitude, x, y.
D3 = [(-170, -80, 497.835, 575.082), (-170, -60, 475.277, 531.062), (-120, 0, 600, 291.418)]


@pytest.mark.parametrize(("longitude", "latitude", "x", "y"), D3)
def test_the_bare_earth_is_projected_as_d3_does(longitude: float, latitude: float, x: float, y: float) -> None:
    assert Earth().point((longitude, latitude)) == pytest.approx((x, y), abs=0.01)


@with_outlines
def test_every_point_that_d3_projected_is_projected_alike() -> None:
    earth = Earth.read()
    for longitude, latitude, x, y in json.loads(OUTLINES.read_text("utf-8"))["grid"]:
        assert earth.point((longitude, latitude)) == pytest.approx((x, y), abs=0.002)


def test_beyond_the_edge_the_map_goes_on_where_it_begins() -> None:
    earth = Earth()
    assert earth.point((60, 30), turn=1) == pytest.approx(earth.point((59.9999, 30)), abs=0.01)


def test_a_region_on_both_sides_of_the_date_line_has_its_middle_there() -> None:
    assert abs(middle([((170, 10), 1), ((-170, 10), 1)])[0]) == pytest.approx(180)


@with_outlines
def test_outlines_hold_small_islands_and_keep_apart_what_has_a_code_of_its_own() -> None:
    known = Earth.read().by_code
    assert {"052", "662", "254", "158", "Kosovo"} <= known.keys()  # Barbados, Saint Lucia, French Guiana, Taiwan
    assert "010" not in known


def test_a_region_is_no_point(marks: dict[str, Mark]) -> None:
    kinds = {name: mark.kind for name, mark in marks.items()}
    assert kinds["latin-america-and-the-caribbean"] == kinds["europe"] == kinds["asia"] == REGION
    assert kinds["japan"] == kinds["colombia"] == POINT
    assert kinds["hemisphere"] == VAGUE
    assert (marks["hemisphere"].about, marks["hemisphere"].perhaps) == (("Americas",), True)


@with_outlines
def test_a_region_is_all_its_countries(marks: dict[str, Mark]) -> None:
    known = Earth.read().by_code
    lac = marks["latin-america-and-the-caribbean"].outlines
    assert {known[code].id for code in ("076", "484", "052", "254", "388")} <= set(lac)
    assert not {known[code].id for code in ("840", "250", "724")} & set(lac)
    assert set(lac) < set(marks["hemisphere"].outlines)


def test_a_town_without_coordinates_is_drawn_at_what_holds_it(graph: Graph) -> None:
    border = "https://w3id.org/tipgraph/id/oas-cim-2005/places/tijuana-san-diego-border"
    mark = Atlas(graph, Earth.read()).mark(border, "Border")
    assert mark is not None
    assert (mark.kind, mark.about, mark.perhaps) == (VAGUE, ("Mexico", "United States"), False)


def test_a_route_without_direction_is_one_line_without_a_head(drawn: list[Arc]) -> None:
    links = [arc for arc in drawn if not arc.directed]
    assert {frozenset(short(mark.iri) for mark in arc.stops) for arc in links} == {
        frozenset({"latin-america-and-the-caribbean", "europe"}),
        frozenset({"latin-america-and-the-caribbean", "asia"}),
        frozenset({"hemisphere", "japan"}),
    }
    assert not any(leg.arrow for arc in links for leg in arc.legs)


def test_reports_of_one_route_are_one_arc_and_an_echo_makes_it_no_wider(drawn: list[Arc]) -> None:
    by_ends = {(short(arc.stops[0].iri), short(arc.stops[-1].iri)): arc for arc in drawn if arc.directed}
    japan = by_ends["latin-america-and-the-caribbean", "japan"]
    assert [(report.modality, bool(report.again)) for report in japan.reports] == [
        ("implied", True), ("stated", False), ("implied", True),
    ]  # fmt: skip
    assert (japan.independent, japan.implied, [leg.arrow for leg in japan.legs]) == (1, False, [True])
    thin = japan.width
    japan.figures = (1700.0,)
    assert japan.width > 2 * thin
    japan.figures = ()


def place(name: str, longitude: float, latitude: float) -> Mark:
    at = longitude, latitude
    return Mark(f"https://w3id.org/tipgraph/id/made/places/{name}", name, POINT, at, Earth().point(at), ())


def network(*legs: tuple[Mark, Mark], claim: str = "r1") -> "nx.MultiDiGraph[str]":
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, (start, end) in enumerate(legs, 1):
        data = {"claim": f"https://w3id.org/tipgraph/id/made/route-reports/{claim}", "directed": True,
                "modality": "stated", "source": "made", "leg": number, "legs": len(legs)}  # fmt: skip
        made.add_edge(start.iri, end.iri, f"{claim}#route {number}", **data)
    return made


def only(*legs: tuple[Mark, Mark]) -> Arc:
    (arc,) = arcs(reports(network(*legs)), {mark.iri: mark for leg in legs for mark in leg}, Earth())
    return arc


LIMA, PANAMA, TOKYO = place("lima", -77, -12), place("panama", -80, 9), place("tokyo", 139.7, 35.7)


def test_transit_is_drawn_leg_by_leg() -> None:
    arc = only((LIMA, PANAMA), (PANAMA, TOKYO))
    assert [mark.label for mark in arc.stops] == ["lima", "panama", "tokyo"]
    assert [(leg.start, leg.end) for leg in arc.legs] == [(LIMA.spot, PANAMA.spot), (PANAMA.spot, TOKYO.spot)]
    assert len(arc.reports) == 1


def test_neighbours_at_opposite_edges_are_tied_over_the_edge() -> None:
    arc = only((place("delhi", 77, 28), place("dubai", 55, 25)))
    assert [leg.arrow for leg in arc.legs] == [False, True]
    assert all(hypot(leg.end[0] - leg.start[0], leg.end[1] - leg.start[1]) < 150 for leg in arc.legs)


def test_a_route_within_one_place_is_a_loop() -> None:
    (leg,) = only((LIMA, LIMA)).legs
    assert leg.at(0.5)[1] < LIMA.spot[1] - 20


def test_arcs_beside_each_other_do_not_lie_on_each_other() -> None:
    both = network((LIMA, TOKYO))
    for start, end, key, data in network((TOKYO, LIMA), claim="r2").edges(keys=True, data=True):
        both.add_edge(start, end, key, **data)
    one, other = arcs(reports(both), {LIMA.iri: LIMA, TOKYO.iri: TOKYO}, Earth())
    assert abs(one.legs[0].at(0.5)[1] - other.legs[0].at(0.5)[1]) > 20


@pytest.mark.parametrize("unit", [1.0, 2.2])
def test_names_do_not_hide_each_other(marks: dict[str, Mark], unit: float) -> None:
    earth = Earth.read()
    found = labels(list(marks.values()), [], [], (0, 0, earth.width, earth.height), unit)

    def spot(mark: Mark) -> Point:
        return mark.spot[0] / unit, mark.spot[1] / unit

    boxes = [_box(found[mark.iri], spot(mark)) for mark in marks.values()]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


def test_a_figure_is_said_with_its_hedge_and_how_sure_it_is(graph: Graph, tmp_path: Path) -> None:
    for language, said in (
        ("en", ("about 1,700 victims per year", "estimated, a flow", "one source, 2 sentences")),
        ("es", ("aproximadamente 1,700 víctimas por año", "estimadas, flujo", "una fuente, 2 frases")),
    ):
        site = Site(tmp_path, language)
        found = {(one.short, one.kind, one.support) for one in figures(site, graph, Claims(graph, site, Texts()))}
        assert said in found


def test_a_number_that_its_root_does_not_support_is_struck_through_and_gives_no_width(
    graph: Graph, tmp_path: Path
) -> None:
    page, picture = written(graph, tmp_path)
    struck = [one.text for one in etree.HTML(page).findall(".//ul[@class='map-figures']//s")]
    assert struck == ["Latin America to Japan: about 700,000 women in a period not stated"]
    lines = [one for one in picture.iter(f"{SVG}tspan") if one.get("text-decoration") == "line-through"]
    assert [one.text for one in lines] == ["about 700,000 women in a period not stated"]
    assert lines[0].getprevious().text == "1,700 women and girls in a period not stated"
    about = picture.findtext(f"{SVG}desc")
    assert about.index("1,700 women and girls") < about.index("700,000")
    widths = [float(path.get("stroke-width")) for path in picture.iter(f"{SVG}path") if path.get("class") == "line"]
    assert max(widths) == width_of(1700)
    listed = [str(one.text) for one in etree.HTML(page).findall(".//ul[@class='map-figures']/li/*[1]")]
    claimed, root = (next(at for at, one in enumerate(listed) if words in one) for words in ("700,000", "at least 1,7"))
    assert claimed > root


def test_the_map_prints_what_is_counted_and_no_count_so_small_that_it_could_be_somebody(
    drawn: list[Arc], tmp_path: Path
) -> None:
    counted = {
        "subject": "land", "hedge": "exact", "unit": "persons", "per": "total", "population": "victims",
        "basis": "detected", "measure": "flow",
    }  # fmt: skip
    rows = [("120", {}), ("106", {"form": "labour"}), ("1", {"form": "sexual"}),
            ("109", {"age": "child"}), ("0", {}), ("11", {}), ("10", {})]  # fmt: skip
    estimates = [{"id": f"e{at}", "value": value, **counted, **more} for at, (value, more) in enumerate(rows)]
    places = [{"id": "land", "type": "Country", "label": "land"}]
    small = made(tmp_path / "data", {"a": {"places": places, "estimates": estimates}})
    site = Site(tmp_path / "site", "en")
    found = sorted(figures(site, small, Claims(small, site, Texts())), key=lambda one: one.claim.key)
    printed = (
        "120 victims in all",
        "106 victims, forced labour in all",
        "109 victims, child in all",
        "11 victims in all",
    )
    assert MapLine(drawn[0], "", found, "").note.lines == printed


def test_a_figure_stands_only_beside_the_report_of_its_own_source(graph: Graph, tmp_path: Path) -> None:
    page, _ = written(graph, tmp_path)
    rows = {
        row.get("data-report"): str(row[3].xpath("string()")) for row in etree.HTML(page).iter("tr") if row.get("id")
    }
    assert rows["oas-cim-2005/route-reports/p23-4"] == ""
    assert rows["oas-cim-2005/route-reports/p23-1"] == "about 1,700 victims per year (implied)"
    again = "seems to repeat oas-cim-2005 ¶23 s1; oas-cim-2005 ¶23 s2"
    assert rows["ap-2005/route-reports/1"] == f"{again}; at least 1,700 women per year (implied, not reviewed)"


def test_people_who_are_not_said_to_be_trafficked_are_no_figure_of_a_route(graph: Graph, tmp_path: Path) -> None:
    page, picture = written(graph, tmp_path)
    assert "4,000" not in page
    assert "4,000" not in etree.tostring(picture, encoding="unicode")


def test_a_route_of_nationals_is_refused(tmp_path: Path) -> None:
    places = [{"id": name, "type": "Country", "label": name} for name in ("here", "there")]
    routes = [{"id": "way", "type": "Route", "label": "way"}]
    report = {"id": "r", "route": "way", "origin": "here", "destination": "there", "directed": "true"}
    for population, refused in (("victims", False), ("nationals", True)):
        tables = {"places": places, "routes": routes, "route-reports": [{**report, "population": population}]}
        findings = check(made(tmp_path / population, {"a": tables})).findings
        assert any("no trafficked persons" in str(one) for one in findings) is refused


def test_the_filter_of_a_source_hides_the_figures_of_others(page: Page, site: Path) -> None:
    page.goto(address(site, "map.html"))
    press = page.locator('[data-figure="ap-2005/estimates/1"]')
    report = page.locator('[data-figure="oas-cim-2005/estimates/p23-1"]')
    expect(press).to_be_visible()
    page.get_by_label("Source").select_option("oas-cim-2005")
    expect(press).to_be_hidden()
    expect(report).to_be_visible()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_picture_alone_runs_nothing_and_asks_nobody(graph: Graph, tmp_path: Path, language: str) -> None:
    _, picture = written(graph, tmp_path, language)
    tags = {element.tag.removeprefix(SVG) for element in picture.iter() if isinstance(element.tag, str)}
    assert tags <= {"svg", "title", "desc", "defs", "clipPath", "pattern", "path", "rect", "g", "use", "a", "circle",
                    "text", "tspan"}  # fmt: skip
    assert picture.findtext(f"{SVG}title")
    assert "1,700" in picture.findtext(f"{SVG}desc")
    uses = {use.get("href") for use in picture.iter(f"{SVG}use")}
    assert {use.removeprefix("#") for use in uses} <= {element.get("id") for element in picture.iter()}


def test_what_is_not_stated_has_no_head_and_what_is_implied_is_dashed(graph: Graph, tmp_path: Path) -> None:
    _, picture = written(graph, tmp_path)
    for arc in picture.iter(f"{SVG}a"):
        kinds, inner = arc.get("class").split(), {path.get("class"): path for path in arc.iter(f"{SVG}path")}
        if "arc" in kinds:
            assert ("head" in inner) is ("undirected" not in kinds)
            assert ("stroke-dasharray" in inner["line"].attrib) is ("implied" in kinds)


def test_every_report_is_a_row_though_its_places_are_nowhere(small: Graph, tmp_path: Path) -> None:
    page, picture = written(small, tmp_path)
    assert len(etree.HTML(page).findall(".//tr[@data-report]")) == len(reports(project(small, "routes")))
    assert not [arc for arc in picture.iter(f"{SVG}a") if "arc" in arc.get("class").split()]
    assert "Only in the table, because this graph has no location for the place" in page


def test_the_legend_says_of_what_is_implied_that_it_is_our_reading(graph: Graph, tmp_path: Path) -> None:
    for language, words in (("en", "implied (our reading)"), ("es", "implícito (lectura nuestra)")):
        page, _ = written(graph, tmp_path / language, language)
        assert words in page
        assert "by a source" not in page


def test_missing_outlines_are_said(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Earth, "read", Earth)
    page, picture = written(graph, tmp_path)
    assert "make web" in page
    assert picture.find(f"{SVG}g[@class='land']") is None
    assert len([arc for arc in picture.iter(f"{SVG}a") if "arc" in arc.get("class").split()]) == 8


def test_there_are_no_outlines_where_there_is_no_file(tmp_path: Path) -> None:
    assert Earth.read(tmp_path / "world.json") == Earth()
