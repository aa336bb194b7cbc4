"""The numbers that sources give of one thing, each with what it counts and how sharply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode

from tipgraph.errors import GraphError
from tipgraph.graph import Citation, Graph, Term
from tipgraph.model import tip

# What two numbers must have alike before they can be compared, in the order in which a difference is said.
FIELDS: Final = ("measure", "basis", "unit", "per", "date", "population", "sex", "age", "form")


@dataclass(frozen=True)
class Mention:
    """One estimate: the claim, its source, its value and bounds, and its fields as codes, dates and things.

    `value` is None where the source withholds it; `upper` is set for a range. `ends` holds the places between which a
    route leads, by the name of the end, or the one place that the number is of.
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
    voice: NamedNode | None = None  # the source that stands for all with the same text

    def holds(self, number: Decimal) -> bool:
        """Tell whether a number is one that the mention allows: about means a tenth more or less."""
        low, high = self.bounds
        return (low is None or low <= number) and (high is None or number <= high)

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number that the mention allows; None where it sets no bound."""
        if self.value is None or self.hedge == "suppressed":
            return None, None
        if self.hedge == "about":
            return self.value * (1 - ABOUT), self.value * (1 + ABOUT)
        low = None if self.hedge == "at-most" else self.value
        return low, None if self.hedge == "at-least" else self.upper or self.value


ABOUT: Final = Decimal("0.1")  # how far a number that is said to be about another may lie from it: our rule


_VALUES: Final = ("value", "upperValue")
STAGE: Final = "https://w3id.org/tipgraph/code#route-stage-"


@dataclass
class _Values:
    """The values of one claim by the local names of its properties."""

    values: dict[str, list[Term]] = field(default_factory=dict)

    def one(self, name: str) -> Term | None:
        return next(iter(self.values.get(name, ())), None)

    def node(self, name: str) -> NamedNode:
        value = self.one(name)
        if not isinstance(value, NamedNode):
            raise GraphError(f"an estimate has no {name}; `tipgraph check` says which")
        return value

    def text(self, name: str) -> str:
        value = self.one(name)
        return value.value if isinstance(value, Literal) else ""

    def number(self, name: str) -> Decimal | None:
        try:
            return Decimal(self.text(name)) if self.text(name) else None
        except ArithmeticError as error:
            raise GraphError(f"{self.text(name)!r} is no number; `tipgraph check` says of which claim") from error

    def figure(self) -> str:
        """Return the number as it is printed, or else as it is."""
        value, upper = (f"{number:,f}" if number is not None else "" for number in map(self.number, _VALUES))
        return self.text("valueAsPrinted") or (f"{value}–{upper}" if upper else value)


def belonging(graph: Graph, things: Iterable[NamedNode]) -> dict[NamedNode, list[NamedNode]]:
    """Return the estimates that belong to each of some routes and places."""
    found: dict[NamedNode, list[NamedNode]] = {thing: [] for thing in things}
    for row in graph.named("numbered", {"thing": list(found)}):
        found[row["thing"]].append(row["claim"])
    return found


def mentions(graph: Graph, claims: Iterable[NamedNode]) -> dict[NamedNode, Mention]:
    """Return estimates as mentions, in the order of their IRIs."""
    wanted = sorted(set(claims), key=str)
    said: dict[NamedNode, _Values] = {claim: _Values() for claim in wanted}
    for row in graph.named("estimates-said", {"claim": wanted}):
        name = row["property"].value.removeprefix(tip.NAMESPACE)
        said[row["claim"]].values.setdefault(name, []).append(row["value"])
    ends, cited = _ends(graph, {one.node("subject") for one in said.values()}), graph.cite(wanted)
    return {claim: _mention(claim, values, ends, tuple(cited[claim])) for claim, values in said.items()}


def _mention(
    claim: NamedNode,
    said: _Values,
    ends: Mapping[NamedNode, Mapping[str, frozenset[NamedNode]]],
    citations: tuple[Citation, ...],
) -> Mention:
    subject = said.node("subject")
    return Mention(
        claim,
        said.node("source"),
        subject,
        code(said.node("hedge").value),
        said.number("value"),
        said.number("upperValue"),
        said.figure(),
        {name: frozenset(_plain(term) for term in said.values.get(name, ())) for name in FIELDS},
        frozenset(term for term in said.values.get("issuer", ()) if isinstance(term, NamedNode)),
        ends.get(subject) or {"place": frozenset({subject})},
        citations,
        next((term for term in said.values.get("voice", ()) if isinstance(term, NamedNode)), None),
    )


def _ends(graph: Graph, routes: Iterable[NamedNode]) -> dict[NamedNode, dict[str, frozenset[NamedNode]]]:
    """Return the ends of routes by route and name; what is no route has none."""
    found: dict[NamedNode, dict[str, set[NamedNode]]] = {}
    for row in graph.named("ends", {"route": sorted(routes, key=str)}):
        name = row["end"].value.removeprefix(tip.NAMESPACE).removeprefix(STAGE)
        found.setdefault(row["route"], {}).setdefault(name, set()).add(row["place"])
    return {route: {name: frozenset(places) for name, places in ends.items()} for route, ends in found.items()}


def code(iri: str) -> str:
    """Return the notation of a hedge from the IRI of its code.

    >>> code("https://w3id.org/tipgraph/code#hedge-at-least")
    'at-least'
    """
    return iri.rpartition("#hedge-")[2]


def _plain(term: Term) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
