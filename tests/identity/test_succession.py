"""A successor is another entry: nothing of both is joined, and each names the other."""

from pathlib import Path

import pytest

from tests.identity.test_judging import CLARA, FUND, WHO
from tipgraph import Query, build, show
from tipgraph.curation import IdentityDesk, Proposal
from tipgraph.errors import CallError
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, data_iri
from tipgraph.pipeline.merge.judgements import Judgement, contradictions


@pytest.mark.parametrize(("verdict", "old", "new"), [("successor", CLARA, FUND), ("predecessor", FUND, CLARA)])
def test_both_stay_and_each_names_the_other(copy: Path, small: Graph, verdict: str, old: str, new: str) -> None:
    desk = IdentityDesk(small, copy)
    decision = desk.decide(Proposal(CLARA, FUND), verdict, **WHO)
    assert f"{new} succeeded {old} (tests" in str(decision)
    with pytest.raises(CallError, match="was judged before"):
        desk.decide(Proposal(FUND, CLARA), "same", **WHO)
    graph = build(copy)
    for entry, other, words in ((old, new, "succeeded by"), (new, old, "successor of")):
        account, before = (show(one, DATA + entry) for one in (graph, small))
        traits = {trait.name: trait.term for trait in account.traits}
        assert traits[words] == data_iri(other)
        assert [claim.key for claim in account.claims] == [claim.key for claim in before.claims]
    answer = Query.find("actors").run(graph, {})
    at = answer.columns.index("succeededBy")
    ((actor, successor),) = {(row[0], row[at]) for row in answer.rows if row[at]}
    assert (actor, successor) == (data_iri(old), data_iri(new))


def test_a_succession_that_is_turned_or_joined_is_a_contradiction() -> None:
    judgements = [
        Judgement("reference/identity/j1", "a", "b", "successor"),
        Judgement("reference/identity/j2", "b", "a", "successor"),
        Judgement("reference/identity/j3", "a", "c", "same"),
        Judgement("reference/identity/j4", "b", "c", "same"),
    ]
    assert contradictions(judgements[:1], {}) == []
    assert "judged successor, but j1: b succeeded a" in contradictions(judgements[:2], {})[0].message
    (joined,) = contradictions([judgements[0], *judgements[2:]], {})
    assert "judged successor, but other judgements join a and b" in joined.message
    (unlike,) = contradictions(judgements[:1], {"a": "Actor", "b": "Place"})
    assert "unlike things" in unlike.message
