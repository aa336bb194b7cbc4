"""A network drawn inline, by pyvis as pages draw it, or the map of routes: a document that asks nobody for anything."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pyoxigraph import NamedNode

from tipgraph.analysis import Edge, Filter, claims_of, edges_of, label_in, project, tie_words
from tipgraph.display import ClaimView, claim_views, render
from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Graph, resolve
from tipgraph.outputs.site import assets, maps, networks, single_file
from tipgraph.outputs.site.claims import Claims, Network
from tipgraph.outputs.site.labels import Wording, bare_wording, wording
from tipgraph.outputs.site.layout import arrange
from tipgraph.outputs.site.networks import PyvisNetwork, pyvis_network
from tipgraph.outputs.site.site_tree import Site
from tipgraph.runtime import atomic_file
from tipgraph.sources import Texts

MAP = "map"
_FROM_ELSEWHERE = re.compile(r'<(link|script)\b[^>]*"https?://[^>]*>(\s*</script>)?')  # what pyvis links to
_OF_NODE, _OF_EDGE = {"label", "label_es", "type", "kind"}, {"class", "edge", "label", "label_es", "claim", "document"}


@dataclass(frozen=True, repr=False)
class Drawing:
    """A network or a map, drawn: a notebook shows it inline, `save` writes it as a file that opens offline.

    `document` is the HTML of it, `data` the nodes and edges of a network.
    """

    title: str
    document: str
    height: int
    data: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def save(self, path: Path | str) -> Path:
        """Write it to a file that ends in .html; raise CallError for another, GraphError if it cannot be written."""
        target = Path(path)
        if target.suffix != ".html":
            raise CallError(f"{target}: a drawing is written to a file that ends in .html")
        try:
            with atomic_file(target) as (beside,):
                beside.write_text(self.document, "utf-8", newline="\n")
        except OSError as error:
            raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error
        return target

    def to_pyvis(self) -> PyvisNetwork:
        """Return the drawing as a `pyvis.network.Network`, to change it and to save it by pyvis's own means.

        It is what the pages show: several claims of one link are one line with their number. Each node has its `iri`,
        each line the `key` of its first claim, and a `title` says what is known. The page that pyvis saves loads its
        style from elsewhere; `save` and `pyvis_page` write one that asks nobody. Raises CallError for a map.
        """
        if not self.data:
            raise CallError("a map is no network of pyvis; draw a network")
        return pyvis_network(self.data)

    def _repr_html_(self) -> str:
        """Return it as a frame for a page of somebody else, which it cannot reach."""
        return render(
            "notebook/drawing.html",
            document=Markup(escape(self.document)),  # noqa: S704  # as it is: its policy names its digests
            title=self.title,
            height=self.height,
        )

    def __repr__(self) -> str:
        return f"<Drawing of {self.title}>"


def draw(
    what: "Graph | Network",
    network: str = "",
    *,
    recipe: str = "",
    asked: Filter | None = None,
    fold: str | None = None,
    language: str = "en",
    height: int = 620,
) -> Drawing:
    """Draw a network of a graph, a recipe, what surrounds a focus, or a network that `project` gave, for a notebook.

    `network`, `recipe`, `asked` and `fold` are those of `export`; `draw(graph, "map")` is the map of the routes. Lines
    say what is known, as on the pages: dashed where an amount is not said, dotted where something is only planned, pale
    where it is our reading. Of a graph each tie tells its sentences; a network alone knows where they are said.
    `height` is in pixels. Raises CallError for what is no network of tipgraph, or too large to be drawn inline, and
    what `export` raises.

    >>> from tipgraph import build
    >>> draw(build(), recipe="partner-funding", asked=Filter(focus=("usaid",)))
    <Drawing of partner-funding, focus usaid>
    """
    if not isinstance(what, Graph):
        if any((network, recipe, asked, fold)):
            raise CallError("this is a network already; project it from the graph with the filter that you want")
        _refuse(what)
        classes = {data[key] for _, data in what.nodes(data=True) for key in ("type", "kind")}
        said = {key: [str(data.get("said_at") or data["document"])] for *_, key, data in edges_of(what)}
        return _drawing(what, bare_wording(classes, language), said, str(what.name or "a network"), height)
    asked = asked or Filter()
    if network == MAP:
        if recipe or fold:
            raise CallError("a map shows the routes; it takes a filter, and neither a recipe nor a fold")
        return _map(what, project(what, "routes", asked), asked, language, height)
    from tipgraph.outputs.files.extract import extract

    taken = extract(what, network=network, recipe=recipe, asked=asked, fold=fold)
    parts = (value if key in ("network", "recipe") else f"{key} {value}" for key, value in taken.asked.items())
    told = _sentences(what, taken.network, language)
    focus = [resolve(what, name).value for name in asked.focus]
    return _drawing(taken.network, wording(what, language), told, ", ".join(parts), height, focus)


def pyvis_page(network: Network) -> str:
    """Return the page that pyvis saves of a network that `project` gave, without what it would load from elsewhere.

    Raises CallError for what is no network of tipgraph, or too large to be drawn.
    """
    page: str = draw(network).to_pyvis().generate_html()
    return _FROM_ELSEWHERE.sub("", page)


def _drawing(
    found: Network, words: Wording, told: dict[str, list[str]], title: str, height: int, focus: Sequence[str] = ()
) -> Drawing:
    if len(found) > networks.MOST_NODES:
        way_out = "narrow it by a focus or a filter, or export it for Gephi: tipgraph export NAME.graphml"
        raise CallError(f"{title}: {len(found):,} nodes are too many to be drawn inline; {way_out}")
    edges = edges_of(found)
    data: dict[str, Any] = networks.drawing(found, arrange(found), words)
    data |= {"name": "inline", "title": title, "sources": {}, "licences": {}, "words": {}}
    if focus and focus[0] in found:  # its name is written before all others
        data["focus"] = list(found).index(focus[0])
    data["told"] = {number: told[key] for number, (*_, key, _) in enumerate(edges)}
    scripts = [assets.vis_network().read_text("utf-8")]
    scripts += map(assets.static, ("shared.js", "network-picture.js", "notebook.js"))
    look = assets.static("site.css", "network.css", "notebook.css")
    rows = _rows(found, edges, words.language)
    document = _document("picture", words.language, title, scripts, look, data=data, rows=rows)
    return Drawing(title, document, height, data=data)


def _map(graph: Graph, routes: Network, asked: Filter, language: str, height: int) -> Drawing:
    drawing = maps.drawing_scripts()
    if not drawing:
        raise CallError("what draws a map is not installed; run `make web` in a copy of the project, which needs npm")
    page = maps.context(Claims(graph, Site(Path(), language), Texts()), routes)
    data, claims_of = page["data"], page["claims_of"]
    titles = [place["title"] for place in data["places"]]
    keys = [key for one in page["reports"] for key in one["claims"]]
    keys += [key for one in data["figures"] for key in (one["key"], *one["again"])]
    filters = ", ".join(f"{name} {value}" for name, value in asked.words().items())
    title = ", ".join(filter(None, ("map", filters)))
    scripts = [(assets.VENDOR / name).read_text("utf-8") for name in drawing]
    scripts += map(assets.static, ("shared.js", "map.js"))
    rows = [([titles[at] for at in one["path"]], claims_of(one["claims"])) for one in page["reports"]]
    data |= {"told": {view.key: _told(view) for view in claims_of(keys)}}
    look = assets.static("site.css", "map.css")
    return Drawing(title, _document("map", language, title, scripts, look, asked=filters, rows=rows, data=data), height)


def _document(template: str, language: str, title: str, scripts: list[str], look: str, **context: Any) -> str:
    """Return a document with its scripts and styles inside, which are of ours, of pyvis, or copied by `make web`."""
    return render(
        f"notebook/{template}.html",
        language,
        title=title,
        look=Markup(look),  # noqa: S704
        scripts=list(map(Markup, scripts)),
        allowed={"scripts": single_file.hashes(scripts), "styles": single_file.hashes([look])},
        **context,
    )


def _refuse(found: object) -> None:
    """Raise CallError for what is no network that `project` or a part of one could be."""
    import networkx as nx

    if isinstance(found, nx.MultiDiGraph):
        nodes, edges = (data for _, data in found.nodes(data=True)), (data for *_, data in found.edges(data=True))
        if all(data.keys() >= _OF_NODE for data in nodes) and all(data.keys() >= _OF_EDGE for data in edges):
            return
    raise CallError(
        f"this {type(found).__name__} is no network of tipgraph, whose nodes and edges say what they are; draw what "
        "tipgraph.project(graph, NAME) gives, or a part of it: network.subgraph(nodes)"
    )


def _sentences(graph: Graph, found: Network, language: str) -> dict[str, list[str]]:
    """Return the sentences of the claims of each edge, each with its citations."""
    edges = edges_of(found)
    views = claim_views(graph, [NamedNode(claim) for *_, data in edges for claim in claims_of(data)], language)
    words = {node.value: _told(view) for node, view in views.items()}
    return {key: [words[claim] for claim in claims_of(data)] for *_, key, data in edges}


def _told(view: ClaimView) -> str:
    """Return the sentence of a claim with its citations."""
    return f"{view.sentence} [{'; '.join(map(str, view.citations))}]"


def _rows(found: Network, edges: Iterable[Edge], language: str) -> list[tuple[str, ...]]:
    ends = {iri: str(data[label_in(language)]) for iri, data in found.nodes(data=True)}
    return [
        (ends[start], tie_words(data, language), ends[end], data.get("said_at", "")) for start, end, _, data in edges
    ]
