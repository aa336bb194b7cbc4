"""Ties between those who share a neighbour, from a network of two modes to one; and how many sayings weigh a tie."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from tipgraph.model import data_name

Attributes = dict[str, Any]
Edge = tuple[str, str, str, Attributes]


class Shared(NamedTuple):
    """Two nodes that share a neighbour, and the edges that tie each of them to it."""

    one: str
    other: str
    hub: str
    ones: list[Edge]
    others: list[Edge]

    @property
    def behind(self) -> list[Attributes]:
        """The attributes of the edges of both, in a fixed order."""
        return [data for *_, data in sorted(self.ones + self.others, key=lambda edge: edge[2])]

    @property
    def key(self) -> str:
        """A name that no other pair and neighbour has."""
        return " ".join(data_name(iri) for iri in (self.one, self.other, self.hub))


def who_share(edges: Iterable[Edge], *, onto_starts: bool = True) -> Iterator[Shared]:
    """Give each pair of starts that share an end (or of ends that share a start), in a fixed order."""
    hubs: dict[str, dict[str, list[Edge]]] = {}
    for edge in edges:
        one, hub = (edge[0], edge[1]) if onto_starts else (edge[1], edge[0])
        hubs.setdefault(hub, {}).setdefault(one, []).append(edge)
    for hub, ends in sorted(hubs.items()):
        for one, other in combinations(sorted(ends), 2):
            yield Shared(one, other, hub, ends[one], ends[other])


def in_one_sentence(shared: Shared) -> Shared:
    """Return what is left of two who share a neighbour where only sentences count that name both."""

    def named(edges: list[Edge]) -> set[str]:
        return {place for edge in edges for place in edge[3].get("said_at", "").split("; ")} - {""}

    both = named(shared.ones) & named(shared.others)
    ones, others = ([edge for edge in edges if both & named([edge])] for edges in (shared.ones, shared.others))
    return shared._replace(ones=ones, others=others)


def joined(behind: Iterable[Attributes]) -> Attributes:
    """Return what several edges say together, as one implied edge without a direction.

    A date, and a bound of it, is known only where all of them have the same.
    """
    edges = list(behind)
    together: Attributes = {
        "claim": _several(edges, "claim", " "),
        "class": _several(edges, "class", " "),
        "directed": False,
        "modality": "implied",
        "source": _several(edges, "source", " "),
        "said_at": _several(edges, "said_at", "; "),
        "sayings": _several(edges, "sayings", "; "),
        "status": _several(edges, "status", " "),
        "inherited": _several(edges, "inherited", " "),
        "concluded": _several(edges, "concluded", " "),
        "review": _several(edges, "review", " "),
        "corrected": _several(edges, "corrected", "; "),
        "doubts": _several(edges, "doubts", "; "),
        "caveats": _several(edges, "caveats", ", "),
        "caveats_es": _several(edges, "caveats_es", ", "),
        "roots": _several([{"roots": data.get("roots", data["claim"])} for data in edges], "roots", " "),
    }
    for name in ("date", "earliest", "latest"):
        if len({data.get(name) for data in edges}) == 1:
            together[name] = edges[0].get(name, "")
    return {name: value for name, value in together.items() if value != ""}


def independent(edges: Iterable[Attributes]) -> int:
    """Return how many independent sayings stand behind edges: the weight of what they tie, wherever one is told.

    A saying is a sentence of a source; sources with the same text are one. What several claims take from one sentence
    is said once, and so is what a claim only says again. A folded edge has its weight already.
    """
    weights = number = 0
    marked: list[set[str]] = []
    for data in edges:
        if "weight" in data:
            weights += data["weight"]
        else:
            marked.append({*(data.get("roots") or data["claim"]).split(), *sayings(data)})
    seen: set[str] = set()
    for marks in sorted(marked, key=lambda marks: (len(marks), sorted(marks))):  # what says several things again last
        number += seen.isdisjoint(marks)
        seen |= marks
    return weights + number


def sayings(data: Attributes) -> list[str]:
    """Return the sentences that an edge rests on, those of sources with the same text as of one."""
    return [place for place in (data.get("sayings") or data.get("said_at") or "").split("; ") if place]


def voices(edges: Iterable[Attributes]) -> set[str]:
    """Return the sources behind edges, those with the same text as one."""
    return {place.partition(" ")[0] for data in edges for place in sayings(data) or data["source"].split()}


def _several(edges: Iterable[Mapping[str, Any]], name: str, mark: str) -> str:
    """Join the values of an attribute, each once."""
    return mark.join(dict.fromkeys(part for data in edges for part in data.get(name, "").split(mark) if part))
