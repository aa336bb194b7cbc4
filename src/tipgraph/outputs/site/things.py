"""A page for each entry: its names and their sources, its claims, its links, its identifiers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from tipgraph.analysis import Edge, claims_of, independent, is_reviewed, kinds_of, reached, stated_end, tie_words
from tipgraph.display import ClaimView, identities_of, marked
from tipgraph.graph import Graph
from tipgraph.model import data_name, tip
from tipgraph.outputs.site.claim_groups import EntryTie, by_review, grouped, own_claims, ties, touching
from tipgraph.outputs.site.claims import Claims
from tipgraph.outputs.site.entry_summaries import claim_groups, summary, twins
from tipgraph.outputs.site.labels import Wording, codes_of
from tipgraph.outputs.site.money import MoneySums
from tipgraph.outputs.site.numbers import NumbersSection
from tipgraph.outputs.site.site_tree import Site, entry_name, linked

if TYPE_CHECKING:
    import networkx as nx

_LIST = "things.html"
_MANY = {  # the types of things
    "Actor": marked("Actors"),
    "Undertaking": marked("Projects and events"),
    "Place": marked("Places"),
    "Document": marked("Documents"),
    "Route": marked("Routes"),
    "Thing": marked("Entries"),
}


@dataclass(frozen=True)
class Thing:
    """An entry in a list: IRI, label, class and type in the language of the page, other names, number of claims.

    `types_label` is the plural of its type.
    """

    iri: str
    label: str
    kind_label: str
    type: str
    types_label: str
    aliases: tuple[str, ...]
    claims: int


@dataclass(frozen=True)
class Neighbour:
    """An entry linked to another one: the number of independent claims by relation; `implied` if none is stated."""

    iri: str
    label: str
    type: str
    relations: Mapping[str, int]
    implied: bool

    @property
    def words(self) -> str:
        """The relations in words."""
        return ", ".join(f"{name} ×{count}" if count > 1 else name for name, count in self.relations.items())


@dataclass(frozen=True)
class Step:
    """A step on the way of money: the entry that it leaves, the relation, and the claims."""

    start: Thing
    relation: str
    implied: bool
    claims: list[ClaimView]


def describe(graph: Graph, site: Site, claims: Claims, wording: Wording) -> list[Thing]:
    """Return the entries that have a page, and the routes, in the order of their labels."""
    nodes = [NamedNode(iri) for iri in site.things + site.routes]
    kinds = kinds_of(graph, [node.value for node in nodes])
    labels = graph.labels(nodes, site.language)
    things = []
    for node in nodes:
        kind, top = kinds.get(node.value, ("Thing", "Thing"))
        label = labels.get(node, data_name(node.value))
        aliases = tuple(name for name in wording.aliases.get(node.value, ()) if name != label)
        word = wording.classes.get(kind, kind)
        many = site.words(_MANY[top]) if top in _MANY else wording.classes.get(top, top)  # a project may add types
        things.append(Thing(node.value, label, word, top, many, aliases, own_claims(claims, node.value).number))
    return sorted(things, key=lambda thing: (thing.label.casefold(), thing.iri))


def write(
    site: Site,
    graph: Graph,
    claims: Claims,
    things: Iterable[Thing],
    network: "nx.MultiDiGraph[str]",
    funding: "nx.MultiDiGraph[str]",
    counted: Mapping[str, NumbersSection],
    sums: MoneySums,
    dossiers: Mapping[str, str],
    drawn_in: Mapping[str, Sequence[str]],
    maps: Mapping[str, Sequence[str]],
) -> None:
    """Write the page of each entry, and the list of all entries.

    `network` has the edges of all claims, `funding` the edges of money. By the IRI of an entry, `counted` has the
    sections of figures, `dossiers` the path of its dossier, `drawn_in` the paths of the networks that show it, and
    `maps` the scripts that draw its small map.
    """
    known = {thing.iri: thing for thing in things}
    ways = reached(funding)
    traits = identities_of(graph, [NamedNode(iri) for iri in known], site.language)
    reviews = codes_of(graph, "review", site.language)
    attended = _attended(site, graph)
    matches, addresses = (_addresses(graph, query) for query in ("matches", "document-addresses"))
    alike = twins(graph, {iri: thing.label for iri, thing in known.items()}, site.language)

    def content(iri: str) -> dict[str, Any]:
        thing, links = known[iri], ties(network, known, iri, site.language)
        before, after = neighbours(known, links)
        stated, perhaps = _stated_and_implied(ways.get(iri, []) if thing.type != "Place" else [])
        return {
            "thing": thing,
            **_claims_about(iri, claims, attended.get(iri, {})),
            "summary": summary(iri, own_claims(claims, iri), links),
            "amounts": sums.entries.get(iri, []),
            "twins": alike.get(iri, []),
            "linked": len({near.iri for near in before + after}),
            "places": _places(before + after),
            "on_map": _on_map(thing, claims),
            "map_scripts": maps.get(iri, ()),
            "in_networks": [entry for entry in site.networks if entry.path in drawn_in.get(iri, ())],
            "numbers": counted.get(iri),
            "funder": data_name(iri),
            "sums": sums.funders.get(iri, []),
            "dossier": dossiers.get(iri, ""),
            "traits": traits.get(NamedNode(iri), []),
            "matches": matches.get(iri, []),
            "addresses": addresses.get(iri, []),
            "before": before,
            "after": after,
            "tied_by": _reviewers(touching(network, iri), reviews),
            "money": [_steps(site, claims, known, way) for way in stated],
            "perhaps": [_steps(site, claims, known, way) for way in perhaps],
            "money_by": _reviewers(chain(*stated), reviews),
            "perhaps_by": _reviewers(chain(*perhaps), reviews),
        }

    for iri in known:
        site.write(site.page_of(iri), "thing.html", **content(iri))
    by_type = grouped(known.values(), lambda thing: [(thing.type, thing.types_label)])
    site.write(_LIST, _LIST, by_type=dict(sorted(by_type.items())), routes=len(site.routes))


def _addresses(graph: Graph, query: str) -> dict[str, list[tuple[str, str]]]:
    """Return the addresses that a query has of entries, each with its link if it is safe, by IRI."""
    addresses: dict[str, list[tuple[str, str]]] = {}
    for row in graph.named(query):
        addresses.setdefault(row["thing"].value, []).append((row["match"].value, linked(row["match"].value)))
    return addresses


def _claims_about(iri: str, claims: Claims, headings: Mapping[str, str]) -> dict[str, Any]:
    """Return the names and other claims of a page; `headings` has those that are not the label of the class."""
    views = claims.about(iri)
    return {
        "names": by_review(view for view in views if view.is_naming),
        "groups": claim_groups(iri, views, claims, headings),
        "contradicted": list(chain(*by_review(view for view in views if view.contradictions))),
        "cited": claims.cited(views),
    }


def _places(near: Iterable[Neighbour]) -> list[Neighbour]:
    """Return the places among linked entries, each once."""
    places: dict[str, Neighbour] = {}
    for place in near:
        if place.type == "Place" and (place.iri not in places or not place.implied):
            places[place.iri] = place
    return list(places.values())


def _on_map(thing: Thing, claims: Claims) -> str:
    """Return the name of a place on the map of routes; empty for others, and without a report of a route."""
    is_there = thing.type == "Place" and any(view.cls.value == tip.RouteReport for view in claims.about(thing.iri))
    return entry_name(thing.iri) if is_there else ""


def _stated_and_implied(ways: list[list[Edge]]) -> tuple[list[list[Edge]], list[list[Edge]]]:
    """Return the parts of ways of money with a stated end, each once, and the other ways; reviewed ones first."""
    stated = list({tuple(edge[2] for edge in way): way for way in map(stated_end, ways) if way}.values())
    perhaps = [way for way in ways if way not in stated]
    return sorted(stated, key=_any_unreviewed), sorted(perhaps, key=_any_unreviewed)


def _any_unreviewed(way: Iterable[Edge]) -> bool:
    return not all(is_reviewed(data) for *_, data in way)


def _steps(site: Site, claims: Claims, known: Mapping[str, Thing], way: Iterable[Edge]) -> list[Step]:
    return [
        Step(
            known[start],
            tie_words(data, site.language),
            data["modality"] == "implied",
            claims.of(map(data_name, claims_of(data))),
        )
        for start, _, _, data in way
    ]


def neighbours(known: Mapping[str, Thing], links: Iterable[EntryTie]) -> tuple[list[Neighbour], list[Neighbour]]:
    """Return the entries whose links lead to an entry, and all other linked entries; those by reviewed links first."""
    sides = grouped(links, lambda link: [link.into])
    every = list(chain(*sides.values()))
    stated = {link.other for link in every if link.data["modality"] == "stated"}
    reviewed = {link.other for link in every if is_reviewed(link.data)}

    def listed(side: Iterable[EntryTie]) -> list[Neighbour]:
        neighbours = []
        for other, own in grouped(side, lambda link: [link.other]).items():
            by_words = grouped(own, lambda link: [_arrowed(link)])
            counts = Counter({words: independent([link.data for link in same]) for words, same in by_words.items()})
            named = known[other].label, known[other].type
            neighbours.append(Neighbour(other, *named, dict(counts.most_common()), other not in stated))
        return sorted(
            neighbours,
            key=lambda near: (
                near.iri not in reviewed, -sum(near.relations.values()), near.label.casefold(), near.iri
            ),
        )  # fmt: skip

    return listed(sides.get(True, [])), listed(sides.get(False, []))


def _arrowed(link: EntryTie) -> str:
    """Return the words of a link with an arrow in its direction, if it has one."""
    if link.data["undirected"]:
        return link.words
    return f"{link.words} →" if link.into else f"→ {link.words}"


def _reviewers(edges: Iterable[tuple[Any, ...]], labels: Mapping[str, str]) -> str:
    """Return the number of claims behind edges by kind of reviewer, in words."""
    counts = Counter(review for *_, data in edges for review in data.get("review", "").split())
    return ", ".join(f"{labels[review]} {count}" for review, count in sorted(counts.items()))


def shortened(text: str, most: int) -> str:
    """Return a text cut to a number of letters, with an ellipsis.

    >>> shortened("Inter-American Commission", 10)
    'Inter-Ame…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip(' ,;')}…"


def _attended(site: Site, graph: Graph) -> dict[str, dict[str, str]]:
    """Return the headings of payments for attendance, by the event or the attendant, and by the claim.

    They are apart from other payments, since they fund neither of the two.
    """
    texts = {"attendance": site.words("Money to attend it"), "receiver": site.words("Money for it to attend events")}
    headings: dict[str, dict[str, str]] = {}
    for row in graph.named("attendance"):
        for name, heading in texts.items():
            if row[name] is not None:
                headings.setdefault(row[name].value, {})[data_name(row["claim"].value)] = heading
    return headings
