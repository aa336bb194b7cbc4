"""The claims of a graph on the pages of one language, with links to the places where sources say them; their totals."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar
from urllib.parse import quote as quoted

from pyoxigraph import NamedNode

from tipgraph.analysis import independent
from tipgraph.display import CitedSentence, ClaimView, StoredClaims, fingerprint, quote
from tipgraph.graph import Citation, Graph, Remark
from tipgraph.model import data_name, runs
from tipgraph.outputs.site.site_tree import Site, source_path
from tipgraph.sources import Texts

if TYPE_CHECKING:
    import networkx as nx

Network: TypeAlias = "nx.MultiDiGraph[str]"

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A place where a source says a claim: its label, its path on the site, and its quote, empty without a text.

    `page` is 0 if the document has none. `span` is its place in the text.
    """

    source: str
    paragraph: int
    sentence: int
    page: int
    label: str
    path: str
    quote: str
    span: tuple[int, int] = field(default=(0, 0), compare=False)


def anchor(paragraph: int, key: str) -> str:
    """Return the anchor of a claim on the page of a source, at one of its paragraphs.

    >>> anchor(13, "oas-cim-2005/funding/p13-1")
    'p13/oas-cim-2005/funding/p13-1'
    """
    return f"p{paragraph}/{quoted(key)}"


class ReadClaims:
    """All claims of a graph and the entries that they are about, read once for the sites of all languages."""

    def __init__(self, graph: Graph) -> None:
        """Read them."""
        self._stored = StoredClaims.of_graph(graph)
        rows = [(row["thing"], data_name(row["claim"].value)) for row in graph.named("mentions")]
        self.about = {iri: [key for _, key in own] for iri, own in grouped(rows, lambda row: [row[0].value]).items()}
        self.entries = {key: [thing for thing, _ in own] for key, own in grouped(rows, lambda row: [row[1]]).items()}
        self.english = {view.key: view for view in self._stored.views().values()}

    def views(self, language: str) -> Iterable[ClaimView]:
        """Return every claim in a language."""
        return self.english.values() if language == "en" else self._stored.views(language).values()


class Claims:
    """All claims of a graph in the language of a site, made once for all its pages."""

    def __init__(self, graph: Graph, site: Site, texts: Texts, read: ReadClaims | None = None) -> None:
        """Say every claim; `read` has the claims of the graph."""
        self.graph, self.site, self.texts = graph, site, texts
        site.add(links=self.links, links_of=self.links_of, numbers_of=self.numbers)
        read = read or ReadClaims(graph)
        self._views = {view.key: view for view in read.views(site.language)}
        self._links: dict[NamedNode, list[PlaceLink]] = {}
        self._about, self._entries, self._english = read.about, read.entries, read.english
        nodes = dict.fromkeys(entry for found in self._entries.values() for entry in found)
        self._labels = graph.labels(nodes, site.language)
        self._numbers = {key: number for number, key in enumerate(self._views)}

    def all(self) -> list[ClaimView]:
        """Return every claim, in the order of the keys."""
        return list(self._views.values())

    def of(self, keys: Iterable[str]) -> list[ClaimView]:
        """Return the claims of some keys, each once; leave out unknown keys."""
        return [self._views[key] for key in dict.fromkeys(keys) if key in self._views]

    def number(self, view: ClaimView) -> int:
        """Return the number of a claim among all claims, as scripts use it."""
        return self._numbers[view.key]

    def numbers(self, views: Iterable[ClaimView]) -> str:
        """Return the numbers of claims as `3-9,12`."""
        found = runs(map(self.number, views))
        return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)

    def counted(self, iri: str) -> list[ClaimView]:
        """Return the claims about an entry, without names and contradictions, in the order of their keys."""
        return [view for view in self.of(self._about.get(iri, ())) if view.is_counted]

    def about(self, iri: str) -> list[ClaimView]:
        """Return the claims about an entry: its names first, then by their headings."""
        return sorted(
            self.of(self._about.get(iri, ())),
            key=lambda view: (
                not view.is_naming, view.heading, [link.label for link in self.links(view)], view.sentence
            ),
        )  # fmt: skip

    def entries(self, key: str) -> list[tuple[str, str]]:
        """Return the IRI and the label of each entry that a claim is about."""
        return [(entry.value, self._labels.get(entry, entry.value)) for entry in self._entries.get(key, ())]

    def links(self, view: CitedSentence) -> list[PlaceLink]:
        """Return links to the places of a claim; each once, since two citations may look alike."""
        if view.claim not in self._links:
            found = dict.fromkeys(self._link(citation, view.key) for citation in view.citations)
            self._links[view.claim] = list(found)
        return self._links[view.claim]

    def links_of(self, views: Iterable[CitedSentence]) -> list[PlaceLink]:
        """Return links to the places of several claims, each place once."""
        return list(dict.fromkeys(link for view in views for link in self.links(view)))

    def cited(self, views: Iterable[ClaimView]) -> dict[str, str]:
        """Return the path of each source of claims, and of claims that agree with them or contradict them, by name."""
        shown = list(views)
        others = (other for view in shown for _, other, *_ in view.contradictions)
        agreeing = (other for view in shown for other in view.agreeing)
        links = self.links_of(chain(shown, others, agreeing))
        return dict(sorted((link.source, link.path.partition("#")[0]) for link in links))

    def _link(self, citation: Citation, key: str) -> PlaceLink:
        path = f"{source_path(citation.source)}#{anchor(citation.paragraph, key)}"
        is_withheld = citation.absent == "withheld"
        absent = self.site.words("withheld") if is_withheld else self.site.words("only quoted by others")
        label = str(citation) if citation.paragraph else f"{citation.source} ({absent})"
        words = quote(citation, self.texts) or ""
        place = citation.source, citation.paragraph, citation.sentence, citation.page
        return PlaceLink(*place, label, path, words, (citation.start, citation.end))

    def data(self, view: ClaimView) -> dict[str, Any]:
        """Return a claim for scripts; paths are from the root of the language."""
        whole = view.corroboration
        return {
            "heading": view.heading,
            "fingerprint": fingerprint(self._english[view.key]),
            **self._sentence_data(view),
            "modality": view.remark.modality,
            "caveats": list(view.remark.caveats),
            **remark_data(view.remark),
            "also": [self._sentence_data(agreeing) for agreeing in view.agreeing],
            "whole": {"sources": whole.sources, "publishers": whole.publishers} if whole else None,
            "against": [
                {
                    "reason": reason,
                    "judged": judgement,
                    "grounds": grounds,
                    "key": other.key,
                    **self._sentence_data(other),
                    **remark_data(other.remark),
                }
                for reason, other, judgement, grounds, _ in view.contradictions
            ],
        }

    def _sentence_data(self, view: CitedSentence) -> dict[str, Any]:
        """Return a sentence in pieces: texts, and pairs of a text and its language where that is another one."""
        links = [
            {"label": link.label, "path": link.path, "quote": link.quote, "source": link.source, "span": link.span}
            for link in self.links(view)
        ]
        pieces = [[word.text, word.language] if word.language else word.text for word in view.pieces]
        return {"sentence": pieces, "said": links}


def remark_data(remark: Remark) -> dict[str, Any]:
    """Return for scripts the reviewer, notes and corrections of a claim; its caveats end its sentence."""
    reviewer = "" if remark.unreviewed else remark.reviewer
    return {"reviewer": reviewer, "notes": list(remark.told), "corrections": list(remark.corrections)}


def grouped(items: Iterable[_Item], keys: Callable[[_Item], Iterable[_Key]]) -> dict[_Key, list[_Item]]:
    """Return items by each of their keys; keys and items are in the order in which they occur.

    >>> grouped(["an", "is", "it"], lambda word: word)
    {'a': ['an'], 'n': ['an'], 'i': ['is', 'it'], 's': ['is'], 't': ['it']}
    """
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        for key in keys(item):
            groups.setdefault(key, []).append(item)
    return groups


def by_review(views: Iterable[ClaimView]) -> tuple[list[ClaimView], list[ClaimView]]:
    """Return the claims that somebody has compared with their sentences, and those that nobody has."""
    groups = grouped(views, lambda view: [view.remark.unreviewed])
    return groups.get(False, []), groups.get(True, [])


class ClaimTotals:
    """Some claims, the sources of these, each once, and how many claims there are of each kind.

    Of the claims, `single` ones depend on one source, a person compared those `by_person` with their sentences, and
    nobody compared the `unreviewed` ones. `reviews` has their number by kind of reviewer, in words. `years` are the
    first and the last one of the `dated` claims, one if they are the same. A `weak` one has a caveat beside `implied`
    and `not reviewed`.
    """

    def __init__(self, views: Sequence[ClaimView]) -> None:
        """Count them."""
        remarks = [view.remark for view in views]
        self.views, self.number = views, len(views)
        self.sources = list(dict.fromkeys(citation.source for view in views for citation in view.citations))
        self.implied = sum(remark.implied for remark in remarks)
        self.weak = sum(not remark.implied and len(remark.caveats) > remark.unreviewed for remark in remarks)
        self.noted = sum(bool(remark.notes) for remark in remarks)
        self.contradicted = sum(bool(view.contradictions) for view in views)
        self.single = sum(not view.corroboration for view in views)
        self.by_person = sum(remark.review == "person" for remark in remarks)
        self.unreviewed = sum(remark.unreviewed for remark in remarks)
        self.reviews = dict(sorted(Counter(remark.reviewer for remark in remarks).items()))
        dates = [_years(view) for view in views]
        self.dated = sum(map(bool, dates))
        years = [*chain(*dates)]
        self.years = sorted({min(years), max(years)}) if years else []

    @property
    def sayings(self) -> int:
        """The number of independent sayings: several claims from one sentence are one, and so is a repetition."""
        edges = [
            {
                "claim": view.claim.value,
                "roots": " ".join(view.values.get("restates", ())),
                "said_at": "; ".join(view.places),
            }
            for view in self.views
        ]
        return independent(edges)


def _years(view: ClaimView) -> list[int]:
    days = [day for name in ("earliest", "latest") for day in view.values.get(name, ())]
    return [int(day[:4]) for day in days if day[:4].isdigit()]
