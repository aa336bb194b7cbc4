"""Tiers and years of the CIA World Factbook, read with json from the beginning and the end of its texts."""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

from .countries import Countries, letters
from .nodes import Nodes
from .rows import Row, row

TIER = re.compile(r"\s*tier (1|2 watch list|2|3)\b", re.IGNORECASE)
SUBJECT = re.compile(r"[^—–-]*[—–-]+ *(?:the )?(.+?) (?:does|fully)\b", re.IGNORECASE)
YEAR = re.compile(r"\((\d{4})\)\s*$")


class Factbook:
    """A file of texts on trafficking in persons, one record for each country."""

    def __init__(self, path: Path, countries: Countries) -> None:
        self.countries = countries
        self.records = json.loads(path.read_text("utf-8"))["records"]

    def rows(self) -> Iterator[Row]:
        """Yield the tier of each country, with the year at the end of the text."""
        for number, record in enumerate(self.records, 1):
            text = re.sub("<[^>]+>", "", html.unescape(record.get("tier rating") or ""))
            if tier := TIER.match(text):
                year, country = YEAR.search(text), self._country(record["country"] or "", text)
                code = tier[1].casefold().replace(" ", "-")
                yield row("tier", (number, 0), country=country, tier=code, date=year[1] if year else "")

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


def a_name_of_no_country_has_no_tier(row: Row, _: Factbook) -> Row | None:
    """The record gives no name of a country."""
    return row if "“" not in row["country"] else None


REASONS = (a_name_of_no_country_has_no_tier,)
