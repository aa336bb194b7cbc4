"""The numbers of a thing on its page: each with its lineage, drawn, and what can be compared."""

from collections.abc import Iterable, Mapping
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
    """A number in the drawing: its place in the list, what it says in short, its source, and where the box begins."""

    number: str
    title: str
    source: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Arrow:
    """From a number to the one that it says again: the path of SVG, and the words on it with their places."""

    path: str
    lines: list[tuple[float, float, str]]
    doubt: bool


@dataclass
class LineageDrawing:
    """Who says whose number again, with what changed on each arrow; the numbers that others say again stand left."""

    width: float = 0
    height: float = 0
    boxes: list[NumberBox] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)


@dataclass(frozen=True)
class NumbersSection:
    """What the page of a thing shows of its numbers."""

    headline: str
    claims: list[ClaimView]
    families: list[str]
    drifts: list[str]
    compared: list[str]
    sums: list[str]
    drawing: LineageDrawing | None


def sections(graph: Graph, claims: Claims, language: str) -> dict[str, NumbersSection]:
    """Return the section of each thing that has numbers, by its IRI: what estimates are of, and the ends of routes."""
    things = [row["thing"] for row in graph.named("estimated")]
    every = numbers_of_each(graph, things)
    return {thing.value: _section(graph, found, claims, language) for thing, found in every.items() if found.mentions}


def _section(graph: Graph, found: Numbers, claims: Claims, language: str) -> NumbersSection:
    wording = Phrases(graph, found, language)
    views = claims.of(data_name(mention.claim.value) for mention in found.mentions)
    places = {view.claim: links[0] for view in views if (links := claims.links(view))}
    return NumbersSection(
        wording.headline(),
        views,
        wording.families(),
        [wording.drift(one) for one in found.drifts],
        wording.compared(),
        [wording.sum(one) for one in found.sums] or [wording.say("no sum")],
        drawn(found, wording, places) if found.drifts else None,
    )


def drawn(found: Numbers, wording: Phrases, places: Mapping[NamedNode, PlaceLink]) -> LineageDrawing:
    """Lay the lineages out from left to right: first what says nothing again, then what says that again, and so on."""
    picture, top = LineageDrawing(), 9.0
    mentions = {one.claim: one for one in found.mentions}
    again: dict[NamedNode, list[Drift]] = {}
    for one in found.drifts:
        again.setdefault(one.restating.claim, []).append(one)
    words = _Words(wording, places, found.lineage.steps())
    for family in found.lineage.families:
        drifts = [one for claim in family.mentions for one in again.get(claim, ())]
        if drifts:
            some = [mentions[claim] for claim in family.mentions]
            top = _family(picture, top, some, drifts, words) + _APART
    picture.height = top
    return picture


@dataclass(frozen=True)
class _Words:
    """What is written on boxes and arrows."""

    wording: Phrases
    places: Mapping[NamedNode, PlaceLink]
    steps: Mapping[NamedNode, int]

    def box(self, one: Mention, x: float, y: float) -> NumberBox:
        place = self.places.get(one.claim)
        source, path = (place.label, place.path) if place else ("", "")
        return NumberBox(self.wording.numbers([one.claim]), self.wording.figure(one), source, path, x, y)

    def lines(self, one: Drift) -> list[str]:
        changed = [self.wording.change(change) for change in one.changes] or [self.wording.say("nothing changed")]
        doubt = [] if one.supported else [self.wording.say("doubt")]
        return [line for words in [*changed, *doubt] for line in wrap(words, _LETTERS)]


def _family(picture: LineageDrawing, top: float, some: Iterable[Mention], drifts: list[Drift], words: _Words) -> float:
    """Draw the numbers of one lineage below a height, and return how deep they reach."""
    again: dict[NamedNode, list[tuple[Drift, list[str]]]] = {}
    for one in drifts:
        again.setdefault(one.restating.claim, []).append((one, words.lines(one)))
    reach: dict[int, float] = {}
    boxes: dict[NamedNode, NumberBox] = {}
    for mention in some:
        step = words.steps[mention.claim]
        box = boxes[mention.claim] = words.box(mention, step * (_BOX + _ARROW) + 9, reach.get(step, top))
        reach[step] = box.y + max(_HEIGHT, sum(_room(lines) for _, lines in again.get(mention.claim, ()))) + _APART
        picture.width = max(picture.width, box.x + _BOX + 9)
    picture.boxes += boxes.values()
    for claim, said in again.items():
        y = boxes[claim].y + _LINE
        for one, lines in said:
            picture.arrows.append(_arrow(boxes[claim], boxes[one.restated.claim], y, lines, one))
            y += _room(lines)
            circular = words.steps[claim] == words.steps[one.restated.claim]
            picture.width = max(picture.width, boxes[claim].x + _BOX + _ARROW * circular)
    return max(reach.values())


def _room(lines: list[str]) -> float:
    return _LINE * (len(lines) + 2)


def _arrow(start: NumberBox, end: NumberBox, y: float, lines: list[str], drift: Drift) -> Arrow:
    """Return the arrow at a height from a box to the one that it says again, with its words under it.

    It leaves to the left, its words between the box and the one before; within a circle, where both boxes stand above
    each other, to the right and back.
    """
    side, middle = end.x + _BOX + 8, end.y + _HEIGHT / 2
    inwards = start.x > end.x
    path = (
        f"M{start.x if inwards else start.x + _BOX:g} {y:g}H{side + 52:g}"
        f"C{side + 22:g} {y:g} {side + 30:g} {middle:g} {side:g} {middle:g}"
    )
    at = start.x - _ARROW + 64 if inwards else side + 56
    return Arrow(path, [(at, y + _LINE * (place + 1), line) for place, line in enumerate(lines)], not drift.supported)
