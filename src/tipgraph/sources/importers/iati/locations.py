"""The locations of IATI activities as places within a country, no finer than an administrative area or a town.

A file may print the door of a shelter. A place of its own, with its name and its coordinates, comes only from a
location that the file calls an administrative area or a populated place. Any other location stays its country alone.

Decision: docs/decisions/0208-a-location-is-no-finer-than-a-town.md.
"""

import re
from collections.abc import Mapping

from lxml import etree

from tipgraph.model import folded
from tipgraph.sources.importers.iati.activity import Activity, Element
from tipgraph.sources.importers.iati.words import all_worded, worded
from tipgraph.sources.importers.row_builder import At, RowBuilder

PARTS = frozenset({
    "location-reach", "location-id", "location-class", "location-type", "feature-designation", "name", "narrative",
    "administrative", "point", "pos", "coordinates", "activity-description",
})  # fmt: skip
_ISO = "A4"  # the list of ISO 3166-1
_BOUNDARIES = frozenset({"A1", "A2", "A3"})  # lists of administrative areas
_AREA, _TOWN = "1", "2"  # classes of locations
_TYPES = {_AREA: "Area", _TOWN: "City"}
_DESIGNATIONS = {"ADM": _AREA, "PCL": _AREA, "TER": _AREA, "PPL": _TOWN}  # the first letters of GeoNames
_SITE = re.compile(
    r"\b(?:shelters?|safe ?houses?|refuges?|camps?|cent(?:er|re)s?|homes?|offices?|hospitals?|clinics?|schools?|"
    r"stations?|prisons?|albergues?|refugios?|casas?|hogar(?:es)?|centros?|foyers?|abris?|street|road|avenue|calle)\b"
)
_POSITION = re.compile(r"(?a)([-+]?\d{1,3}(?:\.\d+)?)[\s,]+([-+]?\d{1,3}(?:\.\d+)?)")
_POLE, _ANTIMERIDIAN = 90, 180  # degrees
_BENEFICIARIES = "2"  # a code of location-reach
_REACH = "the file says that those live there whom it is meant for"
_KEPT = "locations finer than an area or a town, of which only the country is kept"
_UNKNOWN = "locations whose country the file does not say"


class LocationReading:
    """Claims the locations of one activity."""

    def __init__(self, builder: RowBuilder, activity: Activity, project: str, countries: Mapping[str, At]) -> None:
        """Claim places of a project; `countries` has its recipient countries."""
        self._builder, self._activity, self._project = builder, activity, project
        self._countries = countries
        self.by_reference: dict[str, str] = {}
        self._claimed: dict[bool, dict[str, At]] = {True: {}, False: {}}

    def read(self) -> None:
        """Claim the places of all locations, those of its beneficiaries as implied."""
        for element in self._activity.all("location"):
            self._place(element)
        for is_stated, places in self._claimed.items():
            if places:
                marks = {} if is_stated else {"modality": "implied", "note": _REACH}
                at = dict.fromkeys(places.values())
                self._builder.claim("undertaking-reports", *at, undertaking=self._project, place=list(places), **marks)

    def _place(self, element: Element) -> None:
        country, is_own = self._country(element)
        own = self._own_place(element, country)
        place = own or (country if is_own else "")
        if place:
            self._claim(element, place)
        if (place or country) and element.get("ref"):
            self.by_reference[element.get("ref")] = place or country

    def _claim(self, element: Element, place: str) -> None:
        """Keep a place for the claim of its kind, and claim what is done there."""
        is_stated = _child_code(element, "location-reach") != _BENEFICIARIES
        if place not in self._countries:
            self._claimed[is_stated].setdefault(place, element.at)
        node = element.node.find("activity-description")
        for cells in [] if node is None else all_worded(self._builder, node, "description", self._activity.language):
            self._builder.claim("undertaking-reports", element.at, undertaking=self._project, place=place, **cells)

    def _country(self, element: Element) -> tuple[str, bool]:
        """Return the country of a location, and whether the location itself names it."""
        nodes = element.node.iterchildren("location-id", "administrative")
        codes = [node.get("code") or "" for node in nodes if node.get("vocabulary") == _ISO]
        codes += [node.get("country") or "" for node in element.node.iterchildren("administrative")]
        for code in filter(None, codes):
            if country := self._builder.place_of_code(code.strip(), element.at):
                return country, True
        only = next(iter(self._countries), "") if len(self._countries) == 1 else ""
        return only, False

    def _own_place(self, element: Element, country: str) -> str:
        """Return the entry of an area or a town; an empty string for a finer place, and for the country itself."""
        names = worded(self._builder, element.node.find("name"), "label", self._activity.language)
        column, label = next(iter(names.items()), ("", ""))
        if not label or self._builder.countries.by_name(label) == country.rpartition("/")[2] != "":
            return ""
        kind = _TYPES.get(_class_of(element), "")
        if not kind or _SITE.search(folded(label)):
            self._builder.report.left[_KEPT if country else _UNKNOWN] += 1
            return ""
        key = f"{label.casefold()}, {country or self._activity.identifier}"
        own = {column: label} if column != "label" else {}
        place = self._builder.entry("places", key, label, type=kind, partOf=country, **own, **self._position(element))
        self._builder.name(place, label, "name", element.at, language=column.partition("@")[2])
        return place

    def _position(self, element: Element) -> dict[str, str]:
        """Return latitude and longitude as printed; nothing and a fault if they are none."""
        printed = _printed_position(element.node)
        match = _POSITION.fullmatch(printed)
        latitude, longitude = (match[1].lstrip("+"), match[2].lstrip("+")) if match else ("", "")
        if match and _is_on_earth(float(latitude), float(longitude)):
            return {"latitude": latitude, "longitude": longitude}
        if printed:
            message = f"{printed!r} is no position; the place was imported without it"
            self._activity.fault(self._builder, message, element)
        return {}


def _printed_position(node: etree._Element) -> str:
    """Return the position of a location, in version 2 or else in version 1."""
    point = node.findtext("point/pos", "").strip()
    old = node.find("coordinates")
    return point if point or old is None else f"{old.get('latitude') or ''} {old.get('longitude') or ''}".strip()


def _is_on_earth(latitude: float, longitude: float) -> bool:
    """Tell whether a position can be meant: 0 0 is what programs write for none."""
    return abs(latitude) <= _POLE and abs(longitude) <= _ANTIMERIDIAN and (latitude, longitude) != (0, 0)


def _class_of(element: Element) -> str:
    """Return the class of a location, or that of its designation in GeoNames, or of the list of its code."""
    stated = _child_code(element, "location-class")
    designation = _child_code(element, "feature-designation") or _child_code(element, "location-type")
    if stated or designation:
        return stated or _DESIGNATIONS.get(designation[:3].upper(), "")
    is_area = any(node.get("vocabulary") in _BOUNDARIES for node in element.node.iterchildren("location-id"))
    return _AREA if is_area else ""


def _child_code(element: Element, name: str) -> str:
    node = element.node.find(name)
    return "" if node is None else (node.get("code") or "").strip()
