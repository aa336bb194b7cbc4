"""Files of organizations: their budgets and documents."""

from tipgraph.graph.query import Query
from tipgraph.pipeline.builder import build

from .conftest import Taking

PERIOD = '<period-start iso-date="2026-01-01"/><period-end iso-date="2026-12-31"/><value currency="USD">{}</value>'
FILE = f"""<?xml version="1.0"?>
<iati-organisations version="2.03"><iati-organisation default-currency="USD" xml:lang="en">
 <organisation-identifier>XX-1</organisation-identifier><name><narrative>Lantern Fund</narrative></name>
 <reporting-org ref="XX-1" type="10"><narrative>Lantern Fund</narrative></reporting-org>
 <total-budget status="2">{PERIOD.format("900,000")}<budget-line/></total-budget>
 <recipient-org-budget><recipient-org ref="XX-2"><narrative>Open Hand</narrative></recipient-org>
  {PERIOD.format(500)}</recipient-org-budget>
 <recipient-country-budget><recipient-country code="KE"/>{PERIOD.format(300)}</recipient-country-budget>
 <recipient-region-budget><recipient-region code="998"/>{PERIOD.format(200)}</recipient-region-budget>
 <total-expenditure>{PERIOD.format(70)}</total-expenditure><total-budget>{PERIOD.format(0)}</total-budget>
 <document-link url="https://example.org/plan.pdf"><title><narrative>Plan of light</narrative></title>
  <category code="B03"/><recipient-country code="KE"/></document-link>
 <quality/></iati-organisation></iati-organisations>
"""


def test_budgets_and_documents_of_an_organization_are_claims(taking: Taking) -> None:
    found = taking("iati", FILE)
    columns = ("giver", "receiver", "purpose", "moneyKind", "amountAsPrinted", "date")
    year, kenya = "2026-01-01/2026-12-31", "reference/places/kenya"
    assert [tuple(row.get(name, "") for name in columns) for row in found.rows["funding"]] == [
        ("", "", "actors/xx-1", "total-budget", "900,000", year),
        ("actors/xx-1", "actors/xx-2", "", "budgeted", "500", year),
        ("actors/xx-1", "", kenya, "budgeted", "300", year),
        ("actors/xx-1", "", "actors/xx-1", "budgeted", "200", year),
        ("", "", "actors/xx-1", "total-expenditure", "70", year),
        ("", "", "actors/xx-1", "total-budget", "0", year),
    ]  # fmt: skip
    assert found.rows["funding"][3]["note"] == "for a recipient-region that is not known here (998)"
    assert [(row["id"], row["type"], row["label"]) for row in found.rows["actors"]] == [
        ("xx-1", "GovernmentBody", "Lantern Fund"), ("xx-2", "Organization", "Open Hand"),
    ]  # fmt: skip
    (link,) = found.rows["publication-reports"]
    assert (link["documentKind"], link["publisher"], link["subjectPlace"]) == ("plan", "actors/xx-1", kenya)
    assert link["modality"] == "implied"
    assert found.taken.report.unread == {"quality": 1}
    assert found.faults == []
    graph = build(found.taken.target.parent)
    assert len(Query.find("funding").run(graph, {"in": "KE"}).rows) == 1
