"""A site in one file, alone in a folder and with the network off: the same pages, addresses, history and files."""

import base64
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browsers import WIDTHS
from tests.pages.conftest import ACTOR, address, called, pages_of
from tests.pages.opened import READY, STILL
from tests.pages.packed import files_in
from tests.pages.test_access import AXE, FAULTS
from tests.pages.test_networks import KINDS
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.outputs.site import render, single_file
from tipgraph.outputs.site.site_tree import thing_path

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


# ── the same pages ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_file_opens_at_its_first_page(page: Page, kit: Path) -> None:
    page.goto((kit / NAME).as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("name no amount")
    expect(page).to_have_title("Start · tipgraph")
    assert page.url == at(kit, "index.html")
    assert page.get_by_role("link", name="in one file").count() == 0


@pytest.mark.parametrize("tree", ["", "es/"])
def test_each_kind_of_page_says_what_it_says_in_the_site(page: Page, site: Path, kit: Path, tree: str) -> None:
    for path in list(KINDS.values())[:: 3 if tree else 1]:  # in Spanish some of them
        texts = []
        for where in (address(site, tree + path), at(kit, f"{tree}{path}".replace("#", "?"))):
            page.goto("about:blank")
            page.goto(where)
            page.wait_for_function("() => !globalThis.tipgraphBook || performance.getEntriesByName('shown').length")
            ready = READY if re.match("(?:network/|map|money|timeline|ask)", path) else STILL
            page.wait_for_function(ready)
            texts.append(page.evaluate(TEXT))
            assert page.evaluate("document.documentElement.lang") == (tree.strip("/") or "en")
        one, other = texts
        assert one == other, path


def test_every_page_opens_without_an_error_and_its_links_lead_to_what_the_file_holds(
    page: Page, small_site: Path, little: Path
) -> None:
    held = files_in((little / NAME).read_text("utf-8"))
    page.goto(at(little, "index.html"))
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


# ── ways through it ──────────────────────────────────────────────────────────────────────────────────────────────────


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


def test_the_search_of_the_first_page_leads_to_a_thing(page: Page, kit: Path) -> None:
    for tree, title in (("", "International Organization for Migration"), ("es/", "Organización Internacional")):
        go(page, kit, f"{tree}index.html")
        page.get_by_role("combobox").fill("OIM")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        shown(page, f"{tree}thing/reference/actors/iom.html")
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def test_a_claim_leads_to_its_paragraph_which_is_marked(page: Page, kit: Path) -> None:
    go(page, kit, "thing/reference/actors/iom.html")
    page.locator(".claim", has_text="International").get_by_role("link", name="oas-cim-2005 ¶13 s2").first.click()
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


def test_a_place_within_the_page_is_gone_to_and_history_leads_back(page: Page, kit: Path) -> None:
    go(page, kit, "source/oas-cim-2005.html")
    page.locator('.coverage a[href$="?p31"]').click()
    expect(page.locator("#p31.target")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    page.locator('.coverage a[href$="?p31"]').click()  # the address is there already
    expect(page.locator("#p31")).to_be_in_viewport()
    page.go_back()
    assert page.url == at(kit, "source/oas-cim-2005.html")
    page.wait_for_function("() => scrollY === 0")
    page.keyboard.press("Tab")
    go(page, kit, "ontology.html")
    page.get_by_role("link", name="Skip to the content").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'main'")


def test_the_ontology_leads_to_a_term_that_its_box_hides(page: Page, kit: Path) -> None:
    go(page, kit, "ontology.html")
    box = page.locator("#term-box")
    box.fill("Funding")
    box.press("Enter")
    expect(page.locator("#Funding.target")).to_be_in_viewport()
    box.fill("zzz")
    page.evaluate("(hash) => { location.hash = hash; }", "#/ontology.html?Estimate")
    expect(page.locator("#Estimate.target")).to_be_in_viewport()
    expect(box).to_have_value("")


def test_a_closed_fold_opens_around_what_the_address_leads_to(page: Page, small_site: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(small_site, site)
    first = site / "things.html"
    text = first.read_text("utf-8").replace("</main>", "<details><summary>x</summary><p id='in'>y</p></details></main>")
    first.write_text(text, "utf-8")
    single_file.write(site)
    go(page, site, "things.html?in")
    expect(page.locator("#in")).to_be_in_viewport()


def test_the_language_changes_and_the_view_stays(page: Page, kit: Path) -> None:
    go(page, kit, "source/oas-cim-2005.html?p13")
    page.get_by_role("link", name="Español").click()
    shown(page, "es/source/oas-cim-2005.html?p13")
    expect(page.locator("#p13.target")).to_be_in_viewport()
    page.get_by_role("link", name="English").click()
    shown(page, "source/oas-cim-2005.html?p13")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_links_are_those_of_the_file_so_that_they_can_be_opened_in_a_new_tab(page: Page, kit: Path) -> None:
    go(page, kit, "thing/reference/actors/iom.html")
    link = page.get_by_role("link", name="oas-cim-2005 ¶13 s2").first
    assert (link.get_attribute("href") or "").startswith("#/source/oas-cim-2005.html?p13/")
    with page.context.expect_page() as opened:
        link.click(modifiers=["ControlOrMeta"])
    other = opened.value
    expect(other.locator(".target")).to_be_in_viewport()
    assert other.title() != page.title()
    other.close()
    nodes = page.locator(".ties a").evaluate_all("(links) => links.map((one) => one.getAttribute('href'))")
    assert nodes
    assert all(href.startswith("#/") for href in nodes)


def test_an_address_that_the_file_does_not_hold_leads_to_the_first_page_and_says_so(page: Page, kit: Path) -> None:
    for path, words in (("thing/<b>nobody.html", "has no page"), ("es/nadie.html", "no tiene la página")):
        page.goto("about:blank")
        page.goto(at(kit, path))
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_role("combobox")).to_be_visible()
    assert page.url == at(kit, "es/index.html")


# ── views in the address ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_network_is_filtered_chosen_from_and_found_again_by_its_address(page: Page, kit: Path) -> None:
    go(page, kit, "network/funding.html")
    page.wait_for_function(READY)
    page.locator("#search").fill("caribbean")
    page.locator("#search").press("ArrowDown")
    page.locator("#search").press("Enter")
    said = page.locator("#panel").inner_text()
    page.locator("#filters input[type=checkbox]").first.uncheck()
    counts = page.locator("#counts").inner_text()
    shared = page.url
    assert "#/network/funding.html?" in shared
    page.locator("#panel a").first.click()
    page.wait_for_function("() => !document.getElementById('network')")
    page.go_back()
    page.wait_for_function(READY)
    assert page.url == shared
    expect(page.locator("#counts")).to_have_text(counts)
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_function(READY)
    expect(page.locator("#counts")).to_have_text(counts)
    assert page.locator("#panel").inner_text().splitlines()[0] == said.splitlines()[0]
    page.set_viewport_size({"width": 500, "height": 900})  # what a page hears of its window ends with it
    page.get_by_role("navigation").get_by_role("link", name="Timeline").click()
    shown(page, "timeline.html")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.emulate_media(color_scheme="dark")


def test_a_page_that_is_left_before_its_data_are_there_says_nothing_about_it(page: Page, kit: Path) -> None:
    go(page, kit, "index.html")
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


def test_a_network_of_the_file_shows_and_hands_over_what_that_of_the_site_does(
    page: Page, site: Path, kit: Path
) -> None:
    files: dict[str, list[str]] = {}
    for where in (address(site, "network/funding.html"), at(kit, "network/funding.html")):
        page.goto("about:blank")
        page.goto(where)
        page.wait_for_function(READY)
        for form in ("csv", "graphml"):
            page.locator("#downloads summary").click()
            with page.expect_download() as started:
                page.locator(f'#downloads button[data-form="{form}"]').click()
            files.setdefault(form, []).append(re.sub(r"#/\S*?\?", "#", Path(started.value.path()).read_text("utf-8")))
    for form, (one, other) in files.items():
        assert one == other, form


def test_map_timeline_and_filtered_tables_are_found_again_by_their_addresses(page: Page, kit: Path) -> None:
    go(page, kit, "map.html")
    page.get_by_role("link", name="Show on the map").first.click()
    expect(page.locator("#panel .claim").first).to_be_visible()
    panel = page.locator("#panel").inner_text()
    shared = page.url
    assert "#/map.html?at=" in shared
    go(page, kit, shared.partition("#/")[2])
    expect(page.locator("#panel .claim").first).to_be_visible()
    assert page.locator("#panel").inner_text() == panel
    page.locator("#modality").select_option("stated")
    assert page.url.endswith("&modality=stated")
    go(page, kit, "timeline.html")
    page.locator("#filters select[name=status]").select_option("planned")
    number = page.locator("#shown").inner_text()
    assert page.url == at(kit, "timeline.html?status=planned")
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
    page.get_by_label("Show only lines with these words").fill("")
    assert page.url == at(kit, "question/conflicts.html")


def test_files_are_handed_over_as_they_are(page: Page, site: Path, kit: Path) -> None:
    for way, path in (("es/ontology.html", "ontology/terms.ttl"), ("ontology.html", "ontology/context.jsonld")):
        go(page, kit, way)
        with page.expect_download() as started:
            page.get_by_role("main").get_by_role("link", name=Path(path).name, exact=True).first.click()
        assert started.value.suggested_filename == Path(path).name
        assert Path(started.value.path()).read_bytes() == (site / path).read_bytes()
        assert page.url == at(kit, way)
    page.goto("about:blank")
    with page.expect_download() as started:
        page.goto(at(kit, "ontology/terms.ttl"))
    assert Path(started.value.path()).read_bytes() == (site / "ontology/terms.ttl").read_bytes()


def test_the_file_shows_all_rows_of_a_question_and_hands_them_over(page: Page, kit: Path, graph: Graph) -> None:
    go(page, kit, "question/funding.html")
    found = len(Query.find("funding").run(graph).rows)
    expect(page.locator("#answer tbody tr")).to_have_count(found)
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert len(Path(started.value.path()).read_text("utf-8").splitlines()) == found + 1


# ── what it is made of ───────────────────────────────────────────────────────────────────────────────────────────────


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


def test_hostile_words_stay_words_on_every_page_of_the_file(page: Page, hostile: Path) -> None:
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


def test_words_that_are_the_tags_of_a_page_to_the_letter_are_no_tags(page: Page, small: Graph, tmp_path: Path) -> None:
    tags = '<script src="../assets/page.js" defer></script><link rel="stylesheet" href="../assets/map.css">'
    site = render(Graph(called(small, {"Lantern Fund": tags})), tmp_path / "site").parent
    go(page, site, thing_path(ACTOR))
    expect(page.get_by_role("heading", level=1)).to_have_text(tags)
    styles = page.locator("style").evaluate_all("(all) => all.map((one) => one.textContent)")
    assert (
        len(styles) == len([text for text in styles if "map-figures" not in text]) == 2
    )  # that of the page and the lens's


def test_scripts_of_a_page_do_not_meet_those_of_another(page: Page, kit: Path) -> None:
    go(page, kit, "index.html")
    for path in ("network/funding.html", "map.html", "network/partnership.html", "timeline.html", "ask.html") * 2:
        page.evaluate("(hash) => { location.hash = hash; }", f"#/{path}")
        shown(page, path)
        page.wait_for_function(READY)
    assert page.evaluate("typeof globalThis.NetworkPage") == "undefined"


def test_its_files_can_be_read_by_the_scripts_of_its_pages(page: Page, kit: Path, site: Path) -> None:
    go(page, kit, "index.html")
    assert page.evaluate("tipgraphBook.text('site.json')") == (site / "site.json").read_text("utf-8")
    assert page.evaluate("tipgraphBook.text('no.json').catch(({ message }) => message)") == "this file holds no no.json"
    assert page.evaluate("Object.isFrozen(tipgraphBook)")


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
    without = browser.new_context(java_script_enabled=False)
    page = without.new_page()
    page.goto((kit / NAME).as_uri())
    expect(page.get_by_text("Firefox 115 or Safari 16.4")).to_be_visible()
    without.close()
    old = browser.new_context()
    page = old.new_page()
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto((kit / NAME).as_uri())
    expect(page.get_by_text("Firefox 115 or Safari 16.4")).to_be_visible()
    expect(page.get_by_text("Firefox 115 o Safari 16.4")).to_be_visible()
    old.close()


@pytest.fixture
def looked_at(browser: Browser) -> Iterator[Page]:
    """A page that lets axe in, which the policy of the file would not; test_access.py looks at them on a phone."""
    width, height = WIDTHS["desk"]
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is missing: `make web` takes it from npm")
def test_no_page_of_the_file_has_a_serious_fault(looked_at: Page, kit: Path) -> None:
    found = {}
    for path in ("index.html", "source/oas-cim-2005.html?p13", "es/network/funding.html", "es/nobody.html"):
        looked_at.goto("about:blank")
        looked_at.goto(at(kit, path))
        looked_at.wait_for_function("() => document.querySelector('footer.site')")
        if "network" in path:
            looked_at.wait_for_function(READY)
        looked_at.evaluate(AXE.read_text("utf-8"))
        found[path] = looked_at.evaluate(FAULTS, "too")
    assert not any(found.values()), found


# ── writing it ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_site_offers_the_file_with_its_size(page: Page, small_site: Path) -> None:
    for tree, words in (("", "The whole site in one file"), ("es/", "Todo el sitio en un solo archivo")):
        page.goto(address(small_site, f"{tree}index.html"))
        link = page.get_by_role("link", name=words)
        expect(link).to_contain_text(re.compile(r"\(\d+ MB\)"))
        assert (small_site / tree / str(link.get_attribute("href"))).resolve() == (small_site / NAME).resolve()
