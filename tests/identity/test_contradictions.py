from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import faults_of
from tipgraph.pipeline.merge.judgements import Judgement, contradictions, representatives, same_chain

HEADER = "id,left,right,verdict,judge,judgeKind,judged,reason\n"
VERDICTS = st.sampled_from(["same", "different", "unsure"])


def judged(number: int, left: str, right: str, verdict: str = "same", judge: str = "an editor") -> Judgement:
    return Judgement(f"reference/identity/j{number}", left, right, verdict, judge, "person", "2026-11-24", "a reason")


def told(*judgements: Judgement) -> list[str]:
    return [f"{fault.column}: {fault.message}" for fault in contradictions(judgements, {"a": "Actor", "p": "Place"})]


def test_the_whole_way_from_one_node_to_the_other_is_shown() -> None:
    (message,) = told(judged(1, "a", "b"), judged(2, "c", "b"), judged(3, "c", "d"), judged(4, "a", "d", "different"))
    for number in (1, 2, 3, 4):
        assert f"j{number}: " in message
    assert "(an editor, a person, 2026-11-24: a reason)" in message


@pytest.mark.parametrize(
    ("judgements", "message"),
    [
        ([judged(1, "a", "a")], "a is judged beside itself"),
        ([judged(1, "a", "p")], "a (Actor) and p (Place) are unlike things"),
        ([judged(1, "a", "b"), judged(2, "b", "a")], "repeats j1"),
        ([judged(1, "a", "b"), judged(2, "b", "a", "unsure")], "judged unsure, but j1: a and b are the same"),
        ([judged(1, "a", "b", "different"), judged(2, "a", "b", "same", "another")], "judged same, but j1"),
    ],
)
def test_what_no_row_may_say(judgements: Iterable[Judgement], message: str) -> None:
    assert message in "\n".join(told(*judgements))


def test_two_judges_may_agree_and_unlike_things_may_be_judged_different() -> None:
    assert told(judged(1, "a", "b"), judged(2, "a", "b", judge="another"), judged(3, "a", "p", "different")) == []


def test_a_fault_names_the_file_and_the_row(copy: Path) -> None:
    (copy / "reference" / "identity.csv").write_text(
        HEADER
        + "j1,harbour-2020/lima,reference/lima,same,tests,person,2026-11-24,one city\n\n"
        + "j2,reference/lima,harbour-2020/lima,different,tests,person,2026-11-25,two cities\n"
        + "j3,harbour-2020/casa-clara,reference/lima,same,tests,person,2026-11-24,a mistake\n"
        + "j4,reference/peru,reference/peru,unsure,tests,person,2026-11-24,a mistake\n",
        "utf-8",
    )
    lines = faults_of(copy)
    assert any("identity.csv:4: reference/identity/j2: judged different, but j1: " in line for line in lines), lines
    assert any("identity.csv:4: reference/identity/j2: judged different, but other" in line for line in lines), lines
    assert any("identity.csv:5: reference/identity/j3: harbour-2020/actors/casa-clara (Actor)" in one for one in lines)
    assert any("identity.csv:6: reference/identity/j4: " in line for line in lines), lines


NODES = st.sampled_from("abcdefg")
BOOKS = st.lists(st.tuples(NODES, NODES, VERDICTS), max_size=14)


@given(BOOKS)
def test_two_nodes_are_one_where_a_way_leads_from_one_to_the_other(rows: list[tuple[str, str, str]]) -> None:
    book = [judged(number, *row) for number, row in enumerate(rows)]
    stands = representatives(book)
    for left in "abcdefg":
        for right in "abcdefg":
            way = same_chain(book, left, right)
            assert bool(way) == (left != right and stands.get(left, left) == stands.get(right, right))
            if way:
                assert {left, right} <= {node for one in way for node in one.pair}
                assert all(one.verdict == "same" for one in way)


def test_a_long_chain_is_joined_in_no_time() -> None:
    book = [judged(number, f"n{number}", f"n{number + 1}") for number in range(20_000)]
    assert set(representatives(book).values()) == {"n0"}
    assert len(same_chain(book, "n0", "n20000")) == 20_000
