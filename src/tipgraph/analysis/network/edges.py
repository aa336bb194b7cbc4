"""Draw claims as edges, by the declarations of the ontology.

A claim of a declared class draws an edge from each value of one property to each value of another. Edges are columns
(`columns.EdgeColumns`) with the attributes of `networkx.MultiDiGraph.add_edges_from`; start and end are IRIs.

Decision: docs/decisions/0039-joint-projects-tie-those-who-run-them.md.
Decision: docs/decisions/0041-a-claim-inherits-dates-and-status.md.
Decision: docs/decisions/0177-networks-are-columns.md.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import isfinite
from typing import Any, NamedTuple

import numpy as np
from pyoxigraph import Literal

from tipgraph.analysis.network.columns import Cells, ClaimColumns, EdgeColumns, Mask, Numbers, ValueColumn, pairs
from tipgraph.analysis.network.declarations import Declaration, every_declaration
from tipgraph.analysis.network.folds import Attributes, ClaimTest, Edge, in_one_sentence, joined, who_share
from tipgraph.analysis.network.inheritance import DATES, Inherited, Reports, inherited
from tipgraph.analysis.network.values import values_of
from tipgraph.graph import Graph, roots
from tipgraph.model import DATA, data_name, tip

_ABOUT = (tip.undertaking, tip.purpose)  # a claim without status or dates takes those of this undertaking
_CLAIM = {
    tip.source, tip.modality, tip.caveat, tip.review, tip.correction, tip.doubt, tip.saidAt, tip.status, tip.amount,
    tip.currency, *DATES.values(),
}  # fmt: skip
_MONEY = {tip.financeType, tip.continues, tip.mayContinue, tip.countsAs}  # of claims of money alone
_TRANSIT = "transit"


def claims_as_edges(graph: Graph, declared: Iterable[Declaration], counts: ClaimTest = lambda *_: True) -> EdgeColumns:
    """Return the edges of the claims that count, in a fixed order."""
    declarations = list(declared)
    known = every_declaration(graph)
    reader = _EdgeReader(graph, counts, known)
    edges = EdgeColumns.joined([reader.edges(declaration) for declaration in declarations if not declaration.projects])
    for declaration in declarations:
        if declaration.projects:
            projected = reader.projected(declaration, known[declaration.projects], edges)
            edges = EdgeColumns.joined([edges, EdgeColumns.of(list(projected))])
    keys = edges.key.objects()
    ordered = edges.take(np.array(sorted(range(len(keys)), key=keys.__getitem__), np.int64))
    return _with_sayings(graph, counted_within(ordered))


def counted_within(edges: EdgeColumns) -> EdgeColumns:
    """Leave in `counts_as` the claims of these edges: where a filter leaves out the claim that counts, another does."""
    column = edges["counts_as"]
    if column.given.any():
        is_here = set(edges["claim"].objects()).__contains__
        edges.attributes["counts_as"] = column.mapped(lambda text: " ".join(filter(is_here, text.split())) or None)
    return edges


def _with_sayings(graph: Graph, edges: EdgeColumns) -> EdgeColumns:
    """Add `sayings` to edges if several sources have the same text, so that these count once."""
    voices = {data_name(source.value): data_name(voice.value) for source, voice in graph.named("voices")}

    def sayings(said_at: str) -> str:
        places = (place.partition(" ") for place in said_at.split("; "))
        return "; ".join(f"{voices.get(source, source)}{gap}{place}" for source, gap, place in places)

    if voices:
        said_at = edges["said_at"].mapped(sayings)
        edges.attributes["sayings"] = said_at.otherwise(ValueColumn.of([""] * len(edges)))
    return edges


def _named(declared: Declaration) -> Attributes:
    return {"edge": declared.name, "label": declared.label, "label_es": declared.label_es}


class _Stop(NamedTuple):
    """A place of transit on a route, with its claim."""

    place: str
    claim: str
    source: str
    said_at: str


@dataclass(frozen=True, eq=False)
class _Drawn:
    """The claims of a class, which of them count, their attributes, and what they may take from undertakings."""

    claims: ClaimColumns
    counted: Mask
    attributes: dict[str, ValueColumn]
    inherited: dict[str, Inherited]


class _EdgeReader:
    """Reads the claims of a graph that count, each class once."""

    def __init__(self, graph: Graph, is_counted: ClaimTest, declared: Mapping[str, Declaration]) -> None:
        self.graph = graph
        self.is_counted = is_counted
        self._declared = declared
        self._drawn: dict[str, _Drawn] = {}
        self._stops: dict[str, dict[str, list[_Stop]]] = {}

    def edges(self, declared: Declaration, where: frozenset[str] = frozenset()) -> EdgeColumns:
        """Return the edges of a declaration; with `where`, only those of claims with one of these codes."""
        drawn = self._class(declared.cls)
        draws = self._draws(replace(declared, where=where or declared.where), drawn.claims)
        row, start, end = _pairs(drawn.claims, np.flatnonzero(drawn.counted & draws), declared)
        counts = np.bincount(row, minlength=len(drawn.claims.iris))
        claims = drawn.attributes["claim"].take(row).objects()
        number = np.arange(len(row)) - np.searchsorted(row, row) + 1
        numbered = zip(claims, number.tolist(), counts[row].tolist(), strict=True)
        keys = [f"{claim}#{declared.name}-{at}" if n > 1 else f"{claim}#{declared.name}" for claim, at, n in numbered]
        attributes = {name: column.take(row) for name, column in self._attributes(declared, drawn, counts).items()}
        edges = EdgeColumns(start, end, ValueColumn(np.arange(len(keys)), keys), attributes)
        return self._with_stops(edges, self._stops_of(declared.through)) if declared.through else edges

    def _draws(self, declared: Declaration, claims: ClaimColumns) -> Mask:
        """Return the claims that draw an edge, by their properties and codes."""

        def has(term: str) -> Mask:
            codes = [claims[name].has(code) for name, code in self._codes.get(term, ())]
            rows: Mask = np.any([claims[term].counts > 0, *codes], axis=0)
            return rows

        draws = np.ones(len(claims.iris), bool)
        for term in declared.unless:
            draws &= ~has(term)
        for term in declared.needs:
            draws &= has(term)
        if declared.where:
            draws &= np.any([has(term) for term in declared.where], axis=0)
        return draws

    def projected(self, declared: Declaration, base: Declaration, drawn: EdgeColumns) -> Iterator[Edge]:
        """Yield an edge for each pair of starts that share an end, by claims of what did happen.

        A pair that a claim ties already is left out. A whole and its part are tied only by sentences that name both:
        otherwise one source may name the whole, and another the part.
        """
        unfulfilled = {row["claim"].value for row in self.graph.named("unfulfilled")}
        belonging = {frozenset((part.value, whole.value)) for part, whole in self.graph.named("belonging")}
        edges = self.edges(base, declared.where)
        shared = list(who_share(edges.take(~edges["claim"].where(unfulfilled.__contains__)).rows()))
        couples = {(pair.first, pair.second) for pair in shared}
        ties = zip(drawn.start.objects(), drawn.end.objects(), drawn["via"].objects(), strict=True)
        tied = {(*tie[:2], via) for tie in ties if tie[:2] in couples and tie[2] for via in tie[2].split()}
        for pair in shared:
            ends = pair.first, pair.second
            pair = in_one_sentence(pair) if frozenset(ends) in belonging else pair
            if pair.first_edges and (*ends, pair.hub) not in tied:
                data = {**joined(pair.behind), **_named(declared), "via": pair.hub}
                for name, words in self._caveats.items():
                    caveats = [words["implied"], *data.get(name, "").split(", ")]
                    data[name] = ", ".join(dict.fromkeys(filter(None, caveats)))
                yield *ends, f"{DATA}{declared.name}#{pair.key}", data

    def _attributes(self, declared: Declaration, drawn: _Drawn, counts: Numbers) -> dict[str, ValueColumn]:
        """Return the attributes of claims for the edges of a declaration; `counts` are the edges of each claim."""
        columns, size = dict(drawn.attributes), len(counts)
        for name, value in {**_named(declared), "directed": not declared.symmetric}.items():
            columns[name] = ValueColumn(np.zeros(size, np.int64), [value])
        columns["kind"] = drawn.claims[declared.kind].texts(" ")
        names = ["status", "earliest", "latest", "date"]
        names += ["kind"] * (declared.kind == tip.undertakingKind)  # another report of the undertaking may have it
        columns |= _taken(columns, drawn.inherited, names)
        if declared.start != tip.giver:  # only the edge from the giver has the amount
            columns = {name: column for name, column in columns.items() if name not in ("amount", "currency")}
        elif "amount" in columns:  # one amount for several edges belongs to none of them
            shared = columns["amount"].given & (counts > 1)
            columns["shared_amount"] = columns["amount"].only(shared)
            columns["amount"] = columns["amount"].only(~shared)
            for name, numbers in (("shared_by", counts), ("givers", drawn.claims[tip.giver].counts)):
                columns[name] = ValueColumn.of(numbers.tolist()).only(shared)
        return columns

    def _class(self, cls: str) -> _Drawn:
        """Return the claims of a class with the attributes that all their edges have, read once."""
        if cls not in self._drawn:
            used = [declared for declared in self._declared.values() if declared.cls == cls]
            properties = {name for each in used for name in (each.start, each.end, each.kind) if name}
            terms = {term for each in used for term in each.unless | each.needs | each.where}
            properties |= {name for term in terms for name, _ in self._codes.get(term, [(term, "")])}
            properties |= {*_ABOUT, *_CLAIM} | (_MONEY if cls == tip.Funding else set())
            claims = values_of(self.graph, cls, properties)
            attributes = self._of_claims(cls.rpartition("#")[2], claims)
            about = Cells.beside([claims[name] for name in _ABOUT])
            from_reports = inherited(self._reports, about, attributes["document"])
            self._drawn[cls] = _Drawn(claims, self._counted(claims), attributes, from_reports)
        return self._drawn[cls]

    def _counted(self, claims: ClaimColumns) -> Mask:
        """Return the claims that count; one without source or modality does not."""
        source, modality = claims[tip.source].first, claims[tip.modality].first
        rows = np.flatnonzero(source.given & modality.given)
        columns = (ValueColumn.of(claims.iris), source.mapped(data_name), modality)
        counted = np.zeros(len(claims.iris), bool)
        counted[rows] = list(map(self.is_counted, *(column.take(rows).objects() for column in columns)))
        return counted

    def _of_claims(self, cls: str, claims: ClaimColumns) -> dict[str, ValueColumn]:
        """Return the attributes of claims that do not depend on the edge."""
        iris, size = ValueColumn(np.arange(len(claims.iris)), claims.iris), len(claims.iris)
        columns = {
            "claim": iris,
            "class": ValueColumn(np.zeros(size, np.int64), [cls]),
            "document": claims[tip.source].first.mapped(data_name),
        }
        properties = {
            "modality": tip.modality,
            "said_at": tip.saidAt,
            "status": tip.status,
            "review": tip.review,
            **DATES,
        }
        columns |= {name: claims[predicate].first for name, predicate in properties.items()}
        for name, words in self._caveats.items():
            columns[name] = claims[tip.caveat].mapped(words.__getitem__).texts(", ")
        columns |= {"corrected": claims[tip.correction].texts("; "), "doubts": claims[tip.doubt].texts("; ")}
        amount, currency = claims[tip.amount].first.mapped(float), claims[tip.currency].first
        known = amount.where(isfinite) & currency.given
        columns |= {"amount": amount.only(known), "currency": currency.only(known)}
        for name, others in (("contradicts", self._contradicted), ("restates", self._restated)):
            columns[name] = iris.mapped({claim: " ".join(named) for claim, named in others.items()}.get)
        columns["roots"] = iris.mapped({claim: " ".join(roots(claim, self._restated)) for claim in self._restated}.get)
        columns["via"] = Cells.beside([claims[name] for name in _ABOUT]).texts(" ")
        passed_on = (claims[tip.continues].counts > 0) | (claims[tip.mayContinue].counts > 0)
        columns["passed_on"] = ValueColumn(np.where(passed_on, 0, -1), [True])
        columns["counts_as"] = claims[tip.countsAs].texts(" ")
        return columns | {"continues": claims[tip.continues].texts(" "), "finance": claims[tip.financeType].first}

    @cached_property
    def _reports(self) -> Reports:
        properties = {tip.undertaking, tip.source, tip.modality, tip.undertakingKind, tip.status, *DATES.values()}
        claims = values_of(self.graph, tip.UndertakingReport, properties)
        return Reports(claims, claims[tip.source].first.mapped(data_name), self._counted(claims))

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

    def _with_stops(self, edges: EdgeColumns, stops: Mapping[str, list[_Stop]]) -> EdgeColumns:
        """Divide the edges of claims with stops into legs."""
        has = edges["claim"].where(stops.__contains__)
        legs = [leg for edge in edges.take(has).rows() for leg in _legs(edge, stops[edge[3]["claim"]])]
        return EdgeColumns.joined([edges.take(~has), EdgeColumns.of(legs)]) if legs else edges

    def _stops_of(self, cls: str) -> dict[str, list[_Stop]]:
        if cls not in self._stops:
            properties = {tip.routeReport, tip.place, tip.position, tip.stage, tip.source, tip.modality, tip.saidAt}
            stops_found: list[tuple[str, int, _Stop]] = []
            claims = values_of(self.graph, cls, properties)
            counted = {claims.iris[row] for row in np.flatnonzero(self._counted(claims)).tolist()}
            for claim, values in claims.rows().items():
                if _TRANSIT in values.get(tip.stage, ()) and tip.position in values and claim in counted:
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


def _taken(
    own: Mapping[str, ValueColumn], reported: Mapping[str, Inherited], names: Sequence[str]
) -> dict[str, ValueColumn]:
    """Return columns filled by the reports of undertakings.

    `inherited` names the values that are theirs, `concluded` those of them that no report states.
    """
    undated = ~np.any([own[name].given for name in DATES], axis=0)
    columns: dict[str, ValueColumn] = {}
    notes = {note: np.zeros(len(undated), np.int64) for note in ("inherited", "concluded")}  # names as bits
    for bit, name in enumerate(names):
        values, concluded = reported[name]
        taken = values.given & (undated if name in DATES else ~own[name].given)
        columns[name] = own[name].otherwise(values.only(taken))
        notes["inherited"] |= taken.astype(np.int64) << bit
        notes["concluded"] |= (taken & concluded).astype(np.int64) << bit
    for note, bits in notes.items():
        texts = [" ".join(name for bit, name in enumerate(names) if at >> bit & 1) for at in range(1 << len(names))]
        columns[note] = ValueColumn(bits, texts).only(bits > 0)
    return columns


def _pairs(claims: ClaimColumns, rows: Numbers, declared: Declaration) -> tuple[Numbers, ValueColumn, ValueColumn]:
    """Return the rows of claims that draw edges, and the start and end of each edge, in order."""
    starts, ends = claims[declared.start], claims[declared.end]
    row, left, right = pairs(starts, ends, rows)
    if declared.symmetric and declared.start == declared.end:  # each pair once; the values of a claim are in order
        once = left < right
        return (
            row[once],
            ValueColumn(starts.codes[left[once]], starts.values),
            ValueColumn(ends.codes[right[once]], ends.values),
        )
    start, end = ValueColumn(starts.codes[left], starts.values), ValueColumn(ends.codes[right], ends.values)
    if declared.symmetric:
        couples = [sorted(couple) for couple in zip(start.objects(), end.objects(), strict=True)]
        start, end = (ValueColumn.of(couple[side] for couple in couples) for side in (0, 1))
    return row, start, end


def _legs(edge: Edge, stops: list[_Stop]) -> Iterator[Edge]:
    """Divide an edge into legs, each with the claims of the stops at its ends."""
    start, end, key, data = edge
    path = [_Stop(start, "", "", ""), *stops, _Stop(end, "", "", "")]
    for leg, (start_stop, end_stop) in enumerate(pairwise(path), 1):
        places = dict.fromkeys(filter(None, [data.get("said_at", ""), start_stop.said_at, end_stop.said_at]))
        sources = dict.fromkeys(filter(None, [data["document"], start_stop.source, end_stop.source]))
        legs = {
            "stops": " ".join(filter(None, [start_stop.claim, end_stop.claim])),
            "said_at": "; ".join(places),
            "document": " ".join(sources),
            "leg": leg,
            "legs": len(path) - 1,
            "origin": start,
            "destination": end,
        }
        yield start_stop.place, end_stop.place, f"{key} {leg}", {**data, **legs}
