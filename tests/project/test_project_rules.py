"""Questions and rules of a project: each fault is one of its file, and rules derive in the order of their names."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, QuerySolutions

from tipgraph import build
from tipgraph.errors import InputError
from tipgraph.graph.storage import load

from .conftest import done


def _rule(acme: Path, name: str, text: str) -> None:
    path = acme / "queries" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_all_faults_of_questions_are_listed(acme: Path) -> None:
    _rule(acme, "a.rq", "SELECT ?n WHERE {")
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
