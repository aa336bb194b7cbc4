"""Lists of routes and of detected victims, read with csv alone, and the claims that should come of them."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from .countries import Countries
from .nodes import Nodes
from .rows import Row, row

FORMS = {"labour exploitation": "labour", "sexual exploitation": "sexual", "mixed": "labour, sexual"}


class RouteList:
    """A file with a record on each line."""

    def __init__(self, path: Path, countries: Countries, *, date: str = "") -> None:
        self.countries, self.date = countries, date
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            self.records = list(csv.reader(lines))

    def pairs(self) -> Iterator[Row]:
        """Yield the rows of a list of origins and destinations."""
        for number, (origin, destination, *_) in enumerate(self.records, 1):
            ends = {"origin": self.countries.code(origin), "destination": self.countries.code(destination)}
            yield row("route", (number, 0), **ends, form="unspecified", date=self.date, modality="stated")

    def corridors(self) -> Iterator[Row]:
        """Yield the rows of a list derived from CTDC: routes with counts of victims."""
        for number, (start, end, total, _, kind, labour, sexual, minor) in enumerate(self.records, 1):
            if number > 1:
                ends = {"origin": self.countries.code(start), "destination": self.countries.code(end)}
                yield row("route", (number, 0), **ends, form=FORMS.get(kind, kind), modality="stated")
                for of, count in (("", total), ("labour", labour), ("sexual", sexual), ("child", minor)):
                    yield row("count", (number, 0), **ends, of=of, value=count, hedge="exact")

    def detected(self) -> Iterator[Row]:
        """Yield the rows of UNODC's report: detected victims of a citizenship, or by country of repatriation."""
        names = self.records[0]
        for number, cells in enumerate(self.records[1:], 2):
            said = dict(zip(names, cells, strict=True))
            value = said["txtVALUE"].replace(",", "")
            suppressed = not value.isdigit()
            ends = {"destination": self.countries.code(said["Iso3_code"]), "date": said["Year"]}
            if said["Dimension"] == "by citizenship":
                ends["origin"] = self.countries.code(said["Category"])
                yield row("route", (number, 0), **ends, form="unspecified", modality="implied")
            yield row(
                "count",
                (number, 0),
                **ends,
                value="" if suppressed else value,
                hedge="suppressed" if suppressed else "exact",
            )


class RouteClaims:
    """What the graph claims of routes and counts."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.ends: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for claim in nodes.of("RouteReport"):
            self.ends[nodes.one(claim, "route")].add((self._end(claim, "origin"), self._end(claim, "destination")))

    def rows(self) -> Iterator[Row]:
        """Yield a row for each report of a route and each number."""
        nodes = self.nodes
        for claim in nodes.of("RouteReport"):
            yield row(
                "route",
                (nodes.place(claim)[0], 0),
                origin=self._end(claim, "origin"),
                destination=self._end(claim, "destination"),
                form=", ".join(sorted(nodes.codes(claim, "form", "form"))),
                date=nodes.one(claim, "date"),
                modality=nodes.code(claim, "modality", "modality"),
            )
        for claim in nodes.of("Estimate"):
            yield self._count(claim)

    def _count(self, claim: str) -> Row:
        nodes, subject = self.nodes, self.nodes.one(claim, "subject")
        ((origin, destination),) = self.ends.get(subject) or {("", self._code(subject))}
        value = nodes.one(claim, "value")
        return row(
            "count",
            (nodes.place(claim)[0], 0),
            origin=origin,
            destination=destination,
            of=nodes.code(claim, "form", "form") or nodes.code(claim, "age", "age-group"),
            value=f"{Decimal(value):f}" if value else "",
            hedge=nodes.code(claim, "hedge", "hedge"),
            date=nodes.one(claim, "date"),
        )

    def _end(self, claim: str, name: str) -> str:
        place = self.nodes.one(claim, name)
        return self._code(place) if place else ""

    def _code(self, place: str) -> str:
        return self.nodes.one(place, "isoAlpha2") or "m49 " + self.nodes.one(place, "m49")


def a_citizenship_of_the_country_itself_is_no_route(row: Row, _: RouteList) -> Row | None:
    """Nationals were not brought from there, by what the row says; their number is one of the country."""
    if row["origin"] != row["destination"]:
        return row
    return None if row.topic == "route" else row.but(origin="")


def a_name_of_no_country_is_no_end_of_a_route(row: Row, _: RouteList) -> Row | None:
    """No list of countries has it: "Nationals", "97 albanian", "Tibet". A number is then one of the other end."""
    if "“" not in row["origin"] + row["destination"]:
        return row
    return None if row.topic == "route" or "“" in row["destination"] else row.but(origin="")


LIST_REASONS = (a_name_of_no_country_is_no_end_of_a_route,)
DETECTED_REASONS = (a_citizenship_of_the_country_itself_is_no_route, *LIST_REASONS)
