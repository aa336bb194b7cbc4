"""Route lists: origin and destination on each line, and where a list has them a count, a year and a form.

A pair that is listed again is another mention. Where a row gives a count, it is an estimate of the route, of persons,
without saying how it came about.
"""

from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.estimates_table import counted
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import Intake

_COLUMNS = {
    "origin": ("from", "source", "source country", "country of origin", "origen"),
    "destination": ("to", "target", "destination country", "country of destination", "destino"),
    "transit": ("via", "through"),
    "count": ("n", "number", "victims", "weight"),
    "year": ("date", "año"),
    "form": ("exploitation", "type"),
}
_PLAIN = ["origin", "destination", "count", "year", "form"]
_FORMS = {"sexual": "sexual", "sexual exploitation": "sexual", "sex": "sexual", "labour": "labour", "labor": "labour",
          "forced labour": "labour", "forced labor": "labour", "labour exploitation": "labour",
          "forced marriage": "forced-marriage", "begging": "begging", "organ removal": "organ-removal",
          "domestic servitude": "domestic-servitude"}  # fmt: skip
_WAYS = {
    "to": {"en": "{} to {}", "es": "{} a {}"},
    "within": {"en": "within {}", "es": "dentro de {}"},
    "link": {"en": "link of {} with {} (direction not stated)", "es": "vínculo de {} con {} (dirección no indicada)"},
}


def read(intake: Intake, records: Records) -> None:
    """Take each row as a report of its route."""
    for row in rows_of(intake, records, _COLUMNS, _PLAIN):
        origin, destination = (intake.place(row.get(end, "")) for end in ("origin", "destination"))
        if not (origin and destination):
            intake.leave("unread", "names a place that is not known, or none")
            continue
        _take(intake, row, origin, destination)


def _take(intake: Intake, row: dict[str, str], origin: str, destination: str) -> None:
    form = _FORMS.get(row.get("form", "").casefold(), "unspecified")
    if row.get("form") and form == "unspecified":
        intake.fault(
            f"{row['form']!r} is no form of exploitation that we have a code for; taken as unspecified", "form"
        )
    when = intake.year(row.get("year", ""), "year")
    route = route_of(intake, origin, destination)
    claim = intake.claim("route-reports", route=route, origin=origin, destination=destination, directed="true",
                         form=form, **when)  # fmt: skip
    if row.get("transit"):
        _stops(intake, claim, row["transit"])
    if row.get("count"):
        _count(intake, route, row["count"], form, when)


def _stops(intake: Intake, claim: str, transit: str) -> None:
    for position, name in enumerate(transit.split("|"), 1):
        place = intake.place(name)
        if place:
            intake.claim("route-stops", routeReport=claim, place=place, position=position, stage="transit")


def _count(intake: Intake, route: str, printed: str, form: str, when: dict[str, str]) -> None:
    try:
        number = counted(printed)
    except ValueError as error:
        intake.fault(f"{error}; write it without marks, or as <5 where it is suppressed", "count")
        return
    intake.claim("estimates", subject=route, **number, form=form, **when, per="year" if when else "not-stated",
                 population="persons", basis="not-stated", measure="not-stated")  # fmt: skip


def route_of(intake: Intake, origin: str, destination: str, *, directed: bool = True) -> str:
    """Return the reference of the route between two places, the same place twice for a route within it."""
    way = "within" if origin == destination else "to" if directed else "link"
    english, spanish = (
        words.format(*(intake.countries.label(end, language) for end in (origin, destination)))
        for language, words in _WAYS[way].items()
    )
    ends = [place.rpartition("/")[2] for place in (origin, destination)]
    return intake.thing("routes", "-".join([*ends, *["link"] * (way == "link")]), english, **{"label@es": spanish})


READER = Reader(
    "routes",
    "Origin and destination on each line of a CSV file, with count, year, form and transit.",
    "records",
    "csv",
    read,
)
