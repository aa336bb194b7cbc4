"""A rule of a project that never ends is ended, and is a fault of its file."""

import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, QuerySolutions

from tipgraph import build
from tipgraph.errors import InputError
from tipgraph.graph.sandbox import FileLimits
from tipgraph.graph.storage import load

from .conftest import Edit, done, run


def _digits(places: int) -> str:
    return " ".join(f"VALUES ?d{place} {{ 0 1 2 3 4 5 6 7 8 9 }}" for place in range(places))


_COUNTED = f"{{ SELECT (COUNT(*) AS ?n) WHERE {{ {_digits(14)} }} }}"
_ALL_PAIRS = "CONSTRUCT { ?a acme:beside ?d } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?h = ?f) }"
_NEVER = {
    "when it is parsed": f"CONSTRUCT {{ ?a acme:number ?n }} WHERE {{ ?a a tip:Actor . {_COUNTED} }}",
    "over the whole graph": _ALL_PAIRS,
}


def _rule(acme: Path, name: str, text: str) -> None:
    path = acme / "queries" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


@pytest.fixture
def soon(edit: Edit) -> None:
    edit("tipgraph.toml", "kit_sources = []", 'kit_sources = ["*"]\nrule_seconds = 6')


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("kind", list(_NEVER))
def test_a_rule_that_never_ends_is_named(acme: Path, kind: str) -> None:
    _rule(acme, "derive/90-never.rq", _NEVER[kind])
    begun = time.monotonic()
    wrong = run("build")
    assert wrong.exit_code == 1
    assert (
        "queries/derive/90-never.rq: took longer than 6 seconds and was stopped; ask for less, or give" in wrong.stderr
    )
    assert "rule_seconds in tipgraph.toml" in wrong.stderr
    assert "nothing was written" in wrong.stderr
    assert time.monotonic() - begun < 60
    assert not (acme / "build").exists()


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


def test_a_rule_that_takes_all_memory_is_named(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FileLimits, "of_this_machine", lambda: FileLimits(1 << 29, 1 << 29))
    doubled = " ".join(f"BIND(CONCAT(?w{power}, ?w{power}) AS ?w{power + 1})" for power in range(16))
    long = f"{{ SELECT (?w16 AS ?long) WHERE {{ BIND('12345678' AS ?w0) {doubled} }} }}"
    many = "BIND(CONCAT(?long, STR(?d0), STR(?d1), STR(?d2), STR(?d3)) AS ?n)"
    _rule(acme, "derive/90-all.rq", f"CONSTRUCT {{ ?d0 acme:n ?n }} WHERE {{ {long} {_digits(4)} {many} }} ORDER BY ?n")
    said = run("build").stderr
    assert "queries/derive/90-all.rq: " in said
    assert "memory" in said


@pytest.mark.parametrize("seconds", ["0", '"ten"', "true", "-1", "1e9"])
def test_seconds_that_are_none_are_a_fault(edit: Edit, seconds: str) -> None:
    edit("tipgraph.toml", "kit_sources = []", f"rule_seconds = {seconds}")
    assert "tipgraph.toml: rule_seconds: " in run("build").stderr
