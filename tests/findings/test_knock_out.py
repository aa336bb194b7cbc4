"""A graph that is built without a source is that of the folders without its folder."""

import csv
import io
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tests.findings.made import Tables, actor, made
from tipgraph.errors import UnknownName
from tipgraph.graph.query import Query
from tipgraph.model import DATA
from tipgraph.pipeline.builder import Gathered, build, gather


@pytest.fixture(scope="module")
def gathered(kit_data: Path) -> Gathered:
    return gather(kit_data)


QUESTIONS = ("funding", "participants", "partners", "things", "conflicts", "single-source", "coverage")


@pytest.mark.parametrize("name", ["oas-cim-2005", "oas-cim-2004", "mcclatchy-2005"])
def test_a_graph_without_a_source_is_that_of_the_folders_without_its_folder(
    name: str, gathered: Gathered, kit_data: Path, tmp_path: Path
) -> None:
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
    knocked, rest = gathered.graph([name]), build(data)
    assert knocked.digest == rest.digest
    for question in map(Query.find, QUESTIONS):
        assert question.run(knocked).rows == question.run(rest).rows


def test_some_sources_cannot_be_left_out() -> None:
    for name in ("reference", "nobody"):
        with pytest.raises(UnknownName, match="no source to leave out; the sources are harbour-2020"):
            build(SMALL, without=[name])


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
