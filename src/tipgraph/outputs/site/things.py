"""A page for each entry: who it is, how much is known of it, its numbers, claims, links, names and identifiers.

Claims of a heading that somebody has reviewed come first. Claims about the same other entry are folded together.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from pyoxigraph import NamedNode

from tipgraph.analysis import (
    Attributes,
    Drift,
    Edge,
    Numbers,
    Phrases,
    claims_of,
    independent,
    is_reviewed,
    numbers_of_each,
    reached,
    stated_end,
    tie_words,
)
from tipgraph.display import ClaimView, Trait, identities_of, marked
from tipgraph.graph import Graph
from tipgraph.model import data_name, terms, tip
from tipgraph.outputs.site.claims import Claims, ClaimTotals, Network, PlaceLink, by_review, grouped
from tipgraph.outputs.site.labels import Wording, codes_of
from tipgraph.outputs.site.money import MoneySums
from tipgraph.outputs.site.site_tree import entry_name, linked

_LEAST, _SHOWN = 3, 3  # claims that are folded together; other claims of a heading that are not folded
_FOLDS = 20  # of a heading
_HEADINGS = {  # of the claims about an entry, by their class and the column in which it is; no stronger than the claims
    "Activity agent": marked("What it does"),
    "Affiliation affiliate": marked("What it belongs to"),
    "Affiliation": marked("Its members, bodies and offices"),
    "Estimate": marked("Numbers"),
    "Funding attendance": marked("Money to attend it"),
    "Funding giver": marked("Money from it"),
    "Funding guest": marked("Money for it to attend events"),
    "Funding receiver": marked("Money to it"),
    "Funding": marked("Money for it"),
    "Participation participant": marked("Its part in projects and events"),
    "Participation": marked("Who takes part, and how"),
    "Partnership partner": marked("Partners"),
    "Partnership": marked("Who works together"),
    "PublicationReport": marked("Documents"),
    "RouteReport": marked("Routes"),
    "UndertakingReport undertaking": marked("What sources report of it"),
    "UndertakingReport": marked("Projects and events"),
}
_SUBJECT = "affiliate", "undertaking", "document", "route"  # the columns of the entry that a claim describes
_NOT_YET = frozenset({"planned", "proposed", "invited"})  # statuses
_MANY = {  # the types of things
    "Actor": marked("Actors"),
    "Undertaking": marked("Projects and events"),
    "Place": marked("Places"),
    "Document": marked("Documents"),
    "Route": marked("Routes"),
    "Thing": marked("Entries"),
}


class NumbersSection(NamedTuple):
    """The figures of an entry, their claims, the place of each claim, and what says them in words."""

    found: Numbers
    wording: Phrases
    claims: list[ClaimView]
    places: Mapping[NamedNode, PlaceLink]

    @property
    def lines(self) -> list[str]:
        """The lineages and the repetitions of figures in words."""
        return [*self.wording.families(), *map(self.wording.drift, self.found.drifts)]

    @property
    def repeated(self) -> list[Drift]:
        """The repetitions of figures, those of a lineage together."""
        again = grouped(self.found.drifts, lambda drift: [drift.restating.claim])
        families = self.found.lineage.families
        return [drift for family in families for claim in family.mentions for drift in again.get(claim, ())]


def figures(graph: Graph, entries: Collection[str]) -> dict[str, Numbers]:
    """Return the figures of each of some entries that has some by its IRI: a subject of estimates, an end of routes."""
    every = numbers_of_each(graph, [row["thing"] for row in graph.named("estimated") if row["thing"].value in entries])
    return {entry.value: found for entry, found in every.items() if found.mentions}


def sections(claims: Claims, every: Mapping[str, Numbers]) -> dict[str, NumbersSection]:
    """Return the section of each entry with figures by its IRI; `every` has the figures of each."""
    told = {}
    for iri, found in every.items():
        views = claims.of(data_name(mention.claim.value) for mention in found.mentions)
        places = {view.claim: links[0] for view in views if (links := claims.links(view))}
        told[iri] = NumbersSection(found, Phrases(claims.graph, found, claims.site.language), views, places)
    return told


class ClaimGroup(NamedTuple):
    """Claims: those that are folded together, by the other entry that all are about; those shown; and the rest."""

    number: int
    folds: list[tuple[str, ClaimTotals]]
    views: list[ClaimView]
    rest: list[ClaimView]


class EntryTie(NamedTuple):
    """A link of an entry: the entry at its other end, the relation in words, and whether it leads into the entry."""

    other: str
    words: str
    into: bool
    data: Attributes


def ties(network: Network, known: Collection[str], iri: str, language: str) -> list[EntryTie]:
    """Return the links between an entry and others that are known: those into it, then those out of it."""
    return [
        EntryTie(start if end == iri else end, tie_words(data, language), end == iri and not data["undirected"], data)
        for start, end, data in touching(network, iri)
        if start != end and (start if end == iri else end) in known
    ]


def touching(network: Network, iri: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the links into an entry, then those out of it."""
    return [*network.in_edges(iri, data=True), *network.out_edges(iri, data=True)] if iri in network else []


def partners(links: Iterable[EntryTie]) -> tuple[int, int]:
    """Return the number of partners of an entry, and of those that only plans and proposals name."""
    found = grouped((link for link in links if link.data["edge"] == "partners"), lambda link: [link.other])
    statuses = ([link.data.get("status", "") for link in own] for own in found.values())
    planned = sum(all(status and not set(status.split()) - _NOT_YET for status in own) for own in statuses)
    return len(found) - planned, planned


def telling(iri: str, views: Iterable[ClaimView]) -> list[ClaimView]:
    """Return three claims of different classes that tell most of an entry.

    First come those that describe it, reviewed, not contradicted, stated, without a note, and with an outcome or
    the most values.
    """
    ordered = sorted(
        views,
        key=lambda view: (
            not any(iri in view.nodes.get(name, ()) for name in _SUBJECT),
            view.remark.unreviewed,
            bool(view.contradictions),
            view.remark.implied,
            bool(view.remark.told),
            not view.values.get("outcome"),
            len(view.remark.caveats),
            -sum(map(bool, view.values.values())),
            view.key,
        ),
    )
    best = dict[NamedNode, ClaimView]()
    for view in ordered:
        best.setdefault(view.cls, view)
    return list(best.values())[:3]


def claim_groups(iri: str, views: Iterable[ClaimView], claims: Claims) -> dict[str, list[ClaimGroup]]:
    """Return the claims about an entry, without names, by heading: reviewed ones, and others."""

    def heading(view: ClaimView) -> str:
        cls, column = terms.short(view.cls.value), next((name for name in view.nodes if iri in view.nodes[name]), "")
        if column == "receiver" and view.nodes.get("attendance"):
            column = "guest"  # money to attend an event funds neither of the two
        words = _HEADINGS.get(f"{cls} {column}", _HEADINGS.get(cls))
        return claims.site.words(words) if words else view.heading

    groups = grouped((view for view in views if not view.is_naming), lambda view: [heading(view)])
    return {heading: [_group(iri, own, claims) for own in by_review(found)] for heading, found in groups.items()}


def _group(iri: str, views: Sequence[ClaimView], claims: Claims) -> ClaimGroup:
    left, folds = list(views), list[tuple[str, ClaimTotals]]()
    others = {view.key: [entry for entry in claims.entries(view.key) if entry[0] != iri] for view in views}
    while len(left) > _LEAST and len(folds) < _FOLDS:
        counts = Counter(entry for view in left for entry in others[view.key])
        if not counts:
            break
        entry, times = min(counts.items(), key=lambda item: (-item[1], item[0]))
        if times < _LEAST:
            break
        folds.append((entry[1], ClaimTotals([view for view in left if entry in others[view.key]])))
        left = [view for view in left if entry not in others[view.key]]
    most = len(left) if len(left) <= _SHOWN + 1 else _SHOWN
    return ClaimGroup(len(views), folds, left[:most], left[most:])


@dataclass(frozen=True)
class Thing:
    """An entry in a list: IRI, label, class and type in the language of the page, other names, number of claims.

    `types_label` is the plural of its type. `traits` are its class, kind, codes and identifiers; a route has none.
    """

    iri: str
    label: str
    kind_label: str
    type: str
    types_label: str
    aliases: tuple[str, ...]
    claims: int
    traits: Sequence[Trait]


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


def describe(claims: Claims, wording: Wording) -> list[Thing]:
    """Return the entries that have a page, and the routes, in the order of their labels."""
    site = claims.site
    nodes = [NamedNode(iri) for iri in site.things + site.routes]
    labels = claims.graph.labels(nodes, site.language)
    traits = identities_of(claims.graph, nodes[: len(site.things)], site.language)
    things = []
    for node in nodes:
        kind, top = site.kinds[node.value]
        label = labels.get(node, data_name(node.value))
        aliases = tuple(name for name in wording.aliases.get(node.value, ()) if name != label)
        word = wording.classes.get(kind, kind)
        many = site.words(_MANY[top]) if top in _MANY else wording.classes.get(top, top)  # a project may add types
        number = len(claims.counted(node.value))
        things.append(Thing(node.value, label, word, top, many, aliases, number, traits.get(node, [])))
    return sorted(things, key=lambda thing: (thing.label.casefold(), thing.iri))


def write(
    claims: Claims,
    things: Iterable[Thing],
    network: Network,
    funding: Network,
    counted: Mapping[str, NumbersSection],
    sums: MoneySums,
    dossiers: Mapping[str, str],
    maps: Mapping[str, Sequence[str]],
) -> None:
    """Write the page of each entry, and the list of all entries.

    `network` has the edges of all claims, `funding` the edges of money. By the IRI of an entry, `counted` has the
    sections of figures, `dossiers` the path of its dossier, and `maps` the scripts that draw its small map.
    """
    graph, site = claims.graph, claims.site
    known = {thing.iri: thing for thing in things}
    ways = reached(funding)
    reviews = codes_of(graph, "review", site.language)
    matches, addresses = (_addresses(claims, query) for query in ("matches", "document-addresses"))

    def content(iri: str) -> dict[str, Any]:
        thing, links, views = known[iri], ties(network, known, iri, site.language), claims.about(iri)
        before, after = neighbours(known, links)
        stated, perhaps = _stated_and_implied(ways.get(iri, []) if thing.type != "Place" else [])
        own = ClaimTotals([view for view in views if view.is_counted])
        is_on_map = thing.type == "Place" and any(view.cls.value == tip.RouteReport for view in views)
        return {
            "thing": thing,
            "names": by_review(view for view in views if view.is_naming),
            "groups": claim_groups(iri, views, claims),
            "contradicted": list(chain(*by_review(view for view in views if view.contradictions))),
            "cited": claims.cited(views),
            "telling": telling(iri, own.views),
            "own": own,
            "partners": partners(links),
            "amounts": sums.entries.get(iri, []),
            "linked": len({near.iri for near in before + after}),
            "places": _places(before + after),
            "on_map": entry_name(iri) if is_on_map else "",
            "map_scripts": maps.get(iri, ()),
            "in_networks": site.drawn_in.get(iri, []),
            "numbers": counted.get(iri),
            "funder": data_name(iri),
            "sums": sums.funders.get(iri, []),
            "dossier": dossiers.get(iri, ""),
            "matches": matches.get(iri, []),
            "addresses": addresses.get(iri, []),
            "before": before,
            "after": after,
            "tied_by": _reviewers(touching(network, iri), reviews),
            "money": [_steps(claims, known, way) for way in stated],
            "perhaps": [_steps(claims, known, way) for way in perhaps],
            "money_by": _reviewers(chain(*stated), reviews),
            "perhaps_by": _reviewers(chain(*perhaps), reviews),
        }

    for iri in known:
        site.offer(site.page_of(iri), "thing.html", partial(content, iri))
    by_type = grouped(known.values(), lambda thing: [(thing.type, thing.types_label)])
    site.write("things.html", "things.html", by_type=dict(sorted(by_type.items())), routes=len(site.routes))


def _addresses(claims: Claims, query: str) -> dict[str, list[tuple[str, str]]]:
    """Return the addresses that a query has of entries, each with its link if it is safe, by IRI."""
    rows = grouped(claims.graph.named(query), lambda row: [row["thing"].value])
    return {iri: [(row["match"].value, linked(row["match"].value)) for row in own] for iri, own in rows.items()}


def _places(near: Iterable[Neighbour]) -> list[Neighbour]:
    """Return the places among linked entries, each once, rather by stated links."""
    places = grouped((one for one in near if one.type == "Place"), lambda place: [place.iri])
    return [next((place for place in reversed(own) if not place.implied), own[0]) for own in places.values()]


def _stated_and_implied(ways: list[list[Edge]]) -> tuple[list[list[Edge]], list[list[Edge]]]:
    """Return the parts of ways of money with a stated end, each once, and the other ways; reviewed ones first."""
    stated = list({tuple(edge[2] for edge in way): way for way in map(stated_end, ways) if way}.values())
    perhaps = [way for way in ways if way not in stated]
    return sorted(stated, key=_any_unreviewed), sorted(perhaps, key=_any_unreviewed)


def _any_unreviewed(way: Iterable[Edge]) -> bool:
    return not all(is_reviewed(data) for *_, data in way)


def _steps(claims: Claims, known: Mapping[str, Thing], way: Iterable[Edge]) -> list[dict[str, Any]]:
    """Return the steps on the way of money: the entry that each leaves, the relation, and the claims."""
    return [
        {
            "start": known[start],
            "relation": tie_words(data, claims.site.language),
            "implied": data["modality"] == "implied",
            "claims": claims.of(map(data_name, claims_of(data))),
        }
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
