"""The page of promises: parts are below their wholes, and the source of most of them is named."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.pages.conftest import parsed
from tipgraph.graph import Query
from tipgraph.graph.graph import Graph
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.promises import Promise, gathered, nested
from tipgraph.outputs.site.site_tree import Site
from tipgraph.sources import Texts


@pytest.fixture(scope="module")
def promises(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> list[Promise]:
    site = Site(tmp_path_factory.mktemp("promises"), "en")
    return gathered(Claims(graph, site, Texts()))


def test_the_parts_of_a_promise_are_below_it(promises: list[Promise]) -> None:
    rows = nested(promises)
    assert sorted(row.promise.anchor for row in rows) == sorted(promise.anchor for promise in promises)
    whole = next(
        at for at, row in enumerate(rows) if row.promise.label == "Training seminars planned for the coming months"
    )
    parts = [row for row in rows[whole + 1 : whole + 7] if row.whole == rows[whole].promise.label]
    assert [row.depth for row in parts] == [1] * 6
    assert "Seminar planned in Ecuador, summer 2005" in {row.promise.label for row in parts}
    assert rows[whole].depth == 0


def test_entries_that_are_parts_of_each_other_are_listed_once(promises: list[Promise]) -> None:
    part = next(row.promise for row in nested(promises) if row.whole)
    (view, *_), (whole, *_) = part.plans, part.wholes
    circle = replace(part, iri=whole, plans=[replace(view, nodes={"partOf": [part.iri]})])
    assert [(row.promise.iri, row.depth) for row in nested([part, circle])] == [(part.iri, 0), (whole, 1)]
    alone = replace(part, plans=[replace(view, nodes={"partOf": [part.iri]})])
    assert [row.depth for row in nested([alone])] == [0]


def test_the_source_of_most_promises_is_named_with_its_date(site: Path, graph: Graph) -> None:
    answer = Query.find("promises").run(graph)
    what, state, claim = (answer.columns.index(name) for name in ("what", "state", "claim"))
    promises = {
        ((str(row[what]), "money" in str(row[state])), "/oas-cim-2005/" in str(row[claim])) for row in answer.rows
    }
    page = parsed(site / "promises.html")
    numbers = f"{sum(own for _, own in promises)} of {len({entry for entry, _ in promises})}"
    (sentence,) = page.xpath("//p[a[contains(@href, 'source/')]][contains(., 'announced in one source')]")
    assert " ".join(sentence.text_content().split()).startswith(f"{numbers} are announced in one source: ")
    assert sentence.text_content().strip().endswith(", April 2005.")
