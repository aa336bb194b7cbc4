"""Each rule finds what contradicts, and leaves what does not; it speaks of things, whatever sources call them."""

from pathlib import Path

import pytest

from tests.conflicts.conftest import Tables, Write
from tipgraph.curation.conflicts import Case, ConflictDesk, Rule
from tipgraph.curation.conflicts.rules import propose
from tipgraph.errors import UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.graph.lookup import resolve
from tipgraph.pipeline.builder import build

UNDERTAKING = "undertaking,place,placeCount,partCount,status,date,dateBasis"
MONEY = "giver,receiver,purpose,moneyKind,amount,currency,date"
DOCUMENT = "document,publicationState,date"
NUMBER = "subject,value,upperValue,hedge,unit,per,population,basis,measure,sex,date"


def reports(*rows: str) -> Tables:
    return {"undertaking-reports": "\n".join([UNDERTAKING, *rows])}


def money(*rows: str) -> Tables:
    return {"funding": "\n".join([MONEY, *rows])}


def documents(*rows: str) -> Tables:
    return {"publication-reports": "\n".join([DOCUMENT, *rows])}


def numbers(*rows: str) -> Tables:
    return {"estimates": "\n".join([NUMBER, *rows])}


def found(data: Path) -> list[Case]:
    return propose(build(data), Rule.all())


FOUND = [
    ("event-dates", reports("event,,,,held,2020-06,"), reports("event,,,,held,2020-09-01,"),
     "The meeting: 2020-06 according to a-2020, 2020-09-01 according to b-2021"),
    ("event-dates", reports("event,,,,held,2020-06,", "event,,,,,2020-08,"), {},
     "The meeting: 2020-06 according to a-2020, 2020-08 according to a-2020"),
    ("document-dates", documents("text,adopted,2019"), documents("text,adopted,2020-01"),
     "The text, adopted: 2019 according to a-2020, 2020-01 according to b-2021"),
    ("beginnings", reports("project,,,,ongoing,2019/..,"), reports("project,,,,completed,2018-05/2020,"),
     "The project begins in 2019 according to a-2020, in 2018-05 according to b-2021"),
    ("counts", reports("series,,6,,,,"), reports("series,,7,,held,,"),
     "The meetings, number of places: 6 according to a-2020, 7 according to b-2021"),
    ("counts", reports("series,,,2,,,"), reports("series,,,3,,,"),
     "The meetings, number of parts: 2 according to a-2020, 3 according to b-2021"),
    ("places-listed", reports("series,,1,,,,"), reports("series,reference/lima | reference/peru,,,,,"),
     "The meetings: 1 places counted according to a-2020, 2 listed according to b-2021"),
    ("cancelled", reports("event,,,,held,,"), reports("event,,,,cancelled,,"),
     "The meeting: cancelled according to b-2021, held according to a-2020"),
    ("planned", reports("event,,,,planned,2021-05,"), reports("event,,,,held,2021-03,"),
     "The meeting: planned for 2021-05 according to a-2020 of 2020, held 2021-03 according to b-2021"),
    ("planned", reports("event,,,,held,2020-06,"), reports("event,,,,planned,,"),
     "The meeting: planned according to b-2021 of 2021, held 2020-06 according to a-2020"),
    ("planned", reports("event,,,,held,2022-01/2022-02,"), reports("event,,,,,2021-12,planned"),
     "The meeting: planned for 2021-12 according to b-2021 of 2021, held 2022-01 to 2022-02 according to a-2020"),
    ("money", money("giver,taker,project,awarded,1000,USD,2020"), money("giver,taker,project,awarded,1500.5,USD,2020"),
     "The giver is named for 1,000 USD according to a-2020, 1,500.5 USD according to b-2021"),
    ("numbers", numbers("reference/lima,40,,exact,persons,year,persons,detected,flow,,2020"),
     numbers("reference/lima,80,,at-least,persons,year,persons,detected,flow,,2020"),
     "Lima: 40 according to a-2020, at least 80 according to b-2021"),
]  # fmt: skip
LEFT = {
    "a year holds a month": (reports("event,,,,held,2020,"), reports("event,,,,held,2020-09,")),
    "meetings have many dates": (reports("series,,,,held,2020-06,"), reports("series,,,,held,2020-09,")),
    "a project goes on": (reports("project,,,,ongoing,2020-06,"), reports("project,,,,ongoing,2020-09,")),
    "a plan is kept": (reports("event,,,,planned,2021-03,"), reports("event,,,,held,2021-03,")),
    "a plan is held later, nobody says when": (reports("event,,,,planned,2021,"), reports("event,,,,held,,")),
    "two plans": (reports("event,,,,planned,2021-03,"), reports("event,,,,planned,2021-05,")),
    "a plan is cancelled": (reports("event,,,,planned,,"), reports("event,,,,cancelled,,")),
    "a project is planned otherwise": (reports("project,,,,,2019/2020,planned"), reports("project,,,,,2020/2021,")),
    "a beginning is less sharp": (reports("project,,,,ongoing,2019/..,"), reports("project,,,,ongoing,2019-05/..,")),
    "a beginning in a season": (reports("project,,,,ongoing,2019-21/..,"), reports("project,,,,ongoing,2019-05/..,")),
    "one source, two spans": (reports("project,,,,ongoing,2019/2020,", "project,,,,ongoing,2020/2021,"), {}),
    "fewer than planned": (reports("series,,7,,planned,,"), reports("series,,6,,held,,")),
    "fewer places listed": (reports("series,,3,,,,"), reports("series,reference/lima | reference/peru,,,,,")),
    "presented twice": (documents("text,presented,2019"), documents("text,presented,2020")),
    "completed, then released": (documents("text,completed,2019"), documents("text,released,2020")),
    "another day": (
        money("giver,taker,project,awarded,1000,USD,2020"), money("giver,taker,project,awarded,1500,USD,2021")),
    "no day": (money("giver,taker,project,awarded,1000,USD,"), money("giver,taker,project,awarded,1500,USD,")),
    "awarded and paid": (
        money("giver,taker,project,awarded,1000,USD,2020"), money("giver,taker,project,disbursed,1500,USD,2020")),
    "a later list of what may be promised or paid": (
        money("giver,taker,project,unknown,1000,USD,2020"), money("giver,taker,project,unknown,1500,USD,2020")),
    "another currency": (
        money("giver,taker,project,awarded,1000,USD,2020"), money("giver,taker,project,awarded,900,EUR,2020")),
    "one more purpose": (
        money("giver,taker,project,awarded,1000,USD,2020"),
        money("giver,taker,project | event,awarded,1500,USD,2020")),
    "another receiver": (
        money("giver,taker,project,awarded,1000,USD,2020"), money("taker,giver,project,awarded,1500,USD,2020")),
    "two payments of one source": (
        money("giver,taker,project,awarded,1000,USD,2020", "giver,taker,project,awarded,1500,USD,2020"), {}),
    "about is a tenth more or less": (
        numbers("reference/lima,40,,about,persons,year,persons,detected,flow,,2020"),
        numbers("reference/lima,43,,exact,persons,year,persons,detected,flow,,2020")),
    "a stock is no flow": (
        numbers("reference/lima,40,,exact,persons,year,persons,detected,flow,,2020"),
        numbers("reference/lima,80,,exact,persons,year,persons,detected,stock,,2020")),
    "women are not all": (
        numbers("reference/lima,40,,exact,persons,year,persons,detected,flow,,2020"),
        numbers("reference/lima,80,,exact,persons,year,persons,detected,flow,female,2020")),
}  # fmt: skip


@pytest.mark.parametrize(("rule", "first", "second", "reason"), FOUND, ids=[f"{one[0]}-{one[3]}" for one in FOUND])
def test_what_contradicts_is_found(write: Write, rule: str, first: Tables, second: Tables, reason: str) -> None:
    (one,) = found(write(first, second))
    assert (one.rule, one.answer) == (rule, None)
    assert one.reason == reason
    assert one.source == ("reference" if second else "a-2020")


@pytest.mark.parametrize(("first", "second"), LEFT.values(), ids=LEFT)
def test_what_does_not_contradict_is_left(write: Write, first: Tables, second: Tables) -> None:
    assert found(write(first, second)) == []


def test_every_rule_is_tried_and_says_itself_in_two_languages() -> None:
    names = {rule.name for rule in Rule.all()}
    assert names == {case[0] for case in FOUND}
    for rule in Rule.all():
        assert rule.summary() != rule.summary("es")
    with pytest.raises(UnknownName, match=r"'dates' is no rule .* beginnings, cancelled"):
        Rule.find("dates")


def test_a_pair_is_one_proposal_whose_id_is_that_of_the_rule_in_every_build(write: Write) -> None:
    data = write(reports("event,,,,cancelled,2020-06,"), reports("event,,,,held,2020-09,"))
    (one,), (again,) = found(data), found(data)
    assert one.rule == "cancelled", "though another rule finds it too"
    assert one.id == again.id == "reference/cancelled-" + one.id[-10:]
    assert one.iri.value.endswith(f"/id/reference/conflicts/{one.row}")
    (data / "reference" / "identity.csv").unlink()
    assert found(data) == [], "things that nobody judged one contradict nothing"


def test_lists_of_one_day_with_two_amounts_contradict_each_other(write: Write) -> None:
    data = write(*(money(f"giver,taker,project,unknown,{amount},USD,2020") for amount in (1000, 1500)))
    settings = data / "a-2020" / "source.toml"
    settings.write_text(settings.read_text("utf-8").replace('issued = "2020"', 'issued = "2021"'), "utf-8")
    (one,) = found(data)
    assert one.reason == "The giver is named for 1,000 USD according to a-2020, 1,500 USD according to b-2021"


def test_the_rules_find_what_readers_found_and_no_more_and_cases_are_chosen_by_thing_and_source(graph: Graph) -> None:
    """Each proposal on our own data was looked at beside the texts."""
    every, desk = propose(graph, Rule.all()), ConflictDesk(graph)
    assert [(one.rule, one.source) for one in every] == [
        ("beginnings", "reference"),
        ("places-listed", "reference"),
        ("places-listed", "oas-cim-2005"),
    ]
    assert not [one for one in desk.cases() if one.rule]
    about = desk.about(resolve(graph, "caribbean-seminars"), desk.cases())
    assert {"oas-cim-2005/p31-1", "reference/seminar-places"} <= {one.id for one in about}
    assert len(about) < len(desk.cases(source="oas-cim-2005")) < len(desk.cases())
