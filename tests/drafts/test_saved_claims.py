"""A person corrects and removes claims that the source has already: the row changes as a whole, or nothing changes."""

import csv
from typing import Any

import pytest

from tests.drafts.conftest import GRANT, NAME, TEXT, Place, form, saved, shown
from tests.drafts.test_session import rows
from tipgraph.curation.drafts.session.draft_session import DraftSession
from tipgraph.errors import StaleVersion

CONFLICT = ("id,claim,reason,foundBy,judgement", "c1,{0} | {0},two amounts,rule,open")
CORRECTION = (
    "id,what,askedBy,asked,decision,judgeKind,decided,column,value,reason",
    "k1,{0},editor,2026-11-28,correct,person,2026-11-28,amount,9001,a slip",
)


@pytest.fixture
def session(place: Place) -> DraftSession:
    """A session in which the grant was accepted, in another one."""
    place.text.chmod(0o600)
    first = place.session()
    state = first.state()
    first.accept(state["version"], shown(state, GRANT)["id"], 1)
    return place.session(part="reader 1")


def test_a_saved_claim_is_corrected_in_its_own_row(place: Place, session: DraftSession) -> None:
    state, before = session.state(), place.files()
    beside = {path.name: path.stat().st_mode & 0o777 for path in place.texts.glob(f"{NAME}.*")}
    assert beside == dict.fromkeys([f"{NAME}.{end}" for end in ("txt", "drafts.json", "quotes.csv")], 0o600)
    claim = saved(state, "funding")
    assert claim["reads"] == shown(state, GRANT)["reads"]
    assert (claim["origin"], claim["corrected"], claim["quotes"]) == ("accepted", "", [[GRANT.start, GRANT.end]])
    assert claim["labels"] == {"giver": "Lantern Fund", "receiver": "Night Bus"}

    def correct(version: str, quotes: list[list[int]], **cells: str) -> dict[str, Any]:
        own = {**claim["cells"], "note": "", **cells}
        return session.correct(version, claim["id"], claim["digest"], form(own, [], quotes), 3)

    refused = correct(state["version"], [], moneyKind="")
    assert [fault["column"] for fault in refused["faults"]] == ["moneyKind"]
    assert correct(state["version"], claim["quotes"])["undo"] is None  # nothing was changed
    assert place.files() == before

    start = TEXT.index("for two seminars in Lima")
    after = correct(state["version"], [[start, start + 24]], amount="900", receiver="Harbour Watch")
    [row], line = rows(place, "funding"), rows(place, "draft-decisions")[-1]
    assert (f"funding/{row['id']}", row["amount"]) == (claim["id"], "900")
    assert (row["giver"], row["receiver"]) == (claim["cells"]["giver"], "reference/harbour-watch")
    spans = {TEXT[int(cells["start"]) : int(cells["end"])] for cells in rows(place, "evidence")}
    assert spans == {"for two seminars in Lima", "Night Bus"}  # the words of the claim, and those of the naming
    assert (line["verdict"], line["row"], line["changed"]) == ("corrected", claim["id"], "amount | receiver | quote")
    assert (line["seconds"], line["part"], line["paragraph"]) == ("3.0", "reader 1", "2")
    now = saved(after, "funding")
    assert (now["origin"], now["corrected"]) == ("accepted", line["day"])
    found = place.figures()
    assert [found[name] for name in ("corrected", "removed", "accepted")] == [1, 0, 1]

    assert saved(session.undo(after["version"]), "funding") == claim
    assert place.files() == before


def test_the_row_of_another_program_is_not_overwritten(place: Place, session: DraftSession) -> None:
    claim = saved(session.state(), "funding")
    table = place.folder / "funding.csv"
    table.write_text(table.read_text("utf-8").replace("9000", "9500"), "utf-8")
    files, version = place.files(), session.state()["version"]  # the page looked again while its form was open
    with pytest.raises(StaleVersion):
        session.correct(version, claim["id"], claim["digest"], form({"amount": "900"}, [], []), 1)
    with pytest.raises(StaleVersion):
        session.remove(version, claim["id"], claim["digest"], "known", 1)
    assert place.files() == files
    now = saved(session.state(), "funding")
    assert now["cells"]["amount"] == "9500"
    after = session.correct(version, now["id"], now["digest"], form({"amount": "900"}, [], []), 1)
    assert saved(after, "funding")["cells"] == {**now["cells"], "amount": "900"}  # other columns stay


def test_a_claim_to_which_others_refer_is_not_removed(place: Place, session: DraftSession) -> None:
    claim = saved(session.state(), "funding")
    name, before = f"{NAME}/{claim['id']}", place.files()
    books = {
        place.folder / "funding.csv": (place.folder / "funding.csv").read_text("utf-8"),
        place.data / "reference" / "conflicts.csv": "",
        place.data / "reference" / "corrections.csv": "",
    }
    [row] = csv.DictReader(books[place.folder / "funding.csv"].splitlines())
    with (place.folder / "funding.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(row), lineterminator="\n")  # it has all columns of its kind
        table.writeheader()
        table.writerows([row, {**row, "id": "t1", "continues": claim["id"]}])
    for path, (columns, cells) in zip(list(books)[1:], (CONFLICT, CORRECTION), strict=True):
        path.write_text(f"{columns}\n{cells.format(name)}\n", "utf-8")

    state, files = session.state(), place.files()
    refused = session.remove(state["version"], claim["id"], claim["digest"], "known", 1)
    messages = [str(fault["message"]) for fault in refused["faults"]]
    assert [message.partition(": ")[0].rpartition("/")[2] for message in messages] == [
        "funding.csv:3",
        "conflicts.csv:2",
        "corrections.csv:2",
    ]
    assert "continues: refers to this claim; change or remove that row first" in messages[0]
    assert {fault["column"] for fault in refused["faults"]} == {""}  # they are no columns of the claim
    refused = session.correct(state["version"], claim["id"], claim["digest"], form({"amount": "9002"}, [], []), 1)
    assert [fault["column"] for fault in refused["faults"]] == ["amount"]  # every build would correct it anew
    assert place.files() == files
    after = session.correct(state["version"], claim["id"], claim["digest"], form({"date": "2020"}, [], []), 1)
    session.undo(after["version"])
    assert place.files() == files

    for path, text in books.items():
        path.write_text(text, "utf-8") if text else path.unlink()
    version = session.state()["version"]
    after = session.remove(version, claim["id"], claim["digest"], "not-said", 2)
    line = rows(place, "draft-decisions")[-1]
    assert (line["verdict"], line["reason"], line["row"]) == ("removed", "not-said", claim["id"])
    assert rows(place, "funding") == []
    assert [row["sentence"] for row in rows(place, "evidence")] == ["1"]  # that of the name of the bus
    assert shown(after, GRANT)["state"] == "rejected"
    assert place.figures()["removed"] == 1
    assert saved(session.undo(after["version"]), "funding") == claim
    assert place.files() == before
