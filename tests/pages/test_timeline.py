"""The timeline: dates as bars that are never surer than the source, rows per report, filters, what was planned."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pyoxigraph import NamedNode

from tests.conftest import column
from tests.pages.conftest import address, box_of, parsed
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.model.vocabulary import ontology
from tipgraph.outputs.site.timeline import LOOKS, TimelineLine, TimelineReport, lines, rows

CODE = "https://w3id.org/tipgraph/code#"
HELD, PLANNED = f"{CODE}status-held", f"{CODE}status-planned"


def report(key: str, source: str = "one", **values: Any) -> TimelineReport:
    names = {"date": "edtf"}
    return TimelineReport(key, source, **{names.get(name, name): value for name, value in values.items()})


PIECES = """(row) => [...row.querySelectorAll('.point, .open, .sure, .maybe')].map((part) => {
  const box = part.getBoundingClientRect();
  return [part.getAttribute('class'), box.left, box.right];
}).sort((one, other) => one[1] - other[1])"""


# Of each date its first and its last days, what is said of it, and the parts of its bar.
DATES = [
    ("2005-03-22", "2005-03-22/2005-03-22", "", "point"),
    ("", "2004-11-11/2004-11-11 2004-11-12/2004-11-12", "", "point"),
    ("", "2004-11-11/2004-11-11 2005-02-03/2005-02-03", "", "sure"),
    ("2004-11", "2004-11-01/2004-11-30", "", "maybe"),
    ("", "2005-03-22/2005-03-22", "unsure", "maybe"),
    ("2004-07/2005-04", "2004-07-01/2004-07-31 2005-04-01/2005-04-30", "", "maybe sure maybe"),
    ("", "2004-07-15/2004-07-15 2005-04-01/2005-04-30", "", "sure maybe"),
    ("", "2004-07-01/2004-12-31 2004-09-01/2005-02-28", "", "maybe"),  # on no day is it sure that it lasts
    ("", "2005-01-01/2005-01-31 2005-04-01/2005-04-30", "inferred", "maybe"),  # no duration
    ("", "2004-05-27/2004-05-27 2004-05-28/2004-05-28", "inferred", "point"),
    ("2004-11-11/..", "2004-11-11/2004-11-11 ..", "", "point open"),
    ("../2005", ".. 2005-01-01/2005-12-31", "", "open maybe"),
]


def test_an_imprecise_date_is_drawn_as_a_range_and_an_interval_as_lasting(
    page: Page, site: Path, tmp_path: Path
) -> None:
    text = (site / "timeline.html").read_text("utf-8")
    (tmp_path / "assets").symlink_to(site / "assets")
    for edtf, days, look, kinds in DATES:
        if edtf:
            assert [row.days for row in rows([report("a", date=edtf)])] == [days]
        altered = re.sub(r'data-look="[^"]*" (data-status="[^"]*" data-source="[^"]*") data-days="[^"]*"',
                         rf'data-look="done {look}" \1 data-days="{days}"', text)  # fmt: skip
        (tmp_path / "timeline.html").write_text(altered, "utf-8")
        page.goto(address(tmp_path, "timeline.html"))
        parts = page.locator("#dated tr[data-days]").first.evaluate(PIECES)
        assert " ".join(kind for kind, *_ in parts) == kinds, days
        for (*_, end), (_, start, _) in pairwise(part for part in parts if part[0] in ("sure", "maybe")):
            assert start == pytest.approx(end, abs=2)


def test_a_bar_has_its_length_beside_a_break_whose_years_the_legend_names_and_months_where_they_have_room(
    page: Page, site: Path
) -> None:
    page.goto(address(site, "timeline.html"))
    expect(page.locator(".legend")).to_contain_text("nothing here is dated in 2010–2018")
    expect(page.locator(".lead").first).to_contain_text("“Implied” is our reading")
    row = page.locator('tr[data-days="2019-04-01/2019-04-01 2023-03-31/2023-03-31"]').first
    page.get_by_role("button", name=re.compile("Show all [0-9]+")).first.click()
    expect(row).to_be_visible()
    bar, gap = box_of(row.locator("rect.sure")), box_of(page.locator("#axis .break"))
    assert gap["x"] + gap["width"] < bar["x"]
    written, months = page.locator("#axis .year text:visible").all(), page.locator("#axis .month")
    assert {"1994", "2019"} <= {year.text_content() for year in written}, "the first year, and the one after the break"
    assert (len(written) >= 6, months.count()) == (True, 0)
    sides = sorted((box["x"], box["x"] + box["width"]) for box in map(box_of, written))
    assert all(after[0] - before[1] > 3 for before, after in pairwise(sides)), "no year touches another"
    page.goto(address(site, "timeline.html#from=2019"))
    expect(page.locator("#shown")).not_to_have_text("49")
    assert box_of(row.locator("rect.sure"))["width"] > 1.5 * bar["width"]
    page.goto(address(site, "timeline.html#from=2004-10&to=2005-02"))
    expect(months).to_have_text(["09", "10", "11", "12", "01", "02", "03"])
    january, year = months.filter(has_text="01"), page.locator("#axis .year", has_text="2005")
    assert january.get_attribute("x") == year.get_attribute("x")


# Reports, and the rows that they make: of each its date, its status, its sources and its reports.
GROUPED: list[tuple[str, list[TimelineReport], list[tuple[str, str, str, str]]]] = [
    ("a date takes the status that the same source gives without one",
     [report("a", date="2004-11-11"), report("b", status=HELD), report("c", "two", status=PLANNED)],
     [("2004-11-11", HELD, "one", "a b"), ("", PLANNED, "two", "c")]),
    ("of two statuses none is guessed",
     [report("a", date="2004"), report("b", status=HELD), report("c", status=PLANNED)],
     [("2004", "", "one", "a"), ("", HELD, "one", "b"), ("", PLANNED, "one", "c")]),
    ("those that differ stand under each other, and equal ones together",
     [report("a", date="2004-22"), report("b", "two", date="2004"), report("c", "two", date="2004-22")],
     [("2004-22", "", "one two", "a c"), ("2004", "", "two", "b")]),
]  # fmt: skip


@pytest.mark.parametrize(("reports", "expected"), [row[1:] for row in GROUPED], ids=[row[0] for row in GROUPED])
def test_reports_are_grouped_into_rows(
    reports: list[TimelineReport], expected: list[tuple[str, str, str, str]]
) -> None:
    found = rows(reports)
    grouped = [(row.edtf, row.status, " ".join(row.sources), " ".join(one.key for one in row.reports)) for row in found]
    assert grouped == expected


def test_each_row_looks_as_its_status_says_and_is_reviewed_if_one_of_its_reports_is(site: Path) -> None:
    codes = ontology().codes
    assert LOOKS.keys() == {"", *codes["status"].values(), *codes["publication-state"].values()}
    one, other = report("a", date="2004"), report("b", "two", date="2004", review=f"{CODE}review-ai-agent")
    assert [["unreviewed" in row.looks for row in rows(own)] for own in ([one], [one, other])] == [[True], [False]]
    text = (site / "timeline.html").read_text("utf-8")  # without scripts everything is there
    assert re.search(r'<form class="filters" id="filters" hidden>', text)
    assert not re.search(r"<tbody[^>]* hidden|<tr[^>]* hidden", text)


def test_what_only_an_implied_report_says_is_marked_beside_what_others_state() -> None:
    stated, implied = f"{CODE}modality-stated", f"{CODE}modality-implied"
    dating = report("a", date="2004-11-11", modality=stated, places=("lima",))
    standing = report("b", status=HELD, modality=implied, places=("peru",))
    (row,) = rows([dating, standing])
    assert (row.implied_date, row.implied_status, row.looks) == (False, True, ["done", "implied", "unreviewed"])
    line = TimelineLine("event", "undertaking", [], [dating, standing])
    assert [(place, line.implied(place)) for place in line.places] == [("lima", False), ("peru", True)]
    (row,) = rows([dating, standing, report("c", status=HELD, modality=stated)])
    assert "implied" not in row.looks


def test_a_project_and_a_meeting_of_which_a_part_is_only_implied(graph: Graph) -> None:
    found = {line.iri.removeprefix(DATA): line for line in lines(graph)}
    (research, *_) = found["oas-cim-2005/undertakings/research-project-1999"].rows
    assert (research.implied_date, research.implied_status) == (True, True)
    meeting = found["oas-cim-2005/undertakings/caribbean-regional-meeting"]
    assert [meeting.implied(place) for place in meeting.places] == [True]
    assert (meeting.rows[0].implied_date, meeting.rows[0].implied_status) == (True, False)


def test_every_undertaking_and_document_is_on_the_timeline_once_with_each_date_that_is_said(graph: Graph) -> None:
    found = lines(graph)
    things = set(column(graph, "SELECT ?thing { ?thing a ?class VALUES ?class { tip:Undertaking tip:Document } }"))
    assert {line.iri for line in found} == things - {f"{DATA}reference"}
    assert len(found) == len(things) - 1
    for line in found:
        assert {one.edtf for one in line.reports if one.edtf} == {row.edtf for row in line.rows if row.edtf}
        assert {one.status for one in line.reports if one.status} <= {row.status for row in line.rows}
    order = [(line.rows[0].order[1], line.unreviewed) for line in found if line.dated]
    assert order == sorted(order)
    assert {unreviewed for _, unreviewed in order} == {True, False}


def test_what_nobody_has_reviewed_is_marked_and_can_be_shown_alone_or_left_out(page: Page, site: Path) -> None:
    rows = (
        "[...document.querySelectorAll('#dated tr:not(.beside)[data-look]')].map(row => /unrev/.test(row.dataset.look))"
    )
    page.goto(address(site, "timeline.html"))
    every = int(page.locator("#shown").text_content() or 0)
    page.locator("[name=review]").select_option("not reviewed")
    expect(page.locator("#shown")).not_to_have_text(str(every))
    assert page.url.endswith("#review=unreviewed")
    assert set(page.evaluate(rows)) == {True}
    expect(page.locator("#dated tr:not(.beside) .status .note", has_text="not reviewed").first).to_be_visible()
    apart = int(page.locator("#shown").text_content() or 0)
    page.goto(address(site, "timeline.html#review=reviewed"))
    expect(page.locator("#shown")).to_have_text(str(every - apart))
    assert set(page.evaluate(rows)) == {False}


def shown(page: Page, table: str) -> list[str]:
    return page.locator(f"#{table} .thing:not([hidden]) .name > a").all_text_contents()


def test_what_was_planned_after_april_2005_is_one_click_away(page: Page, site: Path, graph: Graph) -> None:
    page.goto(address(site, "timeline.html"))
    page.get_by_role("link", name="What was planned for 2005-04 or later").click()
    answer = Query.find("promises").run(graph, {"from": "2005-04-01"})
    what, state = answer.columns.index("what"), answer.columns.index("state")
    expected = {answer.labels[row[what]] for row in answer.rows if row[state] == NamedNode(PLANNED)}  # type: ignore[index]
    assert expected
    assert set(shown(page, "dated")) == expected
    assert page.locator("#shown").text_content() == str(len(expected))
    assert page.url.endswith("#status=planned&from=2005-04")
    expect(page.locator("#dated .thing:not([hidden]) .bar.announced").first).to_be_visible()
    assert shown(page, "undated")  # planned as well, without a date: not dropped


def test_nothing_that_was_held_or_completed_is_announced_only(page: Page, site: Path) -> None:
    page.goto(address(site, "timeline.html"))
    held = page.locator(".thing:has(.status:is(.done, .ongoing)) .name > a").all_text_contents()
    planned = page.locator(
        ".thing:has(.status.announced):has(.status:is(.done, .ongoing)) .name > a"
    ).all_text_contents()
    assert planned  # and held, as another row says
    every = page.locator("#shown").inner_text()
    page.get_by_role("link", name="Everything announced, but not reported to have happened").click()
    expect(page.locator("#shown")).not_to_have_text(every)
    left = shown(page, "dated") + shown(page, "undated")
    assert left
    assert not set(left) & set(held)


def test_a_filtered_view_is_kept_in_the_other_language_and_a_bar_opens_the_sentence_that_says_it(
    page: Page, site: Path
) -> None:
    page.goto(address(site, "timeline.html#kind=Event&source=oas-cim-2005"))
    row = page.locator("#dated .thing:not([hidden])", has_text="Lima").first
    row.locator("summary").first.press("Enter")
    expect(row.locator(".claim .sentence").first).to_be_visible()
    assert "source/oas-cim-2005.html#p27" in (row.locator(".claim .said a").first.get_attribute("href") or "")
    page.goto(address(site, "timeline.html#kind=Event&source=oas-cim-2005&from=2004-11&to=2004-12"))
    expect(page.locator("select[name=kind]")).to_have_value("Event")
    before = len(shown(page, "dated"))
    every = len(parsed(site / "timeline.html").xpath("//table[@id='dated']/tbody"))
    assert 0 < before < every
    page.locator("#other-language").click()
    assert page.evaluate("document.documentElement.lang") == "es"
    expect(page.locator("#shown")).to_have_text(str(before))
    page.locator("button[type=reset]").click()
    expect(page.locator("#shown")).to_have_text(str(every))


def test_bars_stay_within_the_axis_when_it_changes(page: Page, site: Path) -> None:
    page.goto(address(site, "timeline.html#status=planned&from=2005-04"))
    lefts = page.evaluate("""[...document.querySelectorAll('#dated .thing:not([hidden]) tr:not(.beside) .bar')]
        .map(bar => [...bar.querySelectorAll('.point, .maybe, .sure')].map(part => part.getBoundingClientRect()))
        .filter(parts => parts.length).map(parts => Math.max(...parts.map(part => part.right)))""")
    box = box_of(page.locator("#axis"))
    assert len(lefts) > 3
    assert all(box["x"] < right <= box["x"] + box["width"] + 12 for right in lefts)


def test_on_a_phone_the_bar_stands_under_the_name(phone: Page, site: Path) -> None:
    phone.goto(address(site, "timeline.html"))
    thing = phone.locator("#dated .thing").first
    name, bar = box_of(thing.locator(".name")), box_of(thing.locator(".bar").first)
    assert bar["y"] >= name["y"] + name["height"] - 1
