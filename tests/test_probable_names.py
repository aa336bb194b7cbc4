"""No draft, no row without an answer and no release names a person."""

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.conftest import SMALL
from tests.drafts.conftest import GRANT, HOST, NAME, Listed, Place, draft, new_place
from tipgraph.cli import main
from tipgraph.curation.drafts.draft import Draft, Entry, draft_text
from tipgraph.curation.drafts.draft_file import DraftFile, make_drafts
from tipgraph.curation.drafts.person_gate import DROPPED, EMPTIED
from tipgraph.errors import InputError
from tipgraph.model import ontology
from tipgraph.outputs.release import read_policy, release
from tipgraph.pipeline import build
from tipgraph.pipeline.shacl import check
from tipgraph.sources import Gate, Texts, gate_of, with_reference

PERSONS = [
    "Maria Gomez", "Nguyen Thi Lan", "Abdul-Rahman al-Fulani", "Oksana Kovalenko", "Wanjiku wa Kamau",
    "Dr. Siti binti Ahmad", "Gurpreet Kaur", "MARIA GOMEZ", "J. M. Gomez", "Gomez, Maria", "Siobhan O'Brien",
    "Ng'ang'a Mwangi", "Kim Ji-young", "Blessing Osagie", "Mekdes Tsegaye", "Aung Kyaw Htun", "Jean de Dieu Habimana",
    "Maria", "Oksana", "Wanjiku", "Blessing", "Sreyneang",
]  # fmt: skip
SENTENCES = [
    "The shelter of Caritas helped {} to return to Peru in May 2019.", "{}, 16, was found in Lima.",
    "The network, said {}, was large.", "Lima paid for the return of {}.", "The network took {} home.",
]  # fmt: skip
OTHERS = [
    "The Rosa Blanca shelter opened in Lima.", "Lima paid for the Rosa Blanca shelter.",
    "Fundación Renacer", "Save the Children", "La Strada", "Casa Alianza",
    "International Justice Mission", "Oak Foundation", "Polaris", "Sister of the Good Shepherd", "Terre des Hommes",
    "A seminar of UN Women and Hope for Justice in Costa Rica", "The Blue Heart Campaign began in May 2009.",
    "Santiago, Chile, 6–7 November 2007", "St. Vincent and the Grenadines", "Consumer Price Index",
    "A mill of Low Hill",
]  # fmt: skip
NAMED = "The shelter of Caritas Albania helped Maria Gomez to return to Albania."


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


@cache
def gate() -> Gate:
    return gate_of(with_reference(), ontology())


@pytest.mark.parametrize("name", PERSONS)
def test_a_name_is_found_without_a_word_beside_it(name: str) -> None:
    for sentence in SENTENCES:
        assert gate().names(sentence.format(name)), sentence
        assert gate().names(sentence.format(name), "draft"), sentence


@pytest.mark.parametrize("text", OTHERS)
def test_what_looks_like_a_name_and_is_none(text: str) -> None:
    assert gate().names(text) == []


@pytest.mark.parametrize(
    ("label", "other", "is_asked"),
    [
        ("Naciones Unidas", "", False), ("Biblioteca del Congreso", "", False), ("Specialized NGOs", "", False),
        ("Corte Suprema", "", False), ("Marina Corte", "", True), ("Ana Pérez", "", True),
        ("Xalbon Kirtu", "", True), ("Xalbon Kirtu", "Helping Network", False), ("Ana Kirtu", "Helping Network", True),
    ],
)  # fmt: skip
def test_the_name_of_a_body_is_not_asked_about(label: str, other: str, is_asked: bool) -> None:
    cells = {"label": other or label, **({"altLabel": label} if other else {})}
    assert bool(gate().row("x", "actors", cells)) is is_asked


def test_the_kit_needs_no_answers_but_its_own() -> None:
    assert gate().names("Lima, Peru: the Inter-American Commission of Women met the Government of Chile.") == []


def made(place: Place, *drafts: Draft) -> DraftFile:
    text = draft_text(NAME, Texts(place.texts), place.data)
    return make_drafts(text, [Listed(*drafts)], place.text)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path)


def test_no_drafted_cell_names_a_person(place: Place) -> None:
    told = draft("activities", "Harbour Watch organized", agent="Harbour Watch", activityKind="assistance",
                 description="helped people to return", topic="the case of Maria Gomez")  # fmt: skip
    person = Entry("actors", {"type": "Organization", "label": "Maria Gomez"})
    to_person = replace(GRANT, entries=(person,), cells={**GRANT.cells, "receiver": "Maria Gomez"})
    naming = draft("namings", "the Night Bus", named="Night Bus", name="Alan McCormick", nameKind="name")
    shown = made(place, told, to_person, naming, HOST)
    assert HOST in shown.drafts
    cells = [cell for one in shown.drafts for cell in one.cells.values()]
    cells += [cell for one in shown.drafts for entry in one.entries for cell in entry.cells.values()]
    assert not [cell for cell in cells if "Gomez" in cell or "McCormick" in cell]
    assert [one.cells for one in shown.drafts if one.table == "activities"] == [
        {"agent": "Harbour Watch", "activityKind": "assistance", "description": "helped people to return"}
    ]
    assert shown.dropped[EMPTIED] == 2
    assert shown.dropped[DROPPED] == 1


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """Return sources with a name in the note of a row."""
    data = new_place(tmp_path).data
    table = data / "harbour-2020" / "actors.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[0].append("note")
    rows[1].append(NAMED)
    rows[2:] = [[*row, ""] for row in rows[2:]]
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return data


def test_a_row_is_a_finding_until_somebody_has_answered(
    named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    graph = build(named, tell=told.extend)
    assert "1 cell may hold a person's name" in " ".join(told)
    assert "actors.csv:2, note" in " ".join(told)
    (finding,) = [one for one in check(graph, data=named).findings if one.rule == "personal"]
    assert finding.where.endswith("harbour-2020/actors.csv:2")
    assert "note: may hold a person's name (Maria Gomez); remove the name, or answer" in finding.message
    listed = run("review", "personal", "--data", str(named), "--format", "csv")
    assert listed.exit_code == 1
    assert "Gomez" in listed.stdout  # beside a long path the table breaks the line within the name
    (tmp_path / "policy.toml").write_text('[sources]\nharbour-2020 = "words"\n', "utf-8")
    policy = read_policy(tmp_path / "policy.toml")
    monkeypatch.setattr("tipgraph.model.kit.data", lambda: named)
    with pytest.raises(InputError, match="Maria Gomez"):
        release(graph, tmp_path / "out", policy, formats=())
    assert not (tmp_path / "out").exists()
    signed = ["--judge", "our data team", "--judge-kind", "person", "--reason", "the name of a ship"]
    run("review", "personal", "--data", str(named), "--answer", "not-personal", "Maria Gomez", *signed)
    assert [one for one in check(graph, data=named).findings if one.rule == "personal"] == []
    release(graph, tmp_path / "out", policy, formats=())


def test_the_small_kit_has_no_probable_name() -> None:
    assert gate_of(with_reference(SMALL), ontology()).names("Casa Clara asked Harbour Watch for advice in Lima.") == []
