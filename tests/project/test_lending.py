"""What the kit lends to a project: its reference to all, its sources where they are asked for."""

import json
from pathlib import Path

import pytest

from tests.conftest import SMALL, faults_of
from tests.project.conftest import Edit, done, run
from tipgraph import build
from tipgraph.errors import InputError
from tipgraph.graph.graph import Graph
from tipgraph.model import DATA, kit
from tipgraph.sources.reference import reference_of, with_reference


def sources_of(graph: Graph) -> set[str]:
    return {name.removeprefix(DATA) for name in graph.sources} - {"audits", "derived", "identity", "ontology"}


@pytest.mark.usefixtures("acme")
def test_none_is_built_in_unless_it_is_asked_for() -> None:
    assert sources_of(build()) == {"example-2026", "reference"}


def test_one_source_comes_with_what_the_reference_says_of_it_and_of_no_other(edit: Edit) -> None:
    edit("tipgraph.toml", "kit_sources = []", 'kit_sources = ["oas-cim-2005"]')
    assert sources_of(build()) == {"example-2026", "oas-cim-2005", "reference"}
    cells = {cell for row in reference_of().tables["identity"].rows for cell in row.cells.values()}
    assert any(cell.startswith("oas-cim-2005/") for cell in cells)
    others = set(kit.folder("data").iterdir()) - {kit.folder("data") / name for name in ("oas-cim-2005", "reference")}
    assert not [cell for cell in cells for other in others if cell.partition("/")[0] == other.name]


def test_all_sources_give_the_whole_kit_and_the_project(edit: Edit) -> None:
    edit("tipgraph.toml", "kit_sources = []", 'kit_sources = ["*"]')
    names = {path.parent.name for path in kit.folder("data").glob("*/source.toml")}
    assert sources_of(build()) == names | {"example-2026"}


def test_what_rules_find_is_answered_in_the_project_and_what_the_kit_holds_is_not(acme: Path, edit: Edit) -> None:
    asked = ["oas-cim-2004", "state-gtip-2009", "state-tip-2022", "state-tip-2024"]
    edit("tipgraph.toml", "kit_sources = []", f"kit_sources = {json.dumps(asked)}")
    reports = "data/example-2026/undertaking-reports.csv"
    row = "p3-1,training,training,reference/peru,2026-03,held,p3s1.1\n"
    edit(reports, row, row + row.replace("p3-1", "p3-9").replace("2026-03", "2026-05"))
    done("build")
    assert "no findings" in done("check")
    (ours,) = (
        one["id"]
        for one in json.loads(done("review", "conflicts", "--format", "json"))
        if one["found by"] == "event-dates"
    )
    kept = next(
        row["id"]
        for row in json.loads(done("review", "conflicts", "--format", "json"))
        if row["found by"] == "ai-agent"
    )
    said = ("--reason", "one is older", "--judge", "the desk")
    wrong = run("review", "conflicts", "--answer", "both-stand", kept, *said)
    assert wrong.exit_code == 2
    assert f"{kept} is a row of the kit, which a project only reads" in wrong.stderr
    assert f"saved {ours}" in done("review", "conflicts", "--answer", "both-stand", ours, *said)
    assert "one is older" in (acme / "data" / "example-2026" / "conflicts.csv").read_text("utf-8")
    assert "one is older" in done("review", "conflicts", ours)


def test_what_the_kit_does_not_have_is_a_fault_of_the_settings(acme: Path, edit: Edit) -> None:
    edit("tipgraph.toml", "kit_sources = []", 'kit_sources = ["oas-cim-2006"]')
    wrong = run("build")
    assert wrong.exit_code == 1
    assert "tipgraph.toml: kit_sources: 'oas-cim-2006' is no source of the kit; they are ap-2005," in wrong.stderr
    assert not (acme / "build" / "graph.trig").exists()


@pytest.mark.parametrize("asked", ["[]", '["ap-2005"]'])
def test_a_source_of_the_name_of_one_of_the_kit_is_a_fault_built_in_or_not(acme: Path, edit: Edit, asked: str) -> None:
    edit("tipgraph.toml", "kit_sources = []", f"kit_sources = {asked}")
    (acme / "data" / "example-2026").rename(acme / "data" / "ap-2005")
    with pytest.raises(InputError, match="is the name of a source of the kit; rename the folder"):
        build()


def test_rows_of_the_own_reference_are_added_to_those_lent(acme: Path) -> None:
    own = acme / "data" / "reference"
    (own / "places.csv").write_text("id,type,label,partOf\nacme-puno,City,Puno,peru\n")
    reference = reference_of()
    assert {"acme-puno", "japan"} <= {row.cells["id"] for row in reference.tables["places"].rows}
    assert reference.about["title"].startswith("Reference of ")
    assert "GeoNames" in reference.about["licence"], "what is lent keeps its licence"
    assert "Puno" in done("query", "things", "like=puno")


def test_faults_of_the_own_reference_point_to_its_own_files(acme: Path) -> None:
    own = acme / "data" / "reference"
    (own / "places.csv").write_text("id,type,label,height\njapan,Country,Ours,3\nacme-x,City,X,3\n")
    (own / "identity.csv").write_text(
        "id,left,right,verdict,judge,judgeKind,judged,reason\nacme-1,example-2026/nobody,reference/usaid,same,us,person,2026-01-01,x\n"
    )
    faults = faults_of(acme / "data")
    places, identity = Path("data/reference/places.csv"), Path("data/reference/identity.csv")
    assert any(one.startswith(f"{places}:2: id: 'japan' is the id of a row of the kit") for one in faults)
    assert any(one.startswith(f"{places}:1: height: Place has no such column") for one in faults)
    assert any(one.startswith(f"{identity}:2: left: 'example-2026/nobody' is the id of no row") for one in faults)
    assert not [one for one in faults if str(kit.folder("data")) in one]


@pytest.mark.usefixtures("acme")
def test_another_folder_of_sources_is_read_as_without_a_project() -> None:
    names = [source.name for source in with_reference(SMALL)]
    assert names == ["harbour-2020", "reference"]
    assert not any(row.path for table in reference_of(SMALL).tables.values() for row in table.rows)


def test_without_an_own_reference_the_lent_one_is_there(acme: Path) -> None:
    for path in (acme / "data" / "reference").iterdir():
        path.unlink()
    (acme / "data" / "reference").rmdir()
    assert "1 row" in done("query", "trainings", "in=PE")
