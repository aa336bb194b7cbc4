"""A graph that is built without a source is that of the folders without its folder."""

import csv
import io
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.findings.made import Row, Tables, actor, made, same, write
from tipgraph.analysis.network import edges_of, measure, project
from tipgraph.errors import UnknownName
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
        assert question.run(knocked).rows == question.run(rest).rows
    for network in ("funding", "partnership", "participation"):
        assert edges_of(project(knocked, network)) == edges_of(project(rest, network))
        degrees = [measure(project(one, network), "degree").rows for one in (knocked, rest)]
        assert degrees[0] == degrees[1]


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
