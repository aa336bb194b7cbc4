"""Places by name or code, from `data/reference/places.csv`, without a guess.

A name must be a label or an alias except for case, accents, marks and the forms of "and", "the" and "saint". A name of
two places gives none.

Decision: docs/decisions/0087-an-importer-makes-rows.md.
"""

import re
from collections.abc import Iterable, Mapping

from tipgraph.model import unaccented
from tipgraph.sources.folder import Source

_LABELS = re.compile(r"(?:label|altLabel)(?:@[a-z-]+)?")
_WORDS = {"&": "and", "st": "saint", "y": "and", "e": "and", "et": "and"}
_WORLD = "world"
_COUNTRY = "Country"


class Countries:
    """The places of the reference by name, ISO 3166-1 code or M49 code."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._labels: dict[str, dict[str, str]] = {}
        self._codes: dict[str, str] = {}
        self._names: dict[str, dict[str, set[str]]] = {"country": {}, "region": {}}
        self._english: dict[str, str] = {}
        self._regions: set[str] = set()
        for row in rows:
            self._labels[row["id"]] = {"en": row.get("label", ""), "es": row.get("label@es", "")}
            for code in ("isoAlpha2", "isoAlpha3", "m49"):
                if row.get(code):
                    self._codes[row[code]] = row["id"]
            if row["type"] in (_COUNTRY, "Region"):
                self._name(row)
            if row["type"] == "Region":
                self._regions.add(row["id"])

    def _name(self, row: Mapping[str, str]) -> None:
        names = self._names["country" if row["type"] == _COUNTRY else "region"]
        for name in (name for column, cell in row.items() if _LABELS.fullmatch(column) for name in cell.split("|")):
            names.setdefault(key(name), set()).add(row["id"])
        english = (name.strip() for name in f"{row.get('label', '')}|{row.get('altLabel', '')}".split("|"))
        own = {name: row["id"] for name in english if name and row["id"] != _WORLD}
        self._english = self._english | own if row["type"] == _COUNTRY else own | self._english

    @classmethod
    def of(cls, reference: Source) -> "Countries":
        """Return the places of a reference, perhaps none."""
        places = reference.tables.get("places")
        return cls(row.cells for row in places.rows) if places else cls(())

    def by_code(self, code: str) -> str:
        """Return the id of the country or region with a code in capitals; an empty string if there is none.

        >>> Countries([{"id": "norway", "type": "Country", "isoAlpha2": "NO"}]).by_code("NO")
        'norway'
        """
        return self._codes.get(code.strip(), "")

    def by_name(self, name: str) -> str:
        """Return the id of the country, else of the region, with a name; an empty string for none or several.

        A name in UTF-8 that was decoded as Windows-1252 ("CÃ´te") is decoded again.

        >>> rows = [{"id": "niger", "type": "Country", "label": "Niger"}, {"id": "mali", "type": "Country"}]
        >>> Countries(rows).by_name("NIGER"), Countries(rows).by_name("Nigeria")
        ('niger', '')
        """
        for kind in ("country", "region"):
            places = self._names[kind].get(key(name), set())
            if places:
                return next(iter(places)) if len(places) == 1 else ""
        decoded = _decode_again(name)
        return self.by_name(decoded) if decoded != name else ""

    def has(self, place: str) -> bool:
        """Tell whether there is a place with an id."""
        return place in self._labels

    def is_region(self, place: str) -> bool:
        """Tell whether a place is a region of countries."""
        return place in self._regions

    @property
    def english(self) -> Mapping[str, str]:
        """The ids of countries and regions by their names in English; a name of several is that of the country."""
        return self._english

    def label(self, place: str, language: str = "en") -> str:
        """Return the label of a place by its id or reference."""
        names = self._labels[place.rpartition("/")[2]]
        return names[language] or names["en"]


def key(name: str) -> str:
    """Return the key that all spellings of a place name share.

    >>> key("Côte d’Ivoire") == key("cote d'ivoire"), key("St. Vincent & the Grenadines")
    (True, 'saint vincent and grenadines')
    """
    words = re.findall(r"[^\W_]+|&", re.sub(r"['’‘`´]", "", unaccented(name)))
    return " ".join(_WORDS.get(word, word) for word in words if word != "the")


def _decode_again(name: str) -> str:
    try:
        return name.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return name
