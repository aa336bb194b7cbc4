"""The places of nodes in the picture of a network: linked ones near each other, labels apart, pieces side by side.

The places come from `analysis.layout`: they are the same from build to build, and in both languages. It would drive
unlinked pieces far away, so that we set them side by side. A large network is placed twice: its clusters, and the nodes
within each.

Decisions: docs/decisions/0138-a-name-lies-over-nothing.md, docs/decisions/0142-a-large-network-opens-as-clusters.md.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from tipgraph.analysis import communities, layout, ties

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np

    Plane: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]  # of n rows: x and y; or width, height and part above

Places: TypeAlias = dict[str, tuple[float, float]]
Clusters: TypeAlias = list[list[str]]  # each with its best linked node first

MANY = 2_000  # links, above which a picture opens as clusters
LINE = 20  # characters that a label has in a line; the scripts break it there too
_CHARACTER, _HEIGHT = 5.5, 11.5  # of a label where every node has its name, in the units of the picture
_ABOVE, _BELOW, _ASIDE = 13.0, 15.0, 8.0  # a node above its middle, from there to its label, and beside the label
_LARGEST = (LINE * _CHARACTER + _ASIDE, 2 * _HEIGHT + _ABOVE + _BELOW)  # of a label from afar
_STEP = 80.0  # the distance between neighbours, roughly
_GAP = 60.0  # between pieces
_PATIENCE = ((150, 200), (600, 60), (2_000, 12))  # nodes of a piece up to which labels are moved apart so many times
_SCREEN = (620.0, 410.0)  # pixels of the picture on a small laptop, without its margins
_DOT = 13.0  # pixels of a node there
_NEAR = 1.3  # the scale from which every node has its name
_SHARE = 0.25  # of it, for the names that come first
_PASSES = 3  # until its scale and the room for these names agree
_FITTED = 100  # pieces that are placed one by one
_CLUSTER_DOT = 24.0  # pixels of a cluster without a name
_CLUSTER_NAME = (165.0, 90.0, 24.0)  # pixels of a cluster with its name and its counts, and the part above its middle
_CLUSTER_SHARE = 0.7  # of a screen, for the names of the largest clusters
_CLUSTER_GAP = 160.0  # between clusters


def clusters(network: "nx.MultiDiGraph[str]") -> Clusters:
    """Return the clusters of a network with many links, without those of one node; none of another network."""
    if network.number_of_edges() <= MANY:
        return []
    return [group for group in communities(ties(network), "louvain") if len(group) > 1]


def arrange(network: "nx.MultiDiGraph[str]", groups: Sequence[Sequence[str]] = ()) -> Places:
    """Return the place of every node of a network, with its `clusters` apart; they serve all languages."""
    simple = ties(network)
    return _by_cluster(groups, network, simple) if groups else spread(network, simple, layout(simple))


def spread(
    network: "nx.MultiDiGraph[str]", simple: "nx.Graph[str]", places: Mapping[str, tuple[float, float]]
) -> Places:
    """Return places with room for labels, and the unlinked pieces of a network side by side.

    Every node has room for its label where a unit is a pixel. The nodes with most links have room for theirs on a
    small laptop, too, where the whole picture is much smaller than that.
    """
    import numpy as np

    pieces = _pieces(simple)
    planes = [_lying(_scaled(np.array([places[node] for node in piece], dtype=float))) for piece in pieces]
    sizes = {node: _size(data) for node, data in network.nodes(data=True)}
    first = _first({node: _NEAR * np.minimum(size, _LARGEST) for node, size in sizes.items()}, network)
    dots = {node: np.array([*first.get(node, [_DOT, _DOT]), 0.0]) for node in network}
    found = _beside(pieces, planes, {node: np.array([*size, _ABOVE]) for node, size in sizes.items()}, dots)
    return {node: found[node] for node in network}


def _by_cluster(groups: Sequence[Sequence[str]], network: "nx.MultiDiGraph[str]", simple: "nx.Graph[str]") -> Places:
    """Return places of nodes within the places of their clusters."""
    import numpy as np

    parts, between = _split(groups, simple)
    room = {node: np.array([*_size(data), _ABOVE]) for node, data in network.nodes(data=True)}
    inside = {first: _within(part, room) for first, part in parts.items()}
    sizes = {first: plane.max(axis=0) - plane.min(axis=0) + _CLUSTER_GAP for first, plane in inside.items()}
    step = 1.2 * float(np.sqrt(np.mean([size.prod() for size in sizes.values()])))
    pieces, places = _pieces(between), layout(between)
    planes = [_lying(_scaled(np.array([places[node] for node in piece], dtype=float), step)) for piece in pieces]
    around = {first: np.array([*size, size[1] / 2]) for first, size in sizes.items()}
    middles = _beside(pieces, planes, around, _dots(parts))
    found: Places = {}
    for first, part in parts.items():
        found |= _placed(list(part), inside[first] + np.array(middles[first]))
    return {node: found[node] for node in network}


def _split(
    groups: Sequence[Sequence[str]], simple: "nx.Graph[str]"
) -> tuple[dict[str, "nx.Graph[str]"], "nx.Graph[str]"]:
    """Return the parts of a network by the first node of each cluster, and the ties between them.

    A node without a cluster is a part of its own.
    """
    import networkx as nx

    first = {node: group[0] for group in groups for node in group}
    parts: dict[str, nx.Graph[str]] = {}
    for node in (*first, *(node for node in simple if node not in first)):
        parts.setdefault(first.setdefault(node, node), nx.Graph()).add_node(node)
    between: nx.Graph[str] = nx.Graph()
    between.add_nodes_from(parts)
    for start, end in simple.edges():
        one, other = first[start], first[end]
        (parts[one].add_edge(start, end) if one == other else between.add_edge(one, other))
    return parts, between


def _placed(nodes: Sequence[str], plane: "Plane") -> Places:
    """Return places of nodes from the rows of a plane, to a tenth of a unit."""
    return {node: (x, y) for node, (x, y) in zip(nodes, plane.round(1).tolist(), strict=True)}


def _within(part: "nx.Graph[str]", room: Mapping[str, "Plane"]) -> "Plane":
    """Return the places of the nodes of a cluster around its middle."""
    import numpy as np

    places = layout(part)
    plane = _lying(_scaled(np.array([places[node] for node in part], dtype=float)))
    plane = _apart(plane, np.array([room[node] for node in part]))
    middle: Plane = plane - (plane.max(axis=0) + plane.min(axis=0)) / 2
    return middle


def _dots(parts: Mapping[str, "nx.Graph[str]"]) -> dict[str, "Plane"]:
    """Return the clusters with the room of each; the largest have a name, as many as a screen has room for."""
    import numpy as np

    most = int(_CLUSTER_SHARE * _SCREEN[0] * _SCREEN[1] / (_CLUSTER_NAME[0] * _CLUSTER_NAME[1]))
    clusters = sorted((first for first, part in parts.items() if len(part) > 1), key=lambda first: -len(parts[first]))
    dots = {first: np.array([_DOT, _DOT, 0.0]) for first in parts}
    dots |= {first: np.array([_CLUSTER_DOT, _CLUSTER_DOT, _CLUSTER_DOT / 2]) for first in clusters}
    return dots | {first: np.array(_CLUSTER_NAME) for first in clusters[:most]}


def _pieces(simple: "nx.Graph[str]") -> list[list[str]]:
    """Return the unlinked pieces of a network, the largest first."""
    import networkx as nx

    return sorted((sorted(piece) for piece in nx.connected_components(simple)), key=lambda piece: (-len(piece), piece))


def _beside(
    pieces: Sequence[Sequence[str]],
    planes: Sequence["Plane"],
    room: Mapping[str, "Plane"],
    dots: Mapping[str, "Plane"],
) -> Places:
    """Return the places of pieces side by side, with room for each node in units, and in pixels on a small screen."""
    import numpy as np

    corners: list[tuple[float, float]] = []
    for _ in range(_PASSES if len(room) <= _PATIENCE[-1][0] else 1):
        grown = max(1.0, *(np.array(_extent(planes, corners)) / _SCREEN)) if corners else 1.0
        sizes = [np.array([np.maximum(room[node], dots[node] * grown) for node in piece]) for piece in pieces]
        planes, corners = _packed(planes, sizes)
    found: Places = {}
    for piece, plane, corner in zip(pieces, planes, corners, strict=True):
        found |= _placed(piece, plane + corner)
    return found


def _size(data: Mapping[str, Any]) -> tuple[float, float]:
    """Return the room of a node with the longer of its labels below it."""
    longest = max(len(data.get("label", "")), len(data.get("label_es", "")))
    lines = min(-(-longest // LINE), 3)
    return min(longest, LINE) * _CHARACTER + _ASIDE, lines * _HEIGHT + _ABOVE + _BELOW


def _first(room: Mapping[str, "Plane"], network: "nx.MultiDiGraph[str]") -> dict[str, "Plane"]:
    """Return the nodes that pictures name first, as many as a screen has room for; with the room of each."""
    types = {node: data["type"] for node, data in network.nodes(data=True)}
    worth = {node: -1e6 if types[node] == "Place" else 0.0 for node in room}  # as `rankedOf` of the scripts
    for ends in network.edges():
        for end, other in (ends, ends[::-1]):
            worth[end] += 0.01 if types[other] == "Place" else 2 if types[end] == "Actor" else 1
    left = _SHARE * _SCREEN[0] * _SCREEN[1]
    found: dict[str, Plane] = {}
    for node in sorted(room, key=lambda node: -worth[node]):
        left -= float(room[node].prod())
        if left < 0:
            break
        found[node] = room[node]
    return found


def _lying(plane: "Plane") -> "Plane":
    """Return a piece turned with its longest way across, and somewhat wider: labels are wide, and so are screens."""
    import numpy as np

    if len(plane) < 3:
        return plane
    _, _, axes = np.linalg.svd(plane, full_matrices=False)
    axes *= np.sign(axes[:, :1] + 1e-9)  # the same way round wherever it is computed
    turned: Plane = (plane @ axes.T) * np.array([1.15, 1 / 1.15])
    return turned


def _packed(planes: Sequence["Plane"], sizes: Sequence["Plane"]) -> tuple[list["Plane"], list[tuple[float, float]]]:
    """Return each piece with its nodes moved apart, from a corner of zero; and the corners of the pieces."""
    found, boxes = [], []
    for plane, size in zip(planes, sizes, strict=True):
        moved = _apart(plane, size)
        moved = moved - (moved - size[:, :2] / 2).min(axis=0)
        found.append(moved)
        boxes.append((moved + size[:, :2] / 2).max(axis=0))
    return found, list(_corners(boxes))


def _extent(planes: Sequence["Plane"], corners: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return how wide and how high a picture is."""
    reach = [(plane + corner).max(axis=0) for plane, corner in zip(planes, corners, strict=True)]
    return max(float(x) for x, _ in reach), max(float(y) for _, y in reach)


def _scaled(plane: "Plane", step: float = _STEP) -> "Plane":
    """Return a piece around its middle, at a size for the number of its nodes and the distance of neighbours."""
    import numpy as np

    plane = plane - plane.mean(axis=0)
    reach = float(np.sqrt((plane**2).sum(axis=1).mean()))
    return plane * (step * float(np.sqrt(len(plane))) / reach * 0.75) if reach else plane


def _apart(plane: "Plane", sizes: "Plane") -> "Plane":
    """Move overlapping nodes with their labels apart, in the shorter direction, a little at a time."""
    import numpy as np

    times = next((times for most, times in _PATIENCE if len(plane) <= most), 0)
    if not times:
        return plane
    sizes, above = sizes[:, :2], sizes[:, 2]
    reach = (sizes[:, None] + sizes[None]) / 2
    lower = np.array([0.0, 1.0]) * (sizes / 2 - above[:, None])  # a box reaches from above its node to below the label
    plane = plane + lower
    for _ in range(times):
        apart = plane[:, None] - plane[None]
        over = reach - np.abs(apart)
        one, other = np.nonzero(np.triu((over[..., 0] > 0) & (over[..., 1] > 0), 1))  # faster than `all`
        if not len(one):
            break
        shorter = over[one, other].argmin(axis=1)
        way = np.where(apart[one, other, shorter] < 0, -1, 1)  # also of those that lie on one spot
        push = over[one, other, shorter] * way
        moved, met = np.zeros_like(plane), np.zeros(len(plane))
        for nodes, to in ((one, push), (other, -push)):
            np.add.at(moved, (nodes, shorter), to)
            np.add.at(met, nodes, 1)
        plane = plane + moved / np.maximum(met, 2)[:, None] * 0.8
    return plane - lower


def _corners(boxes: Sequence["Plane"]) -> list[tuple[float, float]]:
    """Return the corner of each box: each where the whole stays largest on a screen, those after many in rows below."""
    import numpy as np

    screen = np.array(_SCREEN)
    corners, ends = np.zeros((0, 2)), np.zeros((0, 2))
    for box in boxes[:_FITTED]:
        spots = np.concatenate(
            [[[0.0, 0.0]], np.stack([ends[:, 0], corners[:, 1]], 1), np.stack([corners[:, 0], ends[:, 1]], 1)]
        )
        taken = (spots[:, None] < ends).all(2) & (spots[:, None] + box + _GAP > corners).all(2)
        reach = np.maximum(spots + box, ends.max(axis=0, initial=0)) / screen
        cost = reach.max(axis=1) + reach.min(axis=1) / 100 + 1e9 * np.any(taken, axis=1)
        spot = spots[cost.argmin()]
        corners, ends = np.vstack([corners, spot]), np.vstack([ends, spot + box + _GAP])
    found = [(float(x), float(y)) for x, y in corners]
    width, low = ends.max(axis=0, initial=0)
    x = tallest = 0.0
    for box in boxes[_FITTED:]:
        if x and x + box[0] > width:
            x, low, tallest = 0.0, low + tallest + _GAP, 0.0
        found.append((x, float(low)))
        x, tallest = x + float(box[0]) + _GAP, max(tallest, float(box[1]))
    return found
