"""The pages of networks: the picture, the filters, and the evidence of what is chosen.

A network for vis-network is nodes, edges and options, with the words that a page needs to show them. The width of a
line is its amount, or its number of claims. Dashes are an unknown amount, dots a plan. A translucent line is implied;
one that is half as wide, too, is not reviewed. Edges with the same ends and the same relation are a bundle, which is
one line. Other lines between the same two nodes bend apart.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2, log10
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl, urlencode

from pyoxigraph import NamedNode

from tipgraph.analysis import Edge, claims_of, edges_of, is_reviewed, label_in, network, voices
from tipgraph.display import marked
from tipgraph.graph import Graph, resolve
from tipgraph.model import DATA, data_name, words
from tipgraph.outputs.site.assets import static
from tipgraph.outputs.site.claims import Network, grouped
from tipgraph.outputs.site.labels import PLANNED, Wording, acronyms
from tipgraph.outputs.site.layout import Places, arrange
from tipgraph.outputs.site.site_tree import PageEntry, Site, network_path

if TYPE_CHECKING:
    import pyvis.network

PyvisNetwork: TypeAlias = "pyvis.network.Network"
MOST_NODES = 2_000  # of a picture: above, vis-network is too slow, and nobody reads it
SHAPES = {
    "Actor": "dot",
    "Undertaking": "square",
    "Place": "triangle",
    "Document": "diamond",
    "Route": "hexagon",
}
_ATTRIBUTES = frozenset({
    "kind", "status", "modality", "review", "corrected", "doubts", "earliest", "latest", "amount",
    "currency", "shared_amount", "shared_by", "shared", "weight", "inherited", "concluded", "said_at",
})  # fmt: skip
ARROWS = "to middle"  # a label may hide the head at the end, and a line without a head reads as undirected
_DASHES = {(True, False): (10, 5), (False, True): (2, 5), (True, True): (10, 5, 2, 5)}  # unknown amount, only planned
_PALE = 0.62  # opacity; the colours of links keep a contrast of 3:1 with it
_THIN = 0.5  # the width of a line that nobody has reviewed, as a part of what it would be
_FAMILIES = "money work part place"  # of links, in the order of legends
_SIZE, _WIDTH = 10.0, 1.5  # of a node and of an edge, in a picture of few

_AROUND = {"partner-funding": marked("Partner funding around {name}")}  # titles of recipes
_PAGES = {  # of a network: its title, and the question with the same content, for readers without pictures
    "activity": (marked("Activity"), "who-does-what-where"),
    "affiliation": (marked("Affiliation"), ""),
    "funding": (marked("Funding"), "funding"),
    "mandate": (marked("Mandate"), ""),
    "participation": (marked("Participation"), "participants"),
    "partnership": (marked("Partnership"), "partners"),
    "publication": (marked("Publication"), "publications"),
    "routes": (marked("Routes"), "routes"),
    "undertakings": (marked("Projects and events"), ""),
}


def drawing(
    network: Network, places: Places, wording: Wording, page: Callable[[str], str] = lambda _: ""
) -> dict[str, Any]:
    """Return the data to draw a network and to filter it; `page` gives the page of an entry."""
    label = label_in(wording.language)
    number = {iri: index for index, iri in enumerate(network)}
    edges = edges_of(network)
    grown = 1 + 0.8 * log10(max(len(network), 30) / 30)  # a large picture is seen from farther off
    nodes = [
        {
            "id": number[iri],
            **_node(iri, data, data[label], wording, page(iri)),
            "x": places[iri][0],
            "y": places[iri][1],
            "size": round(_SIZE * grown * (0.8 + 0.2 * log2(1 + network.degree(iri))), 1),
        }
        for iri, data in network.nodes(data=True)
    ]
    actors = {iri: data[label] for iri, data in network.nodes(data=True) if data["type"] != "Place"}
    for iri, short in acronyms(actors, wording.aliases).items():
        nodes[number[iri]]["short"] = short
    relations: dict[str, str] = {data["edge"]: data[label] for *_, data in edges}
    families = {name: wording.families[name] for name in relations if name in wording.families}
    types, classes = ({data[name] for _, data in network.nodes(data=True)} for name in ("type", "kind"))
    groups = [*(name for name in SHAPES if name in types), *sorted(types - SHAPES.keys())]  # a project may add some
    return {
        "language": wording.language,
        "nodes": nodes,
        "edges": list(_edges(edges, number, wording.language, grown)),
        "options": options(grown),
        "relations": dict(sorted(relations.items(), key=lambda item: _FAMILIES.find(families.get(item[0], "?")))),
        "families": families,
        "groups": {name: wording.classes.get(name, name) for name in groups},
        "classes": {name: wording.classes.get(name, name) for name in sorted(classes)},
        "kinds": wording.kinds_of(relations),
        "statuses": wording.statuses,
        "sources": wording.sources,
    }


def options(grown: float = 1) -> dict[str, Any]:
    """Return the options of vis-network: nothing moves; an edge itself says whether it is bent or dashed."""
    return {
        "layout": {"improvedLayout": False},
        "physics": {"enabled": False, "stabilization": False},
        "interaction": {"hover": True, "selectConnectedEdges": False, "hoverConnectedEdges": False},
        "nodes": {"size": round(_SIZE * grown, 1), "borderWidth": round(1.5 * grown, 1)},
        "edges": {
            "smooth": False,
            "width": round(_WIDTH * grown, 1),
            "hoverWidth": 1,
            "selectionWidth": 2,
            "arrows": {"to": {"scaleFactor": 0.6}, "middle": {"enabled": False, "scaleFactor": 0.6}},
            "arrowStrikethrough": False,
        },
        "groups": {group: {"shape": shape} for group, shape in SHAPES.items()},
    }


def pyvis_network(drawn: Mapping[str, Any]) -> "PyvisNetwork":
    """Return the data of `drawing` as a network of pyvis, as the pages show it: a bundle of edges is one line.

    The `title` of a node or edge has no angle bracket: pyvis may take it for HTML, and names are text of sources.
    """
    from pyvis.network import Network  # imports IPython: half a second

    colours = page_colours()
    grounds = {group: colours.get(group.lower(), colours["quiet"]) for group in drawn["groups"]}
    # Of an undirected network, pyvis leaves out parallel edges.
    network = Network(height="95vh", directed=True, cdn_resources="in_line")
    for node in drawn["nodes"]:
        more = {name: value for name, value in node.items() if name not in ("id", "label", "short")}
        more |= {"font": {"size": round(1.2 * node["size"])}, "widthConstraint": {"maximum": round(12 * node["size"])}}
        title = _title(node["label"], drawn["classes"][node["kind"]])
        label = node.get("short", node["label"])
        network.add_node(node["id"], label, SHAPES.get(node["group"], "dot"), title=title, **more)
        if node.get("planned"):  # pyvis takes no colour beside a group
            network.nodes[-1]["color"] = {"background": colours["paper"], "border": grounds[node["group"]]}
    for edges in grouped(drawn["edges"], lambda edge: [edge.get("bundle", edge["id"])]).values():
        network.add_edge(edges[0]["from"], edges[0]["to"], **_line(edges, drawn, colours))
    groups = {
        group: {"shape": SHAPES.get(group, "dot"), "color": {"background": ground, "border": colours["paper"]}}
        for group, ground in grounds.items()
    }
    network.options = {**drawn["options"], "groups": groups}
    return network


def _line(edges: Sequence[Mapping[str, Any]], drawn: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """Return a bundle as a line of pyvis: as wide as the widest reviewed edge; dashed or pale only if all are."""
    first, looks = edges[0], [edge for edge in edges if is_reviewed(edge)] or edges
    ends = (drawn["nodes"][first[end]]["label"] for end in ("from", "to"))
    tie = f"{(' → ' if first['directed'] else ' – ').join(ends)}: {drawn['relations'][first['relation']]}"
    line = {name: first[name] for name in ("key", "dashes", "selfReference", "smooth") if name in first}
    if not all("dashes" in one for one in looks):
        line.pop("dashes", None)
    line["arrows"] = first.get("arrows", "")
    line["title"] = _title(tie, *(told for edge in edges for told in drawn["told"][edge["id"]]))
    colour = colours.get(f"link-{drawn['families'].get(first['relation'])}", colours["quiet"])
    claims = {claim for edge in edges for claim in claims_in(edge)}
    return line | _stroke(looks, colour) | ({"label": str(len(claims))} if len(claims) > 1 else {})


def _stroke(looks: Sequence[Mapping[str, Any]], colour: str) -> dict[str, Any]:
    """Return the colour and the width of a line."""
    pale = {"opacity": _PALE} if all("color" in one for one in looks) else {}
    widths = [one["width"] for one in looks if "width" in one]
    return {"color": {"color": colour, "inherit": False, **pale}} | ({"width": max(widths)} if widths else {})


def _title(*lines: str) -> str:
    """Return distinct lines of text that nobody can take for HTML."""
    return "\n".join(dict.fromkeys(lines)).replace("<", "‹").replace(">", "›")


def page_colours() -> dict[str, str]:
    """Return the colours of the pages in light by the names of their variables."""
    light = static("site.css").partition("@media")[0]
    return dict(re.findall(r"--([\w-]+): (#\w+)", light))


def claims_in(edge: Mapping[str, Any]) -> list[str]:
    """Return the keys of the claims behind an edge of a drawing."""
    claims: list[str] = edge.get("claims") or [edge["key"].partition("#")[0]]
    return claims


def _node(iri: str, data: Mapping[str, Any], label: str, wording: Wording, page: str) -> dict[str, Any]:
    node = {"label": label, "group": data["type"], "kind": data["kind"], "iri": iri}
    aliases = [name for name in wording.aliases.get(iri, ()) if name != label]
    if aliases:
        node["aliases"] = "; ".join(aliases)
    if page:
        node["page"] = page
    return node | {"planned": True} if iri in wording.planned else node


def _edges(edges: Sequence[Edge], number: Mapping[str, int], language: str, grown: float) -> Iterator[dict[str, Any]]:
    """Yield each edge with its attributes and its look."""
    with_amount = {data["claim"] for *_, data in edges if "amount" in data or "shared_amount" in data}
    for index, ((start, end, key, data), bundle) in enumerate(zip(edges, _bundles(edges), strict=True)):
        edge = {"id": index, "key": key.replace(DATA, ""), "from": number[start], "to": number[end]}
        edge |= {"relation": data["edge"], "source": data["document"], "directed": not data["undirected"]}
        edge |= {name: value for name, value in data.items() if name in _ATTRIBUTES}
        if caveats := data.get("caveats_es" if language == "es" else "caveats"):
            edge["caveats"] = caveats
        edge |= _look(data, grown, unknown=data["class"] == "Funding" and data["claim"] not in with_amount)
        edge |= _date(data, language)
        claims = list(map(data_name, claims_of(data)))
        if claims != claims_in(edge):  # else the key says it
            edge["claims"] = claims
        yield edge | bundle


def _date(data: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the date of an edge, or the interval of its bounds, in words; in EDTF too if that differs."""
    earliest, latest, date = (data.get(name, "") for name in ("earliest", "latest", "date"))
    interval = f"{earliest or '..'}/{latest or '..'}" if earliest or latest else ""
    if not (date or interval):
        return {}
    text = words(date or interval, language)
    return {"date": text} if text == date else {"date": text, "edtf": date}  # EDTF is for downloads


def _bundles(edges: Sequence[Edge]) -> Iterator[dict[str, Any]]:
    """Yield the `bundle` of each edge, which is the first edge with its ends and relation, and how its line bends.

    The first edge itself has none. Bundles between the same nodes bend apart.
    """
    keys = [
        (*(sorted((start, end)) if data["undirected"] else (start, end)), data["edge"]) for start, end, _, data in edges
    ]
    firsts = {key: index for index, key in reversed([*enumerate(keys)])}
    beside = grouped(sorted(firsts, key=firsts.__getitem__), lambda key: [tuple(sorted(key[:2]))])
    bends = {
        key: _bent(position, len(lines), turned=key[0] > key[1], loop=key[0] == key[1])
        for lines in beside.values()
        for position, key in enumerate(lines)
    }
    for index, key in enumerate(keys):
        yield ({"bundle": firsts[key]} if firsts[key] != index else {}) | bends[key]


def _look(data: Mapping[str, Any], grown: float, *, unknown: bool) -> dict[str, Any]:
    """Return the look of an edge, without the parts that the options give to all edges."""
    look: dict[str, Any] = {} if data["undirected"] else {"arrows": ARROWS}
    amount, count, unreviewed, width = data.get("amount"), data.get("weight", 1), not is_reviewed(data), _WIDTH
    if amount is not None:
        width = min(max(1.5 * (log10(max(amount, 1)) - 2), 2), 9)
    elif count > 1:
        width = min(_WIDTH + log2(count), 7)
    if amount is not None or count > 1 or unreviewed:
        look["width"] = round(width * grown * (_THIN if unreviewed else 1), 1)
    status = data.get("status", "").split()
    if dashes := _DASHES.get((unknown, bool(status) and PLANNED.issuperset(status))):
        look["dashes"] = tuple(round(length * grown, 1) for length in dashes)
    if data["modality"] == "implied" or unreviewed:
        look["color"] = {"opacity": _PALE}
    return look


def _bent(position: int, count: int, *, turned: bool, loop: bool) -> dict[str, Any]:
    """Return the bend of one of several edges between two nodes, ever more to either side."""
    if loop:
        return {"selfReference": {"size": 20 + 8 * position, "angle": 0.8}}
    side = position + 1 - count % 2  # of an odd number, the first is straight
    if side == 0:
        return {}
    one_way = (side % 2 == 1) != turned
    apart = min(0.13, 0.8 / ((count + 1) // 2))  # closer together where there are many, so that the last is not a hoop
    return {
        "smooth": {
            "enabled": True,
            "type": "curvedCW" if one_way else "curvedCCW",
            "roundness": round(apart * ((side + 1) // 2), 3),
        }
    }


@dataclass
class Picture:
    """A network with a page: its name in the address, its English title, and the IRI of the entry in the title.

    `options` are those of `tipgraph export` for it. `places` serve all languages; one that is too large for a page has
    none.
    """

    name: str
    title: str
    network: Network
    options: str
    about: str = ""
    places: Places = field(default_factory=dict)

    @property
    def is_drawn(self) -> bool:
        """Tell whether the network has a page."""
        return len(self.network) <= MOST_NODES

    def entry(self, site: Site, graph: Graph) -> PageEntry:
        """Return the entry of the page in a language; of a network that has none, how to open it elsewhere."""
        title = site.words_or(self.title)
        if self.about:
            node = NamedNode(self.about)
            title = title.format(name=graph.labels([node], site.language).get(node, self.about))
        counts = {"nodes": self.network.number_of_nodes(), "edges": self.network.number_of_edges()}
        summary = site.words("{nodes} entries, {edges} links", **counts)
        if self.is_drawn:
            return PageEntry(network_path(self.name), title, summary)
        command = f"tipgraph export {self.name}.graphml {self.options}"
        way_out = site.words("too many for a page; this command writes them for Gephi: {command}", command=command)
        return PageEntry("", title, f"{summary}: {way_out}")


def pictures(graph: Graph, known: Mapping[str, Network], recipes: Iterable[tuple[str, str]]) -> list[Picture]:
    """Return the networks of a graph that have a page, and those of recipes around a focus, without their places."""
    found = [
        Picture(name, _PAGES.get(name, (name.capitalize(),))[0], projected, f"--network {name}")  # also of a project
        for name, projected in known.items()
        if name != network.EVERY and projected.number_of_edges()
    ]
    for name, focus in recipes:
        projected = network.project(graph, name, network.Filter(focus=(focus,)))
        about = resolve(graph, focus, "actor").value
        address = f"{name}-{about.rpartition('/')[2]}"
        found.append(Picture(address, _AROUND[name], projected, f"--recipe {name} --focus {focus}", about))
    return found


def write_places(pictures: Iterable[Picture], file: Path) -> None:
    """Write the places of networks into a file, as a copy of a process hands them over."""
    file.write_text(json.dumps([arrange(one.network) if one.is_drawn else {} for one in pictures]), "utf-8")


def write(site: Site, graph: Graph, wording: Wording, pictures: Sequence[Picture]) -> None:
    """Write `network/NAME.html` for each network; tell the site of the networks and of those that each entry is in."""
    site.undrawn = [picture.entry(site, graph) for picture in pictures if not picture.is_drawn]
    drawn = [(picture, picture.entry(site, graph)) for picture in pictures if picture.is_drawn]
    site.networks = [entry for _, entry in drawn]
    for picture, entry in drawn:
        for iri in picture.network:
            site.drawn_in.setdefault(iri, []).append(entry)
    for picture, entry in drawn:
        data = _data(site, wording, picture, entry)
        hidden = {name for _, name in parse_qsl(data["first"])}
        seen = [edge for edge in edges_of(picture.network) if edge[3]["edge"] not in hidden]
        ends = Counter(end for edge in seen for end in set(edge[:2]))
        most = max(sorted(ends), key=ends.__getitem__)
        site.write(
            entry.path,
            "network.html",
            title=entry.title,
            data=data,
            number={"nodes": len(ends) if hidden else len(picture.network), "edges": len(seen), "most": ends[most]},
            most=picture.network.nodes[most][label_in(site.language)],
            sources=len(voices(tie for *_, tie in seen)),
            question=_PAGES.get(picture.name, ("", ""))[1],
        )


def _first(data: Mapping[str, Any]) -> str:
    """Return the address of a picture that shows only the links of money."""
    others = [name for name in data["relations"] if data["families"].get(name) != "money"]
    return urlencode([("without-relation", name) for name in others])


def _data(site: Site, wording: Wording, picture: Picture, entry: PageEntry) -> dict[str, Any]:
    """Return the drawing of a network with what its page needs: sources, words, other networks and who is in them."""

    def page(iri: str) -> str:
        path = site.page_of(iri)
        return f"../{path}" if path else ""

    data = {"name": picture.name, "title": entry.title, **drawing(picture.network, picture.places, wording, page)}
    used = {name for edge in data["edges"] for name in edge["source"].split()}
    data["sources"] = {name: title for name, title in data["sources"].items() if name in used}
    data["licences"] = {name: licence for name, licence in wording.licences.items() if name in used}
    data["words"] = site.phrases("shared", "network")
    data["first"] = _first(data) if picture.name == "funding" else ""
    if picture.about in picture.network:
        data["focus"] = list(picture.network).index(picture.about)
    others = [other for other in site.networks if other != entry]
    data["networks"] = [[f"../{other.path}", other.title] for other in others]
    for node in data["nodes"]:
        if found := [number for number, other in enumerate(others) if other in site.drawn_in[node["iri"]]]:
            node["networks"] = found
    return data
