"""What an IATI activity tells besides money and roles: locations, results, documents and classifications.

A file may print the door of a shelter. A place of its own, with its name and its coordinates, comes only from a
location that the file calls an administrative area or a populated place. Any other location stays its country alone. A
policy marker with significance 0 was examined and is not targeted: it is a claim, and never a topic.

Decision: docs/decisions/0208-a-location-is-no-finer-than-a-town.md.
Decision: docs/decisions/0205-results-of-projects-are-no-estimates.md.
Decision: docs/decisions/0206-classifications-are-one-class.md.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from tipgraph.model import folded, plausible
from tipgraph.sources.importers.cell_values import day, interval
from tipgraph.sources.importers.iati.activity import WORDS, Activity, Element, language_tag, pattern
from tipgraph.sources.importers.iati.values import all_worded, coded, place_of, worded
from tipgraph.sources.importers.row_builder import At, Cell, Cells
from tipgraph.sources.personal_data import masked

_DOCUMENT = frozenset({"title", "narrative", "category", "language", "document-date", "recipient-country"})
PARTS: Final = {  # the parts of elements that are read
    "document-link": _DOCUMENT,
    "location": frozenset({
        "location-reach", "location-id", "location-class", "location-type", "feature-designation", "name", "narrative",
        "administrative", "point", "pos", "coordinates", "activity-description",
    }),
    "result": _DOCUMENT | {
        "description", "document-link", "indicator", "baseline", "period", "period-start", "period-end", "target",
        "actual", "dimension", "location",
    },
}  # fmt: skip
_ISO = "A4"  # the list of ISO 3166-1
_BOUNDARIES = frozenset({"A1", "A2", "A3"})  # lists of administrative areas
_TYPES = {"1": "Area", "2": "City"}  # by the class of a location
_DESIGNATIONS = WORDS["locations"]["designations"]
_SITE = re.compile(rf"\b(?:{pattern(WORDS['locations']['sites'])})\b")
_POSITION = re.compile(r"(?a)([-+]?\d{1,3}(?:\.\d+)?)[\s,]+([-+]?\d{1,3}(?:\.\d+)?)")
_POLE, _ANTIMERIDIAN = 90, 180  # degrees
_BENEFICIARIES = "2"  # a code of location-reach
_REACH = "the file says that those live there whom it is meant for"
_KEPT = "locations finer than an area or a town, of which only the country is kept"
_UNKNOWN = "locations whose country the file does not say"
_TRUE, _FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})
_OECD = frozenset({"", "1", "DAC"})  # the list of policy markers of the OECD, in versions 2 and 1
_ADDRESSES = ("http://", "https://")


def read_classifications(activity: Activity) -> None:
    """Claim policy markers, tags, humanitarian emergencies and appeals, and the humanitarian flag."""
    for element in activity.all("policy-marker", "tag", "humanitarian-scope"):
        scheme = {"classificationScheme": element.tag}
        if element.tag == "humanitarian-scope":
            scheme = coded(activity, element, "type")
        if scheme["classificationScheme"]:
            _classification(activity, element, scheme)
    if (activity.node.get("humanitarian") or "").strip().casefold() in _TRUE:
        activity.builder.claim("classifications", activity.start_tag, undertaking=activity.project,
                               classificationScheme="humanitarian")  # fmt: skip


def _classification(activity: Activity, element: Element, scheme: dict[str, str]) -> None:
    code, is_marker, known = element.get("code"), element.tag == "policy-marker", dict[str, str]()
    if not code:
        activity.fault(f"a {element.tag} without a code; left out", element)
        return
    if is_marker and element.get("vocabulary") in _OECD:
        known = activity.builder.ontology.matches("policymarker")
        if code not in known:
            activity.fault(f"{code!r} is no policy marker of the OECD's list; imported unchanged", element)
    activity.builder.claim("classifications", element.at, undertaking=activity.project, **scheme, conceptCode=code,
                           policyMarker=known.get(code, ""), vocabulary=element.get("vocabulary") or "1",
                           **(coded(activity, element, "significance") if is_marker else {}),
                           **worded(activity, element.node, "conceptLabel"))  # fmt: skip


def read_document(activity: Activity, element: Element, **tie: Cell) -> None:
    """Claim a document-link; `tie` has the columns that link the document to a project or an organization."""
    builder, address = activity.builder, element.get("url")
    if not address.casefold().startswith(_ADDRESSES) or masked(address) != address:
        activity.fault(f"{address!r} is no address of the web; the document-link was left out", element)
        return
    title = worded(activity, element.node.find("title"), "label")
    label = next(iter(title.values()), "") or address.rstrip("/").rpartition("/")[2]
    others = {column: text for column, text in title.items() if column != "label"}
    document = builder.entry("documents", address, label, type="Publication", **others)
    for column, text in title.items():
        builder.name(document, text, "title", element.at, language=column.partition("@")[2])
    known = builder.ontology.matches("documentcategory")
    kinds = (known.get(part.get("code") or "", "") for part in element.node.iter("category"))
    tongues = (language_tag(part.get("code") or part.text) for part in element.all("language"))
    places = [place_of(activity, part) for part in element.all("recipient-country")]
    builder.claim("publication-reports", element.at, document=document, documentKind=next(filter(None, kinds), ""),
                  url=address, mediaType=element.get("format"), language=list(dict.fromkeys(filter(None, tongues))),
                  date=_day(activity, element, "document-date"), subjectPlace=list(dict.fromkeys(filter(None, places))),
                  **tie)  # fmt: skip


def _day(activity: Activity, element: Element, name: str) -> str:
    """Return the day of a part; an empty string if there is none, or a fault for another text."""
    node = element.node.find(name)
    try:
        return "" if node is None else day(node.get("iso-date") or "")
    except ValueError as error:
        activity.fault(f"{name}: {error}", element)
        return ""


def read_locations(activity: Activity, countries: Mapping[str, At]) -> None:
    """Claim the places of all locations, those of its beneficiaries as implied.

    `countries` are the recipient countries of the activity.
    """
    claimed: dict[bool, dict[str, At]] = {True: {}, False: {}}
    for element in activity.all("location"):
        country, is_own = _country_of(activity, element, countries)
        place = _own_place(activity, element, country) or (country if is_own else "")
        if place and place not in countries:
            claimed[element.child("location-reach").get("code") != _BENEFICIARIES].setdefault(place, element.at)
        if place:
            _done_there(activity, element, place)
        if (place or country) and element.get("ref"):
            activity.located[element.get("ref")] = place or country, element.at
    for is_stated, places in claimed.items():
        if places:
            marks = {} if is_stated else {"modality": "implied", "note": _REACH}
            activity.report(*dict.fromkeys(places.values()), place=list(places), **marks)


def _done_there(activity: Activity, element: Element, place: str) -> None:
    for node in element.all("activity-description")[:1]:
        for cells in all_worded(activity, node.node, "description"):
            activity.report(element.at, place=place, **cells)


def _country_of(activity: Activity, element: Element, countries: Mapping[str, At]) -> tuple[str, bool]:
    """Return the country of a location, and whether the location itself names it."""
    parts = element.all("location-id", "administrative")
    codes = [part.get("code") for part in parts if part.get("vocabulary") == _ISO]
    for code in filter(None, [*codes, *(part.get("country") for part in element.all("administrative"))]):
        if country := activity.builder.place_of_code(code, element.at):
            return country, True
    return next(iter(countries)) if len(countries) == 1 else "", False


def _own_place(activity: Activity, element: Element, country: str) -> str:
    """Return the entry of an area or a town; an empty string for a finer place, and for the country itself."""
    builder = activity.builder
    column, label = next(iter(worded(activity, element.node.find("name"), "label").items()), ("", ""))
    if not label or builder.countries.by_name(label) == country.rpartition("/")[2] != "":
        return ""
    kind = _TYPES.get(_class_of(element), "")
    if not kind or _SITE.search(folded(label)) or any(map(str.isdigit, label)):  # such as the number of a house
        builder.report.left[_KEPT if country else _UNKNOWN] += 1
        return ""
    own = {column: label} if column != "label" else {}
    key = f"{label.casefold()}, {country or activity.identifier}"
    place = builder.entry("places", key, label, type=kind, partOf=country, **own, **_position(activity, element))
    builder.name(place, label, "name", element.at, language=column.partition("@")[2])
    return place


def _class_of(element: Element) -> str:
    """Return the class of a location, or that of its designation in GeoNames, or of the list of its code."""
    stated, designation, old = (
        element.child(name).get("code") for name in ("location-class", "feature-designation", "location-type")
    )
    if stated or designation or old:
        return stated or str(_DESIGNATIONS.get((designation or old)[:3].upper(), ""))
    return "1" * any(part.get("vocabulary") in _BOUNDARIES for part in element.all("location-id"))


def _position(activity: Activity, element: Element) -> dict[str, str]:
    """Return latitude and longitude with two decimals, in version 2 or else 1; nothing and a fault if they are none.

    Two decimals are about a kilometre. 0 0 is what programs write for none.
    """
    old = element.child("coordinates")
    printed = element.node.findtext("point/pos", "").strip() or f"{old.get('latitude')} {old.get('longitude')}".strip()
    match = _POSITION.fullmatch(printed)
    latitude, longitude = (match[1].lstrip("+"), match[2].lstrip("+")) if match else ("0", "0")
    north, east = float(latitude), float(longitude)
    if abs(north) <= _POLE and abs(east) <= _ANTIMERIDIAN and (north, east) != (0, 0):
        return {"latitude": f"{north:.2f}", "longitude": f"{east:.2f}"}
    if printed:
        activity.fault(f"{printed!r} is no position; the place was imported without it", element)
    return {}


class _Part(NamedTuple):
    """The part of an indicator that a value is of: its dimensions, and the references of its locations."""

    dimension: str = ""
    locations: tuple[str, ...] = ()


def read_result(activity: Activity, element: Element) -> None:
    """Claim a result: for each period of each indicator, else for each indicator, else the result alone."""
    common = {**coded(activity, element, "type"), **worded(activity, element.node.find("title"), "title")}
    indicators = element.all("indicator")
    if not indicators:
        _result(activity, element, common | worded(activity, element.node.find("description"), "description"), _Part())
    for indicator in indicators:
        _indicator(activity, indicator, element, common)
    for node in element.node.iter("document-link"):
        read_document(activity, Element(node, element.at), undertaking=activity.project)


def _indicator(activity: Activity, element: Element, result: Element, common: Cells) -> None:
    measure = coded(activity, element, "measure")
    rising = element.get("ascending").casefold()
    own = worded(activity, element.node.find("description"), "description")
    described = own or worded(activity, result.node.find("description"), "description")
    cells = common | worded(activity, element.node.find("title"), "indicator") | described | measure
    cells["ascending"] = "true" if rising in _TRUE else "false" if rising in _FALSE else ""
    baselines = dict(_values(activity, element, "baseline"))
    for period in element.all("period"):
        date = interval(_day(activity, period, "period-start"), _day(activity, period, "period-end"))
        found: dict[_Part, Cells] = {}
        for name in ("target", "actual"):
            for part, value in _values(activity, period, name):
                found.setdefault(part, {}).update(value)
        for part, value in found.items() or [(_Part(), Cells())]:
            _result(activity, element, {**cells, "date": date, **baselines.get(part, {}), **value}, part)
    if not element.all("period"):
        for part, value in baselines.items() or [(_Part(), Cells())]:
            _result(activity, element, cells | value, part)


def _values(activity: Activity, parent: Element, name: str) -> Iterator[tuple[_Part, Cells]]:
    """Yield the values of an indicator or a period with the part that each is of."""
    for value in parent.all(name):
        said = sorted(f"{part.get('name')}: {part.get('value')}" for part in value.all("dimension"))
        refs = sorted(filter(None, (part.get("ref") for part in value.all("location"))))
        dated = {"baselineDate": _baseline_date(activity, value)} if name == "baseline" else {}
        if value.get("value"):
            yield _Part("; ".join(said), tuple(refs)), {name: value.get("value"), **dated}


def _baseline_date(activity: Activity, element: Element) -> str:
    written = element.get("iso-date") or element.get("year")
    try:
        if written:
            plausible(written)
    except ValueError as error:
        activity.fault(f"baseline: {error}", element)
        return ""
    return written


def _result(activity: Activity, element: Element, cells: Cells, part: _Part) -> None:
    """Write a claim, if it has a title or an indicator."""
    if not any(name.partition("@")[0] in ("title", "indicator") for name in cells):
        activity.fault("a result with neither a title nor an indicator; left out", element)
        return
    located = [activity.located[ref] for ref in part.locations if ref in activity.located]
    activity.builder.claim("results", element.at, *dict.fromkeys(at for _, at in located), undertaking=activity.project,
                           **cells, dimension=part.dimension, place=[place for place, _ in located])  # fmt: skip
