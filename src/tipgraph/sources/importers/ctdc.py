"""Routes between two ISO codes with counts, derived from the Counter Trafficking Data Collaborative (CTDC).

Each row is a report of its route. Its numbers are detected victims over all years of the collection, whom organizations
assisted or identified. Suppressed counts stay suppressed.
"""

from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.route_rules import route_of
from tipgraph.sources.importers.row_builder import RowBuilder

_COLUMNS = {
    "origin": ("from", "citizenship"), "destination": ("to", "country of exploitation"), "n": ("count", "victims"),
    "kind": ("type of exploitation",), "labour": ("labor",), "sexual": (), "minor": ("minors", "children"), "year": (),
}  # fmt: skip
_FORMS = {"sexual exploitation": ["sexual"], "labour exploitation": ["labour"], "mixed": ["labour", "sexual"]}
_PARTS = {"n": {}, "labour": {"form": "labour"}, "sexual": {"form": "sexual"}, "minor": {"age": "child"}}


def read(builder: RowBuilder, records: Records) -> None:
    """Read each row as a report of its route, with an estimate for each number."""
    for row in rows_of(builder, records, _COLUMNS):
        ends = [builder.place_of_code(row[end]) for end in ("origin", "destination")]
        if not all(ends):
            builder.skip("unread", "names a place that is not known, or none")
            continue
        route, when = route_of(builder, *ends), builder.year(row.get("year", ""), "year")
        builder.claim("route-reports", route=route, origin=ends[0], destination=ends[1], directed="true",
                      form=_FORMS.get(row.get("kind", ""), ["unspecified"]), **when)  # fmt: skip
        per = "year" if when else "not-stated" if row.get("year") else "total"
        for column, part in _PARTS.items():
            if row.get(column):
                builder.estimate(route, row[column], column, population="victims", basis="detected", measure="flow",
                                 per=per, **when, **part)  # fmt: skip


READER = Reader(
    "ctdc", "Routes between ISO codes with counts of detected victims, as derived from CTDC.", "records", "csv", read
)
