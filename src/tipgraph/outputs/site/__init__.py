"""A static site of a graph: every number links to its sentence, and no page sends a request.

    claims (sentences and citations)  →  networks · maps · money · things · sources · questions · ontology_page
    · dossiers · timeline · promises · about  →  index

A page is a template and a context, which a module makes from the claims. `site_tree` writes the pages of one language,
`assets` copies scripts and styles from `web/`, `single_file` packs the site into one file.

Decision: docs/decisions/0057-a-site-is-a-folder-of-files.md.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.analysis import FUNDING_NETWORK, ROUTES, kinds_of, network, payments
from tipgraph.curation import ConflictDesk
from tipgraph.display import LANGUAGES, identities_of
from tipgraph.errors import CallError, GraphError
from tipgraph.graph import Graph
from tipgraph.model import kit
from tipgraph.outputs.site import (
    about,
    assets,
    dossiers,
    index,
    maps,
    mode,
    money,
    networks,
    ontology_page,
    promises,
    questions,
    single_file,
    sources,
    things,
    timeline,
)
from tipgraph.outputs.site.claims import Claims, ReadClaims
from tipgraph.outputs.site.labels import wording
from tipgraph.outputs.site.site_tree import Site
from tipgraph.runtime import atomic_folder, both
from tipgraph.sources import Texts

__all__ = ["offer", "render"]

MOST_ENTRIES: Final = 5_000  # beside routes


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
    pages = _Pages(graph, texts, recipes, in_house=in_house, page_pictures=page_pictures)
    with write_errors(target, "name a folder that is new or empty"), atomic_folder(target, mode.LISTING) as folder:
        pages.write(folder)
    return target / "index.html"


def offer(graph: Graph, folder: Path, *, texts: Texts | None = None, in_house: bool = False) -> Callable[[str], None]:
    """Write all pages but those of entries into an empty folder; return what writes one of these by its path there.

    It is for a server, which needs no site in one file, and for graphs of any size. What it returns does nothing for
    the path of no entry. Raises GraphError for a graph without its ontology.
    """
    offered = _Pages(graph, texts, (), in_house=in_house, on_demand=True).write(folder)

    def write(path: str) -> None:
        if make := offered.pop(folder / path, None):
            make()

    return write


@contextmanager
def write_errors(target: Path, advice: str) -> Iterator[None]:
    """Turn errors of the file system into ours."""
    try:
        yield
    except FileExistsError as error:
        raise CallError(f"{target}: {error.strerror}; {advice}") from error
    except OSError as error:
        raise GraphError(f"{target}: cannot be written: {error.strerror}; name another place") from error


class _Pages:
    """The pages of a graph; all that languages share is read once, and all that can fail in the graph is done first.

    A copy of this process writes one of the languages, unless the graph is a store, which the two cannot share.
    """

    def __init__(
        self,
        graph: Graph,
        texts: Texts | None,
        recipes: Iterable[tuple[str, str]],
        *,
        in_house: bool,
        page_pictures: bool = True,
        on_demand: bool = False,
    ) -> None:
        if not network.networks(graph):
            raise GraphError("this graph holds no ontology, by which pages are made; build it with `tipgraph build`")
        self._graph, self._in_house, self._page_pictures = graph, in_house, page_pictures
        self._on_demand = on_demand
        self._texts = texts if texts is not None else Texts()
        self._sources = {row["source"].value for row in graph.named("sources")}
        iris = sorted({row["thing"].value for row in graph.named("all-things")} - self._sources)
        self._kinds = dict.fromkeys(iris, ("Thing", "Thing")) | kinds_of(graph, iris)
        self._entries = [iri for iri, (_, top) in self._kinds.items() if top != "Route"]
        if len(self._entries) > MOST_ENTRIES and not on_demand:
            raise GraphError(
                f"this graph has {len(self._entries):,} entries beside routes, and a site holds at most "
                f"{MOST_ENTRIES:,}; `tipgraph serve` makes the same pages when somebody asks for them"
            )
        used = network.EVERY, FUNDING_NETWORK, ROUTES  # on other pages
        self._known = {name: network.project(graph, name) for name in dict.fromkeys([*network.networks(graph), *used])}
        self._pictures = networks.pictures(graph, self._known, recipes)
        with TemporaryDirectory() as name:
            folder = Path(name)
            both(self._read, partial(self._write_shared, folder), apart=graph.in_memory)
            places = json.loads((folder / "places.json").read_text("utf-8"))
            self._asked = {path.name: path.read_bytes() for path in (folder / "assets").glob("*")}
        for picture, found in zip(self._pictures, places, strict=True):
            picture.places = found

    def _write_shared(self, folder: Path) -> None:
        """Write the places of networks, and the graph that a page asks, as a copy of this process hands them over."""
        networks.write_places(self._pictures, folder / "places.json")
        assets.write_graph(folder, self._graph)

    def _read(self) -> None:
        self._figures, self._payments = things.figures(self._graph, self._entries), payments(self._graph)
        self._claims, self._cases = ReadClaims(self._graph), ConflictDesk(self._graph).cases()
        ontology_page.usage(self._graph), ontology_page.examples(self._graph)
        identities_of(self._graph, map(NamedNode, self._entries))
        Site(Path(), LANGUAGES[0]).compile()

    def write(self, folder: Path) -> dict[Path, Callable[[], None]]:
        """Write them into a folder; return the pages that are made on demand, with what makes each."""
        modes = {"in_house": self._in_house, "on_demand": self._on_demand}
        sites = [Site(folder, language, self._kinds, self._sources, **modes) for language in LANGUAGES]
        assets.write(folder)
        for name, content in self._asked.items():
            (folder / "assets" / name).write_bytes(content)
        sites[0].write("assets/icon.svg", "mark.svg")
        for site in sites:
            site.write_frame()
        both(*(partial(self._write, site) for site in sites), apart=self._graph.in_memory and not self._on_demand)
        made = {"made by": f"tipgraph {kit.VERSION}", "edition": kit.edition(), "graph": self._graph.digest}
        made["texts"] = "quoted" if self._texts else mode.NO_TEXTS
        mode.write(folder, made, in_house=self._in_house)
        size = 0 if self._on_demand else single_file.write(folder, in_house=self._in_house)
        for site in sites:
            index.say_size(site, size)
        return sites[0].offered | sites[1].offered

    def _write(self, site: Site) -> None:
        """Write all pages of one language."""
        graph, every = self._graph, self._known[network.EVERY]
        claims, words = Claims(graph, site, self._texts, self._claims), wording(graph, site.language)
        site.add(title_of=words.sources.get)
        networks.write(site, graph, words, self._pictures)
        mapped = maps.write(claims, self._known[ROUTES])
        sums = money.write(claims, self._payments)
        described = things.describe(claims, words)
        entries = [thing for thing in described if thing.type != "Route"]
        counted = things.sections(claims, self._figures)
        briefs = dossiers.paths(entries, site.page_of)
        things.write(claims, entries, every, self._known[FUNDING_NETWORK], counted, sums, briefs, mapped)
        documents = sources.gather(claims, page_pictures=self._page_pictures)
        sources.write(claims, documents)
        asked = questions.write(claims, sums)
        terms = ontology_page.OntologyPage(graph, site.language)
        ontology_page.write(claims, terms)
        promised = promises.gathered(claims)
        dossiers.write(claims, entries, briefs, every, counted, promised, documents, sums)
        licences = {path.name: path.read_text("utf-8").strip() for path in assets.licences()}
        site.write("licences.html", "licences.html", licences=licences)
        site.write("timeline.html", "timeline.html", **timeline.context(claims))
        site.write("ask.html", "ask.html", **questions.asking(claims, words, terms))
        site.write("contradictions.html", "contradictions.html", **about.contradictions(claims, self._cases))
        site.write("promises.html", "promises.html", **promises.context(claims, promised))
        site.write("about.html", "about.html", **about.context(claims, documents, self._cases, self._payments))
        site.write("index.html", "index.html", **index.context(claims, described, documents, asked, self._cases))
