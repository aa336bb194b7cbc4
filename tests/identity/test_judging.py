"""The book of judgements: rows are added, replaced and taken back, and all others stay as they are, byte for byte."""

from pathlib import Path
from typing import TypedDict

import pytest

from tipgraph.curation import IdentityDesk, Judge, Proposal
from tipgraph.errors import CallError, TipgraphError
from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.merge.nodes import Nodes

CLARA, FUND = "harbour-2020/actors/casa-clara", "harbour-2020/actors/lantern-fund"
LIMA, HERE = "reference/places/lima", "harbour-2020/places/lima"


class Who(TypedDict):
    judge: Judge
    reason: str


WHO: Who = {"judge": Judge("tests", "person"), "reason": "a reason"}


@pytest.fixture
def nodes(small: Graph) -> Nodes:
    return Nodes.of(small)


@pytest.fixture
def desk(copy: Path, small: Graph) -> IdentityDesk:
    return IdentityDesk(small, copy)


def test_an_answer_is_a_row_with_who_when_and_why_and_builds(desk: IdentityDesk, copy: Path) -> None:
    before = desk.ledger.path.read_bytes()
    one = desk.decide(
        Proposal(CLARA, FUND),
        "unsure",
        judge=Judge("an editor", "person"),
        reason="one house, perhaps",
        day="2026-11-25",
    )
    assert list(one.ids) == ["j0dc97b00"], "it depends on nothing but the cells"
    said = b'unsure,an editor,person,2026-11-25,"one house, perhaps"'
    added = b"j0dc97b00,harbour-2020/casa-clara,harbour-2020/lantern-fund,%s\n" % said
    assert desk.ledger.path.read_bytes() == before + added
    assert str(desk.written()[-1]) == str(one)
    assert build(copy)


def test_equal_identifiers_with_like_names_are_accepted_at_once(desk: IdentityDesk) -> None:
    certain = Proposal(CLARA, FUND, 0.99, identifier="XM-1", is_certain=True)
    perhaps = Proposal(CLARA, "harbour-2020/actors/harbour-watch", 0.99, identifier="XM-2")
    accepted = desk.accept([certain, perhaps, certain], **WHO)
    assert [one.case for one in accepted] == [certain]
    assert desk.written()[-1].reason == "XM-1: a reason"


def test_a_judgement_is_reopened_only_where_that_is_asked_for(desk: IdentityDesk) -> None:
    desk.decide(Proposal(CLARA, FUND), "different", **WHO)
    with pytest.raises(CallError, match=r"judged before: j[0-9a-f]{8}: .*--reopen replaces it"):
        desk.decide(Proposal(FUND, CLARA), "same", **WHO)
    second = desk.decide(Proposal(FUND, CLARA), "same", **WHO, replace=True)
    assert [one.number for one in desk.written()] == ["j1", *second.ids]


def test_what_would_contradict_is_refused_with_the_whole_way(desk: IdentityDesk) -> None:
    with pytest.raises(CallError, match=r"same name of a city\)|judged before: j1"):
        desk.decide(Proposal(HERE, LIMA), "different", **WHO)
    desk.decide(Proposal(CLARA, FUND), "same", **WHO)
    watch = "harbour-2020/actors/harbour-watch"
    desk.decide(Proposal(FUND, watch), "different", **WHO)
    with pytest.raises(CallError, match=r"judged different, but other judgements join .*: j.{8}: .*; j.{8}: "):
        desk.decide(Proposal(CLARA, watch), "same", **WHO)
    with pytest.raises(CallError, match=r"no answer is about .* and .*; these judgements decide it: j.{8}: "):
        desk.undo(CLARA, watch)


@pytest.mark.parametrize(
    ("left", "right", "verdict", "told"),
    [
        (CLARA, CLARA, "same", "is judged beside itself"),
        (CLARA, LIMA, "same", r"\(Actor\) and .* \(Place\) are unlike things"),
        (CLARA, FUND, "perhaps", "is no verdict"),
    ],
)
def test_what_cannot_be_judged(desk: IdentityDesk, left: str, right: str, verdict: str, told: str) -> None:
    before = desk.ledger.path.read_bytes()
    with pytest.raises(CallError, match=told):
        desk.decide(Proposal(left, right), verdict, **WHO)
    assert desk.ledger.path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "  ", "a\nb", "a\rb", "a\u2028b", "\x1b[2J", "a\u202eb"])
def test_words_that_no_table_may_hold(desk: IdentityDesk, text: str) -> None:
    before = desk.ledger.path.read_bytes()
    for judge, reason in ((text, "x"), ("x", text)):
        with pytest.raises(CallError):
            desk.decide(Proposal(CLARA, FUND), "same", judge=Judge(judge, "person"), reason=reason)
    assert desk.ledger.path.read_bytes() == before


def test_names_of_nodes(nodes: Nodes) -> None:
    assert (
        nodes.find("harbour-2020/lima") == nodes.find("https://w3id.org/tipgraph/id/harbour-2020/places/lima") == HERE
    )
    assert nodes.known("lima") == LIMA
    assert nodes.known("elsewhere/lima") == "elsewhere/lima"
    assert (nodes.root(CLARA), nodes.root("harbour-2020")) == ("Actor", "Document")
    for wrong in ("lima", "harbour-2020/nobody", ""):
        with pytest.raises(TipgraphError, match="is no thing here"):
            nodes.find(wrong)
    two = Nodes([("a/actors/x", "Actor"), ("a/places/x", "Place")])
    assert two.short("a/actors/x") == "a/actors/x"
    with pytest.raises(TipgraphError, match="several entries; write one of a/actors/x, a/places/x"):
        two.find("a/x")
