"""The opening of the first page: its headlines, and the drawing of a number that changes as documents repeat it.

Decision: docs/decisions/0130-rules-write-the-headlines.md.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolution

from tipgraph.analysis import Headline, Mention, Numbers, Phrases, headlines, numbers
from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import data_name, words
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.things import shortened

_MOST = 5  # repetitions that are drawn
_BOX, _HEIGHT, _GAP, _PAD = 310, 92, 20, 14  # a box, the room below it and inside it
_LETTERS = 36  # of a publisher in a box
_IN_BRACKETS = re.compile(r" \([^()]*\)")


@dataclass(frozen=True)
class DriftBox:
    """A number in the drawing: its words, its source, its claim, how it changed, and the room of its box.

    `bar` is the length of its bar in proportion to the greatest number; 0 for no number. `times` is how many times the
    number that it repeats is in it, if that is at least twice.
    """

    figure: str
    by: str
    view: ClaimView
    changes: list[str]
    doubt: bool
    bar: float
    times: str
    x: float
    y: float
    arrow: str


@dataclass(frozen=True)
class DriftDrawing:
    """The drawing of a lineage of numbers; `rest` counts the repetitions that it leaves out."""

    width: float
    height: float
    steps: list[DriftBox]
    rest: int


@dataclass(frozen=True)
class HeadlineCard:
    """A headline with the claims that prove it, and other headlines of its rule."""

    headline: Headline
    views: list[ClaimView]
    sources: int
    implied: int
    unreviewed: int
    more: list[Headline]


@dataclass(frozen=True)
class Opening:
    """The first headline with its drawings, a broad and a narrow one if it is about a number, and the other ones."""

    first: HeadlineCard
    drawings: dict[str, DriftDrawing]
    others: list[HeadlineCard]


def opening(graph: Graph, claims: Claims, language: str) -> Opening | None:
    """Return the opening of the first page; None for a graph without headlines."""
    by_rule: dict[str, list[Headline]] = {}
    for headline in headlines(graph, language):
        by_rule.setdefault(headline.rule, []).append(headline)
    cards = [_card(claims, best, more) for best, *more in by_rule.values()]
    if not cards:
        return None
    return Opening(cards[0], _drawings(graph, claims, cards[0].headline.claims, language), cards[1:])


def _card(claims: Claims, headline: Headline, more: list[Headline]) -> HeadlineCard:
    views = claims.of(data_name(claim.value) for claim in headline.claims)
    sources = {citation.source for view in views for citation in view.citations}
    return HeadlineCard(
        headline,
        views,
        len(sources),
        sum(view.remark.implied for view in views),
        sum(view.remark.unreviewed for view in views),
        more,
    )


def _drawings(graph: Graph, claims: Claims, proof: Iterable[NamedNode], language: str) -> dict[str, DriftDrawing]:
    """Return the drawings of the lineage to which the first estimate of a proof belongs; none without an estimate."""
    subjects = {row["claim"]: row["subject"] for row in graph.named("subjects", {"claim": list(proof)})}
    if not subjects:
        return {}
    found = numbers(graph, min(subjects.values(), key=str))
    family = next((family for family in found.lineage.families if subjects.keys() & set(family.mentions)), None)
    if family is None or len(family.mentions) < 2:
        return {}
    mentions = {mention.claim: mention for mention in found.mentions if mention.claim in family.mentions}
    steps = found.lineage.steps()
    order = sorted(mentions, key=lambda claim: (steps[claim], mentions[claim].value or 0, str(claim)))
    sources = {row["source"]: row for row in graph.named("sources")}
    lineage = _Lineage(found, [mentions[claim] for claim in order], claims, Phrases(graph, found, language), sources)
    return {"broad": lineage.drawn(beside=True), "narrow": lineage.drawn(beside=False)}


@dataclass(frozen=True)
class _Lineage:
    """The numbers of one lineage, the root first and the greatest last."""

    found: Numbers
    mentions: Sequence[Mention]
    claims: Claims
    phrases: Phrases
    sources: Mapping[NamedNode, QuerySolution]

    def drawn(self, *, beside: bool) -> DriftDrawing:
        """Draw the root, and its repetitions beside it or below it."""
        root, *repetitions = self.mentions
        shown = repetitions[-_MOST:]
        column = len(shown) * (_HEIGHT + _GAP) - _GAP
        x = _BOX + 130 if beside else 48
        top = 2 if beside else _HEIGHT + 2 * _GAP
        places = {root.claim: (2.0, (column - _HEIGHT) / 2 if beside else 2.0)}
        places |= {mention.claim: (x, top + at * (_HEIGHT + _GAP)) for at, mention in enumerate(shown)}
        steps = [self._step(mention, places, beside=beside) for mention in (root, *shown)]
        return DriftDrawing(x + _BOX + 4, top + column + 4, steps, len(repetitions) - len(shown))

    def _step(self, mention: Mention, places: Mapping[NamedNode, tuple[float, float]], *, beside: bool) -> DriftBox:
        x, y = places[mention.claim]
        drift = next((drift for drift in self.found.drifts if drift.restating.claim == mention.claim), None)
        start = places.get(drift.restated.claim) if drift else None
        before, after = (drift.restated.value, mention.value) if drift else (None, None)
        times = after / before if before and after else 1
        greatest = max((other.value or 0 for other in self.mentions), default=0)
        return DriftBox(
            self.phrases.figure(mention),
            self._published(mention.source),
            self.claims.of([data_name(mention.claim.value)])[0],
            [*map(self.phrases.change, drift.changes)] if drift else [],
            bool(drift and not drift.supported),
            max(2.0, float((mention.value or 0) / greatest) * (_BOX - 2 * _PAD)) if greatest else 0,
            f"× {times:,.0f}" if times >= 2 else "",
            x,
            y,
            _arrow(start, (x, y), beside=beside) if start else "",
        )

    def _published(self, source: NamedNode) -> str:
        """Return the publisher and the year of a source, in short."""
        row = self.sources.get(source)
        if row is None:  # a release may withhold its publisher
            return data_name(source.value)
        issued = row["issued"].value if row["issued"] is not None else ""
        when = words(issued, self.phrases.language) if "/" in issued else issued[:4]
        publisher = _IN_BRACKETS.sub("", row["issuedBy"].value.split(", ")[0])
        return ", ".join(filter(None, (shortened(publisher, _LETTERS), when)))


def _arrow(start: tuple[float, float], end: tuple[float, float], *, beside: bool) -> str:
    """Return the path of an arrow from a box to one beside it, or along the left sides to one below it."""
    middle = end[1] + _HEIGHT / 2
    if start[0] < end[0] and beside:
        left, y = start[0] + _BOX, start[1] + _HEIGHT / 2
        return f"M{left:g} {y:g}C{left + 60:g} {y:g} {end[0] - 70:g} {middle:g} {end[0] - 10:g} {middle:g}"
    y, left = (start[1] + _HEIGHT, 16) if start[0] < end[0] else (start[1] + _HEIGHT / 2, end[0] - 24)
    return f"M{left:g} {y:g}V{middle - 10:g}q0 10 10 10H{end[0] - 10:g}"
