"""Estimates: the numbers in sources, each with what it counts and its bounds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import GraphError
from tipgraph.graph import Citation, Graph, Term
from tipgraph.model import CODE, tip

# Two numbers are comparable if these fields are alike. Differences are listed in this order.
FIELDS: Final = ("measure", "basis", "unit", "per", "date", "population", "sex", "age", "form")


@dataclass(frozen=True)
class Mention:
    """An estimate: the claim, its source, its value and bounds, and its fields as codes, dates and things.

    `value` is None if the source withholds it; `upper` is set for a range. `ends` are the places of a route by the name
    of the end, or the place of the number. `voice` is the source that represents all with the same text.
    """

    claim: NamedNode
    source: NamedNode
    subject: NamedNode
    hedge: str
    value: Decimal | None
    upper: Decimal | None
    figure: str
    fields: Mapping[str, frozenset[str]]
    issuers: frozenset[NamedNode]
    ends: Mapping[str, frozenset[NamedNode]]
    citations: tuple[Citation, ...] = ()
    voice: NamedNode | None = None

    def holds(self, number: Decimal) -> bool:
        """Tell whether a number lies within the bounds."""
        low, high = self.bounds
        return (low is None or low <= number) and (high is None or number <= high)

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that the estimate allows, None for no bound; `about` is a tenth around."""
        if self.value is None or self.hedge == "suppressed":
            return None, None
        if self.hedge == "about":
            return self.value * (1 - ABOUT), self.value * (1 + ABOUT)
        low = None if self.hedge == "at-most" else self.value
        return low, None if self.hedge == "at-least" else self.upper or self.value


ABOUT: Final = Decimal("0.1")  # the share by which a number may differ from one that is `about`: our rule


_VALUES: Final = ("value", "upperValue")
STAGE: Final = CODE + "route-stage-"


class _Values(dict[str, list[Term]]):
    """The values of one claim by the local names of its properties."""

    def first(self, name: str) -> Term | None:
        return next(iter(self.get(name, ())), None)

    def node(self, name: str) -> NamedNode:
        value = self.first(name)
        if not isinstance(value, NamedNode):
            raise GraphError(f"an estimate has no {name}; run `tipgraph check` to see which")
        return value

    def text(self, name: str) -> str:
        value = self.first(name)
        return value.value if isinstance(value, Literal) else ""

    def number(self, name: str) -> Decimal | None:
        try:
            return Decimal(self.text(name)) if self.text(name) else None
        except ArithmeticError as error:
            message = f"{self.text(name)!r} is not a number; run `tipgraph check` to see in which claim"
            raise GraphError(message) from error

    def figure(self) -> str:
        """Return the number as printed, or else as value and upper value."""
        value, upper = (f"{number:,f}" if number is not None else "" for number in map(self.number, _VALUES))
        return self.text("valueAsPrinted") or (f"{value}–{upper}" if upper else value)


def mentions(graph: Graph, claims: Iterable[NamedNode]) -> dict[NamedNode, Mention]:
    """Return the estimates of some claims, in the order of their IRIs."""
    ordered = sorted(set(claims), key=str)
    rows = {claim: _Values() for claim in ordered}
    for row in graph.named("estimates-said", {"claim": ordered}):
        name = row["property"].value.removeprefix(tip.NAMESPACE)
        rows[row["claim"]].setdefault(name, []).append(row["value"])
    ends, cited = _ends(graph, {values.node("subject") for values in rows.values()}), graph.cite(ordered)
    return {claim: _mention(claim, values, ends, tuple(cited[claim])) for claim, values in rows.items()}


def _mention(
    claim: NamedNode,
    values: _Values,
    ends: Mapping[NamedNode, Mapping[str, frozenset[NamedNode]]],
    citations: tuple[Citation, ...],
) -> Mention:
    subject = values.node("subject")
    return Mention(
        claim,
        values.node("source"),
        subject,
        code(values.node("hedge").value),
        values.number("value"),
        values.number("upperValue"),
        values.figure(),
        {name: frozenset(_plain(term) for term in values.get(name, ())) for name in FIELDS},
        frozenset(term for term in values.get("issuer", ()) if isinstance(term, NamedNode)),
        ends.get(subject) or {"place": frozenset({subject})},
        citations,
        next((term for term in values.get("voice", ()) if isinstance(term, NamedNode)), None),
    )


def _ends(graph: Graph, routes: Iterable[NamedNode]) -> dict[NamedNode, dict[str, frozenset[NamedNode]]]:
    """Return the places at the ends of routes, by route and name of the end."""
    by_route: dict[NamedNode, dict[str, set[NamedNode]]] = {}
    for row in graph.named("ends", {"route": sorted(routes, key=str)}):
        name = row["end"].value.removeprefix(tip.NAMESPACE).removeprefix(STAGE)
        by_route.setdefault(row["route"], {}).setdefault(name, set()).add(row["place"])
    return {route: {name: frozenset(places) for name, places in ends.items()} for route, ends in by_route.items()}


def code(iri: str) -> str:
    """Return the notation of a hedge by the IRI of its code.

    >>> code("https://w3id.org/tipgraph/code#hedge-at-least")
    'at-least'
    """
    return iri.rpartition("#hedge-")[2]


def _plain(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
