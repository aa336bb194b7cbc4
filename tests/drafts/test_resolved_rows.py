"""What a draft shows is what a decision writes, whatever was decided before."""

from typing import Any

from tests.drafts.conftest import BUS, GRANT, HOST, PLACE, TEXT, WALK, Place, draft, form, shown
from tests.drafts.test_session import rows
from tipgraph.curation.drafts.draft import Draft, Entry
from tipgraph.curation.drafts.session.draft_session import DraftSession

AREA = Entry("places", {"type": "Area", "label": "Lima"})
TOUR = Entry("undertakings", {"type": "Event", "label": "A walk in Lima"})
ADVICE = draft("activities", "asked Harbour Watch for advice", BUS, agent="Night Bus", activityKind="request",
               description="asked for advice")  # fmt: skip
NAMED_BUS = draft("namings", "The Night Bus", BUS, named="Night Bus", name="The Night Bus", nameKind="name")
NAMED_WALK = draft("namings", "a walk in Lima", TOUR, named="A walk in Lima", name="a walk in Lima",
                   nameKind="description")  # fmt: skip
NAMED_LIMA = draft("namings", "Lima on 4 May 2021", AREA, named="reference/places/lima", name="Lima",
                   nameKind="name")  # fmt: skip
WATCH = draft("participations", "Harbour Watch organized a walk", TOUR, participant="Harbour Watch", role="host",
              undertaking="A walk in Lima")  # fmt: skip
IN_LIMA = draft("affiliations", "The Night Bus, a group of Lima", AREA, BUS, affiliate="the Night Bus",
                affiliationKind="based-in", place="Lima")  # fmt: skip
DRAFTS = (GRANT, PLACE, HOST, ADVICE, NAMED_BUS, NAMED_WALK, NAMED_LIMA, WATCH, IN_LIMA)


def records(entries: list[Entry]) -> list[dict[str, Any]]:
    return [{"table": entry.table, "cells": dict(entry.cells)} for entry in entries]


def accepted(session: DraftSession, draft: Draft) -> str:
    """Accept a draft; return its sentence, after a look at that of the row it became."""
    state = session.state()
    before = shown(state, draft)
    after = session.accept(state["version"], before["id"], 1)
    assert "faults" not in after
    claims = {row["id"]: row["reads"] for paragraph in session.state()["paragraphs"] for row in paragraph["rows"]}
    assert claims[shown(session.state(), draft)["row"]] == before["reads"]
    return str(before["reads"])


def test_each_draft_is_saved_as_it_was_shown_after_names_were_changed(place: Place) -> None:
    session = place.session(*DRAFTS)
    version = session.state()["version"]
    walk = Entry("undertakings", {"type": "Event", "label": "Harbour Walk"})
    naming = shown(session.state(), NAMED_WALK)["id"]
    cells = {**NAMED_WALK.cells, "named": "Harbour Walk"}
    version = session.accept(version, naming, 1, form(cells, records([walk]), []))["version"]
    assert "Harbour Walk" in accepted(session, WATCH)  # the words of the draft are a name of it now

    state = session.state()
    bus = Entry("actors", {"type": "Group", "label": "Bus of Lima"})
    cells = {**shown(state, GRANT)["cells"], "receiver": "Bus of Lima"}
    after = session.accept(state["version"], shown(state, GRANT)["id"], 1, form(cells, records([bus]), []))
    assert [shown(after, draft)["reads"][:11] for draft in (PLACE, IN_LIMA)] == ["Bus of Lima"] * 2
    after = session.undo(after["version"])
    assert shown(after, PLACE)["reads"].startswith("Night Bus")
    session.accept(after["version"], shown(state, GRANT)["id"], 1, form(cells, records([bus]), []))
    for left in (NAMED_LIMA, IN_LIMA, PLACE, HOST, ADVICE, NAMED_BUS):
        accepted(session, left)

    labels = [row["label"] for table in ("actors", "undertakings") for row in rows(place, table)]
    assert labels == ["Bus of Lima", "Harbour Walk", WALK.cells["label"]]
    assert not rows(place, "places")
    assert {row["place"] for row in rows(place, "affiliations")} == {"reference/lima"}
    assert "Bus of Lima" not in {row["name"] for row in rows(place, "namings")}  # the text does not say it


def test_a_typed_name_is_the_row_that_has_it_and_a_rejected_entry_is_marked(place: Place) -> None:
    session = place.session(*DRAFTS)
    state = session.state()
    start = TEXT.index("The Night Bus, a group of Lima")
    cells = {"affiliate": "the Harbour watch", "affiliationKind": "based-in", "place": "the Americas"}
    entries = [Entry("places", {"type": "Area", "label": "the Americas"}),
               Entry("actors", {"type": "Group", "label": "the Harbour watch"})]  # fmt: skip
    after = session.miss(state["version"], "affiliations", form(cells, records(entries), [[start, start + 30]]), 3, 1)
    known = "{} is an entry already, and the claim is about it"
    assert set(after["notices"]) == {known.format("the Americas"), known.format("the Harbour watch")}
    assert not rows(place, "places") + rows(place, "actors")
    assert [row["reads"] for row in after["paragraphs"][0]["rows"]] == ["Harbour Watch: based in the Americas"]

    naming = shown(after, NAMED_BUS)["id"]
    after = session.reject(after["version"], naming, "not-said", 1)
    marks = {(entry["cells"]["label"], entry["rejected"]) for entry in shown(after, IN_LIMA)["entries"]}
    assert marks == {("Night Bus", True)}
    unknown = {"affiliate": "Nobody Known", "affiliationKind": "based-in", "place": "Lima"}
    entries = [Entry("places", {"label": "Lima"}), Entry("actors", {"type": "Ghost", "label": "Nobody Known"})]
    refused = session.miss(
        after["version"], "affiliations", form(unknown, records(entries), [[start, start + 30]]), 3, 1
    )
    assert {fault["entry"] for fault in refused["faults"]} - {0} == {2}  # as the person gave them
