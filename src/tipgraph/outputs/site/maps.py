"""The map of routes: a page with a table of all reports, and the data from which `web/static/map.js` draws the map.

    reports (a claim of a route and the figures beside it)  →  lines (all reports about the same places)

map.html          the tools and the key of the map, the figures, the table
map/en.js, …      places, lines with their reports, and figures, for the scripts of this page and of the pages of places

A report and a figure are the same object in the table and in the data, which names places and figures by numbers.

A place that is a *point* is there. A *region* is all its countries. A *vague* place is drawn at other places: those
that hold it, or those that it may mean.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pyoxigraph import NamedNode, QuerySolution

from tipgraph.analysis import (
    SMALL,
    Edge,
    Lineage,
    claims_of,
    edges_of,
    is_reviewed,
    label_in,
    mentions,
    restatements,
    supports,
    voices,
)
from tipgraph.display import ClaimView, marked
from tipgraph.graph import Graph, Query
from tipgraph.model import bounds, data_name, words
from tipgraph.outputs.site.assets import carry, gathered, packed
from tipgraph.outputs.site.claims import Claims, Network, grouped
from tipgraph.outputs.site.labels import issuer
from tipgraph.outputs.site.site_tree import Site, entry_name

POINT: Final = "point"
REGION: Final = "region"
VAGUE: Final = "vague"
Part = tuple[str, float | None, float | None]  # the key of an outline, the longitude and the latitude
_NOTES: Final = {  # what the sign of a place means, if it is not simply at its place
    REGION: marked("A region: the ring represents all its countries, not a place in its middle."),
    VAGUE: marked("Its exact location is not known. The map draws it at the place that contains it: {places}."),
    "perhaps": marked(
        "Its extent is not known. The map draws it at {places}, but the name may or may not mean these places."
    ),
}
_FIRST: Final = 40  # lines that are drawn before somebody asks for all
_Years: TypeAlias = tuple[int, int] | None  # the first and the last one
Data: TypeAlias = dict[str, Any]  # a place, a line, a report or a figure, as `web/static/types.d.ts` has it


@dataclass(frozen=True)
class MapPlace:
    """A place on the earth: its kind, and its parts, of which a point has one.

    The key of a part is its code of M49, or the English name of a country without a code; it is empty for a town.
    `about` names the places at which a vague place is drawn; `perhaps` tells that it may or may not mean these.
    """

    kind: str
    parts: tuple[Part, ...]
    about: tuple[NamedNode, ...] = ()
    perhaps: bool = False


def places(graph: Graph) -> dict[str, MapPlace]:
    """Return the places of a graph that can be drawn, by IRI.

    >>> sorted({place.kind for place in places(graph).values()})
    ['point', 'region', 'vague']
    """
    own, parts = _parts(graph)
    found = {iri: MapPlace(POINT, (part,)) for iri, part in own.items()}
    found |= {iri: MapPlace(REGION, tuple(every)) for iri, every in parts.items() if iri not in own}
    rows = [row for row in graph.named("instead") if row[1].value in found and row[0].value not in found]
    for iri, others in grouped(rows, lambda row: [row[0].value]).items():
        perhaps = all(how.value == "perhaps" for *_, how in others)
        about = tuple(place for _, place, how in others if (how.value == "perhaps") == perhaps)
        held = dict.fromkeys(part for place in about for part in found[place.value].parts)
        found[iri] = MapPlace(VAGUE, tuple(held), about, perhaps)
    return found


def drawing_scripts() -> tuple[str, ...]:
    """Return the names of the scripts that `map.js` draws with; none if `make web` has not put them here."""
    return gathered("d3-array.min.js", "d3-geo.min.js", "world.min.js")


def _parts(graph: Graph) -> tuple[dict[str, Part], dict[str, list[Part]]]:
    """Return the own location of each place that has one, and those of all that lies within each place."""
    own: dict[str, Part] = {}
    parts: dict[str, list[Part]] = {}
    for row in graph.named("extents"):
        place, key = row["place"].value, row["key"].value
        longitude, latitude = (float(row[axis].value) if row[axis] else None for axis in ("longitude", "latitude"))
        if key or latitude is not None:
            parts.setdefault(place, []).append((key, longitude, latitude))
            if row["place"] == row["part"]:
                own[place] = parts[place][-1]
    return own, parts


def write(claims: Claims, network: Network) -> dict[str, tuple[str, ...]]:
    """Write `map.html` and its data in a language; return the scripts of the small map of each place that has one.

    `network` is the network of routes.
    """
    site, page = claims.site, context(claims, network)
    carry(site.home / "map" / f"{site.language}.js", {"map": packed(page["data"])})
    site.write("map.html", "map.html", **page)
    return {iri: page["map_scripts"] for number, iri in enumerate(network) if number in page["on_map"]}


def context(claims: Claims, network: Network) -> dict[str, Any]:
    """Return what the page of the map shows, and below `data` what its script draws.

    `lines` are those whose places are all somewhere, which are `on_map`; `drawn` are the numbers of their figures.
    """
    site, graph = claims.site, claims.graph
    stops = _places_data(site, graph, network)
    every = route_lines(graph, network)
    lines = [line for line in every if all(stops[place]["parts"] for place in line["stops"])]
    reports = [one for line in every for one in line["reports"]]
    found = _beside(reports, figures(claims), graph)
    reports.sort(key=lambda one: (not one["reviewed"], not one["figures"], one["key"]))
    sources = {data_name(row["source"].value): row for row in graph.named("sources")}
    _date(reports, found, sources)
    return {
        "map_scripts": drawing_scripts(),
        "claims_of": claims.of,
        "first": _FIRST,
        "reports": reports,
        "anchors": _anchors(reports, stops),
        "lines": lines,
        "on_map": {place for line in lines for place in line["stops"]},
        "drawn": {number for line in lines for report in line["reports"] for number in report["figures"]},
        "kinds": _kinds(reports, found),
        "sources": sorted({source for report in reports for source in report["sources"]}),
        "span": _years(*reports, *found),
        "data": {
            "places": stops,
            "lines": every,
            "figures": found,
            "countries": _countries(graph, site.language),
            "issuers": {name: ", ".join(filter(None, issuer(row, site.language))) for name, row in sources.items()},
            "first": _FIRST,
            "words": site.phrases("shared", "map"),
        },
    }


def route_lines(graph: Graph, network: Network) -> list[Data]:
    """Return the lines of a network of routes, the strongest first: reviewed ones, then those of most sources."""
    routes = {claim.value: entry_name(route.value) for claim, route in graph.named("reported")}
    numbers = {iri: number for number, iri in enumerate(network)}
    claims = grouped(edges_of(network), lambda edge: [edge[2].partition(" ")[0]])
    reports = ((_report(legs, routes, numbers), legs[0]) for legs in claims.values())
    lines = map(_line, grouped(reports, lambda one: [min(one[0]["path"], one[0]["path"][::-1])]).values())

    def order(line: Data) -> tuple[bool, int, int, str]:
        own = line["reports"]
        return not any(one["reviewed"] for one in own), -line["sources"], -len(own), own[0]["key"]

    return sorted(lines, key=order)


def _report(edges: Iterable[Edge], routes: Mapping[str, str], numbers: Mapping[str, int]) -> Data:
    """Return the report behind some edges, which are its legs."""
    legs = sorted(edges, key=lambda edge: edge[3].get("leg", 1))
    every, first = [leg for *_, leg in legs], legs[0][3]
    return {
        "key": data_name(first["claim"]),
        "route": routes[first["claim"]],
        "path": tuple(numbers[place] for place in (legs[0][0], *(end for _, end, _, _ in legs))),
        "way": int(not first["undirected"]),
        "modality": first["modality"],
        "reviewed": any(map(is_reviewed, every)),
        "sources": list(dict.fromkeys(source for leg in every for source in leg["document"].split())),
        "claims": list(dict.fromkeys(data_name(claim) for leg in every for claim in claims_of(leg))),
        "again": [data_name(claim) for claim in first.get("restates", "").split()],
        "figures": [],
    }


def _line(found: Sequence[tuple[Data, Edge]]) -> Data:
    """Return the line of reports with the same places, each with its first edge; sources with the same text are one.

    The reports that state a direction come first, and the first report gives the order of the stops.
    """
    reports = sorted(
        (one for one, _ in found), key=lambda one: (not one["way"], one["modality"] == "implied", one["key"])
    )
    stops = reports[0]["path"]
    for report in reports:
        report["way"] *= 1 if report["path"] == stops else -1
    return {"stops": stops, "sources": len(voices([dict(edge) for _, (*_, edge) in found])), "reports": reports}


def figures(claims: Claims) -> list[Data]:
    """Return every figure of a graph once, by lineage: a figure before those that repeat it.

    One is `struck` if it repeats another one that does not support it; `again` are those that repeat it or that it
    repeats, directly or not.
    """
    site, graph = claims.site, claims.graph
    answer = Query.find("numbers").run(graph, language=site.language)
    rows: dict[NamedNode, dict[str, Any]] = {}
    for row in answer.rows:
        cells: dict[str, Any] = dict(zip(answer.columns, row, strict=True))
        rows.setdefault(cells["claim"], cells)
    every = mentions(graph, rows)
    lineage = Lineage(every, restatements(graph, every))
    found = []
    for claim, whole in ((claim, family.mentions) for family in lineage.families for claim in family.mentions):
        roots = [root for several in lineage.roots(claim) for root in several]
        struck = not any(root == claim or supports(every[root], every[claim]) for root in roots)
        labels = {name: answer.labels.get(cell, "") for name, cell in rows[claim].items()}
        for view in claims.of([data_name(claim.value)]):
            sources = sorted({link.source for link in claims.links(view)})
            again = [data_name(other.value) for other in whole if other != claim]
            more = {"struck": struck, "sources": sources, "again": again}
            found.append(_figure(site, view, rows[claim], labels) | more)
    return found


def _figure(site: Site, view: ClaimView, cells: Mapping[str, Any], labels: Mapping[str, str]) -> Data:
    """Return the figure of a row of `numbers.rq`, in short with its hedge, what it counts, and its date.

    A figure so small that it could identify a person counts nothing: it is not printed on the map.
    """
    value, date = (cells[name].value if cells[name] is not None else "" for name in ("value", "date"))
    printed = cells["figure"].value if cells["figure"] is not None else value
    basis, counted = site.words("{basis}, a {measure}", **labels), _counted(cells, labels)
    short = ", ".join(filter(None, (f"{printed} {counted}".strip(), date and words(date, site.language))))
    if not cells["hedge"].value.endswith("hedge-exact"):
        short = site.words("{hedge} {figure}", hedge=labels["hedge"], figure=short)
    is_small = value != "" and float(value) < SMALL
    return {
        "key": view.key,
        "subject": labels["subject"],
        "short": short,
        "basis": basis,
        "counted": "" if is_small else f"{counted}; {basis}",
        "value": float(value) if value and not is_small else None,
        "date": date,
        "modality": view.remark.modality,
        "reviewed": not view.remark.unreviewed,
        "caveats": view.remark.caveats,
    }


def _counted(cells: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return the people that a figure counts, its unit unless that is persons, and its period."""
    told = [
        name
        for name in ("form", "sex", "age")
        if cells[name] is not None and not cells[name].value.endswith(("unspecified", "not-stated"))
    ]
    people = ", ".join(filter(None, (labels[name] for name in ("population", *told))))
    unit = "" if cells["unit"].value.endswith("unit-persons") else f"({labels['unit']})"
    return " ".join(filter(None, (people, unit, labels["per"])))


def _beside(reports: Iterable[Data], known: Iterable[Data], graph: Graph) -> list[Data]:
    """Return the figures of routes, and put each beside the reports of its own source, as `routes.rq` does."""
    answer = Query.find("routes").run(graph)
    rows: Iterable[dict[str, Any]] = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    cells = [(row["claimFigure"], row["claim"]) for row in rows if row["claimFigure"] is not None]
    pairs = {(data_name(figure.value), data_name(claim.value)) for figure, claim in cells}
    found = list[Data]()
    for figure in known:
        beside = [report for report in reports if (figure["key"], report["key"]) in pairs]
        for report in beside:
            report["figures"].append(len(found))
        found += [figure] * bool(beside)
    return found


def _date(reports: Sequence[Data], found: Sequence[Data], sources: Mapping[str, QuerySolution]) -> None:
    """Find the rows and years of reports, and the years of figures: those of a figure, or else of the source."""
    for row, report in enumerate(reports):
        own = [found[number] for number in report["figures"]]
        issued = (sources[name]["issued"] for name in report["sources"] if name in sources)
        of_sources = _span(day.value for day in issued if day is not None)
        report |= {"row": row, "years": _span(figure["date"] for figure in own) or of_sources}
        for figure in own:
            figure["years"] = _span([figure["date"]]) or of_sources


def _span(dates: Iterable[str]) -> _Years:
    """Return the first and last year of dates; None without a year."""
    days = [day for edtf in dates if edtf for day in bounds(edtf) if day is not None]
    return (min(days).year, max(days).year) if days else None


def _years(*dated: Data) -> list[int]:
    """Return all years of reports and figures."""
    spans = [one["years"] for one in dated if one["years"]]
    return sorted({year for first, last in spans for year in range(first, last + 1)})


def _kinds(reports: Iterable[Data], found: Sequence[Data]) -> dict[str, str]:
    """Return what figures count, by the key of the first figure of each kind; first the kind that most reports have."""
    first: dict[str, str] = {}
    for figure in found:
        figure["kind"] = first.setdefault(figure["counted"], figure["key"]) if figure["counted"] else ""
    used = Counter(found[at]["kind"] for report in reports for at in report["figures"] if not found[at]["struck"])
    kinds = {key: counted for counted, key in first.items()}
    return dict(sorted(kinds.items(), key=lambda kind: -used[kind[0]]))


def _anchors(reports: Iterable[Data], stops: Sequence[Data]) -> dict[int, list[str]]:
    """Return the anchors of each row of the table, for links to its route and to places that it names first."""
    rows: dict[str, int] = {}
    for report in reports:
        for name in (report["route"], *(stops[place]["id"] for place in report["path"])):
            rows.setdefault(name, report["row"])
    return grouped(rows, lambda name: [rows[name]])


def _places_data(site: Site, graph: Graph, network: Network) -> list[Data]:
    """Return the places of a network of routes; one that is nowhere has no parts."""
    known, nowhere = places(graph), MapPlace("", ())
    label, own = label_in(site.language), {iri: known.get(iri, nowhere) for iri in network}
    labels = graph.labels({other for place in own.values() for other in place.about}, site.language)
    return [
        {
            "id": entry_name(iri),
            "title": network.nodes[iri][label],
            "page": site.page_of(iri),
            "kind": place.kind,
            "parts": place.parts,
            "note": _note(site, place, ", ".join(labels.get(other, other.value) for other in place.about)),
        }
        for iri, place in own.items()
    ]


def _note(site: Site, place: MapPlace, about: str) -> str:
    """Return the meaning of the sign of a place in words, unless it is simply at its place."""
    text = _NOTES.get("perhaps" if place.perhaps else place.kind, "")
    return site.words(text, places=about) if text else ""


def _countries(graph: Graph, language: str) -> dict[str, str]:
    """Return the names of countries by their codes, as far as the graph has them."""
    coded = {code.value: place for code, place in graph.named("coded")}
    labels = graph.labels(coded.values(), language)
    return {code: labels[place] for code, place in coded.items() if place in labels}
