"""Rules write headlines from a graph, and claims prove each."""

from pathlib import Path

import pytest

from tipgraph.analysis import headlines
from tipgraph.analysis.headline_rules import MACHINE_REVIEWED, SECOND_HAND
from tipgraph.errors import GraphError
from tipgraph.graph import Graph, sparql
from tipgraph.model import DATA, fields, kit

FOLDER = kit.folder("queries") / "finding"
FILES = sorted(FOLDER.glob("*.rq"))


def test_only_firm_or_machine_reviewed_evidence_leads_and_a_document_that_nobody_had_is_second_hand(
    graph: Graph,
) -> None:
    every = headlines(graph)
    leading = [headline for headline in every if headline.may_lead]
    assert [headline.grade for headline in every] == sorted(headline.grade for headline in every)
    assert leading[0].sentence == "For 41 of 47 items of funding, the cited sentences do not say how much"
    assert (leading[0].grade, leading[0].sources) == (MACHINE_REVIEWED, 6)
    assert (
        "".join(word.text for word in leading[0].beside)
        == "For 41 of 51 items of funding, the cited sentences do not say how much"
    )
    absent = [{place.absent for place in graph.cite(headline.claims)[claim]} for headline in leading
              for claim in headline.claims]  # fmt: skip
    assert {"cited"} not in absent
    assert min(len(headline.claims) for headline in every) >= 5
    (drift,) = [headline for headline in every if headline.rule == "number-drift"]
    assert drift.sentence == (
        "Latin America and the Caribbean to Japan, 4 documents since 2005: "
        "repeated in other documents, about 1,700 victims seem to become about 700,000 women"
    )
    assert drift.grade == SECOND_HAND  # three of the documents are only cited
    assert {claim.value.rpartition("/id/")[2] for claim in drift.claims} >= {
        "oas-cim-2005/estimates/p23-1", "law-forum/estimates/1", "reference/restatements/r5",
    }  # fmt: skip


def test_a_rule_has_one_denominator_and_says_which(graph: Graph) -> None:
    every = headlines(graph)
    counted = {headline.rule: {other.counts for other in every if other.rule == headline.rule} for headline in every}
    assert all(len(counts) == 1 for counts in counted.values())
    assert (counted["amount-unknown"], counted["no-result"]) == ({"read"}, {"all"})
    reviewed = [headline for headline in every if headline.counts == "read"]
    sources = {claim.value.removeprefix(DATA).partition("/")[0] for headline in reviewed for claim in headline.claims}
    assert "state-gtip-2009" in sources
    assert not sources & {"state-tip-2022", "state-tip-2024"}


def test_a_graph_that_no_rule_read_is_counted_whole(small: Graph) -> None:
    assert {headline.counts for headline in headlines(small)} <= {""}


def test_claims_prove_every_headline_of_the_kit(graph: Graph) -> None:
    every = headlines(graph)
    assert {headline.rule for headline in every} == {file.stem for file in FILES}
    for headline in every:
        assert headline.claims
        assert graph.cite(headline.claims).keys() == set(headline.claims)
        assert "…" not in headline.sentence


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_rule_has_its_words_in_both_languages_and_a_rank(file: Path) -> None:
    text = file.read_text("utf-8")
    english, spanish = sparql.header(text), sparql.header(text, "es")
    assert english.rank < sparql.LAST
    for words in ("summary", "detail", "sentence"):
        assert getattr(english, words)
        assert getattr(english, words) != getattr(spanish, words)
    assert sorted(fields(english.sentence)) == sorted(fields(spanish.sentence))


def test_the_ranks_of_rules_differ() -> None:
    ranks = [sparql.header(file.read_text("utf-8")).rank for file in FILES]
    assert sorted(set(ranks)) == sorted(ranks)


def test_a_graph_without_claims_has_no_headline() -> None:
    assert headlines(Graph([])) == []


def test_a_project_adds_a_rule(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "queries" / "finding"
    own.mkdir(parents=True)
    (tmp_path / "data").mkdir()
    (tmp_path / "tipgraph.toml").write_text(
        'title = "Own"\nnamespace = "https://own.example/ns#"\nprefix = "own"\n', "utf-8"
    )
    rule = own / "countries.rq"
    rule.write_text("#+ summary: Own\n#+ rank: 0\nSELECT ?claim WHERE { ?claim a tip:Mandate }\n", "utf-8")
    monkeypatch.setenv("TIPGRAPH_PROJECT", str(tmp_path))
    kit.forget()
    try:
        with pytest.raises(GraphError, match="has no sentence"):
            headlines(graph)
        rule.write_text(f"#+ sentence: Mandates\n{rule.read_text('utf-8')}", "utf-8")
        assert "Mandates" in {headline.sentence for headline in headlines(graph)}
    finally:
        monkeypatch.undo()
        kit.forget()
