"""What a person does in a project, from the first build to what is given away, with a class of its own."""

import json
import os
import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from tests.pages.conftest import packed_in
from tests.project.conftest import NAMESPACE, TITLE, Edit, done, run
from tipgraph import Query, build, load
from tipgraph.cli import main, paths
from tipgraph.cli.group import places
from tipgraph.model import kit, terms, tip
from tipgraph.model.vocabulary import ontology

CLAIM = "https://w3id.org/tipgraph/id/example-2026/trainings/p3-1"


def test_a_new_project_builds_checks_and_answers_at_once(acme: Path) -> None:
    assert done("build").startswith(f"{Path('build') / 'graph.trig'}: ")
    checked = done("check")
    assert "1 Training" in checked
    assert "8 verified" in checked
    assert "no findings" in checked
    assert "no cell without an answer" in done("review", "personal")
    answer = done("query", "trainings", "in=PE", "mode=in-person")
    assert "Border officers of Peru" in answer
    assert "example-2026 ¶3 s1" in answer
    assert "0 rows" in done("query", "trainings", "mode=online")
    assert (acme / "build" / "graph.trig").is_file()


@pytest.mark.usefixtures("acme")
def test_a_thing_says_its_claims_in_both_languages() -> None:
    assert "Riverside Office trains Border officers of Peru (in person), in Peru" in done("show", "riverside-office")
    spanish = done("show", "riverside-office", "--lang", "es")
    assert "Riverside Office capacita a Agentes de frontera del Perú (presencial)" in spanish


def test_without_a_spanish_sentence_the_english_one_is_said(acme: Path, edit: Edit) -> None:
    text = (acme / "ontology/acme.ttl").read_text("utf-8")
    line = next(line for line in text.splitlines() if "capacita a {trained}" in line)
    edit("ontology/acme.ttl", f'[, as {{undertaking}}]"@en ,\n{line}', '[, as {undertaking}]"@en ;')
    assert "Riverside Office trains Agentes" in done("show", "riverside-office", "--lang", "es")


def test_questions_of_the_project_stand_beside_those_of_the_kit(acme: Path) -> None:
    listed = {row["question"]: row["of"] for row in json.loads(done("query", "--format", "json"))}
    assert listed["trainings"] == "the project"
    assert listed["funding"] == "the kit"
    (acme / "queries" / "funding.rq").write_text("#+ summary: Ours?\nSELECT ?claim WHERE { ?claim a tip:Funding }\n")
    assert Query.find("funding").summary == "Ours?"
    assert [one.name for one in Query.all()].count("funding") == 1
    assert "example-2026 ¶3 s2" in done("query", "funding")


def test_rules_derived_statements_and_conflicts_of_the_project_are_used(acme: Path, edit: Edit) -> None:
    (acme / "queries" / "derive").mkdir()
    (acme / "queries" / "derive" / "90-trained-by.rq").write_text(
        "#+ summary: Who was trained by whom.\n"
        "CONSTRUCT { ?one acme:trainedBy ?other } WHERE { ?c acme:trained ?one ; acme:trainer ?other }\n"
    )
    (acme / "queries" / "conflict").mkdir()
    (acme / "queries" / "conflict" / "ours.rq").write_text(
        (kit.folder("queries") / "conflict" / "money.rq").read_text()
    )
    edit("data/example-2026/trainings.csv", "riverside-office,border-officers", "border-officers,border-officers")
    done("build")
    (acme / "mine.rq").write_text("SELECT ?other { ?one acme:trainedBy ?other }")
    assert "Border officers" in done("query", "--file", "mine.rq")
    checked = run("check")
    assert checked.exit_code == 1
    place = Path("data") / "example-2026" / "trainings.csv"
    assert f"{place}:2: an actor trains itself (Border officers of Peru) [self-trained]" in checked.stdout
    assert "ours" in done("review", "conflicts", "--rules")


def test_shapes_of_the_project_are_checked(edit: Edit) -> None:
    begun = "sh:path acme:trained ; sh:order 2 ; sh:minCount"
    edit("ontology/acme.ttl", f"{begun} 1", f"{begun} 2")
    done("build")
    checked = run("check")
    assert checked.exit_code == 1
    assert "trained: " in checked.stdout
    assert "[shapes]" in checked.stdout
    edit("ontology/acme.ttl", "sh:minCount 2", "sh:minCount 1 ; sh:minCount 2")
    wrong = run("check")
    assert wrong.exit_code == 1
    assert "the shapes cannot be checked: MinCountConstraintComponent must have at most one" in wrong.stderr


def test_all_lies_in_the_project_whatever_the_folder(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    within = acme / "notes" / "deep"
    within.mkdir(parents=True)
    monkeypatch.chdir(within)
    assert done("build").startswith(f"{acme / 'build' / 'graph.trig'}: ")
    assert "1 row" in done("query", "trainings")
    monkeypatch.chdir(acme.parent)
    monkeypatch.setenv("TIPGRAPH_PROJECT", "acme")
    assert "1 row" in done("query", "trainings")
    monkeypatch.setenv("TIPGRAPH_PROJECT", "nowhere")
    wrong = run("query", "trainings")
    assert wrong.exit_code == 1
    assert "nowhere: is no project: it holds no tipgraph.toml; set TIPGRAPH_PROJECT" in wrong.stderr


def test_the_prefix_is_known_wherever_terms_are_written(acme: Path) -> None:
    done("build")
    assert f"@prefix acme: <{NAMESPACE}> ." in (acme / "build" / "graph.trig").read_text("utf-8")
    (acme / "mine.rq").write_text("SELECT ?c { ?c a acme:Training }")
    assert CLAIM.removeprefix("https://w3id.org/tipgraph/id/") in done("query", "--file", "mine.rq")
    done("export", "out.jsonld")
    written = {str(quad.predicate) for quad in parse(path=str(acme / "out.jsonld"), format=RdfFormat.JSON_LD)}
    assert f"<{NAMESPACE}trainer>" in written
    done("export", "out.ttl")
    assert "a skos:Concept" in (acme / "out.ttl").read_text("utf-8").partition("acme:training-mode-in-person ")[2]
    dataset = load(str(acme / "build" / "graph.trig")).dataset
    assert dict(dataset.namespaces())["acme"] == dataset.namespace_manager.store.namespace("acme")


def test_short_names_are_those_of_kit_and_project(acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert terms.short(f"{NAMESPACE}Training") == "Training"
    assert terms.iri("Training") == f"{NAMESPACE}Training"
    assert terms.iri("Funding") == "https://w3id.org/tipgraph/ns#Funding"
    monkeypatch.chdir(acme.parent)
    assert terms.short(f"{NAMESPACE}Training") == f"{NAMESPACE}Training"
    assert terms.prefixes().keys().isdisjoint({"acme"})


def test_a_class_of_the_project_is_in_networks_tables_and_stores(acme: Path) -> None:
    assert "trains" in done("network", "training")
    done("build", "-o", "STORE/")
    tied = done("network", "training", "-g", "STORE")
    assert "in-person" in tied
    assert "2 nodes, 1 edge" in tied
    done("export", "tables/")
    assert {"Training.parquet", "Funding.parquet"} <= {path.name for path in (acme / "tables").iterdir()}
    for name in ("out.xlsx", "out.graphml", "out.gexf", "out.csv.zip", "out.ftm.json"):
        assert "6 claims" in done("export", name)
    assert "no claim differs" in done("store", "diff", "STORE", "STORE")


def test_what_changed_in_a_claim_of_the_project_is_said(edit: Edit) -> None:
    done("build", "-o", "before.trig")
    edit("data/example-2026/trainings.csv", "in-person", "online")
    done("build")
    changed = done("store", "diff", "before.trig", str(Path("build") / "graph.trig"))
    assert "Training" in changed
    assert "trainingMode: training-mode-online" in changed


LABELLED = 'rdfs:label "x"@en ; skos:definition "X."@en .\n'


def campaigns(acme: Path) -> None:
    """Add a class of things of its own below none of the kit's, and a column to a class of the kit."""
    text = (acme / "ontology" / "acme.ttl").read_text("utf-8")
    prefixes = "".join(line for line in text.splitlines(keepends=True) if line.startswith("@prefix"))
    (acme / "ontology" / "more.ttl").write_text(
        prefixes + f'acme:Campaign a owl:Class ; rdfs:subClassOf tip:Thing ; tip:table "campaigns" ; {LABELLED}'
        f"acme:slogan a owl:DatatypeProperty ; rdfs:range xsd:string ; {LABELLED}"
        f"acme:fundingNote a owl:DatatypeProperty ; rdfs:range xsd:string ; {LABELLED}"
        f"acme:campaign a owl:ObjectProperty ; rdfs:range acme:Campaign ; {LABELLED}"
        "acme:CampaignShape a sh:NodeShape ; sh:targetClass acme:Campaign ; "
        "sh:property [ sh:path acme:slogan ; sh:order 1 ; sh:maxCount 1 ; sh:datatype xsd:string ] .\n"
        "acme:NoteShape a sh:NodeShape ; sh:targetClass tip:Funding ; "
        "sh:property [ sh:path acme:fundingNote ; sh:order 50 ; sh:maxCount 1 ; sh:datatype xsd:string ] .\n"
        "acme:InShape a sh:NodeShape ; sh:targetClass acme:Training ; "
        "sh:property [ sh:path acme:campaign ; sh:order 9 ; sh:class acme:Campaign ] .\n"
    )
    data = acme / "data" / "example-2026"
    (data / "campaigns.csv").write_text("id,label,slogan\nsafe,Safe passage,go\n")
    for name, column, cell in (("funding", "fundingNote", "paid late"), ("trainings", "campaign", "safe")):
        head, row = (data / f"{name}.csv").read_text("utf-8").splitlines()
        (data / f"{name}.csv").write_text(f"{head},{column}\n{row},{cell}\n")


def test_things_of_a_class_of_their_own_and_a_column_for_a_class_of_the_kit_are_sound(acme: Path) -> None:
    campaigns(acme)
    done("build")
    assert "no findings" in done("check")
    assert list(ontology().columns("Funding")).count("fundingNote") == 1
    assert "Safe passage" in done("query", "things", "class=Campaign")
    assert "Riverside Office trains" in done("show", "safe")


def test_the_pages_name_the_project_and_show_its_terms(acme: Path) -> None:
    campaigns(acme)
    assert "tipgraph.toml names no maker and no contact" in run("check").stderr
    settings = acme / "tipgraph.toml"
    before = settings.read_text("utf-8")
    settings.write_text(before + '\nmaker = "Acme"\ncontact = "corrections@acme.example"\n', "utf-8")
    kit.forget()
    assert "contact" not in run("check").stderr
    done("pages")
    site = acme / "build" / "site"
    for name in ("about.html", "assets/en.js"):
        assert "Made by Acme." in (site / name).read_text("utf-8")
        assert "mailto:corrections@acme.example" in (site / name).read_text("utf-8")
    start = (site / "index.html").read_text("utf-8")
    assert "ACME&#39;s &#34;graph&#34; &lt;b&gt;&amp; more&lt;/b&gt;" in start
    assert TITLE not in start
    assert "The page of each source names its licence" in (site / "assets" / "en.js").read_text("utf-8")
    for page in (site / "ontology.html", site / "es" / "ontology.html"):
        text = page.read_text("utf-8")
        assert 'id="Training"' in text
        assert 'id="code-training-mode"' in text
        assert NAMESPACE in text
    assert (site / "ontology" / "acme.ttl").is_file()
    assert "Safe passage" in (site / "es" / "things.html").read_text("utf-8")
    assert (site / "network" / "training.html").is_file()
    assert "Who trained whom" in (site / "question" / "trainings.html").read_text("utf-8")
    assert "¿Quién capacitó a quién" in (site / "es" / "question" / "trainings.html").read_text("utf-8")
    ask = packed_in(site / "ask.html", "data")
    assert ask["prefixes"]["acme"] == NAMESPACE
    assert "acme:Training" in {term["term"] for term in ask["terms"]}


@pytest.mark.long
def test_a_release_holds_the_terms_of_the_project_and_not_what_is_withheld(acme: Path) -> None:
    (acme / "policy.toml").write_text(
        '[sources]\ndefault = "locators"\n'
        '[[withhold]]\nwhat = "lantern-fund"\nreason = "safety"\nbecause = "x"\nreview = 2027-06-01\n'
    )
    done("release", "out", "--policy", "policy.toml", "--export", ".ttl")
    released = (acme / "out" / "graph.trig").read_text("utf-8")
    assert "acme:Training" in released
    assert "Lantern" not in released


def test_judgements_and_answers_are_rows_of_the_project(acme: Path, edit: Edit) -> None:
    agency = "us-aid,Organization,U.S. Agency for International Development,,\n"
    edit("data/example-2026/actors.csv", "border-officers,", f"{agency}border-officers,")
    done("build")
    assert "reference/usaid" in done("review", "identity")
    said = ("--reason", "the same agency", "--judge", "the desk")
    saved = done("review", "identity", "--answer", "same", "example-2026/us-aid", "reference/usaid", *said)
    assert (made := re.match("saved (acme-j[0-9a-f]{8}): ", saved))
    book = acme / "data" / "reference" / "identity.csv"
    assert f"{made[1]},example-2026/us-aid,reference/usaid,same" in book.read_text("utf-8")
    node = NamedNode("https://w3id.org/tipgraph/id/example-2026/actors/us-aid")
    canonical = [str(one.object) for one in build().about([node]) if one.predicate.value == tip.canonical]
    assert canonical == ["<https://w3id.org/tipgraph/id/reference/actors/usaid>"]
    assert f"undone {made[1]}" in done("review", "identity", "--undo", made[1])
    done("review", "personal", "--answer", "not-personal", "Rosa Blanca", *said)
    allowed = (acme / "data" / "reference" / "allowed.csv").read_text("utf-8").splitlines()
    assert re.fullmatch("acme-a[0-9a-f]{8},Rosa Blanca,not-personal,.*", allowed[1])


def test_a_correction_of_the_project_changes_its_rows(acme: Path) -> None:
    (acme / "data" / "reference" / "corrections.csv").write_text(
        "id,what,askedBy,asked,decision,judgeKind,decided,column,value,reason\n"
        "acme-1,example-2026/trainings/p3-1,described,2026-11-01,correct,person,2026-11-02,trainingMode,online,misread\n"
    )
    assert "1 row" in done("query", "trainings", "mode=online")


def test_open_data_is_taken_into_the_project(acme: Path) -> None:
    (acme / "list.txt").write_text("origin,destination\nPeru,Chile\n")
    words = ("--date", "2005", "--title", "A list", "--publisher", "Us", "--issued", "2005", "--licence", "CC0")
    done("source", "import", "routes", "list.txt", "-o", str(Path("data") / "list-2005"), *words)
    done("build")
    assert "list-2005" in done("query", "routes", "destination=CL")


def test_every_verb_says_when_data_are_newer_than_the_graph(acme: Path) -> None:
    done("build")
    graph, table = acme / "build" / "graph.trig", acme / "data" / "example-2026" / "funding.csv"
    verbs = (
        ["query", "trainings"],
        ["show", "training"],
        ["network", "funding"],
        ["store", "diff", str(graph), str(graph)],
    )
    later = graph.stat().st_mtime_ns + 10**15
    os.utime(graph, ns=(later, later))
    for verb in verbs:
        assert "changed after" not in run(*verb).stderr, verb
    os.utime(table, ns=(later + 1, later + 1))
    for verb in verbs:
        assert f"changed after {Path('build') / 'graph.trig'} was built" in run(*verb).stderr, verb


def test_a_store_says_so_too_until_it_is_built_again(acme: Path) -> None:
    done("build", "-o", "build/store/")
    table = acme / "data" / "example-2026" / "funding.csv"
    later = (acme / "build" / "store").stat().st_mtime_ns + 10**15
    os.utime(table, ns=(later, later))
    verb = ("query", "trainings", "-g", "build/store/")
    assert "run `tipgraph build -o build/store/`" in run(*verb).stderr
    os.utime(acme / "build" / "store" / "manifest.json", ns=(later + 1, later + 1))
    assert "changed after" not in run(*verb).stderr


def test_a_file_that_was_removed_after_the_build_is_told_by_its_folder(acme: Path) -> None:
    done("build")
    graph = acme / "build" / "graph.trig"
    later = graph.stat().st_mtime_ns + 10**15
    os.utime(graph, ns=(later, later))
    (acme / "data" / "example-2026" / "funding.csv").unlink()
    assert "changed after" not in run("query", "trainings").stderr
    os.utime(acme / "data" / "example-2026", ns=(later + 1, later + 1))
    assert f"{Path('data') / 'example-2026'} changed after" in run("query", "trainings").stderr


class Told(Exception):
    """It was looked whether the graph is older than its data."""


READING: dict[str, list[str]] = {  # what each verb that reads a graph takes beside it
    "check": [], "export": ["part.json"], "find": ["x"], "network": ["funding"], "pages": ["site"],
    "query": ["funding"], "release": ["out", "--policy", "policy.toml"], "review answers": [], "review conflicts": [],
    "review identity": [],
    "serve": [], "show": ["training"], "status": [], "store diff": ["a.trig", "b.trig"],
    "store push": ["http://127.0.0.1:1/store"],
}  # fmt: skip


def test_the_list_of_verbs_that_read_a_graph_is_whole() -> None:
    reading = {place for place, verb in places(main) if place and any(one.name == "graph" for one in verb.params)}
    assert reading | {"store diff"} == READING.keys()


@pytest.mark.parametrize("verb", READING)
def test_no_verb_reads_a_graph_without_a_look_whether_data_are_newer(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_: object) -> None:
        raise Told

    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.toml").write_text('audience = "public"\n')
    monkeypatch.setattr(paths, "newer_files", told)
    place = [] if verb == "store diff" else ["-g", "graph.trig"]
    with pytest.raises(Told):
        main.main([*verb.split(), *READING[verb], *place], standalone_mode=False)
