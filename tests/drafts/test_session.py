"""A person decides drafts: rows and the ledger change together, or nothing changes."""

from typing import Any

import pytest

from tests.drafts.conftest import GRANT, NAME, PLACE, TEXT, TWICE, Place
from tipgraph.curation.drafts.draft import Draft
from tipgraph.errors import CallError, StaleVersion, UnknownName
from tipgraph.sources import read_source


def shown(state: dict[str, Any], draft: Draft) -> dict[str, Any]:
    """Return a draft as it is shown."""
    every = [each for paragraph in state["paragraphs"] for each in paragraph["drafts"]]
    return next(each for each in every if each["id"] == draft.id)


def rows(place: Place, table: str) -> list[dict[str, str]]:
    source = read_source(place.folder)
    tables = {**source.tables, **source.books}
    return [row.cells for row in tables[table].rows] if table in tables else []


def test_a_decision_becomes_rows_and_a_line_at_once_and_can_be_undone(place: Place) -> None:
    session, before = place.session(part="reader 1"), place.files()
    state = session.state()
    assert (state["progress"], state["dropped"]) == (
        {"decided": 0, "open": 3, "done": 0, "paragraphs": 5},
        {"no place": 2},
    )
    assert shown(state, PLACE)["reads"] == "Night Bus: based in Lima"

    after = session.accept(state["version"], GRANT.id, 4.25)
    assert [paragraph["number"] for paragraph in after["paragraphs"]] == [2]
    assert shown(after, GRANT)["state"] == "accepted"
    [claim], [line] = rows(place, "funding"), rows(place, "draft-decisions")
    assert (claim["giver"], claim["receiver"], claim["amount"]) == ("reference/lantern-fund", "night-bus", "9000")
    assert line["row"] == f"funding/{claim['id']}"
    assert (line["id"], line["verdict"], line["seconds"], line["part"]) == (GRANT.id, "accepted", "4.2", "reader 1")
    assert [row["label"] for row in rows(place, "actors")] == ["Night Bus"]
    assert [row["name"] for row in rows(place, "namings")] == ["Night Bus"]
    spans = {TEXT[int(row["start"]) : int(row["end"])] for row in rows(place, "evidence")}
    assert spans == {GRANT.quote, "Night Bus"}
    assert not read_source(place.folder).faults

    with pytest.raises(CallError, match="1 draft has no decision in ¶2"):
        session.done(after["version"], 2, 1)
    after = session.reject(after["version"], TWICE.id, "not-said", 2)
    assert [row["reason"] for row in rows(place, "draft-decisions")] == ["", "not-said"]
    with pytest.raises(UnknownName, match="no draft without a decision"):
        session.accept(after["version"], TWICE.id, 1)

    cells = {**PLACE.cells, "affiliationKind": "part of nothing"}
    refused = session.edit(after["version"], PLACE.id, cells, [], [], 1)
    assert [fault["column"] for fault in refused["faults"]] == ["affiliationKind"]
    assert len(rows(place, "draft-decisions")) == 2
    start = TEXT.index("The Night Bus, a group")
    after = session.edit(after["version"], PLACE.id, PLACE.cells, [], [[start, start + 34]], 1)
    assert rows(place, "draft-decisions")[2]["changed"] == "entries | quote"
    assert len(rows(place, "actors")) == 1  # the entry is there already

    start = TEXT.index("asked Harbour Watch for advice")
    cells = {"agent": "Night Bus", "activityKind": "request", "description": "asked for advice"}
    after = session.miss(after["version"], "activities", cells, [], [[start, start + 30]], 3, 9)
    assert "faults" not in after
    assert rows(place, "draft-decisions")[3]["verdict"] == "missed"
    after = session.done(after["version"], 3, 1)
    after = session.scope(after["version"], 5, "not-about")
    assert after["progress"] == {"decided": 3, "open": 0, "done": 1, "paragraphs": 4}

    assert place.session().state()["progress"] == after["progress"]  # another process sees the same
    while after["undo"]:
        after = session.undo(after["version"])
    assert place.files() == before
    assert session.state()["progress"]["open"] == 3


def test_of_two_sessions_the_one_that_did_not_see_a_change_writes_nothing(place: Place) -> None:
    first, second = place.session(), place.session()
    version = first.state()["version"]
    assert second.state()["version"] == version
    after = first.accept(version, GRANT.id, 1)
    files = place.files()
    with pytest.raises(StaleVersion):
        second.accept(version, TWICE.id, 1)
    with pytest.raises(StaleVersion):
        second.reject(version, TWICE.id, "known", 1)
    with pytest.raises(StaleVersion):
        second.scope(version, 5, "not-about")
    with pytest.raises(StaleVersion):  # it has not shown that version
        second.reject(after["version"], TWICE.id, "known", 1)
    assert place.files() == files
    state = second.state()
    assert shown(state, GRANT)["state"] == "accepted"
    second.reject(state["version"], TWICE.id, "known", 1)
    with pytest.raises(StaleVersion):
        first.undo(after["version"])
    assert NAME in state["source"]
