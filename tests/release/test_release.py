"""A release of the project's own graph: what a policy says holds in all that is written, and that is sound."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode

from tests.conftest import column
from tests.release.making import everything
from tipgraph import names, shapes, tip
from tipgraph.cli import main
from tipgraph.errors import CallError, InputError
from tipgraph.graph import Graph
from tipgraph.release import LeakFound, Released, compile_, read_policy, release, verify
from tipgraph.release.counts import SMALL
from tipgraph.release.policy import Policy
from tipgraph.release.settling import PERSONAL
from tipgraph.sources import Texts
from tipgraph.statements import DATA, Statement, data_iri
from tipgraph.storage import load, write

TODAY = date(2026, 12, 1)
WITHHELD = """
key = "3f9a1c77de20b4a8"
[sources]
default = "locators"

[[withhold]]
what = "depaul-university"
reason = "safety"
because = "a shelter was threatened"
review = 2027-06-01
"""
MIXED = """
key = "3f9a1c77de20b4a8"
[sources]
default = "locators"
state-tip-2024 = "words"
mcclatchy-2005 = "none"

[[withhold]]
what = "oas-cim-2005/funding/p13-1"
reason = "agreement"
review = 2026-11-01

[[rename]]
what = "usaid"
to = "Anonymous donor"
"to@es" = "Donante anónimo"
reason = "request"
review = 2027-06-01

[[coarsen]]
what = "place:belize-city"
place = "country"
reason = "safety"
review = 2027-06-01

[[coarsen]]
what = "caribbean-seminars"
dates = "year"
reason = "doubt"
review = 2027-06-01
"""

TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
KEY = 'key = "3f9a1c77de20b4a8"'
ENTRY = '[[{}]]\nwhat = "{}"\n{}\nreason = "safety"\nreview = 2027-06-01'


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Policy]:
    def write(text: str) -> Policy:
        path = tmp_path_factory.mktemp("policy") / "policy.toml"
        path.write_text(text if text.lstrip().startswith("key") else f"{KEY}\n{text}", "utf-8")
        return read_policy(path)

    return write


@pytest.fixture(scope="module")
def one(graph: Graph, written: Callable[[str], Policy], tmp_path_factory: pytest.TempPathFactory) -> Released:
    """A release with one withheld actor, in every format."""
    folder = tmp_path_factory.mktemp("one") / "out"
    recipes = [("partner-funding", "iom")]
    return release(graph, folder, written(WITHHELD), recipes=recipes, today=TODAY)


@pytest.fixture(scope="module")
def mixed(graph: Graph, written: Callable[[str], Policy], tmp_path_factory: pytest.TempPathFactory) -> Released:
    folder = tmp_path_factory.mktemp("mixed") / "out"
    return release(graph, folder, written(MIXED), formats=[".csv.zip", ".nq"], today=TODAY)


@pytest.mark.parametrize("what", ["DePaul", "depaul", "IHRLI", "Universidad DePaul", "shelter was threatened"])
def test_a_withheld_actor_is_nowhere(one: Released, what: str) -> None:
    assert what.casefold() not in everything(one.folder).casefold()


def test_who_judged_is_not_told(one: Released, graph: Graph) -> None:
    query = "SELECT DISTINCT ?judge WHERE { ?node tip:judge ?judge }"
    assert column(graph, query)
    assert column(one.compiled.graph, query) == ["the editors"]


def test_a_release_has_every_format_and_is_sound(one: Released) -> None:
    assert {"graph.trig", "release.json", "README.md", "site/index.html", "exports/tipgraph.xlsx"} <= set(one.files)
    report = shapes.check(load(one.folder / "graph.trig"))
    assert report.ok, report.summary


def test_the_note_counts_and_does_not_tell(one: Released) -> None:
    note = json.loads((one.folder / "release.json").read_text("utf-8"))
    told = {(row["what"], row["why"]): row["count"] for row in note["withheld"]}
    assert told["thing", "showing it could harm somebody"] == 1
    assert told["claim", "rests on what is withheld"] > 1
    assert note["smallest count of detected persons"] == 11
    assert "| thing | showing it could harm somebody | 1 |" in (one.folder / "README.md").read_text("utf-8")


def test_without_a_withheld_source_the_rest_stays(mixed: Released, graph: Graph) -> None:
    left = mixed.compiled.graph
    assert data_iri("mcclatchy-2005").value not in left.sources
    assert "mcclatchy" not in everything(mixed.folder).casefold()
    assert names.resolve(left, "place:japan")
    assert len(left) > 0.9 * len(graph)


def test_a_renamed_actor_keeps_its_ties_and_nothing_else(mixed: Released) -> None:
    left = mixed.compiled.graph
    donor = names.resolve(left, "Anonymous donor")
    assert donor.value.startswith(f"{DATA}released/actors/r-")
    assert left.labels([donor], "es") == {donor: "Donante anónimo"}
    claims = [NamedNode(iri) for iri in column(left, f"SELECT ?claim WHERE {{ ?claim tip:giver <{donor.value}> }}")]
    assert claims
    for claim, citations in left.cite(claims).items():
        assert [str(citation) for citation in citations] == ["oas-cim-2005 (withheld)"]
        assert "/r-" in claim.value
    text = everything(mixed.folder)
    assert "USAID" not in text
    assert "Agency for International Development" not in text


def test_what_is_said_at_a_coarser_place_stays(graph: Graph, written: Callable[[str], Policy]) -> None:
    left = compile_(graph, written(ENTRY.format("coarsen", "place:la-paz", 'place = "country"')), today=TODAY).graph
    labels = left.labels([row["thing"] for row in left.named("all-things")])
    (training,) = (node for node, label in labels.items() if label.startswith("Training workshop in Bolivia"))
    assert labels[training].endswith("11–12 November 2004")
    places = column(left, f"SELECT DISTINCT ?place {{ ?report tip:undertaking <{training.value}> ; tip:place ?place }}")
    assert places == [names.resolve(left, "place:bolivia").value]
    assert len(left) > 0.9 * len(graph)
    both = ENTRY.format("coarsen", "place:la-paz", 'place = "country"')
    both += "\n" + ENTRY.format("coarsen", "la-paz-training", 'dates = "year"')
    compiled = compile_(graph, written(both), today=TODAY)
    labels = compiled.graph.labels([row["thing"] for row in compiled.graph.named("all-things")])
    (label,) = (label for label in labels.values() if label.startswith("Training workshop in Bolivia"))
    assert label.endswith(", 2004")
    report = shapes.check(compiled.graph)
    assert report.ok, [str(finding) for finding in report.findings]


def test_days_in_words_become_coarser_too(graph: Graph, written: Callable[[str], Policy]) -> None:
    text = ENTRY.format("coarsen", "la-paz-training", 'dates = "year"')
    compiled = compile_(graph, written(text), today=TODAY)
    label = compiled.graph.labels([names.resolve(compiled.graph, "la-paz-training")])
    assert list(label.values()) == ["Training workshop in La Paz, 2004"]


def test_ids_leave_no_gap_where_something_is_withheld(mixed: Released) -> None:
    claims = [row["claim"].value for row in mixed.compiled.graph.named("claim-list")]
    assert not [claim for claim in claims if claim.startswith(f"{DATA}oas-cim-2005/") and "/r-" not in claim]


def test_a_coarser_place_and_date(mixed: Released, graph: Graph) -> None:
    left = mixed.compiled.graph
    assert "Belize City" not in everything(mixed.folder)
    seminars = names.resolve(left, "caribbean-seminars")
    query = f"SELECT DISTINCT ?date WHERE {{ ?claim tip:mentions <{seminars.value}> ; tip:date ?date }}"
    before, after = column(graph, query), column(left, query)
    assert any(len(part) > 4 for day in before for part in day.split("/"))
    assert after
    assert all(len(part) == 4 for day in after for part in day.split("/"))


def test_a_mixed_release_is_sound(mixed: Released) -> None:
    report = shapes.check(mixed.compiled.graph)
    assert report.ok, [str(finding) for finding in report.findings]


def test_what_could_be_recognized_is_listed(mixed: Released) -> None:
    doubts = {doubt.what: doubt.why for doubt in mixed.compiled.doubts}
    assert "no other actor here has its ties" in doubts["usaid"]
    assert "says what is withheld" in doubts["oas-cim-2005 ¶13 s1"]
    assert [entry.where for entry in mixed.compiled.due] == ["withhold 1"]


def test_quotes_are_of_sources_shown_with_words(
    graph: Graph, written: Callable[[str], Policy], shared_texts: Path
) -> None:
    compiled = compile_(graph, written(MIXED), Texts(shared_texts), TODAY)
    claims = [row["claim"] for row in compiled.graph.named("claim-list")]
    quoted: dict[str, set[bool]] = {}
    for citations in compiled.graph.cite(claims).values():
        for one in citations:
            words = compiled.texts.quote(one.file, one.start, one.end, one.digest, one.form)
            quoted.setdefault(one.source, set()).add(words is not None)
    assert quoted["oas-cim-2005"] == {False}
    assert quoted["state-tip-2024"] == {True}


def test_nothing_is_quoted_beside_what_is_withheld(
    graph: Graph, written: Callable[[str], Policy], shared_texts: Path
) -> None:
    policy = written(MIXED.replace('default = "locators"', 'default = "words"'))
    compiled = compile_(graph, policy, Texts(shared_texts), TODAY)
    quotes = [
        compiled.texts.quote(one.file, one.start, one.end, one.digest, one.form)
        for citations in compiled.graph.cite([row["claim"] for row in compiled.graph.named("claim-list")]).values()
        for one in citations
    ]
    assert sum(quote is not None for quote in quotes) > 400
    assert not [quote for quote in quotes if quote and ("USAID" in quote or "Belize City" in quote)]


def test_the_command_line_releases_reads_back_and_finds_what_was_added(graph_file: Path, tmp_path: Path) -> None:
    policy, out = tmp_path / "policy.toml", tmp_path / "out"
    policy.write_text(WITHHELD, "utf-8")
    command = ["release", str(out), "--policy", str(policy), "-g", str(graph_file)]
    made = CliRunner().invoke(main, [*command, "--export", ".csv.zip", "--format", "csv"])
    assert made.exit_code == 0, made.stderr
    rows = {tuple(row[:2]): row[2] for row in csv.reader(made.stdout.splitlines())}
    assert rows["thing", "safety"] == "1"
    assert "decide: oas-cim-2005 ¶9 s3" in made.stderr
    assert "read back; none tells any of" in made.stderr
    assert CliRunner().invoke(main, [*command, "--test"]).exit_code == 0
    with (out / "README.md").open("a", encoding="utf-8") as file:
        file.write("with thanks to DePaul University\n")
    found = CliRunner().invoke(main, [*command, "--test", "--format", "csv"])
    assert found.exit_code == 1
    assert "README.md" in found.stdout
    assert "DePaul University" in found.stdout


def test_a_leak_releases_nothing(
    graph: Graph, written: Callable[[str], Policy], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours, planted: the graph is written as it was before the policy."""
    monkeypatch.setattr("tipgraph.release.write", lambda _, path: write(graph, path))
    with pytest.raises(LeakFound) as caught:
        release(graph, tmp_path / "out", written(WITHHELD), formats=[".csv.zip"], today=TODAY)
    assert any("DePaul" in leak.what for leak in caught.value.leaks)
    assert {leak.file for leak in caught.value.leaks} == {"graph.trig"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "said"), [
    (ENTRY.format("withhold", "nobody-knows", ""), "withhold 1, what: 'nobody-knows' is no"),
    ('[[withhold]]\nwhat = "cim"\nreason = "mood"\nreview = 2027-06-01', "'mood' is no reason; the reasons are safety"),
    ('[[withhold]]\nwhat = "cim"\nreason = "safety"', "withhold 1, review: is missing"),
    ('[[withhold]]\nwhat = "cim"\nreason = "safety"\nreview = "2027-06-01"', "is not a day, as 2027-06-01 without"),
    (ENTRY.format("rename", "japan", 'to = "X"'), "only actors are renamed"),
    (ENTRY.format("coarsen", "japan", 'place = "country"'), "lies in no country here"),
    (ENTRY.format("coarsen", "cim", ""), "says not what becomes coarser"),
    (ENTRY.format("rename", "usaid", 'to = "USAID office"'), "'USAID office' tells 'USAID'"),
    (ENTRY.format("withhold", "a b/c/d", ""), "is no row; write source/table/id"),
    (f"{ENTRY.format('withhold', 'cim', '')}\n{ENTRY.format('withhold', 'cim', '')}", "is what withhold 1 is about"),
    ('key = "short"', 'is missing or short; write key = "'),
    ("[sources]\nsomebody = 'none'", "'somebody' is no source of this graph"),
    ("[sources]\noas-cim-2005 = 'maybe'", "'maybe' is none of words, locators, none"),
    ("[counts]\nk = 0", "0 is no whole number from 1"),
    ("[count]\nk = 11", "count: is no part of a policy"),
    ("[sources\n", "is no TOML"),
])  # fmt: skip
def test_a_policy_that_means_nothing_says_why(
    graph: Graph, written: Callable[[str], Policy], text: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        compile_(graph, written(text), today=TODAY)
    assert said in str(caught.value)
    assert "policy.toml" in str(caught.value)


def test_a_folder_of_something_else_is_left_alone(
    graph: Graph, written: Callable[[str], Policy], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CallError, match=r"mine\.txt"):
        release(graph, tmp_path, written(WITHHELD), formats=[".nq"])
    with pytest.raises(CallError, match="name the folder of a release"):
        verify(graph, tmp_path, written(WITHHELD))
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_nothing_of_a_person_leaves(graph: Graph, written: Callable[[str], Policy]) -> None:
    """What others brought in: a node of a class of persons, and an address in a note."""
    node, source = NamedNode("http://example.org/people/1"), data_iri("oas-cim-2005")
    claim = data_iri("oas-cim-2005", "funding", "p13-1")
    brought = [
        Statement(node, NamedNode(TYPE), NamedNode("http://xmlns.com/foaf/0.1/Person"), source),
        Statement(claim, NamedNode(tip.note), Literal("ask ana.perez@example.org", language="en"), source),
    ]
    held = Graph([*(Statement(*quad) for quad in graph.quads()), *brought])
    compiled = compile_(held, written("[counts]\nk = 11\n"), today=TODAY)
    assert not list(compiled.graph.about([node]))
    assert "perez" not in " ".join(str(one.object) for one in compiled.graph.about([claim]))
    assert compiled.counts["value of a claim", PERSONAL] == 1


def test_small_counts_go_from_the_pages_too(graph: Graph, written: Callable[[str], Policy], tmp_path: Path) -> None:
    """With a k of 100 the 79 whom the police of Japan identified is a small count."""
    assert compile_(graph, written("[counts]\nk = 11\n"), today=TODAY).counts["count of persons", SMALL] == 0
    made = release(graph, tmp_path / "out", written("[counts]\nk = 100\n"), formats=[".csv.zip"], today=TODAY)
    assert made.compiled.counts["count of persons", SMALL] == 1
    assert "exact 79" not in everything(made.folder)
    assert "Japan: suppressed" in everything(made.folder)
