"""Claims and links in groups with their totals, as the pages of entries, dossiers, promises and questions show them."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tipgraph.analysis import Attributes, independent, tie_words
from tipgraph.display import ClaimView
from tipgraph.outputs.site.claims import Claims

if TYPE_CHECKING:
    import networkx as nx

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


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


@dataclass(frozen=True)
class ClaimTotals:
    """Some claims, and how many there are: of a status, of a reviewer, of sources, of years."""

    views: Sequence[ClaimView]

    @property
    def number(self) -> int:
        """The number of claims."""
        return len(self.views)

    @cached_property
    def sources(self) -> list[str]:
        """The sources of the claims, each once."""
        return list(dict.fromkeys(citation.source for view in self.views for citation in view.citations))

    @property
    def implied(self) -> int:
        """The number of implied claims."""
        return sum(view.remark.implied for view in self.views)

    @property
    def contradicted(self) -> int:
        """The number of claims with a contradiction."""
        return sum(bool(view.contradictions) for view in self.views)

    @property
    def single(self) -> int:
        """The number of claims that depend on one source."""
        return sum(not view.corroboration for view in self.views)

    @property
    def by_person(self) -> int:
        """The number of claims that a person compared with their sentences."""
        return sum(view.remark.review == "person" for view in self.views)

    @property
    def unreviewed(self) -> int:
        """The number of claims that nobody compared with their sentences."""
        return sum(view.remark.unreviewed for view in self.views)

    @property
    def reviews(self) -> dict[str, int]:
        """The number of claims of each kind of reviewer, in words."""
        return dict(sorted(Counter(view.remark.reviewer for view in self.views).items()))

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

    @property
    def dated(self) -> int:
        """The number of claims with a date."""
        return sum(bool(_years(view)) for view in self.views)

    @property
    def years(self) -> list[int]:
        """The first and the last year of dated claims, one if they are the same; none without a date."""
        years = sorted({year for view in self.views for year in _years(view)})
        return sorted({years[0], years[-1]}) if years else []


def _years(view: ClaimView) -> list[int]:
    days = [day for name in ("earliest", "latest") for day in view.values.get(name, ())]
    return [int(day[:4]) for day in days if day[:4].isdigit()]


def own_claims(claims: Claims, iri: str) -> ClaimTotals:
    """Return the claims about an entry, without names and contradictions."""
    return ClaimTotals([view for view in claims.about(iri) if view.is_counted])


class EntryTie(NamedTuple):
    """A link of an entry: the entry at its other end, the relation in words, and whether it leads into the entry."""

    other: str
    words: str
    into: bool
    data: Attributes


def ties(network: "nx.MultiDiGraph[str]", known: Collection[str], iri: str, language: str) -> list[EntryTie]:
    """Return the links between an entry and others that are known: those into it, then those out of it."""
    return [
        EntryTie(start if end == iri else end, tie_words(data, language), end == iri and not data["undirected"], data)
        for start, end, data in touching(network, iri)
        if start != end and (start if end == iri else end) in known
    ]


def touching(network: "nx.MultiDiGraph[str]", iri: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the links into an entry, then those out of it."""
    return [*network.in_edges(iri, data=True), *network.out_edges(iri, data=True)] if iri in network else []
