"""Draw claims as edges: one SELECT for each declaration of the ontology (`queries/graph/edge.rq`).

A claim of a declared class draws an edge from each value of one property to each value of another.

Decision: docs/decisions/0039-joint-projects-tie-those-who-run-them.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from math import isfinite
from typing import Any

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.network.declarations import Declaration, every_declaration
from tipgraph.analysis.network.folds import (
    Attributes,
    ClaimTest,
    Edge,
    by_first,
    in_one_sentence,
    joined,
    several,
    who_share,
)
from tipgraph.analysis.network.inheritance import DATES, Reports, Values
from tipgraph.graph import Graph, roots
from tipgraph.model import DATA, data_name, kit, tip

_SPACED = {
    "modality": tip.modality, "review": tip.review, "status": tip.status, "finance": tip.financeType, **DATES,
    "contradicts": tip.conflictsWith, "restates": tip.restates, "counts_as": tip.countsAs, "continues": tip.continues,
}  # fmt: skip
_LISTED = {"said_at": tip.saidAt, "corrected": tip.correction, "doubts": tip.doubt}
_IMPLIED = "implied"


def claims_as_edges(graph: Graph, declared: Iterable[Declaration], counts: ClaimTest = lambda *_: True) -> list[Edge]:
    """Return the edges of the claims that count, in a fixed order."""
    declarations = list(declared)
    reader = _EdgeReader(graph, counts)
    edges = [edge for each in declarations if not each.projects for edge in reader.edges(each)]
    for each in declarations:
        if each.projects:
            edges += list(reader.projected(each, every_declaration(graph)[each.projects], edges))
    edges.sort(key=lambda edge: edge[2])
    _add_sayings(graph, edges)
    return counted_within(edges)


def counted_within(edges: list[Edge]) -> list[Edge]:
    """Leave in `counts_as` the claims of these edges: where a filter leaves out the claim that counts, another does."""
    claims = {data["claim"] for *_, data in edges}
    for *_, data in edges:
        here = [claim for claim in data.pop("counts_as", "").split() if claim in claims]
        data |= {"counts_as": " ".join(here)} if here else {}
    return edges


def _add_sayings(graph: Graph, edges: Iterable[Edge]) -> None:
    """Add `sayings` to edges if several sources have the same text, so that these count once."""
    voices = {data_name(source.value): data_name(voice.value) for source, voice in graph.named("voices")}
    if voices:
        for *_, data in edges:
            places = [place.partition(" ") for place in data.get("said_at", "").split("; ")]
            data["sayings"] = "; ".join(f"{voices.get(source, source)}{gap}{place}" for source, gap, place in places)


def select(declared: Declaration) -> str:
    """Return the query for the claims that draw an edge."""
    lines = []
    for line in kit.graph_query("edge").splitlines():
        placeholder = re.search(r"tip:(edge\w+)", line)
        iris = declared.terms.get(placeholder[1], []) if placeholder else [""]
        if "VALUES" in line and iris:
            iris = ["> <".join(iris)]
        lines += [line.replace(placeholder[0], f"<{iri}>") if placeholder else line for iri in iris]
    return "\n".join(lines)


class _EdgeReader:
    """Reads the claims of a graph that count."""

    def __init__(self, graph: Graph, is_counted: ClaimTest) -> None:
        self.graph = graph
        self.is_counted = is_counted
        self._notations: dict[str, str] = {row["code"].value: row["notation"].value for row in graph.named("notations")}
        self._known: dict[str, dict[str, Values]] = {}

    def edges(self, declared: Declaration) -> Iterator[Edge]:
        """Yield the edges of a declaration."""
        claims = self._counted(declared.term("edgeClass"))
        through = declared.term("edgeThrough")
        stops = self._stops(through) if through else {}
        for claim, (drawn, kinds) in self._drawn(declared).items():
            ends = _pairs(declared, drawn)
            if ends and claim in claims:
                data = self._attributes(declared, claim, kinds, claims[claim])
                if declared.term("edgeFrom") == tip.giver:  # only the edge from the giver has the amount
                    data |= _money(claims[claim], ends)
                for number, (start, end) in enumerate(ends, 1):
                    key = f"{claim}#{declared.name}" + (f"-{number}" if len(ends) > 1 else "")
                    edge = start, end, key, dict(data)
                    yield from _legs(edge, stops[claim]) if claim in stops else [edge]

    def projected(self, declared: Declaration, base: Declaration, drawn: Iterable[Edge]) -> Iterator[Edge]:
        """Yield an edge for each pair of starts that share an end, by claims of what did happen.

        A pair that a claim ties already is left out. A whole and its part are tied only by sentences that name both:
        otherwise one source may name the whole, and another the part.
        """
        unfulfilled = {row["claim"].value for row in self.graph.named("unfulfilled")}
        belonging = {frozenset((part.value, whole.value)) for part, whole in self.graph.named("belonging")}
        tied = {(start, end, via) for start, end, _, data in drawn for via in data.get("via", "").split()}
        edges = self.edges(replace(base, terms={**base.terms, "edgeWhere": declared.terms["edgeWhere"]}))
        for pair in who_share(edge for edge in edges if edge[3]["claim"] not in unfulfilled):
            ends = pair.first, pair.second
            pair = in_one_sentence(pair) if frozenset(ends) in belonging else pair
            if pair.first_edges and (*ends, pair.hub) not in tied:
                data = {**joined(pair.behind), **_named(declared), "via": pair.hub}
                for name, words in self._caveats.items():
                    caveats = [words[_IMPLIED], *data.get(name, "").split(", ")]
                    data[name] = ", ".join(dict.fromkeys(filter(None, caveats)))
                yield *ends, f"{DATA}{declared.name}#{pair.key}", data

    def _drawn(self, declared: Declaration) -> dict[str, tuple[set[tuple[str, str]], set[str]]]:
        """Return the claims that draw an edge, with its ends and kinds."""
        found: dict[str, tuple[set[tuple[str, str]], set[str]]] = {}
        for claim, start, end, *each in self.graph.select("edge", select(declared)):
            ends, kinds = found.setdefault(claim.value, (set(), set()))
            ends.add((start.value, end.value))
            kinds.update(kind.value for kind in each if kind is not None)
        return found

    def _counted(self, cls: str) -> dict[str, Values]:
        """Return the claims of a class that count, with their values; each class is read once."""
        if cls not in self._known:
            self._known[cls] = {
                claim: values
                for claim, values in by_claim(self.graph.named("edge-values", {"class": [NamedNode(cls)]})).items()
                if tip.source in values
                and tip.modality in values
                and self.is_counted(claim, data_name(values[tip.source][0]), self._code(values[tip.modality][0]))
            }
        return self._known[cls]

    def _attributes(self, declared: Declaration, claim: str, kinds: Iterable[str], values: Values) -> Attributes:
        """Return the attributes of the edges of a claim."""
        data: Attributes = {
            "claim": claim,
            "class": declared.term("edgeClass").rpartition("#")[2],
            "document": data_name(values[tip.source][0]),
            **_named(declared),
            "undirected": declared.symmetric,
            **{name: " ".join(map(self._code, values[term])) for name, term in _SPACED.items() if term in values},
            **{name: "; ".join(values[term]) for name, term in _LISTED.items() if term in values},
        }
        if kind := " ".join(map(self._code, sorted(kinds))):
            data["kind"] = kind
        if tip.caveat in values:
            for name, words in self._caveats.items():
                data[name] = ", ".join(words[code] for code in values[tip.caveat])
        if tip.continues in values or tip.mayContinue in values:
            data["passed_on"] = True
        if tip.restates in values:
            data["roots"] = " ".join(roots(claim, self._restated))
        if about := [*values.get(tip.undertaking, ()), *values.get(tip.purpose, ())]:
            data["via"] = " ".join(about)
            self._inherit(data, about, takes_kind=declared.term("edgeKind") == tip.undertakingKind)
        return data

    def _inherit(self, data: Attributes, about: list[str], *, takes_kind: bool) -> None:
        """Fill in what the reports of the undertakings of a claim say.

        `inherited` names the values that are theirs, `concluded` those of them that no report states.
        """
        undated = not any(name in data for name in DATES)
        names = ["status", "earliest", "latest", "date", *(["kind"] if takes_kind else [])]
        reported = self._reports.about(about, data["document"])
        taken = [name for name in names if reported[name].value and (undated if name in DATES else name not in data)]
        data |= {name: reported[name].value for name in taken}
        for note, noted in (("inherited", taken), ("concluded", [name for name in taken if reported[name].concluded])):
            if noted:
                data[note] = " ".join(noted)

    def _code(self, value: str) -> str:
        return self._notations.get(value, value)

    @cached_property
    def _caveats(self) -> dict[str, dict[str, str]]:
        """The labels of caveats by code, and of `implied` by its notation, for the attribute of each language."""
        words: dict[str, dict[str, str]] = {"en": {}, "es": {}}
        for notation, code, label in self.graph.named("codes", {"name": [Literal("caveat")]}):
            by = words.setdefault(label.language, {})
            by[code.value] = by[notation.value] = label.value
        return {"caveats": words["en"], "caveats_es": {**words["en"], **words["es"]}}

    @cached_property
    def _restated(self) -> dict[str, list[str]]:
        return by_first(self.graph.named("restated"))

    @cached_property
    def _reports(self) -> Reports:
        return Reports(self._counted(tip.UndertakingReport).values(), self._notations)

    def _stops(self, cls: str) -> dict[str, list[Attributes]]:
        """Return the stops of each route report that count, in order, with their claims."""
        found: dict[str, list[tuple[int, str, Attributes]]] = {}
        for report, position, claim, place, source, modality, said in self.graph.named(
            "edge-stops", {"class": [NamedNode(cls)]}
        ):
            document = data_name(source.value)
            if self.is_counted(claim.value, document, self._code(modality.value)):
                stop = {"place": place.value, "stops": claim.value, "document": document}
                stop["said_at"] = said.value if said else ""
                found.setdefault(report.value, []).append((int(position.value), claim.value, stop))
        return {
            report: [stop for *_, stop in sorted(stops, key=lambda stop: stop[:2])] for report, stops in found.items()
        }


def _pairs(declared: Declaration, drawn: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the pairs of ends of a claim in order; those of a symmetric edge once, and in one direction."""
    if not declared.symmetric:
        return sorted(drawn)
    if declared.term("edgeFrom") == declared.term("edgeTo"):
        return sorted((start, end) for start, end in drawn if start < end)
    return [(min(pair), max(pair)) for pair in sorted(drawn)]


def by_claim(rows: Iterable[Any]) -> dict[str, Values]:
    """Return the values of each claim by property, from rows of a claim, a property and a value."""
    values: dict[str, Values] = {}
    for claim, name, value in rows:
        values.setdefault(claim.value, {}).setdefault(name.value, []).append(value.value)
    for held in values.values():
        for each in held.values():
            if len(each) > 1:
                each.sort()
    return values


def _named(declared: Declaration) -> Attributes:
    return {"edge": declared.name, "label": declared.label, "label_es": declared.label_es}


def _money(values: Values, ends: Sequence[tuple[str, str]]) -> Attributes:
    """Return the amount of an edge; one for several edges belongs to none of them."""
    if tip.amount not in values or tip.currency not in values or not isfinite(amount := float(values[tip.amount][0])):
        return {}
    currency = values[tip.currency][0]
    if len(ends) == 1:
        return {"amount": amount, "currency": currency}
    givers = len({giver for giver, _ in ends})
    return {"shared_amount": amount, "shared_by": len(ends), "givers": givers, "currency": currency}


def _legs(edge: Edge, stops: Sequence[Attributes]) -> Iterator[Edge]:
    """Divide an edge into legs, each with the claims of the stops at its ends."""
    start, end, key, data = edge
    path = [{"place": start}, *stops, {"place": end}]
    for leg, ends in enumerate(pairwise(path), 1):
        said = {name: several([data, *ends], name) for name in ("stops", "said_at", "document")}
        own = {"leg": leg, "legs": len(path) - 1, "origin": start, "destination": end}
        yield ends[0]["place"], ends[1]["place"], f"{key} {leg}", {**data, **said, **own}
