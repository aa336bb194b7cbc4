"""A person decides drafts: rows and the ledger change together, or nothing changes."""

import json
from dataclasses import replace

import pytest

from tests.drafts.conftest import BUS, GRANT, HOST, NAME, PLACE, TEXT, TWICE, Place, form, shown
from tipgraph.errors import BadValue, CallError, StaleVersion, UnknownName
from tipgraph.sources import Texts, locate_again, progress_of, read_source


def rows(place: Place, table: str) -> list[dict[str, str]]:
    source = read_source(place.folder)
    tables = {**source.tables, **source.books}
    return [row.cells for row in tables[table].rows] if table in tables else []


def test_a_decision_becomes_rows_and_a_line_at_once_and_can_be_undone(place: Place) -> None:
    session, before = place.session(part="reader 1"), place.files()
    state = session.state()
    assert (state["progress"], state["dropped"]) == (
        {"decided": 0, "open": 4, "done": 0, "paragraphs": 5},
        {"no place": 2},
    )
    grant, twice, bus = (shown(state, draft)["id"] for draft in (GRANT, TWICE, PLACE))
    assert shown(state, PLACE)["reads"] == "Night Bus: based in Lima"

    after = session.accept(state["version"], grant, 4.25)
    assert [paragraph["number"] for paragraph in after["paragraphs"]] == [2, 3]
    assert (shown(state, PLACE)["namings"], len(shown(state, PLACE)["entries"])) == (["Night Bus"], 1)
    assert (shown(after, PLACE)["namings"], shown(after, PLACE)["entries"]) == ([], [])
    assert shown(after, GRANT)["state"] == "accepted"
    [claim], [line] = rows(place, "funding"), rows(place, "draft-decisions")
    assert (claim["giver"], claim["receiver"], claim["amount"]) == ("reference/lantern-fund", "night-bus", "9000")
    assert line["row"] == f"funding/{claim['id']}"
    assert (line["id"], line["verdict"], line["seconds"], line["part"]) == (grant, "accepted", "4.2", "reader 1")
    assert [row["label"] for row in rows(place, "actors")] == ["Night Bus"]
    assert [row["name"] for row in rows(place, "namings")] == ["Night Bus"]
    spans = {TEXT[int(row["start"]) : int(row["end"])] for row in rows(place, "evidence")}
    assert spans == {GRANT.quote, "Night Bus"}
    assert not read_source(place.folder).faults

    with pytest.raises(CallError, match="1 draft has no decision in ¶2"):
        session.done(after["version"], 2, 1)
    after = session.reject(after["version"], twice, "not-said", 2)
    assert [row["reason"] for row in rows(place, "draft-decisions")] == ["", "not-said"]
    with pytest.raises(UnknownName, match="no draft without a decision"):
        session.accept(after["version"], twice, 1)

    cells = {**PLACE.cells, "affiliationKind": "part of nothing"}
    refused = session.accept(after["version"], bus, 1, form(cells, [], []))
    assert [fault["column"] for fault in refused["faults"]] == ["affiliationKind"]
    assert len(rows(place, "draft-decisions")) == 2
    start = TEXT.index("The Night Bus, a group")
    entries = [{"table": BUS.table, "cells": BUS.cells}]
    after = session.accept(after["version"], bus, 1, form(PLACE.cells, entries, [[start, start + 34]]))
    assert rows(place, "draft-decisions")[2]["changed"] == "quote"
    assert len(rows(place, "actors")) == 1
    assert "Night Bus is an entry already, and the claim is about it" in after["notices"]

    start = TEXT.index("asked Harbour Watch for advice")
    cells = {"agent": "Night Bus", "activityKind": "request", "description": "asked for advice"}
    after = session.miss(after["version"], "activities", form(cells, [], [[start, start + 30]]), 3, 9)
    assert "faults" not in after
    assert rows(place, "draft-decisions")[3]["verdict"] == "missed"
    after = session.done(after["version"], 3, 1)
    after = session.scope(after["version"], 5, "unread")
    assert after["progress"]["paragraphs"] == 5  # it is still to be read
    after = session.scope(after["version"], 5, "not-about")
    assert after["progress"] == {"decided": 3, "open": 1, "done": 2, "paragraphs": 5}  # what is read does not grow less
    line = rows(place, "draft-decisions")[-1]
    assert (line["paragraph"], line["verdict"], line["reason"], line["part"]) == (
        "5",
        "set-aside",
        "not-about",
        "reader 1",
    )
    after = session.scope(after["version"], 5, "")
    assert "set-aside" not in {row["verdict"] for row in rows(place, "draft-decisions")}
    after = session.scope(after["version"], 5, "not-about")

    assert place.session().state()["progress"] == after["progress"]  # another process sees the same
    while after["undo"]:
        after = session.undo(after["version"])
    assert place.files() == before
    assert session.state()["progress"]["open"] == 4


def test_of_two_sessions_the_one_that_did_not_see_a_change_writes_nothing(place: Place) -> None:
    first, second = place.session(), place.session()
    state = first.state()
    version, grant, twice = state["version"], shown(state, GRANT)["id"], shown(state, TWICE)["id"]
    assert second.state()["version"] == version
    after = first.accept(version, grant, 1)
    files = place.files()
    with pytest.raises(StaleVersion):
        second.accept(version, twice, 1)
    with pytest.raises(StaleVersion):
        second.reject(version, twice, "known", 1)
    with pytest.raises(StaleVersion):
        second.scope(version, 5, "not-about")
    with pytest.raises(StaleVersion):  # it has not shown that version
        second.reject(after["version"], twice, "known", 1)
    assert place.files() == files
    state = second.state()
    assert shown(state, GRANT)["state"] == "accepted"
    second.reject(state["version"], twice, "known", 1)
    with pytest.raises(StaleVersion):
        first.undo(after["version"])
    state = first.state()
    with pytest.raises(StaleVersion, match=r"draft-decisions\.csv: changed since .* can no longer be undone"):
        first.undo(state["version"])
    assert first.state()["undo"] is None  # so that it is not offered for ever
    assert NAME in state["source"]


def test_odd_calls_of_a_page_are_faults_and_a_new_entry_is_added_once(place: Place) -> None:
    session = place.session(replace(PLACE, entries=(BUS, BUS)))
    state = session.state()
    cells = {"agent": "Harbour Watch", "activityKind": "request", "description": "asked"}
    with pytest.raises(BadValue, match="its start and end"):
        session.miss(state["version"], "activities", form(cells, [], json.loads("[[Infinity, 3]]")), 3, 1)
    after = session.accept(state["version"], shown(state, PLACE)["id"], 1)
    assert after.get("faults") is None
    assert [row["label"] for row in rows(place, "actors")] == ["Night Bus"]
    assert len(rows(place, "namings")) == 1


def test_an_open_page_goes_on_after_its_text_was_corrected(place: Place) -> None:
    session = place.session(GRANT)
    state = session.state()
    (place.texts / f"{NAME}.txt").write_text(TEXT.replace("$9,000 twice", "$9,000 in March"), "utf-8")
    locate_again(NAME, Texts(place.texts), place.data)
    with pytest.raises(StaleVersion):
        session.done(state["version"], 5, 1)
    state = session.state()
    assert "in March" in state["paragraphs"][1]["text"]
    assert "faults" not in session.accept(state["version"], shown(state, GRANT)["id"], 1)


def test_a_paragraph_is_set_aside_once_its_drafts_are_decided(place: Place) -> None:
    session = place.session(HOST, replace(PLACE, cells={**PLACE.cells, "place": ""}))
    state = session.state()
    with pytest.raises(CallError, match="1 draft has no decision in ¶3"):
        session.scope(state["version"], 3, "not-about")
    with pytest.raises(CallError, match="1 draft has no decision in ¶4"):
        session.scope(state["version"], 4, "not-about")
    after = session.reject(state["version"], shown(state, HOST)["id"], "not-about", 1)
    after = session.scope(after["version"], 4, "not-about")
    assert after["progress"] == {"decided": 1, "open": 1, "done": 1, "paragraphs": 5}
    assert [row["verdict"] for row in rows(place, "draft-decisions")] == ["rejected", "set-aside"]


def test_two_readings_of_one_thing_are_one_card_and_its_rows_of_tables_are_to_be_read(place: Place) -> None:
    other = replace(GRANT, cells={**GRANT.cells, "amount": "900", "place": "Lima"}, producers=("model:small",))
    third = replace(GRANT, cells={**GRANT.cells, "amount": "90"}, producers=("rule:test",))  # of the same rule
    session = place.session(GRANT, other, third)
    state = session.state()
    cards = [draft for paragraph in state["paragraphs"] for draft in paragraph["drafts"]]
    assert [card["cells"]["amount"] for card in cards] == ["9000", "90"]
    assert cards[0]["producers"] == ["rule:test", "model:small"]
    others = {(one["column"], one["label"], one["producers"]) for one in cards[0]["others"]}
    assert others == {("amount", "900", ("model:small",)), ("place", "Lima", ("model:small",))}
    after = session.accept(state["version"], cards[0]["id"], 1)
    assert after["progress"]["open"] == 1
    line = rows(place, "draft-decisions")[-1]
    assert line["producers"] == "rule:test | model:small"

    session.scope(after["version"], 5, "table")
    ledger = place.folder / "draft-decisions.csv"
    ledger.write_text(
        "\n".join(ledger.read_text("utf-8").splitlines()[:2]) + "\n", "utf-8"
    )  # as `source add` leaves it
    session = place.session(GRANT)
    state = session.state()
    assert (state["paragraphs"][4]["scope"], state["paragraphs"][4]["row"]) == ("", 5)
    assert [amount["words"] for amount in state["paragraphs"][4]["amounts"]] == ["7"]
    [progress] = [each for each in progress_of(place.data, Texts(place.texts), lambda _: "") if each.name == NAME]
    assert 5 in (progress.unread or [])
    session.scope(state["version"], 5, "nothing-to-record", is_table=True)
    [progress] = [each for each in progress_of(place.data, Texts(place.texts), lambda _: "") if each.name == NAME]
    assert 5 not in (progress.unread or [])
