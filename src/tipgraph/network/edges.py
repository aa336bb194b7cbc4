"""Claims as edges, by the declarations of the ontology: one way for every network.

A claim of a declared class draws an edge from each value of one of its properties to each value of another. An edge is
`(start, end, key, attributes)`, as `networkx.MultiDiGraph.add_edges_from` takes it; start and end are IRIs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import Any, TypeAlias

from pyoxigraph import NamedNode

from tipgraph import tip
from tipgraph.errors import UnknownName
from tipgraph.graph import Graph, Terms
from tipgraph.statements import DATA

Attributes: TypeAlias = dict[str, Any]
Edge: TypeAlias = tuple[str, str, str, Attributes]
Ends: TypeAlias = dict[str, dict[str, list[str]]]

EVERY = "all"  # the network of every declared edge
_ABOUT = (tip.undertaking, tip.purpose)  # whose status and dates a claim takes that has none of its own
_DATES = ("date", "earliest", "latest")
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@dataclass(frozen=True)
class Declaration:
    """How a claim class draws an edge; classes, properties and codes are IRIs.

    `unless` are properties whose values keep a claim from drawing it, `where` the codes one of which it must have as
    its kind. `through` is the class of stops that divide the edge into legs. An edge that `continues` is drawn only
    from a node that another edge leads to. One that `projects` ties the starts of another declared edge that share an
    end.
    """

    name: str
    label: str
    label_es: str
    networks: frozenset[str]
    symmetric: bool
    continues: bool
    cls: str = ""
    start: str = ""
    end: str = ""
    kind: str = ""
    unless: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()
    through: str = ""
    projects: str = ""


def declarations(graph: Graph, network: str) -> list[Declaration]:
    """Return the edge declarations of a network, in the order of their names; raise UnknownName for no network.

    The network `all` has every edge that a claim draws itself.
    """
    declared = list(_declared(graph).values())
    known = {name for one in declared for name in one.networks}
    if network != EVERY and network not in known:
        raise UnknownName(f"{network!r} is no network; the networks are {', '.join(sorted(known | {EVERY}))}")
    return [one for one in declared if network in one.networks or (network == EVERY and not one.projects)]


def networks(graph: Graph) -> dict[str, list[Declaration]]:
    """Return the declarations of every network by its name."""
    declared = _declared(graph).values()
    return {name: declarations(graph, name) for name in sorted({n for one in declared for n in one.networks})}


def carrying_roles(graph: Graph) -> set[str]:
    """Return the roles of those who carry an undertaking out together, by which `jointUndertaking` ties them."""
    notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
    return {notations[code] for one in _declared(graph).values() for code in one.where}


def claims_as_edges(graph: Graph, declared: Iterable[Declaration]) -> list[Edge]:
    """Return the edges that the claims of a graph draw, in a fixed order."""
    wanted = list(declared)
    known = _declared(graph)
    drawn = {one.name: one for one in wanted if not one.projects}
    projected = [one for one in wanted if one.projects]
    sources = {one.projects: known[one.projects] for one in projected}
    reading = _Reading(graph)
    found = {name: reading.edges(one) for name, one in sorted((sources | drawn).items())}
    edges = [edge for name in drawn for edge in found[name]]
    for one in projected:
        tied = {(start, end, via) for start, end, _, data in edges for via in data.get("via", "").split()}
        allowed = {reading.notations[code] for code in one.where}
        shared = [edge for edge in found[one.projects] if edge[3].get("kind") in allowed]
        edges += [edge for edge in projection(shared, one) if (edge[0], edge[1], edge[3]["via"]) not in tied]
    return sorted(edges, key=lambda edge: edge[2])


def projection(edges: Iterable[Edge], declared: Declaration) -> Iterator[Edge]:
    """Tie the starts of edges that share an end: one implied edge for each pair and end, with the claims of both."""
    by_end: dict[str, dict[str, list[Edge]]] = {}
    for edge in edges:
        by_end.setdefault(edge[1], {}).setdefault(edge[0], []).append(edge)
    for end, starts in sorted(by_end.items()):
        for one, other in combinations(sorted(starts), 2):
            behind = sorted(starts[one] + starts[other], key=lambda edge: edge[2])
            key = f"{behind[0][3]['claim']}#{declared.name} {other.removeprefix(DATA)}"
            yield one, other, key, _joined([data for *_, data in behind], declared, end)


def claims_of(attributes: Mapping[str, Any]) -> list[str]:
    """Return the claims behind an edge."""
    return str(attributes["claim"]).split()


def _joined(behind: list[Attributes], declared: Declaration, end: str) -> Attributes:
    def several(name: str, mark: str) -> str:
        return mark.join(dict.fromkeys(part for data in behind for part in data.get(name, "").split(mark) if part))

    earliest = [data["earliest"] for data in behind if "earliest" in data]
    latest = [data["latest"] for data in behind if "latest" in data]
    joined = {
        "claim": several("claim", " "),
        "class": behind[0]["class"],
        "edge": declared.name,
        "label": declared.label,
        "label_es": declared.label_es,
        "directed": False,
        "modality": "implied",
        "source": several("source", " "),
        "said_at": several("said_at", "; "),
        "status": several("status", " "),
        "date": several("date", " "),
        "earliest": min(earliest, default=""),
        "latest": max(latest, default=""),
        "via": end,
    }
    return {name: value for name, value in joined.items() if value != ""}


class _Reading:
    """Reads the claims of one graph, each class once."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.notations = {row["code"].value: row["notation"].value for row in graph.named("notations")}
        self._restated = {row["restating"].value: row["restated"].value for row in graph.named("restated")}
        self._contradicted: dict[str, list[str]] = {}
        for claim, other in graph.named("contradicted"):
            self._contradicted.setdefault(claim.value, []).append(other.value)
        self._declared = _declared(graph)
        self._ends: dict[str, Ends] = {}
        self._claims: dict[str, dict[str, Attributes]] = {}
        self._legs: dict[str, dict[str, list[tuple[str, str, str]]]] = {}

    def edges(self, declared: Declaration) -> list[Edge]:
        """Return the edges of one declaration."""
        self._read(declared.cls)
        ends, claims = self._ends[declared.cls], self._claims[declared.cls]
        edges: list[Edge] = []
        for claim, base in claims.items():
            values = ends[claim]
            if declared.unless and not declared.unless.isdisjoint(values):
                continue
            pairs = _pairs(values.get(declared.start, ()), values.get(declared.end, ()), declared)
            legs = self._stops(declared.through).get(claim) if declared.through else None
            for number, (start, end) in enumerate(pairs, 1):
                data = self._attributes(declared, base, values, len(pairs))
                key = f"{claim}#{declared.name}" + (f"-{number}" if len(pairs) > 1 else "")
                edges += _through(start, end, key, data, legs) if legs else [(start, end, key, data)]
        return edges

    def _attributes(self, declared: Declaration, base: Attributes, values: dict[str, list[str]], n: int) -> Attributes:
        data = {
            **base,
            "edge": declared.name,
            "label": declared.label,
            "label_es": declared.label_es,
            "directed": not declared.symmetric,
        }
        kinds = values.get(declared.kind)
        if kinds:
            data["kind"] = " ".join(sorted([self.notations.get(kind, kind) for kind in kinds]))
        elif declared.kind == tip.undertakingKind:  # another report of the same undertaking may say it
            said = {kind for one in data["via"].split() for kind in self._undertakings.get(one, {}).get("kind", ())}
            if said:
                data["kind"] = " ".join(sorted(said))
                data["inherited"] = f"{data.get('inherited', '')} kind".strip()
        if n > 1 and "amount" in data:  # one amount for several ties belongs to none of them
            data["shared_amount"], data["shared_by"] = data.pop("amount"), n
        return data

    def _read(self, cls: str) -> None:
        if cls in self._ends:
            return
        used = [one for one in self._declared.values() if one.cls == cls]
        properties = {p for one in used for p in (one.start, one.end, one.kind, *one.unless) if p} | {*_ABOUT}
        properties |= {tip.continues} if cls == tip.Funding else set()
        ends: Ends = {}
        slots: Terms = {"class": [NamedNode(cls)], "property": [NamedNode(name) for name in sorted(properties)]}
        for claim, name, end in self.graph.named("edge-ends", slots):
            ends.setdefault(claim.value, {}).setdefault(name.value, []).append(end.value)
        undertakings = self._undertakings
        claims: dict[str, Attributes] = {}
        short = cls.rpartition("#")[2]
        for row in self.graph.named("edge-claims", {"class": slots["class"]}):
            name = row["claim"].value
            values = ends.get(name)
            if values is not None:
                claims[name] = self._claim(short, row, values, undertakings)
        self._ends[cls], self._claims[cls] = ends, dict(sorted(claims.items()))

    def _claim(
        self, cls: str, row: Any, values: dict[str, list[str]], undertakings: dict[str, dict[str, set[str]]]
    ) -> Attributes:
        claim, source, modality, said, status, date, earliest, latest, amount, currency = row
        data: Attributes = {
            "claim": claim.value,
            "class": cls,
            "source": source.value.removeprefix(DATA),
            "modality": self.notations.get(modality.value, ""),
        }
        if said is not None:
            data["said_at"] = said.value
        if status is not None:
            data["status"] = self.notations.get(status.value, "")
        for name, value in (("date", date), ("earliest", earliest), ("latest", latest)):
            if value is not None:
                data[name] = value.value
        if amount is not None:
            data["amount"] = float(amount.value)
        if currency is not None:
            data["currency"] = currency.value
        if claim.value in self._contradicted:
            data["contradicts"] = " ".join(self._contradicted[claim.value])
        if claim.value in self._restated:
            data["restates"] = self._restated[claim.value]
        about = [one for name in _ABOUT for one in values.get(name, ())]
        if about:
            data["via"] = " ".join(about)
            _inherit(data, [undertakings[one] for one in about if one in undertakings])
        if tip.continues in values:
            data["continues"] = " ".join(sorted(values[tip.continues]))
        return data

    @property
    def _undertakings(self) -> dict[str, dict[str, set[str]]]:
        if not hasattr(self, "_known_undertakings"):
            known: dict[str, dict[str, set[str]]] = {}
            for row in self.graph.named("undertaking-reports"):
                said = known.setdefault(row["undertaking"].value, {})
                for name in ("kind", "status", *_DATES):
                    if row[name] is not None:
                        value = row[name].value
                        said.setdefault(name, set()).add(self.notations.get(value, value))
            self._known_undertakings = known
        return self._known_undertakings

    def _stops(self, cls: str) -> dict[str, list[tuple[str, str, str]]]:
        if cls not in self._legs:
            legs: dict[str, list[tuple[str, str, str]]] = {}
            for report, place, claim, said in self.graph.named("stops", {"class": [NamedNode(cls)]}):
                legs.setdefault(report.value, []).append((place.value, claim.value, said.value if said else ""))
            self._legs[cls] = legs
        return self._legs[cls]


def _inherit(data: Attributes, undertakings: list[dict[str, set[str]]]) -> None:
    """Give a claim without status or dates those of the undertakings that it is about, and say so."""
    inherited = []
    if "status" not in data:
        statuses = sorted({status for one in undertakings for status in one.get("status", ())})
        if statuses:
            data["status"] = " ".join(statuses)
            inherited.append("status")
    if not any(name in data for name in _DATES):
        for name, choose in (("earliest", min), ("latest", max)):
            # an undertaking, or a report of it, without a bound leaves it open
            bounds = [choose(one[name]) for one in undertakings if one.get(name)]
            if bounds and len(bounds) == len(undertakings):
                data[name] = choose(bounds)
                inherited.append(name)
        dates = {date for one in undertakings for date in one.get("date", ())}
        if len(dates) == 1 and ("earliest" in data or "latest" in data):
            data["date"] = dates.pop()
    if inherited:
        data["inherited"] = " ".join(inherited)


def _pairs(starts: Iterable[str], ends: Iterable[str], declared: Declaration) -> list[tuple[str, str]]:
    if declared.symmetric and declared.start == declared.end:
        return list(combinations(sorted(starts), 2))
    pairs = list(product(sorted(starts), sorted(ends)))
    return [tuple(sorted(pair)) for pair in pairs] if declared.symmetric else pairs  # type: ignore[misc]


def _through(start: str, end: str, key: str, data: Attributes, stops: list[tuple[str, str, str]]) -> Iterator[Edge]:
    """Divide an edge into legs, each with the claims of the stops at its ends."""
    path = [(start, "", ""), *stops, (end, "", "")]
    for leg, (one, other) in enumerate(pairwise(path), 1):
        claims = dict.fromkeys([data["claim"], one[1], other[1]])
        said = dict.fromkeys([data.get("said_at", ""), one[2], other[2]])
        yield (
            one[0],
            other[0],
            f"{key} {leg}",
            {
                **data,
                "claim": " ".join(filter(None, claims)),
                "said_at": "; ".join(filter(None, said)),
                "leg": leg,
            },
        )


def _declared(graph: Graph) -> dict[str, Declaration]:
    said: dict[str, dict[str, list[Any]]] = {}
    for edge, name, value in graph.named("edges"):
        said.setdefault(_short(edge.value), {}).setdefault(name.value, []).append(value)
    return {name: _declaration(name, values) for name, values in sorted(said.items())}


def _declaration(name: str, values: Mapping[str, list[Any]]) -> Declaration:
    def one(term: str) -> str:
        return values[term][0].value if term in values else ""

    def many(term: str) -> frozenset[str]:
        return frozenset(value.value for value in values.get(term, ()))

    labels = {value.language: value.value for value in values.get(_LABEL, ())}
    return Declaration(
        name,
        labels.get("en", name),
        labels.get("es", name),
        networks=many(tip.network),
        symmetric=one(tip.symmetric) == "true",
        continues=one(tip.edgeContinues) == "true",
        cls=one(tip.edgeClass),
        start=one(tip.edgeFrom),
        end=one(tip.edgeTo),
        kind=one(tip.edgeKind),
        unless=many(tip.edgeUnless),
        where=many(tip.edgeWhere),
        through=one(tip.edgeThrough),
        projects=_short(one(tip.edgeProjects)),
    )


def _short(iri: str) -> str:
    return iri.rpartition("#")[2].removeprefix("edge-")
