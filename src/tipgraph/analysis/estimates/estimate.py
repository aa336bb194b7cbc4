"""Estimates: the numbers in sources, each with what it counts and its bounds."""

from collections.abc import Iterable, Mapping, Sequence
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


STAGE: Final = CODE + "route-stage-"


def mentions(graph: Graph, claims: Iterable[NamedNode]) -> dict[NamedNode, Mention]:
    """Return the estimates of some claims, in the order of their IRIs."""
    ordered = sorted(set(claims), key=str)
    values: dict[NamedNode, dict[str, list[Term]]] = {claim: {} for claim in ordered}
    for row in graph.named("estimates-said", {"claim": ordered}):
        name = row["property"].value.removeprefix(tip.NAMESPACE)
        values[row["claim"]].setdefault(name, []).append(row["value"])
    subjects = {term for own in values.values() for term in own.get("subject", ()) if isinstance(term, NamedNode)}
    ends, cited = _ends(graph, subjects), graph.cite(ordered)
    return {claim: _mention(claim, own, ends, tuple(cited[claim])) for claim, own in values.items()}


def _mention(
    claim: NamedNode,
    values: Mapping[str, Sequence[Term]],
    ends: Mapping[NamedNode, Mapping[str, frozenset[NamedNode]]],
    citations: tuple[Citation, ...],
) -> Mention:
    nodes = {name: [term for term in terms if isinstance(term, NamedNode)] for name, terms in values.items()}
    texts = {name: term.value for name, terms in values.items() for term in terms if isinstance(term, Literal)}
    value, upper = (_number(texts.get(name, "")) for name in ("value", "upperValue"))
    printed = "–".join(f"{number:,f}" for number in (value, upper) if number is not None)
    try:
        subject, source, hedge = (nodes[name][0] for name in ("subject", "source", "hedge"))
    except LookupError as error:
        raise GraphError(f"<{claim.value}> has no subject, source or hedge; run `tipgraph check`") from error
    return Mention(
        claim,
        source,
        subject,
        code(hedge.value),
        value,
        upper,
        texts.get("valueAsPrinted") or printed,
        {name: frozenset(map(_plain, values.get(name, ()))) for name in FIELDS},
        frozenset(nodes.get("issuer", ())),
        ends.get(subject) or {"place": frozenset({subject})},
        citations,
        next(iter(nodes.get("voice", ())), None),
    )


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except ArithmeticError as error:
        raise GraphError(f"{text!r} is not a number; run `tipgraph check` to see in which claim") from error


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
