"""The mappings that come with tipgraph, on files made from the public descriptions of their formats."""

import json
from pathlib import Path

import pytest

from tipgraph.errors import InputError
from tipgraph.model import ontology
from tipgraph.sources.importers.column_map import SHIPPED, path_of, read_mapping

from .conftest import Import, Taking, verify

HXL = """Organisation,Org acronym,Donor,Cluster,Project,Region,District,Country,From,To,Status
#org+name+impl,#org+acronym,#org+funder,#sector+name,#activity+name,#adm1+name,#adm2+name,#country+code,#date+start,#date+end,#status
Open Hand,OH,Lantern Fund,Protection,Safe Harbour,North,,UKR,2020-01,2020-12,Ongoing
Open Hand,OH,,Protection,,North,Port,UKR,,,
Casa Clara,,,Health,,North,,UKR,,,
Casa Clara,,,Health,,North,,UKR,,,
"""

SAME = "without a statement that the ontology has terms for"  # or with those of a row before


def values(found: Import, table: str, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row.get(name, "").rpartition("/")[2] for name in names) for row in found.rows.get(table, [])]


def check(found: Import, left: dict[str, int]) -> None:
    """Compare what was taken with its file, and look for what was left out."""
    verify(found, found.taken.target.parents[1] / "made.data")
    assert found.faults == []
    assert {reason: count for reason, count in found.taken.report.left.items() if reason != "the header"} == left


@pytest.mark.parametrize("name", SHIPPED)
def test_each_mapping_fits_the_ontology_and_says_what_it_reads(name: str) -> None:
    assert read_mapping(path_of(name), ontology()).rows


@pytest.mark.parametrize("kind", ["hdx-3w", "mapped"])
def test_who_does_what_where(taking: Taking, kind: str) -> None:
    found = taking(kind, HXL, mapping="hdx-3w" if kind == "mapped" else "")
    check(found, {"the tags of HXL": 1, SAME: 1})
    assert values(found, "participations", "participant", "role", "undertaking") == [
        ("open-hand", "implementer", "safe-harbour-open-hand"),
        ("open-hand", "implementer", "open-hand-protection-in-port"),
        ("casa-clara", "implementer", "casa-clara-health-in-north"),
    ]
    assert values(found, "funding", "giver", "moneyKind", "purpose") == [
        ("lantern-fund", "unknown", "safe-harbour-open-hand"),
    ]  # fmt: skip
    reports = values(found, "undertaking-reports", "undertaking", "place", "date", "status")
    assert [report[1:] for report in reports] == [
        ("ukraine", "2020-12", "ongoing"), ("ukraine", "", ""), ("ukraine", "", ""),
    ]  # fmt: skip
    assert found.rows["undertaking-reports"][0]["date"] == "2020-01/2020-12"
    assert "Open Hand: Protection in Port" in {row["label"] for row in found.rows["undertakings"]}


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("#org,#org+funder", [("open-hand", "implementer")]),  # a funder is not an implementer
        ("#org+impl,#org+funder", [("open-hand", "implementer")]),
        ("#org,#org+impl", [("lantern-fund", "implementer"), ("open-hand", "participant")]),
        ("Organisation,Implementing partner", [("lantern-fund", "implementer"), ("open-hand", "participant")]),
    ],
)
def test_an_organization_has_the_role_of_its_column(taking: Taking, header: str, roles: list[tuple[str, str]]) -> None:
    mark = "#sector" if header.startswith("#") else "Cluster"
    found = taking("hdx-3w", f"{header},{mark}\nOpen Hand,Lantern Fund,Protection\n")
    assert values(found, "participations", "participant", "role") == roles
    assert len(values(found, "funding", "giver")) == ("funder" in header)


def test_a_text_of_a_mapping_is_the_first_that_can_be_filled_in_every_form(taking: Taking, tmp_path: Path) -> None:
    told = 'class = "Organization"\nkey = "id"\nform = "json"\n[texts]\nfull = ["{name} of {town}", "{name}"]\n'
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(f'{told}[columns]\nname = "label"\n[fixed]\nnote = "{{full}}"\n', "utf-8")
    rows = [{"id": "a", "schema": "X", "properties": {"name": ["Casa"], "town": ["Lima"]}},
            {"id": "b", "schema": "X", "properties": {"name": ["Hand"]}}]  # fmt: skip
    found = taking("mapped", "\n".join(map(json.dumps, rows)), mapping=str(mapping))
    assert {row["note"] for row in found.rows["actors"]} == {"Casa of Lima", "Hand"}
    mapping.write_text(f'{told}[columns]\nfull = "label"\n', "utf-8")
    with pytest.raises(InputError, match="'full' is no column of a file"):  # it would claim a name that nothing prints
        read_mapping(mapping, ontology())


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_divide_columns_too(taking: Taking, mark: str) -> None:
    found = taking("routes", "origin,destination,count\nPeru,Japan,5\n".replace(",", mark))
    assert values(found, "estimates", "subject", "value") == [("peru-japan", "5")]


def test_cells_that_a_spreadsheet_would_run_are_text(taking: Taking, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text('class = "Organization"\n[columns]\nName = "label"\n', "utf-8")
    found = taking("mapped", 'Name\n"=HYPERLINK(""http://x"")"\n@Hand\n', mapping=str(tmp_path / "mapping.toml"))
    raw = (found.taken.target / "actors.csv").read_text("utf-8")
    assert "\"'=HYPERLINK" in raw
    assert ",'@Hand" in raw
    assert {row["label"] for row in found.rows["actors"]} == {'=HYPERLINK("http://x")', "@Hand"}
