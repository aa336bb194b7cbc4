"""The places of nodes in the picture of a network: linked ones near each other, labels apart, pieces side by side.

The places come from `network.engine.layout`: they are the same from build to build, and in both languages. It would
drive unlinked pieces far away, so that we set them side by side.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from tipgraph.analysis import layout, ties

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Plane: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]  # of n rows: x and y, or width and height

Places: TypeAlias = dict[str, tuple[float, float]]

LINE = 20  # characters that a label has in a line; the scripts break it there too
_CHARACTER, _HEIGHT, _NODE = 7.0, 15.0, 34.0  # the size of what is drawn, in the units of the picture
_STEP = 80.0  # the distance between neighbours, roughly
_GAP = 60.0  # between pieces
_PATIENCE = ((150, 200), (600, 60), (2_000, 12))  # nodes of a piece up to which labels are moved apart so many times


def arrange(network: "nx.MultiDiGraph[str]") -> Places:
    """Return the place of every node of a network; they serve all languages."""
    simple = ties(network)
    return spread(network, simple, layout(simple))


def spread(
    network: "nx.MultiDiGraph[str]", simple: "nx.Graph[str]", places: Mapping[str, tuple[float, float]]
) -> Places:
    """Return places with room for labels, and the unlinked pieces of a network side by side."""
    import networkx as nx
    import numpy as np

    pieces = sorted(
        (sorted(piece) for piece in nx.connected_components(simple)), key=lambda piece: (-len(piece), piece)
    )
    planes, boxes = [], []
    for piece in pieces:
        sizes = np.array([_size(network.nodes[node]) for node in piece])
        plane = _apart(_scaled(np.array([places[node] for node in piece], dtype=float)), sizes)
        plane -= (plane - sizes / 2).min(axis=0)
        planes.append(plane)
        boxes.append((plane + sizes / 2).max(axis=0))
    found: Places = {}
    for piece, plane, corner in zip(pieces, planes, _corners(boxes), strict=True):
        rows = zip(piece, (plane + corner).round(1).tolist(), strict=True)
        found |= {node: (x, y) for node, (x, y) in rows}
    return {node: found[node] for node in network}


def _size(data: Mapping[str, Any]) -> tuple[float, float]:
    """Return the room of a node with the longer of its labels."""
    longest = max(len(data.get("label", "")), len(data.get("label_es", "")))
    return min(longest, LINE) * _CHARACTER + 10, -(-longest // LINE) * _HEIGHT + _NODE


def _scaled(plane: "Plane") -> "Plane":
    """Return a piece around its middle, at a size for the number of its nodes."""
    import numpy as np

    plane = plane - plane.mean(axis=0)
    reach = float(np.sqrt((plane**2).sum(axis=1).mean()))
    return plane * (_STEP * float(np.sqrt(len(plane))) / reach * 0.75) if reach else plane


def _apart(plane: "Plane", sizes: "Plane") -> "Plane":
    """Move overlapping labels apart, in the shorter direction, a little at a time."""
    import numpy as np

    times = next((times for most, times in _PATIENCE if len(plane) <= most), 0)
    if not times:
        return plane
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    number = np.arange(len(plane))
    earlier = np.sign(number[:, None, None] - number[None, :, None])  # which way those go that lie on one spot
    for _ in range(times):
        apart = plane[:, None, :] - plane[None, :, :]
        over = np.maximum(reach - np.abs(apart), 0)
        over[number, number] = 0
        over[(over == 0).any(axis=2)] = 0
        if not over.any():
            break
        sideways = over[:, :, 0] < over[:, :, 1]
        push = np.where(np.stack([sideways, ~sideways], axis=2), over, 0)
        plane = plane + (push * np.where(apart == 0, earlier, np.sign(apart))).sum(axis=1) * 0.3
    return plane


def _corners(boxes: Sequence["Plane"]) -> Iterable[tuple[float, float]]:
    """Yield the corner of each box, in rows that make the whole somewhat wider than high."""
    widest = max((box[0] for box in boxes), default=0.0)
    area = sum((box[0] + _GAP) * (box[1] + _GAP) for box in boxes)
    width = max(widest, (1.3 * area) ** 0.5)
    x = y = tallest = 0.0
    for box in boxes:
        if x and x + box[0] > width:
            x, y, tallest = 0.0, y + tallest + _GAP, 0.0
        yield x, y
        x, tallest = x + float(box[0]) + _GAP, max(tallest, float(box[1]))
