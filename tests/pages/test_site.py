"""The pages as a person meets them: index and search, things, sources, questions; no request, no error."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from playwright.sync_api import Page, expect

from tests.conftest import SMALL_TEXTS
from tests.pages.conftest import address, box_of, carried, pages_of
from tipgraph.analysis import answered
from tipgraph.analysis.network import EVERY, project
from tipgraph.display import answer_view
from tipgraph.display.text import answer_text
from tipgraph.errors import CallError, GraphError
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.graph.storage import write
from tipgraph.model import DATA
from tipgraph.outputs.site import questions, render
from tipgraph.outputs.site.source_text import Paragraph, sections
from tipgraph.sources import Texts, lets_show

IOM = "International Organization for Migration"
HREFS = "[...document.querySelectorAll('a')].map(a => new URL(a.getAttribute('href'), location).href)"
SITE_PAGES = [
    "index.html",
    "things.html",
    "sources.html",
    "questions.html",
    "map.html",
    "timeline.html",
    "about.html",
    "money.html",
    "ontology.html",
]


@pytest.mark.smoke
@pytest.mark.parametrize("tree", ["", "es/"])
@pytest.mark.parametrize("path", SITE_PAGES)
def test_a_page_opens_without_error_and_links_only_to_what_is_there(
    page: Page, site: Path, tree: str, path: str
) -> None:
    page.goto(address(site, tree + path))
    assert page.evaluate("document.documentElement.lang") == ("es" if tree else "en")
    hrefs = page.evaluate(HREFS)
    local = [href for href in hrefs if href.startswith("file:")]
    assert local
    for href in sorted({href.partition("#")[0].removeprefix("file://") for href in local}):
        assert Path(href).is_file(), href


def test_every_link_of_every_page_leads_to_a_page_and_an_anchor_that_are_there_and_none_to_itself(
    small_site: Path,
) -> None:
    trees = {path: etree.HTML(path.read_text("utf-8")) for path in pages_of(small_site)}
    anchors = {path: {element.get("id") for element in tree.iter()} for path, tree in trees.items()}
    assert len(anchors) > 50
    for path, tree in trees.items():
        for link in tree.iter():
            href = link.get("href", "data:")
            if not href.startswith(("http:", "https:", "data:")):
                file, _, anchor = href.partition("#")
                target = (path.parent / file).resolve() if file else path
                assert target.is_file(), (path, href)
                if anchor and "=" not in anchor and target in anchors:  # a state of a page holds `=`, an anchor none
                    assert anchor in anchors[target], (path, href)
                    around = {element.get("id") for element in (link, *link.iterancestors())}
                    assert target != path or anchor not in around, (path, href)


def test_the_language_switch_keeps_page_and_fragment(page: Page, site: Path) -> None:
    page.goto(address(site, "source/oas-cim-2005.html#p13"))
    page.get_by_role("link", name="Español").click()
    assert page.url == address(site, "es/source/oas-cim-2005.html#p13")
    page.get_by_role("link", name="English").click()
    assert page.url == address(site, "source/oas-cim-2005.html#p13")


@pytest.mark.parametrize(("tree", "words"), [("", "also says: "), ("es/", "dice también: ")])
def test_a_thing_shows_names_neighbours_money_contradictions_and_what_other_sources_say(
    page: Page, site: Path, tree: str, words: str
) -> None:
    page.goto(address(site, f"{tree}thing/oas-cim-2005/undertakings/caribbean-seminars.html"))
    assert page.locator(".ties li").count() >= 5
    (way,) = page.locator(".money li").all()  # whose money reaches it, step by step
    first = way.locator(":scope > span > a").first
    expect(first).to_have_text("Organización Internacional para las Migraciones" if tree else IOM)
    expect(way).to_contain_text("oas-cim-2005 ¶13 s2")
    page.locator("#contradicted > summary").click()
    against = page.locator(".claim .against", has_text="six countries").first
    expect(against).to_contain_text("oas-cim-2005 ¶31 s1")
    several = page.locator(".claim:has(.against ~ .against)").first.locator(".against")
    one, other = (box_of(several.nth(number)) for number in (0, 1))
    assert other["y"] >= one["y"] + one["height"], "one below the other"
    said = page.locator(".said", has_text="cim-iom-caribbean-2005 ¶6 s3")
    also = page.locator("article.claim.implied").filter(has=said).locator(".also").first
    expect(also).to_contain_text(words)
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    also.get_by_role("link").first.click()
    page.get_by_role("dialog").locator(".ways a").first.click()
    expect(page).to_have_url(re.compile(r"/source/oas-cim-2005\.html#p16/"))
    expect(page.locator(".about:target")).to_have_css("outline-style", "solid")
    page.emulate_media(media="print")
    expect(page.locator(".about:target")).to_have_css("outline-style", "none")
    page.goto(address(site, f"{tree}thing/reference/places/japan.html"))
    expect(page.locator("main")).to_contain_text("JP")
    expect(page.locator("main")).to_contain_text("Japan" if tree else "“Japan” refers to Japan")


def test_what_one_sentence_says_of_several_places_ties_once(site: Path, graph: Graph) -> None:
    """¶16 has CIM and IOM work together in seven countries: one saying, seven claims; ¶31 is another."""
    cim, series = f"{DATA}reference/actors/cim", f"{DATA}oas-cim-2005/undertakings/caribbean-seminars"
    edges = project(graph, EVERY).get_edge_data(cim, series).values()
    assert sum(data["edge"] == "partnerUndertaking" for data in edges) == 8
    page = (site / "thing" / "reference" / "actors" / "cim.html").read_text("utf-8")
    tied = re.search(r'<li[^>]*><a href="[^"]*/caribbean-seminars.html">[^<]*</a> <span>([^<]*)<', page)
    assert tied is not None
    assert "joint work on (implied) ×2" in tied[1]


def test_quotes_stand_where_the_text_is_at_hand_and_paragraphs_where_the_licence_lets(small_site: Path) -> None:
    source = (small_site / "source" / "harbour-2020.html").read_text("utf-8")
    assert '<blockquote id="words-2">In June 2020 the Lantern Fund paid $12,500' in re.sub(r"</?a\b[^>]*>", "", source)
    places = [place for claim in carried(small_site / "lens" / "en.js", "claims").values() for place in claim["said"]]
    assert "the Lantern Fund" in {place["quote"] for place in places}
    leads = [place["words"] for place in places if "words" in place]
    assert len(leads) > 5
    assert all(f'<a class="words" id="{lead}" href="#p' in source for lead in leads)


def test_a_long_source_is_folded_into_few_sections() -> None:
    every = [Paragraph(number, "", "word " * 60) for number in range(1, 3001)]
    found = sections(every)
    assert [one for section, _ in found for one in section] == every
    assert len(found) <= 120
    assert (any(is_open for _, is_open in found), [is_open for _, is_open in sections(every[:5])]) == (False, [True])


def test_without_the_texts_no_page_has_a_quote_and_it_is_said_what_is_only_cited(site: Path) -> None:
    for path in pages_of(site):
        page = path.read_text("utf-8")
        assert "<q>" not in page, path
        assert path.parent.name != "source" or "<blockquote" not in page, path
    told = [json.dumps(carried(path, "claims")) for path in (site / "lens").glob("e?.js")]
    assert {quote for claims in told for quote in re.findall('"quote": "([^"]*)"', claims)} == {""}
    for tree, words in (("", "only quoted by others"), ("es/", "solo está citada por otros")):
        for name in ("sources.html", "map.html", "network/funding.html"):
            lead = re.search(r'<p class="lead">(.*?)</p>', (site / tree / name).read_text("utf-8"), re.DOTALL)
            assert lead
            assert words in lead[1]
        source = (site / tree / "source" / "oas-cim-2005.html").read_text("utf-8")
        assert "w3id.org/tipgraph/code#" not in source, "why a paragraph is out of scope is said in words"


@pytest.mark.parametrize(
    ("licence", "lets"),
    [
        ("public domain (work of the US government)", True),
        ("CC BY 4.0", True),
        ("CC BY-SA 3.0", True),
        ("CC0", True),
        ("cc by 3.0 igo", True),
        ("CC BY 9.9", False),
        ("CC BY 4.0 (NC)", False),
        ("CC0 (refused by the publisher)", False),
        ("public domain (disputed)", False),
        ("public domain (work of the US government, pictures of others)", False),
        ("CC BY-ND 4.0", False),
        ("Public domain? no: all rights reserved", False),
        ("CC BY 4.0 for the pictures only; text all rights reserved", False),
        ("none stated; facts, and short quotations", False),
        ("", False),
    ],
)
def test_a_licence_is_read_whole(licence: str, lets: bool) -> None:
    assert lets_show(licence) == lets


def test_every_paragraph_is_on_the_coverage_map_and_found_by_its_words(page: Page, site: Path, graph: Graph) -> None:
    page.goto(address(site, "source/oas-cim-2005.html"))
    answer = Query.find("coverage").run(graph, {"source": "oas-cim-2005"})
    assert page.locator(".coverage a").count() == len(answer.rows) == 46
    for row in answer.rows:
        number, reason = str(row[1].value), row[3]  # type: ignore[union-attr]
        cell = page.locator(f'.coverage a[href="#p{number}"]')
        assert (cell.get_attribute("class") == "out") == (reason is not None and row[2].value == "0"), number  # type: ignore[union-attr]
    box, shown = page.get_by_label("Show only paragraphs with these words"), page.locator("section.paragraph:visible")
    box.fill("seminars caribbean")
    expect(page.locator("#count")).not_to_have_text("46")
    assert 0 < shown.count() == int(page.locator("#count").inner_text())
    assert all("caribbean" in text.lower() for text in shown.all_inner_texts())
    box.fill("")
    expect(page.locator("#count")).to_have_text("46")


def test_an_answer_fits_a_desk_though_columns_that_few_rows_fill_may_be_said_below_the_citations(
    page: Page, site: Path, graph: Graph
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    for path in sorted((site / "question").glob("*.html")):
        page.goto(path.as_uri())
        widths = page.locator(".scroll").evaluate_all("boxes => boxes.map((box) => box.scrollWidth - box.clientWidth)")
        assert widths in ([], [0]), path.name
    view = answer_view(answered(Query.find("funding"), graph))
    seldom = questions.seldom_filled(view, {name: f"The {name}" for name in view.columns})
    assert seldom["channel"] == "The channel"
    assert not {"kind", "purpose"} & seldom.keys()


def test_a_question_sorts_filters_and_hands_over_its_answer(
    page: Page, site: Path, graph: Graph, tmp_path: Path
) -> None:
    def handed(button: str) -> Path:
        """Return the file that a button hands over."""
        with page.expect_download() as started:
            page.get_by_role("button", name=button, exact=True).click()
        started.value.save_as(tmp_path / started.value.suggested_filename)
        return tmp_path / started.value.suggested_filename

    page.goto(address(site, "question/funding.html"))
    rows, answer = page.locator("#answer tbody tr:visible"), answered(Query.find("funding"), graph)
    found, filter_ = len(answer.rows), page.get_by_label("Show only lines with these words")
    page.get_by_role("button", name=f"Show all {found}").click()
    assert rows.count() == found
    filter_.fill("caribbean")
    assert 0 < rows.count() < found
    expect(page.locator("#count")).to_have_text(str(rows.count()))
    assert all("caribbean" in text.lower() for text in rows.all_inner_texts())
    filter_.fill("")
    page.get_by_role("button", name="giver").click()
    cells = rows.locator("td:first-child").all_inner_texts()
    named = [cell for cell in cells if cell]
    assert len(cells) == found
    assert cells[: len(named)] == named == sorted(named, key=str.casefold)  # those without one stand last
    page.get_by_role("button", name="giver").click()
    assert rows.locator("td:first-child").first.inner_text() == named[-1]
    page.get_by_role("button", name="amount").click()
    amounts = [text for text in rows.locator("td.number").all_inner_texts() if text]
    printed = [float(text.partition(" ")[2].replace(",", "")) for text in amounts]
    assert "USD 500,000" in amounts
    assert printed == sorted(printed)
    (_, *book) = openpyxl.load_workbook(handed("Excel")).active.iter_rows(values_only=True)  # type: ignore[union-attr]
    numbers = [cell for row in book for cell in row if isinstance(cell, int | float)]
    assert sorted(number for number in numbers if number != 2819445.82) == printed  # this one is in dollars of 2025
    lines = answer_text(answer, "csv", Texts()).splitlines()
    table = handed("CSV")
    assert table.name == "funding.csv"
    assert table.read_text("utf-8").splitlines() == lines
    held = json.loads(handed("JSON").read_text("utf-8"))
    assert (len(held), list(held[0])) == (found, lines[0].split(","))


def test_the_script_of_a_question_makes_a_row_as_its_template(
    page: Page, graph: Graph, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = "[...document.querySelectorAll('#answer tbody tr')].slice(0, 30).map((row) => row.innerHTML)"
    monkeypatch.setattr("tipgraph.outputs.site.questions._SHOWN", 0)
    render(graph, tmp_path / "site")

    def rows(folder: Path, question: str, least: int) -> list[str]:
        page.goto(address(folder, f"question/{question}.html"))
        expect(page.locator("#answer tbody tr").nth(least - 1)).to_be_attached()
        home = page.url.partition("question/")[0]
        return [re.sub(r"\s+", "", row.replace(home, "../")) for row in page.evaluate(every)]

    for question in ("conflicts", "funding", "funding-chains", "routes"):
        written = rows(site, question, 11)
        assert rows(tmp_path / "site", question, len(written)) == written


def test_pages_are_written_the_same_from_the_same_graph_and_it_is_said_where(
    small: Graph, small_site: Path, tmp_path: Path
) -> None:
    site, again, file = small_site, tmp_path / "site", tmp_path / "graph.trig"
    write(small, file)
    command = [sys.executable, "-m", "tipgraph.cli", "pages", str(again), "-g", str(file)]
    command += ["--texts", str(SMALL_TEXTS)]
    ended = subprocess.run(
        command, check=True, env={**os.environ, "PYTHONHASHSEED": "1"}, capture_output=True, text=True
    )
    assert ended.stdout == f"{again / 'index.html'}: open it in a browser\n"
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [file for file in files if (site / file).read_bytes() != (again / file).read_bytes()] == []


def test_a_folder_of_something_else_and_a_graph_without_its_ontology_are_refused(small: Graph, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(CallError, match=r"holds thesis\.txt"):
        render(small, tmp_path)
    with pytest.raises(GraphError, match="holds no ontology"):
        render(Graph(), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_site_is_replaced_without_old_pages_and_a_failure_leaves_it(
    small: Graph, small_site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = Path(shutil.copytree(small_site, tmp_path / "site"))
    with (out / ".tipgraph-site").open("a") as listing:
        listing.write("thing/old.html\n")
    (out / "thing" / "old.html").write_text("a page that an earlier site had")
    render(small, out)
    assert not (out / "thing" / "old.html").exists()
    assert next(out.glob("thing/**/*.html"))
    before = (out / "index.html").read_bytes()
    monkeypatch.setattr("tipgraph.outputs.site.maps.write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render(small, out)
    assert (out / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_filter_keeps_whole_rows_and_is_kept_in_the_address(page: Page, site: Path) -> None:
    page.goto(address(site, "question/conflicts.html"))
    page.get_by_label("Show only lines with these words").fill("six countries")
    rows, number = page.locator("#answer tbody tr:visible"), page.locator("#count")
    count = rows.count()
    assert 0 < count < 18
    expect(number).to_have_text(str(count))
    for row in rows.all():
        assert row.locator("li").count() == row.locator("li:visible").count() >= 2
    page.goto("about:blank")
    page.goto(address(site, "question/conflicts.html#find=six+countries"))
    expect(number).to_have_text(str(count))
    page.goto(address(site, "question/funding.html"))
    every = int(number.inner_text())
    page.locator("#review").select_option("not reviewed")
    expect(number).not_to_have_text(str(every))
    assert page.url.endswith("#review=unreviewed")
    expect(rows.filter(has_text="not reviewed").first).to_be_visible()  # the rows come after the count
    apart = rows.filter(has_text="not reviewed").count()
    assert 0 < apart < every
    expect(number).to_have_text(str(apart))
    expect(rows).to_have_count(apart)
    page.locator("#review").select_option("reviewed")
    expect(number).to_have_text(str(every - apart))
    for tree, word in (("", "implied"), ("es/", "implícito")):  # a row that only claims together say is marked
        page.goto(address(site, f"{tree}question/partners.html#find=DePaul"))
        expect(rows.first).to_be_visible()
        marks = [row.locator("p.quiet > span").all_inner_texts() for row in rows.all()]
        assert {any(mark.startswith(f"{word}: ") for mark in found) for found in marks} == {True, False}


@pytest.mark.parametrize(
    ("tree", "reaches", "may_reach"),
    [
        ("", "Funding named for it, step by step", "Support that may be meant for it"),
        ("es/", "Financiación nombrada para ello, paso a paso", "Apoyo que puede estar destinado a ello"),
    ],
)
def test_money_reaches_only_what_each_step_states(site: Path, tree: str, reaches: str, may_reach: str) -> None:
    weak = ("implied", "planned", "pledged", "proposed", "implícito", "planificado", "prometido", "propuesto")
    lists: dict[str, dict[str, str]] = {reaches: {}, may_reach: {}}
    for path in sorted((site / tree / "thing").rglob("*.html")):
        for heading, ways in re.findall(
            r'<h2>([^<]+)</h2>\s*<p[^>]*>[^<]*</p>\s*<ul class="money"[^>]*>(.*?)</ul>',
            path.read_text("utf-8"),
            re.DOTALL,
        ):
            lists[heading][path.stem] = ways
    assert not [
        name
        for name, ways in lists[reaches].items()
        if 'class="implied"' in ways or any(f"({word}" in ways for word in weak)
    ]
    assert "southern-cone-seminar" in lists[reaches]
    assert "south-border-research" not in lists[reaches]  # a part of a part of what is paid, as we read it
    assert "south-border-research" in lists[may_reach]


def test_money_for_attendance_stands_under_a_heading_of_its_own(site: Path) -> None:
    events = ("undertakings/buenos-aires-seminar", "undertakings/la-paz-training", "undertakings/rome-meeting")
    who = ("actors/cim-specialist", "actors/la-paz-visitor", "actors/spain-police-expert")
    for tree, attended, attending, other in (
        ("", "Money to attend it", "Money for it to attend events", "funding"),
        ("es/", "Dinero para asistir a ello", "Dinero para que asista a eventos", "financiación"),
    ):
        for path in (*events, *who):
            text = (site / tree / "thing" / "oas-cim-2005" / f"{path}.html").read_text("utf-8")
            assert f"<h2>{attended if path in events else attending} " in text
            assert f"<h2>{other} " not in text


def test_no_cell_of_an_answer_says_twice_by_what_it_is_contradicted(site: Path) -> None:
    said = []
    for path in sorted((site / "question").glob("*.html")):
        for cell in etree.HTML(path.read_text("utf-8")).iter("td"):
            reasons = [one.text for one in cell.iterfind(".//p[@class='warn']/span")]
            assert len(set(reasons)) == len(reasons), path.name
            said += reasons
    assert said
