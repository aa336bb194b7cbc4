"""Ties between those who share a neighbour: from a network of two modes to one."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from tipgraph.statements import DATA

Attributes = dict[str, Any]
Edge = tuple[str, str, str, Attributes]


class Shared(NamedTuple):
    """Two nodes that share a neighbour, and the attributes of the edges that tie each of them to it."""

    one: str
    other: str
    hub: str
    behind: list[Attributes]

    @property
    def key(self) -> str:
        """A name that no other pair and neighbour has."""
        return " ".join(iri.removeprefix(DATA) for iri in (self.one, self.other, self.hub))


def who_share(edges: Iterable[Edge], *, onto_starts: bool = True) -> Iterator[Shared]:
    """Give each pair of starts that share an end (or of ends that share a start), in a fixed order."""
    hubs: dict[str, dict[str, list[Edge]]] = {}
    for edge in edges:
        one, hub = (edge[0], edge[1]) if onto_starts else (edge[1], edge[0])
        hubs.setdefault(hub, {}).setdefault(one, []).append(edge)
    for hub, ends in sorted(hubs.items()):
        for one, other in combinations(sorted(ends), 2):
            behind = sorted(ends[one] + ends[other], key=lambda edge: edge[2])
            yield Shared(one, other, hub, [data for *_, data in behind])


def joined(behind: Iterable[Attributes]) -> Attributes:
    """Return what several edges say together, as one implied edge without a direction.

    A bound of its date is known only where all of them have one, and a date only where all have the same.
    """
    edges = list(behind)
    bounds = {"earliest": min, "latest": max}
    together: Attributes = {
        "claim": _several(edges, "claim", " "),
        "class": _several(edges, "class", " "),
        "directed": False,
        "modality": "implied",
        "source": _several(edges, "source", " "),
        "said_at": _several(edges, "said_at", "; "),
        "status": _several(edges, "status", " "),
        "inherited": _several(edges, "inherited", " "),
        "review": _several(edges, "review", " "),
        "corrected": _several(edges, "corrected", "; "),
        "caveats": _several(edges, "caveats", ", "),
        "caveats_es": _several(edges, "caveats_es", ", "),
        "roots": _several([{"roots": data.get("roots", data["claim"])} for data in edges], "roots", " "),
    }
    if len({data.get("date") for data in edges}) == 1:
        together["date"] = edges[0].get("date", "")
    for name, choose in bounds.items():
        if all(name in data for data in edges):
            together[name] = choose(data[name] for data in edges)
    return {name: value for name, value in together.items() if value != ""}


def _several(edges: Iterable[Mapping[str, Any]], name: str, mark: str) -> str:
    """Join the values of an attribute, each once."""
    return mark.join(dict.fromkeys(part for data in edges for part in data.get(name, "").split(mark) if part))
