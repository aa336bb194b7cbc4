"""Claims as edges, by the declarations of the ontology: one way for every network.

A claim of a declared class draws an edge from each value of one of its properties to each value of another. An edge is
`(start, end, key, attributes)`, as `networkx.MultiDiGraph.add_edges_from` takes it; start and end are IRIs. Edges of
one claim share their attributes until a network copies them: make new ones rather than change them.

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

Said: TypeAlias = Callable[[str, str, str], bool]  # whether a claim counts, by its IRI, source and modality

_ABOUT = (tip.undertaking, tip.purpose)  # whose status and dates a claim takes that has none of its own
_DATES = {"date": tip.date, "earliest": tip.earliest, "latest": tip.latest}
_CLAIM = {
    tip.source, tip.modality, tip.caveat, tip.review, tip.correction, tip.doubt, tip.saidAt, tip.status, tip.amount,
    tip.currency, *_DATES.values(),
}  # fmt: skip
_TRANSIT = "transit"
_STATED = "stated "  # before the name of a column, for what a report does not only imply


def claims_as_edges(graph: Graph, declared: Iterable[Declaration], said: Said = lambda *_: True) -> list[Edge]:
    """Return the edges that those claims of a graph draw that count, in a fixed order."""
    wanted = list(declared)
    known = every_declaration(graph)
    reading = _EdgeReading(graph, said)
    edges = [edge for one in wanted if not one.projects for edge in reading.edges(one)]
    for one in wanted:
        if one.projects:
            edges += reading.projected(one, known[one.projects], edges)
    return sorted(_with_sayings(graph, edges), key=lambda edge: edge[2])


def _with_sayings(graph: Graph, edges: list[Edge]) -> list[Edge]:
    """Note on edges where they are said by one of several sources with the same text, so that these count once."""
    voice = {data_name(source.value): data_name(one.value) for source, one in graph.named("voices")}

    def noted(data: Attributes) -> Attributes:
        places = (place.partition(" ") for place in data.get("said_at", "").split("; "))
        return {**data, "sayings": "; ".join(f"{voice.get(source, source)}{gap}{rest}" for source, gap, rest in places)}

    return [(*edge[:3], noted(edge[3])) for edge in edges] if voice else edges


def claims_of(attributes: Mapping[str, Any]) -> list[str]:
    """Return the claims behind an edge, those of its stops too."""
    stops = attributes.get("stops")
    return f"{attributes['claim']} {stops}".split() if stops else attributes["claim"].split()


def _named(declared: Declaration) -> Attributes:
    return {"edge": declared.name, "label": declared.label, "label_es": declared.label_es}


class _Stop(NamedTuple):
    """A place on the way of a route, with the claim that says so."""

    place: str
    claim: str
    source: str
    said_at: str


class _EdgeReading:
    """Reads the claims of one graph that count, each class once."""

    def __init__(self, graph: Graph, said: Said) -> None:
        self.graph = graph
        self.said = said
        self._declared = every_declaration(graph)
        self._values: dict[str, dict[str, Values]] = {}
        self._claims: dict[tuple[str, str], Attributes | None] = {}
        self._stops: dict[str, dict[str, list[_Stop]]] = {}

    def edges(self, declared: Declaration, where: frozenset[str] = frozenset()) -> list[Edge]:
        """Return the edges of one declaration; only of claims with some codes, if they are named."""
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
        """Tell whether a claim of these values draws an edge, by the properties and codes that it has."""

        def has(term: str) -> bool:
            return term in values or any(code in values.get(name, ()) for name, code in self._codes.get(term, ()))

        return (
            not any(map(has, declared.unless))
            and all(map(has, declared.needs))
            and (not declared.where or any(map(has, declared.where)))
        )

    def projected(self, declared: Declaration, base: Declaration, drawn: Iterable[Edge]) -> Iterator[Edge]:
        """Tie those who share an end by claims of what did happen.

        Not those whom a claim ties on it already. One of whom the other is a part only by sentences that name both:
        another source may name the whole where the first names the part.
        """
        unfulfilled = {row["claim"].value for row in self.graph.named("unfulfilled")}
        belonging = {frozenset((part.value, whole.value)) for part, whole in self.graph.named("belonging")}
        tied = {(start, end, via) for start, end, _, data in drawn for via in data.get("via", "").split()}
        edges = self.edges(base, declared.where)
        for found in who_share(edge for edge in edges if edge[3]["claim"] not in unfulfilled):
            ends = found.one, found.other
            pair = in_one_sentence(found) if frozenset(ends) in belonging else found
            if pair.ones and (*ends, pair.hub) not in tied:
                data = {**joined(pair.behind), **_named(declared), "via": pair.hub}
                data |= {
                    name: _with_mark(data.get(name, ""), words["implied"]) for name, words in self._caveats.items()
                }
                yield *ends, f"{DATA}{declared.name}#{pair.key}", data

    def _attributes(self, declared: Declaration, base: Attributes, values: Values, n: int) -> Attributes:
        data = {**base, **_named(declared), "directed": not declared.symmetric}
        kinds = values.get(declared.kind)
        if kinds:
            data["kind"] = " ".join(kinds)
        elif declared.kind == tip.undertakingKind:  # another report of the same undertaking may say it
            reported = [self._said_of(one) for one in data["via"].split()]
            said = {kind for one in reported for kind in one.get("kind", ())}
            if said:
                data["kind"] = " ".join(sorted(filter(None, said)))
                _take(data, "kind", said, reported)
        if "amount" in data and declared.start != tip.giver:  # it stands where it is given, and is not said twice
            del data["amount"], data["currency"]
        elif "amount" in data and n > 1:  # one amount for several ties belongs to none of them
            data["shared_amount"], data["shared_by"] = data.pop("amount"), n
            data["givers"] = len(values[tip.giver])
        return data

    def _values_of(self, cls: str) -> dict[str, Values]:
        """Return what each claim of a class says, by the properties that its edges and their attributes need."""
        if cls not in self._values:
            used = [one for one in self._declared.values() if one.cls == cls]
            properties = {name for one in used for name in (one.start, one.end, one.kind) if name}
            terms = {term for one in used for term in one.unless | one.needs | one.where}
            properties |= {name for term in terms for name, _ in self._codes.get(term, [(term, "")])}
            properties |= {*_ABOUT, *_CLAIM} | ({tip.continues} if cls == tip.Funding else set())
            self._values[cls] = values_of(self.graph, cls, properties)
        return self._values[cls]

    def _claim_of(self, cls: str, claim: str, values: Values) -> Attributes | None:
        """Return what edges carry of a claim, read once; None where it does not count."""
        if (cls, claim) not in self._claims:
            self._claims[cls, claim] = self._claim(cls.rpartition("#")[2], claim, values)
        return self._claims[cls, claim]

    def _counts(self, claim: str, values: Values) -> bool:
        """Tell whether a claim counts; one that does not say its source and modality never does."""
        if tip.source not in values or tip.modality not in values:
            return False
        return self.said(claim, data_name(values[tip.source][0]), values[tip.modality][0])

    def _claim(self, cls: str, claim: str, values: Values) -> Attributes | None:
        """Return what edges carry of a claim; None where it does not count."""
        if not self._counts(claim, values):
            return None
        data: Attributes = {
            "claim": claim,
            "class": cls,
            "source": data_name(values[tip.source][0]),
            "modality": values[tip.modality][0],
        }
        once = {"said_at": tip.saidAt, "status": tip.status, "review": tip.review, **_DATES}
        data |= {name: values[said][0] for name, said in once.items() if said in values}
        data |= self._reservations(values)
        if tip.amount in values and tip.currency in values and isfinite(amount := float(values[tip.amount][0])):
            data["amount"], data["currency"] = amount, values[tip.currency][0]
        data |= self._beside(claim)
        about = [one for name in _ABOUT for one in values.get(name, ())]
        if about:
            data["via"] = " ".join(about)
            _inherit(data, [self._said_of(one, data["source"]) for one in about])
        if tip.continues in values:
            data["continues"] = " ".join(values[tip.continues])
        return data

    def _reservations(self, values: Values) -> Attributes:
        """Return what weakens a claim: its caveats in words, its corrections, and the doubts of readers."""
        data: Attributes = {}
        for name, words in self._caveats.items():
            if caveats := [words[notation] for notation in values.get(tip.caveat, ())]:
                data[name] = ", ".join(caveats)
        for name, said in (("corrected", tip.correction), ("doubts", tip.doubt)):
            if said in values:
                data[name] = "; ".join(values[said])
        return data

    def _beside(self, claim: str) -> Attributes:
        """Return the claims that contradict a claim, and those that it says again."""
        data: Attributes = {}
        if claim in self._contradicted:
            data["contradicts"] = " ".join(self._contradicted[claim])
        if claim in self._restated:
            data["restates"] = " ".join(self._restated[claim])
            data["roots"] = " ".join(roots(claim, self._restated))
        return data

    def _said_of(self, undertaking: str, source: str = "") -> dict[str, set[str]]:
        """Return what reports say of an undertaking: its status and its dates as a source has them, if it has any."""
        by_source = self._undertakings.get(undertaking, {})
        said = dict(by_source.get("", {}))
        for columns in (("status",), tuple(_DATES)):
            own = {
                key: values for key, values in by_source.get(source, {}).items() if key.removeprefix(_STATED) in columns
            }
            if own:
                said = {key: values for key, values in said.items() if key.removeprefix(_STATED) not in columns} | own
        return said

    @cached_property
    def _undertakings(self) -> dict[str, dict[str, dict[str, set[str]]]]:
        """What the reports that count say of each undertaking, all of them, and those of each source apart.

        An open end of a date is an empty bound. What a report states, and does not only imply, stands under
        `_STATED` and the column, too.
        """
        wanted = {tip.undertaking, tip.source, tip.modality, tip.undertakingKind, tip.status, *_DATES.values()}
        known: dict[str, dict[str, dict[str, set[str]]]] = {}
        for report, values in values_of(self.graph, tip.UndertakingReport, wanted).items():
            if not self._counts(report, values):
                continue
            source = data_name(values[tip.source][0])
            columns = _report_columns(values)
            hows = ("", _STATED) if values[tip.modality][0] == "stated" else ("",)
            for undertaking, whose in product(values.get(tip.undertaking, ()), ("", source)):
                about = known.setdefault(undertaking, {}).setdefault(whose, {})
                for how, (column, said) in product(hows, columns.items()):
                    about.setdefault(how + column, set()).update(said)
        return known

    @cached_property
    def _caveats(self) -> dict[str, dict[str, str]]:
        """What caveats are called, by their notations, for the attribute of each language."""
        codes = {row["code"]: row["notation"].value for row in self.graph.named("codes", {"name": [Literal("caveat")]})}
        called = {"caveats": self.graph.labels(codes), "caveats_es": self.graph.labels(codes, "es")}
        return {name: {codes[code]: label for code, label in labels.items()} for name, labels in called.items()}

    @cached_property
    def _codes(self) -> dict[str, list[tuple[str, str]]]:
        """The properties that have each code on which edges depend, with its notation."""
        found: dict[str, list[tuple[str, str]]] = {}
        for code, name, notation in self.graph.named("edge-conditions"):
            found.setdefault(code.value, []).append((name.value, notation.value))
        return found

    @cached_property
    def _contradicted(self) -> dict[str, list[str]]:
        return _listed(self.graph.named("contradicted"))

    @cached_property
    def _restated(self) -> dict[str, list[str]]:
        return _listed(self.graph.named("restated"))

    def _stops_of(self, cls: str) -> dict[str, list[_Stop]]:
        if cls not in self._stops:
            wanted = {tip.routeReport, tip.place, tip.position, tip.stage, tip.source, tip.modality, tip.saidAt}
            found: list[tuple[str, int, _Stop]] = []
            for claim, values in values_of(self.graph, cls, wanted).items():
                if _TRANSIT in values.get(tip.stage, ()) and tip.position in values and self._counts(claim, values):
                    source, said = data_name(values[tip.source][0]), values.get(tip.saidAt, [""])[0]
                    stop = _Stop(values[tip.place][0], claim, source, said)
                    found.append((values[tip.routeReport][0], int(values[tip.position][0]), stop))
            stops: dict[str, list[_Stop]] = {}
            for report, _, stop in sorted(found, key=lambda one: (one[:2], one[2].claim)):
                stops.setdefault(report, []).append(stop)
            self._stops[cls] = stops
        return self._stops[cls]


def _with_mark(caveats: str, mark: str) -> str:
    """Return caveats with one that an edge has of its own, once."""
    return ", ".join(dict.fromkeys([mark, *filter(None, caveats.split(", "))]))


def _listed(pairs: Iterable[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one.value, []).append(other.value)
    return {one: sorted(others) for one, others in found.items()}


def _report_columns(values: Values) -> dict[str, Sequence[str]]:
    """Return the kind, the status and the dates that a report gives; an open end is an empty date."""
    said = {"kind": tip.undertakingKind, "status": tip.status}
    columns: dict[str, Sequence[str]] = {column: values[name] for column, name in said.items() if name in values}
    if not values.keys().isdisjoint(_DATES.values()):
        columns |= {column: values.get(name, [""]) for column, name in _DATES.items()}
    return columns


def _inherit(data: Attributes, undertakings: list[dict[str, set[str]]]) -> None:
    """Give a claim without status or dates those of the undertakings that it is about, and say so."""
    if "status" not in data:
        statuses = sorted({status for one in undertakings for status in one.get("status", ())})
        if statuses:
            data["status"] = " ".join(statuses)
            _take(data, "status", statuses, undertakings)
    if not any(name in data for name in _DATES):
        for name, choose in (("earliest", min), ("latest", max)):
            bounds = {bound for one in undertakings for bound in one.get(name, {""})}
            if "" not in bounds:  # a report, or an undertaking, without a bound leaves it open
                data[name] = choose(bounds)
                _take(data, name, [data[name]], undertakings)
        dates = {date for one in undertakings for date in one.get("date", {""})}
        if len(dates) == 1 and "" not in dates:
            data["date"] = dates.pop()
            _take(data, "date", [data["date"]], undertakings)


def _take(data: Attributes, name: str, values: Iterable[str], undertakings: Iterable[Mapping[str, set[str]]]) -> None:
    """Note that values are those of undertakings, and whether a report of these only implies one of them."""
    stated = {value for one in undertakings for value in one.get(_STATED + name, ())}
    for noted in ("inherited", "concluded") if not stated.issuperset(values) else ("inherited",):
        data[noted] = f"{data.get(noted, '')} {name}".strip()


def _pairs(starts: Iterable[str], ends: Iterable[str], declared: Declaration) -> list[tuple[str, str]]:
    if declared.symmetric and declared.start == declared.end:
        return list(combinations(sorted(starts), 2))
    pairs = list(product(sorted(starts), sorted(ends)))
    return [tuple(sorted(pair)) for pair in pairs] if declared.symmetric else pairs  # type: ignore[misc]


def _through(start: str, end: str, key: str, data: Attributes, stops: list[_Stop]) -> Iterator[Edge]:
    """Divide an edge into legs, each with the claims of the stops at its ends."""
    path = [_Stop(start, "", "", ""), *stops, _Stop(end, "", "", "")]
    for leg, (one, other) in enumerate(pairwise(path), 1):
        said = dict.fromkeys(filter(None, [data.get("said_at", ""), one.said_at, other.said_at]))
        sources = dict.fromkeys(filter(None, [data["source"], one.source, other.source]))
        legs = {
            "stops": " ".join(filter(None, [one.claim, other.claim])),
            "said_at": "; ".join(said),
            "source": " ".join(sources),
            "leg": leg,
            "legs": len(path) - 1,
            "origin": start,
            "destination": end,
        }
        yield one.place, other.place, f"{key} {leg}", {**data, **legs}
