"""Rows of UNODC's Global Report on Trafficking in Persons: detected victims by country, year, sex, age and category.

A row by citizenship says in which country victims were detected and whose citizens they are. Citizenship is taken for
the origin of a route, which is implied and marked so. A row by country of repatriation does not say whether people came
home from that country or went home to it (the countries that report read it both ways), so that it gives no route: it
is an estimate about the country that reports. Categories that are no country ("Abroad", "Nationals", "Unknown") stay
what they are, in a note; counts below five stay suppressed.

Decision: docs/decisions/0102-glotip-repatriation-rows-give-no-route.md.
"""

from tipgraph.sources.importers.csv_records import rows_of
from tipgraph.sources.importers.estimates_table import counted, year
from tipgraph.sources.importers.registry import Reader, Records
from tipgraph.sources.importers.route_rules import route_of
from tipgraph.sources.importers.row_builder import Intake

_COLUMNS: dict[str, tuple[str, ...]] = {
    "iso": ("Iso3_code",),
    "category": (),
    "country": (),
    "dimension": (),
    "sex": (),
    "age": (),
    "year": (),
    "unit": ("Unit of measurement",),
    "value": ("txtVALUE",),
}
_SEXES = {"female": "female", "male": "male", "unknown": "not-stated", "other": "not-stated"}
_AGES = {"18 years or over": "adult", "0 to 17 years": "child", "under 18": "child", "unknown": "not-stated"}
_NATIONALS = "nationals"
_NO_PLACE = frozenset({"abroad", _NATIONALS, "unknown", ""})
_IMPLIED = "citizenship is taken for the origin; the row does not say where the journey began"


def read(intake: Intake, records: Records) -> None:
    """Take each row as an estimate."""
    for row in rows_of(intake, records, _COLUMNS):
        place = intake.coded(row["iso"])
        if not place or row.get("unit", "counts").casefold() != "counts":
            intake.leave("unread", "names no country by its code, or counts nobody")
            continue
        try:
            when = year(row["year"])
            number = counted(row["value"])
        except ValueError as error:
            intake.fault(str(error), "Year or txtVALUE")
            intake.leave("unread", "has no year or no count")
            continue
        subject, note = _subject(intake, row, place, when)
        population = "nationals" if row["category"].casefold() == _NATIONALS else "victims"
        intake.claim("estimates", subject=subject, **number, population=population, per="year", basis="detected",
                     measure="flow", date=when, note=note, **_of(intake, "sex", row, _SEXES),
                     **_of(intake, "age", row, _AGES))  # fmt: skip


def _subject(intake: Intake, row: dict[str, str], place: str, when: str) -> tuple[str, str]:
    """Return what the row is about, a route or the country that reports, and what must be known beside it."""
    category = row["category"]
    dimension = row.get("dimension", "by citizenship")
    said = f"{dimension}: “{category}”"
    if category.casefold() in _NO_PLACE:
        return place, said
    origin = intake.place(category.removeprefix("M49 Region: "))
    if dimension != "by citizenship" or not origin:
        return place, said
    if origin == place:
        return place, f"{said}: its own citizens"
    route = route_of(intake, origin, place)
    intake.claim("route-reports", route=route, origin=origin, destination=place, directed="true", form="unspecified",
                 population="victims", date=when, modality="implied", note=_IMPLIED)  # fmt: skip
    return route, said


def _of(intake: Intake, column: str, row: dict[str, str], codes: dict[str, str]) -> dict[str, str]:
    """Return the code of a sex or an age, and none for all of them."""
    said = row.get(column, "").casefold()
    if said in ("", "total"):
        return {}
    if said not in codes:
        intake.fault(f"{row[column]!r} is no {column} that we have a code for; taken as not stated", column)
    return {column: codes.get(said, "not-stated")}


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
