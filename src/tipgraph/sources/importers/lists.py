"""Lists of routes, and of detected victims; `lists.toml` has their columns and words.

`routes`: origin and destination on each line, optionally a count, a year, a form and transit countries. `ctdc`: routes
between two ISO codes with counts, derived from the Counter Trafficking Data Collaborative, over all years of the
collection. A row is a report of its route; a repeated pair is another report. Suppressed counts stay suppressed.

`glotip`: UNODC's Global Report on Trafficking in Persons, detected victims by country, year, sex, age and category. A
row by citizenship has the country of detection and the citizenship of the victims. Citizenship counts as the origin of
a route, marked as implied. A row by country of repatriation is ambiguous: victims returned from it or to it. It gives
no route, only an estimate about the reporting country. Categories that are no country ("Abroad", "Nationals",
"Unknown") become a note.

Decision: docs/decisions/0102-glotip-repatriation-rows-give-no-route.md.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from tipgraph.runtime import read_toml
from tipgraph.sources.importers.cell_values import counted, year
from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.row_builder import RowBuilder

_LISTS: Final[Mapping[str, Any]] = read_toml(Path(__file__).with_suffix(".toml"))
_NO_PLACE = frozenset({"abroad", "nationals", "unknown", ""})
_IMPLIED = "citizenship is taken for the origin; the row does not say where the journey began"
_WAYS = {
    "to": {"en": "{} to {}", "es": "{} a {}"},
    "within": {"en": "within {}", "es": "dentro de {}"},
    "link": {"en": "link of {} with {} (direction not stated)", "es": "vínculo de {} con {} (dirección no indicada)"},
}


def route_of(builder: RowBuilder, origin: str, destination: str, *, directed: bool = True) -> str:
    """Return the reference of the route between two places; the same place twice gives a route within it."""
    way = "within" if origin == destination else "to" if directed else "link"
    english, spanish = (
        words.format(*(builder.countries.label(end, language) for end in (origin, destination)))
        for language, words in _WAYS[way].items()
    )
    ends = [place.rpartition("/")[2] for place in (origin, destination)]
    return builder.entry("routes", "-".join([*ends, *["link"] * (way == "link")]), english, **{"label@es": spanish})


def _routes(builder: RowBuilder, records: Records, kind: str) -> None:
    """Read each row as a report of its route, with an estimate for each number."""
    known = _LISTS[kind]
    place_of = builder.place_of_code if known["ends"] == "code" else builder.place
    for row in rows_of(builder, records, known["columns"], known.get("plain", ())):
        origin, destination = (place_of(row.get(end, "")) for end in ("origin", "destination"))
        if not (origin and destination):
            builder.skip("unread", "names a place that is not known, or none")
            continue
        forms = known["forms"].get(row.get("form", "").casefold(), ["unspecified"])
        if row.get("form") and forms == ["unspecified"]:
            message = f"{row['form']!r} is no form of exploitation with a code here; imported as unspecified"
            builder.fault(message, "form")
        when, route = builder.year(row.get("year", ""), "year"), route_of(builder, origin, destination)
        claim = builder.claim("route-reports", route=route, origin=origin, destination=destination, directed="true",
                              form=forms, **when)  # fmt: skip
        _stops(builder, claim, row.get("transit", ""))
        per = "year" if when else "not-stated" if row.get("year") else known["per"]
        for column, part in known["estimates"].items():
            if row.get(column):
                own = part | {"form": forms} if part.get("form") == "of the row" else part
                builder.estimate(route, row[column], column, per=per, **when, **known["estimate"], **own)


def _stops(builder: RowBuilder, claim: str, transit: str) -> None:
    for position, name in enumerate(transit.split("|") if transit else (), 1):
        if place := builder.place(name):
            builder.claim("route-stops", routeReport=claim, place=place, position=position, stage="transit")


def _detected(builder: RowBuilder, records: Records) -> None:
    """Read each row as an estimate."""
    for row in rows_of(builder, records, _LISTS["glotip"]["columns"]):
        place = builder.place_of_code(row["iso"])
        if not place or row.get("unit", "counts").casefold() != "counts":
            builder.skip("unread", "names no country by its code, or has no counts")
            continue
        try:
            when, number = year(row["year"]), counted(row["value"])
        except ValueError as error:
            builder.fault(str(error), "Year or txtVALUE", lost="figures")
            builder.skip("unread", "has no year or no count")
            continue
        subject, note = _subject(builder, row, place, when)
        population = "nationals" if row["category"].casefold() == "nationals" else "victims"
        builder.claim("estimates", subject=subject, **number, population=population, per="year", basis="detected",
                      measure="flow", date=when, note=note, **_codes(builder, row))  # fmt: skip


def _subject(builder: RowBuilder, row: Mapping[str, str], place: str, when: str) -> tuple[str, str]:
    """Return the subject of a row, a route or the reporting country, and a note."""
    category, dimension = row["category"], row.get("dimension", "by citizenship")
    note = f"{dimension}: “{category}”"
    origin = "" if category.casefold() in _NO_PLACE else builder.place(category.removeprefix("M49 Region: "))
    if dimension != "by citizenship" or not origin:
        return place, note
    if origin == place:
        return place, f"{note}: its own citizens"
    route = route_of(builder, origin, place)
    builder.claim("route-reports", route=route, origin=origin, destination=place, directed="true", form="unspecified",
                  population="victims", date=when, modality="implied", note=_IMPLIED)  # fmt: skip
    return route, note


def _codes(builder: RowBuilder, row: Mapping[str, str]) -> dict[str, str]:
    """Return the codes of sex and age; none for a total."""
    found = {}
    for column, codes in _LISTS["glotip"]["codes"].items():
        value = row.get(column, "").casefold()
        if value not in ("", "total"):
            found[column] = codes.get(value, "not-stated")
            if value not in codes:
                builder.fault(f"{row[column]!r} is no {column} with a code here; imported as not stated", column)
    return found


READERS: Final = tuple(
    Reader(kind, known["summary"], "records", "csv", partial(_routes, kind=kind) if "ends" in known else _detected,
           known.get("about", {}))
    for kind, known in _LISTS.items()
)  # fmt: skip
