"""The page of a network: its picture, the filters, and the evidence of what is chosen."""

from typing import TYPE_CHECKING, Any

from tipgraph.analysis import voices
from tipgraph.outputs.site.labels import Wording
from tipgraph.outputs.site.layout import Places
from tipgraph.outputs.site.network_data import drawing
from tipgraph.outputs.site.site_tree import Site, network_path

if TYPE_CHECKING:
    import networkx as nx

_QUESTIONS = {  # with the same content as a network, for readers without pictures
    "activity": "who-does-what-where",
    "funding": "funding",
    "participation": "participants",
    "partnership": "partners",
    "publication": "publications",
    "routes": "routes",
}


def write(
    site: Site,
    wording: Wording,
    network: "nx.MultiDiGraph[str]",
    name: str,
    title: str,
    places: Places,
    focus: str = "",
) -> None:
    """Write `network/NAME.html` with the places of `layout.arrange`; `focus` is the IRI of the node in the middle."""
    data = {"name": name, "title": title, **payload(site, wording, network, places)}
    if focus in network:
        data["focus"] = list(network).index(focus)
    site.write(
        network_path(name),
        "network.html",
        title=title,
        data=data,
        number={key: len(data[key]) for key in ("nodes", "edges")},
        sources=len(voices(tie for *_, tie in network.edges(data=True))),
        question=_QUESTIONS.get(name, ""),
    )


def payload(
    site: Site, wording: Wording, network: "nx.MultiDiGraph[str]", places: Places, root: str = "../"
) -> dict[str, Any]:
    """Return the data for the scripts of a page, whose root is that way up."""

    def page(iri: str) -> str:
        path = site.page_of(iri)
        return root + path if path else ""

    data = drawing(network, places, wording, page)
    used = {name for edge in data["edges"] for name in edge["source"].split()}
    data["sources"] = {name: title for name, title in data["sources"].items() if name in used}
    data["licences"] = {name: licence for name, licence in wording.licences.items() if name in used}
    data["words"] = site.phrases("shared", "network")
    return data
