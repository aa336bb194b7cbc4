"""A site in one file, alone in a folder and with the network off: the same pages, addresses, history and files."""

import base64
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.conftest import ACTOR, address, called, pages_of
from tests.pages.opened import READY, STILL
from tests.pages.packed import files_in
from tests.pages.test_access import FAULTS, axe, opened
from tests.pages.test_networks import KINDS
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site import render, single_file
from tipgraph.outputs.site.site_tree import thing_path

__all__ = ["axe", "opened"]  # fixtures
NAME = single_file.NAME
HERE = "[document.title, location.hash, Math.round(scrollY)]"
# What a page says, but for the offer of the file, which is made in the site only.
TEXT = """() => {
  const offer = document.getElementById("book");
  const parts = offer ? [offer, offer.nextElementSibling, offer.nextElementSibling.nextElementSibling] : [];
  for (const one of parts) one.remove();
  return document.title + document.body.innerText.replace(/\\s+/g, " ");
}"""


@pytest.fixture(scope="module")
def kit(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the project's own data, alone in a folder."""
    return alone(site, tmp_path_factory)


@pytest.fixture(scope="module")
def little(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return alone(small_site, tmp_path_factory)


def alone(site: Path, factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("stick")
    shutil.copyfile(site / NAME, folder / NAME)
    return folder


@pytest.fixture
def page(page: Page) -> Page:
    """A page with no network."""
    page.context.set_offline(True)
    return page


def at(folder: Path, path: str) -> str:
    """Return the address of a page in the file; its fragment stands behind a `?`."""
    return address(folder, f"{NAME}#/{path}")


def go(page: Page, folder: Path, path: str) -> None:
    """Open the file anew at a page."""
    page.goto("about:blank")
    page.goto(at(folder, path))
    shown(page, path)


def shown(page: Page, path: str) -> None:
    """Wait until a page is shown."""
    expect(page).to_have_url(re.compile(re.escape(f"{NAME}#/{path}") + "$"))
    page.wait_for_function(
        "(path) => document.getElementById('other-language')?.getAttribute('href')"
        "?.replace('#/es/', '#/').startsWith('#/' + path)",
        arg=path.partition("?")[0].removeprefix("es/"),
    )


@pytest.mark.parametrize("tree", ["", "es/"])
def test_each_kind_of_page_says_what_it_says_in_the_site(page: Page, site: Path, kit: Path, tree: str) -> None:
    for path in list(KINDS.values())[:: 3 if tree else 1]:  # in Spanish some of them
        texts, files = [], []
        for where in (address(site, tree + path), at(kit, f"{tree}{path}".replace("#", "?"))):
            page.goto("about:blank")
            page.goto(where)
            page.wait_for_function("() => !globalThis.tipgraphBook || performance.getEntriesByName('shown').length")
            ready = READY if re.match("(?:network/|map|money|timeline|ask)", path) else STILL
            page.wait_for_function(ready)
            texts.append(page.evaluate(TEXT))
            assert page.evaluate("document.documentElement.lang") == (tree.strip("/") or "en")
            if path in ("network/funding.html", "question/funding.html"):
                files.append(re.sub(r"#/\S*?\?", "#", handed_over(page).read_text("utf-8")))
        assert (texts[0], *files[:1]) == (texts[1], *files[1:]), path


def handed_over(page: Page) -> Path:
    """Return the CSV that a page hands over."""
    if page.locator("#downloads summary").count():
        page.locator("#downloads summary").click()
    with page.expect_download() as started:
        page.locator('button:has-text("CSV"), button[data-form="csv"]').first.click()
    return Path(started.value.path())


def test_every_page_opens_without_an_error_and_its_links_lead_to_what_the_file_holds(
    page: Page, small_site: Path, little: Path
) -> None:
    held = files_in((little / NAME).read_text("utf-8"))
    page.goto((little / NAME).as_uri())
    expect(page).to_have_title("Start · tipgraph")
    assert page.url == at(little, "index.html")
    assert page.get_by_role("link", name="in one file").count() == 0
    seen = 0
    for path in pages_of(small_site):
        name = path.relative_to(small_site).as_posix()
        page.evaluate("(hash) => { location.hash = hash; }", f"#/{name}")
        shown(page, name)
        for href in page.evaluate("[...document.querySelectorAll('a[href]')].map((one) => one.getAttribute('href'))"):
            seen += 1
            if not href.startswith(("https:", "http:")):
                assert href.startswith("#/"), (name, href)
                assert href[2:].partition("?")[0] in held, (name, href)
    assert seen > 1000


def test_the_file_holds_every_file_of_the_site_as_it_is(site: Path, kit: Path) -> None:
    held = files_in((kit / NAME).read_text("utf-8"))
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    without = {NAME, ".tipgraph-site", "assets/preview.png"}
    offering = {"index.html", "es/index.html"}  # they offer the file only in the site
    for path in files.keys() - without - offering:
        kind, _, packed = held[path].partition(";base64,")
        raw = base64.b64decode(packed) if kind.startswith("data:") else held[path].encode()
        assert raw == files[path].read_bytes(), path
    assert set(files) - without == held.keys() - {".tipgraph-site"}


def test_links_lead_from_page_to_page_and_history_leads_back_to_where_one_was(page: Page, kit: Path) -> None:
    go(page, kit, "index.html")
    page.get_by_role("navigation").get_by_role("link", name="Entries").click()
    shown(page, "things.html")
    link = page.get_by_role("link", name="Albania", exact=True)
    link.scroll_into_view_if_needed()
    title, _, before = page.evaluate(HERE)
    assert before > 0
    link.click()
    shown(page, "thing/reference/places/albania.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Albania")
    assert page.evaluate("scrollY") == 0
    page.go_back()
    shown(page, "things.html")
    assert page.evaluate(HERE) == [title, "#/things.html", before]
    page.go_forward()
    shown(page, "thing/reference/places/albania.html")
    go(page, kit, "sources.html")
    page.set_viewport_size({"width": 600, "height": 400})
    page.evaluate("scrollTo(0, 300)")
    page.wait_for_function("() => history.state.top === 300")
    page.reload()
    shown(page, "sources.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    page.wait_for_function("() => scrollY === 300")


def test_a_claim_leads_to_its_paragraph_which_is_marked_also_in_a_new_tab(page: Page, kit: Path) -> None:
    go(page, kit, "index.html")
    page.get_by_role("combobox").fill("OIM")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown(page, "thing/reference/actors/iom.html")
    link = page.locator(".claim", has_text="International").get_by_role("link", name="oas-cim-2005 ¶13 s2").first
    assert (link.get_attribute("href") or "").startswith("#/source/oas-cim-2005.html?p13/")
    ties = page.locator(".ties a").evaluate_all("(links) => links.map((one) => one.getAttribute('href'))")
    assert ties
    assert all(href.startswith("#/") for href in ties)
    with page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator(".target")).to_be_in_viewport()
    assert opened.value.title() != page.title()
    opened.value.close()
    link.click()
    page.get_by_role("dialog", name="Evidence").get_by_role("link", name="All claims of this paragraph").first.click()
    page.wait_for_function("() => document.querySelector('.target')")
    assert "#/source/oas-cim-2005.html?p13/oas-cim-2005/" in page.url
    there = page.locator(".target")
    expect(there).to_be_in_viewport()
    expect(there).to_contain_text("oas-cim-2005 ¶13 s2")
    assert there.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"
    assert there.evaluate("(one) => one.contains(document.activeElement) || document.activeElement === document.body")
    page.go_back()
    shown(page, "thing/reference/actors/iom.html")


def test_a_place_within_the_page_is_gone_to_in_each_language_and_history_leads_back(page: Page, kit: Path) -> None:
    go(page, kit, "source/oas-cim-2005.html")
    for _ in range(2):  # then the address is there already
        page.evaluate("scrollTo(0, 0)")
        page.locator('.coverage a[href$="?p31"]').click()
        expect(page.locator("#p31.target")).to_be_in_viewport()
    page.go_back()
    assert page.url == at(kit, "source/oas-cim-2005.html")
    page.wait_for_function("() => scrollY === 0")
    go(page, kit, "source/oas-cim-2005.html?p13")
    for name, tree in (("Español", "es/"), ("English", "")):
        page.get_by_role("link", name=name).click()
        shown(page, f"{tree}source/oas-cim-2005.html?p13")
        expect(page.locator("#p13.target")).to_be_in_viewport()
        assert page.evaluate("document.documentElement.lang") == (tree.strip("/") or "en")
    go(page, kit, "ontology.html")
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'main'")
    box = page.locator("#term-box")
    box.fill("zzz")
    page.evaluate("(hash) => { location.hash = hash; }", "#/ontology.html?Estimate")
    expect(page.locator("#Estimate.target")).to_be_in_viewport()
    expect(box).to_have_value("")


def test_an_address_that_the_file_does_not_hold_leads_to_the_first_page_and_says_so(page: Page, kit: Path) -> None:
    for path, words in (("thing/<b>nobody.html", "has no page"), ("es/nadie.html", "no tiene la página")):
        page.goto("about:blank")
        page.goto(at(kit, path))
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_role("combobox")).to_be_visible()
    assert page.url == at(kit, "es/index.html")
    assert page.evaluate("tipgraphBook.text('no.json').catch(({ message }) => message)") == "this file holds no no.json"
    assert page.evaluate("Object.isFrozen(tipgraphBook)")


def test_a_network_is_filtered_chosen_from_and_found_again_by_its_address(page: Page, kit: Path) -> None:
    go(page, kit, "network/funding.html")
    page.wait_for_function(READY)
    search, counts = page.locator("#search"), page.locator("#counts")
    search.fill("caribbean")
    search.press("ArrowDown")
    search.press("Enter")
    heading = page.locator("#panel").inner_text().splitlines()[0]
    page.locator("#filters input[type=checkbox]").first.uncheck()
    said, shared = counts.inner_text(), page.url
    assert "#/network/funding.html?" in shared
    page.locator("#panel a").first.click()
    page.wait_for_function("() => !document.getElementById('network')")
    page.go_back()
    page.wait_for_function(READY)
    assert page.url == shared
    expect(counts).to_have_text(said)
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_function(READY)
    expect(counts).to_have_text(said)
    assert page.locator("#panel").inner_text().splitlines()[0] == heading
    page.set_viewport_size({"width": 500, "height": 900})  # what a page hears of its window ends with it
    page.get_by_role("navigation").get_by_role("link", name="Timeline").click()
    shown(page, "timeline.html")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.emulate_media(color_scheme="dark")


def test_a_page_that_is_left_before_its_data_are_there_says_nothing_and_its_scripts_meet_no_others(
    page: Page, kit: Path
) -> None:
    go(page, kit, "index.html")
    for path in ("network/funding.html", "map.html", "network/partnership.html", "timeline.html", "ask.html") * 2:
        page.evaluate("(hash) => { location.hash = hash; }", f"#/{path}")
        shown(page, path)
        page.wait_for_function(READY)
    assert page.evaluate("typeof globalThis.NetworkPage") == "undefined"
    page.evaluate("""() => {
      const { json } = Response.prototype;
      globalThis.late = [];
      Response.prototype.json = function () {
        const loading = new Promise((resolve) => setTimeout(resolve, 500)).then(() => json.call(this));
        globalThis.late.push(loading);
        return loading;
      };
    }""")
    for path in ("map.html", "timeline.html", "money.html", "ask.html", "things.html", "network/funding.html"):
        for name in (path, "sources.html"):
            page.evaluate("(hash) => { location.hash = hash; }", f"#/{name}")
            shown(page, name)
    assert page.evaluate("Promise.all(globalThis.late).then((all) => all.length)") > 0
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")


def test_map_timeline_and_filtered_tables_are_found_again_by_their_addresses(page: Page, kit: Path) -> None:
    go(page, kit, "map.html")
    page.get_by_role("link", name="Show on the map").first.click()
    expect(page.locator("#panel .claim").first).to_be_visible()
    panel, shared = page.locator("#panel").inner_text(), page.url
    assert "#/map.html?at=" in shared
    go(page, kit, shared.partition("#/")[2])
    expect(page.locator("#panel .claim").first).to_be_visible()
    assert page.locator("#panel").inner_text() == panel
    go(page, kit, "timeline.html?status=planned")
    number = page.locator("#shown").inner_text()
    page.get_by_role("link", name="Everything announced").click()
    assert page.url == at(kit, "timeline.html?status=announced")
    page.go_back()
    expect(page.locator("#shown")).to_have_text(number)
    go(page, kit, "question/conflicts.html")
    page.get_by_label("Show only lines with these words").fill("six countries")
    count = page.locator("#count").inner_text()
    assert page.url == at(kit, "question/conflicts.html?find=six+countries")
    page.reload()
    expect(page.locator("#count")).to_have_text(count)


def test_files_are_handed_over_as_they_are(page: Page, site: Path, kit: Path) -> None:
    def is_whole(path: str, act: Callable[[], object]) -> None:
        with page.expect_download() as started:
            act()
        assert started.value.suggested_filename == Path(path).name
        assert Path(started.value.path()).read_bytes() == (site / path).read_bytes()

    for way, path in (("es/ontology.html", "ontology/terms.ttl"), ("ontology.html", "ontology/context.jsonld")):
        go(page, kit, way)
        is_whole(path, page.get_by_role("main").get_by_role("link", name=Path(path).name, exact=True).first.click)
        assert page.url == at(kit, way)
    page.goto("about:blank")
    is_whole("ontology/terms.ttl", partial(page.goto, at(kit, "ontology/terms.ttl")))


def test_only_its_own_scripts_run_and_nothing_is_fetched(browser: Browser, kit: Path) -> None:
    text = (kit / NAME).read_text("utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    parts = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    assert parts["img-src"] == "data: blob:"
    assert parts["worker-src"] == "blob:"
    assert re.fullmatch(r"(?:'sha256-[\w+/]{43}=' )+'wasm-unsafe-eval'", parts["script-src"])
    assert re.fullmatch(r"'sha256-[\w+/]{43}='(?: 'sha256-[\w+/]{43}=')*", parts["style-src"])
    tried = browser.new_page()
    go(tried, kit, "things.html")
    made = "Object.assign(document.createElement('script'), { textContent: 'globalThis.hurt = 1' })"
    tried.evaluate(f"() => document.body.append({made})")
    tried.evaluate("() => document.body.setAttribute('onclick', 'globalThis.hurt = 1')")
    tried.locator("h1").click()
    assert tried.evaluate("() => globalThis.hurt") is None
    assert tried.evaluate("() => fetch('https://example.org/').catch(({ message }) => message)") == "Failed to fetch"
    tried.close()


def test_hostile_words_stay_words_on_every_page_of_the_file(
    page: Page, hostile: Path, small: Graph, tmp_path: Path
) -> None:
    alerts: list[str] = []
    page.on("dialog", lambda dialog: alerts.append(dialog.message))
    seen = 0
    page.goto(at(hostile, "index.html"))
    for path in pages_of(hostile):
        name = path.relative_to(hostile).as_posix()
        page.evaluate("(hash) => { location.hash = hash; }", f"#/{name}")
        shown(page, name)
        seen += "<img src=x onerror=alert(1)>" in page.evaluate("document.body.innerText + document.title")
        assert page.evaluate("document.querySelectorAll('img[src=x], [onerror], main script:not([type])').length") == 0
        links = page.evaluate("[...document.querySelectorAll('a')].map((one) => one.getAttribute('href') ?? '')")
        assert [link for link in links if not re.match("#/|https?:", link)] == [], name
    assert seen > 10
    assert alerts == []
    tags = '<script src="../assets/page.js" defer></script><link rel="stylesheet" href="../assets/map.css">'
    site = render(Graph(called(small, {"Lantern Fund": tags})), tmp_path / "site").parent  # the tags of a page itself
    go(page, site, thing_path(ACTOR))
    expect(page.get_by_role("heading", level=1)).to_have_text(tags)
    styles = page.locator("style").evaluate_all("(all) => all.map((one) => one.textContent)")
    assert len(styles) == 2, "that of the page and the lens's"
    assert not any("map-figures" in text for text in styles)


def test_a_file_that_is_cut_off_or_damaged_says_so(browser: Browser, kit: Path, tmp_path: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    text = (kit / NAME).read_text("utf-8")
    (tmp_path / "cut.html").write_text(text[: len(text) // 2], "utf-8")
    page.goto((tmp_path / "cut.html").as_uri())
    expect(page.get_by_text("the file was not copied completely")).to_be_visible()
    expect(page.get_by_text("no se copió completo")).to_be_visible()
    packs = [found.start() for found in re.finditer('data-first="([^"]+)"', text) if found[1] <= "timeline.html"]
    spoilt = packs[-1] + 2000
    (tmp_path / "spoilt.html").write_text(f"{text[:spoilt]}AAAA{text[spoilt + 4 :]}", "utf-8")
    page.goto((tmp_path / "spoilt.html").as_uri())
    page.evaluate("() => { location.hash = '#/timeline.html'; }")
    expect(page.get_by_role("alert")).to_contain_text("is damaged")
    context.close()


def test_without_scripts_or_in_an_old_browser_it_says_what_it_needs(browser: Browser, kit: Path) -> None:
    for has_scripts in (False, True):
        context = browser.new_context(java_script_enabled=has_scripts)
        page = context.new_page()
        page.add_init_script("delete globalThis.DecompressionStream")
        page.goto((kit / NAME).as_uri())
        for words in ("Firefox 115 or Safari 16.4", "Firefox 115 o Safari 16.4"):
            expect(page.get_by_text(words)).to_be_visible()
        context.close()


def test_no_page_of_the_file_has_a_serious_fault(opened: Page, kit: Path, axe: str) -> None:
    found = {}
    for path in ("index.html", "source/oas-cim-2005.html?p13", "es/network/funding.html", "es/nobody.html"):
        opened.goto("about:blank")
        opened.goto(at(kit, path))
        opened.wait_for_function("() => document.querySelector('footer.site')")
        if "network" in path:
            opened.wait_for_function(READY)
        opened.evaluate(axe)
        found[path] = opened.evaluate(FAULTS, "too")
    assert not any(found.values()), found


def test_the_site_offers_the_file_with_its_size(page: Page, small_site: Path) -> None:
    for tree, words in (("", "The whole site in one file"), ("es/", "Todo el sitio en un solo archivo")):
        page.goto(address(small_site, f"{tree}index.html"))
        link = page.get_by_role("link", name=words)
        expect(link).to_contain_text(re.compile(r"\(\d+ MB\)"))
        assert (small_site / tree / str(link.get_attribute("href"))).resolve() == (small_site / NAME).resolve()
