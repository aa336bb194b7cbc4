"""Diagrams of the ontology as boxes and lines: the tree of classes, and a claim class with the classes it links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_ROW, _STEP = 30, 26  # how far apart the rows of a tree are, and how far a class stands right of the one above
_WIDTH, _BOX, _HEIGHT = 700, 150, 26  # of a diagram of a claim class, and of its boxes
_APART = 46


@dataclass(frozen=True)
class DiagramBox:
    """A class in a diagram: its name, and the corner of its box."""

    name: str
    x: int
    y: int
    width: int = _BOX
    height: int = _HEIGHT


@dataclass(frozen=True)
class DiagramLine:
    """A line between boxes, as an SVG path, with the name of its property and the place of that name."""

    path: str
    name: str = ""
    x: int = 0
    y: int = 0
    anchor: str = "start"


@dataclass
class Diagram:
    """Boxes and lines in a picture of some size."""

    width: int
    height: int
    boxes: list[DiagramBox] = field(default_factory=list)
    lines: list[DiagramLine] = field(default_factory=list)


def tree(root: str, below: Callable[[str], Sequence[str]]) -> Diagram:
    """Return the classes below a class, each to the right of its superclass and under it.

    >>> [(box.name, box.x, box.y) for box in tree("A", lambda name: ["B"] if name == "A" else []).boxes]
    [('A', 1, 1), ('B', 27, 31)]
    """
    drawn = Diagram(0, 0)

    def place(name: str, depth: int) -> DiagramBox:
        box = DiagramBox(name, 1 + depth * _STEP, 1 + len(drawn.boxes) * _ROW, width=210)
        drawn.boxes.append(box)
        for lower in below(name):
            child = place(lower, depth + 1)
            corner = f"M{box.x + 12},{box.y + _HEIGHT}V{child.y + _HEIGHT // 2}H{child.x}"
            drawn.lines.append(DiagramLine(corner))
        return box

    place(root, 0)
    drawn.width = max(box.x + box.width for box in drawn.boxes) + 1
    drawn.height = len(drawn.boxes) * _ROW
    return drawn


def star(name: str, left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> Diagram:
    """Return a claim class between the classes that it links; each side lists properties with their classes.

    >>> star("Funding", [("giver", "Actor")], [("receiver", "Actor"), ("place", "Place")]).height
    92
    """
    rows = max(len(left), len(right), 1)
    drawn = Diagram(_WIDTH, rows * _APART)
    middle = DiagramBox(name, (_WIDTH - _BOX) // 2, drawn.height // 2 - _HEIGHT // 2)
    drawn.boxes.append(middle)
    centre = middle.y + _HEIGHT // 2
    for side, spokes in ((1, left), (_WIDTH - _BOX - 1, right)):
        top = (drawn.height - len(spokes) * _APART) // 2
        for index, (prop, cls) in enumerate(spokes):
            box = DiagramBox(cls, side, top + index * _APART + (_APART - _HEIGHT) // 2)
            drawn.boxes.append(box)
            drawn.lines.append(_spoke(prop, box, middle, centre))
    return drawn


def _spoke(prop: str, box: DiagramBox, middle: DiagramBox, centre: int) -> DiagramLine:
    """Return the line from the claim to one class, with an arrowhead's room before it."""
    y = box.y + _HEIGHT // 2
    is_left = box.x < middle.x
    start, end = (middle.x, box.x + _BOX) if is_left else (middle.x + _BOX, box.x)
    bend = (start + end) // 2
    path = f"M{start},{centre}C{bend},{centre} {bend},{y} {end},{y}"
    return DiagramLine(path, prop, end + 6 if is_left else end - 6, y - 5, "start" if is_left else "end")
