"""Rows of UNODC's Global Report on Trafficking in Persons: detected victims by country, year, sex, age and category.

A row by citizenship has the country of detection and the citizenship of the victims. Citizenship counts as the origin
of a route, marked as implied. A row by country of repatriation is ambiguous: victims returned from it or to it. It
gives no route, only an estimate about the reporting country. Categories that are no country ("Abroad", "Nationals",
"Unknown") become a note; counts below five stay suppressed.

Decision: docs/decisions/0102-glotip-repatriation-rows-give-no-route.md.
"""

from tipgraph.sources.importers.cell_values import counted, year
from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.route_rules import route_of
from tipgraph.sources.importers.row_builder import RowBuilder

_COLUMNS: dict[str, tuple[str, ...]] = {
    "iso": ("Iso3_code",), "category": (), "country": (), "dimension": (), "sex": (), "age": (), "year": (),
    "unit": ("Unit of measurement",), "value": ("txtVALUE",),
}  # fmt: skip
_SEXES = {"female": "female", "male": "male", "unknown": "not-stated", "other": "not-stated"}
_AGES = {"18 years or over": "adult", "0 to 17 years": "child", "under 18": "child", "unknown": "not-stated"}
_NATIONALS = "nationals"
_NO_PLACE = frozenset({"abroad", _NATIONALS, "unknown", ""})
_IMPLIED = "citizenship is taken for the origin; the row does not say where the journey began"


def read(builder: RowBuilder, records: Records) -> None:
    """Read each row as an estimate."""
    for row in rows_of(builder, records, _COLUMNS):
        place = builder.place_of_code(row["iso"])
        if not place or row.get("unit", "counts").casefold() != "counts":
            builder.skip("unread", "names no country by its code, or has no counts")
            continue
        try:
            when = year(row["year"])
            number = counted(row["value"])
        except ValueError as error:
            builder.fault(str(error), "Year or txtVALUE", lost="figures")
            builder.skip("unread", "has no year or no count")
            continue
        subject, note = _subject(builder, row, place, when)
        population = "nationals" if row["category"].casefold() == _NATIONALS else "victims"
        builder.claim("estimates", subject=subject, **number, population=population, per="year", basis="detected",
                      measure="flow", date=when, note=note, **_code(builder, "sex", row, _SEXES),
                      **_code(builder, "age", row, _AGES))  # fmt: skip


def _subject(builder: RowBuilder, row: dict[str, str], place: str, when: str) -> tuple[str, str]:
    """Return the subject of a row, a route or the reporting country, and a note."""
    category = row["category"]
    dimension = row.get("dimension", "by citizenship")
    note = f"{dimension}: “{category}”"
    if category.casefold() in _NO_PLACE:
        return place, note
    origin = builder.place(category.removeprefix("M49 Region: "))
    if dimension != "by citizenship" or not origin:
        return place, note
    if origin == place:
        return place, f"{note}: its own citizens"
    route = route_of(builder, origin, place)
    builder.claim("route-reports", route=route, origin=origin, destination=place, directed="true", form="unspecified",
                  population="victims", date=when, modality="implied", note=_IMPLIED)  # fmt: skip
    return route, note


def _code(builder: RowBuilder, column: str, row: dict[str, str], codes: dict[str, str]) -> dict[str, str]:
    """Return the code of a sex or an age; none for the total."""
    value = row.get(column, "").casefold()
    if value in ("", "total"):
        return {}
    if value not in codes:
        builder.fault(f"{row[column]!r} is no {column} with a code here; imported as not stated", column)
    return {column: codes.get(value, "not-stated")}


READER = Reader(
    "glotip",
    "Detected victims by country, year and citizenship, as UNODC publishes them.",
    "records",
    "csv",
    read,
    {
        "title": "Global Report on Trafficking in Persons: detected victims",
        "issuedBy": "United Nations Office on Drugs and Crime",
    },
)
