"""The activity side of IATI: kinds, descriptions, classifications, locations, results and documents."""

import re

from tipgraph.graph.query import Query
from tipgraph.pipeline.builder import build

from .conftest import Taking
from .test_iati import activity, file, period, transaction

RESULT = """<result type="1" aggregation-status="1"><title><narrative>Safer homes</narrative></title>
 <description><narrative>What changes</narrative></description>
 <document-link url="https://example.org/frame.pdf"><title><narrative>Frame</narrative></title></document-link>
 <indicator measure="1" ascending="1"><title><narrative>Staff trained</narrative></title>
  <baseline year="2019" value="4"><comment><narrative>Counted</narrative></comment></baseline>
  <period><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>
   <target value="1,200"/><actual value="79"/>
   <target value="600"><dimension name="sex" value="female"/></target>
   <actual value="70"><location ref="L1"/><dimension name="sex" value="female"/></actual></period></indicator>
 <indicator measure="9"><title><narrative xml:lang="fr">Avis</narrative></title></indicator></result>"""
TOWN = """<location ref="L1"><name><narrative>Bergen</narrative></name><point><pos>60.39 5.32</pos></point>
 <exactness code="2"/><location-class code="2"/></location>"""


def test_descriptions_go_by_type_and_language_without_their_html(taking: Taking) -> None:
    html = "&lt;p&gt;Safe &amp;amp; sound&lt;/p&gt;&lt;li&gt;for 5 &amp;lt; 18 | all&lt;/li&gt; a@b.org"
    more = f"""<description type="2"><narrative xml:lang="es">Casas seguras</narrative><narrative>{html}</narrative>
     </description><description type="3"><narrative>Girls | boys</narrative></description>"""
    found = taking("iati", file(activity(more)))
    rows = found.rows["undertaking-reports"]
    assert [row["description"] for row in rows if row.get("description")] == ["About boats."]
    assert [row["objective"] for row in rows if row.get("objective")] == ["Safe & sound for 5 < 18 / all a…@…"]
    assert [row["objective@es"] for row in rows if row.get("objective@es")] == ["Casas seguras"]
    assert [row["targetGroup"] for row in rows if row.get("targetGroup")] == ["Girls / boys"]
    assert found.taken.report.left == {"personal data in descriptions, which are masked there": 1}


def test_descriptions_stay_in_the_file_on_request(taking: Taking) -> None:
    more = '<description type="2"><narrative>Safe houses</narrative></description>' + RESULT
    found = taking("iati", file(activity(more)), descriptions=False)
    assert not re.search("About boats|Safe houses|What changes", repr(found.rows))
    assert "Light & Hope" in repr(found.rows)
    assert found.taken.report.left["descriptions of claims (--no-descriptions)"] == 3


def test_the_kind_of_a_project_is_read_from_title_and_main_sector(taking: Taking) -> None:
    found = taking(
        "iati",
        file(
            activity('<sector code="72010" percentage="10"/>').replace(
                "Light &amp; Hope", "Training against human trafficking"
            )
        ),
    )
    kinds = [row for row in found.rows["undertaking-reports"] if row.get("undertakingKind")]
    assert [(row["undertakingKind"], row["modality"]) for row in kinds] == [
        ("counter-trafficking | training", "implied"), ("governance", "implied"),
    ]  # fmt: skip
    assert "“human trafficking”, “Training”" in kinds[0]["note"]
    assert "the sector 15160" in kinds[1]["note"]


def test_classifications_keep_code_list_and_significance(taking: Taking) -> None:
    more = """<policy-marker code="1" vocabulary="1" significance="0"/><policy-marker code="2A" vocabulary="99">
     <narrative>Gender &amp; care</narrative></policy-marker><policy-marker significance="7" code="2"/>
     <tag code="16" vocabulary="2"><narrative>Peace</narrative></tag><policy-marker/>
     <humanitarian-scope type="2" vocabulary="2-1" code="OBGD19"/><humanitarian-scope type="8" code="X"/>"""
    found = taking("iati", file(activity(more).replace("<iati-activity ", '<iati-activity humanitarian="1" ')))
    columns = ("classificationScheme", "policyMarker", "conceptCode", "conceptLabel", "vocabulary", "significance")
    assert [tuple(row.get(name, "") for name in columns) for row in found.rows["classifications"]] == [
        ("policy-marker", "gender-equality", "1", "", "1", "not-targeted"),
        ("policy-marker", "", "2A", "Gender & care", "99", ""),
        ("policy-marker", "environment", "2", "", "1", ""),
        ("tag", "", "16", "Peace", "2", ""),
        ("appeal", "", "OBGD19", "", "2-1", ""),
        ("humanitarian", "", "", "", "", ""),
    ]  # fmt: skip
    assert [fault.split("XX-1-A: ")[1] for fault in found.faults] == [
        "policy-marker significance '7' has no code here; left out", "a policy-marker without a code; left out",
        "humanitarian-scope type '8' has no code here; left out",
    ]  # fmt: skip


LOCATIONS = (
    TOWN
    + """
 <location><name><narrative>Hordaland</narrative></name><location-id vocabulary="A3" code="NOR.6"/>
  <activity-description><narrative>Boats are built</narrative></activity-description></location>
 <location><name><narrative>Refuge of the north</narrative></name><point><pos>60.1 5.1</pos></point>
  <location-class code="2"/></location>
 <location><name><narrative>12 Sea Road</narrative></name><point><pos>60.1 5.1</pos></point>
  <location-class code="3"/></location>
 <location><location-reach code="2"/><name><narrative>Peru</narrative></name>
  <administrative vocabulary="A4" code="PE"/></location>
 <location><name><narrative>Voss</narrative></name><point><pos>0 0</pos></point><location-class code="2"/></location>"""
)


def test_a_location_is_no_finer_than_a_town(taking: Taking) -> None:
    found = taking(
        "iati", file(activity(LOCATIONS).replace('<recipient-region code="11" vocabulary="2" percentage="60"/>', ""))
    )
    columns = ("label", "type", "latitude", "longitude", "partOf")
    norway = "reference/places/norway"
    assert [tuple(row.get(name, "") for name in columns) for row in found.rows["places"]] == [
        ("Bergen", "City", "60.39", "5.32", norway), ("Hordaland", "Area", "", "", norway),
        ("Voss", "City", "", "", norway),
    ]  # fmt: skip
    text = "".join(path.read_text("utf-8") for path in found.taken.target.glob("*.csv"))
    assert "Refuge" not in text
    assert "Sea Road" not in text
    assert "60.1" not in text
    reports = [row for row in found.rows["undertaking-reports"] if "places/" in row.get("place", "")][1:]
    assert [(row["place"].split(" | ")[0], row.get("modality", ""), row.get("description", "")) for row in reports] == [
        ("places/hordaland-reference-places-norway", "", "Boats are built"),
        ("places/bergen-reference-places-norway", "", ""), ("reference/places/peru", "implied", ""),
    ]  # fmt: skip
    assert found.taken.report.left == {"locations finer than an area or a town, of which only the country is kept": 2}
    assert [fault.split("XX-1-A: ")[1] for fault in found.faults] == [
        "the percentages of countries and regions add up to 40, not 100",
        "'0 0' is no position; the place was imported without it",
    ]


def test_results_keep_each_period_and_part_as_printed(taking: Taking) -> None:
    found = taking("iati", file(activity(TOWN + RESULT + '<sector code="15160"/>')))
    columns = ("resultKind", "title", "indicator", "indicatorMeasure", "dimension", "baseline", "baselineDate",
               "target", "actual", "date", "description")  # fmt: skip
    period = "2020-01-01/2020-12-31"
    assert [tuple(row.get(name, "") for name in columns) for row in found.rows["results"]] == [
        ("output", "Safer homes", "Staff trained", "unit", "", "4", "2019", "1,200", "79", period, "What changes"),
        ("output", "Safer homes", "Staff trained", "unit", "sex: female", "", "", "600", "", period, "What changes"),
        ("output", "Safer homes", "Staff trained", "unit", "sex: female", "", "", "", "70", period, "What changes"),
        ("output", "Safer homes", "", "", "", "", "", "", "", "", "What changes"),
    ]  # fmt: skip
    assert found.rows["results"][2]["place"].startswith("places/bergen")
    assert found.rows["results"][3]["indicator@fr"] == "Avis"
    assert [row["label"] for row in found.rows["documents"]] == ["Frame"]
    assert found.rows.get("estimates", []) == []
    assert found.taken.report.unread == {"location/exactness": 1, "result/comment": 1}
    graph = build(found.taken.target.parent)
    for values, count in [({}, 4), ({"year": "2020"}, 3), ({"year": "2019"}, 0), ({"topic": "avis"}, 1),
                          ({"in": "NO"}, 4), ({"in": "peru"}, 0), ({"of": "xx-1-a", "topic": "light"}, 4),
                          ({"sector": "15160"}, 4), ({"sector": "15170"}, 0)]:  # fmt: skip
        assert len(Query.find("results").run(graph, values).rows) == count, values


def test_documents_are_tied_to_their_project(taking: Taking) -> None:
    more = """<document-link url="https://example.org/a.pdf" format="application/pdf"><title><narrative>Light in view
     </narrative></title><category code="A02"/><category code="A07"/><language code="EN"/><language code="es"/>
     <document-date iso-date="2020-05-01"/></document-link>
     <document-link url="javascript:alert(1)"/><document-link url="https://example.org/?to=ana@example.org"/>"""
    found = taking("iati", file(activity(more)))
    (row,) = found.rows["publication-reports"]
    columns = ("document", "documentKind", "url", "mediaType", "language", "date", "undertaking")
    assert tuple(row[name] for name in columns) == (
        "documents/https-example.org-a.pdf", "plan", "https://example.org/a.pdf", "application/pdf", "en | es",
        "2020-05-01", "undertakings/xx-1-a",
    )  # fmt: skip
    assert found.rows["documents"][0]["label"] == "Light in view"
    addresses = [row["match"].value for row in build(found.taken.target.parent).named("document-addresses")]
    assert addresses == ["https://example.org/a.pdf"]
    assert [fault.split("XX-1-A: ")[1] for fault in found.faults] == [
        "'javascript:alert(1)' is no address of the web; the document-link was left out",
        "'https://example.org/?to=a…@…' is no address of the web; the document-link was left out",
    ]


def test_of_several_versions_the_newest_is_read(taking: Taking) -> None:
    day = '<iati-activity last-updated-datetime="2021-0{}-01T00:00:00" '
    versions = [activity(description=f"Version {n}.").replace("<iati-activity ", day.format(n)) for n in (1, 3, 2)]
    found = taking("iati", file(*versions))
    texts = [row["description"] for row in found.rows["undertaking-reports"] if row.get("description")]
    assert texts == ["Version 3."]
    assert found.faults == []
    assert found.taken.report.left == {"other versions of activities in the file": 2}


def test_a_name_with_the_number_of_a_house_is_no_area_and_positions_have_two_decimals(taking: Taking) -> None:
    """Street addresses with exact coordinates passed as areas on 1 December."""
    place = '<location><name><narrative>{}</narrative></name><location-class code="{}"/><point><pos>{}</pos></point>'
    more = [place.format("221B Baker", 1, "12.34567 -45.67891"), place.format("Lima", 2, "-12.04637 -77.04279")]
    found = taking("iati", file(activity("</location>".join([*more, ""]))))
    (town,) = found.rows["places"]
    assert (town["label"], town["latitude"], town["longitude"]) == ("Lima", "-12.05", "-77.04")


def test_sectors_without_a_code_are_listed(taking: Taking) -> None:
    found = taking("iati", file(activity('<sector vocabulary="99"><narrative>Our own</narrative></sector>')))
    assert [fault.partition("XX-1-A: ")[2] for fault in found.faults] == ["a sector without a code (Our own); left out"]


def test_a_title_of_a_document_keeps_its_figures(taking: Taking) -> None:
    title = "Annual report 022 717 9111 of 2020"
    link = f'<document-link url="https://example.org/a"><title><narrative>{title}</narrative></title></document-link>'
    assert taking("iati", file(activity(link))).rows["documents"][0]["label"] == title


def test_the_humanitarian_flag_of_a_transaction_is_read(taking: Taking) -> None:
    paid = transaction("3").replace("<transaction>", '<transaction humanitarian="1">')
    found = taking("iati", file(activity(paid + transaction("3"))))
    (flag,) = found.rows["classifications"]
    assert (flag["classificationScheme"], flag["modality"], flag["evidence"]) == ("humanitarian", "implied", "p1s17")


def test_a_planned_disbursement_without_a_provider_is_of_the_reporter(taking: Taking) -> None:
    plan = f"<planned-disbursement>{period()}</planned-disbursement>"
    (money,) = taking("iati", file(activity(plan))).only("funding", moneyKind="planned-disbursement")
    assert (money["giver"], money["modality"]) == ("actors/xx-1", "implied")
    assert "by the standard it is the reporting organization" in money["note"]
