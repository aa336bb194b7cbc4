"""The map of routes: what is a point and what is not, lines and arrows, and what the page and its picture say."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from tests.findings.made import made
from tests.network.conftest import short
from tests.pages.conftest import address, box_of
from tipgraph.analysis.network import project
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site import assets, maps, sources
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.maps import POINT, REGION, VAGUE, drawing_scripts, places
from tipgraph.outputs.site.site_tree import Site
from tipgraph.pipeline.shacl import check
from tipgraph.sources.folder import Texts

REPORTED = "oas-cim-2005/estimates/p23-1"  # the root of the numbers
READY = "() => document.documentElement.dataset.ready === 'yes'"
with_map = pytest.mark.skipif(not drawing_scripts(), reason="nothing draws a map: `make web` takes it from npm")


def written(graph: Graph, folder: Path, language: str = "en") -> Any:
    """Write the map, its scripts and its claims; return its page."""
    site = Site(folder, language)
    claims = Claims(graph, site, Texts())
    maps.write(claims, project(graph, "routes"))
    sources.write_lens(claims, [])
    return etree.HTML((site.folder / "map.html").read_text("utf-8"))


@pytest.fixture(scope="module")
def english(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(graph, tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="module")
def spanish(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(graph, tmp_path_factory.mktemp("map"), "es")


def opened(page: Page, graph: Graph, folder: Path) -> Page:
    """Open the map of a graph in a browser."""
    written(graph, folder)
    assets.write(folder)
    Site(folder, "en").write_frame()
    page.goto((folder / "map.html").as_uri())
    page.wait_for_function(READY)
    return page


def text(page: Any) -> str:
    return " ".join(map(str, page.itertext()))


def test_a_region_is_all_its_countries_and_a_place_without_coordinates_is_about_what_holds_it(graph: Graph) -> None:
    known = {short(iri): place for iri, place in places(graph).items()}

    def countries(name: str) -> set[str]:
        return {key for key, _, _ in known[name].parts}

    regions, points = ("latin-america-and-the-caribbean", "europe", "asia"), ("japan", "colombia", "taiwan")
    assert {known[name].kind for name in regions} == {REGION}
    assert {known[name].kind for name in points} == {POINT}
    for name, holders, perhaps in (
        ("hemisphere", ["americas"], True),
        ("tijuana-san-diego-border", ["mexico", "united-states"], False),
    ):
        vague = known[name]
        about = [short(place.value) for place in vague.about]
        assert (vague.kind, about, vague.perhaps) == (VAGUE, holders, perhaps)
    assert countries("tijuana-san-diego-border") == {"484", "840"}
    assert {"076", "484", "052", "254", "388"} <= countries(regions[0]) < countries("hemisphere")
    assert not {"840", "250", "724"} & countries(regions[0])


def test_one_line_has_all_reports_about_the_same_places_and_only_their_directions(graph: Graph) -> None:
    network = project(graph, "routes")
    places, lines = [short(iri) for iri in network], maps.route_lines(graph, network)
    assert {
        " – ".join(places[stop] for stop in line["stops"]): (
            line["sources"],
            sorted({report["way"] for report in line["reports"]}, reverse=True),
        )
        for line in lines
    } == {
        "latin-america-and-the-caribbean – japan": (2, [1]),
        "latin-america – japan": (2, [1]),
        "latin-america-and-the-caribbean – europe": (1, [1, 0]),
        "hemisphere – japan": (1, [1, 0]),
        "latin-america-and-the-caribbean – eu-osce": (1, [1]),
        "colombia – japan": (1, [1]),
        "asia – latin-america-and-the-caribbean": (1, [0]),
        "caribbean – caribbean": (1, [1]),
        "latin-america – united-states": (1, [1]),
    }
    order = [(not any(report["reviewed"] for report in line["reports"]), -line["sources"]) for line in lines]
    assert order == sorted(order)


@pytest.fixture
def towns(tmp_path: Path) -> Graph:
    """Routes there and back, within a town, over the edge of the map, without a direction, and along one line."""
    rows = {"lima": (-77, -12), "panama": (-80, 9), "tokyo": (140, 36), "delhi": (77, 28), "dubai": (55, 25)}
    towns = [
        {"id": name, "type": "City", "label": name.title(), "longitude": str(east), "latitude": str(north)}
        for name, (east, north) in rows.items()
    ]
    ways = [("lima", "tokyo", "stated"), ("tokyo", "lima", "implied"), ("delhi", "dubai", "stated"),
            ("lima", "lima", "stated"), ("panama", "dubai", "")]  # fmt: skip
    routes = [{"id": f"r{at}", "type": "Route", "label": f"{start} {end}"} for at, (start, end, _) in enumerate(ways)]
    reports = [
        {
            "id": f"c{at}",
            "route": f"a/routes/r{at}",
            "population": "victims",
            "directed": "true" if modality else "false",
            "modality": modality or "stated",
            "origin": f"a/places/{start}" if modality else "",
            "destination": f"a/places/{end}" if modality else "",
            "endpoint": "" if modality else f"a/places/{start} | a/places/{end}",
        }
        for at, (start, end, modality) in enumerate(ways)
    ]
    return made(tmp_path / "data", {"a": {"places": towns, "routes": routes, "route-reports": reports}})


def heads(line: Locator) -> list[tuple[str | None, bool]]:
    """Return the arrow heads of a line that are seen: the way of each, and whether it is hollow."""
    found = line.locator(".head:not([display])").all()
    return [(head.get_attribute("data-way"), "hollow" in (head.get_attribute("class") or "")) for head in found]


@with_map
def test_arrows_point_where_a_direction_is_and_are_hollow_where_it_is_implied(
    page: Page, towns: Graph, tmp_path: Path
) -> None:
    lines = opened(page, towns, tmp_path / "site").locator("#picture a.arc")
    by_name = {(line.get_attribute("aria-label") or "").partition(" (")[0]: line for line in lines.all()}
    assert {name: heads(line) for name, line in by_name.items()} == {
        "Lima ⇄ Tokyo": [("1", False), ("-1", True)],
        "Delhi → Dubai": [("1", False)],
        "within Lima": [],
        "Dubai – Panama": [],
    }
    assert all(line.locator(".line").count() == 1 for line in by_name.values()), "none leaves the map at its edge"


def test_a_figure_is_said_with_its_hedge_and_how_sure_it_is_and_implied_is_our_reading(
    english: Any, spanish: Any
) -> None:
    one, other = (
        {item.get("id"): item.xpath("normalize-space()") for item in page.iter("li")} for page in (english, spanish)
    )
    assert "Japan: about 1,700 victims per year, estimated, a flow; one source, 2 sentences (" in one[REPORTED]
    assert "; one source, no sentence given (ap-2005 (only quoted by others)" in one["ap-2005/estimates/1"]
    words = "aproximadamente 1,700 víctimas por año, estimadas, flujo; una fuente, 2 frases ("
    assert words in other[REPORTED]
    struck = [one.text for one in english.findall(".//ul[@class='map-figures']//s")]
    assert struck == ["Latin America to Japan: about 700,000 women in a period not stated"]
    listed = [str(one.text) for one in english.findall(".//ul[@class='map-figures']/li/*[1]")]
    claimed, root = (next(at for at, one in enumerate(listed) if words in one) for words in ("700,000", "at least 1,7"))
    assert claimed > root
    assert "4,000" not in text(english), "who is not said to be trafficked is no figure of a route"
    assert "implied (our reading)" in text(english)
    assert "by a source" not in text(english)
    assert "implícito (lectura nuestra)" in text(spanish)


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
    found = sorted(maps.figures(Claims(small, Site(tmp_path / "site", "en"), Texts())), key=lambda one: str(one["key"]))
    printed = ["120 victims", "106 victims, forced labour", "109 victims, child", "11 victims"]
    assert [figure["short"] for figure in found if figure["counted"]] == [f"{words} in all" for words in printed]
    assert len({figure["counted"] for figure in found} - {""}) == 3  # each of them is a kind of its own


def test_a_figure_stands_only_beside_the_report_of_its_own_source(english: Any) -> None:
    rows = {
        row.xpath("string(td[7])").strip(): str(row[3].xpath("string()")) for row in english.iterfind(".//tbody/tr")
    }
    assert rows["oas-cim-2005 ¶23 s6"] == ""
    assert rows["oas-cim-2005 ¶23 s1; oas-cim-2005 ¶23 s2"] == "about 1,700 victims per year (implied)"
    again = "seems to repeat oas-cim-2005 ¶23 s1; oas-cim-2005 ¶23 s2"
    assert rows["ap-2005 (only quoted by others)"] == f"{again}; at least 1,700 women per year (implied, not reviewed)"


def test_a_route_of_nationals_is_refused(tmp_path: Path) -> None:
    places = [{"id": name, "type": "Country", "label": name} for name in ("here", "there")]
    routes = [{"id": "way", "type": "Route", "label": "way"}]
    report = {"id": "r", "route": "way", "origin": "here", "destination": "there", "directed": "true"}
    for population, refused in (("victims", False), ("nationals", True)):
        tables = {"places": places, "routes": routes, "route-reports": [{**report, "population": population}]}
        findings = check(made(tmp_path / population, {"a": tables})).findings
        assert any("no trafficked persons" in str(one) for one in findings) is refused


@with_map
def test_filters_reach_figures_lines_lists_and_the_scale(page: Page, site: Path) -> None:
    page.goto(address(site, "map.html"))
    page.wait_for_function(READY)
    drawn, rows, scale = (
        page.locator("#picture a.arc:visible"),
        page.locator("#reports tbody tr:visible"),
        page.locator("#scale"),
    )
    press = page.locator('[data-figure="ap-2005/estimates/1"]')
    report = page.locator('[data-figure="oas-cim-2005/estimates/p23-1"]')
    expect(page.locator("#picture [data-figure], #picture a.counted")).to_have_count(0)
    expect(page.locator("#lines")).to_have_count(0)  # so few lines need no switch
    expect(scale).to_be_hidden()
    for kind, seen, hidden, said in (
        (REPORTED, report, press, "a flow: 1,000 10,000 no such figure"),
        ("law-forum/estimates/1", None, press, "no figure is supported"),
        ("victims per year; estimated, a flow", report, press, ""),  # the other counts others
        ("women per year; estimated, a flow", press, report, ""),
    ):
        page.locator("#kind").select_option(kind)
        expect(scale).to_contain_text(said)
        expect(hidden).to_have_count(0)
        if seen:
            expect(seen).to_be_visible()
    page.get_by_label("Source").select_option("oas-cim-2005")
    expect(press).to_have_count(0)
    expect(page.locator("#picture a.counted")).to_have_count(0)
    page.get_by_label("Country or place").fill("colombia")
    expect(rows).to_have_count(1)
    expect(drawn).to_have_count(1)
    expect(page.locator("#panel h2")).to_have_text("Colombia")
    page.get_by_label("Country or place").fill("")
    expect(drawn).to_have_count(5)


CROWD = """(far) => {
  const spots = [[0, 0], [-12, 0], [12, 0], [0, -12], [0, 12], [-12, -12], [12, -12], [-12, 12], [12, 12]];
  const wanted = spots.map(([x, y], at) => ({ lines: [`${at}`], width: 30, mark: { x, y, width: 8, height: 8 }, far }));
  return tipgraph.placeNames(wanted, () => true, 0).map(({ lines: [name], box }) => [name, box.isFar]);
}"""


@with_map
def test_a_name_that_finds_no_room_beside_its_place_is_led_to_from_it(page: Page, site: Path) -> None:
    page.goto(address(site, "map.html"))
    near, all_names = page.evaluate(CROWD), page.evaluate(CROWD, [14, 28, 42])
    assert "0" not in dict(near)
    assert dict(all_names)["0"] is True
    assert all_names[: len(near)] == near, "those that have room keep it"
    page.wait_for_function(READY)
    expect(page.locator("#picture .mark .name:not([hidden])")).to_have_count(page.locator("#picture .mark").count())


@with_map
def test_on_a_phone_the_filters_are_folded_and_a_button_opens_them(phone: Page, site: Path) -> None:
    phone.goto(address(site, "map.html"))
    phone.wait_for_function(READY)
    button, source = phone.get_by_role("button", name="Filters"), phone.get_by_label("Source")
    assert box_of(phone.locator("#picture"))["height"] == 320
    phone.get_by_label("Country or place").fill("Atlantis")
    expect(phone.locator("#count")).to_have_text("No route on this map names a place “Atlantis”.")
    for is_open in (False, True, False):
        expect(source).to_be_visible(visible=is_open)
        expect(button).to_have_attribute("aria-expanded", str(is_open).lower())
        button.click()


SAVED = {
    "en": ("Reported routes of trafficking in persons", "not a measure of trafficking.", "8 of 8 lines",
           "Sources: Associated Press, 2005; ", "Inter-American Commission of Women, 2005", "the direction is implied",
           "Figures: victims per year", "about 1,700"),
    "es": ("Rutas de trata de personas", "no miden la trata.", "8 de 8 líneas", "Fuentes: ", "está implícita"),
}  # fmt: skip


@with_map
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_saved_picture_says_what_it_is_and_what_it_is_not(page: Page, site: Path, language: str) -> None:
    page.goto(address(site, "map.html" if language == "en" else "es/map.html"))
    page.wait_for_function(READY)
    page.locator("#kind").select_option(REPORTED)
    with page.expect_download() as download:
        page.get_by_role("button", name="SVG").click()
    picture = etree.parse(download.value.path()).getroot()
    saved = " ".join(text(picture).split())
    for words in SAVED[language]:
        assert words in saved, saved[-900:]
    assert not picture.xpath("//@href[not(starts-with(., '#land-'))]")  # it asks nobody


@with_map
def test_an_address_opens_a_line_or_a_place_with_the_numbers_that_repeat_its_own(page: Page, site: Path) -> None:
    rows, heading = etree.HTML((site / "map.html").read_text("utf-8")), page.locator("#panel h2")
    for name, title in (
        ("reference/places/colombia", "Colombia"),
        ("oas-cim-2005/routes/lac-japan", "Latin America and the Caribbean → Japan"),
    ):
        assert rows.xpath(f"//tbody//@id[. = 'at={name}']"), "without scripts it names a row"
        page.goto("about:blank")
        page.goto(address(site, f"map.html#at={name}"))
        page.wait_for_function(READY)
        expect(heading).to_have_text(title)
        expect(page.locator("#panel article").first).to_be_visible()
    expect(page.locator("#panel summary")).to_have_text("Repeated numbers: 2")
    expect(page.locator("#panel details article").filter(has_text="700,000")).to_be_visible()
    expect(page.locator("header.site nav")).to_be_in_viewport()
    page.locator("#panel article").last.scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Close")).to_be_in_viewport()
    page.goto(address(site, "thing/reference/places/japan.html"))
    small = page.locator("#small-map")
    expect(small.locator("a.arc:visible").first).to_be_visible()
    expect(small.locator("a.mark.region:visible").first).to_be_visible()
    small.locator('a.mark[data-at="reference/places/colombia"]').click()
    page.wait_for_function(READY)
    expect(heading).to_have_text("Colombia")


def test_keys_move_the_map_and_a_line_in_focus_says_its_claims(page: Page, site: Path) -> None:
    page.goto(address(site, "map.html"))
    page.wait_for_function(READY)
    picture = page.locator("#picture")
    whole = picture.get_attribute("viewBox")
    page.locator("#picture .arc").first.focus()
    page.keyboard.press("Tab")  # to another line
    expect(page.locator("#panel article").first).to_be_visible()
    page.keyboard.press("+")
    assert picture.get_attribute("viewBox") != whole
    page.keyboard.press("0")
    assert picture.get_attribute("viewBox") == whole
    page.keyboard.press("Escape")
    expect(page.locator("#panel h2")).to_have_text("How to read it")


def test_every_report_is_a_row_though_nothing_or_nowhere_to_draw(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = written(small, tmp_path)
    lines = maps.route_lines(small, project(small, "routes"))
    assert len(page.findall(".//tbody/tr")) == sum(len(line["reports"]) for line in lines)
    assert "Only in the table, because this graph has no location for the place" in text(page)
    monkeypatch.setattr(maps, "drawing_scripts", tuple)
    bare = written(small, tmp_path / "bare")
    assert "make web" in text(bare)
    assert bare.find(".//*[@id='frame']") is None
    assert len(bare.findall(".//tbody/tr")) == len(page.findall(".//tbody/tr"))


@with_map
def test_of_many_lines_the_strongest_are_drawn_first(page: Page, tmp_path: Path) -> None:
    number = 33
    towns = [{"id": f"p{at}", "type": "Country", "label": f"Land {at}", "latitude": str(at),
              "longitude": str(at * 7 - 150)} for at in range(number)]  # fmt: skip
    pairs = list(combinations(range(number), 2))
    routes = [{"id": f"r{a}-{b}", "type": "Route", "label": f"{a} to {b}"} for a, b in pairs]
    told = [{"id": f"c{a}-{b}", "route": f"a/routes/r{a}-{b}", "origin": f"a/places/p{a}", "directed": "true",
             "destination": f"a/places/p{b}", "population": "victims"} for a, b in pairs]  # fmt: skip
    sources = {"a": {"places": towns, "routes": routes, "route-reports": told}, "b": {"route-reports": told[5:]}}
    opened(page, made(tmp_path / "data", sources), tmp_path / "site")
    drawn, rows = page.locator("#picture a.arc:visible"), page.locator("#reports tbody tr:visible")
    expect(drawn).to_have_count(40)
    expect(rows).to_have_count(30)
    page.get_by_label("Country or place").fill("Land 0")
    expect(drawn).to_have_count(32)
    expect(page.locator("#panel article")).to_have_count(15)
    page.get_by_role("button", name="From, or one end").click()
    expect(rows).to_have_count(30)
    page.locator("#reports ~ button, .scroll + button").get_by_text("Show all").click()
    expect(rows).to_have_count(59)  # the first five are of one source
    page.get_by_label("Country or place").fill("")
    page.get_by_label("Lines").select_option("all")
    expect(drawn).to_have_count(528)
    expect(page.locator("#count")).to_contain_text("528 of 528 lines are drawn")
