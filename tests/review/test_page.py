"""The review page in a real browser: by keys alone at a desk, by touch on a tablet."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.pages.test_access import FAULTS, axe
from tests.review.conftest import DRAFTS, FUND, GRANT, HOUSE, NAME, Project, reviewing

__all__ = ["axe"]  # a fixture
pytestmark = pytest.mark.browsers

NOTE = """Lantern House: the year 2025

Lantern House received US$ 2 million from 2019 to 2021, and asked for 40,000 to 50,000 euros in 2022.
"""
SELECT = """(wanted) => {
  for (const words of document.querySelectorAll("#text .words")) {
    words.normalize();
    for (const node of [...words.childNodes].flatMap((child) => child.nodeType === 3 ? child : [...child.childNodes])) {
      const at = node.textContent.indexOf(wanted);
      if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + wanted.length);
    }
  }
}"""
DESK, TABLET = ViewportSize(width=1366, height=768), ViewportSize(width=820, height=1180)


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESK)
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    expect(page.locator("#tools button").first).to_be_visible()
    return page


def told(page: Page, *words: str) -> None:
    """Wait for the words of the status, which a screen reader reads."""
    for part in words:
        expect(page.get_by_role("status")).to_contain_text(part)


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def typed(page: Page, column: str, words: str) -> None:
    """Go to a field by Tab, and type into it."""
    for _ in range(30):
        if page.evaluate("document.activeElement.name") == column:
            break
        press(page, "Tab")
    page.keyboard.type(words)


def correct(page: Page, amount: str) -> None:
    """Correct the amount of the saved claim that is shown."""
    press(page, "e")
    typed(page, "amount", amount)
    press(page, "Enter")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_person_reviews_a_report_by_keys_alone(project: Project, desk: BrowserContext) -> None:
    with reviewing(project) as review:
        page = opened(desk, review.page)
        card = page.locator("#card")

        # It opens at the first draft. Accept: the next draft has the focus, and the words of both are marked.
        expect(card.locator("h2")).to_contain_text("Funding from the Lantern Fund")
        expect(card.locator("dt:has(+ dd .chip)")).to_have_text(["giver", "receiver"])  # not the note, which is text
        expect(page.locator("#text mark.present")).to_have_text(GRANT)
        expect(page.locator("#picture rect.lit")).to_have_count(2)
        assert focused(page) == "card"

        # Each new entry has its own class and kind, on the card as in the form.
        expect(card.locator("dt:text-is('giver') + dd")).to_contain_text("new entry: organizational unit foundation")
        expect(card.locator("dt:text-is('receiver') + dd")).to_contain_text("new entry: organization non-governmental")
        press(page, "e")
        for name, cls, kind in (
            ("Lantern Fund", "OrganizationalUnit", "foundation"),
            ("Harbour House", "Organization", "ngo"),
        ):
            expect(page.get_by_label(f"class: {name}")).to_have_value(cls)
            expect(page.get_by_label(re.compile(f"kind of actor.*: {name}"))).to_have_value(kind)
        press(page, "Escape a")
        told(page, "Accepted. Saved.")
        expect(card.locator("h2")).to_contain_text("Joint work of the Harbour House")
        assert focused(page) == "card"
        assert [row["amount"] for row in project.rows("funding")] == ["40000"]

        # Edit: words of the text fill the field; one more Alt+→ with Shift takes the second word of the name.
        press(page, "e")
        assert page.evaluate("document.activeElement.name") == "partner"
        page.keyboard.type("Harbour House | ")
        press(page, "Alt+ArrowRight " * 8 + "Alt+Shift+ArrowRight")
        expect(page.locator("input[name=partner]")).to_have_value("Harbour House | Bridge Centre")
        expect(page.locator("#text .chosen").last).to_have_text("Bridge Centre")
        press(page, "Enter")
        expect(page.locator(".fault:visible")).to_have_text("Choose the class of the new entry.")
        page.get_by_label("class: Bridge Centre").select_option("Organization")
        page.get_by_label(re.compile("kind of actor.*: Bridge Centre")).select_option("academic")
        page.locator("input[name=partner]").press("Enter")
        told(page, "Saved with your changes.", "Saved.")

        # Put off, reject, undo, and reject for another reason.
        expect(card.locator("h2")).to_contain_text("Harbour House: member")
        press(page, "Space")
        expect(card.locator("h2")).to_contain_text("Nothing is left to decide")
        press(page, "d")
        told(page, "Decide the drafts of this paragraph first: 1.")
        expect(card.locator("h2")).to_contain_text("Harbour House: member")
        press(page, "x 1")
        told(page, "Rejected. Saved.")
        press(page, "u")
        told(page, "Undone. Saved.")
        expect(card.locator("h2")).to_contain_text("Harbour House: member")
        press(page, "x Escape x 3")
        told(page, "Rejected. Saved.")

        # Missed: the third sentence; its date is read from the words.
        expect(card.locator("h2")).to_contain_text("Nothing is left to decide in ¶ 4")
        press(page, "m 1" + " Alt+ArrowDown" * 3)
        expect(page.locator("input[name=quote]")).to_have_value("It opened in May 2025")
        typed(page, "quote", "")
        press(page, "End")
        page.keyboard.type(" || for a shelter in Lima")
        typed(page, "undertaking", "Shelter in Lima")
        press(page, "Tab")
        expect(page.locator(".added:visible")).to_contain_text("“Shelter in Lima” new entry in")
        press(page, "Shift+Tab")
        page.keyboard.type("project")
        typed(page, "date", "")
        press(page, "Alt+ArrowRight " * 4 + "Alt+Shift+ArrowRight")
        expect(page.locator("input[name=date]")).to_have_value("2025-05")

        # Another program changes the source meanwhile: nothing that was typed is lost.
        settings = project.folder / "data" / NAME / "source.toml"
        settings.write_text(settings.read_text("utf-8") + "\n", "utf-8")
        press(page, "Enter")
        told(page, "in another tab or program")
        expect(page.locator("input[name=date]")).to_have_value("2025-05")
        press(page, "Enter")
        told(page, "Added. Saved.")

        # A saved claim is chosen by s, corrected in the same form, and removed; each is undone.
        press(page, "s")
        expect(card.locator("h2")).to_contain_text("40,000 USD, disbursed")
        expect(card).to_contain_text("saved claim 1 of")
        assert "".join(page.locator("#text mark.present").all_text_contents()) == GRANT
        [grant] = project.rows("funding")
        correct(page, "41000")
        told(page, "Corrected. Saved.")
        expect(page.locator("#claims button").first).to_contain_text("41,000 USD")
        expect(page.locator("#claims button").first).to_contain_text("accepted draft · corrected on")
        assert project.rows("funding") == [grant | {"amount": "41000"}]
        press(page, "s x 2")
        told(page, "Removed. Saved.")
        assert project.rows("funding") == []
        press(page, "u")
        told(page, "Undone. Saved.")
        expect(card.locator("h2")).to_contain_text("41,000 USD")

        # A spreadsheet saves the same row while its form is open: it is not overwritten, and the new one is shown.
        table = project.folder / "data" / NAME / "funding.csv"
        press(page, "e")
        typed(page, "amount", "42000")
        table.write_text(table.read_text("utf-8").replace("41000", "41500"), "utf-8")
        press(page, "Enter")
        told(page, "in another tab or program")
        expect(card.locator("h2")).to_contain_text("41,500 USD")
        expect(page.locator("#left li")).to_contain_text("amount: 42000")
        page.get_by_role("button", name="Close").click()
        correct(page, "40000")
        told(page, "Corrected. Saved.")
        assert project.rows("funding") == [grant]
        press(page, "d")
        told(page, "¶ 4 is done. Saved.")

        # ¶5 says nothing to record. After a reload the page opens at the next draft.
        press(page, "d")
        expect(card.locator("h2")).to_contain_text("Why does this paragraph have no claims?")
        press(page, "d")
        told(page, "¶ 5 has no claims. Saved.")
        page.reload()
        expect(page.locator("section.here")).to_have_attribute("data-number", "14")
        expect(page.locator("#progress")).to_contain_text("paragraphs done: 2 of 11")

        # A second tab decides: the first one says so. While a decision is being saved, keys do nothing.
        second = opened(desk, page.url)
        press(second, "j n 1")
        told(second, "¶ 15 has no claims. Saved.")
        held: list[Route] = []
        page.route("**/scope", lambda route: held.append(route))
        with page.expect_request("**/scope"):
            press(page, "j n 6")
        press(page, "n 6")
        held.pop().continue_()
        told(page, "in another tab")
        expect(card.locator("h2")).to_have_text("This paragraph has no claims.")
        page.unroute("**/scope")
        second.close()
        for number, reason in ((15, "6"), (2, "1"), (6, "6"), (8, "1")):
            expect(page.locator("section.here")).to_have_attribute("data-number", str(number))
            press(page, f"n {reason}")
            told(page, f"¶ {number} has no claims. Saved.")

        # The rows of a table wait for a person too, who sets those that are left aside at once.
        expect(page.locator("section.here")).to_have_attribute("data-number", "9")
        press(page, "n 2")
        told(page, "¶ 9 has no claims. Saved.")
        expect(page.locator("section.here")).to_have_attribute("data-number", "12")

        # The server is killed: the page says so, and nothing is lost that was saved.
        review.process.kill()
        review.process.wait()
        before = project.rows("paragraphs")
        press(page, "n 1")
        told(page, "Not saved: The server does not answer.")
        assert project.rows("paragraphs") == before

    with reviewing(project, port=review.port) as again:
        page = opened(desk, again.page)  # as `tipgraph review drafts` opens it, with its new address
        press(page, "a")
        told(page, "Accepted. Saved.")
        page.locator("section[data-number='12'] .place").click()
        press(page, "n 1")
        told(page, "¶ 12 has no claims. Saved.")

    verdicts = [row["verdict"] for row in project.rows("draft-decisions")]
    four = ["accepted", "edited", "rejected", "missed", "corrected", "corrected", "done"]
    assert verdicts == [*four, *["set-aside"] * 8, "accepted", "set-aside"]
    kept = {
        table: len(project.rows(table))
        for table in ("funding", "partnerships", "affiliations", "activities", "undertaking-reports")
    }
    assert kept == {"funding": 1, "partnerships": 1, "affiliations": 0, "activities": 1, "undertaking-reports": 1}
    assert project.rows("partnerships")[0]["partner"] == "harbour-house | bridge-centre"
    actors = {row["label"]: (row["type"], row["actorKind"]) for row in project.rows("actors")}
    assert actors == {
        "Lantern Fund": ("OrganizationalUnit", "foundation"),
        "Harbour House": ("Organization", "ngo"),
        "Bridge Centre": ("Organization", "academic"),
    }
    assert project.rows("undertaking-reports")[0]["date"] == "2025-05"
    assert project.rows("undertaking-reports")[0]["evidence"].count("|") == 1
    scopes = {row["number"]: row["scope"] for row in project.rows("paragraphs")}
    assert [number for number, scope in scopes.items() if not scope] == ["4", "14"]
    assert (scopes["2"], scopes["6"], scopes["8"]) == ("nothing-to-record", "page-matter", "nothing-to-record")
    project.run("build")
    checked = project.run("check", code=1)  # the accepted draft reads its agent from another sentence
    assert "gives agent harbour-house, which the sentences that it cites do not have" in checked
    assert "1 finding" in checked


def test_names_are_accepted_after_the_claims_and_a_renamed_entry_keeps_its_class(
    project: Project, desk: BrowserContext
) -> None:
    names = [
        {"rule": "named", "table": "namings", "quote": quote, "entries": [entry],
         "cells": {"named": entry["cells"]["label"], "name": entry["cells"]["label"], "nameKind": "name"}}
        for entry, quote in ((FUND, "the Lantern Fund gave"), (HOUSE, "Harbour House for a shelter"))
    ]  # fmt: skip
    project.drafts.write_text(json.dumps([*names, DRAFTS[0]]), "utf-8")
    with reviewing(project) as review:
        page = opened(desk, review.page)
        card, tools = page.locator("#card"), page.locator("#tools")
        expect(card.locator("h2")).to_contain_text("Funding from the Lantern Fund")  # before the names
        expect(tools).not_to_contain_text("Accept all names")
        press(page, "e")
        typed(page, "receiver", "House of the Harbour")
        press(page, "Tab")
        expect(page.get_by_label("class: House of the Harbour")).to_have_value("Organization")
        expect(page.get_by_label(re.compile("kind of actor.*: House of the Harbour"))).to_have_value("ngo")
        press(page, "Escape x 1")
        told(page, "Rejected. Saved.")
        expect(tools).to_contain_text("Accept all names: 2")
        press(page, "w")
        told(page, "All names of the paragraph are accepted. Saved.")
    assert {row["name"] for row in project.rows("namings")} == {"Lantern Fund", "Harbour House"}
    assert [row["verdict"] for row in project.rows("draft-decisions")][-2:] == ["accepted", "accepted"]


TABLE_NOTE = """<h1>Bridge Fund: the year 2025</h1>
<p>The Bridge Fund pays for shelters in Peru.</p>
<h2>Income in EUR thousands</h2>
<table><tr><th>Donor</th><th>2024</th><th>2025</th></tr>
<tr><td>Clara Foundation</td><td>12</td><td>40</td></tr><tr><td>Lantern Fund</td><td>9</td><td>7</td></tr></table>
"""
OUTSIDE = """() => [...document.querySelectorAll("#card, .desk")].flatMap((panel) => {
  const { left, right } = panel.getBoundingClientRect();
  return [...panel.querySelectorAll("label, input, select, button, summary, .fault, p")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width && (box.left < Math.max(left, 0) - 0.5 || box.right > Math.min(right, innerWidth) + 0.5);
  }).map((one) => one.outerHTML.slice(0, 90));
})"""


def test_the_amount_of_a_row_of_a_table_becomes_a_claim(project: Project, desk: BrowserContext) -> None:
    (project.folder / "income.html").write_text(TABLE_NOTE, "utf-8")
    about = ["--title", "Income", "--publisher", "Ours", "--issued", "2026", "--licence", "not stated"]
    project.run("source", "add", "income.html", *about)
    with reviewing(project, name="income", drafts=False) as review:
        page = opened(desk, review.page)
        page.locator("section[data-number='5'] .place").click()
        expect(page.locator(".choices button").nth(2)).to_contain_text("40: given by Clara Foundation")
        press(page, "3")
        quote = page.locator("input[name=quote]")
        expect(quote).to_have_value("Clara Foundation 12 40")
        for name, value in {"giver": "Clara Foundation", "amount": "40000", "currency": "EUR", "date": "2025"}.items():
            expect(page.locator(f"input[name={name}]")).to_have_value(value)
        page.get_by_label("class: Clara Foundation").select_option("Organization")
        page.get_by_label(re.compile("kind of actor.*: Clara Foundation")).select_option("foundation")
        typed(page, "receiver", "")
        quote.press("Enter")
        told(page, "Added. Saved.")
        expect(page.locator("section.here")).to_have_attribute("data-number", "5")
        press(page, "s Escape")
        expect(page.locator(".choices button").first).to_contain_text(
            "12: given by Clara Foundation"
        )  # the row has more
    [row], [place] = project.rows("funding", "income"), project.rows("evidence", "income")[:1]
    assert (row["giver"], row["amount"], row["amountAsPrinted"]) == ("clara-foundation", "40000", "40")
    assert place["paragraph"] == "5"


@pytest.mark.parametrize("width", [1440, 390])
def test_no_field_leaves_its_panel(project: Project, browser: Browser, width: int) -> None:
    context = browser.new_context(viewport=ViewportSize(width=width, height=900))
    with reviewing(project) as review:
        page = opened(context, review.page)
        assert page.evaluate(OUTSIDE) == []
        press(page, "m")
        buttons = [page.locator(".choices button").nth(at).inner_text() for at in range(6)]
        assert len(page.locator(".choices button").all()) == 6
        page.locator(".choices button").nth(5).click()
        more = [one.inner_text() for one in page.locator(".choices button").all()]
        assert len(more) > 8
        press(page, "Escape")
        for label in [*buttons[:5], *more]:
            press(page, "m")
            if label in more:
                page.locator(".choices button").nth(5).click()
            page.locator(".choices button", has_text=label.split("\n")[-1]).first.click()
            for fold in page.locator("#card details").all():
                fold.evaluate("(one) => one.open = true")
            for one in page.locator("#card input[type=text]").all():  # a long name, and the lines of new entries
                one.fill("The International Harbour Coordination Committee of the Eleven Northern Provinces")
                one.dispatch_event("change")
            expect(page.locator("#card form")).to_be_visible()
            assert page.evaluate(OUTSIDE) == [], label
            page.get_by_role("button", name="Cancel").click()
    context.close()


def test_a_tablet_decides_by_touch(project: Project, browser: Browser, axe: str) -> None:
    context = browser.new_context(viewport=TABLET, has_touch=True, bypass_csp=True, color_scheme="dark")
    with reviewing(project, language="es") as review:
        page = opened(context, review.page)
        tools = page.locator("#tools")
        assert page.evaluate("document.documentElement.scrollWidth") == TABLET["width"]
        tools.get_by_role("button", name="Sin afirmaciones").tap()
        told(page, "Decida primero los borradores de este párrafo")
        page.locator("#dropped summary").tap()
        expect(page.locator("#dropped li")).to_have_text(
            [re.compile("se detuvo antes del final: tests: enough"), "una oración está en otro idioma: 2"]
        )
        page.locator("#dropped summary").tap()
        sizes = [box["height"] for button in page.locator("#tools button").all() if (box := button.bounding_box())]
        assert min(sizes) >= 44
        page.evaluate(axe)
        assert page.evaluate(FAULTS, "too") == []
        tools.get_by_role("button", name="Aceptar").tap()
        told(page, "Aceptado. Guardado.")
        tools.get_by_role("button", name="Rechazar").tap()
        page.locator(".choices button").first.tap()
        told(page, "Rechazado. Guardado.")
        tools.get_by_role("button", name="Deshacer").tap()
        told(page, "Deshecho. Guardado.")

        # A saved claim: from the list of the paragraph, then from its words.
        page.locator("#claims button").first.tap()
        expect(page.locator("#card h2")).to_contain_text("Financiación de Lantern Fund")
        assert page.evaluate(FAULTS, "too") == []
        tools.get_by_role("button", name="Volver").tap()
        expect(page.locator("#card h2")).to_contain_text("Trabajo conjunto")
        page.locator("#text .taken").first.tap()
        tools.get_by_role("button", name="Quitar").tap()
        expect(page.locator("#card h2")).to_have_text("¿Por qué se quita?")
        page.locator(".choices button").first.tap()
        told(page, "Quitada. Guardado.")
        tools.get_by_role("button", name="Deshacer").tap()
        told(page, "Deshecho. Guardado.")
        tools.get_by_role("button", name="Volver").tap()

        # A selection of the fingers fills the field.
        tools.get_by_role("button", name="Editar").tap()
        page.locator("input[name=quote]").tap()
        page.emulate_media(color_scheme="light")
        assert page.evaluate(FAULTS, "too") == []
        page.locator("section.here .words").evaluate(
            "(words) => getSelection().selectAllChildren(words.querySelector('.present'))"
        )
        expect(page.locator("#text .chosen")).to_be_visible()
        page.get_by_role("button", name="Cancelar").tap()
        expect(page.locator("#card h2")).to_contain_text("Trabajo conjunto")

        # A question of a paragraph without drafts.
        tools.get_by_role("button", name="¶ siguiente").tap()
        tools.get_by_role("button", name="Sin afirmaciones").tap()
        expect(page.locator("#card h2")).to_contain_text("¿Por qué no tiene afirmaciones")
        tools.get_by_role("button", name="Cancelar").tap()
    context.close()


def test_without_drafts_the_page_is_a_form(project: Project, desk: BrowserContext) -> None:
    (project.folder / "note.txt").write_text(NOTE, "utf-8")
    about = ["--title", "Note", "--publisher", "Ours", "--issued", "2026", "--licence", "not stated"]
    project.run("source", "add", "note.txt", *about)
    with reviewing(project, name="note", drafts=False) as review:
        page = opened(desk, review.page)
        expect(page.locator("#picture")).to_be_hidden()
        expect(page.locator("#card h2")).to_contain_text("Enter the claims")
        press(page, "m 6 6 Enter")
        expect(page.locator(".fault:visible").first).to_contain_text("Select the words")
        press(page, "Alt+ArrowDown Enter")
        expect(page.locator("#field-named-fault")).to_contain_text("is empty, and every row needs it")
        expect(page.get_by_role("status")).to_have_text("Not saved.")  # the faults are at their fields
        assert project.rows("namings", "note") == []
        press(page, "Escape")
        assert focused(page) == "card"

        # Words fill a field as a value only if they are exactly that value, and fill what belongs to it.
        def select(words: str, column: str, **values: str) -> None:
            page.locator(f"input[name={column}]").focus()
            page.evaluate(SELECT, words)
            page.locator("#text").dispatch_event("pointerup", {"pointerType": "mouse"})
            expect(page.locator("#text .chosen")).to_have_text(words)
            for name, value in values.items():
                expect(page.locator(f"input[name={name}]")).to_have_value(value)

        press(page, "j m 3")
        select("US$ 2 million", "quote", quote="US$ 2 million")
        select("in 2022", "quote", quote="US$ 2 million || in 2022")
        select("from 2019", "quote", quote="US$ 2 million || in 2022 || from 2019")
        fault = page.locator("#field-amount-fault")
        select("40,000 to 50,000 euros", "amount")
        expect(fault).to_contain_text("not exactly one value")
        expect(page.locator("input[name=amount]")).to_have_value("40,000 to 50,000 euros")
        select("US$ 2 million", "amount", amount="2000000", currency="USD", amountAsPrinted="US$ 2 million")
        expect(fault).to_be_hidden()
        select("from 2019 to 2021", "date", date="2019/2021")
