"""The sentence that answers a question: filled from the rows, and no stronger than they are."""

import pytest

from tipgraph.analysis import answered
from tipgraph.display import answer_sentence, answer_view
from tipgraph.graph import Graph, Query


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("query", Query.all(), ids=lambda query: query.name)
def test_each_question_says_its_answer_in_a_sentence(graph: Graph, query: Query, language: str) -> None:
    view = answer_view(answered(query, graph, language=language), language)
    template = query.header_in(language).answer
    sentence = answer_sentence(view, template, language)
    assert bool(sentence) == bool(view.rows and template)
    assert not {*"{}[]"} & {*sentence}


def test_rows_that_nobody_reviewed_are_counted_apart(graph: Graph) -> None:
    query = Query.find("funding")
    view = answer_view(answered(query, graph, {"in": "caribbean"}))
    template = "{giver|giver|givers}[; {rows with amount|row|rows} with an amount]: {rows|row|rows}."
    reviewed = [row for row in view.rows if not row.unreviewed]
    givers = len({row.terms[view.answer.columns.index("giver")] for row in reviewed})
    assert answer_sentence(view, template).startswith(f"{givers} givers: {len(reviewed)} rows.")
    assert not answer_sentence(answer_view(answered(query, graph, {"year": "1900"})), template)
