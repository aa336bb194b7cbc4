"""The places of nodes in the picture of a network: linked ones near each other, pieces side by side, names apart.

The places are the same from build to build, and in both languages. networkx places the nodes of each piece; then they
move apart, until each has room for its name from near, and the best linked ones have room for theirs from afar, too.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Plane: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]  # of n rows: x and y, or width and height

Places: TypeAlias = dict[str, tuple[float, float]]

_SEED = 7
_SPARSE = 2  # links a node, up to which springs show a piece better
_SPRINGS = 500  # nodes, from which springs need scipy
_STEP, _GAP = 60.0, 110.0  # the distance between neighbours, roughly, and between pieces
_LINE, _CHARACTER, _HEIGHT = 20, 5.5, 11.5  # of a name: the scripts break it after so many characters
_SCREEN = (620.0, 410.0)  # pixels of the picture on a small laptop, without its margins
_DOT = 26.0  # pixels of a node there, and between two
_FIRST = 20  # nodes whose names have room there
_WIDE = 1.25  # the least width of a picture, in heights: names are wide
_PASSES = 3  # until the scale of the whole and the room for names from afar agree
_PATIENCE = 60  # times that the nodes of a piece are moved apart


def arrange(network: "nx.MultiDiGraph[str]") -> Places:
    """Return the place of every node of a network; they serve all languages."""
    import networkx as nx
    import numpy as np

    simple: nx.Graph[str] = nx.Graph([ends for ends in network.edges() if ends[0] != ends[1]])
    simple.add_nodes_from(network)
    pieces = sorted(map(sorted, nx.connected_components(simple)), key=lambda piece: (-len(piece), piece))
    planes = [_placed(len(piece), tuple(_links(piece, simple))) for piece in pieces]
    names = {node: np.array(_name(data)) for node, data in network.nodes(data=True)}
    first = sorted(simple, key=lambda node: (-simple.degree(node), node))[:_FIRST]
    places: Places = {}
    for _ in range(_PASSES):
        grown = max((1.0, *(max(x / _SCREEN[0], y / _SCREEN[1]) for x, y in places.values())))
        room = {node: np.maximum(name, _DOT * grown) for node, name in names.items()}
        room |= {node: names[node] * grown for node in first}
        rooms = [np.array([room[node] for node in piece]) for piece in pieces]
        planes = [_apart(plane, each) for plane, each in zip(planes, rooms, strict=True)]
        places = _side_by_side(pieces, planes)
    stretch = (
        max(1.0, _WIDE * max(y for _, y in places.values()) / max(x for x, _ in places.values()))
        if len(places) > 2
        else 1.0
    )
    return {node: (round(places[node][0] * stretch, 1), places[node][1]) for node in network}


def _links(piece: Sequence[str], simple: "nx.Graph[str]") -> Iterable[tuple[int, int]]:
    """Return the edges of a piece by the numbers of their ends."""
    number = {node: at for at, node in enumerate(piece)}
    return ((number[start], number[end]) for start, end in simple.edges(piece))


@cache  # many pieces are pairs and small stars
def _placed(size: int, links: tuple[tuple[int, int], ...]) -> "Plane":
    """Return the places of the nodes of a piece around its middle, its longest way across, as screens are."""
    import networkx as nx
    import numpy as np

    part: nx.Graph[int] = nx.Graph()
    part.add_nodes_from(range(size))  # in this order, for the same places each time
    part.add_edges_from(links)
    if len(part) < _SPRINGS and part.number_of_edges() <= _SPARSE * len(part):
        found: Mapping[int, Any] = nx.spring_layout(part, seed=_SEED, iterations=200)
    else:
        found = nx.forceatlas2_layout(part, seed=_SEED, max_iter=200 if len(part) < _SPRINGS else 50)
    plane = np.array([found[node] for node in range(size)], float)
    plane -= plane.mean(axis=0)
    if len(plane) > 2:
        _, _, axes = np.linalg.svd(plane, full_matrices=False)
        plane = (plane @ axes.T) * (1.15, 1 / 1.15)
    reach = sqrt((plane**2).sum(axis=1).mean())
    return plane * (_STEP * sqrt(len(plane)) / reach) if reach else plane


def _name(data: Mapping[str, Any]) -> tuple[float, float]:
    """Return the room of a node with the longer of its names below it."""
    longest = max(len(data.get("label", "")), len(data.get("label_es", "")))
    return min(longest, _LINE) * _CHARACTER + 8, min(-(-longest // _LINE), 2) * _HEIGHT + 28


def _apart(plane: "Plane", room: "Plane") -> "Plane":
    """Move nodes whose rooms overlap apart, in the shorter direction, a little at a time."""
    import numpy as np

    sizes, points = room.T, plane.T  # rows of x and y: sums over neighbours in memory are much faster
    reach = (sizes[:, :, None] + sizes[:, None]) / 2
    reach[:, range(len(plane)), range(len(plane))] = 0  # of a node and itself
    for _ in range(_PATIENCE if len(plane) < _SPRINGS else _PATIENCE // 10):
        way = points[:, :, None] - points[:, None]
        over = reach - np.abs(way)
        over *= (over > 0).all(axis=0)
        if not over.any():
            break
        over *= over <= over[::-1]
        met = np.maximum((over > 0).sum(axis=2), 2)
        points = points + (np.sign(way) * over).sum(axis=2) / met * 0.8
    return points.T


def _side_by_side(pieces: Sequence[Sequence[str]], planes: Sequence["Plane"]) -> Places:
    """Return the places of all nodes, with the pieces in rows about as wide as a screen is for its height."""
    boxes = [plane.max(axis=0) - plane.min(axis=0) + _GAP for plane in planes]
    width = max([1.3 * sqrt(sum(box.prod() for box in boxes)), *(box[0] for box in boxes[:1])])
    places: Places = {}
    x = y = below = 0.0
    for piece, plane, box in zip(pieces, planes, boxes, strict=True):
        if x and x + box[0] > width:
            x, y = 0.0, below
        for node, (left, top) in zip(piece, (plane - plane.min(axis=0)).tolist(), strict=True):
            places[node] = round(left + x, 1), round(top + y, 1)
        x, below = x + box[0], max(below, y + box[1])
    return places
