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


TWO_WAYS = "can be read in two ways, or in none; write '.' before the decimals only"


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


def test_money_of_a_transaction_with_a_country_of_its_own_is_for_that_country(taking: Taking) -> None:
    more = transaction("3", ends='<recipient-country code="PE"/><recipient-region code="380"/>') + transaction("3", "7")
    money = taking("iati", file(activity(more))).only("funding", moneyKind="disbursed")
    assert [row.get("place", "") for row in money] == ["reference/places/peru | reference/places/caribbean", ""]


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


def test_sectors_add_up_to_a_whole_in_each_vocabulary_and_have_codes_of_its_list(taking: Taking) -> None:
    paid = '<sector code="15160" percentage="60"/><sector code="15170" percentage="70"/>'
    fine = "".join(
        f'<sector code="{code}" percentage="50" {vocabulary}/>'
        for vocabulary in ('vocabulary="2"', 'vocabulary="99" vocabulary-uri="a"', 'vocabulary="99" vocabulary-uri="b"')
        for code in ("151", "998")
    )
    old = '<sector code="notacode" vocabulary="DAC"/><sector code="99999"/><sector code="15160" vocabulary="2"/>'
    off = '<sector code="1" vocabulary="7" percentage="49"/>' * 2
    found = taking(
        "iati", file(activity(fine + old + off + '<policy-marker code="77"/>' + transaction("3", ends=paid)))
    )
    assert [fault.partition("XX-1-A: ")[2] for fault in found.faults] == [
        "'notacode' is no code of the OECD's list of sectors; imported unchanged",
        "'99999' is no code of the OECD's list of sectors; imported unchanged",
        "'15160' is no code of the OECD's list of sectors; imported unchanged",
        "the percentages of sectors in the vocabulary '7' add up to 98, not 100",
        "the percentages of sectors in the vocabulary '1' add up to 130, not 100",
        "'77' is no policy marker of the OECD's list; imported unchanged",
    ]
    codes = [row["sector"] for row in found.rows["allocations"] if row.get("sector")]
    assert {"notacode", "99999", "15170"} <= set(codes)
    assert (found.rows["classifications"][0]["conceptCode"], found.taken.report.lost) == ("77", {})


def test_wrong_values_are_listed_with_their_lines_and_the_rest_is_taken(taking: Taking) -> None:
    more = "\n".join([
        transaction("3", "1.5.5"),
        transaction("3", currency='currency="XXQ"'),
        transaction("3", "0"),
        transaction("3", day="2020-02-31"),
        transaction("3", day="2090-01-01"),
        transaction("8"),
        transaction("0"),
        '<recipient-country code="ZZ"/>',
        '<participating-org role="9"><narrative>Nine</narrative></participating-org>',
        '<participating-org role="1"/>',
        '<related-activity type="1"/>',
    ])  # fmt: skip
    found = taking("iati", file(activity(more)))
    assert [fault.partition(": ")[2] for fault in found.faults] == [
        "XX-1-A: 'ZZ' is no country or region of the reference; left out",
        "XX-1-A: a related-activity that names no other activity; left out",
        "XX-1-A: participating-org role '9' has no code here; left out",
        "XX-1-A: a participating-org with neither an identifier nor a name; left out",
        f"XX-1-A: value: '1.5.5' {TWO_WAYS}; the transaction was imported without its amount",
        "XX-1-A: value: 'XXQ' is no currency; write its code, as EUR; the transaction was imported without its amount",
        "XX-1-A: transaction-date: '2020-02-31' is no day of the calendar",
        "XX-1-A: the transaction of 2090-01-01 is in the future; imported unchanged",
        "XX-1-A: '0' is no type of transaction; left out",
    ]
    assert found.taken.report.lost == {"countries or regions": 1, "roles": 1, "amounts of money": 2, "transactions": 1}
    lines = [int(fault.split(":")[1]) for fault in found.faults]
    assert lines[4:] == [17, 19, 23, 25, 29]
    assert found.taken.report.left == {"purchases of equity, which give no money": 1}
    assert len(found.only("funding", moneyKind="disbursed")) == 5


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


def test_related_activities_are_parts_or_related(taking: Taking) -> None:
    more = "".join(f'<related-activity type="{kind}" ref="XX-{kind}"/>' for kind in "123")
    found = taking("iati", file(activity(more)))
    reports = [row for row in found.rows["undertaking-reports"] if row.get("partOf") or row.get("relatedTo")]
    assert [(row["undertaking"], row.get("partOf", ""), row.get("relatedTo", "")) for row in reports] == [
        ("undertakings/xx-1-a", "undertakings/xx-1", ""),
        ("undertakings/xx-2", "undertakings/xx-1-a", ""),
        ("undertakings/xx-1-a", "", "undertakings/xx-3"),
    ]


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


OLD = """<iati-activities version="1.02" generated-datetime="2014-02-28T14:47:20">
<iati-activity xml:lang="en" default-currency="GBP">
<reporting-org ref="GB-1" type="10">Old Office</reporting-org><iati-identifier>GB-1-7</iati-identifier>
<participating-org ref="GB" role="Funding">UNITED KINGDOM</participating-org><title>Old title</title>
<activity-date type="start-actual" iso-date="2007-07-25"/><activity-date type="end-planned">2010-04-30</activity-date>
<transaction><transaction-type code="D"/><value value-date="2008-01-01">1000</value></transaction>
<recipient-country code="TZ">Tanzania</recipient-country></iati-activity></iati-activities>"""


def test_version_1_is_read_by_its_own_words(taking: Taking) -> None:
    found = taking("iati", OLD)
    assert found.rows["undertakings"][0]["label"] == "Old title"
    assert found.only("participations", role="funder")[0]["participant"] == "actors/gb"
    money = found.only("funding", moneyKind="disbursed")[0]
    assert (money["giver"], money["amount"], money["currency"]) == ("actors/gb-1", "1000", "GBP")
    assert found.rows["undertaking-reports"][0]["date"] == "2007-07-25/"
    assert found.faults == ["made.data:6: GB-1-7: the transaction has no transaction-date; imported without a date"]


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


def test_money_whose_provider_is_not_named_keeps_what_the_file_says(taking: Taking) -> None:
    found = taking("iati", file(activity(transaction("1"))))
    (money,) = found.only("funding", moneyKind="received")
    assert (money.get("giver", ""), money["receiver"], money["amount"]) == ("", "actors/xx-1", "100.50")
    assert found.faults == []


def test_a_funder_whose_money_a_transaction_tells_has_no_unknown_hop_too(taking: Taking) -> None:
    funder = '<participating-org ref="XX-1" role="1"><narrative>Lantern Fund</narrative></participating-org>'
    found = taking("iati", file(activity(funder + transaction("3"))))
    kinds = {(row["giver"], row["moneyKind"]) for row in found.rows["funding"]}
    assert kinds == {("actors/xx-9", "unknown"), ("actors/xx-1", "disbursed")}


def test_countries_that_stand_only_in_transactions_are_places_of_the_project(taking: Taking) -> None:
    more = "".join(transaction("3", ends=f'<recipient-country code="{code}"/>') for code in ("PE", "NO", "CL", "PE"))
    found = taking("iati", file(activity(more)))
    (report,) = [row for row in found.rows["undertaking-reports"] if "transactions" in row.get("note", "")]
    assert (report["place"], report["modality"]) == ("reference/places/peru | reference/places/chile", "implied")
    assert len(report["evidence"].split(" | ")) == 2


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


def test_a_description_of_money_is_kept_in_its_language_without_personal_data(taking: Taking) -> None:
    described = "<description>{}</description>"
    french = described.format('<narrative xml:lang="fr">Pour les barques</narrative>')
    both = french.replace("</description>", "<narrative>For boats</narrative></description>")
    mail = described.format("<narrative>Ask ana.perez@example.org for boats</narrative>")
    found = taking("iati", file(activity("".join(transaction("3", ends=ends) for ends in (french, both, mail)))))
    money = found.only("funding", moneyKind="disbursed")
    assert [(row.get("description", ""), row.get("description@fr", "")) for row in money] == [
        ("", "Pour les barques"), ("For boats", ""), ("Ask a…@… for boats", ""),
    ]  # fmt: skip
    assert found.taken.report.left == {"personal data in descriptions, which are masked there": 1}


PERIOD = '<period-start iso-date="2021-01-01"/>{end}<value currency="EUR" value-date="{day}">{value}</value>'


def period(value: str = "500", day: str = "2021-01-01", end: str = '<period-end iso-date="2021-12-31"/>') -> str:
    return PERIOD.format(value=value, day=day, end=end)


def test_budgets_and_plans_are_money_of_kinds_of_their_own_and_name_only_whom_the_element_names(taking: Taking) -> None:
    named = '<provider-org ref="XX-9" provider-activity-id="XX-9-P"/><receiver-org ref="XX-7"/>'
    early = '<period-end iso-date="2020-01-01"/>'
    more = "".join([
        f'<budget type="1" status="1">{period("450")}</budget>',
        f'<budget type="2" status="2">{period("-0.5", day="soon")}</budget>',
        f"<budget>{period(end='')}</budget>",
        f'<budget type="7">{period(end=early)}</budget>',
        f"<budget>{period('0.00')}</budget>",
        '<budget><value currency="EUR">7</value></budget>',
        f'<planned-disbursement type="2">{period()}{named}</planned-disbursement>',
    ])  # fmt: skip
    found = taking("iati", file(activity(more)))
    columns = ("moneyKind", "budgetType", "budgetStatus", "amount", "date", "giver", "receiver", "providerActivity")
    assert [
        tuple(row.get(column, "") for column in columns)
        for row in found.rows["funding"]
        if row["moneyKind"] != "unknown"
    ] == [
        ("budgeted", "original", "indicative", "450", "2021-01-01/2021-12-31", "", "", ""),
        ("budgeted", "revised", "committed", "-0.5", "2021-01-01/2021-12-31", "", "", ""),
        ("budgeted", "", "", "500", "2021-01-01/", "", "", ""),
        ("budgeted", "", "", "500", "", "", "", ""),
        ("budgeted", "", "", "0.00", "2021-01-01/2021-12-31", "", "", ""),
        ("budgeted", "", "", "7", "", "", "", ""),
        ("planned-disbursement", "revised", "", "500", "2021-01-01/2021-12-31", "actors/xx-9", "actors/xx-7", "XX-9-P"),
    ]
    assert {row["purpose"] for row in found.rows["funding"]} == {"undertakings/xx-1-a"}
    assert [fault.partition("XX-1-A: ")[2] for fault in found.faults] == [
        "value-date: 'soon' is no day; it should be written as 2004-11-11",
        "value: an amount of -0.5 is below 0; the budget was imported unchanged",
        "begins on 2021-01-01 and ends on 2020-01-01; imported without its period",
        "budget type '7' has no code here; left out",
        "the budget has no period; imported without one",
    ]


def test_a_transaction_has_the_codes_of_its_element_or_else_the_defaults_which_it_cites(taking: Taking) -> None:
    defaults = "".join([
        '<default-flow-type code="10"/><default-aid-type code="C01"/><default-aid-type code="2" vocabulary="2"/>',
        '<default-tied-status code="5"/><default-finance-type code="999"/>',
    ])  # fmt: skip
    own = "".join([
        '<flow-type code="30"/><aid-type code="B03" vocabulary="1"/><aid-type code="D02"/><tied-status code="4"/>',
        '<disbursement-channel code="3"/><finance-type code="110"/><sector code="16063" vocabulary="1"/>',
        '<sector code="7" vocabulary="99" percentage="120"/>',
    ])  # fmt: skip
    found = taking("iati", file(activity(defaults + transaction("3", ends=own) + transaction("3") + transaction("3"))))
    columns = ("flowType", "aidType", "tiedStatus", "disbursementChannel", "financeType")
    money = found.only("funding", moneyKind="disbursed")
    assert [(*(row.get(column, "") for column in columns), row["evidence"].count("|")) for row in money] == [
        ("private-development", "specific-programme | technical-assistance", "tied", "third-party", "grant", 1),
        *[("oda", "project", "untied", "", "", 1)] * 2,
    ]
    sectors = [row for row in found.rows["allocations"] if row.get("payment")]
    assert [(row["payment"], row["sector"], row["sectorVocabulary"], row.get("percentage", "")) for row in sectors] == [
        (f"funding/{money[0]['id']}", "16063", "1", ""), (f"funding/{money[0]['id']}", "7", "99", ""),
    ]  # fmt: skip
    assert [row["undertaking"] for row in sectors] == ["", ""]
    assert [fault.partition("XX-1-A: ")[2] for fault in found.faults] == [
        "default-finance-type code '999' has no code here; left out",
        "'120' is no percentage; left out",
    ]
    assert found.taken.report.left == {"types of aid of other lists than the OECD's": 1}
