"""Route lists: origin and destination on each line, optionally a count, a year, a form and transit countries.

A repeated pair is another report. A count is an estimate of persons on the route, of unknown basis.
"""

from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import RowBuilder

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


def read(builder: RowBuilder, records: Records) -> None:
    """Read each row as a report of its route."""
    for row in rows_of(builder, records, _COLUMNS, _PLAIN):
        origin, destination = (builder.place(row.get(end, "")) for end in ("origin", "destination"))
        if not (origin and destination):
            builder.skip("unread", "names a place that is not known, or none")
            continue
        _report(builder, row, origin, destination)


def _report(builder: RowBuilder, row: dict[str, str], origin: str, destination: str) -> None:
    form = _FORMS.get(row.get("form", "").casefold(), "unspecified")
    if row.get("form") and form == "unspecified":
        builder.fault(f"{row['form']!r} is no form of exploitation with a code here; imported as unspecified", "form")
    when = builder.year(row.get("year", ""), "year")
    route = route_of(builder, origin, destination)
    claim = builder.claim("route-reports", route=route, origin=origin, destination=destination, directed="true",
                          form=form, **when)  # fmt: skip
    if row.get("transit"):
        _stops(builder, claim, row["transit"])
    if row.get("count"):
        builder.estimate(route, row["count"], "count", form=form, **when, per="year" if when else "not-stated",
                         population="persons", basis="not-stated", measure="not-stated")  # fmt: skip


def _stops(builder: RowBuilder, claim: str, transit: str) -> None:
    for position, name in enumerate(transit.split("|"), 1):
        place = builder.place(name)
        if place:
            builder.claim("route-stops", routeReport=claim, place=place, position=position, stage="transit")


def route_of(builder: RowBuilder, origin: str, destination: str, *, directed: bool = True) -> str:
    """Return the reference of the route between two places; the same place twice gives a route within it."""
    way = "within" if origin == destination else "to" if directed else "link"
    english, spanish = (
        words.format(*(builder.countries.label(end, language) for end in (origin, destination)))
        for language, words in _WAYS[way].items()
    )
    ends = [place.rpartition("/")[2] for place in (origin, destination)]
    return builder.entry("routes", "-".join([*ends, *["link"] * (way == "link")]), english, **{"label@es": spanish})


_SUMMARY = "Origin and destination on each line of a CSV file, with count, year, form and transit."
READER = Reader("routes", _SUMMARY, "records", "csv", read)
