"""Three versions: of the program, of the ontology and of the data."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import OWL, Graph, URIRef

from tests.conftest import SMALL
from tipgraph import __version__, init
from tipgraph.cli import main
from tipgraph.model import kit, versions

ONTOLOGY = URIRef("https://w3id.org/tipgraph/ns")


def test_the_command_line_says_all_three() -> None:
    said = CliRunner().invoke(main, ["--version"]).output
    day, digest = versions.data(kit.folder("data"))
    assert said == f"tipgraph {__version__}\nontology {versions.ontology()}\ndata {day} ({digest[:12]})\n"
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", day)


def test_a_project_says_that_of_its_own_data_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    init(tmp_path / "acme", title="ACME's graph", namespace="https://acme.example/ns#")
    monkeypatch.chdir(tmp_path / "acme" / "data")
    *kits, own = CliRunner().invoke(main, ["--version"]).output.splitlines()
    assert kits == [
        f"tipgraph {__version__}",
        f"ontology {versions.ontology()}",
        f"data {versions.data(kit.folder('data'))}",
    ]
    assert own == f"ACME's graph: data {versions.data(tmp_path / 'acme' / 'data')}"


def test_the_version_of_the_ontology_is_that_of_its_iri() -> None:
    terms = Graph().parse(kit.folder("ontology") / "terms.ttl")
    assert str(terms.value(ONTOLOGY, OWL.versionInfo)) == versions.ontology()
    assert terms.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{versions.ontology()}")


def test_the_version_of_the_program_is_the_one_it_is_packed_under() -> None:
    assert f'version = "{__version__}"' in (kit.home() / "pyproject.toml").read_text("utf-8")


def test_the_digest_is_of_names_and_bytes_and_of_nothing_else(tmp_path: Path) -> None:
    here = versions.data(SMALL)
    elsewhere = Path(shutil.copytree(SMALL, tmp_path / "elsewhere"))
    (elsewhere / ".DS_Store").write_text("of a desktop", "utf-8")
    (elsewhere / "README.md").write_text("of no graph", "utf-8")
    assert versions.data(elsewhere) == here
    table = next(elsewhere.rglob("*.csv"))
    table.rename(table.with_name("renamed.csv"))
    renamed = versions.data(elsewhere)
    assert renamed.digest != here.digest
    (table.with_name("renamed.csv")).write_bytes(b"\n")
    assert versions.data(elsewhere).digest not in (here.digest, renamed.digest)


def test_data_without_a_reference_has_a_digest_and_no_edition(tmp_path: Path) -> None:
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "source.toml").write_text("issued = ", "utf-8")  # broken: a build says so
    assert str(versions.data(tmp_path)).startswith("without an edition (")
