"""Rules and questions of a project: they build on each other, all faults are listed, and a slow one is named."""

import logging
from pathlib import Path

import pytest
from pyoxigraph import Literal, QuerySolutions

from tipgraph import build
from tipgraph.errors import InputError
from tipgraph.graph import graph as graphs
from tipgraph.graph.storage import load

from .conftest import done


def _rule(acme: Path, name: str, text: str) -> None:
    path = acme / "queries" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("folder", ["", "derive/"])
def test_a_query_that_runs_long_is_named(
    acme: Path, folder: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(graphs, "_SLOW", 0.1)
    digits = " ".join(f"VALUES ?d{place} {{ 0 1 2 3 4 5 6 7 8 9 }}" for place in range(6))
    counted = f"{{ SELECT (COUNT(*) AS ?n) WHERE {{ {digits} }} }}"
    form = "CONSTRUCT { ?a acme:number ?n }" if folder else "SELECT ?n"
    _rule(acme, f"{folder}90-slow.rq", f"{form} WHERE {{ {counted} }}")
    with caplog.at_level(logging.WARNING):
        build()
    assert f"queries/{folder}90-slow.rq has run for 0.1 seconds; if it never ends" in caplog.text


def test_all_faults_are_listed(acme: Path) -> None:
    _rule(acme, "a.rq", "SELECT ?n WHERE {")
    _rule(acme, "b.rq", "SELECT ?n WHERE { ?n a tip:Actor }")
    _rule(acme, "c.rq", "SELECT ?n WHERE { SERVICE <http://localhost/> { ?n ?p ?o } }")
    with pytest.raises(InputError) as caught:
        build()
    assert [(fault.file, fault.message.split(";")[0][:28]) for fault in caught.value.faults] == [
        ("queries/a.rq", "the query does not parse, at"),
        ("queries/c.rq", "SERVICE asks another server,"),
    ]


def test_a_rule_of_a_project_derives_from_what_others_have_derived(acme: Path) -> None:
    _rule(acme, "derive/91-twice.rq", "CONSTRUCT { ?a acme:twice ?b } WHERE { ?a acme:once ?b }")
    _rule(acme, "derive/90-once.rq", 'CONSTRUCT { ?a acme:once "words, “quoted”"@en } WHERE { ?a a tip:Organization }')
    done("build")
    found = load("build/graph.trig").query(
        "SELECT ?b { GRAPH <https://w3id.org/tipgraph/id/derived> { ?a acme:twice ?b } }"
    )
    assert isinstance(found, QuerySolutions)
    assert {row["b"] for row in found} == {Literal("words, “quoted”", language="en")}
