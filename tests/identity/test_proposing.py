from pathlib import Path

import pytest

from tipgraph.curation.identity.candidates import judged_in, propose
from tipgraph.curation.identity.desk import IdentityDesk
from tipgraph.graph.graph import Graph
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.merge.judgements import Judgement


@pytest.fixture
def parted(copy: Path) -> Graph:
    """The small kit with no judgement at all."""
    identity = copy / "reference" / "identity.csv"
    identity.write_text(identity.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    return build(copy)


def pairs(graph: Graph, *judgements: Judgement, reopen: bool = False) -> list[tuple[str, str]]:
    return [(one.left, one.right) for one in propose(graph, judgements=judgements, reopen=reopen)]


LIMA = ("harbour-2020/places/lima", "reference/places/lima")


def test_what_nobody_has_judged_is_proposed(parted: Graph) -> None:
    (one,) = propose(parted)
    assert (one.left, one.right, one.score) == (*LIMA, 0.97)
    assert one.reasons[0].words == "the same name: Lima"


def test_what_was_judged_is_not_proposed_again_and_may_be_reopened(small: Graph, parted: Graph) -> None:
    assert pairs(small, *judged_in(small), reopen=True) == []
    for verdict in ("different", "unsure"):
        said = Judgement("reference/identity/j9", *LIMA, verdict, "tests", "person", "2026-11-24", "a reason")
        assert pairs(parted, said) == []
        (one,) = propose(parted, judgements=[said], reopen=True)
        assert one.judged == (said,)
    assert pairs(parted, Judgement("reference/identity/j9", *LIMA, "same"), reopen=True) == []


def test_what_is_different_through_a_third_is_not_proposed(parted: Graph) -> None:
    through = Judgement("j1", LIMA[0], "x/places/y", "same"), Judgement("j2", "x/places/y", LIMA[1], "different")
    assert pairs(parted, *through) == []


def test_only_what_a_source_names_and_only_a_kind(parted: Graph) -> None:
    assert len(propose(parted, source="harbour-2020")) == 1
    assert propose(parted, source="elsewhere") == []
    assert propose(parted, ["Actor"]) == []


def test_of_the_projects_own_data_all_is_judged(graph: Graph) -> None:
    desk = IdentityDesk(graph)
    assert desk.propose() == []
    again = desk.propose(reopen=True)
    assert again
    assert all(one.judged for one in again)


def test_what_only_the_label_of_a_kind_names_is_not_proposed(copy: Path) -> None:
    table = copy / "harbour-2020" / "actors.csv"
    columns = table.read_text("utf-8").partition("\n")[0].split(",")
    for label in ("International NGO", "Ministry", "Lamp Works"):
        for number in "12":
            cells = {"id": f"{label.lower().replace(' ', '-')}-{number}", "type": "Organization", "label": label}
            with table.open("a", encoding="utf-8") as rows:
                rows.write(",".join(cells.get(column, "") for column in columns) + "\n")
    assert pairs(build(copy)) == [("harbour-2020/actors/lamp-works-1", "harbour-2020/actors/lamp-works-2")]
