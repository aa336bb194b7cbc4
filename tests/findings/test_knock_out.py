"""Knocking a source out is building without it; and what is reported of that is true."""

import csv
import io
import json
import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.findings.made import Row, Tables, actor, made, same, write
from tipgraph.analysis.network import edges_of, measure, project
from tipgraph.analysis.sensitivity import SensitivityReport, knock_out_of_answer
from tipgraph.cli import main
from tipgraph.errors import UnknownName
from tipgraph.graph.engine import Term
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.pipeline.builder import build, gather

World = tuple[dict[str, dict[str, list[Row]]], dict[str, str]]  # tables by source, and publishers
SOURCES = "abc"
THINGS = ("actors", "places", "undertakings")
QUESTIONS = ("funding", "participants", "partners", "things", "conflicts", "single-source", "coverage")


def without(world: World, name: str) -> World:
    """Take the folder of a source away, as a person would: rows that name its rows go, cells of things are emptied."""
    sources, publishers = world
    left: dict[str, dict[str, list[Row]]] = {}
    gone: set[str] = set()
    while True:
        before = len(gone)
        left = {
            source: {table: _left(source, table, rows, name, gone) for table, rows in tables.items()}
            for source, tables in sources.items()
            if source != name
        }
        if len(gone) == before:
            break
    kept = {source: _emptied(cell, name, gone) for source, cell in publishers.items() if source != name}
    return left, kept


def _left(source: str, table: str, rows: list[Row], name: str, gone: set[str]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        if table in THINGS:
            found.append({column: _emptied(cell, name, gone) for column, cell in row.items()})
        elif any(_emptied(cell, name, gone) != cell for cell in row.values()):
            gone.add(f"{source}/{table}/{row['id']}")
        else:
            found.append(row)
    return found


def _emptied(cell: str, name: str, gone: set[str]) -> str:
    return " | ".join(one for one in cell.split(" | ") if not one.startswith(f"{name}/") and one not in gone)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a few sources: claims of things of their own, of the reference and of each other; judgements and echoes."""
    names = SOURCES[: draw(st.integers(2, 3))]
    actors = [f"{source}/actors/{one}" for source in (*names, "reference") for one in "xy"]
    courses = [f"{source}/undertakings/u" for source in names]
    places = [f"{source}/places/p" for source in names]

    def some(source: str, nodes: list[str]) -> st.SearchStrategy[str]:
        return st.sampled_from([node for node in nodes if node.startswith(source)] * 4 + nodes)

    sources: dict[str, dict[str, list[Row]]] = {}
    for source in names:
        elsewhere = [place for place in (*places, "reference/places/land") if not place.startswith(source)]
        holder = draw(st.sampled_from(["", *elsewhere])) if source == "a" else ""
        sources[source] = {
            "actors": [actor("x"), actor("y")],
            "undertakings": [{"id": "u", "type": "Event", "label": f"u of {source}"}],
            "places": [{"id": "p", "type": "City", "label": "p", "partOf": holder}],
        }
        for table, cells in _claims(some(source, actors), some(source, courses), some(source, places)).items():
            drawn = draw(st.lists(st.fixed_dictionaries(cells), max_size=2))
            sources[source][table] = [{"id": f"r{at}", **row} for at, row in enumerate(drawn)]
    claims = [
        f"{source}/{table}/{row['id']}"
        for source, tables in sources.items()
        for table, rows in tables.items()
        if table not in THINGS
        for row in rows
    ]
    sources["reference"] = {
        "actors": [actor("x"), actor("y")],
        "places": [{"id": "land", "type": "Country", "label": "land"}],
        "identity": draw(_judgements(actors)) + draw(_judgements(courses, "c")),
        **({"restatements": draw(_echoes(claims)), "conflicts": draw(_conflicts(claims))} if len(claims) > 2 else {}),
    }
    publishers = {source: draw(st.just("") | some(source, actors)) for source in names}
    return sources, publishers


def _claims(
    who: st.SearchStrategy[str], what: st.SearchStrategy[str], where: st.SearchStrategy[str]
) -> dict[str, dict[str, st.SearchStrategy[str]]]:
    """Return how the cells of each table of claims are drawn."""
    none = st.just("")
    return {
        "participations": {
            "participant": who,
            "undertaking": what,
            "role": st.sampled_from(["organizer", "presenter"]),
        },
        "funding": {
            "giver": who,
            "receiver": who,
            "purpose": what | none,
            "moneyKind": st.sampled_from(["unknown", "awarded"]),
            "date": st.sampled_from(["", "2004", "2005"]),
        },
        "partnerships": {
            "partner": st.lists(who, min_size=2, max_size=3, unique=True).map(" | ".join),
            "undertaking": what,
            "partnershipKind": st.just("joint-undertaking"),
        },
        "undertaking-reports": {
            "undertaking": what,
            "status": st.sampled_from(["held", "planned"]),
            "place": where | none,
        },
    }


@st.composite
def _judgements(draw: st.DrawFn, nodes: list[str], mark: str = "j") -> list[Row]:
    pairs = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda pair: pair[0] != pair[1])
    drawn = draw(st.lists(pairs, max_size=5, unique_by=lambda pair: frozenset(pair)))
    return [
        same(f"{mark}{at}", left, right, draw(st.sampled_from(["same", "same", "unsure"])))
        for at, (left, right) in enumerate(drawn)
    ]


@st.composite
def _echoes(draw: st.DrawFn, claims: list[str]) -> list[Row]:
    pairs = st.tuples(st.sampled_from(claims), st.sampled_from(claims)).filter(lambda pair: pair[0] != pair[1])
    return [
        {"id": f"e{at}", "restating": one, "restated": other, "evidence": f"{one[0]}/evidence/e"}
        for at, (one, other) in enumerate(draw(st.lists(pairs, max_size=2, unique=True)))
    ]


@st.composite
def _conflicts(draw: st.DrawFn, claims: list[str]) -> list[Row]:
    several = st.lists(st.sampled_from(claims), min_size=2, max_size=3, unique=True)
    return [
        {
            "id": f"k{at}", "claim": " | ".join(found), "reason": "made up", "foundBy": "person",
            "evidence": f"{found[0][0]}/evidence/e",
        }
        for at, found in enumerate(draw(st.lists(several, max_size=2)))
    ]  # fmt: skip


@given(worlds(), st.integers(0, 2))
@settings(max_examples=8)
def test_knocking_a_source_out_is_building_without_its_folder(world: World, which: int) -> None:
    sources, _ = world
    name = sorted(set(sources) - {"reference"})[which % (len(sources) - 1)]
    with TemporaryDirectory() as folder:
        gathered = gather(write(Path(folder, "whole"), *world))
        rest = build(write(Path(folder, "rest"), *without(world, name)))
    knocked = gathered.graph([name])
    assert knocked.digest == rest.digest
    for question in map(Query.find, QUESTIONS):
        report = knock_out_of_answer(gathered, question, sources=[name])
        _is_true(report, question.run(rest).rows)
        assert question.run(knocked).rows == question.run(rest).rows
    for network in ("funding", "partnership", "participation"):
        assert edges_of(project(knocked, network)) == edges_of(project(rest, network))
        degrees = [measure(project(one, network), "degree").rows for one in (knocked, rest)]
        assert degrees[0] == degrees[1]


def _is_true(report: SensitivityReport, rest: Sequence[tuple[Term | None, ...]]) -> None:
    """Hold a report to the rows that are left: none of them is gone, and where none is left all are."""
    (outcome,) = report.outcomes
    assert len(outcome.new) <= len(rest)
    left = set(rest)
    assert not [at for at in outcome.goes if report.answer.rows[at] in left]
    stays = [row for at, row in enumerate(report.answer.rows) if at not in outcome.goes]
    assert rest or not stays


@pytest.mark.parametrize("name", ["oas-cim-2005", "oas-cim-2004", "state-gtip-2009", "mcclatchy-2005"])
def test_it_is_so_of_the_kit(name: str, kit_data: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(kit_data, tmp_path / "data"))
    shutil.rmtree(data / name)
    settings_ = data / "reference" / "source.toml"
    settings_.write_text(re.sub(r"\[expected\][^\[]*", "", settings_.read_text("utf-8")), "utf-8")
    gone: set[str] = set()
    for path in (*(data / "reference").glob("*.csv"), *(data / "audits").glob("*.csv")):
        header, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        kept = [
            row for row in rows if not any(re.search(rf"(^|\| ?){name}(/|$)", cell) or cell in gone for cell in row)
        ]
        gone |= {f"reference/{path.stem}/{row[0]}" for row in rows if row not in kept}
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *kept])
    assert build(kit_data, without=[name]).digest == build(data).digest


FUND: Mapping[str, Tables] = {
    "a": {
        "actors": [actor("fund"), actor("watch"), actor("house")],
        "funding": [
            {"id": "1", "giver": "fund", "receiver": "watch", "moneyKind": "awarded"},
            {"id": "2", "giver": "fund", "receiver": "house", "moneyKind": "awarded"},
        ],
    },
    "b": {
        "actors": [actor("fund"), actor("watch")],
        "funding": [{"id": "1", "giver": "fund", "receiver": "watch", "moneyKind": "awarded"}],
    },
    "reference": {
        "identity": [
            same("j1", "a/actors/fund", "b/actors/fund"),
            same("j2", "a/actors/watch", "b/actors/watch"),
        ]
    },
}


def short(report: SensitivityReport, at: int) -> str:
    return report.answer.claims(report.answer.rows[at])[0].value.removeprefix(DATA)


def test_a_row_that_another_source_says_too_stays_and_the_rest_goes(tmp_path: Path) -> None:
    gathered = gather(write(tmp_path, FUND))
    report = knock_out_of_answer(gathered, Query.find("funding"), {"giver": "a/actors/fund"})
    first, second = report.outcomes  # of b's nodes, which stand for those of a
    assert (first.source, [short(report, at) for at in first.goes], first.new) == ("a", ["a/funding/2"], [])
    assert (second.goes, second.new) == ([], [])
    assert [report.goes_without(at) for at in range(3)] == [[], ["a"], []]


def test_a_row_with_another_value_is_gone_and_new(tmp_path: Path) -> None:
    counting = Query("-", "SELECT ?g (COUNT(?c) AS ?n) { ?c tip:giver ?g } GROUP BY ?g")
    report = knock_out_of_answer(gather(write(tmp_path, FUND)), counting)
    assert [one.new for one in report.outcomes] == [[["fund", "1"]], [["fund", "2"]]]
    assert report.goes_without(0) == ["a", "b"]


def test_a_claim_is_gone_though_another_one_has_its_values(tmp_path: Path) -> None:
    report = knock_out_of_answer(gather(write(tmp_path, FUND)), Query.find("single-source"))
    assert [[short(report, at) for at in one.goes] for one in report.outcomes] == [["a/funding/2"], []]


def test_an_echo_is_not_said_without_what_it_repeats(tmp_path: Path) -> None:
    where = "b/evidence/e | a/evidence/e"
    echo = {"id": "r", "restating": "b/funding/1", "restated": "a/funding/1", "evidence": where}
    sources = {**FUND, "reference": {**FUND["reference"], "restatements": [echo]}}
    report = knock_out_of_answer(gather(write(tmp_path, sources)), Query.find("funding"), {"giver": "a/actors/fund"})
    first = report.outcomes[0]
    assert [short(report, at) for at in first.goes] == ["a/funding/1", "a/funding/2", "b/funding/1"]  # no second leg
    assert len(first.new) == 1  # what repeated another is now said by itself


@pytest.mark.parametrize("name", ["reference", "nobody"])
def test_some_sources_cannot_be_left_out(name: str) -> None:
    with pytest.raises(UnknownName, match="no source to leave out; the sources are ap-2005, "):
        build(without=[name])


def test_a_claim_that_names_another_source_goes_with_it_whole_and_a_thing_stays(tmp_path: Path) -> None:
    sources: Mapping[str, Tables] = {
        "a": {"actors": [actor("fund")], "places": [{"id": "land", "type": "Country", "label": "land"}]},
        "b": {
            "actors": [actor("watch"), actor("house")],
            "places": [{"id": "port", "type": "City", "label": "port", "partOf": "a/places/land"}],
            "partnerships": [
                {"id": "1", "partner": "watch | house | a/actors/fund", "partnershipKind": "coordination"},
                {"id": "2", "partner": "watch | house", "place": "port", "partnershipKind": "coordination"},
            ],
        },
        "reference": {},
    }
    made(tmp_path, sources, {"b": "a/actors/fund"})
    left = gather(tmp_path).graph(["a"])
    answer = Query.find("partners").run(left)
    assert {claim.value.rpartition("/")[2] for row in answer.rows for claim in answer.claims(row)} == {"2"}
    assert not [quad for quad in left.quads() if f"{DATA}a" in str(quad.object) or f"{DATA}a/" in str(quad.subject)]


def test_the_command_says_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    data = write(tmp_path, FUND)

    def run(*words: str) -> str:
        done = CliRunner().invoke(main, [*words, "--without-each-source", "--data", str(data)])
        assert done.exit_code == 0, done.output
        return done.stdout

    table = run("query", "funding")
    assert "3 rows: support: one source: 1, one publisher: 1" in table
    assert "2 sources, 2 publishers" in table
    found = json.loads(run("query", "funding", "--of", "a", "--format", "json"))
    assert [row["goes without"] for row in found] == ["", "a", ""]
    rows = list(csv.DictReader(io.StringIO(run("query", "funding", "--format", "csv"))))
    assert [(row["sources"], row["goes without"]) for row in rows] == [("2", ""), ("1", "a"), ("2", "")]


@pytest.mark.parametrize(
    "words",
    [
        ["query"],
        ["query", "funding", "-g", "graph.trig"],
        ["query", "funding", "--of", "reference"],
    ],
)
def test_a_wrong_call_is_told(words: list[str]) -> None:
    done = CliRunner().invoke(main, [*words, "--without-each-source"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("tipgraph: ")


@pytest.mark.parametrize("option", [["--of", "a"], ["--data", "data"]], ids=" ".join)
def test_options_of_a_knock_out_belong_to_one(option: list[str]) -> None:
    done = CliRunner().invoke(main, ["query", "funding", *option])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "belong to --without-each-source" in done.stderr
