"""The claims of a graph as pages say them: a sentence, where it is said, what the editor notes, what contradicts it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode

from tipgraph.display import Against, Said, say_all
from tipgraph.graph import Citation, Graph, Remark
from tipgraph.model import Word, data_name, tip
from tipgraph.outputs.site.site_tree import Site, source_path
from tipgraph.sources import Texts


@dataclass(frozen=True)
class Spot:
    """Where a claim is said, in words, and the way to it there; the quote is empty where no text is at hand."""

    source: str
    paragraph: int
    sentence: int
    label: str
    path: str
    quote: str

    def data(self, root: str) -> dict[str, str]:
        """Return it for a page whose root is that way up."""
        return {"label": self.label, "href": root + self.path, "quote": self.quote}


@dataclass(frozen=True)
class OtherSide:
    """A claim that contradicts another one, why, and what was answered; empty where nothing was."""

    reason: str
    judged: str
    grounds: str
    key: str
    pieces: list[Word]
    remark: Remark
    spots: list[Spot]

    def data(self, root: str) -> dict[str, Any]:
        """Return it for a page whose root is that way up."""
        said = [spot.data(root) for spot in self.spots]
        return {
            "reason": self.reason,
            "judged": self.judged,
            "grounds": self.grounds,
            "key": self.key,
            "sentence": said_in(self.pieces),
            **_remarked(self.remark),
            "said": said,
        }


@dataclass(frozen=True)
class Also:
    """What another source says of a claim too, and where."""

    pieces: list[Word]
    spots: list[Spot]

    def data(self, root: str) -> dict[str, Any]:
        """Return it for a page whose root is that way up."""
        return {"sentence": said_in(self.pieces), "said": [spot.data(root) for spot in self.spots]}


@dataclass
class Told:
    """One claim as a page says it; `key` is its IRI without what all IRIs of data begin with.

    `whole` has how many sources and publishers say all of it, and nothing where it is one source alone.
    """

    key: str
    cls: str
    heading: str
    pieces: list[Word]
    remark: Remark
    spots: list[Spot]
    also: list[Also] = field(default_factory=list)
    whole: dict[str, int] = field(default_factory=dict)
    against: list[OtherSide] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The claim as a sentence."""
        return "".join(word.text for word in self.pieces)

    @property
    def naming(self) -> bool:
        """Tell whether it says how a thing is called."""
        return self.cls == tip.Naming

    def data(self, root: str) -> dict[str, Any]:
        """Return it for the script of a page whose root is that way up."""
        return {
            "heading": self.heading,
            "sentence": said_in(self.pieces),
            "modality": self.remark.modality,
            **_remarked(self.remark),
            "said": [spot.data(root) for spot in self.spots],
            "also": [one.data(root) for one in self.also],
            "whole": self.whole or None,
            "against": [one.data(root) for one in self.against],
        }


def said_in(pieces: Iterable[Word]) -> list[str | list[str]]:
    """Return a sentence for a script: texts, and beside each that is in another language the name of that language."""
    return [[word.text, word.language] if word.language else word.text for word in pieces]


def _remarked(remark: Remark) -> dict[str, Any]:
    """Return who has reviewed a claim, notes and corrections, for a script; its caveats end its sentence."""
    reviewer = "" if remark.unreviewed else remark.reviewer
    return {"reviewer": reviewer, "notes": list(remark.notes), "corrections": list(remark.corrections)}


def anchor(paragraph: int, key: str) -> str:
    """Return what names a claim within the page of a source, at one of the paragraphs that say it.

    >>> anchor(13, "oas-cim-2005/funding/p13-1")
    'p13/oas-cim-2005/funding/p13-1'
    """
    return f"p{paragraph}/{quote(key)}"


class Claims:
    """All claims of a graph in the language of a site, said once for all its pages."""

    def __init__(self, graph: Graph, site: Site, texts: Texts) -> None:
        """Say every claim, and find what it contradicts and which things it speaks of."""
        self._texts, self._site = texts, site
        said = say_all(graph, site.language).values()
        self._told = {data_name(one.claim.value): self._tell(one) for one in said}
        for one in said:
            against = list(map(self._against, one.against))
            self._told[data_name(one.claim.value)].against = against
        self._about: dict[str, list[str]] = {}
        self._things: dict[str, list[NamedNode]] = {}
        for row in graph.named("mentions"):
            key = data_name(row["claim"].value)
            self._about.setdefault(row["thing"].value, []).append(key)
            self._things.setdefault(key, []).append(row["thing"])
        self._labels = graph.labels((thing for found in self._things.values() for thing in found), site.language)

    def __len__(self) -> int:
        """Return how many claims there are."""
        return len(self._told)

    def all(self) -> list[Told]:
        """Return every claim, in the order of the keys."""
        return list(self._told.values())

    def told(self, keys: Iterable[str]) -> dict[str, Told]:
        """Return the claims of some keys, those that are none left out."""
        return {key: self._told[key] for key in keys if key in self._told}

    def about(self, iri: str) -> list[Told]:
        """Return the claims that speak of a thing: how it is called first, then by their headings."""
        found = [self._told[key] for key in self._about.get(iri, ())]
        return sorted(found, key=lambda one: (not one.naming, one.heading, [s.label for s in one.spots], one.sentence))

    def things(self, key: str) -> list[tuple[str, str]]:
        """Return the things that a claim speaks of: the IRI and the label of each."""
        return [(thing.value, self._labels.get(thing, thing.value)) for thing in self._things.get(key, ())]

    def _tell(self, said: Said) -> Told:
        key = data_name(said.claim.value)
        return Told(
            key,
            said.cls.value,
            said.heading,
            said.pieces,
            said.remark,
            self._spots(said.citations, said.claim),
            [Also(other.pieces, self._spots(other.citations, other.claim)) for other in said.also],
            _whole(said),
        )

    def _spots(self, citations: Iterable[Citation], claim: NamedNode) -> list[Spot]:
        """Return where a claim is said; two spans may look alike."""
        key = data_name(claim.value)
        return list(dict.fromkeys(self._spot(citation, key) for citation in citations))

    def _spot(self, citation: Citation, key: str) -> Spot:
        path = f"{source_path(citation.source)}#{anchor(citation.paragraph, key)}"
        words = self._texts.quote(citation.file, citation.start, citation.end, citation.digest, citation.form) or ""
        why = self._site.words("withheld") if citation.absent == "withheld" else self._site.words("cited")
        label = str(citation) if citation.paragraph else f"{citation.source} ({why})"
        return Spot(citation.source, citation.paragraph, citation.sentence, label, path, words)

    def _against(self, one: Against) -> OtherSide:
        told = self._told[data_name(one.other.claim.value)]
        return OtherSide(one.reason, one.judged, one.grounds, told.key, told.pieces, told.remark, told.spots)


def _whole(said: Said) -> dict[str, int]:
    if not said.support or not said.support.others:
        return {}
    return {"sources": said.support.standing.sources, "publishers": said.support.standing.publishers}
