"""Routes with counts, as derived from the data of the Counter Trafficking Data Collaborative: two codes and numbers.

Each row is a report of its route. Its numbers are people whom organizations have assisted or identified: detected, in
total over the years of the collection. Counts that are held back stay suppressed.
"""

from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.estimates_table import counted
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.route_rules import route_of
from tipgraph.sources.importers.row_builder import Intake

_COLUMNS = {
    "origin": ("from", "citizenship"),
    "destination": ("to", "country of exploitation"),
    "n": ("count", "victims"),
    "kind": ("type of exploitation",),
    "labour": ("labor",),
    "sexual": (),
    "minor": ("minors", "children"),
    "year": (),
}
_FORMS = {"sexual exploitation": ["sexual"], "labour exploitation": ["labour"], "mixed": ["labour", "sexual"]}
_PARTS = {"n": {}, "labour": {"form": "labour"}, "sexual": {"form": "sexual"}, "minor": {"age": "child"}}


def read(intake: Intake, records: Records) -> None:
    """Take each row as a report of its route, and each of its numbers as an estimate of it."""
    for row in rows_of(intake, records, _COLUMNS):
        ends = [intake.coded(row[end]) for end in ("origin", "destination")]
        if not all(ends):
            intake.leave("unread", "names a place that is not known, or none")
            continue
        route, when = route_of(intake, *ends), intake.year(row.get("year", ""), "year")
        intake.claim("route-reports", route=route, origin=ends[0], destination=ends[1], directed="true",
                     form=_FORMS.get(row.get("kind", ""), ["unspecified"]), **when)  # fmt: skip
        for column, which in _PARTS.items():
            if row.get(column):
                per = "year" if when else "not-stated" if row.get("year") else "total"
                _estimate(intake, route, column, row[column], {**when, "per": per, **which})


def _estimate(intake: Intake, route: str, column: str, printed: str, which: dict[str, str]) -> None:
    try:
        number = counted(printed)
    except ValueError as error:
        intake.fault(str(error), column)
        return
    intake.claim("estimates", subject=route, **number, population="victims", basis="detected", measure="flow",
                 **which)  # fmt: skip


READER = Reader(
    "ctdc", "Routes between ISO codes with counts of detected victims, as derived from CTDC.", "records", "csv", read
)
