"""Draw claims as edges: one SELECT for each declaration of the ontology (`queries/graph/edge.rq`).

A claim of a declared class draws an edge from each value of one property to each value of another.

A claim without dates, status or kind of its own takes those that the reports of its undertaking say.

Decision: docs/decisions/0039-how-claims-become-links.md.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from itertools import chain, pairwise
from math import isfinite
from typing import Any, Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from tipgraph.analysis.network.declarations import Declaration, every_declaration
from tipgraph.analysis.network.ties import (
    MARKS,
    Attributes,
    ClaimTest,
    Edge,
    grouped,
    in_one_sentence,
    joined,
    several,
    who_share,
)
from tipgraph.graph import Graph, roots
from tipgraph.model import DATA, data_name, kit, tip

Values: TypeAlias = dict[str, list[str]]
"""The values of a claim by attribute, or by the IRI of their property, sorted; codes as notations."""

_DATES: Final = ("date", "earliest", "latest")
_SHOWN: Final = (
    "modality", "review", "status", "finance", *_DATES, "contradicts", "restates", "counts_as", "continues", "said_at",
    "corrected", "doubts",
)  # fmt: skip
"""The attributes of edges whose values are those of `queries/graph/edge-values.rq`."""


def claims_as_edges(graph: Graph, declared: Sequence[Declaration], counts: ClaimTest = lambda *_: True) -> list[Edge]:
    """Return the edges of the claims that count, in a fixed order."""
    reader = _EdgeReader(graph, counts)
    edges = [edge for each in declared if not each.projects for edge in reader.edges(each)]
    for each in declared:
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


def notations(graph: Graph) -> dict[str, str]:
    """Return the notation of each code by its IRI."""
    return {code.value: notation.value for code, notation in graph.named("notations")}


def by_claim(rows: Iterable[Any], codes: Mapping[str, str]) -> dict[str, Values]:
    """Return the values of each claim by their names, from rows of a claim, a name and a value: codes as notations."""
    values: dict[str, Values] = {}
    for claim, name, value in rows:
        values.setdefault(claim.value, {}).setdefault(name.value, []).append(value.value)
    for held in values.values():
        for name, each in held.items():
            each.sort()
            if name != "caveats":  # codes of several lists may have one notation
                held[name] = [codes.get(value, value) for value in each]
    return values


class _EdgeReader:
    """Reads the claims of a graph that count."""

    def __init__(self, graph: Graph, is_counted: ClaimTest) -> None:
        self.graph = graph
        self.is_counted = is_counted
        self._codes = notations(graph)
        self._counted = cache(self._read)  # each class once
        self._reported = cache(lambda source, *about: _reported([self._reports.get(iri, []) for iri in about], source))

    def edges(self, declared: Declaration) -> Iterator[Edge]:
        """Yield the edges of a declaration."""
        claims = self._counted(declared.term("edgeClass"))
        through = declared.term("edgeThrough")
        stops = self._stops(through) if through else {}
        for claim, (ends, kinds) in self._drawn(declared).items():
            if ends and claim in claims:
                data = self._attributes(declared, claim, kinds, claims[claim])
                if declared.term("edgeFrom") == tip.giver:  # only the edge from the giver has the amount
                    data |= _money(claims[claim], ends)
                for number, (start, end) in enumerate(sorted(ends), 1):
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
        for ends, shared in who_share(edge for edge in edges if edge[3]["claim"] not in unfulfilled).items():
            for hub, both in shared.items():
                behind = in_one_sentence(both) if frozenset(ends) in belonging else both
                if behind and (*ends, hub) not in tied:
                    data = {**joined(behind), **_named(declared), "via": hub}
                    for name, words in self._caveats.items():
                        data[name] = several([{name: words["implied"]}, data], name)
                    key = " ".join(map(data_name, (*ends, hub)))
                    yield *ends, f"{DATA}{declared.name}#{key}", data

    def _drawn(self, declared: Declaration) -> dict[str, tuple[set[tuple[str, str]], set[str]]]:
        """Return the claims that draw an edge, with its pairs of ends and kinds.

        A symmetric edge is there once, in one direction, and not from a thing to itself by one property.
        """
        alike = declared.term("edgeFrom") == declared.term("edgeTo")
        found: dict[str, tuple[set[tuple[str, str]], set[str]]] = {}
        for claim, start, end, *each in self.graph.select("edge", select(declared)):
            ends, kinds = found.setdefault(claim.value, (set(), set()))
            pair = start.value, end.value
            if declared.term("symmetric") != "true":
                ends.add(pair)
            elif start != end or not alike:
                ends.add((min(pair), max(pair)))
            kinds.update(self._codes.get(kind.value, kind.value) for kind in each if kind is not None)
        return found

    def _read(self, cls: str) -> dict[str, Values]:
        """Return the claims of a class that count, with their values by attribute."""
        rows = self.graph.named("edge-values", {"class": [NamedNode(cls)]})
        return {
            claim: values
            for claim, values in by_claim(rows, self._codes).items()
            if "source" in values
            and "modality" in values
            and self.is_counted(claim, data_name(values["source"][0]), values["modality"][0])
        }

    def _attributes(self, declared: Declaration, claim: str, kinds: Iterable[str], values: Values) -> Attributes:
        """Return the attributes of the edges of a claim."""
        data: Attributes = {
            "claim": claim,
            "class": declared.term("edgeClass").rpartition("#")[2],
            "document": data_name(values["source"][0]),
            **_named(declared),
            "undirected": declared.term("symmetric") == "true",
            **{name: MARKS.get(name, " ").join(values[name]) for name in _SHOWN if name in values},
        }
        if kinds:
            data["kind"] = _all(kinds)
        if "caveats" in values:
            data |= {
                name: ", ".join(map(words.__getitem__, values["caveats"])) for name, words in self._caveats.items()
            }
        if "continues" in values or "may_continue" in values:
            data["passed_on"] = True
        if "restates" in values:
            data["roots"] = " ".join(roots(claim, self._restated))
        if about := [*values.get("undertaking", ()), *values.get("purpose", ())]:
            data["via"] = " ".join(about)
            takes_kind = declared.term("edgeKind") == tip.undertakingKind
            _inherit(data, self._reported(values["source"][0], *about), takes_kind=takes_kind)
        return data

    @cached_property
    def _caveats(self) -> dict[str, dict[str, str]]:
        """The labels of caveats by code, and of `implied` by its notation, for the attribute of each language."""
        words: dict[str, dict[str, str]] = {"en": {}, "es": {}}
        for notation, code, label in self.graph.named("codes", {"name": [Literal("caveat")]}):
            words.setdefault(label.language, {}).update(dict.fromkeys((code.value, notation.value), label.value))
        return {"caveats": words["en"], "caveats_es": {**words["en"], **words["es"]}}

    @cached_property
    def _restated(self) -> dict[str, list[str]]:
        return grouped((claim.value, other.value) for claim, other in self.graph.named("restated"))

    @cached_property
    def _reports(self) -> dict[str, list[Values]]:
        """The reports of each undertaking that count."""
        reports = self._counted(tip.UndertakingReport).values()
        return grouped((undertaking, values) for values in reports for undertaking in values.get("undertaking", ()))

    def _stops(self, cls: str) -> dict[str, list[Attributes]]:
        """Return the stops of each route report that count, in order, with their claims."""
        stops = []
        for report, claim, place, source, modality, said in self.graph.named("edge-stops", {"class": [NamedNode(cls)]}):
            stop = {"place": place.value, "stops": claim.value, "document": data_name(source.value)}
            if self.is_counted(claim.value, stop["document"], self._codes[modality.value]):
                stops.append((report.value, {**stop, "said_at": said.value if said else ""}))
        return grouped(stops)


def _named(declared: Declaration) -> Attributes:
    return {"edge": declared.name, "label": declared.label(), "label_es": declared.label("es")}


def _money(values: Values, ends: Collection[tuple[str, str]]) -> Attributes:
    """Return the amount of an edge; one for several edges belongs to none of them."""
    if "amount" not in values or "currency" not in values or not isfinite(amount := float(values["amount"][0])):
        return {}
    currency = values["currency"][0]
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


def _reported(reports: Sequence[Iterable[Values]], source: str) -> dict[str, tuple[str, bool]]:
    """Return what the reports of each of some undertakings say, and whether a report states it.

    A source's own status or dates of an undertaking go before those of others. An open end leaves the end open.
    """
    found: dict[str, tuple[str, bool]] = {}
    for name, choose in _CHOSEN.items():
        told = [_telling(each, name, source if name != "kind" else "") for each in reports]
        stated: dict[str, bool] = {}
        for report in chain.from_iterable(told):
            for value in report.get(name, [""]):
                stated[value] = stated.get(value, False) or report["modality"] == ["stated"]
        is_open = name in _DATES and ("" in stated or not all(told))
        if value := "" if is_open else choose(stated):
            found[name] = value, all(stated[part] for part in value.split())
    return found


def _telling(reports: Iterable[Values], name: str, source: str) -> list[Values]:
    """Return the reports that say something, or any date of it: those of a source itself if it has any, else all."""
    alike = _DATES if name in _DATES else (name,)
    telling = [report for report in reports if not report.keys().isdisjoint(alike)]
    return [report for report in telling if report["source"] == [source]] or telling


def _all(codes: Iterable[str]) -> str:
    return " ".join(sorted(codes))


def _only(dates: Collection[str]) -> str:
    return min(dates) if len(dates) == 1 else ""


_CHOSEN: Final[Mapping[str, Callable[[Collection[str]], str]]] = {
    "status": _all, "earliest": min, "latest": max, "date": _only, "kind": _all,
}  # fmt: skip
"""How the value that a claim takes is chosen from those of reports."""


def _inherit(data: Attributes, reports: Mapping[str, tuple[str, bool]], *, takes_kind: bool) -> None:
    """Fill in the attributes of an edge what the reports of its undertakings say.

    `inherited` names the values that are theirs, `concluded` those of them that no report states.
    """
    own = {*data, *(() if takes_kind else ("kind",)), *(() if data.keys().isdisjoint(_DATES) else _DATES)}
    taken = {name: found for name, found in reports.items() if name not in own}
    data |= {name: value for name, (value, _) in taken.items()}
    for note, noted in (("inherited", [*taken]), ("concluded", [name for name in taken if not taken[name][1]])):
        if noted:
            data[note] = " ".join(noted)
