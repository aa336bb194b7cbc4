"""The CIA World Factbook, read with json: tiers and years from the beginning and the end of its texts.

What its texts say of routes nobody has written down. So each end, form and year of a route is looked for in the text of
its record, by names of countries and of their people, and by the beginnings of words.
"""

import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from .countries import Countries, letters, spaced
from .nodes import Nodes
from .rows import Row, row

TIER = re.compile(r"\s*tier (1|2 watch list|2|3)\b", re.IGNORECASE)
SUBJECT = re.compile(r"[^—–-]*[—–-]+ *(?:the )?(.+?) (?:does|fully)\b", re.IGNORECASE)
YEAR = re.compile(r"\((\d{4})\)\s*$")
FORMS = {  # the beginnings of words
    "sexual": "sex|prostitut|pornograph", "labour": "labor|labour|work", "domestic-servitude": "domestic|servitude",
    "begging": "beg", "debt-bondage": "debt|bond", "forced-marriage": "marri|bride|wife|wives",
}  # fmt: skip


class Factbook:
    """A file of texts on trafficking in persons, one record for each country."""

    def __init__(self, path: Path, countries: Countries) -> None:
        self.countries = countries
        text = path.read_text("utf-8")
        self.records = json.loads(text)["records"]
        begins = (line.startswith("  {") for line in text.splitlines())
        self._numbers = [0, *accumulate(begins)]  # of the record of each line

    def rows(self) -> Iterator[Row]:
        """Yield the tier of each country, with the year at the end of the text."""
        for number, record in enumerate(self.records, 1):
            text = re.sub("<[^>]+>", "", html.unescape(record.get("tier rating") or ""))
            if tier := TIER.match(text):
                year, country = YEAR.search(text), self._country(record["country"] or "", text)
                code = tier[1].casefold().replace(" ", "-")
                yield row("tier", (number, 0), country=country, tier=code, date=year[1] if year else "")

    def record_at(self, line: int) -> int:
        """Return the number of the record that has a line of the file."""
        return self._numbers[line]

    def says(self, row: Row) -> bool:
        """Tell whether the text of a record has the country or region, the form or the year of a row."""
        text = spaced(" ".join(value for value in self.records[row.place[0] - 1].values() if isinstance(value, str)))
        match row.topic:
            case "form of a route":
                return re.search(rf"\b({FORMS[row['form']]})", text) is not None
            case "year of a route":
                return {*re.findall(r"\d{4}", row["date"])} <= {*text.split()}  # none if it is not stated
        return self.countries.is_named(row["place"], text)

    def _country(self, name: str, text: str) -> str:
        """Return the code of a country; a name that is cut, or "none", is the one that the text begins with."""
        code, subject = self.countries.code(name), SUBJECT.match(text)
        is_cut = subject and name and letters(subject[1]).startswith(letters(name).removeprefix("the"))
        is_missing = name == "none" or (is_cut and "“" in code)
        return self.countries.code(subject[1]) if subject and is_missing else code


def rating_rows(nodes: Nodes) -> Iterator[Row]:
    """Yield the tiers that a graph has."""
    for claim in nodes.of("Rating"):
        country = nodes.one(nodes.one(claim, "place"), "isoAlpha2")
        tier = nodes.code(claim, "tier", "tier")
        yield row("tier", country=country, tier=tier, date=nodes.one(claim, "date"))


def route_rows(nodes: Nodes, file: Factbook) -> Iterator[Row]:
    """Yield the ends, forms and years of the routes that a graph has, each at its record."""
    stops: defaultdict[str, list[str]] = defaultdict(list)
    for stop in nodes.of("RouteStop"):
        stops[nodes.one(stop, "routeReport")].append(nodes.one(stop, "place"))
    for claim in nodes.of("RouteReport"):
        number = file.record_at(nodes.place(claim)[0])
        record = {"record": str(number)}
        ends = [place for name in ("origin", "destination", "endpoint") for place in nodes.all(claim, name)]
        for place in ends + stops[claim]:
            code = nodes.one(place, "isoAlpha2") or "m49 " + nodes.one(place, "m49")
            yield row("end of a route", (number, 0), **record, place=code)
        for form in nodes.codes(claim, "form", "form"):
            if form != "unspecified":
                yield row("form of a route", (number, 0), **record, form=form)
        yield row("year of a route", (number, 0), **record, date=nodes.one(claim, "date"))


def a_name_of_no_country_has_no_tier(row: Row, _: Factbook) -> Row | None:
    """The record gives no name of a country."""
    return row if "“" not in row["country"] else None


REASONS = (a_name_of_no_country_has_no_tier,)
