"""The commands as a person runs them: what is printed where, and the exit codes of the contract."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from tipgraph import outputs
from tipgraph.cli import main
from tipgraph.graph.graph import Graph, ontology_statements
from tipgraph.graph.query import Query
from tipgraph.graph.storage import write
from tipgraph.model import kit
from tipgraph.outputs.site import assets

from .conftest import HERE, SMALL, SMALL_TEXTS


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch, graph_file: Path) -> None:
    monkeypatch.delenv("TIPGRAPH_TEXTS", raising=False)
    monkeypatch.setenv("TIPGRAPH_GRAPH", str(graph_file))
    monkeypatch.setenv("COLUMNS", "160")


def run(*words: str, stdin: str = "") -> Result:
    result = CliRunner().invoke(main, words, input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def refused(*words: str, stdin: str = "") -> str:
    """Run a wrong call: exit 2, nothing on stdout, a reason on stderr."""
    result = run(*words, stdin=stdin)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr


def test_build_check_query_show(tmp_path: Path) -> None:
    target = tmp_path / "out" / "graph.trig"
    built = run("build", str(SMALL), "-o", str(target))
    assert built.exit_code == 0
    assert built.stdout.startswith(f"{target}: ")
    checked = run("check", "-g", str(target), "--texts", str(SMALL_TEXTS))
    assert checked.exit_code == 0
    assert "17 verified" in checked.stdout
    asked = run("query", "funding", "prices=original", "-g", str(target), "--texts", str(SMALL_TEXTS))
    assert "Lantern Fund" in asked.stdout
    assert "harbour-2020 ¶2 s1" in asked.stdout
    shown = run("show", "route:able-lima", "-g", str(target), "--texts", str(SMALL_TEXTS))
    assert "“trafficked from Port Able to Lima”" in shown.stdout
    assert "“About 40 people are trafficked from Port Able to Lima each year, says Harbour Watch”" in shown.stdout


def test_findings_exit_with_1_and_tell_the_row(tmp_path: Path) -> None:
    target = tmp_path / "graph.trig"
    run("build", str(SMALL), "-o", str(target))
    (tmp_path / "harbour.txt").write_text("changed")
    result = run("check", "-g", str(target), "--texts", str(tmp_path))
    assert result.exit_code == 1
    assert "harbour.txt: sha256 expected" in result.stdout
    as_json = run("check", "-g", str(target), "--texts", str(tmp_path), "--format", "json")
    rules = {finding["rule"] for finding in json.loads(as_json.stdout)}
    assert rules == {"texts", "printed", "ungrounded", "no-address"}


def test_without_a_name_the_questions_are_listed() -> None:
    listed = run("query").stdout
    assert all(query.name in listed for query in Query.all())
    as_json = json.loads(run("query", "--format", "json").stdout)
    assert {row["question"] for row in as_json} == {query.name for query in Query.all()}


def test_csv_has_nodes_labels_and_places() -> None:
    rows = list(csv.DictReader(io.StringIO(run("query", "routes", "destination=JP", "--format", "csv").stdout)))
    lac = next(row for row in rows if row["claim"].endswith("oas-cim-2005/route-reports/p23-1"))
    assert lac["route"].endswith("/lac-japan")
    assert lac["to_label"] == "Japan"
    marked = [f"oas-cim-2005 ¶23 s{n}{mark}" for mark in ("", " (implied)") for n in (1, 2)]
    assert lac["said at"] == "; ".join(marked)


def test_json_has_terms_and_locators() -> None:
    rows = json.loads(run("query", "numbers", "--format", "json").stdout)
    report = next(row for row in rows if row["hedge"]["label"] == "about" and row["figure"] == "1,700")
    assert report["subject"] == {
        "iri": "https://w3id.org/tipgraph/id/oas-cim-2005/routes/lac-japan",
        "label": "Latin America and the Caribbean to Japan",
    }
    assert report["said_at"][0]["paragraph"] == 23
    assert report["said_at"][0]["quote"] is None
    assert {cited["paragraph"] for row in rows for cited in row["said_at"]} == {0, 2, 23}


def test_what_is_implied_says_so_and_notes_stand_below() -> None:
    shown = run("query", "funding", "attending=la-paz-training").stdout
    assert "(implied)" in " ".join(shown.split())
    assert "oas-cim-2005 ¶15 s5: the visit was paid for; that the expert received money is a reading" in shown
    rows = json.loads(run("query", "funding", "attending=la-paz-training", "--format", "json").stdout)
    assert [row["implied"] for row in rows] == [True]
    assert "note: in the words of the source: from IOM through the bureau" in run("show", "actor:prm").stdout


def test_what_is_contradicted_says_so_and_why() -> None:
    why = (
        "USAID and the US Mission to the OAS are named as funders in the report of 2005, "
        "the United States Government in the report of 2004"
    )
    asked = ("query", "funding", "giver=usaid", "for=research-project-1999")
    shown = run(*asked).stdout
    assert "oas-cim-2005 ¶9 s3 (contradicted)" in shown.replace("\n", " ")
    assert f"] oas-cim-2005 ¶9 s3: {why}\n" in shown
    assert [row["contradicted"] for row in csv.DictReader(run(*asked, "--format", "csv").stdout.splitlines())] == [why]
    assert [row["contradicted"] for row in json.loads(run(*asked, "--format", "json").stdout)] == [[why]]


def test_ones_own_query_from_a_file_and_from_standard_input(tmp_path: Path) -> None:
    text = "SELECT ?label { VALUES ?place { UNDEF } ?place a tip:Country ; skos:prefLabel ?label } ORDER BY ?label"
    path = tmp_path / "mine.rq"
    path.write_text(text)
    assert "Japan" in run("query", "--file", str(path), "place=JP").stdout
    assert "Japan" in run("query", "-", "place=JP", stdin=text).stdout
    assert "true" in run("query", "-", stdin="ASK { ?s ?p ?o }").stdout
    assert "2 rows" in run("query", "-", stdin="CONSTRUCT { ?s a ?t } WHERE { ?s a ?t } LIMIT 2").stdout
    described = run(
        "query", "-", "--format", "csv", stdin="DESCRIBE <https://w3id.org/tipgraph/id/reference/places/japan>"
    )
    assert "JPN" in described.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * {\n ?s ?p", "the query does not parse, at line:column 2:"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "the query does not parse"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE asks another server"),
        ("SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }", "is not a graph here and is not fetched"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "is not a graph here and is not fetched"),
        ("ASK " + "{" * 3000 + "}" * 3000, "1000 brackets"),
    ],
)
def test_queries_that_are_not_run(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.rq"
    path.write_text(text)
    assert told in refused("query", "--file", str(path))


def test_bytes_that_are_no_text() -> None:
    for words, stdin in [([b"query", b"-"], b"\xff\xfe"), ([b"show", b"\xff"], b"")]:
        command = [os.fsencode(sys.executable), b"-m", b"tipgraph.cli", *words]
        done = subprocess.run(command, input=stdin, capture_output=True, check=False)
        assert done.returncode == 2
        assert b"not UTF-8" in done.stderr
        assert b"Traceback" not in done.stderr


LOCATE = ("source", "locate", "harbour-2020", "--data", str(SMALL), "--texts", str(SMALL_TEXTS))


def test_of_a_long_table_reviewed_rows_are_printed(kit_graph: Graph, tmp_path: Path) -> None:
    write(kit_graph, tmp_path / "kit.trig")
    routes = ("query", "routes", "-g", str(tmp_path / "kit.trig"))
    short, whole = run(*routes), run(*routes, "--all")
    assert re.search(r"1,\d\d\d more, not reviewed: --all", short.stderr)
    assert re.match(r"\d+ routes are reported, ", short.stdout)
    assert len(re.findall(r"not\s+reviewed", short.stdout)) == 1  # in the sentence
    assert len(re.findall(r"not\s+reviewed", whole.stdout)) > 1_000
    assert "more, not reviewed" not in whole.stderr
    assert len(run(*routes, "--format", "csv").stdout.splitlines()) > 1_000


def test_the_help_of_a_question_explains_its_parameters() -> None:
    assert re.search(r"Parameters of routes:\n  origin= +the place where", run("query", "routes", "--help").stdout)
    assert "Parameters of" not in run("query", "--help").stdout


def test_locate_without_texts_says_how_to_name_them() -> None:
    result = run("source", "locate", "oas-cim-2005", "--again")
    assert result.exit_code == 1
    assert "oas-cim-2005.txt: the text is missing; name its folder with --texts FOLDER" in result.stderr


def test_without_a_built_graph_the_kit_is_built_in_memory(tmp_path: Path) -> None:
    """In an installed copy with an empty working folder there is no build/graph.trig."""
    program = (
        "from pathlib import Path; from tipgraph.cli import main, paths\n"
        "paths.default_graph = lambda: Path('nowhere/graph.trig'); main(['query', 'numbers', '--format', 'csv'])"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TIPGRAPH_")}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, env=environment, check=True
    )
    assert "1,700" in done.stdout
    assert done.stderr == ""


def test_the_reading_path_imports_no_heavy_library(graph_file: Path) -> None:
    program = (
        "import sys, tipgraph\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'pyshacl', 'httpx', 'edtf', 'oxrdflib'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert 'pyoxigraph' not in sys.modules\n"
        "from tipgraph.cli import main\n"
        f"main(['query', 'funding', '-g', {str(graph_file)!r}], standalone_mode=False)\n"
        f"main(['show', 'iom', '-g', {str(graph_file)!r}], standalone_mode=False)\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=HERE)


def test_a_reader_that_goes_away_is_no_traceback(graph_file: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m tipgraph.cli query neighbourhood --format csv -g {graph_file} | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""


def test_ctrl_c_ends_a_query_that_runs_inside_the_engine(graph_file: Path) -> None:
    command = [sys.executable, "-m", "tipgraph.cli", "query", "-", "-g", str(graph_file)]
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin
        running.stdin.write(endless)
        running.stdin.close()
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(3)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == -signal.SIGINT


def test_a_network_as_a_table_csv_and_json() -> None:
    shown = run("network", "funding", "--focus", "usaid")
    assert "funding for" in shown.stdout
    assert "oas-cim-2005 ¶13" in shown.stdout
    assert "4 nodes, 4 edges" in shown.stdout
    rows = list(csv.DictReader(io.StringIO(run("network", "funding", "--focus", "usaid", "--format", "csv").stdout)))
    assert {row["claim"].rpartition("/")[2] for row in rows} == {"p9-1", "p13-1", "p14-1", "p30-1"}
    assert {row["from iri"].rpartition("/")[2] for row in rows} == {"usaid"}
    found = json.loads(run("network", "routes", "--focus", "JP", "--format", "json").stdout)
    assert {edge["from"] for edge in found} >= {"Colombia"}
    assert all(edge["claim"] and edge["said at"] for edge in found)
    assert "financiador de" in run("network", "funding", "--focus", "gtip", "--lang", "es").stdout


def test_a_measure_names_ranks_values_and_places() -> None:
    shown = run("network", "partnership", "--measure", "betweenness")
    assert shown.stdout.splitlines()[2].split()[:2] == ["1", "Inter-American"]
    rows = list(csv.DictReader(io.StringIO(
        run("network", "partnership", "--measure", "degree", "--format", "csv").stdout)))  # fmt: skip
    assert rows[0]["thing iri"].endswith("/cim")
    assert rows[0]["degree"] == "16"
    assert rows[0]["claims"].startswith("https://w3id.org/tipgraph/id/")
    as_json = json.loads(run("network", "partnership", "--measure", "bridges", "--format", "json").stdout)
    assert as_json[0]["said at"]


def test_figures_keep_their_digits(tmp_path: Path, copy: Path) -> None:
    funding = copy / "harbour-2020" / "funding.csv"
    funding.write_text(funding.read_text("utf-8").replace(",12500,", ",1234567.25,"), "utf-8")
    run("build", str(copy), "-o", str(tmp_path / "g.trig"))
    graph = ("-g", str(tmp_path / "g.trig"))
    assert "1,234,567.25" in run("network", "funding", *graph).stdout
    assert "1234567.25" in run("network", "funding", "--format", "csv", *graph).stdout
    assert "1234567.25" in run("network", "funding", "--measure", "concentration", "--format", "csv", *graph).stdout


def test_what_hangs_on_one_source_is_named() -> None:
    shown = run("network", "partnership", "--measure", "betweenness", "--without", "oas-cim-2005")
    assert shown.exit_code == 0
    assert "rank before" in shown.stdout
    assert "tie vanishes" in shown.stdout
    assert re.search(r"\b\d\d ties vanish", shown.stdout)
    spanish = run("network", "partnership", "--measure", "betweenness", "--without", "oas-cim-2005", "--lang", "es")
    assert "puesto antes" in spanish.stdout
    assert "cambia" in spanish.stdout
    assert "changes" not in spanish.stdout


def test_a_folding_shows_weights_and_what_is_shared() -> None:
    shown = run("network", "participation", "--fold", "starts", "--in", "BO", "--status", "held")
    header = shown.stdout.splitlines()[0].split()
    assert header[3:6] == ["shared", "weight", "which"]
    edges = json.loads(run("network", "participation", "--fold", "starts", "--format", "json").stdout)
    assert max(edge["shared"] for edge in edges) > 3
    assert all(1 <= edge["weight"] <= edge["shared"] for edge in edges)


def test_an_export_says_what_is_in_it(tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "usaid.xlsx"), "--recipe", "partner-funding", "--focus", "usaid")
    assert re.search(r"usaid.xlsx: \d+ nodes, \d+ edges, \d+ claims, \d+ sources$", result.stdout.strip())
    mapped = run("export", str(tmp_path / "m.geojson"), "--network", "partnership")
    assert "0 features; 44 nodes" in mapped.stdout
    assert "withheld: edges without a place (90)" in mapped.stderr
    question = run("export", str(tmp_path / "q.nq"), "of=CIM", "--question", "partners")
    assert question.exit_code == 0
    assert (tmp_path / "q.nq.manifest.json").exists()


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = run("export", str(tmp_path / "nosuch" / "x.ttl"), "--network", "routes")
    assert result.exit_code == 1
    assert "there is no such folder" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_pages_are_not_written_over_other_things(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    assert "holds thesis.txt" in refused("pages", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_pages_are_written_and_the_command_says_where_no_engine_is_at_hand(
    small: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(small, tmp_path / "small.trig")
    for at_hand in {assets.is_gathered(), False}:
        for home in (assets, outputs):
            monkeypatch.setattr(home, "is_gathered", lambda at_hand=at_hand: at_hand)
        result = run("pages", str(tmp_path / "site"), "-g", str(tmp_path / "small.trig"))
        assert result.stdout == f"{tmp_path / 'site' / 'index.html'}: open it in a browser\n"
        assert ("`make web`" in result.stderr) != at_hand
        assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "small.trig"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_export_leaves_nothing(graph_file: Path, tmp_path: Path, number: signal.Signals) -> None:
    program = (
        "import os, sys, time, pathlib, tipgraph\n"
        "from tipgraph.outputs import files as exports\n"
        "def slow(taken, path):\n"
        "    path.write_text('half')\n"
        "    print('writing', flush=True)\n"
        "    [time.sleep(0.1) for _ in range(600)]\n"  # a signal just before one long sleep would wait for its end
        "exports.FORMATS['.nq'] = exports.FORMATS['.nq']._replace(write=slow)\n"
        "sys.argv = ['tipgraph', 'export', sys.argv[1], '--network', 'routes', '-g', sys.argv[2]]\n"
        "from tipgraph.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "x.nq"), str(graph_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(number)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 128 + number
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def senseless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("senseless") / "graph.nq"
    place = NamedNode("https://w3id.org/tipgraph/id/s")
    said = parse(path=str(Path(__file__).parent / "senseless.ttl"), format=RdfFormat.TURTLE)
    ontology = ontology_statements(sorted(kit.folder("ontology").glob("*.ttl")))
    quads = [Quad(one.subject, one.predicate, one.object, place) for one in said]
    with path.open("wb") as file:
        serialize([*quads, *(Quad(*one) for one in ontology)], file, RdfFormat.N_QUADS)
    return path


@pytest.mark.parametrize(
    "words",
    [
        "query funding", "query partners --format json", "query routes", "query single-source",
        "query neighbourhood of=a", "show a", "network funding", "network partnership --measure betweenness",
        "network routes", "status", "check", "export OUT/a.json", "export OUT/a.xlsx",
        "export OUT/a.graphml --network all", "export OUT/tables/", "pages OUT/site",
        "store diff GRAPH GRAPH", "build GRAPH -o OUT/store/",
    ],
)  # fmt: skip
def test_a_senseless_graph_ends_no_command_in_a_traceback(
    senseless: Path, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TIPGRAPH_TRACEBACK")
    monkeypatch.setenv("TIPGRAPH_GRAPH", str(senseless))
    said = words.replace("OUT", str(tmp_path)).replace("GRAPH", str(senseless)).split()
    done = CliRunner().invoke(main, said, catch_exceptions=False)
    assert done.exit_code == 0 or "`tipgraph check`" in done.output or done.output.endswith("findings\n")
    assert "Traceback" not in done.output


def test_check_names_what_a_senseless_graph_says(senseless: Path) -> None:
    done = CliRunner().invoke(main, ["-g", str(senseless), "check"])
    assert done.exit_code == 1
    for words in ("evidence/e", "funding/f1", "partnerships/p1", "route-reports/r"):
        assert words in done.output
