"""IATI activities: what is taken of versions 1 and 2, and what is done with what is wrong."""

from pathlib import Path

import pytest

from tipgraph.display.claims import claims_about
from tipgraph.graph.lookup import resolve
from tipgraph.pipeline.builder import build
from tipgraph.sources.importers.iati.about import phrase

from .conftest import Import, Taking

ACTIVITY = """<iati-activity default-currency="EUR" xml:lang="en">
 <iati-identifier>XX-1-A</iati-identifier>
 <reporting-org ref="XX-1" type="21" secondary-reporter="{second}"><narrative>Lantern Fund</narrative></reporting-org>
 <title><narrative xml:lang="ES">Proyecto Luz</narrative><narrative>Light &amp; Hope</narrative></title>
 <description><narrative>{description}</narrative></description>
 <participating-org ref="XX-9" role="1" type="10"><narrative>Ministry of Light</narrative></participating-org>
 <participating-org ref="XX-1" role="2" type="21"><narrative>Lantern Fund</narrative></participating-org>
 <participating-org role="3" type="24"><narrative>Open Hand</narrative></participating-org>
 <participating-org role="4"><narrative xml:lang="fr">Fondation Main Ouverte</narrative></participating-org>
 <activity-status code="2"/>
 <activity-date type="1" iso-date="2020-01-01"/><activity-date type="3" iso-date="2021-12-31"/>
 <activity-date type="2" iso-date="2020-02-01"/>
 <recipient-country code="NO" percentage="40"/><recipient-region code="11" vocabulary="2" percentage="60"/>
 <sector code="15160" percentage="100"/><sector code="X" vocabulary="99"/>
 {more}
</iati-activity>"""
TRANSACTION = """<transaction><transaction-type code="{kind}"/><transaction-date iso-date="{day}"/>
 <value {currency} value-date="2020-03-01">{value}</value>{ends}</transaction>"""


def transaction(
    kind: str, value: str = "100.50", day: str = "2020-03-01", currency: str = 'currency="USD"', ends: str = ""
) -> str:
    return TRANSACTION.format(kind=kind, value=value, day=day, currency=currency, ends=ends)


def activity(more: str = "", description: str = "About boats.", second: str = "0") -> str:
    return ACTIVITY.format(more=more, description=description, second=second)


def file(*activities: str) -> str:
    return (
        '<?xml version="1.0"?>\n<iati-activities version="2.03">\n' + "\n".join(activities) + "\n</iati-activities>\n"
    )


def test_an_activity_is_a_project_with_its_names(taking: Taking) -> None:
    found = taking("iati", file(activity()))
    (project,) = found.rows["undertakings"]
    assert (project["label"], project["iatiIdentifier"], project["type"]) == ("Light & Hope", "XX-1-A", "Project")
    names = found.only("namings", named="undertakings/xx-1-a")
    assert [(row["name"], row["nameKind"], row.get("language", "")) for row in names] == [
        ("XX-1-A", "number", ""), ("Proyecto Luz", "title", "es"), ("Light & Hope", "title", "en"),
    ]  # fmt: skip
    assert [found.only("namings", name=code)[0]["nameKind"] for code in ("NO", "11")] == ["code", "number"]
    assert found.faults == []


def test_organizations_have_their_roles_kinds_and_identifiers(taking: Taking) -> None:
    found = taking("iati", file(activity(second="1")))
    assert [(row["participant"], row["role"]) for row in found.rows["participations"]] == [
        ("actors/xx-1", "secondary-reporter"),
        ("actors/xx-9", "funder"),
        ("actors/xx-1", "accountable"),
        ("actors/open-hand", "extender"),
        ("actors/fondation-main-ouverte", "implementer"),
    ]
    assert {
        row["id"]: (row["type"], row.get("actorKind", ""), row.get("iatiIdentifier", ""))
        for row in found.rows["actors"]
    } == {
        "xx-1": ("Organization", "international-ngo", "XX-1"),
        "xx-9": ("GovernmentBody", "government", "XX-9"),
        "open-hand": ("Organization", "ngo", ""),
        "fondation-main-ouverte": ("Organization", "", ""),
    }


@pytest.mark.parametrize(("more", "kinds"), [(False, ["unknown"]), (True, ["received"])])
def test_a_funder_whom_no_transaction_names_gives_an_unknown_amount(
    taking: Taking, kinds: list[str], *, more: bool
) -> None:
    ends = '<provider-org ref="XX-9"/><receiver-org ref="XX-1"/>'
    found = taking("iati", file(activity(transaction("1", ends=ends) * more)))
    assert [row["moneyKind"] for row in found.rows["funding"]] == kinds


def test_dates_that_were_planned_stand_apart_and_say_so(taking: Taking, tmp_path: Path) -> None:
    reports = taking("iati", file(activity())).rows["undertaking-reports"]
    assert [(row["date"], row.get("dateBasis", ""), row.get("status", "")) for row in reports if row.get("date")] == [
        ("2020-02-01/..", "", "ongoing"), ("2020-01-01/2021-12-31", "planned", ""),
    ]  # fmt: skip
    assert reports[0]["place"] == "reference/places/norway | reference/places/western-africa"
    graph = build(tmp_path / "data")
    project = resolve(graph, "undertakings/xx-1-a")
    for language, said in (("en", "2021 (planned)"), ("es", "2021 (fecha prevista)")):
        assert len([one for one in claims_about(graph, project, language) if said in one.sentence]) == 1


def test_percentages_are_claims_of_their_own_and_nothing_is_shared_out_without(taking: Taking) -> None:
    rows = taking("iati", file(activity())).rows["allocations"]
    columns = ("place", "sector", "sectorVocabulary", "percentage")
    assert [tuple(row.get(column, "") for column in columns) for row in rows] == [
        ("reference/places/norway", "", "", "40"), ("reference/places/western-africa", "", "", "60"),
        ("", "15160", "1", "100"), ("", "X", "99", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "named", "giver", "receiver", "modality"),
    [
        ("1", "received", "XX-8", "", "implied"),
        ("11", "incoming-commitment", "XX-8", "", "implied"),
        ("2", "awarded", "", "XX-8", "implied"),
        ("3", "disbursed", "XX-8", "XX-7", ""),
        ("4", "spent", "", "", "implied"),
        ("7", "disbursed", "", "XX-8", "implied"),  # a reimbursement
        ("12", "pledged", "XX-8", "XX-7", ""),
        ("D", "disbursed", "XX-8", "XX-7", ""),
    ],
)
def test_money_flows_from_provider_to_receiver(
    taking: Taking, kind: str, named: str, giver: str, receiver: str, modality: str
) -> None:
    ends = f'<provider-org ref="{giver}" provider-activity-id="XX-8-P"/>' * bool(
        giver
    ) + f'<receiver-org ref="{receiver}"/>' * bool(receiver)
    found = taking("iati", file(activity(transaction(kind, ends=ends))))
    (money,) = found.only("funding", moneyKind=named)
    incoming = kind in ("1", "11")
    assert money["giver"] == f"actors/{giver.lower() or 'xx-1'}"
    assert money.get("receiver", "") == (
        f"actors/{receiver.lower()}" if receiver else "actors/xx-1" if incoming else ""
    )
    assert (money["amount"], money["currency"], money["amountAsPrinted"]) == ("100.50", "USD", "100.50")
    assert (money["date"], money["valueDate"], money["purpose"]) == ("2020-03-01", "2020-03-01", "undertakings/xx-1-a")
    assert money.get("modality", "") == modality
    assert money.get("providerActivity", "") == ("XX-8-P" if giver else "")


LACKS = "made.data:17: XX-1-A: value: an amount of 100.50 without a currency; add its code, as EUR; the transaction was"
BELOW = "value: an amount of -806.9 is below 0, and may take money back; the transaction was imported unchanged"


@pytest.mark.parametrize(
    ("paid", "default", "cells", "told"),
    [
        (transaction("3", "-806.9", currency=""), "EUR", ("-806.9", "EUR", "2020-03-01"), BELOW),
        (
            transaction("3").replace('2020-03-01">1', 'soon">1'),
            "EUR",
            ("100.50", "USD", ""),
            "value-date: 'soon' is no",
        ),
        (transaction("3", currency=""), "", ("", "", ""), LACKS),
    ],
)
def test_a_wrong_part_of_a_value_costs_no_more_than_that_part(
    taking: Taking, paid: str, default: str, cells: tuple[str, ...], told: str
) -> None:
    text = activity(paid).replace('default-currency="EUR"', f'default-currency="{default}"' * bool(default))
    found = taking("iati", file(text))
    (money,) = found.only("funding", moneyKind="disbursed")
    assert tuple(money.get(name, "") for name in ("amount", "currency", "valueDate")) == cells
    (fault,) = found.faults
    assert told in fault
    assert found.taken.report.lost == ({} if cells[0] else {"amounts of money": 1})


def test_codes_in_lower_case_are_read_and_listed(taking: Taking) -> None:
    one = activity(transaction("3", currency='currency="usd"')).replace('code="NO"', 'code="no"')
    found = taking("iati", file(one))
    assert [row["currency"] for row in found.only("funding", moneyKind="disbursed")] == ["USD"]
    assert found.only("allocations", place="reference/places/norway", percentage="40")
    assert [fault.partition("XX-1-A: ")[2] for fault in found.faults] == [
        "'no' was read as 'NO'; write the code in capitals", "'usd' was read as 'USD'; write the code in capitals",
    ]  # fmt: skip
    assert found.taken.report.lost == {}


def test_an_activity_that_is_not_well_formed_does_not_take_the_others_with_it(taking: Taking) -> None:
    broken = "<iati-activity>\n<iati-identifier>XX-2</iati-identifier>\n<title>&nbsp;</title></iati-activity>"
    other = activity().replace("XX-1-A", "XX-3")
    again = activity(description="About ships.")
    found = taking("iati", file(activity(), broken, other, again, "<iati-activity><title/></iati-activity>"))
    assert [row["id"] for row in found.rows["undertakings"]] == ["xx-1-a", "xx-3"]
    assert [fault.split(": ", 1)[1].partition(";")[0].partition(" (")[0] for fault in found.faults] == [
        "XX-2: this activity is not well-formed",
        "XX-1-A: this activity is in the file before, with other words",
        "this activity has no iati-identifier",
    ]
    assert found.faults[0].startswith("made.data:21:")
    assert found.taken.report.lost == {"activities": 3}


def test_a_related_activity_that_comes_later_has_its_title(taking: Taking) -> None:
    first = activity('<related-activity type="3" ref="XX-2"/><related-activity type="3" ref="XX-3"/>')
    second = activity().replace("XX-1-A", "XX-2").replace("Light &amp; Hope", "Second Light")
    found = taking("iati", file(first, second))
    assert {(row["id"], row["label"]) for row in found.rows["undertakings"]} == {
        ("xx-1-a", "Light & Hope"), ("xx-2", "Second Light"), ("xx-3", "XX-3"),
    }  # fmt: skip


def test_nobody_is_made_one_by_a_name_that_means_many(taking: Taking) -> None:
    ends = "<receiver-org><narrative>In-country partner</narrative></receiver-org>"
    more = (
        transaction("3", ends=ends)
        + '<participating-org ref="22000" role="4"><narrative>Donor NGO</narrative></participating-org>'
    )
    other = activity(transaction("3", ends=ends)).replace("XX-1-A", "XX-1-B")
    found = taking("iati", file(activity(more), other))
    assert [row["label"] for row in found.only("actors", type="Group")] == [
        "Donor NGO",
        "In-country partner",
        "In-country partner",
    ]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("Organization", name) for name in (
            "Light Partners Ltd", "Partners In Hope", "Norland Private Sector Foundation", "NGO Forum of the Coast",
            "Sunrise Multi-Partner Trust Fund", "University College Harbour", "Public-Private Partnership for Lamps",
            "Sailors Anonymous",
        )),
        *(("Group", name) for name in (
            "Local partners", "NGO", "Implementing Partner NGOs", "Private sector", "Vendors",
            "Private Sector in Norland",
        )),
    ],
)  # fmt: skip
def test_a_name_is_a_group_only_if_all_its_words_are_for_many(taking: Taking, kind: str, name: str) -> None:
    ends = f"<receiver-org><narrative>{name}</narrative></receiver-org>"
    found = taking("iati", file(activity(transaction("3", ends=ends))))
    assert [row["type"] for row in found.only("actors", label=name)] == [kind]


ABOUT = ["trafficking in persons", "Counter-Trafficking", "victims of trafficking", "modern slavery", "forced labour",
         "trata de personas", "víctimas de trata", "traite des êtres humains", "tráfico de pessoas",
         "human trafficking", "esclavitud moderna", "Menschenhandel", "trafficking and migrant smuggling"]  # fmt: skip
NOT_ABOUT = ["narcotics trafficking", "drug trafficking", "arms trafficking", "illicit trafficking", "traffic",
             "wildlife trafficking and poaching", "slaves to fashion", "prevention of sexual exploitation and abuse",
             "tráfico de drogas", "traiteur", "tratar", "heroin by an anti-trafficking unit",
             "smuggling and trafficking of narcotics"]  # fmt: skip


@pytest.mark.parametrize("words", ABOUT)
def test_activities_about_trafficking_in_persons_are_kept(taking: Taking, words: str) -> None:
    found = taking(
        "iati", file(activity(description=f"It is against {words}."), activity().replace("XX-1-A", "XX-2")), about=True
    )
    assert [row["id"] for row in found.rows["undertakings"]] == ["xx-1-a"]
    (mention,) = found.only("undertaking-reports", mentionsTopic="trafficking in persons")
    assert mention["modality"] == "implied"
    assert not found.only("undertaking-reports", topic="trafficking in persons")
    assert phrase(words) in mention["note"]
    assert found.only("paragraphs", number="2")[0]["scope"] == "not-about"
    assert "kept none" not in found.taken.summary


@pytest.mark.parametrize("aim", ["<title>Against {}</title>", '<description type="2">To end {}.</description>'])
def test_its_title_and_its_objective_say_what_an_activity_is_about(taking: Taking, aim: str) -> None:
    found = taking("iati", file(activity(aim.format("forced labour"), description="It helps victims of trafficking.")))
    (report,) = found.only("undertaking-reports", topic="trafficking in persons")
    assert "“forced labour”" in report["note"]
    assert not found.only("undertaking-reports", mentionsTopic="trafficking in persons")


@pytest.mark.parametrize("words", NOT_ABOUT)
def test_other_trafficking_is_not(taking: Taking, words: str) -> None:
    found: Import = taking("iati", file(activity(description=f"It is against {words}.")), about=True)
    assert "undertakings" not in found.rows
    assert "--about kept none of 1 activity: " in found.taken.summary
    assert "remove it, or import the file again with --replace and without --about" in found.taken.summary


@pytest.mark.parametrize(
    ("code", "default", "kind"),
    [
        ("110", "", "grant"), ("421", "110", "loan"), ("", "510", "equity"), ("1100", "", "guarantee"),
        ("610", "", "debt-relief"), ("310", "", "other"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_loan_does_not_look_like_a_grant(taking: Taking, code: str, default: str, kind: str) -> None:
    more = f'<default-finance-type code="{default}"/>' * bool(default)
    ends = f'<finance-type code="{code}"/>' * bool(code)
    found = taking("iati", file(activity(more + transaction("3", ends=ends))))
    (money,) = found.only("funding", moneyKind="disbursed")
    assert money.get("financeType", "") == kind
    assert money["evidence"].split(" | ")[1:] == ["p1"]  # the reporter gives it
    assert found.faults == []


PERIOD = '<period-start iso-date="2021-01-01"/>{end}<value currency="EUR" value-date="{day}">{value}</value>'


def period(value: str = "500", day: str = "2021-01-01", end: str = '<period-end iso-date="2021-12-31"/>') -> str:
    return PERIOD.format(value=value, day=day, end=end)
