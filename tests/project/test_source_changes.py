"""A source is retracted or corrected by a command: the graph builds, no id is lost, or nothing has changed."""

import shutil
from contextlib import chdir
from pathlib import Path

import pytest

from tests.project.conftest import NAMESPACE, TITLE, Edit, done, run
from tipgraph.curation import retract
from tipgraph.graph import Graph
from tipgraph.model import data_iri, tip
from tipgraph.pipeline import build, changes, init
from tipgraph.runtime import Lock

SIGNED = ("--judge", "the desk", "--judge-kind", "person", "--reason", "compared")
OTHER = """title = "Another note"
issuedBy = "Us"
issued = "2026"
licence = "CC BY 4.0"
textKind = "cited"
paragraphRule = "lines"
publisher = "reference/iom | example-2026/lantern-fund"
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a judgement, an allowance, a correction, an audit, and a policy that name the example."""
    folder = tmp_path_factory.mktemp("prepared") / "acme"
    init(folder, title=TITLE, namespace=NAMESPACE)
    with chdir(folder):
        _live_in(folder)
    return folder


def _live_in(acme: Path) -> None:
    agency = "us-aid,Organization,U.S. Agency for International Development,,\n"
    actors = acme / "data" / "example-2026" / "actors.csv"
    actors.write_text(actors.read_text("utf-8").replace("border-officers,", f"{agency}border-officers,", 1), "utf-8")
    done("build")
    done("review", "identity", "--answer", "same", "example-2026/us-aid", "reference/usaid", *SIGNED)
    done("review", "personal", "--answer", "not-personal", "Rosa Blanca", "--source", "example-2026", *SIGNED)
    done("source", "correct", "example-2026/funding/p3-1", "--column", "amount", "--value", "9000", *SIGNED[2:])
    form = done("source", "locate", "example-2026", "--audit", "reader-one").splitlines()
    (acme / "data" / "audits").mkdir()
    rows = [line.replace(",,,reader-one,,,", ",right,,reader-one,person,2026-11-27,") for line in form]
    (acme / "data" / "audits" / "2026-11-27.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done("build")


@pytest.fixture
def lived_in(acme: Path, prepared: Path) -> Path:
    """A copy of that project, as the working directory."""
    return Path(shutil.copytree(prepared, acme, dirs_exist_ok=True))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def values(graph: Graph, name: str, predicate: str) -> list[str]:
    return [
        part.object.value for part in graph.about([data_iri(*name.split("/"))]) if part.predicate.value == predicate
    ]


def test_a_retracted_source_goes_with_all_that_is_said_about_it(lived_in: Path) -> None:
    before = build()
    told = done("source", "retract", "example-2026", "--reason", "its publisher withdrew it", "--yes")
    for part in ("identity.csv:2", "allowed.csv:2", "corrections.csv:2", "audits/2026-11-27.csv:2", "git grep"):
        assert part in told
    assert not (lived_in / "data" / "example-2026").exists()
    assert (lived_in / "texts" / "example-2026.txt").is_file()
    after = build()
    assert changes.diff(before, after).lost == []
    retired = values(after, "example-2026/funding/p3-1", "http://www.w3.org/2002/07/owl#deprecated")
    assert retired == ["true"]
    done("build")
    done("check")
    assert not [path for path in (lived_in / "data").iterdir() if path.name.startswith(".")]


def test_a_reference_from_elsewhere_stops_a_retraction_and_nothing_changes(lived_in: Path) -> None:
    (lived_in / "data" / "other").mkdir()
    (lived_in / "data" / "other" / "source.toml").write_text(OTHER, "utf-8")
    towns = lived_in / "data" / "example-2026" / "places.csv"
    towns.write_text("id,type,label,partOf\nharbour,City,Harbour,reference/peru\n", "utf-8")
    places = lived_in / "data" / "reference" / "places.csv"
    places.write_text("id,type,label,partOf\nacme-pier,City,Pier,example-2026/harbour\n", "utf-8")
    before = tree(lived_in)
    wrong = run("source", "retract", "example-2026", "--reason", "withdrawn", "--yes")
    assert wrong.exit_code == 1
    assert (
        "other/source.toml: publisher: names example-2026/actors/lantern-fund, which would be removed" in wrong.stderr
    )
    assert "places.csv:2: partOf: names example-2026/places/harbour, which would be removed" in wrong.stderr
    assert wrong.stderr.endswith("2 faults; nothing was written\n")
    assert tree(lived_in) == before


def test_without_yes_and_at_an_error_nothing_changes(lived_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, free = tree(lived_in), []
    refused = run("source", "retract", "example-2026", "--reason", "x")
    assert (refused.exit_code, "nothing was written; add --yes" in refused.stderr) == (1, True)

    def look(_: list[str]) -> bool:
        with pytest.raises(BlockingIOError):
            Lock(lived_in / "data" / "example-2026", wait=False)
        free.append(False)
        monkeypatch.setattr("os.fsync", full)
        return True

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        retract("example-2026", "x", agree=look)
    assert (free, tree(lived_in)) == ([False], before)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("retract", "exampl-2026", "--reason", "x"), "is no source (perhaps 'example-2026')"),
        (("retract", "oas-cim-2005", "--reason", "x"), "is no source"),
        (("retract", "reference", "--reason", "x"), "is no source"),
        (("correct", "example-2026/funding/p3-1", "--reason", "x"), "say either --column COLUMN and --value TEXT, or"),
        (("correct", "example-2026/p9-9", "--remove", "--reason", "x"), "'example-2026/p9-9' names no row"),
        (("correct", "example-2026/p3-1", "--remove", "--reason", "x"), "it is one of example-2026/funding/p3-1,"),
    ],
)
def test_a_wrong_call_says_what_to_do(edit: Edit, words: tuple[str, ...], told: str) -> None:
    edit("tipgraph.toml", "kit_sources = []", 'kit_sources = ["oas-cim-2005"]')
    refused = run("source", *words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert told in refused.stderr


def test_a_cell_of_the_kit_is_corrected_and_a_wrong_value_is_refused(acme: Path, edit: Edit) -> None:
    edit("tipgraph.toml", "kit_sources = []", 'kit_sources = ["oas-cim-2005"]')
    row = "oas-cim-2005/funding/p13-1"
    for column, value, told in (
        ("moneyKind", "payed", "moneyKind: 'payed' is no code of money-kind"),
        ("moneyKin", "spent", "'moneyKin' is no column of funding"),
        ("note", "write to ana@example.org", "note: holds an e-mail address"),
    ):
        wrong = run("source", "correct", row, "--column", column, "--value", value, "--reason", "misread")
        assert wrong.exit_code == 1
        assert told in wrong.stderr
    assert not (acme / "data" / "reference" / "corrections.csv").exists()
    told = done("source", "correct", row, "--column", "amount", "--value", "1", "--reason", "misread")
    assert f"{row}: amount is '1' (a person, " in told
    again = run("source", "correct", row, "--column", "amount", "--value", "2", "--reason", "misread")
    assert "corrections.csv:2 corrects oas-cim-2005/funding/p13-1 already" in again.stderr
    done("source", "correct", "example-2026/trainings/p3-1", "--remove", *SIGNED[2:], "--asked-by", "described")
    graph = build()
    assert values(graph, row, tip.amount) == ["1"]
    assert not values(graph, "example-2026/trainings/p3-1", tip.evidence)
