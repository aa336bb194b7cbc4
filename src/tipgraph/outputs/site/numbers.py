"""The figures on the page of an entry: each with its lineage as a drawing, and the comparable ones."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from textwrap import wrap

from pyoxigraph import NamedNode

from tipgraph.analysis import Drift, Mention, Numbers, Phrases, numbers_of_each
from tipgraph.display import ClaimView
from tipgraph.graph import Graph
from tipgraph.model import data_name
from tipgraph.outputs.site.claims import Claims, PlaceLink

_BOX, _HEIGHT, _ARROW = 230, 52, 400  # the width and height of a box, and the room for an arrow and its words
_LINE, _APART, _LETTERS = 15, 16, 54  # of the words on an arrow: their height, the room between, letters in a line


@dataclass(frozen=True)
class NumberBox:
    """A figure in the drawing: its number in the list, its words in short, its source, and the corner of its box."""

    number: str
    title: str
    source: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Arrow:
    """An arrow from a figure to the one that it repeats: the SVG path, and the words on it with their places."""

    path: str
    lines: list[tuple[float, float, str]]
    doubt: bool


@dataclass
class LineageDrawing:
    """A drawing of repeated figures, with the changes on each arrow; the repeated figures are on the left."""

    width: float = 0
    height: float = 0
    boxes: list[NumberBox] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


@dataclass(frozen=True)
class NumbersSection:
    """The section of figures on the page of an entry."""

    headline: str
    claims: list[ClaimView]
    families: list[str]
    drifts: list[str]
    compared: list[str]
    sums: list[str]
    drawing: LineageDrawing | None


def figures(graph: Graph, entries: Collection[str]) -> dict[str, Numbers]:
    """Return the figures of each of some entries that has some by its IRI: a subject of estimates, an end of routes."""
    wanted = frozenset(entries)
    every = numbers_of_each(graph, [row["thing"] for row in graph.named("estimated") if row["thing"].value in wanted])
    return {entry.value: found for entry, found in every.items() if found.mentions}


def sections(graph: Graph, claims: Claims, every: Mapping[str, Numbers], language: str) -> dict[str, NumbersSection]:
    """Return the section of each entry with figures by its IRI; `every` has the figures of each."""
    return {iri: _section(graph, found, claims, language) for iri, found in every.items()}


def _section(graph: Graph, found: Numbers, claims: Claims, language: str) -> NumbersSection:
    wording = Phrases(graph, found, language)
    views = claims.of(data_name(mention.claim.value) for mention in found.mentions)
    places = {view.claim: links[0] for view in views if (links := claims.links(view))}
    return NumbersSection(
        wording.headline(),
        views,
        wording.families(),
        [*map(wording.drift, found.drifts)],
        wording.compared(),
        [*map(wording.sum, found.sums)] or [wording.say("no sum")],
        drawn(found, wording, places) if found.drifts else None,
    )


def drawn(found: Numbers, wording: Phrases, places: Mapping[NamedNode, PlaceLink]) -> LineageDrawing:
    """Lay the lineages out from left to right: first the original figures, then their repetitions, and so on."""
    picture, top = LineageDrawing(), 9.0
    mentions = {mention.claim: mention for mention in found.mentions}
    again: dict[NamedNode, list[Drift]] = {}
    for drift in found.drifts:
        again.setdefault(drift.restating.claim, []).append(drift)
    words = _Words(wording, places, found.lineage.steps())
    for family in found.lineage.families:
        drifts = [drift for claim in family.mentions for drift in again.get(claim, ())]
        if drifts:
            some = [mentions[claim] for claim in family.mentions]
            top = _family(picture, top, some, drifts, words) + _APART
    picture.height = top
    return picture


@dataclass(frozen=True)
class _Words:
    """The words on boxes and arrows."""

    wording: Phrases
    places: Mapping[NamedNode, PlaceLink]
    steps: Mapping[NamedNode, int]

    def box(self, mention: Mention, x: float, y: float) -> NumberBox:
        place = self.places.get(mention.claim)
        source, path = (place.label, place.path) if place else ("", "")
        return NumberBox(self.wording.numbers([mention.claim]), self.wording.figure(mention), source, path, x, y)

    def lines(self, drift: Drift) -> list[str]:
        changed = [*map(self.wording.change, drift.changes)] or [self.wording.say("nothing changed")]
        doubt = [] if drift.supported else [self.wording.say("doubt")]
        return [line for words in [*changed, *doubt] for line in wrap(words, _LETTERS)]


def _family(picture: LineageDrawing, top: float, some: Iterable[Mention], drifts: list[Drift], words: _Words) -> float:
    """Draw the figures of one lineage below a height, and return their lower end."""
    again: dict[NamedNode, list[tuple[Drift, list[str]]]] = {}
    for drift in drifts:
        again.setdefault(drift.restating.claim, []).append((drift, words.lines(drift)))
    reach: dict[int, float] = {}
    boxes: dict[NamedNode, NumberBox] = {}
    for mention in some:
        step = words.steps[mention.claim]
        box = boxes[mention.claim] = words.box(mention, step * (_BOX + _ARROW) + 9, reach.get(step, top))
        reach[step] = box.y + max(_HEIGHT, sum(_room(lines) for _, lines in again.get(mention.claim, ()))) + _APART
        picture.width = max(picture.width, box.x + _BOX + 9)
    picture.boxes += boxes.values()
    for claim, repetitions in again.items():
        y = boxes[claim].y + _LINE
        for drift, lines in repetitions:
            picture.arrows.append(_arrow(boxes[claim], boxes[drift.restated.claim], y, lines, drift))
            y += _room(lines)
            circular = words.steps[claim] == words.steps[drift.restated.claim]
            picture.width = max(picture.width, boxes[claim].x + _BOX + _ARROW * circular)
    return max(reach.values())


def _room(lines: list[str]) -> float:
    return _LINE * (len(lines) + 2)


def _arrow(start: NumberBox, end: NumberBox, y: float, lines: list[str], drift: Drift) -> Arrow:
    """Return the arrow at a height from a box to the one that it repeats, with its words under it.

    It leaves to the left, with its words between the boxes. If two boxes repeat each other, one is above the other, and
    the arrow leaves to the right and comes back.
    """
    side, middle = end.x + _BOX + 8, end.y + _HEIGHT / 2
    inwards = start.x > end.x
    path = (
        f"M{start.x if inwards else start.x + _BOX:g} {y:g}H{side + 52:g}"
        f"C{side + 22:g} {y:g} {side + 30:g} {middle:g} {side:g} {middle:g}"
    )
    at = start.x - _ARROW + 64 if inwards else side + 56
    return Arrow(path, [(at, y + _LINE * (place + 1), line) for place, line in enumerate(lines)], not drift.supported)
