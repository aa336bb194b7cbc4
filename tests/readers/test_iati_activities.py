"""The activity side of IATI: kinds, descriptions, classifications, locations, results and documents."""

from tipgraph.graph.query import Query
from tipgraph.pipeline.builder import build

from .conftest import Taking
from .test_iati import activity, file

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
