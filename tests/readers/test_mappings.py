"""The mappings that come with tipgraph, on files made from the public descriptions of their formats."""

import pytest

from tipgraph.errors import UnknownName
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
DATASTORE = """transaction-type,transaction-date,default-currency,transaction-value,transaction_ref,\
transaction_value_currency,\
transaction_value_value-date,transaction_provider-org,transaction_provider-org_ref,transaction_receiver-org,\
transaction_recipient-country-code,iati-identifier,reporting-org,reporting-org-ref,title,description,activity-status-code,\
start-planned,end-planned,start-actual,end-actual,participating-org (Funding),participating-org-ref (Funding),\
recipient-country-code
3,2020-05-01,EUR,1234.50,,,2020-05-01,Lantern Fund,XX-LF,Open Hand,,XX-1-A,Lantern Fund,XX-LF,Safe Harbour,Words,2,\
2020-01-01,2020-12-31,2020-02-01,,Lantern Fund,XX-LF,PE;BO
C,2020-06-01,EUR,9,,NOK,,Lantern Fund,XX-LF,,,XX-1-A,Lantern Fund,XX-LF,Safe Harbour,Words,2,\
2020-01-01,2020-12-31,2020-02-01,,Lantern Fund,XX-LF,PE;BO
8,2020-06-01,EUR,9,,,,,,,,XX-1-A,Lantern Fund,XX-LF,Safe Harbour,Words,2,2020-01-01,,2020-02-01,,\
Lantern Fund,XX-LF,PE;BO
"""
SOLR = """iati_identifier,reporting_org_narrative,reporting_org_ref,title_narrative,transaction_transaction_type_code,\
transaction_transaction_date_iso_date,transaction_value,transaction_value_currency,transaction_provider_org_narrative
XX-1-A,Lantern Fund,XX-LF,Safe Harbour,4,2020-05-01T00:00:00Z,12,EUR,Lantern Fund
"""
D_PORTAL = """aid,reporting,reporting_ref,title,status_code,day_start,day_end,commitment,spend,trans_code,\
trans_usd,trans_day,country_code
XX-1-A,Lantern Fund,XX-LF,Safe Harbour,2,18293,2020-12-31,500,100.5,,,,PE
XX-1-B,Lantern Fund,XX-LF,Night Bus,3,2019-01-01,,,,D,12.5,18293,BO
"""
SANCTIONS = """id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,\
program_ids,dataset
NK-1,Company,Dark Boats Ltd,Black Boats;Night Boats,,no;pe,Pier 1,REG-9,Block list 7,,,XX-TRAF,Made list
NK-2,Person,Jane Doe,,1970-01-01,no,,P-123,,,,,Made list
NK-3,LegalEntity,J. Doe,,,no,,,,,,,Made list
NK-4,PublicBody,Aid Office,,,no,,,,,,,Made list
NK-5,Vessel,Night Owl,,,no,,,,,,,Made list
"""
WIKIDATA = """item,itemLabel,itemAltLabel,countryLabel,instanceLabel
http://www.wikidata.org/entity/Q111,Open Hand,"OH, Open Hands",Peru,nonprofit organization
Q111,Open Hand,,Bolivia,nonprofit organization
http://www.wikidata.org/entity/Q112,Jane Doe,,Peru,human
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


def test_the_mappings_are_listed_at_a_wrong_name(taking: Taking) -> None:
    with pytest.raises(UnknownName, match=r"'hdx' is no mapping; name a file, or one of ctdc, d-portal, ftm, .*hdx-3w"):
        taking("mapped", HXL, mapping="hdx")


@pytest.mark.parametrize("kind", ["hdx-3w", "mapped"])
def test_who_does_what_where(taking: Taking, kind: str) -> None:
    found = taking(kind, HXL, mapping="hdx-3w" if kind == "mapped" else "")
    check(found, {"the tags of HXL": 1, SAME: 1})
    assert values(found, "participations", "participant", "role", "undertaking") == [
        ("open-hand", "implementer", "safe-harbour-open-hand"),
        ("lantern-fund", "funder", "safe-harbour-open-hand"),
        ("open-hand", "implementer", "open-hand-protection-in-port"),
        ("casa-clara", "implementer", "casa-clara-health-in-north"),
    ]
    reports = values(found, "undertaking-reports", "undertaking", "place", "date", "status")
    assert [report[1:] for report in reports] == [
        ("ukraine", "2020-12", "ongoing"), ("ukraine", "", ""), ("ukraine", "", ""),
    ]  # fmt: skip
    assert found.rows["undertaking-reports"][0]["date"] == "2020-01/2020-12"
    assert "Open Hand: Protection in Port" in {row["label"] for row in found.rows["undertakings"]}


def test_transactions_of_the_classic_datastore(taking: Taking) -> None:
    found = taking("iati-datastore", DATASTORE)
    check(found, {SAME: 1})
    money = values(found, "funding", "giver", "receiver", "purpose", "amount", "currency", "moneyKind", "date")
    assert money == [
        ("lantern-fund", "open-hand", "xx-1-a", "1234.50", "EUR", "disbursed", "2020-05-01"),
        ("lantern-fund", "", "xx-1-a", "9", "NOK", "awarded", "2020-06-01"),
    ]
    assert found.only("actors", id="lantern-fund")[0]["iatiIdentifier"] == "XX-LF"
    assert values(found, "undertakings", "label", "iatiIdentifier") == [("Safe Harbour", "XX-1-A")]
    assert values(found, "participations", "participant", "role") == [
        ("lantern-fund", "reporter"), ("lantern-fund", "funder"),
    ]  # fmt: skip
    reports = found.rows["undertaking-reports"]
    assert [row["place"] for row in reports] == ["reference/places/peru | reference/places/bolivia"]
    assert (reports[0]["date"], reports[0]["status"]) == ("2020-02-01/", "ongoing")


def test_transactions_of_the_datastore_of_today(taking: Taking) -> None:
    found = taking("iati-datastore", SOLR)
    check(found, {})
    assert values(found, "funding", "giver", "amount", "currency", "moneyKind", "date") == [
        ("lantern-fund", "12", "EUR", "spent", "2020-05-01"),
    ]


def test_activities_and_transactions_of_d_portal(taking: Taking) -> None:
    found = taking("d-portal", D_PORTAL)
    check(found, {})
    assert values(found, "funding", "purpose", "amount", "currency", "moneyKind", "date") == [
        ("xx-1-a", "500", "USD", "awarded", ""),
        ("xx-1-a", "100.5", "USD", "spent", ""),
        ("xx-1-b", "12.5", "USD", "disbursed", "2020-02-01"),
    ]
    assert [row["date"] for row in found.rows["undertaking-reports"]] == ["2020-02-01/2020-12-31", "2019-01-01/"]
    assert values(found, "undertaking-reports", "place", "status") == [("peru", "ongoing"), ("bolivia", "completed")]


def test_sanctions_without_persons(taking: Taking) -> None:
    found = taking("opensanctions", SANCTIONS)
    check(found, {"natural persons, possible persons, and their links": 2, "Vessel: no terms in the ontology": 1})
    company, body = found.rows["actors"]
    assert (company["label"], company["note"]) == ("Dark Boats Ltd", "sanctions: Block list 7 | programmes: XX-TRAF")
    assert (body["type"], body["actorKind"]) == ("GovernmentBody", "public-institution")
    assert values(found, "namings", "name", "nameKind")[:4] == [
        ("Dark Boats Ltd", "name"), ("Black Boats", "name"), ("Night Boats", "name"), ("REG-9", "number"),
    ]  # fmt: skip
    assert values(found, "affiliations", "affiliate", "place") == [
        ("nk-1", "norway"), ("nk-1", "peru"), ("nk-4", "norway"),
    ]  # fmt: skip
    assert "Doe" not in "".join(path.read_text("utf-8") for path in found.taken.target.iterdir())


def test_organizations_of_wikidata(taking: Taking) -> None:
    found = taking("wikidata", WIKIDATA)
    check(found, {"natural persons, possible persons, and their links": 1})
    assert {row["exactMatch"] for row in found.rows["actors"]} == {"http://www.wikidata.org/entity/Q111"}
    assert values(found, "affiliations", "place") == [("peru",), ("bolivia",)]
    assert {row["name"] for row in found.rows["namings"]} >= {"Open Hand", "OH", "Open Hands"}


@pytest.mark.parametrize("mark", [";", "\t"])
def test_semicolons_and_tabs_divide_columns_too(taking: Taking, mark: str) -> None:
    found = taking("routes", "origin,destination,count\nPeru,Japan,5\n".replace(",", mark))
    assert values(found, "estimates", "subject", "value") == [("peru-japan", "5")]
