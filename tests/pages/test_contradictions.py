"""The page of contradictions: both sides beside each other with evidence, who found each, what a person answered."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import NamedNode

from tests.conflicts.conftest import Write, write
from tests.conflicts.test_book import FIRST, SECOND
from tests.pages.conftest import address, box_of, parsed
from tipgraph.curation import Judge
from tipgraph.curation.conflicts import ConflictDesk, tally
from tipgraph.curation.conflicts.cases import kept
from tipgraph.display.claims import claims_about
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.outputs.site import render
from tipgraph.pipeline.builder import build

__all__ = ["write"]  # a fixture
HOSTILE = "</p><script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def answered(write: Write, tmp_path: Path) -> Path:
    """A site of two small sources, one contradiction of which is answered, and one judged to be none."""
    data = write(FIRST, SECOND)
    desk = ConflictDesk(build(data), data)
    for one in desk.cases():
        verdict = {"money": "first-right", "event-dates": "no-conflict"}.get(one.rule)
        if verdict:
            desk.decide(one, verdict, judge=Judge("the desk", "person"), reason=HOSTILE)
    return render(build(data), tmp_path / "site").parent


def test_both_sides_stand_beside_each_other_with_their_evidence(page: Page, site: Path) -> None:
    page.goto(address(site, "index.html"))
    page.get_by_role("link", name="Where sources disagree").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contradictions")
    page.goto(f"{page.url}#reference/seminar-places")  # a case of a later part
    one = page.locator('[id="reference/seminar-places"]')
    expect(one).to_be_visible()
    first, second = one.locator(".side").all()
    expect(first).to_contain_text("cim-iom-caribbean-2005 ¶6 s3")
    expect(second).to_contain_text("oas-cim-2005 ¶31 s1")
    left, right = box_of(first), box_of(second)
    assert (left["x"] + left["width"] <= right["x"], left["y"]) == (True, right["y"])
    second.get_by_role("link").first.click()
    page.get_by_role("dialog").get_by_role("link", name="All claims of this paragraph").first.click()
    expect(page.locator("h1")).to_contain_text("Fighting the Crime of Trafficking in Persons")
    page.goto(address(site, "source/oas-cim-2005.html"))
    page.locator("#doubtful ~ details summary").first.click()
    against = page.locator("#doubtful ~ details .against", has_text="IIN is called the only organ").first
    expect(against).to_contain_text(f"Judged: {BOTH}")


BOTH = 'both may stand (tipgraph editors, AI agent, 2026-11-24): "only" may mean: besides CIM'


def test_what_rules_found_and_what_was_answered_is_said(page: Page, site: Path, answered: Path) -> None:
    by_rule = (
        "found by a rule: Two sources give different amounts for one payment: giver, receiver, purpose, kind and date"
    )
    en_espanol = "hallada por una regla: Dos fuentes dan montos distintos para un mismo pago"
    for folder, path, case, said in (
        (
            answered,
            "contradictions.html",
            ".contradiction[id^='reference/money-']",
            f"{by_rule} are the same · the comparison: not reviewed",
        ),
        (answered, "es/contradictions.html", "main", en_espanol),
        (answered, "contradictions.html", "main", "Judged not to be a contradiction (1)"),
        (site, "contradictions.html", "[id='reference/seminar-places'] .answer", "Not judged yet."),
        (site, "contradictions.html", "[id='oas-cim-2005/p43-1'] .answer", BOTH),
        (site, "es/contradictions.html", "[id='oas-cim-2005/p43-1'] .answer", "ambas pueden sostenerse ("),
    ):
        page.goto(address(folder, path))
        expect(page.locator(case)).to_contain_text(said)


def test_which_side_is_right_is_said_and_what_is_none_contradicts_nothing(page: Page, answered: Path) -> None:
    page.goto(address(answered, "contradictions.html"))
    money = page.locator('[id^="reference/money-"]')
    first, second = money.locator(".side").all()
    expect(first).to_contain_text("judged right")
    expect(second).to_contain_text("judged wrong")
    expect(money.locator(".answer")).to_contain_text("one side is right (the desk, ")
    expect(money.locator(".answer")).to_contain_text(HOSTILE)
    none = page.locator('[id^="a-2020/event-dates-"]')
    expect(none.locator(".answer")).to_contain_text("no contradiction (the desk")
    page.goto(address(answered, "index.html"))
    expect(page.locator(".doors")).to_contain_text("2 contradictions, real or apparent")
    page.goto(address(answered, "thing/a-2020/undertakings/event.html"))
    expect(page.locator(".against", has_text="2020-08")).to_have_count(0)
    page.goto(address(answered, "thing/a-2020/actors/giver.html"))
    for judged in ("this is right", "the other is right"):
        expect(page.locator(".against", has_text=f"Judged: {judged} (the desk, ")).to_have_count(1)


def test_on_a_phone_an_address_leads_to_its_part_and_the_sides_stand_below_each_other(phone: Page, site: Path) -> None:
    names = parsed(site / "contradictions.html").xpath("//details[@class='contradiction']/@id")
    for name in (names[0], names[-1], "reference/seminar-places"):
        phone.goto("about:blank")
        phone.goto(address(site, f"contradictions.html#{name}"))
        expect(phone.locator(f'[id="{name}"]')).to_be_in_viewport()
    first, second = map(box_of, phone.locator('[id="reference/seminar-places"] .side').all())
    assert first["y"] + first["height"] <= second["y"]


def test_every_door_counts_the_same_contradictions_and_claims_of_a_source(graph: Graph, site: Path) -> None:
    held = tally(ConflictDesk(graph).cases()).held
    assert held == len(Query.find("conflicts").run(graph).rows) == tally(kept(graph)).held
    assert f"{held} contradictions, " in (site / "contradictions.html").read_text("utf-8")
    assert f"{held} contradictions, real or apparent" in (site / "index.html").read_text("utf-8")
    said = claims_about(graph, NamedNode(DATA + "state-tip-2024"))
    assert f"{len(said)} claims in " in (site / "source" / "state-tip-2024.html").read_text("utf-8")
