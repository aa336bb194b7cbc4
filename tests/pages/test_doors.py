"""Every claim of the project at every door: what weakens it and who has reviewed it are carried with it."""

import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import statements_of
from tests.pages.conftest import carried, packed_in
from tipgraph.analysis.network import EVERY, claims_of, edges_of, networks, project, tie_words
from tipgraph.display.answers import answer_view
from tipgraph.display.claims import ClaimView, StoredClaims
from tipgraph.display.text.answers import answer_records, answer_text
from tipgraph.graph.graph import Graph
from tipgraph.graph.query import Query
from tipgraph.model import DATA, DERIVED, ONTOLOGY
from tipgraph.outputs.files import table_rows
from tipgraph.outputs.files.extract import extract
from tipgraph.sources.folder import Texts

NOT_YET = {
    "status-planned": "planned", "status-proposed": "proposed", "money-kind-proposed": "proposed",
    "money-kind-pledged": "pledged", "role-invited": "invited", "role-named": "named",
    "role-target-group": "target group",
    "publication-state-forthcoming": "forthcoming", "publication-state-being-drafted": "being drafted",
    "publication-state-requested": "requested", "modality-implied": "implied", "review-unreviewed": "not reviewed",
    "assessment-doubtful": "doubtful", "assessment-wrong": "wrong",
}  # fmt: skip
REVIEWERS = {"judge-kind-ai-agent": "AI agent", "judge-kind-person": "person", "judge-kind-rule": "rule"}


@pytest.fixture(scope="module")
def rows(graph: Graph) -> dict[str, dict[str, set[str]]]:
    """What each row of the tables says, by the local names of its properties: what was derived is left aside."""
    found: dict[str, dict[str, set[str]]] = {}
    for quad in statements_of(graph):
        if quad.source not in (DERIVED, ONTOLOGY):
            values = found.setdefault(quad.subject.value, {})
            values.setdefault(quad.predicate.value.rpartition("#")[2], set()).add(quad.object.value.rpartition("#")[2])
    return found


@pytest.fixture(scope="module")
def weak(graph: Graph, rows: Mapping[str, Mapping[str, set[str]]]) -> dict[str, set[str]]:
    """The words that must stand beside each claim wherever it is shown, by its row and those on its undertaking."""
    said: dict[str, set[str]] = {}
    found: dict[str, set[str]] = {}
    for row in rows.values():
        for assessed in row["claim"] if "Assessment" in row.get("type", ()) and "stale" not in row else ():
            found.setdefault(assessed, set()).update(row["assessment"])
        if "UndertakingReport" in row.get("type", ()):
            for undertaking in row["undertaking"]:
                said.setdefault(undertaking, set()).update(row.get("status", ()))
    weak = {}
    for claim in StoredClaims.of_graph(graph).views():
        row = rows[claim.value]
        codes = {code for values in row.values() for code in values}
        about = [said.get(one, set()) for one in row.get("undertaking", ())] if "status" not in row else []
        codes |= {code for all_of in about if all_of <= NOT_YET.keys() for code in all_of}
        codes |= found.get(claim.value, set())
        weak[claim.value] = {NOT_YET[code] for code in codes & NOT_YET.keys()}
    assert sum(map(bool, weak.values())) > 200
    return weak


@pytest.fixture(scope="module")
def doubted(rows: Mapping[str, Mapping[str, set[str]]]) -> dict[str, set[str]]:
    """Why readers of audits doubt each claim, which must stand beside it wherever it is shown."""
    found: dict[str, set[str]] = {}
    for row in rows.values():
        if row.get("assessment", set()) - {"assessment-right"} and "stale" not in row:
            (claim,) = row["claim"]
            found.setdefault(claim, set()).update(row["reason"])
    return found


@pytest.fixture(scope="module")
def said(graph: Graph) -> dict[str, ClaimView]:
    return {claim.value: one for claim, one in StoredClaims.of_graph(graph).views().items()}


def test_a_sentence(
    said: Mapping[str, ClaimView],
    weak: Mapping[str, set[str]],
    doubted: Mapping[str, set[str]],
    rows: Mapping[str, Any],
) -> None:
    for claim, one in said.items():
        assert all(any(why in note for note in one.remark.notes) for why in doubted.get(claim, ())), one.remark
        assert all(word in one.sentence for word in weak[claim]), one.sentence
        (review,) = rows[claim]["review"]
        assert one.remark.reviewer == REVIEWERS.get(review, "not reviewed")


@pytest.mark.parametrize("question", [one.name for one in Query.all() if "CONSTRUCT" not in one.text])
def test_an_answer(graph: Graph, weak: Mapping[str, set[str]], said: Mapping[str, ClaimView], question: str) -> None:
    answer = Query.find(question).run(graph)
    for row, record in zip(answer.rows, answer_records(answer_view(answer), Texts()), strict=True):
        for claim in answer.claims(row):
            remark = said[claim.value].remark
            assert all(word in answer.said_at(row) for word in weak[claim.value] if answer.citations[claim])
            assert weak[claim.value] <= set(record["caveats"])  # type: ignore[call-overload]
            assert remark.review in record["review"]  # type: ignore[operator]
            assert set(remark.notes) <= set(record["notes"])  # type: ignore[call-overload]
    if any(answer.claims(row) for row in answer.rows):
        assert re.search(r"\d+ (reviewed by an AI agent|not reviewed)", answer_text(answer, "table", Texts()))


def test_an_edge_of_every_network_and_its_row_in_every_export(
    graph: Graph, weak: Mapping[str, set[str]], doubted: Mapping[str, set[str]], said: Mapping[str, ClaimView]
) -> None:
    for name in (EVERY, *networks(graph)):
        taken = extract(graph, network=name)
        rows = {row["id"]: row for row in table_rows.edges(taken)}
        for *_, key, data in edges_of(project(graph, name)):
            row = rows[key]
            for claim in claims_of(data):
                assert all(word in tie_words(data) for word in weak[claim]), data
                assert all(word in row["label"] for word in weak[claim]), row
                assert all(why in data["doubts"] and why in row["doubts"] for why in doubted.get(claim, ())), data
                assert said[claim].remark.review in data["review"].split()
                assert said[claim].remark.review in row["review"].split()


def test_the_page_of_a_source_and_of_each_thing(site: Path, graph: Graph, said: Mapping[str, ClaimView]) -> None:
    texts: dict[str, str] = {}
    claims = carried(site / "lens" / "en.js", "claims")

    def page(path: str) -> str:
        if path not in texts:
            texts[path] = unescape((site / path).read_text("utf-8"))
        return texts[path]

    for one in said.values():
        source = one.claim.value.removeprefix(DATA).partition("/")[0]
        places = [place for place in one.citations if place.source == source]
        if places:
            place = f'id="p{places[0].paragraph}/{one.key}">{one.sentence}</div>'
            assert place in page(f"source/{source}.html"), one.sentence
            told = claims[one.key]  # which the script of the page shows in its place
            assert told["notes"] == list(one.remark.told)
            assert told["reviewer"] == ("" if one.remark.unreviewed else one.remark.reviewer)
    for start, end, data in project(graph, EVERY).edges(data=True):
        if start != end and all("/" in one.removeprefix(DATA) for one in (start, end)):  # a source is no thing
            assert tie_words(data) in page(f"thing/{start.removeprefix(DATA)}.html").replace(" ×", " ("), (start, data)


def test_the_map_and_the_networks(site: Path, said: Mapping[str, ClaimView], weak: Mapping[str, set[str]]) -> None:
    rows = (site / "map.html").read_text("utf-8").partition('id="reports"')[2].split("<tr")[2:]
    assert rows
    for row in map(unescape, rows):
        said_at = row.partition('<td class="spots">')[2]
        for key in re.findall(r'<a href="[^"#]+#p\d+/([^"]+)"', said_at):
            assert all(word in row for word in weak[DATA + key]), key
            assert said[DATA + key].remark.unreviewed or f"Reviewed by: {said[DATA + key].remark.reviewer}" in row
            assert all(note in row for note in said[DATA + key].remark.notes), key
    for path in sorted((site / "network").glob("*.html")):
        for edge in packed_in(path, "network")["edges"]:
            for key in edge.get("claims") or [edge["key"].partition("#")[0]]:
                assert all(word in edge.get("caveats", "") for word in weak[DATA + key])


def test_the_lens(site: Path, said: Mapping[str, ClaimView]) -> None:
    claims = carried(site / "lens" / "en.js", "claims")
    assert {DATA + key for key in claims} == said.keys()
    for key, claim in claims.items():
        view = said[DATA + key]
        assert "".join(piece if isinstance(piece, str) else piece[0] for piece in claim["sentence"]) == view.sentence
        assert (claim["notes"], claim["caveats"]) == (list(view.remark.told), list(view.remark.caveats))
        assert claim["reviewer"] == ("" if view.remark.unreviewed else view.remark.reviewer)


def test_the_start_page_says_who_has_read(site: Path, said: Mapping[str, ClaimView]) -> None:
    count = sum(one.remark.review == "ai-agent" for one in said.values())
    assert f"AI agent {count}" in (site / "index.html").read_text("utf-8")
