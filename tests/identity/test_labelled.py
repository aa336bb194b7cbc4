"""Recall and precision where the answer is known: a few names of our own, and the shared list of organizations."""

from pathlib import Path
from typing import Any

import pytest

from tests.shared import at_hand
from tipgraph.curation.identity.candidates import among
from tipgraph.curation.identity.gazetteer import Gazetteer
from tipgraph.curation.identity.profiles import Profile, ProfileName

OWN = {
    "oas": ("Organization of American States (OAS)", "Organización de los Estados Americanos", "OEA"),
    "iom": ("International Organization for Migration (IOM)", "Organización Internacional para las Migraciones", "OIM"),
    "ilo": ("International Labour Organization (ILO)", "Organización Internacional del Trabajo", "OIT"),
    "cim": ("Inter-American Commission of Women (CIM)", "Comisión Interamericana de Mujeres"),
    "iin": ("Inter-American Children's Institute (IIN)", "Instituto Interamericano del Niño"),
    "unodc": ("United Nations Office on Drugs and Crime (UNODC)", "Oficina de las Naciones Unidas contra la Droga"),
    "unicef": ("United Nations Children's Fund (UNICEF)", "Fondo de las Naciones Unidas para la Infancia"),
}
ELSEWHERE = {
    "oas": "ORGANIZATION OF AMERICAN STATES",
    "iom": "OIM",
    "ilo": "Organizacion Internacional del Trabajo (OIT)",
    "cim": "Interamerican Commission of Women",
    "iin": "Inter American Childrens Institute",
    "unodc": "UN Office on Drugs and Crime",
    "unicef": "UNICEF",
}


def test_a_few_names_of_our_own() -> None:
    known = [
        Profile(f"reference/actors/{key}", "Actor", names=list(map(ProfileName, names))) for key, names in OWN.items()
    ]
    others = [Profile(f"x/actors/{key}", "Actor", names=[ProfileName(name)]) for key, name in ELSEWHERE.items()]
    found = among([one.spell() for one in [*known, *others]], Gazetteer([], {}))
    right = {
        one.left.rpartition("/")[2] for one in found if one.left.rpartition("/")[2] == one.right.rpartition("/")[2]
    }
    assert len(found) == len(right)
    assert right >= OWN.keys() - {"cim", "iin"}  # of which half the words are written as one, or without their s


@pytest.fixture(scope="module")
def matching(shared: Path) -> Any:
    at_hand(shared / "data" / "reference" / "supraverden_general_list.yaml")
    pytest.importorskip("yaml", reason="PyYAML is missing: make .venv/.bench")
    return pytest.importorskip("benchmarks.matching", reason="the benchmarks are missing")


@pytest.mark.parametrize(
    ("kind", "recall", "precision"),
    [
        ("the same name, of several", 0.99, 0.96),
        ("Name (ABC)", 0.9, 0.97),
        ("abbreviation", 0.95, 0.97),
        ("other English", 0.4, 0.97),
        ("French", 0.12, 0.95),
    ],
)
def test_the_shared_list(matching: Any, kind: str, recall: float, precision: float) -> None:
    rows = matching.organizations()
    assert len(rows) > 500
    there, right, wrong = matching.judge(kind, rows)
    assert right / there >= recall
    assert right / (right + wrong) >= precision
