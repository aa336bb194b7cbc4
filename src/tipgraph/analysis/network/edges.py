"""Draw claims as edges, by the declarations of the ontology.

A claim of a declared class draws an edge from each value of one property to each value of another. An edge is
`(start, end, key, attributes)`, as for `networkx.MultiDiGraph.add_edges_from`; start and end are IRIs. Edges of a claim
share their attributes until a network copies them: never change these.

Decision: docs/decisions/0039-joint-projects-tie-those-who-run-them.md.
Decision: docs/decisions/0041-a-claim-inherits-dates-and-status.md.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations, pairwise, product
from math import isfinite
from typing import Any, NamedTuple, TypeAlias

from pyoxigraph import Literal

from tipgraph.analysis.network.declarations import Declaration, every_declaration
from tipgraph.analysis.network.folds import Attributes, Edge, in_one_sentence, joined, who_share
from tipgraph.analysis.network.values import Values, values_of
from tipgraph.graph import Graph, roots
from tipgraph.model import DATA, data_name, tip

ClaimTest: TypeAlias = Callable[[str, str, str], bool]  # whether a claim counts, by its IRI, source and modality

_ABOUT = (tip.undertaking, tip.purpose)  # a claim without status or dates takes those of this undertaking
_DATES = {"date": tip.date, "earliest": tip.earliest, "latest": tip.latest}
_CLAIM = {
    tip.source, tip.modality, tip.caveat, tip.review, tip.correction, tip.doubt, tip.saidAt, tip.status, tip.amount,
    tip.currency, *_DATES.values(),
}  # fmt: skip
_TRANSIT = "transit"
_STATED = "stated "  # prefix of a column, for values that a report states and does not only imply


def claims_as_edges(graph: Graph, declared: Iterable[Declaration], counts: ClaimTest = lambda *_: True) -> list[Edge]:
    """Return the edges of the claims that count, in a fixed order."""
    declarations = list(declared)
    known = every_declaration(graph)
    reader = _EdgeReader(graph, counts)
    edges = [edge for declaration in declarations if not declaration.projects for edge in reader.edges(declaration)]
    for declaration in declarations:
        if declaration.projects:
            edges += reader.projected(declaration, known[declaration.projects], edges)
    return sorted(_with_sayings(graph, edges), key=lambda edge: edge[2])


def _with_sayings(graph: Graph, edges: list[Edge]) -> list[Edge]:
    """Add `sayings` to edges if several sources have the same text, so that these count once."""
    voices = {data_name(source.value): data_name(voice.value) for source, voice in graph.named("voices")}

    def with_sayings(data: Attributes) -> Attributes:
        places = (place.partition(" ") for place in data.get("said_at", "").split("; "))
        sayings = (f"{voices.get(source, source)}{gap}{place}" for source, gap, place in places)
        return {**data, "sayings": "; ".join(sayings)}

    return [(*edge[:3], with_sayings(edge[3])) for edge in edges] if voices else edges


def claims_of(attributes: Mapping[str, Any]) -> list[str]:
    """Return the claims behind an edge and its stops."""
    stops = attributes.get("stops")
    return f"{attributes['claim']} {stops}".split() if stops else attributes["claim"].split()


def _named(declared: Declaration) -> Attributes:
    return {"edge": declared.name, "label": declared.label, "label_es": declared.label_es}


class _Stop(NamedTuple):
    """A place of transit on a route, with its claim."""

    place: str
    claim: str
    source: str
    said_at: str


class _EdgeReader:
    """Reads the claims of a graph that count, each class once."""

    def __init__(self, graph: Graph, is_counted: ClaimTest) -> None:
        self.graph = graph
        self.is_counted = is_counted
        self._declared = every_declaration(graph)
        self._values: dict[str, dict[str, Values]] = {}
        self._claims: dict[tuple[str, str], Attributes | None] = {}
        self._stops: dict[str, dict[str, list[_Stop]]] = {}

    def edges(self, declared: Declaration, where: frozenset[str] = frozenset()) -> list[Edge]:
        """Return the edges of a declaration; with `where`, only those of claims with one of these codes."""
        narrowed = replace(declared, where=where or declared.where)
        edges: list[Edge] = []
        for claim, values in self._values_of(declared.cls).items():
            base = self._claim_of(declared.cls, claim, values) if self._draws(narrowed, values) else None
            if base is None:
                continue
            pairs = _pairs(values.get(declared.start, ()), values.get(declared.end, ()), declared)
            stops = self._stops_of(declared.through).get(claim) if declared.through else None
            data, key = self._attributes(declared, base, values, len(pairs)), f"{claim}#{declared.name}"
            for number, (start, end) in enumerate(pairs, 1):
                own = f"{key}-{number}" if len(pairs) > 1 else key
                edges += _through(start, end, own, data, stops) if stops else [(start, end, own, data)]
        return edges

    def _draws(self, declared: Declaration, values: Values) -> bool:
        """Tell whether a claim with some values draws an edge, by its properties and codes."""

        def has(term: str) -> bool:
            return term in values or any(code in values.get(name, ()) for name, code in self._codes.get(term, ()))

        return (
            not any(map(has, declared.unless))
            and all(map(has, declared.needs))
            and (not declared.where or any(map(has, declared.where)))
        )

    def projected(self, declared: Declaration, base: Declaration, drawn: Iterable[Edge]) -> Iterator[Edge]:
        """Yield an edge for each pair of starts that share an end, by claims of what did happen.

        A pair that a claim ties already is left out. A whole and its part are tied only by sentences that name both:
        otherwise one source may name the whole, and another the part.
        """
        unfulfilled = {row["claim"].value for row in self.graph.named("unfulfilled")}
        belonging = {frozenset((part.value, whole.value)) for part, whole in self.graph.named("belonging")}
        tied = {(start, end, via) for start, end, _, data in drawn for via in data.get("via", "").split()}
        edges = self.edges(base, declared.where)
        for pair in who_share(edge for edge in edges if edge[3]["claim"] not in unfulfilled):
            ends = pair.first, pair.second
            pair = in_one_sentence(pair) if frozenset(ends) in belonging else pair
            if pair.first_edges and (*ends, pair.hub) not in tied:
                data = {**joined(pair.behind), **_named(declared), "via": pair.hub}
                for name, words in self._caveats.items():
                    caveats = [words["implied"], *data.get(name, "").split(", ")]
                    data[name] = ", ".join(dict.fromkeys(filter(None, caveats)))
                yield *ends, f"{DATA}{declared.name}#{pair.key}", data

    def _attributes(self, declared: Declaration, base: Attributes, values: Values, n: int) -> Attributes:
        data = {**base, **_named(declared), "directed": not declared.symmetric}
        kinds = values.get(declared.kind)
        if kinds:
            data["kind"] = " ".join(kinds)
        elif declared.kind == tip.undertakingKind:  # another report of the undertaking may have it
            reported = [self._reported(undertaking) for undertaking in data["via"].split()]
            if reported_kinds := {kind for report in reported for kind in report.get("kind", ())}:
                data["kind"] = " ".join(sorted(filter(None, reported_kinds)))
                _inherited(data, "kind", reported_kinds, reported)
        if "amount" in data and declared.start != tip.giver:  # only the edge from the giver has the amount
            del data["amount"], data["currency"]
        elif "amount" in data and n > 1:  # one amount for several edges belongs to none of them
            data["shared_amount"], data["shared_by"] = data.pop("amount"), n
            data["givers"] = len(values[tip.giver])
        return data

    def _values_of(self, cls: str) -> dict[str, Values]:
        """Return the values of each claim of a class, for the properties that its edges need."""
        if cls not in self._values:
            used = [declared for declared in self._declared.values() if declared.cls == cls]
            properties = {name for each in used for name in (each.start, each.end, each.kind) if name}
            terms = {term for each in used for term in each.unless | each.needs | each.where}
            properties |= {name for term in terms for name, _ in self._codes.get(term, [(term, "")])}
            properties |= {*_ABOUT, *_CLAIM} | ({tip.continues} if cls == tip.Funding else set())
            self._values[cls] = values_of(self.graph, cls, properties)
        return self._values[cls]

    def _claim_of(self, cls: str, claim: str, values: Values) -> Attributes | None:
        """Return the attributes of a claim for its edges, read once; None if it does not count."""
        if (cls, claim) not in self._claims:
            self._claims[cls, claim] = self._claim(cls.rpartition("#")[2], claim, values)
        return self._claims[cls, claim]

    def _counts(self, claim: str, values: Values) -> bool:
        """Tell whether a claim counts; one without source or modality does not."""
        if tip.source not in values or tip.modality not in values:
            return False
        return self.is_counted(claim, data_name(values[tip.source][0]), values[tip.modality][0])

    def _claim(self, cls: str, claim: str, values: Values) -> Attributes | None:
        """Return the attributes of a claim for its edges; None if it does not count."""
        if not self._counts(claim, values):
            return None
        data: Attributes = {
            "claim": claim,
            "class": cls,
            "source": data_name(values[tip.source][0]),
            "modality": values[tip.modality][0],
        }
        properties = {"said_at": tip.saidAt, "status": tip.status, "review": tip.review, **_DATES}
        data |= {name: values[predicate][0] for name, predicate in properties.items() if predicate in values}
        data |= self._reservations(values)
        if tip.amount in values and tip.currency in values and isfinite(amount := float(values[tip.amount][0])):
            data["amount"], data["currency"] = amount, values[tip.currency][0]
        data |= self._beside(claim)
        about = [undertaking for name in _ABOUT for undertaking in values.get(name, ())]
        if about:
            data["via"] = " ".join(about)
            _inherit(data, [self._reported(undertaking, data["source"]) for undertaking in about])
        if tip.continues in values:
            data["continues"] = " ".join(values[tip.continues])
        return data

    def _reservations(self, values: Values) -> Attributes:
        """Return the caveats of a claim in words, its corrections, and the doubts of readers."""
        data: Attributes = {}
        for name, words in self._caveats.items():
            if caveats := [words[notation] for notation in values.get(tip.caveat, ())]:
                data[name] = ", ".join(caveats)
        for name, predicate in (("corrected", tip.correction), ("doubts", tip.doubt)):
            if predicate in values:
                data[name] = "; ".join(values[predicate])
        return data

    def _beside(self, claim: str) -> Attributes:
        """Return the claims that contradict a claim, and those that it repeats."""
        data: Attributes = {}
        if claim in self._contradicted:
            data["contradicts"] = " ".join(self._contradicted[claim])
        if claim in self._restated:
            data["restates"] = " ".join(self._restated[claim])
            data["roots"] = " ".join(roots(claim, self._restated))
        return data

    def _reported(self, undertaking: str, source: str = "") -> dict[str, set[str]]:
        """Return the reported values of an undertaking; a source's own status or dates go before those of others."""
        by_source = self._undertakings.get(undertaking, {})
        values = dict(by_source.get("", {}))
        for columns in (("status",), tuple(_DATES)):
            reports = by_source.get(source, {}).items()
            if own := {column: cell for column, cell in reports if column.removeprefix(_STATED) in columns}:
                others = {name: cell for name, cell in values.items() if name.removeprefix(_STATED) not in columns}
                values = others | own
        return values

    @cached_property
    def _undertakings(self) -> dict[str, dict[str, dict[str, set[str]]]]:
        """The values in reports of each undertaking, by source ("" for all) and column.

        An open end of a date is an empty bound. Stated values are also under the column with the prefix `_STATED`.
        """
        properties = {tip.undertaking, tip.source, tip.modality, tip.undertakingKind, tip.status, *_DATES.values()}
        known: dict[str, dict[str, dict[str, set[str]]]] = {}
        for report, values in values_of(self.graph, tip.UndertakingReport, properties).items():
            if not self._counts(report, values):
                continue
            source = data_name(values[tip.source][0])
            columns = _report_columns(values)
            marks = ("", _STATED) if values[tip.modality][0] == "stated" else ("",)
            for undertaking, whose in product(values.get(tip.undertaking, ()), ("", source)):
                about = known.setdefault(undertaking, {}).setdefault(whose, {})
                for mark, (column, cell) in product(marks, columns.items()):
                    about.setdefault(mark + column, set()).update(cell)
        return known

    @cached_property
    def _caveats(self) -> dict[str, dict[str, str]]:
        """The labels of caveats by notation, for the attribute of each language."""
        codes = {row["code"]: row["notation"].value for row in self.graph.named("codes", {"name": [Literal("caveat")]})}
        labels_by_name = {"caveats": self.graph.labels(codes), "caveats_es": self.graph.labels(codes, "es")}
        return {name: {codes[code]: label for code, label in labels.items()} for name, labels in labels_by_name.items()}

    @cached_property
    def _codes(self) -> dict[str, list[tuple[str, str]]]:
        """For each code on which edges depend, the properties that have it, each with the notation."""
        conditions: dict[str, list[tuple[str, str]]] = {}
        for code, name, notation in self.graph.named("edge-conditions"):
            conditions.setdefault(code.value, []).append((name.value, notation.value))
        return conditions

    @cached_property
    def _contradicted(self) -> dict[str, list[str]]:
        return _listed(self.graph.named("contradicted"))

    @cached_property
    def _restated(self) -> dict[str, list[str]]:
        return _listed(self.graph.named("restated"))

    def _stops_of(self, cls: str) -> dict[str, list[_Stop]]:
        if cls not in self._stops:
            properties = {tip.routeReport, tip.place, tip.position, tip.stage, tip.source, tip.modality, tip.saidAt}
            stops_found: list[tuple[str, int, _Stop]] = []
            for claim, values in values_of(self.graph, cls, properties).items():
                if _TRANSIT in values.get(tip.stage, ()) and tip.position in values and self._counts(claim, values):
                    source, said_at = data_name(values[tip.source][0]), values.get(tip.saidAt, [""])[0]
                    stop = _Stop(values[tip.place][0], claim, source, said_at)
                    stops_found.append((values[tip.routeReport][0], int(values[tip.position][0]), stop))
            stops: dict[str, list[_Stop]] = {}
            for report, _, stop in sorted(stops_found, key=lambda item: (item[:2], item[2].claim)):
                stops.setdefault(report, []).append(stop)
            self._stops[cls] = stops
        return self._stops[cls]


def _listed(pairs: Iterable[Any]) -> dict[str, list[str]]:
    claims: dict[str, list[str]] = {}
    for claim, other in pairs:
        claims.setdefault(claim.value, []).append(other.value)
    return {claim: sorted(others) for claim, others in claims.items()}


def _report_columns(values: Values) -> dict[str, Sequence[str]]:
    """Return the kind, status and dates of a report; an open end is an empty date."""
    predicates = {"kind": tip.undertakingKind, "status": tip.status}
    columns: dict[str, Sequence[str]] = {column: values[name] for column, name in predicates.items() if name in values}
    if not values.keys().isdisjoint(_DATES.values()):
        columns |= {column: values.get(name, [""]) for column, name in _DATES.items()}
    return columns


def _inherit(data: Attributes, undertakings: list[dict[str, set[str]]]) -> None:
    """Give a claim without status or dates those of its undertakings, and note it."""
    if "status" not in data:
        statuses = sorted({status for undertaking in undertakings for status in undertaking.get("status", ())})
        if statuses:
            data["status"] = " ".join(statuses)
            _inherited(data, "status", statuses, undertakings)
    if data.keys().isdisjoint(_DATES):
        _inherit_dates(data, undertakings)


def _inherit_dates(data: Attributes, undertakings: list[dict[str, set[str]]]) -> None:
    for name, choose in (("earliest", min), ("latest", max)):
        bounds = {bound for undertaking in undertakings for bound in undertaking.get(name, {""})}
        if "" not in bounds:  # one report without a bound leaves it open
            data[name] = choose(bounds)
            _inherited(data, name, [data[name]], undertakings)
    dates = {date for undertaking in undertakings for date in undertaking.get("date", {""})}
    if len(dates) == 1 and "" not in dates:
        data["date"] = dates.pop()
        _inherited(data, "date", [data["date"]], undertakings)


def _inherited(data: Attributes, name: str, values: Iterable[str], reported: Iterable[Mapping[str, set[str]]]) -> None:
    """Note that values are of undertakings (`inherited`), and if reports only imply one (`concluded`)."""
    stated = {value for undertaking in reported for value in undertaking.get(_STATED + name, ())}
    for note in ("inherited", "concluded") if not stated.issuperset(values) else ("inherited",):
        data[note] = f"{data.get(note, '')} {name}".strip()


def _pairs(starts: Iterable[str], ends: Iterable[str], declared: Declaration) -> list[tuple[str, str]]:
    if declared.symmetric and declared.start == declared.end:
        return list(combinations(sorted(starts), 2))
    pairs = list(product(sorted(starts), sorted(ends)))
    return [tuple(sorted(pair)) for pair in pairs] if declared.symmetric else pairs  # type: ignore[misc]


def _through(start: str, end: str, key: str, data: Attributes, stops: list[_Stop]) -> Iterator[Edge]:
    """Divide an edge into legs, each with the claims of the stops at its ends."""
    path = [_Stop(start, "", "", ""), *stops, _Stop(end, "", "", "")]
    for leg, (start_stop, end_stop) in enumerate(pairwise(path), 1):
        places = dict.fromkeys(filter(None, [data.get("said_at", ""), start_stop.said_at, end_stop.said_at]))
        sources = dict.fromkeys(filter(None, [data["source"], start_stop.source, end_stop.source]))
        legs = {
            "stops": " ".join(filter(None, [start_stop.claim, end_stop.claim])),
            "said_at": "; ".join(places),
            "source": " ".join(sources),
            "leg": leg,
            "legs": len(path) - 1,
            "origin": start,
            "destination": end,
        }
        yield start_stop.place, end_stop.place, f"{key} {leg}", {**data, **legs}
