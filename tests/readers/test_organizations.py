"""Whom the elements of IATI files name: nobody gets a name that does not stand where the claim points."""

from itertools import chain
from pathlib import Path

import pytest
from lxml import etree

from tipgraph.curation import IdentityDesk, Judge
from tipgraph.pipeline.builder import build

from .conftest import Import, Taking, take
from .test_iati import activity, file, transaction


def receiver(name: str, ref: str = "") -> str:
    attribute = f' ref="{ref}"' if ref else ""
    return (
        f"<receiver-org{attribute}><narrative>{name}</narrative></receiver-org>"
        if name
        else f"<receiver-org{attribute}/>"
    )


def paid(*ends: str) -> str:
    """Return an activity that pays somebody by each transaction."""
    return file(activity("\n".join(transaction("3", ends=end) for end in ends)))


def receivers(found: Import) -> list[str]:
    """Return the labels of the receivers of transactions, in their order; an empty one where nobody is named."""
    labels = {f"actors/{row['id']}": row["label"] for row in found.rows["actors"]}
    return [labels.get(row.get("receiver", ""), "") for row in found.only("funding", moneyKind="disbursed")]


@pytest.mark.parametrize("ref", ["52000", "22000", "Excluded", "N/A", "Not available", ";", "XM-DAC-41141"])
def test_an_identifier_that_several_have_names_none_of_them(taking: Taking, ref: str) -> None:
    names = ["Harbour House", "Lamp Works", "Harbour House"]
    found = taking("iati", paid(*(receiver(name, ref) for name in names)))
    assert receivers(found) == names
    assert found.only("actors", label="Lamp Works")[0].get("iatiIdentifier", "") == ""
    evidence = {row["named"] for row in found.only("namings", name=ref)}
    assert evidence == ({"actors/harbour-house", "actors/lamp-works"} if ref == "XM-DAC-41141" else set())


def test_names_of_one_ref_are_one_cluster_and_like_ones_are_accepted_in_bulk(taking: Taking, tmp_path: Path) -> None:
    ends = [
        receiver("World Lamp Programme", "XM-DAC-41199"),
        receiver("World Lamp Programme - Emergencies", "XM-DAC-41199"),
        receiver("Harbour House", "XM-DAC-41198"),
        receiver("Moss Works", "XM-DAC-41198"),
    ]
    found = taking("iati", paid(*ends))
    assert receivers(found) == [
        "World Lamp Programme",
        "World Lamp Programme - Emergencies",
        "Harbour House",
        "Moss Works",
    ]
    desk = IdentityDesk(build(tmp_path / "data"), tmp_path / "data")
    reference = tmp_path / "data" / "reference"
    reference.mkdir()
    (reference / "source.toml").write_text('title = "A reference"\n', "utf-8")
    assert {(pair.identifier, pair.score) for pair in desk.propose()} == {
        ("XM-DAC-41199", 0.99), ("XM-DAC-41198", 0.99),
    }  # fmt: skip
    accepted = desk.accept(desk.propose(), judge=Judge("the desk", "person"), reason="one ref, like names")
    assert [decision.case.identifier for decision in accepted] == ["XM-DAC-41199"]


WORLD, SAME = "World Lamp Programme (WLP)", "WORLD LAMP PROGRAMME"
BOTH = "Lamp House</narrative><narrative>Maison"  # of one element, and so of one organization


@pytest.mark.parametrize(
    ("ref", "names", "labels", "owners"),
    [
        ("XM-7", [SAME, WORLD, ""], [SAME] * 3, [SAME]),
        ("XM-7", ["Maison", BOTH, "Lamp House"], ["Maison"] * 3, ["Maison"]),
        ("XX-1", ["Lantern Fund", "Lantern Reserve", ""], ["Lantern Fund", "Lantern Reserve", "Lantern Fund"],
         ["Lantern Fund"]),  # who reports says itself what its identifier names
        ("XM-7", ["A House", "B House", ""], ["A House", "B House", "XM-7"], ["XM-7"]),
    ],
)  # fmt: skip
def test_an_identifier_is_that_of_all_spellings_of_one_name(
    taking: Taking, ref: str, names: list[str], labels: list[str], owners: list[str]
) -> None:
    found = taking("iati", paid(*(receiver(name, ref) for name in names)))
    assert receivers(found) == labels
    assert [row["label"] for row in found.only("actors", iatiIdentifier=ref)] == owners
    assert bool(found.faults) == (len(set(labels)) > 1)


@pytest.mark.parametrize("name", ["Supplier Name Withheld", "[Redacted]", "Undisclosed", "Anonymous donor"])
def test_a_name_that_is_withheld_is_nobody(taking: Taking, name: str) -> None:
    role = f'<participating-org role="4" ref="Excluded"><narrative>{name}</narrative></participating-org>'
    giver = f"<provider-org><narrative>{name}</narrative></provider-org>"
    found = taking(
        "iati", file(activity(role + transaction("3", ends=receiver(name, "Excluded")) + transaction("1", ends=giver)))
    )
    assert found.only("actors", label=name) == []
    (out,) = found.only("funding", moneyKind="disbursed")
    assert (out["giver"], out.get("receiver", ""), out["amount"]) == ("actors/xx-1", "", "100.50")
    assert "the file withholds the name of the receiver" in out["note"]
    (come,) = found.only("funding", moneyKind="received")
    assert (come.get("giver", ""), come["receiver"]) == ("", "actors/xx-1")
    assert "the file withholds the name of the provider" in come["note"]
    assert found.taken.report.left["organizations whose name is withheld"] == 1


@pytest.mark.parametrize("name", ["v1/dqt_sample.xml", "iom_257_activities_v203.xml", "freedom_fund_v203.xml"])
def test_every_actor_of_a_real_claim_is_named_in_the_element_that_it_cites(
    shared: Path, tmp_path: Path, name: str
) -> None:
    path = shared / "data" / "iati" / name
    found = take("iati", path, tmp_path / "data" / "made")
    tree = etree.parse(path)
    actors = {f"actors/{row['id']}": row for row in found.rows["actors"]}
    spans = {row["id"]: (int(row["paragraph"]), int(row["sentence"])) for row in found.rows["evidence"]}
    records = list(tree.iter("iati-activity"))

    def named(claim: dict[str, str], column: str) -> bool:
        paragraph, element = spans[claim["evidence"].partition(" | ")[0]]
        record = records[paragraph - 1]
        node = record[element - 1] if element <= len(record) else record  # its own attributes come last
        end = node.find({"giver": "provider-org", "receiver": "receiver-org"}.get(column, "none"))
        meant = node if node.tag.endswith("-org") else end if end is not None else None
        if meant is None and "by the standard" in claim.get("note", ""):
            meant = record.find("reporting-org")
        if meant is None:
            return False
        written = {plain(str(part)) for part in meant.itertext()} - {""}
        actor = actors[claim[column]]
        return plain(actor["label"]) in written or (
            not written and meant.get("ref") in (actor.get("iatiIdentifier"), actor["label"])
        )

    uses = [(claim, column) for claim in chain(found.rows["funding"], found.rows["participations"])
            for column in ("giver", "receiver", "participant") if claim.get(column)]  # fmt: skip
    assert len(uses) > 100
    assert [(claim["id"], column, claim[column]) for claim, column in uses if not named(claim, column)] == []


def plain(name: str) -> str:
    """Return a name as labels have it, in small letters, without an acronym in brackets that not every use has."""
    return " ".join(name.replace("|", "/").split()).casefold().removesuffix(" (iied)")
