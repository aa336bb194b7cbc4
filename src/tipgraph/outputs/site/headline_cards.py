"""The opening of the first page: its headlines, and the drawing of a number that changes as documents repeat it.

Decision: docs/decisions/0130-rules-write-the-headlines.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolution

from tipgraph.analysis import Headline, Mention, Numbers, Phrases, headlines
from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import Word, data_name, tip
from tipgraph.outputs.site.claim_groups import ClaimTotals
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.labels import issuer
from tipgraph.outputs.site.things import shortened

_MOST = 5  # repetitions that are drawn
_WIDTH = 320  # of a box
_LETTERS, _FEWER, _TITLE = 36, 26, 46  # of a publisher, of one beside a factor, and of a title in a box


class BoxLayout(NamedTuple):
    """The layout of a drawing: repetitions begin at `x`, beside the root or below it; heights of a box and of a gap."""

    x: int
    height: int
    gap: int
    beside: bool


_LAYOUTS = {
    "broad": BoxLayout(x=_WIDTH + 100, height=96, gap=16, beside=True),
    "narrow": BoxLayout(x=34, height=70, gap=10, beside=False),
}


@dataclass(frozen=True)
class DriftBox:
    """A number in the drawing: its words, the publisher, year and title of its source, its claim, and its place.

    `times` is how many times the number that it repeats is in it, if that is at least twice. `doubt` tells that the
    number that it repeats does not support it.
    """

    figure: str
    by: str
    title: str
    view: ClaimView
    doubt: bool
    times: str
    x: float
    y: float
    arrow: str


@dataclass(frozen=True)
class DriftDrawing:
    """The drawing of a lineage of numbers; `rest` counts the repetitions that it leaves out."""

    width: float
    height: float
    layout: BoxLayout
    steps: list[DriftBox]
    rest: int


@dataclass(frozen=True)
class HeadlineCard:
    """A headline with the claims that prove it, and other headlines of its rule."""

    headline: Headline
    claims: ClaimTotals
    more: list[Headline]


@dataclass(frozen=True)
class Opening:
    """The first headline with its drawings, a broad and a narrow one if it is about a number, and the other ones.

    `about` are the words of the first headline before its colon, and `sentence` the other ones. `links` are the claims
    that one number repeats another.
    """

    first: HeadlineCard
    about: list[Word]
    sentence: list[Word]
    drawings: dict[str, DriftDrawing]
    links: list[ClaimView]
    others: list[HeadlineCard]


def headline_cards(graph: Graph, claims: Claims, language: str) -> tuple[list[HeadlineCard], list[HeadlineCard]]:
    """Return a card of each rule with headlines, and cards of those that count claims that only rules read."""
    groups: tuple[dict[str, list[Headline]], dict[str, list[Headline]]] = {}, {}
    for headline in headlines(graph, language):
        groups[headline.by_rules].setdefault(headline.rule, []).append(headline)
    reviewed, by_rules = ([_card(claims, best, more) for best, *more in group.values()] for group in groups)
    return reviewed, by_rules


def opening(
    graph: Graph, claims: Claims, cards: Sequence[HeadlineCard], figures: Mapping[str, Numbers], language: str
) -> Opening | None:
    """Return the opening of the first page, of some cards; None without a card. `figures` has those of each entry."""
    if not cards:
        return None
    first = cards[0]
    links = [view for view in first.claims.views if view.cls.value == tip.Restatement]
    drawings = _drawings(graph, claims, figures, first.headline.claims, language)
    return Opening(first, *_halves(first.headline.pieces), drawings, links, list(cards[1:]))


def _halves(pieces: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """Return the words before the first colon of a sentence, and those after it; all are after it without a colon."""
    for at, piece in enumerate(pieces):
        before, colon, after = piece.text.partition(": ")
        if colon:
            return [*pieces[:at], piece._replace(text=before)], [piece._replace(text=after), *pieces[at + 1 :]]
    return [], list(pieces)


def _card(claims: Claims, headline: Headline, more: list[Headline]) -> HeadlineCard:
    return HeadlineCard(headline, ClaimTotals(claims.of(data_name(claim.value) for claim in headline.claims)), more)


def _drawings(
    graph: Graph, claims: Claims, figures: Mapping[str, Numbers], proof: Iterable[NamedNode], language: str
) -> dict[str, DriftDrawing]:
    """Return the drawings of the lineage to which the first estimate of a proof belongs; none without an estimate."""
    subjects = {row["claim"]: row["subject"] for row in graph.named("subjects", {"claim": list(proof)})}
    if not subjects:
        return {}
    found = figures.get(min(subjects.values(), key=str).value)
    if found is None:
        return {}
    family = next((family for family in found.lineage.families if subjects.keys() & set(family.mentions)), None)
    if family is None or len(family.mentions) < 2:
        return {}
    mentions = {mention.claim: mention for mention in found.mentions if mention.claim in family.mentions}
    steps = found.lineage.steps()
    order = sorted(mentions, key=lambda claim: (steps[claim], mentions[claim].value or 0, str(claim)))
    sources = {row["source"]: row for row in graph.named("sources")}
    lineage = _Lineage(found, [mentions[claim] for claim in order], claims, Phrases(graph, found, language), sources)
    return {kind: lineage.drawn(layout) for kind, layout in _LAYOUTS.items()}


@dataclass(frozen=True)
class _Lineage:
    """The numbers of one lineage, the root first and the greatest last."""

    found: Numbers
    mentions: Sequence[Mention]
    claims: Claims
    phrases: Phrases
    sources: Mapping[NamedNode, QuerySolution]

    def drawn(self, layout: BoxLayout) -> DriftDrawing:
        """Draw the root, and its repetitions beside it or below it."""
        root, *repetitions = self.mentions
        shown = repetitions[-_MOST:]
        step = layout.height + layout.gap
        column = len(shown) * step - layout.gap
        top = 2 if layout.beside else 2 + step
        places = {root.claim: (2.0, (column - layout.height) / 2 + 2 if layout.beside else 2.0)}
        places |= {mention.claim: (layout.x, top + at * step) for at, mention in enumerate(shown)}
        steps = [self._step(mention, places, layout) for mention in (root, *shown)]
        return DriftDrawing(layout.x + _WIDTH + 4, top + column + 4, layout, steps, len(repetitions) - len(shown))

    def _step(self, mention: Mention, places: Mapping[NamedNode, tuple[float, float]], layout: BoxLayout) -> DriftBox:
        x, y = places[mention.claim]
        drift = next((drift for drift in self.found.drifts if drift.restating.claim == mention.claim), None)
        start = places.get(drift.restated.claim) if drift else None
        before, after = (drift.restated.value, mention.value) if drift else (None, None)
        times = after / before if before and after else 1
        return DriftBox(
            self.phrases.figure(mention),
            *self._document(mention.source, _LETTERS if times < 2 else _FEWER),
            self.claims.of([data_name(mention.claim.value)])[0],
            bool(drift and not drift.supported),
            f"≈ × {float(f'{times:.1g}'):,.0f}" if times >= 2 else "",
            x,
            y,
            _arrow(start, (x, y), layout) if start else "",
        )

    def _document(self, source: NamedNode, letters: int) -> tuple[str, str]:
        """Return the publisher and the year of a source, and its title, in short."""
        row = self.sources.get(source)
        if row is None:  # a release may withhold its publisher
            return data_name(source.value), ""
        publisher, when = issuer(row, self.phrases.language)
        return ", ".join(filter(None, (shortened(publisher, letters), when))), shortened(row["title"].value, _TITLE)


def _arrow(start: tuple[float, float], end: tuple[float, float], layout: BoxLayout) -> str:
    """Return the path of an arrow from a box to one beside it, or along the left sides to one below it."""
    middle = end[1] + layout.height / 2
    if start[0] < end[0] and layout.beside:
        left, y = start[0] + _WIDTH, start[1] + layout.height / 2
        return f"M{left:g} {y:g}C{left + 50:g} {y:g} {end[0] - 60:g} {middle:g} {end[0] - 10:g} {middle:g}"
    below = start[0] < end[0]
    y, left = (start[1] + layout.height, 12) if below else (start[1] + layout.height / 2, end[0] - 24)
    return f"M{left:g} {y:g}V{middle - 8:g}q0 8 8 8H{end[0] - 10:g}"
