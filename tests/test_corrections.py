"""Requests of those who are described: decided by a person, applied at every build, and nowhere told."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from tests.conftest import SMALL_TEXTS, faults_of
from tests.pages.conftest import carried, packed_in
from tests.release.making import everything
from tipgraph.analysis.network import project
from tipgraph.display.claims import claim_views, identity_of
from tipgraph.display.text import answer_text
from tipgraph.errors import UnknownName
from tipgraph.graph import lookup
from tipgraph.graph.query import Query
from tipgraph.model import DATA, data_iri
from tipgraph.outputs.files import export
from tipgraph.outputs.site import render
from tipgraph.pipeline import shacl
from tipgraph.pipeline.builder import build
from tipgraph.sources.folder import Texts

HEADER = "id,what,askedBy,asked,decision,judgeKind,decided,column,value,reason\n"
CLARA = "harbour-2020/actors/casa-clara"


def book(data: Path, *rows: str) -> Path:
    (data / "reference" / "corrections.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return data


def test_what_is_removed_goes_with_all_that_rests_on_it(copy: Path, tmp_path: Path) -> None:
    graph = build(book(copy, f"c1,{CLARA},described,2026-11-01,remove,person,2026-11-20,,,it fears for its staff"))
    with pytest.raises(UnknownName):
        lookup.resolve(graph, "Casa Clara")
    out = tmp_path / "out"
    out.mkdir()
    export(graph, out / "all.nq")
    export(graph, out / "all.csv.zip")
    said = everything(out).casefold()
    assert "casa clara" not in said
    assert "casa-clara" not in said
    assert lookup.resolve(graph, "Harbour Watch")
    report = shacl.check(graph, Texts(SMALL_TEXTS), copy)
    assert report.ok, report.findings


def test_a_claim_alone_can_be_removed(copy: Path) -> None:
    graph = build(book(copy, "c1,harbour-2020/funding/p2-1,source,2026-11-01,remove,person,2026-11-20,,,misread"))
    assert not list(graph.about([data_iri("harbour-2020", "funding", "p2-1")]))
    assert lookup.resolve(graph, "Harbour Watch")


def test_a_cell_is_corrected_as_if_its_table_held_it_and_says_so_at_every_door(copy: Path, tmp_path: Path) -> None:
    claim = data_iri("harbour-2020", "funding", "p2-1")
    asked = "harbour-2020/funding/p2-1,described,2026-11-01,correct,person,2026-11-20"
    row, other = f"c1,{asked},moneyKind,pledged,it was never paid", f"c2,{asked},note,see the annual report,asked for"
    graph = build(book(copy, row, other))
    said = claim_views(graph, [claim])[claim]
    assert said.values["moneyKind"] == ["pledged"]
    assert said.remark.notes == ("see the annual report",)
    traces = "moneyKind was 'disbursed'; it was never paid; 2026-11-20, by a person", "note was empty; asked for"
    assert [trace.startswith(told) for trace, told in zip(said.remark.corrections, traces, strict=True)] == [True, True]
    answer = Query.find("funding").run(graph)
    assert "(pledged, corrected)" in answer_text(answer, "csv", Texts())
    assert traces[0] in answer_text(answer, "table", Texts())
    assert traces[0] in answer_text(answer, "csv", Texts())
    assert traces[0] in json.loads(answer_text(answer, "json", Texts()))[0]["corrections"]
    edges = project(graph, "funding").edges(data=True)
    assert {traces[0] in data.get("corrected", "") for *_, data in edges if data["claim"] == claim.value} == {True}
    site = render(graph, tmp_path / "site").parent
    assert "it was never paid" in (site / "question" / "funding.html").read_text("utf-8")
    assert "it was never paid" in str(packed_in(site / "network" / "funding.html", "network"))
    assert "it was never paid" in str(carried(site / "lens" / "en.js", "claims"))


def test_a_thing_whose_label_was_corrected_says_so(copy: Path) -> None:
    row = f"c1,{CLARA},described,2026-11-01,correct,ai-agent,2026-11-20,label@es,Casa Clarita,misprinted"
    traits = identity_of(build(book(copy, row)), NamedNode(DATA + CLARA))
    assert "label@es was empty; misprinted; 2026-11-20, by an AI agent" in {trait.words for trait in traits}


def test_what_is_kept_or_open_changes_nothing_and_the_book_is_not_told(copy: Path, tmp_path: Path) -> None:
    before = build(copy).digest
    rows = [
        f"c1,{CLARA},described,2026-11-01,keep,person,2026-11-20,,,the report says so and is public",
        f"c2,{CLARA},advocate,2026-11-21,open,,,,,",
    ]
    graph = build(book(copy, *rows))
    assert graph.digest == before
    export(graph, tmp_path / "all.nq")
    assert "advocate" not in (tmp_path / "all.nq").read_text("utf-8")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            f"c1,{CLARA},described,2026-11-01,burn,person,2026-11-20,,,x",
            "decision: 'burn' is none of remove, correct, keep, open",
        ),
        (f"c1,{CLARA},Ana,2026-11-01,remove,person,2026-11-20,,,x", "askedBy: 'Ana' is none of described, advocate"),
        (f"c1,{CLARA},described,2026-11-01,remove,person,,,,", "decided: is empty"),
        (f"c1,{CLARA},described,1 Nov,remove,person,2026-11-20,,,x", "asked: '1 Nov' is no day"),
        (f"c1,{CLARA},described,2026-11-21,remove,person,2026-11-20,,,x", "decided: is before it was asked"),
        (f"c1,{CLARA},described,2026-11-01,correct,person,2026-11-20,,,x", "column: is empty"),
        (
            f"c1,{CLARA},described,2026-11-01,correct,person,2026-11-20,colour,red,x",
            "column: 'colour' is no column",
        ),
        (f"c1,{CLARA},described,2026-11-01,correct,person,2026-11-20,id,red,x", "an id never changes"),
        ("c1,clara,described,2026-11-01,remove,person,2026-11-20,,,x", "what: 'clara' names no row"),
        (
            "c1,harbour-2020/funding/p2-11,described,2026-11-01,correct,person,2026-11-20,amount,1,x",
            "what: harbour-2020/funding/p2-11 is no row here (perhaps 'harbour-2020/funding/p2-1'); write the id",
        ),
        ("c1,harbour-2020/actors/nobody,described,2026-11-01,remove,person,2026-11-20,,,x", "nobody is no row here"),
        (
            "c1,harbour-2020/actors/nobody,described,2026-11-01,correct,person,2026-11-20,label,x,x",
            "corrections.csv:2: what: harbour-2020/actors/nobody is no row here",
        ),
    ],
)
def test_a_row_that_means_nothing_says_why(copy: Path, row: str, said: str) -> None:
    assert any(said in fault for fault in faults_of(book(copy, row)))
