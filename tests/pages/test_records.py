"""A site above its limit: entries, sources and answers that scripts show, in its folder and in one file."""

import csv
import io
import os
import shutil
import signal
from itertools import chain
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import SMALL, SMALL_TEXTS
from tests.pages.conftest import address
from tests.server.serving import serving
from tipgraph.display import answer_text
from tipgraph.graph import Query
from tipgraph.graph.graph import Graph
from tipgraph.graph.storage import write
from tipgraph.outputs.site import render, render_book
from tipgraph.outputs.site.site_tree import record_path
from tipgraph.pipeline.builder import build
from tipgraph.runtime import both
from tipgraph.sources.folder import Texts

LIMIT = 9  # the small kit has ten entries


@pytest.fixture(scope="module")
def twofold(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the small kit with a second payment, and an implied route that is not reviewed, to filter."""
    data = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("twofold") / "data"))
    routes, payments = (data / "harbour-2020" / name for name in ("route-reports.csv", "funding.csv"))
    head, *rows = routes.read_text("utf-8").splitlines()
    back = "p3-2,able-lima,lima,port-able,true,unspecified,persons,p3s1.2,implied,unreviewed"
    routes.write_text("\n".join([f"{head},modality,review", *(f"{row},," for row in rows), back, ""]), "utf-8")
    with payments.open("a", encoding="utf-8") as file:
        file.write("p2-2,lantern-fund,disbursed,casa-clara,,900,EUR,EUR 900,2020-06,p2s1.2\n")
    return build(data)


@pytest.fixture(scope="module")
def limited(twofold: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that graph, above its limit."""
    return render(twofold, tmp_path_factory.mktemp("limited") / "site", texts=Texts(SMALL_TEXTS), limit=LIMIT).parent


def test_the_most_connected_entry_has_a_file_and_all_others_are_records(limited: Path) -> None:
    files = [path.relative_to(limited).as_posix() for path in (limited / "thing").rglob("*.html")]
    assert files == ["thing/harbour-2020/undertakings/lima-seminars.html"]
    assert record_path(files[0]) == "entry.html#harbour-2020/undertakings/lima-seminars"
    assert not record_path("source/thing/x.html")


def test_two_processes_write_the_same_site(twofold: Graph, limited: Path, tmp_path: Path) -> None:
    again = render(twofold, tmp_path / "site", texts=Texts(SMALL_TEXTS), limit=LIMIT, at_once=True).parent
    files = [path.relative_to(limited) for path in limited.rglob("*") if path.is_file()]
    assert files == [name for name in files if (again / name).read_bytes() == (limited / name).read_bytes()]


def test_an_error_or_the_end_of_the_copied_process_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        both(list, lambda: 1 / 0)
    with pytest.raises(ChildProcessError):
        both(list, lambda: os.kill(os.getpid(), signal.SIGKILL))


def test_the_pages_of_a_large_site_unpack_their_data(page: Page, limited: Path) -> None:
    page.goto(address(limited, "timeline.html"))
    entries = page.locator("#undated tbody")
    expect(entries).to_have_count(page.locator("#undated-shown").evaluate("part => Number(part.textContent)"))
    entries.last.locator("summary").click()
    expect(entries.last.get_by_role("article")).to_have_count(1)
    page.goto(address(limited, "money.html"))
    expect(page.locator("#shown")).to_contain_text("0 of 1 amounts unknown")
    page.goto(address(limited, "network/participation.html"))
    expect(page.locator("#counts")).not_to_be_empty()
    page.goto(address(limited, "thing/harbour-2020/undertakings/lima-seminars.html"))
    expect(page.locator(".spokes")).to_be_visible()
    page.goto(address(limited, "ask.html#question=funding"))
    page.wait_for_function("() => document.documentElement.dataset.ready || globalThis.askPage")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_reader_walks_from_the_search_to_a_record_its_evidence_the_source_the_map_and_the_money(
    browser: Browser, limited: Path, width: int
) -> None:
    walk(browser, limited.as_uri(), width)


def test_a_reader_walks_the_same_way_through_a_server(
    browser: Browser, twofold: Graph, limited: Path, tmp_path: Path
) -> None:
    write(twofold, tmp_path / "store")
    with serving(tmp_path / "store", "--site", str(limited), pages=True) as server:
        walk(browser, server.address, 1440)


def walk(browser: Browser, site: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{site}/index.html")
    page.get_by_role("combobox").fill("lima")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/entry.html#reference/places/lima")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lima")
    expect(page).to_have_title("Lima · tipgraph")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    citation = page.locator(".claim .said a", has_text="harbour-2020 ¶3 s1").last
    citation.click()
    lens = page.get_by_role("dialog", name="Evidence")
    expect(lens.locator("mark")).to_have_text("trafficked from Port Able to Lima")
    page.keyboard.press("Escape")
    expect(citation).to_be_focused()
    page.evaluate("scrollTo(0, 300)")
    page.wait_for_function("() => history.state?.top === 300")
    page.locator("main").get_by_role("link", name="Peru", exact=True).first.dispatch_event("click")  # without scrolling
    expect(page.get_by_role("heading", level=1)).to_have_text("Peru")
    assert page.evaluate("scrollY") == 0
    page.evaluate("addEventListener('popstate', () => dispatchEvent(new Event('scrollend')), { once: true })")  # late
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lima")
    page.wait_for_function("() => scrollY === 300")
    page.locator(".claim .said a", has_text="harbour-2020 ¶3 s1").last.click()
    lens.get_by_role("link", name="All claims of this paragraph").click()
    page.wait_for_url("**/source/harbour-2020.html#p3/**")
    claim = page.locator('[id="p3/harbour-2020/route-reports/p3-2"]')  # the last, which nobody has reviewed
    expect(claim).to_be_in_viewport()
    expect(page.locator("nav.parts [role=status]")).to_have_text("3 to 3 of 3")
    page.get_by_role("button", name="Previous").click()
    expect(page.locator("#records > section")).to_have_attribute("id", "p2")
    page.get_by_role("searchbox").fill("lima")
    expect(page.locator("#count")).to_have_text("2")
    through_the_map(page)
    through_the_money(page)
    assert not errors
    page.close()


def through_the_map(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Map").click()
    rows, part = page.locator("#reports tbody tr"), page.locator(".scroll:has(#reports) + nav.parts [role=status]")
    expect(part).to_have_text("1 to 1 of 2")
    page.locator("#modality").select_option("implied")
    expect(rows.locator("td").first).to_have_text("Lima")
    expect(page.locator("#count")).to_contain_text("1 of 2 reports pass the filters")
    page.locator("#modality").select_option("stated")
    rows.get_by_role("link", name="harbour-2020 ¶3 s1").click()
    expect(page.get_by_role("dialog", name="Evidence").locator("mark")).to_have_text(
        "trafficked from Port Able to Lima"
    )
    page.keyboard.press("Escape")


def through_the_money(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Money").click()
    rows = page.locator("#payments tbody tr:visible")
    page.locator("select[name=currency]").select_option("EUR")
    expect(rows).to_contain_text(["900"])
    page.get_by_role("searchbox").fill("seminars")
    expect(page.locator("#shown")).to_have_text("No funding in this graph passes these filters.")
    page.locator("select[name=currency]").select_option("USD")
    expect(rows).to_contain_text(["12,500"])
    place = rows
    if page.locator("#river").is_visible():
        page.get_by_role("button", name="Two seminars in Lima → Lima").click(position={"x": 180, "y": 40})
        place = page.locator("#panel")
    place.get_by_role("link", name="harbour-2020 ¶2 s1").first.click()
    expect(page.get_by_role("dialog", name="Evidence").locator("mark")).to_contain_text("the Lantern Fund paid $12,500")


def test_a_record_has_parts_a_language_and_a_static_page_and_says_if_it_is_missing(page: Page, limited: Path) -> None:
    page.goto(address(limited, "entry.html#reference/places/lima&names"))
    expect(page.locator("#names")).to_be_focused()
    page.locator("#other-language").click()
    page.wait_for_url(address(limited, "es/entry.html#reference/places/lima&names"))
    expect(page.get_by_role("link", name="Lugares")).to_be_visible()
    page.goto(address(limited, "entry.html#harbour-2020/undertakings/lima-seminars"))
    page.wait_for_url(address(limited, "thing/harbour-2020/undertakings/lima-seminars.html"))
    page.goto(address(limited, "entry.html#no/such<img>"))
    expect(page.get_by_role("alert")).to_have_text("The address names the entry no/such<img>.")
    page.goto(address(limited, "entry.html#__proto__"))
    expect(page.get_by_role("alert")).to_have_text("The address names the entry __proto__.")


def test_an_answer_is_sorted_and_filtered_beyond_the_part_that_is_shown(page: Page, limited: Path) -> None:
    page.goto(address(limited, "question/things.html"))
    rows = page.locator("#answer tbody tr")
    expect(rows).to_have_count(1)
    for first in ("Americas", "Two seminars in Lima"):
        page.get_by_role("button", name="thing", exact=True).click()
        expect(rows).to_contain_text(first)
    page.get_by_role("searchbox").fill("lima")
    expect(page.locator("#count")).to_have_text("3")
    expect(page.locator("nav.parts [role=status]")).to_have_text("1 to 1 of 3")
    page.get_by_role("button", name="Next").click()
    expect(page.locator("nav.parts [role=status]")).to_have_text("2 to 2 of 3")
    page.goto(address(limited, "question/single-source.html#review=unreviewed"))
    expect(page.locator("#count")).to_have_text("1")
    expect(rows).to_contain_text("not reviewed")


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with 41 payments: the twelfth has a note of many screens, every third of the others a long one."""
    data = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("wordy") / "data"))
    payments = data / "harbour-2020" / "funding.csv"
    head, *rows = payments.read_text("utf-8").splitlines()
    lengths = {12: 9000} | dict.fromkeys(range(3, 42, 3), 300)
    rows = [f"{row}," for row in rows] + [
        f"p2-{number},lantern-fund,disbursed,casa-clara,,{number},EUR,EUR {number},2020-06,p2s1.2,"
        + " ".join(["words"] * lengths.get(number, 0))
        for number in range(2, 42)
    ]
    payments.write_text("\n".join([f"{head},note", *rows, ""]), "utf-8")
    return render(build(data), data.parent / "site").parent


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 900), (390, 844)])
def test_a_part_of_tall_rows_has_fewer_of_them_and_none_is_left_out(
    browser: Browser, wordy: Path, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address(wordy, "question/funding.html"))
    rows, tallest = page.locator("#answer tbody tr"), "document.documentElement.scrollHeight / innerHeight"
    forward: list[list[str]] = [rows.all_inner_texts()]
    back: list[list[str]] = []
    assert page.evaluate(tallest) <= 10
    for name, parts in (("Next", forward), ("Previous", back)):
        button = page.get_by_role("button", name=name)
        while button.is_enabled():
            button.click()
            parts.append(rows.all_inner_texts())
            assert page.evaluate(tallest) <= 10 or len(parts[-1]) == 1  # a row that is taller is alone
    seen, seen_again = (list(chain.from_iterable(parts)) for parts in (forward, [forward[-1], *back]))
    assert len(seen) == len(set(seen)) == 41
    assert set(seen_again) == set(seen)
    assert len({len(part) for part in forward}) > 2
    assert back[-1] == forward[0]
    page.close()


@pytest.mark.parametrize("name", ["single-source", "things"])
def test_the_page_makes_the_files_of_a_long_answer_as_python_writes_them(
    page: Page, twofold: Graph, limited: Path, name: str
) -> None:
    answer = Query.find(name).run(twofold, language="es")
    page.goto(address(limited, f"es/question/{name}.html"))

    def made(form: str) -> bytes:
        with page.expect_download() as started:
            page.get_by_role("button", name=form).click()
        return Path(started.value.path()).read_bytes()

    for form in ("csv", "json"):
        assert made(form.upper()).decode() == answer_text(answer, form, Texts(SMALL_TEXTS)) + "\n"
    sheet = openpyxl.load_workbook(io.BytesIO(made("Excel")))["Rows"]
    (head, *_), cells = csv.reader(io.StringIO(made("CSV").decode())), list(sheet.iter_rows(values_only=True))
    assert list(cells[0]) == head
    assert len(cells) == len(answer.rows) + 1
    assert sheet.freeze_panes == "A2"


def test_the_site_in_one_file_shows_the_same(page: Page, twofold: Graph, limited: Path, tmp_path: Path) -> None:
    assert not (limited / "tipgraph.html").exists()  # of a large site it is made when it is asked for
    book = render_book(twofold, tmp_path / "tipgraph.html", texts=Texts(SMALL_TEXTS), limit=LIMIT).as_uri()
    page.goto(f"{book}#/entry.html?reference/places/lima")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lima")
    page.locator("main").get_by_role("link", name="Peru", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Peru")
    page.goto(f"{book}#/source/harbour-2020.html?p3/harbour-2020/route-reports/p3-1")
    expect(page.locator('[id="p3/harbour-2020/route-reports/p3-1"]')).to_be_in_viewport()
