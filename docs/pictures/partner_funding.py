"""Draw `docs/pictures/partner-funding.svg`, the picture in `docs/how-to/take-along.md`, from the graph.

`python docs/pictures/partner_funding.py > FILE` writes it.

Columns from left to right: the funder, with the implementers below (dashed); the projects and events; their parts;
the places.
"""

import sys
from html import escape
from typing import Any

from tipgraph import Filter, build
from tipgraph.analysis.network import edges_of, project

FUNDER = "usaid"
COLUMNS = (10, 340, 680, 1020)
WIDTHS = (270, 280, 290, 170)
ROW = 27
COLOURS = {"Actor": "#0072b2", "Undertaking": "#e69f00", "Place": "#009e73", "Document": "#cc79a7"}


def columns(network: Any) -> list[list[str]]:
    """Return the nodes of each column, in the order in which the money meets them."""
    money = [edge for edge in edges_of(network) if edge[3]["part"] == "money"]
    carrying = [edge for edge in edges_of(network) if edge[3]["part"] == "carrying out"]
    funder = next(edge[0] for edge in money if edge[3]["edge"] == "fundingPurpose")
    paid = list(dict.fromkeys(edge[1] for edge in money if edge[0] == funder))
    carriers = list(dict.fromkeys(edge[0] for edge in carrying if edge[1] in paid))
    places = [node for node in network if network.nodes[node]["type"] == "Place"]
    taken = {funder, *paid, *carriers, *places}
    parts = [end for _, end, _, _ in money if end not in taken]
    return [[funder, *carriers], paid, list(dict.fromkeys(parts)), places]


def svg(network: Any) -> str:
    """Return the picture as SVG."""
    shown = columns(network)
    height = ROW * (max(map(len, shown)) + 1)
    places: dict[str, tuple[int, int, float]] = {}
    for number, nodes in enumerate(shown):
        step = height / (len(nodes) + 1)
        places |= {node: (COLUMNS[number], WIDTHS[number], step * line) for line, node in enumerate(nodes, 1)}
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 {height}" role="img"'
    lines = [
        f'{head} font-family="sans-serif" font-size="12"><title>What the money of USAID may reach</title>',
        f'<rect width="1200" height="{height}" fill="#fff"/>',
    ]
    ends = {edge[:2]: edge[3]["part"] for edge in edges_of(network) if edge[3]["part"] != "partners"}
    for (start, end), part in ends.items():
        if start in places and end in places:
            x1, y1 = places[start][0] + places[start][1], places[start][2]
            x2, y2 = places[end][0], places[end][2]
            if x2 < x1:  # a part of a part: within one column
                x2 = x1
            bend = (x1 + x2) / 2 if x2 > x1 else x1 + 30
            style = 'stroke-dasharray="3 4"' if part == "carrying out" else 'stroke-width="1.5"'
            lines.append(
                f'<path d="M{x1} {y1:.1f}C{bend:.0f} {y1:.1f} {bend:.0f} {y2:.1f} {x2} {y2:.1f}" fill="none" {style} '
                f'stroke="{COLOURS[network.nodes[start]["type"]]}" stroke-opacity=".5"/>'
            )
    for node, (x, width, y) in places.items():
        data = network.nodes[node]
        most = int(width / 6.6)
        label = data["label"] if len(data["label"]) <= most else data["label"][: most - 1].rstrip() + "…"
        colour = COLOURS[data["type"]]
        box = f'x="{x}" y="{y - 11:.1f}" width="{width}" height="22" rx="4"'
        lines.append(
            f'<g><title>{escape(data["label"])}</title><rect {box} fill="#fff"/>'
            f'<rect {box} fill="{colour}" fill-opacity=".16" stroke="{colour}"/>'
            f'<text x="{x + 6}" y="{y + 4:.1f}" fill="#111">{escape(label)}</text></g>'
        )
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    sys.stdout.write(svg(project(build(), "partner-funding", Filter(focus=(FUNDER,)))))
