"""A static site of a graph: every number links to its sentence, and no page sends a request.

    claims (sentences and citations)  →  networks · maps · money · things · sources · questions · ontology_page
    · dossiers · timeline · promises · about  →  index

A page is a template and a context, which a module makes from the claims. `site_tree` writes the pages of one language,
`assets` copies scripts and styles from `web/`, `single_file` packs the site into one file.

Decision: docs/decisions/0061-a-site-names-its-files.md.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pyoxigraph import NamedNode

from tipgraph.analysis import FUNDING_NETWORK, ROUTES, Numbers, Payment, kinds_of, network, payments
from tipgraph.curation import Case, ConflictDesk
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
from tipgraph.outputs.site.claims import Claims, Network, ReadClaims
from tipgraph.outputs.site.labels import wording
from tipgraph.outputs.site.site_tree import Site
from tipgraph.runtime import atomic_file, atomic_folder, both
from tipgraph.sources import Texts

__all__ = ["render", "render_book"]

MOST_ENTRIES: Final = 5_000  # beside routes


@dataclass(frozen=True)
class _Read:
    """What is read in the graph once for all languages; `known` are the networks that several pages use."""

    claims: ReadClaims
    figures: Mapping[str, Numbers]
    payments: Sequence[Payment]
    known: Mapping[str, Network]
    pictures: Sequence[networks.Picture]
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
        assets.write_graph(folder, graph)
        made = {"made by": f"tipgraph {kit.VERSION}", "edition": kit.edition(), "graph": graph.digest}
        made["texts"] = "quoted" if texts else mode.NO_TEXTS
        mode.write(folder, made, in_house=in_house)
        size = single_file.write(folder, in_house=in_house)
        for site in sites:
            index.say_size(site, size)

    return write


def _read(graph: Graph, entries: Collection[str], recipes: Iterable[tuple[str, str]]) -> _Read:
    """Read what all languages share."""
    used = network.EVERY, FUNDING_NETWORK, ROUTES  # on other pages
    known = {name: network.project(graph, name) for name in dict.fromkeys([*network.networks(graph), *used])}
    pictures = networks.pictures(graph, known, recipes)
    figures = things.figures(graph, entries)
    return _Read(ReadClaims(graph), figures, payments(graph), known, pictures, ConflictDesk(graph).cases())


def _write(site: Site, graph: Graph, texts: Texts, read: _Read, *, page_pictures: bool) -> None:
    """Write all pages of one language."""
    claims, words = Claims(graph, site, texts, read.claims), wording(graph, site.language)
    site.add(title_of=words.sources.get)
    every, funding = read.known[network.EVERY], read.known[FUNDING_NETWORK]
    networks.write(site, graph, words, read.pictures)
    mapped = maps.write(claims, read.known[ROUTES])
    sums = money.write(claims, read.payments)
    described = things.describe(claims, words)
    entries = [thing for thing in described if thing.type != "Route"]
    traits = identities_of(graph, [NamedNode(thing.iri) for thing in entries], site.language)
    counted = things.sections(claims, read.figures)
    briefs = dossiers.paths(entries, site.page_of)
    things.write(claims, entries, traits, every, funding, counted, sums, briefs, mapped)
    documents = sources.gather(claims, texts, page_pictures=page_pictures)
    sources.write(site, documents)
    sources.write_lens(claims, documents)
    asked = questions.write(claims, sums)
    terms = ontology_page.OntologyPage(graph, site.language)
    ontology_page.write(claims, terms)
    promised = promises.gathered(claims)
    dossiers.write(claims, entries, briefs, traits, every, counted, promised, documents)
    site.page("timeline.html", timeline.context(claims))
    site.page("ask.html", questions.asking(claims, words, terms))
    site.page("contradictions.html", about.contradictions(claims, read.cases))
    site.page("promises.html", promises.context(claims, promised))
    site.page("about.html", about.context(claims, documents, read.cases, read.payments))
    site.page("licences.html", {"licences": {path.name: path.read_text("utf-8").strip() for path in assets.licences()}})
    site.page("index.html", index.context(claims, described, documents, asked, read.cases))
