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
from tests.house.test_pages import WEB
from tests.network.conftest import short
from tests.pages.conftest import address
from tipgraph.analysis.network import project
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site import lens, maps
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.map_figures import figures
from tipgraph.outputs.site.map_labels import POINT, REGION, VAGUE, Atlas, Mark, box, labels
from tipgraph.outputs.site.map_projection import OUTLINES, Earth, Point, middle
from tipgraph.outputs.site.route_lines import THIN, Arc, arcs, reports
from tipgraph.outputs.site.site_tree import Site
from tipgraph.pipeline.shacl import check
from tipgraph.sources.folder import Texts

REPORTED = "oas-cim-2005/estimates/p23-1"  # the root of the numbers
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
    """Write the map and its claims; return its page and its picture."""
    site = Site(folder, language)
    claims = Claims(graph, site, Texts())
    maps.write(site, graph, claims, project(graph, "routes"))
    lens.write(site, claims, [])
    return (site.folder / "map.html").read_text("utf-8"), etree.parse(site.folder / "map.svg").getroot()


@pytest.fixture(scope="module")
def english(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    return written(graph, tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="module")
def spanish(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Any]:
    return written(graph, tmp_path_factory.mktemp("map"), "es")


def lines_of(picture: Any) -> list[Any]:
    return [line for line in picture.iter(f"{SVG}a") if "arc" in line.get("class").split()]


def said(page: str) -> dict[str | None, str]:
    """Return the figures in the list of a page by their keys."""
    return {item.get("id"): str(item.xpath("normalize-space()")) for item in etree.HTML(page).iter("li")}


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


def test_one_line_has_all_reports_about_the_same_places_and_only_their_directions(drawn: list[Arc]) -> None:
    found = {" – ".join(short(mark.iri) for mark in arc.stops): arc for arc in drawn}
    assert {name: (arc.sources, len(arc.reports), arc.ways, arc.implied) for name, arc in found.items()} == {
        "latin-america-and-the-caribbean – japan": (2, 3, {1: True}, False),
        "latin-america – japan": (2, 2, {1: False}, True),
        "latin-america-and-the-caribbean – europe": (1, 2, {1: False}, True),
        "hemisphere – japan": (1, 2, {1: False}, True),
        "colombia – japan": (1, 1, {1: False}, True),
        "asia – latin-america-and-the-caribbean": (1, 1, {}, True),
    }
    assert found["latin-america-and-the-caribbean – japan"].independent == 1  # the others repeat it
    strengths = [(arc.reviewed, arc.sources, arc.independent, len(arc.reports)) for arc in drawn]
    assert strengths == sorted(strengths, reverse=True)


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
    assert [leg.ways for leg in arc.legs] == [(-1,), (1,)]
    assert all(hypot(leg.end[0] - leg.start[0], leg.end[1] - leg.start[1]) < 150 for leg in arc.legs)


def test_a_route_within_one_place_is_a_loop() -> None:
    (leg,) = only((LIMA, LIMA)).legs
    assert leg.at(0.5)[1] < LIMA.spot[1] - 20


def test_routes_there_and_back_are_one_line_with_two_heads() -> None:
    both = network((LIMA, TOKYO))
    for start, end, key, data in network((TOKYO, LIMA), claim="r2").edges(keys=True, data=True):
        both.add_edge(start, end, key, **{**data, "modality": "implied"})
    (arc,) = arcs(reports(both), {LIMA.iri: LIMA, TOKYO.iri: TOKYO}, Earth())
    assert (arc.ways, len(arc.reports), arc.implied) == ({1: True, -1: False}, 2, False)


def test_lines_through_the_same_places_do_not_lie_on_each_other() -> None:
    both = network((LIMA, PANAMA), (PANAMA, TOKYO))
    for start, end, key, data in network((LIMA, PANAMA), claim="r2").edges(keys=True, data=True):
        both.add_edge(start, end, key, **data)
    one, other = arcs(reports(both), {mark.iri: mark for mark in (LIMA, PANAMA, TOKYO)}, Earth())
    assert hypot(*(a - b for a, b in zip(one.legs[0].at(0.5), other.legs[0].at(0.5), strict=True))) > 2


@pytest.mark.parametrize("unit", [1.0, 2.2])
def test_names_do_not_hide_each_other(marks: dict[str, Mark], unit: float) -> None:
    earth = Earth.read()
    found = labels(list(marks.values()), [], (0, 0, earth.width, earth.height), unit)

    def spot(mark: Mark) -> Point:
        return mark.spot[0] / unit, mark.spot[1] / unit

    boxes = [box(found[mark.iri], spot(mark)) for mark in marks.values()]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


def test_a_figure_is_said_with_its_hedge_and_how_sure_it_is(english: tuple[str, Any], spanish: tuple[str, Any]) -> None:
    listed = said(english[0])
    assert "Japan: about 1,700 victims per year, estimated, a flow; one source, 2 sentences (" in listed[REPORTED]
    assert "; one source, no sentence given (ap-2005 (cited)" in listed["ap-2005/estimates/1"]
    words = "aproximadamente 1,700 víctimas por año, estimadas, flujo; una fuente, 2 frases ("
    assert words in said(spanish[0])[REPORTED]


def test_no_figure_is_drawn_at_first_and_a_struck_out_number_gives_no_width(english: tuple[str, Any]) -> None:
    page, picture = english
    html = etree.HTML(page)
    struck = [one.text for one in html.findall(".//ul[@class='map-figures']//s")]
    assert struck == ["Latin America to Japan: about 700,000 women in a period not stated"]
    written = " ".join("".join(map(str, text.itertext())) for text in picture.iter(f"{SVG}text"))
    assert "1,700" not in written
    about = picture.findtext(f"{SVG}desc")
    assert about.index("1,700 women and girls") < about.index("700,000")
    paths = [path for line in lines_of(picture) for path in line.iter(f"{SVG}path") if path.get("class") == "line"]
    assert {path.get("stroke-width") for path in paths} == {str(THIN)}
    assert {line.get("stroke") for line in lines_of(picture)} == {"#5f6670"}
    scales = {scale.get("data-scale"): " ".join(map(str, scale.itertext())) for scale in html.iter("p")}
    assert "a flow: 1,000 10,000" in " ".join(scales[REPORTED].split())
    assert html.findall(".//p[@data-scale]") == html.findall(".//p[@hidden]")  # until somebody chooses a kind
    assert "no figure is supported" in scales["law-forum/estimates/1"]
    listed = [str(one.text) for one in html.findall(".//ul[@class='map-figures']/li/*[1]")]
    claimed, root = (next(at for at, one in enumerate(listed) if words in one) for words in ("700,000", "at least 1,7"))
    assert claimed > root


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_picture_alone_says_what_it_is_and_what_it_is_not(
    english: tuple[str, Any], spanish: tuple[str, Any], language: str
) -> None:
    _, picture = english if language == "en" else spanish
    written = [" ".join("".join(map(str, text.itertext())).split()) for text in picture.iter(f"{SVG}text")]
    for words in {
        "en": ("Reported routes of trafficking in persons", "not a measure of trafficking.", "6 of 6 lines",
               "Sources: Associated Press, 2005; Inter-American Commission of Women, 2005", "the direction is implied"),
        "es": ("Rutas de trata de personas", "no miden la trata.", "6 de 6 líneas", "Fuentes: ", "está implícita"),
    }[language]:  # fmt: skip
        assert any(words in text for text in written), words


def test_the_map_prints_what_is_counted_and_no_count_so_small_that_it_could_be_somebody(tmp_path: Path) -> None:
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
    assert tuple(figure.short for figure in maps.listed(found)) == printed
    assert len({figure.counted for figure in found if not figure.is_small}) == 3  # each of them is a kind of its own


def test_a_figure_stands_only_beside_the_report_of_its_own_source(english: tuple[str, Any]) -> None:
    page, _ = english
    rows = {row.get("id"): str(row[3].xpath("string()")) for row in etree.HTML(page).iter("tr") if row.get("id")}
    assert rows["oas-cim-2005/route-reports/p23-4"] == ""
    assert rows["oas-cim-2005/route-reports/p23-1"] == "about 1,700 victims per year (implied)"
    again = "seems to repeat oas-cim-2005 ¶23 s1; oas-cim-2005 ¶23 s2"
    assert rows["ap-2005/route-reports/1"] == f"{again}; at least 1,700 women per year (implied, not reviewed)"


def test_people_who_are_not_said_to_be_trafficked_are_no_figure_of_a_route(english: tuple[str, Any]) -> None:
    page, picture = english
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


def test_filters_reach_figures_lines_and_lists(page: Page, site: Path) -> None:
    page.goto(address(site, "map.html"))
    drawn, rows = page.locator("#picture a.arc:visible"), page.locator("#reports tbody tr:visible")
    press = page.locator('[data-figure="ap-2005/estimates/1"]')
    report = page.locator('[data-figure="oas-cim-2005/estimates/p23-1"]')
    expect(page.locator("#picture [data-figure], #picture a.counted")).to_have_count(0)
    page.locator("#kind").select_option("victims per year; estimated, a flow")
    expect(report).to_be_visible()
    expect(press).to_be_hidden()  # it counts others
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    saved = " ".join(map(str, etree.parse(download.value.path()).getroot().itertext()))
    for words in ("not a measure of trafficking", "the direction is implied", "Figures: victims per year",
                  "6 of 6 lines are drawn", "Inter-American Commission of Women, 2005", "about 1,700"):  # fmt: skip
        assert words in saved, words
    expect(page.locator("#lines")).to_have_count(0)  # so few lines need no switch
    page.locator("#kind").select_option("women per year; estimated, a flow")
    expect(press).to_be_visible()
    expect(report).to_be_hidden()
    page.get_by_label("Source").select_option("oas-cim-2005")
    expect(press).to_be_hidden()
    expect(page.locator("#picture a.counted")).to_have_count(0)
    page.get_by_label("Country or place").fill("colombia")
    expect(rows).to_have_count(1)
    expect(drawn).to_have_count(1)
    expect(page.locator("#panel h2")).to_have_text("Colombia")
    page.get_by_label("Country or place").fill("")
    expect(drawn).to_have_count(5)


def test_the_picture_alone_runs_nothing_and_asks_nobody(english: tuple[str, Any], spanish: tuple[str, Any]) -> None:
    for _, picture in (english, spanish):
        tags = {element.tag.removeprefix(SVG) for element in picture.iter() if isinstance(element.tag, str)}
        assert tags <= {"svg", "title", "desc", "defs", "clipPath", "pattern", "path", "rect", "g", "use", "a",
                        "circle", "text", "tspan"}  # fmt: skip
        assert picture.findtext(f"{SVG}title")
        assert "1,700" in picture.findtext(f"{SVG}desc")
        uses = {use.get("href") for use in picture.iter(f"{SVG}use")}
        assert {use.removeprefix("#") for use in uses} <= {element.get("id") for element in picture.iter()}


def test_heads_are_hollow_where_a_direction_is_implied_and_lines_dashed_where_all_is(
    english: tuple[str, Any],
) -> None:
    for line in lines_of(english[1]):
        heads = [path for path in line.iter(f"{SVG}path") if "head" in path.get("class").split()]
        (drawn,) = (path for path in line.iter(f"{SVG}path") if path.get("class") == "line")
        implied = "implied" in line.get("class").split()
        assert len(heads) == ("Asia" not in line.get("aria-label"))
        assert all(("hollow" in head.get("class")) is implied for head in heads)
        assert ("stroke-dasharray" in drawn.attrib) is implied


def test_every_report_is_a_row_though_its_places_are_nowhere(small: Graph, tmp_path: Path) -> None:
    page, picture = written(small, tmp_path)
    assert len(etree.HTML(page).findall(".//tr[@id]")) == len(reports(project(small, "routes")))
    assert not lines_of(picture)
    assert "Only in the table, because this graph has no location for the place" in page


def test_the_legend_says_of_what_is_implied_that_it_is_our_reading(
    english: tuple[str, Any], spanish: tuple[str, Any]
) -> None:
    assert "implied (our reading)" in english[0]
    assert "by a source" not in english[0]
    assert "implícito (lectura nuestra)" in spanish[0]


def test_missing_outlines_are_said(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Earth, "read", Earth)
    page, picture = written(graph, tmp_path)
    assert "make web" in page
    assert picture.find(f"{SVG}g[@class='land']") is None
    assert len(lines_of(picture)) == 6


def test_there_are_no_outlines_where_there_is_no_file(tmp_path: Path) -> None:
    assert Earth.read(tmp_path / "world.json") == Earth()


def test_of_many_lines_the_strongest_are_drawn_first_and_a_canvas_draws_all(page: Page, tmp_path: Path) -> None:
    number = 33
    towns = [{"id": f"p{at}", "type": "Country", "label": f"Land {at}", "latitude": str(at),
              "longitude": str(at * 7 - 150)} for at in range(number)]  # fmt: skip
    pairs = list(combinations(range(number), 2))
    routes = [{"id": f"r{a}-{b}", "type": "Route", "label": f"{a} to {b}"} for a, b in pairs]
    told = [{"id": f"c{a}-{b}", "route": f"a/routes/r{a}-{b}", "origin": f"a/places/p{a}", "directed": "true",
             "destination": f"a/places/p{b}", "population": "victims"} for a, b in pairs]  # fmt: skip
    sources = {"a": {"places": towns, "routes": routes, "route-reports": told}, "b": {"route-reports": told[5:]}}
    written(made(tmp_path / "data", sources), tmp_path)
    (tmp_path / "assets").symlink_to(WEB / "static")
    page.goto((tmp_path / "map.html").as_uri())
    drawn, crowd = page.locator("#picture a.arc:visible"), page.locator("#picture canvas")
    rows = page.locator("#reports tbody tr")
    expect(drawn).to_have_count(40)
    expect(rows).to_have_count(30)
    expect(page.locator('a[data-arc="a/route-reports/c0-1"]')).to_have_count(0)
    page.get_by_label("Country or place").fill("Land 0")
    expect(drawn).to_have_count(32)
    expect(page.locator("#panel article")).to_have_count(15)
    page.get_by_role("button", name="From, or one end").click()
    expect(rows).to_have_count(30)
    page.get_by_role("button", name="Next").click()
    expect(page.locator("nav.parts [role=status]")).to_have_text("31 to 59 of 59")  # the first five are of one source
    expect(rows).to_have_count(29)
    page.get_by_label("Country or place").fill("")
    page.get_by_label("Lines").select_option("all")
    expect(drawn).to_have_count(0)
    expect(crowd).to_be_visible()
    expect(page.locator("#count")).to_contain_text("528 of 528 lines are drawn")
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    assert len(lines_of(etree.parse(download.value.path()).getroot())) == 528
    page.locator("#picture").click()
    expect(page.locator("#panel h2")).to_contain_text("→")  # a line of the canvas, which is a sign while it is chosen
    expect(drawn).to_have_count(1)
