"""Faults of a project's settings and of its ontology: each named with its file, its row or key, and what to do."""

from pathlib import Path

import pytest

from tests.project.conftest import Edit, done, run
from tipgraph.errors import InputError
from tipgraph.model import kit
from tipgraph.model.vocabulary import ontology

PREFIXES = (
    "@prefix acme: <https://acme.example/ns#> .\n@prefix tip: <https://w3id.org/tipgraph/ns#> .\n"
    "@prefix code: <https://w3id.org/tipgraph/code#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    "@prefix other: <https://other.example/ns#> .\n"
)
LABELLED = 'rdfs:label "x"@en ; skos:definition "X."@en .'
CLAIM = f"acme:A a owl:Class ; rdfs:subClassOf tip:Claim ; {LABELLED}"
LISTED = "acme:p a owl:ObjectProperty ; rdfs:range skos:Concept ; "
CODED = 'skos:prefLabel "x"@en ; skos:definition "X."@en .'
EDGE = "acme:e a tip:Edge ; tip:edgeClass acme:Training ; tip:edgeFrom acme:trainer ; tip:edgeTo acme:trained ; "
SHAPE = "acme:S a sh:NodeShape ; sh:targetClass acme:Training ; sh:property "
FAULTY = [
    ("acme:A a owl:Class", "more.ttl:11: is no Turtle"),
    ('tip:Funding rdfs:label "x"@fr .', "tip:Funding: is a term of the kit, which a project cannot describe"),
    (f"other:A a owl:Class ; {LABELLED}", "is not in the namespace of the project; call it acme:NAME"),
    (f"acme:Funding a owl:Class ; {LABELLED}", "acme:Funding: Funding is the name of a term of the kit, too"),
    (f"acme:role a skos:ConceptScheme ; {CODED}", "acme:role: role is the name of a term of the kit, too"),
    ("acme:A a owl:Class ; rdfs:subClassOf tip:Claim .", "acme:A: has no rdfs:label in English"),
    ("acme:A a owl:Class ; rdfs:subClassOf tip:Claim .", "acme:A: has no skos:definition in English"),
    (f"acme:A a owl:Class ; {LABELLED}", "acme:A: is below neither tip:Claim nor tip:Thing"),
    (CLAIM, "acme:A: has no shape with its columns"),
    (CLAIM, "acme:A: has no table; say its name"),
    (CLAIM, "acme:A: has no sentence for its claims"),
    (
        f"{CLAIM} acme:A rdfs:subClassOf tip:Clam .",
        "names tip:Clam, which nobody defines; correct it, or define it (p",
    ),
    (f'{CLAIM} acme:A tip:table "funding" .', "'funding' is the table of another class, too"),
    (f'{CLAIM} acme:A tip:table "Big Table" .', "'Big Table' is no name for a table"),
    (f"acme:p a owl:ObjectProperty ; {LABELLED}", "acme:p: has no rdfs:range"),
    (f"{LISTED} {LABELLED}", "acme:p: takes codes (rdfs:range skos:Concept) of a list"),
    (f"{LISTED} tip:codeList acme:l ; {LABELLED} acme:l a skos:ConceptScheme ; {CODED}", "acme:l has no code"),
    (f'acme:c a skos:Concept ; skos:notation "c" ; {CODED}', "acme:c: is a code of one list"),
    (f"acme:c a skos:Concept ; skos:inScheme acme:training-mode ; {CODED}", "needs one short word for tables"),
    (
        f'acme:c a skos:Concept ; skos:inScheme acme:training-mode ; skos:notation "online" ; {CODED}',
        "'online' is the word of acme:training-mode-online, too",
    ),
    (f'{EDGE} rdfs:label "x"@en ; tip:network "x" .', "acme:e: has no tip:symmetric; add it"),
    (f"{SHAPE} [ sh:path acme:trainer ] .", "acme:trainer has no sh:order"),
    (f"{SHAPE} [ sh:order 1 ] .", "a property of it has no sh:path that is a term"),
    (f"{SHAPE} [ sh:path other:p ; sh:order 1 ] .", "is no property here; define it"),
    ("acme:S a sh:NodeShape ; sh:targetClass acme:Trainings .", "names acme:Trainings, which nobody defines"),
    ("other:S a sh:NodeShape ; sh:targetClass acme:Training .", "a shape has a name in the namespace of the project"),
]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title =", "titel =", "tipgraph.toml: titel: is no setting (perhaps 'title')"),
        ("title =", "titel =", "tipgraph.toml: title: is not there, and a project needs it; add it"),
        ('prefix = "acme"', "prefix = 3", "tipgraph.toml: prefix: 3 is no text"),
        ('prefix = "acme"', 'prefix = "code"', "prefix: 'code' is the prefix of https://w3id.org/tipgraph/code#"),
        ('ns#"', 'ns"', "namespace: 'https://acme.example/ns' is no namespace"),
        ("kit_sources = []", 'kit_sources = "all"', "kit_sources: 'all' is no list of names; write []"),
        ("kit_sources = []", "kit_sources = [", "is no TOML"),
        ('texts = "texts"', "texts = 1", "tipgraph.toml: texts: 1 is no text"),
        ('texts = "texts"', 'contact = "javascript:x"', "contact: 'javascript:x' is no e-mail address, and no"),
        ('texts = "texts"', 'maker = "Acme\\u202e"', "maker: 'Acme\\u202e' holds a line break or an invisible"),
    ],
)
def test_a_fault_of_the_settings_is_told_by_every_command(
    acme: Path, edit: Edit, old: str, new: str, told: str
) -> None:
    edit("tipgraph.toml", old, new)
    for words in (["build"], ["query"]):
        wrong = run(*words)
        assert wrong.exit_code == 1
        assert told in wrong.stderr
        assert "Traceback" not in wrong.output
    assert not (acme / "build").exists()


def test_all_faults_of_the_settings_are_listed_at_once(acme: Path) -> None:
    (acme / "tipgraph.toml").write_text('title = ""\nnamespace = "x"\nprefix = "A"\nkit_sources = 1\nmore = 2\n')
    kit.forget()
    with pytest.raises(InputError) as caught:
        kit.project()
    assert {fault.column for fault in caught.value.faults} == {"title", "namespace", "prefix", "kit_sources", "more"}


@pytest.mark.parametrize("raw", [b"\xff\xfe", b'title = "a" ' * 100_000])
def test_settings_that_are_no_text_or_too_large_are_a_fault(acme: Path, raw: bytes) -> None:
    (acme / "tipgraph.toml").write_bytes(raw)
    kit.forget()
    assert run("build").exit_code == 1


@pytest.mark.parametrize(("turtle", "told"), FAULTY)
def test_a_fault_of_the_ontology_names_file_row_and_what_to_do(acme: Path, turtle: str, told: str) -> None:
    (acme / "ontology" / "more.ttl").write_text(PREFIXES + turtle + "\n")
    wrong = run("build")
    assert wrong.exit_code == 1
    assert told in wrong.stderr
    assert str(Path("ontology") / "more.ttl") in wrong.stderr
    assert "Traceback" not in wrong.output
    assert not (acme / "build" / "graph.trig").exists()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("queries/bad.rq", "SELECT ?x { ?x a nope:Y }", "bad.rq: "),
        ("queries/check/bad.rq", "SELECT ?x { ?x a ", "check/bad.rq: "),
        ("queries/derive/bad.rq", "DELETE WHERE { ?s ?p ?o }", "derive/bad.rq: the query does not parse"),
        ("queries/derive/bad.rq", "SELECT ?a WHERE { ?a ?b ?c }", "derive/bad.rq: is no CONSTRUCT query; write one"),
        ("queries/bad.rq", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "bad.rq: "),
        ("queries/A b<i>.rq", "SELECT * { ?s ?p ?o }", "is no name for a query; use lower-case letters"),
    ],
)
def test_a_query_that_cannot_be_run_stops_the_build_and_is_named(acme: Path, name: str, text: str, told: str) -> None:
    (acme / name).parent.mkdir(exist_ok=True)
    (acme / name).write_text(text)
    wrong = run("build")
    assert wrong.exit_code == 1
    assert told in wrong.stderr
    assert not (acme / "build").exists()


def test_queries_that_use_an_old_prefix_are_named(edit: Edit) -> None:
    edit("tipgraph.toml", 'prefix = "acme"', 'prefix = "acm"')
    assert "queries/trainings.rq: " in run("build").stderr


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('tip:network "training"', 'tip:network "all"', "is no name for a network"),
        ('tip:network "training"', 'tip:network "../x"', "is no name for a network"),
        ("{trainer}", "{trainr}", "its sentence names {trainr}, which is no column of it"),
        ("{trainer}", "{trainer} [and {", "has a bracket or brace without its other half"),
    ],
)
def test_what_would_be_said_or_drawn_wrongly_is_a_fault(edit: Edit, old: str, new: str, told: str) -> None:
    edit("ontology/acme.ttl", old, new)
    assert told in run("build").stderr


def test_all_faults_of_the_ontology_are_listed_with_their_rows(acme: Path) -> None:
    (acme / "ontology" / "more.ttl").write_text(PREFIXES + "acme:A a owl:Class .\nacme:B a owl:Class .\n")
    with pytest.raises(InputError) as caught:
        ontology()
    rows = {(fault.row, fault.column) for fault in caught.value.faults}
    assert {(10, "acme:A"), (11, "acme:B")} <= rows


def test_a_file_with_the_name_of_one_of_the_kit_is_a_fault(acme: Path) -> None:
    (acme / "ontology" / "acme.ttl").rename(acme / "ontology" / "terms.ttl")
    assert "terms.ttl: has the name of a file of the kit; rename it" in run("build").stderr


def test_a_class_may_stand_below_one_of_the_kit_or_of_the_project_without_a_shape_of_its_own(acme: Path) -> None:
    (acme / "ontology" / "more.ttl").write_text(
        PREFIXES + f"acme:Shelter a owl:Class ; rdfs:subClassOf tip:Organization ; {LABELLED}\n"
        f'acme:Course a owl:Class ; rdfs:subClassOf acme:Training ; tip:template "{{trainer}}"@en ; {LABELLED}\n'
    )
    table = acme / "data" / "example-2026" / "actors.csv"
    table.write_text(table.read_text("utf-8").replace("lantern-fund,Organization", "lantern-fund,Shelter"))
    assert "Lantern Fund" in done("query", "things", "class=Shelter")
    assert "Lantern Fund" in done("query", "things", "class=Actor")
