"""What an IATI activity tells besides money and roles: locations, results, documents and classifications.

A file may print the door of a shelter. A place of its own, with its name and its coordinates, comes only from a
location that the file calls an administrative area or a populated place. Any other location stays its country alone. A
policy marker with significance 0 was examined and is not targeted: it is a claim, and never a topic.

Decisions: docs/decisions/0208-a-location-is-no-finer-than-a-town.md, docs/decisions/0200-how-iati-files-are-read.md.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from tipgraph.model import folded, plausible
from tipgraph.sources.importers.iati.activity import OECD, TRUE, WORDS, Activity, Element, pattern
from tipgraph.sources.importers.row_builder import Cell
from tipgraph.sources.personal_data import masked

PARTS: Final = {name: frozenset(parts.split()) for name, parts in WORDS["read"]["parts"].items()}
"""The parts of elements that are read, by the name of the element."""
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
_ADDRESSES = ("http://", "https://")
_BY_PAYMENT = "a transaction is marked as humanitarian; the activity itself is not"


def read_classifications(activity: Activity) -> None:
    """Claim policy markers, tags, humanitarian emergencies and appeals, and the humanitarian flag."""
    for node in activity.node.all("policy-marker", "tag", "humanitarian-scope"):
        cells = {"classificationScheme": str(node.tag), **activity.cells(node)}
        if not node.said("code"):
            activity.fault(f"a {node.tag} without a code; left out", node)
        elif cells["classificationScheme"]:
            if node.tag == "policy-marker" and node.said("vocabulary") in OECD:
                cells["policyMarker"] = activity.builder.ontology.matches("policymarker").get(node.code("code"), "")
                if not cells["policyMarker"]:
                    message = f"{node.said('code')!r} is no policy marker of the OECD's list; imported unchanged"
                    activity.fault(message, node)
            activity.claim("classifications", node, undertaking=activity.project, **cells)
    marked = [node for node in [activity.node, *activity.node.all("transaction")] if node.code("humanitarian") in TRUE]
    if marked:
        own = {} if marked[0] is activity.node else {"modality": "implied", "note": _BY_PAYMENT}
        nodes = marked if own else marked[:1]
        activity.claim(
            "classifications", *nodes, undertaking=activity.project, classificationScheme="humanitarian", **own
        )


def read_document(activity: Activity, node: Element, **tie: Cell) -> None:
    """Claim a document-link; `tie` has the columns that link the document to a project or an organization."""
    builder, address = activity.builder, node.said("url")
    if not address.casefold().startswith(_ADDRESSES) or masked(address) != address:
        activity.fault(f"{address!r} is no address of the web; the document-link was left out", node)
        return
    title = activity.worded("label", node.all("title"))
    column, label = next(iter(title.items()), ("", address.rstrip("/").rpartition("/")[2]))
    document = builder.entry("documents", address, **{"label": label, **title}, type="Publication")
    if title:
        builder.name(document, label, "title", activity.at(node), language=column.partition("@")[2])
    activity.claim("publication-reports", node, document=document, url=address, **activity.cells(node, "document-link"),
                   **tie)  # fmt: skip


def read_locations(activity: Activity, countries: Mapping[str, Element]) -> None:
    """Claim the places of all locations, those of its beneficiaries as implied.

    `countries` are the recipient countries of the activity.
    """
    claimed: dict[bool, dict[str, Element]] = {True: {}, False: {}}
    for node in activity.node.all("location"):
        country, is_own = _country_of(activity, node, countries)
        place = _own_place(activity, node, country) or (country if is_own else "")
        if place and place not in countries:
            claimed[node.child("location-reach").said("code") != _BENEFICIARIES].setdefault(place, node)
        for done in node.all("activity-description")[:1] if place else ():
            for cells in activity.all_worded("description", done):
                activity.report(node, place=place, **cells)
        if (place or country) and node.said("ref"):
            activity.located[node.said("ref")] = place or country, node
    for places, marks in ((claimed[True], {}), (claimed[False], {"modality": "implied", "note": _REACH})):
        if places:
            activity.report(*places.values(), place=list(places), **marks)


def _country_of(activity: Activity, node: Element, countries: Mapping[str, Element]) -> tuple[str, bool]:
    """Return the country of a location, and whether the location itself names it."""
    areas = node.all("administrative")
    codes = [part.said("code") for part in (*node.all("location-id"), *areas) if part.said("vocabulary") == _ISO]
    for code in filter(None, [*codes, *(part.said("country") for part in areas)]):
        if country := activity.builder.place_of_code(code, activity.at(node)):
            return country, True
    return next(iter(countries)) if len(countries) == 1 else "", False


def _own_place(activity: Activity, node: Element, country: str) -> str:
    """Return the entry of an area or a town; an empty string for a finer place, and for the country itself."""
    builder = activity.builder
    column, label = next(iter(activity.worded("name", node.all("name")).items()), ("", ""))
    if not label or builder.countries.by_name(label) == country.rpartition("/")[2] != "":
        return ""
    kind = _TYPES.get(_class_of(node), "")
    if not kind or _SITE.search(folded(label)) or any(map(str.isdigit, label)):  # such as the number of a house
        builder.report.left[_KEPT if country else _UNKNOWN] += 1
        return ""
    tongue = column.partition("@")[2]
    own = {f"label@{tongue}": label} if tongue else {}
    key = f"{label.casefold()}, {country or activity.identifier}"
    place = builder.entry("places", key, label, type=kind, partOf=country, **own, **_position(activity, node))
    builder.name(place, label, "name", activity.at(node), language=tongue)
    return place


def _class_of(node: Element) -> str:
    """Return the class of a location, or that of its designation in GeoNames, or of the list of its code."""
    stated, designation, old = (
        node.child(name).said("code") for name in ("location-class", "feature-designation", "location-type")
    )
    if stated or designation or old:
        return stated or str(_DESIGNATIONS.get((designation or old)[:3].upper(), ""))
    return "1" * any(part.said("vocabulary") in _BOUNDARIES for part in node.all("location-id"))


def _position(activity: Activity, node: Element) -> dict[str, str]:
    """Return latitude and longitude with two decimals, in version 2 or else 1; nothing and a fault if they are none.

    Two decimals are about a kilometre. 0 0 is what programs write for none.
    """
    old = node.child("coordinates")
    printed = node.findtext("point/pos", "").strip() or f"{old.said('latitude')} {old.said('longitude')}".strip()
    match = _POSITION.fullmatch(printed)
    north, east = (float(match[1]), float(match[2])) if match else (0.0, 0.0)
    if abs(north) <= _POLE and abs(east) <= _ANTIMERIDIAN and (north, east) != (0, 0):
        return {"latitude": f"{north:.2f}", "longitude": f"{east:.2f}"}
    if printed:
        activity.fault(f"{printed!r} is no position; the place was imported without it", node)
    return {}


class _Part(NamedTuple):
    """The part of an indicator that a value is of: its dimensions, and the references of its locations."""

    dimension: str = ""
    locations: tuple[str, ...] = ()


def read_result(activity: Activity, result: Element) -> None:
    """Claim a result: for each period of each indicator, else for each indicator, else the result alone."""
    common, indicators = activity.cells(result), result.all("indicator")
    if not indicators:
        _results(activity, result, common, {_Part(): {}})
    for indicator in indicators:
        own = activity.cells(indicator)
        if any(name.startswith("description") for name in own):
            common = {name: cell for name, cell in common.items() if not name.startswith("description")}
        baselines, periods = dict(_values(activity, indicator, "baseline")), indicator.all("period")
        for period in periods:
            date, found = activity.period(period), dict[_Part, dict[str, Cell]]()
            for part, value in _values(activity, period, "target", "actual"):
                found.setdefault(part, {"date": date, **baselines.get(part, {})}).update(value)
            _results(activity, indicator, {**common, **own}, found or {_Part(): {"date": date}})
        if not periods:
            _results(activity, indicator, {**common, **own}, baselines or {_Part(): {}})
    for link in result.iter("document-link"):
        read_document(activity, link, undertaking=activity.project)  # type: ignore[arg-type]


def _values(activity: Activity, parent: Element, *names: str) -> Iterator[tuple[_Part, dict[str, Cell]]]:
    """Yield the values of an indicator or a period with the part that each is of."""
    for value in parent.all(*names):
        said = sorted(f"{part.said('name')}: {part.said('value')}" for part in value.all("dimension"))
        refs = sorted(filter(None, (part.said("ref") for part in value.all("location"))))
        dated = {"baselineDate": _baseline_date(activity, value)} if value.tag == "baseline" else {}
        if value.said("value"):
            yield _Part("; ".join(said), tuple(refs)), {str(value.tag): value.said("value"), **dated}


def _baseline_date(activity: Activity, node: Element) -> str:
    written = node.said("iso-date") or node.said("year")
    try:
        if written:
            plausible(written)
    except ValueError as error:
        activity.fault(f"baseline: {error}", node)
        return ""
    return written


def _results(
    activity: Activity, node: Element, common: Mapping[str, Cell], values: Mapping[_Part, Mapping[str, Cell]]
) -> None:
    """Write a claim for the values of each part, if it has a title or an indicator."""
    if not any(name.partition("@")[0] in ("title", "indicator") for name in common):
        activity.fault("a result with neither a title nor an indicator; left out", node)
        return
    for part, cells in values.items():
        located = [activity.located[ref] for ref in part.locations if ref in activity.located]
        activity.claim("results", node, *(element for _, element in located), undertaking=activity.project, **common,
                       **cells, dimension=part.dimension, place=[place for place, _ in located])  # fmt: skip
