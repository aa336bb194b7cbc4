"""A static site of a graph: every number links to its sentence, and no page sends a request.

    claims (sentences and citations)  →  networks · maps · timeline · money · things · sources · lens · questions
    · contradictions · numbers · ontology_page · about · licences  →  index

`query_page` runs SPARQL on a server or in the browser (`embedded_engine`). `single_file` packs the site into one file.
`site_tree` writes the pages of one language. Scripts and styles are in `web/`.

Decision: docs/decisions/0061-a-site-names-its-files.md.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from tipgraph.analysis import FUNDING_NETWORK, ROUTES, Numbers, Payment, kinds_of, network, payments
from tipgraph.curation import Case, ConflictDesk
from tipgraph.display import LANGUAGES, marked
from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Graph, resolve
from tipgraph.model import kit
from tipgraph.outputs.site import (
    about,
    assets,
    contradictions,
    dossiers,
    embedded_engine,
    index,
    layout,
    lens,
    licences,
    maps,
    mode,
    money,
    networks,
    numbers,
    ontology_page,
    promises,
    query_page,
    questions,
    single_file,
    sources,
    things,
    timeline,
)
from tipgraph.outputs.site.claims import Claims, ReadClaims
from tipgraph.outputs.site.labels import Wording, wording
from tipgraph.outputs.site.network_data import MOST_NODES
from tipgraph.outputs.site.site_tree import PageEntry, Site, network_path
from tipgraph.runtime import atomic_file, atomic_folder, both
from tipgraph.sources import Texts

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["render", "render_book"]

MOST_ENTRIES: Final = 5_000  # beside routes
_AROUND = {"partner-funding": marked("Partner funding around {name}")}  # titles of recipes
_TITLES = {
    "activity": marked("Activity"),
    "affiliation": marked("Affiliation"),
    "funding": marked("Funding"),
    "mandate": marked("Mandate"),
    "participation": marked("Participation"),
    "partnership": marked("Partnership"),
    "publication": marked("Publication"),
    "routes": marked("Routes"),
    "undertakings": marked("Projects and events"),
}  # of networks


@dataclass(frozen=True)
class _Picture:
    """A network with a page: its name in the address, its English title, the entry in the title, and places.

    `options` are those of `tipgraph export` for it. One that is too large for a page has no places.
    """

    name: str
    title: str
    about: str
    network: "nx.MultiDiGraph[str]"
    options: str
    places: layout.Places

    @classmethod
    def of(cls, name: str, title: str, about: str, projected: "nx.MultiDiGraph[str]", options: str) -> "_Picture":
        """Return a network with its places, if it is not too large."""
        places = layout.arrange(projected) if len(projected) <= MOST_NODES else {}
        return cls(name, title, about, projected, options, places)

    @property
    def is_drawn(self) -> bool:
        """Tell whether the network has a page."""
        return len(self.network) <= MOST_NODES

    def entry(self, site: Site, graph: Graph) -> PageEntry:
        """Return the entry of the page in a language; of a network that has none, how to open it elsewhere."""
        label = _label(graph, self.about, site.language) if self.about else ""
        counts = {"nodes": self.network.number_of_nodes(), "edges": self.network.number_of_edges()}
        title = site.words(self.title, name=label) if self.about else site.words_or(self.title)
        summary = site.words("{nodes} entries, {edges} links", **counts)
        if self.is_drawn:
            return PageEntry(network_path(self.name), title, summary)
        command = f"tipgraph export {self.name}.graphml {self.options}"
        way_out = site.words("too many for a page; this command writes them for Gephi: {command}", command=command)
        return PageEntry("", title, f"{summary}: {way_out}")


@dataclass(frozen=True)
class _Read:
    """What is read in the graph once for all languages; `known` are the networks that several pages use."""

    claims: ReadClaims
    figures: Mapping[str, Numbers]
    payments: Sequence[Payment]
    known: Mapping[str, "nx.MultiDiGraph[str]"]
    pictures: list[_Picture]
    cases: Sequence[Case]


def render(
    graph: Graph,
    out: Path | str,
    *,
    texts: Texts | None = None,
    recipes: Iterable[tuple[str, str]] = (),
    in_house: bool = False,
    page_pictures: bool = True,
) -> Path:
    """Write the pages of a graph into a folder, in English and Spanish; return its `index.html`.

    `texts` has the texts of sources, for quotes. `recipes` are pairs of a recipe and its focus, such as
    `("partner-funding", "usaid")`; each gets a network page. The pages of sources show whole texts, and pictures of the
    pages of documents, where the licence of the source allows publication. With `in_house` they show all of them, and
    each page says not to publish it. Without `page_pictures` they show no page of a document.

    The folder is written completely or not at all. Raises CallError for a folder with anything but an earlier site, and
    for an in-house site in place of a published one, or inside a published site or a release; the folder then stays as
    it is. Raises UnknownName or AmbiguousName for a focus; GraphError for a graph without its ontology or with more
    than 5,000 entries beside routes, or if the folder cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     render(graph, f"{folder}/site").name
    'index.html'
    """
    target = Path(out)
    if in_house:
        mode.keep_apart(target)
        if mode.site_at(target).get("mode") == mode.PUBLISHED:
            raise CallError(f"{target}: has a published site; write the in-house copy into another folder")
    write = _writer(graph, texts, recipes, in_house=in_house, page_pictures=page_pictures)
    with _write_errors(target, "name a folder that is new or empty"), atomic_folder(target, mode.LISTING) as folder:
        write(folder)
    return target / "index.html"


def render_book(
    graph: Graph,
    file: Path | str,
    *,
    texts: Texts | None = None,
    recipes: Iterable[tuple[str, str]] = (),
    in_house: bool = False,
) -> Path:
    """Write the pages of a graph into one file that opens in a browser offline; return its path.

    It packs the site of `render`. The file is written completely or not at all. Raises CallError for a name that does
    not end in .html, for an existing file of another kind, and for an in-house copy in place of a published file or
    inside a published site or a release; else the errors of `render`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     render_book(graph, f"{folder}/graph.html").name
    'graph.html'
    """
    target = Path(file)
    if target.suffix.lower() not in (".html", ".htm"):
        raise CallError(f"{target}: must end in .html, so that a browser opens it; name it {target.name}.html")
    if in_house:
        mode.keep_apart(target)
    with _write_errors(target, "name a file that is new"):
        _only_book(target, in_house=in_house)
        write = _writer(graph, texts, recipes, in_house=in_house)
        with TemporaryDirectory(prefix="tipgraph-") as folder, atomic_file(target) as (beside,):
            write(Path(folder))
            shutil.copyfile(Path(folder) / single_file.NAME, beside)
            _only_book(target, in_house=in_house)
    return target


def _only_book(target: Path, *, in_house: bool) -> None:
    """Raise FileExistsError for a path with anything but a site in one file, of the same mode if that is in-house."""
    if target.is_dir():
        raise FileExistsError(17, "is a folder", str(target))
    if target.exists() and not single_file.is_book(target):
        raise FileExistsError(17, "is no site in one file, and is left as it is", str(target))
    if in_house and target.exists() and not single_file.is_in_house(target):
        raise FileExistsError(17, "is a published site, and is left as it is", str(target))


@contextmanager
def _write_errors(target: Path, advice: str) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except FileExistsError as error:
        raise CallError(f"{target}: {error.strerror}; {advice}") from error
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error


def _writer(
    graph: Graph,
    texts: Texts | None,
    recipes: Iterable[tuple[str, str]],
    *,
    in_house: bool = False,
    page_pictures: bool = True,
) -> Callable[[Path], None]:
    """Return a function that writes the pages into a folder; all that can fail in the graph is done before."""
    if not network.networks(graph):
        raise GraphError("this graph holds no ontology, by which pages are made; build it with `tipgraph build`")
    texts = texts if texts is not None else Texts()
    documents = {row["source"].value for row in graph.named("sources")}
    iris = sorted({row["thing"].value for row in graph.named("all-things")} - documents)
    kinds = kinds_of(graph, iris)
    routes = [iri for iri in iris if kinds.get(iri, ("", ""))[1] == "Route"]
    entries = sorted({*iris} - {*routes})
    if len(entries) > MOST_ENTRIES:
        raise GraphError(
            f"this graph has {len(entries):,} entries beside routes, and a site holds at most {MOST_ENTRIES:,}; "
            "build it from fewer sources, or ask it by `tipgraph serve --no-pages`"
        )
    read = _read(graph, entries, recipes)

    def write(folder: Path) -> None:
        sites = [Site(folder, language, entries, documents, routes, in_house=in_house) for language in LANGUAGES]
        first, second = (partial(_write, site, graph, texts, read, page_pictures=page_pictures) for site in sites)
        if graph.in_memory:
            both(first, second)
        else:  # a copy of this process cannot share an open store
            first()
            second()
        assets.write(folder)
        sites[0].write("assets/icon.svg", "mark.svg")
        embedded_engine.write_graph(folder / "assets", graph)
        made = {"made by": f"tipgraph {kit.VERSION}", "edition": kit.edition(), "graph": graph.digest}
        made["texts"] = "quoted" if texts else mode.NO_TEXTS
        mode.write(folder, made, in_house=in_house)
        size = single_file.write(folder, in_house=in_house)
        for site in sites:
            index.say_size(site, size)

    return write


def _write(site: Site, graph: Graph, texts: Texts, read: _Read, *, page_pictures: bool) -> None:
    """Write all pages of one language."""
    claims = Claims(graph, site, texts, read.claims)
    words = wording(graph, site.language)
    known, cases = read.known, read.cases
    site.add(title_of=words.sources.get)
    drawn_in = _write_networks(site, graph, words, read.pictures)
    mapped = maps.write(site, graph, claims, known[ROUTES])
    timeline.write(site, graph, claims)
    sums = money.write(site, graph, claims, read.payments)
    described = things.describe(graph, site, claims, words)
    entries = [thing for thing in described if thing.type != "Route"]
    counted = numbers.sections(graph, claims, read.figures, site.language)
    briefs = dossiers.paths(entries, site.page_of)
    ties = known[network.EVERY], known[FUNDING_NETWORK]
    things.write(site, graph, claims, entries, *ties, counted, sums, briefs, drawn_in, mapped)
    documents = sources.gather(site, graph, claims, texts, page_pictures=page_pictures)
    sources.write(site, documents)
    lens.write(site, claims, documents)
    asked = questions.write(site, graph, claims, texts, sums)
    terms = ontology_page.OntologyPage(graph, site.language)
    ontology_page.write(site, graph, claims, terms)
    query_page.write(site, graph, words, terms)
    contradictions.write(site, graph, claims, cases)
    promised = promises.gathered(graph, claims, site.language)
    promises.write(site, graph, promised)
    dossiers.write(site, graph, claims, entries, briefs, known[network.EVERY], counted, promised, documents)
    about.write(site, graph, claims, documents, cases, read.payments)
    licences.write(site)
    index.write(site, graph, claims, described, documents, asked, cases)


def _write_networks(site: Site, graph: Graph, words: Wording, pictures: Sequence[_Picture]) -> dict[str, list[str]]:
    """Write the page of each network; return the paths of the networks that each entry is in."""
    site.undrawn = [picture.entry(site, graph) for picture in pictures if not picture.is_drawn]
    drawn = [picture for picture in pictures if picture.is_drawn]
    site.networks = [picture.entry(site, graph) for picture in drawn]
    drawn_in: dict[str, list[str]] = {}
    for picture in drawn:
        for iri in picture.network:
            drawn_in.setdefault(iri, []).append(network_path(picture.name))
    for picture, entry in zip(drawn, site.networks, strict=True):
        networks.write(site, words, picture.network, picture.name, entry.title, picture.places, picture.about, drawn_in)
    return drawn_in


def _read(graph: Graph, entries: Collection[str], recipes: Iterable[tuple[str, str]]) -> _Read:
    """Read what all languages share."""
    used = network.EVERY, FUNDING_NETWORK, ROUTES  # on other pages
    every = {name: network.project(graph, name) for name in dict.fromkeys([*network.networks(graph), *used])}
    pictures = [*_pictures(every), *(_around(graph, name, focus) for name, focus in recipes)]
    known = {name: every[name] for name in used}
    figures, paid, cases = numbers.figures(graph, entries), payments(graph), ConflictDesk(graph).cases()
    return _Read(ReadClaims(graph), figures, paid, known, pictures, cases)


def _pictures(known: Mapping[str, "nx.MultiDiGraph[str]"]) -> Iterable[_Picture]:
    for name, projected in known.items():
        if name != network.EVERY and projected.number_of_edges():
            title = _TITLES.get(name, name.capitalize())  # a project may add networks
            yield _Picture.of(name, title, "", projected, f"--network {name}")


def _around(graph: Graph, name: str, focus: str) -> _Picture:
    """Return the network of a recipe around a focus."""
    projected = network.recipe(graph, name, network.Filter(focus=(focus,)))
    about = resolve(graph, focus, "actor").value
    options = f"--recipe {name} --focus {focus}"
    return _Picture.of(f"{name}-{about.rpartition('/')[2]}", _AROUND[name], about, projected, options)


def _label(graph: Graph, iri: str, language: str) -> str:
    node = NamedNode(iri)
    return graph.labels([node], language).get(node, iri)
