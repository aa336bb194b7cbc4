"""The page of money: bands and sums agree with each other, accepting less thins them, a band shows its claims."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

from lxml import etree
from playwright.sync_api import Page, expect
from pyoxigraph import NamedNode

from tests.conftest import statements_of
from tests.network.test_payments import HARBOUR, UNREVIEWED, extra, with_claims
from tests.pages.conftest import ACTOR, address, parsed
from tipgraph.analysis import payments
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, tip
from tipgraph.outputs.site import assets, money
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.money import MoneySums
from tipgraph.outputs.site.site_tree import Site
from tipgraph.sources.folder import Texts

SUMS = r"""[...document.querySelectorAll('#sums tbody tr')].map((row) => [...row.cells].map((cell) =>
  cell.textContent.replace(/\s+/g, ' ').trim()).join(' | '))"""
ROWS = "document.querySelectorAll('#sums tbody').length"


def written(page: Page, graph: Graph, folder: Path, *, is_given: str = "") -> MoneySums:
    """Write the page of money of a graph, and open it; if asked, only money of one kind counts as given."""
    pages, paid = Site(folder, "en"), payments(graph)
    if is_given:
        paid = [replace(payment, is_given=payment.kind == is_given) for payment in paid]
    sums = money.write(Claims(graph, pages, Texts()), paid)
    assets.write(folder)
    pages.write_frame()
    page.goto(address(folder, "money.html"))
    return sums


def test_the_sums_without_a_script_are_those_of_the_script(page: Page, site: Path) -> None:
    text = (site / "money.html").read_text("utf-8")
    table = etree.HTML(text).find(".//table[@id='sums']")
    assert table is not None
    plain = [
        " | ".join(" ".join("".join(map(str, cell.itertext())).split()) for cell in row)
        for row in table.iterfind("tbody/tr")
    ]
    page.goto(address(site, "money.html"))
    page.get_by_role("button", name=re.compile("More funders: ")).click()
    assert sorted(page.evaluate(SUMS)) == sorted(plain)
    assert "2008–2009, awarded | USD 668,000 implied: 2, not converted: 2 (several years 2)" in plain


def test_an_answer_has_the_sums_of_its_amounts_and_numbers_that_may_overlap_have_none(site: Path, graph: Graph) -> None:
    def totals(name: str) -> list[str]:
        lines = parsed(site / "question" / f"{name}.html").xpath(
            "//p[@class='quiet'][contains(., ' rows')][1] | //div[@class='scroll']/following-sibling::dl[1]/dd[b]"
        )
        return [" ".join("".join(line.itertext()).split()) for line in lines]

    added = sum(payment.amount or 0 for payment in payments(graph) if 0 in payment.counts and payment.kind == "awarded")
    counts, *sums = totals("funding")
    assert counts.startswith("60 rows · 56 claims")
    line = f"USD {added:,.0f} items: 7 (4 of 7 amounts not stated, implied: 5, not converted: 3 (several years 3))"
    assert line in sums
    for name in ("numbers", "funding-sums"):
        assert not any("USD" in line for line in totals(name))
        assert " rows" in totals(name)[0]


def test_less_is_accepted_and_a_band_shows_its_claims(page: Page, site: Path) -> None:
    page.goto(address(site, "money.html"))
    shown = "30 · 26 of 30 amounts not stated · known amounts together: USD 4,400,000 · sources: 11 · Review: AI"
    expect(page.locator("#shown")).to_contain_text(shown)  # the kind with most known amounts
    expect(page.locator("#others")).to_contain_text("awarded: 7")
    expect(page.locator("#river .names")).to_contain_text("USD 1,000,000")
    bands = page.locator("#river .band")
    page.get_by_text("Filters").click()
    page.get_by_role("checkbox", name="stated").check()
    expect(page.locator("#shown")).to_contain_text("Items of funding shown: 21 · 21 of 21 amounts not stated")
    assert bands.count() >= 21
    assert page.locator("#payments tbody tr:visible").count() == 21
    assert "accept=1" in page.url
    page.get_by_role("checkbox", name="two sources").check()
    expect(page.locator("#shown")).to_contain_text("No funding in this graph passes these filters.")
    page.goto(address(site, "money.html#funder=state-gtip-2009%2Factors%2Fgtip"))
    expect(page.locator("#shown")).to_contain_text("Items of funding shown: 4 · known amounts")
    assert page.evaluate(ROWS) == 1
    page.get_by_role("button", name="awarded: 5").click()
    expect(page.locator("#shown")).to_contain_text("Items of funding shown: 5 · 2 of 5")
    page.locator("#river .band[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    expect(page.locator("#panel .claim").first).to_contain_text("Funding from the Office to Monitor")
    expect(page.locator("#panel .said a").first).to_have_attribute("href", re.compile("source/state-"))
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#river .band[tabindex='0']")).to_be_focused()


def test_reviewed_money_is_never_in_one_band_or_row_with_other_money_and_each_can_be_shown_alone(
    page: Page, site: Path
) -> None:
    page.goto(address(site, "money.html#kind=unknown"))
    bands = "[...document.querySelectorAll('#river .band')].map(band => band.getAttribute('aria-label'))"
    rows = page.locator("#payments tbody tr:visible")
    every = rows.count()
    page.locator("[name=review]").select_option("not reviewed")
    expect(page.locator("#shown")).to_contain_text(re.compile("Review: not reviewed 4$"))
    assert "review=unreviewed" in page.url
    assert all("not reviewed" in band for band in page.evaluate(bands))
    expect(rows).to_have_count(4)
    listed = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))
    assert {row["review"] for row in listed} == {"unreviewed"}
    page.locator("[name=review]").select_option("reviewed")
    expect(rows).to_have_count(every - 4)
    assert not any("not reviewed" in band for band in page.evaluate(bands))
    expect(page.locator("#sums")).not_to_contain_text("not reviewed")


def test_a_name_and_a_place_filter_bands_sums_table_and_files_alike(page: Page, site: Path) -> None:
    page.goto(address(site, "money.html"))
    rows, bands, sums = (
        page.locator(f"#{part}") for part in ("payments tbody tr:visible", "river .band", "sums tbody")
    )
    page.get_by_text("Filters").click()
    page.get_by_label("Find a name").fill("the Caribbean project")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("International Organization for Migration → Population, Refugee and Migration Office")
    expect(bands).to_have_count(3)
    expect(sums).to_have_count(1)
    assert page.url.endswith("#find=the+Caribbean+project")
    assert len(list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))) == 1
    assert b"\xe2\x80\x9cthe Caribbean project\xe2\x80\x9d" in downloaded(page, "SVG")
    page.get_by_label("Find a name").fill("Carribean")  # with a typing error
    expect(page.locator("#shown")).to_contain_text("Similar names · Items of funding shown: 3")
    page.goto(address(site, "money.html#find=OIM&kind=unknown"))  # a name in another language
    expect(rows).to_have_count(5)
    page.get_by_label("Place").select_option("Americas")  # Mexico and the Caribbean are in it
    expect(rows).to_have_count(3)
    expect(bands).to_have_count(7)
    expect(sums).to_have_count(3)
    assert page.url.endswith("#place=reference%2Fplaces%2Famericas&kind=unknown&find=OIM")


def test_a_funder_has_its_sums_and_links_to_its_money_also_on_a_phone(phone: Page, site: Path) -> None:
    phone.goto(address(site, "thing/state-gtip-2009/actors/gtip.html"))
    sums = phone.locator("dl", has=phone.get_by_text("2008–2009, awarded"))
    expect(sums).to_contain_text(re.compile("USD 668,000\\s+implied: 2"))
    phone.goto(address(site, "thing/reference/actors/usaid.html"))
    phone.get_by_role("link", name="Funding from it").click()
    expect(phone.locator("#river .band").first).to_be_visible()
    rows = phone.locator("#payments tbody tr:visible")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Phase II")).to_contain_text("oas-cim-2005 ¶13 s1 (AI agent)")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def downloaded(page: Page, label: str) -> bytes:
    page.locator("#downloads summary").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    return Path(waiting.value.path()).read_bytes()


def test_files_hold_what_is_shown(page: Page, site: Path) -> None:
    page.goto(address(site, "money.html#years=2008/2009"))
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))
    assert [row["amount"] for row in rows] == ["500000", "168000"]
    assert rows[0]["place"].startswith("Bangladesh; ")
    book = zipfile.ZipFile(io.BytesIO(downloaded(page, "Excel")))
    assert book.testzip() is None
    assert b"<c><v>668000</v></c>" in book.read("xl/worksheets/sheet2.xml")
    picture = etree.fromstring(downloaded(page, "SVG"))
    assert len(picture.findall(".//{*}g[@data-band]")) == page.locator("#river .band").count()
    assert downloaded(page, "PNG").startswith(b"\x89PNG")


def test_a_reviewed_claim_counts_on_the_page_and_what_repeats_it_nowhere(
    page: Page, small: Graph, tmp_path: Path
) -> None:
    others = with_claims(small, again=UNREVIEWED | {"amount": "700"}, other=UNREVIEWED | {"amount": "40"})
    sums = written(page, extra(others, (HARBOUR, tip.restates, f"{DATA}again")), tmp_path)
    rows = [row for rows in sums.funders.values() for row in rows]
    assert [row["totals"] for row in rows] == [["USD 12,500"], ["USD 40"]]
    words = [f"{row['years']}, {row['kind']} | {' '.join(row['totals'])} {row['compared']}" for row in rows]
    assert page.evaluate(SUMS)[1:] == words


def test_two_kinds_currencies_or_years_are_never_added_up_and_weak_ways_are_one(
    page: Page, small: Graph, tmp_path: Path
) -> None:
    kind = "https://w3id.org/tipgraph/code#money-kind-awarded"
    many = {f"n{number}": {"receiver": f"{DATA}actors/n{number}"} for number in range(60)}
    later = {"earliest": "2021-01-01", "latest": "2021-12-31"}
    pesos = {"currency": "COP", "moneyKind": kind}
    graph = with_claims(small, euro={"currency": "EUR"}, award={"moneyKind": kind}, pesos=pesos, later=later, **many)
    written(page, graph, tmp_path)
    assert page.locator("[name=currency]").input_value() == "USD"
    assert page.locator("[name=kind]").input_value() == "disbursed"
    assert page.locator("[name=kind] option").first.is_disabled()
    some = "≈ USD 15,549 (2025) for 1 of 2 amounts"
    assert page.evaluate(SUMS)[1:] == [
        f"2020, awarded | COP 12,500 USD 12,500 {some} not converted: 1 (no exchange rate 1)",
        # 61 of 12,500 × 321.943 / 258.811, and one of 12,500 × 1.1422 × 321.943 / 258.811
        f"2020, disbursed | EUR 12,500 USD {61 * 12_500:,} ≈ USD 966,258 (2025)",
        "2021, disbursed | USD 12,500 ≈ USD 14,851 (2025)",  # 12,500 × 321.943 / 270.97
        f"all years, disbursed | EUR 12,500 USD {62 * 12_500:,} ≈ USD 981,109 (2025)",
    ]
    expect(page.locator("#others button")).to_have_text(["awarded: 1", "EUR, disbursed: 1", "COP, awarded: 1"])
    assert page.locator("#river .band[aria-label*='USD 12,500, 2021']").count()  # years have bands of their own
    expect(page.locator("#river text", has_text="All others (22)")).to_have_count(1)
    # the 40 strongest ways, and the rest of each of two years, over two columns, with one funder
    assert page.locator("#river .band").count() <= 86
    page.get_by_text("Filters").click()
    page.locator("[name=currency]").select_option("all, in USD of 2025")
    expect(page.locator("#others button")).to_have_text(["awarded: 2"])
    assert page.locator("#river .band[aria-label*='≈ USD 14,851 (2025), 2021']").count()
    page.get_by_role("button", name="awarded: 2").click()
    expect(page.locator("#shown")).to_contain_text("not converted: 1 (no exchange rate 1)")
    assert "currency=compared&kind=awarded" in page.url
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "CSV").decode("utf-8-sig"))))
    assert sorted(
        [row["amount"], row["currency"], row["compared"], row["prices"], row["not compared"]] for row in rows
    ) == [
        ["12500", "COP", "", "", "no exchange rate"],
        ["12500", "USD", "15549.14", "USD-2025", ""],
    ]
    assert {row["rates"] for row in rows} == {"", "2020 → 2025: 258.811 → 321.943 (BLS CPI-U)"}
    written(page, graph, tmp_path / "planned", is_given="awarded")
    assert page.locator("[name=kind]").input_value() == "awarded"  # one that is given, before many that are planned


def test_the_filter_tells_entries_of_one_label_apart_by_their_sources(page: Page, small: Graph, tmp_path: Path) -> None:
    others = [f"{DATA}fund-2021/actors/lantern", f"{DATA}fund-2022/actors/l1", f"{DATA}fund-2022/actors/l2"]
    paid = with_claims(small, **{f"n{number}": {"giver": iri} for number, iri in enumerate(others)})
    own = [one for one in statements_of(small) if one.subject.value == ACTOR]
    named = [one._replace(subject=NamedNode(iri)) for iri in others for one in own]
    written(page, Graph([*statements_of(paid), *named]), tmp_path)
    expect(page.locator("[name=funder] option")).to_have_text([
        "all", "Lantern Fund (fund-2021)", "Lantern Fund (fund-2022/actors/l1)", "Lantern Fund (fund-2022/actors/l2)",
        "Lantern Fund (harbour-2020)",
    ])  # fmt: skip
    assert page.locator("[name=place] option").last.text_content() == "Peru"  # the only one of its label
    page.goto(address(tmp_path, "money.html#funder=fund-2021%2Factors%2Flantern"))
    expect(page.locator("#sums tbody th")).to_have_text(["Lantern Fund"])
