"""Decisions about drafts live with their source: its text is corrected, it is built and retracted."""

from dataclasses import replace

from click.testing import CliRunner

from tests.drafts.conftest import DRAFTS, GRANT, NAME, PLACE, TEXT, TWICE, Listed, Place, shown
from tipgraph.cli import main
from tipgraph.curation.drafts.session.draft_session import DraftSession
from tipgraph.curation.drafts.session.draft_view import drafts_left
from tipgraph.pipeline.builder import build
from tipgraph.sources import Texts, digest, read_source

NEW = "A preface of 2022, by the Lantern Fund.\n\n"


def test_a_decision_stays_with_its_paragraph_and_becomes_no_statement(place: Place) -> None:
    def run(*words: str) -> str:
        texts = ["--texts", str(place.texts)] if words[1] != "retract" else []
        result = CliRunner().invoke(main, [*words, "--data", str(place.data), *texts], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    session = place.session(part="reader 1")
    state = session.state()
    after = session.accept(state["version"], shown(state, GRANT)["id"], 1)
    after = session.reject(after["version"], shown(state, TWICE)["id"], "not-said", 1)
    after = session.accept(after["version"], shown(state, PLACE)["id"], 1)
    session.done(after["version"], 3, 1)
    text = place.texts / f"{NAME}.txt"
    assert drafts_left(read_source(place.folder), Texts(place.texts)) == 1

    text.write_text(NEW + TEXT, "utf-8")
    assert drafts_left(read_source(place.folder), Texts(place.texts)) is None
    run("source", "locate", NAME, "--again")
    shift = {"paragraph": 1, "start": len(NEW), "end": len(NEW)}
    moved = [replace(one, **{name: getattr(one, name) + by for name, by in shift.items()}) for one in DRAFTS]
    state = place.session(*moved).state()
    assert [shown(state, one)["state"] for one in (GRANT, TWICE, PLACE)] == ["accepted", "rejected", "accepted"]
    assert [paragraph["number"] for paragraph in state["paragraphs"] if paragraph["done"]] == [4]

    ledger = (place.folder / "draft-decisions.csv").read_bytes()
    run("source", "sheet", NAME)
    run("source", "take", str(place.texts / f"{NAME}.xlsx"))
    assert (place.folder / "draft-decisions.csv").read_bytes() == ledger
    assert drafts_left(read_source(place.folder), Texts(place.texts)) == 1  # that of HOST
    statements = "".join(map(str, build(place.data).quads()))
    assert "Night Bus" in statements
    assert not [sign for sign in ("rule:test", "draft-decisions", "reader 1", "not-said") if sign in statements]
    run("source", "retract", NAME, "--reason", "it was a test", "--yes")
    assert not place.folder.exists()


def test_a_draft_that_knows_its_new_entry_by_now_stays_decided(place: Place) -> None:
    session = place.session(PLACE)
    state = session.state()
    session.accept(state["version"], shown(state, PLACE)["id"], 1)
    again = replace(PLACE, cells={**PLACE.cells, "affiliate": "actors/night-bus"}, entries=())
    place.drafts.unlink()
    assert shown(place.session(again).state(), PLACE)["state"] == "accepted"


def test_drafts_are_kept_until_the_text_or_the_drafter_changes(place: Place) -> None:
    first, other = Listed(*DRAFTS), Listed(PLACE, name="model:small")

    def opened(*drafters: Listed) -> int:
        session = DraftSession(NAME, Texts(place.texts), place.data, drafters=drafters)
        return sum(len(paragraph["drafts"]) for paragraph in session.state()["paragraphs"])

    assert (opened(first), opened(first), first.asked) == (4, 4, 1)
    assert (opened(first, other), opened(first, other), first.asked, other.asked) == (4, 4, 2, 1)
    first.about = {**first.about, "version": "2"}
    opened(first)
    assert (first.asked, other.asked) == (3, 1)
    opened(other)
    assert other.asked == 2  # only those of the drafters in use are kept: a model has its answers beside the text
    assert drafts_left(read_source(place.folder), Texts(place.texts)) == 1  # not those of a drafter that is not in use

    late = Listed(TWICE, name="model:slow")
    late.stopped = "the server did not answer"
    opened(late)
    late.stopped = ""
    opened(late)
    opened(late)
    assert late.asked == 2

    opened(first)
    actors, asked = place.data / "reference" / "actors.csv", first.asked
    opened(first)
    assert first.asked == asked
    actors.write_text(actors.read_text("utf-8") + "night-bus,Group,Night Bus\n", "utf-8")
    opened(first)
    opened(first)
    assert first.asked == asked + 1
    paragraphs = place.folder / "paragraphs.csv"
    session = DraftSession(NAME, Texts(place.texts), place.data, drafters=[first])
    session.scope(session.state()["version"], 5, "heading")
    opened(first)  # without that paragraph
    paragraphs.write_text(paragraphs.read_text("utf-8").replace("heading", ""), "utf-8")
    opened(first)
    assert first.asked == asked + 3

    wrong = Listed(replace(GRANT, quote="words of nobody"), replace(GRANT, table="victims"), name="inventor")
    dropped = DraftSession(NAME, Texts(place.texts), place.data, drafters=[wrong]).state()["dropped"]
    assert dropped == {
        "no place": 2,
        "words that are not in the text at their place": 1,
        "a table that the ontology does not have": 1,
    }
    for damage in (b"{", b"[]", b'{"text": "", "parts": [{"about": {}}]}', b"\xff"):
        place.drafts.write_bytes(damage)
        assert opened(first) == 4
    assert digest(TEXT) in (place.folder / "source.toml").read_text("utf-8")
