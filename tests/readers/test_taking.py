"""From a file to a source's folder, and on to a graph that holds."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import column
from tipgraph import cli
from tipgraph.analysis.network import project
from tipgraph.errors import BadValue, UnknownName
from tipgraph.graph.graph import Graph
from tipgraph.model import DERIVED, data_iri
from tipgraph.outputs.site.maps import route_lines
from tipgraph.pipeline.builder import build
from tipgraph.pipeline.shacl import check
from tipgraph.sources.evidence.spans import digest
from tipgraph.sources.folder import Texts, read_source
from tipgraph.sources.importers.registry import reader

from .conftest import SETTINGS, Taking, take
from .test_iati import activity, file, transaction

ROUTES = "Peru,Japan\nMadagaskar,Kuwait\n"
HOSTILE = "<script>alert(1)</script>=cmd|' /C calc'!A0\u202e | x"


@pytest.fixture
def routes(tmp_path: Path) -> Path:
    path = tmp_path / "routes.txt"
    path.write_text(ROUTES, "utf-8")
    return path


def imported(*words: str | Path) -> Result:
    return CliRunner().invoke(cli.main, ["source", "import", *map(str, words)])


def asked(**settings: str) -> list[str]:
    return [part for name, value in settings.items() for part in (f"--{name}", value)]


ALL = asked(title="Routes", publisher="Us", issued="2005", licence="CC0")


def test_a_folder_says_what_the_file_is_and_how_it_was_read(routes: Path, tmp_path: Path) -> None:
    take("routes", routes, tmp_path / "data" / "made", date="2005")
    source = read_source(tmp_path / "data" / "made")
    assert source.about == SETTINGS | {
        "textFile": "routes.txt",
        "textKind": "held",
        "paragraphRule": "records",
        "textFormat": "csv",
        "sha256": digest(ROUTES),
        "reader": "routes date=2005",
    }
    assert source.expected == {"Evidence": 2, "Naming": 4, "Paragraph": 2, "Route": 2, "RouteReport": 2}


def test_what_was_taken_in_holds(tmp_path: Path) -> None:
    path = tmp_path / "made.xml"
    path.write_text(file(activity(transaction("3") + transaction("11"), f"About. {'x' * 500}")), "utf-8")
    take("iati", path, tmp_path / "data" / "made")
    (tmp_path / "routes.csv").write_text("origin,via,destination,count\nMali,Libya,Italy,<5\nMali,,Italy,7\n", "utf-8")
    take("routes", tmp_path / "routes.csv", tmp_path / "data" / "routes", date="2005")
    graph = build(tmp_path / "data")
    report = check(graph, Texts(tmp_path), tmp_path / "data")
    assert [str(finding) for finding in report.findings] == []
    assert report.evidence["verified"] > 20
    assert report.evidence.keys() == {"verified"}


def test_inherited_values_cite_what_they_come_from(tmp_path: Path) -> None:
    """A default currency, the organization of a file, the place of a result and a country in lower case."""
    made = Path(__file__).parent / "made"
    (tmp_path / "made.json").write_text(
        json.dumps({"id": "a", "schema": "Company", "properties": {"name": ["Boats"], "country": ["no"]}}), "utf-8"
    )
    for name in ("activities", "organisations"):
        (tmp_path / f"{name}.xml").write_text((made / f"{name}.txt").read_text("utf-8").split("===\n")[1], "utf-8")
        take("iati", tmp_path / f"{name}.xml", tmp_path / "data" / name)
    take("ftm", tmp_path / "made.json", tmp_path / "data" / "ftm")
    report = check(build(tmp_path / "data"), Texts(tmp_path), tmp_path / "data")
    assert [str(finding) for finding in report.findings if finding.rule == "ungrounded"] == []
    assert report.evidence.keys() == {"verified"}


def test_a_changed_file_is_found(routes: Path, tmp_path: Path) -> None:
    take("routes", routes, tmp_path / "data" / "made")
    routes.write_text(ROUTES.replace("Peru", "Chad"), "utf-8")
    report = check(build(tmp_path / "data"), Texts(tmp_path), tmp_path / "data")
    assert any("the text has changed" in finding.message for finding in report.findings)
    assert report.evidence["wrong"] == 2


def test_a_folder_of_sources_without_a_reference_has_the_places_of_the_kit(routes: Path, tmp_path: Path) -> None:
    take("routes", routes, tmp_path / "data" / "made")
    graph = build(tmp_path / "data")
    japan = data_iri("reference", "places", "japan").value
    assert column(graph, f"SELECT ?c {{ ?c tip:destination <{japan}> }}") == [
        data_iri("made", "route-reports", "p1-3").value
    ]
    assert DERIVED.value in graph.sources


def test_hostile_names_stay_names(taking: Taking, tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "schema": "Organization", "properties": {"name": [HOSTILE]}})
    found = taking("ftm", line)
    graph = build(tmp_path / "data")
    names = column(graph, "SELECT ?n { ?c tip:name ?n }")
    assert names == [HOSTILE]
    assert found.rows["actors"][0]["label"].startswith("<script>")


def test_what_is_not_read_by_design_is_told_and_is_no_fault(tmp_path: Path) -> None:
    more = '<legacy-data/><legacy-data/><recipient-region code="998"/><recipient-region code="x" vocabulary="99"/>'
    path = tmp_path / "made.xml"
    path.write_text(file(activity(more + transaction("6"))), "utf-8")
    done = imported("iati", path, "-o", tmp_path / "data" / "made", *ALL)
    assert done.exit_code == 0, done.stderr
    assert "parts that are not read: 2 legacy-data" in done.stdout
    assert "left out: 1 loan repayments, which give no money" in done.stdout
    assert "unknown places: '998' (1), 'x' (1)" in done.stdout


def test_faults_are_counted_by_kind_and_listed_in_a_file(tmp_path: Path) -> None:
    """A hundred ugly activities: a short summary says what is wrong, and the exit code whether something was lost."""
    ugly = """<recipient-country code="ZZ"/><activity-date type="4" iso-date="1010-03-0{0}"/>
     <sector code="1" percentage="13{0}"/><activity-date type="4" iso-date="soon"/>
     <policy-marker code="1" vocabulary="DAC" significance="9"/><result type="5"/>
     <participating-org role="7"><narrative>Seven</narrative></participating-org>
     <document-link url="ftp://example.org/{0}"/><location><name><narrative>Bergen</narrative></name>
     <location-class code="2"/><point><pos>91.{0} 5</pos></point></location>"""
    activities = [activity(ugly.format(n % 10)).replace("XX-1-A", f"XX-{n}") for n in range(100)]
    path, target = tmp_path / "made.xml", tmp_path / "data" / "made"
    path.write_text(file(*activities), "utf-8")
    done = imported("iati", path, "-o", target, *ALL)
    assert (done.exit_code, len(done.output.splitlines()) < 20) == (1, True), done.stderr
    assert "lost: 100 countries or regions, 100 roles" in done.stdout
    assert done.stderr.splitlines()[1].startswith("lost: made.xml:20: XX-0: participating-org role '7' has no code")
    assert "XX-0: '130' is no percentage; left out (and 99 more of this kind)" in done.stderr
    listed = (target / "faults.txt").read_text("utf-8").splitlines()
    assert f"{len(listed):,} faults of 12 kinds; each is in {target / 'faults.txt'}" in done.stdout
    assert sum(line.startswith("lost: made.xml:") for line in listed) == 200
    assert [line.partition(":")[2].split(": ", 1)[1] for line in listed if "percentage;" in line][98:] == [
        "XX-98: '138' is no percentage; left out", "XX-99: '139' is no percentage; left out",
    ]  # fmt: skip
    broken = "<iati-activity><iati-identifier>XX-2</iati-identifier><title>&nbsp;</title></iati-activity>"
    path.write_text(
        file(activity(transaction("3", currency="")).replace(' default-currency="EUR"', ""), broken)
        + "x<iati-activity>",
        "utf-8",
    )
    done = imported("iati", path, "-o", target, "--replace", *ALL)
    assert done.exit_code == 1
    assert "lost: 2 activities, 1 amount of money" in done.stdout
    assert (target / "faults.txt").read_text("utf-8").count("\n") == 3
    path.write_text(file(activity()), "utf-8")
    assert imported("iati", path, "-o", target, "--replace", *ALL).exit_code == 0
    assert not (target / "faults.txt").exists()


def test_nothing_is_written_where_something_is_missing(routes: Path, tmp_path: Path) -> None:
    result = imported("routes", routes, "-o", tmp_path / "data" / "made")
    assert result.exit_code == 1
    assert result.stderr.count("is missing; give") == 4
    assert not (tmp_path / "data").exists()


def test_the_command_takes_a_file_and_says_what_was_taken(routes: Path, tmp_path: Path) -> None:
    routes.write_text(ROUTES + "Tibet,Nepal\n", "utf-8")
    result = imported("routes", routes, "-o", tmp_path / "made", "--date", "2005", *ALL)
    assert result.stdout.splitlines() == [
        f"{tmp_path / 'made'}: 3 records read; rows: 3 Evidence, 5 Naming, 3 Paragraph, 2 Route, 2 RouteReport",
        "left out: 1 rows without the properties that their class needs",
        "unknown places: 'Tibet' (1)",
        "lost: 1 record",
        f"2 faults of 2 kinds; each is in {tmp_path / 'made' / 'faults.txt'}",
        "next: `tipgraph build && tipgraph check`",
    ]
    assert result.exit_code == 1
    assert 'retrieved = "' in (tmp_path / "made" / "source.toml").read_text("utf-8")


def test_of_several_files_each_is_a_source(routes: Path, tmp_path: Path) -> None:
    other = routes.with_name("More Routes.txt")
    other.write_text("Mali,Italy,x\n", "utf-8")
    result = imported("routes", routes, other, "-o", tmp_path / "data" / "tip", *ALL)
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["tip-more-routes", "tip-routes"]
    assert result.exit_code == 1  # the x is no count, which is listed
    assert "More Routes.txt:1: count: 'x' is no whole number" in result.stderr


def test_the_work_of_a_person_is_never_written_over(routes: Path, tmp_path: Path) -> None:
    target = tmp_path / "made"
    assert imported("routes", routes, "-o", target, *ALL).exit_code == 0
    assert "is there already; add --replace" in imported("routes", routes, "-o", target, *ALL).stderr
    assert imported("routes", routes, "-o", target, "--replace", *ALL).exit_code == 0
    (target / "my-notes.csv").write_text("id\n", "utf-8")
    result = imported("routes", routes, "-o", target, "--replace", *ALL)
    assert result.exit_code == 1
    assert "my-notes.csv" in result.stderr
    assert (target / "my-notes.csv").exists()
    (tmp_path / "mine").mkdir()
    assert (
        "is there already; give another folder"
        in imported("routes", routes, "-o", tmp_path / "mine", "--replace", *ALL).stderr
    )


def test_a_file_that_cannot_be_read_leaves_what_was_there(routes: Path, tmp_path: Path) -> None:
    target = tmp_path / "made"
    assert imported("routes", routes, "-o", target, *ALL).exit_code == 0
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    routes.write_bytes(b"\xff\xfe")
    assert imported("routes", routes, "-o", target, "--replace", *ALL).exit_code == 1
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "routes.txt"]


def test_days_that_are_none_and_files_that_are_not_there_are_said(routes: Path, tmp_path: Path) -> None:
    told = asked(title="Routes", publisher="Us", issued="2024-13", licence="CC0")
    assert "issued: '2024-13' is no EDTF date" in imported("routes", routes, "-o", tmp_path / "made", *told).stderr
    assert "is no file; name one" in imported("routes", tmp_path / "none", "-o", tmp_path / "made", *ALL).stderr


def test_wrong_calls_are_refused(routes: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="the kinds are ctdc, d-portal"):
        reader("excel")
    with pytest.raises(BadValue, match="'Made' is no name for a source"):
        take("routes", routes, tmp_path / "Made")
    for words in (["routes", routes], ["routes"]):
        assert imported(*words).exit_code == 2
    assert "routes" in imported().stdout


def test_the_map_shows_imported_routes_beside_those_of_the_report(
    graph: Graph, kit_data: Path, routes: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(kit_data, data)
    take("routes", routes, data / "made", date="2005")
    built = build(data)
    found, known = (
        sum(len(line["reports"]) for line in route_lines(one, project(one, "routes"))) for one in (built, graph)
    )
    assert found == known + 2
